//! What is read: unions of every kind, and the reasons when a body does not fit.

use serde::Deserialize;
use serde::de::{DeserializeOwned, MapAccess};
use serde_json::{from_str, json};

use crate::runtime::de;
use crate::sample::types::{Anything, Event, ExternalProxy, Failure, Inner, Node, OwnProxy, Proxies, Proxy, Session};

fn reason<T: DeserializeOwned + std::fmt::Debug>(text: &str) -> String {
    from_str::<T>(text).unwrap_err().to_string()
}

#[test]
fn keys_in_any_order_and_twice() {
    let session: Session = from_str(r#"{"x":1,"parent":"p","bytes":1,"id":"a","bytes":2,"id":"b"}"#).unwrap();
    assert_eq!(
        (session.id.as_str(), session.bytes, session.parent.as_deref()),
        ("b", 2, Some("p"))
    );
    assert_eq!(
        from_str::<Failure>(r#"{"m":[{}],"message":"\u0061"}"#).unwrap(),
        Failure { message: "a".into() }
    );
}

#[test]
fn records_say_what_is_wrong() {
    assert_eq!(
        reason::<Session>(r#"{"id":"1","bytes":1}"#),
        "missing field `parent` at line 1 column 20"
    );
    assert_eq!(
        reason::<Failure>("[]"),
        "invalid type: sequence, expected an object (Failure) at line 1 column 0"
    );
    assert_eq!(
        reason::<OwnProxy>(r#"{"type":"x"}"#),
        "expected `own`, found `x` at line 1 column 11"
    );
    assert_eq!(
        reason::<OwnProxy>(r#"{"version":3}"#),
        "expected `2`, found `3` at line 1 column 12"
    );
    assert_eq!(
        reason::<OwnProxy>(r#"{"on":false}"#),
        "expected `true`, found `false` at line 1 column 11"
    );
    assert_eq!(from_str::<OwnProxy>("{}").unwrap(), OwnProxy::default());
}

#[test]
fn unions_by_kind() {
    assert_eq!(from_str::<Proxies>("false").unwrap(), Proxies::Bool(false));
    assert_eq!(from_str::<Proxies>("[]").unwrap(), Proxies::List(vec![]));
    let expected = |found: &str| format!("expected an array or a boolean, found {found} at line 1 column ");
    for (text, found) in [
        ("\"x\"", "a string"),
        ("1", "a number"),
        ("1.5", "a number"),
        ("null", "null"),
        ("{}", "an object"),
    ] {
        assert!(
            reason::<Proxies>(text).starts_with(&expected(found)),
            "{}",
            reason::<Proxies>(text)
        );
    }
}

#[test]
fn unions_by_tag() {
    let external = Proxy::External(ExternalProxy { server: "s".into() });
    assert_eq!(
        from_str::<Proxy>(r#"{"type":"external","server":"s"}"#).unwrap(),
        external
    );
    assert_eq!(
        from_str::<Proxy>(r#"{"new":{"a":[1]},"server":"s","type":"external","more":1}"#).unwrap(),
        external
    );
    let unknown = json!({"a": 1, "type": "new", "b": null});
    assert_eq!(
        from_str::<Proxy>(&unknown.to_string()).unwrap(),
        Proxy::Unknown(unknown)
    );
    assert_eq!(
        from_str::<Proxy>(r#"{"a":1}"#).unwrap(),
        Proxy::Unknown(json!({"a": 1}))
    );
    let late = r#"{"server":1,"type":"external"}"#;
    assert_eq!(
        reason::<Proxy>(late),
        "`server`: invalid type: integer `1`, expected a string at line 1 column 30"
    );
    assert_eq!(
        reason::<Proxy>(r#"{"type":"external"}"#),
        "missing field `server` at line 1 column 19"
    );
}

#[test]
fn unions_by_keys() {
    let external = Event::External(ExternalProxy { server: "s".into() });
    assert_eq!(
        from_str::<Event>(r#"{"message":"m","server":"s","type":"external"}"#).unwrap(),
        external
    );
    assert_eq!(
        from_str::<Event>(r#"{"message":"m"}"#).unwrap(),
        Event::Failure(Failure { message: "m".into() })
    );
    let wanted = "expected `server` and `type`, or `message`, found ";
    assert_eq!(
        reason::<Event>(r#"{"a":1,"b":2}"#),
        format!("{wanted}`a`, `b` at line 1 column 13")
    );
    assert_eq!(reason::<Event>("{}"), format!("{wanted}no keys at line 1 column 2"));
}

#[test]
fn unions_by_trial_name_every_reason() {
    assert_eq!(from_str::<Anything>("[1,2]").unwrap(), Anything::Integers(vec![1, 2]));
    assert_eq!(
        from_str::<Anything>(r#"["a"]"#).unwrap(),
        Anything::Texts(vec!["a".into()])
    );
    assert_eq!(
        from_str::<Anything>(r#"{"message":"m"}"#).unwrap(),
        Anything::Failure(Failure { message: "m".into() })
    );
    assert_eq!(
        reason::<Anything>("[true]"),
        "no alternative fits: Integers: invalid type: boolean `true`, expected i64; Texts: invalid type: boolean \
         `true`, expected a string at line 1 column 6"
    );
    assert_eq!(
        reason::<Anything>(r#"{"id":"1"}"#),
        "no alternative fits: Session: missing field `bytes`; Failure: missing field `message` at line 1 column 10"
    );
}

#[test]
fn numbers_of_any_size() {
    assert_eq!(from_str::<Anything>("-5").unwrap(), Anything::Integer(-5));
    assert_eq!(from_str::<Anything>("20.0").unwrap(), Anything::Integer(20));
    assert_eq!(from_str::<Anything>("20.5").unwrap(), Anything::Number(20.5));
    assert_eq!(from_str::<Anything>("1e30").unwrap(), Anything::Number(1e30));
    assert_eq!(
        from_str::<Anything>("123456789012345678901234567890").unwrap(),
        Anything::Number(1.234_567_890_123_456_8e29)
    );
    // Beyond what an integer of this union holds it is a number.
    assert_eq!(
        from_str::<Anything>("18446744073709551615").unwrap(),
        Anything::Number(18_446_744_073_709_551_615.0)
    );
}

#[test]
fn recursive_unions() {
    let leaf = |text: &str| Node::Leaf(text.into());
    let node: Node =
        from_str(r#"[{"left":{"kind":"pair","left":"a","right":[]},"kind":"pair","right":"b"},"c"]"#).unwrap();
    let Node::List(items) = node else { panic!("{node:?}") };
    let Node::Pair(pair) = &items[0] else {
        panic!("{items:?}")
    };
    assert_eq!((&pair.right, &items[1]), (&leaf("b"), &leaf("c")));
    let Node::Pair(inner) = &pair.left else {
        panic!("{pair:?}")
    };
    assert_eq!((&inner.left, &inner.right), (&leaf("a"), &Node::List(vec![])));
    let untagged: Node = from_str(r#"{"left":"a","right":"b"}"#).unwrap();
    let Node::Inner(inner) = untagged else {
        panic!("{untagged:?}")
    };
    let Inner::Pair(pair) = *inner else { panic!("{inner:?}") };
    assert_eq!((&pair.left, &pair.right), (&leaf("a"), &leaf("b")));
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    assert_eq!(reason::<Node>(&deep), "recursion limit exceeded at line 1 column 128");
}

macro_rules! chain {
    ($name:ident $next:ident $($rest:ident)*) => {
        link!($name, $next);
        chain!($next $($rest)*);
    };
    ($last:ident) => {
        link!($last, Failure);
    };
}

macro_rules! link {
    ($name:ident, $next:ident) => {
        #[derive(Debug)]
        #[allow(dead_code, reason = "`Debug` shows it")]
        struct $name {
            next: $next,
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                de::object(deserializer)
            }
        }

        impl de::Object for $name {
            const NAME: &'static str = stringify!($name);
            const FIELDS: &'static [&'static str] = &["next"];

            fn read<'de, A: MapAccess<'de>>(mut fields: de::Fields<'de, A>) -> Result<Self, A::Error> {
                let mut next = None;
                while let Some(field) = fields.next()? {
                    match field {
                        0 => fields.set_some(&mut next),
                        _ => fields.skip(),
                    }?;
                }
                Ok(Self {
                    next: fields.required(next, "next")?,
                })
            }
        }
    };
}

chain! {
    L00 L01 L02 L03 L04 L05 L06 L07 L08 L09 L10 L11 L12 L13 L14 L15
    L16 L17 L18 L19 L20 L21 L22 L23 L24 L25 L26 L27 L28 L29 L30 L31
    L32 L33 L34 L35 L36 L37 L38 L39 L40 L41 L42 L43 L44 L45 L46 L47
    L48 L49 L50 L51 L52 L53 L54 L55 L56 L57 L58 L59 L60 L61 L62 L63
}

/// The language itself stops at 121 of these, and at 60 of `Option`s: what this shows is that nothing here adds to it.
#[test]
fn a_chain_of_64_types() {
    let text = format!("{}{{\"message\":\"m\"}}{}", r#"{"next":"#.repeat(64), "}".repeat(64));
    let link: L00 = from_str(&text).unwrap();
    let last = r#"L63 { next: Failure { message: "m" } }"#;
    assert!(format!("{link:?}").ends_with(&format!("{last}{}", " }".repeat(63))));
    let without = text.replace("message", "other");
    assert_eq!(reason::<L00>(&without), "missing field `message` at line 1 column 525");
}
