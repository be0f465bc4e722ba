//! Schemas: JSON Schema 2020-12 and 3.0's own become 3.0's own.
//!
//! Knows the keywords. A schema is read in two steps: a checked copy, in which every keyword has a value of its kind
//! and the schemas inside are finished already; then rewrites of the copy, in the files beside this one.

mod bounds;
mod choice;
mod compose;
mod cycles;
mod null;
mod structure;
mod types;
mod values;

use super::dialect::Dialect;
use super::{Normalizer, build, keys};
use crate::diagnostic::{Finding, Place, codes};
use crate::front::keywords;
use crate::front::source::{Entry, Map, Node, Value};

/// How deep schemas may stand in one another. Beyond it lies nothing that a person wrote, and the end of the stack.
const MAX_DEPTH: usize = 64;

/// What the value of a keyword must be.
enum Keyword {
    Text,
    Label,
    Flag,
    Number,
    Count,
    Any,
    /// A flag in 3.0, a number in 3.1.
    Exclusive,
    Type,
    List,
    Required,
    Reference,
    Schema,
    /// A schema or a flag.
    Additional,
    /// A schema or, for tuples, a list of them.
    Items,
    Schemas,
    SchemaMap,
    Discriminator,
    Examples,
    /// A schema that stands for a text's content.
    Content,
    /// Known, and of no use to a client.
    Unused,
    /// Known, but nothing that a Rust type says.
    Unsupported,
    Unknown,
}

impl Keyword {
    fn of(key: &str) -> Self {
        match key {
            "title" | "format" | "pattern" | "contentEncoding" | "contentMediaType" => Self::Label,
            "description" => Self::Text,
            "nullable" | "readOnly" | "writeOnly" | "deprecated" | "uniqueItems" => Self::Flag,
            "multipleOf" | "minimum" | "maximum" => Self::Number,
            "minLength" | "maxLength" | "minItems" | "maxItems" | "minProperties" | "maxProperties" => Self::Count,
            "exclusiveMinimum" | "exclusiveMaximum" => Self::Exclusive,
            "default" | "example" | "const" => Self::Any,
            "examples" => Self::Examples,
            "type" => Self::Type,
            "enum" => Self::List,
            "required" => Self::Required,
            "$ref" | "$dynamicRef" | "$recursiveRef" => Self::Reference,
            "not" => Self::Schema,
            "additionalProperties" => Self::Additional,
            "items" => Self::Items,
            "oneOf" | "anyOf" | "allOf" | "prefixItems" => Self::Schemas,
            "properties" | "patternProperties" => Self::SchemaMap,
            "discriminator" => Self::Discriminator,
            "contentSchema" => Self::Content,
            _ => match keywords::keyword(key) {
                Some(row) if row.is_lost() => Self::Unsupported,
                Some(_) => Self::Unused,
                None => Self::Unknown,
            },
        }
    }
}

/// Whether a keyword, or an extension, says something about a schema without changing what it allows.
fn is_annotation(key: &str) -> bool {
    keywords::is_annotation(key) || key.starts_with("x-")
}

/// Whether the schema is made of others.
fn is_composed(map: &Map) -> bool {
    ["oneOf", "anyOf", "allOf"].into_iter().any(|key| map.contains_key(key))
}

/// Which keywords of a node are read, and what stands around it.
#[derive(Clone, Copy)]
struct Context {
    /// The keywords that are the schema's, where it stands among others.
    only: Option<fn(&str) -> bool>,
    /// Whether it is a branch of `oneOf`, `anyOf` or `allOf`.
    branch: bool,
}

