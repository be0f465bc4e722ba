//! Calls: every method of HTTP, operations without ids, names that Rust keeps for itself, and what every call offers.

use std::time::Duration;

use clientsmith_tests::server::{Answer, Server};
use fixtures_client::calls::types::{DeleteThing, MoveType, Thing};
use fixtures_client::calls::{Client, resources};
use fixtures_client::{CallOptions, Error};
use serde_json::json;

fn client(server: &Server) -> Client {
    Client::builder().base_url(server.url()).build().unwrap()
}

/// `POST /path`, and the body.
fn sent(server: &Server) -> Vec<(String, String)> {
    let requests = server.requests().into_iter();
    requests
        .map(|request| {
            (
                format!("{} {}", request.method, request.target),
                String::from_utf8(request.body).unwrap(),
            )
        })
        .collect()
}

fn thing() -> Answer {
    Answer::json(200, &json!({"id": "t", "name": "n"}))
}

#[tokio::test]
async fn every_method_of_http() {
    let server = Server::start([
        thing(),
        Answer::head(200, &[("content-length", "1000"), ("x-total", "7")]),
        Answer::empty(204),
        Answer::empty(204),
        thing(),
    ]);
    let things = client(&server).things();
    assert_eq!(things.get("a").await.unwrap(), Thing::new("t").name("n"));
    let response = things.check("a").with_response().await.unwrap();
    assert_eq!(
        (response.status(), response.headers()["x-total"].as_bytes()),
        (200, &b"7"[..])
    );
    things.ask("a").await.unwrap();
    things.trace("a").await.unwrap();
    let changed = things.patch("a").with_body(Thing::new("b")).await.unwrap();
    assert_eq!(changed.name.as_deref(), Some("n"));
    let expected = [
        ("GET /things/a", ""),
        ("HEAD /things/a", ""),
        ("OPTIONS /things/a", ""),
        ("TRACE /things/a", ""),
        ("PATCH /things/a", r#"{"id":"b"}"#),
    ];
    assert_eq!(
        sent(&server),
        expected.map(|(line, body)| (line.to_owned(), body.to_owned()))
    );
}

#[tokio::test]
async fn a_head_that_fails_has_its_status() {
    let server = Server::start([Answer::head(404, &[("content-length", "5")])]);
    let error = client(&server).things().check("a").await.unwrap_err();
    assert!(error.is_not_found());
    assert_eq!(error.to_string(), "checkThing (HEAD /things/{thing_id}): 404 Not Found");
}

#[tokio::test]
async fn an_operation_without_an_id_is_called_by_its_method_and_path() {
    let server = Server::start([Answer::empty(404)]);
    let error = client(&server).things().get("a").await.unwrap_err();
    assert_eq!(error.to_string(), "GET /things/{thing_id}: 404 Not Found");
}

#[tokio::test]
#[allow(deprecated, reason = "it can be called all the same")]
async fn a_deprecated_operation_can_be_called() {
    let server = Server::start(vec![Answer::empty(204); 3]);
    let things = client(&server).things();
    things.delete("a").await.unwrap();
    things.delete("b").reason("old").await.unwrap();
    things.delete("c").with_body(DeleteThing::default()).await.unwrap();
    let expected = [
        ("DELETE /things/a", ""),
        ("DELETE /things/b", r#"{"reason":"old"}"#),
        ("DELETE /things/c", "{}"),
    ];
    assert_eq!(
        sent(&server),
        expected.map(|(line, body)| (line.to_owned(), body.to_owned()))
    );
}

#[tokio::test]
async fn names_that_rust_keeps_for_itself() {
    let server = Server::start(vec![Answer::empty(204); 2]);
    let calls = client(&server).r#type();
    calls.r#move("t", "me", "f").await.unwrap();
    let call = calls
        .r#move("t", "me", "f")
        .r#match("m")
        .r#async(true)
        .with_options_param("w");
    call.into_future_param("i").r#loop(false).await.unwrap();
    let expected = [
        ("POST /type/t?self=me", r#"{"fn":"f"}"#),
        (
            "POST /type/t?self=me&match=m&async=true&with_options=w&into_future=i",
            r#"{"fn":"f","loop":false}"#,
        ),
    ];
    assert_eq!(
        sent(&server),
        expected.map(|(line, body)| (line.to_owned(), body.to_owned()))
    );
}

#[tokio::test]
async fn a_whole_body_takes_the_place_of_what_was_set_before() {
    let server = Server::start(vec![Answer::empty(204); 2]);
    let calls = client(&server).r#type();
    let whole = || MoveType::new("g");
    calls
        .r#move("t", "me", "f")
        .r#loop(true)
        .with_body(whole())
        .await
        .unwrap();
    calls
        .r#move("t", "me", "f")
        .with_body(whole())
        .r#loop(true)
        .await
        .unwrap();
    let bodies: Vec<_> = sent(&server).into_iter().map(|(_, body)| body).collect();
    assert_eq!(bodies, [r#"{"fn":"g"}"#, r#"{"fn":"g","loop":true}"#]);
}

#[tokio::test]
async fn options_hold_for_their_call() {
    let server = Server::start(vec![Answer::empty(204); 2]);
    let calls = client(&server).r#type();
    let options = CallOptions::new()
        .header("x-extra", "1")
        .query("extra", "a b")
        .body_field("more", 2);
    calls.r#move("t", "me", "f").with_options(options).await.unwrap();
    calls.r#move("t", "me", "f").await.unwrap();
    let requests = server.requests();
    assert_eq!(requests[0].target, "/type/t?self=me&extra=a%20b");
    assert_eq!(requests[0].header("x-extra"), Some("1"));
    assert_eq!(requests[0].json(), json!({"fn": "f", "more": 2}));
    assert_eq!(requests[1].target, "/type/t?self=me");
    assert_eq!(requests[1].header("x-extra"), None);
    assert_eq!(requests[1].body, br#"{"fn":"f"}"#);
}

#[tokio::test]
async fn a_timeout_holds_for_its_call() {
    let server = Server::start([Answer::silence(), thing()]);
    let things = client(&server).things();
    let options = CallOptions::new().timeout(Duration::from_millis(100));
    let error = things.get("a").with_options(options).await.unwrap_err();
    assert!(error.is_timeout(), "{error}");
    assert_eq!(things.get("a").await.unwrap().id, "t");
}

#[tokio::test]
async fn awaiting_sending_and_asking_for_the_response_are_the_same_call() {
    let server = Server::start(vec![thing(); 3]);
    let call = client(&server).things().get("a");
    let awaited = call.clone().await.unwrap();
    let sent = call.clone().send().await.unwrap();
    let response = call.with_response().await.unwrap();
    assert_eq!((&awaited, response.status()), (&sent, 200));
    assert_eq!(response.headers()["content-type"], "application/json");
    assert_eq!(response.into_value(), awaited);
    let targets: Vec<_> = server.requests().into_iter().map(|request| request.target).collect();
    assert_eq!(targets, ["/things/a"; 3]);
}

#[tokio::test]
async fn a_call_can_be_spawned_when_its_client_is_gone() {
    let server = Server::start(vec![thing(); 3]);
    let things = client(&server).things();
    let calls = [things.get("a"), things.get("b")];
    let sent = things.get("c").send();
    drop(things);
    for call in calls {
        assert_eq!(tokio::spawn(call.into_future()).await.unwrap().unwrap().id, "t");
    }
    assert_eq!(tokio::spawn(sent).await.unwrap().unwrap().id, "t");
}

/// What a compiler can check: these fail to compile where they do not hold.
#[test]
fn calls_can_be_sent_and_most_of_them_cloned() {
    fn cloned<T: Clone + std::fmt::Debug + Send + Sync + 'static>() {}
    fn sent<T: std::fmt::Debug + Send + 'static>() {}
    fn future<T: IntoFuture<IntoFuture: Send + 'static>>() {}
    cloned::<resources::things::Get>();
    cloned::<resources::things::Patch>();
    cloned::<resources::r#type::Move>();
    // A file is read once.
    sent::<resources::files::UploadCall>();
    future::<resources::things::Get>();
    future::<resources::files::UploadCall>();
    sent::<Error>();
}
