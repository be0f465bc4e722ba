//! What is put under the client, and around each of its requests.

use std::sync::{Arc, Mutex};

use browserbase_client::http::{HeaderValue, Method, Request, Response};
use browserbase_client::resources::projects;
use browserbase_client::testing::{Mock, Reply};
use browserbase_client::{
    Attempt, CallOptions, Client, Exchange, HttpRequest, Middleware, Next, RequestBody, ResponseBody, Transport,
    TransportFailure, Upload,
};
use clientsmith_tests::server::{Answer, Server};
use serde_json::json;

use super::{KEY, project};

/// Answers with what it was sent.
struct Echo;

impl Transport for Echo {
    fn send<'a>(&'a self, request: HttpRequest, attempt: Attempt<'a>) -> Exchange<'a> {
        Box::pin(async move {
            let name = format!("{} {} {}", attempt.operation(), attempt.path_template(), request.url);
            Ok(Response::new(project(&name).to_string().into()))
        })
    }
}

#[tokio::test]
async fn a_transport_takes_the_place_of_the_http_client() {
    let client = Client::builder().api_key(KEY).transport(Echo).build().unwrap();
    let answer = client.projects().get("p 1").await.unwrap();
    assert_eq!(
        answer.name,
        "Projects_get /v1/projects/{id} https://api.browserbase.com/v1/projects/p%201"
    );
}

/// Writes down what passes.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

impl Log {
    fn add(&self, line: String) {
        self.0.lock().unwrap().push(line);
    }

    fn lines(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }
}

