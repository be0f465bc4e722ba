//! The behaviours in which generators of Rust clients differ, one test for each: none of them gets all of these right.
//! Retries have tests of their own. What needs more than one case is gone into in the other modules.

use std::time::Duration;

use browser_use_client::v3;
use browserbase_client::Upload;
use browserbase_client::resources::fetch::CreateError;
use browserbase_client::types::{
    BrowserbaseProxyConfig, ExternalProxyConfig, NoneProxyConfig, ProxyConfig, SessionStatus,
};
use clientsmith_tests::server::{Answer, Recorded, Server};
use serde_json::{Value, json};

use super::{KEY, boundary_of, browser_use as samples_of_browser_use, browser_use_v2, browser_use_v3};
use super::{browserbase as samples, browserbase};

/// What creating a session sends.
async fn created(
    set: impl FnOnce(browserbase_client::resources::sessions::Create) -> browserbase_client::resources::sessions::Create,
) -> Recorded {
    let server = Server::start([Answer::json(201, &samples::connected(samples::session()))]);
    set(browserbase(&server).sessions().create()).await.unwrap();
    server.request()
}

/// What creating a browser sends.
async fn browser(set: impl FnOnce(v3::resources::browsers::Create) -> v3::resources::browsers::Create) -> Recorded {
    let server = Server::start([Answer::json(201, &samples_of_browser_use::browser_session())]);
    set(browser_use_v3(&server).browsers().create()).await.unwrap();
    server.request()
}

#[tokio::test]
async fn proxies_are_an_array_of_three_kinds_or_a_boolean() {
    let list: [ProxyConfig; 3] = [
        BrowserbaseProxyConfig::new().into(),
        ExternalProxyConfig::new("http://proxy:1").into(),
        NoneProxyConfig::new().into(),
    ];
    let sent = created(|call| call.proxies(list)).await;
    let expected = json!([{"type": "browserbase"}, {"type": "external", "server": "http://proxy:1"}, {"type": "none"}]);
    assert_eq!(sent.json(), json!({"proxies": expected}));
    for flag in [true, false] {
        assert_eq!(
            created(|call| call.proxies(flag)).await.json(),
            json!({"proxies": flag})
        );
    }
}

#[tokio::test]
async fn absent_null_and_value_are_all_sendable() {
    assert_eq!(browser(|call| call).await.json(), json!({}));
    assert_eq!(
        browser(|call| call.proxy_country_code(None)).await.json(),
        json!({"proxyCountryCode": null})
    );
    let value = browser(|call| call.proxy_country_code(v3::types::ProxyCountryCode::De)).await;
    assert_eq!(value.json(), json!({"proxyCountryCode": "de"}));
}

#[tokio::test]
async fn an_unknown_enum_value_in_an_answer_does_not_fail_it() {
    let mut session = samples::session();
    session["status"] = json!("SOMETHING_NEW");
    let server = Server::start([Answer::json(200, &session)]);
    let read = browserbase(&server).sessions().get("s").await.unwrap();
    assert_eq!(read.status, SessionStatus::Unknown("SOMETHING_NEW".to_owned()));
    assert_eq!(serde_json::to_value(read).unwrap(), session);
}

#[tokio::test]
async fn an_integer_without_format_is_64_bits() {
    let server = Server::start([Answer::json(
        200,
        &json!({"browserMinutes": 1, "proxyBytes": 3_000_000_000_i64}),
    )]);
    assert_eq!(
        browserbase(&server).projects().usage("p").await.unwrap().proxy_bytes,
        3_000_000_000
    );
}

