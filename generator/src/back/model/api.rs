//! An API: its client, its credentials, and where its parts are.

use super::{Case, HeaderSet, PayloadModule, Resource, Retry, TypeModule};

/// One API in a crate.
#[derive(Debug, Clone, PartialEq)]
pub struct Api {
    /// The document it comes from, as the headers of its files name it: `specs/browserbase/openapi.yaml`.
    pub document: String,
    /// Its module and feature, such as `v3`; `None` at the crate's root.
    pub module: Option<String>,
    /// How a user's code calls the module: `browserbase_client`, `browser_use_client::v3`.
    pub path: String,
    /// Documentation of the module (unused at the root).
    pub docs: Vec<String>,
    /// The client.
    pub client: Client,
    /// Resource modules, in the order of the document.
    pub resources: Vec<Resource>,
    /// Type modules (private; re-exported flat from `types`), in the order of the document.
    pub types: Vec<TypeModule>,
    /// Modules with what the API sends: `webhooks`, `callbacks`.
    pub payloads: Vec<PayloadModule>,
    /// The headers that answers declare, in a module `headers`; none where there are none.
    pub headers: Vec<HeaderSet>,
    /// A whole example for the crate's or module's documentation and README: lines of Rust that compile in an
    /// `async fn() -> Result<(), Box<dyn std::error::Error>>`.
    pub example: Vec<String>,
    /// The feature that the example needs.
    pub example_feature: Option<String>,
    /// What the client offers around its calls.
    pub guide: Vec<Section>,
    /// The features of its parts, where they can be left out.
    pub features: Option<ResourceFeatures>,
}

/// The features of an API's parts: of its resources, and of the modules with what it sends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResourceFeatures {
    /// The one that has all others on: `all-resources`.
    pub all: String,
    /// The others, sorted.
    pub each: Vec<String>,
    /// One to show how they are asked for.
    pub example: String,
}

/// A section of a guide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Its heading.
    pub title: &'static str,
    /// What it is about.
    pub text: &'static str,
    /// Lines of Rust that compile in an `async fn(client: Client) -> Result<(), Box<dyn std::error::Error>>`.
    pub code: Vec<String>,
    /// The crate's features that it needs.
    pub features: Vec<String>,
}

/// The client of one API.
#[derive(Debug, Clone, PartialEq)]
pub struct Client {
    /// Documentation of `Client`.
    pub docs: Vec<String>,
    /// Shown in the user agent and in errors, such as `Browserbase`.
    pub title: String,
    /// The default base URL; `None`: the user must give one.
    pub base_url: Option<String>,
    /// The environment variable that replaces the base URL.
    pub base_url_env: Option<String>,
    /// Where secrets go, in the order of the document.
    pub credentials: Vec<Credential>,
    /// Index into `credentials` of the one that `Client::new(key)` takes; `None`: `Client::new()` takes none.
    pub primary_credential: Option<usize>,
    /// What holds for requests that the document does not have.
    pub undeclared: Undeclared,
}

/// What holds for requests that the document does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undeclared {
    /// Alternatives of credentials, as [`Call::security`](super::Call::security) has them.
    pub security: Vec<Vec<usize>>,
    /// When they may be sent again (`None`: never), by method; no methods stand for all. The first that fits holds.
    pub retries: Vec<(Vec<String>, Option<Retry>)>,
}

/// A place for a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credential {
    /// The builder's method, such as `api_key`.
    pub ident: String,
    /// Documentation of that method.
    pub docs: Vec<String>,
    /// Where the secret goes.
    pub kind: CredentialKind,
    /// The environment variable that `from_env` reads (for basic auth: `user:password`).
    pub env: Option<String>,
}

/// Where a secret goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CredentialKind {
    /// A header; its name in lower case.
    Header(String),
    /// A query parameter.
    Query(String),
    /// A cookie.
    Cookie(String),
    /// `Authorization: Bearer`
    Bearer,
    /// `Authorization: Basic`
    Basic,
    /// `Authorization: Bearer`, with a token that is given, or fetched for a client's id and secret.
    OAuth(TokenEndpoint),
}

/// Where tokens are fetched for a client's id and secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenEndpoint {
    /// The builder's method that takes id and secret: `client_credentials`.
    pub ident: String,
    /// Documentation of that method.
    pub docs: Vec<String>,
    /// The token URL: absolute, or a path.
    pub url: String,
    /// The scopes to ask for, separated by spaces.
    pub scopes: String,
    /// The environment variables of id and secret.
    pub env: Option<[String; 2]>,
    /// Whether id and secret are sent in the body.
    pub secret_in_body: bool,
}

/// Bodies declared for failures: an enum of the module.
#[derive(Debug, Clone, PartialEq)]
pub struct Errors {
    /// The enum: `CreateError`.
    pub ident: String,
    /// Documentation.
    pub docs: Vec<String>,
    /// Its variants, statuses before ranges before the default; only such as have a body (`Json` or `Text`).
    pub cases: Vec<Case>,
}
