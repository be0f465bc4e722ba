//! Server-sent events, as the WHATWG's HTML standard has them (section 9.2). Knows events and their data as JSON, not
//! how pieces come.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::{Buf, Bytes};
use futures_core::Stream;
use http::HeaderMap;
use serde::de::DeserializeOwned;

use super::Error;
use super::stream::{Frames, Read, Split, TooLarge, next};

/// What many APIs send as the data of their last event. No JSON, so that it cannot be mistaken for an item.
const DONE: &str = "[DONE]";

/// An event as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Event {
    /// Its name (the field `event`); `message` where it has none.
    pub name: String,
    /// Its data: the lines of its `data` fields, with a line feed between them.
    pub data: String,
    /// The last id that the server has given, with this event or one before it; empty where there was none.
    pub id: String,
}

impl Event {
    /// The data as JSON.
    ///
    /// # Errors
    /// It is none, or not a `T`.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        serde_json::from_str(&self.data)
    }
}

/// The events of an answer, as they come. It is a `Stream` of `Result<Event, Error>`, too.
///
/// It ends where the answer ends, or with the first error. It does not connect again by itself: what that takes is in
/// [`last_event_id`](Self::last_event_id) and [`retry`](Self::retry).
pub struct Events {
    frames: Frames<Parser>,
}

impl Events {
    pub(super) fn new(frames: Frames<Parser>) -> Self {
        Self { frames }
    }

    /// The next event; `None` at the end.
    pub async fn next(&mut self) -> Option<Result<Event, Error>> {
        next(self).await
    }

    /// The last id that the server has given: what it wants as the header `Last-Event-ID` to go on from there.
    pub fn last_event_id(&self) -> &str {
        &self.frames.split.id
    }

    /// How long the server asks to wait before connecting again.
    pub fn retry(&self) -> Option<Duration> {
        self.frames.split.retry
    }

    /// The headers of the answer.
    pub fn headers(&self) -> &HeaderMap {
        &self.frames.head.headers
    }

    /// The id that the server gave the call, if it gave one: what its support asks for.
    pub fn request_id(&self) -> Option<&str> {
        self.frames.head.request_id()
    }
}

impl Stream for Events {
    type Item = Result<Event, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.frames.poll(context)
    }
}

impl fmt::Debug for Events {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Events")
            .field("last_event_id", &self.last_event_id())
            .finish_non_exhaustive()
    }
}

/// The data of an answer's events, decoded as they come. It is a `Stream` of `Result<T, Error>`, too.
///
/// It ends where the answer ends, with an event whose data is `[DONE]`, and when the connection fails. Events without
/// data are passed over. Data that is no `T` is an error that does not end it: the next event may be one.
pub struct EventStream<T> {
    events: Events,
    read: Read<T>,
}

impl<T> EventStream<T> {
    pub(super) fn new(events: Events, read: Read<T>) -> Self {
        Self { events, read }
    }

    /// The events themselves, from here on: names, ids, and data as text, `[DONE]` included.
    pub fn into_events(self) -> Events {
        self.events
    }

    /// The last id that the server has given: what it wants as the header `Last-Event-ID` to go on from there.
    pub fn last_event_id(&self) -> &str {
        self.events.last_event_id()
    }

    /// How long the server asks to wait before connecting again.
    pub fn retry(&self) -> Option<Duration> {
        self.events.retry()
    }

    /// The headers of the answer.
    pub fn headers(&self) -> &HeaderMap {
        self.events.headers()
    }

    /// The id that the server gave the call, if it gave one: what its support asks for.
    pub fn request_id(&self) -> Option<&str> {
        self.events.request_id()
    }

    /// The next item; `None` at the end.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        next(self).await
    }
}

impl<T> Stream for EventStream<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            match ready!(self.events.frames.poll(context)) {
                Some(Ok(event)) if event.data.trim() == DONE => {
                    self.events.frames.close();
                    return Poll::Ready(None);
                }
                Some(Ok(event)) if event.data.trim().is_empty() => {}
                Some(Ok(event)) => {
                    let head = &self.events.frames.head;
                    let item = head.json(Parser::FRAME, event.data.into(), &self.read);
                    return Poll::Ready(Some(item));
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<T> fmt::Debug for EventStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventStream")
            .field("last_event_id", &self.last_event_id())
            .finish_non_exhaustive()
    }
}

