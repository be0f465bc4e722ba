//! Every Rust identifier of a client, and nothing else.
//!
//! Knows the IR, what `client.toml` says of names and of further methods, and how Rust names are written; knows no tokens. This is the only place
//! that makes an identifier: `back::plan` looks them up.

mod case;
mod english;
mod features;
mod headers;
mod members;
mod modules;
mod operations;
mod payloads;
mod rename;
mod scope;
pub mod status;
mod table;
#[cfg(test)]
mod tests;
mod types;

use std::collections::HashMap;

pub use features::{Features, check_feature_count};
pub use modules::{TypeModule, Users};
pub use table::table;

use crate::config::{ApiConfig, CredentialConfig};
use crate::diagnostic::Findings;
use crate::ir::{Api, CredentialKind, OperationId, TypeId};

/// The identifiers of one API's client.
#[derive(Debug, Clone, Default)]
pub struct Names {
    /// Types with a name of their own, in the order in which they were named.
    pub types: HashMap<TypeId, String>,
    /// An object's fields, in order.
    pub fields: HashMap<TypeId, Vec<String>>,
    /// The field that keeps an object's other keys.
    pub rest: HashMap<TypeId, String>,
    /// An enumeration's values or a union's alternatives, in order.
    pub variants: HashMap<TypeId, Vec<String>>,
    /// The variant that keeps what is not known.
    pub unknown: HashMap<TypeId, String>,
    /// The resources, in the order of the document.
    pub resources: Vec<Resource>,
    /// By [`OperationId`].
    pub operations: Vec<OperationNames>,
    /// The builder's methods, by `CredentialId`.
    pub credentials: Vec<CredentialNames>,
    /// The headers that answers declare, by the order of `analysis::headers`.
    pub headers: Vec<HeaderNames>,
    /// What webhooks and callbacks send, by its index in the IR.
    pub payloads: Vec<String>,
    /// The features, where parts of the client can be left out.
    pub features: Option<Features>,
    /// The modules of types, in the order in which they are listed.
    pub type_modules: Vec<TypeModule>,
    /// In the order of `client.toml`; `None` where there is no such operation.
    pub waiters: Vec<Option<WaiterNames>>,
}

/// A resource's identifiers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resource {
    /// Its module, and the client's method.
    pub module: String,
    /// Its handle.
    pub handle: String,
    /// The tag it came from.
    pub tag: Option<String>,
    /// Its operations, in the order of the document.
    pub operations: Vec<OperationId>,
}

/// An operation's identifiers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OperationNames {
    /// The module of its resource, which is the client's method as well.
    pub resource: String,
    /// The handle's method.
    pub method: String,
    /// The builder.
    pub builder: String,
    /// The static that describes it.
    pub constant: String,
    /// The enum of its failures' bodies.
    pub errors: String,
    /// The enum of its successes, where they differ.
    pub output: String,
    /// Its parameters, in order: builder's fields, arguments and setters.
    pub parameters: Vec<String>,
    /// Its body's fields, in order: arguments and setters. Empty where the body is no object.
    pub body_fields: Vec<String>,
}

/// The identifiers of headers that operations share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeaderNames {
    /// The type.
    pub ident: String,
    /// A method for each header, in order.
    pub methods: Vec<String>,
}

/// A credential's identifiers: methods of the client's builder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CredentialNames {
    /// What takes the secret itself.
    pub method: String,
    /// What takes a client's id and secret, where tokens are fetched.
    pub client: Option<String>,
}

/// The identifiers of a waiter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaiterNames {
    /// The operation that it asks; the method stands beside it.
    pub operation: OperationId,
    /// The handle's method.
    pub method: String,
    /// The builder.
    pub builder: String,
    /// The static that describes it.
    pub constant: String,
}

/// Names everything.
pub fn name(api: &Api, config: &ApiConfig, findings: &mut Findings) -> Names {
    let mut names = Names {
        waiters: vec![None; config.waiters.len()],
        ..Names::default()
    };
    let mut renames = rename::Renames::new(&config.rename);
    operations::name(api, &config.waiters, &mut names, &mut renames, findings);
    types::name(api, &mut names, &mut renames, findings);
    members::name(api, &mut names, &mut renames, findings);
    operations::name_inner(api, &config.paginations, &mut names, findings);
    names.credentials = credential_names(api, &config.credentials);
    headers::name(api, &mut names, findings);
    payloads::name(api, &mut names, findings);
    features::name(api, config, &mut names, findings);
    modules::name(api, &mut names);
    if config.is_whole() {
        renames.report_unused(findings);
        for credential in &config.credentials {
            rename::known_scheme(api, credential, findings);
        }
    }
    names
}

fn credential_names(api: &Api, configs: &[CredentialConfig]) -> Vec<CredentialNames> {
    const BUILDER: &[&str] = &[
        "new",
        "build",
        "base_url",
        "timeout",
        "deadline",
        "retry",
        "max_retries",
        "connect_timeout",
        "read_timeout",
        "default_header",
        "user_agent",
        "http_client",
        "transport",
        "middleware",
        "allow_http",
        "max_response_size",
        "from_env",
        "credential",
    ];
    let mut scope = scope::Scope::with_reserved(BUILDER);
    let several = api.credentials.len() > 1;
    (api.credentials.iter())
        .map(|credential| {
            let configured = configs.iter().find(|config| config.scheme.value == credential.scheme);
            let given = configured.and_then(|config| config.method.clone());
            let kind = match credential.kind {
                CredentialKind::Header(_) | CredentialKind::Query(_) | CredentialKind::Cookie(_) => "api_key",
                CredentialKind::Bearer | CredentialKind::ClientCredentials(_) => "bearer_token",
                CredentialKind::Basic => "basic_auth",
            };
            let scheme = case::snake(&credential.scheme);
            let derived = if several && !scope.is_free(kind) {
                scheme.as_str()
            } else {
                kind
            };
            let method = scope
                .claim([given.as_deref().unwrap_or(derived), scheme.as_str()], "_")
                .name;
            let fetches = matches!(credential.kind, CredentialKind::ClientCredentials(_));
            let client = fetches.then(|| {
                let given = configured.and_then(|config| config.client.as_ref()?.method.clone());
                let own = format!("{}_client", scheme.trim_start_matches("r#"));
                scope
                    .claim([given.as_deref().unwrap_or("client_credentials"), own.as_str()], "_")
                    .name
            });
            CredentialNames { method, client }
        })
        .collect()
}
