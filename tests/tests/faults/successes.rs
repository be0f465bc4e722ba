//! Answers of success whose bodies are not what the document, or their headers, say.

use browserbase_client::{Client, Error};
use clientsmith_tests::server::{Answer, Server};
use serde_json::error::Category;
use serde_json::{Value, json};

use super::callers::{CALLERS, Cause, Limits};
use super::{GZIP, Row, play};
use crate::wire::{KEY, browserbase as samples, browserbase};

fn of_type(content_type: &str, body: impl AsRef<[u8]>) -> Answer {
    Answer::new(200, &[("content-type", content_type)], body)
}

const SYNTAX: Cause = Cause::Json(Category::Syntax);
const JSON: &str = "application/json";

#[tokio::test]
async fn pages_instead_of_answers() {
    let html = "<!doctype html>\n<title>Sign in</title>";
    let large = vec![b'x'; 10 * 1024 * 1024];
    let is_html = "200 OK, but the body is text/html where JSON was expected";
    play([
        Row::garbled(
            "a page",
            of_type("text/html", html),
            &format!("{is_html}: <!doctype html>\\n<title>Sign in</title>"),
            html,
            SYNTAX,
        ),
        Row::garbled(
            "a page of 10 MB",
            of_type("text/html", &large),
            &format!("{is_html}: {}…", "x".repeat(199)),
            &large,
            SYNTAX,
        ),
        Row::garbled(
            "a page under a false name",
            of_type(JSON, html),
            "200 OK, but the body does not fit {reads} at `$`: expected value (line 1, column 1)",
            html,
            SYNTAX,
        ),
    ])
    .await;
}

#[tokio::test]
async fn answers_that_are_empty() {
    let row = |name, body| {
        let shown = "200 OK, but the body is empty where {reads} was expected";
        Row::garbled(name, of_type(JSON, body), shown, body, Cause::Nothing)
    };
    play([row("nothing", ""), row("a byte order mark alone", "\u{feff} \r\n\t")]).await;
}

#[tokio::test]
async fn answers_that_are_almost_json() {
    let misfit = |rest| format!("200 OK, but the body does not fit {{reads}} at {rest}");
    play([
        Row::garbled(
            "JSON that ends too early",
            of_type(JSON, "{\"id\": \"1"),
            &misfit("`$.id`: EOF while parsing a string (line 1, column 9)"),
            "{\"id\": \"1",
            Cause::Json(Category::Eof),
        ),
        Row::garbled(
            "longer than its length",
            Answer::head(200, &[("content-length", "1")]).send("{}}"),
            &misfit("`$`: EOF while parsing an object (line 1, column 1)"),
            "{",
            Cause::Json(Category::Eof),
        ),
        Row::garbled(
            "text that is not UTF-8",
            of_type(JSON, b"{\"id\": \"\xff\"}"),
            &misfit("`$.id`: invalid unicode code point (line 1, column 9)"),
            b"{\"id\": \"\xff\"}",
            SYNTAX,
        ),
    ])
    .await;
}

#[tokio::test]
async fn successes_that_are_compressed_though_nobody_asked() {
    let encoded = |encoding: &str, body: &[u8]| {
        let headers = [("content-type", "application/json"), ("content-encoding", encoding)];
        Answer::new(200, &headers, body)
    };
    let shown = "200 OK, but the body is encoded as gzip, which was not asked for and is not decoded";
    let row = |name, encoding, body| Row::garbled(name, encoded(encoding, body), shown, body, Cause::Nothing);
    play([
        row("gzip", "gzip", GZIP),
        row("half of a gzip", "gzip", &GZIP[..15]),
        row("no gzip at all", "gzip", b"no gzip"),
    ])
    .await;
}

