//! Credentials: from a secret to what is sent, and which of them an operation takes. Knows nothing of calls.

use http::header::InvalidHeaderValue;
use http::{HeaderName, HeaderValue};
use reqwest::Url;

use super::client::{Api, Credential, CredentialKind};
use super::oauth::TokenRequest;
use super::tokens::Tokens;
use super::{ClientCredentials, ConfigError, Operation, Secret};

/// What the user gave for a credential.
#[derive(Debug)]
pub(crate) enum Given {
    /// The secret itself.
    Secret(Secret),
    /// A client that fetches its secrets.
    Client(ClientCredentials),
}

impl From<Secret> for Given {
    fn from(secret: Secret) -> Self {
        Self::Secret(secret)
    }
}

impl From<ClientCredentials> for Given {
    fn from(client: ClientCredentials) -> Self {
        Self::Client(client)
    }
}

/// A credential in the form in which it is sent.
pub(super) enum Ready {
    Header(HeaderName, HeaderValue),
    Query(&'static str, Secret),
    Cookie(&'static str, Secret),
    /// Sent as a header, when it is there.
    Token(Box<Tokens>),
}

impl Ready {
    /// Refuses what cannot be sent, and a place for tokens that cannot be trusted.
    pub(super) fn new(
        credential: &Credential,
        given: &Given,
        base_url: &Url,
        allows_http: bool,
    ) -> Result<Self, ConfigError> {
        match (given, &credential.kind) {
            (Given::Secret(secret), _) => Self::of_secret(credential, secret),
            (Given::Client(client), CredentialKind::OAuth(endpoint)) => {
                let request = TokenRequest::new(endpoint, client, base_url, allows_http)?;
                Ok(Self::Token(Box::new(Tokens::new(request))))
            }
            (Given::Client(_), _) => Err(ConfigError::new(format!(
                "the credential `{}` takes no client's id and secret",
                credential.scheme
            ))),
        }
    }

    /// Refuses what cannot be sent, such as a key with a line break at its end.
    fn of_secret(credential: &Credential, secret: &Secret) -> Result<Self, ConfigError> {
        let scheme = credential.scheme;
        let text = secret.expose();
        if text.is_empty() {
            return Err(ConfigError::new(format!("the credential `{scheme}` is empty")));
        }
        let (name, text) = match credential.kind {
            CredentialKind::Query(name) => return Ok(Self::Query(name, secret.clone())),
            CredentialKind::Cookie(name) => return Ok(Self::Cookie(name, secret.clone())),
            CredentialKind::Header(name) => (name, text.to_owned()),
            CredentialKind::Bearer | CredentialKind::OAuth(_) => ("authorization", format!("Bearer {text}")),
            CredentialKind::Basic => ("authorization", format!("Basic {}", base64(text.as_bytes()))),
        };
        let name = HeaderName::from_bytes(name.as_bytes())
            .map_err(|_| ConfigError::new(format!("`{name}` is no name for a header")))?;
        let mut value = HeaderValue::from_bytes(text.as_bytes()).map_err(|_| {
            ConfigError::new(format!(
                "the credential `{scheme}` has a line break or another control character"
            ))
        })?;
        value.set_sensitive(true);
        Ok(Self::Header(name, value))
    }
}

/// The credentials to send: those of the first alternative that are all there. An alternative without any allows a call
/// without, and is taken only when no other one can be.
pub(super) fn choose(
    api: &Api,
    operation: &Operation,
    is_there: impl Fn(usize) -> bool,
) -> Result<&'static [usize], ConfigError> {
    let alternatives = operation.security;
    let complete = |alternative: &&&'static [usize]| alternative.iter().all(|index| is_there(*index));
    match alternatives
        .iter()
        .filter(|alternative| !alternative.is_empty())
        .find(complete)
    {
        Some(alternative) => Ok(alternative),
        None if alternatives.iter().all(|alternative| !alternative.is_empty()) && !alternatives.is_empty() => {
            Err(missing(api, operation))
        }
        None => Ok(&[]),
    }
}

fn missing(api: &Api, operation: &Operation) -> ConfigError {
    let alternative = |alternative: &&[usize]| {
        let names = alternative
            .iter()
            .filter_map(|index| api.credentials.get(*index))
            .map(advice);
        names.collect::<Vec<_>>().join(" and ")
    };
    let wanted: Vec<_> = operation.security.iter().map(alternative).collect();
    ConfigError::new(format!("{operation} needs a credential: {}", wanted.join(", or ")))
}

/// How a credential is given.
pub(super) fn advice(credential: &Credential) -> String {
    let scheme = credential.scheme;
    let endpoint = credential.kind.endpoint();
    let method = endpoint.map_or_else(String::new, |endpoint| format!("`{}` or ", endpoint.method));
    let method = format!("call {method}`{scheme}` of the client's builder");
    let clients = endpoint.and_then(|endpoint| endpoint.env);
    let clients = clients.map(|[id, secret]| format!("variables {id} and {secret}"));
    let own = credential.env.map(|variable| format!("variable {variable}"));
    let variables: Vec<_> = clients.into_iter().chain(own).collect();
    match &variables[..] {
        [] => method,
        _ => format!(
            "{method}, or set the environment {} and use `from_env`",
            variables.join(", or the ")
        ),
    }
}

/// A token as the header `Authorization` has it.
pub(super) fn bearer(token: &str) -> Result<HeaderValue, InvalidHeaderValue> {
    let mut value = HeaderValue::try_from(format!("Bearer {token}"))?;
    value.set_sensitive(true);
    Ok(value)
}

/// Base64 with padding (RFC 4648, section 4).
pub(super) fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |index: usize| u32::from(chunk.get(index).copied().unwrap_or_default());
        let group = byte(0) << 16 | byte(1) << 8 | byte(2);
        for (index, shift) in [18, 12, 6, 0].into_iter().enumerate() {
            // Six bits: always within the alphabet.
            let symbol = ALPHABET[(group >> shift & 63) as usize];
            text.push(if index <= chunk.len() { char::from(symbol) } else { '=' });
        }
    }
    text
}
