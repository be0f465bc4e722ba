//! Choices: `const` and `enum`, with values of the schema's type, each once.
//!
//! Knows which values are of which type.

use indexmap::IndexSet;

use super::values::whole;
use super::{build, is_composed, keys};
use crate::diagnostic::{Finding, Place, codes};
use crate::front::normalize::Normalizer;
use crate::front::source::{ByValue, Map, Node, Value};

/// Whether a value is of a type, as `openapiv3` holds it.
pub(super) fn is_of(node: &Node, kind: &str) -> bool {
    match (&node.value, kind) {
        (Value::String(_), "string") | (Value::Bool(_), "boolean") | (Value::Number(_), "number") => true,
        (Value::Number(number), "integer") => number.is_i64(),
        _ => false,
    }
}

/// The value as one of a type: text as it is written, an integer without a point.
fn converted(node: &Node, kind: &str) -> Option<Node> {
    if is_of(node, kind) {
        return Some(node.clone());
    }
    match (&node.value, kind) {
        (_, "string") => build::written(node).map(|written| build::text(&node.place, written)),
        (Value::Number(number), "integer") => {
            let value = whole(number).and_then(|value| i64::try_from(value).ok())?;
            Some(build::node(&node.place, Value::Number(value.into())))
        }
        (Value::String(text), "integer") => {
            let value: i64 = text.trim().parse().ok()?;
            Some(build::node(&node.place, Value::Number(value.into())))
        }
        (Value::String(text), "number") => {
            let value: serde_json::Number = text.trim().parse().ok()?;
            Some(build::node(&node.place, Value::Number(value)))
        }
        (Value::String(text), "boolean") => text.parse().ok().map(|value| build::flag(&node.place, value)),
        _ => None,
    }
}

impl Normalizer<'_, '_> {
    /// Brings `const` and `enum` to an `enum` that fits the types; without types, it may tell the type.
    pub(super) fn choices(&mut self, map: &mut Map, types: &mut Vec<Node>, place: &Place) {
        if let Some(constant) = build::take(map, "const") {
            let at = constant.place.clone();
            build::put(map, "enum", build::list(&at, vec![constant]));
            build::put(map, keys::CONST, build::flag(&at, true));
        }
        let kinds: Vec<&str> = types.iter().filter_map(build::as_text).collect();
        self.choices_of_items(map, &kinds);
        let Some(Node {
            value: Value::Array(items),
            place: at,
            ..
        }) = build::take(map, "enum")
        else {
            return;
        };
        let (nulls, items): (Vec<Node>, Vec<Node>) = items.into_iter().partition(|item| item.value == Value::Null);
        let none = items.is_empty();
        let items = self.fitting(items, &kinds);
        if !nulls.is_empty() {
            build::put(map, "nullable", build::flag(&at, true));
        }
        if !items.is_empty() {
            types.extend(inferred_type(map, &items, &kinds));
            build::put(map, "enum", build::list(&at, items));
            return;
        }
        map.shift_remove(keys::CONST);
        match (none, nulls.is_empty()) {
            (true, false) => build::put(map, keys::NULL, build::flag(place, true)),
            (true, true) => self.warn(
                codes::EMPTY_ENUM,
                &at,
                "`enum` lists no values; it is ignored",
                "list the values, or remove it",
            ),
            (false, _) => {
                let message = "`enum` lists no value of the schema's type; it is ignored";
                self.warn(codes::EMPTY_ENUM, &at, message, "correct the `type` or the values");
            }
        }
    }

    /// Values listed for an array of scalars are those of its items.
    fn choices_of_items(&mut self, map: &mut Map, kinds: &[&str]) {
        let scalars = build::get_list(map, "enum").is_some_and(|values| {
            !values.is_empty()
                && values
                    .iter()
                    .all(|value| !matches!(value.value, Value::Array(_) | Value::Object(_)))
        });
        if kinds != ["array"] || !scalars {
            return;
        }
        let Some(values) = build::take(map, "enum") else { return };
        let message = "`enum` of an array lists values of its items; it is read as theirs";
        self.warn(codes::ENUM_OF_ARRAY, &values.place, message, "put it into `items`");
        let Some(Value::Object(items)) = map.get_mut("items").map(|entry| &mut entry.node.value) else {
            return;
        };
        let kind = build::get_text(items, "type").map(str::to_owned);
        if let (Some(kind), Value::Array(values), false) = (kind, values.value, items.contains_key("enum")) {
            let values: Vec<Node> = values.iter().filter_map(|value| converted(value, &kind)).collect();
            if !values.is_empty() {
                build::put(items, "enum", build::list(&values[0].place.clone(), values));
            }
        }
    }

    /// The values that are of one of the types, each once.
    fn fitting(&mut self, items: Vec<Node>, kinds: &[&str]) -> Vec<Node> {
        let mut kept: IndexSet<ByValue> = IndexSet::new();
        let mut refused = Vec::new();
        for item in items {
            let Some(value) = fit(&item, kinds) else {
                refused.push(item);
                continue;
            };
            if build::kind(&item) != build::kind(&value) {
                self.reread(&item, &value);
            }
            let value = ByValue(value);
            if !kept.contains(&value) {
                kept.insert(value);
                continue;
            }
            let written = build::written(&value.0).unwrap_or_else(|| build::kind(&value.0).to_owned());
            let message = format!("`enum` lists `{written}` twice");
            self.warn(codes::ENUM_DUPLICATE, &item.place, message, "remove one of them");
        }
        self.refused(&refused, kinds);
        kept.into_iter().map(|ByValue(value)| value).collect()
    }