impl<'d> Normalizer<'d, '_> {
    /// A schema as 3.0 writes it.
    pub(super) fn schema(&mut self, node: &'d Node) -> Node {
        self.schema_in(
            node,
            Context {
                only: None,
                branch: false,
            },
        )
    }

    /// The schema that some keywords of an object make, though it is none.
    pub(super) fn schema_part(&mut self, node: &'d Node, only: fn(&str) -> bool) -> Node {
        self.schema_in(
            node,
            Context {
                only: Some(only),
                branch: false,
            },
        )
    }

    fn schema_in(&mut self, node: &'d Node, context: Context) -> Node {
        let source = match &node.value {
            Value::Object(source) => source,
            Value::Bool(allowed) => return boolean_schema(*allowed, &node.place),
            _ => {
                self.malformed("schema", node, "an object");
                return build::empty(&node.place);
            }
        };
        if self.depth >= MAX_DEPTH {
            let message = format!("schemas stand more than {MAX_DEPTH} deep in one another; this one allows anything");
            self.error(
                codes::TOO_DEEP,
                &node.place,
                message,
                "give the inner schemas names under `components.schemas`",
            );
            return build::empty(&node.place);
        }
        self.depth += 1;
        self.scopes.push(node);
        let mut map = self.checked(source, context);
        self.scopes.pop();
        self.depth -= 1;
        self.rewrite(&mut map, node, context);
        build::object(&node.place, map)
    }

    /// The rewrites, in the order in which they depend on each other.
    fn rewrite(&mut self, map: &mut Map, node: &Node, context: Context) {
        if map.len() == 1 && map.contains_key("$ref") {
            return;
        }
        let place = &node.place;
        compose::reference_to_all_of(map);
        Self::settle_example(map);
        let mut types = self.types(map);
        structure::encodings(map);
        self.tuples(map, place);
        structure::pattern_properties(map, place);
        bounds::exclusive(map);
        self.choices(map, &mut types, place);
        null::alternatives(map);
        if null::only(map, place) {
            return;
        }
        self.negation(map, &types);
        self.single_types(map, types, place, context);
        compose::single_alternative(map);
        self.required(map, context);
        compose::annotated_reference(map, place);
    }

    /// The copy in which every keyword has a value of its kind.
    fn checked(&mut self, source: &'d Map, context: Context) -> Map {
        let alone = self.dialect == Dialect::V30 && source.contains_key("$ref");
        let mut map = Map::new();
        let mut unknown = Map::new();
        for (key, entry) in source {
            if context.only.is_some_and(|only| !only(key)) {
                continue;
            }
            if alone && key != "$ref" && !is_annotation(key) {
                self.beside_reference(key, entry);
                continue;
            }
            if let Some(node) = self.keyword(key, entry, &mut unknown) {
                map.insert(
                    key.clone(),
                    Entry {
                        key: entry.key.clone(),
                        node,
                    },
                );
            }
        }
        if let Some((_, first)) = unknown.first() {
            let place = first.key.clone();
            build::put(&mut map, keys::KEYWORDS, build::object(&place, unknown));
        }
        map
    }

    fn keyword(&mut self, key: &str, entry: &'d Entry, unknown: &mut Map) -> Option<Node> {
        let node = &entry.node;
        match Keyword::of(key) {
            Keyword::Text => self.text(key, node),
            Keyword::Label => self.label(key, node),
            Keyword::Flag => self.flag(key, node).filter(|node| node.value == Value::Bool(true)),
            Keyword::Number => self.number(key, node),
            Keyword::Count => self.count(key, node),
            Keyword::Any | Keyword::Type => Some(node.clone()),
            Keyword::Exclusive => match node.value {
                Value::Bool(_) => Some(node.clone()),
                _ => self.number(key, node),
            },
            Keyword::List => self.items(key, node).map(|_| node.clone()),
            Keyword::Required => self.required_names(node),
            Keyword::Reference => self
                .schema_reference(node)
                .map(|reference| build::text(&node.place, reference)),
            Keyword::Schema => Some(self.schema(node)),
            Keyword::Additional => self.additional(key, node),
            Keyword::Items => Some(match &node.value {
                Value::Array(items) => build::list(&node.place, items.iter().map(|item| self.schema(item)).collect()),
                _ => self.schema(node),
            }),
            Keyword::Schemas => self.branches(key, node),
            Keyword::SchemaMap => self.values(key, node, Self::property),
            Keyword::Discriminator => self.discriminator(node),
            Keyword::Examples => self.first_example(node),
            Keyword::Content => Some(self.detached(node, "content")),
            Keyword::Unused => None,
            Keyword::Unsupported => {
                self.unsupported(key, entry);
                None
            }
            Keyword::Unknown if key.starts_with("x-") => self.extension(key, entry),
            Keyword::Unknown => {
                self.unknown_keyword(key, entry);
                unknown.insert(key.to_owned(), entry.clone());
                None
            }
        }
    }

    fn unsupported(&mut self, key: &str, entry: &Entry) {
        let message = format!("`{key}` is nothing that a type can say; it is ignored");
        let finding = Finding::note(codes::UNSUPPORTED_KEYWORD, entry.key.clone(), message);
        self.tally.count(
            key,
            finding.help("nothing needs to be done; the server checks what is sent to it"),
        );
    }

    fn unknown_keyword(&mut self, key: &str, entry: &Entry) {
        let message = format!("`{key}` is not JSON Schema; it is kept as documentation");
        let finding = Finding::warning(codes::UNKNOWN_KEYWORD, entry.key.clone(), message);
        self.tally.count(
            key,
            finding.help("check its spelling and its indentation, or begin it with `x-`"),
        );
    }

    fn beside_reference(&mut self, key: &str, entry: &Entry) {
        let message = format!("`{key}` has no effect beside a `$ref` in OpenAPI 3.0; it is ignored");
        let finding = Finding::note(codes::REF_SIBLINGS, entry.key.clone(), message);
        self.tally
            .count(key, finding.help("combine the two with `allOf`, or use OpenAPI 3.1"));
    }
}

