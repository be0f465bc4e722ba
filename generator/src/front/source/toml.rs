//! TOML 1.0 to a tree. Dates and times are text, as they are in YAML and JSON.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::lines::Lines;
use super::scalar::{Plain, decimal};
use super::{Entry, Map, Node, Source, Value, unrepresentable};
use crate::diagnostic::{Finding, Findings, Place, codes};

pub(super) fn parse(source: &Source, findings: &mut Findings) -> Option<Node> {
    let text = source.text.trim_start_matches('\u{feff}');
    let lines = Lines::new(&source.name, text);
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        let place = lines.place(error.span().map_or(0, |span| span.start));
        let message = format!("this is not valid TOML: {}", error.message());
        findings.push(Finding::error(codes::MALFORMED_TOML, place, message).help("write it as https://toml.io has it"));
    }
    if !errors.is_empty() {
        return None;
    }
    let mut reader = Reader { lines, findings };
    let place = reader.lines.place(0);
    Some(Node::new(place, Value::Object(reader.map(table.into_inner()))))
}

struct Reader<'t, 'f> {
    lines: Lines<'t>,
    findings: &'f mut Findings,
}

impl Reader<'_, '_> {
    fn map(&mut self, table: DeTable<'_>) -> Map {
        let entry = |(key, value): (Spanned<_>, _)| {
            let place = self.lines.place(key.span().start);
            let name: std::borrow::Cow<'_, str> = key.into_inner();
            (
                name.into_owned(),
                Entry {
                    key: place,
                    node: self.node(value),
                },
            )
        };
        table.into_iter().map(entry).collect()
    }

    /// Recursion is bounded: the parser refuses documents that are nested too deeply.
    fn node(&mut self, value: Spanned<DeValue<'_>>) -> Node {
        let place = self.lines.place(value.span().start);
        let (value, text) = match value.into_inner() {
            DeValue::String(text) => (Value::String(text.into_owned()), None),
            DeValue::Boolean(value) => (Value::Bool(value), Some(value.to_string())),
            DeValue::Datetime(value) => (Value::String(value.to_string()), None),
            DeValue::Float(float) => self.number(float.as_str().to_owned(), &place),
            DeValue::Integer(integer) => match i64::from_str_radix(integer.as_str(), integer.radix()) {
                Ok(value) => (Value::Number(value.into()), Some(integer.to_string())),
                Err(_) => self.number(integer.to_string(), &place),
            },
            DeValue::Array(items) => (
                Value::Array(items.into_iter().map(|item| self.node(item)).collect()),
                None,
            ),
            DeValue::Table(table) => (Value::Object(self.map(table)), None),
        };
        Node {
            place,
            value,
            text: text.map(String::into_boxed_str),
        }
    }

    fn number(&mut self, text: String, place: &Place) -> (Value, Option<String>) {
        if let Plain::Value(value) = decimal(&text) {
            return (value, Some(text));
        }
        self.findings.push(unrepresentable(place.clone(), &text));
        (Value::String(text), None)
    }
}
