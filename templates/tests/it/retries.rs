//! Retries: how often a call is sent, after what, and after how long. Time is tokio's and paused: it passes only where
//! everything waits, so that waits are exact.

use std::time::Duration;

use http::Method;
use serde_json::{Value, json};

use crate::runtime::{
    CallOptions, ClientBuilder, ConnectionRetry, Error, Incoming, Multipart, Operation, Request, Retry, RetryPolicy,
    Upload, undeclared,
};
use crate::sample::Client;
use crate::server::{Answer, Server};

const fn operation(method: Method, retry: Retry) -> Operation {
    Operation {
        id: "Op",
        method,
        path: "/op",
        server: None,
        security: &[],
        accept: None,
        retry,
        notes: &[],
        decode_error: undeclared,
    }
}

/// What may be sent again after anything that may pass.
static READ: Operation = operation(
    Method::PUT,
    Retry {
        max_retries: 2,
        statuses: &[408..=409, 429..=429, 500..=599],
        connection: ConnectionRetry::Any,
    },
);

/// What may be sent again only where it did nothing.
static START: Operation = operation(
    Method::POST,
    Retry {
        max_retries: 2,
        statuses: &[429..=429],
        connection: ConnectionRetry::Unsent,
    },
);

static ONCE: Operation = operation(Method::POST, Retry::NEVER);

fn builder(server: &Server) -> ClientBuilder<Client> {
    Client::builder().base_url(server.url())
}

fn call(server: &Server, operation: &'static Operation, options: CallOptions) -> Request {
    builder(server).build().unwrap().core.request(operation, options)
}

async fn send(server: &Server, operation: &'static Operation) -> Result<Incoming, Error> {
    call(server, operation, CallOptions::new()).send().await
}

fn failing(status: u16) -> Answer {
    Answer::new(status, &[], "no")
}

fn with(status: u16, name: &str, value: &str) -> Answer {
    Answer::new(status, &[(name, value)], "no")
}

fn done() -> Answer {
    Answer::json(200, "{}")
}

/// The connection is closed without an answer.
fn broken() -> Answer {
    Answer::silence(Duration::ZERO)
}

#[track_caller]
fn assert_between(pause: u128, least: u128, most: u128) {
    assert!((least..=most).contains(&pause), "{pause} ms");
}

#[tokio::test(start_paused = true)]
async fn waits_double_up_to_a_cap_and_vary() {
    let server = Server::start([failing(503)]).await;
    let options = CallOptions::new().max_retries(7);
    let error = call(&server, &READ, options).send().await.unwrap_err();
    assert_eq!((error.status(), error.attempts()), (Some(503), 8));
    assert_eq!(
        error.to_string(),
        "Op (PUT /op): 503 Service Unavailable: no; after 8 attempts"
    );
    let pauses = server.pauses();
    let longest = [500, 1000, 2000, 4000, 8000, 8000, 8000];
    assert_eq!(pauses.len(), longest.len());
    for (pause, longest) in pauses.iter().zip(longest) {
        // A timer may be a millisecond late.
        assert_between(*pause, longest * 3 / 4, longest + 1);
    }
    let varied = pauses[4] != pauses[5] || pauses[5] != pauses[6];
    assert!(varied, "{pauses:?}");
}

