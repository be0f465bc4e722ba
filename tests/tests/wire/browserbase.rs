//! Every operation of Browserbase: the least that can be said in a call, and the most.

use browserbase_client::types::{
    BrowserSettings, BrowserbaseProxyConfig, ContextSettings, ExternalProxyConfig, Geolocation, NoneProxyConfig,
    OperatingSystem, ProxyConfig, Region, SessionStatus, SessionStatusUpdate, Viewport,
};
use browserbase_client::{Client, Upload};
use serde_json::{Value, json};

use super::{Answered, BROWSERBASE, Row, Sent, call, run};

const JSON: &str = "application/json";

/// The calls of every resource.
pub(super) fn rows() -> Vec<Row<Client>> {
    let resources = [
        contexts(),
        extensions(),
        fetch_and_search(),
        projects(),
        sessions(),
        files(),
    ];
    resources.into_iter().flatten().collect()
}

#[tokio::test]
async fn contexts_send_and_read_what_the_document_says() {
    run(&BROWSERBASE, contexts()).await;
}

#[tokio::test]
async fn extensions_send_and_read_what_the_document_says() {
    run(&BROWSERBASE, extensions()).await;
}

#[tokio::test]
async fn fetch_and_search_send_and_read_what_the_document_says() {
    run(&BROWSERBASE, fetch_and_search()).await;
}

#[tokio::test]
async fn projects_send_and_read_what_the_document_says() {
    run(&BROWSERBASE, projects()).await;
}

#[tokio::test]
async fn sessions_send_and_read_what_the_document_says() {
    run(&BROWSERBASE, sessions()).await;
}

#[tokio::test]
async fn files_of_sessions_send_and_read_what_the_document_says() {
    run(&BROWSERBASE, files()).await;
}

pub(super) fn context_upload() -> Value {
    json!({
        "id": "ctx_1",
        "uploadUrl": "https://s3.example/upload?X-Signature=abc",
        "publicKey": "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----",
        "cipherAlgorithm": "AES-256-CBC",
        "initializationVectorSize": 255
    })
}

pub(super) fn context() -> Value {
    json!({
        "id": "ctx_1",
        "createdAt": "2026-10-01T08:00:00Z",
        "updatedAt": "2026-10-02T09:30:00.123456789Z",
        "projectId": "proj_1"
    })
}

fn contexts() -> Vec<Row<Client>> {
    vec![
        Row {
            id: "Contexts_create",
            method: "POST",
            target: "/v1/contexts",
            accept: JSON,
            // The body is optional, and what the vendor wants in place of none is this.
            sent: Sent::Json(json!({})),
            answer: (201, Answered::Json(context_upload())),
            call: call!(|client| client.contexts().create()),
        },
        Row {
            id: "Contexts_create",
            method: "POST",
            target: "/v1/contexts",
            accept: JSON,
            sent: Sent::Json(json!({"projectId": "proj_1"})),
            answer: (201, Answered::Json(context_upload())),
            call: call!(|client| client.contexts().create().project_id("proj_1")),
        },
        Row {
            id: "Contexts_get",
            method: "GET",
            target: "/v1/contexts/ctx_1",
            accept: JSON,
            sent: Sent::Nothing,
            answer: (200, Answered::Json(context())),
            call: call!(|client| client.contexts().get("ctx_1")),
        },
        Row {
            id: "Contexts_update",
            method: "PUT",
            target: "/v1/contexts/ctx_1",
            accept: JSON,
            sent: Sent::Zero,
            answer: (200, Answered::Json(context_upload())),
            call: call!(|client| client.contexts().update("ctx_1")),
        },
        Row {
            id: "Contexts_delete",
            method: "DELETE",
            target: "/v1/contexts/ctx_1",
            accept: "*/*",
            sent: Sent::Nothing,
            answer: (204, Answered::Nothing),
            call: call!(|client| client.contexts().delete("ctx_1")),
        },
    ]
}

pub(super) fn extension() -> Value {
    json!({
        "id": "ext_1",
        "createdAt": "2026-10-01T08:00:00Z",
        "updatedAt": "2026-10-01T08:00:01Z",
        "fileName": "adblock.zip",
        "projectId": "proj_1"
    })
}

