//! Requests that an API's document does not have, with all that the client does for those that it has.

use std::fmt;
use std::sync::Arc;

use http::Method;
use serde::Serialize;

use super::client::Undeclared;
use super::operation::OperationRef;
use super::{CallOptions, Core, Error, Incoming, Operation, Request, Retry, Style, Upload, undeclared};

/// A request that the API's document does not have, made by the client's `request`.
///
/// Base URL, credentials, headers, retries, times and errors are those of the client; the retry rule is the one that the
/// API has for the method, whatever single operations have of their own.
#[must_use = "a request is sent by `send`"]
pub struct RawRequest {
    request: Request,
    options: CallOptions,
    headers: Vec<(String, String)>,
}

impl RawRequest {
    pub(super) fn new(core: &Core, method: Method, path: &'static str) -> Self {
        let Undeclared { security, retries } = &core.shared.api.undeclared;
        let mut rules = retries.iter();
        let rule = rules.find(|(methods, _)| methods.is_empty() || methods.contains(&method));
        let operation = Operation {
            id: "",
            method,
            path,
            server: None,
            security,
            accept: None,
            retry: rule.map_or(Retry::NEVER, |(_, retry)| *retry),
            notes: &[],
            decode_error: undeclared,
        };
        let operation = OperationRef::Own(Arc::new(operation));
        Self {
            request: Request::new(core.clone(), operation, CallOptions::new()),
            options: CallOptions::new(),
            headers: Vec::new(),
        }
    }

    /// What stands for `{name}` in the path; text is percent-encoded.
    pub fn path(mut self, name: &'static str, value: impl Serialize) -> Self {
        self.request.path(name, Style::Simple, &value);
        self
    }

    /// A query parameter; an array gives one for each item, `None` none.
    pub fn query(mut self, name: &'static str, value: impl Serialize) -> Self {
        self.request.query(name, Style::FormExploded, &value);
        self
    }

    /// A header; it replaces one of the same name that the client would send.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// A body in JSON.
    pub fn json(mut self, body: impl Serialize) -> Self {
        self.request.json("application/json", &body);
        self
    }

    /// A body as a URL-encoded form.
    pub fn form(mut self, body: impl Serialize) -> Self {
        self.request.form(&body);
        self
    }

    /// Bytes as the body, with the upload's content type, streamed.
    pub fn body(mut self, body: impl Into<Upload>) -> Self {
        self.request.upload("application/octet-stream", body.into());
        self
    }

    /// Sets what holds for this request only: times, retries.
    pub fn with_options(mut self, options: CallOptions) -> Self {
        self.options = options;
        self
    }

    /// Sends it. The answer's body is still to be read: `send().await?.json::<T>().await?`.
    ///
    /// # Errors
    /// What was wrong with its parts; that no answer came; or an answer whose status is one of failure.
    pub async fn send(mut self) -> Result<Incoming, Error> {
        let headers = self.headers.into_iter();
        let options = headers.fold(self.options, |options, (name, value)| options.header(name, value));
        self.request.set_options(options);
        self.request.send().await
    }
}

impl fmt::Debug for RawRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawRequest")
            .field("request", &self.request)
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}
