//! An API in several files: what is brought together is called and sent like any other.

use clientsmith_tests::server::{Answer, Server};
use fixtures_client::several_files::Client;
use fixtures_client::several_files::resources::pets;
use fixtures_client::several_files::types::{Animal, Owner, Pet};
use serde_json::json;

use super::round_trip;

fn client(server: &Server) -> Client {
    Client::builder().api_key("k").base_url(server.url()).build().unwrap()
}

#[tokio::test]
async fn parameters_bodies_and_keys_of_other_files_are_sent() {
    let pet = json!({"id": "1", "name": "Rex", "friends": [{"id": "2", "name": "Tom"}]});
    let server = Server::start([
        Answer::json(
            200,
            &json!([{"kind": "cat", "lives": 9}, {"kind": "dog", "chases": {"kind": "cat"}}]),
        ),
        Answer::json(201, &pet),
        Answer::json(200, &pet),
    ]);
    let client = client(&server);
    let animals = client.pets().list().limit(2).await.unwrap();
    let [Animal::Cat(cat), Animal::Dog(dog)] = &*animals else {
        panic!("{animals:?}");
    };
    assert_eq!(cat.lives, Some(9));
    assert_eq!(dog.chases.as_ref().map(|cat| cat.lives), Some(None));
    let friend = Pet::new("2", "Tom");
    let created = client
        .pets()
        .create("1", "Rex")
        .friends([friend.clone()])
        .await
        .unwrap();
    assert_eq!(created, Pet::new("1", "Rex").friends([friend]));
    assert_eq!(client.pets().get("a/b").await.unwrap(), created);
    let requests = server.requests();
    let lines: Vec<_> = requests
        .iter()
        .map(|request| (&*request.method, &*request.target))
        .collect();
    assert_eq!(
        lines,
        [("GET", "/pets?limit=2"), ("POST", "/pets"), ("GET", "/pets/a%2Fb")]
    );
    assert_eq!(requests[1].json(), pet);
    assert!(requests.iter().all(|request| request.header("x-key") == Some("k")));
}

#[tokio::test]
async fn failures_of_other_files_are_typed() {
    let server = Server::start([
        Answer::json(409, &json!({"id": "1"})),
        Answer::json(418, &json!({"code": 7})),
    ]);
    let client = client(&server);
    let error = client.pets().create("1", "Rex").await.unwrap_err();
    let Some(pets::CreateError::Conflict(conflict)) = error.declared::<pets::CreateError>() else {
        panic!("{error:?}");
    };
    assert_eq!(conflict.id, "1");
    let error = client.pets().get("1").await.unwrap_err();
    let Some(pets::GetError::Other(problem)) = error.declared::<pets::GetError>() else {
        panic!("{error:?}");
    };
    assert_eq!(problem.code, 7);
}

#[test]
fn types_of_several_files_hold_each_other() {
    let owner = round_trip::<Owner>(r#"{"pets":[{"id":"1","name":"Rex","owner":{}}],"problem":{"text":"t"}}"#);
    assert_eq!(owner.problem.unwrap().text.as_deref(), Some("t"));
}
