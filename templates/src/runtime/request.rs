//! Puts a call together from its parts. The first error is kept until `send`, which then sends nothing.

use std::fmt;

use http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use reqwest::Url;
use serde::Serialize;
use serde_json::{Map, Value};

use super::auth::{self, Ready};
use super::client::{header as header_of, parse_base_url};
use super::send::{Call, execute};
use super::upload::Progress;
use super::{CallOptions, Core, Error, Incoming, Multipart, Operation, Style, Upload, param, path};

/// A call that is being put together.
pub struct Request {
    core: Core,
    operation: &'static Operation,
    options: CallOptions,
    path: Vec<(&'static str, String)>,
    query: Vec<String>,
    headers: HeaderMap,
    cookies: Vec<String>,
    body: Body,
    error: Option<Error>,
}

/// A body as it was given.
enum Body {
    None,
    /// JSON text.
    Json(&'static str, Vec<u8>),
    /// The fields of a URL-encoded form.
    Form(Map<String, Value>),
    Multipart(Multipart),
    Upload(&'static str, Upload),
    Text(&'static str, String),
}

impl Request {
    pub(super) fn new(core: Core, operation: &'static Operation, options: CallOptions) -> Self {
        Self {
            core,
            operation,
            options,
            path: Vec::new(),
            query: Vec::new(),
            headers: HeaderMap::new(),
            cookies: Vec::new(),
            body: Body::None,
            error: None,
        }
    }

    /// A path parameter. Text that is empty or would change the path's meaning (`.`, `..`) is refused.
    pub fn path(&mut self, name: &'static str, style: Style, value: &impl Serialize) {
        let value = self.value(name, value);
        let text = param::path(name, style, &value).unwrap_or_default();
        match path::check(name, &text) {
            Ok(()) => self.path.push((name, text)),
            Err(message) => self.fail(message),
        }
    }

    /// A query parameter; `None` is left out.
    pub fn query(&mut self, name: &'static str, style: Style, value: &impl Serialize) {
        let value = self.value(name, value);
        self.query.extend(param::query(name, style, &value));
    }

    /// A header; `None` is left out.
    pub fn header(&mut self, name: &'static str, style: Style, value: &impl Serialize) {
        let value = self.value(name, value);
        if let Some(text) = param::header(style, &value) {
            self.set_header(name, &text);
        }
    }

    /// A cookie; `None` is left out.
    pub fn cookie(&mut self, name: &'static str, style: Style, value: &impl Serialize) {
        let value = self.value(name, value);
        self.cookies.extend(param::cookie(name, style, &value));
    }

    /// A body in JSON, `null` too.
    pub fn json(&mut self, media_type: &'static str, body: &impl Serialize) {
        match serde_json::to_vec(body) {
            Ok(text) => self.body = Body::Json(media_type, text),
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
        self.body = Body::Json(media_type, b"{}".to_vec());
        self.json_or_nothing(media_type, body);
    }

    /// A URL-encoded form.
    pub fn form(&mut self, body: &impl Serialize) {
        match param::json_value(body) {
            Ok(Value::Object(fields)) => self.body = Body::Form(fields),
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
        self.body = Body::Form(Map::new());
        self.form_or_nothing(body);
    }

    /// A form of parts.
    pub fn multipart(&mut self, form: Multipart) {
        self.body = Body::Multipart(form);
    }

    /// Bytes, streamed; a content type of the upload's own wins.
    pub fn upload(&mut self, media_type: &'static str, body: Upload) {
        self.body = Body::Upload(media_type, body);
    }

    /// Text.
    pub fn text(&mut self, media_type: &'static str, body: String) {
        self.body = Body::Text(media_type, body);
    }

    /// Asks for this media type instead of those that the operation names.
    pub fn accept(&mut self, media_type: &'static str) {
        self.set_header("accept", media_type);
    }

    /// Sends it.
    ///
    /// # Errors
    /// What was wrong with its parts; that no answer came; or an answer whose status is one of failure.
    pub async fn send(self) -> Result<Incoming, Error> {
        execute(self.prepare()?).await
    }

    fn value(&mut self, name: &str, value: &impl Serialize) -> Value {
        param::json_value(value).unwrap_or_else(|error| {
            self.fail(format!("the parameter `{name}` cannot be written: {error}"));
            Value::Null
        })
    }

    fn set_header(&mut self, name: &str, value: &str) {
        match header_of(name, value) {
            Ok((name, value)) => drop(self.headers.insert(name, value)),
            Err(message) => self.fail(message),
        }
    }

    /// Keeps the first error for `send`.
    fn fail(&mut self, message: impl Into<String>) {
        let operation = self.operation;
        self.error.get_or_insert_with(|| Error::request(operation, message));
    }

    fn prepare(mut self) -> Result<Call, Error> {
        if let Some(error) = self.error {
            return Err(error);
        }
        let shared = &*self.core.shared;
        let chosen = auth::choose(shared.api, self.operation, |index| {
            matches!(shared.credentials.get(index), Some(Some(_)))
        })?;
        let mut headers = self.merged_headers();
        let core = self.core.clone();
        for ready in chosen
            .iter()
            .filter_map(|index| core.shared.credentials.get(*index)?.as_ref())
        {
            self.authorize(ready, &mut headers);
        }
        let url = self.url().map_err(|message| Error::request(self.operation, message))?;
        let operation = self.operation;
        let refuse = |message: String| Error::request(operation, message);
        add_cookies(&mut headers, &self.cookies).map_err(refuse)?;
        let mut request = reqwest::Request::new(operation.method.clone(), url);
        *request.headers_mut() = headers;
        let progress = self
            .body
            .write(&self.options.body_fields, &core, &mut request)
            .map_err(refuse)?;
        // Last, so that they replace whatever the call would send.
        for (name, value) in &self.options.headers {
            let (name, value) = header_of(name, value).map_err(refuse)?;
            request.headers_mut().insert(name, value);
        }
        Ok(Call {
            core,
            operation,
            request,
            timeout: self.options.timeout,
            progress,
        })
    }

    /// The client's headers, `Accept`, and the operation's own.
    fn merged_headers(&mut self) -> HeaderMap {
        let mut headers = self.core.shared.headers.clone();
        if let Some(accept) = self.operation.accept {
            headers.insert(header::ACCEPT, HeaderValue::from_static(accept));
        }
        headers.extend(std::mem::take(&mut self.headers));
        headers
    }

    fn authorize(&mut self, ready: &Ready, headers: &mut HeaderMap) {
        match ready {
            Ready::Header(name, value) => drop(headers.insert(name, value.clone())),
            Ready::Query(name, secret) => {
                self.query
                    .push(format!("{}={}", param::encode(name), param::encode(secret.expose())));
            }
            Ready::Cookie(name, secret) => self.cookies.push(format!("{name}={}", param::encode(secret.expose()))),
        }
    }

    fn url(&self) -> Result<Url, String> {
        let shared = &self.core.shared;
        let base = match self.operation.server.filter(|_| !shared.base_url_given) {
            Some(server) if server.starts_with('/') => {
                shared.base_url.join(server).map_err(|error| error.to_string())?
            }
            Some(server) => parse_base_url(server).map_err(|error| error.to_string())?,
            None => shared.base_url.clone(),
        };
        let (path, template_query) = path::fill(self.operation.path, &self.path)?;
        let mut url = path::join(&base, &path);
        let mut query: Vec<&str> = url.query().into_iter().chain(template_query).collect();
        query.extend(self.query.iter().map(String::as_str));
        let extra = self.options.query.iter();
        let extra: Vec<_> = extra
            .map(|(name, value)| format!("{}={}", param::encode(name), param::encode(value)))
            .collect();
        query.extend(extra.iter().map(String::as_str));
        let query = (!query.is_empty()).then(|| query.join("&"));
        url.set_query(query.as_deref());
        Ok(url)
    }
}

/// All cookies stand in one header.
fn add_cookies(headers: &mut HeaderMap, cookies: &[String]) -> Result<(), String> {
    if !cookies.is_empty() {
        let (name, value) = header_of("cookie", &cookies.join("; "))?;
        headers.insert(name, value);
    }
    Ok(())
}

impl Body {
    /// Puts the body into `request`, with its content type; gives the progress of one that streams.
    fn write(
        self,
        fields: &[(String, Value)],
        core: &Core,
        request: &mut reqwest::Request,
    ) -> Result<Option<Progress>, String> {
        match self.with_fields(fields)? {
            Self::None => {
                say_nothing(request);
                Ok(None)
            }
            Self::Json(media_type, text) => set(request, media_type, text).map(|()| None),
            Self::Text(media_type, text) => set(request, media_type, text).map(|()| None),
            Self::Form(fields) => {
                set(request, "application/x-www-form-urlencoded", param::form(&fields)).map(|()| None)
            }
            Self::Upload(media_type, upload) => {
                let media_type = upload.content_type().unwrap_or(media_type).to_owned();
                if let Some(length) = upload.len() {
                    request.headers_mut().insert(header::CONTENT_LENGTH, length.into());
                }
                let progress = Progress::new();
                set(request, &media_type, upload.into_body(progress.clone())).map(|()| Some(progress))
            }
            Self::Multipart(form) => {
                let (form, progress) = form.finish()?;
                multipart(request, core, form).map(|()| Some(progress))
            }
        }
    }

    /// With the fields that were given for this call alone.
    fn with_fields(self, fields: &[(String, Value)]) -> Result<Self, String> {
        if fields.is_empty() {
            return Ok(self);
        }
        match self {
            Self::Json(media_type, text) => match serde_json::from_slice(&text) {
                Ok(Value::Object(mut object)) => {
                    object.extend(fields.iter().cloned());
                    Ok(Self::Json(media_type, Value::Object(object).to_string().into_bytes()))
                }
                _ => Err("the body is no object, so no field can be added to it".to_owned()),
            },
            Self::None => Ok(Self::Json(
                "application/json",
                Value::Object(fields.iter().cloned().collect()).to_string().into(),
            )),
            Self::Form(mut form) => {
                form.extend(fields.iter().cloned());
                Ok(Self::Form(form))
            }
            Self::Multipart(mut form) => {
                for (name, value) in fields {
                    form.text_value(name, value);
                }
                Ok(Self::Multipart(form))
            }
            Self::Upload(..) | Self::Text(..) => Err("the body has no fields, so none can be added to it".to_owned()),
        }
    }
}

/// A method that gives a body a meaning says when it has none (RFC 9110, section 8.6); some servers answer 411 otherwise.
fn say_nothing(request: &mut reqwest::Request) {
    if matches!(*request.method(), Method::PATCH | Method::POST | Method::PUT) {
        request
            .headers_mut()
            .insert(header::CONTENT_LENGTH, HeaderValue::from_static("0"));
    }
}

fn set(request: &mut reqwest::Request, media_type: &str, body: impl Into<reqwest::Body>) -> Result<(), String> {
    let value = HeaderValue::from_str(media_type).map_err(|_| format!("`{media_type}` is no content type"))?;
    request.headers_mut().insert(header::CONTENT_TYPE, value);
    let body = body.into();
    if body.as_bytes() == Some(&[]) {
        say_nothing(request);
    }
    *request.body_mut() = Some(body);
    Ok(())
}

/// `reqwest` knows a form's boundary and length, and gives both only through a builder of its own.
fn multipart(request: &mut reqwest::Request, core: &Core, form: reqwest::multipart::Form) -> Result<(), String> {
    let builder = core
        .shared
        .http
        .request(request.method().clone(), request.url().clone());
    let built = builder
        .multipart(form)
        .build()
        .map_err(|error| error.without_url().to_string())?;
    let mut headers = std::mem::replace(request, built);
    let merged = std::mem::take(headers.headers_mut());
    for (name, value) in merged.iter().filter(|(name, _)| !is_of_body(name)) {
        request.headers_mut().insert(name, value.clone());
    }
    Ok(())
}

fn is_of_body(name: &HeaderName) -> bool {
    *name == header::CONTENT_TYPE || *name == header::CONTENT_LENGTH
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("operation", &self.operation.id)
            .finish_non_exhaustive()
    }
}
