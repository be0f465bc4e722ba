//! Where calls go: base URLs with and without a path, given in code or by the environment.
//!
//! The environment belongs to the whole process, so what reads it runs in a process of its own: this test binary again,
//! with one test and the variables that the test is about.

use std::process::Command;

use browser_use_client::{v2, v3};
use clientsmith_tests::server::{Answer, Server};
use serde_json::json;

use super::{KEY, browser_use as samples};

#[tokio::test]
async fn the_path_of_a_base_url_survives() {
    for (path, target) in [
        ("", "/browsers"),
        ("/", "/browsers"),
        ("/api/v3", "/api/v3/browsers"),
        ("/api/v3/", "/api/v3/browsers"),
        ("/api//v3", "/api//v3/browsers"),
        ("/a%2Fb/c%20d", "/a%2Fb/c%20d/browsers"),
        ("/proxy?tenant=1", "/proxy/browsers?tenant=1"),
    ] {
        let server = Server::start([Answer::json(201, &samples::browser_session())]);
        let client = v3::Client::builder()
            .api_key(KEY)
            .base_url(server.url() + path)
            .build()
            .unwrap();
        client.browsers().create().await.unwrap();
        assert_eq!(server.request().target, target, "{path}");
    }
}

#[test]
fn what_cannot_be_a_base_url_is_refused() {
    for (url, reason) in [
        ("", "the base URL is not valid: relative URL without a base"),
        (
            "api.example.com",
            "the base URL is not valid: relative URL without a base",
        ),
        (
            "ftp://api.example.com",
            "the base URL must start with https: or http:, not ftp:",
        ),
        (
            "https://u:p@api.example.com",
            "the base URL holds a user name or password; give it as a credential",
        ),
        ("https://api.example.com/#a", "the base URL has a fragment (`#`)"),
    ] {
        let error = v2::Client::builder().api_key(KEY).base_url(url).build().unwrap_err();
        assert_eq!(error.to_string(), reason, "{url}");
    }
}

#[test]
fn the_documents_say_where_the_apis_are() {
    let bases = [
        format!("{:?}", browserbase_client::Client::new(KEY).unwrap()),
        format!("{:?}", v2::Client::new(KEY).unwrap()),
        format!("{:?}", v3::Client::new(KEY).unwrap()),
    ];
    let urls = [
        "https://api.browserbase.com/",
        "https://api.browser-use.com/api/v2",
        "https://api.browser-use.com/api/v3",
    ];
    for (base, url) in bases.iter().zip(urls) {
        assert!(base.contains(&format!("{url:?}")), "{base}");
    }
}

/// Runs one of the tests below in a process of its own.
fn run(test: &str, variables: &[(&str, &str)]) {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", &format!("wire::address::{test}"), "--ignored", "--nocapture"]);
    for name in ["BROWSERBASE", "BROWSER_USE", "BROWSER_USE_V2", "BROWSER_USE_V3"] {
        command
            .env_remove(format!("{name}_API_KEY"))
            .env_remove(format!("{name}_BASE_URL"));
    }
    let output = command.envs(variables.iter().copied()).output().unwrap();
    let printed = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success(),
        "{printed}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(printed.contains("1 passed"), "{printed}");
}

#[test]
fn the_environment_gives_the_key_and_the_base_url() {
    let created = || Answer::json(201, &samples::browser_session());
    for end in ["", "/"] {
        let server = Server::start([
            Answer::json(200, &json!([])),
            Answer::json(201, &samples::session()),
            created(),
            created(),
        ]);
        let url = server.url();
        run(
            "process_with_everything",
            &[
                ("BROWSERBASE_API_KEY", "bb-key"),
                ("BROWSERBASE_BASE_URL", &format!("{url}/bb{end}")),
                ("BROWSER_USE_API_KEY", "bu-key"),
                ("BROWSER_USE_V2_BASE_URL", &format!("{url}/api/v2{end}")),
                ("BROWSER_USE_V3_BASE_URL", &format!("{url}/api/v3{end}")),
            ],
        );
        let requests = server.requests();
        let header_names = ["x-bb-api-key", "x-browser-use-api-key"];
        let sent: Vec<_> = requests
            .iter()
            .map(|request| {
                (
                    &*request.target,
                    header_names.iter().find_map(|name| request.header(name)).unwrap(),
                )
            })
            .collect();
        assert_eq!(
            sent,
            [
                ("/bb/v1/projects", "bb-key"),
                ("/api/v2/sessions", "bu-key"),
                ("/api/v3/browsers", "bu-key"),
                // What is said in code wins.
                ("/api/v3/browsers", "in-code")
            ]
        );
    }
}

#[tokio::test]
#[ignore = "for a process with variables of its own"]
async fn process_with_everything() {
    browserbase_client::Client::from_env()
        .unwrap()
        .projects()
        .list()
        .await
        .unwrap();
    v2::Client::from_env().unwrap().sessions().create().await.unwrap();
    v3::Client::from_env().unwrap().browsers().create().await.unwrap();
    let client = v3::Client::builder().api_key("in-code").from_env().build().unwrap();
    client.browsers().create().await.unwrap();
}

#[test]
fn a_key_that_the_environment_lacks_is_named() {
    run("process_without_keys", &[]);
    run(
        "process_without_keys",
        &[("BROWSERBASE_API_KEY", ""), ("BROWSER_USE_API_KEY", "")],
    );
    run(
        "process_without_keys",
        &[("BROWSERBASE_BASE_URL", "http://127.0.0.1:1"), ("BROWSERBASE_KEY", "x")],
    );
}

#[test]
#[ignore = "for a process with variables of its own"]
fn process_without_keys() {
    let said = [
        browserbase_client::Client::from_env().unwrap_err().to_string(),
        v2::Client::from_env().unwrap_err().to_string(),
        v3::Client::from_env().unwrap_err().to_string(),
    ];
    let expected = [
        ("Browserbase API", "BROWSERBASE_API_KEY"),
        ("Browser Use Public API v2", "BROWSER_USE_API_KEY"),
        ("Browser Use Public API v3", "BROWSER_USE_API_KEY"),
    ];
    for (said, (title, variable)) in said.iter().zip(expected) {
        assert_eq!(
            *said,
            format!(
                "no credential for {title}: call `api_key` of the client's builder, or set the environment variable \
                 {variable} and use `from_env`"
            )
        );
    }
}

#[test]
fn an_empty_base_url_of_the_environment_counts_as_none() {
    run(
        "process_with_empty_base_url",
        &[("BROWSERBASE_API_KEY", "k"), ("BROWSERBASE_BASE_URL", "")],
    );
}

#[test]
#[ignore = "for a process with variables of its own"]
fn process_with_empty_base_url() {
    let client = format!("{:?}", browserbase_client::Client::from_env().unwrap());
    assert!(client.contains("https://api.browserbase.com/"), "{client}");
}
