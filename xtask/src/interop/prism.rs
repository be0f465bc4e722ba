//! Every operation of an API against Prism: accepted, answered, decoded.
//!
//! Knows what Prism can be asked for (`Prefer`) and how it says that a request is wrong.

use clientsmith::back::model::{Call, StatusPattern};
use clientsmith::cli::failure::Failure;
use clientsmith::ir::{Operation, Status};
use serde_json::{Value, json};

use super::driver;
use super::peer::Peer;
use super::relay::{Exchange, Relay};
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
        "it has no failure in HTML to answer, where servers send their failures in JSON all the same",
    ),
    (
        "Cannot read properties of undefined (reading 'items')",
        "its generator of random values throws for some seeds where a value is text or an array of objects",
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
                call,
                case: &case,
                answer: &answer,
            };
            if let Err(problem) = subject.judge(&exchanges) {
                let line = format!("{} {} [{}]: {problem}", api.name, call.operation, case.label());
                note(report, line);
            }
        }
    }
    Ok(())
}

fn note(report: &mut Report, line: String) {
    match LIMITS.iter().find(|(part, _)| line.contains(part)) {
        Some((_, reason)) => report.excused.push(format!("{line} ({reason})")),
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
            self.succeeded(exchange)
        } else if self.case.status == Some(status) {
            self.failed(status, exchange)
        } else {
            Err(format!("Prism answers {status}: {}", excerpt(exchange)))
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

    fn succeeded(&self, exchange: &Exchange) -> Result<(), String> {
        if !self.answer["error"].is_null() {
            return Err(format!("not decoded: {}", self.answer));
        }
        match &self.answer["value"] {
            Value::Object(object) if object.len() == 1 && object.contains_key("bytes") => {
                let same = object["bytes"] == json!(exchange.answer.body.len());
                if same {
                    Ok(())
                } else {
                    Err(format!("{} were read", self.answer))
                }
            }
            Value::Null => Ok(()),
            value => self.kept(value, exchange),
        }
    }

    /// A declared failure is read into its type.
    fn failed(&self, status: u16, exchange: &Exchange) -> Result<(), String> {
        let typed = self.call.errors.iter().flat_map(|errors| &errors.cases);
        let mut typed = typed.map(|case| case.status);
        let declared = typed.any(|pattern| match pattern {
            StatusPattern::Code(code) => code == status,
            StatusPattern::Range(digit) => u16::from(digit) == status / 100,
            StatusPattern::Default => true,
        });
        match &self.answer["declared"] {
            Value::Null if declared => Err(format!("the body is not of its declared type: {}", self.answer)),
            Value::Null => Ok(()),
            declared => self.kept(&declared["value"], exchange),
        }
    }

    /// Nothing that the document declares is lost between the answer and the type.
    fn kept(&self, value: &Value, exchange: &Exchange) -> Result<(), String> {
        let is_json = |kind: &str| kind.contains("json");
        if !exchange.answer.header("content-type").is_some_and(is_json) {
            return Ok(());
        }
        let raw: Value = serde_json::from_slice(&exchange.answer.body).map_err(|error| error.to_string())?;
        same::kept(&self.api.understood.api, &raw, value)
    }
}

/// Prism finds nothing wrong with the request.
fn accepted(exchange: &Exchange) -> Result<(), String> {
    let answer = &exchange.answer;
    let request = &exchange.request;
    if answer
        .header("content-type")
        .is_some_and(|kind| kind.contains("problem+json"))
    {
        return Err(format!("Prism refuses `{}`: {}", request.start, excerpt(exchange)));
    }
    let violations = answer.header("sl-violations").unwrap_or_default();
    if violations.contains(r#""location":["request""#) {
        let body = String::from_utf8_lossy(&request.body);
        return Err(format!("Prism refuses `{}`: {violations} in {body}", request.start));
    }
    Ok(())
}

fn excerpt(exchange: &Exchange) -> String {
    let body = String::from_utf8_lossy(&exchange.answer.body);
    body.chars().take(600).collect()
}
