//! Answers of failure: typed where the document declares a body, and never without what the server said.

use std::time::Duration;

use browser_use_client::v2::resources::sessions::CreateError as CreateV2Error;
use browser_use_client::v3::resources::browsers::CreateError as CreateV3Error;
use browserbase_client::Error;
use browserbase_client::resources::fetch::CreateError as FetchError;
use clientsmith_tests::server::{Answer, Server};
use serde_json::{Value, json};

use super::{browser_use_v2, browser_use_v3, browserbase};

type Failures = Vec<(&'static str, u16, Value)>;

/// Bodies that Browserbase's document declares for failures.
pub(super) fn of_browserbase() -> Failures {
    let body = |status: u16, id: Option<&str>| {
        let mut body = json!({"statusCode": status, "error": format!("Error {status}"), "message": "It is said why."});
        if let Some(id) = id {
            body["id"] = json!(id);
        }
        ("Fetch_create", status, body)
    };
    vec![
        body(400, None),
        body(400, Some("fetch_1")),
        body(429, None),
        body(429, Some("fetch_2")),
        body(502, Some("fetch_3")),
        // The document requires an id here. Where it is missing, the rest is still of use.
        body(502, None),
        body(504, Some("fetch_4")),
    ]
}

fn validation_and(id: &'static str, statuses: &[u16]) -> Failures {
    let mut list = vec![(
        id,
        422,
        json!({"loc": ["body", 0, "profileId"], "msg": "Input should be a valid UUID", "type": "uuid_parsing"}),
    )];
    for status in statuses {
        list.push((id, *status, json!({"detail": "It is said why."})));
        list.push((id, *status, json!({})));
    }
    list
}

/// Bodies that the document of Browser Use, version 2, declares for failures.
pub(super) fn of_browser_use_v2() -> Failures {
    validation_and("create_session_sessions_post", &[404, 429])
}

/// Bodies that the document of Browser Use, version 3, declares for failures.
pub(super) fn of_browser_use_v3() -> Failures {
    validation_and("create_browser_session_browsers_post", &[403, 404, 429])
}

/// The error of a call of Browserbase that has declared failures.
async fn fetch_error(answer: Answer) -> Error {
    let server = Server::start([answer]);
    let error = browserbase(&server)
        .fetch()
        .create("https://example.com/")
        .await
        .unwrap_err();
    server.request();
    error
}

#[tokio::test]
async fn declared_failures_of_browserbase_are_typed() {
    for (_, status, body) in of_browserbase() {
        let error = fetch_error(Answer::json(status, &body)).await;
        assert_eq!(error.status(), Some(status));
        let declared = error.declared::<FetchError>().unwrap_or_else(|| panic!("{error}"));
        let (expected, value) = match declared {
            FetchError::BadRequest(value) => (400, value),
            FetchError::TooManyRequests(value) => (429, value),
            FetchError::BadGateway(value) => (502, value),
            FetchError::GatewayTimeout(value) => (504, value),
            other => panic!("{other:?}"),
        };
        assert_eq!(status, expected);
        assert_eq!(value.status_code, i64::from(status));
        assert_eq!(value.error, format!("Error {status}"));
        assert_eq!(value.message, "It is said why.");
        assert_eq!(value.id.as_deref(), body.get("id").and_then(Value::as_str));
        assert_eq!(error.declared_error(), None);
        assert_eq!(error.body().unwrap(), body.to_string().as_bytes());
    }
}

#[tokio::test]
async fn declared_failures_of_browser_use_are_typed() {
    for (_, status, body) in of_browser_use_v2() {
        let server = Server::start([Answer::json(status, &body)]);
        let error = browser_use_v2_call(&server).await;
        let detail = body.get("detail").and_then(Value::as_str);
        match error.declared::<CreateV2Error>().unwrap_or_else(|| panic!("{error}")) {
            CreateV2Error::NotFound(value) => assert_eq!((status, value.detail.as_deref()), (404, detail)),
            CreateV2Error::TooManyRequests(value) => assert_eq!((status, value.detail.as_deref()), (429, detail)),
            CreateV2Error::UnprocessableContent(value) => {
                assert_eq!((status, serde_json::to_value(value).unwrap()), (422, body));
                assert_eq!(
                    (&*value.msg, &*value.r#type),
                    ("Input should be a valid UUID", "uuid_parsing")
                );
                let location = ["body".into(), 0.into(), "profileId".into()];
                assert_eq!(value.loc, location);
            }
            other => panic!("{other:?}"),
        }
    }
    for (_, status, body) in of_browser_use_v3() {
        let server = Server::start([Answer::json(status, &body)]);
        let error = browser_use_v3(&server).browsers().create().await.unwrap_err();
        let detail = body.get("detail").and_then(Value::as_str);
        match error.declared::<CreateV3Error>().unwrap_or_else(|| panic!("{error}")) {
            CreateV3Error::Forbidden(value) => assert_eq!((status, value.detail.as_deref()), (403, detail)),
            CreateV3Error::NotFound(value) => assert_eq!((status, value.detail.as_deref()), (404, detail)),
            CreateV3Error::TooManyRequests(value) => assert_eq!((status, value.detail.as_deref()), (429, detail)),
            CreateV3Error::UnprocessableContent(value) => {
                assert_eq!((status, serde_json::to_value(value).unwrap()), (422, body));
            }
            other => panic!("{other:?}"),
        }
    }
}

async fn browser_use_v2_call(server: &Server) -> browser_use_client::Error {
    browser_use_v2(server).sessions().create().await.unwrap_err()
}

#[tokio::test]
async fn a_declared_429_keeps_everything_that_the_server_said() {
    // The order of the keys and the spaces are the server's own.
    let body = r#"{ "message": "3 of 3 in use", "error": "Too Many Requests", "statusCode": 429 }"#;
    let headers = [
        ("content-type", "application/json; charset=utf-8"),
        ("x-request-id", "req-42"),
        ("retry-after", "7"),
        ("x-ratelimit-remaining", "0"),
    ];
    let error = fetch_error(Answer::new(429, &headers, body)).await;
    let declared = error.declared::<FetchError>();
    let Some(FetchError::TooManyRequests(value)) = declared else {
        panic!("{declared:?}")
    };
    assert_eq!(
        (value.status_code, &*value.error, &*value.message, &value.id),
        (429, "Too Many Requests", "3 of 3 in use", &None)
    );
    assert!(error.is_rate_limited());
    assert_eq!(error.status(), Some(429));
    assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
    assert_eq!(error.request_id(), Some("req-42"));
    assert_eq!(error.headers().unwrap()["x-ratelimit-remaining"], "0");
    assert_eq!(error.body().unwrap(), body);
    assert_eq!(
        error.to_string(),
        format!(
            "Fetch_create (POST /v1/fetch): 429 Too Many Requests (Concurrent fetch request limit exceeded.): {body}; \
             retry after 7s; request id req-42"
        )
    );
    let Error::Status(error) = error else {
        panic!("{error:?}")
    };
    assert_eq!((&*error.operation(), error.is_complete()), ("Fetch_create", true));
}

#[tokio::test]
async fn the_error_of_another_operation_is_not_there() {
    let server = Server::start([Answer::json(404, &json!({"detail": "x"}))]);
    let error = browser_use_v2_call(&server).await;
    assert!(error.declared::<CreateV3Error>().is_none());
    assert!(error.declared::<CreateV2Error>().is_some());
}
