//! Chance, good enough to spread calls and to tell parts of a body apart; no secret is made of it.

use std::time::Duration;

/// 64 bits: the standard library's hash maps are seeded by chance.
#[cfg(not(target_arch = "wasm32"))]
pub(super) fn bits() -> u64 {
    use std::collections::hash_map::RandomState;
    use std::hash::{BuildHasher, Hasher};

    RandomState::new().build_hasher().finish()
}

/// 64 bits: in a browser, the seeds of hash maps are always the same.
#[cfg(target_arch = "wasm32")]
pub(super) fn bits() -> u64 {
    let half = || js_sys::Math::random().to_bits() >> 20 & u64::from(u32::MAX);
    half() << 32 | half()
}

/// A pause up to a quarter shorter, so that clients do not come back all at once.
pub(super) fn varied(pause: Duration) -> Duration {
    let fraction = f64::from(u32::try_from(bits() >> 32).unwrap_or_default()) / f64::from(u32::MAX);
    // The quarter first: it cannot overflow on its way through a float.
    pause.saturating_sub((pause / 4).mul_f64(fraction))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pause_is_up_to_a_quarter_shorter_however_long_it_is() {
        for pause in [Duration::ZERO, Duration::from_secs(4), Duration::MAX] {
            let many: Vec<_> = (0..1000).map(|_| varied(pause)).collect();
            let least = pause.saturating_sub(pause / 4);
            assert!(many.iter().all(|varied| (least..=pause).contains(varied)), "{pause:?}");
        }
        let distinct: std::collections::HashSet<_> = (0..100).map(|_| varied(Duration::from_secs(4))).collect();
        assert!(distinct.len() > 90, "{}", distinct.len());
    }
}
