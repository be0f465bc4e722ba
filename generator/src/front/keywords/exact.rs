//! Keywords of schemas whose treatment depends on what stands beside them and around them.
//!
//! Knows what `normalize` and `lower` make of such keywords; the table has what holds otherwise.

use super::Treatment::{self, Documented, Ignored};
use super::table::{BY_SERVER, Row};
use crate::front::source::{Map, Node, Value};

/// Where a schema stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Position {
    /// It is what a field holds.
    Field,
    /// It is what an optional parameter, or a header, holds.
    Parameter,
    /// It is what a required parameter holds.
    Argument,
    /// It is a component.
    Component,
    /// Anywhere else: items, alternatives, bodies.
    Elsewhere,
}

impl Position {
    /// Whether what is said about a schema is shown with what holds it.
    const fn is_shown(self) -> bool {
        matches!(self, Self::Field | Self::Parameter | Self::Argument)
    }
}

/// Formats that are types of their own, or change what is shown.
const FORMATS: [&str; 14] = [
    "binary",
    "date",
    "date-time",
    "float",
    "int8",
    "int16",
    "int32",
    "int64",
    "password",
    "uint",
    "uint8",
    "uint16",
    "uint32",
    "uint64",
];

/// What says something about a schema without changing what it allows; `nullable` is among it.
const ANNOTATIONS: [&str; 9] = [
    "title",
    "description",
    "default",
    "example",
    "examples",
    "deprecated",
    "readOnly",
    "writeOnly",
    "nullable",
];

const SHOWN: &str = "is shown with fields and parameters";
const SHOWN_OF_RECORDS: &str = "is shown with fields, parameters and records";

const OF_ARGUMENT: &str = "in what is said of the argument";

/// Whether a keyword says something about a schema without changing what it allows: it counts beside a `$ref` in 3.0, too.
pub(crate) fn is_annotation(key: &str) -> bool {
    ANNOTATIONS.contains(&key)
}

/// What becomes of a key of a parameter: one that is required is an argument, which can be described only.
pub(super) fn of_parameter(row: &Row, parameter: &Map) -> (Treatment, &'static str) {
    match row.key {
        "deprecated" if is_argument(parameter) => (Documented, OF_ARGUMENT),
        "allowReserved" if text(parameter, "in") != Some("query") => (Ignored, "counts in a query"),
        _ => (row.treatment, row.why),
    }
}

/// What becomes of a key of a header: only objects can be written in two ways.
pub(super) fn of_header(row: &Row, header: &Map) -> (Treatment, &'static str) {
    let schema = value(header, "schema");
    let is_plain =
        matches!(schema, Some(Value::Object(schema)) if text(schema, "type").is_some_and(|name| name != "object"));
    match row.key {
        "explode" if is_plain => (Ignored, "only an object can be written in two ways"),
        _ => (row.treatment, row.why),
    }
}

/// Whether a parameter cannot be left out.
pub(super) fn is_argument(parameter: &Map) -> bool {
    let required = value(parameter, "required") == Some(&Value::Bool(true));
    required || text(parameter, "in") == Some("path")
}

/// What becomes of a keyword that the table has.
pub(super) fn treatment(row: &Row, schema: &Map, position: Position, is_3_0: bool) -> (Treatment, &'static str) {
    if is_3_0 && row.key != "$ref" && schema.contains_key("$ref") && !is_annotation(row.key) {
        return (Ignored, "beside a `$ref` in OpenAPI 3.0");
    }
    if row.owner().is_some_and(|owner| !concerns(owner, schema)) {
        return (Ignored, "does not concern the `type` beside it");
    }
    if row.key == "deprecated" && position == Position::Argument && !is_named(schema) {
        return (Documented, OF_ARGUMENT);
    }
    let lost = match row.key {
        "format" => (!is_known(schema)).then_some("a format without a type of its own"),
        "enum" => (!are_texts(schema)).then_some("values that are no texts are not listed by a type"),
        "const" => is_nested(schema).then_some("a constant object or list is any JSON"),
        "readOnly" | "writeOnly" => (position != Position::Field).then_some("counts where a field has it"),
        "title" => {
            let named = position == Position::Elsewhere && is_named(schema);
            (!named).then_some("there is another name, or no type to name")
        }
        "description" | "deprecated" => {
            let shown = position.is_shown() || is_named(schema);
            (!shown).then_some("there is no field and no type of its own to show it with")
        }
        "discriminator" => {
            let alternatives = schema.contains_key("oneOf") || schema.contains_key("anyOf");
            (!alternatives).then_some("there are no alternatives beside it")
        }
        "contentEncoding" => {
            (text(schema, "contentEncoding") != Some("binary")).then_some("a text stays as it is encoded")
        }
        "contentMediaType" => (!is_file(schema)).then_some("a text stays text"),
        "contentSchema" => Some("only the data of server-sent events is read by it"),
        "default" => (!position.is_shown()).then_some(SHOWN),
        _ if row.why == BY_SERVER => (!position.is_shown() && !is_record(schema)).then_some(SHOWN_OF_RECORDS),
        _ => None,
    };
    lost.map_or((row.treatment, row.why), |why| (Ignored, why))
}

/// What becomes of a keyword that is not JSON Schema's.
pub(super) fn unknown(schema: &Map, position: Position) -> (Treatment, &'static str) {
    if position.is_shown() || is_record(schema) {
        (Documented, "unknown; shown as it is written")
    } else {
        (Ignored, "unknown")
    }
}

/// Whether a keyword of one type of values concerns a schema.
fn concerns(owner: &str, schema: &Map) -> bool {
    let types = match value(schema, "type") {
        Some(Value::String(name)) => vec![name.as_str()],
        Some(Value::Array(names)) => names.iter().filter_map(Node::as_str).collect(),
        _ => Vec::new(),
    };
    types.is_empty()
        || types
            .iter()
            .any(|name| *name == owner || (*name, owner) == ("integer", "number"))
}

/// Whether a schema gets a type with a name.
fn is_named(schema: &Map) -> bool {
    let made = ["properties", "oneOf", "anyOf", "allOf"];
    made.iter().any(|key| schema.contains_key(*key)) || (schema.contains_key("enum") && are_texts(schema))
}

fn is_record(schema: &Map) -> bool {
    matches!(value(schema, "properties"), Some(Value::Object(properties)) if !properties.is_empty())
}

fn is_known(schema: &Map) -> bool {
    text(schema, "format").is_some_and(|format| FORMATS.contains(&format))
}

fn are_texts(schema: &Map) -> bool {
    match (value(schema, "type"), value(schema, "enum")) {
        (Some(Value::String(name)), _) => name == "string",
        (_, Some(Value::Array(values))) => {
            let others = |value: &&Node| !matches!(value.value, Value::String(_) | Value::Null);
            !values.iter().any(|value| others(&value))
        }
        _ => false,
    }
}

fn is_nested(schema: &Map) -> bool {
    matches!(value(schema, "const"), Some(Value::Object(_) | Value::Array(_)))
}

/// Whether a media type makes a file of a text.
fn is_file(schema: &Map) -> bool {
    let text_like = |name: &str| name.starts_with("text/") || name.contains("json") || name.contains("xml");
    let beside = schema.contains_key("format") || schema.contains_key("contentEncoding");
    !beside && text(schema, "contentMediaType").is_some_and(|name| !text_like(name))
}

fn value<'m>(schema: &'m Map, key: &str) -> Option<&'m Value> {
    schema.get(key).map(|entry| &entry.node.value)
}

fn text<'m>(schema: &'m Map, key: &str) -> Option<&'m str> {
    schema.get(key)?.node.as_str()
}
