//! Parameters: what describes the value becomes a schema, and how lists are joined a style.

use super::schema::{bytes, is_file};
use super::{Converter, keep, reference};
use crate::diagnostic::codes;
use crate::front::normalize::build;
use crate::front::source::{Map, Node, Value};

/// The keys that describe the value of a parameter, a header or an item.
const OF_SCHEMA: [&str; 19] = [
    "type",
    "format",
    "items",
    "default",
    "maximum",
    "exclusiveMaximum",
    "minimum",
    "exclusiveMinimum",
    "maxLength",
    "minLength",
    "pattern",
    "maxItems",
    "minItems",
    "uniqueItems",
    "enum",
    "multipleOf",
    "title",
    "x-nullable",
    "readOnly",
];

/// How the values of a list are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Joined {
    /// It is no list.
    No,
    /// By commas.
    Commas,
    /// By spaces.
    Spaces,
    /// By `|`.
    Pipes,
    /// Each stands for itself.
    Apart,
    /// In a way that OpenAPI 3 has no word for: it is read as text.
    Otherwise,
}

impl Joined {
    /// The style and whether it is exploded, of a list in a query or a form.
    pub(super) fn style(self) -> Option<(&'static str, bool)> {
        match self {
            Self::No | Self::Otherwise => None,
            Self::Commas => Some(("form", false)),
            Self::Spaces => Some(("spaceDelimited", false)),
            Self::Pipes => Some(("pipeDelimited", false)),
            Self::Apart => Some(("form", true)),
        }
    }
}

impl<'d> Converter<'d, '_> {
    /// The parameters of the document: bodies are request bodies, and fields of forms are part of the operations' bodies.
    pub(super) fn shared_parameters(&mut self, node: &'d Node, components: &mut Map) {
        let Value::Object(source) = &node.value else {
            return build::put(components, "parameters", node.clone());
        };
        let (mut parameters, mut bodies) = (Map::new(), Map::new());
        for (name, entry) in source {
            match self.target(&entry.node).and_then(|target| target.get("in")?.as_str()) {
                Some("body") => {
                    let consumes = self.consumes.clone();
                    let body = self.target(&entry.node).map(|target| self.body(target, &consumes));
                    bodies.extend(body.map(|node| {
                        let key = entry.key.clone();
                        (name.clone(), crate::front::source::Entry { key, node })
                    }));
                }
                Some("formData") => {}
                _ => {
                    let parameter = self.parameter(&entry.node);
                    keep(&mut parameters, name, entry, parameter);
                }
            }
        }
        for (section, map) in [("parameters", parameters), ("requestBodies", bodies)] {
            if !map.is_empty() {
                build::put(components, section, build::object(&node.place, map));
            }
        }
    }

    /// A parameter that stands in no body.
    pub(super) fn parameter(&mut self, node: &'d Node) -> Node {
        let Some(source) = build::as_map(node) else {
            return node.clone();
        };
        if let Some(entry) = source.get("$ref") {
            let mut map = Map::new();
            keep(&mut map, "$ref", entry, reference(&entry.node));
            return build::object(&node.place, map);
        }
        if source.contains_key("schema") || !source.contains_key("type") {
            return node.clone();
        }
        let location = build::get_text(source, "in").unwrap_or_default();
        let (mut parameter, schema, joined) = self.described(node, source, location);
        if let Some((style, explode)) = joined.style().filter(|_| location == "query") {
            build::put(&mut parameter, "style", build::text(&node.place, style));
            build::put(&mut parameter, "explode", build::flag(&node.place, explode));
        }
        build::put(&mut parameter, "schema", schema);
        build::object(&node.place, parameter)
    }

    /// What of a parameter or a header is beside its value, the schema of that, and how its lists are joined.
    pub(super) fn described(&mut self, node: &'d Node, source: &'d Map, location: &str) -> (Map, Node, Joined) {
        let mut beside = Map::new();
        for (key, entry) in source {
            match key.as_str() {
                "collectionFormat" => {}
                "x-example" => keep(&mut beside, "example", entry, entry.node.clone()),
                key if OF_SCHEMA.contains(&key) => {}
                _ => keep(&mut beside, key, entry, entry.node.clone()),
            }
        }
        let joined = self.joined(source, location);
        let schema = self.value_schema(node, source, joined);
        (beside, schema, joined)
    }

    fn value_schema(&mut self, node: &'d Node, source: &'d Map, joined: Joined) -> Node {
        let mut schema = Map::new();
        if joined == Joined::Otherwise {
            build::put(&mut schema, "type", build::text(&node.place, "string"));
            return build::object(&node.place, schema);
        }
        for (key, entry) in source.iter().filter(|(key, _)| OF_SCHEMA.contains(&key.as_str())) {
            match key.as_str() {
                "items" => {
                    let items = self.items(&entry.node);
                    keep(&mut schema, key, entry, items);
                }
                "x-nullable" => keep(&mut schema, "nullable", entry, entry.node.clone()),
                _ => keep(&mut schema, key, entry, entry.node.clone()),
            }
        }
        if is_file(source) {
            bytes(&mut schema, node);
        }
        build::object(&node.place, schema)
    }

    /// The items of a list. Lists in lists are joined in a way of their own, for which there is no word.
    fn items(&mut self, node: &'d Node) -> Node {
        let Some(source) = build::as_map(node) else {
            return node.clone();
        };
        if source.contains_key("$ref") {
            return self.schema(node);
        }
        let joined = if build::get_text(source, "type") == Some("array") {
            let message = "the items of this list are lists again, joined in one text; they are read as text";
            self.warn(
                codes::COLLECTION_FORMAT,
                &node.place,
                message,
                "nothing can be done but to join them by hand",
            );
            Joined::Otherwise
        } else {
            Joined::No
        };
        self.value_schema(node, source, joined)
    }

    /// How the values of a list are told apart; a finding where OpenAPI 3 has no word for it.
    fn joined(&mut self, source: &'d Map, location: &str) -> Joined {
        if build::get_text(source, "type") != Some("array") {
            return Joined::No;
        }
        let Some(node) = build::get(source, "collectionFormat") else {
            return Joined::Commas;
        };
        let anywhere = matches!(location, "query" | "formData");
        let mark = match build::as_text(node).unwrap_or_default() {
            "csv" => return Joined::Commas,
            "multi" if anywhere => return Joined::Apart,
            "ssv" if anywhere => return Joined::Spaces,
            "pipes" if anywhere => return Joined::Pipes,
            "ssv" => "spaces",
            "pipes" => "`|`",
            "tsv" => "tabs",
            other => {
                let message = format!("`{other}` is no way to join a list in a {location}; commas are used");
                let help = "use `csv`, `ssv`, `tsv` or `pipes`, or `multi` in a query or a form";
                self.warn(codes::COLLECTION_FORMAT, &node.place, message, help);
                return Joined::Commas;
            }
        };
        let message = format!("OpenAPI 3 has no list that is joined by {mark} in a {location}; it is read as text");
        let help = "join the values by hand, or use `csv` if the API takes that, too";
        self.warn(codes::COLLECTION_FORMAT, &node.place, message, help);
        Joined::Otherwise
    }
}
