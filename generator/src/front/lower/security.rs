//! Security schemes and requirements.

use openapiv3::{APIKeyLocation, ReferenceOr, SecurityRequirement, SecurityScheme};

use super::Lowering;
use crate::diagnostic::{Finding, codes};
use crate::front::source::Pointer;
use crate::ir::{Credential, CredentialId, CredentialKind};

impl Lowering<'_> {
    /// Lowers `components.securitySchemes`.
    pub(super) fn credentials(&mut self) {
        let Some(components) = &self.openapi.components else {
            return;
        };
        for (name, scheme) in &components.security_schemes {
            let ReferenceOr::Item(scheme) = scheme else { continue };
            let Some((kind, description)) = kind(scheme) else {
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
    pub(super) fn security(&self, own: Option<&Vec<SecurityRequirement>>) -> Vec<Vec<CredentialId>> {
        let requirements = own.or(self.openapi.security.as_ref());
        requirements
            .into_iter()
            .flatten()
            .filter_map(|requirement| self.requirement(requirement))
            .collect()
    }

    /// One alternative; `None` where it asks for a scheme that a client cannot send.
    fn requirement(&self, requirement: &SecurityRequirement) -> Option<Vec<CredentialId>> {
        requirement
            .keys()
            .map(|scheme| self.schemes.get(scheme.as_str()).copied())
            .collect()
    }
}

/// Where a scheme's secret goes. `None` for an HTTP scheme other than Bearer and Basic.
fn kind(scheme: &SecurityScheme) -> Option<(CredentialKind, &Option<String>)> {
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
        SecurityScheme::HTTP { .. } => None,
        SecurityScheme::OAuth2 { description, .. } | SecurityScheme::OpenIDConnect { description, .. } => {
            Some((CredentialKind::Bearer, description))
        }
    }
}
