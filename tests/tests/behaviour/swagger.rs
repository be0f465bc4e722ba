//! A client of a Swagger 2.0 document: lists, forms, files and keys are sent as that says.

use clientsmith_tests::server::{Answer, Server};
use fixtures_client::Upload;
use fixtures_client::swagger::Client;
use fixtures_client::swagger::resources::pets;
use fixtures_client::swagger::types::{ListPetsKind, Pet};
use serde_json::json;

fn client(server: &Server) -> Client {
    Client::builder()
        .basic_auth("ada", "pw")
        .api_key("k")
        .base_url(server.url())
        .build()
        .unwrap()
}

#[tokio::test]
async fn lists_are_joined_as_their_format_says() {
    let server = Server::start([Answer::json(200, &json!([])), Answer::json(500, &json!({"code": 7}))]);
    let client = client(&server);
    let list = client.pets().list();
    let pets = list
        .ids([1, 2])
        .tags(["a", "b"])
        .words(["a", "b"])
        .kinds([ListPetsKind::Cat, ListPetsKind::Dog])
        .x_trace("t")
        .await
        .unwrap();
    assert_eq!(pets, []);
    let request = server.request();
    assert_eq!(
        request.target,
        "/pets?ids=1,2&tags=a&tags=b&words=a%20b&kinds=cat%7Cdog"
    );
    assert_eq!(request.header("authorization"), Some("Basic YWRhOnB3"));
    assert_eq!(request.header("x-trace"), Some("t"));
}

#[tokio::test]
async fn bodies_and_forms_are_sent() {
    let pet = json!({"name": "Rex", "owner": null});
    let server = Server::start([Answer::json(201, &pet), Answer::empty(204), Answer::empty(204)]);
    let client = client(&server);
    let created = client.pets().create("Rex", None::<String>).await.unwrap();
    assert_eq!(created, Pet::new("Rex", None::<String>));
    let update = client.pets().update("1", "Tom");
    update.tags(["a", "b"]).words(["c", "d,e"]).await.unwrap();
    let photo = Upload::from_bytes("photo.png", "png");
    client.pets().upload_photo("1", photo).title("t").await.unwrap();
    let requests = server.requests();
    assert_eq!(requests[0].json(), pet);
    assert_eq!(requests[1].body, b"name=Tom&tags=a&tags=b&words=c,d%2Ce");
    assert_eq!(
        requests[1].header("content-type"),
        Some("application/x-www-form-urlencoded")
    );
    assert_eq!(requests[2].target, "/pets/1/photo?key=k");
    assert!(requests[2].contains("name=\"photo\"; filename=\"photo.png\""));
    assert!(requests[2].contains("name=\"title\"\r\n"));
}

#[tokio::test]
async fn files_and_failures_are_answered() {
    let server = Server::start([Answer::new(200, &[], "png"), Answer::json(418, &json!({"code": 7}))]);
    let client = client(&server);
    let photo = client.pets().get_photo("1").await.unwrap();
    assert_eq!(photo.bytes().await.unwrap(), "png");
    let error = client.pets().list().await.unwrap_err();
    let Some(pets::ListError::Other(problem)) = error.declared::<pets::ListError>() else {
        panic!("{error:?}");
    };
    assert_eq!(problem.code, Some(7));
}
