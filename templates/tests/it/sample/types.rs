//! Types of every kind.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use serde::de::{MapAccess, SeqAccess};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Number, Value};

use crate::runtime::{Nullable, de, ser};

/// An open enum.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Region {
    /// `us-west-2`
    UsWest2,
    /// `no`
    No,
    /// A value that is not known here.
    Unknown(String),
}

impl Region {
    /// The text.
    pub fn as_str(&self) -> &str {
        match self {
            Self::UsWest2 => "us-west-2",
            Self::No => "no",
            Self::Unknown(text) => text,
        }
    }
}

impl From<&str> for Region {
    fn from(text: &str) -> Self {
        match text {
            "us-west-2" => Self::UsWest2,
            "no" => Self::No,
            other => Self::Unknown(other.to_owned()),
        }
    }
}

impl From<String> for Region {
    fn from(text: String) -> Self {
        Self::from(text.as_str())
    }
}

impl FromStr for Region {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self::from(text))
    }
}

impl AsRef<str> for Region {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Region {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Region {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        de::text(deserializer, |text| Self::from(text))
    }
}

macro_rules! object {
    ($name:ident) => {
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                de::object(deserializer)
            }
        }
    };
}

/// Optional and nullable fields.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct CreateSession {
    /// Optional.
    pub region: Option<Region>,
    /// Nullable.
    pub profile_id: Nullable<String>,
    /// Nullable.
    pub width: Nullable<i64>,
    /// Nullable.
    pub country: Nullable<Region>,
    /// A union.
    pub proxies: Option<Proxies>,
}

impl Serialize for CreateSession {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut entries = ser::Entries::new(serializer);
        entries.optional("region", &self.region);
        entries.nullable("profileId", &self.profile_id);
        entries.nullable("width", &self.width);
        entries.nullable("country", &self.country);
        entries.optional("proxies", &self.proxies);
        entries.end()
    }
}

object!(CreateSession);

impl de::Object for CreateSession {
    const NAME: &'static str = "CreateSession";
    const FIELDS: &'static [&'static str] = &["region", "profileId", "width", "country", "proxies"];

    fn read<'de, A: MapAccess<'de>>(mut fields: de::Fields<'de, A>) -> Result<Self, A::Error> {
        let mut region = None;
        let mut profile_id = Nullable::Unset;
        let mut width = Nullable::Unset;
        let mut country = Nullable::Unset;
        let mut proxies = None;
        while let Some(field) = fields.next()? {
            match field {
                0 => fields.set(&mut region),
                1 => fields.set(&mut profile_id),
                2 => fields.set(&mut width),
                3 => fields.set(&mut country),
                4 => fields.set(&mut proxies),
                _ => fields.skip(),
            }?;
        }
        Ok(Self {
            region,
            profile_id,
            width,
            country,
            proxies,
        })
    }
}

/// Required fields, one that may be null, and whatever else comes.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Session {
    /// Required.
    pub id: String,
    /// Required, 64 bits.
    pub bytes: i64,
    /// Required, nullable.
    pub parent: Option<String>,
    /// Optional.
    pub region: Option<Region>,
    /// The rest.
    pub additional_properties: BTreeMap<String, Value>,
}

impl Serialize for Session {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut entries = ser::Entries::new(serializer);
        entries.required("id", &self.id);
        entries.required("bytes", &self.bytes);
        entries.required("parent", &self.parent);
        entries.optional("region", &self.region);
        entries.extend(&self.additional_properties);
        entries.end()
    }
}

object!(Session);

impl de::Object for Session {
    const NAME: &'static str = "Session";
    const FIELDS: &'static [&'static str] = &["id", "bytes", "parent", "region"];

    fn read<'de, A: MapAccess<'de>>(mut fields: de::Fields<'de, A>) -> Result<Self, A::Error> {
        let mut id = None;
        let mut bytes = None;
        let mut parent = None;
        let mut region = None;
        let mut additional_properties = BTreeMap::new();
        while let Some(field) = fields.next_to_keep()? {
            match field {
                0 => fields.set_some(&mut id),
                1 => fields.set_some(&mut bytes),
                2 => fields.set_some(&mut parent),
                3 => fields.set(&mut region),
                _ => fields.keep(&mut additional_properties),
            }?;
        }
        Ok(Self {
            id: fields.required(id, "id")?,
            bytes: fields.required(bytes, "bytes")?,
            parent: fields.required(parent, "parent")?,
            region,
            additional_properties,
        })
    }
}

