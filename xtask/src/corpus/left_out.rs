//! Which operations of a document are not in its client, and why.

use std::collections::HashSet;

use clientsmith::diagnostic::{Finding, Place, Severity};
use clientsmith::front::source::{Node, Pointer};
use clientsmith::generator::Outcome;

const METHODS: [&str; 9] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];

/// An operation of a document.
pub(super) struct Operation<'a> {
    path: &'a str,
    method: &'static str,
    /// What it is made of: its own part of the document, and what the path item has for all.
    parts: Vec<&'a Node>,
}

/// Every operation below `paths`.
pub(super) fn operations(root: &Node) -> Vec<Operation<'_>> {
    let paths = root.get("paths").and_then(Node::as_object).into_iter().flatten();
    paths
        .filter(|(path, _)| !path.starts_with("x-"))
        .flat_map(|(path, entry)| of_item(root, path, &entry.node))
        .collect()
}

/// The operations of a path item, or of the one that it refers to.
fn of_item<'a>(root: &'a Node, path: &'a str, item: &'a Node) -> Vec<Operation<'a>> {
    let items: Vec<&Node> = [Some(item), target(root, item)].into_iter().flatten().collect();
    let operation = |method: &'static str| {
        let own = items.iter().find_map(|item| item.get(method))?;
        let shared = items.iter().flat_map(|item| {
            let keys = ["parameters", "servers", "$ref"];
            keys.into_iter().filter_map(|key| item.get(key))
        });
        Some(Operation {
            path,
            method,
            parts: std::iter::once(own).chain(shared).collect(),
        })
    };
    METHODS.into_iter().filter_map(operation).collect()
}

/// The operations that a client does not have: each with the error that says why, if one does.
pub(super) fn left_out<'f>(
    root: &Node,
    operations: &[Operation<'_>],
    outcome: &'f Outcome,
) -> Vec<(String, Option<&'f Finding>)> {
    let generated: HashSet<_> = outcome
        .apis
        .iter()
        .flat_map(|understood| &understood.api.operations)
        .map(|operation| (operation.method.to_ascii_lowercase(), operation.path.as_str()))
        .collect();
    let missing = operations
        .iter()
        .filter(|operation| !generated.contains(&(operation.method.to_owned(), operation.path)));
    missing
        .map(|operation| {
            let places = operation.places(root);
            let mut findings = outcome.findings.iter();
            let reason = findings.find(|finding| {
                let place = finding.place.as_ref();
                finding.severity == Severity::Error && place.is_some_and(|place| places.contains(place))
            });
            let name = format!("{} {}", operation.method.to_ascii_uppercase(), operation.path);
            (name, reason)
        })
        .collect()
}

impl Operation<'_> {
    /// Where everything stands that it is made of, references followed.
    fn places<'a>(&'a self, root: &'a Node) -> HashSet<&'a Place> {
        let mut places = HashSet::new();
        let mut waiting = self.parts.clone();
        while let Some(node) = waiting.pop() {
            if !places.insert(&node.place) {
                continue;
            }
            waiting.extend(target(root, node));
            waiting.extend(node.as_array().into_iter().flatten());
            for entry in node.as_object().into_iter().flat_map(|map| map.values()) {
                places.insert(&entry.key);
                waiting.push(&entry.node);
            }
        }
        places
    }
}

/// What a node refers to.
fn target<'a>(root: &'a Node, node: &Node) -> Option<&'a Node> {
    let reference = node.get("$ref").and_then(Node::as_str)?;
    Pointer::from_fragment(reference)?.find(root)
}
