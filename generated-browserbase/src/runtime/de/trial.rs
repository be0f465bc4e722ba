//! Unions that nothing else tells apart: the value is kept and the alternatives are tried in order.

use std::marker::PhantomData;

use serde::de::{DeserializeOwned, DeserializeSeed, Error, MapAccess, SeqAccess};
use serde_json::Value;

use super::Keys;

/// Keeps an object.
///
/// # Errors
/// The deserializer's.
pub fn buffer_map<'de, A: MapAccess<'de>>(map: A) -> Result<Value, A::Error> {
    super::from_map(map)
}

/// Keeps an array.
///
/// # Errors
/// The deserializer's.
pub fn buffer_sequence<'de, A: SeqAccess<'de>>(sequence: A) -> Result<Value, A::Error> {
    super::from_sequence(sequence)
}

/// Tries alternatives, and remembers why each does not fit.
#[derive(Debug)]
pub struct Trial<'a> {
    value: &'a Value,
    reasons: Vec<String>,
}

impl<'a> Trial<'a> {
    /// Nothing tried yet.
    pub fn new(value: &'a Value) -> Self {
        Self {
            value,
            reasons: Vec::new(),
        }
    }

    /// The order in which to try alternatives: those first that differ least from the object, or from the objects in the
    /// array, in the keys that they would write; of as many, as they are given. `None` stands for one that keeps what it
    /// does not know.
    pub fn order(&self, alternatives: &[Option<Keys>]) -> Vec<usize> {
        let objects = match self.value {
            Value::Array(items) => items.as_slice(),
            other => std::slice::from_ref(other),
        };
        let objects = || objects.iter().filter_map(Value::as_object);
        let differences = |keys: Keys| objects().map(|object| keys.differences(object)).sum();
        let mut order: Vec<usize> = (0..alternatives.len()).collect();
        order.sort_by_cached_key(|index| alternatives[*index].map_or(0, differences));
        order
    }

    /// The value as a `T`, if it fits; `name` is what errors call it.
    pub fn attempt<T: DeserializeOwned>(&mut self, name: &str) -> Option<T> {
        self.attempt_by(name, PhantomData)
    }

    /// The same, if it has these keys: of values that are always the same, which a `T` does without.
    pub fn attempt_with<T: DeserializeOwned>(&mut self, keys: &[&str], name: &str) -> Option<T> {
        if let Some(key) = keys.iter().find(|key| self.value.get(key).is_none()) {
            self.reasons.push(format!("{name}: missing field `{key}`"));
            return None;
        }
        self.attempt(name)
    }

    /// The value as a seed reads it, if it fits; `name` is what errors call it.
    pub fn attempt_by<S: DeserializeSeed<'a>>(&mut self, name: &str, seed: S) -> Option<S::Value> {
        match seed.deserialize(self.value) {
            Ok(value) => Some(value),
            Err(error) => {
                self.reasons.push(format!("{name}: {error}"));
                None
            }
        }
    }

    /// Why no alternative fits.
    pub fn failure<E: Error>(self) -> E {
        E::custom(format_args!("no alternative fits: {}", self.reasons.join("; ")))
    }
}
