//! Records.

use super::{body_field, boxed, field, item, lines, method, named, option, setter, types, types_beside, vec_of};
use crate::back::model::{
    Accept, Argument, Constant, ConstantValue, Enumeration, Item, Presence, Rest, RustType, Store, Struct,
    StructBuilder,
};

fn record(ident: &str) -> Struct {
    Struct {
        ident: ident.into(),
        docs: lines("A pet."),
        deprecated: false,
        fields: vec![],
        constants: vec![],
        rest: None,
        default: false,
        builder: None,
    }
}

fn answer() -> Struct {
    let constant = |name: &str, value| Constant {
        name: name.into(),
        value,
        required: true,
    };
    Struct {
        fields: vec![
            field("id", "id", RustType::String, Presence::Required),
            field("r#type", "type", option(RustType::Bool), Presence::Required),
            field("parent", "parentPet", option(boxed(named("Pet"))), Presence::Optional),
        ],
        constants: vec![
            constant("kind", ConstantValue::Text("pet".into())),
            constant("version", ConstantValue::Integer(3)),
        ],
        rest: Some(Rest {
            ident: "more".into(),
            docs: lines("The rest."),
            value: RustType::Json,
        }),
        ..record("Pet")
    }
}

#[test]
fn constants_of_one_value_are_read_as_one_and_long_ones_as_statements() {
    let long = "Must be greater than zero, and have two decimal places.";
    let constant = |name: &str, text: &str| Constant {
        name: name.into(),
        value: ConstantValue::Text(text.into()),
        required: true,
    };
    let pet = Struct {
        constants: vec![constant("issue", "NO"), constant("why", long), constant("code", "NO")],
        ..record("Pet")
    };
    let text = types(vec![Item::Struct(pet)]);
    let arms = text
        .split("match field {")
        .nth(1)
        .unwrap()
        .split("_ =>")
        .next()
        .unwrap();
    let expected = r#"
                0 | 2 => fields.constant("NO"),
                1 => {
                    fields
                        .constant(
                            "Must be greater than zero, and have two decimal places.",
                        )
                }
                "#;
    assert_eq!(arms, expected);
}

fn request() -> Struct {
    let arguments = vec![
        (
            Argument {
                ident: "name".into(),
                accept: Accept::Into(RustType::String),
                target: body_field("name"),
            },
            Store::Direct,
        ),
        (
            Argument {
                ident: "age".into(),
                accept: Accept::Plain(RustType::Numeric("u8")),
                target: body_field("age"),
            },
            Store::Direct,
        ),
    ];
    let text = || Accept::Items {
        item: RustType::String,
        plain: false,
    };
    let setters = vec![
        setter(
            "owner",
            Accept::Into(RustType::Nullable(Box::new(RustType::String))),
            Store::Direct,
            body_field("owner"),
        ),
        setter("tags", text(), Store::Some, body_field("tags")),
        setter(
            "parent",
            Accept::Into(named("Pet")),
            Store::SomeBoxed,
            body_field("parent"),
        ),
    ];
    Struct {
        fields: vec![
            field("name", "name", RustType::String, Presence::Required),
            field("age", "age", RustType::Numeric("u8"), Presence::Required),
            field(
                "owner",
                "owner",
                RustType::Nullable(Box::new(RustType::String)),
                Presence::Nullable,
            ),
            field("tags", "tags", option(vec_of(RustType::String)), Presence::Optional),
            field("parent", "parent", option(boxed(named("Pet"))), Presence::Optional),
        ],
        builder: Some(StructBuilder { arguments, setters }),
        ..record("NewPet")
    }
}

