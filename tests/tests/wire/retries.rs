//! Retries: each client keeps to its API's own rule. Browserbase's official client sends a `POST` again after any 5xx
//! and may start two browsers; ours does not.

use std::time::{Duration, Instant};

use browser_use_client::{RetryPolicy as BrowserUsePolicy, v2, v3};
use browserbase_client::{CallOptions, RetryPolicy, Upload};
use clientsmith_tests::server::{Answer, Server};
use serde_json::json;

use super::{KEY, browser_use as samples_of_browser_use, browserbase as samples};

fn browserbase(server: &Server) -> browserbase_client::Client {
    let builder = browserbase_client::Client::builder().api_key(KEY);
    builder.base_url(server.url()).build().unwrap()
}

fn browser_use_v2(server: &Server) -> v2::Client {
    v2::Client::builder()
        .api_key(KEY)
        .base_url(server.url())
        .build()
        .unwrap()
}

fn browser_use_v3(server: &Server) -> v3::Client {
    v3::Client::builder()
        .api_key(KEY)
        .base_url(server.url())
        .build()
        .unwrap()
}

const TICK: Duration = Duration::from_millis(1);

fn quick() -> RetryPolicy {
    RetryPolicy::new().backoff(TICK, TICK)
}

fn failing(status: u16) -> Answer {
    Answer::new(status, &[], "no")
}

/// So many failures as a rule could ever ask for.
fn always(answer: &Answer) -> Server {
    Server::start(std::iter::repeat_n(answer.clone(), 9))
}

#[tokio::test]
async fn browserbase_reads_again_and_starts_a_browser_once() {
    for (status, reads, starts) in [
        (400, 1, 1),
        (404, 1, 1),
        (408, 3, 1),
        (409, 3, 1),
        (429, 3, 3),
        (500, 3, 1),
        (502, 3, 1),
        (503, 3, 1),
        (599, 3, 1),
    ] {
        let options = || CallOptions::new().retry(quick());
        let server = always(&failing(status));
        let error = browserbase(&server)
            .sessions()
            .list()
            .with_options(options())
            .await
            .unwrap_err();
        assert_eq!(
            (error.status(), server.requests().len()),
            (Some(status), reads),
            "{status}"
        );
        assert_eq!(error.attempts() as usize, reads);
        let server = always(&failing(status));
        let call = browserbase(&server).sessions().create().keep_alive(true);
        let error = call.with_options(options()).await.unwrap_err();
        assert_eq!(
            (error.status(), server.requests().len()),
            (Some(status), starts),
            "{status}"
        );
        for request in server.requests() {
            assert_eq!(request.json(), json!({"keepAlive": true}));
            assert_eq!(request.header("x-bb-api-key"), Some(KEY));
        }
    }
}

#[tokio::test]
async fn browserbase_starts_no_second_browser_after_a_broken_connection() {
    let broken = Answer::head(200, &[]).close();
    let nothing = || Server::start(std::iter::repeat_n(Answer::silence().close(), 9));
    let options = || CallOptions::new().retry(quick()).timeout(Duration::from_millis(100));
    let server = nothing();
    let error = browserbase(&server)
        .sessions()
        .create()
        .with_options(options())
        .await
        .unwrap_err();
    assert!(error.is_timeout(), "{error}");
    assert_eq!(server.requests().len(), 1);
    let server = nothing();
    let error = browserbase(&server)
        .sessions()
        .list()
        .with_options(options())
        .await
        .unwrap_err();
    assert!(error.is_timeout(), "{error}");
    assert_eq!(server.requests().len(), 3);
    let server = always(&broken);
    browserbase(&server).sessions().create().await.unwrap_err();
    assert_eq!(server.requests().len(), 1);
    // Where nothing listens, nothing was started: three attempts.
    let client = browserbase_client::Client::builder()
        .api_key(KEY)
        .retry(quick())
        .base_url("http://127.0.0.1:1");
    let error = client.build().unwrap().sessions().create().await.unwrap_err();
    assert_eq!((error.is_connect(), error.attempts()), (true, 3));
}

