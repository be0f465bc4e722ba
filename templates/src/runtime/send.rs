//! Sends a call that is put together, as often as its rule says: the one place that every call passes through.

use std::future::Future;
use std::pin::pin;
use std::time::Duration;

use reqwest::Response;
use tokio::time::Instant;

use super::body::{Body, Clock, End, Limit};
use super::payload::Payload;
use super::transport_error::Failure;
use super::upload::Progress;
use super::{Core, Error, Incoming, Operation, Pending, RetryPolicy, StatusError, redirect};

/// How much of a failure's body is kept.
const FAILURE_BODY: usize = 1024 * 1024;

/// A call that is ready to be sent.
pub(super) struct Call {
    pub(super) core: Core,
    pub(super) operation: &'static Operation,
    /// The request without its body.
    pub(super) head: reqwest::Request,
    pub(super) payload: Payload,
    /// The time for an attempt that was given for this call.
    pub(super) timeout: Option<Duration>,
    /// When all must be over.
    pub(super) deadline: Option<Limit>,
    /// What client and call change in the operation's rule.
    pub(super) retry: RetryPolicy,
    /// How often it has been sent.
    pub(super) attempts: u32,
}

/// Sends a call. Not generic and boxed, so that it is compiled once and no caller's future grows by it.
pub(super) fn execute(mut call: Box<Call>) -> Pending<Incoming> {
    Box::pin(async move {
        loop {
            match call.attempt().await {
                Ok(mut answer) => {
                    answer.call = Some(call);
                    return Ok(answer);
                }
                Err(error) => call.pause(error).await?,
            }
        }
    })
}

/// Goes on after the body of an answer could not be read to its end.
pub(super) fn resume(mut call: Box<Call>, error: Error) -> Pending<Incoming> {
    Box::pin(async move {
        call.pause(error).await?;
        execute(call).await
    })
}

impl Call {
    /// Waits until the next attempt; gives the error back where there is to be none. `&mut`, since a call, with the
    /// stream that it may hold, is not shared between threads.
    async fn pause(&mut self, error: Error) -> Result<(), Error> {
        let error = error.after(self.attempts);
        let rule = &self.operation.retry;
        let wait = self.retry.wait(rule, &error, self.attempts);
        let next = wait.and_then(|wait| Instant::now().checked_add(wait));
        let in_time = |next: &Instant| self.deadline.is_none_or(|deadline| *next < deadline.at);
        match next.filter(in_time) {
            Some(next) if self.payload.is_replayable() => {
                tokio::time::sleep_until(next).await;
                Ok(())
            }
            _ => Err(error),
        }
    }

    /// Sends it once. A status of failure is an error, with the answer's body.
    async fn attempt(&mut self) -> Result<Incoming, Error> {
        self.attempts += 1;
        let clock = self.clock();
        let mut response = self.exchange(&clock).await?;
        let status = response.status();
        let headers = std::mem::take(response.headers_mut());
        let operation = self.operation;
        let mut body = Body::new(operation, clock, self.attempts, response);
        if status.is_success() {
            return Ok(Incoming {
                status,
                headers,
                body,
                max_size: self.core.shared.max_response_size,
                call: None,
            });
        }
        let (bytes, end) = body.read(FAILURE_BODY).await;
        let error = StatusError {
            operation,
            status,
            headers,
            complete: matches!(end, End::Complete),
            declared: (operation.decode_error)(status.as_u16(), &bytes),
            body: bytes,
            attempts: self.attempts,
        };
        Err(Error::Status(Box::new(error)))
    }

    fn clock(&self) -> Clock {
        let shared = &self.core.shared;
        let clock = Clock {
            attempt: Limit::new(self.timeout, shared.timeout),
            deadline: self.deadline,
            idle: shared.read_timeout,
        };
        if self.payload.streams() {
            clock.for_stream()
        } else {
            clock
        }
    }

    /// Sends it, and again where it is redirected.
    async fn exchange(&mut self, clock: &Clock) -> Result<Response, Error> {
        let mut head = copy(&self.head);
        let mut with_body = true;
        let mut redirects = 0;
        loop {
            let mut request = copy(&head);
            let progress = if with_body {
                self.payload.attach(&mut request, &self.core.shared.http).await?
            } else {
                None
            };
            let answer = self.core.shared.http.execute(request);
            let response = wait(answer, self.operation, clock, progress.as_ref()).await?;
            // A body that can be read only once cannot be sent again.
            if redirects == redirect::LIMIT || !self.payload.is_replayable() {
                return Ok(response);
            }
            let Some(next) = redirect::follow(&head, &response) else {
                return Ok(response);
            };
            redirects += 1;
            with_body &= next.same_origin;
            head = next.head;
        }
    }
}

/// A request without its body, once more.
fn copy(head: &reqwest::Request) -> reqwest::Request {
    let mut copy = reqwest::Request::new(head.method().clone(), head.url().clone());
    copy.headers_mut().clone_from(head.headers());
    copy
}

/// Waits for the start of an answer. While an upload streams, it is its standing still that counts.
async fn wait(
    answer: impl Future<Output = reqwest::Result<Response>>,
    operation: &'static Operation,
    clock: &Clock,
    progress: Option<&Progress>,
) -> Result<Response, Error> {
    let mut answer = pin!(answer);
    let without_idle = Clock {
        idle: None,
        ..clock.clone()
    };
    loop {
        let next = match progress {
            Some(progress) => clock.next(progress.last()),
            None => without_idle.next(Instant::now()),
        };
        let result = match next {
            None => answer.as_mut().await,
            Some((at, failure)) => match tokio::time::timeout_at(at, answer.as_mut()).await {
                Ok(result) => result,
                Err(_) if moved(progress, &failure, at) => continue,
                Err(_) => return Err(Error::transport(operation, failure)),
            },
        };
        return result.map_err(|error| {
            let error = error.without_url();
            let failure = match progress {
                Some(progress) if progress.has_failed() => Failure::Upload(error),
                _ => Failure::Send(error),
            };
            Error::transport(operation, failure)
        });
    }
}

/// Whether an upload has gone on since the time was set.
fn moved(progress: Option<&Progress>, failure: &Failure, at: Instant) -> bool {
    match (progress, failure) {
        (Some(progress), Failure::Idle(limit)) => progress.last().checked_add(*limit).is_none_or(|next| next > at),
        _ => false,
    }
}
