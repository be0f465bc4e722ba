//! Waiting for a state: which calls are made, what ends them, and at which pace.

use std::time::{Duration, Instant};

use clientsmith_tests::server::{Answer, Recorded, Server};
use fixtures_client::waiters::types::{ExportState, Job, JobStatus};
use fixtures_client::waiters::{Client, resources::jobs::WaitUntilDone, resources::jobs::WaitUntilPublished};
use fixtures_client::{CallOptions, Error};
use serde_json::json;

fn client(server: &Server) -> Client {
    Client::builder().base_url(server.url()).build().unwrap()
}

fn done(server: &Server) -> WaitUntilDone {
    client(server).jobs().wait_until_done("a/b")
}

/// With more time than its own, which a busy machine may need.
fn published(server: &Server) -> WaitUntilPublished {
    let waiting = client(server).jobs().wait_until_published("a/b");
    waiting.with_timeout(Duration::from_secs(30))
}

fn job(status: &str) -> Answer {
    Answer::json(200, &json!({ "status": status }))
}

fn stage(stage: &str) -> Answer {
    Answer::json(200, &json!({"status": "running", "stage": stage}))
}

/// The state in the error of a wait, and whether time ran out.
#[track_caller]
fn given_up(result: Result<Job, Error>) -> (Option<String>, bool) {
    match result {
        Err(Error::Wait(error)) => (error.state().map(str::to_owned), error.is_timeout()),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn the_operation_is_asked_until_the_state_is_there() {
    // A state that the document does not list is no reason to stop.
    let server = Server::start([job("queued"), job("on_hold"), job("running"), job("done")]);
    let options = CallOptions::new().header("x-mark", "m");
    let answer = done(&server).with_options(options).await.unwrap();
    assert_eq!(answer.status, JobStatus::Done);
    let requests = server.requests();
    let sent = |request: &Recorded| format!("{} {}", request.method, request.target);
    assert_eq!(
        requests.iter().map(sent).collect::<Vec<_>>(),
        ["GET /jobs/a%2Fb"; 4],
        "{requests:?}"
    );
    assert!(requests.iter().all(|request| request.header("x-mark") == Some("m")));
}

#[tokio::test]
async fn a_body_is_sent_each_time_and_a_field_may_be_missing_at_first() {
    let server = Server::start([
        Answer::json(200, &json!({})),
        Answer::json(200, &json!({"state": "waiting"})),
        Answer::json(200, &json!({"state": "ready", "url": "u"})),
    ]);
    let waiting = client(&server).exports().wait_until_ready("t");
    let export = waiting.with_interval(Duration::from_millis(1)).await.unwrap();
    assert_eq!(
        (export.state, export.url.as_deref()),
        (Some(ExportState::Ready), Some("u"))
    );
    let bodies: Vec<_> = server.requests().iter().map(Recorded::json).collect();
    assert_eq!(bodies, vec![json!({"token": "t"}); 3]);
}

#[tokio::test]
async fn a_state_that_leads_elsewhere_ends_it_at_once() {
    for status in ["failed", "cancelled"] {
        let server = Server::start([job("running"), job(status), job("done")]);
        let result = done(&server).await;
        let message =
            format!("getJob (GET /jobs/{{id}}): waited for `status` to be `done`, which does not follow `{status}`");
        assert_eq!(result.as_ref().unwrap_err().to_string(), message);
        assert_eq!(given_up(result), (Some(status.to_owned()), false));
        assert_eq!(server.requests().len(), 2);
    }
}

#[tokio::test]
async fn a_field_without_a_list_may_be_waited_for_in_any_state() {
    for state in ["published", "archived"] {
        let server = Server::start([
            job("running"),
            Answer::json(200, &json!({"status": "done", "stage": null})),
            stage(state),
        ]);
        let started = Instant::now();
        let job = published(&server).await.unwrap();
        assert_eq!(job.stage.into_option().as_deref(), Some(state));
        // Two pauses of 100 milliseconds, each up to a quarter shorter.
        assert!(
            started.elapsed() >= Duration::from_millis(150),
            "{:?}",
            started.elapsed()
        );
        assert_eq!(server.requests().len(), 3);
    }
}

#[tokio::test]
async fn what_was_just_created_may_not_be_found_yet_where_the_configuration_says_so() {
    let missing = || Answer::empty(404);
    let server = Server::start([missing(), missing(), job("queued"), job("done")]);
    assert_eq!(done(&server).await.unwrap().status, JobStatus::Done);
    assert_eq!(server.requests().len(), 4);

    let lost = Server::start([missing(), job("queued"), missing(), job("done")]);
    assert!(done(&lost).await.unwrap_err().is_not_found());
    assert_eq!(lost.requests().len(), 3);

    let at_once = Server::start([missing(), stage("published")]);
    assert!(published(&at_once).await.unwrap_err().is_not_found());
    assert_eq!(at_once.requests().len(), 1);
}

#[tokio::test]
async fn any_other_error_ends_it_at_once() {
    for status in [400, 403, 410, 500] {
        let server = Server::start([job("queued"), Answer::empty(status), job("done")]);
        let error = done(&server).await.unwrap_err();
        assert_eq!((error.status(), error.attempts()), (Some(status), 1));
        assert_eq!(server.requests().len(), 2);
    }
    let server = Server::start([Answer::json(200, &json!({"status": 1})), job("done")]);
    let error = done(&server).await.unwrap_err();
    assert!(matches!(error, Error::Decode(_)), "{error:?}");
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn each_waiter_ends_with_its_own_time() {
    let server = Server::start(std::iter::repeat_n(stage("draft"), 20));
    let result = client(&server).jobs().wait_until_published("a").await;
    let message = "getJob (GET /jobs/{id}): waited for `stage` to be `published` or `archived`, but it was still `draft` at \
                   the end of the 800ms";
    assert_eq!(result.as_ref().unwrap_err().to_string(), message);
    assert_eq!(given_up(result), (Some("draft".to_owned()), true));
    // At most ten pauses of 75 milliseconds fit.
    let sends = server.requests().len();
    assert!((1..=11).contains(&sends), "{sends}");
}

#[tokio::test]
async fn the_caller_sets_another_pace() {
    let server = Server::start(std::iter::repeat_n(job("queued"), 20));
    let limit = Duration::from_millis(600);
    let result = done(&server)
        .with_interval(Duration::from_millis(400))
        .with_timeout(limit)
        .await;
    assert_eq!(given_up(result), (Some("queued".to_owned()), true));
    let sends = server.requests().len();
    assert!((1..=2).contains(&sends), "{sends}");

    // 20 pauses of 30 milliseconds, which the waiter's own timeout is too short for.
    let script = std::iter::repeat_n(stage("draft"), 20).chain([stage("published")]);
    let endless = Server::start(script);
    let waiting = published(&endless)
        .with_interval(Duration::from_millis(30))
        .with_timeout(None);
    let started = Instant::now();
    assert_eq!(waiting.await.unwrap().stage.into_option().as_deref(), Some("published"));
    assert!(
        started.elapsed() >= Duration::from_millis(450),
        "{:?}",
        started.elapsed()
    );
    assert_eq!(endless.requests().len(), 21);
}
