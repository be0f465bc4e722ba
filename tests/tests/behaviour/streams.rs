//! Answers that come value by value: what is asked for, and what is read, while it comes.

use std::time::Duration;

use clientsmith_tests::server::{Answer, Recorded, Server};
use fixtures_client::streams::Client;
use fixtures_client::streams::resources::streams::MixedOutput;
use fixtures_client::streams::types::Delta;
use fixtures_client::{Error, EventStream, JsonLines, Upload};

const EVENTS: &str = "text/event-stream; charset=utf-8";

fn client(server: &Server) -> Client {
    Client::builder().base_url(server.url()).build().unwrap()
}

fn events(body: &str) -> Server {
    Server::start([Answer::new(200, &[("content-type", EVENTS)], body)])
}

fn delta(text: &str, index: Option<i64>) -> Delta {
    let index = index.map(|index| format!(",\"index\":{index}")).unwrap_or_default();
    super::read(&format!("{{\"text\":\"{text}\"{index}}}"))
}

/// Items, and errors by their texts.
async fn all(mut stream: EventStream<Delta>) -> Vec<Result<Delta, String>> {
    let mut items = Vec::new();
    while let Some(item) = stream.next().await {
        items.push(item.map_err(|error| error.to_string()));
    }
    items
}

async fn all_lines(mut stream: JsonLines<Delta>) -> Vec<Result<Delta, String>> {
    let mut items = Vec::new();
    while let Some(item) = stream.next().await {
        items.push(item.map_err(|error| error.to_string()));
    }
    items
}

