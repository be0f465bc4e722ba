//! Credentials: which are sent, where, and that they are shown nowhere.

use http::Method;

use crate::runtime::{
    Api, CallOptions, ClientBuilder, Core, Credential, CredentialKind, Error, Operation, Retry, Secret, Undeclared,
    undeclared,
};
use crate::sample::Client;
use crate::server::{Answer, Recorded, Server};

static NONE: Operation = operation(&[]);
static KEY: Operation = operation(&[&[0]]);
static TOKEN_OR_LOGIN: Operation = operation(&[&[1], &[2]]);
static QUERY_AND_COOKIE: Operation = operation(&[&[3, 4]]);
static OPTIONAL: Operation = operation(&[&[], &[0]]);

const fn operation(security: &'static [&'static [usize]]) -> Operation {
    Operation {
        id: "Sample",
        method: Method::GET,
        path: "/x",
        server: None,
        security,
        accept: None,
        retry: Retry::NEVER,
        notes: &[],
        decode_error: undeclared,
    }
}

type Build = fn(ClientBuilder<Client>) -> ClientBuilder<Client>;

async fn send(operation: &'static Operation, build: Build) -> Result<Recorded, Error> {
    let server = Server::start([Answer::json(200, "{}")]).await;
    let client = build(Client::builder().base_url(server.url())).build()?;
    client.core.request(operation, CallOptions::default()).send().await?;
    Ok(server.request())
}

#[tokio::test]
async fn each_kind_goes_to_its_place() {
    let key = send(&KEY, |builder| builder.api_key("k1").token("t1")).await.unwrap();
    assert_eq!(
        (key.header("x-sample-key"), key.header("authorization")),
        (Some("k1"), None)
    );
    let bearer = send(&TOKEN_OR_LOGIN, |builder| builder.token("t1").login("u", "p"))
        .await
        .unwrap();
    assert_eq!(bearer.header("authorization"), Some("Bearer t1"));
    let both = send(&QUERY_AND_COOKIE, |builder| builder.query_key("q&1").cookie_key("c;1"))
        .await
        .unwrap();
    assert_eq!(
        (both.target(), both.header("cookie")),
        ("/x?key=q%261", Some("sid=c%3B1"))
    );
    let basic = [
        ("f", "", "Zjo="),
        ("fo", "o", "Zm86bw=="),
        ("Aladdin", "open sesame", "QWxhZGRpbjpvcGVuIHNlc2FtZQ=="),
    ];
    for (user, password, expected) in basic {
        let server = Server::start([Answer::json(200, "{}")]).await;
        let client = Client::builder()
            .base_url(server.url())
            .login(user, password)
            .build()
            .unwrap();
        client
            .core
            .request(&TOKEN_OR_LOGIN, CallOptions::default())
            .send()
            .await
            .unwrap();
        assert_eq!(
            server.request().header("authorization"),
            Some(format!("Basic {expected}").as_str())
        );
    }
}

#[tokio::test]
async fn only_what_an_operation_declares_is_sent() {
    let none = send(&NONE, |builder| builder.api_key("k1").token("t1").query_key("q"))
        .await
        .unwrap();
    assert_eq!(
        (none.header("x-sample-key"), none.header("authorization"), none.target()),
        (None, None, "/x")
    );
    let without = send(&OPTIONAL, |builder| builder).await.unwrap();
    assert_eq!(without.header("x-sample-key"), None);
    let with = send(&OPTIONAL, |builder| builder.api_key("k1")).await.unwrap();
    assert_eq!(with.header("x-sample-key"), Some("k1"));
}

#[tokio::test]
async fn a_missing_credential_is_named_and_nothing_is_sent() {
    let server = Server::start([Answer::json(200, "{}")]).await;
    let client = Client::builder().base_url(server.url()).query_key("q").build().unwrap();
    let message = async |operation| {
        let error = client
            .core
            .request(operation, CallOptions::default())
            .send()
            .await
            .unwrap_err();
        assert!(matches!(error, Error::Config(_)), "{error:?}");
        error.to_string()
    };
    assert_eq!(
        message(&KEY).await,
        "Sample (GET /x) needs a credential: call `api_key` of the client's builder, or set the environment variable \
         CLIENTSMITH_SAMPLE_API_KEY and use `from_env`"
    );
    assert_eq!(
        message(&QUERY_AND_COOKIE).await,
        "Sample (GET /x) needs a credential: call `query_key` of the client's builder and call `cookie_key` of the \
         client's builder"
    );
    assert_eq!(server.requests().len(), 0);
}

