//! For tests of code that uses a client: a transport within the process that answers as the test says, and records what
//! was sent. The feature `testing` brings it in.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use reqwest::Url;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::platform::{Instant, sleep_until};
use super::transport::{Attempt, Exchange, HttpRequest, Transport, TransportFailure};
use super::{Operation, ResponseBody};

/// A call of the API, named by the type of its builder.
pub trait Call {
    /// What awaiting it gives.
    type Output;

    /// The operation.
    #[doc(hidden)]
    const OPERATION: &'static Operation;

    /// The first status of success that the API's document declares for it.
    const STATUS: u16;
}

/// A transport that sends nothing: each call is answered by what the test gave for its operation, in the order in which
/// it was given; what was given last goes on to answer. Clones share all of it.
///
/// A call whose operation has been given nothing fails with status 400 and a body that says so. A client that fetches
/// access tokens is given one without being asked for it; such requests are not recorded.
#[derive(Clone, Default)]
pub struct Mock {
    shared: Arc<Mutex<Shared>>,
}

#[derive(Default)]
struct Shared {
    replies: Vec<(Target, VecDeque<Reply>)>,
    tokens: VecDeque<Reply>,
    sent: Vec<SentRequest>,
}

/// What replies are for: method and path template.
type Target = (Method, String);

impl Mock {
    /// One that has no answers yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Answers a call with a value, under the status that the API's document declares.
    ///
    /// # Errors
    /// The value cannot be written as JSON.
    pub fn answer<C: Call>(&self, value: &C::Output) -> Result<(), serde_json::Error>
    where
        C::Output: Serialize,
    {
        self.reply::<C>(Reply::new(C::STATUS).json(value)?);
        Ok(())
    }

    /// Answers a call with JSON, under the status that the API's document declares.
    ///
    /// # Errors
    /// The JSON is not what the call gives.
    pub fn answer_json<C: Call>(&self, value: Value) -> Result<(), serde_json::Error>
    where
        C::Output: DeserializeOwned,
    {
        let reply = Reply::new(C::STATUS).json(&value)?;
        // Checked here, where the test says it, and not later, where the code under test would fail.
        serde_json::from_value::<C::Output>(value)?;
        self.reply::<C>(reply);
        Ok(())
    }

    /// Answers a call with anything: a failure, a download, events, no answer at all.
    pub fn reply<C: Call>(&self, reply: Reply) {
        self.reply_to(C::OPERATION.method.clone(), C::OPERATION.path, reply);
    }

    /// Answers a request that the API's document does not have, by its method and path template.
    pub fn reply_to(&self, method: Method, path: &str, reply: Reply) {
        let target = (method, path.to_owned());
        let mut shared = self.lock();
        match shared.replies.iter_mut().find(|(known, _)| *known == target) {
            Some((_, replies)) => replies.push_back(reply),
            None => shared.replies.push((target, VecDeque::from([reply]))),
        }
    }

    /// Answers requests for access tokens, as a failure or with a token of the test's own.
    pub fn reply_to_token_request(&self, reply: Reply) {
        self.lock().tokens.push_back(reply);
    }

    /// What was sent so far, retries included.
    pub fn sent(&self) -> Vec<SentRequest> {
        self.lock().sent.clone()
    }

    /// What was sent so far by a call, retries included.
    pub fn sent_by<C: Call>(&self) -> Vec<SentRequest> {
        let (method, path) = (&C::OPERATION.method, C::OPERATION.path);
        let mut sent = self.sent();
        sent.retain(|request| request.method == *method && request.path_template == path);
        sent
    }

    fn lock(&self) -> MutexGuard<'_, Shared> {
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn next(&self, operation: &Operation) -> Option<Reply> {
        let mut shared = self.lock();
        let of = |(method, path): &Target| *method == operation.method && path == operation.path;
        let (_, replies) = shared.replies.iter_mut().find(|(target, _)| of(target))?;
        next_of(replies)
    }

    fn next_token(&self) -> Reply {
        const TOKEN: &str = r#"{"access_token":"mock","token_type":"Bearer"}"#;
        let reply = next_of(&mut self.lock().tokens);
        reply.unwrap_or_else(|| Reply::new(200).header("content-type", "application/json").body(TOKEN))
    }
}

/// The next reply: the last one stays.
fn next_of(replies: &mut VecDeque<Reply>) -> Option<Reply> {
    if replies.len() > 1 {
        replies.pop_front()
    } else {
        replies.front().cloned()
    }
}

impl Transport for Mock {
    fn send<'a>(&'a self, request: HttpRequest, attempt: Attempt<'a>) -> Exchange<'a> {
        Box::pin(async move {
            if attempt.is_for_token() {
                return self.next_token().give().await;
            }
            let body = request.body.into_bytes().await.map_err(TransportFailure::broken)?;
            self.lock().sent.push(SentRequest {
                operation: attempt.operation().into_owned(),
                path_template: attempt.path_template(),
                attempt: attempt.number(),
                method: request.method,
                url: request.url,
                headers: request.headers,
                body,
            });
            let reply = self.next(attempt.declared());
            reply.unwrap_or_else(|| Reply::missing(attempt)).give().await
        })
    }
}

