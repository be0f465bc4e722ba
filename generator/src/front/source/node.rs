//! The tree: JSON's data model, with a place at every key and value.
//!
//! Knows nothing of the language that a tree was written in, nor of what it means.

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
