//! The one error of all calls. It keeps what the server said, and shows neither secrets nor addresses.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::excerpt::excerpt;
use super::{Declared, Operation, json_path, retry_after};

/// What can go wrong.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The client is not set up for this: a base URL, a credential, a header.
    Config(ConfigError),
    /// A call cannot be put together from what it was given; nothing was sent.
    Request(Box<RequestError>),
    /// No answer, or not all of it: connection, time, transfer.
    Transport(Box<TransportError>),
    /// The server answered with a status of failure.
    Status(Box<StatusError>),
    /// The server answered with success, but the answer's body is not what it should be.
    Decode(Box<DecodeError>),
    /// A file on this side.
    Io(Box<IoError>),
}

impl Error {
    /// The status of the answer, if there was one.
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Status(error) => Some(error.status()),
            Self::Decode(error) => Some(error.status()),
            _ => None,
        }
    }

    /// The headers of the answer, if there was one.
    pub fn headers(&self) -> Option<&HeaderMap> {
        match self {
            Self::Status(error) => Some(error.headers()),
            Self::Decode(error) => Some(error.headers()),
            _ => None,
        }
    }

    /// The body of the answer as it came, if there was one.
    pub fn body(&self) -> Option<&Bytes> {
        match self {
            Self::Status(error) => Some(error.body()),
            Self::Decode(error) => Some(error.body()),
            _ => None,
        }
    }

    /// The id that the server gave the call, if it gave one: what its support asks for.
    pub fn request_id(&self) -> Option<&str> {
        self.headers().and_then(request_id)
    }

    /// How long the server asks to wait before another try (`Retry-After` in all its forms).
    pub fn retry_after(&self) -> Option<Duration> {
        self.headers().and_then(retry_after::retry_after)
    }

    /// The body that the API's document declares for this failure: `E` is the operation's enum of errors.
    ///
    /// `None` where the status has none declared, where the body does not fit
    /// ([`declared_error`](Self::declared_error) then says why), or where `E` belongs to another operation.
    pub fn declared<E: 'static>(&self) -> Option<&E> {
        match self {
            Self::Status(error) => error.declared(),
            _ => None,
        }
    }

    /// Why the body does not fit what the API's document declares for this failure.
    pub fn declared_error(&self) -> Option<&str> {
        match self {
            Self::Status(error) => error.declared_error(),
            _ => None,
        }
    }

    /// Whether time ran out: for connecting, for the call, or between two parts of a body.
    pub fn is_timeout(&self) -> bool {
        matches!(self, Self::Transport(error) if error.is_timeout())
    }

    /// Whether no connection could be made; the call has not reached the server.
    pub fn is_connect(&self) -> bool {
        matches!(self, Self::Transport(error) if error.is_connect())
    }

    /// 400
    pub fn is_bad_request(&self) -> bool {
        self.failed_with(400)
    }

    /// 401: the credential is missing or not valid.
    pub fn is_unauthorized(&self) -> bool {
        self.failed_with(401)
    }

    /// 403: the credential does not allow this.
    pub fn is_forbidden(&self) -> bool {
        self.failed_with(403)
    }

    /// 404
    pub fn is_not_found(&self) -> bool {
        self.failed_with(404)
    }

    /// 409
    pub fn is_conflict(&self) -> bool {
        self.failed_with(409)
    }

    /// 429: too many calls, or too much at once; see [`retry_after`](Self::retry_after).
    pub fn is_rate_limited(&self) -> bool {
        self.failed_with(429)
    }

    /// 500 to 599
    pub fn is_server_error(&self) -> bool {
        matches!(self, Self::Status(error) if (500..600).contains(&error.status()))
    }

    fn failed_with(&self, status: u16) -> bool {
        matches!(self, Self::Status(error) if error.status() == status)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Config(error) => error.fmt(f),
            Self::Request(error) => error.fmt(f),
            Self::Transport(error) => error.fmt(f),
            Self::Status(error) => error.fmt(f),
            Self::Decode(error) => error.fmt(f),
            Self::Io(error) => error.fmt(f),
        }
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Config(error) => error.source(),
            Self::Request(error) => error.source(),
            Self::Transport(error) => error.source(),
            Self::Status(error) => error.source(),
            Self::Decode(error) => error.source(),
            Self::Io(error) => error.source(),
        }
    }
}