#[test]
fn a_record_that_is_only_read() {
    let text = types(vec![Item::Struct(answer())]);
    assert_eq!(
        text,
        r#"use std::collections::BTreeMap;

use serde::de::MapAccess;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::runtime::{de, ser};

/// A pet.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Pet {
    /// The id.
    pub id: String,
    /// The type.
    pub r#type: Option<bool>,
    /// The parentPet.
    pub parent: Option<Box<Pet>>,
    /// The rest.
    pub more: BTreeMap<String, serde_json::Value>,
}

impl Serialize for Pet {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut entries = ser::Entries::new(serializer);
        entries.required("kind", "pet");
        entries.required("version", &3i64);
        entries.required("id", &self.id);
        entries.required("type", &self.r#type);
        entries.optional("parentPet", &self.parent);
        entries.extend(&self.more);
        entries.end()
    }
}

impl<'de> Deserialize<'de> for Pet {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        de::object(deserializer)
    }
}

impl de::Object for Pet {
    const NAME: &'static str = "Pet";

    const FIELDS: &'static [&'static str] = &[
        "kind",
        "version",
        "id",
        "type",
        "parentPet",
    ];

    fn read<'de, A: MapAccess<'de>>(
        mut fields: de::Fields<'de, A>,
    ) -> Result<Self, A::Error> {
        let mut id = None;
        let mut r#type = None;
        let mut parent = None;
        let mut more = BTreeMap::new();
        while let Some(field) = fields.next_to_keep()? {
            match field {
                0 => fields.constant("pet"),
                1 => fields.constant(3i64),
                2 => fields.set_some(&mut id),
                3 => fields.set_some(&mut r#type),
                4 => fields.set(&mut parent),
                _ => fields.keep(&mut more),
            }?;
        }
        Ok(Self {
            id: fields.required(id, "id")?,
            r#type: fields.required(r#type, "type")?,
            parent,
            more,
        })
    }
}
"#
    );
}

#[test]
fn a_record_that_users_build() {
    let text = types(vec![Item::Struct(request())]);
    assert_eq!(
        item(&text, "impl NewPet"),
        r"impl NewPet {
    /// With the fields that it must have.
    #[must_use]
    pub fn new(name: impl Into<String>, age: u8) -> Self {
        Self {
            name: name.into(),
            age,
            owner: Nullable::Unset,
            tags: None,
            parent: None,
        }
    }

    /// Sets owner.
    #[must_use]
    pub fn owner(mut self, owner: impl Into<Nullable<String>>) -> Self {
        self.owner = owner.into();
        self
    }

    /// Sets tags.
    #[must_use]
    pub fn tags(mut self, tags: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.tags = Some(tags.into_iter().map(Into::into).collect());
        self
    }

    /// Sets parent.
    #[must_use]
    pub fn parent(mut self, parent: impl Into<Pet>) -> Self {
        self.parent = Some(Box::new(parent.into()));
        self
    }
}"
    );
}

#[test]
fn three_states_are_read_and_written() {
    let text = types(vec![Item::Struct(request())]);
    assert!(text.contains("entries.nullable(\"owner\", &self.owner);"), "{text}");
    assert!(text.contains("let mut owner = Nullable::Unset;"), "{text}");
    assert!(text.contains("2 => fields.set(&mut owner),"), "{text}");
}

#[test]
fn without_anything_in_it() {
    let nothing = Struct {
        default: true,
        builder: Some(StructBuilder {
            arguments: vec![],
            setters: vec![],
        }),
        ..record("Pet")
    };
    let text = types(vec![Item::Struct(nothing)]);
    assert_eq!(
        item(&text, "impl Pet"),
        r"impl Pet {
    /// Without any of its fields.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}"
    );
    assert_eq!(
        method(&text, "serialize"),
        r"fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
    ser::Entries::new(serializer).end()
}
"
    );
    assert_eq!(
        method(&text, "read"),
        r"fn read<'de, A: MapAccess<'de>>(
    mut fields: de::Fields<'de, A>,
) -> Result<Self, A::Error> {
    while fields.next()?.is_some() {
        fields.skip()?;
    }
    Ok(Self {})
}
"
    );
}

