//! Downloads that fail: they keep to the times that hold for them, and leave no file.

use std::fs;
use std::time::{Duration, Instant};

use browserbase_client::{CallOptions, Client, Error};
use clientsmith_tests::server::{Answer, Server};
use serde_json::json;

use super::{SLACK, milliseconds};
use crate::wire::transfers::{folder, names};
use crate::wire::{KEY, browserbase};

const NAME: &str = "Sessions_getDownloads (GET /v1/sessions/{id}/downloads)";

fn of_length(length: &str) -> Answer {
    Answer::head(200, &[("content-length", length)])
}

fn chunked(start: &str) -> Answer {
    Answer::head(200, &[("transfer-encoding", "chunked")]).send(start)
}

#[tokio::test]
async fn a_download_that_breaks_off_leaves_no_file() {
    let short = "end of file before message length reached";
    let broken = [
        (of_length("2000000").pattern(1_000_000).close(), Some(short)),
        (of_length("2000000").pattern(1_000_000).reset(), None),
        (
            chunked("5\r\nabcde\r\n").close(),
            Some("unexpected EOF during chunk size line"),
        ),
        (
            chunked("5\r\nabcde\r\nno length\r\n").close(),
            Some("Invalid chunk size line: missing size digit"),
        ),
    ];
    let folder = folder("broken");
    let (absent, older) = (folder.join("absent.zip"), folder.join("older.zip"));
    fs::write(&older, "an older file").unwrap();
    for (answer, reason) in broken {
        for path in [&absent, &older] {
            let server = Server::start([answer.clone()]);
            let download = browserbase(&server).sessions().get_downloads("s").await.unwrap();
            let error = download.save_to(path).await.unwrap_err();
            assert!(matches!(error, Error::Transport(_)), "{error:?}");
            let text = error.to_string();
            assert!(text.starts_with(&format!("{NAME}: the answer broke off: ")), "{text}");
            assert!(reason.is_none_or(|reason| text.ends_with(reason)), "{text}");
            assert_eq!((error.attempts(), server.requests().len()), (1, 1));
            assert_eq!(names(&folder), ["older.zip"]);
            assert_eq!(fs::read(&older).unwrap(), b"an older file");
        }
    }
}

#[tokio::test]
async fn a_failed_download_is_an_error_and_not_a_file() {
    let server = Server::start([Answer::json(404, &json!({"message": "No downloads"}))]);
    let error = browserbase(&server).sessions().get_downloads("s").await.unwrap_err();
    assert!(error.is_not_found());
    assert_eq!(error.body().unwrap(), r#"{"message":"No downloads"}"#);
}

#[tokio::test]
async fn a_download_takes_as_long_as_it_takes_but_does_not_stand_still() {
    let limit = milliseconds(500);
    // Longer than the client's timeout as a whole, and no pause longer than its read timeout.
    let slow = of_length("10").trickle("0123456789", milliseconds(70));
    let server = Server::start([slow, of_length("10").send("0123").stall()]);
    let builder = Client::builder().api_key(KEY).base_url(server.url());
    let client = builder
        .timeout(limit)
        .read_timeout(Duration::from_secs(1))
        .build()
        .unwrap();
    let download = client.sessions().get_downloads("s").await.unwrap();
    assert_eq!(download.bytes().await.unwrap(), "0123456789");
    let download = client.sessions().get_downloads("s").await.unwrap();
    let error = download.bytes().await.unwrap_err();
    assert!(error.is_timeout());
    assert_eq!(
        error.to_string(),
        format!("{NAME}: the transfer stood still for 1s (the read timeout)")
    );
}

#[tokio::test]
async fn a_time_that_was_given_for_the_call_holds_for_its_download_too() {
    let limit = milliseconds(500);
    for (options, text) in [
        (
            CallOptions::new().timeout(limit),
            "the call took longer than its timeout of 500ms",
        ),
        (
            CallOptions::new().deadline(limit),
            "the call was not done by its deadline of 500ms",
        ),
    ] {
        let server = Server::start([of_length("100").trickle([b'x'; 100], milliseconds(50))]);
        let started = Instant::now();
        let call = browserbase(&server).sessions().get_downloads("s");
        let download = call.with_options(options).await.unwrap();
        let error = download.bytes().await.unwrap_err();
        assert!(error.is_timeout() && !error.is_connect() && error.status().is_none());
        assert_eq!(error.to_string(), format!("{NAME}: {text}"));
        let passed = started.elapsed();
        assert!((limit..limit + SLACK).contains(&passed), "{passed:?}");
    }
}
