//! Answers of success: what they say beside their body, and the body as it comes, in the form that is wanted.

use std::fmt;
use std::marker::PhantomData;

use bytes::Bytes;
use http::{HeaderMap, StatusCode, header};
use serde::de::DeserializeOwned;

use super::Error;
use super::body::{Body, End};
use super::call::Call;
use super::decode_error::{Problem, encoding};
use super::json_lines::Lines;
use super::received::Received;
use super::send::resume;
use super::sse::Parser;
use super::stream::{Frames, Head, ItemSeed, Split, reader};
use super::{Download, EventStream, Events, JsonLines};

/// An answer: its value, and what else came with it.
#[derive(Debug, Clone)]
pub struct Response<T> {
    status: StatusCode,
    headers: HeaderMap,
    value: T,
}

impl<T> Response<T> {
    pub(super) fn new(status: StatusCode, headers: HeaderMap, value: T) -> Self {
        Self { status, headers, value }
    }

    /// The status, such as 200.
    pub fn status(&self) -> u16 {
        self.status.as_u16()
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The id that the server gave the call, if it gave one: what its support asks for.
    pub fn request_id(&self) -> Option<&str> {
        request_id(&self.headers)
    }

    /// The value.
    pub fn value(&self) -> &T {
        &self.value
    }

    /// The value alone.
    pub fn into_value(self) -> T {
        self.value
    }

    /// The same answer with another value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Response<U> {
        Response {
            status: self.status,
            headers: self.headers,
            value: change(self.value),
        }
    }
}

/// An answer of success whose body is not read yet.
pub struct Incoming {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Body,
    pub(super) max_size: usize,
    /// The call, in case it is to be sent again.
    pub(super) call: Option<Box<Call>>,
}

impl Incoming {
    /// The status.
    pub fn status(&self) -> u16 {
        self.status.as_u16()
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The whole body. Where it breaks off, the call is sent again if its rule says so.
    ///
    /// # Errors
    /// It breaks off, or belongs to another status when the call was sent again.
    pub async fn receive(mut self) -> Result<Received, Error> {
        let first = self.status;
        let received = self.whole().await?;
        if received.status == first {
            Ok(received)
        } else {
            // How the body is read may have been chosen by the first status.
            Err(received.refuse("another status", Problem::OtherStatus(first)))
        }
    }

    /// The whole body, of whatever status it has in the end; nothing is left of it here.
    pub(super) async fn whole(&mut self) -> Result<Received, Error> {
        let limit = self.max_size;
        loop {
            let (body, end) = self.body.read(limit).await;
            let error = match end {
                End::Complete => return Ok(self.received(body, None)),
                End::Cut(None) => return Ok(self.received(body, Some(limit))),
                End::Cut(Some(error)) => error,
            };
            let Some(call) = self.call.take() else {
                return Err(error);
            };
            *self = resume(call, error).await?;
        }
    }

    fn received(&mut self, body: Bytes, too_large: Option<usize>) -> Received {
        Received {
            operation: self.body.operation.clone(),
            status: self.status,
            headers: std::mem::take(&mut self.headers),
            body,
            too_large,
            attempts: self.body.attempts,
        }
    }

    /// The body as JSON. What its content type says does not matter as long as it is JSON.
    ///
    /// # Errors
    /// Those of [`receive`](Self::receive) and of [`Received::json`].
    pub async fn json<T: DeserializeOwned>(self) -> Result<Response<T>, Error> {
        self.receive().await?.json()
    }

    /// Nothing; a body that comes anyway is passed over.
    ///
    /// # Errors
    /// None so far.
    pub async fn empty(mut self) -> Result<Response<()>, Error> {
        // A short body is read, so that the connection can be used again.
        const SHORT: usize = 64 * 1024;
        drop(self.body.read(SHORT).await);
        Ok(Response::new(self.status, self.headers, ()))
    }

    /// The body as text.
    ///
    /// # Errors
    /// Those of [`receive`](Self::receive) and of [`Received::text`].
    pub async fn text(self) -> Result<Response<String>, Error> {
        self.receive().await?.text()
    }

    /// The body as it is, in memory.
    ///
    /// # Errors
    /// Those of [`receive`](Self::receive) and of [`Received::bytes`].
    pub async fn bytes(self) -> Result<Response<Bytes>, Error> {
        self.receive().await?.bytes()
    }

    /// The body as a stream.
    pub fn download(self) -> Response<Download> {
        let Self {
            status,
            headers,
            mut body,
            ..
        } = self;
        body.clock = body.clock.for_stream();
        let text = |name| {
            headers
                .get(name)
                .and_then(|value: &http::HeaderValue| value.to_str().ok())
        };
        let content_length = text(header::CONTENT_LENGTH).and_then(|text| text.parse().ok());
        let content_type = text(header::CONTENT_TYPE).map(str::to_owned);
        Response {
            status,
            headers,
            value: Download::new(body, content_length, content_type),
        }
    }

    /// The body as a stream of events.
    ///
    /// # Errors
    /// [`Error::Decode`]: it says that it is something else.
    pub async fn events(self) -> Result<Response<Events>, Error> {
        const EXPECTED: &str = "text/event-stream";
        let content_type = self.headers.get(header::CONTENT_TYPE);
        let content_type = content_type.map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
        // Anything else has no events in it, and would look like a stream that ends at once.
        let problem = match content_type {
            Some(other) if !essence(&other).eq_ignore_ascii_case(EXPECTED) => Some(Problem::Stream(other)),
            _ => encoding(&self.headers).map(Problem::Encoded),
        };
        match problem {
            Some(problem) => Err(self.receive().await?.refuse(EXPECTED, problem)),
            None => Ok(self.frames(Parser::default()).map(Events::new)),
        }
    }

    /// The body as a stream of events whose data is JSON.
    ///
    /// # Errors
    /// [`Error::Decode`]: it says that it is something else.
    pub async fn event_stream<T: DeserializeOwned + Send + Sync + 'static>(
        self,
    ) -> Result<Response<EventStream<T>>, Error> {
        self.event_stream_by(PhantomData).await
    }

