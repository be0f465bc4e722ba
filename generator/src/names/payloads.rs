//! What webhooks and callbacks send: a name for each in the module of its kind.

use super::Names;
use super::case::camel;
use super::scope::Scope;
use super::types::RESERVED;
use crate::diagnostic::{Finding, Findings, codes};
use crate::ir::{Api, Payload};

/// Names payloads.
pub(super) fn name(api: &Api, names: &mut Names, findings: &mut Findings) {
    let (mut webhooks, mut callbacks) = (Scope::with_reserved(RESERVED), Scope::with_reserved(RESERVED));
    for payload in &api.payloads {
        let scope = match payload.operation {
            Some(_) => &mut callbacks,
            None => &mut webhooks,
        };
        let candidates = candidates(payload);
        let claimed = scope.claim(candidates.iter().map(String::as_str), "");
        if claimed.numbered {
            let message = format!(
                "another payload has the name that this one would get: it is `{}` now",
                claimed.name
            );
            let finding = Finding::warning(codes::NAME_COLLISION, payload.origin.place.clone(), message);
            findings.push(finding.help("give one of them another name by an overlay"));
        }
        names.payloads.push(claimed.name);
    }
}

/// From short to long: callbacks of several operations have names in common.
fn candidates(payload: &Payload) -> Vec<String> {
    let name = camel(&payload.name);
    let operation = payload
        .operation
        .iter()
        .map(|operation| camel(&format!("{operation} {}", payload.name)));
    let with_method = camel(&format!("{} {}", payload.name, payload.method.to_ascii_lowercase()));
    std::iter::once(name).chain(operation).chain([with_method]).collect()
}
