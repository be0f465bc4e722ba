//! What an API means in Rust, row by row of the table in README.md: each test fails if its row is broken.

use fixtures_client::all_of::types::{CreateSession, CreateSessionResponse, GetSessionResponse};
use fixtures_client::enums::types::{Country, Enums, Odd, Region};
use fixtures_client::inline::types::{CreateJobResponse, CreateJobSettings, Size};
use fixtures_client::numbers::types::Numbers;
use fixtures_client::objects::types::{Account, Beside, Closed, Constant, Objects};
use fixtures_client::recursive::types::{Expression, Json, Link0, Tree};
use fixtures_client::unions::types::{
    BrowserbaseProxy, Contact, Event, ExternalProxy, Filter, Kinds, Lists, Model, Nested, NoneProxy, Number, Pet,
    Proxies, ProxyConfig, Shape, Texts, Unions,
};
use fixtures_client::unknown_fields::types::Record;
use fixtures_client::{Nullable, null};
use serde_json::{Value, json};

use super::{read, refused, round_trip, written};

#[test]
fn what_is_sent_has_three_states_and_what_is_answered_two() {
    let both = null::types::Both::new();
    assert_eq!(written(&both), "{}");
    assert_eq!(written(&both.clone().may_or_null(None)), r#"{"mayOrNull":null}"#);
    assert_eq!(written(&both.may_or_null(true)), r#"{"mayOrNull":true}"#);
    for (text, state) in [
        ("{}", Nullable::Unset),
        (r#"{"mayOrNull":null}"#, Nullable::Null),
        (r#"{"mayOrNull":false}"#, Nullable::Value(false)),
    ] {
        assert_eq!(round_trip::<null::types::Both>(text).may_or_null, state);
    }
    let record: null::types::Record = read(r#"{"must":1,"mustOrNull":null,"mayOrNull":null}"#);
    assert_eq!(
        (record.may, record.must_or_null, record.may_or_null),
        (None, None, None)
    );
    assert_eq!(
        refused::<null::types::Record>(r#"{"mustOrNull":1}"#),
        "missing field `must` at line 1 column 16"
    );
    // The document's default (`us`) is the API's business.
    assert_eq!(
        written(&null::types::NewRecord::new(1, 2)),
        r#"{"must":1,"mustOrNull":2}"#
    );
    let texts = null::types::NewRecord::new(1, None)
        .text_or_null("de")
        .list_or_null(None);
    assert_eq!(
        written(&texts),
        r#"{"must":1,"mustOrNull":null,"textOrNull":"de","listOrNull":null}"#
    );
}

#[test]
fn an_enum_keeps_what_it_does_not_know() {
    let enums: Enums = round_trip(r#"{"region":"mars-1","odd":"","country":"no","list":["x","z"]}"#);
    assert_eq!(enums.region, Region::Unknown("mars-1".to_owned()));
    assert_eq!(enums.odd, Some(Odd::Empty));
    assert_eq!(enums.country, Nullable::Value(Country::No));
    assert_eq!(enums.region.to_string(), "mars-1");
    assert_eq!("us-west-2".parse::<Region>(), Ok(Region::UsWest2));
    assert_eq!(Region::from("eu-central-1").as_str(), "eu-central-1");
    // Each value of a list has a variant of its own, however it is written, and is written as it was.
    let odd = [
        "",
        "+1",
        "-1",
        "type",
        "self",
        "Self",
        "UP",
        "up",
        "Up",
        "a b",
        "a_b",
        "ünï",
        "🎉",
        "*/",
        "\"quoted\"",
        "C:\\path",
        "unknown",
        "Unknown",
        "1st",
        "{0}",
    ];
    for text in odd {
        let known = Odd::from(text);
        assert!(!matches!(known, Odd::Other(_)), "{text:?}");
        assert_eq!(written(&known), written(&text));
    }
    assert_eq!(Odd::from("else"), Odd::Other("else".to_owned()));
    for (text, country) in [
        ("1", Country::Value1),
        ("1.50", Country::Value1_50),
        ("on", Country::On),
    ] {
        assert_eq!(Country::from(text), country);
    }
    assert_eq!(
        refused::<Region>("1"),
        "invalid type: integer `1`, expected a string at line 1 column 1"
    );
}

#[test]
fn alternatives_of_different_kinds_are_told_apart_by_kind() {
    for (text, kinds) in [
        (r#""a""#, Kinds::Text("a".to_owned())),
        ("9007199254740993", Kinds::Integer(9_007_199_254_740_993)),
        ("1.5", Kinds::Number(1.5)),
        ("true", Kinds::Bool(true)),
        (r#"["a"]"#, Kinds::List(vec!["a".to_owned()])),
        (r#"{"a":"b"}"#, Kinds::Map([("a".to_owned(), "b".to_owned())].into())),
    ] {
        assert_eq!(round_trip::<Kinds>(text), kinds);
    }
    assert_eq!(round_trip::<Number>("2"), Number::Integer(2));
    assert_eq!(round_trip::<Number>("2.5"), Number::Number(2.5));
    assert_eq!(written(&Unions::new().proxies(true)), r#"{"proxies":true}"#);
    let wrong = refused::<Proxies>(r#""x""#);
    assert!(wrong.contains("expected an array or a boolean"), "{wrong}");
}

#[test]
fn objects_are_told_apart_by_a_property_with_one_value() {
    let sent = Unions::new().proxies([
        ProxyConfig::from(BrowserbaseProxy::new().domain("*.shop")),
        ExternalProxy::new("http://proxy").into(),
        NoneProxy::new().into(),
    ]);
    let text = r#"{"proxies":[{"type":"browserbase","domain":"*.shop"},{"server":"http://proxy","type":"external"},{"type":"none"}]}"#;
    assert_eq!(read::<Value>(&written(&sent)), read::<Value>(text));
    assert_eq!(round_trip::<Unions>(text), sent);
    // The tag may come last, and one that nobody knew is kept.
    assert_eq!(
        read::<ProxyConfig>(r#"{"server":"s","type":"external"}"#),
        ExternalProxy::new("s").into()
    );
    let unknown = json!({"type": "satellite", "dish": 3});
    assert_eq!(
        round_trip::<ProxyConfig>(&unknown.to_string()),
        ProxyConfig::Unknown(unknown)
    );
    assert!(matches!(round_trip(r#"{"event":"held","until":3}"#), Event::Paused(_)));
    assert!(matches!(
        round_trip(r#"{"reason":"r","event":"ended"}"#),
        Event::Ended(_)
    ));
}

#[test]
fn objects_are_told_apart_by_the_discriminator() {
    // No alternative declares the property: it is written beside the alternative's own.
    assert!(matches!(round_trip(r#"{"petType":"Cat","lives":9}"#), Pet::Cat(cat) if cat.lives == Some(9)));
    assert!(matches!(round_trip(r#"{"bark":"wau","petType":"Dog"}"#), Pet::Dog(_)));
    assert!(matches!(round_trip(r#"{"petType":"Emu"}"#), Pet::Unknown(_)));
    assert!(matches!(
        round_trip(r#"{"kind":"round","radius":1.0}"#),
        Shape::Round(_)
    ));
    assert!(matches!(round_trip(r#"{"kind":"box"}"#), Shape::Square(square) if square.kind == "box"));
    assert!(matches!(round_trip(r#"{"kind":"cube"}"#), Shape::Square(_)));
}

#[test]
fn what_is_left_is_told_apart_by_required_keys_and_then_by_trial() {
    assert!(matches!(round_trip(r#"{"name":"n","email":"e"}"#), Contact::Email(_)));
    assert!(matches!(round_trip(r#"{"phone":"p"}"#), Contact::Phone(_)));
    assert!(matches!(round_trip(r#"{"value":"v","exact":true}"#), Filter::Text(_)));
    assert!(matches!(round_trip(r#"{"value":1.5}"#), Filter::Number(_)));
    assert!(matches!(round_trip(r#"{"all":true}"#), Filter::Any(_)));
    let reasons = refused::<Filter>(r#"{"value":[],"all":1}"#);
    for alternative in ["Text", "Number", "Any"] {
        assert!(reasons.contains(alternative), "{reasons}");
    }
    assert_eq!(round_trip::<Lists>("[1,2]"), Lists::List(vec![1, 2]));
    assert_eq!(round_trip::<Lists>(r#"["a"]"#), Lists::List2(vec!["a".to_owned()]));
    assert!(matches!(round_trip(r#"[1,"a",{"petType":"Cat"}]"#), Nested::List(list) if list.len() == 3));
    // A list of texts beside plain text is an open enum.
    assert_eq!(round_trip::<Texts>(r#""now""#), Texts::Now);
    assert_eq!(round_trip::<Model>(r#""huge""#), Model::Unknown("huge".to_owned()));
}

#[test]
fn all_of_is_one_flat_struct() {
    assert_eq!(
        written(&CreateSession::new("eu").timeout(60)),
        r#"{"region":"eu","timeout":60}"#
    );
    let text = r#"{"id":"s","narrowed":5,"status":"RUNNING","connectUrl":"wss://x","note":"kept"}"#;
    let created: CreateSessionResponse = round_trip(text);
    assert_eq!((created.connect_url.as_str(), created.narrowed), ("wss://x", Some(5)));
    assert_eq!(created.additional_properties["note"], "kept");
    let missing = refused::<CreateSessionResponse>(r#"{"id":"s","status":"ERROR"}"#);
    assert!(missing.starts_with("missing field `connectUrl`"), "{missing}");
    assert_eq!(
        read::<GetSessionResponse>(r#"{"id":"s","status":"ERROR"}"#).connect_url,
        None
    );
}

#[test]
fn constants_are_written_for_the_user_and_checked_when_read() {
    let text = r#"{"object":"thing","version":2,"live":true,"name":"n"}"#;
    assert_eq!(written(&Constant::new("n")), text);
    assert_eq!(read::<Constant>(text), Constant::new("n"));
    let wrong = refused::<Constant>(r#"{"object":"other","name":"n"}"#);
    assert!(wrong.starts_with("expected `thing`, found `other`"), "{wrong}");
}

#[test]
fn maps_and_free_objects_keep_everything() {
    let text = r#"{"typed":{"a":1},"nested":{"a":{"b":["c"]}},"free":{"x":[1,null]},"bare":{"y":{}},"closed":{},"anything":[1],"beside":{"id":"i","additionalProperties":"p","n":1.5},"besideFree":{"deep":{"er":true}},"tuple":["a",1],"entries":{"e":{"size":1}}}"#;
    let objects: Objects = round_trip(text);
    assert_eq!(objects.typed, Some([("a".to_owned(), 1)].into()));
    assert_eq!(objects.closed, Some(Closed::new()));
    let mut beside = Beside::new("i").additional_properties("p");
    beside.additional_properties_2 = [("n".to_owned(), 1.5)].into();
    assert_eq!(objects.beside, Some(beside));
    assert_eq!(
        written(&Objects::new().typed([("a", 1)]).free([("b", true)])),
        r#"{"typed":{"a":1},"free":{"b":true}}"#
    );
    // What is only answered, and what is only sent, is asked of nobody.
    assert_eq!(written(&Account::new("p", "n")), r#"{"password":"p","name":"n"}"#);
}

#[test]
fn unknown_fields_are_kept_where_that_is_asked_for() {
    let text = r#"{"id":"i","unknownFields":"u","new":[1],"inner":{"a":1,"b":2},"list":[{"c":null}],"either":{"left":"l","more":{}}}"#;
    let record: Record = round_trip(text);
    assert_eq!(record.unknown_fields_2["new"], json!([1]));
    // Elsewhere they are let go; the last of two equal keys holds.
    assert_eq!(read::<Size>(r#"{"width":1,"depth":2,"width":3}"#), Size::new().width(3));
}

#[test]
fn numbers_have_the_width_that_the_document_says() {
    let text = r#"{"integer":3000000000,"int8":-128,"int16":-32768,"int32":-2147483648,"uint8":255,"uint16":65535,"uint32":4294967295,"uint64":18446744073709551615,"double":0.1,"decimal":"0.10000000000000000000001"}"#;
    let numbers: Numbers = round_trip(text);
    assert_eq!((numbers.integer, numbers.uint64), (Some(3_000_000_000), Some(u64::MAX)));
    assert_eq!(numbers.decimal.as_deref(), Some("0.10000000000000000000001"));
    for text in [
        r#"{"uint8":256}"#,
        r#"{"uint8":-1}"#,
        r#"{"int32":2147483648}"#,
        r#"{"integer":1.5}"#,
    ] {
        assert!(refused::<Numbers>(text).contains("invalid"), "{text}");
    }
}

#[test]
fn types_may_hold_themselves() {
    let text = r#"{"name":"a","left":{"name":"b"},"children":[{"name":"c","even":{"odd":{"even":null}}}],"named":{"d":{"name":"d"}},"expression":{"and":[{"not":"x"},"y"]},"json":[null,true,1.5,"s",{"k":[]}]}"#;
    let tree: Tree = round_trip(text);
    assert_eq!(tree.left.as_ref().map(|left| left.name.as_str()), Some("b"));
    assert!(matches!(tree.expression, Some(Expression::And(_))));
    assert!(matches!(tree.json, Nullable::Value(Json::List(_))));
    // Deeper than `serde_json` goes is an error, and no crash.
    let deep = format!("{}{}", "[".repeat(200_000), "]".repeat(200_000));
    assert!(refused::<Json>(&deep).starts_with("recursion limit exceeded"));
}

/// Two hundred types in each other: decoded and encoded here, so that code is generated for them.
#[test]
fn a_long_chain_of_types_can_be_used() {
    let links = 60;
    let text = format!("{}{{}}{}", r#"{"depth":1,"next":"#.repeat(links), "}".repeat(links));
    round_trip::<Link0>(&text);
}

#[test]
fn equal_inline_types_are_one() {
    let answer: CreateJobResponse = read(r#"{"id":"j","mode":"fast","size":{"width":1}}"#);
    // These are assignments that only compile where the types are the same.
    let mut settings = CreateJobSettings::new();
    settings.mode = answer.mode;
    settings.size = answer.size;
    assert_eq!(written(&settings), r#"{"size":{"width":1},"mode":"fast"}"#);
}
