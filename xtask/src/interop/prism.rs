//! Every operation of an API against Prism: accepted, answered, decoded.
//!
//! Knows what Prism can be asked for (`Prefer`) and how it says that a request is wrong.

use clientsmith::back::model::Call;
use clientsmith::cli::failure::Failure;
use clientsmith::ir::{Content, Operation, Status};
use serde_json::{Value, json};

use super::driver;
use super::peer::Peer;
use super::relay::{Exchange, Message, Relay};
use super::subject::Api;
use super::values::{self, Wanted};
use super::{Report, same};

/// Rounds of arguments, each with a seed of its own for the answer.
const ROUNDS: usize = 8;
/// Seeds for each declared failure.
const FAILURES: usize = 3;

/// What Prism cannot do: part of the message, and why it is not held against the client.
const LIMITS: &[(&str, &str)] = &[
    (
        "Prism answers 200 in place of 422 to `accept: text/html`",
        "Prism has no failure in HTML to answer, where servers send their failures in JSON all the same",
    ),
    (
        "Cannot read properties of undefined (reading 'items')",
        "Prism's generator of random values throws for some seeds where a value is text or an array of objects",
    ),
];

/// Plays all operations.
pub(super) fn play(api: &Api, relay: &Relay, driver: &mut Peer, report: &mut Report) -> Result<(), Failure> {
    for (_, call, id) in driver::operations(api) {
        let operation = &api.understood.api.operations[id.0 as usize];
        for case in cases(operation) {
            let values = values::of_call(api, operation, case.wanted);
            let answer = driver.ask(&json!({ "operation": id.0, "values": values, "prefer": case.prefer }))?;
            let exchanges = relay.take();
            report.calls += 1;
            let subject = Played {
                api,
                operation,
                call,
                case: &case,
                answer: &answer,
            };
            if let Err(problem) = subject.judge(&exchanges) {
                let label = format!("{} {} [{}]", api.name, call.operation, case.label());
                note(report, format!("{label}: {problem}{}", said(&exchanges)));
            }
        }
    }
    report.failures.extend(not_played(api));
    Ok(())
}

/// Operations of the document, as it was read and nothing more, that the client has no call for.
fn not_played(api: &Api) -> Vec<String> {
    const METHODS: [&str; 8] = ["delete", "get", "head", "options", "patch", "post", "put", "trace"];
    let operations = &api.understood.api.operations;
    let played: Vec<_> = driver::operations(api)
        .map(|(_, _, id)| &operations[id.0 as usize])
        .map(|operation| (&*operation.path, operation.method.to_ascii_lowercase()))
        .collect();
    let paths = api.document["paths"].as_object().into_iter().flatten();
    let documented = paths.flat_map(|(path, item)| {
        let methods = METHODS.iter().filter(|method| item.get(**method).is_some());
        methods.map(move |method| (&**path, (*method).to_owned()))
    });
    documented
        .filter(|operation| !played.contains(operation))
        .map(|(path, method)| format!("{} {method} {path}: it is not played", api.name))
        .collect()
}

/// What went over the wire, for whoever has to find out what is wrong.
fn said(exchanges: &[Exchange]) -> String {
    let lines = exchanges.iter().map(|Exchange { request, answer }| {
        let (sent, received) = (excerpt(request), excerpt(answer));
        format!(
            "\n    sent:     {} {sent}\n    answered: {} {received}",
            request.start, answer.start
        )
    });
    lines.collect()
}

fn note(report: &mut Report, line: String) {
    match LIMITS.iter().find(|(part, _)| line.contains(part)) {
        Some((_, reason)) => report.excuse(reason, line),
        None => report.failures.push(line),
    }
}

/// One call: with which values, and which answer to ask for.
#[derive(Debug)]
struct Case {
    wanted: Wanted,
    prefer: String,
    /// The status that has to come, where a certain one was asked for.
    status: Option<u16>,
}

impl Case {
    fn label(&self) -> String {
        format!("{:?}; {}", self.wanted, self.prefer)
    }
}

/// The static answer, a random one for each round, and each declared status, static and random.
fn cases(operation: &Operation) -> Vec<Case> {
    let mut cases = vec![Case {
        wanted: Wanted::Least,
        prefer: "dynamic=false".to_owned(),
        status: None,
    }];
    cases.extend((0..ROUNDS).map(|round| Case {
        wanted: Wanted::All(round),
        prefer: format!("dynamic=true, seed={round}"),
        status: None,
    }));
    for response in &operation.responses {
        let Status::Code(code) = response.status else {
            continue;
        };
        let case = |prefer| Case {
            wanted: Wanted::Least,
            prefer,
            status: Some(code),
        };
        cases.push(case(format!("code={code}")));
        cases.extend((0..FAILURES).map(|seed| case(format!("code={code}, dynamic=true, seed={seed}"))));
    }
    cases
}

