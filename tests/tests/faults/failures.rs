//! Answers of failure of every form: none is lost, however little it is like what the document says.

use browser_use_client::v2::resources::sessions::CreateError;
use browserbase_client::resources::fetch::CreateError as FetchError;
use browserbase_client::{Error, Upload};
use clientsmith_tests::server::{Answer, Server};
use serde_json::json;

use super::{GZIP, ONCE, Row, TURNED_AWAY, play};
use crate::wire::{browser_use_v2, browserbase};

const JSON: &str = "application/json";

fn of(status: u16, content_type: &str, body: impl AsRef<[u8]>) -> Answer {
    Answer::new(status, &[("content-type", content_type)], body)
}

#[tokio::test]
async fn failures_that_are_no_json() {
    let html = "<html>\r\n<h1>502 Bad Gateway</h1>\r\n</html>\r\n";
    play([
        Row::failing(
            "a proxy's page",
            of(502, "text/html", html),
            502,
            "502 Bad Gateway: <html>\\r\\n<h1>502 Bad Gateway</h1>\\r\\n</html>",
            html,
        ),
        Row::failing("empty", Answer::empty(402), 402, "402 Payment Required{note}", "").sends(ONCE),
        Row::failing(
            "not UTF-8",
            of(503, "text/plain", b"caf\xe9 \0"),
            503,
            "503 Service Unavailable: caf\u{fffd} \\u{0}",
            b"caf\xe9 \0",
        ),
        Row::failing(
            "compressed",
            Answer::new(500, &[("content-encoding", "gzip")], GZIP),
            500,
            "500 Internal Server Error: 22 bytes, encoded as gzip",
            GZIP,
        ),
    ])
    .await;
}

#[tokio::test]
async fn failures_of_which_the_start_is_kept() {
    let page = vec![b'x'; 10 * 1024 * 1024];
    let started = |status| Answer::head(status, &[("content-length", "100")]).send("half of");
    play([
        Row::failing(
            "a page of 10 MB",
            of(500, "text/html", &page),
            500,
            &format!("500 Internal Server Error: {}… [cut]", "x".repeat(199)),
            &page[..1024 * 1024],
        )
        .cut(),
        Row::failing(
            "a body that breaks off",
            started(500).close(),
            500,
            "500 Internal Server Error: half of [cut]",
            "half of",
        )
        .cut(),
        Row::failing(
            "a body that is reset",
            started(403).reset(),
            403,
            "403 Forbidden{note}: half of [cut]",
            "half of",
        )
        .cut()
        .sends(ONCE),
    ])
    .await;
}

