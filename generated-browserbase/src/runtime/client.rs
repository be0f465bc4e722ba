//! An API as data, the core that calls share, and its builder. Knows nothing of a call's parts.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue, Method};
use reqwest::Url;

use super::auth::{self, Given, Ready};
use super::base_url;
use super::http_client::HttpClient;
use super::transport::{Middleware, Transport};
use super::{
    CallOptions, ClientCredentials, ConfigError, Error, Operation, RawRequest, Request, Retry, RetryPolicy, Secret,
    TokenEndpoint,
};

/// What is fixed about an API.
#[derive(Debug)]
pub struct Api {
    /// Its title, such as `Browserbase`.
    pub title: &'static str,
    /// The `User-Agent` header.
    pub user_agent: &'static str,
    /// The base URL; `None`: the user must give one.
    pub base_url: Option<&'static str>,
    /// The environment variable that replaces the base URL.
    pub base_url_env: Option<&'static str>,
    /// Where secrets go.
    pub credentials: &'static [Credential],
    /// What holds for requests that the document does not have.
    pub undeclared: Undeclared,
}

/// What holds for requests that an API's document does not have.
#[derive(Debug)]
pub struct Undeclared {
    /// Alternatives of credentials, as [`Operation::security`] has them.
    pub security: &'static [&'static [usize]],
    /// When they may be sent again, by method; no methods stand for all.
    pub retries: &'static [(&'static [Method], Retry)],
}

/// A place for a secret.
#[derive(Debug)]
pub struct Credential {
    /// The builder's method, such as `api_key`.
    pub scheme: &'static str,
    /// Where the secret goes.
    pub kind: CredentialKind,
    /// The environment variable that holds it.
    pub env: Option<&'static str>,
}

