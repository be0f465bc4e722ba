//! Maps, free objects, anything; properties with others beside them; constants.

use fixtures_client::objects::types::{Account, Beside, BesideFree, Closed, Constant, Objects, Tuple};
use serde_json::json;

use super::{read, refused, round_trip, written};

#[test]
fn maps_and_free_objects_are_built_from_pairs() {
    let objects = Objects::new()
        .typed([("a", 1), ("b", 2)])
        .free([("any", json!([1])), ("thing", json!(null))])
        .anything("text")
        .list([json!(1), json!("a")])
        .lists([vec![json!(1)], vec![]])
        .closed(Closed::new())
        .tuple([Tuple::from("a"), 1.into()]);
    assert_eq!(
        written(&objects),
        r#"{"typed":{"a":1,"b":2},"free":{"any":[1],"thing":null},"closed":{},"anything":"text","list":[1,"a"],"lists":[[1],[]],"tuple":["a",1]}"#
    );
}

#[test]
fn everything_comes_back() {
    let text = r#"{"typed":{"a":-1},"nested":{"a":{"b":["c"]}},"free":{"x":{"y":null}},"bare":{"1":2},"anything":null,
        "allowed":false,"documented":[{}],"patterns":{"x-a":"b"},"set":["a"],"entries":{"e":{"size":3}}}"#;
    let objects: Objects = round_trip(&text.replace("\n        ", ""));
    assert_eq!(objects.nested.as_ref().unwrap()["a"]["b"], ["c"]);
    assert_eq!(objects.bare.as_ref().unwrap()["1"], 2);
    assert_eq!(objects.entries.as_ref().unwrap()["e"].size, Some(3));
    // Where anything may stand `null` is a value.
    assert_eq!(objects.anything, Some(json!(null)));
    assert_eq!(read::<Objects>("{}").anything, None);
    assert_eq!(objects.allowed, Some(json!(false)));
    assert_eq!(
        refused::<Objects>(r#"{"typed":{"a":"b"}}"#),
        "invalid type: string \"b\", expected i64 at line 1 column 17"
    );
    assert_eq!(
        refused::<Objects>(r#"{"bare":[]}"#),
        "invalid type: sequence, expected a map at line 1 column 8"
    );
}

#[test]
fn additional_properties_stand_beside_declared_ones() {
    let beside: Beside = round_trip(r#"{"id":"a","additionalProperties":"mine","x":1.5,"y":2.0}"#);
    assert_eq!(beside.additional_properties.as_deref(), Some("mine"));
    assert_eq!(beside.additional_properties_2["x"].to_bits(), 1.5_f64.to_bits());
    let free: BesideFree = round_trip(r#"{"other":{"a":[1]}}"#);
    assert_eq!(free.additional_properties["other"], json!({"a": [1]}));
    assert_eq!(
        refused::<Beside>(r#"{"id":"a","x":"y"}"#),
        "invalid type: string \"y\", expected f64 at line 1 column 17"
    );
}

#[test]
fn what_is_only_answered_is_not_asked_for_and_what_is_only_sent_is() {
    let account = Account::new("p", "n");
    assert_eq!(written(&account), r#"{"password":"p","name":"n"}"#);
    assert_eq!((account.id, account.password.as_deref()), (None, Some("p")));
    assert_eq!(read::<Account>(r#"{"id":"1","name":"n"}"#).password, None);
    assert_eq!(read::<Account>(r#"{"id":"1","name":"n"}"#).id.as_deref(), Some("1"));
}

#[test]
fn constants_are_written_and_checked() {
    let constant = Constant::new("n");
    let text = r#"{"object":"thing","version":2,"live":true,"name":"n"}"#;
    assert_eq!(written(&constant), text);
    assert_eq!(read::<Constant>(text), constant);
    assert_eq!(read::<Constant>(r#"{"name":"n"}"#), constant);
    assert_eq!(
        refused::<Constant>(r#"{"object":"other","name":"n"}"#),
        "expected `thing`, found `other` at line 1 column 17"
    );
}

#[test]
fn a_key_that_nobody_knows_is_skipped_and_a_key_given_twice_counts_last() {
    let account = read::<Account>(r#"{"name":"n"}"#);
    assert_eq!(read::<Account>(r#"{"new":[{"deep":1}],"name":"n"}"#), account);
    assert_eq!(read::<Account>(r#"{"name":"m","name":"n"}"#), account);
}
