//! Bytes to a tree in which every value knows its place.
//!
//! Knows YAML, JSON and TOML; knows nothing of OpenAPI. Everything after this module works on [`Node`]s and never sees
//! which of the three languages a value was written in.

mod json;
mod lines;
mod node;
mod pointer;
mod scalar;
mod toml;
mod yaml;

pub(crate) use node::ByValue;
pub use node::{Entry, Map, Node, Value};
pub use pointer::Pointer;
pub(crate) use pointer::percent_decode;

use indexmap::map::Entry as Slot;

use crate::diagnostic::{Finding, Findings, Place, codes};

/// How many collections may lie in one another.
const MAX_DEPTH: usize = 512;

/// How many values a file may hold: what is made of so many fits into the memory of an ordinary machine.
const MAX_VALUES: usize = 2_000_000;

/// An input as it was read: a name for findings, and the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// What findings call it, usually its path as the user gave it.
    pub name: String,
    /// Its text.
    pub text: String,
}

impl Source {
    /// How many bytes a file may have that is read: 64 MiB.
    pub const MAX_BYTES: usize = 64 << 20;

    /// An input from its bytes. `None` where they are not UTF-8, and the finding names the first byte that is not; or where
    /// there are more than [`Source::MAX_BYTES`], however many.
    pub fn decode(name: impl Into<String>, bytes: Vec<u8>, findings: &mut Findings) -> Option<Self> {
        let name = name.into();
        if bytes.len() > Self::MAX_BYTES {
            findings.push(too_many_bytes(&name));
            return None;
        }
        let error = match String::from_utf8(bytes) {
            Ok(text) => return Some(Self { name, text }),
            Err(error) => error,
        };
        let valid = error.utf8_error().valid_up_to();
        let text = String::from_utf8_lossy(error.as_bytes());
        // Up to there the lossy text is the same as the bytes.
        let place = lines::Lines::new(&name, &text).place(valid);
        let message = "the file is not UTF-8 text from here on";
        findings.push(Finding::error(codes::NOT_UTF8, place, message).help("save it as UTF-8"));
        None
    }
}

/// Reads JSON (by its first byte) or YAML. `None` where the input is not even a tree; the findings say why.
pub fn parse(source: &Source, findings: &mut Findings) -> Option<Node> {
    if source.text.len() > Source::MAX_BYTES {
        findings.push(too_many_bytes(&source.name));
        return None;
    }
    let first = source
        .text
        .trim_start_matches('\u{feff}')
        .trim_start()
        .as_bytes()
        .first()
        .copied();
    match first {
        Some(b'{' | b'[') => json::parse(source, findings),
        _ => yaml::parse(source, findings),
    }
}

/// Reads TOML.
pub fn parse_toml(source: &Source, findings: &mut Findings) -> Option<Node> {
    if source.text.len() > Source::MAX_BYTES {
        findings.push(too_many_bytes(&source.name));
        return None;
    }
    toml::parse(source, findings)
}

/// Puts an entry into a mapping; of two with the same key, the last one counts.
fn insert(map: &mut Map, name: String, entry: Entry, findings: &mut Findings) {
    match map.entry(name) {
        Slot::Vacant(slot) => {
            slot.insert(entry);
        }
        Slot::Occupied(mut slot) => {
            let message = format!("the key `{}` is given twice; the last one counts", slot.key());
            let help = format!("keep one of the two; the other is on line {}", slot.get().key.line);
            findings.push(Finding::warning(codes::DUPLICATE_KEY, entry.key.clone(), message).help(help));
            slot.insert(entry);
        }
    }
}

/// A number that JSON has no word for.
fn unrepresentable(place: Place, text: &str) -> Finding {
    let message = format!("`{text}` is no number that JSON can express; it is read as text");
    Finding::warning(codes::UNREPRESENTABLE_NUMBER, place, message)
        .help("write a finite number of at most 64 bits, or quotes around it")
}

fn too_many_bytes(name: &str) -> Finding {
    let message = format!(
        "the file has more than {} MiB, and is not read",
        Source::MAX_BYTES >> 20
    );
    too_large(lines::start(name), message)
}

fn too_many_values(place: Place) -> Finding {
    too_large(
        place,
        format!("the file holds more than {MAX_VALUES} values, and is not read"),
    )
}

fn too_large(place: Place, message: String) -> Finding {
    Finding::error(codes::FILE_TOO_LARGE, place, message)
        .help("split the API into several documents; long examples may go, as the client has none of them")
}

/// More nesting than any document that is meant seriously.
fn too_deep(place: Place) -> Finding {
    let message = "arrays and objects lie in one another too deeply to be read";
    Finding::error(codes::NESTING_TOO_DEEP, place, message)
        .help("name inner parts under `components` and refer to them by `$ref`")
}

#[cfg(test)]
mod tests;
