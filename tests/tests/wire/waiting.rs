//! Waiting for a session of Browserbase to run, or to end.

use std::time::{Duration, Instant};

use browserbase_client::types::SessionStatus;
use browserbase_client::{CallOptions, Error};
use clientsmith_tests::server::{Answer, Server};
use serde_json::json;

use super::{KEY, browserbase as samples, browserbase as client};

const TICK: Duration = Duration::from_millis(1);

fn session(status: &str) -> Answer {
    let mut session = samples::session();
    session["status"] = json!(status);
    Answer::json(200, &session)
}

#[tokio::test]
async fn a_session_is_asked_for_until_it_runs() {
    // Just after it was created it may not be found.
    let script = [
        Answer::empty(404),
        session("PENDING"),
        session("NEWLY_INVENTED"),
        session("RUNNING"),
    ];
    let server = Server::start(script);
    let waiting = client(&server).sessions().wait_until_running("a b");
    let options = CallOptions::new().header("x-trace", "t");
    let session = tokio::spawn(waiting.with_interval(TICK).with_options(options).into_future());
    assert_eq!(session.await.unwrap().unwrap().status, SessionStatus::Running);
    assert_eq!(server.requests().len(), 4);
    for request in server.requests() {
        assert_eq!((&*request.method, &*request.target), ("GET", "/v1/sessions/a%20b"));
        assert_eq!(
            (request.header("x-bb-api-key"), request.header("x-trace")),
            (Some(KEY), Some("t"))
        );
    }
}

#[tokio::test]
async fn a_session_that_has_ended_does_not_run_any_more() {
    for status in ["ERROR", "TIMED_OUT", "COMPLETED"] {
        let server = Server::start([session("PENDING"), session(status)]);
        let waiting = client(&server).sessions().wait_until_running("s").with_interval(TICK);
        let error = waiting.await.unwrap_err();
        let Error::Wait(inner) = &error else {
            panic!("{error:?}")
        };
        assert_eq!((inner.state(), inner.is_timeout()), (Some(status), false));
        assert_eq!(
            error.to_string(),
            format!(
                "Sessions_get (GET /v1/sessions/{{id}}): waited for `status` to be `RUNNING`, which does not follow `{status}`"
            )
        );
        let server = Server::start([session("RUNNING"), session(status)]);
        let waiting = client(&server).sessions().wait_until_ended("s").with_interval(TICK);
        assert_eq!(waiting.await.unwrap().status.as_str(), status);
    }
}

#[tokio::test]
async fn a_wait_ends_with_its_time() {
    let server = Server::start(std::iter::repeat_n(session("PENDING"), 100));
    let interval = Duration::from_millis(50);
    let waiting = client(&server)
        .sessions()
        .wait_until_running("s")
        .with_interval(interval);
    let started = Instant::now();
    let error = waiting.with_timeout(Duration::from_millis(180)).await.unwrap_err();
    assert!(error.is_timeout(), "{error}");
    assert!(started.elapsed() < Duration::from_secs(5));
    let sends = server.requests().len();
    // A pause may be a quarter shorter than the interval: at most four of them fit in.
    assert!((1..=5).contains(&sends), "{sends}");
}
