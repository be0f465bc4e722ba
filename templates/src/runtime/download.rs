//! Bodies of answers that stream: to a file, a reader, or piece by piece. Knows nothing of the call.

use std::fmt;
use std::io;
#[cfg(not(target_arch = "wasm32"))]
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::{Buf, Bytes, BytesMut};
use futures_core::Stream;
use tokio::io::{AsyncRead, ReadBuf};

use super::Error;
use super::body::Body;
#[cfg(not(target_arch = "wasm32"))]
use super::save::save;
use super::stream::next;
use super::upload::Observer;

/// A body that streams, of any size.
///
/// It is a `Stream` of `Bytes`, and a tokio `AsyncRead`, whose errors hold an [`Error`].
pub struct Download {
    body: Body,
    /// What has come and is not read yet.
    rest: Bytes,
    received: u64,
    content_length: Option<u64>,
    content_type: Option<String>,
    observer: Option<Observer>,
}

impl Download {
    pub(super) fn new(body: Body, content_length: Option<u64>, content_type: Option<String>) -> Self {
        Self {
            body,
            rest: Bytes::new(),
            received: 0,
            content_length,
            content_type,
            observer: None,
        }
    }

    /// How many bytes will come, where the server says so.
    pub fn content_length(&self) -> Option<u64> {
        self.content_length
    }

    /// The content type, where the server gives one.
    pub fn content_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }

    /// Calls `observer` with each piece that comes: with the number of bytes so far, and of all of them where the server
    /// says it.
    #[must_use]
    pub fn with_progress(mut self, observer: impl Fn(u64, Option<u64>) + Send + Sync + 'static) -> Self {
        self.observer = Some(Arc::new(observer));
        self
    }

    /// The next piece; `None` at the end.
    ///
    /// # Errors
    /// [`Error::Transport`]: the connection broke, or stood still for too long.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, Error> {
        next(self).await.transpose()
    }

    /// All of it, in memory, whatever its size.
    ///
    /// # Errors
    /// [`Error::Transport`]: the connection broke, or stood still for too long.
    pub async fn bytes(mut self) -> Result<Bytes, Error> {
        let mut whole = BytesMut::new();
        while let Some(piece) = self.chunk().await? {
            whole.extend_from_slice(&piece);
        }
        Ok(whole.freeze())
    }

    /// Writes it to a file and gives its length. The file is there as a whole or not at all: a temporary file beside it
    /// takes its name at the end, and is removed if that is not reached. A file that was there before is replaced.
    ///
    /// # Errors
    /// [`Error::Transport`]: the connection broke, or stood still for too long. [`Error::Io`]: the file cannot be
    /// written.
    #[cfg(not(target_arch = "wasm32"))]
    pub async fn save_to(mut self, path: impl AsRef<Path>) -> Result<u64, Error> {
        save(&mut self, path.as_ref()).await
    }

    /// Reads into `buffer`; gives how many bytes, 0 at the end.
    #[cfg(feature = "blocking")]
    pub(super) async fn read_some(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut buffer = ReadBuf::new(buffer);
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_read(context, &mut buffer)).await?;
        Ok(buffer.filled().len())
    }

    fn poll_piece(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Error>>> {
        let piece = ready!(Pin::new(&mut self.body).poll_next(context));
        if let Some(Ok(piece)) = &piece {
            self.received += piece.len() as u64;
            if let Some(observer) = &self.observer {
                observer(self.received, self.content_length);
            }
        }
        Poll::Ready(piece)
    }
}

impl Stream for Download {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if !self.rest.is_empty() {
            return Poll::Ready(Some(Ok(std::mem::take(&mut self.rest))));
        }
        self.poll_piece(context)
    }
}

impl AsyncRead for Download {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        while self.rest.is_empty() {
            match ready!(self.poll_piece(context)) {
                None => return Poll::Ready(Ok(())),
                Some(piece) => self.rest = piece.map_err(io::Error::other)?,
            }
        }
        let length = self.rest.len().min(buffer.remaining());
        buffer.put_slice(&self.rest[..length]);
        self.rest.advance(length);
        Poll::Ready(Ok(()))
    }
}

impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Download")
            .field("content_length", &self.content_length)
            .field("content_type", &self.content_type)
            .finish_non_exhaustive()
    }
}
