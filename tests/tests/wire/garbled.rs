//! Answers of success whose bodies are not what the document says.

use browserbase_client::{Client, Error};
use clientsmith_tests::server::{Answer, Server};
use serde_json::{Value, json};

use super::{KEY, browserbase as samples, browserbase};

async fn get(answer: Answer) -> Error {
    let server = Server::start([answer]);
    browserbase(&server).sessions().list().await.unwrap_err()
}

const CALL: &str = "Sessions_list (GET /v1/sessions): 200 OK, but the body";

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
        let error = get(Answer::new(200, &headers, body.to_string())).await;
        let text = error.to_string();
        assert!(
            text.starts_with(CALL) && text.contains(reason) && text.ends_with("; request id r-1"),
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
        assert_eq!((error.path(), error.operation()), (Some(path), "Sessions_list"));
        assert!(error.expected().contains("Session"), "{}", error.expected());
    }
}

#[tokio::test]
async fn a_body_that_is_no_json_is_an_error_with_its_beginning() {
    let html = format!("<!doctype html>\n<title>Sign in</title>{}", "x".repeat(5_000));
    let error = get(Answer::new(200, &[("content-type", "text/html; charset=utf-8")], &html)).await;
    let text = error.to_string();
    let expected = format!(
        "{CALL} is text/html; charset=utf-8 where JSON was expected: <!doctype html>\\n<title>Sign in</title>xxx"
    );
    assert!(text.starts_with(&expected), "{text}");
    assert!(text.ends_with('…') && text.len() < 400, "{text}");
    assert_eq!(error.body().unwrap(), html.as_bytes());

    let error = get(Answer::new(200, &[("content-type", "application/json")], "[{]")).await;
    assert!(error.to_string().contains(" at `$[0]`: "), "{error}");

    for empty in ["", " \r\n\t", "\u{feff}"] {
        let error = get(Answer::new(200, &[("content-type", "application/json")], empty)).await;
        let text = error.to_string();
        assert!(text.starts_with(&format!("{CALL} is empty where ")), "{text}");
    }
}

#[tokio::test]
async fn json_is_read_whatever_its_content_type_and_with_a_byte_order_mark() {
    for content_type in ["text/plain", "application/problem+json", "", "\u{e9}"] {
        let server = Server::start([Answer::new(200, &[("content-type", content_type)], "\u{feff}[]")]);
        assert_eq!(browserbase(&server).sessions().list().await.unwrap(), []);
    }
}

#[tokio::test]
async fn another_status_of_success_is_one_too() {
    for status in [200, 201, 202, 203, 206, 299] {
        let server = Server::start([Answer::json(status, &samples::session())]);
        let answer = browserbase(&server).sessions().get("s").with_response().await.unwrap();
        assert_eq!((answer.status(), &*answer.value().id), (status, "sess_1"));
    }
    // Nothing was declared to come, so nothing has to.
    for answer in [
        Answer::json(200, &json!({"deleted": true})),
        Answer::new(202, &[], "<html>"),
        Answer::empty(200),
    ] {
        let server = Server::start([answer]);
        browserbase(&server).contexts().delete("c").await.unwrap();
    }
    let server = Server::start([Answer::empty(204)]);
    let error = browserbase(&server).sessions().get("s").await.unwrap_err();
    assert!(
        error
            .to_string()
            .contains("204 No Content, but the body is empty where "),
        "{error}"
    );
    assert_eq!(error.status(), Some(204));
}

#[tokio::test]
async fn a_body_that_breaks_off_is_no_answer() {
    let broken = Answer::head(200, &[("content-length", "100")]).send("[").close();
    let error = get(broken).await;
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
    assert!(!error.is_timeout() && !error.is_connect());
    assert!(
        error
            .to_string()
            .starts_with("Sessions_list (GET /v1/sessions): the answer broke off: "),
        "{error}"
    );
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
        format!("{CALL} is larger than 10000 bytes (the client's max_response_size)")
    );
    assert_eq!(error.body().unwrap().len(), 10_000);
}
