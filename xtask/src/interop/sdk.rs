//! The same calls through the vendors' own SDKs and through ours, compared field by field.
//!
//! Knows HTTP messages, and in which respects two of them may differ and yet say the same.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use clientsmith::back::model::Call;
use clientsmith::cli::failure::Failure;
use clientsmith::ir::OperationId;
use serde_json::{Value, json};

use super::peer::Peer;
use super::relay::{Exchange, Message, Relay};
use super::subject::Api;
use super::values::{self, Wanted};
use super::{Report, driver, multipart, same};

/// Rounds of arguments beside the one with as few as possible.
const ROUNDS: usize = 8;

/// The SDKs: which base URL they are for, and their module and class.
const SDKS: &[(&str, &str, &str)] = &[
    ("https://api.browserbase.com", "browserbase", "Browserbase"),
    ("https://api.browser-use.com/api/v2", "browser_use_sdk.v2", "BrowserUse"),
    ("https://api.browser-use.com/api/v3", "browser_use_sdk.v3", "BrowserUse"),
    ("https://api.browser-use.com/api/v4", "browser_use_sdk.v4", "BrowserUse"),
];

/// Operations of this repository's documents that their SDK has no method for.
const WITHOUT: &[&str] = &["Sessions_deleteDownloads"];

/// What the SDKs do otherwise than their documents say: an operation, in what it differs, and how.
const FAULTS: &[(&str, &str, &str)] = &[
    (
        "get_skill_marketplace_skills__skill_slug__get",
        "path",
        "the SDK puts what it is given into paths without escaping it",
    ),
    (
        "upload_workspace_files_workspaces__workspace_id__files_upload_post",
        "body",
        "the SDK writes content types and `allowOverrides` that nobody asked it for",
    ),
];
/// The same, wherever an operation asks for no credential.
const KEY_WITHOUT_NEED: &str = "the SDK sends its key with calls that the document asks none for";

/// The SDK of an API, started, where there is one.
pub(super) fn start(python: &Path, api: &Api, base_url: &str) -> Result<Option<Peer>, Failure> {
    let server = api.model.client.base_url.as_deref();
    let Some((_, module, class)) = SDKS.iter().find(|(url, ..)| server == Some(*url)) else {
        return Ok(None);
    };
    // What its methods are deprecated for is no matter of the comparison.
    let arguments = ["-W", "ignore", "xtask/interop/sdk.py", *module, *class, base_url];
    Peer::start(Command::new(python).args(arguments)).map(Some)
}

/// Makes all calls twice.
pub(super) fn compare(
    api: &Api,
    relay: &Relay,
    ours: &mut Peer,
    theirs: &mut Peer,
    report: &mut Report,
) -> Result<(), Failure> {
    let mut missing = Vec::new();
    let mut unsaid = BTreeSet::new();
    for (_, call, id) in driver::operations(api) {
        let mut both = Both {
            api,
            id,
            call,
            relay,
            ours: &mut *ours,
            theirs: &mut *theirs,
            unsaid: &mut unsaid,
        };
        if both.compare(report)? == 0 {
            missing.push(&*call.operation);
        }
    }
    let expected = |name: &str| !api.bundled || WITHOUT.contains(&name);
    let unexpected = missing.iter().filter(|name| !expected(name));
    let lines = unexpected.map(|name| format!("{} {name}: the SDK has no method for it", api.name));
    report.failures.extend(lines);
    if !missing.is_empty() {
        let (count, names) = (missing.len(), missing.join(", "));
        let note = format!("{}: {count} operations are not in the SDK: {names}", api.name);
        report.notes.push(note);
    }
    if !unsaid.is_empty() {
        let list: Vec<_> = unsaid.into_iter().collect();
        let note = format!(
            "{}: the SDK has no words for some values, such as null: {}",
            api.name,
            list.join(", ")
        );
        report.notes.push(note);
    }
    Ok(())
}

/// An operation that both are asked to call.
struct Both<'a> {
    api: &'a Api,
    id: OperationId,
    call: &'a Call,
    relay: &'a Relay,
    ours: &'a mut Peer,
    theirs: &'a mut Peer,
    /// What the SDK has no argument for, or an argument that does not take the value.
    unsaid: &'a mut BTreeSet<String>,
}

/// What both did when asked for the same call.
struct Round {
    values: Value,
    ours: (Value, Vec<Exchange>),
    theirs: (Value, Vec<Exchange>),
}

