//! One operation of an API, as data. Knows nothing of how it is sent.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use super::{Declared, Retry};

/// What is fixed about an operation.
pub struct Operation {
    /// The `operationId`, or method and path where there is none; empty for a request that the document does not have.
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

    /// The id; method and path template where there is none.
    pub(super) fn label(&self) -> Cow<'static, str> {
        match self.id {
            "" => format!("{} {}", self.method, self.path).into(),
            id => id.into(),
        }
    }
}

/// An operation of the API, or what stands in its place for a request of the user's own.
#[derive(Clone)]
pub(super) enum OperationRef {
    Declared(&'static Operation),
    Own(Arc<Operation>),
}

impl Deref for OperationRef {
    type Target = Operation;

    fn deref(&self) -> &Operation {
        match self {
            Self::Declared(operation) => operation,
            Self::Own(operation) => operation,
        }
    }
}

impl From<&'static Operation> for OperationRef {
    fn from(operation: &'static Operation) -> Self {
        Self::Declared(operation)
    }
}

impl fmt::Display for OperationRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl fmt::Debug for OperationRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// `Sessions_create (POST /v1/sessions)`: how errors call it.
impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.id {
            "" => write!(f, "{} {}", self.method, self.path),
            id if id.contains(self.path) => f.write_str(id),
            id => write!(f, "{id} ({} {})", self.method, self.path),
        }
    }
}

impl fmt::Debug for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}