#[tokio::test]
async fn defaults_are_documented_and_not_sent() {
    assert_eq!(
        browser(|call| call.profile_id("p")).await.json(),
        json!({"profileId": "p"})
    );
    assert_eq!(
        created(|call| call.keep_alive(true)).await.json(),
        json!({"keepAlive": true})
    );
    let documentation = include_str!("../../../generated-browser-use/src/v3/resources/browsers.rs");
    assert!(documentation.contains(r#"/// The API's default: `"us"`."#));
}

#[tokio::test]
async fn the_key_is_in_the_header_that_the_document_names() {
    let sent = created(|call| call).await;
    assert_eq!(
        (sent.header("x-bb-api-key"), sent.header("authorization")),
        (Some(KEY), None)
    );
    let sent = browser(|call| call).await;
    assert_eq!(
        (sent.header("x-browser-use-api-key"), sent.header("authorization")),
        (Some(KEY), None)
    );
    assert!(!format!("{:?}", browserbase_client::Client::new(KEY).unwrap()).contains(KEY));
}

#[tokio::test]
async fn an_optional_body_can_be_left_out() {
    // What stands for no body is said in the API's client.toml: here `{}`, as the vendors' SDKs send it. That nothing at
    // all can stand for it is tested with the fixtures, in `behaviour::bodies`.
    assert_eq!(created(|call| call).await.body, b"{}");
    let server = Server::start([Answer::json(201, &samples_of_browser_use::session())]);
    browser_use_v2(&server).sessions().create().await.unwrap();
    let sent = server.request();
    assert_eq!(
        (&*sent.body, sent.header("content-type")),
        (&b"{}"[..], Some("application/json"))
    );
}

#[tokio::test]
async fn a_zip_is_downloaded_as_a_stream_without_a_cap() {
    // More than the 8 MiB and the 64 MiB at which others, and answers in memory, stop.
    let length = 65 * 1024 * 1024;
    let answer = Answer::head(200, &[("content-length", &length.to_string())]).pattern(length);
    let server = Server::start([answer]);
    let mut download = browserbase(&server).sessions().get_downloads("s").await.unwrap();
    let mut received = 0;
    while let Some(piece) = download.chunk().await.unwrap() {
        received += piece.len() as u64;
    }
    assert_eq!(received, length);
    assert_eq!(server.request().header("accept"), Some("application/zip"));
}

#[tokio::test]
async fn an_upload_streams_with_file_name_and_type() {
    let server = Server::start([Answer::json(200, &json!({"message": "ok"}))]);
    let upload = Upload::from_reader("a.pdf", &b"%PDF-1.7"[..], Some(8));
    browserbase(&server).sessions().upload_file("s", upload).await.unwrap();
    let sent = server.request();
    let expected = super::multipart(boundary_of(&sent), "a.pdf", "application/pdf", b"%PDF-1.7");
    assert_eq!(sent.body, expected);
    assert_eq!(sent.header("content-length"), Some(&*expected.len().to_string()));
}

#[tokio::test]
async fn an_id_with_a_slash_a_question_mark_and_a_space_is_one_segment() {
    let server = Server::start([Answer::json(200, &samples::session())]);
    browserbase(&server).sessions().get("a/b?c d").await.unwrap();
    assert_eq!(server.request().target, "/v1/sessions/a%2Fb%3Fc%20d");
}

#[tokio::test]
async fn a_declared_429_is_typed_and_keeps_status_headers_and_body() {
    let body = json!({"statusCode": 429, "error": "Too Many Requests", "message": "busy", "id": "f"});
    let headers = [
        ("content-type", "application/json"),
        ("retry-after", "3"),
        ("x-request-id", "r"),
    ];
    let server = Server::start([Answer::new(429, &headers, body.to_string())]);
    let error = browserbase(&server)
        .fetch()
        .create("https://example.com")
        .await
        .unwrap_err();
    let Some(CreateError::TooManyRequests(typed)) = error.declared() else {
        panic!("{error:?}")
    };
    assert_eq!((&*typed.message, typed.id.as_deref()), ("busy", Some("f")));
    assert_eq!((error.status(), error.is_rate_limited()), (Some(429), true));
    assert_eq!(
        (error.retry_after(), error.request_id()),
        (Some(Duration::from_secs(3)), Some("r"))
    );
    assert_eq!(error.headers().unwrap()["retry-after"], "3");
    assert_eq!(serde_json::from_slice::<Value>(error.body().unwrap()).unwrap(), body);
}

#[tokio::test]
async fn an_undeclared_500_is_an_error_with_its_body() {
    let server = Server::start([Answer::new(500, &[("content-type", "text/html")], "<h1>Oops</h1>")]);
    let error = browserbase(&server)
        .fetch()
        .create("https://example.com")
        .await
        .unwrap_err();
    assert_eq!((error.status(), error.is_server_error()), (Some(500), true));
    assert_eq!(error.body().unwrap(), "<h1>Oops</h1>");
    assert!(error.declared::<CreateError>().is_none());
}

#[test]
fn there_are_sensible_timeouts_without_being_asked_for() {
    let builder = format!("{:?}", browserbase_client::Client::builder());
    let limits = "timeout: Some(60s), connect_timeout: Some(5s), read_timeout: Some(60s)";
    assert!(builder.contains(limits), "{builder}");
}
