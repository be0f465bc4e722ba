//! Both generated clients against a server on the loopback interface: what they send, byte by byte, and what they make
//! of what comes back.

mod address;
pub(crate) mod browser_use;
pub(crate) mod browserbase;
mod calls;
mod complete;
mod failures;
mod nullable;
mod paths;
mod peers;
mod secrets;
pub(crate) mod transfers;
mod values;
mod waiting;

use std::future::Future;
use std::pin::Pin;

use browser_use_client::{v2, v3};
use clientsmith_tests::server::{Answer, Recorded, Server};
use serde::Serialize;
use serde_json::Value;

/// A key that is found again wherever it leaks.
pub(crate) const KEY: &str = "key-31415926535897932384";

/// A client of Browserbase, pointed at a server. It sends each call once, as the other ones here: retries have tests of
/// their own.
pub(crate) fn browserbase(server: &Server) -> browserbase_client::Client {
    browserbase_client::Client::builder()
        .api_key(KEY)
        .base_url(server.url())
        .max_retries(0)
        .build()
        .unwrap()
}

/// A client of Browser Use, version 2. Its base URL has a path, as the vendor's has.
pub(crate) fn browser_use_v2(server: &Server) -> v2::Client {
    v2::Client::builder()
        .api_key(KEY)
        .base_url(server.url() + "/api/v2")
        .max_retries(0)
        .build()
        .unwrap()
}

/// A client of Browser Use, version 3.
pub(crate) fn browser_use_v3(server: &Server) -> v3::Client {
    v3::Client::builder()
        .api_key(KEY)
        .base_url(server.url() + "/api/v3")
        .max_retries(0)
        .build()
        .unwrap()
}

/// What every call of an API has in common.
struct Common<C> {
    client: fn(&Server) -> C,
    user_agent: &'static str,
    key_header: &'static str,
}

const BROWSERBASE: Common<browserbase_client::Client> = Common {
    client: browserbase,
    user_agent: concat!("browserbase-client/", env!("CARGO_PKG_VERSION")),
    key_header: "x-bb-api-key",
};

const BROWSER_USE_V2: Common<v2::Client> = Common {
    client: browser_use_v2,
    user_agent: concat!("browser-use-client/", env!("CARGO_PKG_VERSION")),
    key_header: "x-browser-use-api-key",
};

const BROWSER_USE_V3: Common<v3::Client> = Common {
    client: browser_use_v3,
    user_agent: BROWSER_USE_V2.user_agent,
    key_header: BROWSER_USE_V2.key_header,
};

/// One call: what it is to send, what is answered, and what the caller then holds.
struct Row<C> {
    /// The operation's id in the document.
    id: &'static str,
    method: &'static str,
    target: &'static str,
    accept: &'static str,
    sent: Sent,
    answer: (u16, Answered),
    call: fn(C) -> Pin<Box<dyn Future<Output = Value>>>,
}

/// The body of a request.
enum Sent {
    /// None at all: neither `Content-Type` nor `Content-Length`.
    Nothing,
    /// None, in a method for which HTTP wants that said: `Content-Length: 0` (RFC 9110, section 8.6).
    Zero,
    Json(Value),
    /// One file under the name `file`.
    File {
        name: &'static str,
        content_type: &'static str,
        content: &'static str,
    },
}

/// The body of an answer.
enum Answered {
    Nothing,
    Json(Value),
    Zip(&'static str),
}

impl Answered {
    fn answer(&self, status: u16) -> Answer {
        match self {
            Self::Nothing => Answer::empty(status),
            Self::Json(value) => Answer::json(status, value),
            Self::Zip(text) => Answer::new(status, &[("content-type", "application/zip")], text),
        }
    }

    /// What the call's value is as JSON: the same as was sent, with nothing lost and nothing added.
    fn value(&self) -> Value {
        match self {
            Self::Nothing => Value::Null,
            Self::Json(value) => value.clone(),
            Self::Zip(text) => Value::from(*text),
        }
    }
}

/// A call whose value can be written as JSON again.
macro_rules! call {
    (|$client:ident| $call:expr) => {
        |$client| Box::pin(async move { crate::wire::written($call.await) })
    };
}
use call;

fn written<T: Serialize, E: std::error::Error>(result: Result<T, E>) -> Value {
    let value = result.unwrap_or_else(|error| panic!("{error}"));
    serde_json::to_value(value).unwrap()
}

/// Makes the calls of a table.
async fn run<C>(common: &Common<C>, rows: Vec<Row<C>>) {
    for row in rows {
        let (status, answered) = &row.answer;
        let server = Server::start([answered.answer(*status)]);
        let value = (row.call)((common.client)(&server)).await;
        let request = server.request();
        assert_eq!(
            format!("{} {}", request.method, request.target),
            format!("{} {}", row.method, row.target),
            "{}",
            row.id
        );
        check_headers(common, &server, &row, &request);
        check_body(&row, &request);
        assert_eq!(value, answered.value(), "{}", row.id);
    }
}

/// All headers, so that none is sent that nobody asked for.
fn check_headers<C>(common: &Common<C>, server: &Server, row: &Row<C>, request: &Recorded) {
    let length = request.body.len().to_string();
    let mut expected = vec![
        ("accept", row.accept),
        (common.key_header, KEY),
        ("user-agent", common.user_agent),
    ];
    let authority = server.authority();
    expected.push(("host", &authority));
    let boundary;
    match &row.sent {
        Sent::Nothing => {}
        Sent::Zero => expected.push(("content-length", "0")),
        Sent::Json(_) => expected.extend([("content-type", "application/json"), ("content-length", &*length)]),
        Sent::File { .. } => {
            boundary = format!("multipart/form-data; boundary={}", boundary_of(request));
            expected.extend([("content-type", &*boundary), ("content-length", &*length)]);
        }
    }
    let mut sent: Vec<_> = request
        .headers
        .iter()
        .map(|(name, value)| (&**name, &**value))
        .collect();
    expected.sort_unstable();
    sent.sort_unstable();
    assert_eq!(sent, expected, "{}", row.id);
}

fn check_body<C>(row: &Row<C>, request: &Recorded) {
    match &row.sent {
        Sent::Nothing | Sent::Zero => assert_eq!(request.body, b"", "{}", row.id),
        Sent::Json(expected) => assert_eq!(request.json(), *expected, "{}", row.id),
        Sent::File {
            name,
            content_type,
            content,
        } => {
            let expected = multipart(boundary_of(request), name, content_type, content.as_bytes());
            assert_eq!(
                String::from_utf8_lossy(&request.body),
                String::from_utf8_lossy(&expected),
                "{}",
                row.id
            );
        }
    }
}

/// The boundary that a request announces.
fn boundary_of(request: &Recorded) -> &str {
    let content_type = request.header("content-type").unwrap();
    let boundary = content_type.strip_prefix("multipart/form-data; boundary=").unwrap();
    assert!(
        (1..=70).contains(&boundary.len()),
        "RFC 2046, section 5.1.1: {boundary}"
    );
    boundary
}

/// A form with one file, as RFC 7578 wants it.
fn multipart(boundary: &str, name: &str, content_type: &str, content: &[u8]) -> Vec<u8> {
    let head = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: \
         {content_type}\r\n\r\n"
    );
    [head.as_bytes(), content, format!("\r\n--{boundary}--\r\n").as_bytes()].concat()
}
