//! The client.

use http::Method;

use super::sessions::Sessions;
use crate::runtime::{
    Api, ClientBuilder, ClientCredentials, ConnectionRetry, Core, Credential, CredentialKind, Error, RawRequest, Retry,
    Secret, TokenEndpoint, Undeclared,
};

pub(crate) static API: Api = Api {
    title: "Sample",
    user_agent: "sample/0.1.0",
    base_url: Some("http://127.0.0.1:9"),
    base_url_env: Some("CLIENTSMITH_SAMPLE_BASE_URL"),
    credentials: &[
        Credential {
            scheme: "api_key",
            kind: CredentialKind::Header("x-sample-key"),
            env: Some("CLIENTSMITH_SAMPLE_API_KEY"),
        },
        Credential {
            scheme: "token",
            kind: CredentialKind::Bearer,
            env: None,
        },
        Credential {
            scheme: "login",
            kind: CredentialKind::Basic,
            env: None,
        },
        Credential {
            scheme: "query_key",
            kind: CredentialKind::Query("key"),
            env: None,
        },
        Credential {
            scheme: "cookie_key",
            kind: CredentialKind::Cookie("sid"),
            env: None,
        },
        Credential {
            scheme: "access_token",
            kind: CredentialKind::OAuth(TokenEndpoint {
                method: "client_credentials",
                url: "/oauth/token",
                scopes: "read write",
                env: None,
                secret_in_body: false,
            }),
            env: None,
        },
    ],
    undeclared: Undeclared {
        security: &[&[0], &[]],
        retries: &[
            (
                &[Method::GET, Method::DELETE],
                Retry {
                    max_retries: 2,
                    statuses: &[429..=429, 500..=599],
                    connection: ConnectionRetry::Any,
                },
            ),
            (
                &[],
                Retry {
                    max_retries: 2,
                    statuses: &[429..=429],
                    connection: ConnectionRetry::Unsent,
                },
            ),
        ],
    },
};

/// A client of the sample API.
#[derive(Clone, Debug)]
pub struct Client {
    pub(crate) core: Core,
}

impl From<Core> for Client {
    fn from(core: Core) -> Self {
        Self { core }
    }
}

impl Client {
    /// A client with a key.
    pub fn new(api_key: impl Into<String>) -> Result<Self, Error> {
        Self::builder().api_key(api_key).build()
    }

    /// A client from the environment.
    pub fn from_env() -> Result<Self, Error> {
        Self::builder().from_env().build()
    }

    /// A client with more said about it.
    pub fn builder() -> ClientBuilder<Self> {
        ClientBuilder::new(&API)
    }

    /// A request that the document does not have.
    pub fn request(&self, method: Method, path: &'static str) -> RawRequest {
        self.core.raw(method, path)
    }

    /// Sessions.
    pub fn sessions(&self) -> Sessions {
        Sessions::new(self.core.clone())
    }
}

impl ClientBuilder<Client> {
    /// The API key.
    #[must_use]
    pub fn api_key(self, api_key: impl Into<String>) -> Self {
        self.credential(0, Secret::from(api_key.into()))
    }

    /// The token.
    #[must_use]
    pub fn token(self, token: impl Into<String>) -> Self {
        self.credential(1, Secret::from(token.into()))
    }

    /// User and password.
    #[must_use]
    pub fn login(self, user: impl Into<String>, password: impl Into<String>) -> Self {
        self.credential(2, Secret::from(format!("{}:{}", user.into(), password.into())))
    }

    /// The key in the query.
    #[must_use]
    pub fn query_key(self, key: impl Into<String>) -> Self {
        self.credential(3, Secret::from(key.into()))
    }

    /// The key in a cookie.
    #[must_use]
    pub fn cookie_key(self, key: impl Into<String>) -> Self {
        self.credential(4, Secret::from(key.into()))
    }

    /// An access token.
    #[must_use]
    pub fn access_token(self, token: impl Into<String>) -> Self {
        self.credential(5, Secret::from(token.into()))
    }

    /// A client that fetches access tokens.
    #[must_use]
    pub fn client_credentials(self, client: ClientCredentials) -> Self {
        self.credential(5, client)
    }
}
