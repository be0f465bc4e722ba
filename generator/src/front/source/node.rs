//! The tree: JSON's data model, with a place at every key and value.
//!
//! Knows nothing of the language that a tree was written in, nor of what it means.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::mem::discriminant;

use indexmap::IndexMap;

use crate::diagnostic::Place;

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Where the value begins.
    pub place: Place,
    /// The value.
    pub value: Value,
    /// The scalar as it is written, where it is none of the strings: `1.10` or `true`. An `enum` of strings reads its
    /// items back from here.
    pub text: Option<Box<str>>,
}

/// JSON's data model. A YAML scalar is resolved by YAML 1.2's core schema: a bare `no` is a string.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// An integer or a float; integers beyond 64 bits become floats.
    Number(serde_json::Number),
    /// Text.
    String(String),
    /// A sequence.
    Array(Vec<Node>),
    /// A mapping, in the order in which it is written.
    Object(Map),
}

/// A mapping's entries, in the order in which they are written.
pub type Map = IndexMap<String, Entry>;

/// One value of a mapping, with its key's place.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Where the key stands.
    pub key: Place,
    /// The value.
    pub node: Node,
}

impl Node {
    /// A value that is not a scalar of its own spelling: a string, an array or an object.
    pub fn new(place: Place, value: Value) -> Self {
        Self {
            place,
            value,
            text: None,
        }
    }

    /// The text of a string.
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The value of a boolean.
    pub fn as_bool(&self) -> Option<bool> {
        match self.value {
            Value::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// The value of a whole number that is not negative.
    pub fn as_u64(&self) -> Option<u64> {
        match &self.value {
            Value::Number(number) => number.as_u64(),
            _ => None,
        }
    }

    /// The value of a number.
    pub fn as_f64(&self) -> Option<f64> {
        match &self.value {
            Value::Number(number) => number.as_f64(),
            _ => None,
        }
    }

    /// The items of an array.
    pub fn as_array(&self) -> Option<&[Self]> {
        match &self.value {
            Value::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The entries of an object.
    pub fn as_object(&self) -> Option<&Map> {
        match &self.value {
            Value::Object(map) => Some(map),
            _ => None,
        }
    }

    /// The value under a key; `None` also where this is no object.
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.entry(key).map(|entry| &entry.node)
    }

    /// The entry under a key; `None` also where this is no object.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.as_object()?.get(key)
    }

    /// A scalar as it is written: a string's text, and `1.10`, `true` or `null` for the others.
    pub fn written(&self) -> Option<&str> {
        self.as_str().or(self.text.as_deref())
    }

    /// What it is, for messages: `a string`.
    pub const fn kind_name(&self) -> &'static str {
        match self.value {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::Array(_) => "an array",
            Value::Object(_) => "an object",
        }
    }

    /// The value without places.
    pub fn to_json(&self) -> serde_json::Value {
        match &self.value {
            Value::Null => serde_json::Value::Null,
            Value::Bool(value) => (*value).into(),
            Value::Number(number) => number.clone().into(),
            Value::String(text) => text.as_str().into(),
            Value::Array(items) => items.iter().map(Self::to_json).collect(),
            Value::Object(map) => map
                .iter()
                .map(|(key, entry)| (key.clone(), entry.node.to_json()))
                .collect(),
        }
    }

    /// Whether two values are the same, wherever they stand and however they are written.
    pub fn same_value(&self, other: &Self) -> bool {
        match (&self.value, &other.value) {
            (Value::Array(left), Value::Array(right)) => {
                left.len() == right.len() && left.iter().zip(right).all(|(left, right)| left.same_value(right))
            }
            (Value::Object(left), Value::Object(right)) => {
                let same = |(key, entry): (&String, &Entry)| {
                    right.get(key).is_some_and(|other| entry.node.same_value(&other.node))
                };
                left.len() == right.len() && left.iter().all(same)
            }
            (left, right) => left == right,
        }
    }
}

/// A node that equals another when both hold the same value, wherever they stand: for sets of values.
#[derive(Debug, Clone)]
pub(crate) struct ByValue(pub(crate) Node);

impl PartialEq for ByValue {
    fn eq(&self, other: &Self) -> bool {
        self.0.same_value(&other.0)
    }
}

impl Eq for ByValue {}

impl Hash for ByValue {
    fn hash<H: Hasher>(&self, state: &mut H) {
        digest(&self.0).hash(state);
    }
}

/// A number that is the same for all values that are.
fn digest(node: &Node) -> u64 {
    let mut state = DefaultHasher::new();
    discriminant(&node.value).hash(&mut state);
    match &node.value {
        Value::Null => {}
        Value::Bool(value) => value.hash(&mut state),
        Value::Number(number) => number.hash(&mut state),
        Value::String(text) => text.hash(&mut state),
        Value::Array(items) => items.iter().for_each(|item| digest(item).hash(&mut state)),
        // The order of keys does not count.
        Value::Object(map) => {
            let entries = map.iter().map(|(key, entry)| {
                let mut state = DefaultHasher::new();
                (key, digest(&entry.node)).hash(&mut state);
                state.finish()
            });
            entries.fold(0, u64::wrapping_add).hash(&mut state);
        }
    }
    state.finish()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::super::{Source, parse};
    use super::*;
    use crate::diagnostic::Findings;

    #[test]
    fn equal_values_are_one() {
        let source = Source {
            name: "f".to_owned(),
            text: "---\n[1, 1.0, '1', -0.0, 0.0, null, false, [1, 2], [2, 1], {a: 1, b: 2}, {b: 2, a: 1}, {a: 2, b: 1}, 1, null, [1, 2]]"
                .to_owned(),
        };
        let root = parse(&source, &mut Findings::new());
        let items = root.as_ref().and_then(Node::as_array).unwrap_or_default();
        let mut known = HashSet::new();
        let new: Vec<bool> = items.iter().map(|item| known.insert(ByValue(item.clone()))).collect();
        let expected = [
            true, true, true, true, false, true, true, true, true, true, false, true, false, false, false,
        ];
        assert_eq!(new, expected);
    }
}
