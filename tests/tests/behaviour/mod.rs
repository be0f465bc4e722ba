//! What generated code does: the JSON that it writes and the values that it reads.

mod answers;
mod auth;
mod bodies;
mod calls;
mod null;
mod parameters;
mod rows;
mod servers;
mod streams;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// What a value is written as.
fn written(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap()
}

/// What a text is read as.
#[track_caller]
fn read<T: DeserializeOwned>(text: &str) -> T {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// Why a text cannot be read.
#[track_caller]
fn refused<T: DeserializeOwned + std::fmt::Debug>(text: &str) -> String {
    serde_json::from_str::<T>(text).unwrap_err().to_string()
}

/// Reads and writes a text; the JSON is the same (formatting apart).
#[track_caller]
fn round_trip<T: DeserializeOwned + Serialize>(text: &str) -> T {
    let value: T = read(text);
    let again: Value = serde_json::to_value(&value).unwrap();
    assert_eq!(again, read::<Value>(text));
    value
}
