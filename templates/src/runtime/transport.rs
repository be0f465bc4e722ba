//! How requests get to the server: what sends them, and what can be put around it. Knows nothing of an API.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

use http::{HeaderMap, Method};
use reqwest::Url;

use super::Operation;
use super::platform::{BoxFuture, MaybeSend, MaybeSync};
use super::transport_body::{RequestBody, ResponseBody};

/// The answer that will come to a request, as far as its headers.
pub type Exchange<'a> = BoxFuture<'a, Result<http::Response<ResponseBody>, TransportFailure>>;

/// Sends requests: [`reqwest`] unless you give the client's builder something else, such as a router of your own in a test.
///
/// A transport sends each request once and follows no redirect: the client does that, and it retries and keeps the times.
pub trait Transport: MaybeSend + MaybeSync + 'static {
    /// Sends a request.
    ///
    /// # Errors
    /// No answer came; [`TransportFailure`] says what that means for sending it again.
    fn send<'a>(&'a self, request: HttpRequest, attempt: Attempt<'a>) -> Exchange<'a>;
}

/// Stands around each request to the API: each attempt of a call, and each redirect within the API's origin.
///
/// It may change the request, answer in its place, and see or change what comes back. Redirects are followed from the
/// address that the call had before. Of several, the one that was given
/// to the builder first is outermost.
pub trait Middleware: MaybeSend + MaybeSync + 'static {
    /// Handles a request: `next.send(request)` sends it on.
    ///
    /// # Errors
    /// No answer came.
    fn handle<'a>(&'a self, request: HttpRequest, next: Next<'a>) -> Exchange<'a>;
}

/// A request on its way. `Debug` shows neither keys nor the query.
pub struct HttpRequest {
    /// The method.
    pub method: Method,
    /// The whole address; a query may hold a key.
    pub url: Url,
    /// The headers, credentials included.
    pub headers: HeaderMap,
    /// The body.
    pub body: RequestBody,
}

impl HttpRequest {
    /// The same once more, unless its body is a stream.
    pub fn try_clone(&self) -> Option<Self> {
        Some(Self {
            method: self.method.clone(),
            url: self.url.clone(),
            headers: self.headers.clone(),
            body: self.body.try_clone()?,
        })
    }
}

impl fmt::Debug for HttpRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpRequest")
            .field("method", &self.method)
            .field("host", &self.url.host_str())
            .field("path", &self.url.path())
            .field("headers", &self.headers)
            .field("body", &self.body)
            .finish()
    }
}

impl TryFrom<HttpRequest> for http::Request<RequestBody> {
    type Error = http::uri::InvalidUri;

    /// For other HTTP libraries.
    ///
    /// # Errors
    /// The address is too long: more than 64 KiB.
    fn try_from(request: HttpRequest) -> Result<Self, Self::Error> {
        let mut converted = Self::new(request.body);
        *converted.method_mut() = request.method;
        *converted.uri_mut() = request.url.as_str().parse()?;
        *converted.headers_mut() = request.headers;
        Ok(converted)
    }
}

/// Which attempt of which call a request belongs to.
#[derive(Clone, Copy)]
pub struct Attempt<'a> {
    operation: &'a Operation,
    number: u32,
    for_token: bool,
}

impl<'a> Attempt<'a> {
    pub(super) fn new(operation: &'a Operation, number: u32) -> Self {
        Self {
            operation,
            number,
            for_token: false,
        }
    }

    /// The operation's id in the API's document; method and path template where it has none.
    pub fn operation(&self) -> Cow<'static, str> {
        self.operation.label()
    }

    /// The path as the document has it, such as `/v1/sessions/{id}`.
    pub fn path_template(&self) -> &'static str {
        self.operation.path
    }

    /// How often the call has been sent, this time included.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// The request for an access token that this attempt needs.
    pub(super) fn for_token(self) -> Self {
        Self {
            for_token: true,
            ..self
        }
    }

    /// Whether the request is not the call itself, but one for the access token that it needs: to an authorization
    /// server, which need not be the API's.
    pub fn is_for_token(&self) -> bool {
        self.for_token
    }

    #[cfg(feature = "testing")]
    pub(super) fn declared(&self) -> &'a Operation {
        self.operation
    }
}

impl fmt::Debug for Attempt<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attempt")
            .field("operation", &self.operation)
            .field("number", &self.number)
            .finish()
    }
}

/// What comes after a middleware: further ones, and the transport.
#[derive(Clone, Copy)]
pub struct Next<'a> {
    middleware: &'a [Arc<dyn Middleware>],
    transport: &'a dyn Transport,
    attempt: Attempt<'a>,
}

impl<'a> Next<'a> {
    pub(super) fn new(
        middleware: &'a [Arc<dyn Middleware>],
        transport: &'a dyn Transport,
        attempt: Attempt<'a>,
    ) -> Self {
        Self {
            middleware,
            transport,
            attempt,
        }
    }

    /// Sends the request on. A `Next` can be used more than once; [`HttpRequest::try_clone`] says whether a request can.
    ///
    /// # Errors
    /// No answer came.
    pub fn send(self, request: HttpRequest) -> Exchange<'a> {
        match self.middleware.split_first() {
            Some((first, middleware)) => first.handle(request, Self { middleware, ..self }),
            None => self.transport.send(request, self.attempt),
        }
    }

    /// What the request belongs to.
    pub fn attempt(&self) -> Attempt<'a> {
        self.attempt
    }
}

impl fmt::Debug for Next<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Next")
            .field("attempt", &self.attempt)
            .finish_non_exhaustive()
    }
}

/// Why no answer came, or not all of it, and whether the server may have got the request.
#[derive(Debug)]
pub struct TransportFailure {
    pub(super) kind: FailureKind,
    pub(super) is_timeout: bool,
    source: Box<dyn StdError + Send + Sync>,
}

/// How far a request has got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FailureKind {
    /// No connection.
    Connect,
    /// A connection, but no TLS over it.
    Tls,
    /// The server may have got it.
    Broken,
}

impl TransportFailure {
    /// No connection could be made: the server has not got the request.
    pub fn connect(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self::new(FailureKind::Connect, source)
    }

    /// The server was reached, but TLS could not be agreed on, a certificate that is not trusted included: it has not got
    /// the request.
    pub fn tls(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self::new(FailureKind::Tls, source)
    }

    /// The connection broke: the server may have got the request.
    pub fn broken(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self::new(FailureKind::Broken, source)
    }

    fn new(kind: FailureKind, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self {
            kind,
            is_timeout: false,
            source: source.into(),
        }
    }

    /// The same where it is time that ran out.
    #[must_use]
    pub fn timed_out(mut self) -> Self {
        self.is_timeout = true;
        self
    }

    /// Whether no connection could be made, or no TLS over it: the server has not got the request.
    pub fn is_connect(&self) -> bool {
        self.kind != FailureKind::Broken
    }

    /// Whether it is TLS that could not be agreed on.
    pub fn is_tls(&self) -> bool {
        self.kind == FailureKind::Tls
    }

    /// Whether time ran out.
    pub fn is_timeout(&self) -> bool {
        self.is_timeout
    }

    /// What failed below.
    pub(super) fn cause(&self) -> &(dyn StdError + 'static) {
        &*self.source
    }
}

impl fmt::Display for TransportFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            FailureKind::Connect => "no connection could be made",
            FailureKind::Tls => "TLS could not be agreed on",
            FailureKind::Broken => "the connection broke",
        })
    }
}

impl StdError for TransportFailure {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(self.cause())
    }
}
