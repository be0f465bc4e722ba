//! The root of a document: info, servers, tags, and the order in which its parts are read.
//!
//! Knows the OpenAPI Object; what stands in it is read by the module of its kind.

use super::components::Category;
use super::shape::{ROOT, SERVER, TAG};
use super::{Normalizer, build};
use crate::diagnostic::{Finding, Place};
use crate::front::source::{Entry, Map, Node, Value};

/// The version that the result claims: every schema of it is one of 3.0.
const VERSION: &str = "3.0.3";

impl<'d> Normalizer<'d, '_> {
    /// Reads the document. Components come first, because what refers to them must know which of them could be kept.
    pub(super) fn root(&mut self) -> Node {
        let document = self.document;
        self.components();
        // `dialect::detect` has seen that the root is an object, so this reads it.
        let mut checked = self.object(document, &ROOT).unwrap_or_default();
        let mut root = Map::new();
        build::put(&mut root, "openapi", build::text(&document.place, VERSION));
        let info = self.info(build::take(&mut checked, "info"));
        build::put(&mut root, "info", info);
        root.extend(checked);
        let paths = self.paths();
        build::put(&mut root, "paths", paths);
        self.webhooks();
        self.hoisted();
        self.open_cycles();
        if let Some(components) = self.take_components() {
            build::put(&mut root, "components", components);
        }
        build::object(&document.place, root)
    }

    fn info(&mut self, info: Option<Node>) -> Node {
        let place = info.as_ref().map_or(&self.document.place, |info| &info.place).clone();
        let mut map = match info.map(|info| info.value) {
            Some(Value::Object(map)) => map,
            _ => Map::new(),
        };
        for (key, fallback) in [("title", "API"), ("version", "0.0.0")] {
            if !map.contains_key(key) {
                let message = format!("the document's `info` has no `{key}`; it is taken for `{fallback}`");
                let help = format!("add `info.{key}`");
                self.findings
                    .push(Finding::warning("missing-key", place.clone(), message).help(help));
                build::put(&mut map, key, build::text(&place, fallback));
            }
        }
        build::object(&place, map)
    }

    fn webhooks(&mut self) {
        if let Some(webhooks) = build::as_map(self.document).and_then(|root| build::get(root, "webhooks")) {
            self.skipped("webhooks", webhooks);
        }
    }

    /// Servers; one without a URL is left out, and so is a variable without a value.
    pub(super) fn servers(&mut self, node: &'d Node) -> Option<Node> {
        let items = self.items("servers", node)?;
        let servers = items
            .iter()
            .filter_map(|item| Some(build::object(&item.place, self.object(item, &SERVER)?)));
        Some(build::list(&node.place, servers.collect()))
    }

    /// Tags; one that is only its name is taken for that.
    pub(super) fn tags(&mut self, node: &'d Node) -> Option<Node> {
        let items = self.items("tags", node)?;
        let tags = items.iter().filter_map(|item| {
            if build::as_text(item).is_some() {
                self.malformed("tags", item, "an object");
                let mut map = Map::new();
                build::put(&mut map, "name", item.clone());
                return Some(build::object(&item.place, map));
            }
            Some(build::object(&item.place, self.object(item, &TAG)?))
        });
        Some(build::list(&node.place, tags.collect()))
    }

    /// Of several examples, the value of the first that has one.
    pub(super) fn first_example(&mut self, node: &'d Node) -> Option<Node> {
        let examples: Vec<&'d Node> = match &node.value {
            Value::Object(map) => map.values().map(|entry| &entry.node).collect(),
            Value::Array(items) => return items.first().cloned(),
            _ => return None,
        };
        examples.into_iter().find_map(|example| {
            let map = build::as_map(example)?;
            if map.contains_key("$ref") {
                let target = self.follow_quietly(Category::Examples, example)?;
                return build::get(build::as_map(target.node)?, "value").cloned();
            }
            build::get(map, "value").cloned()
        })
    }

    /// Puts the first of the examples, which `first_example` left under `examples`, where the one example stands.
    pub(super) fn settle_example(map: &mut Map) {
        if let Some(first) = build::take(map, "examples")
            && !map.contains_key("example")
        {
            build::put(map, "example", first);
        }
    }

    /// Notes a section of the Components Object that OpenAPI does not know.
    pub(super) fn unknown_section(&mut self, key: &str, entry: &Entry) {
        let message = format!("`{key}` is not among the keys of Components Objects; it is ignored");
        let finding = Finding::note("unknown-key", entry.key.clone(), message)
            .help("check its spelling and its indentation, or begin it with `x-`");
        self.findings.push(finding);
    }

    /// A warning about something that was repaired.
    pub(super) fn warn(&mut self, code: &'static str, place: &Place, message: impl Into<String>, help: &str) {
        self.findings
            .push(Finding::warning(code, place.clone(), message).help(help));
    }

    /// An error about something that had to be left out.
    pub(super) fn error(&mut self, code: &'static str, place: &Place, message: impl Into<String>, help: &str) {
        self.findings
            .push(Finding::error(code, place.clone(), message).help(help));
    }
}
