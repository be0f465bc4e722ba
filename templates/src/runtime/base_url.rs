//! Which base URLs are taken, and which URLs of tokens.

use std::net::IpAddr;

use reqwest::Url;

use super::ConfigError;

/// A base URL that paths can be put behind.
pub(super) fn parse(text: &str, allows_http: bool) -> Result<Url, ConfigError> {
    let url = Url::parse(text).map_err(|error| ConfigError::new(format!("the base URL is not valid: {error}")))?;
    check("base", url, allows_http)
}

/// Where access tokens are fetched; a relative URL is resolved against the base URL.
pub(super) fn of_tokens(text: &str, base: &Url, allows_http: bool) -> Result<Url, ConfigError> {
    let url = base.join(text);
    let url = url.map_err(|error| ConfigError::new(format!("the token URL is not valid: {error}")))?;
    check("token", url, allows_http)
}

/// Whether a secret may be sent there; `kind` is what messages call it by.
fn check(kind: &str, url: Url, allows_http: bool) -> Result<Url, ConfigError> {
    let scheme = url.scheme();
    let wrong = if !matches!(scheme, "http" | "https") {
        format!("must start with https: or http:, not {scheme}:")
    } else if scheme == "http" && !allows_http && !is_loopback(&url) {
        let origin = url.origin().ascii_serialization();
        format!("is not encrypted ({origin}): use https:, or call `allow_http` of the builder")
    } else if !url.username().is_empty() || url.password().is_some() {
        "holds a user name or password; give it as a credential".to_owned()
    } else if url.fragment().is_some() {
        "has a fragment (`#`)".to_owned()
    } else {
        return Ok(url);
    };
    Err(ConfigError::new(format!("the {kind} URL {wrong}")))
}

/// Whether what is sent there stays on this machine (RFC 6761, section 6.3, for names).
fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default().trim_end_matches('.');
    let address = host.trim_start_matches('[').trim_end_matches(']');
    match address.parse::<IpAddr>() {
        Ok(address) => address.is_loopback(),
        Err(_) => host == "localhost" || host.ends_with(".localhost"),
    }
}
