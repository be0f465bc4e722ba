//! Sends a call that is put together: the one place that every call passes through.

use std::future::Future;
use std::pin::pin;
use std::time::{Duration, Instant};

use reqwest::Response;

use super::body::{Body, Clock, End};
use super::transport_error::Failure;
use super::upload::Progress;
use super::{Core, Error, Incoming, Operation, Pending, StatusError, redirect};

/// How much of a failure's body is kept.
const FAILURE_BODY: usize = 1024 * 1024;

/// A call that is ready to be sent.
pub(super) struct Call {
    pub(super) core: Core,
    pub(super) operation: &'static Operation,
    pub(super) request: reqwest::Request,
    /// The timeout that was given for this call.
    pub(super) timeout: Option<Duration>,
    /// Where the body streams.
    pub(super) progress: Option<Progress>,
}

/// Sends a call. Not generic and boxed, so that it is compiled once and no caller's future grows by it.
pub(super) fn execute(call: Call) -> Pending<Incoming> {
    Box::pin(async move {
        let clock = call.clock();
        let operation = call.operation;
        let max_size = call.core.shared.max_response_size;
        let mut response = call.send(&clock).await?;
        let status = response.status();
        let headers = std::mem::take(response.headers_mut());
        let mut body = Body::new(operation, clock, response);
        if status.is_success() {
            return Ok(Incoming {
                status,
                headers,
                body,
                max_size,
            });
        }
        let (bytes, end) = body.read(FAILURE_BODY).await;
        let complete = matches!(end, End::Complete);
        let declared = (operation.decode_error)(status.as_u16(), &bytes);
        let error = StatusError {
            operation,
            status,
            headers,
            body: bytes,
            complete,
            declared,
        };
        Err(Error::Status(Box::new(error)))
    })
}

impl Call {
    fn clock(&self) -> Clock {
        let shared = &self.core.shared;
        let limit = self.timeout.or(shared.timeout);
        let deadline = limit.and_then(|limit| Some((Instant::now().checked_add(limit)?, limit)));
        let clock = Clock {
            deadline,
            explicit: self.timeout.is_some(),
            idle: shared.read_timeout,
        };
        if self.progress.is_some() {
            clock.for_stream()
        } else {
            clock
        }
    }

    /// Sends it, and again where it is redirected.
    async fn send(self, clock: &Clock) -> Result<Response, Error> {
        let mut request = self.request;
        for _ in 0..redirect::LIMIT {
            // A body that streams cannot be sent again.
            let again = request.try_clone();
            let response = wait(
                self.core.shared.http.execute(request),
                self.operation,
                clock,
                self.progress.as_ref(),
            )
            .await?;
            match again.and_then(|again| redirect::follow(again, &response)) {
                Some(next) => request = next,
                None => return Ok(response),
            }
        }
        wait(
            self.core.shared.http.execute(request),
            self.operation,
            clock,
            self.progress.as_ref(),
        )
        .await
    }
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
            Some((at, failure)) => match tokio::time::timeout_at(at.into(), answer.as_mut()).await {
                Ok(result) => result,
                Err(_) if moved(progress, &failure, at) => continue,
                Err(_) => return Err(Error::transport(operation, failure)),
            },
        };
        return result.map_err(|error| Error::transport(operation, Failure::Send(error.without_url())));
    }
}

/// Whether an upload has gone on since the time was set.
fn moved(progress: Option<&Progress>, failure: &Failure, at: Instant) -> bool {
    match (progress, failure) {
        (Some(progress), Failure::Idle(limit)) => progress.last().checked_add(*limit).is_none_or(|next| next > at),
        _ => false,
    }
}
