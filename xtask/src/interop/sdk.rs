//! The same calls through the vendors' own SDKs and through ours, compared field by field.
//!
//! Knows HTTP messages, and in which respects two of them may differ and yet say the same.

use std::collections::BTreeMap;

use clientsmith::cli::failure::Failure;
use serde_json::{Value, json};

use super::peer::Peer;
use super::relay::{Message, Relay};
use super::subject::Api;
use super::values::{self, Wanted};
use super::{Report, driver, multipart, same};

/// Rounds of arguments beside the one with as few as possible.
const ROUNDS: usize = 8;

/// Operations that their SDK has no method for.
const WITHOUT: &[&str] = &["Sessions_deleteDownloads"];

/// Fields that the SDKs can send as `null`; the others they leave out.
const NULLABLE: &[&str] = &["proxyCountryCode"];

/// Makes all calls twice.
pub(super) fn compare(
    api: &Api,
    relay: &Relay,
    ours: &mut Peer,
    theirs: &mut Peer,
    report: &mut Report,
) -> Result<(), Failure> {
    for (_, call, id) in driver::operations(api) {
        if WITHOUT.contains(&call.operation.as_str()) {
            continue;
        }
        let operation = &api.understood.api.operations[id.0 as usize];
        let rounds = (0..ROUNDS).map(Wanted::All);
        for wanted in std::iter::once(Wanted::Least).chain(rounds) {
            let values = sayable(values::of_call(api, operation, wanted));
            let said = ours.ask(&json!({ "operation": id.0, "values": values }))?;
            let own = relay.take();
            let theirs = theirs.ask(&json!({ "operation": call.operation, "values": values }))?;
            let other = relay.take();
            report.calls += 1;
            let label = format!("{} {} [{wanted:?}]", api.name, call.operation);
            let ([own], [other]) = (own.as_slice(), other.as_slice()) else {
                let (own, other) = (own.len(), other.len());
                report.failures.push(format!(
                    "{label}: {own} and {other} requests; ours says {said}, theirs {theirs}"
                ));
                continue;
            };
            let (own, other) = (Said::by(&own.request), Said::by(&other.request));
            for (field, ours, theirs) in own.differences(&other) {
                let line = format!("{label}: {field} differs: ours is {ours}, theirs {theirs}");
                report.failures.push(line);
            }
        }
    }
    Ok(())
}

/// Values that both can be told to send.
fn sayable(mut values: Value) -> Value {
    if let Some(body) = values.get_mut("body").and_then(Value::as_object_mut) {
        body.retain(|name, value| !value.is_null() || NULLABLE.contains(&name.as_str()));
    }
    values
}

/// A field, and both values.
type Difference = (String, String, String);

/// What a request says.
#[derive(Debug)]
struct Said {
    method: String,
    /// Decoded, by segment.
    path: Vec<String>,
    /// Decoded, in order of names.
    query: Vec<(String, String)>,
    headers: BTreeMap<&'static str, String>,
    body: Body,
}

#[derive(Debug, PartialEq)]
enum Body {
    None,
    Json(Value),
    Multipart(Vec<multipart::Part>),
    Other(Vec<u8>),
}

impl Said {
    fn by(request: &Message) -> Self {
        let (path, query) = request.word(1).split_once('?').unwrap_or((request.word(1), ""));
        let mut query: Vec<_> = query.split('&').filter(|pair| !pair.is_empty()).map(pair).collect();
        query.sort();
        let content_type = request.header("content-type").unwrap_or_default();
        let body = match content_type {
            _ if request.body.is_empty() => Body::None,
            kind if kind.starts_with("application/json") => {
                serde_json::from_slice(&request.body).map_or_else(|_| Body::Other(request.body.clone()), Body::Json)
            }
            kind if kind.starts_with("multipart/form-data") => Body::Multipart(multipart::parts(kind, &request.body)),
            _ => Body::Other(request.body.clone()),
        };
        Self {
            method: request.word(0).to_owned(),
            path: path.split('/').map(|segment| decoded(segment, false)).collect(),
            query,
            headers: headers(request, &body),
            body,
        }
    }

    fn differences(&self, other: &Self) -> Vec<Difference> {
        let mut list = Vec::new();
        let mut check = |field: &str, same: bool, ours: String, theirs: String| {
            if !same {
                list.push((field.to_owned(), ours, theirs));
            }
        };
        check(
            "method",
            self.method == other.method,
            self.method.clone(),
            other.method.clone(),
        );
        check(
            "path",
            self.path == other.path,
            self.path.join("/"),
            other.path.join("/"),
        );
        check(
            "query",
            self.query == other.query,
            format!("{:?}", self.query),
            format!("{:?}", other.query),
        );
        for name in HEADERS {
            let (ours, theirs) = (self.headers.get(name), other.headers.get(name));
            // Whoever takes anything takes what the other asks for.
            let same = ours == theirs || (name == "accept" && theirs.is_none());
            check(name, same, format!("{ours:?}"), format!("{theirs:?}"));
        }
        let same = match (&self.body, &other.body) {
            (Body::Json(ours), Body::Json(theirs)) => same::equal(ours, theirs),
            (ours, theirs) => ours == theirs,
        };
        check("body", same, format!("{:?}", self.body), format!("{:?}", other.body));
        list
    }
}

/// The headers that matter to a server.
const HEADERS: [&str; 5] = [
    "accept",
    "authorization",
    "content-type",
    "x-bb-api-key",
    "x-browser-use-api-key",
];

fn headers(request: &Message, body: &Body) -> BTreeMap<&'static str, String> {
    let mut map = BTreeMap::new();
    for name in HEADERS {
        let Some(value) = request.header(name) else {
            continue;
        };
        // The boundary is anyone's choice.
        let value = value.split("; boundary").next().unwrap_or_default();
        // RFC 9110, section 12.5.1: nothing is the same as anything. A content type without content means nothing.
        let idle = (name == "accept" && value == "*/*") || (name == "content-type" && *body == Body::None);
        if !idle {
            map.insert(name, value.to_owned());
        }
    }
    map
}

fn pair(text: &str) -> (String, String) {
    let (name, value) = text.split_once('=').unwrap_or((text, ""));
    (decoded(name, true), decoded(value, true))
}

/// Undoes percent escapes, and `+` for a space where that is the custom.
fn decoded(text: &str, plus: bool) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = text_of(after.get(..2)).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        rest = after;
        bytes.push(match (first, code) {
            (b'%', Some(code)) => {
                rest = after.get(2..).unwrap_or_default();
                code
            }
            (b'+', _) if plus => b' ',
            (byte, _) => *byte,
        });
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn text_of(bytes: Option<&[u8]>) -> Option<&str> {
    std::str::from_utf8(bytes?).ok()
}
