//! Values that are text in JSON, such as open enums: made from `&str`, so that a known value costs no allocation.

use std::fmt;

use serde::de::{Deserializer, Error, Visitor};

/// Reads text and makes a value from it.
///
/// # Errors
/// The deserializer's; a value that is no text is one.
pub fn text<'de, D: Deserializer<'de>, T>(deserializer: D, make: fn(&str) -> T) -> Result<T, D::Error> {
    deserializer.deserialize_str(Text(make))
}

struct Text<T>(fn(&str) -> T);

impl<T> Visitor<'_> for Text<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        Ok((self.0)(text))
    }
}
