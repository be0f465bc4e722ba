//! Credentials on the wire: where each kind goes, which ones a call takes, and that no other call gets them.

use clientsmith_tests::server::{Answer, Recorded, Server};
use fixtures_client::auth::Client;
use fixtures_client::{ClientBuilder, Error, auth_sets};

const API_KEY: &str = "header-secret";
const QUERY: &str = "query secret&=";
const COOKIE: &str = "cookie;secret";
const BEARER: &str = "bearer-secret";
const OAUTH: &str = "oauth-secret";
const OPEN_ID: &str = "openid-secret";

fn done(calls: usize) -> Server {
    Server::start(vec![Answer::empty(204); calls])
}

fn builder(server: &Server) -> ClientBuilder<Client> {
    Client::builder().base_url(server.url())
}

/// A client with every credential there is.
fn everything(server: &Server) -> Client {
    builder(server)
        .api_key(API_KEY)
        .query(QUERY)
        .cookie(COOKIE)
        .bearer_token(BEARER)
        .login("us\u{e9}r", "pass:word")
        .o_auth(OAUTH)
        .open_id(OPEN_ID)
        .build()
        .unwrap()
}

fn sets(server: &Server) -> ClientBuilder<auth_sets::Client> {
    auth_sets::Client::builder().base_url(server.url())
}

/// The target, and every header that can hold a credential.
fn sent(request: &Recorded) -> (&str, Vec<(&str, &str)>) {
    let common = ["host", "user-agent", "accept"];
    let headers = request
        .headers
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()));
    let mut headers: Vec<_> = headers.filter(|(name, _)| !common.contains(name)).collect();
    headers.sort_unstable();
    (&request.target, headers)
}

#[tokio::test]
async fn each_kind_of_credential_goes_to_its_place_and_no_other_goes_along() {
    let server = done(8);
    let client = everything(&server);
    client.default().by_default().await.unwrap();
    client.header().by_header().await.unwrap();
    client.query().by_query().await.unwrap();
    client.cookie().by_cookie().await.unwrap();
    client.bearer().by_bearer().await.unwrap();
    client.basic().by_basic().await.unwrap();
    client.oauth().by_oauth().await.unwrap();
    client.openid().by_open_id().await.unwrap();
    let requests = server.requests();
    let sent: Vec<_> = requests.iter().map(sent).collect();
    assert_eq!(
        sent,
        [
            ("/default", vec![("x-example-key", "header-secret")]),
            ("/header", vec![("x-example-key", "header-secret")]),
            ("/query?key=query%20secret%26%3D", vec![]),
            ("/cookie", vec![("cookie", "session=cookie%3Bsecret")]),
            ("/bearer", vec![("authorization", "Bearer bearer-secret")]),
            ("/basic", vec![("authorization", "Basic dXPDqXI6cGFzczp3b3Jk")]),
            ("/oauth", vec![("authorization", "Bearer oauth-secret")]),
            ("/openid", vec![("authorization", "Bearer openid-secret")]),
        ]
    );
}

#[tokio::test]
async fn an_operation_without_security_gets_no_credential() {
    let server = done(2);
    everything(&server).none().by_none().await.unwrap();
    // Neither is one needed.
    builder(&server).build().unwrap().none().by_none().await.unwrap();
    for request in server.requests() {
        assert_eq!(sent(&request), ("/none", vec![]));
    }
    let server = done(1);
    let builder = sets(&server)
        .api_key("a")
        .token("t")
        .bearer_token("b")
        .first("f")
        .second("s")
        .query("q");
    builder.build().unwrap().open().open().await.unwrap();
    assert_eq!(sent(&server.request()), ("/open", vec![]));
}

#[tokio::test]
async fn of_several_alternatives_the_first_complete_one_is_taken() {
    let server = done(3);
    everything(&server).alternatives().by_either().await.unwrap();
    let client = builder(&server).bearer_token(BEARER).build().unwrap();
    client.alternatives().by_either().await.unwrap();
    let client = builder(&server).api_key(API_KEY).build().unwrap();
    client.alternatives().by_either().await.unwrap();
    let requests = server.requests();
    let (header, bearer) = (
        ("x-example-key", "header-secret"),
        ("authorization", "Bearer bearer-secret"),
    );
    let expected = [header, bearer, header].map(|credential| ("/alternatives", vec![credential]));
    assert_eq!(requests.iter().map(sent).collect::<Vec<_>>(), expected);
}

