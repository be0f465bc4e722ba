//! Files in both directions: streamed, of any size, and never half there.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use browserbase_client::{CallOptions, Error, Upload};
use clientsmith_tests::server::{Answer, Hash, Server, pattern};
use serde_json::json;
use tokio::io::AsyncReadExt;

use super::{boundary_of, browserbase, multipart};

const MIB: u64 = 1024 * 1024;

/// An empty folder for one test.
pub(crate) fn folder(test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("wire-{test}"));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// What is in a folder.
pub(crate) fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}

fn zip(length: u64) -> Answer {
    let length_text = length.to_string();
    Answer::head(
        200,
        &[("content-type", "application/zip"), ("content-length", &length_text)],
    )
    .pattern(length)
}

#[tokio::test]
async fn a_download_streams_without_a_cap() {
    let length = 100 * MIB;
    let server = Server::start([zip(length)]);
    let mut download = browserbase(&server).sessions().get_downloads("s").await.unwrap();
    assert_eq!(download.content_length(), Some(length));
    let (mut received, mut hash, mut largest) = (0, Hash::default(), 0);
    while let Some(piece) = download.chunk().await.unwrap() {
        hash.update(&piece);
        received += piece.len() as u64;
        largest = largest.max(piece.len());
    }
    assert_eq!(received, length);
    assert_eq!(hash, server.sent());
    // What is in memory at a time is a piece, not the whole.
    assert!(largest as u64 <= MIB, "{largest}");
    assert!(download.chunk().await.unwrap().is_none());
}

#[tokio::test]
async fn a_download_is_asked_for_as_it_is_taken() {
    // The server can send no more than the buffers between the two hold while nobody reads.
    let server = Server::start([zip(1024 * MIB)]);
    let mut download = browserbase(&server).sessions().get_downloads("s").await.unwrap();
    let first = download.chunk().await.unwrap().unwrap();
    let mut expected = vec![0; first.len()];
    pattern(0, &mut expected);
    assert_eq!(first, expected);
}

#[tokio::test]
async fn a_download_is_saved_as_a_whole() {
    let folder = folder("saved");
    let path = folder.join("downloads.zip");
    fs::write(&path, "an older file").unwrap();
    let server = Server::start([zip(3 * MIB + 1)]);
    let download = browserbase(&server).sessions().get_downloads("s").await.unwrap();
    assert_eq!(download.save_to(&path).await.unwrap(), 3 * MIB + 1);
    let mut expected = vec![0; 3 * 1024 * 1024 + 1];
    pattern(0, &mut expected);
    assert!(fs::read(&path).unwrap() == expected);
    assert_eq!(names(&folder), ["downloads.zip"]);
}

#[tokio::test]
async fn a_download_of_chunks_has_no_length_and_is_whole_all_the_same() {
    let chunked = Answer::head(200, &[("transfer-encoding", "chunked")]).send("3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
    let server = Server::start([chunked]);
    let download = browserbase(&server).sessions().get_downloads("s").await.unwrap();
    assert_eq!((download.content_length(), download.content_type()), (None, None));
    assert_eq!(download.bytes().await.unwrap(), "abcde");
}

#[tokio::test]
async fn a_place_that_cannot_be_written_is_an_error_of_this_side() {
    let server = Server::start([zip(10)]);
    let download = browserbase(&server).sessions().get_downloads("s").await.unwrap();
    let path = folder("unwritable").join("no such folder").join("x.zip");
    let error = download.save_to(&path).await.unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with(&format!("cannot write {}: ", path.display())),
        "{error}"
    );
    let Error::Io(error) = error else { panic!("{error:?}") };
    assert_eq!(error.kind(), ErrorKind::NotFound);
}

