//! Bodies as a transport takes and gives them: bytes, or a stream of them. Knows nothing of what is in them.

use std::fmt;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;

use super::platform::{BoxStream, MaybeSend};
use super::stream::next;
use super::transport::TransportFailure;

/// The body of a request. It is a `Stream` of its pieces.
pub struct RequestBody(Content);

enum Content {
    Bytes(Bytes),
    Stream(BoxStream<io::Result<Bytes>>, Option<u64>),
}

impl RequestBody {
    /// No bytes.
    pub fn empty() -> Self {
        Self::from(Bytes::new())
    }

    /// A stream, of so many bytes if that is known.
    pub fn stream(pieces: impl Stream<Item = io::Result<Bytes>> + MaybeSend + 'static, length: Option<u64>) -> Self {
        Self(Content::Stream(Box::pin(pieces), length))
    }

    /// How many bytes there are, where that is known.
    pub fn len(&self) -> Option<u64> {
        match &self.0 {
            Content::Bytes(bytes) => Some(bytes.len() as u64),
            Content::Stream(_, length) => *length,
        }
    }

    /// Whether it is known that there are no bytes.
    pub fn is_empty(&self) -> bool {
        self.len() == Some(0)
    }

    /// All of it, unless it is a stream.
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match &self.0 {
            Content::Bytes(bytes) => Some(bytes),
            Content::Stream(..) => None,
        }
    }

    /// The same once more, unless it is a stream.
    pub fn try_clone(&self) -> Option<Self> {
        self.as_bytes().cloned().map(Self::from)
    }

    /// All of it, in memory.
    ///
    /// # Errors
    /// What the stream gives as its error, such as a file that cannot be read.
    pub async fn into_bytes(mut self) -> io::Result<Bytes> {
        if let Content::Bytes(bytes) = self.0 {
            return Ok(bytes);
        }
        let mut whole = BytesMut::new();
        while let Some(piece) = next(&mut self).await {
            whole.extend_from_slice(&piece?);
        }
        Ok(whole.freeze())
    }
}

impl From<Bytes> for RequestBody {
    fn from(bytes: Bytes) -> Self {
        Self(Content::Bytes(bytes))
    }
}

impl From<Vec<u8>> for RequestBody {
    fn from(bytes: Vec<u8>) -> Self {
        Bytes::from(bytes).into()
    }
}

impl From<String> for RequestBody {
    fn from(text: String) -> Self {
        Bytes::from(text).into()
    }
}

impl Stream for RequestBody {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match &mut self.0 {
            Content::Bytes(bytes) => {
                let bytes = std::mem::take(bytes);
                Poll::Ready((!bytes.is_empty()).then_some(Ok(bytes)))
            }
            Content::Stream(pieces, _) => pieces.as_mut().poll_next(context),
        }
    }
}

impl fmt::Debug for RequestBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestBody")
            .field("length", &self.len())
            .finish_non_exhaustive()
    }
}

/// The body of an answer. It is a `Stream` of its pieces.
pub struct ResponseBody(BoxStream<Result<Bytes, TransportFailure>>);

impl ResponseBody {
    /// A stream. After its end, or an error, it is not asked again.
    pub fn stream(pieces: impl Stream<Item = Result<Bytes, TransportFailure>> + MaybeSend + 'static) -> Self {
        Self(Box::pin(pieces))
    }
}

impl From<Bytes> for ResponseBody {
    fn from(bytes: Bytes) -> Self {
        Self::stream(Once(Some(bytes)))
    }
}

impl From<Vec<u8>> for ResponseBody {
    fn from(bytes: Vec<u8>) -> Self {
        Bytes::from(bytes).into()
    }
}

impl From<String> for ResponseBody {
    fn from(text: String) -> Self {
        Bytes::from(text).into()
    }
}

impl Stream for ResponseBody {
    type Item = Result<Bytes, TransportFailure>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.as_mut().poll_next(context)
    }
}

impl fmt::Debug for ResponseBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseBody").finish_non_exhaustive()
    }
}

/// One piece.
struct Once(Option<Bytes>);

impl Stream for Once {
    type Item = Result<Bytes, TransportFailure>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.take().map(Ok))
    }
}
