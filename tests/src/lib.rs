//! What the integration tests share with each other and with `cargo xtask regen`: the fixtures and the client that is
//! made of them, a loopback server, and addresses at which there is none. With the fuzz targets they share what changes documents,
//! and what the generator promises of every input.
//!
//! The tests themselves are one binary, `tests/tests/main.rs`.

pub mod fixtures;
pub mod mutation;
pub mod promises;
pub mod server;
pub mod unreachable;
