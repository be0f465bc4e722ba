//! What is written: the three states of a field, constants, unions, and the call forms that users write.

use serde_json::{json, to_string};

use crate::runtime::{CallOptions, Nullable};
use crate::sample::types::{Animal, CreateSession, ExternalProxy, OwnProxy, Pet, Proxies, Proxy, Region, Session};
use crate::sample::{Client, sessions::Create};
use crate::server::{Answer, Server};

async fn sent(fill: impl FnOnce(Create) -> Create) -> String {
    let server = Server::start([Answer::json(201, r#"{"id":"1","bytes":1,"parent":null}"#)]).await;
    let client = Client::builder().base_url(server.url()).api_key("k").build().unwrap();
    fill(client.sessions().create()).await.unwrap();
    let request = server.request();
    assert_eq!(request.header("content-type"), Some("application/json"));
    request.text().to_owned()
}

#[tokio::test]
async fn the_call_forms_of_nullable_fields() {
    assert_eq!(sent(|create| create).await, "{}");
    assert_eq!(sent(|create| create.profile_id("x")).await, r#"{"profileId":"x"}"#);
    assert_eq!(
        sent(|create| create.profile_id(String::from("x"))).await,
        r#"{"profileId":"x"}"#
    );
    assert_eq!(sent(|create| create.profile_id(None)).await, r#"{"profileId":null}"#);
    assert_eq!(sent(|create| create.width(1280)).await, r#"{"width":1280}"#);
    assert_eq!(sent(|create| create.width(None)).await, r#"{"width":null}"#);
    assert_eq!(sent(|create| create.width(Some(1))).await, r#"{"width":1}"#);
    assert_eq!(sent(|create| create.country(Region::No)).await, r#"{"country":"no"}"#);
    assert_eq!(sent(|create| create.country(None)).await, r#"{"country":null}"#);
    assert_eq!(sent(|create| create.country(Nullable::Unset)).await, "{}");
    assert_eq!(
        sent(|create| create.region("eu").proxies(true)).await,
        r#"{"region":"eu","proxies":true}"#
    );
}

#[test]
fn nullable_tells_its_states_apart() {
    let states = [Nullable::Unset, Nullable::Null, Nullable::Value(1)];
    assert_eq!(states.map(|state| state.is_unset()), [true, false, false]);
    assert_eq!(states.map(|state| state.is_null()), [false, true, false]);
    assert_eq!(states.map(Nullable::into_option), [None, None, Some(1)]);
    assert_eq!(states[2].as_option(), Some(&1));
    assert_eq!(Nullable::<i64>::default(), Nullable::Unset);
    assert_eq!(serde_json::from_str::<Nullable<i64>>("null").unwrap(), Nullable::Null);
    assert_eq!(serde_json::from_str::<Nullable<i64>>("1").unwrap(), Nullable::Value(1));
    let body: CreateSession = serde_json::from_str(r#"{"profileId":null,"width":2}"#).unwrap();
    assert_eq!(
        (body.profile_id, body.width, body.country),
        (Nullable::Null, Nullable::Value(2), Nullable::Unset)
    );
}

#[test]
fn types_are_written_in_the_order_of_the_document() {
    let own = Proxy::Own(OwnProxy {
        domain_pattern: Some("*.shop".into()),
    });
    let list = Proxies::from([own, Proxy::External(ExternalProxy { server: "s".into() })]);
    let text = r#"[{"type":"own","version":2,"on":true,"domainPattern":"*.shop"},{"type":"external","server":"s"}]"#;
    assert_eq!(to_string(&list).unwrap(), text);
    assert_eq!(serde_json::from_str::<Proxies>(text).unwrap(), list);
    let dog = Pet::Dog(Animal {
        name: "Rex".into(),
        weight: 0.1,
    });
    assert_eq!(to_string(&dog).unwrap(), r#"{"kind":"dog","name":"Rex","weight":0.1}"#);
    assert_eq!(
        serde_json::from_str::<Pet>(r#"{"name":"Rex","kind":"dog","weight":0.1}"#).unwrap(),
        dog
    );
}

#[test]
fn a_record_keeps_what_it_does_not_know() {
    let text = r#"{"id":"1","bytes":3000000000,"parent":null,"new":{"a":[1]},"newer":2}"#;
    let session: Session = serde_json::from_str(text).unwrap();
    assert_eq!(session.additional_properties["new"], json!({"a": [1]}));
    assert_eq!(to_string(&session).unwrap(), text);
    let region: Region = serde_json::from_str("\"mars\"").unwrap();
    assert_eq!(region, Region::Unknown("mars".into()));
    assert_eq!(to_string(&region).unwrap(), "\"mars\"");
}

#[tokio::test]
async fn options_add_to_a_call() {
    let server = Server::start([Answer::json(201, r#"{"id":"1","bytes":1,"parent":null}"#)]).await;
    let client = Client::builder().base_url(server.url()).api_key("k").build().unwrap();
    let options = CallOptions::new()
        .header("accept", "x/y")
        .header("X-New", "é")
        .query("a b", "c&d");
    let options = options.body_field("region", "eu").body_field("extra", json!([1]));
    client
        .sessions()
        .create()
        .region(Region::UsWest2)
        .width(1)
        .with_options(options)
        .await
        .unwrap();
    let request = server.request();
    assert_eq!(request.line(), "POST /v1/sessions?a%20b=c%26d");
    assert_eq!(
        (request.header("accept"), request.header("x-new")),
        (Some("x/y"), Some("é"))
    );
    let body: serde_json::Value = serde_json::from_str(request.text()).unwrap();
    assert_eq!(body, json!({"region": "eu", "width": 1, "extra": [1]}));
    let options = CallOptions::new().header("a", "b\n");
    let error = client.sessions().create().with_options(options).await.unwrap_err();
    let expected = "Sessions_create (POST /v1/sessions): the value for the header `a` has a line break or another \
                    control character; nothing was sent";
    assert_eq!(error.to_string(), expected);
}
