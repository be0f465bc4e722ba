//! The key: sent where it belongs, and seen nowhere else.

use std::time::Duration;

use browserbase_client::{CallOptions, Client, Error, Secret};
use clientsmith_tests::server::{Answer, Server};
use serde_json::json;

use super::{KEY, browserbase};

/// That a thing shows the key in none of the ways in which it can be printed.
fn check_hidden(thing: &dyn std::fmt::Debug, display: Option<String>) {
    for text in [Some(format!("{thing:?}")), Some(format!("{thing:#?}")), display]
        .into_iter()
        .flatten()
    {
        assert!(!text.contains(KEY), "{text}");
    }
}

fn check_error(error: &Error) {
    check_hidden(error, Some(error.to_string()));
    let mut source = std::error::Error::source(error);
    while let Some(error) = source {
        check_hidden(&error, Some(error.to_string()));
        source = error.source();
    }
}

#[test]
fn no_value_of_the_client_shows_the_key() {
    let builder = || Client::builder().api_key(KEY).base_url(format!("https://h/?key={KEY}"));
    check_hidden(&builder(), None);
    let client = builder().build().unwrap();
    check_hidden(&client, None);
    check_hidden(&client.sessions(), None);
    check_hidden(&client.sessions().create(), None);
    check_hidden(&client.sessions().get_downloads("x"), None);
    check_hidden(&Secret::from(KEY), None);
    let default = Client::builder()
        .api_key(KEY)
        .default_header("x-auth-token", KEY)
        .default_header("cookie", KEY);
    check_hidden(&default, None);
    check_hidden(&default.build().unwrap(), None);
    let options = CallOptions::new()
        .header("Authorization", KEY)
        .header("X-BB-API-Key", KEY)
        .query("api_key", KEY);
    check_hidden(&options, None);
    check_hidden(&client.sessions().create().with_options(options), None);
}

#[test]
fn a_key_that_cannot_be_sent_is_refused_and_not_shown() {
    for end in ["\n", "\r\nx-evil: 1", "\0", "\u{7f}"] {
        let error = Client::new(format!("{KEY}{end}")).unwrap_err();
        check_error(&error);
        assert_eq!(
            error.to_string(),
            "the credential `api_key` has a line break or another control character"
        );
    }
    assert_eq!(
        Client::new("").unwrap_err().to_string(),
        "the credential `api_key` is empty"
    );
}

#[tokio::test]
async fn no_error_of_any_kind_shows_the_key() {
    let mut errors = vec![
        Client::builder()
            .api_key(KEY)
            .base_url("no address")
            .build()
            .unwrap_err(),
        Client::builder()
            .api_key(KEY)
            .base_url(format!("http://user:{KEY}@host"))
            .build()
            .unwrap_err(),
        Client::builder()
            .api_key(KEY)
            .default_header("x-auth", format!("{KEY}\n"))
            .build()
            .unwrap_err(),
    ];
    let answers = [
        Answer::json(401, &json!({"error": "Unauthorized"})),
        Answer::new(200, &[("content-type", "text/html")], "<html>"),
        Answer::json(200, &json!({"id": 1})),
        Answer::head(200, &[("content-length", "9")]).close(),
        Answer::head(200, &[]).close(),
        Answer::silence(),
    ];
    for (number, answer) in (1..).zip(answers) {
        let server = Server::start([answer]);
        let client = browserbase(&server);
        let short = CallOptions::new().timeout(Duration::from_millis(if number == 6 { 300 } else { 10_000 }));
        errors.push(client.sessions().get("s").with_options(short).await.unwrap_err());
        assert_eq!(server.request().header("x-bb-api-key"), Some(KEY));
    }
    let server = Server::start([]);
    errors.push(browserbase(&server).sessions().get("..").await.unwrap_err());
    let gone = browserbase(&server);
    drop(server);
    errors.push(gone.sessions().get("s").await.unwrap_err());
    errors.push(
        browserbase_client::Upload::from_path("/no/such/file")
            .await
            .unwrap_err(),
    );
    let kinds: Vec<_> = errors.iter().map(kind).collect();
    assert_eq!(
        kinds,
        [
            "config",
            "config",
            "config",
            "status",
            "decode",
            "decode",
            "transport",
            "decode",
            "transport",
            "request",
            "transport",
            "io"
        ]
    );
    errors.iter().for_each(check_error);
}

fn kind(error: &Error) -> &'static str {
    match error {
        Error::Config(_) => "config",
        Error::Request(_) => "request",
        Error::Transport(_) => "transport",
        Error::Status(_) => "status",
        Error::Decode(_) => "decode",
        Error::Io(_) => "io",
        _ => "other",
    }
}

#[tokio::test]
async fn a_call_without_a_key_says_how_to_give_one_and_sends_nothing() {
    let server = Server::start([]);
    let client = Client::builder().base_url(server.url()).build().unwrap();
    let error = client.projects().list().await.unwrap_err();
    assert!(matches!(error, Error::Config(_)));
    assert_eq!(
        error.to_string(),
        "Projects_list (GET /v1/projects) needs a credential: call `api_key` of the client's builder, or set the \
         environment variable BROWSERBASE_API_KEY and use `from_env`"
    );
    assert_eq!(server.requests().len(), 0);
}
