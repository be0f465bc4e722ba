//! Paths and path items: references are put in place, and what stands for all operations of a path goes to each.
//!
//! Knows the Paths Object and the Path Item Object.

use super::components::Category;
use super::operation::Shared;
use super::shape::PATH_ITEM;
use super::{Normalizer, build};
use crate::front::source::{Entry, Map, Node, Value};

/// The methods that a path item of OpenAPI 3.0 has.
const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

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
        let path = if path.starts_with('/') {
            path.to_owned()
        } else {
            let repaired = format!("/{path}");
            let message = format!("the path `{path}` does not begin with a slash");
            self.warn("path-without-slash", &entry.key, message, "begin it with `/`");
            if paths.contains_key(&repaired) {
                return None;
            }
            repaired
        };
        let item = self.path_item(&path, &entry.node, 0)?;
        Some((path, build::object(&entry.node.place, item)))
    }

    /// A path item; what it refers to fills in what it does not have itself.
    fn path_item(&mut self, path: &str, node: &'d Node, hops: usize) -> Option<Map> {
        let Some(source) = build::as_map(node) else {
            let message = format!(
                "the path `{path}` is {}, not an object; it is left out",
                build::kind(node)
            );
            self.error(
                "malformed-path",
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
        for (method, entry) in source {
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
                    "unsupported-method",
                    &entry.key,
                    message,
                    "nothing can be done but to offer another method",
                );
            }
        }
        if source.contains_key("$ref") {
            self.referenced_item(path, node, hops, &mut item);
        }
        Some(item)
    }

    fn referenced_item(&mut self, path: &str, node: &'d Node, hops: usize, item: &mut Map) {
        // `follow` ends a cycle of nothing but references; one that goes through items with operations ends here.
        let Some(target) = self.follow_one(Category::PathItems, node).filter(|_| hops < 8) else {
            return;
        };
        for (key, entry) in self.path_item(path, target.node, hops + 1).into_iter().flatten() {
            item.entry(key).or_insert(entry);
        }
    }
}