#[tokio::test]
async fn a_set_of_credentials_goes_together_or_not_at_all() {
    let server = done(1);
    everything(&server).both().by_both().await.unwrap();
    assert_eq!(
        sent(&server.request()),
        (
            "/both?key=query%20secret%26%3D",
            vec![("x-example-key", "header-secret")]
        )
    );

    let server = done(3);
    let whole = sets(&server).api_key("a").token("t").bearer_token("b").build().unwrap();
    whole.sets().by_sets().await.unwrap();
    let half = sets(&server).api_key("a").bearer_token("b").build().unwrap();
    half.sets().by_sets().await.unwrap();
    let other = sets(&server).bearer_token("b").build().unwrap();
    other.sets().by_sets().await.unwrap();
    let requests = server.requests();
    assert_eq!(
        requests.iter().map(sent).collect::<Vec<_>>(),
        [
            ("/sets", vec![("x-account", "a"), ("x-token", "t")]),
            ("/sets", vec![("authorization", "Bearer b")]),
            ("/sets", vec![("authorization", "Bearer b")]),
        ]
    );
}

#[tokio::test]
async fn an_optional_credential_is_sent_where_it_is_there() {
    let server = done(2);
    everything(&server).optional().by_choice().await.unwrap();
    builder(&server).build().unwrap().optional().by_choice().await.unwrap();
    let requests = server.requests();
    assert_eq!(
        sent(&requests[0]),
        ("/optional", vec![("x-example-key", "header-secret")])
    );
    assert_eq!(sent(&requests[1]), ("/optional", vec![]));
}

#[tokio::test]
async fn keys_stand_beside_the_parameters_of_a_call() {
    let server = done(2);
    let client = sets(&server).first("1").second("2").query("k/q").build().unwrap();
    client.cookies().by_cookies().theme("dark").await.unwrap();
    client.query().by_query().q("x").await.unwrap();
    let requests = server.requests();
    assert_eq!(
        sent(&requests[0]),
        ("/cookies", vec![("cookie", "theme=dark; first=1; second=2")])
    );
    assert_eq!(sent(&requests[1]), ("/query?q=x&api%20key=k%2Fq", vec![]));
}

#[tokio::test]
async fn a_credential_that_is_missing_is_named_and_nothing_is_sent() {
    const API_KEY_ADVICE: &str = "call `api_key` of the client's builder, or set the environment variable EXAMPLE_KEY and \
                                  use `from_env`";
    let server = done(0);
    let client = builder(&server).o_auth(OAUTH).build().unwrap();
    let errors = [
        client.default().by_default().await.unwrap_err(),
        client.query().by_query().await.unwrap_err(),
        client.basic().by_basic().await.unwrap_err(),
        client.alternatives().by_either().await.unwrap_err(),
        client.both().by_both().await.unwrap_err(),
    ];
    let expected = [
        format!("byDefault (GET /default) needs a credential: {API_KEY_ADVICE}"),
        "byQuery (GET /query) needs a credential: call `query` of the client's builder".to_owned(),
        "byBasic (GET /basic) needs a credential: call `login` of the client's builder, or set the environment variable \
         EXAMPLE_LOGIN and use `from_env`"
            .to_owned(),
        format!(
            "byEither (GET /alternatives) needs a credential: {API_KEY_ADVICE}, or call `bearer_token` of the client's \
             builder"
        ),
        format!(
            "byBoth (GET /both) needs a credential: {API_KEY_ADVICE} and call `query` of the client's builder"
        ),
    ];
    assert_eq!(errors.each_ref().map(ToString::to_string), expected);
    assert!(errors.iter().all(|error| matches!(error, Error::Config(_))));
    assert_eq!(server.requests().len(), 0);
}

#[test]
fn a_credential_that_cannot_be_sent_is_refused_when_the_client_is_built() {
    let errors = [
        Client::builder().api_key("").build(),
        Client::builder().query("").build(),
        Client::builder().bearer_token("a\nb").build(),
        Client::new("a\r\n"),
    ];
    let expected = [
        "the credential `api_key` is empty",
        "the credential `query` is empty",
        "the credential `bearer_token` has a line break or another control character",
        "the credential `api_key` has a line break or another control character",
    ];
    assert_eq!(errors.map(|error| error.unwrap_err().to_string()), expected);
}

#[tokio::test]
async fn no_credential_is_shown() {
    let server = done(0);
    let client = everything(&server);
    let shown = format!("{client:?} {:?} {:?}", client.both(), client.both().by_both());
    let builder = builder(&server).api_key(API_KEY).query(QUERY).login("u", "pass:word");
    let shown = format!("{shown} {builder:?}");
    for secret in [API_KEY, QUERY, COOKIE, BEARER, OAUTH, OPEN_ID, "pass:word", "dXPDqXI6"] {
        assert!(!shown.contains(secret), "{shown}");
    }
    assert!(
        shown.contains(r#"credentials: ["api_key", "query", "cookie", "bearer_token", "login", "o_auth", "open_id"]"#),
        "{shown}"
    );
}
