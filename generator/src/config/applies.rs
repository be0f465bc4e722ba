//! Whether what `client.toml` says of operations still applies to the document.
//!
//! Renames and credentials are checked where they are applied, in `names`; this is the rest: secret fields, retry rules
//! and, with the help of `pages` and `waiters`, lists that come in pages and what is waited for.

use super::{ApiConfig, Located, pages, waiters};
use crate::diagnostic::{Finding, Findings, closest, codes};
use crate::ir::{Api, Operation, Shape};
use crate::names::Names;

/// Reports every entry that names an operation, a field or a value that the document does not have.
pub fn check(config: &ApiConfig, api: &Api, names: &Names, findings: &mut Findings) {
    if config.is_whole() {
        check_names(config, api, names, findings);
    }
    for pagination in &config.paginations {
        for wanted in &pagination.operations {
            if let Some(operation) = find(api, &wanted.value)
                && let Err(finding) = pages::resolve(api, operation, pagination)
            {
                findings.push(*finding);
            }
        }
    }
    for waiter in &config.waiters {
        if let Some(operation) = find(api, &waiter.operation.value)
            && let Err(wrong) = waiters::resolve(api, operation, waiter)
        {
            for finding in wrong {
                findings.push(finding);
            }
        }
    }
}

/// Reports names that nothing has.
fn check_names(config: &ApiConfig, api: &Api, names: &Names, findings: &mut Findings) {
    for listed in &config.secret_fields {
        check_secret(api, names, listed, findings);
    }
    let retried = config.retry.iter().flat_map(|retry| &retry.rules);
    let retried = retried.flat_map(|rule| &rule.operations);
    let paged = config.paginations.iter().flat_map(|pagination| &pagination.operations);
    let waited = config.waiters.iter().map(|waiter| &waiter.operation);
    for operation in retried.chain(paged).chain(waited) {
        check_operation(api, operation, findings);
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
                codes::SECRET_FIELD_UNKNOWN,
                listed.place.clone(),
                format!("no field is called `{}`", listed.value),
            )
            .help("write the type as the name table has it, a dot, and the field as it is called in the JSON; or remove it"),
        );
    }
}

fn check_operation(api: &Api, wanted: &Located<String>, findings: &mut Findings) {
    if find(api, &wanted.value).is_none() {
        let message = format!("no operation is called `{}`", wanted.value);
        let finding = Finding::error(codes::OPERATION_UNKNOWN, wanted.place.clone(), message);
        findings.push(finding.help(unknown_operation(api, &wanted.value)));
    }
}

fn find<'a>(api: &'a Api, wanted: &str) -> Option<&'a Operation> {
    api.operations.iter().find(|operation| operation.label() == wanted)
}

fn unknown_operation(api: &Api, wanted: &str) -> String {
    let labels: Vec<_> = api.operations.iter().map(Operation::label).collect();
    match closest(wanted, labels.iter().map(String::as_str)) {
        Some(label) => format!("did you mean `{label}`? If not, remove the entry"),
        None => "write its operationId, or `METHOD /path` where it has none; or remove the entry".to_owned(),
    }
}
