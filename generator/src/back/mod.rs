//! From an API and its names to the files of a crate.
//!
//! `plan` decides, `model` holds what was decided, `emit` prints it.

pub mod emit;
pub mod fileset;
pub mod model;
pub mod plan;
