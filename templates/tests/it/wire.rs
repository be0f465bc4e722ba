//! Calls as a whole: the bytes that are sent, redirects, and times.

use std::time::Duration;

use http::Method;

use crate::runtime::{CallOptions, Error, Operation, Retry, Style, undeclared};
use crate::sample::Client;
use crate::server::{Answer, Server};

pub(crate) static ECHO: Operation = Operation {
    id: "Echo",
    method: Method::POST,
    path: "/echo",
    server: None,
    security: &[&[0]],
    accept: None,
    retry: Retry::NEVER,
    notes: &[],
    decode_error: undeclared,
};

fn client(server: &Server) -> Client {
    Client::builder()
        .base_url(server.url())
        .api_key("s3cret")
        .build()
        .unwrap()
}

const SESSION: &str = r#"{"id":"1","bytes":1,"parent":null}"#;

#[tokio::test]
async fn a_call_sends_what_it_must_and_no_more() {
    let server = Server::start([Answer::json(200, SESSION)]).await;
    client(&server).sessions().get("a b").await.unwrap();
    let host = server.address();
    let expected = format!(
        "GET /v1/sessions/a%20b HTTP/1.1\r\nuser-agent: sample/0.1.0\r\naccept: application/json\r\n\
         x-sample-key: s3cret\r\nhost: {host}\r\n\r\n"
    );
    assert_eq!(server.request().head, expected);
    let server = Server::start([Answer::json(200, SESSION)]).await;
    client(&server).sessions().create().await.unwrap();
    let host = server.address();
    let expected = format!(
        "POST /v1/sessions HTTP/1.1\r\nuser-agent: sample/0.1.0\r\naccept: application/json\r\n\
         x-sample-key: s3cret\r\ncontent-type: application/json\r\nhost: {host}\r\ncontent-length: 2\r\n\r\n"
    );
    assert_eq!(
        (server.request().head, server.request().body),
        (expected, b"{}".to_vec())
    );
}

#[tokio::test]
async fn bodies_of_other_kinds() {
    let server = Server::start([Answer::json(200, "null")]).await;
    let client = client(&server);
    let mut request = client.core.request(&ECHO, CallOptions::new().body_field("d", 20.0));
    request.form(&serde_json::json!({"a": ["1", "2"], "b": {"c": null}, "e f": "&", "g": null}));
    request.send().await.unwrap().json::<Option<i64>>().await.unwrap();
    let mut request = client.core.request(&ECHO, CallOptions::default());
    request.text("text/plain; charset=utf-8", "é".to_owned());
    request.send().await.unwrap().json::<Option<i64>>().await.unwrap();
    let mut request = client.core.request(&ECHO, CallOptions::default());
    request.json_or_nothing("application/json", None::<&i64>);
    request.send().await.unwrap().json::<Option<i64>>().await.unwrap();
    let requests = server.requests();
    assert_eq!(
        requests[0].header("content-type"),
        Some("application/x-www-form-urlencoded")
    );
    let mut pairs: Vec<_> = requests[0].text().split('&').collect();
    pairs.sort_unstable();
    assert_eq!(pairs, ["a=1", "a=2", "b=%7B%22c%22%3Anull%7D", "d=20", "e%20f=%26"]);
    assert_eq!(
        (requests[1].header("content-type"), requests[1].text()),
        (Some("text/plain; charset=utf-8"), "é")
    );
    assert_eq!((requests[2].header("content-type"), requests[2].text()), (None, ""));
}

#[tokio::test]
async fn answers_without_json() {
    let server = Server::start([
        Answer::raw("HTTP/1.1 204 No Content\r\n\r\n"),
        Answer::new(200, &[], "líne\n"),
    ])
    .await;
    let client = client(&server);
    let response = client.sessions().delete("1").with_response().await.unwrap();
    assert_eq!((response.status(), response.into_value()), (204, ()));
    assert_eq!(client.sessions().log().await.unwrap(), "líne\n");
    let lines: Vec<_> = server
        .requests()
        .iter()
        .map(|request| request.line().to_owned())
        .collect();
    assert_eq!(lines, ["DELETE /v1/sessions/1", "GET /v1/log"]);
    assert_eq!(server.requests()[1].header("x-sample-key"), None);
}

#[tokio::test]
async fn calls_can_be_spawned() {
    let server = Server::start([Answer::json(200, "[]")]).await;
    let call = client(&server).sessions().list().status(["no", "eu"]).limit(20.0);
    assert_eq!(tokio::spawn(call.into_future()).await.unwrap().unwrap(), []);
    assert_eq!(server.request().line(), "GET /v1/sessions?status=no&status=eu&limit=20");
}

