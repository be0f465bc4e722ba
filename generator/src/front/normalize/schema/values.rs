//! The kinds of values that only keywords of schemas have.
//!
//! Knows numbers and lists as keywords want them, not what they mean.

use serde_json::Number;

use super::{Context, build};
use crate::diagnostic::codes;
use crate::front::normalize::Normalizer;
use crate::front::source::{Map, Node, Value};

impl<'d> Normalizer<'d, '_> {
    /// A number; text that is one is taken for it, and reported.
    pub(super) fn number(&mut self, key: &str, node: &Node) -> Option<Node> {
        if matches!(node.value, Value::Number(_)) {
            return Some(node.clone());
        }
        self.malformed(key, node, "a number");
        let number: Number = build::as_text(node)?.trim().parse().ok()?;
        Some(Node {
            place: node.place.clone(),
            value: Value::Number(number),
            text: None,
        })
    }

    /// A number of things: an integer, zero or more.
    pub(super) fn count(&mut self, key: &str, node: &Node) -> Option<Node> {
        let number = self.number(key, node)?;
        let Value::Number(value) = &number.value else {
            return None;
        };
        let count = whole(value).and_then(|value| u64::try_from(value).ok());
        if count.is_none() {
            let message = format!("`{key}` is `{value}`, which counts nothing; it is ignored");
            self.warn(
                codes::MALFORMED_VALUE,
                &node.place,
                message,
                "use an integer, zero or more",
            );
        }
        count.map(|count| build::node(&node.place, Value::Number(count.into())))
    }

    /// The branches of a composition; one that is no schema is left out.
    pub(super) fn branches(&mut self, key: &str, node: &'d Node) -> Option<Node> {
        let items = self.items(key, node)?;
        let mut branches = Vec::new();
        for item in items {
            if matches!(item.value, Value::Object(_) | Value::Bool(_)) {
                branches.push(self.schema_in(
                    item,
                    Context {
                        only: None,
                        branch: true,
                    },
                ));
            } else {
                self.malformed(key, item, "a schema");
            }
        }
        if branches.is_empty() {
            let message = format!("`{key}` has no schemas; it is ignored");
            self.warn(
                codes::EMPTY_COMPOSITION,
                &node.place,
                message,
                "list at least one schema, or remove it",
            );
            return None;
        }
        Some(build::list(&node.place, branches))
    }

    /// A schema under a name. Text or a number in its place is a keyword that slipped in among the names.
    pub(super) fn property(&mut self, name: &str, node: &'d Node) -> Option<Node> {
        if matches!(node.value, Value::Object(_) | Value::Bool(_) | Value::Null) {
            return Some(self.schema(node));
        }
        self.malformed(name, node, "a schema");
        None
    }

    /// `additionalProperties`: a flag or a schema.
    pub(super) fn additional(&mut self, key: &str, node: &'d Node) -> Option<Node> {
        match &node.value {
            Value::Bool(_) => Some(node.clone()),
            Value::Object(_) => Some(self.schema(node)),
            _ => self.flag(key, node),
        }
    }

    /// `required`: names, each once.
    pub(super) fn required_names(&mut self, node: &Node) -> Option<Node> {
        let Value::Array(items) = &node.value else {
            self.malformed("required", node, "a list of names");
            return None;
        };
        let names = build::distinct(items.iter().filter_map(|item| self.label("required", item)));
        (!names.is_empty()).then(|| build::list(&node.place, names))
    }

    /// A discriminator, its mapping made of references to components.
    pub(super) fn discriminator(&mut self, node: &'d Node) -> Option<Node> {
        let mut map = Map::new();
        if build::as_text(node).is_some() {
            self.malformed("discriminator", node, "an object");
            build::put(&mut map, "propertyName", node.clone());
            return Some(build::object(&node.place, map));
        }
        let Value::Object(source) = &node.value else {
            self.malformed("discriminator", node, "an object");
            return None;
        };
        let Some(name) = build::get(source, "propertyName").and_then(|name| self.label("propertyName", name)) else {
            let message = "a discriminator has no `propertyName`; it is ignored";
            self.warn(
                codes::MISSING_KEY,
                &node.place,
                message,
                "name the property that tells the alternatives apart",
            );
            return None;
        };
        build::put(&mut map, "propertyName", name);
        self.mapping(source, &mut map);
        Some(build::object(&node.place, map))
    }
}

/// The number as an integer, where it is one: `1e3` is.
pub(super) fn whole(number: &Number) -> Option<i128> {
    if let Some(value) = number.as_i64() {
        return Some(value.into());
    }
    if let Some(value) = number.as_u64() {
        return Some(value.into());
    }
    // Beyond 2^53 a float is no longer the number that was written.
    let value = number
        .as_f64()
        .filter(|value| value.fract() == 0.0 && value.abs() <= 9_007_199_254_740_992.0)?;
    format!("{value:.0}").parse().ok()
}