    fn reread(&mut self, item: &Node, value: &Node) {
        let (found, wanted) = (build::kind(item), build::kind(value));
        let written = build::written(item).unwrap_or_default();
        let message = format!("`enum` lists `{written}`, which is {found}; it is read as {wanted}");
        let finding = Finding::warning(codes::ENUM_VALUE, item.place.clone(), message);
        self.tally.count(
            &format!("{found} {wanted}"),
            finding.help("correct the `type`, or the quotes around the value"),
        );
    }

    fn refused(&mut self, refused: &[Node], kinds: &[&str]) {
        let Some(first) = refused.first() else { return };
        let kinds = kinds.join("` or `");
        let message = match refused.len() {
            1 => format!(
                "`enum` lists {}, which is not of the type `{kinds}`; it is ignored",
                build::kind(first)
            ),
            count => format!("`enum` lists {count} values that are not of the type `{kinds}`; they are ignored"),
        };
        self.warn(
            codes::ENUM_VALUE,
            &first.place,
            message,
            "correct the `type` or the values",
        );
    }
}

fn fit(item: &Node, kinds: &[&str]) -> Option<Node> {
    if kinds.is_empty() {
        return Some(item.clone());
    }
    let as_is = kinds.iter().any(|kind| is_of(item, kind)).then(|| item.clone());
    as_is.or_else(|| kinds.iter().find_map(|kind| converted(item, kind)))
}

/// Values of one type tell a type that was left out.
fn inferred_type(map: &Map, items: &[Node], kinds: &[&str]) -> Option<Node> {
    if !kinds.is_empty() || is_composed(map) {
        return None;
    }
    let of = |kind: &&str| items.iter().all(|item| is_of(item, kind));
    let kind = ["string", "integer", "number", "boolean"].into_iter().find(of)?;
    items.first().map(|first| build::text(&first.place, kind))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use crate::front::normalize::keys;
    use crate::front::normalize::testing::schema;

    #[track_caller]
    fn assert_schema(text: &str, expected: &Json, findings: &[&str]) {
        let (read, found) = schema(text);
        assert_eq!(
            (&read, found.iter().map(String::as_str).collect::<Vec<_>>()),
            (expected, findings.to_vec())
        );
    }

    #[test]
    fn a_constant_is_an_enum_of_one() {
        assert_schema(
            "const: a",
            &json!({(keys::CONST): true, "type": "string", "enum": ["a"]}),
            &[],
        );
        assert_schema(
            "{type: integer, const: 1}",
            &json!({(keys::CONST): true, "enum": [1], "type": "integer"}),
            &[],
        );
        assert_schema(
            "{type: [string, integer], const: 1}",
            &json!({(keys::CONST): true, "type": "integer", "enum": [1]}),
            &[],
        );
    }

    #[test]
    fn null_in_an_enum_is_nullable() {
        assert_schema(
            "{type: string, enum: [a, null]}",
            &json!({"nullable": true, "enum": ["a"], "type": "string"}),
            &[],
        );
        assert_schema(
            "{type: string, enum: [null]}",
            &json!({"nullable": true, (keys::NULL): true}),
            &[],
        );
    }

    #[test]
    fn values_of_text_are_read_as_they_are_written() {
        assert_schema(
            "{type: string, enum: [no, 1.10, true, 2020-01-01, 0x1F]}",
            &json!({"enum": ["no", "1.10", "true", "2020-01-01", "0x1F"], "type": "string"}),
            &[
                "6:33 warning[enum-value] `enum` lists `1.10`, which is a number; it is read as text (the same in one more place)",
                "6:39 warning[enum-value] `enum` lists `true`, which is a boolean; it is read as text",
            ],
        );
    }

    #[test]
    fn numbers_in_quotes_are_read_as_numbers() {
        assert_schema(
            "{type: integer, enum: ['1', 2.0, 3]}",
            &json!({"enum": [1, 2, 3], "type": "integer"}),
            &["6:30 warning[enum-value] `enum` lists `1`, which is text; it is read as a number"],
        );
    }

    #[test]
    fn values_of_other_types_are_dropped() {
        assert_schema(
            "{type: integer, enum: [a, 1, [], 18446744073709551615]}",
            &json!({"enum": [1], "type": "integer"}),
            &["6:30 warning[enum-value] `enum` lists 3 values that are not of the type `integer`; they are ignored"],
        );
        assert_schema(
            "{type: object, enum: [a]}",
            &json!({"type": "object"}),
            &[
                "6:28 warning[empty-enum] `enum` lists no value of the schema's type; it is ignored",
                "6:29 warning[enum-value] `enum` lists text, which is not of the type `object`; it is ignored",
            ],
        );
    }

    #[test]
    fn values_stand_once_and_at_least_one_of_them() {
        assert_schema(
            "enum: [a, b, a]",
            &json!({"type": "string", "enum": ["a", "b"]}),
            &["6:20 warning[enum-duplicate] `enum` lists `a` twice"],
        );
        assert_schema(
            "{type: string, enum: []}",
            &json!({"type": "string"}),
            &["6:28 warning[empty-enum] `enum` lists no values; it is ignored"],
        );
    }

    #[test]
    fn values_of_an_array_are_those_of_its_items() {
        assert_schema(
            "{type: array, items: {type: string}, enum: [a, b]}",
            &json!({"items": {"type": "string", "enum": ["a", "b"]}, "type": "array"}),
            &["6:50 warning[enum-of-array] `enum` of an array lists values of its items; it is read as theirs"],
        );
    }
}
