//! Objects with declared fields: one key matcher for all types.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};

use super::{Constant, optional};

/// An object with declared fields.
pub trait Object: Sized {
    /// What errors call it.
    const NAME: &'static str;
    /// The keys: first those of constants, then those of fields, each in the order of the document.
    const FIELDS: &'static [&'static str];

    /// Takes the fields as they come.
    ///
    /// # Errors
    /// What a field's value is refused for, or that a required field is missing.
    fn read<'de, A: MapAccess<'de>>(fields: Fields<'de, A>) -> Result<Self, A::Error>;
}

/// Reads an object.
///
/// # Errors
/// What the value is refused for.
pub fn object<'de, D: Deserializer<'de>, T: Object>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_map(ObjectVisitor(PhantomData))
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Object> Visitor<'de> for ObjectVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object ({})", T::NAME)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::read(Fields::new(map, T::FIELDS))
    }
}

/// The fields of an object, one after the other.
#[derive(Debug)]
pub struct Fields<'de, A> {
    map: A,
    names: &'static [&'static str],
    /// The field that most likely comes next: answers mostly keep the order of the document.
    next: usize,
    /// The last key that is not declared.
    unknown: String,
    lifetime: PhantomData<&'de ()>,
}

impl<'de, A: MapAccess<'de>> Fields<'de, A> {
    /// The fields of `map`, whose declared keys are `names`.
    pub fn new(map: A, names: &'static [&'static str]) -> Self {
        Self {
            map,
            names,
            next: 0,
            unknown: String::new(),
            lifetime: PhantomData,
        }
    }

    /// The index of the next key; `usize::MAX` for one that is not declared; `None` at the end. Its value must be taken
    /// before the next key is asked for.
    ///
    /// # Errors
    /// The deserializer's.
    #[allow(
        clippy::should_implement_trait,
        reason = "it can fail, and a value must be taken after each key"
    )]
    pub fn next(&mut self) -> Result<Option<usize>, A::Error> {
        self.map.next_key_seed(Key {
            names: self.names,
            next: &mut self.next,
            unknown: None,
        })
    }

    /// The same, for [`keep`](Self::keep), which needs the key where it is not declared.
    ///
    /// # Errors
    /// The deserializer's.
    pub fn next_to_keep(&mut self) -> Result<Option<usize>, A::Error> {
        self.map.next_key_seed(Key {
            names: self.names,
            next: &mut self.next,
            unknown: Some(&mut self.unknown),
        })
    }

    /// Takes the value of the key that has just come.
    ///
    /// # Errors
    /// What the value is refused for.
    pub fn set<T: Deserialize<'de>>(&mut self, field: &mut T) -> Result<(), A::Error> {
        self.set_by(field, PhantomData)
    }

    /// Takes the value of the key that has just come, read in a way of its own.
    ///
    /// # Errors
    /// What the value is refused for.
    pub fn set_by<S: DeserializeSeed<'de>>(&mut self, field: &mut S::Value, seed: S) -> Result<(), A::Error> {
        *field = self.map.next_value_seed(seed)?;
        Ok(())
    }

    /// Takes the value of the key that has just come, for a field that must be there.
    ///
    /// # Errors
    /// What the value is refused for.
    pub fn set_some<T: Deserialize<'de>>(&mut self, field: &mut Option<T>) -> Result<(), A::Error> {
        self.set_some_by(field, PhantomData)
    }

    /// The same, read in a way of its own.
    ///
    /// # Errors
    /// What the value is refused for.
    pub fn set_some_by<S: DeserializeSeed<'de>>(
        &mut self,
        field: &mut Option<S::Value>,
        seed: S,
    ) -> Result<(), A::Error> {
        *field = Some(self.map.next_value_seed(seed)?);
        Ok(())
    }

    /// Checks that the value is the one that it always is.
    ///
    /// # Errors
    /// That it is another one.
    pub fn constant(&mut self, expected: impl Into<Constant>) -> Result<(), A::Error> {
        self.map.next_value_seed(expected.into())
    }

    /// The same for a value that may be missing, and so `null`.
    ///
    /// # Errors
    /// That it is another one.
    pub fn constant_or_null(&mut self, expected: impl Into<Constant>) -> Result<(), A::Error> {
        self.map.next_value_seed(optional(expected.into())).map(drop)
    }

    /// Passes over the value.
    ///
    /// # Errors
    /// The deserializer's.
    pub fn skip(&mut self) -> Result<(), A::Error> {
        self.map.next_value::<IgnoredAny>().map(drop)
    }

    /// Keeps key and value of a key that is not declared, which has come from [`next_to_keep`](Self::next_to_keep).
    ///
    /// # Errors
    /// What the value is refused for.
    pub fn keep<T: Deserialize<'de>>(&mut self, rest: &mut BTreeMap<String, T>) -> Result<(), A::Error> {
        self.keep_by(rest, PhantomData)
    }

    /// Keeps key and value of a key that is not declared; the value is read in a way of its own.
    ///
    /// # Errors
    /// What the value is refused for.
    pub fn keep_by<S: DeserializeSeed<'de>>(
        &mut self,
        rest: &mut BTreeMap<String, S::Value>,
        seed: S,
    ) -> Result<(), A::Error> {
        let value = self.map.next_value_seed(seed)?;
        rest.insert(std::mem::take(&mut self.unknown), value);
        Ok(())
    }

    /// The value of a field that must be there.
    ///
    /// # Errors
    /// That it is missing.
    #[allow(clippy::unused_self, reason = "`self` tells the compiler which error type is meant")]
    pub fn required<T>(&self, value: Option<T>, name: &'static str) -> Result<T, A::Error> {
        value.ok_or_else(|| A::Error::missing_field(name))
    }
}

/// Finds a key among the declared ones.
struct Key<'a> {
    names: &'static [&'static str],
    next: &'a mut usize,
    /// Where the text of a key goes that is not declared.
    unknown: Option<&'a mut String>,
}

impl<'de> DeserializeSeed<'de> for Key<'_> {
    type Value = usize;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<usize, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Key<'_> {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<usize, E> {
        if self.names.get(*self.next).is_some_and(|name| *name == key) {
            *self.next += 1;
            return Ok(*self.next - 1);
        }
        Ok(self.search(key))
    }
}

impl Key<'_> {
    /// Among all, from the next one on: fields that may be missing often are.
    #[inline(never)]
    fn search(self, key: &str) -> usize {
        let next = (*self.next).min(self.names.len());
        let mut order = (next..self.names.len()).chain(0..next);
        if let Some(found) = order.find(|index| self.names[*index] == key) {
            *self.next = found + 1;
            return found;
        }
        if let Some(unknown) = self.unknown {
            unknown.clear();
            unknown.push_str(key);
        }
        usize::MAX
    }
}
