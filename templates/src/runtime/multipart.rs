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

use super::chance;
use super::param::{joined, json_value, text};
use super::transport_body::RequestBody;
use super::upload::{Progress, Upload};
use super::{Error, Style};

const LINE_END: &str = "\r\n";

/// The parts of a form. Files in it are streamed.
pub struct Multipart {
    /// What stands between parts, and in none of them.
    boundary: String,
    parts: Vec<Part>,
    error: Option<String>,
}

/// A part.
struct Part {
    name: String,
    /// What the API's document says: of a file, unless it has a content type of its own.
    content_type: Option<&'static str>,
    headers: &'static [(&'static str, &'static str)],
    piece: Piece,
}

/// Parts that were just added.
pub struct Added<'a>(&'a mut [Part]);

impl Added<'_> {
    /// Gives them a content type; that of a file wins.
    pub fn content_type(self, content_type: &'static str) -> Self {
        for part in &mut *self.0 {
            part.content_type = Some(content_type);
        }
        self
    }

    /// Gives them further headers.
    pub fn headers(self, headers: &'static [(&'static str, &'static str)]) -> Self {
        for part in &mut *self.0 {
            part.headers = headers;
        }
        self
    }
}

/// What a part holds.
enum Piece {
    Text(String),
    Json(String),
    File(Box<Upload>),
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
    pub fn file(&mut self, name: &'static str, upload: Upload) -> Added<'_> {
        self.add(name, [Piece::File(Box::new(upload))])
    }

    /// A value as text, without quotes; an array gives a part for each item; `None` is left out.
    pub fn text(&mut self, name: &'static str, value: &impl Serialize) -> Added<'_> {
        let value = self.value(name, value);
        self.text_value(name, &value)
    }

    /// An array as one text, joined as a style says; `None` and an empty one are left out.
    pub fn joined(&mut self, name: &'static str, style: Style, value: &impl Serialize) -> Added<'_> {
        let value = self.value(name, value);
        self.add(name, joined(style, &value).map(Piece::Text))
    }

    /// A value as JSON text with its content type; `None` is left out.
    pub fn json(&mut self, name: &'static str, value: &impl Serialize) -> Added<'_> {
        let value = self.value(name, value);
        self.add(name, json_piece(&value))
    }

    /// The same for an array: a part for each item.
    pub fn json_items(&mut self, name: &'static str, value: &impl Serialize) -> Added<'_> {
        let value = self.value(name, value);
        let items = value.as_array().map_or(std::slice::from_ref(&value), Vec::as_slice);
        self.add(name, items.iter().filter_map(json_piece))
    }

    pub(super) fn text_value(&mut self, name: &str, value: &Value) -> Added<'_> {
        let mut pieces = Vec::new();
        text_pieces(value, &mut pieces);
        self.add(name, pieces)
    }

    fn value(&mut self, name: &str, value: &impl Serialize) -> Value {
        json_value(value).unwrap_or_else(|error| {
            self.fail(format!("the part `{name}` cannot be written: {error}"));
            Value::Null
        })
    }

    fn add(&mut self, name: &str, pieces: impl IntoIterator<Item = Piece>) -> Added<'_> {
        let before = self.parts.len();
        self.parts.extend(pieces.into_iter().map(|piece| Part {
            name: name.to_owned(),
            content_type: None,
            headers: &[],
            piece,
        }));
        Added(self.parts.get_mut(before..).unwrap_or_default())
    }

    fn fail(&mut self, message: String) {
        self.error.get_or_insert(message);
    }

    /// What was wrong with its parts first, if anything was.
    pub(super) fn check(&mut self) -> Result<(), String> {
        let wrong = self.parts.iter().find_map(|part| {
            let content_type = part.sent_content_type()?;
            let fits = HeaderValue::from_str(content_type).is_ok() && content_type.contains('/');
            (!fits).then(|| format!("`{content_type}` is no content type (part `{}`)", part.name))
        });
        self.error.take().or(wrong).map_or(Ok(()), Err)
    }

    /// Whether it can be sent as often as one likes.
    pub(super) fn is_replayable(&self) -> bool {
        self.parts.iter().all(|part| match &part.piece {
            Piece::Text(_) | Piece::Json(_) => true,
            Piece::File(upload) => upload.is_replayable(),
        })
    }

    /// The header that announces the form.
    pub(super) fn content_type(&self) -> String {
        format!("multipart/form-data; boundary={}", self.boundary)
    }

    /// How many bytes it has, where every file in it says so.
    pub(super) fn len(&self) -> Option<u64> {
        let mut length = self.end().len() as u64;
        for part in &self.parts {
            let content = match &part.piece {
                Piece::Text(text) | Piece::Json(text) => text.len() as u64,
                Piece::File(upload) => upload.len()?,
            };
            length += self.start(part).len() as u64 + content + LINE_END.len() as u64;
        }
        Some(length)
    }

    /// The form to send.
    pub(super) async fn body(&mut self, progress: &Progress) -> Result<RequestBody, Error> {
        let length = self.len();
        let starts: Vec<_> = self.parts.iter().map(|part| self.start(part)).collect();
        let end = self.end();
        let mut pieces = VecDeque::new();
        for (start, part) in starts.into_iter().zip(&mut self.parts) {
            pieces.push_back(RequestBody::from(Bytes::from(start)));
            pieces.push_back(match &mut part.piece {
                Piece::Text(text) | Piece::Json(text) => Bytes::from(text.clone()).into(),
                Piece::File(upload) => upload.body(progress).await?,
            });
            pieces.push_back(Bytes::from_static(LINE_END.as_bytes()).into());
        }
        pieces.push_back(Bytes::from(end).into());
        Ok(RequestBody::stream(Chain(pieces), length))
    }

    /// What stands before a part's content.
    fn start(&self, part: &Part) -> String {
        let name = quoted(&part.name);
        let mut start = format!(
            "--{}{LINE_END}Content-Disposition: form-data; name=\"{name}\"",
            self.boundary
        );
        if let Piece::File(upload) = &part.piece {
            // Without a file name, many servers take a part for text.
            let file_name = upload.file_name().map_or(name, quoted);
            start.extend(["; filename=\"", &file_name, "\""]);
        }
        let content_type = part
            .sent_content_type()
            .map(|content_type| ("Content-Type", content_type));
        for (name, value) in content_type.into_iter().chain(part.headers.iter().copied()) {
            start.extend([LINE_END, name, ": ", value]);
        }
        start + LINE_END + LINE_END
    }

    fn end(&self) -> String {
        format!("--{}--{LINE_END}", self.boundary)
    }
}

impl Part {
    /// The content type to send.
    fn sent_content_type(&self) -> Option<&str> {
        let declared = self.content_type;
        match &self.piece {
            Piece::Text(_) => declared,
            Piece::Json(_) => declared.or(Some("application/json")),
            Piece::File(upload) => upload.content_type().or(declared).or(Some("application/octet-stream")),
        }
    }
}

fn json_piece(value: &Value) -> Option<Piece> {
    (!value.is_null()).then(|| Piece::Json(value.to_string()))
}

fn text_pieces(value: &Value, pieces: &mut Vec<Piece>) {
    match value {
        Value::Null => {}
        Value::Array(items) => items.iter().for_each(|item| text_pieces(item, pieces)),
        scalar => pieces.push(Piece::Text(text(scalar))),
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
        let names: Vec<_> = self.parts.iter().map(|part| &part.name).collect();
        f.debug_tuple("Multipart").field(&names).finish()
    }
}