/// A failure's body.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Failure {
    /// What is wrong.
    pub message: String,
}

impl Serialize for Failure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut entries = ser::Entries::new(serializer);
        entries.required("message", &self.message);
        entries.end()
    }
}

object!(Failure);

impl de::Object for Failure {
    const NAME: &'static str = "Failure";
    const FIELDS: &'static [&'static str] = &["message"];

    fn read<'de, A: MapAccess<'de>>(mut fields: de::Fields<'de, A>) -> Result<Self, A::Error> {
        let mut message = None;
        while let Some(field) = fields.next()? {
            match field {
                0 => fields.set_some(&mut message),
                _ => fields.skip(),
            }?;
        }
        Ok(Self {
            message: fields.required(message, "message")?,
        })
    }
}

/// A constant as a tag.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct OwnProxy {
    /// Optional.
    pub domain_pattern: Option<String>,
}

impl Serialize for OwnProxy {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut entries = ser::Entries::new(serializer);
        entries.required("type", "own");
        entries.required("version", &2);
        entries.required("on", &true);
        entries.optional("domainPattern", &self.domain_pattern);
        entries.end()
    }
}

object!(OwnProxy);

impl de::Object for OwnProxy {
    const NAME: &'static str = "OwnProxy";
    const FIELDS: &'static [&'static str] = &["type", "version", "on", "domainPattern"];

    fn read<'de, A: MapAccess<'de>>(mut fields: de::Fields<'de, A>) -> Result<Self, A::Error> {
        let mut domain_pattern = None;
        while let Some(field) = fields.next()? {
            match field {
                0 => fields.constant("own"),
                1 => fields.constant(2),
                2 => fields.constant(true),
                3 => fields.set(&mut domain_pattern),
                _ => fields.skip(),
            }?;
        }
        Ok(Self { domain_pattern })
    }
}

/// A constant as a tag, and a required field.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ExternalProxy {
    /// Required.
    pub server: String,
}

impl Serialize for ExternalProxy {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut entries = ser::Entries::new(serializer);
        entries.required("type", "external");
        entries.required("server", &self.server);
        entries.end()
    }
}

object!(ExternalProxy);

impl de::Object for ExternalProxy {
    const NAME: &'static str = "ExternalProxy";
    const FIELDS: &'static [&'static str] = &["type", "server"];

    fn read<'de, A: MapAccess<'de>>(mut fields: de::Fields<'de, A>) -> Result<Self, A::Error> {
        let mut server = None;
        while let Some(field) = fields.next()? {
            match field {
                0 => fields.constant("external"),
                1 => fields.set_some(&mut server),
                _ => fields.skip(),
            }?;
        }
        Ok(Self {
            server: fields.required(server, "server")?,
        })
    }
}

macro_rules! union {
    ($name:ident) => {
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                de::choice(deserializer)
            }
        }
    };
}

/// A union by tag.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Proxy {
    /// `own`
    Own(OwnProxy),
    /// `external`
    External(ExternalProxy),
    /// A tag that is not known here.
    Unknown(Value),
}

impl Serialize for Proxy {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Own(value) => value.serialize(serializer),
            Self::External(value) => value.serialize(serializer),
            Self::Unknown(value) => value.serialize(serializer),
        }
    }
}

union!(Proxy);

impl de::Choice for Proxy {
    const EXPECTED: &'static str = "an object";

