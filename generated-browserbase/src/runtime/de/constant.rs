//! Fields that always hold the same value: checked when read, and not kept.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, Visitor};

use super::integer::whole;

/// The value that a field always has.
#[derive(Debug, Clone, Copy)]
pub enum Constant {
    /// Text.
    Text(&'static str),
    /// A boolean.
    Boolean(bool),
    /// An integer.
    Integer(i64),
}

impl From<&'static str> for Constant {
    fn from(text: &'static str) -> Self {
        Self::Text(text)
    }
}

impl From<bool> for Constant {
    fn from(value: bool) -> Self {
        Self::Boolean(value)
    }
}

impl From<i64> for Constant {
    fn from(value: i64) -> Self {
        Self::Integer(value)
    }
}

impl Constant {
    fn check<E: Error>(self, same: bool, found: impl fmt::Display) -> Result<(), E> {
        if same {
            Ok(())
        } else {
            Err(E::custom(format_args!("expected {self}, found `{found}`")))
        }
    }
}

impl fmt::Display for Constant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => write!(f, "`{text}`"),
            Self::Boolean(value) => write!(f, "`{value}`"),
            Self::Integer(value) => write!(f, "`{value}`"),
        }
    }
}

impl<'de> DeserializeSeed<'de> for Constant {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl Visitor<'_> for Constant {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        self.check(matches!(self, Self::Boolean(expected) if expected == value), value)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        self.check(matches!(self, Self::Integer(expected) if expected == value), value)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        self.check(
            matches!(self, Self::Integer(expected) if u64::try_from(expected) == Ok(value)),
            value,
        )
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        self.check(
            matches!(self, Self::Integer(expected) if whole(value) == Some(expected)),
            value,
        )
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        self.check(
            matches!(self, Self::Text(expected) if expected == text),
            text.escape_debug(),
        )
    }
}
