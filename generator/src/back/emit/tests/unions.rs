//! Unions.

use super::{boxed, item, lines, method, named, types, vec_of};
use crate::back::model::{Conversion, DateCrate, Decision, Item, ObjectChoice, RustType, Tag, Union, Variant};

fn variant(ident: &str, ty: RustType, from: &[Conversion]) -> Variant {
    Variant {
        ident: ident.into(),
        docs: lines("One of them."),
        ty,
        from: from.to_vec(),
        tag: None,
        keys: vec![],
    }
}

fn tag(text: &str, passed_over: bool) -> Tag {
    Tag {
        key: "kind".into(),
        text: text.into(),
        passed_over,
    }
}

fn union(variants: Vec<Variant>, decision: Decision) -> Union {
    Union {
        ident: "Choice".into(),
        docs: lines("Several."),
        deprecated: false,
        variants,
        decision,
        unknown: None,
        nullable: false,
        expected: "an object".into(),
    }
}

fn objects(object: ObjectChoice) -> Union {
    let variants = vec![
        variant("Cat", named("Cat"), &[Conversion::Payload]),
        variant("Dog", boxed(named("Dog")), &[Conversion::Payload]),
    ];
    union(
        variants,
        Decision {
            object,
            ..Decision::default()
        },
    )
}

fn text_of(union: Union) -> String {
    types(vec![Item::Union(union)])
}

#[test]
fn kinds_are_told_apart_by_the_first_token() {
    let variants = vec![
        variant("List", vec_of(named("Cat")), &[Conversion::Payload, Conversion::Array]),
        variant("Flag", RustType::Bool, &[Conversion::Payload]),
        variant("Count", RustType::Numeric("i64"), &[]),
        variant("Size", RustType::Numeric("f64"), &[]),
        variant("Text", RustType::String, &[Conversion::Payload, Conversion::Str]),
    ];
    let decision = Decision {
        boolean: Some(1),
        integer: Some(2),
        number: Some(3),
        string: vec![4],
        array: vec![0],
        object: ObjectChoice::None,
    };
    assert_eq!(
        text_of(union(variants, decision)),
        r#"use serde::de::SeqAccess;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::runtime::de;
use super::Cat;

/// Several.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Choice {
    /// One of them.
    List(Vec<Cat>),
    /// One of them.
    Flag(bool),
    /// One of them.
    Count(i64),
    /// One of them.
    Size(f64),
    /// One of them.
    Text(String),
}

impl From<Vec<Cat>> for Choice {
    fn from(value: Vec<Cat>) -> Self {
        Self::List(value)
    }
}

impl<const N: usize> From<[Cat; N]> for Choice {
    fn from(value: [Cat; N]) -> Self {
        Self::List(value.into())
    }
}

impl From<bool> for Choice {
    fn from(value: bool) -> Self {
        Self::Flag(value)
    }
}

impl From<String> for Choice {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}

impl From<&str> for Choice {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}

impl Serialize for Choice {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::List(value) => value.serialize(serializer),
            Self::Flag(value) => value.serialize(serializer),
            Self::Count(value) => value.serialize(serializer),
            Self::Size(value) => value.serialize(serializer),
            Self::Text(value) => value.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Choice {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        de::choice(deserializer)
    }
}

impl de::Choice for Choice {
    const EXPECTED: &'static str = "an object";

    fn boolean<E: de::Error>(value: bool) -> Result<Self, E> {
        Ok(Self::Flag(value))
    }

    fn integer<E: de::Error>(value: serde_json::Number) -> Result<Self, E> {
        de::from_integer(value, Self::Count)
    }

    fn number<E: de::Error>(value: serde_json::Number) -> Result<Self, E> {
        de::from_number(value).map(Self::Size)
    }

    fn string<E: de::Error>(value: &str) -> Result<Self, E> {
        de::from_str(value).map(Self::Text)
    }

    fn sequence<'de, A: SeqAccess<'de>>(sequence: A) -> Result<Self, A::Error> {
        de::from_sequence(sequence).map(Self::List)
    }
}
"#
    );
}

#[test]
fn one_object() {
    assert_eq!(
        method(&text_of(objects(ObjectChoice::One(0))), "map"),
        r"fn map<'de, A: MapAccess<'de>>(map: A) -> Result<Self, A::Error> {
    de::from_map(map).map(Self::Cat)
}
"
    );
}

