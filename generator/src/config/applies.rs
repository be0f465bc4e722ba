//! Whether what `client.toml` says of operations still applies to the document.
//!
//! Renames and credentials are checked where they are applied, in `names`; this is the rest: secret fields, retry rules
//! and, with the help of `pages` and `waiters`, lists that come in pages and what is waited for.

use super::{ApiConfig, Located, pages, waiters};
use crate::diagnostic::{Finding, Findings, closest};
use crate::ir::{Api, Operation, Shape};
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
    for pagination in &config.paginations {
        for wanted in &pagination.operations {
            if let Some(operation) = find(api, wanted, findings)
                && let Err(finding) = pages::resolve(api, operation, pagination)
            {
                findings.push(*finding);
            }
        }
    }
    for waiter in &config.waiters {
        if let Some(operation) = find(api, &waiter.operation, findings)
            && let Err(wrong) = waiters::resolve(api, operation, waiter)
        {
            for finding in wrong {
                findings.push(finding);
            }
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
        let message = format!("no operation is called `{}`", wanted.value);
        let finding = Finding::error("operation-unknown", wanted.place.clone(), message);
        findings.push(finding.help(unknown_operation(api, &wanted.value)));
    }
    found
}

fn unknown_operation(api: &Api, wanted: &str) -> String {
    let labels: Vec<_> = api.operations.iter().map(Operation::label).collect();
    match closest(wanted, labels.iter().map(String::as_str)) {
        Some(label) => format!("did you mean `{label}`? If not, remove the entry"),
        None => "write its operationId, or `METHOD /path` where it has none; or remove the entry".to_owned(),
    }
}
