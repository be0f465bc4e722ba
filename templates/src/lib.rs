//! The support code that every generated client carries.
//!
//! `runtime/` is copied verbatim into each generated crate; this crate exists so that it is ordinary, tested Rust.

pub mod runtime;
