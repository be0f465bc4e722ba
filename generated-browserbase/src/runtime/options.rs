//! What can be said for one call alone. Knows nothing of how it is sent.

use std::fmt;
use std::time::Duration;

use serde_json::Value;

use super::RetryPolicy;
use super::secret::Redacted;

/// What applies to one call only: its times, its retries, and whatever the operation's own setters do not cover.
#[derive(Clone, Default)]
pub struct CallOptions {
    /// Most calls have none, and should not carry the room for them from future to future.
    given: Option<Box<Given>>,
}

/// Options that were given.
#[derive(Clone, Default)]
pub(super) struct Given {
    pub(super) timeout: Option<Duration>,
    pub(super) deadline: Option<Duration>,
    pub(super) retry: RetryPolicy,
    pub(super) headers: Vec<(String, String)>,
    pub(super) query: Vec<(String, String)>,
    pub(super) body_fields: Vec<(String, Value)>,
    /// Where a list goes on, in place of the operation's path and query.
    pub(super) link: Option<String>,
}

impl CallOptions {
    /// What was given, if anything was.
    pub(super) fn given(&self) -> Option<&Given> {
        self.given.as_deref()
    }

    fn change(&mut self) -> &mut Given {
        self.given.get_or_insert_default()
    }

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
        self.change().timeout = Some(timeout);
        self
    }

    /// Follows a link to the next page of a list.
    #[allow(dead_code, reason = "called by generated code, where the API has such lists")]
    pub(crate) fn follow(&mut self, link: String) {
        self.change().link = Some(link);
    }

    /// The time for the whole call, its retries, the waits between them and the transfer of its bodies included, instead
    /// of the client's own. A wait that would not be over in time is not begun: the last error is returned at once.
    #[must_use]
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.change().deadline = Some(deadline);
        self
    }

    /// How often the call is sent after its first attempt, at most: [`RetryPolicy::max_retries`] for this call.
    #[must_use]
    pub fn max_retries(mut self, retries: u32) -> Self {
        let given = self.change();
        given.retry = std::mem::take(&mut given.retry).max_retries(retries);
        self
    }

    /// What else is different about its retries. What it does not set stays as the client has it.
    #[must_use]
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        let given = self.change();
        given.retry = policy.or(&given.retry);
        self
    }

    /// A header; it replaces one of the same name that the client would send.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.change().headers.push((name.into(), value.into()));
        self
    }

    /// A query parameter, after those of the operation.
    #[must_use]
    pub fn query(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.change().query.push((name.into(), value.into()));
        self
    }

    /// A field of the body (of an object in JSON, of a form); it replaces one of the same name in JSON and in
    /// URL-encoded forms.
    #[must_use]
    pub fn body_field(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.change().body_fields.push((name.into(), value.into()));
        self
    }
}

impl fmt::Debug for CallOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let given = self.given.as_deref().cloned().unwrap_or_default();
        let names: Vec<_> = given.body_fields.iter().map(|(name, _)| name).collect();
        f.debug_struct("CallOptions")
            .field("timeout", &given.timeout)
            .field("deadline", &given.deadline)
            .field("retry", &given.retry)
            .field("headers", &Redacted(&given.headers))
            .field("query", &Redacted(&given.query))
            .field("body_fields", &names)
            .field("is_linked", &given.link.is_some())
            .finish()
    }
}
