//! Reads values into the types of a generated crate, and writes them again: for each line `TYPE HOW JSON` of its input a
//! line `=JSON`, or `!REASON` where the type refuses the value. Which types there are is in `table`; `HOW` is `read`, or
//! `built` or `least` where the value is made again by the builders before it is written, of all that is there or only of
//! what they ask for.

#![allow(dead_code, deprecated, unused_imports, reason = "of the crate only its types are used")]

mod builders;
mod runtime;
mod table;
include!("modules.rs");

use std::collections::BTreeMap;
use std::io::{self, BufRead, Write};
use std::marker::PhantomData;

use runtime::Nullable;
use runtime::de::{self, Seed};
use serde::Serialize;
use serde::de::DeserializeOwned;

type Result<T> = std::result::Result<T, String>;

/// Through `T`, as a client reads an answer and writes a request.
fn through<T: DeserializeOwned + Serialize>(json: &[u8]) -> Result<String> {
    through_by::<T>(json, PhantomData)
}

/// The same for what is read in a way of its own.
fn through_by<T: Serialize>(json: &[u8], seed: impl Seed<T>) -> Result<String> {
    let value = de::from_json(json, seed).map_err(|error| error.to_string())?;
    serde_json::to_string(&value).map_err(|error| format!("cannot be written: {error}"))
}

/// A type: how its values are read and, where users make them, built.
struct Type {
    read: fn(&[u8]) -> Result<String>,
    build: Option<fn(&[u8], bool) -> Result<String>>,
}

/// Through `T` and its builders.
fn built<T: DeserializeOwned + Serialize + Rebuild>(json: &[u8], all: bool) -> Result<String> {
    let value: T = de::from_json(json, PhantomData).map_err(|error| error.to_string())?;
    serde_json::to_string(&value.rebuild(all)).map_err(|error| format!("cannot be written: {error}"))
}

/// What users of a crate can make of a value by its builders.
trait Rebuild: Sized {
    /// With `all` that is there, or only what builders ask for.
    fn rebuild(self, all: bool) -> Self;
}

macro_rules! same {
    ($($ty:ty),* $(,)?) => {
        $(impl Rebuild for $ty {
            fn rebuild(self, _: bool) -> Self {
                self
            }
        })*
    };
}
pub(crate) use same;

same!(bool, String, (), serde_json::Value, f32, f64, i8, i16, i32, i64, u8, u16, u32, u64);

impl<T: Rebuild> Rebuild for Vec<T> {
    fn rebuild(self, all: bool) -> Self {
        self.into_iter().map(|value| value.rebuild(all)).collect()
    }
}

impl<T: Rebuild> Rebuild for BTreeMap<String, T> {
    fn rebuild(self, all: bool) -> Self {
        self.into_iter().map(|(key, value)| (key, value.rebuild(all))).collect()
    }
}

impl<T: Rebuild> Rebuild for Option<T> {
    fn rebuild(self, all: bool) -> Self {
        self.map(|value| value.rebuild(all))
    }
}

impl<T: Rebuild> Rebuild for Nullable<T> {
    fn rebuild(self, all: bool) -> Self {
        match self {
            Self::Value(value) => Self::Value(value.rebuild(all)),
            other => other,
        }
    }
}

impl<T: Rebuild> Rebuild for Box<T> {
    fn rebuild(self, all: bool) -> Self {
        Box::new((*self).rebuild(all))
    }
}

/// What `new` asks for although answers may lack it.
fn given<T>(value: Option<T>) -> T {
    value.expect("a request has it")
}

fn unboxed<T>(value: Nullable<Box<T>>) -> Nullable<T> {
    match value {
        Nullable::Value(value) => Nullable::Value(*value),
        Nullable::Null => Nullable::Null,
        Nullable::Unset => Nullable::Unset,
    }
}

fn done(line: &str) -> Result<String> {
    let mut parts = line.splitn(3, ' ');
    let (number, how, json) = (parts.next(), parts.next(), parts.next().unwrap_or_default().as_bytes());
    let ty = number.and_then(|number| table::TABLE.get(number.parse::<usize>().ok()?));
    let ty = ty.ok_or_else(|| format!("there is no such type: {line:.20}"))?;
    match (how, ty.build) {
        (Some("built"), Some(build)) => build(json, true),
        (Some("least"), Some(build)) => build(json, false),
        (Some("read"), _) => (ty.read)(json),
        _ => Err(format!("cannot be done: {line:.20}")),
    }
}

fn main() -> io::Result<()> {
    let mut output = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        match done(&line?) {
            Ok(json) => writeln!(output, "={json}")?,
            Err(reason) => writeln!(output, "!{}", reason.replace('\n', " "))?,
        }
    }
    output.flush()
}
