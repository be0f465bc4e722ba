//! The calls with which faults are played: of each client one for every rule about retries that its API has, and what
//! both clients' errors say, in one form.

use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::time::Duration;

use browser_use_client::{v2, v3};
use clientsmith_tests::server::Answer;
use serde_json::Value;
use serde_json::error::Category;

use crate::wire::{KEY, browser_use, browserbase};

/// One call of one client.
pub(super) struct Caller {
    /// How errors call it.
    pub(super) name: &'static str,
    /// How errors call what it reads.
    pub(super) reads: &'static str,
    /// What the document says about statuses of failure.
    pub(super) notes: &'static [(u16, &'static str)],
    /// The status and the value of an answer of success.
    pub(super) answer: fn() -> (u16, Value),
    /// Makes a client, which can then be used again and again.
    pub(super) client: fn(url: String, limits: &Limits) -> Client,
}

/// A client that makes its call.
pub(super) type Client = Box<dyn Fn() -> Sending + Send>;

/// A call on its way.
pub(super) type Sending = Pin<Box<dyn Future<Output = Result<Value, Failure>> + Send>>;

impl Caller {
    /// An answer of success.
    pub(super) fn success(&self) -> Answer {
        let (status, body) = (self.answer)();
        Answer::json(status, &body)
    }
}

/// Browserbase, `GET`: sent again after 408, 409, 429, 5XX and whatever happens to a connection.
pub(super) static READ: Caller = Caller {
    name: "Sessions_get (GET /v1/sessions/{id})",
    reads: "browserbase_client::types::sessions::SessionDetails",
    notes: &[],
    answer: || (200, browserbase::session()),
    client: |url, limits| {
        let client = client!(browserbase_client, browserbase_client::Client, url, limits);
        Box::new(move || sending!(client.sessions().get("s")))
    },
};

/// Browserbase, `POST`: sent again after 429, and where it cannot have arrived.
pub(super) static CREATE: Caller = Caller {
    name: "Sessions_create (POST /v1/sessions)",
    reads: "browserbase_client::types::sessions::CreatedSession",
    notes: &[],
    answer: || (201, browserbase::connected(browserbase::session())),
    client: |url, limits| {
        let client = client!(browserbase_client, browserbase_client::Client, url, limits);
        Box::new(move || sending!(client.sessions().create()))
    },
};

/// Browser Use, version 2, `POST`: sent again after 429 only.
pub(super) static V2: Caller = Caller {
    name: "create_session_sessions_post (POST /sessions)",
    reads: "browser_use_client::v2::types::sessions::Session",
    notes: &[
        (402, "Insufficient credits to start a session"),
        (404, "Profile not found"),
        (422, "Request validation failed"),
        (429, "Too many concurrent active sessions"),
    ],
    answer: || (201, browser_use::session()),
    client: |url, limits| {
        let client = client!(browser_use_client, v2::Client, url + "/api/v2", limits);
        Box::new(move || sending!(client.sessions().create()))
    },
};

/// Browser Use, version 3, `POST`: sent again after 429 only.
pub(super) static V3: Caller = Caller {
    name: "create_browser_session_browsers_post (POST /browsers)",
    reads: "browser_use_client::v3::types::browsers::BrowserSession",
    notes: &[
        (403, "Session timeout limit exceeded (maximum 4 hours)"),
        (404, "Profile not found"),
        (422, "Request validation failed"),
        (429, "Too many concurrent active sessions"),
    ],
    answer: || (201, browser_use::browser_session()),
    client: |url, limits| {
        let client = client!(browser_use_client, v3::Client, url + "/api/v3", limits);
        Box::new(move || sending!(client.browsers().create()))
    },
};

/// All of them, in the order of [`Sends`](super::row::Sends).
pub(super) static CALLERS: [&Caller; 4] = [&READ, &CREATE, &V2, &V3];

/// The times of a client.
#[derive(Debug, Clone)]
pub(super) struct Limits {
    /// For an attempt.
    pub(super) timeout: Duration,
    /// For the call.
    pub(super) deadline: Option<Duration>,
    pub(super) connect_timeout: Duration,
    pub(super) read_timeout: Duration,
    /// The first pause between attempts, and the longest.
    pub(super) backoff: Option<(Duration, Duration)>,
}

/// The clients' own, but for short pauses.
impl Default for Limits {
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(60),
            deadline: None,
            connect_timeout: Duration::from_secs(5),
            read_timeout: Duration::from_secs(60),
            backoff: Some((Duration::from_millis(40), Duration::from_millis(60))),
        }
    }
}

