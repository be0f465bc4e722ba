//! Servers: base URLs with their variables filled in.

use super::Lowering;
use crate::diagnostic::{Finding, codes};
use crate::front::source::Pointer;
use crate::ir::Server;

impl Lowering<'_> {
    /// Lowers the document's `servers`.
    pub(super) fn servers(&mut self) {
        let at = Pointer::root().child("servers");
        for (index, server) in self.openapi.servers.iter().enumerate() {
            let url = filled(server);
            if is_absolute(&url) {
                self.api.servers.push(Server {
                    url,
                    description: server.description.clone(),
                });
            } else {
                let place = self.place(&at.child(index.to_string()));
                self.report(
                    Finding::note(
                        codes::SERVER_RELATIVE,
                        place,
                        format!("the server's URL `{}` is not absolute", server.url),
                    )
                    .help("give `base-url` in client.toml, or let users of the client give it"),
                );
            }
        }
    }

    /// The base URL of an operation that names servers of its own, which differ from the document's. A path alone stays
    /// one: it is on the host that the client is for.
    pub(super) fn own_server(&self, own: &[openapiv3::Server]) -> Option<String> {
        let url = filled(own.first()?);
        let default = self.api.servers.first().map(|server| server.url.as_str());
        let declared = self.openapi.servers.first().map(filled);
        let usable = is_absolute(&url) || is_path(&url);
        (usable && default != Some(url.as_str()) && declared.as_ref() != Some(&url)).then_some(url)
    }
}

/// The URL with each variable's default in its place, without a trailing slash.
fn filled(server: &openapiv3::Server) -> String {
    let mut url = server.url.clone();
    for (name, variable) in server.variables.iter().flatten() {
        url = url.replace(&format!("{{{name}}}"), &variable.default);
    }
    url.trim_end_matches('/').to_owned()
}

/// Whether it is a path on the host that another URL names.
fn is_path(url: &str) -> bool {
    url.starts_with('/') && !url.starts_with("//") && !url.contains('{')
}

/// Whether a client could send a request there without being told more.
fn is_absolute(url: &str) -> bool {
    (url.starts_with("https://") || url.starts_with("http://")) && !url.contains('{')
}