impl From<ConfigError> for Error {
    fn from(error: ConfigError) -> Self {
        Self::Config(error)
    }
}

/// The client is not set up for what it should do.
#[derive(Debug)]
pub struct ConfigError(Box<str>);

impl ConfigError {
    pub(super) fn new(message: String) -> Self {
        Self(message.into())
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl StdError for ConfigError {}

/// A call that cannot be put together.
#[derive(Debug)]
pub struct RequestError {
    operation: &'static Operation,
    message: String,
}

impl RequestError {
    /// The operation's id in the API's document.
    pub fn operation(&self) -> &'static str {
        self.operation.id
    }
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}; nothing was sent", self.operation, self.message)
    }
}

impl StdError for RequestError {}

impl Error {
    pub(super) fn request(operation: &'static Operation, message: impl Into<String>) -> Self {
        Self::Request(Box::new(RequestError {
            operation,
            message: message.into(),
        }))
    }

    pub(super) fn transport(operation: &'static Operation, failure: Failure) -> Self {
        Self::Transport(Box::new(TransportError { operation, failure }))
    }

    pub(super) fn io(context: String, source: std::io::Error) -> Self {
        Self::Io(Box::new(IoError { context, source }))
    }
}

/// No answer, or not all of it.
#[derive(Debug)]
pub struct TransportError {
    operation: &'static Operation,
    failure: Failure,
}

/// What failed on the way.
#[derive(Debug)]
pub(super) enum Failure {
    /// The total time ran out.
    Timeout(Duration),
    /// A body stood still.
    Idle(Duration),
    /// Before an answer came.
    Send(reqwest::Error),
    /// While an answer's body came.
    Receive(reqwest::Error),
}

impl TransportError {
    /// The operation's id in the API's document.
    pub fn operation(&self) -> &'static str {
        self.operation.id
    }

    /// Whether time ran out.
    pub fn is_timeout(&self) -> bool {
        match &self.failure {
            Failure::Timeout(_) | Failure::Idle(_) => true,
            Failure::Send(error) | Failure::Receive(error) => error.is_timeout(),
        }
    }

    /// Whether no connection could be made.
    pub fn is_connect(&self) -> bool {
        matches!(&self.failure, Failure::Send(error) if error.is_connect())
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.operation)?;
        match &self.failure {
            Failure::Timeout(limit) => write!(f, "the call took longer than its timeout of {limit:?}"),
            Failure::Idle(limit) => write!(f, "the transfer stood still for {limit:?} (the read timeout)"),
            Failure::Send(error) if error.is_connect() && error.is_timeout() => {
                f.write_str("connecting took longer than the connect timeout")
            }
            Failure::Send(error) if error.is_connect() => write!(f, "no connection: {}", innermost(error)),
            Failure::Send(error) => write!(f, "the call failed before an answer came: {}", innermost(error)),
            Failure::Receive(error) => write!(f, "the answer broke off: {}", innermost(error)),
        }
    }
}

/// What lies at the bottom of an error says most.
fn innermost<'a>(error: &'a (dyn StdError + 'static)) -> &'a (dyn StdError + 'static) {
    let mut error = error;
    while let Some(source) = error.source() {
        error = source;
    }
    error
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &self.failure {
            Failure::Timeout(_) | Failure::Idle(_) => None,
            Failure::Send(error) | Failure::Receive(error) => Some(error),
        }
    }
}

/// An answer with a status of failure, and all that it said.
#[derive(Debug)]
pub struct StatusError {
    pub(super) operation: &'static Operation,
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
    pub(super) complete: bool,
    pub(super) declared: Option<Declared>,
}

impl StatusError {
    /// The operation's id in the API's document.
    pub fn operation(&self) -> &'static str {
        self.operation.id
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

