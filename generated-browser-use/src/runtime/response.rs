//! Answers of success: what they say beside their body, and the body in the form that is wanted.

use std::any::type_name;
use std::fmt;
use std::marker::PhantomData;

use bytes::Bytes;
use http::{HeaderMap, StatusCode, header};
use serde::de::DeserializeOwned;

use super::Error;
use super::body::{Body, End};
use super::call::Call;
use super::de::{Seed, from_json};
use super::decode_error::{DecodeError, Problem, encoding};
use super::json_lines::Lines;
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

    /// The body as JSON. What its content type says does not matter as long as it is JSON.
    ///
    /// # Errors
    /// [`Error::Decode`]: it is none, it is too large, or it is not a `T`.
    pub fn json<T: DeserializeOwned>(self) -> impl Future<Output = Result<Response<T>, Error>> {
        self.json_by(PhantomData)
    }

    /// The body as JSON that is read in a way of its own.
    ///
    /// # Errors
    /// As [`json`](Self::json).
    pub async fn json_by<T>(mut self, seed: impl Seed<T>) -> Result<Response<T>, Error> {
        let body = self.read(type_name::<T>()).await?;
        match from_json(text_of(&body), seed) {
            Ok(value) => Ok(self.with(value)),
            Err(error) => Err(self.misfit(body, type_name::<T>(), error)),
        }
    }

    /// Nothing; a body that comes anyway is passed over.
    ///
    /// # Errors
    /// None so far.
    pub async fn empty(mut self) -> Result<Response<()>, Error> {
        // A short body is read, so that the connection can be used again.
        const SHORT: usize = 64 * 1024;
        drop(self.body.read(SHORT).await);
        Ok(self.with(()))
    }

    /// The body as text.
    ///
    /// # Errors
    /// [`Error::Decode`]: it is too large, or not UTF-8.
    pub async fn text(mut self) -> Result<Response<String>, Error> {
        let body = self.read("text").await?;
        match String::from_utf8(body.to_vec()) {
            Ok(text) => Ok(self.with(text)),
            Err(error) => {
                let problem = encoding(&self.headers).map_or(Problem::Utf8(error), Problem::Encoded);
                Err(self.refuse(body, "text", problem))
            }
        }
    }

    /// The body as it is, in memory.
    ///
    /// # Errors
    /// [`Error::Decode`]: it is too large.
    pub async fn bytes(mut self) -> Result<Response<Bytes>, Error> {
        let body = self.read("a body").await?;
        Ok(self.with(body))
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
    pub async fn events(mut self) -> Result<Response<Events>, Error> {
        const EXPECTED: &str = "text/event-stream";
        let content_type = self.headers.get(header::CONTENT_TYPE);
        let content_type = content_type.map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
        // Anything else has no events in it, and would look like a stream that ends at once.
        let problem = match content_type {
            Some(other) if !essence(&other).eq_ignore_ascii_case(EXPECTED) => Some(Problem::Stream(other)),
            _ => encoding(&self.headers).map(Problem::Encoded),
        };
        match problem {
            Some(problem) => {
                let body = self.read(EXPECTED).await?;
                Err(self.refuse(body, EXPECTED, problem))
            }
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

    /// The whole body. Where it breaks off, the call is sent again if its rule says so.
    async fn read(&mut self, expected: &'static str) -> Result<Bytes, Error> {
        loop {
            let limit = self.max_size;
            match self.body.read(limit).await {
                (body, End::Complete) => return Ok(body),
                (_, End::Cut(Some(error))) => self.again(error).await?,
                (body, End::Cut(None)) => return Err(self.refuse(body, expected, Problem::TooLarge(limit))),
            }
        }
    }

    async fn again(&mut self, error: Error) -> Result<(), Error> {
        let Some(call) = self.call.take() else {
            return Err(error);
        };
        let first = self.status;
        *self = resume(call, error).await?;
        if self.status == first {
            return Ok(());
        }
        // How the body is read was chosen by the first status.
        Err(self.refuse(Bytes::new(), "another status", Problem::OtherStatus(first)))
    }

    fn misfit(&mut self, body: Bytes, expected: &'static str, error: serde_json::Error) -> Error {
        let problem = match text_of(&body) {
            text if text.trim_ascii().is_empty() => Problem::Empty,
            text => DecodeError::json(text, &self.headers, error),
        };
        self.refuse(body, expected, problem)
    }

    fn with<T>(self, value: T) -> Response<T> {
        Response {
            status: self.status,
            headers: self.headers,
            value,
        }
    }

    fn refuse(&mut self, body: Bytes, expected: &'static str, problem: Problem) -> Error {
        let headers = std::mem::take(&mut self.headers);
        let operation = self.body.operation.clone();
        Error::Decode(Box::new(DecodeError {
            operation,
            status: self.status,
            headers,
            part: "the body",
            body,
            expected,
            problem,
            attempts: self.body.attempts,
        }))
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

/// A body without the byte order mark that some servers put in front of it.
fn text_of(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body)
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
