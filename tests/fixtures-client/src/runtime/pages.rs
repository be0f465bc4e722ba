//! Lists that come in pages: one call after the other, each from where the last answer leads. Knows neither how an API
//! counts its pages nor what is in them: generated code says both.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use http::{HeaderMap, header};
use serde::Serialize;
use serde_json::Value;

use super::platform::{BoxStream, MaybeSend};
use super::stream::next;
use super::{Error, Operation, Pending, Response};

/// The pages of a list, each from a call of its own, made when it is wanted. It is a `Stream` of `Result<T, Error>`, too.
///
/// It ends where no further page is announced, or with the first error. What was set on the call holds for each of them.
#[must_use = "calls are made when pages are asked for"]
pub struct Pages<T> {
    source: Box<dyn Source<T>>,
    state: State<T>,
}

enum State<T> {
    /// A call is to be made.
    Ready,
    /// A call is under way.
    Waiting(Pending<Response<T>>),
    /// The page after the last one cannot be asked for.
    Failed(Error),
    Ended,
}

/// A call that is made again and again.
trait Source<T>: MaybeSend {
    fn fetch(&self) -> Pending<Response<T>>;

    /// Goes on to the page after this one: what is to be done now.
    fn advance(&mut self, page: &Response<T>) -> State<T>;
}

impl<T: 'static> Pages<T> {
    /// `advance` puts the place of the next page into the call, and gives it as text; `None` (or nothing in it): there is
    /// no next page.
    pub fn new<C: Clone + MaybeSend + 'static>(
        operation: &'static Operation,
        call: C,
        fetch: fn(C) -> Pending<Response<T>>,
        advance: fn(&mut C, &Response<T>) -> Option<String>,
    ) -> Self {
        let source = Calls {
            operation,
            call,
            fetch,
            advance,
            guard: Guard::default(),
        };
        Self {
            source: Box::new(source),
            state: State::Ready,
        }
    }

    /// The next page; `None` at the end.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        next(self).await
    }
}

impl<T: 'static> Stream for Pages<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        loop {
            match &mut this.state {
                State::Ready => this.state = State::Waiting(this.source.fetch()),
                State::Waiting(answer) => {
                    let answer = ready!(answer.as_mut().poll(context));
                    this.state = answer.as_ref().map_or(State::Ended, |page| this.source.advance(page));
                    return Poll::Ready(Some(answer.map(Response::into_value)));
                }
                State::Failed(_) | State::Ended => {
                    let ended = std::mem::replace(&mut this.state, State::Ended);
                    return Poll::Ready(match ended {
                        State::Failed(error) => Some(Err(error)),
                        _ => None,
                    });
                }
            }
        }
    }
}

impl<T> fmt::Debug for Pages<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("ended", &matches!(self.state, State::Ended))
            .finish_non_exhaustive()
    }
}

/// The items of a list that comes in pages. It is a `Stream` of `Result<T, Error>`, too.
///
/// It ends where no further page is announced, or with the first error. What was set on the call holds for each page.
#[must_use = "calls are made when items are asked for"]
pub struct Items<T> {
    lists: BoxStream<Result<Vec<T>, Error>>,
    list: std::vec::IntoIter<T>,
}

impl<T: 'static> Items<T> {
    /// The items that `items` finds in each page.
    pub fn new<P: 'static>(pages: Pages<P>, items: fn(P) -> Vec<T>) -> Self {
        Self {
            lists: Box::pin(Lists { pages, items }),
            list: Vec::new().into_iter(),
        }
    }
}

impl<T: Unpin> Items<T> {
    /// The next item; `None` at the end.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        next(self).await
    }
}

impl<T: Unpin> Stream for Items<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(item) = self.list.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(self.lists.as_mut().poll_next(context)) {
                Some(Ok(list)) => self.list = list.into_iter(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<T> fmt::Debug for Items<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items")
            .field("at_hand", &self.list.len())
            .finish_non_exhaustive()
    }
}

