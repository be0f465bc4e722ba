//! Credentials: from a secret to what is sent, and which of them an operation takes. Knows nothing of calls.

use http::{HeaderName, HeaderValue};

use super::client::{Api, Credential, CredentialKind};
use super::{ConfigError, Operation, Secret};

/// A credential in the form in which it is sent.
pub(super) enum Ready {
    Header(HeaderName, HeaderValue),
    Query(&'static str, Secret),
    Cookie(&'static str, Secret),
}

impl Ready {
    /// Refuses what cannot be sent, such as a key with a line break at its end.
    pub(super) fn new(credential: &Credential, secret: &Secret) -> Result<Self, ConfigError> {
        let scheme = credential.scheme;
        let text = secret.expose();
        if text.is_empty() {
            return Err(ConfigError::new(format!("the credential `{scheme}` is empty")));
        }
        let (name, text) = match credential.kind {
            CredentialKind::Query(name) => return Ok(Self::Query(name, secret.clone())),
            CredentialKind::Cookie(name) => return Ok(Self::Cookie(name, secret.clone())),
            CredentialKind::Header(name) => (name, text.to_owned()),
            CredentialKind::Bearer => ("authorization", format!("Bearer {text}")),
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
    match credential.env {
        Some(variable) => {
            format!(
                "call `{scheme}` of the client's builder, or set the environment variable {variable} and use `from_env`"
            )
        }
        None => format!("call `{scheme}` of the client's builder"),
    }
}

/// Base64 with padding (RFC 4648, section 4).
fn base64(bytes: &[u8]) -> String {
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
