//! The transport that a client has unless it is given another: `reqwest`.

use std::error::Error as StdError;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
#[cfg(not(target_arch = "wasm32"))]
use http::header::{self, Entry, HeaderMap};

use super::ConfigError;
use super::transport::{Attempt, Exchange, HttpRequest, Transport, TransportFailure};
use super::transport_body::ResponseBody;

/// A `reqwest` client.
pub(super) struct HttpClient(reqwest::Client);

impl HttpClient {
    pub(super) fn new(connect_timeout: Option<Duration>) -> Result<Self, ConfigError> {
        let client = configured(reqwest::Client::builder(), connect_timeout).build();
        let client = client.map_err(|error| ConfigError::new(format!("the HTTP client cannot be made: {error}")))?;
        Ok(Self(client))
    }
}

impl From<reqwest::Client> for HttpClient {
    fn from(client: reqwest::Client) -> Self {
        Self(client)
    }
}

/// Redirects are followed in `send`, which knows what may go where.
#[cfg(not(target_arch = "wasm32"))]
fn configured(builder: reqwest::ClientBuilder, connect_timeout: Option<Duration>) -> reqwest::ClientBuilder {
    let builder = builder.redirect(reqwest::redirect::Policy::none());
    match connect_timeout {
        Some(timeout) => builder.connect_timeout(timeout),
        None => builder,
    }
}

/// A browser connects and follows redirects as it thinks fit.
#[cfg(target_arch = "wasm32")]
fn configured(builder: reqwest::ClientBuilder, _: Option<Duration>) -> reqwest::ClientBuilder {
    builder
}

impl Transport for HttpClient {
    #[cfg(not(target_arch = "wasm32"))]
    fn send<'a>(&'a self, request: HttpRequest, _: Attempt<'a>) -> Exchange<'a> {
        let is_https = request.url.scheme() == "https";
        let mut sent = reqwest::Request::new(request.method, request.url);
        *sent.headers_mut() = request.headers;
        keep_length(sent.headers_mut(), request.body.len());
        *sent.body_mut() = match request.body.as_bytes() {
            Some(bytes) if bytes.is_empty() => None,
            Some(bytes) => Some(bytes.clone().into()),
            None => Some(reqwest::Body::wrap_stream(request.body)),
        };
        // The request is not carried into the future.
        let answer = self.0.execute(sent);
        Box::pin(async move { response(answer.await, is_https) })
    }

    /// Browsers send no streams.
    #[cfg(target_arch = "wasm32")]
    fn send<'a>(&'a self, request: HttpRequest, _: Attempt<'a>) -> Exchange<'a> {
        Box::pin(async move {
            let is_https = request.url.scheme() == "https";
            let mut sent = reqwest::Request::new(request.method, request.url);
            *sent.headers_mut() = request.headers;
            let body = request.body.into_bytes().await.map_err(TransportFailure::connect)?;
            *sent.body_mut() = (!body.is_empty()).then(|| body.into());
            response(self.0.execute(sent).await, is_https)
        })
    }
}

/// What stands around a request may have given it another body.
#[cfg(not(target_arch = "wasm32"))]
fn keep_length(headers: &mut HeaderMap, length: Option<u64>) {
    if let Entry::Occupied(mut told) = headers.entry(header::CONTENT_LENGTH) {
        match length {
            Some(length) => drop(told.insert(length.into())),
            None => drop(told.remove()),
        }
    }
}

fn response(
    answer: reqwest::Result<reqwest::Response>,
    is_https: bool,
) -> Result<http::Response<ResponseBody>, TransportFailure> {
    let mut answer = answer.map_err(|error| before_answer(error, is_https))?;
    let (status, headers) = (answer.status(), std::mem::take(answer.headers_mut()));
    let mut response = http::Response::new(ResponseBody::stream(Pieces(answer.bytes_stream())));
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    Ok(response)
}

/// Addresses may hold secrets: they are left out.
fn before_answer(error: reqwest::Error, is_https: bool) -> TransportFailure {
    let is_timeout = error.is_timeout();
    let failure = match is_connect(&error) {
        true if is_https && !is_timeout && is_tls(&error) => TransportFailure::tls(error.without_url()),
        true => TransportFailure::connect(error.without_url()),
        false => TransportFailure::broken(error.without_url()),
    };
    if is_timeout { failure.timed_out() } else { failure }
}

#[cfg(not(target_arch = "wasm32"))]
fn is_connect(error: &reqwest::Error) -> bool {
    error.is_connect()
}

/// A browser does not tell.
#[cfg(target_arch = "wasm32")]
fn is_connect(_: &reqwest::Error) -> bool {
    false
}

/// Whether it is not the connection that failed but what goes on over it. `reqwest` does not say so, but what fails
/// below TLS is an error of the operating system or of looking an address up, and none of these has one of these kinds.
fn is_tls(error: &reqwest::Error) -> bool {
    let mut found = None;
    let mut next = error.source();
    while let Some(cause) = next {
        next = match cause.downcast_ref::<io::Error>() {
            Some(error) => {
                found = Some(error.kind());
                // Its source is the source of what it holds.
                error.get_ref().map(|held| held as &(dyn StdError + 'static))
            }
            None => cause.source(),
        };
    }
    match found {
        Some(kind) => matches!(kind, io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof),
        // The operating system's library has errors of its own.
        None => cfg!(feature = "native-tls"),
    }
}

/// The pieces of an answer.
struct Pieces<S>(S);

impl<S: Stream<Item = reqwest::Result<Bytes>> + Unpin> Stream for Pieces<S> {
    type Item = Result<Bytes, TransportFailure>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = Pin::new(&mut self.0).poll_next(context);
        next.map_err(|error| {
            let is_timeout = error.is_timeout();
            let failure = TransportFailure::broken(error.without_url());
            if is_timeout { failure.timed_out() } else { failure }
        })
    }
}