/// PEERS: retries with `Retry-After`, on by default, safe.
#[tokio::test]
async fn retry_after_is_waited_for_by_default() {
    let busy = Answer::new(429, &[("retry-after", "1")], "slow down");
    let server = Server::start([busy, Answer::json(201, &samples::connected(samples::session()))]);
    let start = Instant::now();
    browserbase(&server).sessions().create().await.unwrap();
    let waited = start.elapsed();
    assert!(
        waited >= Duration::from_secs(1) && waited < Duration::from_secs(5),
        "{waited:?}"
    );
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn without_a_word_from_the_api_the_wait_is_half_a_second_or_a_little_less() {
    let server = Server::start([failing(503), Answer::json(200, &json!([]))]);
    let start = Instant::now();
    browserbase(&server).sessions().list().await.unwrap();
    let waited = start.elapsed();
    assert!(
        waited >= Duration::from_millis(375) && waited < Duration::from_secs(4),
        "{waited:?}"
    );
}

#[tokio::test]
async fn browser_use_sends_again_only_what_was_turned_away() {
    for (status, sends) in [(429, 3), (500, 1), (502, 1), (503, 1), (504, 1), (409, 1)] {
        let policy = || BrowserUsePolicy::new().backoff(TICK, TICK);
        let options = || browser_use_client::CallOptions::new().retry(policy());
        let server = always(&failing(status));
        let error = browser_use_v2(&server)
            .sessions()
            .create()
            .with_options(options())
            .await
            .unwrap_err();
        assert_eq!(
            (error.status(), server.requests().len()),
            (Some(status), sends),
            "{status}"
        );
        let server = always(&failing(status));
        let error = browser_use_v3(&server)
            .browsers()
            .create()
            .with_options(options())
            .await
            .unwrap_err();
        assert_eq!(
            (error.status(), server.requests().len()),
            (Some(status), sends),
            "{status}"
        );
    }
    let turned_away = Answer::json(429, &json!({"detail": "slow down"}));
    let server = Server::start([
        turned_away,
        Answer::json(201, &samples_of_browser_use::browser_session()),
    ]);
    let options = browser_use_client::CallOptions::new().retry(BrowserUsePolicy::new().backoff(TICK, TICK));
    browser_use_v3(&server)
        .browsers()
        .create()
        .with_options(options)
        .await
        .unwrap();
    assert_eq!(server.requests().len(), 2);
    let client = v3::Client::builder().api_key(KEY).base_url("http://127.0.0.1:1");
    let error = client.build().unwrap().browsers().create().await.unwrap_err();
    assert_eq!((error.is_connect(), error.attempts()), (true, 1));
}

#[tokio::test]
async fn a_file_from_a_path_goes_again_whole_and_a_reader_does_not() {
    let path = std::env::temp_dir().join(format!("clientsmith-wire-retries-{}.txt", std::process::id()));
    std::fs::write(&path, "content").unwrap();
    let options = || CallOptions::new().retry(quick());
    let server = Server::start([failing(429), Answer::json(200, &json!({"message": "ok"}))]);
    let upload = Upload::from_path(&path).await.unwrap();
    browserbase(&server)
        .sessions()
        .upload_file("s", upload)
        .with_options(options())
        .await
        .unwrap();
    std::fs::remove_file(&path).unwrap();
    let bodies: Vec<_> = server
        .requests()
        .iter()
        .map(|request| request.contains("\r\n\r\ncontent\r\n--"))
        .collect();
    assert_eq!(bodies, [true, true]);
    let server = always(&failing(429));
    let reader = Upload::from_reader("a.txt", &b"content"[..], Some(7));
    let call = browserbase(&server).sessions().upload_file("s", reader);
    let error = call.with_options(options()).await.unwrap_err();
    assert_eq!((error.attempts(), server.requests().len()), (1, 1));
}
