//! Ids that try to be more than a segment of a path: each is one segment, or nothing is sent.

use browserbase_client::Error;
use clientsmith_tests::server::{Answer, Server};
use serde_json::json;

use super::browserbase;

/// Sends an id in front of more of the path, and at its end.
async fn targets(id: &str) -> Vec<String> {
    let answers = [
        Answer::json(200, &json!({"browserMinutes": 0, "proxyBytes": 0})),
        Answer::empty(204),
    ];
    let server = Server::start(answers);
    let client = browserbase(&server);
    client.projects().usage(id).await.unwrap();
    client.contexts().delete(id).await.unwrap();
    server.requests().into_iter().map(|request| request.target).collect()
}

#[tokio::test]
async fn a_hostile_id_stays_one_segment() {
    let cases = [
        ("a/b?c d", "a%2Fb%3Fc%20d"),
        ("a#b", "a%23b"),
        ("%2e%2e", "%252e%252e"),
        ("%2F", "%252F"),
        ("../..", "..%2F.."),
        ("..\\..", "..%5C.."),
        ("...", "..."),
        (". .", ".%20."),
        ("a\nb\r\tc", "a%0Ab%0D%09c"),
        ("a\0b", "a%00b"),
        (" ", "%20"),
        ("\u{e9}\u{1f980}", "%C3%A9%F0%9F%A6%80"),
        ("a+b&c=d;e:f@g,h", "a%2Bb%26c%3Dd%3Be%3Af%40g%2Ch"),
        ("\"<>`{}|^[]'", "%22%3C%3E%60%7B%7D%7C%5E%5B%5D%27"),
        ("{id}", "%7Bid%7D"),
        ("A-Za-z0-9-._~", "A-Za-z0-9-._~"),
        ("http://evil.example/", "http%3A%2F%2Fevil.example%2F"),
        ("//evil.example", "%2F%2Fevil.example"),
    ];
    for (id, segment) in cases {
        let expected = [
            format!("/v1/projects/{segment}/usage"),
            format!("/v1/contexts/{segment}"),
        ];
        assert_eq!(targets(id).await, expected, "{id:?}");
    }
    let long = "x".repeat(8_000);
    assert_eq!(targets(&long).await[1], format!("/v1/contexts/{long}"));
}

#[tokio::test]
async fn an_id_that_would_name_another_resource_is_refused_before_anything_is_sent() {
    let reasons = [
        ("", "the path parameter `id` is empty"),
        (
            ".",
            "the path parameter `id` is `.`, which would change the path's meaning",
        ),
        (
            "..",
            "the path parameter `id` is `..`, which would change the path's meaning",
        ),
    ];
    let server = Server::start([]);
    let client = browserbase(&server);
    for (id, reason) in reasons {
        let error = client.contexts().delete(id).await.unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("Contexts_delete (DELETE /v1/contexts/{{id}}): {reason}; nothing was sent")
        );
        let Error::Request(error) = error else {
            panic!("{error:?}")
        };
        assert_eq!(error.operation(), "Contexts_delete");
        assert!(client.sessions().get_downloads(id).await.is_err());
        assert!(client.projects().usage(id).await.is_err());
    }
    assert_eq!(server.requests().len(), 0);
}
