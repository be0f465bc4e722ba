//! Access tokens on the wire: who asks for them, where and for what, and which calls they go with.

use clientsmith_tests::server::{Answer, Recorded, Server};
use fixtures_client::oauth::Client;
use fixtures_client::oauth::resources::items;
use fixtures_client::testing::{Mock, Reply};
use fixtures_client::{ClientBuilder, ClientCredentials, Error};
use serde_json::json;

fn token(value: &str) -> Answer {
    let body = json!({"access_token": value, "token_type": "Bearer", "expires_in": 3600});
    Answer::json(200, &body)
}

fn done() -> Answer {
    Answer::empty(204)
}

fn builder(server: &Server) -> ClientBuilder<Client> {
    Client::builder().base_url(format!("{}/v1", server.url()))
}

/// Method, target, credentials and body.
fn sent(request: &Recorded) -> (&str, &str, Option<&str>, &str) {
    let body = std::str::from_utf8(&request.body).unwrap();
    (&request.method, &request.target, request.header("authorization"), body)
}

#[tokio::test]
async fn tokens_are_fetched_with_the_scopes_that_operations_need() {
    let server = Server::start([token("t1"), done(), done(), done()]);
    let client = builder(&server).client_credentials(ClientCredentials::new("id", "s3cret"));
    let client = client.build().unwrap();
    client.items().list().await.unwrap();
    client.items().create().await.unwrap();
    client.public().get().await.unwrap();
    let requests = server.requests();
    assert_eq!(
        requests.iter().map(sent).collect::<Vec<_>>(),
        [
            (
                "POST",
                "/v1/oauth/token",
                Some("Basic aWQ6czNjcmV0"),
                "grant_type=client_credentials&scope=read+write"
            ),
            ("GET", "/v1/items", Some("Bearer t1"), ""),
            ("POST", "/v1/items", Some("Bearer t1"), ""),
            ("GET", "/v1/public", None, ""),
        ]
    );
}

#[tokio::test]
async fn each_scheme_has_tokens_of_its_own() {
    let (server, login) = (Server::start([done()]), Server::start([token("p1")]));
    let client = ClientCredentials::new("id", "s3cret").token_url(format!("{}/token", login.url()));
    let client = builder(&server).partner_account(client).build().unwrap();
    client.either().get().await.unwrap();
    let asked = login.request();
    // As client.toml says.
    assert_eq!(
        sent(&asked),
        (
            "POST",
            "/token",
            None,
            "grant_type=client_credentials&client_id=id&client_secret=s3cret"
        )
    );
    assert_eq!(sent(&server.request()), ("GET", "/v1/either", Some("Bearer p1"), ""));
}

#[tokio::test]
async fn a_token_of_the_users_own_takes_the_place_of_a_client() {
    let server = Server::start([done(), done()]);
    let client = builder(&server).bearer_token("mine").person("theirs").build().unwrap();
    client.items().list().await.unwrap();
    client.either().get().await.unwrap();
    let requests = server.requests();
    let tokens: Vec<_> = requests.iter().map(|request| request.header("authorization")).collect();
    assert_eq!(tokens, [Some("Bearer mine"), Some("Bearer theirs")]);
}

#[test]
fn a_blocking_call_fetches_a_token_as_well() {
    use fixtures_client::blocking::Block;

    let server = Server::start([token("t1"), done()]);
    let client = builder(&server).client_credentials(ClientCredentials::new("id", "s3cret"));
    client.build().unwrap().items().list().block().unwrap();
    assert_eq!(server.requests()[1].header("authorization"), Some("Bearer t1"));
}

fn mocked(mock: &Mock) -> Client {
    let client = Client::builder().client_credentials(ClientCredentials::new("id", "s3cret"));
    client.transport(mock.clone()).build().unwrap()
}

#[tokio::test]
async fn a_mock_gives_tokens_without_being_asked() {
    let mock = Mock::new();
    mock.reply::<items::List>(Reply::new(204));
    mocked(&mock).items().list().await.unwrap();
    let [sent] = &mock.sent()[..] else { panic!("{mock:?}") };
    assert_eq!(
        (sent.operation(), sent.header("authorization")),
        ("listItems", Some("Bearer mock"))
    );
}

#[tokio::test]
async fn a_mock_refuses_tokens_where_a_test_says_so() {
    let mock = Mock::new();
    let refused = Reply::new(401).json(&json!({"error": "invalid_client"})).unwrap();
    mock.reply_to_token_request(refused);
    let error = mocked(&mock).items().list().await.unwrap_err();
    let Error::Token(error) = error else {
        panic!("{error:?}")
    };
    assert_eq!((error.status(), error.code()), (Some(401), Some("invalid_client")));
    assert_eq!(
        error.to_string(),
        "listItems (GET /items): no access token: 401 Unauthorized: invalid_client"
    );
    assert_eq!(mock.sent().len(), 0);
}