#[tokio::test]
async fn redirects_within_the_origin_are_followed() {
    let to = |status, target: &str| Answer::new(status, &[("location", target)], "");
    let server = Server::start([
        to(307, "/v2/sessions"),
        to(308, "sessions/?a=b"),
        Answer::json(200, SESSION),
    ])
    .await;
    client(&server).sessions().create().width(3).await.unwrap();
    let lines: Vec<_> = server
        .requests()
        .iter()
        .map(|request| request.line().to_owned())
        .collect();
    assert_eq!(
        lines,
        ["POST /v1/sessions", "POST /v2/sessions", "POST /v2/sessions/?a=b"]
    );
    for request in server.requests() {
        assert_eq!(
            (request.header("x-sample-key"), request.text()),
            (Some("s3cret"), r#"{"width":3}"#)
        );
    }
    let server = Server::start([to(301, "/v2/x"), Answer::json(200, SESSION)]).await;
    client(&server).sessions().get("1").await.unwrap();
    assert_eq!(server.requests()[1].line(), "GET /v2/x");
    let server = Server::start([to(302, "/v1/log")]).await;
    assert_eq!(client(&server).sessions().log().await.unwrap_err().status(), Some(302));
    assert_eq!(server.requests().len(), 11);
}

#[tokio::test]
async fn a_redirect_to_another_origin_gets_no_credential() {
    let other = Server::start([Answer::json(200, SESSION)]).await;
    let answer = Answer::new(302, &[("location", &format!("{}/stolen", other.url()))], "");
    let server = Server::start([answer]).await;
    let builder = Client::builder()
        .base_url(server.url())
        .api_key("s3cret")
        .default_header("x-token", "s3cret");
    let options = CallOptions::new().header("x-extra", "s3cret");
    builder
        .build()
        .unwrap()
        .sessions()
        .get("1")
        .with_options(options)
        .await
        .unwrap();
    let host = other.address();
    let expected =
        format!("GET /stolen HTTP/1.1\r\naccept: application/json\r\nuser-agent: sample/0.1.0\r\nhost: {host}\r\n\r\n");
    assert_eq!(other.request().head, expected);
}

#[tokio::test]
async fn a_call_that_changes_something_is_not_redirected_to_another_origin() {
    let other = Server::start([Answer::json(200, SESSION)]).await;
    for status in [301, 302, 303, 307, 308] {
        let answer = Answer::new(status, &[("location", &other.url())], "");
        let server = Server::start([answer]).await;
        let error = client(&server).sessions().create().await.unwrap_err();
        assert_eq!(error.status(), Some(status));
    }
    assert_eq!(other.requests().len(), 0);
}

#[tokio::test]
async fn a_call_that_takes_too_long() {
    let server = Server::start([Answer::silence(Duration::from_secs(5))]).await;
    let limit = Duration::from_millis(50);
    let builder = Client::builder().base_url(server.url()).api_key("k").timeout(limit);
    let error = builder.build().unwrap().sessions().get("1").await.unwrap_err();
    let name = "Sessions_get (GET /v1/sessions/{id})";
    assert_eq!(
        error.to_string(),
        format!("{name}: the call took longer than its timeout of 50ms")
    );
    assert!(error.is_timeout() && !error.is_connect() && error.status().is_none());
    let options = CallOptions::new().timeout(Duration::from_millis(20));
    let error = client(&server)
        .sessions()
        .get("1")
        .with_options(options)
        .await
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        format!("{name}: the call took longer than its timeout of 20ms")
    );
}

#[tokio::test]
async fn an_answer_that_takes_too_long() {
    let slow = Answer::raw("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{").wait(Duration::from_secs(5));
    let server = Server::start([slow]).await;
    let options = CallOptions::new().timeout(Duration::from_millis(50));
    let error = client(&server)
        .sessions()
        .get("1")
        .with_options(options)
        .await
        .unwrap_err();
    assert!(
        error
            .to_string()
            .ends_with("the call took longer than its timeout of 50ms"),
        "{error}"
    );
    let builder = Client::builder()
        .base_url(server.url())
        .api_key("k")
        .read_timeout(Duration::from_millis(50));
    let error = builder.build().unwrap().sessions().get("1").await.unwrap_err();
    assert!(
        error
            .to_string()
            .ends_with("the transfer stood still for 50ms (the read timeout)"),
        "{error}"
    );
    assert!(error.is_timeout());
}

#[tokio::test]
async fn no_connection_and_a_broken_one() {
    let client = Client::builder()
        .base_url("http://127.0.0.1:1")
        .api_key("k")
        .build()
        .unwrap();
    let error = client.sessions().get("1").await.unwrap_err();
    assert!(error.is_connect() && !error.is_timeout(), "{error:?}");
    let text = error.to_string();
    assert!(
        text.starts_with("Sessions_get (GET /v1/sessions/{id}): no connection: "),
        "{text}"
    );
    let server =
        Server::start([Answer::raw("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{").wait(Duration::ZERO)]).await;
    let error = self::client(&server).sessions().get("1").await.unwrap_err();
    assert!(error.to_string().contains("the answer broke off: "), "{error}");
    assert!(matches!(error, Error::Transport(_)));
}

#[tokio::test]
async fn what_cannot_be_written_is_not_sent() {
    let server = Server::start([Answer::json(200, SESSION)]).await;
    let client = client(&server);
    let unwritable = std::collections::BTreeMap::from([(vec![1], 1)]);
    let mut request = client.core.request(&ECHO, CallOptions::default());
    request.json("application/json", &unwritable);
    let error = request.send().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "Echo (POST /echo): the body cannot be written: key must be a string; nothing was sent"
    );
    let mut request = client.core.request(&ECHO, CallOptions::default());
    request.query("q", Style::Form, &unwritable);
    request.form(&1);
    let error = request.send().await.unwrap_err();
    assert!(
        error
            .to_string()
            .contains("the parameter `q` cannot be written: key must be a string"),
        "{error}"
    );
    let options = CallOptions::new().body_field("a", 1);
    let mut request = client.core.request(&ECHO, options);
    request.json("application/json", &[1]);
    let error = request.send().await.unwrap_err();
    assert!(
        error
            .to_string()
            .contains("the body is no object, so no field can be added to it"),
        "{error}"
    );
    assert_eq!(server.requests().len(), 0);
}
