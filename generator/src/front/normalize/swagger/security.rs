//! Security schemes: `basic` is one of `http`, and the one flow of OAuth 2 one of several.

use super::{Converter, keep};
use crate::diagnostic::codes;
use crate::front::normalize::build;
use crate::front::source::{Map, Node};

impl<'d> Converter<'d, '_> {
    pub(super) fn security_scheme(&mut self, node: &'d Node) -> Node {
        let Some(source) = build::as_map(node) else {
            return node.clone();
        };
        match build::get_text(source, "type") {
            Some("basic") => basic(node, source),
            Some("oauth2") => self.oauth2(node, source),
            _ => node.clone(),
        }
    }

    fn oauth2(&mut self, node: &Node, source: &'d Map) -> Node {
        let mut scheme = Map::new();
        let mut flow = Map::new();
        for (key, entry) in source {
            match key.as_str() {
                "flow" => {}
                "authorizationUrl" | "tokenUrl" | "scopes" => keep(&mut flow, key, entry, entry.node.clone()),
                _ => keep(&mut scheme, key, entry, entry.node.clone()),
            }
        }
        let mut flows = Map::new();
        let written = build::get(source, "flow");
        let name = match written.and_then(build::as_text) {
            Some("implicit") => Some("implicit"),
            Some("password") => Some("password"),
            Some("application") => Some("clientCredentials"),
            Some("accessCode") => Some("authorizationCode"),
            other => {
                let message = format!("`{}` is no flow of OAuth 2 in Swagger 2.0", other.unwrap_or_default());
                let help = "use `implicit`, `password`, `application` or `accessCode`";
                let place = &written.unwrap_or(node).place;
                self.warn(codes::UNKNOWN_FLOW, place, message, help);
                None
            }
        };
        if let Some(name) = name {
            let place = &written.unwrap_or(node).place;
            build::put(&mut flows, name, build::object(place, flow));
        }
        build::put(&mut scheme, "flows", build::object(&node.place, flows));
        build::object(&node.place, scheme)
    }
}

fn basic(node: &Node, source: &Map) -> Node {
    let mut scheme = source.clone();
    let place = &node.place;
    build::put(&mut scheme, "type", build::text(place, "http"));
    build::put(&mut scheme, "scheme", build::text(place, "basic"));
    build::object(place, scheme)
}
