//! The root of a document: info, servers, tags, and the order in which its parts are read.
//!
//! Knows the OpenAPI Object; what stands in it is read by the module of its kind.

use super::components::Category;
use super::shape::{ROOT, SERVER, TAG};
use super::{Normalizer, build};
use crate::diagnostic::{Code, Finding, Place, codes};
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
        self.put_incoming(&mut root);
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
                    .push(Finding::warning(codes::MISSING_KEY, place.clone(), message).help(help));
                build::put(&mut map, key, build::text(&place, fallback));
            }
        }
        build::object(&place, map)
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
        let finding = Finding::note(codes::UNKNOWN_KEY, entry.key.clone(), message)
            .help("check its spelling and its indentation, or begin it with `x-`");
        self.findings.push(finding);
    }

    /// A warning about something that was repaired.
    pub(super) fn warn(&mut self, code: Code, place: &Place, message: impl Into<String>, help: &str) {
        self.findings
            .push(Finding::warning(code, place.clone(), message).help(help));
    }

    /// An error about something that had to be left out.
    pub(super) fn error(&mut self, code: Code, place: &Place, message: impl Into<String>, help: &str) {
        self.findings
            .push(Finding::error(code, place.clone(), message).help(help));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::front::normalize::testing::document;

    #[test]
    fn fills_in_what_info_lacks() {
        let outcome = document("openapi: 3.0.0\ninfo: {version: 1.10}\n");
        assert_eq!(outcome.at("/info"), json!({"version": "1.10", "title": "API"}));
        let warning = "2:7 warning[missing-key] the document's `info` has no `title`; it is taken for `API`";
        assert_eq!(outcome.findings, [warning]);
    }

    #[test]
    fn keeps_servers_with_a_url_and_variables_with_a_default() {
        let outcome = document(
            "openapi: 3.0.0
info: {title: T, version: '1'}
servers:
- {url: 'https://{region}.example.com:{port}', variables: {port: {default: 443, enum: [443, 8443]}, region: {}}}
- {description: none}
- https://example.com
",
        );
        let port = json!({"default": "443", "enum": ["443", "8443"]});
        let server = json!({"url": "https://{region}.example.com:{port}", "variables": {"port": port}});
        assert_eq!(outcome.at("/servers"), json!([server]));
        assert_eq!(
            outcome.findings,
            [
                "4:109 warning[missing-key] this Server Variable Object has no `default`; it is left out",
                "5:3 warning[missing-key] this Server Object has no `url`; it is left out",
                "6:3 warning[malformed-value] `Server` is text, not an object",
            ]
        );
    }

    #[test]
    fn takes_a_bare_tag_for_its_name() {
        let outcome =
            document("openapi: 3.0.0\ninfo: {title: T, version: '1'}\ntags: [pets, {name: shops, kind: nav}]\n");
        assert_eq!(outcome.at("/tags"), json!([{"name": "pets"}, {"name": "shops"}]));
        assert_eq!(
            outcome.findings,
            ["3:8 warning[malformed-value] `tags` is text, not an object"]
        );
    }

    #[test]
    fn skips_reserved_and_unknown_keys() {
        let outcome = document(
            "openapi: 3.1.0
info: {title: T, version: '1', x-clientsmith-null: true, x-mine: {a: null}}
produces: [a]
",
        );
        assert_eq!(
            outcome.at("/info"),
            json!({"title": "T", "version": "1", "x-mine": {"a": null}})
        );
        assert_eq!(
            outcome.findings,
            [
                "2:32 warning[reserved-key] `x-clientsmith-null` is reserved; it is ignored",
                "3:1 note[unknown-key] `produces` is not among the keys of OpenAPI Objects; it is ignored",
            ]
        );
    }

    #[test]
    fn keeps_nothing_of_kinds_that_do_not_fit() {
        let outcome = document(
            "openapi: 3.1.0
info: {title: T, version: '1', description: null, contact: 5, license: {url: u}}
paths: []
components: {schemas: [], parameters: null}
",
        );
        assert_eq!(outcome.at("/info"), json!({"title": "T", "version": "1"}));
        assert_eq!(outcome.at("/paths"), json!({}));
        assert_eq!(
            outcome.findings,
            [
                "2:45 warning[malformed-value] `description` is null, not text",
                "2:60 warning[malformed-value] `Contact` is a number, not an object",
                "2:72 warning[missing-key] this License Object has no `name`; it is left out",
                "3:8 warning[malformed-value] `paths` is a list, not an object",
                "4:23 warning[malformed-value] `schemas` is a list, not an object",
                "4:39 warning[malformed-value] `parameters` is null, not an object",
            ]
        );
    }
}
