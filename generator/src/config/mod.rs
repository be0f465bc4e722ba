//! `client.toml`: what a vendor's document cannot say about the client that is made from it.
//!
//! Package facts, environment variables, renames, retry rules, waiters, pages. `read` turns the TOML tree into these types and
//! reports what it does not know; whether an entry still applies to the document is found by the stage that would apply
//! it, through the entry's place. The schema, for users, is described in `specs/README.md`.

pub mod applies;
mod check;
mod fresh;
mod pace;
pub mod pages;
mod read;
mod reader;
pub mod waiters;

use std::time::Duration;

pub use fresh::is_crate_name;
pub use read::read;

use crate::diagnostic::Place;
use crate::front::filter::Filter;

/// A value with the place of its entry, so that one that no longer applies can be reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Where the entry stands (its key, in a table of entries).
    pub place: Place,
}

/// A whole `client.toml`.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// `[crate]`
    pub package: Package,
    /// `[[api]]`, in order.
    pub apis: Vec<ApiConfig>,
}

/// `[crate]`: facts for the manifest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    /// `name`: required.
    pub name: String,
    /// `version`: `0.1.0` if not given.
    pub version: String,
    /// `description`: one sentence, without a full stop. Derived from the API's title if not given.
    pub description: Option<String>,
    /// `repository`
    pub repository: Option<String>,
    /// `homepage`
    pub homepage: Option<String>,
    /// `keywords`
    pub keywords: Vec<String>,
}

/// `[[api]]`: one document.
#[derive(Debug, Clone, PartialEq)]
pub struct ApiConfig {
    /// `module`: the module and feature of this API; required where there are several APIs.
    pub module: Option<String>,
    /// `title`: what errors and the user agent call the API; the document's if not given.
    pub title: Option<String>,
    /// `document`: path of the OpenAPI document, relative to this file. Required.
    pub document: String,
    /// `overlays`: paths of OpenAPI Overlays, relative to this file, applied in order.
    pub overlays: Vec<String>,
    /// `include` and `exclude`: the operations that the client is made for.
    pub filter: Filter,
    /// What a caller wants of those for this once; no key of the file.
    pub narrowed: Filter,
    /// `documentation`: absolute URL that relative links in descriptions are resolved against.
    pub documentation: Option<String>,
    /// `base-url`: used where the document names no server.
    pub base_url: Option<String>,
    /// `base-url-env`: environment variable that replaces the base URL.
    pub base_url_env: Option<String>,
    /// `dates`: the type of `date-time` and `date`.
    pub dates: Dates,
    /// `unknown-fields`: whether records that the API answers keep fields that the document does not know.
    pub unknown_fields: UnknownFields,
    /// `empty-body`: what is sent for an optional JSON body that the user left out.
    pub empty_body: EmptyBody,
    /// `resource-features`: whether each resource is a feature of the crate; if not given, it is where there are many
    /// operations.
    pub resource_features: Option<Located<bool>>,
    /// `[api.credentials.<scheme>]`
    pub credentials: Vec<CredentialConfig>,
    /// `secret-fields`: `"ExternalProxyConfig.password"`: type as finally named, key as in the JSON. `Debug` does not show
    /// their values; fields of `format: password` need not be listed.
    pub secret_fields: Vec<Located<String>>,
    /// `[api.rename]`
    pub rename: Rename,
    /// `[api.retry]`
    pub retry: Option<Retry>,
    /// `[[api.wait]]`
    pub waiters: Vec<Waiter>,
    /// `[[api.paginate]]`
    pub paginations: Vec<Pagination>,
}

impl ApiConfig {
    /// Whether the client is made for all that the file selects. Of a part nobody can say which entries are out of date.
    pub(crate) fn is_whole(&self) -> bool {
        self.narrowed.is_empty()
    }
}

/// The type of `date-time` and `date`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Dates {
    /// `"jiff"`
    #[default]
    Jiff,
    /// `"chrono"`
    Chrono,
    /// `"text"`: `String`
    Text,
}

/// Whether answered records keep fields that the document does not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum UnknownFields {
    /// `"ignore"`
    #[default]
    Ignore,
    /// `"keep"`
    Keep,
}

/// What is sent for an optional JSON body that the user left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum EmptyBody {
    /// `"omit"`: no body and no `Content-Type`.
    #[default]
    Omit,
    /// `"object"`: `{}`
    Object,
}

/// `[api.credentials.<scheme>]`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CredentialConfig {
    /// The key under the document's `components.securitySchemes`.
    pub scheme: Located<String>,
    /// `env`: environment variable that `from_env` reads.
    pub env: Option<String>,
    /// `method`: the builder's method; derived from the kind if not given.
    pub method: Option<String>,
    /// `[api.credentials.<scheme>.client]`
    pub client: Option<ClientConfig>,
}