    /// The body that the API's document declares for this status; see [`Error::declared`].
    pub fn declared<E: 'static>(&self) -> Option<&E> {
        self.declared.as_ref().and_then(Declared::get)
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
        if !self.body.is_empty() {
            write!(f, ": {}", excerpt(&self.body))?;
        }
        if !self.complete {
            f.write_str(" [cut]")?;
        }
        if let Some(wait) = retry_after::retry_after(&self.headers) {
            write!(f, "; retry after {wait:?}")?;
        }
        if let Some(id) = self.request_id() {
            write!(f, "; request id {id}")?;
        }
        Ok(())
    }
}

impl StdError for StatusError {}

/// An answer of success whose body is not what it should be.
#[derive(Debug)]
pub struct DecodeError {
    pub(super) operation: &'static Operation,
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
    pub(super) expected: &'static str,
    pub(super) problem: Problem,
}

/// What is wrong with a body.
#[derive(Debug)]
pub(super) enum Problem {
    /// It is empty.
    Empty,
    /// It is larger than the client reads.
    TooLarge(usize),
    /// It is no JSON at all, and does not claim to be.
    ContentType(String, serde_json::Error),
    /// It is no JSON, or not of the expected type; with the path in it.
    Json(String, serde_json::Error),
    /// It is no text.
    Utf8(std::string::FromUtf8Error),
}

impl DecodeError {
    /// The operation's id in the API's document.
    pub fn operation(&self) -> &'static str {
        self.operation.id
    }

    /// The status.
    pub fn status(&self) -> u16 {
        self.status.as_u16()
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body as it came; its first part where it is larger than the client reads.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The id that the server gave the call.
    pub fn request_id(&self) -> Option<&str> {
        request_id(&self.headers)
    }

    /// The name of the type that was expected.
    pub fn expected(&self) -> &'static str {
        self.expected
    }

    /// Where in the body's JSON the problem is, such as `$.proxies[0].type`.
    pub fn path(&self) -> Option<&str> {
        match &self.problem {
            Problem::Json(path, _) => Some(path),
            _ => None,
        }
    }

    pub(super) fn json(body: &[u8], headers: &HeaderMap, error: serde_json::Error) -> Problem {
        let content_type = headers
            .get(http::header::CONTENT_TYPE)
            .map(|value| String::from_utf8_lossy(value.as_bytes()));
        match content_type {
            Some(name) if !error.is_data() && !is_json(&name) => Problem::ContentType(name.into_owned(), error),
            _ => Problem::Json(json_path::locate(body, &error), error),
        }
    }
}

/// Whether a content type says JSON: `application/json`, `application/problem+json; charset=utf-8`.
fn is_json(content_type: &str) -> bool {
    let essence = content_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    essence.ends_with("/json") || essence.ends_with("+json")
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}, but the body ", self.operation, self.status)?;
        let expected = self.expected;
        match &self.problem {
            Problem::Empty => write!(f, "is empty where {expected} was expected")?,
            Problem::TooLarge(limit) => write!(f, "is larger than {limit} bytes (the client's max_response_size)")?,
            Problem::ContentType(content_type, _) => {
                let start = excerpt(&self.body);
                write!(
                    f,
                    "is {} where JSON was expected: {start}",
                    excerpt(content_type.as_bytes())
                )?;
            }
            // The value itself is not shown: it may be a secret, and the caller has the body.
            Problem::Json(path, error) => write!(f, "does not fit {expected} at {path}: {error}")?,
            Problem::Utf8(error) => write!(f, "is no text: {}", error.utf8_error())?,
        }
        match self.request_id() {
            Some(id) => write!(f, "; request id {id}"),
            None => Ok(()),
        }
    }
}

impl StdError for DecodeError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &self.problem {
            Problem::Empty | Problem::TooLarge(_) => None,
            Problem::ContentType(_, error) | Problem::Json(_, error) => Some(error),
            Problem::Utf8(error) => Some(error),
        }
    }
}

/// A file that cannot be read or written.
#[derive(Debug)]
pub struct IoError {
    context: String,
    source: std::io::Error,
}

impl IoError {
    /// The kind of the error.
    pub fn kind(&self) -> std::io::ErrorKind {
        self.source.kind()
    }
}

impl fmt::Display for IoError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.context, self.source)
    }
}

impl StdError for IoError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&self.source)
    }
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