    /// The body as a stream of events whose data is JSON that is read in a way of its own.
    ///
    /// # Errors
    /// As [`event_stream`](Self::event_stream).
    pub async fn event_stream_by<T>(self, seed: impl ItemSeed<T>) -> Result<Response<EventStream<T>>, Error> {
        let events = self.events().await?;
        Ok(events.map(|events| EventStream::new(events, reader(seed))))
    }

    /// The body as a stream of values in JSON, one on each line.
    pub fn json_lines<T: DeserializeOwned + Send + Sync + 'static>(self) -> Response<JsonLines<T>> {
        self.json_lines_by(PhantomData)
    }

    /// The body as a stream of values in JSON that are read in a way of their own, one on each line.
    pub fn json_lines_by<T>(self, seed: impl ItemSeed<T>) -> Response<JsonLines<T>> {
        let frames = self.frames(Lines::default());
        frames.map(|frames| JsonLines::new(frames, reader(seed)))
    }

    fn frames<S: Split>(self, split: S) -> Response<Frames<S>> {
        let head = Head {
            operation: self.body.operation.clone(),
            status: self.status,
            headers: self.headers.clone(),
            attempts: self.body.attempts,
        };
        Response {
            status: self.status,
            headers: self.headers,
            value: Frames::new(head, self.body, self.max_size, split),
        }
    }
}

impl fmt::Debug for Incoming {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Incoming")
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

/// A content type without its parameters.
fn essence(content_type: &str) -> &str {
    content_type.split(';').next().unwrap_or_default().trim()
}

/// The id that a server gives a call, under the names in use.
pub(super) fn request_id(headers: &HeaderMap) -> Option<&str> {
    const NAMES: [&str; 5] = [
        "x-request-id",
        "request-id",
        "x-correlation-id",
        "x-amzn-requestid",
        "x-amz-request-id",
    ];
    NAMES
        .iter()
        .find_map(|name| headers.get(*name))
        .and_then(|value| value.to_str().ok())
}
