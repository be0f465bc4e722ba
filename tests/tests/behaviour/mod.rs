//! What generated code does: the JSON that it writes, the values that it reads, the calls that it lets a user write.

mod all_of;
mod answers;
mod auth;
mod bodies;
mod calls;
mod calls_sent;
mod dates;
mod enums;
mod forms;
mod headers;
mod lenient;
mod names;
mod null;
mod numbers;
mod oauth;
mod objects;
mod pages;
mod parameters;
mod payloads;
mod recursive;
mod rows;
mod servers;
mod several_files;
mod streams;
mod swagger;
mod unions;
mod unknown_fields;
mod waiters;

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

/// Reads a text and writes it again: the JSON is the same.
#[track_caller]
fn round_trip<T: DeserializeOwned + Serialize>(text: &str) -> T {
    let value: T = read(text);
    assert_eq!(serde_json::to_value(&value).unwrap(), read::<Value>(text));
    value
}