#[test]
fn fields_called_like_locals() {
    let text = |name: &str| field(name, name, option(RustType::String), Presence::Optional);
    let pet = Struct {
        fields: vec![text("fields"), text("field")],
        ..record("Pet")
    };
    assert_eq!(
        method(&types(vec![Item::Struct(pet)]), "read"),
        r"fn read<'de, A: MapAccess<'de>>(
    mut fields_: de::Fields<'de, A>,
) -> Result<Self, A::Error> {
    let mut fields = None;
    let mut field = None;
    while let Some(field_) = fields_.next()? {
        match field_ {
            0 => fields_.set(&mut fields),
            1 => fields_.set(&mut field),
            _ => fields_.skip(),
        }?;
    }
    Ok(Self { fields, field })
}
"
    );
}

#[test]
fn only_what_a_file_uses_is_imported() {
    let pet = Struct {
        fields: vec![field("kind", "kind", named("Kind"), Presence::Required)],
        ..record("Pet")
    };
    let kind = Enumeration {
        ident: "Kind".into(),
        docs: vec![],
        deprecated: false,
        values: vec![],
        unknown: "Unknown".into(),
        nullable: false,
    };
    let text = types_beside(vec![Item::Struct(pet)], vec![Item::Enumeration(kind)]);
    let uses: Vec<&str> = text.lines().filter(|line| line.starts_with("use ")).collect();
    assert_eq!(
        uses,
        [
            "use serde::de::MapAccess;",
            "use serde::{Deserialize, Deserializer, Serialize, Serializer};",
            "use crate::runtime::{de, ser};",
            "use super::Kind;",
        ]
    );
}

#[test]
fn a_type_with_a_name_of_the_standard_library() {
    let result = Struct {
        fields: vec![field("note", "note", option(RustType::String), Presence::Optional)],
        ..record("Option")
    };
    let text = types(vec![Item::Struct(result)]);
    assert!(text.contains("    pub note: std::option::Option<String>,\n"), "{text}");
    let map = Struct {
        rest: answer().rest,
        ..record("BTreeMap")
    };
    let text = types(vec![Item::Struct(map)]);
    assert!(
        text.contains("    pub more: std::collections::BTreeMap<String, serde_json::Value>,\n"),
        "{text}"
    );
    assert!(!text.contains("use std"), "{text}");
}

#[test]
fn a_trait_whose_name_is_taken_still_has_its_methods() {
    let text = types(vec![Item::Struct(Struct {
        fields: answer().fields,
        ..record("Serialize")
    })]);
    assert!(text.contains("Serialize as _"), "{text}");
    assert!(text.contains("impl serde::Serialize for Serialize {"), "{text}");
}

#[test]
fn a_deprecated_field_and_its_setter() {
    let mut pet = request();
    pet.fields[3].deprecated = true;
    if let Some(builder) = &mut pet.builder {
        builder.setters[1].deprecated = true;
    }
    let text = types(vec![Item::Struct(pet)]);
    assert!(text.starts_with("#![allow(deprecated, reason = "), "{text}");
    assert!(
        text.contains("    /// The tags.\n    #[deprecated]\n    pub tags: Option<Vec<String>>,\n"),
        "{text}"
    );
    assert!(
        text.contains("    /// Sets tags.\n    #[deprecated]\n    #[must_use]\n    pub fn tags("),
        "{text}"
    );
}

#[test]
fn secrets_are_not_shown() {
    let mut proxy = record("Proxy");
    proxy.fields = vec![
        field("server", "server", RustType::String, Presence::Required),
        field("password", "password", option(RustType::String), Presence::Optional),
        field("token", "token", RustType::String, Presence::Required),
    ];
    proxy.fields[1].secret = true;
    proxy.fields[2].secret = true;
    let text = types(vec![Item::Struct(proxy)]);
    assert!(
        text.contains("#[derive(Clone, PartialEq)]\n#[non_exhaustive]\npub struct Proxy {"),
        "{text}"
    );
    assert_eq!(
        item(&text, "impl fmt::Debug for Proxy"),
        r#"impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Proxy")
            .field("server", &self.server)
            .field("password", &self.password.as_ref().map(|_| Hidden))
            .field("token", &Hidden)
            .finish()
    }
}"#
    );
}
