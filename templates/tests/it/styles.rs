//! Parameters: every style, hostile path values, and the joining of addresses.

use http::Method;
use serde::Serialize;
use serde_json::{Value, json};

use crate::runtime::{CallOptions, Operation, Request, Retry, Style, undeclared};
use crate::sample::Client;
use crate::server::{Answer, Server};

const fn operation(path: &'static str) -> Operation {
    at(path, None)
}

const fn at(path: &'static str, server: Option<&'static str>) -> Operation {
    Operation {
        id: "Sample",
        method: Method::GET,
        path,
        server,
        security: &[],
        accept: None,
        retry: Retry::NEVER,
        notes: &[],
        decode_error: undeclared,
    }
}

static PATH: Operation = operation("/p/{v}/end");
static PLAIN: Operation = operation("/q");
static BETA: Operation = operation("/b?beta=true");
static TWO: Operation = operation("/p/{v}{w}");

async fn line(base: &str, operation: &'static Operation, fill: impl FnOnce(&mut Request)) -> Result<String, String> {
    let server = Server::start([Answer::json(200, "{}")]).await;
    let client = Client::builder().base_url(server.url() + base).build().unwrap();
    let mut request = client.core.request(operation, CallOptions::default());
    fill(&mut request);
    match request.send().await {
        Ok(_) => Ok(server.request().target().to_owned()),
        Err(error) => {
            assert_eq!(server.requests().len(), 0, "sent in spite of {error}");
            Err(error.to_string())
        }
    }
}

async fn path(style: Style, value: impl Serialize) -> Result<String, String> {
    let line = line("", &PATH, |request| request.path("v", style, &value)).await?;
    Ok(line
        .strip_prefix("/p/")
        .unwrap()
        .strip_suffix("/end")
        .unwrap()
        .to_owned())
}

async fn query(style: Style, value: impl Serialize) -> String {
    line("", &PLAIN, |request| request.query("a", style, &value))
        .await
        .unwrap()
}

fn object() -> Value {
    json!({"R": 100, "g h": "x&y", "n": null})
}

#[tokio::test]
async fn path_styles() {
    let table = [
        (Style::Simple, "blue", "blue,black", "R,100,g%20h,x%26y"),
        (Style::SimpleExploded, "blue", "blue,black", "R=100,g%20h=x%26y"),
        (Style::Label, ".blue", ".blue,black", ".R,100,g%20h,x%26y"),
        (Style::LabelExploded, ".blue", ".blue.black", ".R=100.g%20h=x%26y"),
        (Style::Matrix, ";v=blue", ";v=blue,black", ";v=R,100,g%20h,x%26y"),
        (
            Style::MatrixExploded,
            ";v=blue",
            ";v=blue;v=black",
            ";R=100;g%20h=x%26y",
        ),
    ];
    for (style, scalar, array, pairs) in table {
        assert_eq!(path(style, "blue").await.as_deref(), Ok(scalar), "{style:?}");
        assert_eq!(path(style, ["blue", "black"]).await.as_deref(), Ok(array), "{style:?}");
        assert_eq!(path(style, object()).await.as_deref(), Ok(pairs), "{style:?}");
    }
    assert_eq!(path(Style::Json, ["a"]).await.as_deref(), Ok("%5B%22a%22%5D"));
}

#[tokio::test]
async fn query_styles() {
    let table = [
        (Style::Form, "/q?a=blue", "/q?a=blue,bl%2Cack", "/q?a=R,100,g%20h,x%26y"),
        (
            Style::FormExploded,
            "/q?a=blue",
            "/q?a=blue&a=bl%2Cack",
            "/q?R=100&g%20h=x%26y",
        ),
        (
            Style::SpaceDelimited,
            "/q?a=blue",
            "/q?a=blue%20bl%2Cack",
            "/q?a=R%20100%20g%20h%20x%26y",
        ),
        (
            Style::PipeDelimited,
            "/q?a=blue",
            "/q?a=blue%7Cbl%2Cack",
            "/q?a=R%7C100%7Cg%20h%7Cx%26y",
        ),
        (
            Style::DeepObject,
            "/q?a=blue",
            "/q?a=blue&a=bl%2Cack",
            "/q?a%5BR%5D=100&a%5Bg%20h%5D=x%26y",
        ),
    ];
    for (style, scalar, array, pairs) in table {
        assert_eq!(query(style, "blue").await, scalar, "{style:?}");
        assert_eq!(query(style, ["blue", "bl,ack"]).await, array, "{style:?}");
        assert_eq!(query(style, object()).await, pairs, "{style:?}");
    }
    assert_eq!(
        query(Style::Json, json!({"a": [1]})).await,
        "/q?a=%7B%22a%22%3A%5B1%5D%7D"
    );
    let nested = json!({"b": {"c": [1, {"d": true}]}});
    assert_eq!(
        query(Style::DeepObject, nested).await,
        "/q?a%5Bb%5D%5Bc%5D=1&a%5Bb%5D%5Bc%5D%5Bd%5D=true"
    );
}

#[tokio::test]
async fn absent_and_odd_values() {
    assert_eq!(query(Style::FormExploded, None::<i64>).await, "/q");
    assert_eq!(query(Style::Form, Vec::<i64>::new()).await, "/q");
    assert_eq!(query(Style::Form, "").await, "/q?a=");
    assert_eq!(query(Style::Form, (1, None::<i64>, [2])).await, "/q?a=1,%5B2%5D");
    assert_eq!(query(Style::Form, "é+ #%").await, "/q?a=%C3%A9%2B%20%23%25");
}

