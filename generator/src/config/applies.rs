//! Whether what `client.toml` says of operations still applies to the document.
//!
//! Renames and credentials are checked where they are applied, in `names`; this is the rest: retry rules and waiters.

use super::{ApiConfig, Located, Waiter};
use crate::diagnostic::{Finding, Findings};
use crate::ir::{Api, Content, Operation, Shape, StringFormat, TypeId};
use crate::names::Names;

/// Reports every entry that names an operation, a field or a value that the document does not have.
pub fn check(config: &ApiConfig, api: &Api, names: &Names, findings: &mut Findings) {
    for listed in &config.secret_fields {
        check_secret(api, names, listed, findings);
    }
    for rule in config.retry.iter().flat_map(|retry| &retry.rules) {
        for operation in &rule.operations {
            find(api, operation, findings);
        }
    }
    for waiter in &config.waiters {
        if let Some(operation) = find(api, &waiter.operation, findings) {
            check_waiter(api, operation, waiter, findings);
        }
    }
}

fn check_secret(api: &Api, names: &Names, listed: &Located<String>, findings: &mut Findings) {
    let fields = names.types.iter().flat_map(|(id, name)| {
        let fields = match &api.types[*id].shape {
            Shape::Object(object) => &object.fields[..],
            _ => &[],
        };
        fields.iter().map(move |field| format!("{name}.{}", field.name))
    });
    if !fields.into_iter().any(|field| field == listed.value) {
        findings.push(
            Finding::error(
                "secret-field-unknown",
                listed.place.clone(),
                format!("no field is called `{}`", listed.value),
            )
            .help("write the type as the name table has it, a dot, and the field as it is called in the JSON; or remove it"),
        );
    }
}

fn find<'a>(api: &'a Api, wanted: &Located<String>, findings: &mut Findings) -> Option<&'a Operation> {
    let found = api
        .operations
        .iter()
        .find(|operation| operation.label() == wanted.value);
    if found.is_none() {
        findings.push(
            Finding::error(
                "operation-unknown",
                wanted.place.clone(),
                format!("no operation is called `{}`", wanted.value),
            )
            .help("write its operationId, or `METHOD /path` where it has none; or remove the entry"),
        );
    }
    found
}

fn check_waiter(api: &Api, operation: &Operation, waiter: &Waiter, findings: &mut Findings) {
    let answers = operation
        .responses
        .iter()
        .filter(|response| response.status.is_success());
    let bodies: Vec<TypeId> = answers
        .filter_map(|response| match response.content {
            Content::Json(id) => Some(api.types.peel(id).0),
            _ => None,
        })
        .collect();
    let fields = bodies.iter().filter_map(|id| match &api.types[*id].shape {
        Shape::Object(object) => object.fields.iter().find(|field| field.name == waiter.field.value),
        _ => None,
    });
    let Some(field) = fields.into_iter().next() else {
        let message = format!(
            "no answer of `{}` has a field `{}`",
            waiter.operation.value, waiter.field.value
        );
        findings.push(
            Finding::error("waiter-field-unknown", waiter.field.place.clone(), message)
                .help("name a field of the operation's answer, as it is called in the JSON"),
        );
        return;
    };
    check_pollable(api, operation, waiter, findings);
    let list = match &api.types[api.types.peel(field.ty).0].shape {
        Shape::Enumeration(list) => list,
        Shape::String(StringFormat::Plain) => return,
        _ => {
            let message = format!("the field `{}` is no text", waiter.field.value);
            findings.push(
                Finding::error("waiter-field-kind", waiter.field.place.clone(), message)
                    .help("name a field that holds text"),
            );
            return;
        }
    };
    for value in waiter.until.iter().chain(&waiter.fail) {
        if !list.values.contains(&value.value) {
            let message = format!("`{}` is no value of the field `{}`", value.value, waiter.field.value);
            findings.push(
                Finding::error("waiter-value-unknown", value.place.clone(), message)
                    .help(format!("use one of {}", list.values.join(", "))),
            );
        }
    }
}

/// Asking again and again takes one kind of answer, and a call that can be made as often as one likes.
fn check_pollable(api: &Api, operation: &Operation, waiter: &Waiter, findings: &mut Findings) {
    let successes = operation
        .responses
        .iter()
        .filter(|response| response.status.is_success());
    let mut answers: Vec<_> = successes
        .map(|response| match response.content {
            Content::Json(id) => Some(api.types.peel(id)),
            _ => None,
        })
        .collect();
    answers.dedup();
    let sends_file = operation
        .body
        .as_ref()
        .is_some_and(|body| matches!(body.content, Content::Binary | Content::Empty | Content::Multipart(_)));
    let problem = if sends_file {
        "sends a file"
    } else if !matches!(answers[..], [Some((_, false))]) {
        "has several kinds of answers"
    } else {
        return;
    };
    let message = format!("`{}` cannot be waited for: it {problem}", waiter.operation.value);
    findings.push(
        Finding::error("waiter-operation", waiter.operation.place.clone(), message)
            .help("name an operation that only reads and has one kind of answer"),
    );
}
