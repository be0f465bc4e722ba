//! Puts a call together from its parts. The first error is kept until `send`, which then sends nothing.

use std::fmt;

use http::{HeaderMap, HeaderValue, header};
use reqwest::Url;
use serde::Serialize;
use serde_json::{Map, Value};

use super::auth::{self, Ready};
use super::base_url;
use super::body::Limit;
use super::client::header as header_of;
use super::head::Head;
use super::operation::OperationRef;
use super::payload::Given as Body;
use super::send::{Call, execute};
use super::trace::Trace;
use super::{CallOptions, Core, Error, Incoming, Multipart, Style, Upload, param, path};

/// A call that is being put together.
pub struct Request {
    core: Core,
    operation: OperationRef,
    options: CallOptions,
    path: Vec<(&'static str, String)>,
    query: Vec<String>,
    headers: HeaderMap,
    cookies: Vec<String>,
    body: Body,
    error: Option<Error>,
}

impl Request {
    pub(super) fn new(core: Core, operation: OperationRef, options: CallOptions) -> Self {
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

    pub(super) fn set_options(&mut self, options: CallOptions) {
        self.options = options;
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
        let operation = self.operation.clone();
        self.error.get_or_insert_with(|| Error::request(operation, message));
    }

    fn prepare(mut self) -> Result<Box<Call>, Error> {
        if let Some(error) = self.error {
            return Err(error);
        }
        let shared = &*self.core.shared;
        let chosen = auth::choose(shared.api, &self.operation, |index| {
            matches!(shared.credentials.get(index), Some(Some(_)))
        })?;
        if self.options.link.is_some() {
            // It has the query in it.
            self.query.clear();
        }
        let mut headers = self.merged_headers();
        let core = self.core.clone();
        for ready in chosen
            .iter()
            .filter_map(|index| core.shared.credentials.get(*index)?.as_ref())
        {
            self.authorize(ready, &mut headers);
        }
        let operation = self.operation.clone();
        let refuse = |message: String| Error::request(operation.clone(), message);
        let url = self.url().map_err(refuse)?;
        add_cookies(&mut headers, &self.cookies).map_err(refuse)?;
        let body = self.body.with_fields(&self.options.body_fields).map_err(refuse)?;
        let mut head = Head {
            method: operation.method.clone(),
            url,
            headers,
        };
        let payload = body.write(&mut head).map_err(refuse)?;
        // Last, so that they replace whatever the call would send.
        for (name, value) in &self.options.headers {
            let (name, value) = header_of(name, value).map_err(refuse)?;
            head.headers.insert(name, value);
        }
        let shared = &core.shared;
        Ok(Box::new(Call {
            trace: Trace::new(&operation),
            operation,
            head,
            payload,
            timeout: self.options.timeout,
            deadline: Limit::new(self.options.deadline, shared.deadline),
            retry: self.options.retry.or(&shared.retry),
            attempts: 0,
            core,
        }))
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
            Some(server) => base_url::parse(server, shared.allows_http).map_err(|error| error.to_string())?,
            None => shared.base_url.clone(),
        };
        if let Some(link) = &self.options.link {
            return self.linked(&base, link);
        }
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

    /// The address that a link names, always at the API's own origin: servers behind a proxy do not know how they are
    /// reached. It holds the whole query but for secrets.
    fn linked(&self, base: &Url, link: &str) -> Result<Url, String> {
        let (path, _) = path::fill(self.operation.path, &self.path)?;
        let mut url = path::join(base, &path);
        let target = url
            .join(link)
            .map_err(|error| format!("the link to the next page is not valid: {error}"))?;
        if target.host() != base.host() {
            return Err("the link to the next page leads to another host".to_owned());
        }
        let name = |pair: &str| pair.split('=').next().unwrap_or_default().to_owned();
        let mut query: Vec<&str> = target.query().into_iter().flat_map(|query| query.split('&')).collect();
        for secret in &self.query {
            query.retain(|pair| name(pair) != name(secret));
            query.push(secret);
        }
        let query = (!query.is_empty()).then(|| query.join("&"));
        url.set_path(target.path());
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

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("operation", &self.operation)
            .finish_non_exhaustive()
    }
}
