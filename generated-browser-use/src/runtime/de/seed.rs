//! Values that are read in a way of their own, wherever they stand.

use serde::de::DeserializeSeed;

/// A seed that borrows nothing of what it reads.
pub trait Seed<T>: for<'de> DeserializeSeed<'de, Value = T> {}

impl<T, S: for<'de> DeserializeSeed<'de, Value = T>> Seed<T> for S {}

/// Reads JSON text.
///
/// # Errors
/// What the value is refused for; that something comes after it.
pub fn from_json<T>(json: &[u8], seed: impl Seed<T>) -> serde_json::Result<T> {
    let mut deserializer = serde_json::Deserializer::from_slice(json);
    let value = seed.deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok(value)
}