/// A client with such times.
macro_rules! client {
    ($library:ident, $client:ty, $url:expr, $limits:expr) => {{
        let Limits {
            timeout,
            deadline,
            connect_timeout,
            read_timeout,
            backoff,
        } = $limits.clone();
        let mut policy = $library::RetryPolicy::new();
        if let Some((first, longest)) = backoff {
            policy = policy.backoff(first, longest);
        }
        <$client>::builder()
            .api_key(KEY)
            .base_url($url)
            .timeout(timeout)
            .deadline(deadline)
            .connect_timeout(connect_timeout)
            .read_timeout(read_timeout)
            .retry(policy)
            .build()
            .unwrap()
    }};
}
use client;

/// A call whose value is written as JSON again.
macro_rules! sending {
    ($call:expr) => {{
        let call = $call;
        Box::pin(async move {
            let value = call.await.map_err(Failure::from)?;
            Ok(serde_json::to_value(value).unwrap())
        })
    }};
}
use sending;

/// What an error says, whichever client it is from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Failure {
    pub(super) kind: Kind,
    pub(super) is_timeout: bool,
    pub(super) is_connect: bool,
    pub(super) status: Option<u16>,
    pub(super) retry_after: Option<Duration>,
    pub(super) attempts: u32,
    /// What it shows, with `{system}` for what the operating system says: that is its own affair.
    pub(super) text: String,
    /// The body as it came.
    pub(super) body: Option<Bytes>,
    /// What lies at the bottom of its sources.
    pub(super) cause: Cause,
}

/// Some bytes; of many, `Debug` shows the start.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Bytes(pub(super) Vec<u8>);

impl fmt::Debug for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let start = &self.0[..self.0.len().min(100)];
        write!(f, "{} bytes, {:?}", self.0.len(), String::from_utf8_lossy(start))
    }
}

/// The variant of an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Transport,
    /// With all of its body.
    Status,
    /// With the start of its body.
    CutStatus,
    Decode,
}

/// What lies at the bottom of an error's sources.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Cause {
    Nothing,
    Io(io::ErrorKind),
    Json(Category),
    /// Time for connecting: the connector and what stands around it have clocks of their own, and either may be first.
    Time,
    /// Of the HTTP implementation.
    Http,
}

impl From<&(dyn StdError + 'static)> for Cause {
    fn from(error: &(dyn StdError + 'static)) -> Self {
        if error.to_string() == "operation timed out" {
            return Self::Time;
        }
        if let Some(error) = error.downcast_ref::<io::Error>() {
            match error.kind() {
                io::ErrorKind::TimedOut => Self::Time,
                kind => Self::Io(kind),
            }
        } else if let Some(error) = error.downcast_ref::<serde_json::Error>() {
            Self::Json(error.classify())
        } else {
            Self::Http
        }
    }
}

/// What an error shows without the words of the operating system.
fn text(error: &impl StdError) -> String {
    let text = error.to_string();
    match bottom(error).and_then(|cause| cause.downcast_ref::<io::Error>()) {
        Some(cause) if cause.raw_os_error().is_some() => text.replace(&cause.to_string(), "{system}"),
        _ => text,
    }
}

/// The last of an error's sources.
fn bottom<E: StdError>(error: &E) -> Option<&(dyn StdError + 'static)> {
    std::iter::successors(error.source(), |error| (*error).source()).last()
}

macro_rules! read_errors {
    ($library:ident) => {
        impl From<$library::Error> for Failure {
            fn from(error: $library::Error) -> Self {
                Self {
                    kind: match &error {
                        $library::Error::Transport(_) => Kind::Transport,
                        $library::Error::Status(error) if error.is_complete() => Kind::Status,
                        $library::Error::Status(_) => Kind::CutStatus,
                        $library::Error::Decode(_) => Kind::Decode,
                        other => panic!("{other:?}"),
                    },
                    is_timeout: error.is_timeout(),
                    is_connect: error.is_connect(),
                    status: error.status(),
                    retry_after: error.retry_after(),
                    attempts: error.attempts(),
                    text: text(&error),
                    body: error.body().map(|body| Bytes(body.to_vec())),
                    cause: bottom(&error).map_or(Cause::Nothing, Cause::from),
                }
            }
        }
    };
}
read_errors!(browserbase_client);
read_errors!(browser_use_client);
