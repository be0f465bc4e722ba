//! Parameters and headers: where they stand, how they are written, and what describes their value.
//!
//! Knows the Parameter Object and the Header Object.

use super::components::Category;
use super::shape::{HEADER, PARAMETER};
use super::{Normalizer, build};
use crate::diagnostic::codes;
use crate::front::source::{Map, Node, Pointer, Value};

/// The keys with which Swagger 2.0 describes a parameter's value without a schema.
const BARE_SCHEMA: [&str; 13] = [
    "type",
    "format",
    "items",
    "enum",
    "default",
    "minimum",
    "maximum",
    "pattern",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "multipleOf",
];

/// The headers that OpenAPI describes elsewhere: a parameter of such a name is ignored, as the specification says.
const IGNORED_HEADERS: [&str; 3] = ["accept", "content-type", "authorization"];

impl<'d> Normalizer<'d, '_> {
    /// A list of parameters; of two with the same name and place the first is kept.
    pub(super) fn parameters(&mut self, node: &'d Node) -> Option<Node> {
        let items = self.items("parameters", node)?;
        let mut kept: Vec<Node> = Vec::new();
        for item in items {
            let Some(mut parameter) = self.parameter_or_reference(item) else {
                continue;
            };
            parameter.place = item.place.clone();
            let key = self
                .parameter_key(&parameter)
                .map(|(name, place)| (name.to_owned(), place.to_owned()));
            let Some((name, location)) = key else { continue };
            if location == "header" && IGNORED_HEADERS.contains(&name.to_ascii_lowercase().as_str()) {
                continue;
            }
            let twice = kept.iter().any(|other| {
                self.parameter_key(other)
                    .is_some_and(|(other, place)| other == name && place == location)
            });
            if twice {
                let message = format!("the {location} parameter `{name}` is declared twice; the first is kept");
                self.warn(codes::DUPLICATE_PARAMETER, &item.place, message, "remove one of them");
            } else {
                kept.push(parameter);
            }
        }
        Some(build::list(&node.place, kept))
    }

    fn parameter_or_reference(&mut self, node: &'d Node) -> Option<Node> {
        match build::as_map(node) {
            Some(map) if map.contains_key("$ref") => self.referenced(Category::Parameters, node),
            _ => self.parameter(node),
        }
    }

    /// Name and place of a parameter that was read, or of the one that it refers to.
    pub(super) fn parameter_key<'n>(&'n self, node: &'n Node) -> Option<(&'n str, &'n str)> {
        let mut map = build::as_map(node)?;
        if let Some(reference) = build::get_text(map, "$ref") {
            let pointer = Pointer::from_fragment(reference)?;
            map = build::as_map(self.components.built(Category::Parameters, pointer.tokens().last()?)?)?;
        }
        Some((build::get_text(map, "name")?, build::get_text(map, "in")?))
    }

    /// A parameter. `None`, with an error, where it cannot be sent.
    pub(super) fn parameter(&mut self, node: &'d Node) -> Option<Node> {
        let Some(source) = build::as_map(node) else {
            let message = format!("a parameter is {}, not an object; it is left out", build::kind(node));
            self.error(
                codes::MALFORMED_PARAMETER,
                &node.place,
                message,
                "write the parameter as an object",
            );
            return None;
        };
        let mut map = self.described(node, source)?;
        let Some(name) = build::get_text(&map, "name")
            .filter(|name| !name.is_empty())
            .map(str::to_owned)
        else {
            self.error(
                codes::MALFORMED_PARAMETER,
                &node.place,
                "a parameter has no name; it is left out",
                "give it a `name`",
            );
            return None;
        };
        let location = self.location(&name, &map, node)?;
        if location == "header" && !is_token(&name) {
            let message = format!("`{name}` cannot be the name of a header; the parameter is left out");
            self.error(
                codes::MALFORMED_PARAMETER,
                &node.place,
                message,
                "use letters, digits and `-` in names of headers",
            );
            return None;
        }
        if location == "path" && !build::is_set(&map, "required") {
            let message = format!("the path parameter `{name}` is not required, which it cannot but be");
            self.warn(
                codes::PATH_PARAMETER_OPTIONAL,
                &node.place,
                message,
                "write `required: true`",
            );
            build::put(&mut map, "required", build::flag(&node.place, true));
        }
        self.style(&name, location, &mut map);
        Some(build::object(&node.place, map))
    }

    fn location(&mut self, name: &str, map: &Map, node: &Node) -> Option<&'static str> {
        let known = ["query", "header", "path", "cookie"];
        let written = build::get_text(map, "in").unwrap_or_default();
        if let Some(location) = known.into_iter().find(|location| *location == written) {
            return Some(location);
        }
        let (message, help) = match written {
            "" => (
                format!("the parameter `{name}` does not say where it stands; it is left out"),
                "add `in`",
            ),
            "body" | "formData" => (
                format!("the parameter `{name}` stands in the body, as in Swagger 2.0; it is left out"),
                "describe the body with `requestBody`",
            ),
            "querystring" => (
                format!("the parameter `{name}` is the whole query string, which is not supported; it is left out"),
                "describe the parameters of the query one by one",
            ),
            _ => (
                format!("the parameter `{name}` stands in `{written}`, which OpenAPI does not know; it is left out"),
                "use `query`, `header`, `path` or `cookie`",
            ),
        };
        self.error(codes::PARAMETER_LOCATION, &node.place, message, help);
        None
    }

    fn style(&mut self, name: &str, location: &str, map: &mut Map) {
        let allowed: &[&str] = match location {
            "path" => &["simple", "label", "matrix"],
            "query" => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
            "header" => &["simple"],
            _ => &["form"],
        };
        let Some(style) = build::get(map, "style") else { return };
        let place = style.place.clone();
        let written = build::as_text(style).unwrap_or_default().to_owned();
        if allowed.contains(&written.as_str()) {
            return;
        }
        map.shift_remove("style");
        // 3.2's name for what clients have always done with cookies.
        if (location, written.as_str()) != ("cookie", "cookie") {
            let message = format!("`{name}` cannot have the style `{written}` in a {location}; the default is used");
            self.warn(
                codes::PARAMETER_STYLE,
                &place,
                message,
                &format!("use one of: {}", allowed.join(", ")),
            );
        }
    }

    /// The object with exactly one of `schema` and `content`, the latter with one media type.
    fn described(&mut self, node: &'d Node, source: &'d Map) -> Option<Map> {
        let bare = !source.contains_key("schema") && !source.contains_key("content") && source.contains_key("type");
        let mut map = if bare {
            self.bare_schema(node, source)
        } else {
            self.object(node, &PARAMETER)?
        };
        self.one_description(node, &mut map);
        Some(map)
    }

    /// A parameter as Swagger 2.0 writes it.
    fn bare_schema(&mut self, node: &'d Node, source: &'d Map) -> Map {
        let message = "a parameter has its `type` beside its name, as in Swagger 2.0; it is read as its schema";
        self.warn(
            codes::PARAMETER_WITHOUT_SCHEMA,
            &node.place,
            message,
            "put `type` and what belongs to it into `schema`",
        );
        let mut map = Map::new();
        for (key, entry) in source.iter().filter(|(key, _)| !BARE_SCHEMA.contains(&key.as_str())) {
            if let Some(node) = self.field(&PARAMETER, key, entry) {
                map.insert(
                    key.clone(),
                    crate::front::source::Entry {
                        key: entry.key.clone(),
                        node,
                    },
                );
            }
        }
        let only = |key: &str| BARE_SCHEMA.contains(&key);
        let schema = self.schema_part(node, only);
        build::put(&mut map, "schema", schema);
        map
    }

    fn one_description(&mut self, node: &Node, map: &mut Map) {
        Self::settle_example(map);
        let content = build::get_map(map, "content").map_or(0, Map::len);
        match (map.contains_key("schema"), content) {
            (true, 0) => drop(map.shift_remove("content")),
            (true, _) => {
                let message = "both `schema` and `content` describe a parameter; `content` is ignored";
                self.warn(codes::PARAMETER_CONTENT, &node.place, message, "remove one of them");
                map.shift_remove("content");
            }
            (false, 0) => {
                let message = "neither `schema` nor `content` describes a parameter; any value is allowed";
                self.warn(codes::PARAMETER_WITHOUT_SCHEMA, &node.place, message, "add a `schema`");
                map.shift_remove("content");
                build::put(map, "schema", build::empty(&node.place));
            }
            (false, 1) => {}
            (false, _) => {
                let message = "the `content` of a parameter has several media types; the first is used";
                self.warn(
                    codes::PARAMETER_CONTENT,
                    &node.place,
                    message,
                    "describe one media type",
                );
                if let Some(entry) = map.get_mut("content")
                    && let Value::Object(content) = &mut entry.node.value
                {
                    content.truncate(1);
                }
            }
        }
    }

    /// The headers of a response. `Content-Type` is ignored, as the specification says.
    pub(super) fn headers(&mut self, key: &str, node: &'d Node) -> Option<Node> {
        self.values(key, node, |this, name, header| {
            if name.eq_ignore_ascii_case("content-type") {
                return None;
            }
            if !is_token(name) {
                let message = format!("`{name}` cannot be the name of a header; it is left out");
                let help = "use letters, digits and `-` in names of headers";
                this.warn(codes::MALFORMED_VALUE, &header.place, message, help);
                return None;
            }
            match build::as_map(header) {
                Some(map) if map.contains_key("$ref") => this.referenced(Category::Headers, header),
                _ => this.header(header),
            }
        })
    }

    /// A header.
    pub(super) fn header(&mut self, node: &'d Node) -> Option<Node> {
        let mut map = self.object(node, &HEADER)?;
        let bare = build::as_map(node).is_some_and(|source| source.contains_key("type"));
        if bare && !map.contains_key("schema") {
            let schema = self.schema_part(node, |key| BARE_SCHEMA.contains(&key));
            build::put(&mut map, "schema", schema);
        }
        if !map.contains_key("schema") && !map.contains_key("content") {
            build::put(&mut map, "schema", build::empty(&node.place));
        }
        self.one_description(node, &mut map);
        Some(build::object(&node.place, map))
    }
}

