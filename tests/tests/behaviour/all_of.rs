//! `allOf`: one flat type.

use fixtures_client::Nullable;
use fixtures_client::all_of::types::{
    CreateSession, CreateSessionResponse, Either, GetSessionResponse, ListContradictionsResponse, Session, Status,
};

use super::{read, refused, round_trip, written};

#[test]
fn what_one_part_requires_is_required() {
    assert_eq!(
        written(&CreateSession::new("eu").timeout(60)),
        r#"{"region":"eu","timeout":60}"#
    );
    assert_eq!(
        refused::<Session>(r#"{"status":"RUNNING"}"#),
        "missing field `id` at line 1 column 20"
    );
}

#[test]
fn what_every_part_lets_be_null_can_be_null() {
    let session = CreateSession::new("eu");
    assert_eq!(
        written(&session.clone().country("no")),
        r#"{"region":"eu","country":"no"}"#
    );
    assert_eq!(written(&session.country(None)), r#"{"region":"eu","country":null}"#);
    let read: CreateSession = round_trip(r#"{"region":"eu","country":null}"#);
    assert_eq!(read.country, Nullable::Null);
}

#[test]
fn an_extension_is_a_type_of_its_own() {
    let text = r#"{"id":"a","status":"RUNNING","connectUrl":"wss://x"}"#;
    let created: CreateSessionResponse = read(text);
    assert_eq!(created.connect_url, "wss://x");
    assert_eq!(created.status, Status::Running);
    let got: GetSessionResponse = read(r#"{"id":"a","status":"PAUSED"}"#);
    assert_eq!((got.connect_url, got.status.as_str()), (None, "PAUSED"));
    assert_eq!(
        refused::<CreateSessionResponse>(r#"{"id":"a","status":"RUNNING"}"#),
        "missing field `connectUrl` at line 1 column 29"
    );
}

#[test]
fn the_narrowest_type_holds() {
    let session: Session = read(
        r#"{"id":"a","status":"ERROR","narrowed":200,"closed":"c","other":"kept","parent":{"id":"b","status":"RUNNING"}}"#,
    );
    assert_eq!(session.narrowed, Some(200_u8));
    assert_eq!(session.closed.as_deref(), Some("c"));
    assert_eq!(session.additional_properties["other"], "kept");
    assert_eq!(session.parent.unwrap().id, "b");
}

#[test]
fn objects_are_merged_into_each_alternative_of_a_union() {
    let answer: ListContradictionsResponse = read(r#"{"either":{"id":"a","narrowed":1,"dog":"rex"},"kinds":[1]}"#);
    let Some(Either::EitherObject2(dog)) = answer.either else {
        panic!("not a dog: {:?}", answer.either)
    };
    assert_eq!((dog.id.as_str(), dog.narrowed, dog.dog.as_str()), ("a", 1, "rex"));
    assert_eq!(answer.kinds, Some(round_trip("[1]")));
}