#[test]
fn objects_by_tag() {
    let tags = [("cat", 0), ("dog", 1), ("hound", 1)].map(|(tag, index)| (tag.to_owned(), vec![index]));
    let mut union = objects(ObjectChoice::Tag {
        property: "kind".into(),
        tags: tags.to_vec(),
    });
    union.variants[0].tag = Some(tag("cat", false));
    assert_eq!(
        method(&text_of(union.clone()), "map"),
        r#"fn map<'de, A: MapAccess<'de>>(map: A) -> Result<Self, A::Error> {
    let (tag, entries) = de::Entries::tagged(map, "kind")?;
    match tag.as_deref() {
        Some("cat") => de::from_map(entries).map(Self::Cat),
        Some("dog" | "hound") => de::from_map(entries).map(Self::Dog),
        _ => {
            Err(de::Error::custom("expected `kind` to be `cat` or `dog` or `hound`"))
        }
    }
}
"#
    );
    union.unknown = Some("Unknown".into());
    let text = text_of(union);
    assert_eq!(
        item(&text, "pub enum Choice"),
        r"pub enum Choice {
    /// One of them.
    Cat(Cat),
    /// One of them.
    Dog(Box<Dog>),
    /// An object of a kind that this version of the crate does not know, as it came.
    Unknown(serde_json::Value),
}"
    );
    assert_eq!(
        method(&text, "serialize"),
        r#"fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
    match self {
        Self::Cat(value) => ser::tagged(serializer, "kind", "cat", value),
        Self::Dog(value) => value.serialize(serializer),
        Self::Unknown(value) => ser::unknown(serializer, value),
    }
}
"#
    );
    assert_eq!(
        method(&text, "map"),
        r#"fn map<'de, A: MapAccess<'de>>(map: A) -> Result<Self, A::Error> {
    let (tag, entries) = de::Entries::tagged(map, "kind")?;
    match tag.as_deref() {
        Some("cat") => de::from_map(entries).map(Self::Cat),
        Some("dog" | "hound") => de::from_map(entries).map(Self::Dog),
        _ => entries.into_value().map(Self::Unknown),
    }
}
"#
    );
}

#[test]
fn those_that_share_a_tag_are_tried() {
    let union = objects(ObjectChoice::Tag {
        property: "kind".into(),
        tags: vec![
            ("pet".into(), vec![1, 0]),
            ("cat".into(), vec![0]),
            ("stray".into(), vec![1, 0]),
        ],
    });
    assert_eq!(
        method(&text_of(union), "map"),
        r#"fn map<'de, A: MapAccess<'de>>(map: A) -> Result<Self, A::Error> {
    let (tag, entries) = de::Entries::tagged(map, "kind")?;
    match tag.as_deref() {
        Some("pet" | "stray") => {
            let value = entries.into_value()?;
            let mut trial = de::Trial::new(&value);
            trial.attempt("Dog", Self::Dog);
            trial.attempt("Cat", Self::Cat);
            trial.best()
        }
        Some("cat") => de::from_map(entries).map(Self::Cat),
        _ => {
            Err(de::Error::custom("expected `kind` to be `pet` or `cat` or `stray`"))
        }
    }
}
"#
    );
}

#[test]
fn a_tag_that_the_payload_must_not_keep_is_passed_over() {
    let mut union = objects(ObjectChoice::Tag {
        property: "kind".into(),
        tags: vec![("cat".into(), vec![0]), ("dog".into(), vec![1])],
    });
    union.variants[0].tag = Some(tag("cat", true));
    union.variants[1].tag = Some(tag("dog", false));
    let text = text_of(union);
    assert!(
        text.contains(r#"Some("cat") => de::from_map(entries.without_tag()).map(Self::Cat),"#),
        "{text}"
    );
    assert!(
        text.contains(r#"Some("dog") => de::from_map(entries).map(Self::Dog),"#),
        "{text}"
    );
}

#[test]
fn objects_by_keys() {
    let keys = vec![
        (0, vec!["name".to_owned(), "lives".to_owned()]),
        (1, vec!["bark".to_owned()]),
    ];
    assert_eq!(
        method(&text_of(objects(ObjectChoice::Keys(keys))), "map"),
        r#"fn map<'de, A: MapAccess<'de>>(map: A) -> Result<Self, A::Error> {
    let entries = de::Entries::buffered(map)?;
    if entries.has(&["name", "lives"]) {
        return de::from_map(entries).map(Self::Cat);
    }
    if entries.has(&["bark"]) {
        return de::from_map(entries).map(Self::Dog);
    }
    Err(entries.no_match("`name` and `lives` (Cat), or `bark` (Dog)"))
}
"#
    );
}

#[test]
fn what_asks_for_no_key_takes_the_rest() {
    let keys = vec![(0, vec!["name".to_owned()]), (1, vec![])];
    assert_eq!(
        method(&text_of(objects(ObjectChoice::Keys(keys))), "map"),
        r#"fn map<'de, A: MapAccess<'de>>(map: A) -> Result<Self, A::Error> {
    let entries = de::Entries::buffered(map)?;
    if entries.has(&["name"]) {
        return de::from_map(entries).map(Self::Cat);
    }
    de::from_map(entries).map(Self::Dog)
}
"#
    );
}

