//! Calls that are given up: their futures are dropped, at every stage. Nothing is left behind: no connection, no further
//! send, no file.

use std::future::Future;
use std::net::TcpStream;
use std::task::{Context, Waker};
use std::time::Duration;

use browserbase_client::Upload;
use clientsmith_tests::server::{Answer, Server};
use clientsmith_tests::unreachable::Full;
use tokio::io::AsyncWriteExt;
use tokio::time::{sleep, timeout};

use super::callers::Limits;
use super::{milliseconds, until, with_each};
use crate::wire::browserbase;
use crate::wire::transfers::{folder, names};

/// Drives something until the server has the request and did what it does at once, and drops it.
async fn give_up(server: &Server, driven: impl Future) {
    let sent = async {
        until(|| server.requests().len() == 1).await;
        sleep(milliseconds(100)).await;
    };
    tokio::select! {
        _ = driven => panic!("it ended"),
        () = sent => {}
    }
}

#[tokio::test]
async fn while_an_answer_is_waited_for_or_comes() {
    with_each(|caller| async {
        let started = || Answer::head(200, &[("content-length", "100")]);
        for answer in [
            Answer::silence(),
            Answer::nothing().send("HTTP/1.1 200 OK\r\ncont").stall(),
            started().stall(),
            started().send("{\"id\"").stall(),
            Answer::head(500, &[("content-length", "100")]).send("half of").stall(),
        ] {
            let server = Server::start([answer]);
            let call = (caller.client)(server.url(), &Limits::default());
            give_up(&server, call()).await;
            // The client is there still: it is the call's end that ends the connection.
            until(|| server.open_connections() == 0).await;
            assert_eq!(server.requests().len(), 1, "{}", caller.name);
        }
    })
    .await;
}

#[tokio::test]
async fn in_a_pause_before_another_attempt() {
    with_each(|caller| async {
        let busy = Answer::new(429, &[("retry-after", "3")], "");
        let server = Server::start([busy, caller.success()]);
        let call = (caller.client)(server.url(), &Limits::default());
        give_up(&server, call()).await;
        sleep(milliseconds(3200)).await;
        assert_eq!(server.requests().len(), 1, "{}", caller.name);
        // The connection is kept for the next call, as long as there is a client that may make one.
        drop(call);
        until(|| server.open_connections() == 0).await;
    })
    .await;
}

/// The address does not answer. Whoever still wants to connect when it does at last comes in the order in which they
/// began: the call, had it not been given up, and then somebody else.
#[tokio::test]
async fn while_a_connection_is_made() {
    with_each(|caller| async {
        let full = Full::start();
        let call = (caller.client)(full.url(), &Limits::default());
        assert!(timeout(milliseconds(200), call()).await.is_err());
        let address = full.address();
        let next = tokio::task::spawn_blocking(move || TcpStream::connect(address));
        sleep(milliseconds(100)).await;
        let first = tokio::task::spawn_blocking(|| full.open()).await.unwrap().unwrap();
        assert_eq!(
            first,
            next.await.unwrap().unwrap().local_addr().unwrap(),
            "{}",
            caller.name
        );
    })
    .await;
}

#[tokio::test]
async fn while_an_upload_is_sent() {
    let server = Server::start([]);
    let (mut source, reader) = tokio::io::duplex(64);
    source.write_all(b"the first part").await.unwrap();
    let client = browserbase(&server);
    let call = client
        .sessions()
        .upload_file("s", Upload::from_reader("a.txt", reader, Some(100)));
    tokio::select! {
        _ = call.into_future() => panic!("it ended"),
        () = until(|| server.open_connections() == 1) => {}
    }
    until(|| server.open_connections() == 0).await;
    assert_eq!(server.requests().len(), 0);
    // What was to be sent is let go of, too.
    let error = source.write_all(&[0; 100]).await.unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::BrokenPipe);
}

#[tokio::test]
async fn while_a_download_is_saved() {
    let folder = folder("given-up");
    let answer = || Answer::head(200, &[("content-length", "9")]).send("abc").stall();
    let server = Server::start([answer(), answer()]);
    let client = browserbase(&server);
    let path = folder.join("downloads.zip");
    let download = client.sessions().get_downloads("s").await.unwrap();
    assert!(timeout(milliseconds(200), download.save_to(&path)).await.is_err());
    assert_eq!(names(&folder), [""; 0]);
    until(|| server.open_connections() == 0).await;
    // At its first step: the file is being made.
    let download = client.sessions().get_downloads("s").await.unwrap();
    {
        let saving = std::pin::pin!(download.save_to(&path));
        let started = saving.poll(&mut Context::from_waker(Waker::noop()));
        assert!(started.is_pending());
    }
    until(|| server.open_connections() == 0).await;
    sleep(Duration::from_millis(100)).await;
    assert_eq!(names(&folder), [""; 0]);
    assert_eq!(server.requests().len(), 2);
}
