//! The feature `blocking`: the same calls without async.

use std::io::Read;
use std::path::Path;
use std::task::Poll;
use std::time::Duration;

use browserbase_client::blocking::{Block, Iterate, Reader};
use browserbase_client::http::Method;
use browserbase_client::resources::{projects, sessions};
use browserbase_client::testing::{Mock, Reply};
use browserbase_client::{Client, Error, Upload};
use clientsmith_tests::server::{Answer, Server};
use fixtures_client::blocking::Iterate as _;
use serde_json::{Value, json};

use super::{KEY, client, project};

#[test]
fn a_call_is_made_and_waited_for() {
    let server = Server::start([Answer::json(200, &project("blocking"))]);
    let client = Client::builder().api_key(KEY).base_url(server.url()).build().unwrap();
    assert_eq!(client.projects().get("p").block().unwrap().name, "blocking");
    assert_eq!(server.request().target, "/v1/projects/p");
}

#[test]
fn all_that_is_awaited_can_be_waited_for() {
    let mock = Mock::new();
    mock.answer_json::<projects::Get>(project("p")).unwrap();
    mock.reply_to(Method::GET, "/new", Reply::new(200).text("new"));
    let client = client(&mock);
    let answer = client.projects().get("p").with_response().block().unwrap();
    assert_eq!((answer.status(), &*answer.value().name), (200, "p"));
    let raw = client.request(Method::GET, "/new").send().block().unwrap();
    assert_eq!(raw.text().block().unwrap().into_value(), "new");
}

#[test]
fn errors_are_the_same() {
    let mock = Mock::new();
    mock.reply::<projects::Get>(Reply::new(404).text("none"));
    let error = client(&mock).projects().get("p").block().unwrap_err();
    assert!(error.is_not_found());
    assert_eq!(
        error.to_string(),
        "Projects_get (GET /v1/projects/{id}): 404 Not Found: none"
    );
}

#[test]
fn files_go_both_ways() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let (from, to) = (folder.join("blocking.txt"), folder.join("blocking.zip"));
    std::fs::write(&from, "hello").unwrap();
    let mock = Mock::new();
    mock.answer_json::<sessions::UploadFile>(json!({"message": "done"}))
        .unwrap();
    mock.reply::<sessions::GetDownloads>(Reply::new(200).body("PK and more"));
    let client = client(&mock);
    let upload = Upload::from_path(&from).block().unwrap();
    client.sessions().upload_file("s", upload).block().unwrap();
    assert!(mock.sent()[0].body().windows(5).any(|bytes| bytes == b"hello"));
    let download = client.sessions().get_downloads("s").block().unwrap();
    assert_eq!(download.save_to(&to).block().unwrap(), 11);
    assert_eq!(std::fs::read_to_string(&to).unwrap(), "PK and more");
    let mut text = String::new();
    let download = client.sessions().get_downloads("s").block().unwrap();
    Reader::from(download).read_to_string(&mut text).unwrap();
    assert_eq!(text, "PK and more");
    let pieces = client.sessions().get_downloads("s").block().unwrap().iterate();
    assert_eq!(pieces.map(Result::unwrap).collect::<Vec<_>>().concat(), b"PK and more");
}

#[test]
fn lists_are_gone_through() {
    let page = |ids: [i64; 2], next: Value| {
        let things: Vec<_> = ids.iter().map(|id| json!({"id": id})).collect();
        Answer::json(200, &json!({"data": {"things": things}, "meta": {"next.token": next}}))
    };
    let server = Server::start([page([1, 2], json!("a")), page([3, 4], json!(null))]);
    let client = fixtures_client::pages::Client::builder()
        .base_url(server.url())
        .api_key("k")
        .build()
        .unwrap();
    let items = client.lists().by_cursor().items_param("i").items().iterate();
    let ids: Vec<_> = items.map(|item| item.unwrap().id).collect();
    assert_eq!(ids, [1, 2, 3, 4]);
}

#[tokio::test]
async fn it_does_not_panic_where_async_code_runs() {
    let mock = Mock::new();
    mock.answer_json::<projects::Get>(project("p")).unwrap();
    assert_eq!(client(&mock).projects().get("p").block().unwrap().name, "p");
}

#[test]
fn several_threads_wait_at_once() {
    let mock = Mock::new();
    let answer = Reply::new(200).json(&project("p")).unwrap();
    // A timer, so that there is something to wait for.
    mock.reply::<projects::Get>(answer.after(Duration::from_millis(20)));
    let client = client(&mock);
    let names: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8)
            .map(|_| scope.spawn(|| client.projects().get("p").block().unwrap().name))
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(names, ["p"; 8]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn it_may_be_used_on_threads_that_may_wait() {
    let server = Server::start([Answer::json(200, &project("pool"))]);
    let client = Client::builder().api_key(KEY).base_url(server.url()).build().unwrap();
    let waiting = tokio::task::spawn_blocking(move || client.projects().get("p").block().unwrap().name);
    assert_eq!(waiting.await.unwrap(), "pool");
}

#[test]
fn what_is_waited_for_may_itself_wait() {
    let mock = Mock::new();
    mock.answer_json::<projects::Get>(project("p")).unwrap();
    let client = client(&mock);
    let nested = async { Ok::<_, Error>(client.projects().get("p").block()?.name) };
    assert_eq!(nested.block().unwrap(), "p");
}

#[test]
fn a_panic_goes_on_in_the_thread_that_waits() {
    let panics = std::future::poll_fn(|_| -> Poll<Result<(), Error>> { panic!("on its way") });
    let panicked = std::panic::catch_unwind(|| panics.block()).unwrap_err();
    assert_eq!(panicked.downcast_ref::<&str>(), Some(&"on its way"));
}
