//! What holds for every call: its times, what can be added to it, and that it goes wherever futures go.

use browser_use_client::v3;
use browserbase_client::{CallOptions, Client, ClientBuilder, Download, Error, Pending, Response, Upload};
use clientsmith_tests::server::{Answer, Server};
use serde_json::json;

use super::{KEY, browser_use as samples_of_browser_use, browser_use_v3, browserbase as samples, browserbase};

#[test]
fn times_are_limited_unless_said_otherwise() {
    let limits = "timeout: Some(60s), connect_timeout: Some(5s), read_timeout: Some(60s)";
    for builder in [
        format!("{:?}", Client::builder()),
        format!("{:?}", v3::Client::builder()),
    ] {
        assert!(builder.contains(limits), "{builder}");
    }
}

fn builder(server: &Server) -> ClientBuilder<Client> {
    Client::builder().api_key(KEY).base_url(server.url()).max_retries(0)
}

#[tokio::test]
async fn options_add_to_one_call_and_to_no_other() {
    let server = Server::start([
        Answer::json(201, &samples_of_browser_use::browser_session()),
        Answer::json(201, &samples_of_browser_use::browser_session()),
    ]);
    let client = browser_use_v3(&server);
    let options = browser_use_client::CallOptions::new()
        .header("X-Trace", "t 1")
        .header("User-Agent", "mine/1")
        .query("dry run", "a&b")
        .query("empty", "")
        .body_field("brandNew", json!({"a": [1]}))
        .body_field("timeout", 7);
    client
        .browsers()
        .create()
        .timeout(60)
        .allow_resizing(true)
        .with_options(options)
        .await
        .unwrap();
    client.browsers().create().timeout(60).await.unwrap();
    let requests = server.requests();
    assert_eq!(requests[0].target, "/api/v3/browsers?dry%20run=a%26b&empty=");
    assert_eq!(requests[0].header("x-trace"), Some("t 1"));
    assert_eq!(requests[0].header("user-agent"), Some("mine/1"));
    assert_eq!(requests[0].header("x-browser-use-api-key"), Some(KEY));
    assert_eq!(
        requests[0].json(),
        json!({"timeout": 7, "allowResizing": true, "brandNew": {"a": [1]}})
    );
    assert_eq!(requests[1].target, "/api/v3/browsers");
    assert_eq!(requests[1].json(), json!({"timeout": 60}));
    assert_eq!(requests[1].header("x-trace"), None);
}

#[tokio::test]
async fn a_field_for_one_call_makes_an_optional_body() {
    let server = Server::start([Answer::json(201, &samples_of_browser_use::session())]);
    let options = browser_use_client::CallOptions::new().body_field("new", true);
    super::browser_use_v2(&server)
        .sessions()
        .create()
        .with_options(options)
        .await
        .unwrap();
    let request = server.request();
    assert_eq!(request.body, br#"{"new":true}"#);
    assert_eq!(request.header("content-type"), Some("application/json"));
}

#[tokio::test]
async fn an_option_that_cannot_be_sent_is_refused_before_anything_is() {
    let server = Server::start([]);
    let call = || browserbase(&server).sessions().list();
    let error = call()
        .with_options(CallOptions::new().header("X-A", "a\r\nX-B: b"))
        .await
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "Sessions_list (GET /v1/sessions): the value for the header `X-A` has a line break or another control \
         character; nothing was sent"
    );
    let error = call()
        .with_options(CallOptions::new().header("no name", "a"))
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Request(_)), "{error:?}");
    assert_eq!(server.requests().len(), 0);
}

#[tokio::test]
async fn default_headers_and_the_user_agent_go_with_every_call() {
    let server = Server::start([Answer::json(200, &json!([])), Answer::empty(204)]);
    let client = builder(&server)
        .default_header("X-Team", "growth")
        .user_agent("mine/2 (x)")
        .build()
        .unwrap();
    client.projects().list().await.unwrap();
    client.contexts().delete("c").await.unwrap();
    for request in server.requests() {
        assert_eq!(request.header("x-team"), Some("growth"));
        assert_eq!(request.header("user-agent"), Some("mine/2 (x)"));
    }
}

#[tokio::test]
async fn an_answer_gives_its_status_headers_and_request_id() {
    let headers = [
        ("content-type", "application/json"),
        ("x-request-id", "r-9"),
        ("x-limit", "1"),
        ("x-limit", "2"),
    ];
    let body = samples::connected(samples::session()).to_string();
    let server = Server::start([Answer::new(201, &headers, &body)]);
    let answer = browserbase(&server).sessions().create().with_response().await.unwrap();
    assert_eq!((answer.status(), answer.request_id()), (201, Some("r-9")));
    let limits: Vec<_> = answer.headers().get_all("x-limit").iter().collect();
    assert_eq!(limits, ["1", "2"]);
    assert_eq!(answer.value().signing_key, "sign");
    assert_eq!(answer.map(|session| session.id).into_value(), "sess_1");
}

#[tokio::test]
async fn a_client_of_the_users_own_is_used() {
    let server = Server::start([Answer::json(200, &json!([]))]);
    let mut headers = http::HeaderMap::new();
    headers.insert("x-own", http::HeaderValue::from_static("1"));
    let own = reqwest::Client::builder().default_headers(headers).build().unwrap();
    builder(&server)
        .http_client(own)
        .build()
        .unwrap()
        .projects()
        .list()
        .await
        .unwrap();
    assert_eq!(server.request().header("x-own"), Some("1"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn calls_can_be_spawned_and_clients_shared() {
    let server = Server::start((0..20).map(|_| Answer::json(200, &samples::session())));
    let client = browserbase(&server);
    let calls: Vec<_> = (0..10)
        .flat_map(|number| {
            let sessions = client.clone().sessions();
            let sent = sessions.get(format!("a{number}")).send();
            let awaited = sessions.get(format!("b{number}"));
            [tokio::spawn(sent), tokio::spawn(awaited.into_future())]
        })
        .collect();
    for call in calls {
        assert_eq!(call.await.unwrap().unwrap().id, "sess_1");
    }
    let mut targets: Vec<_> = server.requests().into_iter().map(|request| request.target).collect();
    targets.sort_unstable();
    let expected: Vec<_> = ["a", "b"]
        .into_iter()
        .flat_map(|name| (0..10).map(move |number| format!("/v1/sessions/{name}{number}")))
        .collect();
    assert_eq!(targets, expected);
}

/// What a compiler can check: these fail to compile where they do not hold.
#[test]
fn clients_calls_and_errors_go_from_thread_to_thread() {
    fn shared<T: Clone + Send + Sync + 'static>() {}
    fn sent<T: Send + 'static>() {}
    fn error<T: std::error::Error + Send + Sync + 'static>() {}
    shared::<Client>();
    shared::<v3::Client>();
    shared::<CallOptions>();
    shared::<browserbase_client::resources::sessions::Sessions>();
    shared::<browserbase_client::resources::sessions::Create>();
    shared::<Response<browserbase_client::types::Session>>();
    sent::<browserbase_client::resources::sessions::UploadFile>();
    sent::<ClientBuilder<Client>>();
    sent::<Upload>();
    sent::<Download>();
    sent::<Pending<()>>();
    error::<Error>();
    error::<browser_use_client::Error>();
    assert!(size_of::<Error>() <= 24, "{}", size_of::<Error>());
    assert!(size_of::<Client>() <= size_of::<usize>(), "{}", size_of::<Client>());
}
