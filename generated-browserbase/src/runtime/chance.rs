//! Chance, good enough to spread calls and to tell parts of a body apart; no secret is made of it.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};

/// 64 bits: the standard library's hash maps are seeded by chance.
pub(super) fn bits() -> u64 {
    RandomState::new().build_hasher().finish()
}

/// From 0 to 1.
pub(super) fn fraction() -> f64 {
    f64::from(u32::try_from(bits() >> 32).unwrap_or_default()) / f64::from(u32::MAX)
}
