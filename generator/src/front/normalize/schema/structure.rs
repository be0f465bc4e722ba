//! What is inside objects, arrays and encoded text.
//!
//! Knows `required`, `patternProperties`, `prefixItems` and the `content…` keywords.

use super::{Context, build, is_composed};
use crate::diagnostic::{Finding, Place, codes};
use crate::front::normalize::{Normalizer, keys};
use crate::front::source::{Map, Node, Value};

/// Properties by pattern become additional properties.
pub(super) fn pattern_properties(map: &mut Map, place: &Place) {
    let Some(Node {
        value: Value::Object(patterns),
        ..
    }) = build::take(map, "patternProperties")
    else {
        return;
    };
    let rest = match build::get(map, "additionalProperties") {
        Some(Node {
            value: Value::Bool(true),
            ..
        }) => return,
        rest => rest.filter(|node| build::as_map(node).is_some()).cloned(),
    };
    let schemas = patterns.into_values().map(|entry| entry.node).chain(rest);
    if let Some(schema) = any_of(build::distinct(schemas), place) {
        build::put(map, "additionalProperties", schema);
    }
}

/// One schema that allows what any of several does.
fn any_of(mut schemas: Vec<Node>, place: &Place) -> Option<Node> {
    if schemas.len() < 2 {
        return schemas.pop();
    }
    let mut map = Map::new();
    build::put(&mut map, "anyOf", build::list(place, schemas));
    Some(build::object(place, map))
}

/// `contentEncoding` and `contentMediaType` as the formats of 3.0; the schema of content that is JSON travels on.
pub(super) fn encodings(map: &mut Map) {
    let encoding = build::take(map, "contentEncoding");
    let media_type = build::take(map, "contentMediaType");
    let schema = build::take(map, "contentSchema").filter(|schema| build::as_text(schema).is_some());
    let media_name = media_type.as_ref().and_then(build::as_text);
    if let Some(schema) = schema.filter(|_| media_name.is_none_or(|name| name.contains("json"))) {
        build::put(map, keys::CONTENT_SCHEMA, schema);
    }
    if map.contains_key("format") {
        return;
    }
    let format = match (
        encoding.as_ref().and_then(build::as_text),
        media_type.as_ref().and_then(build::as_text),
    ) {
        (Some("base64"), _) => "byte",
        (Some("binary"), _) => "binary",
        (Some(other), _) => other,
        (None, Some(name)) if !name.starts_with("text/") && !name.contains("json") && !name.contains("xml") => "binary",
        _ => return,
    };
    if let Some(node) = encoding.as_ref().or(media_type.as_ref()) {
        build::put(map, "format", build::text(&node.place, format));
    }
}

impl Normalizer<'_, '_> {
    /// Tuples become arrays of any of their items.
    pub(super) fn tuples(&mut self, map: &mut Map, place: &Place) {
        let mut schemas = Vec::new();
        let mut tuple = None;
        for key in ["prefixItems", "items"] {
            if let Some(Node {
                value: Value::Array(items),
                ..
            }) = build::get(map, key)
            {
                schemas.extend(items.iter().cloned());
                tuple = map.get(key).map(|entry| entry.key.clone()).or(tuple);
                map.shift_remove(key);
            }
        }
        let Some(tuple) = tuple else { return };
        if let Some(rest) = build::take(map, "items")
            && !is_nothing(&rest)
        {
            schemas.push(rest);
        }
        let message = "a tuple is read as a list of any of its items";
        let finding = Finding::note(codes::TUPLE, tuple, message).help("nothing needs to be done");
        self.tally.count("tuple", finding);
        build::put(
            map,
            "items",
            any_of(build::distinct(schemas), place).unwrap_or_else(|| build::empty(place)),
        );
    }

    /// Declares the properties that are required but not declared. In a composition another branch may declare them.
    pub(super) fn required(&mut self, map: &mut Map, context: Context) {
        let object = build::get_text(map, "type") == Some("object") || map.contains_key("properties");
        if context.branch || !object || is_composed(map) {
            return;
        }
        let names: Vec<Node> = build::get_list(map, "required").unwrap_or_default().to_vec();
        let rest = build::get(map, "additionalProperties")
            .filter(|node| build::as_map(node).is_some())
            .cloned();
        for node in names {
            let Some(name) = build::as_text(&node) else { continue };
            if build::get_map(map, "properties").is_some_and(|properties| properties.contains_key(name)) {
                continue;
            }
            if rest.is_none() {
                let message = format!("the property `{name}` is required, but not declared; any value is allowed");
                self.warn(
                    codes::REQUIRED_UNDECLARED,
                    &node.place,
                    message,
                    "declare it under `properties`, or correct its name",
                );
            }
            let schema = rest.clone().unwrap_or_else(|| build::empty(&node.place));
            if !map.contains_key("properties") {
                build::put(map, "properties", build::empty(&node.place));
            }
            if let Some(Value::Object(properties)) = map.get_mut("properties").map(|entry| &mut entry.node.value) {
                build::put(properties, name, schema);
            }
        }
    }
}

