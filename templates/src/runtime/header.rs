//! Headers of an answer that its API describes, each as a value of its type. Knows no call: a client reads a header when
//! its user asks for it.

use std::any::type_name;
use std::error::Error as StdError;
use std::fmt::{self, Display};
use std::marker::PhantomData;
use std::str::FromStr;

use http::{HeaderMap, header};
use serde::Deserializer;
use serde::de::value::{Error, MapDeserializer, SeqDeserializer};
use serde::de::{DeserializeOwned, Error as _, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;

use super::Style;
use super::de::{Seed, from_json};
use super::excerpt::cut;
use super::json_path;

/// A header's value, written in a style (`Simple`, `SimpleExploded` or `Json`); `None` where the answer does not have it.
///
/// # Errors
/// It is there, and is not a `T`.
pub fn header<T: DeserializeOwned>(
    headers: &HeaderMap,
    name: &'static str,
    style: Style,
) -> Result<Option<T>, HeaderError> {
    header_by(headers, name, style, PhantomData)
}

/// The same for a value that is read in a way of its own.
///
/// # Errors
/// As [`header()`].
pub fn header_by<T>(
    headers: &HeaderMap,
    name: &'static str,
    style: Style,
    seed: impl Seed<T>,
) -> Result<Option<T>, HeaderError> {
    let expected = type_name::<T>();
    let fail = |reason: &str| HeaderError::new(name, expected, reason);
    let Some(text) = text(headers, name).map_err(|reason| fail(&reason))? else {
        return Ok(None);
    };
    let value = if style == Style::Json {
        from_json(text.as_bytes(), seed).map_err(|error| fail(&json_path::reason(&error)))
    } else {
        let value = Simple {
            text: &text,
            delimiter: delimiter(name),
            explode: style == Style::SimpleExploded,
        };
        seed.deserialize(value).map_err(|error| fail(&error.to_string()))
    };
    value.map(Some)
}

/// The lines of a header as one (RFC 9110, section 5.3).
fn text(headers: &HeaderMap, name: &str) -> Result<Option<String>, String> {
    let mut whole: Option<String> = None;
    for line in headers.get_all(name) {
        let line = std::str::from_utf8(line.as_bytes()).map_err(|error| error.to_string())?;
        match &mut whole {
            Some(whole) => {
                whole.push(delimiter(name));
                whole.push(' ');
                whole.push_str(line.trim());
            }
            None => whole = Some(line.trim().to_owned()),
        }
    }
    Ok(whole)
}

/// What stands between the values of a header. `Set-Cookie` has commas in its values, so that each has a line
/// (RFC 9110, section 5.3; OpenAPI 3.2, "Special Handling for `Set-Cookie`").
fn delimiter(name: &str) -> char {
    if name == header::SET_COOKIE { '\n' } else { ',' }
}

/// Text in the style `simple`: what it means depends on what it is read as.
#[derive(Clone, Copy)]
struct Simple<'a> {
    text: &'a str,
    delimiter: char,
    /// Whether an object's pairs read `k=v` instead of `k,v`.
    explode: bool,
}

impl<'a> Simple<'a> {
    fn parse<T: FromStr<Err: Display>>(self) -> Result<T, Error> {
        self.text.parse().map_err(Error::custom)
    }

    /// The values, each alone; none in an empty text.
    fn values(self) -> impl Iterator<Item = Self> {
        let values = self.text.split(self.delimiter).map(str::trim);
        values
            .filter(move |_| !self.text.is_empty())
            .map(move |text| Self { text, ..self })
    }

    /// The pairs of an object; a key without a value has an empty one.
    fn pairs(self) -> Vec<(&'a str, Self)> {
        let mut values = self.values();
        let mut pairs = Vec::new();
        while let Some(key) = values.next() {
            let (key, value) = if self.explode {
                key.text.split_once('=').unwrap_or((key.text, ""))
            } else {
                (key.text, values.next().map_or("", |value| value.text))
            };
            pairs.push((key, Self { text: value, ..self }));
        }
        pairs
    }
}

/// Numbers: what `FromStr` says of them.
macro_rules! parsed {
    ($($method:ident $visit:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            visitor.$visit(self.parse()?)
        }
    )*};
}

impl<'de> Deserializer<'de> for Simple<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_borrowed_str(self.text)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        // Some servers write it as their language does.
        match self.text {
            "true" | "True" | "TRUE" => visitor.visit_bool(true),
            "false" | "False" | "FALSE" => visitor.visit_bool(false),
            _ => Err(Error::custom("it is neither `true` nor `false`")),
        }
    }

    parsed! {
        deserialize_i8 visit_i8
        deserialize_i16 visit_i16
        deserialize_i32 visit_i32
        deserialize_u8 visit_u8
        deserialize_u16 visit_u16
        deserialize_u32 visit_u32
        deserialize_u64 visit_u64
        deserialize_f32 visit_f32
        deserialize_f64 visit_f64
    }

    /// Of any width: who reads an integer asks for this one.
    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match (self.text.parse(), self.text.parse()) {
            (Err(_), Ok(large)) => visitor.visit_u64(large),
            (parsed, _) => visitor.visit_i64(parsed.map_err(Error::custom)?),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_seq(SeqDeserializer::new(self.values()))
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_map(MapDeserializer::new(self.pairs().into_iter()))
    }

    forward_to_deserialize_any! {
        i128 u128 char str string bytes byte_buf unit unit_struct newtype_struct tuple tuple_struct struct enum identifier
        ignored_any
    }
}

impl<'de> IntoDeserializer<'de, Error> for Simple<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

/// A header that is not what the API's document says. The headers as they came are still there.
#[derive(Debug)]
pub struct HeaderError {
    name: &'static str,
    expected: &'static str,
    reason: Box<str>,
}

impl HeaderError {
    fn new(name: &'static str, expected: &'static str, reason: &str) -> Self {
        Self {
            name,
            expected,
            reason: cut(reason.as_bytes(), 600).into(),
        }
    }

    /// The header's name, in lower case.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The name of the type that was expected.
    pub fn expected(&self) -> &'static str {
        self.expected
    }
}

impl Display for HeaderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, expected, reason } = self;
        write!(f, "the header `{name}` is no {expected}: {reason}")
    }
}

impl StdError for HeaderError {}
