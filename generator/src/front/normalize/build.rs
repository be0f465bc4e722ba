//! Small tools to make, look at and compare nodes. Knows the tree only.

use indexmap::IndexSet;

use crate::diagnostic::Place;
use crate::front::source::{ByValue, Entry, Map, Node, Value};

/// A node at a place.
pub(super) fn node(place: &Place, value: Value) -> Node {
    Node {
        place: place.clone(),
        value,
        text: None,
    }
}

/// Text at a place.
pub(super) fn text(place: &Place, text: impl Into<String>) -> Node {
    node(place, Value::String(text.into()))
}

/// A boolean at a place.
pub(super) fn flag(place: &Place, value: bool) -> Node {
    node(place, Value::Bool(value))
}

/// An object at a place.
pub(super) fn object(place: &Place, map: Map) -> Node {
    node(place, Value::Object(map))
}

/// A list at a place.
pub(super) fn list(place: &Place, items: Vec<Node>) -> Node {
    node(place, Value::Array(items))
}

/// `{}` at a place: the schema that allows everything.
pub(super) fn empty(place: &Place) -> Node {
    object(place, Map::new())
}

/// Sets a key; a new one stands where its value stands.
pub(super) fn put(map: &mut Map, key: &str, node: Node) {
    map.insert(
        key.to_owned(),
        Entry {
            key: node.place.clone(),
            node,
        },
    );
}

/// Takes a key out, keeping the order of the others.
pub(super) fn take(map: &mut Map, key: &str) -> Option<Node> {
    map.shift_remove(key).map(|entry| entry.node)
}

/// The value of a key.
pub(super) fn get<'m>(map: &'m Map, key: &str) -> Option<&'m Node> {
    map.get(key).map(|entry| &entry.node)
}

/// The text of a key.
pub(super) fn get_text<'m>(map: &'m Map, key: &str) -> Option<&'m str> {
    get(map, key).and_then(as_text)
}

/// Whether a key is there and `true`.
pub(super) fn is_set(map: &Map, key: &str) -> bool {
    matches!(
        get(map, key),
        Some(Node {
            value: Value::Bool(true),
            ..
        })
    )
}

/// The items of a key's list.
pub(super) fn get_list<'m>(map: &'m Map, key: &str) -> Option<&'m [Node]> {
    match get(map, key) {
        Some(Node {
            value: Value::Array(items),
            ..
        }) => Some(items),
        _ => None,
    }
}

/// The object of a key.
pub(super) fn get_map<'m>(map: &'m Map, key: &str) -> Option<&'m Map> {
    get(map, key).and_then(as_map)
}

/// The text, where the node is one.
pub(super) fn as_text(node: &Node) -> Option<&str> {
    match &node.value {
        Value::String(text) => Some(text),
        _ => None,
    }
}

/// The entries, where the node is an object.
pub(super) fn as_map(node: &Node) -> Option<&Map> {
    match &node.value {
        Value::Object(map) => Some(map),
        _ => None,
    }
}

/// What a finding calls the node's kind.
pub(super) fn kind(node: &Node) -> &'static str {
    match node.value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// A scalar other than null, as it is written in the source.
pub(super) fn written(node: &Node) -> Option<String> {
    let value = match &node.value {
        Value::String(text) => return Some(text.clone()),
        Value::Bool(value) => value.to_string(),
        Value::Number(value) => value.to_string(),
        _ => return None,
    };
    Some(node.text.as_deref().map_or(value, str::to_owned))
}

/// The nodes whose values are new, in their order.
pub(super) fn distinct(items: impl IntoIterator<Item = Node>) -> Vec<Node> {
    let known: IndexSet<ByValue> = items.into_iter().map(ByValue).collect();
    known.into_iter().map(|ByValue(node)| node).collect()
}