#[tokio::test]
async fn an_upload_streams_from_a_file_with_its_length_name_and_type() {
    let path = folder("upload").join("r\u{e9}sum\u{e9} 1.pdf");
    let mut content = vec![0; 5 * 1024 * 1024 + 17];
    pattern(0, &mut content);
    fs::write(&path, &content).unwrap();
    let server = Server::start([Answer::json(200, &json!({"message": "ok"}))]);
    let upload = Upload::from_path(&path).await.unwrap();
    assert_eq!((upload.len(), upload.is_empty()), (Some(5 * MIB + 17), false));
    let uploaded = browserbase(&server).sessions().upload_file("s", upload).await.unwrap();
    assert_eq!(uploaded.message, "ok");
    let request = server.request();
    let expected = multipart(
        boundary_of(&request),
        "r\u{e9}sum\u{e9} 1.pdf",
        "application/pdf",
        &content,
    );
    assert_eq!(request.header("content-length"), Some(&*expected.len().to_string()));
    assert_eq!(request.header("transfer-encoding"), None);
    assert!(request.body == expected);
}

#[tokio::test]
async fn an_upload_says_what_it_is_told_to_say() {
    let plain = || Upload::from(b"x".to_vec());
    let cases = [
        (
            Upload::from_bytes("a.ZIP", "x"),
            "; filename=\"a.ZIP\"\r\nContent-Type: application/zip",
        ),
        (
            Upload::from_bytes("a.zip", "x").with_content_type("text/x-own"),
            "; filename=\"a.zip\"\r\nContent-Type: text/x-own",
        ),
        (
            Upload::from_bytes("a.zip", "x").with_file_name("b.png"),
            "; filename=\"b.png\"\r\nContent-Type: image/png",
        ),
        (
            Upload::from_bytes("noextension", "x"),
            "; filename=\"noextension\"\r\nContent-Type: application/octet-stream",
        ),
        (plain(), "; filename=\"file\"\r\nContent-Type: application/octet-stream"),
        (
            plain().with_file_name("a\"b\\c"),
            "; filename=\"a%22b\\c\"\r\nContent-Type: application/octet-stream",
        ),
    ];
    for (upload, expected) in cases {
        let server = Server::start([Answer::json(200, &json!({"message": "ok"}))]);
        browserbase(&server).sessions().upload_file("s", upload).await.unwrap();
        let request = server.request();
        let boundary = boundary_of(&request);
        assert_eq!(
            String::from_utf8_lossy(&request.body),
            format!(
                "--{boundary}\r\nContent-Disposition: form-data; name=\"file\"{expected}\r\n\r\nx\r\n--{boundary}--\r\n"
            )
        );
    }
}

#[tokio::test]
async fn a_file_name_cannot_add_a_header() {
    let server = Server::start([Answer::json(200, &json!({"message": "ok"}))]);
    let upload = Upload::from_bytes("a\r\nX-Evil: 1\r\n\r\nb.txt", "x");
    let result = browserbase(&server).sessions().upload_file("s", upload).await;
    result.unwrap();
    let body = String::from_utf8(server.request().body).unwrap();
    let lines: Vec<_> = body.split("\r\n").collect();
    assert_eq!(lines.len(), 7, "{body:?}");
    assert_eq!(lines[2..5], ["Content-Type: text/plain", "", "x"]);
}

#[tokio::test]
async fn an_upload_of_unknown_length_is_sent_in_chunks() {
    let server = Server::start([Answer::json(200, &json!({"message": "ok"}))]);
    let upload = Upload::from_reader("a.txt", &b"from a reader"[..], None);
    browserbase(&server).sessions().upload_file("s", upload).await.unwrap();
    let request = server.request();
    assert_eq!(request.header("transfer-encoding"), Some("chunked"));
    assert_eq!(request.header("content-length"), None);
    assert_eq!(
        request.body,
        multipart(boundary_of(&request), "a.txt", "text/plain", b"from a reader")
    );
}

