//! Schemas: references, null, files and discriminators.

use super::{Converter, keep, reference};
use crate::front::normalize::build;
use crate::front::source::{Map, Node, Value};

impl<'d> Converter<'d, '_> {
    /// A schema; `type: file` is bytes.
    pub(super) fn schema(&mut self, node: &'d Node) -> Node {
        let Some(source) = build::as_map(node) else {
            return node.clone();
        };
        let mut map = Map::new();
        for (key, entry) in source {
            let value = &entry.node;
            match key.as_str() {
                "$ref" => keep(&mut map, key, entry, reference(value)),
                "x-nullable" => keep(&mut map, "nullable", entry, value.clone()),
                "discriminator" if value.as_str().is_some() => keep(&mut map, key, entry, discriminator(value)),
                "properties" | "patternProperties" => {
                    let properties = self.each(value, Self::schema);
                    keep(&mut map, key, entry, properties);
                }
                "items" | "additionalProperties" | "not" | "allOf" | "anyOf" | "oneOf" => {
                    let inner = self.schemas(value);
                    keep(&mut map, key, entry, inner);
                }
                _ => keep(&mut map, key, entry, value.clone()),
            }
        }
        if is_file(source) {
            bytes(&mut map, node);
        }
        build::object(&node.place, map)
    }

    /// A schema, or a list of such.
    fn schemas(&mut self, node: &'d Node) -> Node {
        match &node.value {
            Value::Array(items) => {
                let items = items.iter().map(|item| self.schema(item)).collect();
                build::list(&node.place, items)
            }
            _ => self.schema(node),
        }
    }
}

/// Whether something is a file: of a parameter, or what an answer is.
pub(super) fn is_file(map: &Map) -> bool {
    build::get_text(map, "type") == Some("file")
}

/// Makes a schema that of bytes.
pub(super) fn bytes(map: &mut Map, node: &Node) {
    build::put(map, "type", build::text(&node.place, "string"));
    build::put(map, "format", build::text(&node.place, "binary"));
}

/// The property whose value is the name of a schema.
fn discriminator(name: &Node) -> Node {
    let mut map = Map::new();
    build::put(&mut map, "propertyName", name.clone());
    build::object(&name.place, map)
}