/// `FastAPI` has all of them.
#[tokio::test]
async fn details_as_text_as_an_array_and_as_an_object() {
    let row = |status, reason, body: &str| {
        let shown = format!("{status} {reason}{{note}}: {body}");
        Row::failing(body, of(status, JSON, body), status, &shown, body)
    };
    let array = r#"{"detail":[{"loc":["body"],"msg":"no"}]}"#;
    play([
        row(404, "Not Found", r#"{"detail":"Gone"}"#).sends(ONCE),
        row(422, "Unprocessable Entity", array).sends(ONCE),
        row(429, "Too Many Requests", r#"{"detail":{"code":"limit"}}"#).sends(TURNED_AWAY),
    ])
    .await;
}

/// A server that has seen enough does not read on, and is heard all the same.
#[tokio::test]
async fn an_upload_that_is_turned_away_while_it_is_sent() {
    let body = json!({"message": "It is too large."});
    let server = Server::start([Answer::json(413, &body).early().stall()]);
    let upload = Upload::from_bytes("a.zip", vec![0; 32 * 1024 * 1024]);
    let call = browserbase(&server).sessions().upload_file("s", upload);
    let error = call.await.unwrap_err();
    assert_eq!(error.status(), Some(413));
    assert_eq!(error.body().unwrap(), body.to_string().as_bytes());
    assert_eq!((error.attempts(), server.requests().len()), (1, 1));
}

#[tokio::test]
async fn undeclared_failures_reach_the_caller_with_their_bodies() {
    let html = "<html><body>502 Bad Gateway</body></html>";
    let bodies: [(&str, &[u8]); 5] = [
        ("application/json", br#"{"error":"Unauthorized"}"#),
        ("text/plain", b"upstream connect error"),
        ("text/html; charset=utf-8", html.as_bytes()),
        ("application/octet-stream", b"\xff\xfe\x00binary"),
        ("application/json", b""),
    ];
    let statuses = [
        300, 304, 400, 401, 402, 403, 404, 409, 418, 422, 429, 500, 502, 503, 504, 529, 599,
    ];
    // RFC 9110, section 15.4.5: no body with 304.
    let body_of = |status, body: &'static [u8]| if status == 304 { b"" } else { body };
    let answers = statuses.into_iter().flat_map(|status| {
        bodies.map(|(content_type, body)| {
            let headers = [("content-type", content_type), ("request-id", "r")];
            Answer::new(status, &headers, body_of(status, body))
        })
    });
    let server = Server::start(answers);
    let client = browserbase(&server);
    for status in statuses {
        for (content_type, body) in bodies {
            let error = client.projects().get("p").await.unwrap_err();
            assert!(matches!(error, Error::Status(_)), "{status}: {error:?}");
            assert_eq!(error.status(), Some(status));
            assert_eq!(error.body().unwrap(), body_of(status, body), "{status}");
            assert_eq!(error.headers().unwrap()["content-type"], content_type);
            assert_eq!(error.request_id(), Some("r"));
            assert!(error.declared::<FetchError>().is_none());
            assert_eq!(error.declared_error(), None);
            assert_eq!(
                (
                    error.is_bad_request(),
                    error.is_unauthorized(),
                    error.is_forbidden(),
                    error.is_not_found()
                ),
                (status == 400, status == 401, status == 403, status == 404)
            );
            assert_eq!(
                (
                    error.is_conflict(),
                    error.is_rate_limited(),
                    error.is_server_error(),
                    error.is_timeout()
                ),
                (status == 409, status == 429, status >= 500, false)
            );
        }
    }
}

#[tokio::test]
async fn an_undeclared_status_of_a_call_with_declared_ones_is_not_taken_for_one_of_them() {
    let body = json!({"statusCode": 500, "error": "e", "message": "m", "id": "i"});
    let server = Server::start([Answer::json(500, &body)]);
    let call = browserbase(&server).fetch().create("https://example.com/");
    let error = call.await.unwrap_err();
    assert_eq!(error.status(), Some(500));
    assert!(error.declared::<FetchError>().is_none());
    assert_eq!(error.declared_error(), None);
    assert_eq!(
        error.to_string(),
        format!("Fetch_create (POST /v1/fetch): 500 Internal Server Error: {body}")
    );
}

#[tokio::test]
async fn a_declared_failure_with_another_body_keeps_it_and_says_why_it_does_not_fit() {
    let reasons = [
        // FastAPI's own form of a validation error.
        (
            422,
            r#"{"detail":[{"loc":["body"],"msg":"Field required","type":"missing"}]}"#,
            "loc",
        ),
        (422, r#"{"detail":"Unprocessable"}"#, "loc"),
        (422, r#"{"loc":[1.5],"msg":"m","type":"t"}"#, "$.loc[0]"),
        (404, r#"{"detail":{"code":"x"}}"#, "$.detail"),
        (404, r#"{"detail":["x"]}"#, "$.detail"),
        (404, "<html></html>", "expected value"),
        (404, "[]", "sequence"),
        (429, "null", "null"),
        (429, "", "EOF"),
    ];
    for (status, body, reason) in reasons {
        let server = Server::start([Answer::new(status, &[("content-type", "application/json")], body)]);
        let error = browser_use_v2(&server).sessions().create().await.unwrap_err();
        assert_eq!(error.status(), Some(status));
        assert!(error.declared::<CreateError>().is_none(), "{body}");
        assert_eq!(error.body().unwrap(), body);
        let said = error.declared_error().unwrap_or_else(|| panic!("{body}"));
        assert!(said.contains(reason), "{body}: {said}");
    }
}
