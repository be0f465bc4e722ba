//! The part of the runtime that types are read and written with.

pub mod de;
mod nullable;
mod secret;
pub mod ser;

pub use nullable::Nullable;
pub use secret::{Hidden, Secret};
