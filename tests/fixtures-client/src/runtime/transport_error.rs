//! Calls without an answer, or without all of it: connection, time, transfer. Shows no address.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use super::Operation;

/// No answer, or not all of it.
#[derive(Debug)]
pub struct TransportError {
    pub(super) operation: &'static Operation,
    pub(super) failure: Failure,
    pub(super) attempts: u32,
}

/// What failed on the way.
#[derive(Debug)]
pub(super) enum Failure {
    /// The time for an attempt ran out.
    Timeout(Duration),
    /// The time for the whole call ran out.
    Deadline(Duration),
    /// A body stood still.
    Idle(Duration),
    /// Before an answer came.
    Send(reqwest::Error),
    /// Before an answer came, as what was to be sent could not be read.
    Upload(reqwest::Error),
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
            Failure::Timeout(_) | Failure::Deadline(_) | Failure::Idle(_) => true,
            Failure::Send(error) | Failure::Receive(error) => error.is_timeout(),
            Failure::Upload(_) => false,
        }
    }

    /// Whether no connection could be made.
    pub fn is_connect(&self) -> bool {
        matches!(&self.failure, Failure::Send(error) if error.is_connect())
    }

    /// How often the call was sent, or was tried to be.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// Whether another attempt may fare better.
    pub(super) fn may_pass(&self) -> bool {
        !matches!(self.failure, Failure::Deadline(_) | Failure::Upload(_))
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.operation)?;
        match &self.failure {
            Failure::Timeout(limit) => write!(f, "the call took longer than its timeout of {limit:?}")?,
            Failure::Deadline(limit) => write!(f, "the call was not done by its deadline of {limit:?}")?,
            Failure::Idle(limit) => write!(f, "the transfer stood still for {limit:?} (the read timeout)")?,
            Failure::Send(error) if error.is_connect() && error.is_timeout() => {
                f.write_str("connecting took longer than the connect timeout")?;
            }
            Failure::Send(error) if error.is_connect() => write!(f, "no connection: {}", innermost(error))?,
            Failure::Send(error) | Failure::Upload(error) => {
                write!(f, "the call failed before an answer came: {}", innermost(error))?;
            }
            Failure::Receive(error) => write!(f, "the answer broke off: {}", innermost(error))?,
        }
        after(f, self.attempts)
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
        match &self.failure {
            Failure::Timeout(_) | Failure::Deadline(_) | Failure::Idle(_) => None,
            Failure::Send(error) | Failure::Upload(error) | Failure::Receive(error) => Some(error),
        }
    }
}
