//! Waiting for a state: one operation is asked again and again. Knows nothing of what is asked.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use super::platform::{Instant, sleep, timeout_at};
use super::{Error, Operation, Pending, chance};

/// What is waited for, and at which pace where the caller sets none.
#[derive(Debug)]
pub struct Waiter {
    /// The operation that is asked.
    pub operation: &'static Operation,
    /// The field with the state.
    pub field: &'static str,
    /// The states that end the wait well.
    pub until: &'static [&'static str],
    /// The states that no such state follows.
    pub fail: &'static [&'static str],
    /// The pause after the first call; each is half as long again as the one before.
    pub first_pause: Duration,
    /// What pauses grow to.
    pub longest_pause: Duration,
    /// The time for all of it.
    pub timeout: Duration,
    /// How long what was just created may not be found.
    pub not_found_for: Duration,
}

/// What the caller can set of how often is asked, and for how long.
#[derive(Debug, Clone)]
pub struct Pace {
    /// The pause between two calls, up to a quarter shorter by chance; `None`: the waiter's, which grow.
    pub interval: Option<Duration>,
    /// The time for all of it; `None` for no limit.
    pub timeout: Option<Duration>,
}

impl Waiter {
    /// The pace where the caller sets none.
    pub const fn pace(&self) -> Pace {
        Pace {
            interval: None,
            timeout: Some(self.timeout),
        }
    }

    /// Asks until the answer has one of the states; gives that answer.
    pub async fn run<T>(
        &'static self,
        pace: Pace,
        ask: impl Fn() -> Pending<T>,
        state: fn(&T) -> Option<&str>,
    ) -> Result<T, Error> {
        let start = Instant::now();
        let end = pace.timeout.and_then(|timeout| start.checked_add(timeout));
        let (mut next_pause, longest) = match pace.interval {
            Some(interval) => (interval, interval),
            None => (self.first_pause, self.longest_pause),
        };
        let mut last = None;
        let mut found = false;
        loop {
            let answer = match end {
                Some(end) => timeout_at(end, ask()).await,
                None => Ok(ask().await),
            };
            match answer {
                Err(_) => return Err(self.error(last, pace.timeout)),
                Ok(Err(error)) if error.is_not_found() && !found && start.elapsed() < self.not_found_for => {}
                Ok(Err(error)) => return Err(error),
                Ok(Ok(answer)) => {
                    found = true;
                    let now = state(&answer);
                    if now.is_some_and(|now| self.until.contains(&now)) {
                        return Ok(answer);
                    }
                    last = now.map(str::to_owned);
                    if last.as_deref().is_some_and(|last| self.fail.contains(&last)) {
                        return Err(self.error(last, None));
                    }
                }
            }
            let pause = chance::varied(next_pause);
            // No call is begun that could not be answered in time.
            if end.is_some_and(|end| pause >= end.saturating_duration_since(Instant::now())) {
                return Err(self.error(last, pace.timeout));
            }
            sleep(pause).await;
            next_pause = (next_pause.saturating_mul(3) / 2).min(longest);
        }
    }

    fn error(&'static self, state: Option<String>, timeout: Option<Duration>) -> Error {
        Error::Wait(Box::new(WaitError {
            waiter: self,
            state,
            timeout,
        }))
    }
}

/// A state that was waited for and did not come.
#[derive(Debug)]
pub struct WaitError {
    waiter: &'static Waiter,
    state: Option<String>,
    /// Where time ran out.
    timeout: Option<Duration>,
}

impl WaitError {
    /// The id of the operation that was asked, in the API's document.
    pub fn operation(&self) -> &'static str {
        self.waiter.operation.id
    }

    /// The state in the last answer; `None` where there was no answer, or none with a state.
    pub fn state(&self) -> Option<&str> {
        self.state.as_deref()
    }

    /// Whether time ran out; otherwise the state is one from which the awaited one is not reached any more.
    pub fn is_timeout(&self) -> bool {
        self.timeout.is_some()
    }
}

impl fmt::Display for WaitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Waiter {
            operation,
            field,
            until,
            ..
        } = self.waiter;
        let until = until.join("` or `");
        write!(f, "{operation}: waited for `{field}` to be `{until}`, ")?;
        match (&self.state, self.timeout) {
            (Some(state), None) => write!(f, "which does not follow `{state}`"),
            (Some(state), Some(timeout)) => write!(f, "but it was still `{state}` at the end of the {timeout:?}"),
            (None, timeout) => write!(f, "but no answer told it within {:?}", timeout.unwrap_or_default()),
        }
    }
}

impl StdError for WaitError {}
