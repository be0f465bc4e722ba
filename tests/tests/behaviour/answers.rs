//! Answers: bodies of every kind, successes by status, and failures with the bodies that are declared for them.

use std::time::Duration;

use clientsmith_tests::server::{Answer, Server};
use fixtures_client::Error;
use fixtures_client::responses::Client;
use fixtures_client::responses::resources::created::CreateOutput;
use fixtures_client::responses::resources::{failures, ranges};
use fixtures_client::responses::types::{Failure, GetFailureError, Item, NotFound};
use serde_json::{Value, json};

fn client(server: &Server) -> Client {
    Client::builder().base_url(server.url()).build().unwrap()
}

fn answered(answers: impl IntoIterator<Item = Answer>) -> (Server, Client) {
    let server = Server::start(answers);
    let client = client(&server);
    (server, client)
}

fn item(id: &str) -> Item {
    super::read(&format!("{{\"id\":\"{id}\"}}"))
}

fn failure(message: &str) -> Failure {
    super::read(&format!("{{\"message\":\"{message}\"}}"))
}

fn text(status: u16, content_type: &str, body: &str) -> Answer {
    Answer::new(status, &[("content-type", content_type)], body)
}

/// The `Accept` header of each request.
fn accepted(server: &Server) -> Vec<Option<String>> {
    let requests = server.requests();
    requests
        .iter()
        .map(|request| request.header("accept").map(str::to_owned))
        .collect()
}

