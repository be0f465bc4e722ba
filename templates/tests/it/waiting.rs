//! Waiting for a state. Time is tokio's and paused, so that pauses are exact.

use std::time::Duration;

use http::Method;
use serde_json::{Value, json};

use crate::runtime::{CallOptions, ConnectionRetry, Error, Operation, Pace, Pending, Retry, Waiter, undeclared};
use crate::sample::Client;
use crate::server::{Answer, Server};

static GET: Operation = Operation {
    id: "Job_get",
    method: Method::GET,
    path: "/job",
    server: None,
    security: &[],
    accept: None,
    retry: Retry {
        max_retries: 1,
        statuses: &[500..=599],
        connection: ConnectionRetry::Any,
    },
    notes: &[],
    decode_error: undeclared,
};

static DONE: Waiter = Waiter {
    operation: &GET,
    field: "status",
    until: &["DONE", "GONE"],
    fail: &["FAILED"],
    first_pause: Duration::from_millis(500),
    longest_pause: Duration::from_secs(5),
    timeout: Duration::from_secs(600),
    not_found_for: Duration::from_secs(10),
};

/// The same at another pace, at which nothing may be missing even at first.
static SOON: Waiter = Waiter {
    operation: &GET,
    field: "status",
    until: &["DONE"],
    fail: &[],
    first_pause: Duration::from_millis(100),
    longest_pause: Duration::from_millis(200),
    timeout: Duration::from_secs(1),
    not_found_for: Duration::ZERO,
};

fn state(status: &str) -> Answer {
    Answer::json(200, json!({"status": status}).to_string())
}

fn not_found() -> Answer {
    Answer::new(404, &[], "no")
}

async fn wait(server: &Server, pace: Pace) -> Result<Value, Error> {
    wait_for(&DONE, server, pace).await
}

async fn wait_for(waiter: &'static Waiter, server: &Server, pace: Pace) -> Result<Value, Error> {
    let client = Client::builder().base_url(server.url()).build().unwrap();
    let ask = move || -> Pending<Value> {
        let request = client.core.request(&GET, CallOptions::new());
        Box::pin(async move { Ok(request.receive().await?.json()?.into_value()) })
    };
    waiter.run(pace, ask, |answer| answer["status"].as_str()).await
}

/// That the times between the calls are these in milliseconds, or up to a quarter shorter.
#[track_caller]
fn assert_pauses(server: &Server, longest: &[u128]) {
    let pauses = server.pauses();
    assert_eq!(pauses.len(), longest.len(), "{pauses:?}");
    for (pause, longest) in pauses.iter().zip(longest) {
        // A timer may be a millisecond late.
        assert!((longest * 3 / 4..=longest + 1).contains(pause), "{pauses:?}");
    }
}

fn pace(interval: Option<u64>, timeout: Option<u64>) -> Pace {
    Pace {
        interval: interval.map(Duration::from_secs),
        timeout: timeout.map(Duration::from_secs),
    }
}

