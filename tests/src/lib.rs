//! What the integration tests share with each other and with `cargo xtask regen`: the fixtures and the client that is
//! made of them, a loopback server, and addresses at which there is none.
//!
//! The tests themselves are one binary, `tests/tests/main.rs`.

pub mod fixtures;
pub mod server;
pub mod unreachable;
