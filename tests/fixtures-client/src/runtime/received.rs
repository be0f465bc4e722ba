//! Answers of success whose body is there, in the form that is wanted. Nothing is waited for any more.

use std::any::type_name;
use std::fmt;
use std::marker::PhantomData;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use super::de::{Seed, from_json};
use super::decode_error::{DecodeError, Problem, encoding};
use super::operation::OperationRef;
use super::{Error, Response};

/// An answer of success with its whole body.
pub struct Received {
    pub(super) operation: OperationRef,
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
    /// The limit at which the body was cut.
    pub(super) too_large: Option<usize>,
    pub(super) attempts: u32,
}

impl Received {
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
    pub fn json<T: DeserializeOwned>(self) -> Result<Response<T>, Error> {
        self.json_by(PhantomData)
    }

    /// The body as JSON that is read in a way of its own.
    ///
    /// # Errors
    /// As [`json`](Self::json).
    pub fn json_by<T>(self, seed: impl Seed<T>) -> Result<Response<T>, Error> {
        let expected = type_name::<T>();
        let received = self.complete(expected)?;
        match from_json(text_of(&received.body), seed) {
            Ok(value) => Ok(Response::new(received.status, received.headers, value)),
            Err(error) => Err(received.misfit(expected, error)),
        }
    }

    /// The body as text.
    ///
    /// # Errors
    /// [`Error::Decode`]: it is too large, or not UTF-8.
    pub fn text(self) -> Result<Response<String>, Error> {
        const EXPECTED: &str = "text";
        let received = self.complete(EXPECTED)?;
        match String::from_utf8(received.body.to_vec()) {
            Ok(text) => Ok(Response::new(received.status, received.headers, text)),
            Err(error) => {
                let problem = encoding(&received.headers).map_or(Problem::Utf8(error), Problem::Encoded);
                Err(received.refuse(EXPECTED, problem))
            }
        }
    }

    /// The body as it is.
    ///
    /// # Errors
    /// [`Error::Decode`]: it is too large.
    pub fn bytes(self) -> Result<Response<Bytes>, Error> {
        let received = self.complete("a body")?;
        Ok(Response::new(received.status, received.headers, received.body))
    }

    /// The answer, unless its body was cut.
    fn complete(self, expected: &'static str) -> Result<Self, Error> {
        match self.too_large {
            Some(limit) => Err(self.refuse(expected, Problem::TooLarge(limit))),
            None => Ok(self),
        }
    }

    fn misfit(self, expected: &'static str, error: serde_json::Error) -> Error {
        let problem = match text_of(&self.body) {
            text if text.trim_ascii().is_empty() => Problem::Empty,
            text => DecodeError::json(text, &self.headers, error),
        };
        self.refuse(expected, problem)
    }

    pub(super) fn refuse(self, expected: &'static str, problem: Problem) -> Error {
        Error::Decode(Box::new(DecodeError {
            operation: self.operation,
            status: self.status,
            headers: self.headers,
            part: "the body",
            body: self.body,
            expected,
            problem,
            attempts: self.attempts,
        }))
    }
}

impl fmt::Debug for Received {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Received")
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

/// A body without the byte order mark that some servers put in front of it.
fn text_of(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body)
}
