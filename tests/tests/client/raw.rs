//! Requests that the API's document does not have.

use browserbase_client::http::Method;
use browserbase_client::testing::{Mock, Reply};
use browserbase_client::{CallOptions, Error, RetryPolicy, Upload};
use clientsmith_tests::server::{Answer, Server};
use serde_json::{Value, json};

use super::{KEY, client};

#[tokio::test]
async fn they_go_where_the_others_go_with_the_same_key() {
    let mock = Mock::new();
    let reply = Reply::new(200).json(&json!({"id": 7})).unwrap();
    mock.reply_to(Method::POST, "/v2/agents/{id}/runs", reply);
    let answer = client(&mock)
        .request(Method::POST, "/v2/agents/{id}/runs")
        .path("id", "a/b")
        .query("limit", 5)
        .query("tag", ["x", "y"])
        .query("cursor", None::<String>)
        .header("x-trace", "t-1")
        .json(json!({"task": "go"}))
        .send()
        .await
        .unwrap()
        .json::<Value>()
        .await
        .unwrap();
    assert_eq!((answer.status(), answer.value()), (200, &json!({"id": 7})));
    let sent = &mock.sent()[0];
    assert_eq!(
        sent.url().as_str(),
        "https://api.browserbase.com/v2/agents/a%2Fb/runs?limit=5&tag=x&tag=y"
    );
    assert_eq!(sent.operation(), "POST /v2/agents/{id}/runs");
    assert_eq!(
        (sent.header("x-bb-api-key"), sent.header("x-trace")),
        (Some(KEY), Some("t-1"))
    );
    assert_eq!(sent.json().unwrap(), json!({"task": "go"}));
}

#[tokio::test(start_paused = true)]
async fn they_are_retried_as_operations_of_their_method_are() {
    for (method, reply, sends) in [
        (Method::GET, Reply::new(503), 3),
        (Method::POST, Reply::new(503), 1),
        (Method::POST, Reply::new(429), 3),
        (Method::POST, Reply::broken(), 1),
        (Method::DELETE, Reply::broken(), 3),
        (Method::TRACE, Reply::new(429), 1),
    ] {
        let mock = Mock::new();
        mock.reply_to(method.clone(), "/new", reply);
        let error = client(&mock).request(method.clone(), "/new").send().await.unwrap_err();
        assert_eq!(
            (mock.sent().len(), error.attempts()),
            (sends, u32::try_from(sends).unwrap()),
            "{method}"
        );
    }
}

#[tokio::test]
async fn their_errors_tell_the_template_and_no_more() {
    let mock = Mock::new();
    mock.reply_to(Method::GET, "/v2/agents/{id}", Reply::new(404).text("no such agent"));
    let request = client(&mock)
        .request(Method::GET, "/v2/agents/{id}")
        .path("id", "s3cret");
    let error = request.send().await.unwrap_err();
    assert!(error.is_not_found());
    assert_eq!(error.to_string(), "GET /v2/agents/{id}: 404 Not Found: no such agent");
}

#[tokio::test]
async fn what_is_wrong_with_them_is_said_before_anything_is_sent() {
    let mock = Mock::new();
    let request = || client(&mock).request(Method::GET, "/v2/agents/{id}");
    for (request, message) in [
        (
            request(),
            "GET /v2/agents/{id}: the path parameter `id` has no value; nothing was sent",
        ),
        (
            request().path("id", ".."),
            "GET /v2/agents/{id}: the path parameter `id` is `..`, which would change the path's meaning; nothing was sent",
        ),
        (
            request().path("id", "a").header("a b", "c"),
            "GET /v2/agents/{id}: `a b` is no name for a header; nothing was sent",
        ),
    ] {
        let error = request.send().await.unwrap_err();
        assert!(matches!(error, Error::Request(_)), "{error:?}");
        assert_eq!(error.to_string(), message);
    }
    assert_eq!(mock.sent().len(), 0);
}

#[tokio::test]
async fn bodies_and_answers_of_every_kind() {
    let server = Server::start([
        Answer::new(200, &[], "text"),
        Answer::new(200, &[], "bytes"),
        Answer::empty(204),
        Answer::new(200, &[("content-type", "application/zip")], "PK"),
    ]);
    let client = browserbase_client::Client::builder()
        .api_key(KEY)
        .base_url(server.url())
        .build()
        .unwrap();
    let request = |method| {
        client
            .request(method, "/x")
            .with_options(CallOptions::new().retry(RetryPolicy::never()))
    };
    let form = request(Method::PUT).form(json!({"a": 1, "b": "c d"}));
    assert_eq!(form.send().await.unwrap().text().await.unwrap().into_value(), "text");
    let upload = request(Method::PUT).body(Upload::from_bytes("a.pdf", "%PDF"));
    assert_eq!(
        upload.send().await.unwrap().bytes().await.unwrap().into_value(),
        "bytes"
    );
    request(Method::DELETE).send().await.unwrap().empty().await.unwrap();
    let download = request(Method::GET).send().await.unwrap().download().into_value();
    assert_eq!(download.bytes().await.unwrap(), "PK");
    let sent = server.requests();
    assert_eq!(
        sent[0].header("content-type"),
        Some("application/x-www-form-urlencoded")
    );
    assert_eq!(sent[0].body, b"a=1&b=c%20d");
    assert_eq!(sent[1].header("content-type"), Some("application/pdf"));
    assert_eq!(sent[1].body, b"%PDF");
}

#[tokio::test]
async fn their_headers_replace_what_the_client_would_send() {
    let mock = Mock::new();
    mock.reply_to(Method::PATCH, "/new", Reply::new(204));
    let request = client(&mock)
        .request(Method::PATCH, "/new")
        .header("content-type", "application/merge-patch+json")
        .header("x-bb-api-key", "another key")
        .json(json!({"a": null}))
        .with_options(CallOptions::new().header("x-trace", "t-1"));
    request.send().await.unwrap().empty().await.unwrap();
    let sent = &mock.sent()[0];
    assert_eq!(sent.header("content-type"), Some("application/merge-patch+json"));
    assert_eq!(sent.header("x-bb-api-key"), Some("another key"));
    assert_eq!(sent.header("x-trace"), Some("t-1"));
    assert_eq!(sent.body(), "{\"a\":null}");
}
