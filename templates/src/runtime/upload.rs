//! Files and other bytes to send, streamed. Knows nothing of the call that they go with.

use std::error::Error as StdError;
use std::fmt;
use std::io;
#[cfg(not(target_arch = "wasm32"))]
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
#[cfg(not(target_arch = "wasm32"))]
use tokio::fs::File;
use tokio::io::{AsyncRead, ReadBuf};

use super::Error;
use super::platform::{BoxStream, Instant, MaybeSend};
use super::transport_body::RequestBody;

/// The size of the pieces that are read from a file.
const PIECE: usize = 64 * 1024;

type Pieces = BoxStream<io::Result<Bytes>>;

/// Where the bytes come from.
enum Source {
    /// From where they can be read once; `None` when they have been.
    Once(Option<Pieces>),
    /// From memory.
    Bytes(Bytes),
    /// From a regular file, which is open for the first time that it is read.
    #[cfg(not(target_arch = "wasm32"))]
    File(PathBuf, Option<File>),
}

/// Bytes to send, with a name and a content type. They are streamed, never held in memory as a whole.
///
/// A call that fails on its way can be sent again, as its documentation says, where the bytes can be read again: from a
/// file that is given by its path, and from memory.
pub struct Upload {
    source: Source,
    length: Option<u64>,
    file_name: Option<String>,
    content_type: Option<String>,
    observer: Option<Observer>,
}

/// Is told how many bytes a transfer has got to, and of how many where that is known.
pub(super) type Observer = Arc<dyn Fn(u64, Option<u64>) + Send + Sync>;

impl Upload {
    /// A file: its name and length are sent along, and a content type by its extension.
    ///
    /// # Errors
    /// [`Error::Io`]: the file cannot be opened.
    #[cfg(not(target_arch = "wasm32"))]
    pub async fn from_path(path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        let failed = |error| Error::io(format!("cannot read {}", path.display()), error);
        let file = File::open(path).await.map_err(failed)?;
        let metadata = file.metadata().await.map_err(failed)?;
        if metadata.is_dir() {
            return Err(failed(io::ErrorKind::IsADirectory.into()));
        }
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        // Only a regular file says its length, and gives the same bytes again.
        if !metadata.is_file() {
            return Ok(Self::from_reader(name, file, None));
        }
        let source = Source::File(path.to_owned(), Some(file));
        Ok(Self::unnamed(source, Some(metadata.len())).with_file_name(name))
    }

    /// Bytes in memory, under a file name.
    pub fn from_bytes(file_name: impl Into<String>, bytes: impl Into<Bytes>) -> Self {
        Self::from(bytes.into()).with_file_name(file_name)
    }

    /// A stream, under a file name. Without a length, an upload is sent in chunks, which not every server takes.
    pub fn from_stream<S, B, E>(file_name: impl Into<String>, stream: S, length: Option<u64>) -> Self
    where
        S: Stream<Item = Result<B, E>> + MaybeSend + 'static,
        B: Into<Bytes>,
        E: Into<Box<dyn StdError + Send + Sync>>,
    {
        let pieces = Box::pin(Converted(Box::pin(stream)));
        Self::unnamed(Source::Once(Some(pieces)), length).with_file_name(file_name)
    }

    /// A reader, under a file name. Without a length, an upload is sent in chunks, which not every server takes.
    pub fn from_reader(
        file_name: impl Into<String>,
        reader: impl AsyncRead + MaybeSend + 'static,
        length: Option<u64>,
    ) -> Self {
        let pieces = Box::pin(Read(Box::pin(reader)));
        Self::unnamed(Source::Once(Some(pieces)), length).with_file_name(file_name)
    }

    fn unnamed(source: Source, length: Option<u64>) -> Self {
        Self {
            source,
            length,
            file_name: None,
            content_type: None,
            observer: None,
        }
    }

    /// The file name to send. Its extension gives the content type, unless one is set.
    #[must_use]
    pub fn with_file_name(mut self, file_name: impl Into<String>) -> Self {
        self.file_name = Some(file_name.into()).filter(|name| !name.is_empty());
        self
    }

    /// The content type to send.
    #[must_use]
    pub fn with_content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }

    /// Calls `observer` with each piece that is sent: with the number of bytes so far, and of all of them where that is
    /// known. Where the call is sent again, it counts from the start again.
    #[must_use]
    pub fn with_progress(mut self, observer: impl Fn(u64, Option<u64>) + Send + Sync + 'static) -> Self {
        self.observer = Some(Arc::new(observer));
        self
    }

    /// How many bytes there are, where that is known.
    pub fn len(&self) -> Option<u64> {
        self.length
    }

    /// Whether it is known that there are no bytes.
    pub fn is_empty(&self) -> bool {
        self.length == Some(0)
    }

    /// The file name.
    pub fn file_name(&self) -> Option<&str> {
        self.file_name.as_deref()
    }

    /// The content type that is set, or that the file name gives.
    pub fn content_type(&self) -> Option<&str> {
        self.content_type
            .as_deref()
            .or_else(|| by_extension(self.file_name.as_deref()?))
    }

    /// Whether the bytes can be read as often as one likes.
    pub(super) fn is_replayable(&self) -> bool {
        !matches!(self.source, Source::Once(_))
    }

    /// As a body that tells of its progress and holds to its length.
    pub(super) async fn body(&mut self, progress: &Progress) -> Result<RequestBody, Error> {
        let counted = Counted {
            pieces: self.pieces().await?,
            sent: 0,
            length: self.length,
            progress: progress.clone(),
            observer: self.observer.clone(),
        };
        Ok(RequestBody::stream(counted, self.length))
    }

    async fn pieces(&mut self) -> Result<Pieces, Error> {
        match &mut self.source {
            Source::Bytes(bytes) => Ok(Box::pin(Split(bytes.clone()))),
            #[cfg(not(target_arch = "wasm32"))]
            Source::File(path, opened) => {
                let failed = |error| Error::io(format!("cannot read {}", path.display()), error);
                let file = match opened.take() {
                    Some(file) => file,
                    None => File::open(&*path).await.map_err(failed)?,
                };
                Ok(Box::pin(Read(Box::pin(file))))
            }
            Source::Once(pieces) => pieces.take().ok_or_else(|| {
                let error = io::Error::other("its bytes can be read only once");
                Error::io("cannot send an upload again".to_owned(), error)
            }),
        }
    }
}