    fn map<'de, A: MapAccess<'de>>(map: A) -> Result<Self, A::Error> {
        let (tag, entries) = de::Entries::tagged(map, "type")?;
        match tag.as_deref() {
            Some("own") => de::from_map(entries).map(Self::Own),
            Some("external") => de::from_map(entries).map(Self::External),
            _ => entries.into_value().map(Self::Unknown),
        }
    }
}

/// A union of JSON kinds.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Proxies {
    /// An array.
    List(Vec<Proxy>),
    /// A boolean.
    Bool(bool),
}

impl From<bool> for Proxies {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl<const N: usize> From<[Proxy; N]> for Proxies {
    fn from(value: [Proxy; N]) -> Self {
        Self::List(value.into())
    }
}

impl Serialize for Proxies {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::List(value) => value.serialize(serializer),
            Self::Bool(value) => value.serialize(serializer),
        }
    }
}

union!(Proxies);

impl de::Choice for Proxies {
    const EXPECTED: &'static str = "an array or a boolean";

    fn boolean<E: de::Error>(value: bool) -> Result<Self, E> {
        Ok(Self::Bool(value))
    }

    fn sequence<'de, A: SeqAccess<'de>>(sequence: A) -> Result<Self, A::Error> {
        de::from_sequence(sequence).map(Self::List)
    }
}

/// A union by keys.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Event {
    /// With `server`.
    External(ExternalProxy),
    /// With `message`.
    Failure(Failure),
}

union!(Event);

impl de::Choice for Event {
    const EXPECTED: &'static str = "an object";

    fn map<'de, A: MapAccess<'de>>(map: A) -> Result<Self, A::Error> {
        let entries = de::Entries::buffered(map)?;
        if entries.has(&["server", "type"]) {
            return de::from_map(entries).map(Self::External);
        }
        if entries.has(&["message"]) {
            return de::from_map(entries).map(Self::Failure);
        }
        Err(entries.no_match("`server` and `type`, or `message`"))
    }
}

/// A union by trial, and numbers and texts of several kinds.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Anything {
    /// An integer.
    Integer(i64),
    /// A number.
    Number(f64),
    /// Text.
    Text(String),
    /// An array of integers.
    Integers(Vec<i64>),
    /// An array of text.
    Texts(Vec<String>),
    /// An object.
    Session(Box<Session>),
    /// Another object.
    Failure(Failure),
}

impl Serialize for Anything {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Integer(value) => value.serialize(serializer),
            Self::Number(value) => value.serialize(serializer),
            Self::Text(value) => value.serialize(serializer),
            Self::Integers(value) => value.serialize(serializer),
            Self::Texts(value) => value.serialize(serializer),
            Self::Session(value) => value.serialize(serializer),
            Self::Failure(value) => value.serialize(serializer),
        }
    }
}

union!(Anything);

impl de::Choice for Anything {
    const EXPECTED: &'static str = "a number, a string, an array or an object";

    fn integer<E: de::Error>(value: Number) -> Result<Self, E> {
        de::from_integer(value, Self::Integer)
    }

    fn number<E: de::Error>(value: Number) -> Result<Self, E> {
        de::from_number(value).map(Self::Number)
    }

    fn string<E: de::Error>(value: &str) -> Result<Self, E> {
        de::from_str(value).map(Self::Text)
    }

    fn sequence<'de, A: SeqAccess<'de>>(sequence: A) -> Result<Self, A::Error> {
        let value = de::buffer_sequence(sequence)?;
        let mut trial = de::Trial::new(&value);
        trial.attempt("Integers", Self::Integers);
        trial.attempt("Texts", Self::Texts);
        trial.best()
    }

    fn map<'de, A: MapAccess<'de>>(map: A) -> Result<Self, A::Error> {
        let value = de::buffer_map(map)?;
        let mut trial = de::Trial::new(&value);
        trial.attempt("Session", Self::Session);
        trial.attempt("Failure", Self::Failure);
        trial.best()
    }
}

/// A tag beside the payload's own fields.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Pet {
    /// `cat`
    Cat(Animal),
    /// `dog`
    Dog(Animal),
}

/// A payload that does not hold its tag.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Animal {
    /// Required.
    pub name: String,
    /// Required.
    pub weight: f32,
}

