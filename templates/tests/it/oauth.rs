//! Access tokens by client credentials: how they are fetched, how long they are kept, and what is said where there are
//! none. Times are tokio's and paused.

use std::error::Error as StdError;
use std::time::Duration;

use http::Method;
use tokio::task::JoinSet;
use tokio::time::{Instant, advance};

use crate::runtime::{
    Api, CallOptions, ClientBuilder, ClientCredentials, ConnectionRetry, Core, Credential, CredentialKind, Error,
    Incoming, Operation, Retry, TimeoutKind, TokenEndpoint, TokenError, Undeclared, Upload, undeclared,
};
use crate::sample::Client;
use crate::server::{Answer, Server};

const fn operation(method: Method, retry: Retry) -> Operation {
    Operation {
        id: "Op",
        method,
        path: "/op",
        server: None,
        security: &[&[5]],
        accept: None,
        retry,
        notes: &[],
        decode_error: undeclared,
    }
}

static ONCE: Operation = operation(Method::POST, Retry::NEVER);

static AGAIN: Operation = operation(
    Method::POST,
    Retry {
        max_retries: 1,
        statuses: &[503..=503],
        connection: ConnectionRetry::Unsent,
    },
);

fn client() -> ClientCredentials {
    ClientCredentials::new("my id", "s3cret:&")
}

fn builder(server: &Server) -> ClientBuilder<Client> {
    Client::builder().base_url(server.url())
}

fn with_tokens(server: &Server) -> Client {
    builder(server).client_credentials(client()).build().unwrap()
}

async fn call(client: &Client, operation: &'static Operation) -> Result<Incoming, Error> {
    client.core.request(operation, CallOptions::new()).send().await
}

fn token(value: &str, expires_in: u32) -> Answer {
    let text = format!("{{\"access_token\":\"{value}\",\"token_type\":\"bearer\",\"expires_in\":{expires_in}}}");
    Answer::json(200, text)
}

fn done() -> Answer {
    Answer::json(200, "{}")
}

fn failing(status: u16) -> Answer {
    Answer::json(status, "{}")
}

/// Each request: its target, and the token that it has.
fn sent(server: &Server) -> Vec<(String, Option<String>)> {
    let requests = server.requests();
    let parts = requests.iter().map(|request| {
        let authorization = request.header("authorization");
        let token = authorization.and_then(|value| value.strip_prefix("Bearer "));
        (request.target().to_owned(), token.map(str::to_owned))
    });
    parts.collect()
}

fn fetched() -> (String, Option<String>) {
    ("/oauth/token".to_owned(), None)
}

fn called(token: &str) -> (String, Option<String>) {
    ("/op".to_owned(), Some(token.to_owned()))
}

fn no_token(error: Error) -> TokenError {
    match error {
        Error::Token(error) => *error,
        other => panic!("{other:?}"),
    }
}

#[tokio::test(start_paused = true)]
async fn the_first_call_fetches_a_token_and_others_use_it() {
    let server = Server::start([token("t1", 3600), done()]).await;
    let builder = builder(&server).client_credentials(client()).api_key("k1");
    let client = builder.default_header("x-mine", "1").build().unwrap();
    call(&client, &ONCE).await.unwrap();
    call(&client.clone(), &ONCE).await.unwrap();
    assert_eq!(sent(&server), [fetched(), called("t1"), called("t1")]);
    let asked = &server.requests()[0];
    assert_eq!(asked.line(), "POST /oauth/token");
    assert_eq!(asked.text(), "grant_type=client_credentials&scope=read+write");
    // "my+id:s3cret%3A%26"
    assert_eq!(asked.header("authorization"), Some("Basic bXkraWQ6czNjcmV0JTNBJTI2"));
    assert_eq!(asked.header("content-type"), Some("application/x-www-form-urlencoded"));
    assert_eq!(asked.header("accept"), Some("application/json"));
    assert_eq!(asked.header("user-agent"), Some("sample/0.1.0"));
    assert_eq!((asked.header("x-mine"), asked.header("x-sample-key")), (None, None));
}