impl fmt::Debug for Mock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mock")
            .field("sent", &self.lock().sent)
            .finish_non_exhaustive()
    }
}

/// What a call is answered with.
#[derive(Debug, Clone)]
pub struct Reply {
    outcome: Outcome,
    headers: HeaderMap,
    body: Bytes,
    delay: Duration,
}

#[derive(Debug, Clone)]
enum Outcome {
    Status(StatusCode),
    Unreachable,
    Broken,
}

impl Reply {
    /// A status, without a body. One that is none, such as 1000, stands for 500.
    #[must_use]
    pub fn new(status: u16) -> Self {
        Self::of(Outcome::Status(
            StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
        ))
    }

    /// No connection can be made.
    #[must_use]
    pub fn unreachable() -> Self {
        Self::of(Outcome::Unreachable)
    }

    /// The connection breaks after the request was sent.
    #[must_use]
    pub fn broken() -> Self {
        Self::of(Outcome::Broken)
    }

    fn of(outcome: Outcome) -> Self {
        Self {
            outcome,
            headers: HeaderMap::new(),
            body: Bytes::new(),
            delay: Duration::ZERO,
        }
    }

    fn missing(attempt: Attempt<'_>) -> Self {
        let operation = attempt.operation();
        Self::new(400).text(format!("the mock was given no answer for {operation}"))
    }

    /// With a body in JSON.
    ///
    /// # Errors
    /// The value cannot be written as JSON.
    pub fn json(self, body: &impl Serialize) -> Result<Self, serde_json::Error> {
        let body = serde_json::to_vec(body)?;
        Ok(self.header("content-type", "application/json").body(body))
    }

    /// With a body of text.
    #[must_use]
    pub fn text(self, body: impl Into<String>) -> Self {
        self.header("content-type", "text/plain; charset=utf-8")
            .body(body.into())
    }

    /// With these bytes as its body; their content type is a [`header`](Self::header).
    #[must_use]
    pub fn body(mut self, body: impl Into<Bytes>) -> Self {
        self.body = body.into();
        self
    }

    /// With a header, in place of one of the same name. What cannot be a header is left out.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            self.headers.insert(name, value);
        }
        self
    }

    /// After a time, for tests of timeouts.
    #[must_use]
    pub fn after(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    async fn give(self) -> Result<http::Response<ResponseBody>, TransportFailure> {
        if let Some(end) = Instant::now().checked_add(self.delay).filter(|_| !self.delay.is_zero()) {
            sleep_until(end).await;
        }
        let status = match self.outcome {
            Outcome::Status(status) => status,
            Outcome::Unreachable => return Err(TransportFailure::connect("the mock cannot be reached")),
            Outcome::Broken => return Err(TransportFailure::broken("the mock broke the connection")),
        };
        let length = self.body.len();
        let mut response = http::Response::new(self.body.into());
        *response.status_mut() = status;
        *response.headers_mut() = self.headers;
        response
            .headers_mut()
            .entry(header::CONTENT_LENGTH)
            .or_insert(length.into());
        Ok(response)
    }
}

/// A request as it was sent. `Debug` shows neither keys nor its query.
#[derive(Clone)]
pub struct SentRequest {
    operation: String,
    path_template: &'static str,
    attempt: u32,
    method: Method,
    url: Url,
    headers: HeaderMap,
    body: Bytes,
}

impl SentRequest {
    /// The operation's id in the API's document; method and path template where it has none.
    pub fn operation(&self) -> &str {
        &self.operation
    }

    /// Which attempt of its call it was, from 1 on.
    pub fn attempt(&self) -> u32 {
        self.attempt
    }

    /// The method.
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// The whole address.
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// The path as it was sent, percent-encoded.
    pub fn path(&self) -> &str {
        self.url.path()
    }

    /// The parameters of the query, decoded, in their order.
    pub fn query(&self) -> Vec<(String, String)> {
        let pairs = self.url.query_pairs();
        pairs
            .map(|(name, value)| (name.into_owned(), value.into_owned()))
            .collect()
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// A header's value, where it is there and is text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The body.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The body as JSON.
    ///
    /// # Errors
    /// It is none.
    pub fn json(&self) -> Result<Value, serde_json::Error> {
        serde_json::from_slice(&self.body)
    }
}

impl fmt::Debug for SentRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SentRequest")
            .field("operation", &self.operation)
            .field("attempt", &self.attempt)
            .field("method", &self.method)
            .field("path", &self.path())
            .field("headers", &self.headers)
            .field("body_length", &self.body.len())
            .finish_non_exhaustive()
    }
}
