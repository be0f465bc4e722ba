//! What a client reads beyond what the schemas allow: the table of the README, row by row. And what it refuses.

use fixtures_client::dates::types::Dates;
use fixtures_client::enums::types::Region;
use fixtures_client::numbers::types::{Either, Numbers};
use fixtures_client::objects::types::{Account, Constant};
use fixtures_client::unions::types::{Contact, Ended, Place, ProxyConfig, Unions};
use fixtures_client::unknown_fields::types::Record;
use serde_json::json;

use super::{read, refused, round_trip, written};

#[test]
fn keys_that_the_document_does_not_have_are_passed_over_or_kept() {
    let account = read::<Account>(r#"{"name":"n","new":{"deep":[1]}}"#);
    assert_eq!(written(&account), r#"{"name":"n"}"#);
    let record = round_trip::<Record>(r#"{"id":"1","new":{"deep":[1]}}"#);
    assert_eq!(record.unknown_fields_2["new"], json!({"deep": [1]}));
}

#[test]
fn texts_and_tags_that_are_not_listed_are_kept() {
    assert_eq!(round_trip::<Region>(r#""moon""#), Region::Unknown("moon".to_owned()));
    let proxy = round_trip::<ProxyConfig>(r#"{"type":"moon","phase":1}"#);
    assert_eq!(proxy, ProxyConfig::Unknown(json!({"type": "moon", "phase": 1})));
}

#[test]
fn null_for_what_may_be_missing_is_missing() {
    assert_eq!(read::<Numbers>(r#"{"int8":null,"tags":null}"#), Numbers::new());
    assert_eq!(read::<Unions>(r#"{"proxies":null}"#), Unions::new());
    assert_eq!(
        refused::<Contact>(r#"{"email":null}"#),
        "`email`: invalid type: null, expected a string at line 1 column 14"
    );
}

#[test]
fn integers_may_be_written_with_a_fraction_of_zero() {
    let numbers = read::<Numbers>(r#"{"integer":-0,"int8":-2e1,"uint8":20.0,"uint64":1e3,"either":7.0}"#);
    assert_eq!(
        (numbers.integer, numbers.int8, numbers.uint8, numbers.uint64),
        (Some(0), Some(-20), Some(20), Some(1000))
    );
    assert_eq!(numbers.either, Some(Either::Integer(7)));
    for (text, reason) in [
        (
            r#"{"int8":128.0}"#,
            "invalid type: floating point `128.0`, expected i8 at line 1 column 13",
        ),
        (
            r#"{"int8":128}"#,
            "invalid value: integer `128`, expected i8 at line 1 column 11",
        ),
        (
            r#"{"uint8":-1}"#,
            "invalid value: integer `-1`, expected u8 at line 1 column 11",
        ),
        (
            r#"{"int8":0.5}"#,
            "invalid type: floating point `0.5`, expected i8 at line 1 column 11",
        ),
    ] {
        assert_eq!(refused::<Numbers>(text), reason);
    }
}

#[test]
fn numbers_are_read_as_what_they_are() {
    // Read carelessly, each is one of its neighbours.
    for text in ["123456789.12345679", "5.708990770823839e-308", "0.30000000000000004"] {
        let numbers = read::<Numbers>(&format!(r#"{{"double":{text}}}"#));
        assert_eq!(
            numbers.double.map(f64::to_bits),
            Some(text.parse::<f64>().unwrap().to_bits())
        );
    }
}

#[test]
fn times_are_read_without_offset_and_past_the_last_one() {
    for (text, meant) in [
        ("2025-01-02T03:04:05", "2025-01-02T03:04:05Z"),
        ("2025-01-02", "2025-01-02T00:00:00Z"),
        ("2025-01-02T03:04:05.1234567899Z", "2025-01-02T03:04:05.123456789Z"),
        ("9999-12-31T23:59:59Z", "9999-12-30T22:00:00Z"),
    ] {
        assert_eq!(read::<Dates>(&json!({ "at": text }).to_string()).at.to_string(), meant);
    }
}

#[test]
fn texts_are_not_looked_at() {
    let numbers = round_trip::<Numbers>(r#"{"decimal":"x","id":"none","url":""}"#);
    assert_eq!(numbers.url.as_deref(), Some(""));
}

#[test]
fn constants_may_be_missing_and_null_where_they_may_be_missing() {
    assert_eq!(read::<Constant>(r#"{"name":"n"}"#), Constant::new("n"));
    assert_eq!(
        refused::<Constant>(r#"{"object":null,"name":"n"}"#),
        "invalid type: null, expected `thing` at line 1 column 14"
    );
    assert_eq!(read::<Ended>(r#"{"reason":"r"}"#), Ended::new().reason("r"));
    // But an alternative is not tried without the one that it requires.
    assert!(matches!(read::<Place>(r#"{"page":"p"}"#), Place::Page(_)));
    assert!(matches!(read::<Place>(r#"{"type":"workspace"}"#), Place::Workspace(_)));
    let reason = refused::<Place>("{}");
    assert!(reason.contains("Workspace: missing field `type`"), "{reason}");
}

#[test]
fn of_a_key_that_comes_twice_the_last_value_counts() {
    assert_eq!(read::<Account>(r#"{"name":"m","name":"n"}"#), read(r#"{"name":"n"}"#));
}

#[test]
fn all_else_that_is_not_of_its_type_is_an_error() {
    assert_eq!(refused::<Account>("{}"), "missing field `name` at line 1 column 2");
    assert_eq!(
        refused::<Account>(r#"{"name":null}"#),
        "invalid type: null, expected a string at line 1 column 12"
    );
    assert_eq!(
        refused::<Numbers>(r#"{"integer":"1"}"#),
        "invalid type: string \"1\", expected i64 at line 1 column 14"
    );
}
