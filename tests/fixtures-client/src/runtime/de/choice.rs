//! Unions: the alternative is chosen by the kind of the JSON value, which its first token tells.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer, StrDeserializer};
use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Number;

use super::integer::whole;

/// A value that is one of several kinds. A kind that an implementation does not take is refused.
pub trait Choice: Sized {
    /// What is expected, for errors: `an array or a boolean`.
    const EXPECTED: &'static str;

    /// Makes the value from `null`.
    ///
    /// # Errors
    /// Why it is refused.
    fn null<E: Error>() -> Result<Self, E> {
        Err(refused::<Self, E>("null"))
    }

    /// Makes the value from a boolean.
    ///
    /// # Errors
    /// Why it is refused.
    fn boolean<E: Error>(value: bool) -> Result<Self, E> {
        let _ = value;
        Err(refused::<Self, E>("a boolean"))
    }

    /// Makes the value from a number without a fraction.
    ///
    /// # Errors
    /// Why it is refused.
    fn integer<E: Error>(value: Number) -> Result<Self, E> {
        Self::number(value)
    }

    /// Makes the value from a number.
    ///
    /// # Errors
    /// Why it is refused.
    fn number<E: Error>(value: Number) -> Result<Self, E> {
        let _ = value;
        Err(refused::<Self, E>("a number"))
    }

    /// Makes the value from text.
    ///
    /// # Errors
    /// Why it is refused.
    fn string<E: Error>(value: &str) -> Result<Self, E> {
        let _ = value;
        Err(refused::<Self, E>("a string"))
    }

    /// Makes the value from an array.
    ///
    /// # Errors
    /// Why it is refused.
    fn sequence<'de, A: SeqAccess<'de>>(sequence: A) -> Result<Self, A::Error> {
        pass_sequence(sequence)?;
        Err(refused::<Self, A::Error>("an array"))
    }

    /// Makes the value from an object.
    ///
    /// # Errors
    /// Why it is refused.
    fn map<'de, A: MapAccess<'de>>(map: A) -> Result<Self, A::Error> {
        pass_map(map)?;
        Err(refused::<Self, A::Error>("an object"))
    }
}

fn refused<T: Choice, E: Error>(found: &str) -> E {
    E::custom(format_args!("expected {}, found {found}", T::EXPECTED))
}

/// Passes over an array, so that the error's position is that of the array and not of its first item.
fn pass_sequence<'de, A: SeqAccess<'de>>(mut sequence: A) -> Result<(), A::Error> {
    while sequence.next_element::<IgnoredAny>()?.is_some() {}
    Ok(())
}

/// Passes over an object; see [`pass_sequence`].
fn pass_map<'de, A: MapAccess<'de>>(mut map: A) -> Result<(), A::Error> {
    while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
    Ok(())
}

/// Reads a union.
///
/// # Errors
/// What the value is refused for.
pub fn choice<'de, D: Deserializer<'de>, T: Choice>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_any(ChoiceVisitor(PhantomData))
}

/// Reads an alternative from an object.
///
/// # Errors
/// What the value is refused for.
pub fn from_map<'de, A: MapAccess<'de>, T: Deserialize<'de>>(map: A) -> Result<T, A::Error> {
    T::deserialize(MapAccessDeserializer::new(map))
}

/// Reads an alternative from an object in a way of its own.
///
/// # Errors
/// What the value is refused for.
pub fn from_map_by<'de, A: MapAccess<'de>, S: DeserializeSeed<'de>>(map: A, seed: S) -> Result<S::Value, A::Error> {
    seed.deserialize(MapAccessDeserializer::new(map))
}

/// Reads an alternative from an array.
///
/// # Errors
/// What the value is refused for.
pub fn from_sequence<'de, A: SeqAccess<'de>, T: Deserialize<'de>>(sequence: A) -> Result<T, A::Error> {
    T::deserialize(SeqAccessDeserializer::new(sequence))
}

/// Reads an alternative from an array in a way of its own.
///
/// # Errors
/// What the value is refused for.
pub fn from_sequence_by<'de, A: SeqAccess<'de>, S: DeserializeSeed<'de>>(
    sequence: A,
    seed: S,
) -> Result<S::Value, A::Error> {
    seed.deserialize(SeqAccessDeserializer::new(sequence))
}

/// Reads an alternative from text.
///
/// # Errors
/// What the value is refused for.
pub fn from_str<'de, T: Deserialize<'de>, E: Error>(value: &str) -> Result<T, E> {
    T::deserialize(StrDeserializer::new(value))
}

/// Reads an alternative from text in a way of its own.
///
/// # Errors
/// What the value is refused for.
pub fn from_str_by<'de, S: DeserializeSeed<'de>, E: Error>(value: &str, seed: S) -> Result<S::Value, E> {
    seed.deserialize(StrDeserializer::new(value))
}

/// Reads an alternative from a number.
///
/// # Errors
/// What the value is refused for.
pub fn from_number<'de, T: Deserialize<'de>, E: Error>(value: Number) -> Result<T, E> {
    T::deserialize(value).map_err(E::custom)
}

/// Reads an alternative from an integer; one that its type does not hold is a number.
///
/// # Errors
/// What the value is refused for.
pub fn from_integer<'de, T: Deserialize<'de>, U: Choice, E: Error>(value: Number, make: fn(T) -> U) -> Result<U, E> {
    match T::deserialize(&value) {
        Ok(integer) => Ok(make(integer)),
        Err(_) => U::number(value),
    }
}

struct ChoiceVisitor<T>(PhantomData<T>);

impl<'de, T: Choice> Visitor<'de> for ChoiceVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::EXPECTED)
    }

    fn visit_unit<E: Error>(self) -> Result<T, E> {
        T::null()
    }

    fn visit_none<E: Error>(self) -> Result<T, E> {
        T::null()
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<T, E> {
        T::boolean(value)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<T, E> {
        T::integer(value.into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<T, E> {
        T::integer(value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<T, E> {
        if let Some(integer) = whole(value) {
            return T::integer(integer.into());
        }
        match Number::from_f64(value) {
            Some(number) => T::number(number),
            None => Err(refused::<T, E>("a number that is not finite")),
        }
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<T, E> {
        T::string(value)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, sequence: A) -> Result<T, A::Error> {
        T::sequence(sequence)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::map(map)
    }
}
