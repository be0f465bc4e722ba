//! `multipart/form-data`: parts from files and values. Knows nothing of the call that it goes with.

use std::fmt;

use reqwest::multipart::{Form, Part};
use serde::Serialize;
use serde_json::Value;

use super::param::{json_value, text};
use super::upload::{Progress, Upload};

/// The parts of a form. Files in it are streamed.
pub struct Multipart {
    form: Form,
    progress: Progress,
    error: Option<String>,
    names: Vec<String>,
}

impl Multipart {
    /// No parts.
    #[allow(
        clippy::new_without_default,
        reason = "it is made by generated code only, which names it"
    )]
    pub fn new() -> Self {
        // Names are sent as they are, as browsers do: few servers read the percent-encoded form.
        Self {
            form: Form::new().percent_encode_noop(),
            progress: Progress::new(),
            error: None,
            names: Vec::new(),
        }
    }

    /// A file.
    pub fn file(&mut self, name: &'static str, upload: Upload) {
        // Without a file name, many servers take a part for text.
        let file_name = one_line(upload.file_name().unwrap_or(name));
        let content_type = upload.content_type().unwrap_or("application/octet-stream").to_owned();
        let length = upload.len();
        let body = upload.into_body(self.progress.clone());
        let part = match length {
            Some(length) => Part::stream_with_length(body, length),
            None => Part::stream(body),
        };
        match part.file_name(file_name).mime_str(&content_type) {
            Ok(part) => self.add(name.to_owned(), part),
            Err(_) => self.fail(format!("`{content_type}` is no content type (part `{name}`)")),
        }
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
            Ok(value) => match Part::text(value.to_string()).mime_str("application/json") {
                Ok(part) => self.add(name.to_owned(), part),
                Err(error) => self.fail(error.to_string()),
            },
            Err(error) => self.fail(format!("the part `{name}` cannot be written: {error}")),
        }
    }

    pub(super) fn text_value(&mut self, name: &str, value: &Value) {
        match value {
            Value::Null => {}
            Value::Array(items) => items.iter().for_each(|item| self.text_value(name, item)),
            scalar => self.add(name.to_owned(), Part::text(text(scalar))),
        }
    }

    fn add(&mut self, name: String, part: Part) {
        self.form = std::mem::take(&mut self.form).part(one_line(&name), part);
        self.names.push(name);
    }

    fn fail(&mut self, message: String) {
        self.error.get_or_insert(message);
    }

    pub(super) fn finish(self) -> Result<(Form, Progress), String> {
        match self.error {
            Some(error) => Err(error),
            None => Ok((self.form, self.progress)),
        }
    }
}

/// A name as browsers write it: a line break would end its header, and `reqwest` only puts a backslash before it.
fn one_line(name: &str) -> String {
    name.replace('\r', "%0D").replace('\n', "%0A")
}

impl fmt::Debug for Multipart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Multipart").field(&self.names).finish()
    }
}
