//! Choices: `const` and `enum`, with values of the schema's type, each once.
//!
//! Knows which values are of which type.

use super::values::whole;
use super::{build, is_composed, keys};
use crate::diagnostic::Place;
use crate::front::normalize::Normalizer;
use crate::front::source::{Map, Node, Value};

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
        _ => None,
    }
}

impl Normalizer<'_, '_> {
    /// Brings `const` and `enum` to an `enum` that fits the types; without types, it may tell the type.
    pub(super) fn choices(&mut self, map: &mut Map, types: &[Node], place: &Place) {
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
            infer_type(map, &items, &kinds);
            build::put(map, "enum", build::list(&at, items));
            return;
        }
        map.shift_remove(keys::CONST);
        match (none, nulls.is_empty()) {
            (true, false) => build::put(map, keys::NULL, build::flag(place, true)),
            (true, true) => self.warn(
                "empty-enum",
                &at,
                "`enum` lists no values; it is ignored",
                "list the values, or remove it",
            ),
            (false, _) => {
                let message = "`enum` lists no value of the schema's type; it is ignored";
                self.warn("empty-enum", &at, message, "correct the `type` or the values");
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
        self.warn("enum-of-array", &values.place, message, "put it into `items`");
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
        let mut kept: Vec<Node> = Vec::new();
        let mut reread = None;
        for item in items {
            let Some(value) = fit(&item, kinds) else {
                let message = format!(
                    "`enum` lists {}, which is not of the schema's type; it is ignored",
                    build::kind(&item)
                );
                self.warn("enum-value", &item.place, message, "correct the `type` or the value");
                continue;
            };
            if kinds == ["string"] && !matches!(item.value, Value::String(_)) {
                reread.get_or_insert_with(|| item.clone());
            }
            if kept.iter().any(|other| build::same(other, &value)) {
                let written = build::written(&value).unwrap_or_else(|| build::kind(&value).to_owned());
                let message = format!("`enum` lists `{written}` twice");
                self.warn("enum-duplicate", &item.place, message, "remove one of them");
            } else {
                kept.push(value);
            }
        }
        if let Some(item) = reread {
            let written = build::written(&item).unwrap_or_default();
            let message = format!(
                "`enum` of text lists {}; it is read as the text `{written}`",
                build::kind(&item)
            );
            self.warn("enum-value", &item.place, message, "put the value in quotes");
        }
        kept
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
fn infer_type(map: &mut Map, items: &[Node], kinds: &[&str]) {
    if !kinds.is_empty() || is_composed(map) {
        return;
    }
    let kind = ["string", "integer", "number", "boolean"]
        .into_iter()
        .find(|kind| items.iter().all(|item| is_of(item, kind)));
    if let (Some(kind), Some(first)) = (kind, items.first()) {
        build::put(map, "type", build::text(&first.place, kind));
    }
}
