//! What the integration tests in `tests/` share. Knows HTTP, and none of the clients.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::missing_panics_doc,
    reason = "a test that cannot go on says so by failing"
)]

pub mod server;
