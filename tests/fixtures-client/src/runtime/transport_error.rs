//! Calls without an answer, or without all of it: connection, time, transfer. Shows no address.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use super::operation::OperationRef;
use super::transport::{FailureKind, TransportFailure};

/// No answer, or not all of it.
#[derive(Debug)]
pub struct TransportError {
    pub(super) operation: OperationRef,
    pub(super) failure: Failure,
    pub(super) attempts: u32,
}

/// What failed on the way.
#[derive(Debug)]
pub(super) enum Failure {
    /// Time ran out.
    Expired(Expired),
    /// Before an answer came.
    Send(TransportFailure),
    /// Before an answer came, as what was to be sent could not be read.
    Upload(TransportFailure),
    /// While an answer's body came.
    Receive(TransportFailure),
}

/// A time that ran out, and how long it was.
#[derive(Debug, Clone, Copy)]
pub(super) enum Expired {
    /// The time for an attempt.
    Timeout(Duration),
    /// The time for the whole call.
    Deadline(Duration),
    /// The time for which a body may stand still.
    Idle(Duration),
}

/// Which time ran out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TimeoutKind {
    /// For connecting: `connect_timeout` of the client's builder.
    Connect,
    /// For an attempt: `timeout` of the client's builder or of the call's options.
    Attempt,
    /// For the whole call: `deadline` of the client's builder or of the call's options.
    Deadline,
    /// For a body that stood still: `read_timeout` of the client's builder.
    Idle,
    /// One that the HTTP client below has of its own.
    Transport,
}

impl TransportError {
    /// The operation's id in the API's document; method and path template where it has none.
    pub fn operation(&self) -> Cow<'static, str> {
        self.operation.label()
    }

    /// Whether time ran out; [`timeout`](Self::timeout) says which.
    pub fn is_timeout(&self) -> bool {
        self.timeout().is_some()
    }

    /// Which time ran out, if it is that.
    pub fn timeout(&self) -> Option<TimeoutKind> {
        self.failure.timeout()
    }

    /// Whether no connection could be made, or no TLS over it: the call has not reached the server.
    pub fn is_connect(&self) -> bool {
        self.failure.is_connect()
    }

    /// Whether the server was reached, but TLS could not be agreed on: a certificate that is not trusted, or another
    /// protocol.
    pub fn is_tls(&self) -> bool {
        self.failure.is_tls()
    }

    /// How often the call was sent, or was tried to be.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// Whether another attempt may fare better.
    pub(super) fn may_pass(&self) -> bool {
        self.failure.may_pass()
    }
}

impl Failure {
    pub(super) fn timeout(&self) -> Option<TimeoutKind> {
        match self {
            Self::Expired(Expired::Timeout(_)) => Some(TimeoutKind::Attempt),
            Self::Expired(Expired::Deadline(_)) => Some(TimeoutKind::Deadline),
            Self::Expired(Expired::Idle(_)) => Some(TimeoutKind::Idle),
            Self::Send(error) if error.is_timeout && error.kind == FailureKind::Connect => Some(TimeoutKind::Connect),
            Self::Send(error) | Self::Receive(error) => error.is_timeout.then_some(TimeoutKind::Transport),
            Self::Upload(_) => None,
        }
    }

    pub(super) fn is_connect(&self) -> bool {
        matches!(self, Self::Send(error) if error.is_connect())
    }

    pub(super) fn is_tls(&self) -> bool {
        matches!(self, Self::Send(error) if error.is_tls())
    }

    /// Whether another attempt may fare better.
    pub(super) fn may_pass(&self) -> bool {
        !matches!(self, Self::Expired(Expired::Deadline(_)) | Self::Upload(_))
    }

    /// What failed below.
    pub(super) fn cause(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Expired(_) => None,
            Self::Send(error) | Self::Upload(error) | Self::Receive(error) => Some(error.cause()),
        }
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.operation, self.failure)?;
        after(f, self.attempts)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Expired(expired) => expired.fmt(f),
            Self::Send(error) => match error.kind {
                FailureKind::Connect if error.is_timeout => {
                    f.write_str("connecting took longer than the connect timeout")
                }
                FailureKind::Connect => write!(f, "no connection: {}", innermost(error)),
                FailureKind::Tls => write!(f, "no TLS connection: {}", innermost(error)),
                FailureKind::Broken => write!(f, "the call failed before an answer came: {}", innermost(error)),
            },
            Self::Upload(error) => write!(f, "the call failed before an answer came: {}", innermost(error)),
            Self::Receive(error) => write!(f, "the answer broke off: {}", innermost(error)),
        }
    }
}

impl fmt::Display for Expired {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Timeout(limit) => write!(f, "the call took longer than its timeout of {limit:?}"),
            Self::Deadline(limit) => write!(f, "the call was not done by its deadline of {limit:?}"),
            Self::Idle(limit) => write!(f, "the transfer stood still for {limit:?} (the read timeout)"),
        }
    }
}

/// How many attempts there were, where there were several.
pub(super) fn after(f: &mut fmt::Formatter<'_>, attempts: u32) -> fmt::Result {
    match attempts {
        0 | 1 => Ok(()),
        _ => write!(f, "; after {attempts} attempts"),
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
        self.failure.cause()
    }
}
