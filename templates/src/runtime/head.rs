//! A request without its body: what each attempt of a call, and each redirect, starts from.

use http::{HeaderMap, Method, Uri};
use reqwest::Url;

use super::transport_body::RequestBody;

/// A request without its body.
#[derive(Clone)]
pub(super) struct Head {
    pub(super) method: Method,
    pub(super) url: Url,
    pub(super) headers: HeaderMap,
}

impl Head {
    /// The request to send.
    ///
    /// # Errors
    /// The address is too long (64 KiB).
    pub(super) fn with(&self, body: RequestBody) -> Result<http::Request<RequestBody>, String> {
        let uri = Uri::try_from(self.url.as_str()).map_err(|error| format!("the address cannot be used: {error}"))?;
        let mut request = http::Request::new(body);
        *request.method_mut() = self.method.clone();
        *request.uri_mut() = uri;
        request.headers_mut().clone_from(&self.headers);
        Ok(request)
    }
}