#[tokio::test]
async fn a_body_of_another_shape_is_an_error_that_says_where() {
    let mut second = samples::session();
    second["proxyBytes"] = json!("many");
    let mut third = samples::session();
    third.as_object_mut().unwrap().remove("expiresAt");
    let mut fourth = samples::session();
    fourth["createdAt"] = json!("yesterday");
    let cases = [
        (
            json!([samples::session(), second]),
            "$[1].proxyBytes",
            "invalid type: string \"many\", expected i64",
        ),
        (json!([third]), "$[0]", "missing field `expiresAt`"),
        (json!([fourth]), "$[0].createdAt", "four digit integer as year"),
        (
            json!({"detail": "no list"}),
            "$",
            "invalid type: map, expected a sequence",
        ),
        (Value::Null, "$", "invalid type: null, expected a sequence"),
        (
            json!([null]),
            "$[0]",
            "invalid type: null, expected an object (Session)",
        ),
    ];
    for (body, path, reason) in cases {
        let headers = [("content-type", "application/json"), ("x-request-id", "r-1")];
        let server = Server::start([Answer::new(200, &headers, body.to_string())]);
        let error = browserbase(&server).sessions().list().await.unwrap_err();
        let text = error.to_string();
        assert!(
            text.starts_with("Sessions_list (GET /v1/sessions): 200 OK, but the body")
                && text.contains(reason)
                && text.ends_with("; request id r-1"),
            "{text}"
        );
        assert!(text.contains(&format!(" at `{path}`: ")), "{text}");
        assert_eq!(error.status(), Some(200));
        assert_eq!(error.body().unwrap(), body.to_string().as_bytes());
        assert_eq!(error.request_id(), Some("r-1"));
        assert!(!error.is_not_found() && !error.is_timeout());
        let Error::Decode(error) = error else {
            panic!("{error:?}")
        };
        assert_eq!((error.path(), &*error.operation()), (Some(path), "Sessions_list"));
        assert!(error.expected().contains("Session"), "{}", error.expected());
    }
}

#[tokio::test]
async fn json_is_read_whatever_its_content_type_and_with_a_byte_order_mark() {
    for caller in CALLERS {
        let (status, value) = (caller.answer)();
        let content_types = ["text/plain", "text/html", "application/problem+json", "", "\u{e9}"];
        let server = Server::start(content_types.map(|content_type| {
            let headers = [("content-type", content_type), ("content-encoding", "identity")];
            Answer::new(status, &headers, format!("\u{feff}{value}"))
        }));
        let call = (caller.client)(server.url(), &Limits::default());
        for content_type in content_types {
            assert_eq!(call().await.unwrap(), value, "{content_type}, {}", caller.name);
        }
    }
}

#[tokio::test]
async fn another_status_of_success_is_one_too() {
    for caller in CALLERS {
        let (_, value) = (caller.answer)();
        let statuses = [200, 201, 202, 203, 206, 299];
        let answers = statuses.map(|status| Answer::json(status, &value));
        let server = Server::start(answers.into_iter().chain([Answer::empty(204)]));
        let call = (caller.client)(server.url(), &Limits::default());
        for status in statuses {
            assert_eq!(call().await.unwrap(), value, "{status}, {}", caller.name);
        }
        let failure = call().await.unwrap_err();
        let text = format!(
            "{}: 204 No Content, but the body is empty where {} was expected",
            caller.name, caller.reads
        );
        assert_eq!((failure.status, failure.text), (Some(204), text));
    }
}

/// Nothing was declared to come, so nothing has to.
#[tokio::test]
async fn what_comes_where_nothing_is_to_come_is_passed_over() {
    for answer in [
        Answer::json(200, &json!({"deleted": true})),
        Answer::new(202, &[], "<html>"),
        Answer::empty(200),
        Answer::head(200, &[("content-length", "100")]).send("{").close(),
    ] {
        let server = Server::start([answer]);
        browserbase(&server).contexts().delete("c").await.unwrap();
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn a_body_larger_than_wanted_is_not_read_into_memory() {
    let endless = Answer::head(200, &[("content-length", "1000000000")]).pattern(1_000_000_000);
    let server = Server::start([endless]);
    let builder = Client::builder().api_key(KEY).base_url(server.url());
    let client = builder.max_response_size(10_000).build().unwrap();
    let error = client.sessions().list().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "Sessions_list (GET /v1/sessions): 200 OK, but the body is larger than 10000 bytes (the client's max_response_size)"
    );
    assert_eq!(error.body().unwrap().len(), 10_000);
}
