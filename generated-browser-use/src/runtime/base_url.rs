//! Which base URLs are taken.

use std::net::IpAddr;

use reqwest::Url;

use super::ConfigError;

/// A base URL that paths can be put behind.
pub(super) fn parse(text: &str, allows_http: bool) -> Result<Url, ConfigError> {
    let url = Url::parse(text).map_err(|error| ConfigError::new(format!("the base URL is not valid: {error}")))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(ConfigError::new(format!(
            "the base URL must start with https: or http:, not {}:",
            url.scheme()
        )));
    }
    if url.scheme() == "http" && !allows_http && !is_loopback(&url) {
        return Err(ConfigError::new(format!(
            "the base URL is not encrypted ({}): use https:, or call `allow_http` of the builder",
            url.origin().ascii_serialization()
        )));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(ConfigError::new(
            "the base URL holds a user name or password; give it as a credential".to_owned(),
        ));
    }
    if url.fragment().is_some() {
        return Err(ConfigError::new("the base URL has a fragment (`#`)".to_owned()));
    }
    Ok(url)
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