/// What is in each page.
struct Lists<P, T> {
    pages: Pages<P>,
    items: fn(P) -> Vec<T>,
}

impl<P: 'static, T> Stream for Lists<P, T> {
    type Item = Result<Vec<T>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let page = ready!(Pin::new(&mut self.pages).poll_next(context));
        Poll::Ready(page.map(|page| page.map(self.items)))
    }
}

/// A call of generated code, and how it goes on.
struct Calls<C, T> {
    operation: &'static Operation,
    call: C,
    fetch: fn(C) -> Pending<Response<T>>,
    advance: fn(&mut C, &Response<T>) -> Option<String>,
    guard: Guard,
}

impl<C: Clone + MaybeSend, T> Source<T> for Calls<C, T> {
    fn fetch(&self) -> Pending<Response<T>> {
        (self.fetch)(self.call.clone())
    }

    fn advance(&mut self, page: &Response<T>) -> State<T> {
        match (self.advance)(&mut self.call, page) {
            Some(place) if self.guard.is_repeated(&place) => {
                let message = "the last page leads to one that was asked for before, so that the pages would never end";
                State::Failed(Error::request(self.operation, message))
            }
            Some(place) if !place.is_empty() => State::Ready,
            _ => State::Ended,
        }
    }
}

/// Notices that places repeat, however long the circle is, and keeps but one of them (Brent's algorithm): each is
/// compared with one that came before it, which is replaced after 1, 2, 4, 8 … places.
#[derive(Default)]
struct Guard {
    kept: Option<String>,
    since: u64,
    span: u64,
}

impl Guard {
    fn is_repeated(&mut self, place: &str) -> bool {
        if self.kept.as_deref() == Some(place) {
            return true;
        }
        if self.since == self.span {
            self.kept = Some(place.to_owned());
            self.since = 0;
            self.span = (self.span * 2).max(1);
        }
        self.since += 1;
        false
    }
}

/// A number of pages or of items. Some documents say `number` where there are none but whole ones.
pub trait Count: Copy {
    /// This and as many more, or the largest of its type.
    #[must_use]
    fn plus(self, more: usize) -> Self;

    /// To compare numbers of different types.
    fn whole(self) -> i128;
}

macro_rules! count_by_integers {
    ($($number:ty)*) => {$(
        impl Count for $number {
            fn plus(self, more: usize) -> Self {
                self.saturating_add(Self::try_from(more).unwrap_or(Self::MAX))
            }

            fn whole(self) -> i128 {
                i128::from(self)
            }
        }
    )*};
}

count_by_integers!(i8 i16 i32 i64 u8 u16 u32 u64);

macro_rules! count_by_floats {
    ($($number:ty)*) => {$(
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_precision_loss,
            reason = "no list has so many items that this would show"
        )]
        impl Count for $number {
            fn plus(self, more: usize) -> Self {
                self + more as Self
            }

            fn whole(self) -> i128 {
                self as i128
            }
        }
    )*};
}

count_by_floats!(f32 f64);

