//! What written-out `Serialize` implementations of generated types call. Knows no particular type.

use std::collections::BTreeMap;

use serde::ser::{Error as _, SerializeMap};
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

use super::Nullable;

/// Writes an optional field: nothing where it is `None`.
///
/// # Errors
/// The serializer's.
#[allow(clippy::ref_option, reason = "generated code passes a field as it stands")]
pub fn optional<M: SerializeMap, T: Serialize>(
    map: &mut M,
    key: &'static str,
    value: &Option<T>,
) -> Result<(), M::Error> {
    match value {
        Some(value) => map.serialize_entry(key, value),
        None => Ok(()),
    }
}

/// Writes a field of three states: nothing where it is unset.
///
/// # Errors
/// The serializer's.
pub fn nullable<M: SerializeMap, T: Serialize>(
    map: &mut M,
    key: &'static str,
    value: &Nullable<T>,
) -> Result<(), M::Error> {
    match value {
        Nullable::Unset => Ok(()),
        value => map.serialize_entry(key, value),
    }
}

/// Writes the keys beyond the declared ones.
///
/// # Errors
/// The serializer's.
pub fn extend<M: SerializeMap, T: Serialize>(map: &mut M, rest: &BTreeMap<String, T>) -> Result<(), M::Error> {
    rest.iter().try_for_each(|(key, value)| map.serialize_entry(key, value))
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
