//! The command line, and what `cargo xtask` shares with it: the only room of this crate that reads and writes files.

pub mod failure;
pub mod folder;
pub mod project;