impl Serialize for Animal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut entries = ser::Entries::new(serializer);
        entries.required("name", &self.name);
        entries.required("weight", &self.weight);
        entries.end()
    }
}

object!(Animal);

impl de::Object for Animal {
    const NAME: &'static str = "Animal";
    const FIELDS: &'static [&'static str] = &["name", "weight"];

    fn read<'de, A: MapAccess<'de>>(mut fields: de::Fields<'de, A>) -> Result<Self, A::Error> {
        let mut name = None;
        let mut weight = None;
        while let Some(field) = fields.next()? {
            match field {
                0 => fields.set_some(&mut name),
                1 => fields.set_some(&mut weight),
                _ => fields.skip(),
            }?;
        }
        Ok(Self {
            name: fields.required(name, "name")?,
            weight: fields.required(weight, "weight")?,
        })
    }
}

impl Serialize for Pet {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Cat(value) => ser::tagged(serializer, "kind", "cat", value),
            Self::Dog(value) => ser::tagged(serializer, "kind", "dog", value),
        }
    }
}

union!(Pet);

impl de::Choice for Pet {
    const EXPECTED: &'static str = "an object";

    fn map<'de, A: MapAccess<'de>>(map: A) -> Result<Self, A::Error> {
        let (tag, entries) = de::Entries::tagged(map, "kind")?;
        match tag.as_deref() {
            Some("dog") => de::from_map(entries).map(Self::Dog),
            _ => de::from_map(entries).map(Self::Cat),
        }
    }
}

/// A union that holds itself: in an array, behind a tag, and by trial.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Node {
    /// A leaf.
    Leaf(String),
    /// In an array.
    List(Vec<Node>),
    /// Behind a tag.
    Pair(Box<Pair>),
    /// A union in the union.
    Inner(Box<Inner>),
}

/// Two nodes.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Pair {
    /// Required.
    pub left: Node,
    /// Required.
    pub right: Node,
}

object!(Pair);

impl de::Object for Pair {
    const NAME: &'static str = "Pair";
    const FIELDS: &'static [&'static str] = &["kind", "left", "right"];

    fn read<'de, A: MapAccess<'de>>(mut fields: de::Fields<'de, A>) -> Result<Self, A::Error> {
        let mut left = None;
        let mut right = None;
        while let Some(field) = fields.next()? {
            match field {
                0 => fields.constant("pair"),
                1 => fields.set_some(&mut left),
                2 => fields.set_some(&mut right),
                _ => fields.skip(),
            }?;
        }
        Ok(Self {
            left: fields.required(left, "left")?,
            right: fields.required(right, "right")?,
        })
    }
}

union!(Node);

impl de::Choice for Node {
    const EXPECTED: &'static str = "a string, an array or an object";

    fn string<E: de::Error>(value: &str) -> Result<Self, E> {
        de::from_str(value).map(Self::Leaf)
    }

    fn sequence<'de, A: SeqAccess<'de>>(sequence: A) -> Result<Self, A::Error> {
        de::from_sequence(sequence).map(Self::List)
    }

    fn map<'de, A: MapAccess<'de>>(map: A) -> Result<Self, A::Error> {
        let (tag, entries) = de::Entries::tagged(map, "kind")?;
        match tag.as_deref() {
            Some("pair") => de::from_map(entries).map(Self::Pair),
            _ => de::from_map(entries).map(Self::Inner),
        }
    }
}

/// A union in the union that holds the outer one.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Inner {
    /// By keys.
    Pair(Box<Pair>),
    /// The outer one.
    Outer(Box<Node>),
}

union!(Inner);

impl de::Choice for Inner {
    const EXPECTED: &'static str = "an object";

    fn map<'de, A: MapAccess<'de>>(map: A) -> Result<Self, A::Error> {
        let entries = de::Entries::buffered(map)?;
        if entries.has(&["left", "right"]) {
            return de::from_map(entries).map(Self::Pair);
        }
        de::from_map(entries).map(Self::Outer)
    }
}
