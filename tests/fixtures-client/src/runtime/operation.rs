//! One operation of an API, as data. Knows nothing of how it is sent.

use std::fmt;

use super::{Declared, Retry};

/// What is fixed about an operation.
pub struct Operation {
    /// The `operationId`, or method and path where there is none.
    pub id: &'static str,
    /// The HTTP method.
    pub method: http::Method,
    /// The path template, such as `/v1/sessions/{id}`.
    pub path: &'static str,
    /// A base URL of its own; a base URL that the user gives replaces it.
    pub server: Option<&'static str>,
    /// Alternatives of credentials, each a set of indices into [`Api::credentials`](super::Api::credentials).
    pub security: &'static [&'static [usize]],
    /// The `Accept` header.
    pub accept: Option<&'static str>,
    /// When it may be sent again.
    pub retry: Retry,
    /// What the document says of failing statuses.
    pub notes: &'static [(u16, &'static str)],
    /// Reads the body that is declared for a failing status.
    pub decode_error: fn(status: u16, body: &[u8]) -> Option<Declared>,
}

impl Operation {
    /// What the document says of a failing status.
    pub(super) fn note(&self, status: u16) -> Option<&'static str> {
        self.notes
            .iter()
            .find(|(code, _)| *code == status)
            .map(|(_, note)| *note)
    }
}

/// `Sessions_create (POST /v1/sessions)`: how errors call it.
impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.id.contains(self.path) {
            f.write_str(self.id)
        } else {
            write!(f, "{} ({} {})", self.id, self.method, self.path)
        }
    }
}

impl fmt::Debug for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}
