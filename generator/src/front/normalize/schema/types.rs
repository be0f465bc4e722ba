//! Types: one per schema. Several become alternatives; invented ones become what they mean.
//!
//! Knows `type`, and which keyword says something about which type.

use super::{Context, build, is_annotation, is_composed, keys};
use crate::diagnostic::{Place, codes};
use crate::front::keywords;
use crate::front::normalize::Normalizer;
use crate::front::source::{Map, Node, Value};

/// The types of 3.0.
const TYPES: [&str; 6] = ["string", "number", "integer", "boolean", "object", "array"];

/// What people write for a type, and what they mean: a type (none: any) and a format.
const INVENTED: [(&str, Option<&str>, Option<&str>); 25] = [
    ("file", Some("string"), Some("binary")),
    ("binary", Some("string"), Some("binary")),
    ("date", Some("string"), Some("date")),
    ("datetime", Some("string"), Some("date-time")),
    ("date-time", Some("string"), Some("date-time")),
    ("timestamp", Some("string"), Some("date-time")),
    ("uuid", Some("string"), Some("uuid")),
    ("uri", Some("string"), Some("uri")),
    ("url", Some("string"), Some("uri")),
    ("str", Some("string"), None),
    ("text", Some("string"), None),
    ("int", Some("integer"), None),
    ("int32", Some("integer"), Some("int32")),
    ("int64", Some("integer"), Some("int64")),
    ("long", Some("integer"), Some("int64")),
    ("float", Some("number"), Some("float")),
    ("double", Some("number"), Some("double")),
    ("decimal", Some("number"), None),
    ("bool", Some("boolean"), None),
    ("list", Some("array"), None),
    ("map", Some("object"), None),
    ("dict", Some("object"), None),
    ("any", None, None),
    ("mixed", None, None),
    ("none", None, None),
];

/// The type that a keyword says something about; number stands for integer too. None for those of every type.
fn owner(key: &str) -> Option<&'static str> {
    keywords::keyword(key)?.owner()
}

/// Whether a keyword has an effect on a type.
fn belongs(key: &str, kind: &str, format: Option<&str>) -> bool {
    match (key, kind) {
        ("format", "integer" | "number" | "string") => format.is_none_or(|format| format_fits(format, kind)),
        ("format", _) | ("enum", "object" | "array") => false,
        (_, "integer") => owner(key).is_none_or(|owner| owner == "number"),
        _ => owner(key).is_none_or(|owner| owner == kind),
    }
}

/// Whether a format is meant for a type, where a schema has several.
fn format_fits(format: &str, kind: &str) -> bool {
    let integer = format.starts_with("int") || format.starts_with("uint");
    let number = matches!(format, "float" | "double" | "decimal");
    match kind {
        "integer" => integer,
        "number" => number || integer,
        _ => !integer && !number,
    }
}

impl Normalizer<'_, '_> {
    /// Takes the types out of a schema, each with its place. Null among them becomes `nullable`.
    pub(super) fn types(&mut self, map: &mut Map) -> Vec<Node> {
        let Some(node) = build::take(map, "type") else {
            return Vec::new();
        };
        let place = node.place.clone();
        let (names, several) = match node.value {
            Value::Array(items) => (items, true),
            _ => (vec![node], false),
        };
        let mut types: Vec<Node> = Vec::new();
        let (mut null, mut any) = (false, several && names.is_empty());
        for name in names {
            match name.value {
                Value::Null => null = true,
                Value::String(ref text) if text == "null" => null = true,
                _ => match self.type_name(&name, map) {
                    Some(kind) => types.push(build::text(&name.place, kind)),
                    None => any = true,
                },
            }
        }
        if any {
            types.clear();
        } else if null {
            build::put(map, "nullable", build::flag(&place, true));
            if types.is_empty() {
                build::put(map, keys::NULL, build::flag(&place, true));
            }
        }
        if types.iter().any(|kind| build::as_text(kind) == Some("number")) {
            types.retain(|kind| build::as_text(kind) != Some("integer"));
        }
        build::distinct(types)
    }

