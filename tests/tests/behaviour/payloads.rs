//! What webhooks and callbacks send, read as their users read it.

use fixtures_client::payloads::types::{ApiStringState, Event, Job};
use fixtures_client::payloads::{callbacks, webhooks};

#[test]
fn a_payload_is_read_under_the_name_of_its_webhook() {
    // What is only ever answered is there, what is only sent is not.
    let pet: webhooks::NewPet = serde_json::from_slice(br#"{"name":"Rex","id":"p-1","new":1}"#).unwrap();
    assert_eq!((pet.name.as_str(), pet.id.as_deref()), ("Rex", Some("p-1")));
    let error = serde_json::from_slice::<webhooks::NewPet>(b"{}").unwrap_err();
    assert_eq!(error.to_string(), "missing field `name` at line 1 column 2");
}

#[test]
fn a_payload_that_has_its_schema_right_there() {
    let body = br#"{"sent_at":"2026-01-02T03:04:05Z","state":"sideways"}"#;
    let payload: webhooks::StringPost = serde_json::from_slice(body).unwrap();
    assert_eq!(payload.sent_at.to_string(), "2026-01-02T03:04:05Z");
    assert_eq!(payload.state, Some(ApiStringState::Unknown("sideways".to_owned())));
}

#[test]
fn payloads_are_lists_and_unions_too() {
    let pets: webhooks::AllPets = serde_json::from_slice(br#"[{"name":"Rex"},{"name":"Tom"}]"#).unwrap();
    let names: Vec<_> = pets.iter().map(|pet| pet.name.as_str()).collect();
    assert_eq!(names, ["Rex", "Tom"]);
    let event: webhooks::Event = serde_json::from_slice(br#"{"kind":"started","by":"me"}"#).unwrap();
    match event {
        Event::Started(started) => assert_eq!(started.by, "me"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn callbacks_are_read_in_the_same_way() {
    // The type that the call answers as well.
    let job: callbacks::Done = serde_json::from_slice(br#"{"id":"j-1"}"#).unwrap();
    let job: Job = job;
    assert_eq!(job.id, "j-1");
    // Two operations have the same callback.
    let report: callbacks::Progress = serde_json::from_slice(br#"{"percent":7}"#).unwrap();
    let same: callbacks::CreateImportProgress = report;
    assert_eq!(same.percent, 7);
}
