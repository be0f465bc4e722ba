//! Sends a call that is put together, as often as its rule says: the one place that every call passes through.

use http::{HeaderMap, StatusCode};

use super::body::{Body, Clock, End, Limit};
use super::call::Call;
use super::operation::OperationRef;
use super::platform::{BoxFuture, Instant, sleep_until, timeout_at};
use super::transport::{Attempt, Exchange, HttpRequest, Next};
use super::transport_body::{RequestBody, ResponseBody};
use super::transport_error::{Expired, Failure};
use super::upload::Progress;
use super::{Error, Incoming, Pending, Received, StatusError, redirect};

/// How much of a failure's body is kept.
const FAILURE_BODY: usize = 1024 * 1024;

/// Sends a call. Not generic and boxed, as what follows is, so that it is compiled once and no caller's future grows by
/// it.
pub(super) fn execute(call: Box<Call>) -> Pending<Incoming> {
    let trace = call.trace.clone();
    Box::pin(trace.within(first(call)))
}

/// Sends a call and receives the whole body of its answer.
pub(super) fn receive(call: Box<Call>) -> Pending<Received> {
    let trace = call.trace.clone();
    Box::pin(trace.within(async move {
        let mut answer = first(call).await?;
        answer.whole().await
    }))
}

/// Goes on after the body of an answer could not be read to its end.
pub(super) fn resume(mut call: Box<Call>, error: Error) -> Pending<Incoming> {
    let trace = call.trace.clone();
    Box::pin(trace.within(async move {
        call.pause(error).await?;
        attempts(call).await
    }))
}

async fn first(mut call: Box<Call>) -> Result<Incoming, Error> {
    if let Err(error) = call.make_ready() {
        call.trace.failed(&error, 0);
        return Err(error);
    }
    attempts(call).await
}

/// Sends it as often as its rule says.
async fn attempts(mut call: Box<Call>) -> Result<Incoming, Error> {
    loop {
        let error = match call.attempt().await {
            Ok(mut answer) => {
                call.trace.answered(answer.status, call.attempts);
                answer.call = Some(call);
                return Ok(answer);
            }
            Err(error) => error,
        };
        call.pause(error).await?;
    }
}

impl Call {
    /// Waits until the next attempt; gives the error back where there is to be none. `&mut`, since a call, with the
    /// stream that it may hold, is not shared between threads.
    async fn pause(&mut self, error: Error) -> Result<(), Error> {
        if self.renews(&error) {
            return Ok(());
        }
        let error = error.after(self.attempts);
        let client = &self.core.shared.retry;
        let own = self.options.given().map(|given| given.retry.clone().or(client));
        let wait = own
            .as_ref()
            .unwrap_or(client)
            .wait(&self.operation.retry, &error, self.tries());
        let next = wait.and_then(|wait| Instant::now().checked_add(wait));
        let in_time = |next: &Instant| self.deadline.is_none_or(|deadline| *next < deadline.at);
        match next.filter(in_time) {
            Some(next) if self.payload.is_replayable() => {
                self.trace.paused(&error, self.attempts, wait.unwrap_or_default());
                sleep_until(next).await;
                Ok(())
            }
            _ => {
                self.trace.failed(&error, self.attempts);
                Err(error)
            }
        }
    }

    /// Sends it once. A status of failure is an error, with the answer's body.
    async fn attempt(&mut self) -> Result<Incoming, Error> {
        self.attempts += 1;
        if self.access.is_some() {
            self.authorize().await?;
        }
        let clock = self.clock();
        let (parts, body) = self.exchange(&clock).await?.into_parts();
        let body = Body::new(self.operation.clone(), clock, self.attempts, body);
        if !parts.status.is_success() {
            return Err(self.refused(parts.status, parts.headers, body).await);
        }
        Ok(Incoming {
            status: parts.status,
            headers: parts.headers,
            body,
            max_size: self.core.shared.max_response_size,
            call: None,
        })
    }