#[tokio::test(start_paused = true)]
async fn id_and_secret_go_into_the_body_where_the_server_wants_that() {
    let server = Server::start([token("t1", 3600), done()]).await;
    let client = client().secret_in_body(true).scopes(["a", "b:c"]);
    let client = client.parameter("audience", "https://api").token_url("elsewhere?v=1");
    let client = builder(&server).client_credentials(client).build().unwrap();
    call(&client, &ONCE).await.unwrap();
    let asked = &server.requests()[0];
    assert_eq!(
        (asked.target(), asked.header("authorization")),
        ("/elsewhere?v=1", None)
    );
    assert_eq!(
        asked.text(),
        "grant_type=client_credentials&scope=a+b%3Ac&client_id=my+id&client_secret=s3cret%3A%26&audience=https%3A%2F%2Fapi"
    );
}

#[tokio::test(start_paused = true)]
async fn without_scopes_none_are_asked_for() {
    let server = Server::start([token("t1", 3600), done()]).await;
    let client = client().scopes([""; 0]);
    let client = builder(&server).client_credentials(client).build().unwrap();
    call(&client, &ONCE).await.unwrap();
    assert_eq!(server.requests()[0].text(), "grant_type=client_credentials");
}

#[tokio::test(start_paused = true)]
async fn a_token_of_the_users_own_is_sent_as_it_is() {
    let server = Server::start([failing(401)]).await;
    let client = builder(&server).access_token("mine").build().unwrap();
    let error = call(&client, &ONCE).await.unwrap_err();
    assert!(error.is_unauthorized());
    assert_eq!(sent(&server), [called("mine")]);
}