/// `[api.credentials.<scheme>.client]`: how tokens are fetched for a client's id and secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientConfig {
    /// Where the table stands.
    pub place: Place,
    /// `id-env` and `secret-env`: environment variables that `from_env` reads.
    pub env: Option<[String; 2]>,
    /// `method`: the builder's method; `client_credentials` if not given.
    pub method: Option<String>,
    /// `secret-in`: where id and secret are sent.
    pub secret_in: SecretIn,
}

/// Where a client's id and secret are sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SecretIn {
    /// `"header"`: as HTTP Basic.
    #[default]
    Header,
    /// `"body"`
    Body,
}

/// `[api.rename]`: each table's keys are the names that the generator would give, its values the names to use.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rename {
    /// `[api.rename.types]`: `CreateSessionResponse = "CreatedSession"`
    pub types: Vec<(Located<String>, String)>,
    /// `[api.rename.fields]`: `"Session.proxyBytes" = "proxy_bytes"`: type as finally named, key as in the JSON.
    pub fields: Vec<(Located<String>, String)>,
    /// `[api.rename.variants]`: `"Region.us-west-2" = "UsWest2"`: type as finally named, value (or alternative's type) as in the document.
    pub variants: Vec<(Located<String>, String)>,
    /// `[api.rename.operations]`: `Sessions_getDebug = "sessions.debug"`: operationId or `GET /path`, resource and method.
    pub operations: Vec<(Located<String>, String)>,
}

/// `[api.retry]`: when a call may be sent again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retry {
    /// `max-retries`: how often after the first attempt.
    pub max_retries: u32,
    /// `[[api.retry.rule]]`: the first rule that fits an operation holds; none: it is sent once.
    pub rules: Vec<RetryRule>,
}

/// `[[api.retry.rule]]`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetryRule {
    /// `methods`: HTTP methods in capitals; empty: all.
    pub methods: Vec<Located<String>>,
    /// `operations`: operationIds or `GET /path`; empty: all.
    pub operations: Vec<Located<String>>,
    /// `statuses`: `"429"`, `"5XX"`.
    pub statuses: Vec<Located<String>>,
    /// `connection`: which failures without an answer.
    pub connection: Connection,
}

/// Which failures without an answer are tried again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Connection {
    /// `"never"`
    Never,
    /// `"unsent"`: only where the request cannot have reached the API.
    #[default]
    Unsent,
    /// `"any"`: also where the connection broke or timed out after sending.
    Any,
}

/// `[[api.wait]]`: a method that polls an operation until a field has a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiter {
    /// `operation`: operationId of the operation to poll.
    pub operation: Located<String>,
    /// `method`: the method's name, such as `wait_until_running`.
    pub method: Located<String>,
    /// `field`: key of the field in the answer.
    pub field: Located<String>,
    /// `until`: values that end the wait well.
    pub until: Vec<Located<String>>,
    /// `fail`: values from which those cannot be reached any more.
    pub fail: Vec<Located<String>>,
    /// How often it asks, and for how long.
    pub pace: Pace,
}

/// How often a waiter asks, and for how long, where its caller sets nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// `first-pause`: the pause after the first call; each is half as long again as the one before.
    pub first_pause: Duration,
    /// `longest-pause`: what pauses grow to.
    pub longest_pause: Duration,
    /// `timeout`: the time for all of it.
    pub timeout: Duration,
    /// `not-found-for`: how long a 404 means that what was just created is not found yet.
    pub not_found_for: Duration,
}

/// `[[api.paginate]]`: lists that come in pages. Fields of answers are paths of keys with a dot between: `meta.next`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pagination {
    /// `operations`: operationIds or `GET /path`.
    pub operations: Vec<Located<String>>,
    /// `items`: the field with the items; none: the answer is the list.
    pub items: Option<Located<String>>,
    /// `has-more`: the field that says whether there is a further page.
    pub has_more: Option<Located<String>>,
    /// `style`, and the keys that go with it.
    pub style: PageStyle,
}

/// How a page says where the next one is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageStyle {
    /// `"cursor"`
    Cursor {
        /// `parameter`: what the cursor is sent as.
        parameter: Located<String>,
        /// `next` or `item-cursor`
        next: NextCursor,
    },
    /// `"page"`: pages are counted.
    Page {
        /// `parameter`: what the number is sent as.
        parameter: Located<String>,
        /// `first-page`: the number of the first page.
        first: u32,
        /// `total`: the field with the number of pages.
        total: Option<Located<String>>,
    },
    /// `"offset"`: items are counted.
    Offset {
        /// `parameter`: what the number of items to skip is sent as.
        parameter: Located<String>,
        /// `total`: the field with the number of items.
        total: Option<Located<String>>,
    },
    /// `"link"`
    Link {
        /// `next`: the field with the address of the next page; none: the header `Link`.
        next: Option<Located<String>>,
    },
}

/// Where the next cursor is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NextCursor {
    /// `next`: a field of the answer.
    Field(Located<String>),
    /// `item-cursor`: a field of the last item.
    LastItem(Located<String>),
}