#[tokio::test]
async fn what_cannot_be_sent_is_refused_by_the_builder() {
    let message = |builder: ClientBuilder<Client>| builder.build().unwrap_err().to_string();
    let line_break = "the credential `api_key` has a line break or another control character";
    assert_eq!(message(Client::builder().api_key("s3cret\n")), line_break);
    assert_eq!(
        message(Client::builder().api_key("")),
        "the credential `api_key` is empty"
    );
    assert_eq!(
        message(Client::builder().base_url("ftp://x")),
        "the base URL must start with https: or http:, not ftp:"
    );
    let user = "the base URL holds a user name or password; give it as a credential";
    assert_eq!(message(Client::builder().base_url("https://u:s3cret@x")), user);
    assert_eq!(
        message(Client::builder().base_url("x")),
        "the base URL is not valid: relative URL without a base"
    );
    assert_eq!(
        message(Client::builder().default_header("a b", "c")),
        "`a b` is no name for a header"
    );
}

#[tokio::test]
async fn secrets_are_not_shown() {
    let build: Build = |builder| {
        let builder = builder
            .api_key("s3cret")
            .token("s3cret")
            .login("u", "s3cret")
            .query_key("s3cret");
        builder.cookie_key("s3cret").default_header("x-my-token", "s3cret")
    };
    let builder = build(Client::builder().base_url("http://127.0.0.1:1/api?token=s3cret"));
    assert!(!format!("{builder:?}").contains("s3cret"), "{builder:?}");
    let client = builder.build().unwrap();
    let shown = "Client { core: Core { base_url: \"http://127.0.0.1:1/api\", credentials: [\"api_key\", \"token\", \
                 \"login\", \"query_key\", \"cookie_key\"] } }";
    assert_eq!(format!("{client:?}"), shown);
    let options = CallOptions::new()
        .header("X-Api-Key", "s3cret")
        .query("token", "s3cret")
        .header("x-a", "b");
    let call = client
        .sessions()
        .get("1")
        .with_options(options.body_field("password", "s3cret"));
    assert!(!format!("{call:?}").contains("s3cret"), "{call:?}");
    assert!(format!("{call:?}").contains("\"x-a\": \"b\""), "{call:?}");
    let error = client
        .core
        .request(&QUERY_AND_COOKIE, CallOptions::default())
        .send()
        .await
        .unwrap_err();
    let sources = std::iter::successors(Some(&error as &dyn std::error::Error), |error| error.source());
    let shown: Vec<_> = sources.map(|error| format!("{error} {error:?}")).collect();
    assert!(!shown.concat().contains("s3cret"), "{shown:?}");
    assert_eq!(format!("{:?}", Secret::from("s3cret")), "Secret(…)");
}

/// The environment belongs to the whole process: one test, with variables of its own.
#[tokio::test]
async fn the_environment_fills_what_is_not_set() {
    static FROM_ENV: Api = Api {
        title: "Other",
        user_agent: "other/1",
        base_url: None,
        // Set by cargo for every test, so that the test need not change the environment.
        base_url_env: Some("CARGO_PKG_NAME"),
        undeclared: Undeclared {
            security: &[],
            retries: &[],
        },
        credentials: &[Credential {
            scheme: "api_key",
            kind: CredentialKind::Bearer,
            env: Some("CARGO_PKG_VERSION"),
        }],
    };
    struct Bare(Core);
    impl From<Core> for Bare {
        fn from(core: Core) -> Self {
            Self(core)
        }
    }
    let server = Server::start([Answer::json(200, "{}")]).await;
    let builder = ClientBuilder::<Bare>::new(&FROM_ENV);
    let bare = builder.base_url(server.url()).from_env().build().unwrap();
    bare.0.request(&KEY, CallOptions::default()).send().await.unwrap();
    let version = concat!("Bearer ", env!("CARGO_PKG_VERSION"));
    assert_eq!(server.request().header("authorization"), Some(version));
    assert_eq!(server.request().header("user-agent"), Some("other/1"));
    let from_env = ClientBuilder::<Bare>::new(&FROM_ENV).from_env().build();
    assert_eq!(
        from_env.err().unwrap().to_string(),
        "the base URL is not valid: relative URL without a base"
    );
    let without = ClientBuilder::<Bare>::new(&FROM_ENV).build();
    assert_eq!(
        without.err().unwrap().to_string(),
        "Other needs a base URL: call `base_url` of the builder"
    );
    assert_eq!(
        Client::from_env().unwrap_err().to_string(),
        "no credential for Sample: call `api_key` of the client's builder, or set the environment variable \
         CLIENTSMITH_SAMPLE_API_KEY and use `from_env`"
    );
}
