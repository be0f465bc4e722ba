//! Bodies on the wire, byte by byte: JSON of every kind, forms, parts, files and text; required, optional, left out.

use clientsmith_tests::server::{Answer, Recorded, Server};
use fixtures_client::bodies::types::{Form, OptionalJson, Stop as Reason};
use fixtures_client::whole_bodies::types::{Five, Many, Stop};
use fixtures_client::{CallOptions, Error, Upload, bodies, empty_bodies, whole_bodies};
use serde_json::json;

fn bodies(server: &Server) -> bodies::Client {
    bodies::Client::builder().base_url(server.url()).build().unwrap()
}

fn whole(server: &Server) -> whole_bodies::Client {
    whole_bodies::Client::builder().base_url(server.url()).build().unwrap()
}

fn done(calls: usize) -> Server {
    Server::start(vec![Answer::empty(204); calls])
}

/// What a request says of its body, and the body.
fn body(request: &Recorded) -> (Option<&str>, Option<&str>, &str) {
    let text = std::str::from_utf8(&request.body).unwrap();
    (request.header("content-type"), request.header("content-length"), text)
}

/// Content type and body; the length has to be said, and right.
#[track_caller]
fn content(request: &Recorded) -> (&str, &str) {
    let (content_type, length, text) = body(request);
    assert_eq!(length, Some(text.len().to_string().as_str()));
    (content_type.unwrap(), text)
}

fn all<'a, T>(requests: &'a [Recorded], what: fn(&'a Recorded) -> T) -> Vec<T> {
    requests.iter().map(what).collect()
}

const JSON: &str = "application/json";
const NOTHING: (Option<&str>, Option<&str>, &str) = (None, Some("0"), "");

