//! Forms whose fields are written as their document says, byte by byte.

use clientsmith_tests::server::{Answer, Recorded, Server};
use fixtures_client::forms::Client;
use fixtures_client::forms::types::Point;
use fixtures_client::{CallOptions, Upload};

fn client(server: &Server) -> Client {
    Client::builder().base_url(server.url()).build().unwrap()
}

fn text(request: &Recorded) -> &str {
    std::str::from_utf8(&request.body).unwrap()
}

/// Each part of a form: its head without the disposition's beginning, and its content.
fn parts(request: &Recorded) -> Vec<(String, String)> {
    let content_type = request.header("content-type").unwrap();
    let boundary = content_type.strip_prefix("multipart/form-data; boundary=").unwrap();
    let inner = text(request).strip_prefix(&format!("--{boundary}\r\n")).unwrap();
    let inner = inner.strip_suffix(&format!("\r\n--{boundary}--\r\n")).unwrap();
    assert_eq!(
        request.header("content-length"),
        Some(request.body.len().to_string().as_str())
    );
    let delimiter = format!("\r\n--{boundary}\r\n");
    inner
        .split(&delimiter)
        .map(|part| {
            let (head, content) = part.split_once("\r\n\r\n").unwrap();
            let head = head.strip_prefix("Content-Disposition: form-data; name=").unwrap();
            (head.replace("\r\n", " | "), content.to_owned())
        })
        .collect()
}

#[tokio::test]
async fn fields_of_a_form_have_the_styles_that_are_said() {
    let server = Server::start([Answer::empty(204)]);
    let point = || Point::new(1).name("a&b");
    let call = client(&server).forms().send_form();
    let call = call
        .plain(["a", "b c"])
        .commas(["a", "b,c"])
        .spaces(["a", "b"])
        .pipes([1, 2]);
    let call = call
        .json(["a", "b"])
        .point(point())
        .exploded(point())
        .unexploded(point());
    let call = call.deep(point()).text("t=t").reserved("/a?b=c&d+e%20%");
    call.reserved_list(["a:b", "c;d"]).await.unwrap();
    assert_eq!(
        text(&server.request()).split('&').collect::<Vec<_>>(),
        [
            "plain=a",
            "plain=b%20c",
            "commas=a,b%2Cc",
            "spaces=a%20b",
            "pipes=1%7C2",
            "json=%5B%22a%22%2C%22b%22%5D",
            "point=%7B%22x%22%3A1%2C%22name%22%3A%22a%26b%22%7D",
            "x=1",
            "name=a%26b",
            "unexploded=x,1,name,a%26b",
            "deep%5Bx%5D=1",
            "deep%5Bname%5D=a%26b",
            "text=t%3Dt",
            "reserved=/a?b%3Dc%26d%2Be%20%25",
            "reserved_list=a:b,c;d",
        ]
    );
}

#[tokio::test]
async fn a_form_that_may_be_left_out_has_its_styles_and_further_fields_have_none() {
    let server = Server::start([Answer::empty(204), Answer::empty(204)]);
    let forms = client(&server);
    let forms = forms.forms();
    forms.send_little().await.unwrap();
    let options = CallOptions::new().body_field("more", serde_json::json!([1, 2]));
    forms.send_little().ids([1, 2]).with_options(options).await.unwrap();
    let requests = server.requests();
    assert_eq!(text(&requests[0]), "");
    assert_eq!(text(&requests[1]), "ids=1,2&more=1&more=2");
}

#[tokio::test]
async fn parts_have_the_content_types_and_headers_that_are_said() {
    let server = Server::start([Answer::empty(204)]);
    let point = || Point::new(1);
    let nameless = |bytes: &'static str| Upload::from_bytes("", bytes);
    let call = client(&server).forms().send_parts(nameless("png"));
    let call = call
        .more([nameless("a"), Upload::from_bytes("b.txt", "b")])
        .any(nameless("c"));
    let call = call
        .note("# n")
        .flag(true)
        .words(["a", "b"])
        .joined(["a", "b"])
        .piped(["a", "b"]);
    call.numbers([1, 2])
        .point(point())
        .points([point(), point()])
        .await
        .unwrap();
    let parts = parts(&server.request());
    let parts: Vec<_> = parts
        .iter()
        .map(|(head, content)| (head.as_str(), content.as_str()))
        .collect();
    assert_eq!(
        parts,
        [
            (
                "\"image\"; filename=\"image\" | Content-Type: image/png | X-Kind: picture",
                "png"
            ),
            ("\"more\"; filename=\"more\" | Content-Type: application/zip", "a"),
            ("\"more\"; filename=\"b.txt\" | Content-Type: text/plain", "b"),
            (
                "\"any\"; filename=\"any\" | Content-Type: application/octet-stream",
                "c"
            ),
            ("\"note\" | Content-Type: text/markdown; charset=utf-8", "# n"),
            ("\"flag\" | Content-Type: application/json", "true"),
            ("\"words\" | X-One: yes", "a"),
            ("\"words\" | X-One: yes", "b"),
            ("\"joined\"", "a,b"),
            ("\"piped\"", "a|b"),
            ("\"numbers\" | Content-Type: application/json", "1"),
            ("\"numbers\" | Content-Type: application/json", "2"),
            ("\"point\" | Content-Type: application/vnd.point+json", r#"{"x":1}"#),
            ("\"points\" | Content-Type: application/json", r#"{"x":1}"#),
            ("\"points\" | Content-Type: application/json", r#"{"x":1}"#),
        ]
    );
}

#[tokio::test]
async fn a_form_whose_fields_are_all_the_apis_has_no_parts() {
    let server = Server::start([Answer::empty(204)]);
    client(&server).forms().send_no_parts().await.unwrap();
    let request = &server.requests()[0];
    let content_type = request.header("content-type").unwrap();
    let boundary = content_type.strip_prefix("multipart/form-data; boundary=").unwrap();
    assert_eq!(text(request), format!("--{boundary}--\r\n"));
}
