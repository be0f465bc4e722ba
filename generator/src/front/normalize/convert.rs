//! From the normalised tree to `openapiv3`.
//!
//! Knows both. What the walk let through although `openapiv3` cannot hold it is a defect of the walk; the part is left
//! out and reported, so that the rest of the document survives it.

use serde_json::Value as Json;

use super::{Normalized, build};
use crate::diagnostic::{Finding, Findings, Place, codes};
use crate::front::source::{Node, Value};

/// `openapiv3` reads a schema with several kilobytes of stack for every level of nesting, more than a thread may have.
/// This is enough for documents as deep as the walk lets through, in a debug build.
const STACK: usize = 32 << 20;

/// Deserializes the tree.
pub(super) fn convert(mut tree: Node, findings: &mut Findings) -> Option<Normalized> {
    let error = match deserialize(&tree) {
        Ok(openapi) => return Some(Normalized { openapi, tree }),
        Err(error) => error,
    };
    let refused = remove_refused(&mut tree, findings);
    match deserialize(&tree) {
        Ok(openapi) if refused => Some(Normalized { openapi, tree }),
        _ => {
            findings.push(internal(&tree.place, &error));
            None
        }
    }
}

fn deserialize(tree: &Node) -> Result<openapiv3::OpenAPI, serde_json::Error> {
    on_deep_stack(|| serde_json::from_value(to_json(tree)))
}

/// Runs on a thread with a deep stack; on this one where there is no other to be had.
fn on_deep_stack<T: Send>(work: impl Fn() -> T + Sync) -> T {
    std::thread::scope(
        |scope| match std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, &work) {
            Ok(thread) => thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
            Err(_) => work(),
        },
    )
}

fn internal(place: &Place, error: &serde_json::Error) -> Finding {
    Finding::error(
        codes::INTERNAL_NORMALIZE,
        place.clone(),
        format!("this could not be brought to OpenAPI 3.0: {error}"),
    )
    .help("this is a defect of the generator; report it with this part of the document")
}

/// Removes the paths and components that `openapiv3` refuses. Whether there were any.
fn remove_refused(tree: &mut Node, findings: &mut Findings) -> bool {
    let mut refused = false;
    let Value::Object(root) = &mut tree.value else {
        return false;
    };
    if let Some(Value::Object(paths)) = root.get_mut("paths").map(|entry| &mut entry.node.value) {
        paths.retain(|_, entry| {
            let kept = accepted(is_path_item(&entry.node), &entry.node, findings);
            refused |= !kept;
            kept
        });
    }
    let schemas = root
        .get_mut("components")
        .and_then(|entry| match &mut entry.node.value {
            Value::Object(components) => components.get_mut("schemas").map(|entry| &mut entry.node.value),
            _ => None,
        });
    if let Some(Value::Object(schemas)) = schemas {
        for entry in schemas.values_mut() {
            if !accepted(is_schema(&entry.node), &entry.node, findings) {
                refused = true;
                // The name stays, because it may be referred to.
                entry.node = build::empty(&entry.node.place);
            }
        }
    }
    refused
}

fn is_path_item(node: &Node) -> Result<(), serde_json::Error> {
    on_deep_stack(|| serde_json::from_value::<openapiv3::ReferenceOr<openapiv3::PathItem>>(to_json(node)).map(drop))
}

fn is_schema(node: &Node) -> Result<(), serde_json::Error> {
    on_deep_stack(|| serde_json::from_value::<openapiv3::ReferenceOr<openapiv3::Schema>>(to_json(node)).map(drop))
}

fn accepted(result: Result<(), serde_json::Error>, node: &Node, findings: &mut Findings) -> bool {
    match result {
        Ok(()) => true,
        Err(error) => {
            findings.push(internal(&node.place, &error));
            false
        }
    }
}

/// The tree as JSON, without its places.
pub(super) fn to_json(node: &Node) -> Json {
    match &node.value {
        Value::Null => Json::Null,
        Value::Bool(value) => Json::Bool(*value),
        Value::Number(value) => Json::Number(value.clone()),
        Value::String(value) => Json::String(value.clone()),
        Value::Array(items) => Json::Array(items.iter().map(to_json).collect()),
        Value::Object(map) => Json::Object(
            map.iter()
                .map(|(key, entry)| (key.clone(), to_json(&entry.node)))
                .collect(),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::convert;
    use crate::diagnostic::Findings;
    use crate::front::source::{Source, parse};

    #[test]
    fn leaves_out_what_is_refused_and_keeps_the_rest() {
        let text = "openapi: 3.0.3
info: {title: T, version: '1'}
paths: {/good: {get: {responses: {}}}, /bad: {get: 5}}
components: {schemas: {Good: {type: string}, Bad: {nullable: 5}}}
";
        let mut findings = Findings::new();
        let source = Source {
            name: "api.yaml".to_owned(),
            text: text.to_owned(),
        };
        let tree = parse(&source, &mut findings).and_then(|tree| convert(tree, &mut findings));
        let openapi = tree.map(|normalized| normalized.openapi).unwrap_or_default();
        assert_eq!(openapi.paths.paths.keys().collect::<Vec<_>>(), ["/good"]);
        assert_eq!(openapi.components.map(|components| components.schemas.len()), Some(2));
        let codes: Vec<_> = findings
            .iter()
            .map(|finding| (finding.code.as_str(), finding.place.as_ref().map(|p| p.line)))
            .collect();
        assert_eq!(
            codes,
            [("internal-normalize", Some(3)), ("internal-normalize", Some(4))]
        );
    }
}