fn extensions() -> Vec<Row<Client>> {
    vec![
        Row {
            id: "Extensions_upload",
            method: "POST",
            target: "/v1/extensions",
            accept: JSON,
            sent: Sent::File {
                name: "adblock.zip",
                content_type: "application/zip",
                content: "PK\u{3}\u{4}\r\n--not-the-boundary\r\n",
            },
            answer: (200, Answered::Json(extension())),
            call: call!(|client| {
                let file = Upload::from_bytes("adblock.zip", "PK\u{3}\u{4}\r\n--not-the-boundary\r\n");
                client.extensions().upload(file)
            }),
        },
        Row {
            id: "Extensions_get",
            method: "GET",
            target: "/v1/extensions/ext_1",
            accept: JSON,
            sent: Sent::Nothing,
            answer: (200, Answered::Json(extension())),
            call: call!(|client| client.extensions().get("ext_1")),
        },
        Row {
            id: "Extensions_delete",
            method: "DELETE",
            target: "/v1/extensions/ext_1",
            accept: "*/*",
            sent: Sent::Nothing,
            answer: (204, Answered::Nothing),
            call: call!(|client| client.extensions().delete("ext_1")),
        },
    ]
}

pub(super) fn fetched_page() -> Value {
    json!({
        "id": "fetch_1",
        "statusCode": 404,
        "headers": {"content-type": "text/html", "x-empty": ""},
        "content": "<p>\u{e9}\u{1f980}</p>",
        "contentType": "text/html",
        "encoding": "utf-8"
    })
}

pub(super) fn search_results() -> Value {
    json!({
        "requestId": "req_1",
        "query": "rust \u{201c}openapi\u{201d}",
        "results": [
            {
                "id": "r1",
                "url": "https://example.com/",
                "title": "An example",
                "author": "A. Person",
                "publishedDate": "2026-03-04T05:06:07Z",
                "image": "",
                "favicon": "https://example.com/favicon.ico"
            },
            {"id": "r2", "url": "", "title": ""}
        ]
    })
}

fn fetch_and_search() -> Vec<Row<Client>> {
    vec![
        Row {
            id: "Fetch_create",
            method: "POST",
            target: "/v1/fetch",
            accept: JSON,
            sent: Sent::Json(json!({"url": "https://example.com/"})),
            answer: (200, Answered::Json(fetched_page())),
            call: call!(|client| client.fetch().create("https://example.com/")),
        },
        Row {
            id: "Fetch_create",
            method: "POST",
            target: "/v1/fetch",
            accept: JSON,
            sent: Sent::Json(json!({
                "url": "https://example.com/", "allowRedirects": true, "allowInsecureSsl": false, "proxies": true
            })),
            answer: (200, Answered::Json(fetched_page())),
            call: call!(|client| {
                let call = client.fetch().create("https://example.com/");
                call.allow_redirects(true).allow_insecure_ssl(false).proxies(true)
            }),
        },
        Row {
            id: "Search_web",
            method: "POST",
            target: "/v1/search",
            accept: JSON,
            sent: Sent::Json(json!({"query": "rust"})),
            answer: (200, Answered::Json(search_results())),
            call: call!(|client| client.search().web("rust")),
        },
        Row {
            id: "Search_web",
            method: "POST",
            target: "/v1/search",
            accept: JSON,
            sent: Sent::Json(json!({"query": "rust", "numResults": 25})),
            answer: (200, Answered::Json(search_results())),
            call: call!(|client| client.search().web("rust").num_results(25)),
        },
    ]
}

pub(super) fn project() -> Value {
    json!({
        "id": "proj_1",
        "createdAt": "2026-10-01T08:00:00Z",
        "updatedAt": "2026-10-01T08:00:01Z",
        "name": "Default",
        "ownerId": "user_1",
        "defaultTimeout": 21600,
        "concurrency": 100
    })
}

