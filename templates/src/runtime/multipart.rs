//! `multipart/form-data`: parts from files and values. Knows nothing of the call that it goes with.

use std::fmt;

use reqwest::multipart::{Form, Part};
use serde::Serialize;
use serde_json::Value;

use super::Error;
use super::param::{json_value, text};
use super::upload::{Progress, Upload};

/// The parts of a form. Files in it are streamed.
pub struct Multipart {
    parts: Vec<(String, Piece)>,
    error: Option<String>,
}

/// What a part holds.
enum Piece {
    Text(String),
    Json(String),
    File { upload: Upload, content_type: String },
}

impl Multipart {
    /// No parts.
    #[allow(
        clippy::new_without_default,
        reason = "it is made by generated code only, which names it"
    )]
    pub fn new() -> Self {
        Self {
            parts: Vec::new(),
            error: None,
        }
    }

    /// A file.
    pub fn file(&mut self, name: &'static str, upload: Upload) {
        let content_type = upload.content_type().unwrap_or("application/octet-stream").to_owned();
        if Part::bytes(&[][..]).mime_str(&content_type).is_err() {
            return self.fail(format!("`{content_type}` is no content type (part `{name}`)"));
        }
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

    /// The form, where nothing was wrong with its parts.
    pub(super) fn checked(mut self) -> Result<Self, String> {
        match self.error.take() {
            Some(error) => Err(error),
            None => Ok(self),
        }
    }

    /// Whether it can be sent as often as one likes.
    pub(super) fn is_replayable(&self) -> bool {
        self.parts.iter().all(|(_, piece)| match piece {
            Piece::Text(_) | Piece::Json(_) => true,
            Piece::File { upload, .. } => upload.is_replayable(),
        })
    }

    /// The form to send.
    pub(super) async fn form(&mut self, progress: &Progress) -> Result<Form, Error> {
        // Names are sent as they are, as browsers do: few servers read the percent-encoded form.
        let mut form = Form::new().percent_encode_noop();
        for (name, piece) in &mut self.parts {
            let part = match piece {
                Piece::Text(text) => Part::text(text.clone()),
                Piece::Json(text) => typed(Part::text(text.clone()), "application/json")?,
                Piece::File { upload, content_type } => {
                    // Without a file name, many servers take a part for text.
                    let file_name = one_line(upload.file_name().unwrap_or(name));
                    let length = upload.len();
                    let body = upload.body(progress.clone()).await?;
                    let part = match length {
                        Some(length) => Part::stream_with_length(body, length),
                        None => Part::stream(body),
                    };
                    typed(part.file_name(file_name), content_type)?
                }
            };
            form = form.part(one_line(name), part);
        }
        Ok(form)
    }
}

/// A part with its content type, which was found to be one when the part was added.
fn typed(part: Part, content_type: &str) -> Result<Part, Error> {
    part.mime_str(content_type).map_err(|error| {
        let error = std::io::Error::new(std::io::ErrorKind::InvalidInput, error);
        Error::io(format!("`{content_type}` is no content type"), error)
    })
}

/// A name as browsers write it: a line break would end its header, and `reqwest` only puts a backslash before it.
fn one_line(name: &str) -> String {
    name.replace('\r', "%0D").replace('\n', "%0A")
}

impl fmt::Debug for Multipart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.parts.iter().map(|(name, _)| name).collect();
        f.debug_tuple("Multipart").field(&names).finish()
    }
}