/// Whether text may be the name of a header (RFC 9110's `token`).
fn is_token(name: &str) -> bool {
    !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use crate::front::normalize::testing::{document, operation};

    /// What becomes of one parameter beside `id`, on line 8.
    fn parameter(text: &str) -> (Json, Vec<String>) {
        let outcome = operation(&format!("- {{{text}}}\nresponses: {{}}\n"));
        (outcome.at("/paths/~1things~1{id}/get/parameters/1"), outcome.findings)
    }

    #[track_caller]
    fn dropped(text: &str, finding: &str) {
        assert_eq!(parameter(text), (Json::Null, vec![finding.to_owned()]));
    }

    #[test]
    fn drops_what_cannot_be_sent() {
        dropped(
            "name: b, in: body, schema: {}",
            "8:9 error[parameter-location] the parameter `b` stands in the body, as in Swagger 2.0; it is left out",
        );
        dropped(
            "name: b, in: cooky, schema: {}",
            "8:9 error[parameter-location] the parameter `b` stands in `cooky`, which OpenAPI does not know; it is left out",
        );
        dropped(
            "name: b, schema: {}",
            "8:9 error[parameter-location] the parameter `b` does not say where it stands; it is left out",
        );
        dropped(
            "name: 'a b', in: header, schema: {}",
            "8:9 error[malformed-parameter] `a b` cannot be the name of a header; the parameter is left out",
        );
        dropped(
            "in: query, schema: {}",
            "8:9 error[malformed-parameter] a parameter has no name; it is left out",
        );
        dropped(
            "name: id, in: path, required: true, schema: {type: integer}",
            "8:9 warning[duplicate-parameter] the path parameter `id` is declared twice; the first is kept",
        );
        assert_eq!(
            parameter("name: Content-Type, in: header, schema: {}"),
            (Json::Null, vec![])
        );
    }

    #[test]
    fn knows_the_styles_of_each_place() {
        let (kept, findings) = parameter("name: a, in: query, style: deepObject, explode: true, schema: {}");
        assert_eq!(
            kept,
            json!({"name": "a", "in": "query", "style": "deepObject", "explode": true, "schema": {}})
        );
        assert_eq!(findings, Vec::<String>::new());
        let (repaired, findings) = parameter("name: a, in: header, style: form, schema: {}");
        assert_eq!(repaired, json!({"name": "a", "in": "header", "schema": {}}));
        let warning = "8:38 warning[parameter-style] `a` cannot have the style `form` in a header; the default is used";
        assert_eq!(findings, [warning]);
    }

    #[test]
    fn gives_each_one_description() {
        let (both, findings) = parameter("name: a, in: query, schema: {type: string}, content: {text/plain: {}}");
        assert_eq!(both, json!({"name": "a", "in": "query", "schema": {"type": "string"}}));
        let warning =
            "8:9 warning[parameter-content] both `schema` and `content` describe a parameter; `content` is ignored";
        assert_eq!(findings, [warning]);
        let (several, findings) = parameter("name: a, in: query, content: {application/json: {}, text/plain: {}}");
        assert_eq!(
            several,
            json!({"name": "a", "in": "query", "content": {"application/json": {}}})
        );
        let warning =
            "8:9 warning[parameter-content] the `content` of a parameter has several media types; the first is used";
        assert_eq!(findings, [warning]);
        let (none, findings) = parameter("name: a, in: query");
        assert_eq!(none, json!({"name": "a", "in": "query", "schema": {}}));
        let warning = "8:9 warning[parameter-without-schema] neither `schema` nor `content` describes a parameter; any value \
                       is allowed";
        assert_eq!(findings, [warning]);
    }

    #[test]
    fn reads_a_parameter_as_swagger_2_writes_it() {
        let (read, findings) = parameter("name: a, in: query, type: integer, maximum: 5, description: d");
        let schema = json!({"type": "integer", "maximum": 5});
        assert_eq!(
            read,
            json!({"name": "a", "in": "query", "description": "d", "schema": schema})
        );
        let warning = "8:9 warning[parameter-without-schema] a parameter has its `type` beside its name, as in Swagger 2.0; it \
                       is read as its schema";
        assert_eq!(findings, [warning]);
    }

    #[test]
    fn keeps_one_example() {
        let (read, findings) =
            parameter("name: a, in: query, schema: {}, examples: {none: {summary: s}, one: {value: 1}}");
        assert_eq!(
            (read, findings),
            (json!({"name": "a", "in": "query", "schema": {}, "example": 1}), vec![])
        );
    }

    #[test]
    fn requires_what_stands_in_the_path() {
        let outcome = document(
            "openapi: 3.0.0
info: {title: T, version: '1'}
paths:
  /{a}: {get: {parameters: [{$ref: '#/components/parameters/A'}], responses: {}}}
components:
  parameters: {A: {name: a, in: path, schema: {type: string}}}
",
        );
        assert_eq!(outcome.at("/components/parameters/A/required"), json!(true));
        let warning =
            "6:19 warning[path-parameter-optional] the path parameter `a` is not required, which it cannot but be";
        assert_eq!(outcome.findings, [warning]);
    }

    #[test]
    fn reads_headers() {
        let outcome = operation(
            "responses: {200: {description: d, headers: {X-Rate: {schema: {type: integer}, style: simple}, content-type: {}, \
             X-Any: {}}}}",
        );
        let headers = json!({"X-Rate": {"schema": {"type": "integer"}}, "X-Any": {"schema": {}}});
        assert_eq!(outcome.at("/paths/~1things~1{id}/get/responses/200/headers"), headers);
        assert_eq!(outcome.findings, Vec::<String>::new());
    }
}
