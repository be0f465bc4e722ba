//! A value with three states: not set, null, or there. Knows JSON only through serde.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A field that can be left out, sent as `null`, or sent with a value, each with its own meaning to the API.
///
/// Setters take `impl Into<Nullable<T>>`: give a value to send it, `None` to send `null`, and do not call the setter to
/// leave the field out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Nullable<T> {
    /// Not there: the API's own default applies.
    #[default]
    Unset,
    /// `null`
    Null,
    /// A value.
    Value(T),
}

impl<T> Nullable<T> {
    /// Whether it is left out.
    pub const fn is_unset(&self) -> bool {
        matches!(self, Self::Unset)
    }

    /// Whether it is `null`.
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The value, if there is one.
    pub const fn as_option(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Unset | Self::Null => None,
        }
    }

    /// The value, if there is one.
    pub fn into_option(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Unset | Self::Null => None,
        }
    }

    /// The same with the value in a box, as what refers to itself is held.
    pub fn boxed(self) -> Nullable<Box<T>> {
        match self {
            Self::Unset => Nullable::Unset,
            Self::Null => Nullable::Null,
            Self::Value(value) => Nullable::Value(Box::new(value)),
        }
    }
}

impl<T> From<T> for Nullable<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

/// `None` is `null`.
impl<T> From<Option<T>> for Nullable<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Self::Value)
    }
}

impl<T, const N: usize> From<[T; N]> for Nullable<Vec<T>> {
    fn from(values: [T; N]) -> Self {
        Self::Value(values.into())
    }
}

impl<const N: usize> From<[&str; N]> for Nullable<Vec<String>> {
    fn from(values: [&str; N]) -> Self {
        Self::Value(values.map(str::to_owned).into())
    }
}

impl From<&str> for Nullable<String> {
    fn from(value: &str) -> Self {
        Self::Value(value.to_owned())
    }
}

/// An unset value is written as `null` where it stands alone; in an object it is left out.
impl<T: Serialize> Serialize for Nullable<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Value(value) => serializer.serialize_some(value),
            Self::Unset | Self::Null => serializer.serialize_none(),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Nullable<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::deserialize(deserializer).map(Self::from)
    }
}