fn projects() -> Vec<Row<Client>> {
    vec![
        Row {
            id: "Projects_list",
            method: "GET",
            target: "/v1/projects",
            accept: JSON,
            sent: Sent::Nothing,
            answer: (200, Answered::Json(json!([project(), project()]))),
            call: call!(|client| client.projects().list()),
        },
        Row {
            id: "Projects_list",
            method: "GET",
            target: "/v1/projects",
            accept: JSON,
            sent: Sent::Nothing,
            answer: (200, Answered::Json(json!([]))),
            call: call!(|client| client.projects().list()),
        },
        Row {
            id: "Projects_get",
            method: "GET",
            target: "/v1/projects/proj_1",
            accept: JSON,
            sent: Sent::Nothing,
            answer: (200, Answered::Json(project())),
            call: call!(|client| client.projects().get("proj_1")),
        },
        Row {
            id: "Projects_usage",
            method: "GET",
            target: "/v1/projects/proj_1/usage",
            accept: JSON,
            sent: Sent::Nothing,
            // More than 32 bits.
            answer: (
                200,
                Answered::Json(json!({"browserMinutes": 5_000_000_000_i64, "proxyBytes": i64::MAX})),
            ),
            call: call!(|client| client.projects().usage("proj_1")),
        },
    ]
}

/// A session with the least that an answer may hold.
pub(crate) fn session() -> Value {
    json!({
        "id": "sess_1",
        "createdAt": "2026-10-01T08:00:00Z",
        "updatedAt": "2026-10-01T08:00:01Z",
        "projectId": "proj_1",
        "startedAt": "2026-10-01T08:00:02Z",
        "expiresAt": "2026-10-01T14:00:00Z",
        "status": "RUNNING",
        "proxyBytes": 0,
        "keepAlive": false,
        "region": "us-west-2"
    })
}

/// A session with everything.
pub(super) fn full_session() -> Value {
    json!({
        "id": "sess_2",
        "createdAt": "2026-10-01T08:00:00Z",
        "updatedAt": "2026-10-01T08:00:01Z",
        "projectId": "proj_1",
        "startedAt": "2026-10-01T08:00:02Z",
        "endedAt": "2026-10-01T09:00:00.5Z",
        "expiresAt": "2026-10-01T14:00:00Z",
        "status": "TIMED_OUT",
        "proxyBytes": 3_000_000_000_i64,
        "keepAlive": true,
        "contextId": "ctx_1",
        "region": "ap-southeast-1",
        "userMetadata": {"team": "growth", "nested": {"list": [1, 2.5, null, true]}}
    })
}

/// With the fields that tell how to connect.
pub(crate) fn connected(session: Value) -> Value {
    with(
        session,
        &json!({
            "connectUrl": "wss://connect.example/?apiKey=k&sessionId=sess_2",
            "seleniumRemoteUrl": "",
            "signingKey": "sign"
        }),
    )
}

fn with(mut value: Value, more: &Value) -> Value {
    value.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    value
}

pub(super) fn everything_of_create(client: &Client) -> browserbase_client::resources::sessions::Create {
    let proxies: [ProxyConfig; 3] = [
        BrowserbaseProxyConfig::new()
            .geolocation(Geolocation::new("US").city("New York").state("NY"))
            .domain_pattern("*.shop")
            .into(),
        ExternalProxyConfig::new("http://proxy.example:8080")
            .domain_pattern("example.com")
            .username("user")
            .password("pass")
            .into(),
        NoneProxyConfig::new().domain_pattern("*.internal").into(),
    ];
    let settings = BrowserSettings::new()
        .context(ContextSettings::new("ctx_1").persist(true))
        .extension_id("ext_2")
        .viewport(Viewport::new().width(1920).height(1080))
        .block_ads(true)
        .solve_captchas(false)
        .record_session(false)
        .log_session(false)
        .advanced_stealth(true)
        .captcha_image_selector("#image")
        .captcha_input_selector("#input")
        .os(OperatingSystem::Tablet)
        .verified(true)
        .ignore_certificate_errors(false);
    client
        .sessions()
        .create()
        .project_id("proj_1")
        .extension_id("ext_1")
        .browser_settings(settings)
        .timeout(3600)
        .keep_alive(true)
        .proxies(proxies)
        .region(Region::EuCentral1)
        .user_metadata([("team", json!("growth")), ("n", json!(1))])
}