/// A call that was made.
struct Played<'a> {
    api: &'a Api,
    operation: &'a Operation,
    call: &'a Call,
    case: &'a Case,
    /// What the driver says of it.
    answer: &'a Value,
}

impl Played<'_> {
    fn judge(&self, exchanges: &[Exchange]) -> Result<(), String> {
        let [exchange] = exchanges else {
            return Err(format!("{} requests were sent; {}", exchanges.len(), self.answer));
        };
        accepted(exchange)?;
        self.no_more_keys_than_needed(exchange)?;
        let status: u16 = exchange.answer.word(1).parse().unwrap_or_default();
        if let Some(wanted) = self.case.status.filter(|wanted| *wanted != status) {
            let accept = exchange.request.header("accept").unwrap_or_default();
            return Err(format!(
                "Prism answers {status} in place of {wanted} to `accept: {accept}`"
            ));
        }
        if self.answer["status"].as_u64() != Some(status.into()) {
            return Err(format!("the answer was {status}, the client says {}", self.answer));
        }
        if status < 400 {
            self.succeeded(status, exchange)
        } else if self.case.status == Some(status) {
            self.failed(status, exchange)
        } else {
            Err(format!("Prism answers {status}"))
        }
    }

    /// An operation that asks for no credential gets none.
    fn no_more_keys_than_needed(&self, exchange: &Exchange) -> Result<(), String> {
        let sent = exchange
            .request
            .headers
            .iter()
            .find(|(_, value)| value == "key" || value == "Bearer key");
        match sent {
            Some((name, _)) if self.call.security.is_empty() => Err(format!("`{name}` is sent without need")),
            _ => Ok(()),
        }
    }

    /// What the document declares that a status holds.
    fn content(&self, status: u16) -> Option<&Content> {
        let mut responses = self.operation.responses.iter();
        let declared = responses.find(|response| response.status == Status::Code(status));
        declared.map(|response| &response.content)
    }

    /// A success is read into its type, or whatever else it is declared to be.
    fn succeeded(&self, status: u16, exchange: &Exchange) -> Result<(), String> {
        if !self.answer["error"].is_null() {
            return Err(format!("not decoded: {}", self.answer));
        }
        let (value, body) = (&self.answer["value"], &exchange.answer.body);
        let same = match self.content(status) {
            Some(Content::Json(_)) => return self.kept(value, exchange),
            Some(Content::Text) => *value == *String::from_utf8_lossy(body),
            Some(Content::Binary) => value["bytes"] == json!(body.len()),
            // A stream was read to its end without an error; of an empty body nothing is to be read.
            _ => value.is_null(),
        };
        if same {
            Ok(())
        } else {
            Err(format!("{} were read", self.answer))
        }
    }

    /// A failure that is declared to hold JSON is read into its type.
    fn failed(&self, status: u16, exchange: &Exchange) -> Result<(), String> {
        match (self.content(status), &self.answer["declared"]) {
            (Some(Content::Json(_)), Value::Null) => {
                Err(format!("the body is not of its declared type: {}", self.answer))
            }
            (Some(Content::Json(_)), declared) => self.kept(&declared["value"], exchange),
            _ => Ok(()),
        }
    }

    /// Nothing that the document declares is lost between the answer and the type.
    fn kept(&self, value: &Value, exchange: &Exchange) -> Result<(), String> {
        let raw: Value = serde_json::from_slice(&exchange.answer.body).map_err(|error| error.to_string())?;
        same::kept(&self.api.understood.api, &raw, value)
    }
}

/// Prism finds nothing wrong with the request.
fn accepted(exchange: &Exchange) -> Result<(), String> {
    let answer = &exchange.answer;
    if answer
        .header("content-type")
        .is_some_and(|kind| kind.contains("problem+json"))
    {
        return Err("Prism refuses the request".to_owned());
    }
    let violations = answer.header("sl-violations").unwrap_or_default();
    if violations.contains(r#""location":["request""#) {
        return Err(format!("Prism refuses the request: {violations}"));
    }
    Ok(())
}

fn excerpt(message: &Message) -> String {
    String::from_utf8_lossy(&message.body).chars().take(600).collect()
}