#[tokio::test]
async fn an_answer_is_asked_for_as_a_whole_or_as_it_comes() {
    let whole = Answer::new(200, &[("content-type", "application/json")], r#"{"text":"ab"}"#);
    let body = "data: {\"text\":\"a\"}\n\ndata: {\"text\":\"b\",\"index\":1}\n\ndata: [DONE]\n\ndata: {}\n\n";
    let streamed = Answer::new(200, &[("content-type", EVENTS)], body);
    let server = Server::start([whole, streamed]);
    let call = client(&server).streams().chat("hi");
    assert_eq!(call.clone().await.unwrap().text, "ab");
    let stream = call.stream().await.unwrap();
    assert_eq!(all(stream).await, [Ok(delta("a", None)), Ok(delta("b", Some(1)))]);

    let requests = server.requests();
    let sent = |index: usize| {
        let body = String::from_utf8(requests[index].body.clone()).unwrap();
        (requests[index].header("accept").unwrap(), body)
    };
    assert_eq!(sent(0), ("application/json", r#"{"prompt":"hi"}"#.to_owned()));
    assert_eq!(
        sent(1),
        ("text/event-stream", r#"{"prompt":"hi","stream":true}"#.to_owned())
    );
}

#[tokio::test]
async fn a_form_asks_for_a_stream_by_a_part() {
    let whole = Answer::new(200, &[("content-type", "application/json")], r#"{"text":"ab"}"#);
    let streamed = Answer::new(200, &[("content-type", EVENTS)], "data: {\"text\":\"a\"}\n\n");
    let server = Server::start([whole, streamed]);
    let call = || {
        client(&server)
            .streams()
            .transcribe(Upload::from_bytes("a.mp3", "sound"))
    };
    assert_eq!(call().await.unwrap().text, "ab");
    assert_eq!(all(call().stream().await.unwrap()).await, [Ok(delta("a", None))]);

    let [first, second] = &server.requests()[..] else {
        panic!("{:?}", server.requests());
    };
    let part = "Content-Disposition: form-data; name=\"stream\"\r\n\r\ntrue\r\n";
    let has_part = |request: &Recorded| request.contains(part);
    assert_eq!(
        (first.header("accept"), has_part(first)),
        (Some("application/json"), false)
    );
    assert_eq!(
        (second.header("accept"), has_part(second)),
        (Some("text/event-stream"), true)
    );
}

#[tokio::test]
async fn items_are_there_as_soon_as_they_have_come() {
    let answer = Answer::head(200, &[("content-type", EVENTS), ("connection", "close")])
        .send("data: {\"text\":\"é")
        .wait(Duration::from_millis(20))
        .send("\"}\r\n\r")
        .wait(Duration::from_secs(20));
    let server = Server::start([answer]);
    let mut stream = client(&server).streams().deltas().stream("s").await.unwrap();
    let first = tokio::time::timeout(Duration::from_secs(10), stream.next()).await;
    assert_eq!(first.unwrap().unwrap().unwrap(), delta("é", None));
    assert_eq!(server.request().target, "/deltas?stream=s");
    assert_eq!(
        server.request().header("accept"),
        Some("text/event-stream; charset=utf-8")
    );
}

#[tokio::test]
async fn an_item_that_does_not_fit_does_not_end_the_stream() {
    let server = events("id: 1\ndata: {\"text\":1}\n\n: comment\n\ndata:\n\ndata: {\"text\":\"b\"}\n\ndata: {}");
    let stream = client(&server).streams().enveloped().await.unwrap();
    let error = "enveloped (GET /enveloped): 200 OK, but an event does not fit fixtures_client::streams::types::streams::Delta \
                 at `$.text`: invalid type: integer `1`, expected a string (line 1, column 9)";
    assert_eq!(all(stream).await, [Err(error.to_owned()), Ok(delta("b", None))]);
}

#[tokio::test]
async fn events_have_names_and_ids() {
    let body = "retry: 250\nevent: ping\nid: 7\ndata: a\ndata: b\n\ndata: [DONE]\n\n";
    let server = Server::start([Answer::new(
        200,
        &[("content-type", "text/event-stream"), ("x-request-id", "r")],
        body,
    )]);
    let mut events = client(&server).streams().events().await.unwrap();
    let event = events.next().await.unwrap().unwrap();
    assert_eq!(
        (event.name.as_str(), event.data.as_str(), event.id.as_str()),
        ("ping", "a\nb", "7")
    );
    assert_eq!(events.retry(), Some(Duration::from_millis(250)));
    let event = events.next().await.unwrap().unwrap();
    assert_eq!(
        (event.name.as_str(), event.data.as_str(), event.id.as_str()),
        ("message", "[DONE]", "7")
    );
    assert!(events.next().await.is_none());
    assert_eq!((events.last_event_id(), events.request_id()), ("7", Some("r")));
}

#[tokio::test]
async fn events_can_be_had_from_a_typed_stream() {
    let server = events("event: delta\ndata: {\"text\":\"a\"}\n\n");
    let stream = client(&server).streams().deltas().await.unwrap();
    let event = stream.into_events().next().await.unwrap().unwrap();
    assert_eq!(event.name, "delta");
    assert_eq!(event.json::<Delta>().unwrap(), delta("a", None));
}

#[tokio::test]
async fn an_answer_that_is_no_stream_reaches_the_user() {
    let answer = Answer::new(200, &[("content-type", "application/json")], r#"{"text":"ab"}"#);
    let server = Server::start([answer]);
    let error = client(&server).streams().events().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "events (GET /events): 200 OK, but the body is application/json where text/event-stream was expected: {\"text\":\"ab\"}"
    );
    assert_eq!(error.body().unwrap(), r#"{"text":"ab"}"#);
}

#[tokio::test]
async fn an_event_that_is_too_large_ends_the_stream() {
    let server = events("data: {\"text\":\"a\"}\n\ndata: {\"text\":\"0123456789\"}\n\ndata: {\"text\":\"c\"}\n\n");
    let builder = Client::builder().base_url(server.url()).max_response_size(20);
    let stream = builder.build().unwrap().streams().deltas().await.unwrap();
    let error = "deltas (GET /deltas): 200 OK, but an event is larger than 20 bytes (the client's max_response_size)";
    assert_eq!(all(stream).await, [Ok(delta("a", None)), Err(error.to_owned())]);
}

#[tokio::test]
async fn a_stream_that_breaks_off_ends_with_an_error() {
    let answer = Answer::head(200, &[("content-type", EVENTS), ("content-length", "99")])
        .send("data: {\"text\":\"a\"}\n\ndata: {")
        .close();
    let server = Server::start([answer]);
    let mut stream = client(&server).streams().deltas().await.unwrap();
    assert_eq!(stream.next().await.unwrap().unwrap(), delta("a", None));
    assert!(matches!(stream.next().await, Some(Err(Error::Transport(_)))));
    assert!(stream.next().await.is_none());
}

#[tokio::test]
async fn lines_are_read_one_by_one() {
    let body = "{\"text\":\"a\"}\r\n\r\n[]\n{\"text\":\"b\",\"index\":2}";
    let server = Server::start([Answer::new(200, &[("content-type", "application/x-ndjson")], body)]);
    let stream = client(&server).streams().lines().await.unwrap();
    let items = all_lines(stream).await;
    let error = "lines (GET /lines): 200 OK, but a line does not fit fixtures_client::streams::types::streams::Delta at `$`: \
                 invalid type: sequence, expected an object (Delta) (line 1, column 0)";
    assert_eq!(
        items,
        [Ok(delta("a", None)), Err(error.to_owned()), Ok(delta("b", Some(2)))]
    );
    assert_eq!(server.request().header("accept"), Some("application/x-ndjson"));
}

#[tokio::test]
async fn sequences_are_read_one_by_one() {
    let body = "\u{1e}{\"text\":\n\"a\"}\n\u{1e}{\"text\":\"b\"}\n";
    let server = Server::start([Answer::new(200, &[("content-type", "application/json-seq")], body)]);
    let stream = client(&server).streams().records().stream().await.unwrap();
    assert_eq!(all_lines(stream).await, [Ok(delta("a", None)), Ok(delta("b", None))]);
    assert_eq!(server.request().header("accept"), Some("application/json-seq"));
}

#[tokio::test]
async fn a_status_may_bring_a_stream() {
    let server = events("data: {\"text\":\"a\"}\n\n");
    match client(&server).streams().mixed().await.unwrap() {
        MixedOutput::Ok(stream) => assert_eq!(all(stream).await, [Ok(delta("a", None))]),
        other => panic!("{other:?}"),
    }
    assert_eq!(
        server.request().header("accept"),
        Some("text/event-stream, application/json")
    );
}

#[tokio::test]
async fn an_event_that_is_described_by_its_data_alone_is_still_an_event() {
    let server = events("data: {\"text\":\"a\"}\n\ndata: {\"text\":\"b\"}\n\ndata: [DONE]\n\n");
    let stream = client(&server).streams().wrapped().await.unwrap();
    assert_eq!(all(stream).await, [Ok(delta("a", None)), Ok(delta("b", None))]);
}
