//! Where calls go: base URLs with paths and variables, servers of paths and operations, no server at all.

use clientsmith_tests::server::{Answer, Server};
use fixtures_client::{Error, no_server, own_servers, parameters, servers};

fn done(calls: usize) -> Server {
    Server::start(vec![Answer::empty(204); calls])
}

fn client(base_url: String) -> servers::Client {
    servers::Client::builder().base_url(base_url).build().unwrap()
}

fn targets(server: &Server) -> Vec<String> {
    server.requests().into_iter().map(|request| request.target).collect()
}

/// A client that takes `server` for its proxy: the requests there show whole URLs.
fn through(server: &Server) -> fixtures_client::ClientBuilder<own_servers::Client> {
    let proxy = reqwest::Proxy::http(server.url()).unwrap();
    let http = reqwest::Client::builder().proxy(proxy).build().unwrap();
    own_servers::Client::builder().http_client(http).allow_http()
}

#[test]
fn the_first_server_is_the_base_url_with_its_variables_filled() {
    let shown = format!("{:?}", servers::Client::builder().build().unwrap());
    assert_eq!(
        shown,
        "Client { core: Core { base_url: \"https://eu.example.com/api/v2\", credentials: [] } }"
    );
}

#[test]
fn the_configuration_names_a_server_where_the_document_names_none() {
    let shown = format!("{:?}", no_server::Client::builder().build().unwrap());
    assert_eq!(
        shown,
        "Client { core: Core { base_url: \"https://configured.example.com/v1\", credentials: [] } }"
    );
}

#[test]
fn without_any_server_the_user_is_told_to_give_one() {
    let error = parameters::Client::builder().build().unwrap_err();
    assert!(matches!(error, Error::Config(_)));
    assert_eq!(
        error.to_string(),
        "Parameters needs a base URL: call `base_url` of the builder"
    );
}

#[tokio::test]
async fn every_form_of_a_path_is_put_behind_the_base_url() {
    for base in ["", "/", "/api/v2", "/api/v2/"] {
        let server = done(5);
        let client = client(server.url() + base);
        client.plain().get().await.unwrap();
        client.root().get().await.unwrap();
        client.query_beta_equal_true().get().await.unwrap();
        client.trailing().get().await.unwrap();
        client.odd_path().cancel_odd("a:b").await.unwrap();
        let base = base.trim_end_matches('/');
        let paths = [
            "/plain",
            "/",
            "/query?beta=true",
            "/trailing/",
            "/odd%20path/%C3%BC/100%25/a%3Ab:cancel",
        ];
        assert_eq!(targets(&server), paths.map(|path| format!("{base}{path}")));
    }
}

#[tokio::test]
async fn the_query_of_a_base_url_goes_with_every_call() {
    let server = done(2);
    let client = client(server.url() + "/base?tenant=a%20b");
    client.plain().get().await.unwrap();
    client.query_beta_equal_true().get().await.unwrap();
    assert_eq!(
        targets(&server),
        ["/base/plain?tenant=a%20b", "/base/query?tenant=a%20b&beta=true"]
    );
}

#[tokio::test]
async fn operations_go_to_their_own_servers() {
    let server = done(6);
    let client = through(&server).build().unwrap();
    client.plain().get().await.unwrap();
    client.own().get().await.unwrap();
    client.path().get().await.unwrap();
    client.path().put().await.unwrap();
    client.relative().get().await.unwrap();
    client.same().get().await.unwrap();
    assert_eq!(
        targets(&server),
        [
            "http://api.example.com/v1/plain",
            "http://uploads.example.com/base/own",
            "http://path.example.com/path",
            "http://operation.example.com:8080/path",
            "http://api.example.com/v2/relative",
            "http://api.example.com/v1/same",
        ]
    );
    let hosts: Vec<_> = server
        .requests()
        .iter()
        .map(|request| request.header("host").unwrap().to_owned())
        .collect();
    assert_eq!(
        hosts,
        [
            "api.example.com",
            "uploads.example.com",
            "path.example.com",
            "operation.example.com:8080",
            "api.example.com",
            "api.example.com",
        ]
    );
}

#[tokio::test]
async fn a_base_url_that_is_given_wins_over_every_server() {
    let server = done(5);
    let client = through(&server)
        .base_url("http://given.example.com/v9/")
        .build()
        .unwrap();
    client.plain().get().await.unwrap();
    client.own().get().await.unwrap();
    client.path().get().await.unwrap();
    client.path().put().await.unwrap();
    client.relative().get().await.unwrap();
    assert_eq!(
        targets(&server),
        ["plain", "own", "path", "path", "relative"].map(|path| format!("http://given.example.com/v9/{path}"))
    );
}
