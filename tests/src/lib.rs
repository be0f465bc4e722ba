//! What the integration tests share with `cargo xtask regen`: the fixtures, and the client that is made of them.
//!
//! The tests themselves are one binary, `tests/tests/main.rs`.

pub mod fixtures;