fn everything_sent() -> Value {
    json!({
        "projectId": "proj_1",
        "extensionId": "ext_1",
        "browserSettings": {
            "context": {"id": "ctx_1", "persist": true},
            "extensionId": "ext_2",
            "viewport": {"width": 1920, "height": 1080},
            "blockAds": true,
            "solveCaptchas": false,
            "recordSession": false,
            "logSession": false,
            "advancedStealth": true,
            "captchaImageSelector": "#image",
            "captchaInputSelector": "#input",
            "os": "tablet",
            "verified": true,
            "ignoreCertificateErrors": false
        },
        "timeout": 3600,
        "keepAlive": true,
        "proxies": [
            {
                "type": "browserbase",
                "geolocation": {"city": "New York", "state": "NY", "country": "US"},
                "domainPattern": "*.shop"
            },
            {
                "type": "external",
                "server": "http://proxy.example:8080",
                "domainPattern": "example.com",
                "username": "user",
                "password": "pass"
            },
            {"type": "none", "domainPattern": "*.internal"}
        ],
        "region": "eu-central-1",
        "userMetadata": {"team": "growth", "n": 1}
    })
}

fn sessions() -> Vec<Row<Client>> {
    vec![
        Row {
            id: "Sessions_list",
            method: "GET",
            target: "/v1/sessions",
            accept: JSON,
            sent: Sent::Nothing,
            answer: (200, Answered::Json(json!([session(), full_session()]))),
            call: call!(|client| client.sessions().list()),
        },
        Row {
            id: "Sessions_list",
            method: "GET",
            target: "/v1/sessions?status=TIMED_OUT&q=user_metadata%5B%27team%27%5D%3A%27a%26b%20%2B%27",
            accept: JSON,
            sent: Sent::Nothing,
            answer: (200, Answered::Json(json!([]))),
            call: call!(|client| {
                let call = client.sessions().list().status(SessionStatus::TimedOut);
                call.q("user_metadata['team']:'a&b +'")
            }),
        },
        Row {
            id: "Sessions_create",
            method: "POST",
            target: "/v1/sessions",
            accept: JSON,
            sent: Sent::Json(json!({})),
            answer: (201, Answered::Json(connected(session()))),
            call: call!(|client| client.sessions().create()),
        },
        Row {
            id: "Sessions_create",
            method: "POST",
            target: "/v1/sessions",
            accept: JSON,
            sent: Sent::Json(everything_sent()),
            answer: (201, Answered::Json(connected(full_session()))),
            call: call!(|client| everything_of_create(&client)),
        },
        Row {
            id: "Sessions_create",
            method: "POST",
            target: "/v1/sessions",
            accept: JSON,
            sent: Sent::Json(json!({"proxies": true})),
            answer: (201, Answered::Json(connected(session()))),
            call: call!(|client| client.sessions().create().proxies(true)),
        },
        Row {
            id: "Sessions_get",
            method: "GET",
            target: "/v1/sessions/sess_1",
            accept: JSON,
            sent: Sent::Nothing,
            answer: (200, Answered::Json(session())),
            call: call!(|client| client.sessions().get("sess_1")),
        },
        Row {
            id: "Sessions_get",
            method: "GET",
            target: "/v1/sessions/sess_2",
            accept: JSON,
            sent: Sent::Nothing,
            answer: (200, Answered::Json(connected(full_session()))),
            call: call!(|client| client.sessions().get("sess_2")),
        },
        Row {
            id: "Sessions_update",
            method: "POST",
            target: "/v1/sessions/sess_1",
            accept: JSON,
            sent: Sent::Json(json!({"status": "REQUEST_RELEASE"})),
            answer: (200, Answered::Json(session())),
            call: call!(|client| client.sessions().update("sess_1", SessionStatusUpdate::RequestRelease)),
        },
        Row {
            id: "Sessions_update",
            method: "POST",
            target: "/v1/sessions/sess_1",
            accept: JSON,
            sent: Sent::Json(json!({"projectId": "proj_1", "status": "REQUEST_RELEASE"})),
            answer: (200, Answered::Json(full_session())),
            call: call!(|client| {
                client
                    .sessions()
                    .update("sess_1", SessionStatusUpdate::RequestRelease)
                    .project_id("proj_1")
            }),
        },
    ]
}

