//! What the integration tests share with each other and with `cargo xtask regen`: the fixtures and the client that is
//! made of them, and a loopback server.
//!
//! The tests themselves are one binary, `tests/tests/main.rs`.

pub mod fixtures;
pub mod server;
