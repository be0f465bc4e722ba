//! Objects whose alternative shows in their keys: entries are read to decide, then given again to the alternative.

use std::marker::PhantomData;
use std::vec;

use serde::de::value::StrDeserializer;
use serde::de::{DeserializeSeed, Error, MapAccess};
use serde_json::{Map, Value};

use super::integer::whole;

/// Entries of an object: those that had to be read to decide, and after them the rest of `A`.
#[derive(Debug)]
pub struct Entries<'de, A> {
    read: vec::IntoIter<(String, Value)>,
    value: Option<(String, Value)>,
    rest: A,
    lifetime: PhantomData<&'de ()>,
}

impl<'de, A: MapAccess<'de>> Entries<'de, A> {
    /// Reads up to the tag, keeping only what comes before it. Gives the tag's text (a number's or boolean's text too);
    /// `None` where there is no tag, or one that has no text.
    ///
    /// # Errors
    /// The deserializer's.
    pub fn tagged(mut map: A, key: &str) -> Result<(Option<String>, Self), A::Error> {
        let mut read = Vec::new();
        let mut tag = None;
        while let Some((name, value)) = map.next_entry::<String, Value>()? {
            let found = name == key;
            if found {
                tag = text(&value);
            }
            read.push((name, value));
            if found {
                break;
            }
        }
        Ok((tag, Self::new(read, map)))
    }

    /// All entries but the tag, which is the last one that was read.
    #[must_use]
    pub fn without_tag(mut self) -> Self {
        self.read.next_back();
        self
    }

    fn new(read: Vec<(String, Value)>, rest: A) -> Self {
        Self {
            read: read.into_iter(),
            value: None,
            rest,
            lifetime: PhantomData,
        }
    }

    /// All entries as a JSON value.
    ///
    /// # Errors
    /// The deserializer's.
    pub fn into_value(mut self) -> Result<Value, A::Error> {
        let mut map: Map<String, Value> = self.read.collect();
        while let Some((key, value)) = self.rest.next_entry()? {
            map.insert(key, value);
        }
        Ok(Value::Object(map))
    }
}

/// The text of a tag.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        // `1.0` is the number 1.
        Value::Number(number) => {
            let whole = number.as_f64().filter(|_| number.is_f64()).and_then(whole);
            Some(whole.map_or_else(|| number.to_string(), |whole| whole.to_string()))
        }
        Value::Bool(value) => Some(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// Nothing more: what stands behind entries that have all been read. It ends the growth of types where unions hold
/// unions.
#[derive(Debug)]
pub struct Drained<E>(PhantomData<E>);

impl<'de, E: Error> MapAccess<'de> for Drained<E> {
    type Error = E;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, _: K) -> Result<Option<K::Value>, E> {
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, _: V) -> Result<V::Value, E> {
        Err(E::custom("a value was asked for without a key"))
    }
}

impl<'de, E: Error> Entries<'de, Drained<E>> {
    /// Reads all entries.
    ///
    /// # Errors
    /// The deserializer's.
    pub fn buffered<A: MapAccess<'de, Error = E>>(mut map: A) -> Result<Self, E> {
        let mut read = Vec::with_capacity(map.size_hint().unwrap_or_default().min(64));
        while let Some(entry) = map.next_entry()? {
            read.push(entry);
        }
        Ok(Self::new(read, Drained(PhantomData)))
    }

    /// Whether all of these keys are there.
    pub fn has(&self, keys: &[&str]) -> bool {
        keys.iter()
            .all(|key| self.read.as_slice().iter().any(|(name, _)| name == key))
    }

    /// The error of an object that fits no alternative; `wanted` says which keys each wants.
    pub fn no_match(&self, wanted: &str) -> E {
        let keys: Vec<_> = self
            .read
            .as_slice()
            .iter()
            .map(|(name, _)| format!("`{name}`"))
            .collect();
        let found = if keys.is_empty() {
            "no keys".to_owned()
        } else {
            keys.join(", ")
        };
        E::custom(format_args!("expected {wanted}, found {found}"))
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Entries<'de, A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        self.value = self.read.next();
        match &self.value {
            Some((key, _)) => seed.deserialize(StrDeserializer::new(key)).map(Some),
            None => self.rest.next_key_seed(seed),
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        match self.value.take() {
            // The position in the text is lost, so the key is said.
            Some((key, value)) => seed
                .deserialize(value)
                .map_err(|error| A::Error::custom(format_args!("`{key}`: {error}"))),
            None => self.rest.next_value_seed(seed),
        }
    }
}
