//! What the normalised document says of a value at a certain place: formats and bounds, which the IR keeps as words.
//!
//! Knows JSON Schema's keywords, as far as OpenAPI 3.0 has them.

use clientsmith::front::source::{Node, Pointer};
use serde_json::{Value, json};

use super::subject::Api;

/// Longer chains of references do not lead anywhere.
const HOPS: usize = 16;

/// A place in the document, or none.
#[derive(Debug, Clone, Copy)]
pub(super) struct Schema<'a> {
    root: &'a Node,
    node: Option<&'a Node>,
}

impl<'a> Schema<'a> {
    /// The place that a pointer leads to.
    pub(super) fn at(api: &'a Api, pointer: &str) -> Self {
        let root = &api.normalized;
        let node = Pointer::from_fragment(pointer).and_then(|pointer| pointer.find(root));
        Self { root, node }
    }

    /// This place, if there is one, or else another.
    pub(super) fn or_else(self, other: impl FnOnce() -> Self) -> Self {
        if self.node.is_some() { self } else { other() }
    }

    /// What stands under a key.
    pub(super) fn child(self, key: &str) -> Self {
        Self {
            node: self.get(key),
            ..self
        }
    }

    /// A property's schema.
    pub(super) fn property(self, name: &str) -> Self {
        let node = self
            .node
            .and_then(|node| self.through(node, HOPS, &|node| node.get("properties")?.get(name)));
        Self { node, ..self }
    }

    /// One of several alternatives, if they are still as many.
    pub(super) fn alternative(self, index: usize, count: usize) -> Self {
        let list = self.get("oneOf").or_else(|| self.get("anyOf")).and_then(Node::as_array);
        let list = list.filter(|list| list.len() == count);
        Self {
            node: list.and_then(|list| list.get(index)),
            ..self
        }
    }

    /// The schema of a body's media type.
    pub(super) fn content(self, media_type: &str) -> Self {
        self.child("content").child(media_type).child("schema")
    }

    fn get(self, key: &str) -> Option<&'a Node> {
        self.through(self.node?, HOPS, &|node| node.get(key))
    }

    /// What a schema says itself, or what it refers to, or a part of it.
    fn through(self, node: &'a Node, hops: usize, find: &impl Fn(&'a Node) -> Option<&'a Node>) -> Option<&'a Node> {
        if hops == 0 {
            return None;
        }
        let own = find(node);
        let referred = || Pointer::from_fragment(node.get("$ref")?.as_str()?)?.find(self.root);
        let parts = || node.get("allOf").and_then(Node::as_array).into_iter().flatten();
        own.or_else(|| self.through(referred()?, hops - 1, find))
            .or_else(|| parts().find_map(|part| self.through(part, hops - 1, find)))
    }

    /// The text under a key.
    pub(super) fn text(self, key: &str) -> Option<&'a str> {
        self.get(key)?.as_str()
    }

    /// The count under a key.
    pub(super) fn count(self, key: &str) -> Option<usize> {
        usize::try_from(self.get(key)?.as_u64()?).ok()
    }

    fn is(self, key: &str) -> bool {
        self.get(key).and_then(Node::as_bool).unwrap_or_default()
    }

    /// A number: the least, the greatest, or one between them.
    pub(super) fn number(self, round: usize) -> Value {
        let bound = |key| self.get(key).and_then(|node| node.to_json().as_f64());
        let step = |key| if self.is(key) { 0.5 } else { 0.0 };
        let least = bound("minimum").map(|bound| bound + step("exclusiveMinimum"));
        let most = bound("maximum").map(|bound| bound - step("exclusiveMaximum"));
        match (round % 3, least, most) {
            (0, Some(least), _) => json!(least),
            (1, _, Some(most)) => json!(most),
            (_, least, most) => json!(1.5_f64.max(least.unwrap_or(f64::MIN)).min(most.unwrap_or(f64::MAX))),
        }
    }

    /// An integer: the least, the greatest, or one between them.
    pub(super) fn integer(self, round: usize) -> i64 {
        let bound = |key| {
            let value = self.get(key)?.to_json();
            // A whole number may be written as `1.0`; beyond 2^53 none is a bound of what can be sent here.
            #[allow(clippy::cast_possible_truncation, reason = "a bound is a whole number")]
            value.as_i64().or_else(|| value.as_f64().map(|value| value as i64))
        };
        let step = |key| i64::from(self.is(key));
        let least = bound("minimum").map(|bound| bound + step("exclusiveMinimum"));
        let most = bound("maximum").map(|bound| bound - step("exclusiveMaximum"));
        match (round % 3, least, most) {
            (0, Some(least), _) => least,
            (1, _, Some(most)) => most,
            (_, least, most) => 1.max(least.unwrap_or(i64::MIN)).min(most.unwrap_or(i64::MAX)),
        }
    }
}
