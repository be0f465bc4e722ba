//! Bytes to a tree in which every value knows its place.
//!
//! Knows YAML, JSON and TOML; knows nothing of OpenAPI. Everything after this module works on [`Node`]s and never sees
//! which of the three languages a value was written in.

mod json;
mod node;
mod pointer;
mod toml;
mod yaml;

pub use node::{Entry, Map, Node, Value};
pub use pointer::Pointer;

use crate::diagnostic::Findings;

/// An input as it was read: a name for findings, and the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// What findings call it, usually its path as the user gave it.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// Reads JSON (by its first byte) or YAML. `None` where the input is not even a tree; the findings say why.
pub fn parse(source: &Source, findings: &mut Findings) -> Option<Node> {
    let first = source.text.trim_start_matches('\u{feff}').trim_start().as_bytes().first().copied();
    match first {
        Some(b'{' | b'[') => json::parse(source, findings),
        _ => yaml::parse(source, findings),
    }
}

/// Reads TOML.
pub fn parse_toml(source: &Source, findings: &mut Findings) -> Option<Node> {
    toml::parse(source, findings)
}