fn boolean_schema(allowed: bool, place: &Place) -> Node {
    let mut map = Map::new();
    if !allowed {
        build::put(&mut map, "not", build::empty(place));
    }
    build::object(place, map)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::front::normalize::keys;
    use crate::front::normalize::testing::{schema, schemas};

    #[test]
    fn reads_boolean_and_malformed_schemas() {
        let outcome = schemas("3.1.0", "Yes: true\nNo: false\nNull:\nText: string\n");
        assert_eq!(
            outcome.at("/components/schemas"),
            json!({"Yes": {}, "No": {"not": {}}, "Null": {}, "Text": {}})
        );
        assert_eq!(
            outcome.findings,
            [
                "7:9 warning[malformed-value] `schema` is null, not an object",
                "8:11 warning[malformed-value] `schema` is text, not an object",
            ]
        );
    }

    #[test]
    fn removes_or_repairs_values_of_the_wrong_kind() {
        let (read, findings) = schema(
            "type: object
description: null
minProperties: -1
maxProperties: '5'
required: true
deprecated: 'yes'
properties:
  a: {type: integer, minimum: '5', maximum: many}
  b: {title: 7, oneOf: {}, allOf: []}
  c: {type: array, items: [], minItems: 1e1}
",
        );
        assert_eq!(
            read,
            json!({
                "maxProperties": 5,
                "properties": {
                    "a": {"minimum": 5, "type": "integer"},
                    "b": {"title": "7"},
                    "c": {"minItems": 10, "items": {}, "type": "array"},
                },
                "type": "object",
            })
        );
        assert_eq!(
            findings,
            [
                "7:20 warning[malformed-value] `description` is null, not text",
                "8:22 warning[malformed-value] `minProperties` is `-1`, which counts nothing; it is ignored",
                "9:22 warning[malformed-value] `maxProperties` is text, not a number",
                "10:17 warning[malformed-value] `required` is a boolean, not a list of names",
                "11:19 warning[malformed-value] `deprecated` is text, not a boolean",
                "13:37 warning[malformed-value] `minimum` is text, not a number",
                "13:51 warning[malformed-value] `maximum` is text, not a number",
                "14:30 warning[malformed-value] `oneOf` is an object, not a list",
                "14:41 warning[empty-composition] `allOf` has no schemas; it is ignored",
                "15:26 note[tuple] a tuple is read as a list of any of its items",
            ]
        );
    }

    #[test]
    fn drops_keywords_among_properties() {
        let (read, findings) = schema("{properties: {description: d, a: , $ref: {type: string}}}");
        assert_eq!(read, json!({"properties": {"a": {}, "$ref": {"type": "string"}}}));
        assert_eq!(
            findings,
            [
                "6:34 warning[malformed-value] `description` is text, not a schema",
                "6:38 warning[malformed-value] `schema` is null, not an object",
            ]
        );
    }

    #[test]
    fn keeps_unknown_keywords_as_documentation() {
        let (read, findings) = schema("{type: integer, ge: 1, le: 30, x-a: b, $comment: c, xml: {}, if: {}, then: {}}");
        assert_eq!(
            read,
            json!({"x-a": "b", (keys::KEYWORDS): {"ge": 1, "le": 30}, "type": "integer"})
        );
        assert_eq!(
            findings,
            [
                "6:23 warning[unknown-keyword] `ge` is not JSON Schema; it is kept as documentation",
                "6:30 warning[unknown-keyword] `le` is not JSON Schema; it is kept as documentation",
                "6:68 note[unsupported-keyword] `if` is nothing that a type can say; it is ignored",
                "6:76 note[unsupported-keyword] `then` is nothing that a type can say; it is ignored",
            ]
        );
    }

    #[test]
    fn stops_where_schemas_stand_too_deep() {
        let text = format!("{}{}", "{items: ".repeat(99), "}".repeat(99));
        let (read, findings) = schema(&text);
        let deepest = read.pointer(&"/items".repeat(64));
        assert_eq!(deepest, Some(&json!({})));
        let error = "6:519 error[too-deep] schemas stand more than 64 deep in one another; this one allows anything";
        assert_eq!(findings, [error]);
    }
}
