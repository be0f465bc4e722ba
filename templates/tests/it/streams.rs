//! Uploads and downloads.

use std::io;
use std::path::PathBuf;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use tokio::time::Sleep;

use crate::runtime::{CallOptions, Error, Upload};
use crate::sample::Client;
use crate::server::{Answer, Server};

fn client(server: &Server) -> Client {
    Client::builder().base_url(server.url()).api_key("k").build().unwrap()
}

/// A directory that is removed at the end.
struct Directory(PathBuf);

impl Directory {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("clientsmith-runtime-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(&self.0).unwrap();
        let mut names: Vec<_> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Pieces, with a pause before each.
struct Pieces {
    left: Vec<&'static str>,
    pause: Duration,
    sleep: Option<Pin<Box<Sleep>>>,
}

impl Pieces {
    fn new(pieces: &[&'static str], pause: Duration) -> Self {
        Self {
            left: pieces.iter().rev().copied().collect(),
            pause,
            sleep: None,
        }
    }
}

impl Stream for Pieces {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let pause = self.pause;
        let sleep = self.sleep.get_or_insert_with(|| Box::pin(tokio::time::sleep(pause)));
        std::task::ready!(sleep.as_mut().poll(context));
        self.sleep = None;
        Poll::Ready(self.left.pop().map(|piece| Ok(Bytes::from(piece))))
    }
}

#[tokio::test]
async fn a_file_goes_into_a_form_with_name_type_and_length() {
    let directory = Directory::new("form");
    let path = directory.0.join("ré\"port.PDF");
    std::fs::write(&path, b"%PDF\r\n\0").unwrap();
    let server = Server::start([Answer::json(200, "{}")]).await;
    let upload = Upload::from_path(&path).await.unwrap();
    client(&server)
        .sessions()
        .upload_file("1", upload)
        .note("hé")
        .await
        .unwrap();
    let request = server.request();
    let content_type = request.header("content-type").unwrap();
    let boundary = content_type.strip_prefix("multipart/form-data; boundary=").unwrap();
    let expected = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"ré%22port.PDF\"\r\n\
         Content-Type: application/pdf\r\n\r\n%PDF\r\n\0\r\n\
         --{boundary}\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nhé\r\n\
         --{boundary}\r\nContent-Disposition: form-data; name=\"meta\"\r\nContent-Type: application/json\r\n\r\n[\"a\"]\r\n\
         --{boundary}--\r\n"
    );
    assert_eq!(request.text(), expected);
    assert_eq!(
        request.header("content-length"),
        Some(expected.len().to_string().as_str())
    );
    assert_eq!(request.header("transfer-encoding"), None);
    assert_eq!(request.header("x-sample-key"), Some("k"));
    assert_eq!(request.line(), "POST /v1/sessions/1/uploads");
}

#[tokio::test]
async fn a_file_goes_as_it_is() {
    let directory = Directory::new("raw");
    let path = directory.0.join("big.bin");
    let content: Vec<u8> = (0..300_000_u32).flat_map(u32::to_le_bytes).collect();
    std::fs::write(&path, &content).unwrap();
    let server = Server::start([Answer::json(200, "{}")]).await;
    client(&server)
        .sessions()
        .put_raw(Upload::from_path(&path).await.unwrap())
        .await
        .unwrap();
    let request = server.request();
    assert!(request.body == content);
    assert_eq!(request.header("content-length"), Some("1200000"));
    assert_eq!(request.header("content-type"), Some("application/octet-stream"));
    assert_eq!(request.line(), "PUT /v1/raw");
}

#[tokio::test]
async fn uploads_from_elsewhere() {
    let server = Server::start([Answer::json(200, "{}")]).await;
    let client = client(&server);
    let none = Duration::ZERO;
    client.sessions().put_raw(b"abc".to_vec()).await.unwrap();
    client
        .sessions()
        .put_raw(Upload::from_bytes("a.csv", "1,2"))
        .await
        .unwrap();
    client
        .sessions()
        .put_raw(Upload::from_reader("a.bin", &b"reader"[..], Some(6)))
        .await
        .unwrap();
    let unknown = Upload::from_stream("a.txt", Pieces::new(&["ab", "c"], none), None).with_content_type("x/y");
    client.sessions().put_raw(unknown).await.unwrap();
    client.sessions().put_raw(Bytes::new()).await.unwrap();
    let seen: Vec<_> = server
        .requests()
        .iter()
        .map(|request| {
            let header = |name| request.header(name).unwrap_or("-").to_owned();
            (
                header("content-type"),
                header("content-length"),
                header("transfer-encoding"),
                request.text().to_owned(),
            )
        })
        .collect();
    let row = |kind: &str, length: &str, encoding: &str, body: &str| {
        (kind.to_owned(), length.to_owned(), encoding.to_owned(), body.to_owned())
    };
    assert_eq!(seen[0], row("application/octet-stream", "3", "-", "abc"));
    assert_eq!(seen[1], row("text/csv", "3", "-", "1,2"));
    assert_eq!(seen[2], row("application/octet-stream", "6", "-", "reader"));
    assert_eq!(seen[3], row("x/y", "-", "chunked", "2\r\nab\r\n1\r\nc\r\n0\r\n\r\n"));
    assert_eq!(seen[4], row("application/octet-stream", "0", "-", ""));
}

#[tokio::test]
async fn an_upload_holds_to_its_length() {
    let server = Server::start([Answer::json(200, "{}")]).await;
    let short = Upload::from_stream("a", Pieces::new(&["ab"], Duration::ZERO), Some(5));
    let error = client(&server).sessions().put_raw(short).await.unwrap_err();
    let name = "PUT /v1/raw: the call failed before an answer came: ";
    assert_eq!(
        error.to_string(),
        format!("{name}the upload ended 3 bytes before its length")
    );
    let long = Upload::from_stream("a", Pieces::new(&["ab", "cd"], Duration::ZERO), Some(3));
    let error = client(&server).sessions().put_raw(long).await.unwrap_err();
    assert_eq!(error.to_string(), format!("{name}the upload is longer than its length"));
}

#[tokio::test]
async fn a_file_that_is_not_there() {
    let error = Upload::from_path("/nowhere/a.pdf").await.unwrap_err();
    let Error::Io(inner) = &error else { panic!("{error:?}") };
    assert_eq!(inner.kind(), io::ErrorKind::NotFound);
    assert!(error.to_string().starts_with("cannot read /nowhere/a.pdf: "), "{error}");
    assert!(
        Upload::from_path(std::env::temp_dir())
            .await
            .unwrap_err()
            .to_string()
            .contains("cannot read ")
    );
}

#[tokio::test]
async fn an_upload_may_take_longer_than_a_call_as_long_as_it_goes_on() {
    let server = Server::start([Answer::json(200, "{}")]).await;
    let builder = Client::builder().base_url(server.url()).api_key("k");
    let client = builder
        .timeout(Duration::from_millis(50))
        .read_timeout(Duration::from_millis(500))
        .build()
        .unwrap();
    let slow = || {
        Upload::from_stream(
            "a",
            Pieces::new(&["a", "b", "c", "d", "e"], Duration::from_millis(80)),
            Some(5),
        )
    };
    client.sessions().put_raw(slow()).await.unwrap();
    assert_eq!(server.request().text(), "abcde");
    let stuck = Upload::from_stream("a", Pieces::new(&["a"], Duration::from_secs(9)), Some(1));
    let error = client.sessions().put_raw(stuck).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "PUT /v1/raw: the transfer stood still for 500ms (the read timeout)"
    );
    let options = CallOptions::new().timeout(Duration::from_millis(100));
    let error = client
        .sessions()
        .put_raw(slow())
        .with_options(options)
        .await
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "PUT /v1/raw: the call took longer than its timeout of 100ms"
    );
}

