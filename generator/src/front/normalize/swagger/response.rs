//! Responses: a schema for each media type that is produced, examples, and headers.

use super::media::{BYTES, JSON, MediaTypes};
use super::schema::is_file;
use super::{Converter, keep, reference};
use crate::diagnostic::codes;
use crate::front::normalize::build;
use crate::front::source::{Map, Node};

impl<'d> Converter<'d, '_> {
    /// A response of the document, in what answers are in by default.
    pub(super) fn shared_response(&mut self, node: &'d Node) -> Node {
        let produces = self.produces.clone();
        self.response(node, &produces)
    }

    /// A response of an operation. One that is shared stays so where the operation produces nothing else.
    pub(super) fn response_of(&mut self, node: &'d Node, produces: &MediaTypes) -> Node {
        if node.get("$ref").is_some()
            && *produces != self.produces
            && let Some(target) = self.target(node)
        {
            return self.response(target, produces);
        }
        self.response(node, produces)
    }

    fn response(&mut self, node: &'d Node, produces: &MediaTypes) -> Node {
        let Some(source) = build::as_map(node) else {
            return node.clone();
        };
        let mut map = Map::new();
        for (key, entry) in source {
            match key.as_str() {
                "$ref" => keep(&mut map, key, entry, reference(&entry.node)),
                "schema" => {
                    let content = self.answer(source, &entry.node, produces);
                    keep(&mut map, "content", entry, content);
                }
                "examples" if !source.contains_key("schema") => self.unused_examples(&entry.node),
                "examples" => {}
                "headers" => {
                    let headers = self.each(&entry.node, Self::header);
                    keep(&mut map, key, entry, headers);
                }
                _ => keep(&mut map, key, entry, entry.node.clone()),
            }
        }
        build::object(&node.place, map)
    }

    /// The body of a response in each media type.
    fn answer(&mut self, response: &'d Map, schema: &'d Node, produces: &MediaTypes) -> Node {
        let file = build::as_map(schema).is_some_and(is_file);
        let converted = self.schema(schema);
        let assumed = [if file { BYTES } else { JSON }.to_owned()];
        let media_types: &[String] = if produces.is_empty() { &assumed } else { produces };
        if produces.is_empty() {
            let message = format!(
                "no `produces` says what this answer is in; it is taken for `{}`",
                assumed[0]
            );
            let help = "add `produces` to the document or to the operation";
            self.note(codes::ASSUMED_MEDIA_TYPE, &schema.place, &assumed[0], message, help);
        }
        let examples = build::get(response, "examples");
        let mut content = Map::new();
        for name in media_types {
            let mut media_type = Map::new();
            build::put(&mut media_type, "schema", converted.clone());
            if let Some(example) = examples.and_then(|examples| examples.get(name)) {
                build::put(&mut media_type, "example", example.clone());
            }
            build::put(&mut content, name, build::object(&schema.place, media_type));
        }
        if let Some(examples) = examples {
            let listed = |name: &str| name.starts_with("x-") || media_types.iter().any(|known| known == name);
            if build::as_map(examples).is_none_or(|map| !map.keys().all(|name| listed(name))) {
                self.unused_examples(examples);
            }
        }
        build::object(&schema.place, content)
    }

    fn unused_examples(&mut self, examples: &Node) {
        let message = "an example is in a media type that the answer does not have; it is ignored";
        let help = "list the media type under `produces`, and give the response a `schema`";
        self.note(codes::UNUSED_EXAMPLE, &examples.place, "examples", message, help);
    }

    /// A header, which is described like a parameter.
    fn header(&mut self, node: &'d Node) -> Node {
        let Some(source) = build::as_map(node).filter(|source| source.contains_key("type")) else {
            return node.clone();
        };
        let (mut header, schema, _) = self.described(node, source, "header");
        build::put(&mut header, "schema", schema);
        build::object(&node.place, header)
    }
}