#[tokio::test(start_paused = true)]
async fn pauses_grow_until_the_state_is_there() {
    let mut script = vec![state("NEW"); 9];
    script.push(Answer::json(200, r#"{"status":"DONE","more":1}"#));
    let server = Server::start(script).await;
    let answer = wait(&server, DONE.pace()).await.unwrap();
    assert_eq!(answer, json!({"status": "DONE", "more": 1}));
    assert_pauses(&server, &[500, 750, 1125, 1687, 2531, 3796, 5000, 5000, 5000]);
    let pauses = server.pauses();
    assert!(pauses[6] != pauses[7] || pauses[7] != pauses[8], "{pauses:?}");
    let server = Server::start([state("GONE")]).await;
    assert_eq!(wait(&server, DONE.pace()).await.unwrap()["status"], "GONE");
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_state_that_leads_elsewhere_ends_it_at_once() {
    let server = Server::start([state("NEW"), state("FAILED")]).await;
    let error = wait(&server, DONE.pace()).await.unwrap_err();
    let Error::Wait(inner) = &error else {
        panic!("{error:?}")
    };
    assert_eq!((inner.state(), inner.operation()), (Some("FAILED"), "Job_get"));
    assert!(!inner.is_timeout() && !error.is_timeout());
    assert_eq!(
        error.to_string(),
        "Job_get (GET /job): waited for `status` to be `DONE` or `GONE`, which does not follow `FAILED`"
    );
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn it_does_not_wait_forever() {
    let start = tokio::time::Instant::now();
    let server = Server::start([state("NEW")]).await;
    let error = wait(&server, pace(Some(3), Some(10))).await.unwrap_err();
    assert!(error.is_timeout());
    assert_eq!(
        error.to_string(),
        "Job_get (GET /job): waited for `status` to be `DONE` or `GONE`, but it was still `NEW` at the end of the 10s"
    );
    // Three pauses of 3 seconds, or four that are shorter by chance.
    let sends = server.requests().len();
    assert!((4..=5).contains(&sends), "{sends}");
    assert_pauses(&server, &vec![3000; sends - 1]);
    assert!(start.elapsed() <= Duration::from_secs(10), "{:?}", start.elapsed());
    let server = Server::start([state("NEW")]).await;
    assert!(wait(&server, DONE.pace()).await.unwrap_err().is_timeout());
    // 600 seconds: six growing pauses of 10.4 seconds together, then one each 5 seconds; or all a quarter shorter.
    let sends = server.requests().len();
    assert!((1 + 6 + 117..=1 + 6 + 157).contains(&sends), "{sends}");
    // A call that hangs does not go on after the end either.
    let server = Server::start([Answer::silence(Duration::from_secs(100))]).await;
    let start = tokio::time::Instant::now();
    let error = wait(&server, pace(None, Some(7))).await.unwrap_err();
    assert!(
        error.to_string().ends_with("but no answer told it within 7s"),
        "{error}"
    );
    assert_eq!(start.elapsed().as_secs(), 7);
}

#[tokio::test(start_paused = true)]
async fn what_was_just_created_may_not_be_found_yet() {
    let server = Server::start([not_found(), not_found(), state("NEW"), state("DONE")]).await;
    wait(&server, pace(Some(1), None)).await.unwrap();
    assert_pauses(&server, &[1000, 1000, 1000]);
    // For 10 seconds, and only until it was found.
    let server = Server::start([not_found()]).await;
    let start = tokio::time::Instant::now();
    let error = wait(&server, pace(Some(1), None)).await.unwrap_err();
    assert!(error.is_not_found(), "{error}");
    let took = start.elapsed();
    assert!(
        Duration::from_secs(10) <= took && took < Duration::from_millis(11_010),
        "{took:?}"
    );
    let server = Server::start([state("NEW"), not_found()]).await;
    let error = wait(&server, pace(Some(1), None)).await.unwrap_err();
    assert_eq!((error.is_not_found(), server.requests().len()), (true, 2));
}

#[tokio::test(start_paused = true)]
async fn each_waiter_has_times_of_its_own() {
    let server = Server::start([state("NEW")]).await;
    let start = tokio::time::Instant::now();
    let error = wait_for(&SOON, &server, SOON.pace()).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "Job_get (GET /job): waited for `status` to be `DONE`, but it was still `NEW` at the end of the 1s"
    );
    assert!(start.elapsed() <= Duration::from_secs(1), "{:?}", start.elapsed());
    // Five pauses of 850 milliseconds together, or some more that are shorter by chance.
    let sends = server.requests().len();
    assert!((6..=8).contains(&sends), "{sends}");
    let mut longest = vec![100, 150];
    longest.resize(sends - 1, 200);
    assert_pauses(&server, &longest);
    let server = Server::start([not_found()]).await;
    let error = wait_for(&SOON, &server, SOON.pace()).await.unwrap_err();
    assert_eq!((error.is_not_found(), server.requests().len()), (true, 1));
}

#[tokio::test(start_paused = true)]
async fn its_calls_keep_to_their_own_rules() {
    let failing = || Answer::new(503, &[], "no");
    let server = Server::start([state("NEW"), failing(), state("DONE")]).await;
    wait(&server, DONE.pace()).await.unwrap();
    let server = Server::start([state("NEW"), failing(), failing(), state("DONE")]).await;
    let error = wait(&server, DONE.pace()).await.unwrap_err();
    assert_eq!((error.status(), error.attempts()), (Some(503), 2));
    let server = Server::start([Answer::new(403, &[], "no")]).await;
    assert!(wait(&server, DONE.pace()).await.unwrap_err().is_forbidden());
    assert_eq!(server.requests().len(), 1);
    // An answer without the field is one whose state is not there yet.
    let server = Server::start([Answer::json(200, "{}"), state("DONE")]).await;
    wait(&server, DONE.pace()).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_wait_that_is_dropped_asks_no_more() {
    let server = Server::start([state("NEW")]).await;
    let waiting = wait(&server, pace(Some(1), None));
    assert!(
        tokio::time::timeout(Duration::from_millis(2500), waiting)
            .await
            .is_err()
    );
    let sends = server.requests().len();
    assert!((3..=4).contains(&sends), "{sends}");
    tokio::time::sleep(Duration::from_secs(600)).await;
    assert_eq!(server.requests().len(), sends);
}
