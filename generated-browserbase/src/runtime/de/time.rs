//! Times in text, in every form of RFC 3339, section 5.6, and in two that APIs answer all the same: without an offset, and
//! without a time of day. Both are taken to be in UTC: one such field must not cost the whole answer. Knows no date crate:
//! a time is whatever is parsed from text.

use std::collections::BTreeMap;
use std::fmt::{self, Display};
use std::marker::PhantomData;
use std::str::FromStr;

use serde::Deserializer;
use serde::de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor};

use super::super::Nullable;

/// Reads a time: `T` is the type of a date crate.
pub fn time<T>() -> Time<T> {
    Time(PhantomData)
}

/// Reads what may be `null`.
pub fn optional<S>(seed: S) -> Optional<S> {
    Optional(seed)
}

/// Reads what may be `null` into a type of three states.
pub fn nullable<S>(seed: S) -> Three<S> {
    Three(seed)
}

/// Reads a list.
pub fn list<S>(seed: S) -> List<S> {
    List(seed)
}

/// Reads a map.
pub fn map<S>(seed: S) -> Map<S> {
    Map(seed)
}

/// See [`time`].
pub struct Time<T>(PhantomData<T>);

/// See [`optional`].
#[derive(Clone, Copy)]
pub struct Optional<S>(S);

/// See [`nullable`].
#[derive(Clone, Copy)]
pub struct Three<S>(S);

/// See [`list`].
#[derive(Clone, Copy)]
pub struct List<S>(S);

/// See [`map`].
#[derive(Clone, Copy)]
pub struct Map<S>(S);

impl<T> Clone for Time<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Time<T> {}

impl<'de, T: FromStr<Err: Display>> DeserializeSeed<'de> for Time<T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<T: FromStr<Err: Display>> Visitor<'_> for Time<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a time (RFC 3339)")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        read(text).or_else(|error| {
            let without_offset = read(&format!("{text}Z"));
            let read = without_offset.or_else(|_| read(&format!("{text}T00:00:00Z")));
            read.map_err(|_| E::custom(error))
        })
    }
}

fn read<T: FromStr<Err: Display>>(text: &str) -> Result<T, T::Err> {
    text.parse()
        .or_else(|error| short(text).parse().map_err(|_| error))
        .or_else(|error| last(text).ok_or(error))
}

/// The second's fraction may have any number of digits; clocks have nine.
fn short(text: &str) -> String {
    let Some((before, after)) = text.split_once('.') else {
        return text.to_owned();
    };
    let digits = after.bytes().take_while(u8::is_ascii_digit).count();
    let (fraction, offset) = after.split_at(digits);
    format!("{before}.{}{offset}", fraction.get(..9).unwrap_or(fraction))
}

/// `9999-12-31T23:59:59Z` stands for "never". Where that is past the last time of a type, it is that last time: of those
/// in use, the one from which every offset leads to a year of four digits.
fn last<T: FromStr>(text: &str) -> Option<T> {
    let rest = text.strip_prefix("9999-12-3")?;
    // The same in another year: whether it is a time at all.
    let _: T = short(&format!("9998-12-3{rest}")).parse().ok()?;
    "9999-12-30T22:00:00Z".parse().ok()
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for Optional<S> {
    type Value = Option<S::Value>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_option(self)
    }
}

impl<'de, S: DeserializeSeed<'de>> Visitor<'de> for Optional<S> {
    type Value = Option<S::Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value or null")
    }

    fn visit_none<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        self.0.deserialize(deserializer).map(Some)
    }
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for Three<S> {
    type Value = Nullable<S::Value>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        Optional(self.0).deserialize(deserializer).map(Nullable::from)
    }
}

impl<'de, S: DeserializeSeed<'de> + Copy> DeserializeSeed<'de> for List<S> {
    type Value = Vec<S::Value>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de, S: DeserializeSeed<'de> + Copy> Visitor<'de> for List<S> {
    type Value = Vec<S::Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(self.0)? {
            list.push(item);
        }
        Ok(list)
    }
}

impl<'de, S: DeserializeSeed<'de> + Copy> DeserializeSeed<'de> for Map<S> {
    type Value = BTreeMap<String, S::Value>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, S: DeserializeSeed<'de> + Copy> Visitor<'de> for Map<S> {
    type Value = BTreeMap<String, S::Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
        let mut map = BTreeMap::new();
        while let Some(key) = entries.next_key()? {
            map.insert(key, entries.next_value_seed(self.0)?);
        }
        Ok(map)
    }
}
