//! Values that are read in a way of their own, wherever they stand.

use serde::de::{DeserializeSeed, Error as _};
use serde_json::Value;

/// A seed that borrows nothing of what it reads.
pub trait Seed<T>: for<'de> DeserializeSeed<'de, Value = T> {}

impl<T, S: for<'de> DeserializeSeed<'de, Value = T>> Seed<T> for S {}

/// Reads JSON text.
///
/// # Errors
/// What the value is refused for; that something comes after it; that the text is not UTF-8 (RFC 8259, section 8.1).
pub fn from_json<T>(json: &[u8], seed: impl Seed<T>) -> serde_json::Result<T> {
    // Checked once and as a whole, which is much faster than string by string.
    let text = std::str::from_utf8(json).map_err(|_| not_utf8(json))?;
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let value = seed.deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok(value)
}

/// The error at the place where the text stops being UTF-8.
fn not_utf8(json: &[u8]) -> serde_json::Error {
    match serde_json::from_slice::<Value>(json) {
        Err(error) => error,
        Ok(_) => serde_json::Error::custom("the text is not UTF-8"),
    }
}
