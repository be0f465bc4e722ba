//! One question each about an API.

pub mod cycles;
pub mod headers;
pub mod reach;
pub mod usage;
