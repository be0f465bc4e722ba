//! A client as the generator writes it, by hand.

mod client;
pub mod sessions;
pub mod types;

pub use client::Client;
