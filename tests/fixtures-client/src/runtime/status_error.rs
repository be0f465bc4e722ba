//! Answers with a status of failure. Keeps all that the server said.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::Declared;
use super::decode_error::encoding;
use super::excerpt::excerpt;
use super::operation::OperationRef;
use super::response::request_id;
use super::retry_after::retry_after;
use super::transport_error::after;

/// An answer with a status of failure, and all that it said.
pub struct StatusError {
    pub(super) operation: OperationRef,
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
    pub(super) complete: bool,
    pub(super) declared: Option<Declared>,
    pub(super) attempts: u32,
}

impl StatusError {
    /// The operation's id in the API's document; method and path template where it has none.
    pub fn operation(&self) -> Cow<'static, str> {
        self.operation.label()
    }

    /// The status.
    pub fn status(&self) -> u16 {
        self.status.as_u16()
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body as it came; see [`is_complete`](Self::is_complete).
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// Whether [`body`](Self::body) is all of it: it is cut at 1 MiB, and where the connection broke.
    pub fn is_complete(&self) -> bool {
        self.complete
    }

    /// The id that the server gave the call.
    pub fn request_id(&self) -> Option<&str> {
        request_id(&self.headers)
    }

    /// The body that the API's document declares for this status; see [`Error::declared`](super::Error::declared).
    pub fn declared<E: 'static>(&self) -> Option<&E> {
        self.declared.as_ref().and_then(Declared::get)
    }

    /// How often the call was sent.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// Why the body does not fit what the API's document declares.
    pub fn declared_error(&self) -> Option<&str> {
        self.declared.as_ref().and_then(Declared::reason)
    }
}

impl fmt::Display for StatusError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.operation, self.status)?;
        if let Some(note) = self.operation.note(self.status()) {
            write!(f, " ({})", excerpt(note.as_bytes()))?;
        }
        match encoding(&self.headers) {
            // What is encoded is no text, unless the header is wrong.
            Some(encoding) if std::str::from_utf8(&self.body).is_err() => {
                write!(f, ": {} bytes, encoded as {encoding}", self.body.len())?;
            }
            _ if self.body.is_empty() => {}
            _ => write!(f, ": {}", excerpt(&self.body))?,
        }
        if !self.complete {
            f.write_str(" [cut]")?;
        }
        if let Some(wait) = retry_after(&self.headers).filter(|wait| !wait.is_zero()) {
            write!(f, "; retry after {wait:?}")?;
        }
        if let Some(id) = self.request_id() {
            write!(f, "; request id {id}")?;
        }
        after(f, self.attempts)
    }
}

impl StdError for StatusError {}

/// Shows the start of the body only.
impl fmt::Debug for StatusError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StatusError")
            .field("operation", &self.operation)
            .field("status", &self.status)
            .field("headers", &self.headers)
            .field("body", &excerpt(&self.body))
            .field("declared", &self.declared)
            .finish_non_exhaustive()
    }
}