impl Both<'_> {
    /// How many rounds could be compared: none where the SDK has no method for the operation, or none that can be told
    /// what the operation requires.
    fn compare(&mut self, report: &mut Report) -> Result<usize, Failure> {
        let mut count = 0;
        let rounds = (0..ROUNDS).map(Wanted::All);
        for wanted in std::iter::once(Wanted::Least).chain(rounds) {
            if let Some(round) = self.round(wanted)? {
                let label = format!("{} {} [{wanted:?}]", self.api.name, self.call.operation);
                report.calls += 1;
                count += 1;
                self.judge(&label, &round, report);
            }
        }
        Ok(count)
    }

    /// Makes the call twice, where the SDK can.
    fn round(&mut self, wanted: Wanted) -> Result<Option<Round>, Failure> {
        let operation = &self.api.understood.api.operations[self.id.0 as usize];
        let mut values = values::of_call(self.api, operation, wanted);
        let question = json!({ "method": operation.method, "path": operation.path, "values": values });
        let theirs = (self.theirs.ask(&question)?, self.relay.take());
        if theirs.0["absent"] == true {
            return Ok(None);
        }
        let unsaid: Vec<_> = theirs.0["unsaid"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        for key in &unsaid {
            leave_out(&mut values, key);
            self.unsaid.insert(format!("{} ({key})", self.call.operation));
        }
        let question = json!({ "operation": self.id.0, "values": values });
        let ours = (self.ours.ask(&question)?, self.relay.take());
        // Without a value that is required, ours cannot be called.
        let comparable = unsaid.is_empty() || ours.0["error"] != "values";
        Ok(comparable.then_some(Round { values, ours, theirs }))
    }

    fn judge(&self, label: &str, round: &Round, report: &mut Report) {
        let Round { values, ours, theirs } = round;
        let ([own], [other]) = (&*ours.1, &*theirs.1) else {
            let (own, other) = (ours.1.len(), theirs.1.len());
            report.failures.push(format!(
                "{label}: {own} requests by ours, {other} by the SDK\n    ours says:   {}\n    theirs says: {}\n    \
                 values: {values}",
                ours.0, theirs.0
            ));
            return;
        };
        let strict = self.api.bundled;
        let (own, other) = (Said::by(&own.request, strict), Said::by(&other.request, strict));
        for (field, ours, theirs) in own.differences(&other) {
            let line =
                format!("{label}: {field} differs\n    ours:   {ours}\n    theirs: {theirs}\n    values: {values}");
            match self.fault(&field) {
                Some(reason) => report.excuse(reason, line),
                None => report.failures.push(line),
            }
        }
    }

    /// Why a difference is the SDK's fault, where it is.
    fn fault(&self, field: &str) -> Option<&'static str> {
        if self.call.security.is_empty() && KEYS.contains(&field) {
            return Some(KEY_WITHOUT_NEED);
        }
        let known = |(operation, place, _): &&(&str, &str, &str)| *operation == self.call.operation && *place == field;
        FAULTS.iter().find(known).map(|(_, _, reason)| *reason)
    }
}

/// Takes away what the SDK has no words for: `query limit`, `body name`.
fn leave_out(values: &mut Value, key: &str) {
    let (place, name) = match key.strip_prefix("body ") {
        Some(field) => ("body", field),
        None => ("parameters", key),
    };
    if let Some(place) = values.get_mut(place).and_then(Value::as_object_mut) {
        place.remove(name);
    }
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
    /// What it says; unless `strict`, a body without fields is none: where a document makes a body optional, it does not
    /// say which of them its server takes.
    fn by(request: &Message, strict: bool) -> Self {
        let (path, query) = request.word(1).split_once('?').unwrap_or((request.word(1), ""));
        let mut query: Vec<_> = query.split('&').filter(|pair| !pair.is_empty()).map(pair).collect();
        query.sort();
        let content_type = request.header("content-type").unwrap_or_default();
        let body = match content_type {
            _ if request.body.is_empty() || (request.body == b"{}" && !strict) => Body::None,
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

/// Those that hold keys.
const KEYS: [&str; 3] = ["authorization", "x-bb-api-key", "x-browser-use-api-key"];

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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Body, Said, leave_out};
    use crate::interop::relay::Message;

    fn message(start: &str, headers: &[(&str, &str)], body: &str) -> Message {
        let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        Message {
            start: start.to_owned(),
            headers: headers.iter().map(own).collect(),
            body: body.into(),
        }
    }

    #[test]
    fn what_says_the_same_does_not_differ() {
        let json = ("content-type", "application/json");
        let ours = message(
            "POST /a%20b?y=2&x=%31 HTTP/1.1",
            &[json, ("accept", "application/json")],
            r#"{"n":1}"#,
        );
        let theirs = message(
            "POST /a%20b?x=1&y=2 HTTP/1.1",
            &[json, ("accept", "*/*")],
            r#"{ "n": 1.0 }"#,
        );
        let differences = Said::by(&ours, true).differences(&Said::by(&theirs, true));
        assert_eq!(differences, []);
    }

    #[test]
    fn tells_each_difference() {
        let ours = message("GET /a?x=1 HTTP/1.1", &[("x-bb-api-key", "key")], "");
        let theirs = message("GET /b?x=2 HTTP/1.1", &[], "other");
        let differences = Said::by(&ours, true).differences(&Said::by(&theirs, true));
        let fields: Vec<_> = differences.iter().map(|(field, ..)| &**field).collect();
        assert_eq!(fields, ["path", "query", "x-bb-api-key", "body"]);
    }

    #[test]
    fn a_body_without_fields_is_none_unless_strict() {
        let empty = message("POST /a HTTP/1.1", &[("content-type", "application/json")], "{}");
        assert_eq!(Said::by(&empty, false).body, Body::None);
        assert_eq!(Said::by(&empty, true).body, Body::Json(json!({})));
    }

    #[test]
    fn takes_values_away() {
        let mut values = json!({ "parameters": { "path id": 1, "query a": 2 }, "body": { "b": 3, "c": 4 } });
        leave_out(&mut values, "query a");
        leave_out(&mut values, "body b");
        assert_eq!(values, json!({ "parameters": { "path id": 1 }, "body": { "c": 4 } }));
    }
}