/// A value that is text or a number, as text.
pub fn text_of(value: &impl Serialize) -> Option<String> {
    match serde_json::to_value(value).ok()? {
        Value::String(text) => Some(text),
        // As parameters are written: 7, where JSON has 7.0.
        Value::Number(number) if number.is_f64() => number.as_f64().map(|number| number.to_string()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// The text or number that a record has under a key, as text. For records of which there are several kinds.
pub fn text_under(record: &impl Serialize, key: &str) -> Option<String> {
    match serde_json::to_value(record).ok()? {
        Value::Object(fields) => text_of(fields.get(key)?),
        _ => None,
    }
}

/// Where a `Link` header leads to from a page: the target whose relation is `next` (RFC 8288).
pub fn next_link(headers: &HeaderMap) -> Option<String> {
    let links = headers.get_all(header::LINK).into_iter();
    links
        .filter_map(|value| value.to_str().ok())
        .find_map(|value| next_of(value).map(str::to_owned))
}

fn next_of(mut value: &str) -> Option<&str> {
    while let Some((_, rest)) = value.split_once('<') {
        let (target, rest) = rest.split_once('>')?;
        let (parameters, rest) = rest.split_at(end_of_link(rest));
        if parameters.split(';').any(is_next) {
            return Some(target);
        }
        value = rest;
    }
    None
}

/// Where the parameters of a link end: at a comma that does not stand in quotes.
fn end_of_link(text: &str) -> usize {
    let mut quoted = false;
    let end = text.find(|symbol| {
        quoted ^= symbol == '"';
        symbol == ',' && !quoted
    });
    end.unwrap_or(text.len())
}

/// `rel=next`, `rel="prev next"`
fn is_next(parameter: &str) -> bool {
    let Some((name, value)) = parameter.split_once('=') else {
        return false;
    };
    let mut relations = value.trim().trim_matches('"').split_ascii_whitespace();
    name.trim().eq_ignore_ascii_case("rel") && relations.any(|relation| relation.eq_ignore_ascii_case("next"))
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;
    use serde_json::json;

    use super::*;

    /// How many places are asked for until a repetition is noticed.
    fn noticed(places: impl IntoIterator<Item = u32>) -> Option<usize> {
        let mut guard = Guard::default();
        places
            .into_iter()
            .position(|place| guard.is_repeated(&place.to_string()))
    }

    #[test]
    fn circles_are_noticed() {
        assert_eq!(noticed([1, 1]), Some(1));
        assert_eq!(noticed([1, 2, 2]), Some(2));
        assert_eq!(noticed([1, 2, 1, 2]), Some(3));
        assert_eq!(noticed(0..10_000), None);
        for (start, length) in [(0, 1), (0, 7), (5, 3), (100, 64), (3, 1000)] {
            let circle = (0..start).chain((0..length).cycle().map(|place| start + place));
            let found = noticed(circle.take(10_000)).unwrap();
            let bound = 3 * (start.max(length) as usize) + 1;
            assert!(found <= bound, "{start} {length}: {found} > {bound}");
        }
    }

    #[test]
    fn numbers_of_all_types_count() {
        assert_eq!((250_u8.plus(7), (-3_i64).plus(5), 20.0_f64.plus(2)), (255, 2, 22.0));
        assert_eq!((u64::MAX.whole(), 22.0_f64.whole()), (u64::MAX.into(), 22));
    }

    #[test]
    fn cursors_are_text() {
        let texts =
            [json!("a"), json!(7), json!(7.0), json!(7.5), json!(null), json!(["a"])].map(|value| text_of(&value));
        let expected = [Some("a"), Some("7"), Some("7"), Some("7.5"), None, None];
        assert_eq!(texts.each_ref().map(Option::as_deref), expected);
        assert_eq!(text_under(&json!({"id": 7}), "id").as_deref(), Some("7"));
        assert_eq!(
            (text_under(&json!({"id": 7}), "key"), text_under(&json!("id"), "id")),
            (None, None)
        );
    }

    #[test]
    fn links_lead_on() {
        let next = |values: &[&'static str]| {
            let values = values
                .iter()
                .map(|value| (header::LINK, HeaderValue::from_static(value)));
            next_link(&values.collect())
        };
        let cases: &[(&[&str], Option<&str>)] = &[
            (&[r#"<https://a.b/c?page=2>; rel="next""#], Some("https://a.b/c?page=2")),
            (
                &[r#"<https://a/1>; rel="prev", <https://a/3,4>; title="a, b; rel=x"; rel="last next""#],
                Some("https://a/3,4"),
            ),
            (&["</1>;rel=first", "</2> ; REL=Next"], Some("/2")),
            (&["</1>; rel=first; rev=next"], None),
            (&["</1>", "rel=next", "<"], None),
            (&[], None),
        ];
        for (values, expected) in cases {
            assert_eq!(next(values).as_deref(), *expected, "{values:?}");
        }
    }
}
