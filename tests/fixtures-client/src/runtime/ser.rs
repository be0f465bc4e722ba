//! What written-out `Serialize` implementations of generated types call. Knows no particular type.

use std::cell::Cell;
use std::collections::BTreeMap;

use serde::ser::{Error as _, SerializeMap};
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

use super::Nullable;

thread_local! {
    /// Whether values are written as [`known`] has them.
    static ONLY_KNOWN: Cell<bool> = const { Cell::new(false) };
}

/// What [`known`] has where nothing would be written.
const NOTHING: [(); 0] = [];

/// An object as it is written, entry by entry.
///
/// The first error is kept until [`end`](Self::end), so that generated code does not ask for it after each entry: that alone
/// would cost a compiler a tenth of its time for a type.
#[derive(Debug)]
pub struct Entries<S: Serializer> {
    map: Result<S::SerializeMap, S::Error>,
}

impl<S: Serializer> Entries<S> {
    /// An object without entries.
    pub fn new(serializer: S) -> Self {
        Self {
            map: serializer.serialize_map(None),
        }
    }

    /// Writes a field that is always there.
    pub fn required<T: Serialize + ?Sized>(&mut self, key: &str, value: &T) {
        if let Ok(map) = &mut self.map
            && let Err(error) = map.serialize_entry(key, value)
        {
            self.map = Err(error);
        }
    }

    /// Writes an optional field: nothing where it is `None`.
    #[allow(clippy::ref_option, reason = "generated code passes a field as it stands")]
    pub fn optional<T: Serialize>(&mut self, key: &str, value: &Option<T>) {
        match value {
            Some(value) => self.required(key, value),
            None => self.nothing(key),
        }
    }

    /// Writes a field of three states: nothing where it is unset.
    pub fn nullable<T: Serialize>(&mut self, key: &str, value: &Nullable<T>) {
        if value.is_unset() {
            self.nothing(key);
        } else {
            self.required(key, value);
        }
    }

    /// Shows that a key is known.
    fn nothing(&mut self, key: &str) {
        if ONLY_KNOWN.get() {
            self.required(key, &NOTHING);
        }
    }

    /// Writes the keys beyond the declared ones.
    pub fn extend<T: Serialize>(&mut self, rest: &BTreeMap<String, T>) {
        for (key, value) in rest {
            self.required(key, value);
        }
    }

    /// The whole object.
    ///
    /// # Errors
    /// The first that an entry had.
    pub fn end(self) -> Result<S::Ok, S::Error> {
        self.map?.end()
    }
}

/// Writes a payload with a tag beside its own fields, unless it has one among them; the payload must be an object.
///
/// # Errors
/// The serializer's, or that the payload is no object.
pub fn tagged<S: Serializer, T: Serialize>(
    serializer: S,
    key: &'static str,
    tag: &'static str,
    payload: &T,
) -> Result<S::Ok, S::Error> {
    // Through text, because `f32` keeps its short form only there.
    let text = serde_json::to_vec(payload).map_err(S::Error::custom)?;
    let fields: Map<String, Value> = serde_json::from_slice(&text).map_err(S::Error::custom)?;
    let mut map = serializer.serialize_map(None)?;
    if !fields.contains_key(key) {
        map.serialize_entry(key, tag)?;
    }
    for (name, value) in &fields {
        map.serialize_entry(name, value)?;
    }
    map.end()
}

/// Writes a value that this version of the crate does not know, as it came.
///
/// # Errors
/// The serializer's.
pub fn unknown<S: Serializer, T: Serialize>(serializer: S, value: &T) -> Result<S::Ok, S::Error> {
    if ONLY_KNOWN.get() {
        serializer.serialize_unit()
    } else {
        value.serialize(serializer)
    }
}

/// A value as JSON that shows what this version of the crate knows of it: every declared key is there, with an empty
/// array where nothing would be written, and `null` stands for what is not known. `None` where it cannot be written.
pub(super) fn known<T: Serialize>(value: &T) -> Option<Value> {
    struct Restored(bool);

    impl Drop for Restored {
        fn drop(&mut self) {
            ONLY_KNOWN.set(self.0);
        }
    }

    // Restored after a panic, too: what is not known must never be sent as `null`.
    let _restored = Restored(ONLY_KNOWN.replace(true));
    serde_json::to_value(value).ok()
}
