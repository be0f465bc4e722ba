//! The one error of all calls. It keeps what the server said, and shows neither secrets nor addresses.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::HeaderMap;

use super::operation::OperationRef;
use super::response::request_id;
use super::retry_after::retry_after;
use super::transport_error::Failure;
use super::{DecodeError, HeaderError, StatusError, TimeoutKind, TokenError, TransportError, WaitError};

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
    /// No access token could be fetched, so the call was not sent.
    Token(Box<TokenError>),
    /// The server answered with a status of failure.
    Status(Box<StatusError>),
    /// The server answered with success, but the answer's body is not what it should be.
    Decode(Box<DecodeError>),
    /// A header of an answer is not what the API's document says of it. Only where a header is asked for.
    Header(Box<HeaderError>),
    /// A file on this side.
    Io(Box<IoError>),
    /// A state that was waited for and did not come.
    Wait(Box<WaitError>),
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
        self.headers().and_then(retry_after)
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

    /// How often the call was sent, or was tried to be; 0 where it is not about a call that was.
    pub fn attempts(&self) -> u32 {
        match self {
            Self::Transport(error) => error.attempts(),
            Self::Token(error) => error.attempts(),
            Self::Status(error) => error.attempts(),
            Self::Decode(error) => error.attempts(),
            _ => 0,
        }
    }

    /// Whether time ran out: for connecting, for an attempt, for the call, between two parts of a body, or for a state
    /// that was waited for.
    pub fn is_timeout(&self) -> bool {
        match self {
            Self::Transport(error) => error.is_timeout(),
            Self::Token(error) => error.timeout().is_some(),
            Self::Wait(error) => error.is_timeout(),
            _ => false,
        }
    }

    /// Which time of a call ran out, if it is that.
    pub fn timeout(&self) -> Option<TimeoutKind> {
        match self {
            Self::Transport(error) => error.timeout(),
            Self::Token(error) => error.timeout(),
            _ => None,
        }
    }

    /// Whether no connection could be made, or no TLS over it; the call has not reached the server.
    pub fn is_connect(&self) -> bool {
        match self {
            Self::Transport(error) => error.is_connect(),
            Self::Token(error) => error.is_connect(),
            _ => false,
        }
    }

    /// Whether the server was reached, but TLS could not be agreed on: a certificate that is not trusted, or another
    /// protocol.
    pub fn is_tls(&self) -> bool {
        match self {
            Self::Transport(error) => error.is_tls(),
            Self::Token(error) => error.is_tls(),
            _ => false,
        }
    }

    /// Whether the answer of success is not what it should be; see [`DecodeError`].
    pub fn is_decode(&self) -> bool {
        matches!(self, Self::Decode(_))
    }

    /// Whether the answer is larger than `max_response_size` of the client's builder allows.
    pub fn is_body_too_large(&self) -> bool {
        matches!(self, Self::Decode(error) if error.is_too_large())
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
            Self::Token(error) => error.fmt(f),
            Self::Status(error) => error.fmt(f),
            Self::Decode(error) => error.fmt(f),
            Self::Header(error) => error.fmt(f),
            Self::Io(error) => error.fmt(f),
            Self::Wait(error) => error.fmt(f),
        }
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Config(error) => error.source(),
            Self::Request(error) => error.source(),
            Self::Transport(error) => error.source(),
            Self::Token(error) => error.source(),
            Self::Status(error) => error.source(),
            Self::Decode(error) => error.source(),
            Self::Header(error) => error.source(),
            Self::Io(error) => error.source(),
            Self::Wait(error) => error.source(),
        }
    }
}

impl From<ConfigError> for Error {
    fn from(error: ConfigError) -> Self {
        Self::Config(error)
    }
}

impl From<HeaderError> for Error {
    fn from(error: HeaderError) -> Self {
        Self::Header(Box::new(error))
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
    operation: OperationRef,
    message: String,
}

impl RequestError {
    /// The operation's id in the API's document; method and path template where it has none.
    pub fn operation(&self) -> Cow<'static, str> {
        self.operation.label()
    }
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}; nothing was sent", self.operation, self.message)
    }
}

impl StdError for RequestError {}

impl Error {
    pub(super) fn request(operation: impl Into<OperationRef>, message: impl Into<String>) -> Self {
        Self::Request(Box::new(RequestError {
            operation: operation.into(),
            message: message.into(),
        }))
    }

    pub(super) fn transport(operation: OperationRef, failure: Failure) -> Self {
        Self::Transport(Box::new(TransportError {
            operation,
            failure,
            attempts: 1,
        }))
    }

    /// The same after so many attempts.
    pub(super) fn after(mut self, attempts: u32) -> Self {
        if let Self::Transport(error) = &mut self {
            error.attempts = attempts;
        }
        self
    }

    pub(super) fn io(context: String, source: std::io::Error) -> Self {
        Self::Io(Box::new(IoError { context, source }))
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
