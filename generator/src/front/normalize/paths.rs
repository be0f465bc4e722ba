//! Paths and path items: references are put in place, and what stands for all operations of a path goes to each.
//!
//! Knows the Paths Object and the Path Item Object.

use super::components::Category;
use super::operation::Shared;
use super::shape::PATH_ITEM;
use super::{Normalizer, build};
use crate::diagnostic::codes;
use crate::front::source::{Entry, Map, Node, Value};

/// The methods that a path item of OpenAPI 3.0 has.
pub(super) const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// How many path items are followed from one to the next before they count as a cycle.
const MAX_ITEMS: usize = 64;

impl<'d> Normalizer<'d, '_> {
    /// Reads all paths.
    pub(super) fn paths(&mut self) -> Node {
        let place = self.document.place.clone();
        let Some(paths) = build::as_map(self.document).and_then(|root| build::get(root, "paths")) else {
            return build::empty(&place);
        };
        let Value::Object(source) = &paths.value else {
            self.malformed("paths", paths, "an object");
            return build::empty(&place);
        };
        let mut map = Map::new();
        for (path, entry) in source {
            let kept = if path.starts_with("x-") {
                self.extension(path, entry).map(|node| (path.clone(), node))
            } else {
                self.path(path, entry, source)
            };
            if let Some((path, node)) = kept {
                map.insert(
                    path,
                    Entry {
                        key: entry.key.clone(),
                        node,
                    },
                );
            }
        }
        build::object(&paths.place, map)
    }

    fn path(&mut self, path: &str, entry: &'d Entry, paths: &Map) -> Option<(String, Node)> {
        let repaired = format!("/{}", path.strip_prefix('/').unwrap_or(path));
        if self.selection.leaves_out_path(&repaired) {
            return None;
        }
        if path != repaired {
            let message = format!("the path `{path}` does not begin with a slash");
            self.warn(codes::PATH_WITHOUT_SLASH, &entry.key, message, "begin it with `/`");
            if paths.contains_key(&repaired) {
                return None;
            }
        }
        let path = repaired;
        let item = self.path_item(&path, &entry.node, &mut Vec::new())?;
        Some((path, build::object(&entry.node.place, item)))
    }

    /// A path item; what it refers to fills in what it does not have itself. `open` are those that led to it.
    fn path_item(&mut self, path: &str, node: &'d Node, open: &mut Vec<&'d Node>) -> Option<Map> {
        let Some(source) = build::as_map(node) else {
            let message = format!(
                "the path `{path}` is {}, not an object; it is left out",
                build::kind(node)
            );
            self.error(
                codes::MALFORMED_PATH,
                &node.place,
                message,
                "write its operations as an object",
            );
            return None;
        };
        let mut item = self.object(node, &PATH_ITEM)?;
        let shared = Shared {
            path,
            parameters: build::get(source, "parameters"),
        };
        for (key, entry) in source {
            if self.selection.leaves_out(path, &key.to_ascii_lowercase()) {
                continue;
            }
            let method = &self.method(key, entry, source);
            if METHODS.contains(&method.as_str()) {
                if let Some(node) = self.operation(method, &shared, &entry.node) {
                    item.insert(
                        method.clone(),
                        Entry {
                            key: entry.key.clone(),
                            node,
                        },
                    );
                }
            } else if matches!(method.as_str(), "query" | "additionalOperations") {
                let message = format!("`{method}` of `{path}` is beyond the methods that can be generated");
                self.warn(
                    codes::UNSUPPORTED_METHOD,
                    &entry.key,
                    message,
                    "nothing can be done but to offer another method",
                );
            }
        }
        if source.contains_key("$ref") {
            open.push(node);
            self.referenced_item(path, node, open, &mut item);
        }
        Some(item)
    }

    /// The method that a key means: `GET` is `get`.
    fn method(&mut self, key: &str, entry: &Entry, item: &Map) -> String {
        let lower = key.to_ascii_lowercase();
        if key == lower || !METHODS.contains(&lower.as_str()) || item.contains_key(&lower) {
            return key.to_owned();
        }
        let message = format!("the method `{key}` is not written `{lower}`");
        self.warn(
            codes::MALFORMED_METHOD,
            &entry.key,
            message,
            "write methods in lower case",
        );
        lower
    }

    fn referenced_item(&mut self, path: &str, node: &'d Node, open: &mut Vec<&'d Node>, item: &mut Map) {
        let Some(target) = self.follow_one(Category::PathItems, node) else {
            return;
        };
        if open.len() > MAX_ITEMS || open.iter().any(|open| std::ptr::eq(*open, target.node)) {
            let message = format!("the path `{path}` leads back to itself through references");
            let help = "define its operations in one of the path items that refer to each other";
            return self.error(codes::REF_CYCLE, &node.place, message, help);
        }
        for (key, entry) in self.path_item(path, target.node, open).into_iter().flatten() {
            item.entry(key).or_insert(entry);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::front::normalize::testing::document;

    #[test]
    fn puts_referenced_path_items_in_place() {
        let outcome = document(
            "openapi: 3.1.0
info: {title: T, version: '1'}
paths:
  /a: {$ref: '#/components/pathItems/Shared', get: {operationId: own, responses: {}}}
  /b: {$ref: '#/paths/~1c'}
  /c: {head: {responses: {}}}
components:
  pathItems: {Shared: {get: {operationId: shared, responses: {}}, put: {operationId: put, responses: {}}}}
",
        );
        let own = json!({"operationId": "own", "responses": {}});
        assert_eq!(
            outcome.at("/paths/~1a"),
            json!({"get": own, "put": {"operationId": "put", "responses": {}}})
        );
        assert_eq!(outcome.at("/paths/~1b"), json!({"head": {"responses": {}}}));
        assert_eq!(outcome.at("/components"), json!(null));
        assert_eq!(outcome.findings, Vec::<String>::new());
    }

    #[test]
    fn path_items_in_a_circle_are_found() {
        let outcome = document(
            "openapi: 3.1.0
info: {title: T, version: '1'}
paths:
  /a: {$ref: '#/paths/~1a'}
  /b: {$ref: '#/components/pathItems/B'}
components:
  pathItems:
    B: {$ref: '#/components/pathItems/C', get: {operationId: b, responses: {}}}
    C: {$ref: '#/components/pathItems/B', put: {operationId: c, responses: {}}}
",
        );
        assert_eq!(outcome.at("/paths/~1a"), json!({}));
        assert_eq!(
            outcome.at("/paths/~1b"),
            json!({"get": {"operationId": "b", "responses": {}}, "put": {"operationId": "c", "responses": {}}})
        );
        assert_eq!(
            outcome.findings,
            [
                "4:7 error[ref-cycle] the path `/a` leads back to itself through references",
                "9:8 error[ref-cycle] the path `/b` leads back to itself through references",
            ]
        );
    }

    #[test]
    fn reads_methods_in_capitals() {
        let outcome = document("openapi: 3.0.0\ninfo: {title: T, version: '1'}\npaths: {/a: {GET: {responses: {}}}}\n");
        assert_eq!(outcome.at("/paths/~1a"), json!({"get": {"responses": {}}}));
        assert_eq!(
            outcome.findings,
            ["3:14 warning[malformed-method] the method `GET` is not written `get`"]
        );
    }

    #[test]
    fn repairs_and_drops_paths() {
        let outcome = document(
            "openapi: 3.2.0
info: {title: T, version: '1'}
paths:
  things: {trace: {responses: {}}, query: {}, additionalOperations: {COPY: {}}}
  /null:
  /no: {$ref: 'other.yaml#/paths/x'}
  x-order: 1
",
        );
        assert_eq!(
            outcome.at("/paths"),
            json!({"/things": {"trace": {"responses": {}}}, "/no": {}, "x-order": 1})
        );
        assert_eq!(
            outcome.findings,
            [
                "4:3 warning[path-without-slash] the path `things` does not begin with a slash",
                "4:36 warning[unsupported-method] `query` of `/things` is beyond the methods that can be generated",
                "4:47 warning[unsupported-method] `additionalOperations` of `/things` is beyond the methods that can be \
                 generated",
                "5:8 error[malformed-path] the path `/null` is null, not an object; it is left out",
                "6:15 error[external-ref] `other.yaml#/paths/x` points out of the document",
            ]
        );
    }
}
