//! Reads values into the types of a generated crate, and writes them again: for each line `TYPE JSON` of its input a line
//! `=JSON`, or `!REASON` where the type refuses the value. Which types there are is in `table`.

#![allow(dead_code, deprecated, unused_imports, reason = "of the crate only its types are used")]

mod runtime;
mod table;
include!("modules.rs");

use std::io::{self, BufRead, Write};
use std::marker::PhantomData;

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

fn main() -> io::Result<()> {
    let mut output = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let line = line?;
        let (number, json) = line.split_once(' ').unwrap_or((&line, ""));
        let ty = number.parse().ok().and_then(|number: usize| table::TABLE.get(number));
        let done = ty.map_or_else(|| Err(format!("there is no type {number}")), |ty| ty(json.as_bytes()));
        match done {
            Ok(json) => writeln!(output, "={json}")?,
            Err(reason) => writeln!(output, "!{}", reason.replace('\n', " "))?,
        }
    }
    output.flush()
}
