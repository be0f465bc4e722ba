//! Addresses without encryption.

use browserbase_client::{Client, Error};

use super::KEY;

fn build(base_url: &str) -> Result<Client, Error> {
    Client::builder().api_key(KEY).base_url(base_url).build()
}

#[test]
fn http_is_refused_but_on_this_machine() {
    for base_url in [
        "https://api.example.com",
        "http://localhost:8080/a",
        "http://api.localhost",
        "http://localhost.",
        "http://127.0.0.1",
        "http://127.9.9.9:1",
        "http://[::1]:1",
    ] {
        assert!(build(base_url).is_ok(), "{base_url}");
    }
    for (base_url, origin) in [
        ("http://api.example.com/v1?key=s3cret", "http://api.example.com"),
        ("http://10.0.0.1:8080", "http://10.0.0.1:8080"),
        ("http://localhost.example.com", "http://localhost.example.com"),
        ("http://[2001:db8::1]", "http://[2001:db8::1]"),
        ("http://0.0.0.0", "http://0.0.0.0"),
    ] {
        let error = build(base_url).unwrap_err();
        assert!(matches!(error, Error::Config(_)), "{error:?}");
        assert_eq!(
            error.to_string(),
            format!("the base URL is not encrypted ({origin}): use https:, or call `allow_http` of the builder")
        );
    }
}

#[test]
fn http_is_taken_where_it_is_allowed() {
    let client = Client::builder()
        .api_key(KEY)
        .base_url("http://10.0.0.1")
        .allow_http()
        .build()
        .unwrap();
    assert_eq!(
        format!("{client:?}"),
        "Client { core: Core { base_url: \"http://10.0.0.1/\", credentials: [\"api_key\"] } }"
    );
}