/// Where a secret goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CredentialKind {
    /// A header.
    Header(&'static str),
    /// A query parameter.
    Query(&'static str),
    /// A cookie.
    Cookie(&'static str),
    /// `Authorization: Bearer`
    Bearer,
    /// `Authorization: Basic`; the secret is `user:password`.
    Basic,
    /// `Authorization: Bearer`, with a token that the user gives, or that a client's id and secret are good for.
    OAuth(TokenEndpoint),
}

impl CredentialKind {
    /// Where tokens are fetched.
    pub(super) fn endpoint(&self) -> Option<&TokenEndpoint> {
        match self {
            Self::OAuth(endpoint) => Some(endpoint),
            _ => None,
        }
    }
}

impl Credential {
    /// Whether the environment may hold it.
    fn is_in_environment(&self) -> bool {
        self.env.is_some() || self.kind.endpoint().is_some_and(|endpoint| endpoint.env.is_some())
    }
}

/// What all calls of a client share. Cheap to clone.
#[derive(Clone)]
pub struct Core {
    pub(super) shared: Arc<Shared>,
}

/// What is behind a [`Core`].
pub(super) struct Shared {
    pub(super) api: &'static Api,
    pub(super) base_url: Url,
    /// Whether the user gave the base URL: it is then meant for every operation.
    pub(super) base_url_given: bool,
    /// Whether `http:` is allowed everywhere.
    pub(super) allows_http: bool,
    pub(super) transport: Arc<dyn Transport>,
    pub(super) middleware: Vec<Arc<dyn Middleware>>,
    pub(super) headers: HeaderMap,
    pub(super) credentials: Vec<Option<Ready>>,
    pub(super) retry: RetryPolicy,
    pub(super) timeout: Option<Duration>,
    pub(super) deadline: Option<Duration>,
    pub(super) read_timeout: Option<Duration>,
    pub(super) max_response_size: usize,
}

impl Core {
    /// Starts a call.
    pub fn request(&self, operation: &'static Operation, options: CallOptions) -> Request {
        Request::new(self.clone(), operation.into(), options)
    }

    /// The credentials with these indices that were given.
    pub(super) fn ready(&self, indices: &[usize]) -> impl Iterator<Item = &Ready> {
        let credentials = &self.shared.credentials;
        indices.iter().filter_map(|index| credentials.get(*index)?.as_ref())
    }

    /// Starts a request that the API's document does not have.
    pub fn raw(&self, method: Method, path: &'static str) -> RawRequest {
        RawRequest::new(self, method, path)
    }
}

impl fmt::Debug for Core {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Shared {
            api,
            base_url,
            credentials,
            ..
        } = &*self.shared;
        let given = api
            .credentials
            .iter()
            .zip(credentials)
            .filter(|(_, ready)| ready.is_some());
        let given: Vec<_> = given.map(|(credential, _)| credential.scheme).collect();
        f.debug_struct("Core")
            .field("base_url", &without_query(base_url))
            .field("credentials", &given)
            .finish()
    }
}

/// A URL as it may be shown: a query can hold a secret.
fn without_query(url: &Url) -> &str {
    url.as_str().split('?').next().unwrap_or_default()
}

/// Builds a client.
///
/// Unless said otherwise, connecting may take 5 seconds, an attempt of a call 60 seconds, and while a body streams 60
/// seconds may pass without a byte. A call that fails is sent again as its documentation says.
pub struct ClientBuilder<C> {
    api: &'static Api,
    base_url: Option<String>,
    credentials: Vec<Option<Given>>,
    headers: HeaderMap,
    allows_http: bool,
    transport: Option<Arc<dyn Transport>>,
    middleware: Vec<Arc<dyn Middleware>>,
    retry: RetryPolicy,
    timeout: Option<Duration>,
    deadline: Option<Duration>,
    connect_timeout: Option<Duration>,
    read_timeout: Option<Duration>,
    max_response_size: usize,
    error: Option<ConfigError>,
    client: PhantomData<fn() -> C>,
}

impl<C: From<Core>> ClientBuilder<C> {
    /// Starts with what the API's document says.
    #[allow(dead_code, reason = "called by generated code")]
    pub(crate) fn new(api: &'static Api) -> Self {
        Self {
            api,
            base_url: None,
            credentials: api.credentials.iter().map(|_| None).collect(),
            headers: HeaderMap::from_iter([(http::header::USER_AGENT, HeaderValue::from_static(api.user_agent))]),
            allows_http: false,
            transport: None,
            middleware: Vec::new(),
            retry: RetryPolicy::new(),
            timeout: Some(Duration::from_secs(60)),
            deadline: None,
            connect_timeout: Some(Duration::from_secs(5)),
            read_timeout: Some(Duration::from_secs(60)),
            max_response_size: 64 * 1024 * 1024,
            error: None,
            client: PhantomData,
        }
    }

    /// Sets a credential by its index in [`Api::credentials`].
    #[allow(dead_code, reason = "called by generated code, where the API has credentials")]
    pub(crate) fn credential(mut self, index: usize, given: impl Into<Given>) -> Self {
        if let Some(place) = self.credentials.get_mut(index) {
            *place = Some(given.into());
        }
        self
    }

    /// Where the API is. A path in it stays in front of every operation's path.
    #[must_use]
    pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
        self.base_url = Some(base_url.into());
        self
    }

    /// The time for each attempt of a call, from its start to the last byte of its answer; `None` for no limit.
    ///
    /// It does not hold for bodies that stream: for an upload there is only [`read_timeout`](Self::read_timeout), for a
    /// download the time until the answer starts. A call's own timeout holds for everything.
    #[must_use]
    pub fn timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.timeout = timeout.into();
        self
    }

    /// The time for a whole call, its retries and the waits between them included; `None`, as it is if not set, for no
    /// limit besides the number of attempts and the time for each.
    ///
    /// A wait that would not be over in time is not begun: the last error is returned at once. For bodies that stream
    /// it holds as little as [`timeout`](Self::timeout) does.
    #[must_use]
    pub fn deadline(mut self, deadline: impl Into<Option<Duration>>) -> Self {
        self.deadline = deadline.into();
        self
    }

    /// How often a call is sent after its first attempt, at most: [`RetryPolicy::max_retries`] for all calls.
    #[must_use]
    pub fn max_retries(mut self, retries: u32) -> Self {
        self.retry = self.retry.max_retries(retries);
        self
    }

    /// What is different about the retries of all calls. What it does not set stays as it is.
    #[must_use]
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy.or(&self.retry);
        self
    }

    /// The time for making a connection; `None` for no limit.
    #[must_use]
    pub fn connect_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.connect_timeout = timeout.into();
        self
    }

    /// The time that may pass without a byte while a body streams, in either direction; `None` for no limit.
    #[must_use]
    pub fn read_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.read_timeout = timeout.into();
        self
    }

    /// The size up to which an answer is read into memory, in bytes; 64 MiB if not set. Downloads have no limit.
    #[must_use]
    pub fn max_response_size(mut self, bytes: usize) -> Self {
        self.max_response_size = bytes;
        self
    }

    /// A header to send with every call.
    #[must_use]
    pub fn default_header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        match header(name.as_ref(), value.as_ref()) {
            Ok((name, value)) => drop(self.headers.insert(name, value)),
            Err(message) => self.fail(ConfigError::new(message)),
        }
        self
    }

    /// The `User-Agent` header.
    #[must_use]
    pub fn user_agent(self, user_agent: impl AsRef<str>) -> Self {
        self.default_header("user-agent", user_agent)
    }

    /// An HTTP client of your own, for proxies, certificates and the like.
    /// [`connect_timeout`](Self::connect_timeout) is then its own affair.
    ///
    /// Build it with `redirect(reqwest::redirect::Policy::none())`: this client follows redirects itself and never
    /// takes a credential to another origin, while `reqwest` would send an API key's header along.
    #[must_use]
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.transport = Some(Arc::new(HttpClient::from(client)));
        self
    }

    /// What sends the requests, in place of an HTTP client: a router of your own in a test, another HTTP library.
    #[must_use]
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Something that stands around each request to the API. It can be called several times: the first is outermost.
    #[must_use]
    pub fn middleware(mut self, middleware: impl Middleware) -> Self {
        self.middleware.push(Arc::new(middleware));
        self
    }

    /// Allows addresses with `http:`, over which anybody on the way can read keys and change answers. Without it, they
    /// are refused except on this machine (`localhost`, `127.0.0.1`, `[::1]`).
    #[must_use]
    pub fn allow_http(mut self) -> Self {
        self.allows_http = true;
        self
    }

    /// Takes what is not set yet from the API's environment variables: credentials and base URL. An empty variable
    /// counts as not set. That no credential is found is an error of [`build`](Self::build).
    #[must_use]
    #[allow(
        clippy::wrong_self_convention,
        reason = "a step of building reads as it does in `Client::from_env`"
    )]
    pub fn from_env(mut self) -> Self {
        if self.base_url.is_none() {
            self.base_url = self.variable(self.api.base_url_env);
        }
        for (index, credential) in self.api.credentials.iter().enumerate() {
            if matches!(self.credentials.get(index), Some(None)) {
                let found = self.found(credential);
                self.credentials[index] = found;
            }
        }
        let mut wanted = self
            .api
            .credentials
            .iter()
            .filter(|credential| credential.is_in_environment())
            .peekable();
        if wanted.peek().is_some() && self.credentials.iter().all(Option::is_none) {
            let advice: Vec<_> = wanted.map(auth::advice).collect();
            let title = self.api.title;
            self.fail(ConfigError::new(format!(
                "no credential for {title}: {}",
                advice.join(", or ")
            )));
        }
        self
    }

    /// A credential from the environment: the secret itself, or a client's id and secret. Of these one is not enough.
    fn found(&mut self, credential: &Credential) -> Option<Given> {
        if let Some(secret) = self.variable(credential.env) {
            return Some(Secret::from(secret).into());
        }
        let [id, secret] = credential.kind.endpoint()?.env?;
        let (missing, set) = match (self.variable(Some(id)), self.variable(Some(secret))) {
            (Some(id), Some(secret)) => return Some(ClientCredentials::new(id, secret).into()),
            (None, None) => return None,
            (Some(_), None) => (secret, id),
            (None, Some(_)) => (id, secret),
        };
        self.fail(ConfigError::new(format!(
            "the environment variable {set} is set, but {missing} is not"
        )));
        None
    }

    fn variable(&mut self, name: Option<&'static str>) -> Option<String> {
        match std::env::var(name?) {
            Ok(value) => Some(value).filter(|value| !value.is_empty()),
            Err(std::env::VarError::NotPresent) => None,
            Err(std::env::VarError::NotUnicode(_)) => {
                self.fail(ConfigError::new(format!(
                    "the environment variable {} is not UTF-8",
                    name.unwrap_or_default()
                )));
                None
            }
        }
    }

    /// Keeps the first error for `build`.
    fn fail(&mut self, error: ConfigError) {
        self.error.get_or_insert(error);
    }

    /// The client.
    ///
    /// # Errors
    /// [`Error::Config`]: a base URL, header or credential that cannot be used, or a credential that
    /// [`from_env`](Self::from_env) did not find.
    pub fn build(self) -> Result<C, Error> {
        Ok(self.core().map(C::from)?)
    }

    fn core(self) -> Result<Core, ConfigError> {
        if let Some(error) = self.error {
            return Err(error);
        }
        let api = self.api;
        let Some(base_url) = self.base_url.as_deref().or(api.base_url) else {
            return Err(ConfigError::new(format!(
                "{} needs a base URL: call `base_url` of the builder",
                api.title
            )));
        };
        let base_url = base_url::parse(base_url, self.allows_http)?;
        let given = api.credentials.iter().zip(&self.credentials);
        let ready = given.map(|(credential, given)| {
            let ready = given
                .as_ref()
                .map(|given| Ready::new(credential, given, &base_url, self.allows_http));
            ready.transpose()
        });
        let credentials = ready.collect::<Result<_, _>>()?;
        let shared = Shared {
            api,
            base_url,
            base_url_given: self.base_url.is_some(),
            credentials,
            allows_http: self.allows_http,
            transport: match self.transport {
                Some(transport) => transport,
                None => Arc::new(HttpClient::new(self.connect_timeout)?),
            },
            middleware: self.middleware,
            headers: self.headers,
            retry: self.retry,
            timeout: self.timeout,
            deadline: self.deadline,
            read_timeout: self.read_timeout,
            max_response_size: self.max_response_size,
        };
        Ok(Core {
            shared: Arc::new(shared),
        })
    }
}

/// A header from text; the message of an error does not hold the value.
pub(super) fn header(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), String> {
    let parsed = HeaderName::from_bytes(name.as_bytes()).map_err(|_| format!("`{name}` is no name for a header"))?;
    let mut value = HeaderValue::from_bytes(value.as_bytes())
        .map_err(|_| format!("the value for the header `{name}` has a line break or another control character"))?;
    value.set_sensitive(super::secret::is_sensitive(name));
    Ok((parsed, value))
}

impl<C> fmt::Debug for ClientBuilder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("api", &self.api.title)
            .field("credentials", &self.credentials)
            .field("timeout", &self.timeout)
            .field("connect_timeout", &self.connect_timeout)
            .field("read_timeout", &self.read_timeout)
            .field("deadline", &self.deadline)
            .field("retry", &self.retry)
            .finish_non_exhaustive()
    }
}
