//! `multipart/form-data`: parts from files and values. Knows nothing of the call that it goes with.

use std::collections::VecDeque;
use std::fmt;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use http::HeaderValue;
use serde::Serialize;
use serde_json::Value;

use super::Error;
use super::chance;
use super::param::{json_value, text};
use super::transport_body::RequestBody;
use super::upload::{Progress, Upload};

const LINE_END: &str = "\r\n";

/// The parts of a form. Files in it are streamed.
pub struct Multipart {
    /// What stands between parts, and in none of them.
    boundary: String,
    parts: Vec<(String, Piece)>,
    error: Option<String>,
}

/// What a part holds.
enum Piece {
    Text(String),
    Json(String),
    File { upload: Box<Upload>, content_type: String },
}

impl Multipart {
    /// No parts.
    #[allow(
        clippy::new_without_default,
        reason = "it is made by generated code only, which names it"
    )]
    pub fn new() -> Self {
        Self {
            boundary: format!("{:016x}{:016x}", chance::bits(), chance::bits()),
            parts: Vec::new(),
            error: None,
        }
    }

    /// A file.
    pub fn file(&mut self, name: &'static str, upload: Upload) {
        let content_type = upload.content_type().unwrap_or("application/octet-stream").to_owned();
        if HeaderValue::from_str(&content_type).is_err() || !content_type.contains('/') {
            return self.fail(format!("`{content_type}` is no content type (part `{name}`)"));
        }
        let upload = Box::new(upload);
        self.add(name, Piece::File { upload, content_type });
    }

    /// A value as text, without quotes; an array gives a part for each item; `None` is left out.
    pub fn text(&mut self, name: &'static str, value: &impl Serialize) {
        match json_value(value) {
            Ok(value) => self.text_value(name, &value),
            Err(error) => self.fail(format!("the part `{name}` cannot be written: {error}")),
        }
    }

    /// A value as JSON text with its content type; `None` is left out.
    pub fn json(&mut self, name: &'static str, value: &impl Serialize) {
        match json_value(value) {
            Ok(Value::Null) => {}
            Ok(value) => self.add(name, Piece::Json(value.to_string())),
            Err(error) => self.fail(format!("the part `{name}` cannot be written: {error}")),
        }
    }

    pub(super) fn text_value(&mut self, name: &str, value: &Value) {
        match value {
            Value::Null => {}
            Value::Array(items) => items.iter().for_each(|item| self.text_value(name, item)),
            scalar => self.add(name, Piece::Text(text(scalar))),
        }
    }

    fn add(&mut self, name: &str, piece: Piece) {
        self.parts.push((name.to_owned(), piece));
    }

    fn fail(&mut self, message: String) {
        self.error.get_or_insert(message);
    }

    /// What was wrong with its parts first, if anything was.
    pub(super) fn check(&mut self) -> Result<(), String> {
        self.error.take().map_or(Ok(()), Err)
    }

    /// Whether it can be sent as often as one likes.
    pub(super) fn is_replayable(&self) -> bool {
        self.parts.iter().all(|(_, piece)| match piece {
            Piece::Text(_) | Piece::Json(_) => true,
            Piece::File { upload, .. } => upload.is_replayable(),
        })
    }

    /// The header that announces the form.
    pub(super) fn content_type(&self) -> String {
        format!("multipart/form-data; boundary={}", self.boundary)
    }

    /// How many bytes it has, where every file in it says so.
    pub(super) fn len(&self) -> Option<u64> {
        let mut length = self.end().len() as u64;
        for (name, piece) in &self.parts {
            let content = match piece {
                Piece::Text(text) | Piece::Json(text) => text.len() as u64,
                Piece::File { upload, .. } => upload.len()?,
            };
            length += self.start(name, piece).len() as u64 + content + LINE_END.len() as u64;
        }
        Some(length)
    }

    /// The form to send.
    pub(super) async fn body(&mut self, progress: &Progress) -> Result<RequestBody, Error> {
        let length = self.len();
        let starts: Vec<_> = self.parts.iter().map(|(name, piece)| self.start(name, piece)).collect();
        let end = self.end();
        let mut pieces = VecDeque::new();
        for (start, (_, piece)) in starts.into_iter().zip(&mut self.parts) {
            pieces.push_back(RequestBody::from(Bytes::from(start)));
            pieces.push_back(match piece {
                Piece::Text(text) | Piece::Json(text) => Bytes::from(text.clone()).into(),
                Piece::File { upload, .. } => upload.body(progress).await?,
            });
            pieces.push_back(Bytes::from_static(LINE_END.as_bytes()).into());
        }
        pieces.push_back(Bytes::from(end).into());
        Ok(RequestBody::stream(Chain(pieces), length))
    }

    /// What stands before a part's content.
    fn start(&self, name: &str, piece: &Piece) -> String {
        let mut start = format!(
            "--{}{LINE_END}Content-Disposition: form-data; name=\"{}\"",
            self.boundary,
            quoted(name)
        );
        let content_type = match piece {
            Piece::Text(_) => None,
            Piece::Json(_) => Some("application/json"),
            Piece::File { upload, content_type } => {
                // Without a file name, many servers take a part for text.
                let file_name = quoted(upload.file_name().unwrap_or(name));
                start.extend(["; filename=\"", &file_name, "\""]);
                Some(&**content_type)
            }
        };
        if let Some(content_type) = content_type {
            start.extend([LINE_END, "Content-Type: ", content_type]);
        }
        start + LINE_END + LINE_END
    }

    fn end(&self) -> String {
        format!("--{}--{LINE_END}", self.boundary)
    }
}

/// A name as browsers write it (WHATWG HTML, "multipart form data"): what would end it or its header is
/// percent-encoded, and nothing else, as few servers read that.
fn quoted(name: &str) -> String {
    name.replace('\r', "%0D").replace('\n', "%0A").replace('"', "%22")
}

/// One body after the other.
struct Chain(VecDeque<RequestBody>);

impl Stream for Chain {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        while let Some(first) = self.0.front_mut() {
            match ready!(Pin::new(first).poll_next(context)) {
                None => drop(self.0.pop_front()),
                piece => return Poll::Ready(piece),
            }
        }
        Poll::Ready(None)
    }
}

impl fmt::Debug for Multipart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.parts.iter().map(|(name, _)| name).collect();
        f.debug_tuple("Multipart").field(&names).finish()
    }
}
