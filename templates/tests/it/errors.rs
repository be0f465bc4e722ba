//! Failures: what an error keeps, and what it says.

use std::error::Error as _;
use std::time::Duration;

use crate::runtime::Error;
use crate::sample::Client;
use crate::sample::sessions::CreateError;
use crate::server::{Answer, Server};

async fn failure(answer: Answer) -> Error {
    let server = Server::start([answer]).await;
    let client = Client::builder().base_url(server.url()).api_key("k").build().unwrap();
    client.sessions().create().await.unwrap_err()
}

async fn misfit(answer: Answer) -> Error {
    let error = failure(answer).await;
    assert!(matches!(error, Error::Decode(_)), "{error:?}");
    error
}

#[test]
fn errors_are_small_and_can_be_sent() {
    fn sendable<T: Send + Sync + 'static>() -> usize {
        size_of::<T>()
    }
    assert!(sendable::<Error>() <= 24, "{}", sendable::<Error>());
    assert!(sendable::<Client>() <= 8, "{}", sendable::<Client>());
}

#[tokio::test]
async fn a_declared_failure_is_typed_and_whole() {
    let headers = [
        ("content-type", "application/json"),
        ("x-request-id", "r-1"),
        ("retry-after", "5"),
    ];
    let error = failure(Answer::new(429, &headers, r#"{"message":"slow\ndown"}"#)).await;
    let Some(CreateError::TooManyRequests(body)) = error.declared() else {
        panic!("{error:?}")
    };
    assert_eq!(body.message, "slow\ndown");
    assert_eq!((error.declared_error(), error.declared::<String>()), (None, None));
    assert_eq!((error.status(), error.request_id()), (Some(429), Some("r-1")));
    assert_eq!(error.headers().unwrap()["retry-after"], "5");
    assert_eq!(error.body().unwrap().as_ref(), br#"{"message":"slow\ndown"}"#);
    assert_eq!(error.retry_after(), Some(Duration::from_secs(5)));
    assert!(error.is_rate_limited() && !error.is_not_found() && !error.is_timeout());
    assert_eq!(
        error.to_string(),
        "Sessions_create (POST /v1/sessions): 429 Too Many Requests (Too many sessions at once.): \
         {\"message\":\"slow\\ndown\"}; retry after 5s; request id r-1"
    );
    // No time is nothing to tell.
    let error = failure(Answer::new(404, &[("retry-after", "0")], "")).await;
    let shown = "Sessions_create (POST /v1/sessions): 404 Not Found";
    assert_eq!(
        (error.to_string().as_str(), error.retry_after()),
        (shown, Some(Duration::ZERO))
    );
}

#[tokio::test]
async fn a_body_that_does_not_fit_its_declaration_is_kept() {
    let body = r#"{"detail":[{"loc":["body"],"msg":"no"}]}"#;
    let error = failure(Answer::json(422, body)).await;
    assert_eq!(error.declared::<CreateError>(), None);
    assert_eq!(error.declared_error(), Some("at `$`: missing field `message`"));
    assert_eq!(
        (error.status(), error.body().unwrap().as_ref()),
        (Some(422), body.as_bytes())
    );
    let error = failure(Answer::json(422, r#"{"message":1}"#)).await;
    let reason = "at `$.message`: invalid type: integer `1`, expected a string";
    assert_eq!(error.declared_error(), Some(reason));
    let error = failure(Answer::new(503, &[], "down")).await;
    assert_eq!(error.declared(), Some(&CreateError::Unavailable("down".into())));
}

#[tokio::test]
async fn undeclared_failures_of_every_kind() {
    let name = "Sessions_create (POST /v1/sessions)";
    let error = failure(Answer::new(
        500,
        &[("content-type", "text/html")],
        "<html>\r\n\x1b[1m</html>\n",
    ))
    .await;
    assert_eq!(
        error.to_string(),
        format!("{name}: 500 Internal Server Error: <html>\\r\\n\\u{{1b}}[1m</html>")
    );
    assert_eq!((error.declared::<CreateError>(), error.declared_error()), (None, None));
    assert!(error.is_server_error());
    let error = failure(Answer::new(404, &[], "")).await;
    assert_eq!(error.to_string(), format!("{name}: 404 Not Found"));
    assert!(error.is_not_found());
    let error = failure(Answer::new(401, &[], "é".repeat(300))).await;
    assert_eq!(
        error.to_string(),
        format!("{name}: 401 Unauthorized: {}…", "é".repeat(199))
    );
    assert_eq!(error.body().unwrap().len(), 600);
    assert!(error.is_unauthorized());
    let error = failure(Answer::new(302, &[("location", "/elsewhere")], "")).await;
    assert_eq!(error.to_string(), format!("{name}: 302 Found"));
    assert_eq!(error.headers().unwrap()["location"], "/elsewhere");
}

#[tokio::test]
async fn the_body_of_a_failure_is_bounded() {
    let error = failure(Answer::new(400, &[], vec![b'x'; 3 * 1024 * 1024])).await;
    let Error::Status(error) = error else {
        panic!("{error:?}")
    };
    assert_eq!((error.body().len(), error.is_complete()), (1024 * 1024, false));
    assert!(error.to_string().ends_with("… [cut]"), "{error}");
}

#[tokio::test]
async fn a_failure_whose_body_breaks_off_is_still_that_failure() {
    let raw = "HTTP/1.1 403 Forbidden\r\ncontent-length: 100\r\n\r\npart";
    let error = failure(Answer::raw(raw).wait(Duration::ZERO)).await;
    assert_eq!(
        (error.status(), error.body().unwrap().as_ref()),
        (Some(403), b"part".as_slice())
    );
    assert!(error.is_forbidden());
}

#[tokio::test]
async fn every_form_of_retry_after() {
    let wait = async |headers: &[(&str, &str)]| failure(Answer::new(429, headers, "{}")).await.retry_after();
    assert_eq!(wait(&[("retry-after", "5")]).await, Some(Duration::from_secs(5)));
    assert_eq!(wait(&[("retry-after", "0.25")]).await, Some(Duration::from_millis(250)));
    assert_eq!(
        wait(&[("retry-after-ms", "1500"), ("retry-after", "9")]).await,
        Some(Duration::from_millis(1500))
    );
    let date = ("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT");
    assert_eq!(
        wait(&[date, ("date", "Sun, 06 Nov 1994 08:49:07 GMT")]).await,
        Some(Duration::from_secs(30))
    );
    assert_eq!(wait(&[date]).await, Some(Duration::ZERO));
    let leap = ("retry-after", "Wed, 01 Mar 2028 00:00:01 GMT");
    assert_eq!(
        wait(&[leap, ("date", "Mon, 28 Feb 2028 23:59:59 GMT")]).await,
        Some(Duration::from_secs(86_402))
    );
    for text in [
        "",
        "soon",
        "-1",
        "NaN",
        "inf",
        "1e300",
        "Sun, 99 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994",
    ] {
        assert_eq!(wait(&[("retry-after", text)]).await, None, "{text}");
    }
    assert_eq!(wait(&[]).await, None);
}

#[tokio::test]
async fn a_success_that_does_not_fit_says_where() {
    let error = misfit(Answer::json(
        201,
        "{\n \"id\": \"1\",\n \"a b\": [1, {\"c\": 2}],\n \"bytes\": \"x\" }",
    ))
    .await;
    let Error::Decode(inner) = &error else {
        panic!("{error:?}")
    };
    assert_eq!((inner.path(), inner.status()), (Some("$.bytes"), 201));
    assert!(inner.expected().ends_with("types::Session"), "{}", inner.expected());
    assert_eq!(error.body().unwrap().len(), 52);
    let reason = "201 Created, but the body does not fit it::sample::types::Session at `$.bytes`: invalid type: string \
                  \"x\", expected i64 (line 4, column 13)";
    assert_eq!(
        error.to_string(),
        format!("Sessions_create (POST /v1/sessions): {reason}")
    );
    assert!(error.source().unwrap().downcast_ref::<serde_json::Error>().is_some());
    let error = misfit(Answer::json(201, format!("{{\"bytes\":\"{}\"}}", "s".repeat(5000)))).await;
    assert!(
        error.to_string().len() < 800 && !error.to_string().contains('\n'),
        "{error}"
    );
    assert!(error.to_string().ends_with("sss… (line 1, column 5011)"), "{error}");
}

#[tokio::test]
async fn paths_inside_arrays_and_unions() {
    let path = async |proxies: &str| {
        let body = format!(r#"{{"region":"no","proxies":{proxies}}}"#);
        let server = Server::start([Answer::json(200, body)]).await;
        let client = Client::builder().base_url(server.url()).api_key("k").build().unwrap();
        let request = client
            .core
            .request(&crate::wire::ECHO, crate::runtime::CallOptions::default());
        let decoded = request
            .send()
            .await
            .unwrap()
            .json::<crate::sample::types::CreateSession>()
            .await;
        let Err(Error::Decode(error)) = decoded else {
            panic!("{decoded:?}")
        };
        error.path().unwrap().to_owned()
    };
    assert_eq!(path("5").await, "$.proxies");
    assert_eq!(path(r#"{"a":1}"#).await, "$.proxies");
    assert_eq!(path("[1]").await, "$.proxies[0]");
    assert_eq!(path(r#"[{"type":"own"}, [2]]"#).await, "$.proxies[1]");
    assert_eq!(
        path(r#"[{"type":"own","a":{"b":[1]}}, {"type":"own","version":3}]"#).await,
        "$.proxies[1].version"
    );
    assert_eq!(path(r#"[{"type":"own"},{"type":"external"}]"#).await, "$.proxies[1]");
    assert_eq!(
        path(r#"[{"a\"b\\":"]","type":"own","domainPattern": 1.5}]"#).await,
        "$.proxies[0].domainPattern"
    );
    assert_eq!(path(r#"[{"type":"own","x y": tru}]"#).await, "$.proxies[0][\"x y\"]");
    assert_eq!(path(r#"[{"type":"#).await, "$.proxies[0].type");
}

#[tokio::test]
async fn a_success_without_json() {
    let name = "Sessions_create (POST /v1/sessions)";
    let session = "it::sample::types::Session";
    let error = misfit(Answer::json(200, "")).await;
    assert_eq!(
        error.to_string(),
        format!("{name}: 200 OK, but the body is empty where {session} was expected")
    );
    let error = misfit(Answer::new(
        200,
        &[("content-type", "text/html; charset=utf-8")],
        "<p>hi</p>",
    ))
    .await;
    let reason = "200 OK, but the body is text/html; charset=utf-8 where JSON was expected: <p>hi</p>";
    assert_eq!(error.to_string(), format!("{name}: {reason}"));
    let error = misfit(Answer::json(200, "{\"id\":")).await;
    assert!(
        error.to_string().contains("at `$.id`: EOF while parsing a value"),
        "{error}"
    );
}

#[tokio::test]
async fn a_body_that_is_compressed_though_nobody_asked() {
    const GZIP: &[u8] = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff\xab\xae\x05\x00\x43\xbf\xa6\xa3\x02\x00\x00\x00";
    let compressed = |status, content_type| {
        let headers = [("content-type", content_type), ("content-encoding", "gzip")];
        Answer::new(status, &headers, GZIP)
    };
    let said = "is encoded as gzip, which was not asked for and is not decoded";
    let error = misfit(compressed(200, "application/json")).await;
    let name = "Sessions_create (POST /v1/sessions)";
    assert_eq!(error.to_string(), format!("{name}: 200 OK, but the body {said}"));
    assert_eq!(error.body().unwrap(), GZIP);
    assert!(error.source().is_none());

    let server = Server::start([compressed(200, "text/plain")]).await;
    let client = Client::builder().base_url(server.url()).api_key("k").build().unwrap();
    let error = client.sessions().log().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        format!("Log_get (GET /v1/log): 200 OK, but the body {said}")
    );
    assert_eq!(error.body().unwrap(), GZIP);

    // A header that is wrong does no harm.
    let plain = Answer::new(200, &[("content-encoding", "gzip")], "plain");
    let server = Server::start([plain]).await;
    let client = Client::builder().base_url(server.url()).api_key("k").build().unwrap();
    assert_eq!(client.sessions().log().await.unwrap(), "plain");

    let error = failure(compressed(500, "text/html")).await;
    let shown = format!("{name}: 500 Internal Server Error: 22 bytes, encoded as gzip");
    assert_eq!((error.to_string(), error.body().unwrap().as_ref()), (shown, GZIP));
}

#[tokio::test]
async fn streams_that_are_compressed_though_nobody_asked() {
    let answer = |content_type| {
        let headers = [("content-type", content_type), ("content-encoding", "gzip")];
        Answer::new(200, &headers, b"\x1f\x8b\x08\n".as_slice())
    };
    let server = Server::start([answer("text/event-stream"), answer("application/jsonl")]).await;
    let client = Client::builder().base_url(server.url()).api_key("k").build().unwrap();
    let request = || {
        client
            .core
            .request(&crate::wire::ECHO, crate::runtime::CallOptions::default())
    };
    let error = request().send().await.unwrap().events().await.unwrap_err();
    let said = "is encoded as gzip, which was not asked for and is not decoded";
    assert_eq!(
        error.to_string(),
        format!("Echo (POST /echo): 200 OK, but the body {said}")
    );
    assert_eq!(error.body().unwrap().as_ref(), b"\x1f\x8b\x08\n");
    let lines = request().send().await.unwrap().json_lines::<serde_json::Value>();
    let error = lines.into_value().next().await.unwrap().unwrap_err();
    assert_eq!(
        error.to_string(),
        format!("Echo (POST /echo): 200 OK, but a line {said}")
    );
    assert_eq!(error.body().unwrap().as_ref(), b"\x1f\x8b\x08");
}

#[tokio::test]
async fn json_under_another_name_and_another_status() {
    let body = r#"{"id":"1","bytes":1,"parent":null}"#;
    for answer in [
        Answer::new(202, &[("content-type", "text/plain"), ("x-request-id", "r")], body),
        Answer::new(202, &[("x-request-id", "r")], format!("\u{feff}{body}")),
    ] {
        let server = Server::start([answer]).await;
        let client = Client::builder().base_url(server.url()).api_key("k").build().unwrap();
        let response = client.sessions().create().with_response().await.unwrap();
        assert_eq!((response.status(), response.request_id()), (202, Some("r")));
        assert_eq!(response.map(|session| session.id).into_value(), "1");
    }
}

#[tokio::test]
async fn an_answer_is_read_up_to_a_limit() {
    let server = Server::start([Answer::json(200, vec![b' '; 1001])]).await;
    let builder = Client::builder()
        .base_url(server.url())
        .api_key("k")
        .max_response_size(1000);
    let error = builder.build().unwrap().sessions().create().await.unwrap_err();
    assert!(
        error
            .to_string()
            .ends_with("is larger than 1000 bytes (the client's max_response_size)"),
        "{error}"
    );
    assert_eq!((error.status(), error.body().unwrap().len()), (Some(200), 1000));
}
