//! When a call may be sent again, and after how long. Knows nothing of how it is sent.
//!
//! Three say so, each more than the one before: the operation's [`Retry`], the client's [`RetryPolicy`], the call's.

use std::ops::RangeInclusive;
use std::time::Duration;

use http::HeaderMap;

use super::{Error, chance};

/// What is fixed for an operation.
#[derive(Debug, Clone, Copy)]
pub struct Retry {
    /// How often after the first attempt.
    pub max_retries: u32,
    /// The answers after which the call is sent again.
    pub statuses: &'static [RangeInclusive<u16>],
    /// The failures without an answer after which the call is sent again.
    pub connection: ConnectionRetry,
}

impl Retry {
    /// The call is sent once.
    pub const NEVER: Self = Self {
        max_retries: 0,
        statuses: &[],
        connection: ConnectionRetry::Never,
    };
}

/// After which failures without an answer a call is sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ConnectionRetry {
    /// After none.
    Never,
    /// Where the call cannot have reached the API, as no connection could be made: no address, refused, TLS.
    Unsent,
    /// Also where the connection broke, or time ran out, when the API may have got the call already.
    Any,
}

/// Changes how often, when and after how long calls are sent again.
///
/// What is not set stays as it is: for a call as its client has it, for a client as each operation's documentation says
/// under “Retries”. Whatever is set, a body that can be read only once (a stream, a reader) is sent once, and
/// `x-should-retry: true` or `false` in an answer decides whether the call is sent again, though never how often.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RetryPolicy {
    max_retries: Option<u32>,
    statuses: Option<Vec<u16>>,
    connection: Option<ConnectionRetry>,
    backoff: Option<(Duration, Duration)>,
    max_retry_after: Option<Duration>,
}

impl RetryPolicy {
    /// Changes nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sends every call once.
    #[must_use]
    pub fn never() -> Self {
        Self::new().max_retries(0)
    }

    /// How often a call is sent after its first attempt, at most.
    ///
    /// This alone sends no operation again that its documentation says is sent once: what is to follow which failure is
    /// said by [`statuses`](Self::statuses) and [`connection`](Self::connection).
    #[must_use]
    pub fn max_retries(mut self, retries: u32) -> Self {
        self.max_retries = Some(retries);
        self
    }

    /// The statuses after which a call is sent again, in place of the operation's own.
    #[must_use]
    pub fn statuses(mut self, statuses: impl IntoIterator<Item = u16>) -> Self {
        self.statuses = Some(statuses.into_iter().collect());
        self
    }

    /// The failures without an answer after which a call is sent again, in place of the operation's own.
    #[must_use]
    pub fn connection(mut self, connection: ConnectionRetry) -> Self {
        self.connection = Some(connection);
        self
    }

    /// How long to wait before the first retry, and at most: each wait is twice the one before, and up to a quarter
    /// shorter by chance, so that clients do not come back all at once. 0.5 seconds and 8 seconds if not set.
    #[must_use]
    pub fn backoff(mut self, first: Duration, longest: Duration) -> Self {
        self.backoff = Some((first, longest));
        self
    }

    /// The longest `Retry-After` that is waited for; where the API asks for a longer one, its answer is the call's
    /// error. 60 seconds if not set.
    #[must_use]
    pub fn max_retry_after(mut self, longest: Duration) -> Self {
        self.max_retry_after = Some(longest);
        self
    }

    /// This, and where it says nothing, the other.
    pub(super) fn or(self, other: &Self) -> Self {
        Self {
            max_retries: self.max_retries.or(other.max_retries),
            statuses: self.statuses.or_else(|| other.statuses.clone()),
            connection: self.connection.or(other.connection),
            backoff: self.backoff.or(other.backoff),
            max_retry_after: self.max_retry_after.or(other.max_retry_after),
        }
    }

    /// How long to wait after the failure of an attempt, the first being 1, before the next; `None`: there is none.
    pub(super) fn wait(&self, rule: &Retry, error: &Error, attempt: u32) -> Option<Duration> {
        if attempt > self.max_retries.unwrap_or(rule.max_retries) || !self.covers(rule, error) {
            return None;
        }
        match error.retry_after().filter(|asked| !asked.is_zero()) {
            None => Some(self.pause(attempt)),
            Some(asked) => {
                Some(asked).filter(|asked| *asked <= self.max_retry_after.unwrap_or(Duration::from_secs(60)))
            }
        }
    }

    fn covers(&self, rule: &Retry, error: &Error) -> bool {
        match error {
            Error::Status(error) => should_retry(error.headers()).unwrap_or_else(|| match &self.statuses {
                Some(statuses) => statuses.contains(&error.status()),
                None => rule.statuses.iter().any(|range| range.contains(&error.status())),
            }),
            Error::Transport(error) => match self.connection.unwrap_or(rule.connection) {
                ConnectionRetry::Never => false,
                ConnectionRetry::Unsent => error.is_connect(),
                ConnectionRetry::Any => error.may_pass(),
            },
            // Without a token, the call was not sent.
            Error::Token(error) => {
                self.connection.unwrap_or(rule.connection) != ConnectionRetry::Never && error.may_pass()
            }
            _ => false,
        }
    }

    fn pause(&self, attempt: u32) -> Duration {
        let (first, longest) = self
            .backoff
            .unwrap_or((Duration::from_millis(500), Duration::from_secs(8)));
        let doubled = first.saturating_mul(2_u32.saturating_pow(attempt.saturating_sub(1)));
        chance::varied(doubled.min(longest))
    }
}

/// What the API itself says in `x-should-retry`.
fn should_retry(headers: &HeaderMap) -> Option<bool> {
    match headers.get("x-should-retry")?.as_bytes() {
        b"true" => Some(true),
        b"false" => Some(false),
        _ => None,
    }
}
