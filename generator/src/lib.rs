//! OpenAPI documents in, Rust client crates out.

pub mod back;
pub mod config;
pub mod diagnostic;
pub mod front;
pub mod ir;
pub mod names;
