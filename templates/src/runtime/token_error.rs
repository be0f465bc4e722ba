//! Access tokens that could not be fetched. Shows neither secrets nor tokens, nor an answer as a whole.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

use http::StatusCode;

use super::TimeoutKind;
use super::excerpt::excerpt;
use super::operation::OperationRef;
use super::transport::TransportFailure;
use super::transport_error::{Expired, Failure, after};

/// No access token could be fetched for a call, which was not sent.
#[derive(Debug)]
pub struct TokenError {
    pub(super) operation: OperationRef,
    /// Calls that wait for the same token fail for the same reason.
    pub(super) failure: Arc<TokenFailure>,
    pub(super) attempts: u32,
}

/// Why there is no token.
#[derive(Debug)]
pub(super) enum TokenFailure {
    /// No answer, or not all of it.
    Transport(Failure),
    /// The server refused (RFC 6749, section 5.2).
    Refused {
        status: StatusCode,
        code: Option<String>,
        description: Option<String>,
    },
    /// The answer of success has no token that can be used.
    Unreadable(String),
}

impl TokenError {
    /// The operation's id in the API's document; method and path template where it has none.
    pub fn operation(&self) -> Cow<'static, str> {
        self.operation.label()
    }

    /// The status with which the authorization server refused.
    pub fn status(&self) -> Option<u16> {
        match &*self.failure {
            TokenFailure::Refused { status, .. } => Some(status.as_u16()),
            _ => None,
        }
    }

    /// Why it refused, in a word: `error` of its answer, such as `invalid_client`.
    pub fn code(&self) -> Option<&str> {
        match &*self.failure {
            TokenFailure::Refused { code, .. } => code.as_deref(),
            _ => None,
        }
    }

    /// Why it refused, for people: `error_description` of its answer.
    pub fn description(&self) -> Option<&str> {
        match &*self.failure {
            TokenFailure::Refused { description, .. } => description.as_deref(),
            _ => None,
        }
    }

    /// Which time ran out, if it is that.
    pub fn timeout(&self) -> Option<TimeoutKind> {
        self.transport().and_then(Failure::timeout)
    }

    /// Whether the authorization server could not be reached.
    pub fn is_connect(&self) -> bool {
        self.transport().is_some_and(Failure::is_connect)
    }

    /// Whether the authorization server was reached, but TLS could not be agreed on.
    pub fn is_tls(&self) -> bool {
        self.transport().is_some_and(Failure::is_tls)
    }

    /// How often the call was tried to be sent.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// Whether another attempt may fare better.
    pub(super) fn may_pass(&self) -> bool {
        match &*self.failure {
            TokenFailure::Transport(failure) => failure.may_pass(),
            TokenFailure::Refused { status, .. } => status.as_u16() == 429 || status.is_server_error(),
            TokenFailure::Unreadable(_) => false,
        }
    }

    fn transport(&self) -> Option<&Failure> {
        match &*self.failure {
            TokenFailure::Transport(failure) => Some(failure),
            _ => None,
        }
    }
}

impl From<TransportFailure> for TokenFailure {
    fn from(failure: TransportFailure) -> Self {
        Self::Transport(Failure::Send(failure))
    }
}

impl From<Expired> for TokenFailure {
    fn from(expired: Expired) -> Self {
        Self::Transport(Failure::Expired(expired))
    }
}

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: no access token: ", self.operation)?;
        match &*self.failure {
            TokenFailure::Transport(failure) => failure.fmt(f)?,
            TokenFailure::Refused {
                status,
                code,
                description,
            } => {
                write!(f, "{status}")?;
                for text in [code, description].into_iter().flatten() {
                    write!(f, ": {}", excerpt(text.as_bytes()))?;
                }
            }
            TokenFailure::Unreadable(reason) => f.write_str(reason)?,
        }
        after(f, self.attempts)
    }
}

impl StdError for TokenError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.transport().and_then(Failure::cause)
    }
}
