//! Security schemes and requirements.

use openapiv3::{APIKeyLocation, ReferenceOr, SecurityRequirement, SecurityScheme};

use super::Lowering;
use crate::diagnostic::{Finding, codes};
use crate::front::source::Pointer;
use crate::ir::{Credential, CredentialId, CredentialKind, TokenEndpoint};

impl Lowering<'_> {
    /// Lowers `components.securitySchemes`.
    pub(super) fn credentials(&mut self) {
        let Some(components) = &self.openapi.components else {
            return;
        };
        for (name, scheme) in &components.security_schemes {
            let ReferenceOr::Item(scheme) = scheme else { continue };
            let Some((kind, description)) = self.kind(scheme) else {
                self.report_unsupported(name);
                continue;
            };
            let id = CredentialId(u32::try_from(self.api.credentials.len()).unwrap_or(u32::MAX));
            self.api.credentials.push(Credential {
                scheme: name.clone(),
                kind,
                description: description.clone(),
            });
            self.schemes.insert(name, id);
        }
    }

    fn report_unsupported(&mut self, name: &str) {
        let at = Pointer::root().child("components").child("securitySchemes").child(name);
        let message = format!("the HTTP scheme of `{name}` is none that clients support; it is left out");
        let finding = Finding::warning(codes::UNSUPPORTED_SECURITY_SCHEME, self.place(&at), message);
        self.report(finding.help("use `bearer` or `basic`, or give the client an HTTP client of your own"));
    }

    /// The requirements of an operation: its own, or the document's.
    pub(super) fn security(&mut self, own: Option<&Vec<SecurityRequirement>>) -> Vec<Vec<CredentialId>> {
        let openapi = self.openapi;
        let requirements = own.or(openapi.security.as_ref());
        requirements
            .into_iter()
            .flatten()
            .filter_map(|requirement| self.requirement(requirement))
            .collect()
    }

    /// One alternative; `None` where it asks for a scheme that a client cannot send.
    fn requirement(&mut self, requirement: &SecurityRequirement) -> Option<Vec<CredentialId>> {
        let ids = requirement
            .keys()
            .map(|scheme| self.schemes.get(scheme.as_str()).copied());
        let ids: Vec<CredentialId> = ids.collect::<Option<_>>()?;
        for (id, scopes) in ids.iter().zip(requirement.values()) {
            if let CredentialKind::ClientCredentials(endpoint) = &mut self.api.credentials[id.0 as usize].kind {
                for scope in scopes {
                    if !endpoint.scopes.contains(scope) {
                        endpoint.scopes.push(scope.clone());
                    }
                }
            }
        }
        Some(ids)
    }

    /// Where a scheme's secret goes. `None` for an HTTP scheme other than Bearer and Basic.
    fn kind<'s>(&self, scheme: &'s SecurityScheme) -> Option<(CredentialKind, &'s Option<String>)> {
        match scheme {
            SecurityScheme::OAuth2 { flows, description, .. } => {
                let kind = match &flows.client_credentials {
                    Some(flow) => CredentialKind::ClientCredentials(TokenEndpoint {
                        url: self.token_url(&flow.token_url),
                        scopes: Vec::new(),
                    }),
                    None => CredentialKind::Bearer,
                };
                Some((kind, description))
            }
            other => fixed_kind(other),
        }
    }

    /// A token URL that a client can resolve against its base URL, which has no slash at its end.
    fn token_url(&self, url: &str) -> String {
        let is_whole = url.starts_with('/') || url.contains("://");
        match self.openapi.servers.first().filter(|_| !is_whole) {
            Some(server) => beside(&server.url, url),
            None => url.to_owned(),
        }
    }
}

/// A relative reference, resolved against a URL's path (RFC 3986, section 5.2.3).
fn beside(base: &str, reference: &str) -> String {
    let path = base
        .split_once("://")
        .map_or(base, |(_, rest)| rest.trim_start_matches(|c| c != '/'));
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    format!("{folder}/{reference}")
}

/// Where a scheme's secret goes that the user always brings.
fn fixed_kind(scheme: &SecurityScheme) -> Option<(CredentialKind, &Option<String>)> {
    match scheme {
        SecurityScheme::APIKey {
            location,
            name,
            description,
            ..
        } => {
            let kind = match location {
                APIKeyLocation::Header => CredentialKind::Header(name.clone()),
                APIKeyLocation::Query => CredentialKind::Query(name.clone()),
                APIKeyLocation::Cookie => CredentialKind::Cookie(name.clone()),
            };
            Some((kind, description))
        }
        SecurityScheme::HTTP {
            scheme, description, ..
        } if scheme.eq_ignore_ascii_case("basic") => Some((CredentialKind::Basic, description)),
        SecurityScheme::HTTP {
            scheme, description, ..
        } if scheme.eq_ignore_ascii_case("bearer") => Some((CredentialKind::Bearer, description)),
        SecurityScheme::OpenIDConnect { description, .. } => Some((CredentialKind::Bearer, description)),
        SecurityScheme::HTTP { .. } | SecurityScheme::OAuth2 { .. } => None,
    }
}
