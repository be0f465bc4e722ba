//! Bodies: requests, responses, and the media types in them.
//!
//! Knows the Request Body, Responses, Response, Media Type and Encoding Objects.

use super::components::Category;
use super::refs::Target;
use super::shape::{MEDIA_TYPE, REQUEST_BODY, RESPONSE};
use super::{Normalizer, build, keys};
use crate::diagnostic::codes;
use crate::front::source::{Entry, Map, Node, Pointer, Value};

impl<'d> Normalizer<'d, '_> {
    /// A request body or a reference to one.
    pub(super) fn request_body(&mut self, node: &'d Node) -> Option<Node> {
        match build::as_map(node) {
            Some(map) if map.contains_key("$ref") => self.referenced(Category::RequestBodies, node),
            _ => self.body(node),
        }
    }

    /// A request body.
    pub(super) fn body(&mut self, node: &'d Node) -> Option<Node> {
        let map = self.object(node, &REQUEST_BODY)?;
        if build::get_map(&map, "content").is_none_or(Map::is_empty) {
            let message = "a request body has no media type; it is left out";
            self.warn(
                codes::MISSING_KEY,
                &node.place,
                message,
                "add a media type to its `content`",
            );
            return None;
        }
        Some(build::object(&node.place, map))
    }

    /// The responses of an operation, by status.
    pub(super) fn responses(&mut self, node: &'d Node) -> Node {
        let Value::Object(source) = &node.value else {
            self.malformed("responses", node, "an object");
            return build::empty(&node.place);
        };
        let mut map = Map::new();
        for (key, entry) in source {
            if key.starts_with("x-") {
                if let Some(node) = self.extension(key, entry) {
                    map.insert(
                        key.clone(),
                        Entry {
                            key: entry.key.clone(),
                            node,
                        },
                    );
                }
                continue;
            }
            let Some(status) = self.status(key, entry, &map) else {
                continue;
            };
            let response = match build::as_map(&entry.node) {
                Some(map) if map.contains_key("$ref") => self.referenced(Category::Responses, &entry.node),
                _ => Some(self.response(&entry.node)),
            };
            if let Some(node) = response {
                map.insert(
                    status,
                    Entry {
                        key: entry.key.clone(),
                        node,
                    },
                );
            }
        }
        build::object(&node.place, map)
    }

    /// The key of a response: `default`, a status, or a class of them (`2XX`).
    fn status(&mut self, key: &str, entry: &Entry, known: &Map) -> Option<String> {
        let status = key.trim().to_ascii_uppercase();
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let status = match status.as_bytes() {
            b"DEFAULT" => "default".to_owned(),
            [b'1'..=b'9', _, _] if digits(&status) => status,
            [b'1'..=b'5', b'X', b'X'] => status,
            _ => {
                let message = format!("`{key}` is no status of a response; it is left out");
                let help = "use a status such as `200`, a class such as `2XX`, or `default`";
                self.warn(codes::MALFORMED_STATUS, &entry.key, message, help);
                return None;
            }
        };
        if known.contains_key(&status) {
            let message = format!("the response `{status}` is declared twice; the first is kept");
            self.warn(codes::MALFORMED_STATUS, &entry.key, message, "remove one of them");
            return None;
        }
        Some(status)
    }

    /// A response. What is missing of its description goes without saying.
    pub(super) fn response(&mut self, node: &'d Node) -> Node {
        let mut map = self.object(node, &RESPONSE).unwrap_or_default();
        if !map.contains_key("description") {
            build::put(&mut map, "description", build::text(&node.place, ""));
        }
        build::object(&node.place, map)
    }

    /// Media types by name. One without anything in it is a body of which nothing is known.
    pub(super) fn content(&mut self, node: &'d Node) -> Option<Node> {
        self.values("content", node, |this, _, media_type| {
            let mut source = media_type;
            if build::as_map(media_type).is_some_and(|map| map.contains_key("$ref")) {
                source = this.follow(Category::MediaTypes, media_type)?.node;
            }
            if matches!(source.value, Value::Null) {
                return Some(build::empty(&source.place));
            }
            let mut map = this.object(source, &MEDIA_TYPE).unwrap_or_default();
            Self::settle_example(&mut map);
            Self::settle_items(&mut map);
            this.settle_encodings(&mut map);
            Some(build::object(&media_type.place, map))
        })
    }

    /// The reference to a schema that 3.0 has no place for; one that stands right there becomes a component.
    pub(super) fn detached(&mut self, node: &'d Node, name: &str) -> Node {
        let reference = build::as_map(node).and_then(|map| build::get(map, "$ref"));
        let name = if let Some(reference) = reference {
            self.schema_reference(reference)
        } else {
            let pointer = Pointer::root().child(name);
            let target = Target {
                node,
                pointer,
                scopes: self.scopes.clone(),
            };
            Some(Category::Schemas.reference(&self.hoist(&target)))
        };
        name.map_or_else(
            || build::node(&node.place, Value::Null),
            |name| build::text(&node.place, name),
        )
    }

    /// Puts what was made of `itemSchema` under the key that travels on. Without a schema, the whole body is a list of them.
    fn settle_items(map: &mut Map) {
        let Some(item) = build::take(map, "itemSchema") else {
            return;
        };
        if build::as_text(&item).is_none() {
            return;
        }
        let place = item.place.clone();
        if !map.contains_key("schema") {
            let mut items = Map::new();
            build::put(&mut items, "$ref", item.clone());
            let mut schema = Map::new();
            build::put(&mut schema, "type", build::text(&place, "array"));
            build::put(&mut schema, "items", build::object(&place, items));
            build::put(map, "schema", build::object(&place, schema));
        }
        build::put(map, keys::ITEM_SCHEMA, item);
    }

    /// Removes styles that no part of a form can have, and says what goes without saying: what is said of a style is said
    /// of `form`, and `form` is exploded.
    fn settle_encodings(&mut self, map: &mut Map) {
        let Some(Value::Object(encodings)) = map.get_mut("encoding").map(|entry| &mut entry.node.value) else {
            return;
        };
        for (name, entry) in encodings {
            let place = entry.node.place.clone();
            let Value::Object(encoding) = &mut entry.node.value else {
                continue;
            };
            let style = build::get_text(encoding, "style").map(str::to_owned);
            if let Some(style) = style
                && !["form", "spaceDelimited", "pipeDelimited", "deepObject"].contains(&style.as_str())
            {
                encoding.shift_remove("style");
                let message = format!("the encoding of `{name}` cannot have the style `{style}`; the default is used");
                let help = "use `form`, `spaceDelimited`, `pipeDelimited` or `deepObject`";
                self.warn(codes::PARAMETER_STYLE, &place, message, help);
            }
            let says_style = encoding.contains_key("explode") || encoding.contains_key("allowReserved");
            if !encoding.contains_key("style") && says_style {
                build::put(encoding, "style", build::text(&place, "form"));
            }
            if build::get_text(encoding, "style") == Some("form") && !encoding.contains_key("explode") {
                build::put(encoding, "explode", build::flag(&place, true));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::front::normalize::keys;
    use crate::front::normalize::testing::operation;

    const OPERATION: &str = "/paths/~1things~1{id}/get";

    #[test]
    fn normalises_statuses() {
        let outcome = operation(
            "responses:
  200: {description: d}
  4xx: {}
  Default: null
  99: {}
  2000: {}
  '200 ': {}
  x-note: n
",
        );
        assert_eq!(
            outcome.at(&format!("{OPERATION}/responses")),
            json!({
                "200": {"description": "d"},
                "4XX": {"description": ""},
                "default": {"description": ""},
                "x-note": "n",
            })
        );
        assert_eq!(
            outcome.findings,
            [
                "11:18 warning[malformed-value] `Response` is null, not an object",
                "12:9 warning[malformed-status] `99` is no status of a response; it is left out",
                "13:9 warning[malformed-status] `2000` is no status of a response; it is left out",
                "14:9 warning[malformed-status] the response `200` is declared twice; the first is kept",
            ]
        );
    }

    #[test]
    fn drops_a_body_without_media_types() {
        let outcome = operation("requestBody: {required: true, content: {}}\nresponses: {}\n");
        assert_eq!(outcome.at(&format!("{OPERATION}/requestBody")), json!(null));
        let warning = "8:20 warning[missing-key] a request body has no media type; it is left out";
        assert_eq!(outcome.findings, [warning]);
    }

    #[test]
    fn reads_media_types() {
        let outcome = operation(
            "requestBody:
  content:
    multipart/form-data: {schema: {type: object}, encoding: {a: {contentType: a/b, style: simple, explode: true}}}
    text/plain:
    application/json: {schema: null, examples: {a: {value: [1]}}}
responses: {}
",
        );
        assert_eq!(
            outcome.at(&format!("{OPERATION}/requestBody/content")),
            json!({
                "multipart/form-data": {"schema": {"type": "object"}, "encoding": {"a": {"contentType": "a/b", "explode": true, "style": "form"}}},
                "text/plain": {},
                "application/json": {"schema": {}, "example": [1]},
            })
        );
        assert_eq!(
            outcome.findings,
            [
                "10:71 warning[parameter-style] the encoding of `a` cannot have the style `simple`; the default is used",
                "12:38 warning[malformed-value] `schema` is null, not an object",
            ]
        );
    }

    #[test]
    fn names_the_items_of_a_stream() {
        let outcome = operation("responses: {200: {content: {text/event-stream: {itemSchema: {type: string}}}}}\n");
        let media_type = outcome.at(&format!("{OPERATION}/responses/200/content/text~1event-stream"));
        let reference = "#/components/schemas/stream_item";
        assert_eq!(
            media_type["schema"],
            json!({"type": "array", "items": {"$ref": reference}})
        );
        assert_eq!(media_type[keys::ITEM_SCHEMA], json!(reference));
        assert_eq!(
            outcome.at("/components/schemas/stream_item"),
            json!({"type": "string", (keys::HOISTED): true})
        );
        assert_eq!(outcome.findings, Vec::<String>::new());
    }
}