struct Noted(&'static str, Log);

impl Middleware for Noted {
    fn handle<'a>(&'a self, mut request: HttpRequest, next: Next<'a>) -> Exchange<'a> {
        let Self(name, log) = self;
        let number = next.attempt().number();
        log.add(format!("{name}: {} {} {number}", request.method, request.url.path()));
        request.headers.append("x-passed", HeaderValue::from_static(name));
        Box::pin(async move {
            let answer = next.send(request).await?;
            log.add(format!("{name}: {}", answer.status().as_u16()));
            Ok(answer)
        })
    }
}

fn noted(server: &Server, log: &Log) -> Client {
    Client::builder()
        .api_key(KEY)
        .base_url(server.url())
        .middleware(Noted("outer", log.clone()))
        .middleware(Noted("inner", log.clone()))
        .build()
        .unwrap()
}

#[tokio::test]
async fn middleware_stands_around_each_attempt_the_first_outermost() {
    let again = Answer::new(503, &[("retry-after-ms", "1")], "");
    let server = Server::start([again, Answer::json(200, &json!([]))]);
    let log = Log::default();
    noted(&server, &log).projects().list().await.unwrap();
    assert_eq!(
        log.lines(),
        [
            "outer: GET /v1/projects 1",
            "inner: GET /v1/projects 1",
            "inner: 503",
            "outer: 503",
            "outer: GET /v1/projects 2",
            "inner: GET /v1/projects 2",
            "inner: 200",
            "outer: 200",
        ]
    );
    for request in server.requests() {
        assert_eq!(request.values("x-passed"), ["outer", "inner"]);
    }
}

#[tokio::test]
async fn middleware_stands_around_redirects_within_the_origin_and_no_others() {
    let other = Server::start([Answer::json(200, &project("other"))]);
    let elsewhere = format!("{}/elsewhere", other.url());
    let server = Server::start([
        Answer::new(307, &[("location", "/there")], ""),
        Answer::new(307, &[("location", &elsewhere)], ""),
    ]);
    let log = Log::default();
    let answer = noted(&server, &log).projects().get("p").await.unwrap();
    assert_eq!(answer.name, "other");
    let sent: Vec<_> = log
        .lines()
        .into_iter()
        .filter(|line| line.starts_with("outer: GET"))
        .collect();
    assert_eq!(sent, ["outer: GET /v1/projects/p 1", "outer: GET /there 1"]);
    let request = other.request();
    assert_eq!(
        (request.header("x-passed"), request.header("x-bb-api-key")),
        (None, None)
    );
}

/// Answers in place of the API, or fails.
struct Instead(fn() -> Result<Response<ResponseBody>, TransportFailure>);

impl Middleware for Instead {
    fn handle<'a>(&'a self, _: HttpRequest, _: Next<'a>) -> Exchange<'a> {
        Box::pin(async move { (self.0)() })
    }
}

#[tokio::test]
async fn middleware_can_answer_itself() {
    let mock = Mock::new();
    let builder = || Client::builder().api_key(KEY).transport(mock.clone()).max_retries(0);
    let cached = Instead(|| Ok(Response::new(project("cached").to_string().into())));
    let client = builder().middleware(cached).build().unwrap();
    assert_eq!(client.projects().get("p").await.unwrap().name, "cached");
    let refused = Instead(|| Err(TransportFailure::tls("the certificate is not pinned")));
    let client = builder().middleware(refused).build().unwrap();
    let error = client.projects().get("p").await.unwrap_err();
    assert!(error.is_tls() && error.is_connect(), "{error:?}");
    assert_eq!(
        error.to_string(),
        "Projects_get (GET /v1/projects/{id}): no TLS connection: the certificate is not pinned"
    );
    assert_eq!(mock.sent().len(), 0);
}

/// Sends a request once more where the first answer is 401, as one that renews tokens does.
struct Twice;

impl Middleware for Twice {
    fn handle<'a>(&'a self, request: HttpRequest, next: Next<'a>) -> Exchange<'a> {
        Box::pin(async move {
            let again = request.try_clone();
            let answer = next.send(request).await?;
            match again {
                Some(again) if answer.status() == 401 => next.send(again).await,
                _ => Ok(answer),
            }
        })
    }
}

#[tokio::test]
async fn middleware_can_send_a_request_again_unless_its_body_streams() {
    let mock = Mock::new();
    mock.reply::<browserbase_client::resources::sessions::Update>(Reply::new(401));
    mock.reply::<browserbase_client::resources::extensions::UploadCall>(Reply::new(401));
    let client = Client::builder()
        .api_key(KEY)
        .transport(mock.clone())
        .middleware(Twice)
        .build()
        .unwrap();
    let update = browserbase_client::types::SessionStatusUpdate::RequestRelease;
    client.sessions().update("s", update).await.unwrap_err();
    let bodies: Vec<_> = mock.sent().iter().map(|sent| sent.json().unwrap()).collect();
    assert_eq!(
        bodies,
        [
            json!({"status": "REQUEST_RELEASE"}),
            json!({"status": "REQUEST_RELEASE"})
        ]
    );
    let file = Upload::from_bytes("a.zip", "PK");
    client.extensions().upload(file).await.unwrap_err();
    assert_eq!(mock.sent().len(), 3);
}

#[tokio::test]
async fn options_and_defaults_reach_the_transport() {
    let mock = Mock::new();
    mock.answer_json::<projects::List>(json!([])).unwrap();
    let client = Client::builder()
        .api_key(KEY)
        .transport(mock.clone())
        .default_header("x-team", "growth")
        .base_url("https://proxy.example/bb/")
        .build()
        .unwrap();
    let options = CallOptions::new().query("trace", "a b");
    client.projects().list().with_options(options).await.unwrap();
    let sent = &mock.sent()[0];
    assert_eq!(sent.url().as_str(), "https://proxy.example/bb/v1/projects?trace=a%20b");
    assert_eq!(sent.header("x-team"), Some("growth"));
}

/// Hands requests on as other HTTP libraries take them.
struct Converted;

impl Transport for Converted {
    fn send<'a>(&'a self, request: HttpRequest, _: Attempt<'a>) -> Exchange<'a> {
        Box::pin(async move {
            let request = Request::<RequestBody>::try_from(request).map_err(TransportFailure::connect)?;
            let (parts, body) = request.into_parts();
            let body = body.into_bytes().await.map_err(TransportFailure::broken)?;
            assert_eq!(parts.headers["x-bb-api-key"], KEY);
            let name = format!("{} {} {}", parts.method, parts.uri, String::from_utf8_lossy(&body));
            Ok(Response::new(project(&name).to_string().into()))
        })
    }
}

#[tokio::test]
async fn a_request_is_one_of_the_http_crate_too() {
    let client = Client::builder().api_key(KEY).transport(Converted).build().unwrap();
    let request = client.request(Method::PUT, "/x").json([1]);
    let answer = request.send().await.unwrap().json::<serde_json::Value>().await.unwrap();
    assert_eq!(answer.value()["name"], "PUT https://api.browserbase.com/x [1]");
}

/// Answers with how a request is shown.
struct Shown;

impl Transport for Shown {
    fn send<'a>(&'a self, request: HttpRequest, _: Attempt<'a>) -> Exchange<'a> {
        Box::pin(async move { Ok(Response::new(project(&format!("{request:?}")).to_string().into())) })
    }
}

#[tokio::test]
async fn a_request_shows_neither_its_key_nor_its_query() {
    let client = Client::builder().api_key(KEY).transport(Shown).build().unwrap();
    let options = CallOptions::new().query("token", "s3cret");
    let shown = client.projects().get("p").with_options(options).await.unwrap().name;
    assert!(shown.contains("\"/v1/projects/p\""), "{shown}");
    assert!(shown.contains("\"x-bb-api-key\": Sensitive"), "{shown}");
    assert!(!shown.contains(KEY) && !shown.contains("s3cret"), "{shown}");
}

/// Gives each request another body.
struct Rewritten;

impl Middleware for Rewritten {
    fn handle<'a>(&'a self, mut request: HttpRequest, next: Next<'a>) -> Exchange<'a> {
        request.body = "a body that is longer than the one before".to_owned().into();
        next.send(request)
    }
}

#[tokio::test]
async fn a_body_that_middleware_gives_is_sent_with_its_own_length() {
    let server = Server::start([
        Answer::json(200, &json!({"message": "ok"})),
        Answer::json(200, &project("p")),
    ]);
    let client = Client::builder()
        .api_key(KEY)
        .base_url(server.url())
        .middleware(Rewritten)
        .build()
        .unwrap();
    let upload = Upload::from_bytes("a.txt", "x");
    client.sessions().upload_file("s", upload).await.unwrap();
    client
        .request(Method::POST, "/x")
        .send()
        .await
        .unwrap()
        .empty()
        .await
        .unwrap();
    for request in server.requests() {
        assert_eq!(request.body, b"a body that is longer than the one before");
        assert_eq!(request.header("content-length"), Some("41"));
    }
}

#[test]
fn a_failure_says_whether_the_request_may_have_arrived() {
    let kinds = |failure: &TransportFailure| [failure.is_connect(), failure.is_tls(), failure.is_timeout()];
    assert_eq!(kinds(&TransportFailure::connect("x")), [true, false, false]);
    assert_eq!(kinds(&TransportFailure::connect("x").timed_out()), [true, false, true]);
    assert_eq!(kinds(&TransportFailure::tls("x")), [true, true, false]);
    assert_eq!(kinds(&TransportFailure::broken("x")), [false, false, false]);
}