#[test]
fn objects_by_trial() {
    assert_eq!(
        method(&text_of(objects(ObjectChoice::Trial(vec![1, 0]))), "map"),
        r#"fn map<'de, A: MapAccess<'de>>(map: A) -> Result<Self, A::Error> {
    let value = de::buffer_map(map)?;
    let mut trial = de::Trial::new(&value);
    trial.attempt("Dog", Self::Dog);
    trial.attempt("Cat", Self::Cat);
    trial.best()
}
"#
    );
}

#[test]
fn times_and_integers_are_read_in_every_form() {
    let time = || RustType::DateTime(DateCrate::Jiff);
    let variants = vec![
        variant("Time", time(), &[]),
        variant("Numbers", vec_of(RustType::Numeric("i64")), &[]),
        variant("Times", vec_of(time()), &[]),
        variant("Named", RustType::Map(Box::new(time())), &[]),
    ];
    let text = text_of(union(
        variants,
        Decision {
            string: vec![0],
            array: vec![1, 2],
            object: ObjectChoice::One(3),
            ..Decision::default()
        },
    ));
    for read in [
        "de::from_str_by(value, de::time()).map(Self::Time)",
        "trial.attempt_by(\"Numbers\", de::list(de::integer()), Self::Numbers)",
        "trial.attempt_by(\"Times\", de::list(de::time()), Self::Times)",
        "de::from_map_by(map, de::map(de::time())).map(Self::Named)",
    ] {
        assert!(text.contains(read), "{read}: {text}");
    }
}

#[test]
fn several_texts_and_arrays_by_trial() {
    let variants = vec![
        variant("Kind", named("Kind"), &[Conversion::Str]),
        variant("Text", RustType::String, &[]),
        variant("Numbers", vec_of(RustType::Numeric("i64")), &[]),
        variant("Texts", vec_of(RustType::String), &[]),
    ];
    let text = text_of(union(
        variants,
        Decision {
            string: vec![0, 1],
            array: vec![2, 3],
            ..Decision::default()
        },
    ));
    assert_eq!(
        method(&text, "string"),
        r#"fn string<E: de::Error>(value: &str) -> Result<Self, E> {
    let value = serde_json::Value::from(value);
    let mut trial = de::Trial::new(&value);
    trial.attempt("Kind", Self::Kind);
    trial.attempt("Text", Self::Text);
    trial.best()
}
"#
    );
    assert_eq!(
        method(&text, "sequence"),
        r#"fn sequence<'de, A: SeqAccess<'de>>(sequence: A) -> Result<Self, A::Error> {
    let value = de::buffer_sequence(sequence)?;
    let mut trial = de::Trial::new(&value);
    trial.attempt_by("Numbers", de::list(de::integer()), Self::Numbers);
    trial.attempt("Texts", Self::Texts);
    trial.best()
}
"#
    );
    assert_eq!(
        item(&text, "impl From<&str> for Choice"),
        r"impl From<&str> for Choice {
    fn from(value: &str) -> Self {
        Self::Kind(value.into())
    }
}"
    );
}

#[test]
fn variants_of_one_type_are_written_together() {
    let variants = vec![
        variant("Old", RustType::String, &[]),
        variant("New", RustType::String, &[]),
    ];
    let text = text_of(union(
        variants,
        Decision {
            string: vec![0],
            ..Decision::default()
        },
    ));
    assert!(
        text.contains("            Self::Old(value) | Self::New(value) => value.serialize(serializer),\n"),
        "{text}"
    );
}

#[test]
fn a_trial_asks_for_the_keys_that_a_payload_does_without() {
    let mut variants = vec![
        variant("Text", named("TextFilter"), &[]),
        variant("Tree", boxed(named("TreeFilter")), &[]),
    ];
    variants[1].keys = vec!["kind".into()];
    let decision = Decision {
        object: ObjectChoice::Trial(vec![1, 0]),
        ..Decision::default()
    };
    assert_eq!(
        method(&text_of(union(variants, decision)), "map"),
        r#"fn map<'de, A: MapAccess<'de>>(map: A) -> Result<Self, A::Error> {
    let value = de::buffer_map(map)?;
    let mut trial = de::Trial::new(&value);
    trial.attempt_with(&["kind"], "Tree", Self::Tree);
    trial.attempt("Text", Self::Text);
    trial.best()
}
"#
    );
}