pub(super) fn live_urls() -> Value {
    json!({
        "debuggerFullscreenUrl": "https://debug.example/full",
        "debuggerUrl": "https://debug.example/",
        "pages": [{
            "id": "page_1",
            "url": "about:blank",
            "faviconUrl": "",
            "title": "New tab",
            "debuggerUrl": "https://debug.example/page",
            "debuggerFullscreenUrl": "https://debug.example/page/full"
        }],
        "wsUrl": "wss://debug.example/?token=a b"
    })
}

pub(super) fn logs() -> Value {
    json!([
        {"method": "Page.navigate", "pageId": 1, "sessionId": "sess_1"},
        {
            "method": "Network.requestWillBeSent",
            "pageId": 2,
            "sessionId": "sess_1",
            "request": {"timestamp": 1_790_000_000_001_i64, "params": {"url": "https://example.com/"}, "rawBody": ""},
            "response": {"timestamp": 1_790_000_000_002_i64, "result": {"ok": true}, "rawBody": "{}"},
            "timestamp": 1_790_000_000_000_i64,
            "frameId": "frame",
            "loaderId": "loader"
        }
    ])
}

pub(super) fn recording() -> Value {
    json!([{
        "data": {"source": 2, "positions": [[0.5, -1]]},
        "sessionId": "sess_1",
        "timestamp": 1_790_000_000_123_i64,
        "type": 3
    }])
}

fn files() -> Vec<Row<Client>> {
    vec![
        Row {
            id: "Sessions_getDebug",
            method: "GET",
            target: "/v1/sessions/sess_1/debug",
            accept: JSON,
            sent: Sent::Nothing,
            answer: (200, Answered::Json(live_urls())),
            call: call!(|client| client.sessions().get_debug("sess_1")),
        },
        Row {
            id: "Sessions_getDownloads",
            method: "GET",
            target: "/v1/sessions/sess_1/downloads",
            accept: "application/zip",
            sent: Sent::Nothing,
            answer: (200, Answered::Zip("PK\u{5}\u{6}")),
            call: |client| {
                Box::pin(async move {
                    let download = client.sessions().get_downloads("sess_1").await.unwrap();
                    assert_eq!(download.content_length(), Some(4));
                    assert_eq!(download.content_type(), Some("application/zip"));
                    let bytes = download.bytes().await.unwrap();
                    Value::from(str::from_utf8(&bytes).unwrap())
                })
            },
        },
        Row {
            id: "Sessions_deleteDownloads",
            method: "DELETE",
            target: "/v1/sessions/sess_1/downloads",
            accept: "*/*",
            sent: Sent::Nothing,
            answer: (204, Answered::Nothing),
            call: call!(|client| client.sessions().delete_downloads("sess_1")),
        },
        Row {
            id: "Sessions_getLogs",
            method: "GET",
            target: "/v1/sessions/sess_1/logs",
            accept: JSON,
            sent: Sent::Nothing,
            answer: (200, Answered::Json(logs())),
            call: call!(|client| client.sessions().get_logs("sess_1")),
        },
        Row {
            id: "Sessions_getRecording",
            method: "GET",
            target: "/v1/sessions/sess_1/recording",
            accept: JSON,
            sent: Sent::Nothing,
            answer: (200, Answered::Json(recording())),
            call: call!(|client| client.sessions().get_recording("sess_1")),
        },
        Row {
            id: "Sessions_uploadFile",
            method: "POST",
            target: "/v1/sessions/sess_1/uploads",
            accept: JSON,
            sent: Sent::File {
                // RFC 2183 writes a quotation mark as a quoted pair.
                name: "a \u{e9}%22b.pdf",
                content_type: "application/pdf",
                content: "%PDF",
            },
            answer: (200, Answered::Json(json!({"message": "File uploaded successfully"}))),
            call: call!(|client| client
                .sessions()
                .upload_file("sess_1", Upload::from_bytes("a \u{e9}\"b.pdf", "%PDF"))),
        },
    ]
}