/// Parts a body into events. Lines are decoded when they are whole, so that no character is ever cut.
#[derive(Debug, Default)]
pub(super) struct Parser {
    /// What is left of the last piece.
    piece: Bytes,
    /// The start of a line whose end has not come yet.
    line: Vec<u8>,
    /// The last line ended with a carriage return: a line feed that follows belongs to it.
    after_return: bool,
    /// A line has been read, so that no byte order mark can come any more.
    started: bool,
    name: String,
    /// With a line feed behind each line.
    data: String,
    id: String,
    retry: Option<Duration>,
}

impl Split for Parser {
    type Frame = Event;

    const FRAME: &'static str = "an event";

    fn push(&mut self, piece: Bytes) {
        self.piece = piece;
    }

    fn next(&mut self, limit: usize) -> Option<Result<Event, TooLarge>> {
        loop {
            let whole = self.fill_line();
            if self.line.len() + self.data.len() > limit {
                return Some(Err(TooLarge));
            }
            if !whole {
                return None;
            }
            if let Some(event) = self.end_line() {
                return Some(Ok(event));
            }
        }
    }

    /// An event without the empty line that ends it is not whole, and is dropped.
    fn end(&mut self) -> Option<Event> {
        None
    }
}

impl Parser {
    /// Takes what belongs to the line; whether its end has come.
    fn fill_line(&mut self) -> bool {
        if self.after_return && !self.piece.is_empty() {
            self.after_return = false;
            if self.piece.starts_with(b"\n") {
                self.piece.advance(1);
            }
        }
        let end = self.piece.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
        let part = self.piece.split_to(end.unwrap_or(self.piece.len()));
        self.line.extend_from_slice(&part);
        if end.is_none() {
            return false;
        }
        self.after_return = self.piece.get_u8() == b'\r';
        true
    }

