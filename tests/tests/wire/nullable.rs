//! Three states: left out, `null`, a value. And what is never sent unless it is set.

use browser_use_client::Nullable;
use browser_use_client::v2::types::CustomProxy as CustomProxyV2;
use browser_use_client::v3::types::{CreateBrowserSession, CustomProxy, ProxyCountryCode};
use clientsmith_tests::server::{Answer, Server};
use serde_json::{Map, Value, json};

use super::{browser_use as samples, browser_use_v2, browser_use_v3};

/// A field that can be set to `null`, of each kind: its key, its value in JSON, and how it is set.
type Field<B> = (&'static str, Value, fn(B, bool) -> B);

type CreateV2 = browser_use_client::v2::resources::sessions::Create;
type CreateV3 = browser_use_client::v3::resources::browsers::Create;

fn proxy() -> Value {
    json!({"host": "h", "port": 1})
}

fn fields_v3() -> Vec<Field<CreateV3>> {
    vec![
        ("profileId", json!("p"), |call, null| {
            if null {
                call.profile_id(None)
            } else {
                call.profile_id("p")
            }
        }),
        ("proxyCountryCode", json!("us"), |call, null| {
            if null {
                call.proxy_country_code(None)
            } else {
                call.proxy_country_code(ProxyCountryCode::Us)
            }
        }),
        ("browserScreenWidth", json!(320), |call, null| {
            if null {
                call.browser_screen_width(None)
            } else {
                call.browser_screen_width(320)
            }
        }),
        ("customProxy", proxy(), |call, null| {
            if null {
                call.custom_proxy(None)
            } else {
                call.custom_proxy(CustomProxy::new("h", 1))
            }
        }),
    ]
}

fn fields_v2() -> Vec<Field<CreateV2>> {
    vec![
        ("startUrl", json!(""), |call, null| {
            if null { call.start_url(None) } else { call.start_url("") }
        }),
        ("proxyCountryCode", json!("zz"), |call, null| {
            if null {
                call.proxy_country_code(None)
            } else {
                call.proxy_country_code(Some("zz".into()))
            }
        }),
        ("browserScreenHeight", json!(0), |call, null| {
            if null {
                call.browser_screen_height(None)
            } else {
                call.browser_screen_height(0)
            }
        }),
        ("customProxy", proxy(), |call, null| {
            if null {
                call.custom_proxy(None)
            } else {
                call.custom_proxy(CustomProxyV2::new("h", 1))
            }
        }),
    ]
}

/// Every combination of states: for each the states of the fields and the body that stands for them.
fn combinations<B>(fields: &[Field<B>]) -> Vec<(Vec<u8>, Map<String, Value>)> {
    let mut all = vec![(Vec::new(), Map::new())];
    for (key, value, _) in fields {
        let extended = all.into_iter().flat_map(|(states, body)| {
            [None, Some(Value::Null), Some(value.clone())]
                .into_iter()
                .zip(0..)
                .map(move |(state, number)| {
                    let mut body = body.clone();
                    body.extend(state.map(|value| ((*key).to_owned(), value)));
                    ([&*states, &[number]].concat(), body)
                })
        });
        all = extended.collect();
    }
    all
}

fn set<B>(mut call: B, fields: &[Field<B>], states: &[u8]) -> B {
    for ((_, _, set), state) in fields.iter().zip(states) {
        call = match state {
            0 => call,
            state => set(call, *state == 1),
        };
    }
    call
}

#[tokio::test]
async fn absent_null_and_value_are_sent_as_such_in_every_combination() {
    let fields = fields_v3();
    let combinations = combinations(&fields);
    assert_eq!(combinations.len(), 81);
    let answers = combinations
        .iter()
        .map(|_| Answer::json(201, &samples::browser_session()));
    let server = Server::start(answers);
    let client = browser_use_v3(&server);
    for (states, _) in &combinations {
        set(client.browsers().create(), &fields, states).await.unwrap();
    }
    let sent: Vec<_> = server.requests().iter().map(super::Recorded::json).collect();
    let expected: Vec<_> = combinations.into_iter().map(|(_, body)| Value::Object(body)).collect();
    assert_eq!(sent, expected);
}

#[tokio::test]
async fn an_optional_body_is_there_as_soon_as_one_of_its_fields_is_set() {
    let fields = fields_v2();
    let combinations = combinations(&fields);
    let server = Server::start(combinations.iter().map(|_| Answer::json(201, &samples::session())));
    let client = browser_use_v2(&server);
    for (states, _) in &combinations {
        set(client.sessions().create(), &fields, states).await.unwrap();
    }
    for (request, (_, body)) in server.requests().iter().zip(combinations) {
        // With no field set, `{}`: what the vendor's SDKs send, and what client.toml says.
        assert_eq!(request.json(), Value::Object(body));
        assert_eq!(request.header("content-type"), Some("application/json"));
    }
}

#[tokio::test]
async fn nothing_is_sent_that_was_not_set() {
    let server = Server::start([Answer::json(201, &samples::browser_session())]);
    browser_use_v3(&server).browsers().create().await.unwrap();
    // The document has defaults for proxyCountryCode, timeout, allowResizing and enableRecording.
    assert_eq!(server.request().body, b"{}");
    let server = Server::start([Answer::json(201, &samples::browser_session())]);
    let proxy = CustomProxy::new("h", 1);
    browser_use_v3(&server)
        .browsers()
        .create()
        .custom_proxy(proxy)
        .await
        .unwrap();
    assert_eq!(server.request().body, br#"{"customProxy":{"host":"h","port":1}}"#);
}

#[tokio::test]
async fn a_value_that_equals_the_default_is_sent_when_it_is_set() {
    let server = Server::start([Answer::json(201, &samples::browser_session())]);
    let call = browser_use_v3(&server).browsers().create();
    call.timeout(60)
        .allow_resizing(false)
        .enable_recording(false)
        .await
        .unwrap();
    assert_eq!(
        server.request().json(),
        json!({"timeout": 60, "allowResizing": false, "enableRecording": false})
    );
}

#[test]
fn the_three_states_survive_reading_and_writing() {
    for (text, state) in [
        ("{}", Nullable::Unset),
        (r#"{"profileId":null}"#, Nullable::Null),
        (r#"{"profileId":""}"#, Nullable::Value(String::new())),
    ] {
        let body: CreateBrowserSession = serde_json::from_str(text).unwrap();
        assert_eq!(body.profile_id, state);
        assert_eq!(serde_json::to_string(&body).unwrap(), text);
    }
}
