//! The feature `testing`: what users write their own tests with.

use std::time::Duration;

use browserbase_client::http::Method;
use browserbase_client::resources::{projects, sessions};
use browserbase_client::testing::{Mock, Reply};
use browserbase_client::types::{Project, Region};
use browserbase_client::{CallOptions, Client, RetryPolicy, TimeoutKind, Upload};
use serde_json::json;

use super::{KEY, client, project};

#[tokio::test]
async fn calls_get_what_the_test_gives_them_and_what_they_sent_is_kept() {
    let mock = Mock::new();
    mock.answer_json::<sessions::Create>(json!({
        "id": "s-1", "createdAt": "2026-01-01T00:00:00Z", "updatedAt": "2026-01-01T00:00:00Z", "projectId": "p-1",
        "startedAt": "2026-01-01T00:00:00Z", "expiresAt": "2026-01-01T01:00:00Z", "status": "RUNNING", "proxyBytes": 0,
        "keepAlive": true, "region": "eu-central-1", "connectUrl": "wss://x", "seleniumRemoteUrl": "https://x",
        "signingKey": "k"
    }))
    .unwrap();
    let create = client(&mock).sessions().create().region(Region::EuCentral1);
    let answer = create.with_response().await.unwrap();
    assert_eq!((answer.status(), &*answer.value().id), (201, "s-1"));
    let [sent] = &*mock.sent_by::<sessions::Create>() else {
        panic!("{mock:?}")
    };
    assert_eq!((sent.operation(), sent.attempt()), ("Sessions_create", 1));
    assert_eq!((sent.method(), sent.path()), (&Method::POST, "/v1/sessions"));
    assert_eq!(sent.url().host_str(), Some("api.browserbase.com"));
    assert_eq!(sent.json().unwrap(), json!({"region": "eu-central-1"}));
    assert_eq!(sent.header("x-bb-api-key"), Some(KEY));
    assert_eq!(mock.sent_by::<sessions::List>().len(), 0);
}

#[tokio::test]
async fn answers_are_given_in_order_and_the_last_one_stays() {
    let mock = Mock::new();
    let mut typed: Project = serde_json::from_value(project("first")).unwrap();
    mock.answer::<projects::Get>(&typed).unwrap();
    typed.name = "second".to_owned();
    mock.answer::<projects::Get>(&typed).unwrap();
    let client = client(&mock);
    let mut names = Vec::new();
    for id in ["a/b", "b", "c"] {
        names.push(client.projects().get(id).await.unwrap().name);
    }
    assert_eq!(names, ["first", "second", "second"]);
    let paths: Vec<_> = mock.sent().iter().map(|sent| sent.path().to_owned()).collect();
    assert_eq!(paths, ["/v1/projects/a%2Fb", "/v1/projects/b", "/v1/projects/c"]);
}

#[tokio::test]
async fn queries_are_kept_decoded() {
    let mock = Mock::new();
    mock.answer::<sessions::List>(&Vec::new()).unwrap();
    client(&mock)
        .sessions()
        .list()
        .q("user_metadata['a']:'b c'")
        .await
        .unwrap();
    let expected = ("q".to_owned(), "user_metadata['a']:'b c'".to_owned());
    assert_eq!(mock.sent()[0].query(), [expected]);
}

#[test]
fn an_answer_that_the_call_does_not_give_is_refused_at_once() {
    let mock = Mock::new();
    let error = mock.answer_json::<projects::Get>(json!({"id": "p"})).unwrap_err();
    assert_eq!(error.to_string(), "missing field `createdAt`");
}

