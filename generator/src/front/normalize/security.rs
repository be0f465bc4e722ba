//! Security schemes and requirements.
//!
//! Knows the Security Scheme, OAuth Flows and Security Requirement Objects.

use super::components::Category;
use super::shape::{FLOW, SECURITY_SCHEME};
use super::{Normalizer, build};
use crate::diagnostic::{Finding, codes};
use crate::front::source::{Entry, Map, Node, Value};

impl<'d> Normalizer<'d, '_> {
    /// A security scheme. `None`, with a warning, where a client cannot follow it.
    pub(super) fn security_scheme(&mut self, node: &'d Node) -> Option<Node> {
        let mut map = self.object(node, &SECURITY_SCHEME)?;
        let kind = build::get_text(&map, "type").unwrap_or_default().to_owned();
        let keep: &[&str] = match kind.as_str() {
            "apiKey" => &["name", "in"],
            "http" => &["scheme", "bearerFormat"],
            "oauth2" => &["flows"],
            "openIdConnect" => &["openIdConnectUrl"],
            _ => {
                let message = format!("security schemes of type `{kind}` are not supported; it is left out");
                let help =
                    "use `apiKey`, `http`, `oauth2` or `openIdConnect`, or give the client an HTTP client of your own";
                self.warn(codes::UNSUPPORTED_SECURITY_SCHEME, &node.place, message, help);
                return None;
            }
        };
        map.retain(|key, _| {
            keep.contains(&key.as_str()) || matches!(key.as_str(), "type" | "description") || key.starts_with("x-")
        });
        self.scheme_location(&map, node)?;
        // The optional one is `bearerFormat`; the flows and the URL are not needed to send a token.
        for key in keep
            .iter()
            .filter(|key| **key != "bearerFormat" && !map.contains_key(**key))
            .collect::<Vec<_>>()
        {
            let message = format!("a security scheme of type `{kind}` has no `{key}`");
            self.warn(codes::MISSING_KEY, &node.place, message, &format!("add `{key}`"));
            match *key {
                "flows" => build::put(&mut map, key, build::empty(&node.place)),
                "openIdConnectUrl" => build::put(&mut map, key, build::text(&node.place, "")),
                _ => return None,
            }
        }
        Some(build::object(&node.place, map))
    }

    fn scheme_location(&mut self, map: &Map, node: &Node) -> Option<()> {
        match build::get_text(map, "in") {
            None | Some("query" | "header" | "cookie") => Some(()),
            Some(other) => {
                let message = format!("a security scheme stands in `{other}`; it is left out");
                self.warn(
                    codes::MALFORMED_VALUE,
                    &node.place,
                    message,
                    "use `query`, `header` or `cookie`",
                );
                None
            }
        }
    }

    /// The flows of an OAuth scheme; one that lacks a URL is left out, one without scopes has none.
    pub(super) fn flows(&mut self, node: &'d Node) -> Option<Node> {
        let Value::Object(source) = &node.value else {
            self.malformed("flows", node, "an object");
            return None;
        };
        let mut map = Map::new();
        for (key, entry) in source {
            let urls: &[&str] = match key.as_str() {
                "implicit" => &["authorizationUrl"],
                "password" | "clientCredentials" => &["tokenUrl"],
                "authorizationCode" => &["authorizationUrl", "tokenUrl"],
                _ => continue,
            };
            let Some(mut flow) = self.object(&entry.node, &FLOW) else {
                continue;
            };
            let place = entry.node.place.clone();
            if let Some(url) = urls.iter().find(|url| !flow.contains_key(**url)) {
                let message = format!("the OAuth flow `{key}` has no `{url}`; it is left out");
                self.warn(codes::MISSING_KEY, &place, message, &format!("add `{url}`"));
                continue;
            }
            if !flow.contains_key("scopes") {
                build::put(&mut flow, "scopes", build::empty(&place));
            }
            map.insert(
                key.clone(),
                Entry {
                    key: entry.key.clone(),
                    node: build::object(&place, flow),
                },
            );
        }
        Some(build::object(&node.place, map))
    }

    /// The alternatives of what a request needs. One that needs a scheme which is not there is left out.
    pub(super) fn security(&mut self, node: &'d Node) -> Option<Node> {
        let items = self.items("security", node)?;
        let requirements = items.iter().filter_map(|item| self.requirement(item));
        Some(build::list(&node.place, requirements.collect()))
    }

    fn requirement(&mut self, node: &'d Node) -> Option<Node> {
        let Value::Object(source) = &node.value else {
            self.malformed("security", node, "an object");
            return None;
        };
        let mut map = Map::new();
        for (name, entry) in source {
            let scheme = self.scheme_name(name, entry)?;
            let items = self.items(name, &entry.node).unwrap_or_default();
            let scopes = items.iter().filter_map(|item| self.label(name, item)).collect();
            map.insert(
                scheme,
                Entry {
                    key: entry.key.clone(),
                    node: build::list(&entry.node.place, scopes),
                },
            );
        }
        Some(build::object(&node.place, map))
    }

    /// The name of the scheme that a requirement means. `None` where there is none: an error, unless the scheme was left
    /// out with a finding of its own.
    fn scheme_name(&mut self, name: &str, entry: &Entry) -> Option<String> {
        if self.components.built(Category::SecuritySchemes, name).is_some() {
            return Some(name.to_owned());
        }
        let declared = self
            .components
            .declared(Category::SecuritySchemes)
            .and_then(|map| map.get(name));
        match declared {
            Some(alias) if build::as_map(&alias.node).is_some_and(|map| map.contains_key("$ref")) => {
                let target = self.follow(Category::SecuritySchemes, &alias.node)?;
                self.component(Category::SecuritySchemes, &target)
            }
            Some(_) => None,
            None => {
                let message = format!("the security scheme `{name}` is not declared; what requires it is left out");
                let finding = Finding::warning(codes::SECURITY_UNDECLARED, entry.key.clone(), message);
                self.tally
                    .count(name, finding.help("declare it under `components.securitySchemes`"));
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::front::normalize::testing::document;

    #[test]
    fn keeps_schemes_that_a_client_can_follow() {
        let outcome = document(
            "openapi: 3.1.0
info: {title: T, version: '1'}
security: [{key: []}, {tls: []}, {alias: [a], key: []}, {}, {nowhere: []}]
components:
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Key, scheme: unused}
    alias: {$ref: '#/components/securitySchemes/oauth'}
    oauth: {type: oauth2, flows: {password: {scopes: {a: null, b: 5}}, clientCredentials: {tokenUrl: u}}}
    tls: {type: mutualTLS}
    form: {type: apiKey, in: body, name: k}
    bare: {type: http}
    connect: {type: openIdConnect}
",
        );
        assert_eq!(
            outcome.at("/components/securitySchemes"),
            json!({
                "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
                "oauth": {"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": "u", "scopes": {}}}},
                "connect": {"type": "openIdConnect", "openIdConnectUrl": ""},
            })
        );
        assert_eq!(
            outcome.at("/security"),
            json!([{"key": []}, {"oauth": ["a"], "key": []}, {}])
        );
        assert_eq!(
            outcome.findings,
            [
                "3:62 warning[security-undeclared] the security scheme `nowhere` is not declared; what requires it is left out",
                "8:45 warning[missing-key] the OAuth flow `password` has no `tokenUrl`; it is left out",
                "8:58 warning[malformed-value] `a` is null, not text",
                "9:10 warning[unsupported-security-scheme] security schemes of type `mutualTLS` are not supported; it is left out",
                "10:11 warning[malformed-value] a security scheme stands in `body`; it is left out",
                "11:11 warning[missing-key] a security scheme of type `http` has no `scheme`",
                "12:14 warning[missing-key] a security scheme of type `openIdConnect` has no `openIdConnectUrl`",
            ]
        );
    }
}