#[tokio::test]
async fn numbers_print_short() {
    assert_eq!(query(Style::Form, 20.0).await, "/q?a=20");
    assert_eq!(query(Style::Form, 20.5).await, "/q?a=20.5");
    assert_eq!(query(Style::Form, 0.1_f32).await, "/q?a=0.1");
    assert_eq!(query(Style::Form, -3.0).await, "/q?a=-3");
    assert_eq!(query(Style::Form, u64::MAX).await, "/q?a=18446744073709551615");
    assert_eq!(query(Style::Form, 1e300).await, "/q?a=1e%2B300");
}

#[tokio::test]
async fn hostile_path_values() {
    let table = [
        ("a/b?c d", "a%2Fb%3Fc%20d"),
        ("%2e%2e", "%252e%252e"),
        ("%2F", "%252F"),
        ("...", "..."),
        ("..;/", "..%3B%2F"),
        ("ü/✓", "%C3%BC%2F%E2%9C%93"),
        ("a\\b#c\n\0", "a%5Cb%23c%0A%00"),
    ];
    for (value, expected) in table {
        assert_eq!(path(Style::Simple, value).await.as_deref(), Ok(expected), "{value:?}");
    }
}

#[tokio::test]
async fn path_values_that_would_name_another_resource_are_refused() {
    let prefix = "Sample (GET /p/{v}/end): the path parameter `v` is ";
    let changed = |value: &str| format!("{prefix}`{value}`, which would change the path's meaning; nothing was sent");
    assert_eq!(
        path(Style::Simple, "").await,
        Err(format!("{prefix}empty; nothing was sent"))
    );
    assert_eq!(
        path(Style::Simple, None::<&str>).await,
        Err(format!("{prefix}empty; nothing was sent"))
    );
    assert_eq!(path(Style::Simple, ".").await, Err(changed(".")));
    assert_eq!(path(Style::Simple, "..").await, Err(changed("..")));
    assert_eq!(path(Style::Label, ".").await, Err(changed("..")));
    let both = line("", &TWO, |request| {
        request.path("v", Style::Simple, &"x");
        request.path("w", Style::Simple, &"..");
    });
    assert!(both.await.unwrap_err().contains("`w` is `..`"));
    let missing = line("", &TWO, |request| request.path("v", Style::Simple, &"x")).await;
    assert_eq!(
        missing.unwrap_err(),
        "Sample (GET /p/{v}{w}): the path parameter `w` has no value; nothing was sent"
    );
}

#[tokio::test]
async fn the_path_and_query_of_the_base_url_survive() {
    let join = |base: &'static str| line(base, &PLAIN, |request| request.query("a", Style::Form, &1));
    assert_eq!(join("").await.as_deref(), Ok("/q?a=1"));
    assert_eq!(join("/").await.as_deref(), Ok("/q?a=1"));
    assert_eq!(join("/api/v3").await.as_deref(), Ok("/api/v3/q?a=1"));
    assert_eq!(join("/api/v3/").await.as_deref(), Ok("/api/v3/q?a=1"));
    assert_eq!(join("/a%20b?version=2").await.as_deref(), Ok("/a%20b/q?version=2&a=1"));
    let beta = line("/api", &BETA, |request| request.query("a", Style::Form, &1)).await;
    assert_eq!(beta.as_deref(), Ok("/api/b?beta=true&a=1"));
}

#[tokio::test]
async fn headers_and_cookies() {
    let server = Server::start([Answer::json(200, "{}")]).await;
    let client = Client::builder().base_url(server.url()).build().unwrap();
    let mut request = client.core.request(&PLAIN, CallOptions::default());
    request.header("x-a", Style::Simple, &["b c", "d"]);
    request.header("x-b", Style::SimpleExploded, &json!({"G": 20.0, "R": 100}));
    request.header("x-c", Style::Simple, &None::<String>);
    request.cookie("c", Style::Form, &["1;", "2"]);
    request.cookie("d", Style::FormExploded, &["1", "2"]);
    request.send().await.unwrap();
    let request = server.request();
    assert_eq!(request.header("x-a"), Some("b c,d"));
    assert_eq!(request.header("x-b"), Some("G=20,R=100"));
    assert_eq!(request.header("x-c"), None);
    assert_eq!(request.header("cookie"), Some("c=1%3B,2; d=1; d=2"));
}

#[tokio::test]
async fn a_header_that_cannot_be_sent_is_refused_without_showing_it() {
    let refused = line("", &PLAIN, |request| {
        request.header("x-a", Style::Simple, &"se\r\ncret");
    })
    .await;
    let expected = "Sample (GET /q): the value for the header `x-a` has a line break or another control character; nothing was sent";
    assert_eq!(refused.unwrap_err(), expected);
}

#[tokio::test]
async fn an_operation_has_a_server_of_its_own_unless_the_user_gives_one() {
    static OTHER: Operation = at("/o", Some("https://127.0.0.1:1/other"));
    let here = line("/base", &OTHER, |_| {}).await;
    assert_eq!(here.as_deref(), Ok("/base/o"));
    let client = Client::builder().build().unwrap();
    let error = client
        .core
        .request(&OTHER, CallOptions::default())
        .send()
        .await
        .unwrap_err();
    assert!(error.is_connect(), "{error}");
    assert!(
        !format!("{error} {error:?}").contains("127.0.0.1:1/other/o"),
        "{error:?}"
    );
}
