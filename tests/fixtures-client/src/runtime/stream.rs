//! Bodies that come piece by piece and are read value by value. Knows how pieces come; what a value looks like is the
//! splitter's affair.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use http::{HeaderMap, StatusCode};

use super::Error;
use super::body::Body;
use super::de::{Seed, from_json};
use super::decode_error::{DecodeError, Problem, encoding};
use super::operation::OperationRef;
use super::response::request_id;

/// Parts a body into frames, whatever the pieces are in which it comes.
pub(super) trait Split {
    /// What the body consists of.
    type Frame;

    /// How errors call a frame.
    const FRAME: &'static str;

    /// Takes the next piece; the one before is used up.
    fn push(&mut self, piece: Bytes);

    /// The next frame that is complete; `None`: another piece is needed.
    fn next(&mut self, limit: usize) -> Option<Result<Self::Frame, TooLarge>>;

    /// What is left when the body has ended.
    fn end(&mut self) -> Option<Self::Frame>;
}

/// A seed that can be used for each item of a stream.
pub trait ItemSeed<T>: Seed<T> + Copy + Send + Sync + 'static {}

impl<T, S: Seed<T> + Copy + Send + Sync + 'static> ItemSeed<T> for S {}

/// How an item is read from JSON.
pub(super) type Read<T> = Box<dyn Fn(&[u8]) -> serde_json::Result<T> + Send + Sync>;

/// Reads each item with a seed.
pub(super) fn reader<T>(seed: impl ItemSeed<T>) -> Read<T> {
    Box::new(move |json| from_json(json, seed))
}

/// A frame is larger than the limit.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TooLarge;

/// What an answer says beside its body.
#[derive(Debug)]
pub(super) struct Head {
    pub(super) operation: OperationRef,
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) attempts: u32,
}

impl Head {
    /// An error about a part of the body, or about all of it.
    pub(super) fn refuse(&self, part: &'static str, body: Bytes, expected: &'static str, problem: Problem) -> Error {
        Error::Decode(Box::new(DecodeError {
            operation: self.operation.clone(),
            status: self.status,
            headers: self.headers.clone(),
            part,
            body,
            expected,
            problem,
            attempts: self.attempts,
        }))
    }

    /// A part of the body as JSON.
    pub(super) fn json<T>(&self, part: &'static str, body: Bytes, read: &Read<T>) -> Result<T, Error> {
        read(&body).map_err(|error| {
            let problem = match encoding(&self.headers) {
                Some(encoding) if !error.is_data() => Problem::Encoded(encoding),
                _ => Problem::Json(super::json_path::locate(&body, &error), error),
            };
            self.refuse(part, body, std::any::type_name::<T>(), problem)
        })
    }

    pub(super) fn request_id(&self) -> Option<&str> {
        request_id(&self.headers)
    }
}

/// The frames of a body.
pub(super) struct Frames<S> {
    pub(super) head: Head,
    pub(super) split: S,
    body: Body,
    /// The size up to which a frame is read.
    limit: usize,
    ended: bool,
}

impl<S: Split> Frames<S> {
    pub(super) fn new(head: Head, mut body: Body, limit: usize, split: S) -> Self {
        body.clock = body.clock.for_stream();
        Self {
            head,
            split,
            body,
            limit,
            ended: false,
        }
    }

    /// Nothing comes after this.
    pub(super) fn close(&mut self) {
        self.ended = true;
        self.body.close();
    }

    pub(super) fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<S::Frame, Error>>> {
        while !self.ended {
            match self.split.next(self.limit) {
                Some(Ok(frame)) => return Poll::Ready(Some(Ok(frame))),
                Some(Err(TooLarge)) => {
                    self.close();
                    let problem = Problem::TooLarge(self.limit);
                    let error = self.head.refuse(S::FRAME, Bytes::new(), S::FRAME, problem);
                    return Poll::Ready(Some(Err(error)));
                }
                None => {}
            }
            match ready!(Pin::new(&mut self.body).poll_next(context)) {
                Some(Ok(piece)) => self.split.push(piece),
                Some(Err(error)) => {
                    self.close();
                    return Poll::Ready(Some(Err(error)));
                }
                None => {
                    self.close();
                    return Poll::Ready(self.split.end().map(Ok));
                }
            }
        }
        Poll::Ready(None)
    }
}

/// The next item of a stream, for those that have no crate that brings this along.
pub(super) async fn next<S: Stream + Unpin>(stream: &mut S) -> Option<S::Item> {
    std::future::poll_fn(|context| Pin::new(&mut *stream).poll_next(context)).await
}