#[tokio::test(start_paused = true)]
async fn a_server_can_be_away_break_off_or_be_late() {
    let mock = Mock::new();
    mock.reply::<projects::List>(Reply::unreachable());
    mock.reply::<projects::List>(Reply::broken());
    mock.reply::<projects::List>(Reply::new(200).json(&json!([])).unwrap().after(Duration::from_secs(7)));
    let client = Client::builder()
        .api_key(KEY)
        .transport(mock.clone())
        .retry(RetryPolicy::never())
        .build()
        .unwrap();
    let away = client.projects().list().await.unwrap_err();
    assert!(away.is_connect() && !away.is_timeout(), "{away:?}");
    assert_eq!(
        away.to_string(),
        "Projects_list (GET /v1/projects): no connection: the mock cannot be reached"
    );
    let broken = client.projects().list().await.unwrap_err();
    assert!(!broken.is_connect() && !broken.is_timeout(), "{broken:?}");
    let options = CallOptions::new().timeout(Duration::from_secs(6));
    let late = client.projects().list().with_options(options).await.unwrap_err();
    assert_eq!(late.timeout(), Some(TimeoutKind::Attempt));
    assert_eq!(client.projects().list().await.unwrap(), []);
}

#[tokio::test]
async fn a_call_that_was_given_nothing_says_so() {
    let mock = Mock::new();
    let error = client(&mock).projects().list().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "Projects_list (GET /v1/projects): 400 Bad Request: the mock was given no answer for Projects_list"
    );
    assert_eq!(mock.sent().len(), 1);
}

#[tokio::test]
async fn downloads_and_uploads_go_through_it_too() {
    let mock = Mock::new();
    let zip = Reply::new(200).body("PK").header("content-type", "application/zip");
    mock.reply::<sessions::GetDownloads>(zip);
    mock.answer_json::<sessions::UploadFile>(json!({"message": "done"}))
        .unwrap();
    let client = client(&mock);
    let download = client.sessions().get_downloads("s").await.unwrap();
    assert_eq!(
        (download.content_length(), download.content_type()),
        (Some(2), Some("application/zip"))
    );
    assert_eq!(download.bytes().await.unwrap(), "PK");
    client
        .sessions()
        .upload_file("s", Upload::from_bytes("a.txt", "hello"))
        .await
        .unwrap();
    let sent = &mock.sent()[1];
    let boundary = sent.header("content-type").unwrap().split_once("boundary=").unwrap().1;
    let expected = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\nContent-Type: \
         text/plain\r\n\r\nhello\r\n--{boundary}--\r\n"
    );
    assert_eq!(sent.body(), &expected);
    assert_eq!(sent.header("content-length"), Some(&*expected.len().to_string()));
}

#[tokio::test]
async fn what_was_sent_does_not_show_the_key() {
    let mock = Mock::new();
    mock.answer::<sessions::List>(&Vec::new()).unwrap();
    client(&mock).sessions().list().await.unwrap();
    let shown = format!("{mock:?}");
    assert!(shown.contains("Sessions_list") && !shown.contains(KEY), "{shown}");
}

/// Each crate has a mock of its own.
mod browser_use {
    use std::time::Duration;

    use browser_use_client::testing::{Mock, Reply, SentRequest};
    use browser_use_client::v3;
    use browser_use_client::v3::resources::browsers;
    use serde_json::json;

    use super::KEY;

    #[tokio::test(start_paused = true)]
    async fn failures_go_through_retries_and_typed_errors() {
        let mock = Mock::new();
        let limited = Reply::new(429).json(&json!({"detail": "slow down"})).unwrap();
        mock.reply::<browsers::Create>(limited.header("retry-after", "3"));
        let client = v3::Client::builder()
            .api_key(KEY)
            .transport(mock.clone())
            .build()
            .unwrap();
        let error = client.browsers().create().await.unwrap_err();
        let Some(browsers::CreateError::TooManyRequests(body)) = error.declared() else {
            panic!("{error:?}")
        };
        assert_eq!(body.detail, Some("slow down".to_owned()));
        assert_eq!(error.retry_after(), Some(Duration::from_secs(3)));
        let attempts: Vec<_> = mock.sent().iter().map(SentRequest::attempt).collect();
        assert_eq!(attempts, [1, 2, 3]);
    }

    #[tokio::test]
    async fn every_version_of_an_api_has_it() {
        let mock = Mock::new();
        mock.reply::<browsers::Create>(Reply::new(402));
        let client = v3::Client::builder()
            .api_key(KEY)
            .transport(mock.clone())
            .build()
            .unwrap();
        let error = client.browsers().create().await.unwrap_err();
        assert_eq!(error.status(), Some(402));
        assert_eq!(mock.sent()[0].path(), "/api/v3/browsers");
    }
}
