//! Puts a call together from its parts. The first error is kept until `send`, which then sends nothing.

use std::fmt;

use serde::Serialize;
use serde_json::{Map, Value};

use super::call::Call;
use super::client::header as header_of;
use super::operation::OperationRef;
use super::param::Styles;
use super::payload::Content;
use super::send::{execute, receive};
use super::{
    CallOptions, Core, Error, Incoming, Multipart, Pending, Received, Reserved, Response, Style, Upload, param, path,
};

/// A call that is being put together. Boxed, as it is moved from future to future.
pub struct Request(Box<Call>);

impl Request {
    pub(super) fn new(core: Core, operation: OperationRef, options: CallOptions) -> Self {
        Self(Box::new(Call::new(core, operation, options)))
    }

    pub(super) fn set_options(&mut self, options: CallOptions) {
        self.0.options = options;
    }

    /// A path parameter. Text that is empty or would change the path's meaning (`.`, `..`) is refused.
    pub fn path(&mut self, name: &'static str, style: Style, value: &impl Serialize) {
        let value = self.json_value(name, value);
        let text = param::path(name, style, &value).unwrap_or_default();
        self.path_segment(name, text);
    }

    /// A path parameter that is text, in the style `simple`: the most common one, which needs no more than encoding.
    pub fn path_text(&mut self, name: &'static str, value: String) {
        self.path_segment(name, param::encoded(value));
    }

    fn path_segment(&mut self, name: &'static str, text: String) {
        match path::check(name, &text) {
            Ok(()) => self.0.path.push((name, text)),
            Err(message) => self.fail(message),
        }
    }

    /// A query parameter; `None` is left out.
    pub fn query(&mut self, name: &'static str, style: Style, value: &impl Serialize) {
        let value = self.json_value(name, value);
        self.query_value(name, style, Reserved::Encoded, &value);
    }

    /// A query parameter whose reserved characters are sent as they are; `None` is left out.
    pub fn query_reserved(&mut self, name: &'static str, style: Style, value: &impl Serialize) {
        let value = self.json_value(name, value);
        self.query_value(name, style, Reserved::Kept, &value);
    }

    fn query_value(&mut self, name: &str, style: Style, reserved: Reserved, value: &Value) {
        self.0.query.extend(param::query(name, style, reserved, value));
    }

    /// A header; `None` is left out.
    pub fn header(&mut self, name: &'static str, style: Style, value: &impl Serialize) {
        let value = self.json_value(name, value);
        if let Some(text) = param::header(style, &value) {
            self.set_header(name, &text);
        }
    }

    /// A cookie; `None` is left out.
    pub fn cookie(&mut self, name: &'static str, style: Style, value: &impl Serialize) {
        let value = self.json_value(name, value);
        self.0.cookies.extend(param::cookie(name, style, &value));
    }

    /// A body in JSON, `null` too.
    pub fn json(&mut self, media_type: &'static str, body: &impl Serialize) {
        match serde_json::to_vec(body) {
            Ok(text) => self.0.body = Content::Json(media_type, text),
            Err(error) => self.fail(format!("the body cannot be written: {error}")),
        }
    }

    /// A body in JSON; nothing is sent for `None`.
    pub fn json_or_nothing(&mut self, media_type: &'static str, body: Option<&impl Serialize>) {
        if let Some(body) = body {
            self.json(media_type, body);
        }
    }

    /// A body in JSON; `{}` is sent for `None`.
    pub fn json_or_empty(&mut self, media_type: &'static str, body: Option<&impl Serialize>) {
        match body {
            Some(body) => self.json(media_type, body),
            None => self.0.body = Content::Json(media_type, b"{}".to_vec()),
        }
    }

    /// A URL-encoded form.
    pub fn form(&mut self, body: &impl Serialize) {
        match param::json_value(body) {
            Ok(Value::Object(fields)) => self.0.body = Content::Form(fields, &[]),
            Ok(_) => self.fail("the body is no object, which a form must be"),
            Err(error) => self.fail(format!("the body cannot be written: {error}")),
        }
    }

    /// A URL-encoded form; nothing is sent for `None`.
    pub fn form_or_nothing(&mut self, body: Option<&impl Serialize>) {
        if let Some(body) = body {
            self.form(body);
        }
    }

    /// A URL-encoded form; an empty one is sent for `None`.
    pub fn form_or_empty(&mut self, body: Option<&impl Serialize>) {
        self.0.body = Content::Form(Map::new(), &[]);
        self.form_or_nothing(body);
    }

    /// Fields of the URL-encoded form that are not written as their values would be.
    pub fn form_styles(&mut self, styles: Styles) {
        if let Content::Form(_, all) = &mut self.0.body {
            *all = styles;
        }
    }

    /// A form of parts.
    pub fn multipart(&mut self, form: Multipart) {
        self.0.body = Content::Multipart(Box::new(form));
    }

    /// Bytes, streamed; a content type of the upload's own wins.
    pub fn upload(&mut self, media_type: &'static str, body: Upload) {
        self.0.body = Content::Upload(media_type, Box::new(body));
    }

    /// Text.
    pub fn text(&mut self, media_type: &'static str, body: String) {
        self.0.body = Content::Text(media_type, body);
    }

    /// Asks for this media type instead of those that the operation names.
    pub fn accept(&mut self, media_type: &'static str) {
        self.set_header("accept", media_type);
    }

    /// Sends it.
    ///
    /// # Errors
    /// What was wrong with its parts; that no answer came; or an answer whose status is one of failure.
    pub fn send(self) -> Pending<Incoming> {
        execute(self.0)
    }

    /// Sends it and receives the whole body of the answer. Where it breaks off, the call is sent again if its rule says so.
    ///
    /// # Errors
    /// As [`send`](Self::send); or the body breaks off.
    pub fn receive(self) -> Pending<Received> {
        receive(self.0)
    }

    /// Sends it, receives the whole body of the answer, and gives what is read of it.
    ///
    /// # Errors
    /// As [`receive`](Self::receive); or what `read` says.
    pub fn value<T: 'static>(self, read: fn(Received) -> Result<Response<T>, Error>) -> Pending<T> {
        Box::pin(async move { read(self.receive().await?).map(Response::into_value) })
    }

    fn json_value(&mut self, name: &str, value: &impl Serialize) -> Value {
        param::json_value(value).unwrap_or_else(|error| {
            self.fail(format!("the parameter `{name}` cannot be written: {error}"));
            Value::Null
        })
    }

    fn set_header(&mut self, name: &str, value: &str) {
        match header_of(name, value) {
            Ok((name, value)) => drop(self.0.headers.insert(name, value)),
            Err(message) => self.fail(message),
        }
    }

    /// Keeps the first error for `send`.
    fn fail(&mut self, message: impl Into<String>) {
        if self.0.error.is_none() {
            self.0.error = Some(self.0.refuse(message));
        }
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("operation", &self.0.operation)
            .finish_non_exhaustive()
    }
}