impl From<Bytes> for Upload {
    fn from(bytes: Bytes) -> Self {
        let length = Some(bytes.len() as u64);
        Self::unnamed(Source::Bytes(bytes), length)
    }
}

impl From<Vec<u8>> for Upload {
    fn from(bytes: Vec<u8>) -> Self {
        Self::from(Bytes::from(bytes))
    }
}

impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upload")
            .field("file_name", &self.file_name())
            .field("content_type", &self.content_type())
            .field("length", &self.length)
            .finish_non_exhaustive()
    }
}

/// Bytes in pieces, so that a slow connection shows progress.
struct Split(Bytes);

impl Stream for Split {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.0.is_empty() {
            return Poll::Ready(None);
        }
        let length = self.0.len().min(PIECE);
        Poll::Ready(Some(Ok(self.0.split_to(length))))
    }
}

/// A reader in pieces.
struct Read<R>(Pin<Box<R>>);

impl<R: AsyncRead> Stream for Read<R> {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let mut piece = vec![0; PIECE];
        let mut buffer = ReadBuf::new(&mut piece);
        ready!(self.0.as_mut().poll_read(context, &mut buffer))?;
        let length = buffer.filled().len();
        piece.truncate(length);
        Poll::Ready((length > 0).then(|| Ok(piece.into())))
    }
}

/// A stream of any kind of bytes and errors.
struct Converted<S>(Pin<Box<S>>);

impl<S, B, E> Stream for Converted<S>
where
    S: Stream<Item = Result<B, E>>,
    B: Into<Bytes>,
    E: Into<Box<dyn StdError + Send + Sync>>,
{
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = ready!(self.0.as_mut().poll_next(context));
        Poll::Ready(next.map(|piece| piece.map(Into::into).map_err(io::Error::other)))
    }
}

/// The pieces of an upload as they are sent.
struct Counted {
    pieces: Pieces,
    sent: u64,
    length: Option<u64>,
    progress: Progress,
    observer: Option<Observer>,
}

impl Stream for Counted {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = ready!(self.pieces.as_mut().poll_next(context)).transpose();
        let counted = next.and_then(|next| self.count(next));
        self.progress.note(counted.is_err());
        Poll::Ready(counted.transpose())
    }
}

impl Counted {
    fn count(&mut self, next: Option<Bytes>) -> io::Result<Option<Bytes>> {
        let Some(piece) = next else {
            return match self.length.map(|length| length - self.sent) {
                None | Some(0) => Ok(None),
                Some(left) => Err(io::Error::new(
                    io::ErrorKind::UnexpectedEof,
                    format!("the upload ended {left} bytes before its length"),
                )),
            };
        };
        let sent = self.sent + piece.len() as u64;
        if self.length.is_some_and(|length| sent > length) {
            return Err(io::Error::other("the upload is longer than its length"));
        }
        self.sent = sent;
        if let Some(observer) = &self.observer {
            observer(sent, self.length);
        }
        Ok(Some(piece))
    }
}

/// When an upload last went on, and whether it failed on this side.
#[derive(Debug, Clone)]
pub(super) struct Progress(Arc<Mutex<(Instant, bool)>>);

impl Progress {
    pub(super) fn new() -> Self {
        Self(Arc::new(Mutex::new((Instant::now(), false))))
    }

    fn note(&self, failed: bool) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = (Instant::now(), failed);
    }

    pub(super) fn last(&self) -> Instant {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).0
    }

    pub(super) fn has_failed(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).1
    }
}

/// Content types by extension: those that APIs are sent.
fn by_extension(file_name: &str) -> Option<&'static str> {
    let (_, extension) = file_name.rsplit_once('.')?;
    Some(match extension.to_ascii_lowercase().as_str() {
        "avif" => "image/avif",
        "bmp" => "image/bmp",
        "css" => "text/css",
        "csv" => "text/csv",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "gif" => "image/gif",
        "gz" => "application/gzip",
        "htm" | "html" => "text/html",
        "jpeg" | "jpg" => "image/jpeg",
        "js" | "mjs" => "text/javascript",
        "json" => "application/json",
        "jsonl" | "ndjson" => "application/x-ndjson",
        "m4a" => "audio/mp4",
        "md" => "text/markdown",
        "mov" => "video/quicktime",
        "mp3" => "audio/mpeg",
        "mp4" => "video/mp4",
        "ogg" => "audio/ogg",
        "pdf" => "application/pdf",
        "png" => "image/png",
        "pptx" => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "svg" => "image/svg+xml",
        "tar" => "application/x-tar",
        "tif" | "tiff" => "image/tiff",
        "txt" => "text/plain",
        "wasm" => "application/wasm",
        "wav" => "audio/wav",
        "webm" => "video/webm",
        "webp" => "image/webp",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "xml" => "application/xml",
        "yaml" | "yml" => "application/yaml",
        "zip" => "application/zip",
        _ => return None,
    })
}
