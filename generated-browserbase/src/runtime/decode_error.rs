//! Answers of success whose body is not what it should be. Keeps the body, and does not show it.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode, header};

use super::excerpt::excerpt;
use super::json_path;
use super::operation::OperationRef;
use super::response::request_id;
use super::transport_error::after;

/// An answer of success whose body is not what it should be.
pub struct DecodeError {
    pub(super) operation: OperationRef,
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    /// What of the answer it is about: `the body`, or what a streamed body consists of.
    pub(super) part: &'static str,
    pub(super) body: Bytes,
    pub(super) expected: &'static str,
    pub(super) problem: Problem,
    pub(super) attempts: u32,
}

/// What is wrong with a body.
#[derive(Debug)]
pub(super) enum Problem {
    /// It is empty.
    Empty,
    /// It is larger than the client reads.
    TooLarge(usize),
    /// It is no JSON at all, and does not claim to be.
    ContentType(String, serde_json::Error),
    /// It is no JSON, or not of the expected type; with the path in it.
    Json(String, serde_json::Error),
    /// It is not of the status whose body broke off in the attempt before.
    OtherStatus(StatusCode),
    /// It is no stream of the kind that was expected, and does not claim to be.
    Stream(String),
    /// It is compressed, or encoded in another way, which the client does not undo.
    Encoded(String),
    /// It is no text.
    Utf8(std::string::FromUtf8Error),
}

impl DecodeError {
    /// The operation's id in the API's document; method and path template where it has none.
    pub fn operation(&self) -> Cow<'static, str> {
        self.operation.label()
    }

    /// The status.
    pub fn status(&self) -> u16 {
        self.status.as_u16()
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body as it came; its first part where it is larger than the client reads. Of a streamed body, the part that
    /// is not what it should be.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The id that the server gave the call.
    pub fn request_id(&self) -> Option<&str> {
        request_id(&self.headers)
    }

    /// How often the call was sent.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// The name of the type that was expected.
    pub fn expected(&self) -> &'static str {
        self.expected
    }

    /// Where in the body's JSON the problem is, such as `$.proxies[0].type`.
    pub fn path(&self) -> Option<&str> {
        match &self.problem {
            Problem::Json(path, _) => Some(path),
            _ => None,
        }
    }

    /// The text around the place, or the start of it where there is no place: some 200 characters, for a log that may
    /// hold what the API answers.
    pub fn excerpt(&self) -> String {
        const BEFORE: usize = 60;
        let start = match &self.problem {
            Problem::Json(_, error) => json_path::offset(&self.body, error).saturating_sub(BEFORE),
            _ => 0,
        };
        excerpt(self.body.get(start..).unwrap_or_default())
    }

    pub(super) fn is_too_large(&self) -> bool {
        matches!(self.problem, Problem::TooLarge(_))
    }

    pub(super) fn json(body: &[u8], headers: &HeaderMap, error: serde_json::Error) -> Problem {
        let content_type = headers
            .get(header::CONTENT_TYPE)
            .map(|value| String::from_utf8_lossy(value.as_bytes()));
        match (content_type, encoding(headers)) {
            (_, Some(encoding)) if !error.is_data() => Problem::Encoded(encoding),
            (Some(name), _) if !error.is_data() && !is_json(&name) => Problem::ContentType(name.into_owned(), error),
            _ => Problem::Json(json_path::locate(body, &error), error),
        }
    }
}

/// How a body is encoded that is not sent as it is. Calls ask for no encoding.
pub(super) fn encoding(headers: &HeaderMap) -> Option<String> {
    let encoding = headers.get(header::CONTENT_ENCODING)?.as_bytes().trim_ascii();
    let encoded = !encoding.is_empty() && !encoding.eq_ignore_ascii_case(b"identity");
    encoded.then(|| excerpt(encoding))
}

/// Whether a content type says JSON: `application/json`, `application/problem+json; charset=utf-8`.
fn is_json(content_type: &str) -> bool {
    let essence = content_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    essence.ends_with("/json") || essence.ends_with("+json")
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}, but {} ", self.operation, self.status, self.part)?;
        let expected = self.expected;
        match &self.problem {
            Problem::Empty => write!(f, "is empty where {expected} was expected")?,
            Problem::TooLarge(limit) => write!(f, "is larger than {limit} bytes (the client's max_response_size)")?,
            Problem::ContentType(content_type, _) => {
                let start = excerpt(&self.body);
                write!(
                    f,
                    "is {} where JSON was expected: {start}",
                    excerpt(content_type.as_bytes())
                )?;
            }
            Problem::Stream(content_type) => {
                let (content_type, start) = (excerpt(content_type.as_bytes()), excerpt(&self.body));
                write!(f, "is {content_type} where {expected} was expected: {start}")?;
            }
            // The body is not shown: it may hold secrets, and the caller has it.
            Problem::Json(path, error) => {
                let (line, column) = (error.line(), error.column());
                let reason = json_path::reason(error);
                write!(
                    f,
                    "does not fit {expected} at `{path}`: {reason} (line {line}, column {column})"
                )?;
            }
            Problem::OtherStatus(first) => write!(f, "of the first answer, which broke off, belongs to {first}")?,
            Problem::Encoded(encoding) => {
                write!(
                    f,
                    "is encoded as {encoding}, which was not asked for and is not decoded"
                )?;
            }
            Problem::Utf8(error) => write!(f, "is no text: {}", error.utf8_error())?,
        }
        if let Some(id) = self.request_id() {
            write!(f, "; request id {id}")?;
        }
        after(f, self.attempts)
    }
}

impl StdError for DecodeError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &self.problem {
            Problem::Empty
            | Problem::TooLarge(_)
            | Problem::OtherStatus(_)
            | Problem::Stream(_)
            | Problem::Encoded(_) => None,
            Problem::ContentType(_, error) | Problem::Json(_, error) => Some(error),
            Problem::Utf8(error) => Some(error),
        }
    }
}

/// Shows the length of the body only: it may hold secrets.
impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DecodeError")
            .field("operation", &self.operation)
            .field("status", &self.status)
            .field("headers", &self.headers)
            .field("body_length", &self.body.len())
            .field("expected", &self.expected)
            .field("problem", &self.problem)
            .finish_non_exhaustive()
    }
}
