//! The client: base URL, credentials.

use super::calls::security;
use super::{Context, docs};
use crate::back::model::{Client, Credential, CredentialKind, TokenEndpoint, Undeclared};
use crate::config::{CredentialConfig, SecretIn};
use crate::ir;
use crate::names::CredentialNames;

impl Context<'_> {
    pub(super) fn client(&self) -> Client {
        Client {
            docs: docs::client_docs(self),
            title: self.title.to_owned(),
            base_url: self
                .api
                .servers
                .first()
                .map(|server| server.url.clone())
                .or_else(|| self.config.base_url.clone()),
            base_url_env: self.config.base_url_env.clone(),
            credentials: self.credentials(),
            primary_credential: self.primary_credential(),
            undeclared: self.undeclared(),
        }
    }

    /// Requests that the document does not have take the credentials that operations take, or none.
    fn undeclared(&self) -> Undeclared {
        let mut alternatives: Vec<Vec<usize>> = Vec::new();
        for alternative in self.api.operations.iter().flat_map(security) {
            if !alternative.is_empty() && !alternatives.contains(&alternative) {
                alternatives.push(alternative);
            }
        }
        alternatives.push(Vec::new());
        Undeclared {
            security: alternatives,
            retries: self.undeclared_retries(),
        }
    }

    fn credentials(&self) -> Vec<Credential> {
        let credentials = self.api.credentials.iter().zip(&self.names.credentials);
        credentials
            .map(|(credential, names)| {
                let config = self
                    .config
                    .credentials
                    .iter()
                    .find(|config| config.scheme.value == credential.scheme);
                let env = config.and_then(|config| config.env.clone());
                Credential {
                    ident: names.method.clone(),
                    docs: docs::credential_docs(self, credential, env.as_deref()),
                    kind: kind(credential, names, config),
                    env,
                }
            })
            .collect()
    }

    /// The credential that the first secured operation wants; basic authentication takes two values and is none.
    fn primary_credential(&self) -> Option<usize> {
        let wanted = self
            .api
            .operations
            .iter()
            .flat_map(|operation| operation.security.iter().flatten());
        let single = |id: &&ir::CredentialId| self.api.credentials[id.0 as usize].kind != ir::CredentialKind::Basic;
        wanted.filter(single).map(|id| id.0 as usize).next()
    }
}

fn kind(credential: &ir::Credential, names: &CredentialNames, config: Option<&CredentialConfig>) -> CredentialKind {
    match &credential.kind {
        ir::CredentialKind::Header(name) => CredentialKind::Header(name.to_ascii_lowercase()),
        ir::CredentialKind::Query(name) => CredentialKind::Query(name.clone()),
        ir::CredentialKind::Cookie(name) => CredentialKind::Cookie(name.clone()),
        ir::CredentialKind::Bearer => CredentialKind::Bearer,
        ir::CredentialKind::Basic => CredentialKind::Basic,
        ir::CredentialKind::ClientCredentials(endpoint) => {
            let token_env = config.and_then(|config| config.env.as_deref());
            let config = config.and_then(|config| config.client.as_ref());
            let env = config.and_then(|config| config.env.clone());
            CredentialKind::OAuth(TokenEndpoint {
                ident: names.client.clone().unwrap_or_default(),
                docs: docs::client_credentials_docs(endpoint, names, env.as_ref(), token_env),
                url: endpoint.url.clone(),
                scopes: endpoint.scopes.join(" "),
                env,
                secret_in_body: config.is_some_and(|config| config.secret_in == SecretIn::Body),
            })
        }
    }
}