#[tokio::test(start_paused = true)]
async fn a_call_that_fares_better_in_the_end() {
    let server = Server::start([failing(500), broken(), done()]).await;
    let answer = send(&server, &READ).await.unwrap();
    assert_eq!(answer.json::<Value>().await.unwrap().into_value(), json!({}));
    assert_eq!(server.requests().len(), 3);
    let server = Server::start([failing(429), done()]).await;
    send(&server, &START).await.unwrap();
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn each_status_by_its_rule() {
    for (operation, status, sends) in [
        (&READ, 408, 3),
        (&READ, 409, 3),
        (&READ, 429, 3),
        (&READ, 500, 3),
        (&READ, 599, 3),
        (&READ, 400, 1),
        (&READ, 404, 1),
        (&READ, 410, 1),
        (&START, 429, 3),
        (&START, 409, 1),
        (&START, 500, 1),
        (&START, 503, 1),
        (&ONCE, 429, 1),
        (&ONCE, 503, 1),
    ] {
        let server = Server::start([failing(status)]).await;
        let error = send(&server, operation).await.unwrap_err();
        assert_eq!(
            (error.status(), server.requests().len(), error.attempts()),
            (Some(status), sends, u32::try_from(sends).unwrap()),
            "{status} {}",
            operation.method
        );
    }
}

#[tokio::test(start_paused = true)]
async fn what_may_have_arrived_is_sent_again_only_by_the_rule() {
    for (operation, sends) in [(&READ, 3), (&START, 1), (&ONCE, 1)] {
        let server = Server::start([broken()]).await;
        let error = send(&server, operation).await.unwrap_err();
        assert!(matches!(error, Error::Transport(_)) && !error.is_connect(), "{error:?}");
        assert_eq!((server.requests().len(), error.attempts() as usize), (sends, sends));
    }
}

#[tokio::test(start_paused = true)]
async fn what_cannot_have_arrived_is_sent_again() {
    for (operation, attempts) in [(&READ, 3), (&START, 3), (&ONCE, 1)] {
        let client = Client::builder().base_url("http://127.0.0.1:1").build().unwrap();
        let start = tokio::time::Instant::now();
        let error = client
            .core
            .request(operation, CallOptions::new())
            .send()
            .await
            .unwrap_err();
        assert!(error.is_connect(), "{error:?}");
        assert_eq!(error.attempts(), attempts);
        let waited = start.elapsed().as_millis();
        if attempts == 3 {
            assert_between(waited, 1125, 1502);
            assert!(error.to_string().ends_with("; after 3 attempts"), "{error}");
        } else {
            assert_eq!(waited, 0);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn an_attempt_that_takes_too_long_is_sent_again_by_the_rule() {
    for (operation, sends) in [(&READ, 3), (&START, 1)] {
        let server = Server::start([Answer::silence(Duration::from_secs(100))]).await;
        let error = send(&server, operation).await.unwrap_err();
        assert!(error.is_timeout(), "{error:?}");
        assert!(error.to_string().contains("its timeout of 60s"), "{error}");
        assert_eq!(server.requests().len(), sends);
        for pause in server.pauses() {
            assert_between(pause, 60_375, 61_002);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_breaks_off_is_asked_for_again() {
    let cut = || Answer::raw("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{").wait(Duration::ZERO);
    let server = Server::start([cut(), cut(), done()]).await;
    let value = send(&server, &READ).await.unwrap().json::<Value>().await.unwrap();
    assert_eq!((value.into_value(), server.requests().len()), (json!({}), 3));
    let server = Server::start([cut(), failing(500), cut()]).await;
    let error = send(&server, &READ).await.unwrap().json::<Value>().await.unwrap_err();
    let broke = "Op (PUT /op): the answer broke off: ";
    assert!(
        error.to_string().starts_with(broke) && error.to_string().ends_with("; after 3 attempts"),
        "{error}"
    );
    assert_eq!((server.requests().len(), error.attempts()), (3, 3));
    let server = Server::start([cut()]).await;
    let error = send(&server, &START).await.unwrap().text().await.unwrap_err();
    assert!(
        error.to_string().starts_with("Op (POST /op): the answer broke off: "),
        "{error}"
    );
    assert_eq!((server.requests().len(), error.attempts()), (1, 1));
    let server = Server::start([cut(), Answer::json(201, "{}")]).await;
    let error = send(&server, &READ).await.unwrap().json::<Value>().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "Op (PUT /op): 201 Created, but the body of the first answer, which broke off, belongs to 200 OK; after 2 attempts"
    );
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_nobody_has_seen_may_come_back_with_another_status() {
    let cut = Answer::raw("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{").wait(Duration::ZERO);
    let server = Server::start([cut, Answer::json(201, "[1]")]).await;
    let received = call(&server, &READ, CallOptions::new()).receive().await.unwrap();
    let answer = received.json::<Vec<u8>>().unwrap();
    assert_eq!((answer.status(), answer.into_value()), (201, vec![1]));
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn every_form_of_retry_after_is_waited_for() {
    let date = "Sun, 06 Nov 1994 08:49:37 GMT";
    for (name, value, wait) in [
        ("retry-after", "7", 7000),
        ("retry-after", "1.5", 1500),
        ("retry-after", "60", 60_000),
        ("retry-after-ms", "30", 30),
        ("retry-after", "Sun, 06 Nov 1994 08:49:40 GMT", 3000),
        ("retry-after", "Sunday, 06-Nov-94 08:49:39 GMT", 2000),
        ("retry-after", "Sun Nov  6 08:50:07 1994", 30_000),
    ] {
        let busy = Answer::new(429, &[(name, value), ("date", date)], "");
        let server = Server::start([busy, done()]).await;
        send(&server, &START).await.unwrap();
        // A timer may be a millisecond late.
        let pause = server.pauses()[0];
        assert!(pause == wait || pause == wait + 1, "{name}: {value}: {pause} ms");
    }
    let both = Answer::new(429, &[("retry-after", "9"), ("retry-after-ms", "2000")], "");
    let server = Server::start([both, done()]).await;
    send(&server, &START).await.unwrap();
    assert_between(server.pauses()[0], 2000, 2001);
}

#[tokio::test(start_paused = true)]
async fn what_says_no_time_to_wait_leaves_it_to_the_client() {
    for value in [
        "0",
        "soon",
        "-3",
        "NaN",
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "Sun, 36 Nov 2094 08:49:37 GMT",
    ] {
        let server = Server::start([with(429, "retry-after", value), done()]).await;
        send(&server, &START).await.unwrap();
        assert_between(server.pauses()[0], 375, 501);
    }
}

#[tokio::test(start_paused = true)]
async fn a_wait_that_is_too_long_is_not_begun() {
    for value in ["61", "3600", "99999999999"] {
        let server = Server::start([with(503, "retry-after", value)]).await;
        let error = send(&server, &READ).await.unwrap_err();
        assert_eq!((error.status(), server.requests().len()), (Some(503), 1), "{value}");
    }
    let server = Server::start([with(429, "retry-after", "61"), done()]).await;
    let policy = RetryPolicy::new().max_retry_after(Duration::from_secs(90));
    let options = CallOptions::new().retry(policy);
    call(&server, &START, options).send().await.unwrap();
    assert_between(server.pauses()[0], 61_000, 61_001);
}

#[tokio::test(start_paused = true)]
async fn the_api_says_itself_whether_to_retry() {
    for (operation, status, said, sends) in [
        (&READ, 503, "false", 1),
        (&READ, 404, "true", 3),
        (&START, 500, "true", 3),
        (&START, 429, "false", 1),
        (&START, 429, "perhaps", 3),
        (&ONCE, 500, "true", 1),
    ] {
        let server = Server::start([with(status, "x-should-retry", said)]).await;
        assert_eq!(send(&server, operation).await.unwrap_err().status(), Some(status));
        assert_eq!(server.requests().len(), sends, "{status} {said}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_client_and_a_call_say_otherwise() {
    let calls = |server: &Server| server.requests().len();
    let once = CallOptions::new;
    // The client's word, then the call's.
    for (client, call, operation, sends) in [
        (None, None, &READ, 3),
        (Some(0), None, &READ, 1),
        (Some(4), None, &READ, 5),
        (Some(4), Some(1), &READ, 2),
        (None, Some(0), &READ, 1),
        (None, Some(3), &ONCE, 1),
    ] {
        let server = Server::start([failing(503)]).await;
        let builder = builder(&server);
        let builder = match client {
            Some(retries) => builder.max_retries(retries),
            None => builder,
        };
        let options = call.map_or_else(once, |retries| once().max_retries(retries));
        let client = builder.build().unwrap();
        client.core.request(operation, options).send().await.unwrap_err();
        assert_eq!(calls(&server), sends, "{client:?} {call:?}");
    }
    let server = Server::start([failing(418), broken(), failing(503)]).await;
    let policy = RetryPolicy::new()
        .max_retries(2)
        .statuses([418])
        .connection(ConnectionRetry::Any)
        .backoff(Duration::from_millis(100), Duration::from_millis(150));
    let client = builder(&server).retry(policy).build().unwrap();
    let error = client.core.request(&ONCE, once()).send().await.unwrap_err();
    assert_eq!((error.status(), calls(&server)), (Some(503), 3));
    assert_between(server.pauses()[0], 75, 101);
    assert_between(server.pauses()[1], 112, 151);
    let server = Server::start([failing(503)]).await;
    let client = builder(&server).retry(RetryPolicy::never()).build().unwrap();
    client.core.request(&READ, once()).send().await.unwrap_err();
    assert_eq!(calls(&server), 1);
}

#[tokio::test(start_paused = true)]
async fn nothing_is_begun_that_the_deadline_would_cut() {
    // The second wait is at least 0.75 s and would end after the deadline.
    let server = Server::start([failing(503)]).await;
    let start = tokio::time::Instant::now();
    let options = CallOptions::new().deadline(Duration::from_secs(1));
    let error = call(&server, &READ, options).send().await.unwrap_err();
    assert_eq!((error.status(), error.attempts()), (Some(503), 2));
    assert_between(start.elapsed().as_millis(), 375, 501);
    // `Retry-After` is a wait as any other.
    let server = Server::start([with(503, "retry-after", "2")]).await;
    let client = builder(&server).deadline(Duration::from_secs(2)).build().unwrap();
    let error = client.core.request(&READ, CallOptions::new()).send().await.unwrap_err();
    assert_eq!((error.status(), error.attempts()), (Some(503), 1));
}

#[tokio::test(start_paused = true)]
async fn a_deadline_ends_an_attempt_and_is_not_retried() {
    let server = Server::start([failing(503), Answer::silence(Duration::from_secs(100))]).await;
    let start = tokio::time::Instant::now();
    let options = CallOptions::new().deadline(Duration::from_secs(3));
    let error = call(&server, &READ, options).send().await.unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    assert_eq!(
        error.to_string(),
        "Op (PUT /op): the call was not done by its deadline of 3s; after 2 attempts"
    );
    assert_between(start.elapsed().as_millis(), 3000, 3001);
    assert_eq!(server.requests().len(), 2);
    // The call's deadline holds for its body, too, and the client's timeout for each attempt.
    let slow = Answer::raw("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{").wait(Duration::from_secs(100));
    let server = Server::start([slow]).await;
    let client = builder(&server).timeout(Duration::from_secs(2)).build().unwrap();
    let options = CallOptions::new().deadline(Duration::from_secs(4));
    let answer = client.core.request(&READ, options).send().await.unwrap();
    let error = answer.json::<Value>().await.unwrap_err();
    assert!(error.to_string().contains("its deadline of 4s"), "{error}");
    assert_eq!((server.requests().len(), error.attempts()), (2, 2));
}

#[tokio::test(start_paused = true)]
async fn a_body_is_sent_again_as_it_was() {
    let server = Server::start([failing(503), failing(503), done()]).await;
    let mut request = call(&server, &READ, CallOptions::new().body_field("b", 2));
    request.json("application/json", &json!({"a": 1}));
    request.send().await.unwrap();
    for request in server.requests() {
        assert_eq!(
            (request.header("content-type"), request.text()),
            (Some("application/json"), r#"{"a":1,"b":2}"#)
        );
    }
    let server = Server::start([broken(), failing(503), done()]).await;
    let mut request = call(&server, &READ, CallOptions::new());
    request.upload("text/plain", Upload::from_bytes("a.csv", "1,2"));
    request.send().await.unwrap();
    let seen = server.requests();
    assert_eq!(seen.len(), 3);
    for request in seen {
        assert_eq!(
            (
                request.header("content-type"),
                request.header("content-length"),
                request.text()
            ),
            (Some("text/csv"), Some("3"), "1,2")
        );
    }
}

#[tokio::test]
async fn a_file_is_opened_again() {
    let path = std::env::temp_dir().join(format!("clientsmith-retries-{}.bin", std::process::id()));
    let content: Vec<u8> = (0..100_000_u32).flat_map(u32::to_le_bytes).collect();
    std::fs::write(&path, &content).unwrap();
    let server = Server::start([failing(503), with(307, "location", "/other"), done()]).await;
    let quick = RetryPolicy::new().backoff(Duration::from_millis(1), Duration::from_millis(1));
    let mut raw = call(&server, &READ, CallOptions::new().retry(quick.clone()));
    raw.upload("text/plain", Upload::from_path(&path).await.unwrap());
    raw.send().await.unwrap();
    for request in server.requests() {
        assert!(request.body == content);
        assert_eq!(request.header("content-length"), Some("400000"));
    }
    let lines: Vec<_> = server
        .requests()
        .iter()
        .map(|request| request.line().to_owned())
        .collect();
    assert_eq!(lines, ["PUT /op", "PUT /op", "PUT /other"]);

    let server = Server::start([failing(503), done()]).await;
    let mut form = Multipart::new();
    form.file("file", Upload::from_path(&path).await.unwrap());
    form.text("note", &"n");
    let mut parts = call(&server, &READ, CallOptions::new().retry(quick.clone()));
    parts.multipart(form);
    parts.send().await.unwrap();
    let bodies = server.requests();
    assert_eq!(bodies.len(), 2);
    for request in bodies {
        assert!(request.body.windows(content.len()).any(|window| window == content));
        assert_eq!(
            request.header("content-length"),
            Some(request.body.len().to_string().as_str())
        );
    }

    // A file that is gone by then is an error of this side.
    let server = Server::start([failing(503)]).await;
    let mut gone = call(&server, &READ, CallOptions::new().retry(quick));
    gone.upload("text/plain", Upload::from_path(&path).await.unwrap());
    std::fs::remove_file(&path).unwrap();
    let error = gone.send().await.unwrap_err();
    assert!(
        matches!(error, Error::Io(_)) && error.to_string().starts_with("cannot read "),
        "{error}"
    );
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn what_can_be_read_once_is_sent_once() {
    let reader = || Upload::from_reader("a", &b"abc"[..], Some(3));
    for answer in [
        failing(503),
        with(503, "x-should-retry", "true"),
        with(307, "location", "/"),
        broken(),
    ] {
        let server = Server::start([answer.clone()]).await;
        let mut request = call(&server, &READ, CallOptions::new());
        request.upload("text/plain", reader());
        assert_eq!(request.send().await.unwrap_err().attempts(), 1);
        assert_eq!(server.requests().len(), 1);

        let server = Server::start([answer]).await;
        let mut form = Multipart::new();
        form.file("again", Upload::from_bytes("a", "1"));
        form.file("once", reader());
        let mut request = call(&server, &READ, CallOptions::new());
        request.multipart(form);
        assert_eq!(request.send().await.unwrap_err().attempts(), 1);
        assert_eq!(server.requests().len(), 1);
    }
    // Nor is it worth while where what is to be sent is wrong.
    let path = std::env::temp_dir().join(format!("clientsmith-short-{}.bin", std::process::id()));
    std::fs::write(&path, "long").unwrap();
    let upload = Upload::from_path(&path).await.unwrap();
    std::fs::write(&path, "lo").unwrap();
    let server = Server::start([done()]).await;
    let mut request = call(&server, &READ, CallOptions::new());
    request.upload("text/plain", upload);
    let error = request.send().await.unwrap_err();
    std::fs::remove_file(&path).unwrap();
    assert!(
        error
            .to_string()
            .ends_with("the upload ended 2 bytes before its length"),
        "{error}"
    );
    assert_eq!(error.attempts(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_dropped_is_not_sent_again() {
    let server = Server::start([failing(503)]).await;
    let sending = send(&server, &READ);
    assert!(tokio::time::timeout(Duration::from_millis(100), sending).await.is_err());
    tokio::time::sleep(Duration::from_secs(600)).await;
    assert_eq!(server.requests().len(), 1);
}
