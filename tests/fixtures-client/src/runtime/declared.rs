//! Bodies that a document declares for failures: typed, or with the reason why they do not fit.

use std::any::Any;
use std::fmt;

use std::marker::PhantomData;

use serde::de::DeserializeOwned;

use super::de::{Seed, from_json};
use super::json_path;

/// A failure's body in its declared type, or why it is not of that type.
pub struct Declared(Result<Box<dyn Any + Send + Sync>, String>);

impl Declared {
    /// Reads JSON; `wrap` names the case of the operation's errors.
    pub fn json<T: DeserializeOwned, E: Any + Send + Sync>(body: &[u8], wrap: fn(T) -> E) -> Self {
        Self::json_by(body, PhantomData, wrap)
    }

    /// Reads JSON in a way of its own; `wrap` names the case of the operation's errors.
    pub fn json_by<T, E: Any + Send + Sync>(body: &[u8], seed: impl Seed<T>, wrap: fn(T) -> E) -> Self {
        match from_json(body, seed) {
            Ok(value) => Self(Ok(Box::new(wrap(value)))),
            Err(error) => Self(Err(json_path::explain(body, &error))),
        }
    }

    /// Reads text; `wrap` names the case of the operation's errors.
    pub fn text<E: Any + Send + Sync>(body: &[u8], wrap: fn(String) -> E) -> Self {
        match std::str::from_utf8(body) {
            Ok(text) => Self(Ok(Box::new(wrap(text.to_owned())))),
            Err(error) => Self(Err(error.to_string())),
        }
    }

    pub(super) fn get<E: Any>(&self) -> Option<&E> {
        self.0.as_ref().ok()?.downcast_ref()
    }

    pub(super) fn reason(&self) -> Option<&str> {
        self.0.as_ref().err().map(String::as_str)
    }
}

impl fmt::Debug for Declared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Ok(_) => f.write_str("Declared(Ok(…))"),
            Err(reason) => write!(f, "Declared(Err({reason:?}))"),
        }
    }
}

/// For operations that declare no body for any failure.
pub fn undeclared(_status: u16, _body: &[u8]) -> Option<Declared> {
    None
}