    /// The error that an answer with a status of failure is. Boxed, as it is rare and takes room.
    fn refused(&self, status: StatusCode, headers: HeaderMap, mut body: Body) -> BoxFuture<'static, Error> {
        let (operation, attempts) = (self.operation.clone(), self.attempts);
        Box::pin(async move {
            let (bytes, end) = body.read(FAILURE_BODY).await;
            Error::Status(Box::new(StatusError {
                declared: (operation.decode_error)(status.as_u16(), &bytes),
                operation,
                status,
                headers,
                complete: matches!(end, End::Complete),
                body: bytes,
                attempts,
            }))
        })
    }

    /// The times of an attempt that begins now, unless its body streams.
    pub(super) fn times(&self) -> Clock {
        let shared = &self.core.shared;
        Clock {
            attempt: Limit::new(self.options.given().and_then(|given| given.timeout), shared.timeout),
            deadline: self.deadline,
            idle: shared.read_timeout,
        }
    }

    fn clock(&self) -> Clock {
        let clock = self.times();
        if self.payload.streams() {
            clock.for_stream()
        } else {
            clock
        }
    }

    /// Sends it, and again where it is redirected.
    async fn exchange(&mut self, clock: &Clock) -> Result<http::Response<ResponseBody>, Error> {
        let attempt = Attempt::new(&self.operation, self.attempts);
        let mut redirected: Option<Box<HttpRequest>> = None;
        let mut same_origin = true;
        let mut redirects = 0;
        loop {
            // Elsewhere neither the body has business nor what stands around requests to the API.
            let ((body, progress), middleware) = if same_origin {
                (self.payload.open().await?, &*self.core.shared.middleware)
            } else {
                ((RequestBody::empty(), None), &[][..])
            };
            // The request is not held while its answer is waited for.
            let answer = {
                let mut request = match redirected.as_ref().and_then(|request| request.try_clone()) {
                    Some(request) => request,
                    None => self.request()?,
                };
                request.body = body;
                Next::new(middleware, &*self.core.shared.transport, attempt).send(request)
            };
            let response = wait(answer, &self.operation, clock, progress.as_ref()).await?;
            // A body that can be read only once cannot be sent again.
            if redirects == redirect::LIMIT || !response.status().is_redirection() || !self.payload.is_replayable() {
                return Ok(response);
            }
            let sent = match redirected.take() {
                Some(sent) => sent,
                None => Box::new(self.request()?),
            };
            let Some(next) = redirect::follow(&sent, response.status(), response.headers()) else {
                return Ok(response);
            };
            redirects += 1;
            same_origin &= next.same_origin;
            redirected = Some(Box::new(next.request));
        }
    }
}

/// Waits for the start of an answer. While an upload streams, it is its standing still that counts.
async fn wait(
    mut answer: Exchange<'_>,
    operation: &OperationRef,
    clock: &Clock,
    progress: Option<&Progress>,
) -> Result<http::Response<ResponseBody>, Error> {
    loop {
        let result = match clock.next(progress.map(Progress::last)) {
            None => answer.as_mut().await,
            Some((at, expired)) => match timeout_at(at, answer.as_mut()).await {
                Ok(result) => result,
                Err(_) if moved(progress, expired, at) => continue,
                Err(_) => return Err(Error::transport(operation.clone(), Failure::Expired(expired))),
            },
        };
        return result.map_err(|error| {
            let failure = match progress {
                Some(progress) if progress.has_failed() => Failure::Upload(error),
                _ => Failure::Send(error),
            };
            Error::transport(operation.clone(), failure)
        });
    }
}

/// Whether an upload has gone on since the time was set.
fn moved(progress: Option<&Progress>, expired: Expired, at: Instant) -> bool {
    match (progress, expired) {
        (Some(progress), Expired::Idle(limit)) => progress.last().checked_add(limit).is_none_or(|next| next > at),
        _ => false,
    }
}
