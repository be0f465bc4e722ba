//! Tags: what an author says a node is.
//!
//! Knows the core schema's tags, whose word goes before what a scalar looks like; any other is left out with a warning.

use saphyr_parser::Tag;

use super::super::Value;
use super::super::scalar::{Plain, resolve};
use crate::diagnostic::{Finding, Findings, Place, codes};

/// What a scalar with a tag is.
pub(super) fn scalar(tag: &Tag, text: &str, plain: bool, place: &Place, findings: &mut Findings) -> Plain {
    let name = name(tag);
    let (resolved, fits) = match name.as_str() {
        // `!` alone stands for text too.
        "!" | "!!str" | "!!timestamp" | "!!binary" => return Plain::Text,
        "!!null" | "!!bool" | "!!int" | "!!float" => {
            let resolved = resolve(text);
            let fits = fits(&name, &resolved);
            (resolved, fits)
        }
        _ => {
            findings.push(unknown(&name, place));
            return if plain { resolve(text) } else { Plain::Text };
        }
    };
    if fits {
        return resolved;
    }
    let message = format!("the tag `{name}` does not fit `{text}`");
    let help = "correct the value or remove the tag; it is read as text";
    findings.push(Finding::warning(codes::UNFIT_TAG, place.clone(), message).help(help));
    Plain::Text
}

/// Reports the tag of a sequence or mapping, unless it says what the node is anyway: `!!seq` or `!!map`.
pub(super) fn collection(tag: Option<&Tag>, fitting: &str, place: &Place, findings: &mut Findings) {
    if let Some(name) = tag.map(name).filter(|name| name != fitting) {
        findings.push(unknown(&name, place));
    }
}

fn fits(name: &str, resolved: &Plain) -> bool {
    match (name, resolved) {
        ("!!null", Plain::Value(value)) => *value == Value::Null,
        ("!!bool", Plain::Value(value)) => matches!(value, Value::Bool(_)),
        ("!!int", Plain::Value(value)) => matches!(value, Value::Number(number) if !number.is_f64()),
        ("!!float", Plain::Value(value)) => matches!(value, Value::Number(_)),
        ("!!float", Plain::Unrepresentable) => true,
        _ => false,
    }
}

/// The tag as one writes it: `!!str`, however it is spelled here.
fn name(tag: &Tag) -> String {
    let full = format!("{}{}", tag.handle, tag.suffix);
    match full.strip_prefix("tag:yaml.org,2002:") {
        Some(core) => format!("!!{core}"),
        None => full,
    }
}

fn unknown(name: &str, place: &Place) -> Finding {
    let message = format!("the tag `{name}` is none of YAML's core schema");
    let help = "remove the tag; the value is read as if it had none";
    Finding::warning(codes::UNKNOWN_TAG, place.clone(), message).help(help)
}