#[tokio::test]
async fn an_optional_json_body_is_sent_when_something_of_it_is_set() {
    let server = done(5);
    let json_calls = bodies(&server).json();
    json_calls.optional().await.unwrap();
    json_calls.optional().name("n").await.unwrap();
    json_calls.optional().with_body(OptionalJson::default()).await.unwrap();
    json_calls.nullable().await.unwrap();
    json_calls.nullable().force(false).await.unwrap();
    let requests = server.requests();
    assert_eq!(
        all(&requests, body),
        [
            NOTHING,
            (Some(JSON), Some("12"), r#"{"name":"n"}"#),
            (Some(JSON), Some("2"), "{}"),
            NOTHING,
            (Some(JSON), Some("15"), r#"{"force":false}"#),
        ]
    );
}

#[tokio::test]
async fn the_configuration_can_ask_for_an_empty_object() {
    let server = done(4);
    let client = empty_bodies::Client::builder().base_url(server.url()).build().unwrap();
    client.json().optional().await.unwrap();
    client.json().optional().name("n").await.unwrap();
    client.json().nullable().await.unwrap();
    client.form().optional().await.unwrap();
    let requests = server.requests();
    assert_eq!(
        all(&requests, content),
        [
            (JSON, "{}"),
            (JSON, r#"{"name":"n"}"#),
            (JSON, "{}"),
            ("application/x-www-form-urlencoded", ""),
        ]
    );
}

#[tokio::test]
async fn a_json_body_need_not_be_an_object() {
    let server = done(14);
    let json_calls = bodies(&server).json();
    json_calls.list(["a", "b"]).await.unwrap();
    let nothing: [&str; 0] = [];
    json_calls.list(nothing).await.unwrap();
    json_calls.json_scalar(false).await.unwrap();
    json_calls.json_union(Reason::default().force(true)).await.unwrap();
    json_calls
        .json_union(vec![Reason::default(), Reason::default().reason("r")])
        .await
        .unwrap();
    let json_calls = whole(&server).json();
    json_calls.map([("b", 2), ("a", 1)]).await.unwrap();
    json_calls.json_text("\u{e9}\"\n").await.unwrap();
    json_calls.json_number(-7).await.unwrap();
    json_calls.anything(json!([1, {"a": null}])).await.unwrap();
    json_calls.anything(json!(null)).await.unwrap();
    json_calls.either("t").await.unwrap();
    json_calls.either(7).await.unwrap();
    json_calls.optional_list().with_body([]).await.unwrap();
    json_calls.optional_list().with_body([1, 2]).await.unwrap();
    let requests = server.requests();
    let expected = [
        r#"["a","b"]"#,
        "[]",
        "false",
        r#"{"force":true}"#,
        r#"[{},{"reason":"r"}]"#,
        r#"{"a":1,"b":2}"#,
        "\"\u{e9}\\\"\\n\"",
        "-7",
        r#"[1,{"a":null}]"#,
        "null",
        "\"t\"",
        "7",
        "[]",
        "[1,2]",
    ];
    assert_eq!(all(&requests, content), expected.map(|text| (JSON, text)));
}

#[tokio::test]
async fn an_optional_body_that_is_no_object_can_be_left_out() {
    let server = done(1);
    whole(&server).json().optional_list().await.unwrap();
    assert_eq!(body(&server.request()), NOTHING);
}

#[tokio::test]
async fn up_to_five_required_fields_are_arguments_and_more_are_one_body() {
    let server = done(4);
    let json_calls = whole(&server).json();
    json_calls.five("a", 2, true, 0.5, ["e"]).f("f").await.unwrap();
    let nothing: [&str; 0] = [];
    let five = Five::new("z", 0, false, 20.0, nothing);
    json_calls
        .five("a", 2, true, 0.5, ["e"])
        .f("f")
        .with_body(five)
        .await
        .unwrap();
    let many = Many::new("a", 2, true, 0.5, ["e"], Stop::default().reason("r"));
    json_calls.many(many.clone()).await.unwrap();
    json_calls.many(many).g("g").await.unwrap();
    let requests = server.requests();
    let expected = [
        r#"{"a":"a","b":2,"c":true,"d":0.5,"e":["e"],"f":"f"}"#,
        r#"{"a":"z","b":0,"c":false,"d":20.0,"e":[]}"#,
        r#"{"a":"a","b":2,"c":true,"d":0.5,"e":["e"],"f":{"reason":"r"}}"#,
        r#"{"a":"a","b":2,"c":true,"d":0.5,"e":["e"],"f":{"reason":"r"},"g":"g"}"#,
    ];
    assert_eq!(all(&requests, content), expected.map(|text| (JSON, text)));
}

#[tokio::test]
async fn the_content_type_is_the_one_that_is_declared() {
    let server = done(4);
    bodies(&server).json().merge_patch().reason("r").await.unwrap();
    whole(&server).json().vendor().force(true).await.unwrap();
    whole(&server).json().vendor().await.unwrap();
    // Of several, JSON.
    bodies(&server).several().several().reason("r").await.unwrap();
    let requests = server.requests();
    assert_eq!(
        all(&requests, content),
        [
            ("application/merge-patch+json", r#"{"reason":"r"}"#),
            ("application/vnd.api+json; charset=utf-8", r#"{"force":true}"#),
            ("application/vnd.api+json; charset=utf-8", "{}"),
            (JSON, r#"{"reason":"r"}"#),
        ]
    );
    assert_eq!(requests[0].method, "PATCH");
}

#[tokio::test]
async fn fields_of_a_form() {
    let server = done(5);
    let form = bodies(&server).form();
    form.form().await.unwrap();
    form.form()
        .scope("read write&=+%\u{e9}")
        .tags(["a", "b"])
        .age(20)
        .await
        .unwrap();
    let options = CallOptions::new().body_field("scope", "all").body_field("more", true);
    form.form().scope("none").with_options(options).await.unwrap();
    form.form().scope("read").with_body(Form::new().age(1)).await.unwrap();
    let call = whole(&server)
        .form()
        .required("u v", ["x", "y"])
        .ratio(20.0)
        .flag(false);
    let call = call
        .stop(Stop::default().force(true))
        .nothing(None)
        .day("2026-02-28".parse().unwrap());
    call.await.unwrap();
    let requests = server.requests();
    let expected = [
        "grant_type=client_credentials",
        "grant_type=client_credentials&scope=read%20write%26%3D%2B%25%C3%A9&tags=a&tags=b&age=20",
        "grant_type=client_credentials&scope=all&more=true",
        "grant_type=client_credentials&age=1",
        "user=u%20v&to%5B%5D=x&to%5B%5D=y&ratio=20&flag=false&stop=%7B%22force%22%3Atrue%7D&day=2026-02-28",
    ];
    let forms = requests.iter().map(|request| {
        let (content_type, text) = content(request);
        assert_eq!(content_type, "application/x-www-form-urlencoded");
        let mut fields: Vec<_> = text.split('&').collect();
        fields.sort_unstable();
        fields
    });
    // The order of the fields of a form has no meaning; that of an array's items has.
    let expected = expected.map(|text| {
        let mut fields: Vec<_> = text.split('&').collect();
        fields.sort_unstable();
        fields
    });
    assert_eq!(forms.collect::<Vec<_>>(), expected);
}

/// The body that these parts make: each with what follows `form-data; `, further headers, and its content.
fn parts(request: &Recorded, parts: &[(&str, &str)]) -> String {
    let content_type = request.header("content-type").unwrap();
    let boundary = content_type.strip_prefix("multipart/form-data; boundary=").unwrap();
    let part = |(head, content): &(&str, &str)| {
        format!("--{boundary}\r\nContent-Disposition: form-data; {head}\r\n\r\n{content}\r\n")
    };
    let mut all: Vec<String> = parts.iter().map(part).collect();
    all.push(format!("--{boundary}--\r\n"));
    all.concat()
}

#[tokio::test]
async fn parts_of_every_kind() {
    let server = done(1);
    let file = Upload::from_bytes("a b.pdf", "%PDF\0\r\n--");
    let call = bodies(&server)
        .multipart()
        .multipart(file, "n\u{e9}\r\n\"")
        .size(20)
        .public(false);
    let call = call.more([Upload::from_bytes("1.txt", "one"), Upload::from(b"two".to_vec())]);
    let call = call
        .tags(["x", "y z"])
        .settings(Reason::default().reason("r"))
        .kind("c");
    call.thumbnail(Upload::from_bytes("t", "png").with_content_type("image/png"))
        .await
        .unwrap();
    let request = server.request();
    let expected = [
        (
            "name=\"file\"; filename=\"a b.pdf\"\r\nContent-Type: application/pdf",
            "%PDF\0\r\n--",
        ),
        ("name=\"more\"; filename=\"1.txt\"\r\nContent-Type: text/plain", "one"),
        (
            "name=\"more\"; filename=\"more\"\r\nContent-Type: application/octet-stream",
            "two",
        ),
        ("name=\"name\"", "n\u{e9}\r\n\""),
        ("name=\"size\"", "20"),
        ("name=\"public\"", "false"),
        ("name=\"tags\"", "x"),
        ("name=\"tags\"", "y z"),
        (
            "name=\"settings\"\r\nContent-Type: application/json",
            r#"{"reason":"r"}"#,
        ),
        ("name=\"kind\"", "c"),
        ("name=\"thumbnail\"; filename=\"t\"\r\nContent-Type: image/png", "png"),
    ];
    assert_eq!(content(&request).1, parts(&request, &expected));
}

#[tokio::test]
async fn parts_of_json_numbers_and_dates() {
    let server = done(1);
    let call = whole(&server).multipart().parts(b"bytes".to_vec(), Stop::default());
    let call = call.stops([Stop::default().force(true), Stop::default()]).ratio(20.0);
    let call = call.day("2026-02-28".parse().unwrap()).note("");
    call.await.unwrap();
    let request = server.request();
    let expected = [
        (
            "name=\"image\"; filename=\"image\"\r\nContent-Type: application/octet-stream",
            "bytes",
        ),
        ("name=\"stop\"\r\nContent-Type: application/json", "{}"),
        ("name=\"stops\"\r\nContent-Type: application/json", r#"{"force":true}"#),
        ("name=\"stops\"\r\nContent-Type: application/json", "{}"),
        ("name=\"ratio\"", "20"),
        ("name=\"day\"", "2026-02-28"),
        ("name=\"note\"", ""),
    ];
    assert_eq!(content(&request).1, parts(&request, &expected));
}

#[tokio::test]
async fn optional_parts_are_left_out() {
    let server = done(3);
    let multipart = bodies(&server).multipart();
    multipart.multipart(b"f".to_vec(), "n").await.unwrap();
    multipart
        .optional()
        .file(Upload::from_bytes("e.bin", ""))
        .await
        .unwrap();
    let options = CallOptions::new().body_field("extra", json!(["a", 1]));
    multipart
        .multipart(b"f".to_vec(), "n")
        .with_options(options)
        .await
        .unwrap();
    let requests = server.requests();
    let file = (
        "name=\"file\"; filename=\"file\"\r\nContent-Type: application/octet-stream",
        "f",
    );
    let name = ("name=\"name\"", "n");
    let empty = (
        "name=\"file\"; filename=\"e.bin\"\r\nContent-Type: application/octet-stream",
        "",
    );
    let extra = [("name=\"extra\"", "a"), ("name=\"extra\"", "1")];
    assert_eq!(content(&requests[0]).1, parts(&requests[0], &[file, name]));
    assert_eq!(content(&requests[1]).1, parts(&requests[1], &[empty]));
    assert_eq!(
        content(&requests[2]).1,
        parts(&requests[2], &[file, name, extra[0], extra[1]])
    );
}

#[tokio::test]
async fn a_file_name_cannot_end_its_header() {
    let server = done(1);
    let file = Upload::from_bytes("a\"b\r\nX-Other: c.txt", "f");
    bodies(&server).multipart().multipart(file, "n").await.unwrap();
    let request = server.request();
    let expected = [
        (
            "name=\"file\"; filename=\"a%22b%0D%0AX-Other: c.txt\"\r\nContent-Type: text/plain",
            "f",
        ),
        ("name=\"name\"", "n"),
    ];
    assert_eq!(content(&request).1, parts(&request, &expected));
}

#[tokio::test]
async fn bytes_are_sent_as_they_are() {
    let server = done(5);
    let binary = bodies(&server).binary();
    binary.binary(b"\0\r\n".to_vec()).await.unwrap();
    binary.binary(Upload::from_bytes("a.zip", "zip")).await.unwrap();
    binary
        .optional()
        .with_body(Upload::from_bytes("", "png"))
        .await
        .unwrap();
    whole(&server).binary().pdf(Vec::new()).await.unwrap();
    binary.optional().await.unwrap();
    let requests = server.requests();
    assert_eq!(
        all(&requests, body),
        [
            (Some("application/octet-stream"), Some("3"), "\0\r\n"),
            (Some("application/zip"), Some("3"), "zip"),
            (Some("image/png"), Some("3"), "png"),
            (Some("application/pdf"), Some("0"), ""),
            NOTHING,
        ]
    );
}

#[tokio::test]
async fn text_is_sent_as_it_is() {
    let server = done(5);
    let text = bodies(&server).text();
    text.text("a\u{e9}\n").await.unwrap();
    text.text("").await.unwrap();
    text.optional().with_body("a,b").await.unwrap();
    whole(&server).text().xml("<a/>").await.unwrap();
    text.optional().await.unwrap();
    let requests = server.requests();
    assert_eq!(
        all(&requests, body),
        [
            (Some("text/plain"), Some("4"), "a\u{e9}\n"),
            (Some("text/plain"), Some("0"), ""),
            (Some("text/csv"), Some("3"), "a,b"),
            (Some("application/xml"), Some("4"), "<a/>"),
            NOTHING,
        ]
    );
}

#[tokio::test]
async fn a_field_cannot_be_added_to_what_has_none() {
    let server = done(0);
    let options = || CallOptions::new().body_field("a", 1);
    let errors = [
        bodies(&server)
            .json()
            .list(["a"])
            .with_options(options())
            .await
            .unwrap_err(),
        bodies(&server)
            .text()
            .text("a")
            .with_options(options())
            .await
            .unwrap_err(),
        bodies(&server)
            .binary()
            .binary(Vec::new())
            .with_options(options())
            .await
            .unwrap_err(),
    ];
    let expected = [
        "jsonList (POST /json/list): the body is no object, so no field can be added to it; nothing was sent",
        "text (PUT /text): the body has no fields, so none can be added to it; nothing was sent",
        "binary (PUT /binary): the body has no fields, so none can be added to it; nothing was sent",
    ];
    assert_eq!(errors.each_ref().map(ToString::to_string), expected);
    assert!(errors.iter().all(|error| matches!(error, Error::Request(_))));
    assert_eq!(server.requests().len(), 0);
}
