//! Access tokens by client credentials (OAuth 2.0, RFC 6749, section 4.4): what is asked, and what an answer says. Knows
//! nothing of when a token is fetched.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use reqwest::Url;
use serde_json::Value;

use super::auth::{base64, bearer};
use super::base_url;
use super::param;
use super::secret::Redacted;
use super::token_error::TokenFailure;
use super::{ConfigError, Secret};

/// Where an API's document has access tokens fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TokenEndpoint {
    /// The builder's method that takes a client's id and secret, such as `client_credentials`.
    pub method: &'static str,
    /// The token URL; a relative one is resolved against the base URL.
    pub url: &'static str,
    /// The scopes that the API's operations need, separated by spaces.
    pub scopes: &'static str,
    /// The environment variables that hold the client's id and secret.
    pub env: Option<[&'static str; 2]>,
    /// Whether id and secret are sent in the body, and not as HTTP Basic.
    pub secret_in_body: bool,
}

/// The id and secret of a client, for which an authorization server gives access tokens (OAuth 2.0 client credentials).
///
/// A token is fetched with the first call that needs one, used until shortly before it expires, and fetched anew once
/// where the API answers 401. Calls that need one at the same time share one request for it.
#[derive(Clone)]
pub struct ClientCredentials {
    id: String,
    secret: Secret,
    token_url: Option<String>,
    scopes: Option<String>,
    secret_in_body: Option<bool>,
    parameters: Vec<(String, String)>,
}

impl ClientCredentials {
    /// The client's id and secret. The rest is as the API's document says, unless it is set.
    #[must_use]
    pub fn new(id: impl Into<String>, secret: impl Into<Secret>) -> Self {
        Self {
            id: id.into(),
            secret: secret.into(),
            token_url: None,
            scopes: None,
            secret_in_body: None,
            parameters: Vec::new(),
        }
    }

    /// Where tokens are fetched; a relative URL is resolved against the base URL.
    #[must_use]
    pub fn token_url(mut self, url: impl Into<String>) -> Self {
        self.token_url = Some(url.into());
        self
    }

    /// The scopes to ask for, in place of all those that the API's operations need. With none, the server decides.
    #[must_use]
    pub fn scopes(mut self, scopes: impl IntoIterator<Item = impl Into<String>>) -> Self {
        let scopes: Vec<String> = scopes.into_iter().map(Into::into).collect();
        self.scopes = Some(scopes.join(" "));
        self
    }

    /// Whether id and secret are sent in the body, which some servers want, and not as HTTP Basic.
    #[must_use]
    pub fn secret_in_body(mut self, in_body: bool) -> Self {
        self.secret_in_body = Some(in_body);
        self
    }

    /// A further parameter for the authorization server, such as `audience`.
    #[must_use]
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.parameters.push((name.into(), value.into()));
        self
    }
}

impl fmt::Debug for ClientCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientCredentials")
            .field("id", &self.id)
            .field("secret", &self.secret)
            .field("scopes", &self.scopes)
            .field("parameters", &Redacted(&self.parameters))
            .finish_non_exhaustive()
    }
}

/// The request for a token, the same each time.
pub(super) struct TokenRequest {
    pub(super) url: Url,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
    /// What must not be in a message, though the server may repeat it.
    secret: Secret,
}

impl TokenRequest {
    /// Refuses an address that is not encrypted, and a client without an id.
    pub(super) fn new(
        endpoint: &TokenEndpoint,
        client: &ClientCredentials,
        base_url: &Url,
        allows_http: bool,
    ) -> Result<Self, ConfigError> {
        if client.id.is_empty() || client.secret.expose().is_empty() {
            let method = endpoint.method;
            return Err(ConfigError::new(format!(
                "the id or secret given to `{method}` is empty"
            )));
        }
        let url = client.token_url.as_deref().unwrap_or(endpoint.url);
        let in_body = client.secret_in_body.unwrap_or(endpoint.secret_in_body);
        Ok(Self {
            url: base_url::of_tokens(url, base_url, allows_http)?,
            headers: headers(client, in_body)?,
            body: body(endpoint, client, in_body).into(),
            secret: client.secret.clone(),
        })
    }

    /// What an answer gives.
    pub(super) fn read(&self, status: StatusCode, body: &[u8]) -> Result<Grant, TokenFailure> {
        let answer = serde_json::from_slice(body).unwrap_or(Value::Null);
        if !status.is_success() {
            let text = |key: &str| Some(answer.get(key)?.as_str()?.replace(self.secret.expose(), "…"));
            return Err(TokenFailure::Refused {
                status,
                code: text("error"),
                description: text("error_description"),
            });
        }
        grant(&answer).map_err(TokenFailure::Unreadable)
    }
}

/// A token that was given.
pub(super) struct Grant {
    /// As the header `Authorization` has it.
    pub(super) value: HeaderValue,
    /// How long it is good for, where the server says so.
    pub(super) expires_in: Option<Duration>,
}

fn headers(client: &ClientCredentials, in_body: bool) -> Result<HeaderMap, ConfigError> {
    let mut headers = HeaderMap::new();
    headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/x-www-form-urlencoded"),
    );
    if !in_body {
        let login = format!("{}:{}", encode(&client.id), encode(client.secret.expose()));
        let value = HeaderValue::try_from(format!("Basic {}", base64(login.as_bytes())));
        let mut value = value.map_err(|error| ConfigError::new(error.to_string()))?;
        value.set_sensitive(true);
        headers.insert(header::AUTHORIZATION, value);
    }
    Ok(headers)
}

fn body(endpoint: &TokenEndpoint, client: &ClientCredentials, in_body: bool) -> String {
    let scopes = client.scopes.as_deref().unwrap_or(endpoint.scopes);
    let mut pairs = vec![("grant_type", "client_credentials")];
    if !scopes.is_empty() {
        pairs.push(("scope", scopes));
    }
    if in_body {
        pairs.extend([("client_id", &*client.id), ("client_secret", client.secret.expose())]);
    }
    pairs.extend(client.parameters.iter().map(|(name, value)| (&**name, &**value)));
    let pairs = pairs
        .iter()
        .map(|(name, value)| format!("{}={}", encode(name), encode(value)));
    pairs.collect::<Vec<_>>().join("&")
}

/// As forms are encoded (RFC 6749, appendix B).
fn encode(text: &str) -> String {
    param::encode(text).replace("%20", "+")
}

/// What an answer of success says (RFC 6749, section 5.1).
fn grant(answer: &Value) -> Result<Grant, String> {
    let text = |key: &str| answer.get(key).and_then(Value::as_str);
    let token = text("access_token").filter(|token| !token.is_empty());
    let token = token.ok_or("the answer has no `access_token`")?;
    match text("token_type") {
        Some(kind) if !kind.eq_ignore_ascii_case("bearer") => {
            return Err("the token is of another type than `Bearer`".to_owned());
        }
        _ => {}
    }
    // Some servers write the number as text.
    let seconds = match answer.get("expires_in") {
        Some(Value::String(text)) => text.parse().ok(),
        other => other.and_then(Value::as_f64),
    };
    Ok(Grant {
        value: bearer(token).map_err(|_| "the token has a control character")?,
        expires_in: seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok()),
    })
}
