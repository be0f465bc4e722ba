//! Open enums.

use super::types;
use crate::back::model::{Enumeration, EnumerationValue, Item};

fn enumeration(values: &[(&str, &str)]) -> Enumeration {
    let values = values.iter().map(|(ident, value)| EnumerationValue {
        ident: (*ident).into(),
        value: (*value).into(),
    });
    Enumeration {
        ident: "Kind".into(),
        docs: vec!["What it is.".into()],
        deprecated: false,
        values: values.collect(),
        unknown: "Unknown".into(),
        nullable: false,
    }
}

#[test]
fn a_whole_enumeration() {
    let text = types(vec![Item::Enumeration(enumeration(&[
        ("Cat", "cat"),
        ("Quoted", "a`\"b"),
    ]))]);
    assert_eq!(
        text,
        r#"use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::runtime::{de, ser};

/// What it is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// `cat`
    Cat,
    /// `` a`"b ``
    Quoted,
    /// A value that this version of the crate does not know, as it came.
    Unknown(String),
}

impl Kind {
    /// The value as the API writes it.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Cat => "cat",
            Self::Quoted => "a`\"b",
            Self::Unknown(text) => text,
        }
    }
}

impl From<&str> for Kind {
    fn from(text: &str) -> Self {
        match text {
            "cat" => Self::Cat,
            "a`\"b" => Self::Quoted,
            _ => Self::Unknown(text.to_owned()),
        }
    }
}

impl From<String> for Kind {
    fn from(text: String) -> Self {
        Self::from(text.as_str())
    }
}

impl FromStr for Kind {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self::from(text))
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl AsRef<str> for Kind {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl Serialize for Kind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Unknown(text) => ser::unknown(serializer, text),
            known => serializer.serialize_str(known.as_str()),
        }
    }
}

impl<'de> Deserialize<'de> for Kind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        de::text(deserializer, |text| Self::from(text))
    }
}
"#
    );
}

#[test]
fn an_empty_text_is_said_in_words() {
    let text = types(vec![Item::Enumeration(enumeration(&[("Empty", "")]))]);
    assert!(text.contains("    /// The empty text.\n    Empty,\n"), "{text}");
}

#[test]
fn a_deprecated_one_does_not_warn_in_its_own_file() {
    let text = types(vec![Item::Enumeration(Enumeration {
        deprecated: true,
        ..enumeration(&[("Cat", "cat")])
    })]);
    let start = "#![allow(deprecated, reason = \"what is deprecated for users is still read and written\")]\n";
    assert!(text.starts_with(start), "{text}");
    assert!(
        text.contains("#[non_exhaustive]\n#[deprecated]\npub enum Kind {"),
        "{text}"
    );
}