    /// Reads a line that is whole; the event that it ends, if it ends one.
    fn end_line(&mut self) -> Option<Event> {
        let line = std::mem::take(&mut self.line);
        let mut line = line.as_slice();
        if !std::mem::replace(&mut self.started, true) {
            line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line);
        }
        if line.is_empty() {
            return self.dispatch();
        }
        let text = String::from_utf8_lossy(line);
        let (field, value) = text.split_once(':').unwrap_or((&text, ""));
        self.field(field, value.strip_prefix(' ').unwrap_or(value));
        None
    }

    /// A field that is not known is passed over, as is a comment: its field's name is empty.
    fn field(&mut self, field: &str, value: &str) {
        match field {
            "event" => value.clone_into(&mut self.name),
            "data" => {
                self.data.push_str(value);
                self.data.push('\n');
            }
            "id" if !value.contains('\0') => value.clone_into(&mut self.id),
            "retry" if value.bytes().all(|byte| byte.is_ascii_digit()) => {
                self.retry = value.parse().ok().map(Duration::from_millis).or(self.retry);
            }
            _ => {}
        }
    }

    fn dispatch(&mut self) -> Option<Event> {
        let (mut name, mut data) = (std::mem::take(&mut self.name), std::mem::take(&mut self.data));
        data.pop()?;
        if name.is_empty() {
            "message".clone_into(&mut name);
        }
        let id = self.id.clone();
        Some(Event { name, data, id })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(pieces: &[&[u8]]) -> Vec<Event> {
        let mut parser = Parser::default();
        let mut events = Vec::new();
        for piece in pieces {
            parser.push(Bytes::copy_from_slice(piece));
            while let Some(event) = parser.next(1000) {
                events.push(event.unwrap());
            }
        }
        assert_eq!(parser.end(), None);
        events
    }

    fn event(name: &str, data: &str, id: &str) -> Event {
        Event {
            name: name.to_owned(),
            data: data.to_owned(),
            id: id.to_owned(),
        }
    }

    #[test]
    fn reads_events_as_the_standard_shows_them() {
        let message = |data| event("message", data, "");
        let cases: &[(&str, &[Event])] = &[
            ("data: YHOO\ndata: +2\ndata: 10\n\n", &[message("YHOO\n+2\n10")]),
            (
                ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n",
                &[
                    event("message", "first event", "1"),
                    message("second event"),
                    message(" third event"),
                ],
            ),
            // A block without a line after it is not whole.
            ("data\n\ndata\ndata\n\ndata:", &[message(""), message("\n")]),
            ("data:test\n\ndata: test\n\n", &[message("test"), message("test")]),
            (
                "event: add\ndata: 1\n\ndata: 2\n\n",
                &[event("add", "1", ""), message("2")],
            ),
            // An event without data is none, and its name goes with it.
            ("event: add\n\ndata: 2\n\n", &[message("2")]),
            ("id: 1\n\nid: a\0b\ndata: x\n\n", &[event("message", "x", "1")]),
            ("\u{feff}data: 1\n\n\u{feff}data: 2\n\n", &[message("1")]),
            ("Data: 1\ndata : 2\nnonsense\ndata: a: b\n\n", &[message("a: b")]),
            (
                "data: 1\r\rdata: 2\r\n\r\ndata: 3\n\r\n",
                &[message("1"), message("2"), message("3")],
            ),
            ("", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(parse(&[text.as_bytes()]), *expected, "{text:?}");
        }
    }

    #[test]
    fn reads_the_same_whatever_the_pieces() {
        let text =
            "\u{feff}: é\r\nevent: ünï\r\ndata: {\"a\":\r\rdata: €\ndata: 🦀\r\nid: 7\n\r\nretry: 10\n\ndata:\r\n\r\n";
        let bytes = text.as_bytes();
        let whole = parse(&[bytes]);
        let expected = [
            event("ünï", "{\"a\":", ""),
            event("message", "€\n🦀", "7"),
            event("message", "", "7"),
        ];
        assert_eq!(whole, expected);
        for first in 0..=bytes.len() {
            for second in first..=bytes.len() {
                let pieces = [&bytes[..first], &bytes[first..second], &bytes[second..]];
                assert_eq!(parse(&pieces), whole, "cut at {first} and {second}");
            }
        }
        let single: Vec<&[u8]> = bytes.chunks(1).collect();
        assert_eq!(parse(&single), whole);
    }

    #[test]
    fn replaces_what_is_not_utf_8() {
        assert_eq!(parse(&[b"data: a\xFFb\n\n"]), [event("message", "a\u{fffd}b", "")]);
    }

    #[test]
    fn keeps_the_time_to_wait_before_connecting_again() {
        let mut parser = Parser::default();
        for (line, expected) in [
            ("retry: 1500\n", Some(1500)),
            ("retry: soon\n", Some(1500)),
            ("retry: +1\n", Some(1500)),
            ("retry\n", Some(1500)),
            ("retry:99999999999999999999999\n", Some(1500)),
            ("retry:0\n", Some(0)),
        ] {
            parser.push(Bytes::from(line));
            assert_eq!(parser.next(1000), None);
            assert_eq!(parser.retry, expected.map(Duration::from_millis), "{line:?}");
        }
    }

    #[test]
    fn an_event_has_a_largest_size() {
        let size = |text: &'static str, limit: usize| {
            let mut parser = Parser::default();
            parser.push(Bytes::from(text));
            parser.next(limit)
        };
        // `data: 1234` has ten bytes, its data and a line feed five.
        assert_eq!(size("data: 1234\n\n", 10), Some(Ok(event("message", "1234", ""))));
        assert_eq!(size("data: 1234\n\n", 9), Some(Err(TooLarge)));
        assert_eq!(size("data: 1234", 9), Some(Err(TooLarge)));
        assert_eq!(size("data: 1\ndata: 2\ndata: 3\n\n", 10), Some(Err(TooLarge)));
        assert_eq!(size("data: 1\n\ndata: 2\n\n", 10), Some(Ok(event("message", "1", ""))));
    }
}