#[tokio::test]
async fn a_download_is_saved_as_a_whole() {
    let directory = Directory::new("save");
    let path = directory.0.join("d.zip");
    std::fs::write(&path, "old").unwrap();
    let content = vec![7; 1_500_000];
    let server = Server::start([Answer::new(200, &[("content-type", "application/zip")], &content)]).await;
    let download = client(&server).sessions().get_downloads("1").await.unwrap();
    assert_eq!(
        (download.content_length(), download.content_type()),
        (Some(1_500_000), Some("application/zip"))
    );
    assert_eq!(download.save_to(&path).await.unwrap(), 1_500_000);
    assert!(std::fs::read(&path).unwrap() == content);
    assert_eq!(directory.names(), ["d.zip"]);
    assert_eq!(server.request().header("accept"), Some("application/zip"));
}

#[tokio::test]
async fn a_download_that_breaks_off_leaves_nothing() {
    let directory = Directory::new("broken");
    let path = directory.0.join("d.zip");
    std::fs::write(&path, "old").unwrap();
    let head = "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\npart";
    let server = Server::start([Answer::raw(head).wait(Duration::from_millis(50))]).await;
    let error = client(&server)
        .sessions()
        .get_downloads("1")
        .await
        .unwrap()
        .save_to(&path)
        .await
        .unwrap_err();
    assert!(error.to_string().contains("the answer broke off"), "{error}");
    assert_eq!(
        (std::fs::read(&path).unwrap(), directory.names()),
        (b"old".to_vec(), vec!["d.zip".to_owned()])
    );
    let server = Server::start([Answer::raw(head).wait(Duration::from_secs(9))]).await;
    let saving = client(&server)
        .sessions()
        .get_downloads("1")
        .await
        .unwrap()
        .save_to(directory.0.join("e.zip"));
    assert!(tokio::time::timeout(Duration::from_millis(100), saving).await.is_err());
    assert_eq!(directory.names(), ["d.zip"]);
    let download = client(&server).sessions().get_downloads("1").await.unwrap();
    let error = download.save_to("/nowhere/d.zip").await.unwrap_err();
    assert!(
        error.to_string().starts_with("cannot write /nowhere/d.zip: "),
        "{error}"
    );
}

