//! The runtime as a generated crate holds it: a private module beside generated code (`sample`, written by hand in the
//! shape of generated code), against a server that records every byte.

#![allow(unreachable_pub, reason = "a test has no outside")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "../../src/runtime/mod.rs"]
#[allow(
    dead_code,
    unused_imports,
    reason = "the same support code in every client; this one may not need all of it"
)]
mod runtime;

mod auth;
mod decode;
mod encode;
mod errors;
mod oauth;
mod retries;
#[allow(dead_code, reason = "a client offers more than one test calls")]
mod sample;
mod server;
mod streams;
mod styles;
mod tls;
mod waiting;
mod wire;
