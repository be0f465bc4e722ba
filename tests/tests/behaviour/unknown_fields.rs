//! `unknown-fields = "keep"`: what the document does not know is not lost.

use fixtures_client::unknown_fields::types::{Cat, CreateRecord, Either, Pet, Record};
use serde_json::json;

use super::{read, round_trip, written};

#[test]
fn answers_keep_every_field_at_every_depth() {
    let record: Record = round_trip(
        r#"{"id":"a","unknownFields":"mine","new":{"x":[1,null]},"inner":{"a":1,"b":2},"list":[{"b":1,"c":"d"},{}],
        "either":{"right":"r","more":true}}"#,
    );
    assert_eq!(record.unknown_fields.as_deref(), Some("mine"));
    assert_eq!(record.unknown_fields_2["new"], json!({"x": [1, null]}));
    assert_eq!(record.inner.unwrap().unknown_fields["b"], 2);
    let Some(Either::Right(right)) = record.either else {
        panic!("not right")
    };
    assert_eq!(right.unknown_fields["more"], true);
}

#[test]
fn null_and_nothing_are_told_apart() {
    assert!(round_trip::<Record>(r#"{"id":"a","ended":null}"#).ended.is_null());
    assert!(round_trip::<Record>(r#"{"id":"a"}"#).ended.is_unset());
}

#[test]
fn the_tag_of_a_union_is_written_and_is_no_unknown_field() {
    let cat = Pet::from(Cat::new().lives(9));
    assert_eq!(
        written(&CreateRecord::new().pet(cat.clone())),
        r#"{"pet":{"petType":"Cat","lives":9}}"#
    );
    assert_eq!(read::<Pet>(r#"{"lives":9,"petType":"Cat"}"#), cat);
    let pet: Pet = round_trip(r#"{"petType":"Cat","lives":9,"new":[1]}"#);
    let Pet::Cat(cat) = pet else { panic!("not a cat") };
    assert_eq!(cat.unknown_fields, [("new".to_owned(), json!([1]))].into());
}

#[test]
fn what_is_only_sent_has_none_to_keep() {
    assert_eq!(written(&CreateRecord::new().name("n")), r#"{"name":"n"}"#);
}