/// Whether it is the schema that allows nothing.
fn is_nothing(node: &Node) -> bool {
    let not = build::as_map(node).and_then(|map| build::get_map(map, "not"));
    not.is_some_and(Map::is_empty)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::front::normalize::testing::schema;

    #[test]
    fn declares_what_the_only_branch_requires() {
        let (read, findings) = schema("{description: d, allOf: [{type: object, required: [a]}]}");
        assert_eq!(
            read,
            json!({"description": "d", "type": "object", "required": ["a"], "properties": {"a": {}}})
        );
        assert_eq!(
            findings,
            ["6:58 warning[required-undeclared] the property `a` is required, but not declared; any value is allowed"]
        );
    }

    #[test]
    fn declares_what_is_required() {
        let (read, findings) = schema("{type: object, required: [a, b, b], properties: {a: {type: string}}}");
        let expected = json!({
            "required": ["a", "b"],
            "properties": {"a": {"type": "string"}, "b": {}},
            "type": "object",
        });
        assert_eq!(read, expected);
        let warning =
            "6:36 warning[required-undeclared] the property `b` is required, but not declared; any value is allowed";
        assert_eq!(findings, [warning]);
    }

    #[test]
    fn leaves_required_to_the_other_branches() {
        let (read, findings) =
            schema("allOf: [{required: [a], properties: {b: {}}}, {properties: {a: {type: string}}}]");
        assert_eq!(read["allOf"][0], json!({"required": ["a"], "properties": {"b": {}}}));
        assert_eq!(findings, Vec::<String>::new());
    }

    #[test]
    fn a_required_key_of_a_map_is_of_its_values_type() {
        let (read, findings) = schema("{type: object, required: [en], additionalProperties: {type: string}}");
        assert_eq!(read["properties"], json!({"en": {"type": "string"}}));
        assert_eq!(findings, Vec::<String>::new());
    }

    #[test]
    fn properties_by_pattern_are_additional_ones() {
        let (read, _) =
            schema("{type: object, patternProperties: {'^a': {type: string}}, additionalProperties: false}");
        assert_eq!(
            read,
            json!({"additionalProperties": {"type": "string"}, "type": "object"})
        );
        let (read, _) = schema("{type: object, patternProperties: {a: {type: string}, b: true, c: {type: string}}}");
        assert_eq!(read["additionalProperties"], json!({"anyOf": [{"type": "string"}, {}]}));
        let (read, _) = schema("{type: object, patternProperties: {a: {type: string}}, additionalProperties: true}");
        assert_eq!(read["additionalProperties"], json!(true));
    }

    #[test]
    fn tuples_are_lists_of_any_of_their_items() {
        let (read, findings) =
            schema("{type: array, prefixItems: [{type: string}, {type: integer}, {type: string}], items: false}");
        let items = json!({"anyOf": [{"type": "string"}, {"type": "integer"}]});
        assert_eq!(read, json!({"items": items, "type": "array"}));
        assert_eq!(
            findings,
            ["6:21 note[tuple] a tuple is read as a list of any of its items"]
        );
        assert_eq!(
            schema("{type: array, items: [{type: string}]}").0["items"],
            json!({"type": "string"})
        );
        assert_eq!(schema("{type: array, items: true}").0["items"], json!({}));
        assert_eq!(schema("{type: array}").0["items"], json!({}));
    }

    #[test]
    fn encodings_are_formats() {
        for (text, format) in [
            (
                "{type: string, contentEncoding: base64, contentMediaType: image/png}",
                json!("byte"),
            ),
            ("{type: string, contentEncoding: base64url}", json!("base64url")),
            (
                "{type: string, contentMediaType: application/octet-stream}",
                json!("binary"),
            ),
            ("{type: string, contentMediaType: application/json}", json!(null)),
            ("{type: string, contentMediaType: image/png, format: uri}", json!("uri")),
        ] {
            assert_eq!(schema(text).0["format"], format, "{text}");
        }
    }

    #[test]
    fn the_first_of_several_examples_is_the_example() {
        assert_eq!(
            schema("{type: string, examples: [a, b]}").0,
            json!({"example": "a", "type": "string"})
        );
        assert_eq!(
            schema("{type: string, examples: [a], example: c}").0["example"],
            json!("c")
        );
    }
}