    /// The type that a name means. `None` where it means any, or nothing.
    fn type_name(&mut self, node: &Node, map: &mut Map) -> Option<&'static str> {
        let Some(text) = build::as_text(node) else {
            self.malformed("type", node, "the name of a type");
            return None;
        };
        if let Some(kind) = TYPES.into_iter().find(|kind| *kind == text) {
            return Some(kind);
        }
        let lower = text.trim().to_ascii_lowercase();
        let known = TYPES
            .into_iter()
            .find(|kind| *kind == lower)
            .map(|kind| (Some(kind), None));
        let meant = INVENTED
            .into_iter()
            .find(|(name, ..)| *name == lower)
            .map(|(_, kind, format)| (kind, format));
        let (kind, format) = known.or(meant).unwrap_or((None, None));
        let message = match kind {
            Some(kind) => format!("`{text}` is no type; it is taken for `{kind}`"),
            None => format!("`{text}` is no type; any value is allowed"),
        };
        let help = format!("use one of: {}", TYPES.join(", "));
        self.warn(codes::UNKNOWN_TYPE, &node.place, message, &help);
        if let Some(format) = format.filter(|_| !map.contains_key("format")) {
            build::put(map, "format", build::text(&node.place, format));
        }
        kind
    }

    /// Puts the one type back, or makes an alternative of each of several.
    pub(super) fn single_types(&mut self, map: &mut Map, mut types: Vec<Node>, place: &Place, context: Context) {
        if types.len() > 1 {
            // Where a composition says what is allowed, a list of types beside it adds nothing.
            if !is_composed(map) {
                self.split(map, types, place, context);
            }
            return;
        }
        if let Some(kind) = types.pop() {
            let name = build::as_text(&kind).unwrap_or_default().to_owned();
            build::put(map, "type", kind);
            if !is_composed(map) {
                self.without_effect(map, &name);
            }
        }
        finish(map, place);
    }

    /// `type: [A, B]` as `anyOf`: each alternative has the keywords that belong to its type.
    fn split(&mut self, map: &mut Map, types: Vec<Node>, place: &Place, context: Context) {
        let mut alternatives = Vec::new();
        let format = build::get_text(map, "format").map(str::to_owned);
        for kind in types {
            let name = build::as_text(&kind).unwrap_or_default().to_owned();
            let kind_place = kind.place.clone();
            let mut alternative = Map::new();
            build::put(&mut alternative, "type", kind);
            for (key, entry) in map.iter().filter(|(key, _)| !is_annotation(key)) {
                if belongs(key, &name, format.as_deref()) {
                    alternative.insert(key.clone(), entry.clone());
                }
            }
            if keep_choices(&mut alternative, &name) {
                finish(&mut alternative, &kind_place);
                self.required(&mut alternative, context);
                alternatives.push(build::object(&kind_place, alternative));
            }
        }
        map.retain(|key, _| is_annotation(key));
        build::put(map, "anyOf", build::list(place, alternatives));
    }

    /// Removes the keywords that say nothing about the type.
    fn without_effect(&mut self, map: &mut Map, kind: &str) {
        let idle: Vec<String> = map.keys().filter(|key| !belongs(key, kind, None)).cloned().collect();
        for key in idle {
            let Some(entry) = map.shift_remove(&key) else { continue };
            let filled = build::as_map(&entry.node).is_some_and(|map| !map.is_empty());
            if filled && matches!(key.as_str(), "properties" | "items" | "additionalProperties") {
                let message = format!("`{key}` has no effect on the type `{kind}`; it is ignored");
                self.warn(
                    codes::KEYWORD_WITHOUT_EFFECT,
                    &entry.key,
                    message,
                    "correct the `type`, or remove the keyword",
                );
            }
        }
    }
}

/// What a type needs, and what `openapiv3` holds of it.
fn finish(map: &mut Map, place: &Place) {
    match build::get_text(map, "type") {
        Some("integer") => super::bounds::integer(map, place),
        Some("array") if !map.contains_key("items") => build::put(map, "items", build::empty(place)),
        Some("string") => {
            for key in ["default", "example"] {
                if let Some(entry) = map.get_mut(key)
                    && let Some(written) = build::written(&entry.node)
                {
                    entry.node = build::text(&entry.node.place, written);
                }
            }
        }
        _ => {}
    }
}

/// Leaves an alternative the values of its type. Whether it still allows any.
fn keep_choices(map: &mut Map, kind: &str) -> bool {
    let Some(Value::Array(items)) = map.get_mut("enum").map(|entry| &mut entry.node.value) else {
        return true;
    };
    items.retain(|item| super::choice::is_of(item, kind));
    !items.is_empty()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::front::normalize::testing::schema;

    #[test]
    fn splits_several_types_into_alternatives() {
        let (read, findings) = schema(
            "type: [string, integer, array, 'null']
title: t
format: int64
minLength: 2
maximum: 9
items: {type: string}
",
        );
        assert_eq!(
            read,
            json!({
                "title": "t",
                "nullable": true,
                "anyOf": [
                    {"type": "string", "minLength": 2},
                    {"type": "integer", "format": "int64", "maximum": 9},
                    {"type": "array", "items": {"type": "string"}},
                ],
            })
        );
        assert_eq!(findings, Vec::<String>::new());
    }

    #[test]
    fn keeps_one_type() {
        let empty = Vec::<String>::new();
        assert_eq!(schema("type: [string]"), (json!({"type": "string"}), empty.clone()));
        assert_eq!(
            schema("type: [integer, number]"),
            (json!({"type": "number"}), empty.clone())
        );
        assert_eq!(
            schema("{type: [string, integer], anyOf: [{type: string}, {type: integer}]}").1,
            empty
        );
        assert_eq!(schema("type: []"), (json!({}), empty));
    }

    #[test]
    fn reads_invented_types_as_what_they_mean() {
        let (read, findings) = schema(
            "properties: {a: {type: file}, b: {type: datetime}, c: {type: int}, d: {type: Any}, e: {type: String}, f: {type: [x, \
             string]}, g: {type: 5}}",
        );
        assert_eq!(
            read["properties"],
            json!({
                "a": {"format": "binary", "type": "string"},
                "b": {"format": "date-time", "type": "string"},
                "c": {"type": "integer"},
                "d": {},
                "e": {"type": "string"},
                "f": {},
                "g": {},
            })
        );
        assert_eq!(
            findings,
            [
                "6:30 warning[unknown-type] `file` is no type; it is taken for `string`",
                "6:47 warning[unknown-type] `datetime` is no type; it is taken for `string`",
                "6:68 warning[unknown-type] `int` is no type; it is taken for `integer`",
                "6:84 warning[unknown-type] `Any` is no type; any value is allowed",
                "6:100 warning[unknown-type] `String` is no type; it is taken for `string`",
                "6:120 warning[unknown-type] `x` is no type; any value is allowed",
                "6:143 warning[malformed-value] `type` is a number, not the name of a type",
            ]
        );
    }

    #[test]
    fn removes_keywords_of_other_types() {
        let (read, findings) = schema("{type: string, minimum: 1, required: [a], properties: {a: {}}, default: 1.10}");
        assert_eq!(read, json!({"default": "1.10", "type": "string"}));
        let warning =
            "6:49 warning[keyword-without-effect] `properties` has no effect on the type `string`; it is ignored";
        assert_eq!(findings, [warning]);
    }
}