#[tokio::test]
async fn a_download_may_take_longer_than_a_call_as_long_as_it_goes_on() {
    let pause = Duration::from_millis(80);
    let slow = Answer::raw("HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\n")
        .wait(pause)
        .send("a")
        .wait(pause);
    let server = Server::start([slow.send("b").wait(pause).send("c")]).await;
    let builder = Client::builder().base_url(server.url()).api_key("k");
    let client = builder
        .timeout(Duration::from_millis(60))
        .read_timeout(Duration::from_millis(500))
        .build()
        .unwrap();
    let mut download = tokio::spawn(client.sessions().get_downloads("1").into_future())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(download.chunk().await.unwrap().as_deref(), Some(b"a".as_slice()));
    let rest = tokio::spawn(download.bytes()).await.unwrap().unwrap();
    assert_eq!(rest.as_ref(), b"bc");
    let options = CallOptions::new().timeout(Duration::from_millis(120));
    let download = client
        .sessions()
        .get_downloads("1")
        .with_options(options)
        .await
        .unwrap();
    let error = download.bytes().await.unwrap_err();
    assert!(
        error
            .to_string()
            .ends_with("the call took longer than its timeout of 120ms"),
        "{error}"
    );
    let server = Server::start([Answer::raw("HTTP/1.1 200 OK\r\n\r\n").wait(Duration::from_secs(9))]).await;
    let builder = Client::builder()
        .base_url(server.url())
        .api_key("k")
        .read_timeout(pause);
    let download = builder.build().unwrap().sessions().get_downloads("1").await.unwrap();
    let error = download.bytes().await.unwrap_err();
    assert!(
        error
            .to_string()
            .ends_with("the transfer stood still for 80ms (the read timeout)"),
        "{error}"
    );
}
