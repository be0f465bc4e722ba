//! `host`, `basePath` and `schemes` as servers.

use super::Converter;
use crate::diagnostic::codes;
use crate::front::normalize::build;
use crate::front::source::{Map, Node};

impl<'d> Converter<'d, '_> {
    /// A server for each scheme, those of TLS first. `None` where nothing says where the API is.
    pub(super) fn servers(&mut self, root: &'d Map, schemes: Option<&'d Node>) -> Option<Node> {
        let base = build::get_text(root, "basePath").unwrap_or_default().trim_matches('/');
        let path = if base.is_empty() {
            String::new()
        } else {
            format!("/{base}")
        };
        let Some(host) = build::get(root, "host") else {
            let node = build::get(root, "basePath").filter(|_| !path.is_empty())?;
            return Some(build::list(&node.place, vec![server(node, path)]));
        };
        let name = self.host(host)?;
        let servers = self
            .schemes(host, schemes)
            .into_iter()
            .map(|scheme| server(host, format!("{scheme}://{name}{path}")));
        Some(build::list(&host.place, servers.collect()))
    }

    /// The host without the scheme that does not belong to it.
    fn host(&mut self, node: &'d Node) -> Option<&'d str> {
        let Some(host) = build::as_text(node) else {
            let message = format!("`host` is {}, not text; it is ignored", build::kind(node));
            self.warn(
                codes::MALFORMED_VALUE,
                &node.place,
                message,
                "write the name of the host",
            );
            return None;
        };
        let Some((scheme, host)) = host.split_once("://") else {
            return Some(host.trim_end_matches('/'));
        };
        let message = format!("`host` begins with `{scheme}://`, which is ignored");
        self.warn(
            codes::MALFORMED_VALUE,
            &node.place,
            message,
            "name the scheme under `schemes`",
        );
        Some(host.trim_end_matches('/'))
    }

    /// The schemes by which a client can call.
    fn schemes(&mut self, host: &Node, schemes: Option<&'d Node>) -> Vec<&'d str> {
        let Some(items) = schemes.and_then(Node::as_array).filter(|items| !items.is_empty()) else {
            let message = "the document does not say by which scheme its host is called; it is taken for `https`";
            self.note(
                codes::ASSUMED_SCHEME,
                &host.place,
                "host",
                message,
                "add `schemes: [https]`",
            );
            return vec!["https"];
        };
        let mut usable: Vec<&str> = Vec::new();
        for item in items {
            match build::as_text(item) {
                Some(scheme @ ("https" | "http")) => usable.push(scheme),
                _ => {
                    let written = build::written(item).unwrap_or_default();
                    let message = format!("a client cannot call by the scheme `{written}`; it is ignored");
                    let help = "list `https` among the schemes";
                    self.warn(codes::UNSUPPORTED_SCHEME, &item.place, message, help);
                }
            }
        }
        usable.sort_by_key(|scheme| *scheme != "https");
        usable
    }
}

fn server(at: &Node, url: String) -> Node {
    let mut map = Map::new();
    build::put(&mut map, "url", build::text(&at.place, url));
    build::object(&at.place, map)
}
