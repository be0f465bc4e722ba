//! What the integration tests share with each other and with `cargo xtask regen`: the fixtures and the client that is
//! made of them, a loopback server, addresses at which there is none, and the harness that proves that nothing is lost on
//! the wire. With the fuzz targets they share what changes documents, and what the generator promises of every input.
//!
//! The tests themselves are one binary, `tests/tests/main.rs`.

pub mod fidelity;
pub mod fixtures;
pub mod mutation;
pub mod promises;
pub mod server;
pub mod unreachable;
