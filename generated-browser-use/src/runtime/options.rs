//! What can be said for one call alone. Knows nothing of how it is sent.

use std::fmt;
use std::time::Duration;

use serde_json::Value;

use super::RetryPolicy;
use super::secret::Redacted;

/// What applies to one call only: its times, its retries, and whatever the operation's own setters do not cover.
#[derive(Clone, Default)]
pub struct CallOptions {
    pub(super) timeout: Option<Duration>,
    pub(super) deadline: Option<Duration>,
    pub(super) retry: RetryPolicy,
    pub(super) headers: Vec<(String, String)>,
    pub(super) query: Vec<(String, String)>,
    pub(super) body_fields: Vec<(String, Value)>,
}

impl CallOptions {
    /// No options.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The time for each attempt, the transfer of its bodies included, instead of the client's own.
    ///
    /// Without it, an upload or download that streams has no such limit, only the one on idle time.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// The time for the whole call, its retries, the waits between them and the transfer of its bodies included, instead
    /// of the client's own. A wait that would not be over in time is not begun: the last error is returned at once.
    #[must_use]
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = Some(deadline);
        self
    }

    /// How often the call is sent after its first attempt, at most: [`RetryPolicy::max_retries`] for this call.
    #[must_use]
    pub fn max_retries(mut self, retries: u32) -> Self {
        self.retry = self.retry.max_retries(retries);
        self
    }

    /// What else is different about its retries. What it does not set stays as the client has it.
    #[must_use]
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// A header; it replaces one of the same name that the client would send.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// A query parameter, after those of the operation.
    #[must_use]
    pub fn query(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.query.push((name.into(), value.into()));
        self
    }

    /// A field of the body (of an object in JSON, of a form); it replaces one of the same name in JSON and in
    /// URL-encoded forms.
    #[must_use]
    pub fn body_field(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.body_fields.push((name.into(), value.into()));
        self
    }
}

impl fmt::Debug for CallOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.body_fields.iter().map(|(name, _)| name).collect();
        f.debug_struct("CallOptions")
            .field("timeout", &self.timeout)
            .field("deadline", &self.deadline)
            .field("retry", &self.retry)
            .field("headers", &Redacted(&self.headers))
            .field("query", &Redacted(&self.query))
            .field("body_fields", &names)
            .finish()
    }
}