#[tokio::test]
async fn json_of_every_kind() {
    let vendor = "application/vnd.api+json; charset=utf-8";
    let (server, client) = answered([
        Answer::json(200, &json!({"id": "a", "unknown": [1]})),
        text(200, vendor, r#"{"id":"b"}"#),
        Answer::json(200, &json!([{"id": "c"}, {"id": "d"}])),
        Answer::json(200, &json!(-7)),
        Answer::json(200, &json!(null)),
        Answer::json(200, &json!({"id": "e"})),
        Answer::json(200, &json!({"any": [null]})),
        // What the content type says does not matter where the body is JSON.
        text(200, "text/plain", "\u{feff}{\"id\":\"f\"}\n"),
        Answer::new(200, &[], r#"{"id":"g"}"#),
    ]);
    assert_eq!(client.json().get().await.unwrap(), item("a"));
    assert_eq!(client.vendor().get().await.unwrap(), item("b"));
    assert_eq!(client.list().get().await.unwrap(), [item("c"), item("d")]);
    assert_eq!(client.scalar().get().await.unwrap(), -7);
    assert_eq!(client.nullable().get().await.unwrap(), None);
    assert_eq!(client.nullable().get().await.unwrap(), Some(item("e")));
    assert_eq!(client.anything().get().await.unwrap(), json!({"any": [null]}));
    assert_eq!(client.json().get().await.unwrap(), item("f"));
    assert_eq!(client.json().get().await.unwrap(), item("g"));
    let accepted = accepted(&server);
    let json_type = Some("application/json".to_owned());
    assert_eq!(accepted[0], json_type);
    assert_eq!(accepted[1], Some(vendor.to_owned()));
    assert!(accepted[2..].iter().all(|accept| *accept == json_type), "{accepted:?}");
}

#[tokio::test]
async fn text_and_bytes() {
    let (server, client) = answered([
        text(200, "text/plain; charset=utf-8", "\u{e9}\n"),
        text(200, "text/html", "<p>"),
        Answer::empty(200),
        text(200, "application/zip", "PK\0\r\n"),
        text(200, "image/png", "png"),
    ]);
    assert_eq!(client.text().get().await.unwrap(), "\u{e9}\n");
    assert_eq!(client.html().get().await.unwrap(), "<p>");
    assert_eq!(client.text().get().await.unwrap(), "");
    let mut zip = client.binary().get().await.unwrap();
    assert_eq!(
        (zip.content_type(), zip.content_length()),
        (Some("application/zip"), Some(5))
    );
    assert_eq!(zip.chunk().await.unwrap().unwrap(), "PK\0\r\n");
    assert_eq!(zip.chunk().await.unwrap(), None);
    let any = client.any_type().get().await.unwrap();
    assert_eq!(any.content_type(), Some("image/png"));
    assert_eq!(any.bytes().await.unwrap(), "png");
    let expected = ["text/plain", "text/html", "text/plain", "application/zip", "*/*"];
    assert_eq!(accepted(&server), expected.map(|accept| Some(accept.to_owned())));
}

#[tokio::test]
async fn bytes_that_are_no_text_are_refused_and_kept() {
    let (_server, client) = answered([Answer::new(200, &[("content-type", "text/plain")], b"a\xff")]);
    let error = client.text().get().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "getText (GET /text): 200 OK, but the body is no text: invalid utf-8 sequence of 1 bytes from index 1"
    );
    assert_eq!(error.body().unwrap(), &b"a\xff"[..]);
}

#[tokio::test]
async fn an_operation_without_a_body_takes_any_success() {
    let (server, client) = answered([
        Answer::empty(204),
        Answer::json(200, &json!({"what": "ever"})),
        Answer::empty(202),
        Answer::head(200, &[("x-total", "12"), ("content-length", "9")]),
    ]);
    client.empty().delete().await.unwrap();
    client.empty().delete().await.unwrap();
    assert_eq!(client.empty().delete().with_response().await.unwrap().status(), 202);
    let there = client.head().head().with_response().await.unwrap();
    assert_eq!(there.headers()["x-total"], "12");
    let methods: Vec<_> = server.requests().into_iter().map(|request| request.method).collect();
    assert_eq!(methods, ["DELETE", "DELETE", "DELETE", "HEAD"]);
}

#[tokio::test]
async fn several_statuses_of_success_are_told_apart() {
    let (server, client) = answered([
        Answer::json(200, &json!({"id": "a"})),
        Answer::json(201, &json!({"id": "a"})),
        Answer::json(202, &json!({"ticket": "t"})),
        Answer::empty(204),
        Answer::json(206, &json!({"id": "b"})),
    ]);
    let created = client.created();
    assert_eq!(created.create().await.unwrap(), CreateOutput::Ok(item("a")));
    assert_eq!(created.create().await.unwrap(), CreateOutput::Created(item("a")));
    match created.create().await.unwrap() {
        CreateOutput::Accepted(accepted) => assert_eq!(accepted.ticket, "t"),
        other => panic!("{other:?}"),
    }
    let response = created.create().with_response().await.unwrap();
    assert_eq!((response.status(), response.value()), (204, &CreateOutput::NoContent));
    // Not declared: what the first of the declared ones would be.
    assert_eq!(created.create().await.unwrap(), CreateOutput::Ok(item("b")));
    assert_eq!(accepted(&server), vec![Some("application/json".to_owned()); 5]);
}

#[tokio::test]
async fn statuses_with_the_same_body_are_one() {
    let (_server, client) = answered([
        Answer::json(200, &json!({"id": "a"})),
        Answer::json(201, &json!({"id": "b"})),
    ]);
    assert_eq!(client.same().put().await.unwrap(), item("a"));
    let response = client.same().put().with_response().await.unwrap();
    assert_eq!((response.status(), response.into_value()), (201, item("b")));
}

#[tokio::test]
async fn ranges_the_default_and_what_is_not_declared_are_successes_too() {
    let (_server, client) = answered([
        Answer::json(299, &json!({"id": "range"})),
        Answer::json(201, &json!({"id": "default"})),
        Answer::json(203, &json!({"id": "undeclared"})),
        Answer::json(200, &json!({"id": "json"})),
    ]);
    assert_eq!(client.ranges().get().await.unwrap(), item("range"));
    assert_eq!(client.only_default().get().await.unwrap(), item("default"));
    assert_eq!(client.json().get().await.unwrap(), item("undeclared"));
    // Of several media types, JSON.
    assert_eq!(client.several().get().await.unwrap(), item("json"));
}

#[tokio::test]
async fn a_success_without_the_body_that_was_expected_is_an_error() {
    let (_server, client) = answered([
        Answer::empty(204),
        Answer::empty(200),
        Answer::json(200, &json!({"id": 1})),
        text(200, "text/html", "<html>"),
    ]);
    let errors = [
        client.json().get().await.unwrap_err(),
        client.list().get().await.unwrap_err(),
        client.json().get().await.unwrap_err(),
        client.json().get().await.unwrap_err(),
    ];
    let of_item = "fixtures_client::responses::types::json::Item";
    let expected = [
        format!("getJson (GET /json): 204 No Content, but the body is empty where {of_item} was expected"),
        format!("getList (GET /list): 200 OK, but the body is empty where alloc::vec::Vec<{of_item}> was expected"),
        format!(
            "getJson (GET /json): 200 OK, but the body does not fit {of_item} at `$.id`: invalid type: integer `1`, expected \
             a string (line 1, column 7)"
        ),
        "getJson (GET /json): 200 OK, but the body is text/html where JSON was expected: <html>".to_owned(),
    ];
    assert_eq!(errors.each_ref().map(ToString::to_string), expected);
    assert!(errors.iter().all(|error| matches!(error, Error::Decode(_))));
    assert_eq!(errors[2].body().unwrap(), r#"{"id":1}"#);
    assert_eq!(
        errors.each_ref().map(Error::status),
        [Some(204), Some(200), Some(200), Some(200)]
    );
}

/// How a call of `getFailures` fails.
async fn fails(answer: Answer) -> Error {
    let (_server, client) = answered([answer]);
    client.failures().get().await.unwrap_err()
}

/// How a call of `getRanges` fails.
async fn fails_in_range(answer: Answer) -> Error {
    let (_server, client) = answered([answer]);
    client.ranges().get().await.unwrap_err()
}

#[tokio::test]
async fn failures_are_typed_by_their_status() {
    use failures::GetError as E;
    let message = json!({"message": "m"});
    let rows = [
        (
            400,
            message.clone(),
            E::BadRequest(GetFailureError::Failure(failure("m"))),
        ),
        (
            400,
            json!("text"),
            E::BadRequest(GetFailureError::Text("text".to_owned())),
        ),
        (
            422,
            json!([message.clone()]),
            E::UnprocessableContent(vec![failure("m")]),
        ),
        (429, message.clone(), E::TooManyRequests(failure("m"))),
        (499, message.clone(), E::Status499(failure("m"))),
    ];
    for (status, body, expected) in rows {
        let error = fails(Answer::json(status, &body)).await;
        assert_eq!(error.declared::<E>(), Some(&expected));
        assert_eq!((error.status(), error.declared_error()), (Some(status), None));
        assert_eq!(error.body().unwrap(), body.to_string().as_bytes());
        // Another operation's type finds nothing.
        assert_eq!(error.declared::<ranges::GetError>(), None);
    }
}

#[tokio::test]
async fn failures_are_typed_by_the_closest_range() {
    use ranges::GetError as E;
    let message = json!({"message": "m"});
    let not_found: NotFound = super::read(r#"{"resource":"r"}"#);
    let rows = [
        (Answer::json(404, &json!({"resource": "r"})), E::NotFound(not_found)),
        (Answer::json(400, &message), E::ClientError(failure("m"))),
        (Answer::json(499, &message), E::ClientError(failure("m"))),
        (
            text(500, "text/plain", "broken\n"),
            E::ServerError("broken\n".to_owned()),
        ),
        (text(599, "text/plain", ""), E::ServerError(String::new())),
        (Answer::json(300, &message), E::Other(failure("m"))),
    ];
    for (answer, expected) in rows {
        assert_eq!(fails_in_range(answer).await.declared::<E>(), Some(&expected));
    }
}

#[tokio::test]
async fn a_failure_says_what_the_document_and_the_server_say() {
    let limited = Answer::new(
        429,
        &[
            ("retry-after", "7"),
            ("x-request-id", "req_1"),
            ("content-type", "application/json"),
        ],
        r#"{"message":"m"}"#,
    );
    let error = fails(limited).await;
    assert_eq!(
        error.to_string(),
        "getFailures (GET /failures): 429 Too Many Requests (Too many: wait): {\"message\":\"m\"}; retry after 7s; request id \
         req_1"
    );
    assert!(error.is_rate_limited());
    assert_eq!(
        (error.retry_after(), error.request_id()),
        (Some(Duration::from_secs(7)), Some("req_1"))
    );
    let rows = [
        (Answer::empty(301), "getFailures (GET /failures): 301 Moved Permanently"),
        (
            Answer::empty(401),
            "getFailures (GET /failures): 401 Unauthorized (No body)",
        ),
        (Answer::empty(402), "getFailures (GET /failures): 402 Payment Required"),
        (
            text(503, "text/html", "<h1>\n"),
            "getFailures (GET /failures): 503 Service Unavailable: <h1>",
        ),
    ];
    for (answer, expected) in rows {
        let error = fails(answer).await;
        assert_eq!(error.to_string(), expected);
        assert_eq!(error.declared::<failures::GetError>(), None);
        assert_eq!(error.declared_error(), None);
    }
}

#[tokio::test]
async fn a_body_that_does_not_fit_is_kept_with_the_reason() {
    let rows = [
        (
            Answer::json(429, &json!({"message": 1})),
            "at `$.message`: invalid type: integer `1`, expected a string",
        ),
        (
            Answer::json(422, &json!([{"message": "m"}, {}])),
            "at `$[1]`: missing field `message`",
        ),
        (text(429, "text/html", "<html>"), "at `$`: expected value"),
        (Answer::empty(429), "at `$`: EOF while parsing a value"),
    ];
    for (answer, reason) in rows {
        let error = fails(answer).await;
        assert_eq!(error.declared::<failures::GetError>(), None);
        let said = error.declared_error().unwrap();
        assert!(said.starts_with(reason), "{said}");
        assert!(matches!(error, Error::Status(_)));
    }
    let error = fails_in_range(Answer::new(500, &[], b"\xff")).await;
    assert_eq!(error.declared::<ranges::GetError>(), None);
    assert_eq!(
        error.declared_error(),
        Some("invalid utf-8 sequence of 1 bytes from index 0")
    );
    assert_eq!(error.body().unwrap(), &b"\xff"[..]);
}

#[tokio::test]
async fn an_operation_that_declares_no_failure_keeps_the_body() {
    let (_server, client) = answered([Answer::json(500, &json!({"id": "a"}))]);
    let error = client.only_default().get().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "getDefault (GET /only-default): 500 Internal Server Error: {\"id\":\"a\"}"
    );
    assert!(error.is_server_error());
    assert_eq!(error.declared_error(), None);
    let body: Value = serde_json::from_slice(error.body().unwrap()).unwrap();
    assert_eq!(body, json!({"id": "a"}));
}

/// What a compiler can check: what calls give.
#[test]
fn outputs_are_values_to_work_with() {
    fn value<T: Clone + PartialEq + std::fmt::Debug + Send + Sync + 'static>() {}
    value::<CreateOutput>();
    value::<failures::GetError>();
    value::<Item>();
}
