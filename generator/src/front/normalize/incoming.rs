//! Requests that the API sends: webhooks, and callbacks of operations. A client does not make them; its users read them.
//!
//! Knows where they stand. What is kept of one is what it is called and the schema of its body in JSON.

use super::components::Category;
use super::paths::METHODS;
use super::{Normalizer, build, keys};
use crate::diagnostic::{Finding, codes};
use crate::front::media_type;
use crate::front::source::{Entry, Map, Node, Value};

/// Where a request that the API sends is described.
struct Source<'s> {
    name: &'s str,
    /// The operation that it is a callback of; `None`: a webhook.
    operation: Option<&'s str>,
}

impl Source<'_> {
    fn noun(&self) -> &'static str {
        if self.operation.is_some() {
            "callback"
        } else {
            "webhook"
        }
    }
}

impl<'d> Normalizer<'d, '_> {
    /// The webhooks of the document.
    pub(super) fn webhooks(&mut self) {
        let Some(node) = build::as_map(self.document).and_then(|root| build::get(root, "webhooks")) else {
            return;
        };
        for (name, entry) in self.requests("webhooks", node) {
            self.requests_of_item(&Source { name, operation: None }, &entry.node);
        }
    }

    /// The callbacks of an operation.
    pub(super) fn callbacks(&mut self, operation: &str, node: &'d Node) {
        for (name, entry) in self.requests("callbacks", node) {
            let source = Source {
                name,
                operation: Some(operation),
            };
            let Some(node) = self.target(Category::Callbacks, &entry.node) else {
                continue;
            };
            for (_, entry) in self.requests(name, node) {
                self.requests_of_item(&source, &entry.node);
            }
        }
    }

    /// What was found, as it travels on.
    pub(super) fn put_incoming(&mut self, root: &mut Map) {
        if !self.incoming.is_empty() {
            let list = std::mem::take(&mut self.incoming);
            build::put(root, keys::INCOMING, build::list(&self.document.place, list));
        }
    }

    fn requests(&mut self, key: &str, node: &'d Node) -> Vec<(&'d String, &'d Entry)> {
        let Value::Object(map) = &node.value else {
            self.malformed(key, node, "an object");
            return Vec::new();
        };
        map.iter().filter(|(key, _)| !key.starts_with("x-")).collect()
    }

    /// The node, or what it refers to.
    fn target(&mut self, category: Category, node: &'d Node) -> Option<&'d Node> {
        match build::as_map(node) {
            Some(map) if map.contains_key("$ref") => Some(self.follow(category, node)?.node),
            _ => Some(node),
        }
    }

    fn requests_of_item(&mut self, source: &Source<'_>, node: &'d Node) {
        let Some(node) = self.target(Category::PathItems, node) else {
            return;
        };
        for (method, entry) in self.requests(source.name, node) {
            if METHODS.contains(&method.as_str()) {
                self.incoming(source, method, &entry.node);
            }
        }
    }

    fn incoming(&mut self, source: &Source<'_>, method: &str, node: &'d Node) {
        let Some(operation) = build::as_map(node) else {
            return self.malformed(method, node, "an object");
        };
        let Some(schema) = self.payload(operation) else {
            let message = format!(
                "the {} `{}` (`{method}`) has no body in JSON with a schema, so there is no type for it",
                source.noun(),
                source.name
            );
            let finding = Finding::note(codes::SKIPPED, node.place.clone(), message);
            return self
                .findings
                .push(finding.help("describe its body under `application/json`, if it has one"));
        };
        let schema = self.detached(schema, source.name);
        if build::as_text(&schema).is_none() {
            return;
        }
        let mut map = Map::new();
        let place = &node.place;
        build::put(&mut map, "name", build::text(place, source.name));
        build::put(&mut map, "method", build::text(place, method));
        if let Some(operation) = source.operation {
            build::put(&mut map, "operation", build::text(place, operation));
        }
        for key in ["summary", "description"] {
            if let Some(text) = build::get_text(operation, key) {
                build::put(&mut map, key, build::text(place, text));
            }
        }
        if build::is_set(operation, "deprecated") {
            build::put(&mut map, "deprecated", build::flag(place, true));
        }
        build::put(&mut map, "schema", schema);
        self.incoming.push(build::object(place, map));
    }

    /// The schema of the body in JSON.
    fn payload(&mut self, operation: &'d Map) -> Option<&'d Node> {
        let body = self.target(Category::RequestBodies, build::get(operation, "requestBody")?)?;
        let content = build::get_map(build::as_map(body)?, "content")?;
        let media = content
            .iter()
            .find(|(name, _)| is_json(name))
            .map(|(_, entry)| &entry.node)?;
        let media = self.target(Category::MediaTypes, media)?;
        build::get(build::as_map(media)?, "schema")
    }
}

fn is_json(media_type: &str) -> bool {
    let essence = media_type::essence(media_type);
    media_type::is_json(&essence) || essence == "*/*"
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::front::normalize::keys;
    use crate::front::normalize::testing::document;

    #[test]
    fn keeps_what_webhooks_and_callbacks_send() {
        let outcome = document(
            "openapi: 3.1.0
info: {title: T, version: '1'}
paths:
  /jobs:
    post:
      operationId: createJob
      responses: {'204': {description: ok}}
      callbacks:
        done: {$ref: '#/components/callbacks/Done'}
webhooks:
  ping:
    post:
      summary: A ping.
      deprecated: true
      requestBody: {content: {application/json; charset=utf-8: {schema: {type: object}}}}
    delete: {}
  shared: {$ref: '#/components/pathItems/Shared'}
components:
  callbacks: {Done: {'{$request.body#/url}': {put: {requestBody: {$ref: '#/components/requestBodies/Job'}}}}}
  pathItems: {Shared: {post: {requestBody: {content: {text/plain: {schema: {type: string}}}}}}}
  requestBodies: {Job: {content: {application/vnd.job+json: {schema: {$ref: '#/components/schemas/Job'}}}}}
  schemas: {Job: {type: object}}
",
        );
        assert_eq!(
            outcome.at(&format!("/{}", keys::INCOMING)),
            json!([
                {"name": "done", "method": "put", "operation": "createJob", "schema": "#/components/schemas/Job"},
                {
                    "name": "ping", "method": "post", "summary": "A ping.", "deprecated": true,
                    "schema": "#/components/schemas/ping"
                },
            ])
        );
        assert_eq!(
            outcome.findings,
            [
                "16:13 note[skipped] the webhook `ping` (`delete`) has no body in JSON with a schema, so there is no type for it",
                "20:30 note[skipped] the webhook `shared` (`post`) has no body in JSON with a schema, so there is no type for it",
            ]
        );
    }
}