#[tokio::test]
async fn an_upload_that_is_not_as_long_as_it_says_is_an_error() {
    for (length, reason) in [
        (20, "the upload ended 7 bytes before its length"),
        (5, "the upload is longer than its length"),
    ] {
        let server = Server::start([]);
        let upload = Upload::from_reader("a.txt", &b"from a reader"[..], Some(length));
        let call = browserbase(&server).sessions().upload_file("s", upload);
        let error = call
            .with_options(CallOptions::new().timeout(Duration::from_secs(5)))
            .await
            .unwrap_err();
        assert!(error.to_string().ends_with(reason), "{error}");
        assert!(matches!(error, Error::Transport(_)), "{error:?}");
        assert_eq!(server.requests().len(), 0);
    }
}

#[tokio::test]
async fn a_file_that_cannot_be_read_is_an_error_before_the_call() {
    let folder = folder("unreadable");
    let error = Upload::from_path(folder.join("absent.pdf")).await.unwrap_err();
    let expected = format!("cannot read {}: ", folder.join("absent.pdf").display());
    assert!(error.to_string().starts_with(&expected), "{error}");
    let Error::Io(error) = error else { panic!("{error:?}") };
    assert_eq!(error.kind(), ErrorKind::NotFound);
    let Error::Io(error) = Upload::from_path(&folder).await.unwrap_err() else {
        panic!()
    };
    assert_eq!(error.kind(), ErrorKind::IsADirectory);
}

/// What an observer was told.
type Told = Arc<Mutex<Vec<(u64, Option<u64>)>>>;

/// An observer, and what it was told.
fn observer() -> (Told, impl Fn(u64, Option<u64>) + Send + Sync) {
    let told = Told::default();
    let kept = Arc::clone(&told);
    (told, move |bytes, of| kept.lock().unwrap().push((bytes, of)))
}

#[tokio::test]
async fn a_download_tells_its_progress_and_is_a_reader() {
    let server = Server::start([zip(3 * MIB)]);
    let download = browserbase(&server).sessions().get_downloads("s").await.unwrap();
    let (told, observer) = observer();
    let mut download = download.with_progress(observer);
    let mut start = [0; 5];
    download.read_exact(&mut start).await.unwrap();
    let mut expected = [0; 5];
    pattern(0, &mut expected);
    assert_eq!(start, expected);
    // What the reader has not taken is still there for whoever goes on by pieces.
    let (mut hash, mut received) = (Hash::default(), start.len() as u64);
    hash.update(&start);
    while let Some(piece) = download.chunk().await.unwrap() {
        hash.update(&piece);
        received += piece.len() as u64;
    }
    assert_eq!((received, hash), (3 * MIB, server.sent()));
    let told = told.lock().unwrap();
    assert!(told.windows(2).all(|pair| pair[0].0 < pair[1].0), "{told:?}");
    assert_eq!(told.last(), Some(&(3 * MIB, Some(3 * MIB))));
    assert!(told.len() > 1);
}

#[tokio::test]
async fn a_reader_of_a_download_that_breaks_off_says_why() {
    let server = Server::start([Answer::head(200, &[("content-length", "9")]).send("abc").close()]);
    let mut download = browserbase(&server).sessions().get_downloads("s").await.unwrap();
    let error = download.read_to_end(&mut Vec::new()).await.unwrap_err();
    let error = error.get_ref().unwrap().downcast_ref::<Error>().unwrap();
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
}

#[tokio::test]
async fn an_upload_tells_its_progress_again_with_each_attempt() {
    let server = Server::start([
        Answer::new(429, &[("retry-after-ms", "1")], ""),
        Answer::json(201, &json!({"message": "done"})),
    ]);
    let client = browserbase_client::Client::builder()
        .api_key("k")
        .base_url(server.url())
        .build()
        .unwrap();
    let (told, observer) = observer();
    let upload = Upload::from_bytes("a.bin", vec![7; 100_000]).with_progress(observer);
    client.sessions().upload_file("s", upload).await.unwrap();
    let all = Some(100_000);
    assert_eq!(
        *told.lock().unwrap(),
        [(65_536, all), (100_000, all), (65_536, all), (100_000, all)]
    );
}
