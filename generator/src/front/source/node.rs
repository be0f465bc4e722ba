//! The tree: JSON's data model, with a place at every key and value.

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