#[tokio::test(start_paused = true)]
async fn a_token_is_fetched_anew_shortly_before_it_expires() {
    // Half a minute before, or in the last tenth of a short time.
    for (expires_in, kept) in [(3600, 3570), (100, 90)] {
        let server = Server::start([token("t1", expires_in), done(), done(), token("t2", expires_in), done()]).await;
        let client = with_tokens(&server);
        call(&client, &ONCE).await.unwrap();
        advance(Duration::from_secs(kept - 1)).await;
        call(&client, &ONCE).await.unwrap();
        advance(Duration::from_secs(1)).await;
        call(&client, &ONCE).await.unwrap();
        assert_eq!(
            sent(&server),
            [fetched(), called("t1"), called("t1"), fetched(), called("t2")]
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_token_without_a_time_is_kept_until_it_is_refused() {
    for expires_in in ["", ",\"expires_in\":null", ",\"expires_in\":1e300"] {
        let answer = Answer::json(200, format!("{{\"access_token\":\"t1\"{expires_in}}}"));
        let server = Server::start([answer, done()]).await;
        let client = with_tokens(&server);
        call(&client, &ONCE).await.unwrap();
        advance(Duration::from_secs(1_000_000)).await;
        call(&client, &ONCE).await.unwrap();
        assert_eq!(sent(&server), [fetched(), called("t1"), called("t1")]);
    }
}

#[tokio::test(start_paused = true)]
async fn a_time_that_is_written_as_text_counts() {
    let answer = Answer::json(200, r#"{"access_token":"t1","token_type":"BEARER","expires_in":"10"}"#);
    let server = Server::start([answer, done(), token("t2", 10), done()]).await;
    let client = with_tokens(&server);
    call(&client, &ONCE).await.unwrap();
    advance(Duration::from_secs(9)).await;
    call(&client, &ONCE).await.unwrap();
    assert_eq!(sent(&server), [fetched(), called("t1"), fetched(), called("t2")]);
}

async fn at_once(client: &Client, calls: usize) -> Vec<Result<u16, Error>> {
    let mut tasks = JoinSet::new();
    for _ in 0..calls {
        let client = client.clone();
        tasks.spawn(async move { call(&client, &ONCE).await.map(|answer| answer.status()) });
    }
    tasks.join_all().await
}

#[tokio::test(start_paused = true)]
async fn calls_at_the_same_time_share_one_request() {
    let slow = Answer::raw("")
        .wait(Duration::from_secs(1))
        .send("HTTP/1.1 200 OK\r\ncontent-length: 21\r\n\r\n{\"access_token\":\"t1\"}");
    let server = Server::start([slow, done()]).await;
    let outcomes = at_once(&with_tokens(&server), 5).await;
    assert!(
        outcomes.iter().all(|outcome| matches!(outcome, Ok(200))),
        "{outcomes:?}"
    );
    let mut expected = vec![fetched()];
    expected.extend(vec![called("t1"); 5]);
    assert_eq!(sent(&server), expected);
}

#[tokio::test(start_paused = true)]
async fn calls_at_the_same_time_share_one_failure() {
    let refused = "HTTP/1.1 400 Bad\r\ncontent-length: 25\r\n\r\n{\"error\":\"invalid_scope\"}";
    let slow = Answer::raw("").wait(Duration::from_secs(1)).send(refused);
    let server = Server::start([slow, token("t1", 3600), done()]).await;
    let client = with_tokens(&server);
    for outcome in at_once(&client, 5).await {
        assert_eq!(no_token(outcome.unwrap_err()).code(), Some("invalid_scope"));
    }
    assert_eq!(sent(&server), [fetched()]);
    // Those that come later try anew.
    call(&client, &ONCE).await.unwrap();
    assert_eq!(sent(&server), [fetched(), fetched(), called("t1")]);
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_given_up_while_it_fetches_leaves_that_to_the_next() {
    let server = Server::start([Answer::silence(Duration::from_secs(100)), token("t1", 3600), done()]).await;
    let client = with_tokens(&server);
    let first = tokio::time::timeout(Duration::from_secs(2), call(&client, &ONCE));
    let second = async {
        tokio::time::sleep(Duration::from_secs(1)).await;
        let start = Instant::now();
        call(&client, &ONCE).await.unwrap();
        start.elapsed().as_secs()
    };
    let (first, waited) = tokio::join!(first, second);
    assert!(first.is_err());
    assert_eq!(waited, 1);
    assert_eq!(sent(&server), [fetched(), fetched(), called("t1")]);
}

#[tokio::test(start_paused = true)]
async fn a_token_that_is_refused_is_fetched_anew_and_the_call_sent_again_at_once() {
    let server = Server::start([token("t1", 3600), done(), failing(401), token("t2", 3600), done()]).await;
    let client = with_tokens(&server);
    call(&client, &ONCE).await.unwrap();
    let start = Instant::now();
    call(&client, &ONCE).await.unwrap();
    assert_eq!(start.elapsed(), Duration::ZERO);
    assert_eq!(
        sent(&server),
        [fetched(), called("t1"), called("t1"), fetched(), called("t2")]
    );
}

#[tokio::test(start_paused = true)]
async fn a_token_is_renewed_for_a_call_once() {
    let answers = [token("t1", 3600), done(), failing(401), token("t2", 3600), failing(401)];
    let server = Server::start(answers).await;
    let client = with_tokens(&server);
    call(&client, &ONCE).await.unwrap();
    let error = call(&client, &ONCE).await.unwrap_err();
    assert_eq!((error.status(), error.attempts()), (Some(401), 2));
    assert_eq!(server.requests().len(), 5);
}

#[tokio::test(start_paused = true)]
async fn a_new_token_that_is_refused_is_not_renewed() {
    let server = Server::start([token("t1", 3600), failing(401)]).await;
    let error = call(&with_tokens(&server), &ONCE).await.unwrap_err();
    assert_eq!((error.status(), error.attempts()), (Some(401), 1));
    assert_eq!(sent(&server), [fetched(), called("t1")]);
}

#[tokio::test(start_paused = true)]
async fn a_renewal_takes_no_retry_away() {
    let answers = [
        token("t1", 9000),
        done(),
        failing(401),
        token("t2", 9000),
        failing(503),
        done(),
    ];
    let server = Server::start(answers).await;
    let client = with_tokens(&server);
    call(&client, &AGAIN).await.unwrap();
    call(&client, &AGAIN).await.unwrap();
    assert_eq!(sent(&server)[3..], [fetched(), called("t2"), called("t2")]);
}

#[tokio::test(start_paused = true)]
async fn a_body_that_can_be_read_once_is_not_sent_again() {
    let server = Server::start([token("t1", 3600), done(), failing(401)]).await;
    let client = with_tokens(&server);
    call(&client, &ONCE).await.unwrap();
    let mut request = client.core.request(&ONCE, CallOptions::new());
    request.upload("text/plain", Upload::from_reader("a", &b"abc"[..], Some(3)));
    let error = request.send().await.unwrap_err();
    assert_eq!((error.status(), error.attempts()), (Some(401), 1));
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test(start_paused = true)]
async fn why_there_is_no_token_is_said_without_secrets() {
    let refused = r#"{"error":"invalid_client","error_description":"Unknown \"s3cret:&\".\nSorry"}"#;
    for (answer, status, code, message) in [
        (
            Answer::json(401, refused),
            Some(401),
            Some("invalid_client"),
            "401 Unauthorized: invalid_client: Unknown \"…\".\\nSorry",
        ),
        (
            Answer::new(502, &[], "<html>s3cret:&"),
            Some(502),
            None,
            "502 Bad Gateway",
        ),
        // Id and secret go to no other address.
        (
            Answer::new(307, &[("location", "/other")], ""),
            Some(307),
            None,
            "307 Temporary Redirect",
        ),
        (
            Answer::json(200, "s3cret"),
            None,
            None,
            "the answer has no `access_token`",
        ),
        (
            Answer::json(200, r#"{"access_token":""}"#),
            None,
            None,
            "the answer has no `access_token`",
        ),
        (
            Answer::json(200, r#"{"access_token":"s3cret","token_type":"mac"}"#),
            None,
            None,
            "the token is of another type than `Bearer`",
        ),
        (
            Answer::json(200, r#"{"access_token":"s3cret\n"}"#),
            None,
            None,
            "the token has a control character",
        ),
        (
            Answer::json(200, vec![b' '; 1024 * 1024 + 1]),
            None,
            None,
            "the answer is larger than 1 MiB",
        ),
        (
            Answer::raw("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{").wait(Duration::ZERO),
            None,
            None,
            "the answer broke off: end of file before message length reached",
        ),
    ] {
        let server = Server::start([answer]).await;
        let error = call(&with_tokens(&server), &ONCE).await.unwrap_err();
        assert_eq!((error.status(), error.attempts()), (None, 1));
        assert_eq!(error.to_string(), format!("Op (POST /op): no access token: {message}"));
        let causes = std::iter::successors(Some(&error as &(dyn StdError + 'static)), |error| (*error).source());
        let shown: Vec<_> = causes.map(|error| format!("{error} {error:?}")).collect();
        assert!(!shown.concat().contains("s3cret"), "{shown:?}");
        let error = no_token(error);
        assert_eq!((error.status(), error.code()), (status, code));
        assert_eq!(sent(&server), [fetched()]);
    }
}

#[tokio::test(start_paused = true)]
async fn a_request_for_a_token_keeps_to_the_times_of_the_call() {
    let server = Server::start([Answer::silence(Duration::from_secs(1000))]).await;
    let client = with_tokens(&server);
    let start = Instant::now();
    let error = call(&client, &ONCE).await.unwrap_err();
    assert_eq!(start.elapsed().as_secs(), 60);
    assert_eq!(error.timeout(), Some(TimeoutKind::Attempt));
    assert_eq!(
        error.to_string(),
        "Op (POST /op): no access token: the call took longer than its timeout of 60s"
    );
    let options = CallOptions::new().deadline(Duration::from_secs(7));
    let error = client.core.request(&ONCE, options).send().await.unwrap_err();
    assert_eq!(error.timeout(), Some(TimeoutKind::Deadline));
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_request_for_a_token_is_sent_again_as_a_call_that_has_not_arrived() {
    let server = Server::start([failing(503), token("t1", 3600), done()]).await;
    call(&with_tokens(&server), &AGAIN).await.unwrap();
    assert_eq!(sent(&server), [fetched(), fetched(), called("t1")]);
    let server = Server::start([failing(503)]).await;
    assert_eq!(
        call(&with_tokens(&server), &AGAIN).await.unwrap_err().to_string(),
        "Op (POST /op): no access token: 503 Service Unavailable; after 2 attempts"
    );
    // What will be no other is not asked for again.
    for (operation, status) in [(&AGAIN, 400), (&ONCE, 503)] {
        let server = Server::start([failing(status)]).await;
        call(&with_tokens(&server), operation).await.unwrap_err();
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn no_connection_to_the_authorization_server() {
    let client = client().token_url("http://127.0.0.1:1");
    let client = Client::builder().client_credentials(client).build().unwrap();
    let error = call(&client, &ONCE).await.unwrap_err();
    assert!(error.is_connect() && !error.is_tls(), "{error:?}");
    let start = "Op (POST /op): no access token: no connection: ";
    assert!(error.to_string().starts_with(start), "{error}");
    assert!(error.source().is_some());
}

#[test]
fn what_cannot_be_trusted_is_refused_by_the_builder() {
    let build = |client| Client::builder().client_credentials(client).build();
    let message = |client| build(client).unwrap_err().to_string();
    assert_eq!(
        message(client().token_url("http://example.com/token?s3cret")),
        "the token URL is not encrypted (http://example.com): use https:, or call `allow_http` of the builder"
    );
    assert_eq!(
        message(client().token_url("https://u:p@example.com")),
        "the token URL holds a user name or password; give it as a credential"
    );
    assert_eq!(
        message(client().token_url("https://")),
        "the token URL is not valid: empty host"
    );
    assert_eq!(
        message(ClientCredentials::new("id", "")),
        "the id or secret given to `client_credentials` is empty"
    );
    assert!(build(client().token_url("https://example.com/token")).is_ok());
    let allowed = client().token_url("http://example.com");
    let allowed = Client::builder().allow_http().client_credentials(allowed);
    assert!(allowed.build().is_ok());
}

#[test]
fn the_secret_is_not_shown() {
    let client = client()
        .scopes(["a"])
        .parameter("api_key", "s3cret")
        .parameter("audience", "b");
    assert_eq!(
        format!("{client:?}"),
        "ClientCredentials { id: \"my id\", secret: Secret(…), scopes: Some(\"a\"), parameters: {\"api_key\": \"…\", \
         \"audience\": \"b\"}, .. }"
    );
    let builder = Client::builder().client_credentials(client);
    assert!(!format!("{builder:?}").contains("s3cret"), "{builder:?}");
    let client = builder.build().unwrap();
    assert!(
        format!("{client:?}").contains("credentials: [\"access_token\"]"),
        "{client:?}"
    );
}

#[tokio::test]
async fn a_missing_client_is_named() {
    let error = call(&Client::builder().build().unwrap(), &ONCE).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "Op (POST /op) needs a credential: call `client_credentials` or `access_token` of the client's builder"
    );
}

/// Variables that cargo sets for every test, so that the environment need not be changed.
#[tokio::test]
async fn id_and_secret_come_from_the_environment() {
    struct Bare(Core);
    impl From<Core> for Bare {
        fn from(core: Core) -> Self {
            Self(core)
        }
    }
    const fn api(credentials: &'static [Credential]) -> Api {
        Api {
            title: "Other",
            user_agent: "other/1",
            base_url: None,
            base_url_env: None,
            undeclared: Undeclared {
                security: &[&[0]],
                retries: &[],
            },
            credentials,
        }
    }
    const fn credential(env: [&'static str; 2], token: &'static str) -> Credential {
        Credential {
            scheme: "access_token",
            kind: CredentialKind::OAuth(TokenEndpoint {
                method: "client_credentials",
                url: "/oauth/token",
                scopes: "",
                env: Some(env),
                secret_in_body: true,
            }),
            env: Some(token),
        }
    }
    const UNSET: &str = "CLIENTSMITH_UNSET_TOKEN";
    static BOTH: Api = api(&[credential(["CARGO_PKG_NAME", "CARGO_PKG_VERSION"], UNSET)]);
    static ONE: Api = api(&[credential(["CLIENTSMITH_UNSET_ID", "CARGO_PKG_VERSION"], UNSET)]);
    static NEITHER: Api = api(&[credential(["CLIENTSMITH_UNSET_ID", "CLIENTSMITH_UNSET_SECRET"], UNSET)]);
    static TOKEN: Api = api(&[credential(["CARGO_PKG_NAME", "CARGO_PKG_VERSION"], "CARGO_PKG_NAME")]);
    let server = Server::start([token("t1", 3600), done(), done()]).await;
    let from_env = |api| {
        ClientBuilder::<Bare>::new(api)
            .base_url(server.url())
            .from_env()
            .build()
    };
    let client = from_env(&BOTH).unwrap();
    client.0.raw(Method::GET, "/op").send().await.unwrap();
    let expected = concat!(
        "grant_type=client_credentials&client_id=clientsmith-runtime&client_secret=",
        env!("CARGO_PKG_VERSION")
    );
    assert_eq!(server.requests()[0].text(), expected);
    from_env(&TOKEN)
        .unwrap()
        .0
        .raw(Method::GET, "/op")
        .send()
        .await
        .unwrap();
    let own = server.requests()[2].header("authorization").map(str::to_owned);
    assert_eq!(own.as_deref(), Some("Bearer clientsmith-runtime"));
    assert_eq!(
        from_env(&ONE).err().unwrap().to_string(),
        "the environment variable CARGO_PKG_VERSION is set, but CLIENTSMITH_UNSET_ID is not"
    );
    assert_eq!(
        from_env(&NEITHER).err().unwrap().to_string(),
        "no credential for Other: call `client_credentials` or `access_token` of the client's builder, or set the \
         environment variables CLIENTSMITH_UNSET_ID and CLIENTSMITH_UNSET_SECRET, or the variable \
         CLIENTSMITH_UNSET_TOKEN and use `from_env`"
    );
}
