//! The body of an answer as a stream that keeps to its times. Knows nothing of what is in it.

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use futures_core::Stream;

use super::Error;
use super::operation::OperationRef;
use super::platform::{Instant, Sleep, sleep_until};
use super::transport_body::ResponseBody;
use super::transport_error::{Expired, Failure};

/// A time by which something must be over.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limit {
    pub(super) at: Instant,
    /// How long it was from its start.
    length: Duration,
    /// Whether it was given for this call: then it holds for streams too.
    explicit: bool,
}

impl Limit {
    /// From now on: the call's own, or else the client's.
    pub(super) fn new(own: Option<Duration>, client: Option<Duration>) -> Option<Self> {
        let length = own.or(client)?;
        Some(Self {
            at: Instant::now().checked_add(length)?,
            length,
            explicit: own.is_some(),
        })
    }
}

/// The times that an attempt of a call keeps to.
#[derive(Debug, Clone)]
pub(super) struct Clock {
    /// For the attempt.
    pub(super) attempt: Option<Limit>,
    /// For the whole call.
    pub(super) deadline: Option<Limit>,
    /// How long a body may stand still.
    pub(super) idle: Option<Duration>,
}

impl Clock {
    /// The same without the limits that were not given for this call.
    pub(super) fn for_stream(mut self) -> Self {
        self.attempt = self.attempt.filter(|limit| limit.explicit);
        self.deadline = self.deadline.filter(|limit| limit.explicit);
        self
    }

    /// When to give up on what last went on at `since` (`None`: on what cannot stand still), and why.
    pub(super) fn next(&self, since: Option<Instant>) -> Option<(Instant, Expired)> {
        let deadline = self.deadline.map(|limit| (limit.at, Expired::Deadline(limit.length)));
        let attempt = self.attempt.map(|limit| (limit.at, Expired::Timeout(limit.length)));
        let idle = self
            .idle
            .and_then(|limit| Some((since?.checked_add(limit)?, Expired::Idle(limit))));
        sooner(sooner(deadline, attempt), idle)
    }
}

/// Of two times the one that comes first, if any.
fn sooner(first: Option<(Instant, Expired)>, second: Option<(Instant, Expired)>) -> Option<(Instant, Expired)> {
    match (first, second) {
        (Some((at, _)), Some((other, _))) if other < at => second,
        (None, _) => second,
        _ => first,
    }
}

/// A body that comes.
pub(super) struct Body {
    pub(super) operation: OperationRef,
    pub(super) clock: Clock,
    /// The attempt that it is the answer to.
    pub(super) attempts: u32,
    stream: Option<ResponseBody>,
    /// Only while nothing comes.
    waiting: Option<(Pin<Box<Sleep>>, Expired)>,
}

/// How reading a body ended.
pub(super) enum End {
    /// With all of it.
    Complete,
    /// At the limit, or where it broke off.
    Cut(Option<Error>),
}

impl Body {
    pub(super) fn new(operation: OperationRef, clock: Clock, attempts: u32, stream: ResponseBody) -> Self {
        Self {
            operation,
            clock,
            attempts,
            stream: Some(stream),
            waiting: None,
        }
    }

    /// Reads no further.
    pub(super) fn close(&mut self) {
        self.stream = None;
        self.waiting = None;
    }

    /// The next piece.
    pub(super) async fn piece(&mut self) -> Option<Result<Bytes, Error>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// All pieces, up to `limit` bytes, and how it ended.
    pub(super) async fn read(&mut self, limit: usize) -> (Bytes, End) {
        // One piece alone, which is common, is not copied.
        let mut first = Bytes::new();
        let mut rest = BytesMut::new();
        let end = loop {
            match self.piece().await {
                None => break End::Complete,
                Some(Err(error)) => break End::Cut(Some(error)),
                Some(Ok(mut piece)) => {
                    let room = limit - first.len() - rest.len();
                    let fits = piece.len() <= room;
                    piece.truncate(room);
                    if first.is_empty() {
                        first = piece;
                    } else {
                        rest.extend_from_slice(&piece);
                    }
                    if !fits {
                        break End::Cut(None);
                    }
                }
            }
        };
        if rest.is_empty() {
            return (first, end);
        }
        let mut whole = BytesMut::with_capacity(first.len() + rest.len());
        whole.extend_from_slice(&first);
        whole.extend_from_slice(&rest);
        (whole.freeze(), end)
    }

    /// Nothing has come: has it been too long?
    fn poll_wait(&mut self, context: &mut Context<'_>) -> Poll<Error> {
        if self.waiting.is_none() {
            let next = self.clock.next(Some(Instant::now()));
            self.waiting = next.map(|(at, expired)| (Box::pin(sleep_until(at)), expired));
        }
        let Some((sleep, expired)) = &mut self.waiting else {
            return Poll::Pending;
        };
        let expired = *expired;
        ready!(sleep.as_mut().poll(context));
        self.close();
        let failure = Failure::Expired(expired);
        Poll::Ready(Error::transport(self.operation.clone(), failure).after(self.attempts))
    }
}

impl Stream for Body {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Some(stream) = &mut self.stream else {
            return Poll::Ready(None);
        };
        match Pin::new(stream).poll_next(context) {
            Poll::Pending => self.poll_wait(context).map(|error| Some(Err(error))),
            Poll::Ready(Some(Ok(piece))) => {
                self.waiting = None;
                Poll::Ready(Some(Ok(piece)))
            }
            Poll::Ready(None) => {
                self.stream = None;
                Poll::Ready(None)
            }
            Poll::Ready(Some(Err(error))) => {
                self.stream = None;
                let failure = Failure::Receive(error);
                Poll::Ready(Some(Err(
                    Error::transport(self.operation.clone(), failure).after(self.attempts)
                )))
            }
        }
    }
}
