//! Absent, null and value: three states where all three can be sent, two where the third means nothing.

use fixtures_client::Nullable;
use fixtures_client::null::types::{Both, Inner, NewRecord, Record};
use fixtures_client::null_types;

use super::{read, refused, round_trip, written};

#[test]
fn what_may_be_left_out_and_be_null_is_sent_in_three_states() {
    let record = NewRecord::new(1, None);
    assert_eq!(record.may_or_null, Nullable::Unset);
    assert_eq!(written(&record), r#"{"must":1,"mustOrNull":null}"#);
    assert_eq!(
        written(&record.clone().may_or_null(None)),
        r#"{"must":1,"mustOrNull":null,"mayOrNull":null}"#
    );
    assert_eq!(
        written(&record.may_or_null(2)),
        r#"{"must":1,"mustOrNull":null,"mayOrNull":2}"#
    );
}

#[test]
fn what_must_be_there_is_asked_for() {
    assert_eq!(written(&NewRecord::new(1, 2)), r#"{"must":1,"mustOrNull":2}"#);
    assert_eq!(
        written(&NewRecord::new(1, Some(2)).may(3)),
        r#"{"must":1,"may":3,"mustOrNull":2}"#
    );
}

#[test]
fn every_nullable_kind_takes_a_value_or_none() {
    let record = NewRecord::new(1, None)
        .text_or_null("us")
        .list_or_null(["a"])
        .kind_or_null("a")
        .ref_or_null(Inner::new().name("n"));
    assert_eq!(
        written(&record),
        r#"{"must":1,"mustOrNull":null,"textOrNull":"us","listOrNull":["a"],"kindOrNull":"a","refOrNull":{"name":"n"}}"#
    );
    let none = NewRecord::new(1, None)
        .text_or_null(None)
        .list_or_null(None)
        .kind_or_null(None)
        .ref_or_null(None);
    assert_eq!(
        written(&none),
        r#"{"must":1,"mustOrNull":null,"textOrNull":null,"listOrNull":null,"kindOrNull":null,"refOrNull":null}"#
    );
}

#[test]
fn what_is_only_answered_has_two_states() {
    let full: Record = read(r#"{"must":1,"may":2,"mustOrNull":3,"mayOrNull":4}"#);
    assert_eq!(
        (full.must, full.may, full.must_or_null, full.may_or_null),
        (1, Some(2), Some(3), Some(4))
    );
    let nulls: Record = read(r#"{"must":1,"mustOrNull":null,"mayOrNull":null}"#);
    assert_eq!((nulls.may, nulls.must_or_null, nulls.may_or_null), (None, None, None));
    let absent: Record = read(r#"{"must":1,"mustOrNull":null}"#);
    assert_eq!(absent, nulls);
    assert_eq!(
        refused::<Record>(r#"{"mustOrNull":null}"#),
        "missing field `must` at line 1 column 19"
    );
    assert_eq!(
        refused::<Record>(r#"{"must":null,"mustOrNull":null}"#),
        "invalid type: null, expected i64 at line 1 column 12"
    );
    assert_eq!(
        refused::<Record>(r#"{"must":1}"#),
        "missing field `mustOrNull` at line 1 column 10"
    );
}

/// Some servers write `null` for what they leave out.
#[test]
fn null_is_read_as_absent_where_the_document_knows_no_null() {
    assert_eq!(read::<Record>(r#"{"must":1,"may":null,"mustOrNull":2}"#).may, None);
}

#[test]
fn what_goes_both_ways_keeps_its_state() {
    assert_eq!(round_trip::<Both>("{}").may_or_null, Nullable::Unset);
    assert_eq!(round_trip::<Both>(r#"{"mayOrNull":null}"#).may_or_null, Nullable::Null);
    assert_eq!(
        round_trip::<Both>(r#"{"mayOrNull":true}"#).may_or_null,
        Nullable::Value(true)
    );
    let items: Both = round_trip(r#"{"nullItems":[1,null],"nullValues":{"a":null,"b":2}}"#);
    assert_eq!(items.null_items, Some(vec![Some(1), None]));
    assert_eq!(items.null_values.unwrap()["a"], None);
}

#[test]
fn the_words_of_3_1_mean_the_same() {
    let record = null_types::types::Record::new(1, None)
        .may_or_null(None)
        .any_of(null_types::types::Inner::new())
        .one_of("id")
        .choice("text")
        .mixed(5)
        .kind(null_types::types::RecordKind::B);
    assert_eq!(
        written(&record),
        r#"{"must":1,"mustOrNull":null,"mayOrNull":null,"anyOf":{},"oneOf":"id","choice":"text","kind":"b","mixed":5}"#
    );
    let nulls: null_types::types::Record =
        round_trip(r#"{"must":1,"mustOrNull":null,"anyOf":null,"oneOf":null,"choice":null,"kind":null,"mixed":null}"#);
    assert_eq!(
        (nulls.any_of, nulls.choice, nulls.kind),
        (Nullable::Null, Nullable::Null, Nullable::Null)
    );
}
