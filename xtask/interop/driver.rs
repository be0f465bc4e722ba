//! Makes calls of a generated client: reads one line of JSON for each call, answers each with one line.
//!
//! `{"operation": 3, "values": {"parameters": {"path id": "x"}, "body": {…}}, "prefer": "code=404"}` becomes
//! `{"status": 200, "value": …}` or `{"error": "status", "status": 404, "message": "…", "declared": {"value": …}}`.

#![allow(dead_code, unused_imports, unused_variables)]

mod calls;

use std::collections::BTreeMap;
use std::future::Future;
use std::io::{BufRead, Write};
use std::pin::Pin;

use calls::Error;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// A call under way.
pub type Pending<'a> = Pin<Box<dyn Future<Output = Result<Value, String>> + 'a>>;

/// What a call is made with.
pub struct Values(Value);

impl Values {
    fn find(&self, key: &str) -> Option<&Value> {
        match key.strip_prefix("body") {
            Some("") => self.0.get("body"),
            Some(field) => self.0.get("body")?.get(field.trim_start()),
            None => self.0.get("parameters")?.get(key),
        }
    }

    pub fn has(&self, key: &str) -> bool {
        self.find(key).is_some()
    }

    pub fn get<T: DeserializeOwned>(&self, key: &str) -> Result<T, String> {
        let value = self.find(key).cloned().unwrap_or_default();
        serde_json::from_value(value).map_err(|error| format!("the value of `{key}` does not fit its type: {error}"))
    }

    pub fn bytes(&self, key: &str) -> Result<Vec<u8>, String> {
        self.get::<Value>(key).map(|value| value.as_str().unwrap_or("content").as_bytes().to_vec())
    }
}

pub fn json(value: &impl Serialize) -> Result<Value, String> {
    serde_json::to_value(value).map_err(|error| format!("an answer cannot be written as JSON again: {error}"))
}

pub fn bytes_of(bytes: &[u8]) -> Value {
    json!({ "bytes": bytes.len() })
}

pub fn success(status: u16, value: Value) -> Value {
    json!({ "status": status, "value": value })
}

pub fn failure(error: &Error, declared: Option<Value>) -> Value {
    let kind = match error {
        Error::Status(_) => "status",
        Error::Decode(_) => "decode",
        Error::Transport(_) => "transport",
        Error::Request(_) => "request",
        _ => "other",
    };
    json!({
        "error": kind,
        "status": error.status(),
        "message": error.to_string(),
        "declared": declared.map(|value| json!({ "value": value })),
        "declared_error": error.declared_error(),
    })
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let base_url = std::env::args().nth(1).ok_or("usage: driver BASE_URL")?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let client = calls::client(&base_url)?;
    for line in std::io::stdin().lock().lines() {
        let mut question: Value = serde_json::from_str(&line?)?;
        let id = question["operation"].as_u64().unwrap_or(u64::MAX);
        let values = Values(question["values"].take());
        let mut options = calls::Options::new();
        if let Some(prefer) = question["prefer"].as_str() {
            options = options.header("prefer", prefer);
        }
        let answer = runtime.block_on(calls::call(&client, id, &values, options));
        let answer = answer.unwrap_or_else(|message| json!({ "error": "values", "message": message }));
        writeln!(std::io::stdout(), "{answer}")?;
    }
    Ok(())
}
