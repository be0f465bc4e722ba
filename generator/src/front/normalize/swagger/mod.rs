//! Brings Swagger 2.0 to the words of OpenAPI 3.0, tree to tree; places stay.
//!
//! Knows Swagger 2.0 and where OpenAPI 3.0 says the same. What both say alike is copied as it is, and so is what is wrong
//! with it: the walk that follows knows 3.0's objects and reports that. What has no counterpart is reported here.

mod media;
mod operation;
mod parameter;
mod response;
mod schema;
mod security;
mod server;

use self::media::MediaTypes;
use super::build;
use super::tally::Tally;
use crate::diagnostic::codes::Code;
use crate::diagnostic::{Finding, Findings, Place};
use crate::front::source::{Entry, Map, Node, Pointer, Value};

/// The version that the result claims.
const VERSION: &str = "3.0.3";

/// How many references are followed from one parameter to the next.
const MAX_HOPS: usize = 16;

/// Where what is referred to stands in either.
const SECTIONS: [(&str, &str); 4] = [
    ("#/definitions/", "#/components/schemas/"),
    ("#/parameters/", "#/components/parameters/"),
    ("#/responses/", "#/components/responses/"),
    ("#/securityDefinitions/", "#/components/securitySchemes/"),
];

/// A Swagger 2.0 document as OpenAPI 3.0 has it.
pub(super) fn convert(document: &Node, findings: &mut Findings) -> Node {
    let Some(source) = build::as_map(document) else {
        return document.clone();
    };
    let mut converter = Converter {
        document,
        findings,
        tally: Tally::default(),
        consumes: MediaTypes::default(),
        produces: MediaTypes::default(),
    };
    let root = converter.root(source);
    converter.tally.report(converter.findings);
    build::object(&document.place, root)
}

/// The state of a conversion.
struct Converter<'d, 'f> {
    document: &'d Node,
    findings: &'f mut Findings,
    tally: Tally,
    /// What requests are in, where an operation does not say.
    consumes: MediaTypes,
    /// What answers are in, where an operation does not say.
    produces: MediaTypes,
}

impl<'d> Converter<'d, '_> {
    fn root(&mut self, source: &'d Map) -> Map {
        self.consumes = self.media_types(source, "consumes").unwrap_or_default();
        self.produces = self.media_types(source, "produces").unwrap_or_default();
        let mut root = Map::new();
        for (key, entry) in source {
            match key.as_str() {
                "swagger" => build::put(&mut root, "openapi", build::text(&entry.node.place, VERSION)),
                "host"
                | "basePath"
                | "schemes"
                | "consumes"
                | "produces"
                | "definitions"
                | "parameters"
                | "responses"
                | "securityDefinitions"
                | "components" => {}
                "paths" => keep(&mut root, key, entry, self.each_field(&entry.node, Self::path_item)),
                _ => keep(&mut root, key, entry, entry.node.clone()),
            }
        }
        if let Some(servers) = self.servers(source, build::get(source, "schemes")) {
            build::put(&mut root, "servers", servers);
        }
        let components = self.components(source);
        if !components.is_empty() {
            let place = &self.document.place;
            build::put(&mut root, "components", build::object(place, components));
        }
        root
    }

    /// The components; path items are those that were brought from other files.
    fn components(&mut self, source: &'d Map) -> Map {
        let mut components = Map::new();
        if let Some(node) = build::get(source, "definitions") {
            let schemas = self.each(node, Self::schema);
            build::put(&mut components, "schemas", schemas);
        }
        if let Some(node) = build::get(source, "responses") {
            let responses = self.each(node, Self::shared_response);
            build::put(&mut components, "responses", responses);
        }
        if let Some(node) = build::get(source, "securityDefinitions") {
            let schemes = self.each(node, Self::security_scheme);
            build::put(&mut components, "securitySchemes", schemes);
        }
        if let Some(node) = build::get(source, "parameters") {
            self.shared_parameters(node, &mut components);
        }
        for (section, entry) in build::get_map(source, "components").into_iter().flatten() {
            let node = match section.as_str() {
                "pathItems" => self.each(&entry.node, Self::path_item),
                _ => entry.node.clone(),
            };
            components.entry(section.clone()).or_insert(Entry {
                key: entry.key.clone(),
                node,
            });
        }
        components
    }

    /// An object of any names with each of its values converted; what is no object stays.
    fn each(&mut self, node: &'d Node, convert: impl FnMut(&mut Self, &'d Node) -> Node) -> Node {
        self.each_but(node, |_| false, convert)
    }

    /// The same, of an object that may have extensions, which stay.
    fn each_field(&mut self, node: &'d Node, convert: impl FnMut(&mut Self, &'d Node) -> Node) -> Node {
        self.each_but(node, |key| key.starts_with("x-"), convert)
    }

    fn each_but(
        &mut self,
        node: &'d Node,
        stays: fn(&str) -> bool,
        mut convert: impl FnMut(&mut Self, &'d Node) -> Node,
    ) -> Node {
        let Value::Object(source) = &node.value else {
            return node.clone();
        };
        let mut map = Map::new();
        for (key, entry) in source {
            let value = if stays(key) {
                entry.node.clone()
            } else {
                convert(self, &entry.node)
            };
            keep(&mut map, key, entry, value);
        }
        build::object(&node.place, map)
    }

    /// What a reference in the document points to, in Swagger's words.
    fn target(&self, node: &'d Node) -> Option<&'d Node> {
        let mut node = node;
        for _ in 0..MAX_HOPS {
            let Some(reference) = node.get("$ref") else {
                return Some(node);
            };
            node = Pointer::from_fragment(reference.as_str()?)?.find(self.document)?;
        }
        None
    }

    fn warn(&mut self, code: Code, place: &Place, message: impl Into<String>, help: &str) {
        self.findings
            .push(Finding::warning(code, place.clone(), message).help(help));
    }

    fn error(&mut self, code: Code, place: &Place, message: impl Into<String>, help: &str) {
        self.findings
            .push(Finding::error(code, place.clone(), message).help(help));
    }

    fn note(&mut self, code: Code, place: &Place, subject: &str, message: impl Into<String>, help: &str) {
        self.tally
            .count(subject, Finding::note(code, place.clone(), message).help(help));
    }
}

/// A reference to a component, where Swagger's stood. How it was written stays beside it, for findings.
fn reference(node: &Node) -> Node {
    let Some(written) = build::as_text(node) else {
        return node.clone();
    };
    let section = SECTIONS
        .into_iter()
        .find_map(|(from, to)| Some((written.strip_prefix(from)?, to)));
    let Some((name, to)) = section else {
        return node.clone();
    };
    let mut led = build::text(&node.place, format!("{to}{name}"));
    led.text = node.text.clone().or_else(|| Some(written.into()));
    led
}

/// Puts a value under a key that stands where it stood.
fn keep(map: &mut Map, key: &str, entry: &Entry, node: Node) {
    map.insert(
        key.to_owned(),
        Entry {
            key: entry.key.clone(),
            node,
        },
    );
}

#[cfg(test)]
mod tests;
