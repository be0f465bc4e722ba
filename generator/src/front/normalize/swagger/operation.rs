//! Path items and operations: their parameters, and the bodies that are made of some of these.

use super::media::{JSON, MULTIPART, MediaTypes, URLENCODED, is_form};
use super::parameter::Joined;
use super::schema::is_file;
use super::{Converter, keep, reference};
use crate::diagnostic::codes;
use crate::front::normalize::build;
use crate::front::source::{Map, Node, Pointer, Value};

const METHODS: [&str; 7] = ["get", "put", "post", "delete", "options", "head", "patch"];

/// The parameters of an operation that its body is made of, as they stand there or where they are shared.
#[derive(Default)]
struct Payload<'d> {
    body: Option<&'d Node>,
    form: Vec<&'d Node>,
}

impl<'d> Converter<'d, '_> {
    pub(super) fn path_item(&mut self, node: &'d Node) -> Node {
        let Some(source) = build::as_map(node) else {
            return node.clone();
        };
        let mut map = Map::new();
        let mut shared = Payload::default();
        if let Some(entry) = source.get("parameters") {
            let (parameters, payload) = self.parameters(&entry.node);
            keep(&mut map, "parameters", entry, parameters);
            shared = payload;
        }
        for (key, entry) in source {
            let value = match key.as_str() {
                "parameters" => continue,
                "$ref" => reference(&entry.node),
                key if METHODS.contains(&key.to_ascii_lowercase().as_str()) => self.operation(&entry.node, &shared),
                _ => entry.node.clone(),
            };
            keep(&mut map, key, entry, value);
        }
        build::object(&node.place, map)
    }

    fn operation(&mut self, node: &'d Node, shared: &Payload<'d>) -> Node {
        let Some(source) = build::as_map(node) else {
            return node.clone();
        };
        let consumes = self.media_types(source, "consumes");
        let consumes = consumes.unwrap_or_else(|| self.consumes.clone());
        let produces = self.media_types(source, "produces");
        let produces = produces.unwrap_or_else(|| self.produces.clone());
        let mut map = Map::new();
        let mut own = Payload::default();
        for (key, entry) in source {
            let value = match key.as_str() {
                "consumes" | "produces" => continue,
                "parameters" => {
                    let (parameters, payload) = self.parameters(&entry.node);
                    own = payload;
                    parameters
                }
                "responses" => self.each_field(&entry.node, |this, response| this.response_of(response, &produces)),
                "schemes" => {
                    self.own_servers(&entry.node, &mut map);
                    continue;
                }
                _ => entry.node.clone(),
            };
            keep(&mut map, key, entry, value);
        }
        if let Some(body) = self.request_body(&own.over(shared), &consumes) {
            build::put(&mut map, "requestBody", body);
        }
        build::object(&node.place, map)
    }

    /// The servers of an operation that is called by other schemes than the rest.
    fn own_servers(&mut self, schemes: &'d Node, operation: &mut Map) {
        let Some(root) = build::as_map(self.document).filter(|root| root.contains_key("host")) else {
            let message = "`schemes` of an operation say nothing without a `host`; they are ignored";
            self.warn(
                codes::UNUSED_SCHEMES,
                &schemes.place,
                message,
                "add `host` to the document",
            );
            return;
        };
        let of_all = build::get(root, "schemes");
        if of_all.is_some_and(|of_all| of_all.same_value(schemes)) {
            return;
        }
        if let Some(servers) = self.servers(root, Some(schemes)) {
            build::put(operation, "servers", servers);
        }
    }

    /// The parameters that stand in no body, and those that do.
    fn parameters(&mut self, node: &'d Node) -> (Node, Payload<'d>) {
        let Value::Array(items) = &node.value else {
            return (node.clone(), Payload::default());
        };
        let mut payload = Payload::default();
        let mut kept = Vec::new();
        for item in items {
            let target = self.target(item);
            match target.and_then(|target| target.get("in")?.as_str()) {
                Some("body") => self.take_body(item, &mut payload),
                Some("formData") => payload.form.push(item),
                _ => {
                    let is_shared = item.get("$ref").and_then(Node::as_str).is_none_or(is_component);
                    kept.push(self.parameter(if is_shared { item } else { target.unwrap_or(item) }));
                }
            }
        }
        (build::list(&node.place, kept), payload)
    }

    fn take_body(&mut self, item: &'d Node, payload: &mut Payload<'d>) {
        if payload.body.is_none() {
            payload.body = Some(item);
            return;
        }
        let message = "an operation has two bodies; the first is kept";
        self.error(
            codes::BODY_PARAMETER,
            &item.place,
            message,
            "describe one body that holds both",
        );
    }

    fn request_body(&mut self, payload: &Payload<'d>, consumes: &MediaTypes) -> Option<Node> {
        let Some(item) = payload.body else {
            return self.form(&payload.form, consumes);
        };
        if let Some(field) = payload.form.first() {
            let message = "an operation has a body and fields of a form; the form is left out";
            self.error(codes::BODY_PARAMETER, &field.place, message, "describe one of them");
        }
        if let Some(reference) = item.get("$ref").filter(|_| *consumes == self.consumes)
            && let Some(name) = reference.as_str().and_then(|text| text.strip_prefix("#/parameters/"))
        {
            let written = reference.text.as_deref().or(reference.as_str());
            let mut led = build::text(&reference.place, format!("#/components/requestBodies/{name}"));
            led.text = written.map(Box::from);
            let mut map = Map::new();
            build::put(&mut map, "$ref", led);
            return Some(build::object(&item.place, map));
        }
        self.target(item).map(|body| self.body(body, consumes))
    }

    /// A body in each media type that is consumed; no form is one, unless there is nothing else.
    pub(super) fn body(&mut self, node: &'d Node, consumes: &MediaTypes) -> Node {
        let mut media_types: Vec<&str> = consumes
            .iter()
            .map(String::as_str)
            .filter(|name| !is_form(name))
            .collect();
        if media_types.is_empty() {
            media_types = consumes.iter().map(String::as_str).collect();
        }
        if media_types.is_empty() {
            let message = format!("no `consumes` says what this body is in; it is taken for `{JSON}`");
            let help = "add `consumes` to the document or to the operation";
            self.note(codes::ASSUMED_MEDIA_TYPE, &node.place, "body", message, help);
            media_types.push(JSON);
        }
        let (mut map, mut media_type) = (Map::new(), Map::new());
        for (key, entry) in build::as_map(node).into_iter().flatten() {
            match key.as_str() {
                "schema" => {
                    let schema = self.schema(&entry.node);
                    keep(&mut media_type, key, entry, schema);
                }
                "x-example" => keep(&mut media_type, "example", entry, entry.node.clone()),
                "name" | "in" | "x-examples" => {}
                _ => keep(&mut map, key, entry, entry.node.clone()),
            }
        }
        let examples = node.get("x-examples");
        let content = media_types.into_iter().map(|name| {
            let mut media_type = media_type.clone();
            if let Some(example) = examples.and_then(|examples| examples.get(name)) {
                build::put(&mut media_type, "example", example.clone());
            }
            (name, build::object(&node.place, media_type))
        });
        let content = object_of(node, content);
        build::put(&mut map, "content", content);
        build::object(&node.place, map)
    }

    /// The body that is made of the fields of a form.
    fn form(&mut self, fields: &[&'d Node], consumes: &MediaTypes) -> Option<Node> {
        let first = *fields.first()?;
        let fields: Vec<(&Map, &Node)> = fields
            .iter()
            .filter_map(|field| self.target(field))
            .filter_map(|field| Some((build::as_map(field)?, field)))
            .collect();
        let has_file = fields.iter().any(|(field, _)| is_file(field));
        let media_types = self.form_types(first, has_file, consumes);
        let form = self.form_schema(first, &fields);
        let content = media_types.into_iter().map(|name| (name, form.clone()));
        let mut map = Map::new();
        let is_required = fields.iter().any(|(field, _)| build::is_set(field, "required"));
        build::put(&mut map, "required", build::flag(&first.place, is_required));
        build::put(&mut map, "content", object_of(first, content));
        Some(build::object(&first.place, map))
    }

    /// In which media types a form is sent.
    fn form_types(&mut self, first: &Node, has_file: bool, consumes: &MediaTypes) -> Vec<&'static str> {
        let listed = |form: &str| {
            let is = |name: &String| is_form(name) && name.to_ascii_lowercase().starts_with(form);
            consumes.iter().position(is)
        };
        let (multipart, urlencoded) = (listed(MULTIPART), listed(URLENCODED).filter(|_| !has_file));
        let mut found: Vec<(usize, &str)> = multipart.map(|at| (at, MULTIPART)).into_iter().collect();
        found.extend(urlencoded.map(|at| (at, URLENCODED)));
        found.sort_unstable();
        if found.is_empty() {
            let assumed = if has_file { MULTIPART } else { URLENCODED };
            let message = format!("no `consumes` says what this form is in; it is taken for `{assumed}`");
            let help = "add `consumes` to the operation";
            self.note(codes::ASSUMED_MEDIA_TYPE, &first.place, assumed, message, help);
            return vec![assumed];
        }
        found.into_iter().map(|(_, name)| name).collect()
    }

    /// The media type of a form, in which each field is a property.
    fn form_schema(&mut self, first: &Node, fields: &[(&'d Map, &'d Node)]) -> Node {
        let (mut properties, mut required, mut encoding) = (Map::new(), Vec::new(), Map::new());
        for (source, node) in fields {
            let Some(name) = build::get_text(source, "name") else {
                let message = "a field of a form has no name; it is left out";
                self.error(codes::MALFORMED_PARAMETER, &node.place, message, "give it a `name`");
                continue;
            };
            let (schema, joined) = self.field(node, source);
            build::put(&mut properties, name, schema);
            if let Some((style, explode)) = joined.style().filter(|_| joined != Joined::Apart) {
                let written = [
                    ("style", build::text(&node.place, style)),
                    ("explode", build::flag(&node.place, explode)),
                ];
                build::put(&mut encoding, name, object_of(node, written.into_iter()));
            }
            if build::is_set(source, "required") {
                required.push(build::text(&node.place, name));
            }
        }
        let place = &first.place;
        let mut schema = Map::new();
        build::put(&mut schema, "type", build::text(place, "object"));
        build::put(&mut schema, "properties", build::object(place, properties));
        if !required.is_empty() {
            build::put(&mut schema, "required", build::list(place, required));
        }
        let mut parts = vec![("schema", build::object(place, schema))];
        if !encoding.is_empty() {
            parts.push(("encoding", build::object(place, encoding)));
        }
        object_of(first, parts.into_iter())
    }

    /// The schema of a field, its description included, and how its values are joined.
    fn field(&mut self, node: &'d Node, source: &'d Map) -> (Node, Joined) {
        let (beside, mut schema, joined) = self.described(node, source, "formData");
        if let Value::Object(map) = &mut schema.value {
            for (key, entry) in beside {
                if matches!(key.as_str(), "description" | "example") || key.starts_with("x-") {
                    map.insert(key, entry);
                } else if key == "allowEmptyValue" {
                    let message = "OpenAPI 3 has no `allowEmptyValue` in a form; it is ignored";
                    self.note(
                        codes::UNSUPPORTED_KEYWORD,
                        &entry.key,
                        &key,
                        message,
                        "nothing needs to be done",
                    );
                }
            }
        }
        (schema, joined)
    }
}

impl Payload<'_> {
    /// What an operation has for itself, over what its path has for all.
    fn over(self, shared: &Self) -> Self {
        let mut form = self.form;
        if self.body.is_none() {
            let known: Vec<Option<&str>> = form.iter().map(|field| field.get("name")?.as_str()).collect();
            let others = shared.form.iter().filter(|field| {
                let name = field.get("name").and_then(Node::as_str);
                name.is_none() || !known.contains(&name)
            });
            form.splice(0..0, others.copied().collect::<Vec<_>>());
        }
        let body = self.body.or(shared.body.filter(|_| form.is_empty()));
        Self { body, form }
    }
}

/// Whether a reference is to something that has a name in the document.
fn is_component(reference: &str) -> bool {
    Pointer::from_fragment(reference)
        .is_some_and(|pointer| matches!(pointer.tokens(), [section, _] if section == "parameters"))
}

fn object_of<'n>(at: &Node, entries: impl Iterator<Item = (&'n str, Node)>) -> Node {
    let mut map = Map::new();
    for (key, node) in entries {
        build::put(&mut map, key, node);
    }
    build::object(&at.place, map)
}
