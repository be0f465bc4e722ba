//! What is said of many measurements: quantiles, which a few disturbed ones do not move.

/// The value that `share` of all are below, between two values where it falls between them; 0 of none.
#[must_use]
pub fn quantile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    #[allow(clippy::cast_precision_loss, reason = "nobody takes 2^53 measurements")]
    let place = share * sorted.len().saturating_sub(1) as f64;
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it is between 0 and the number of values"
    )]
    let below = place as usize;
    match (sorted.get(below), sorted.get(below + 1)) {
        (Some(low), Some(high)) => low + (high - low) * place.fract(),
        (Some(last), None) => *last,
        (None, _) => 0.0,
    }
}

/// The value in the middle.
#[must_use]
pub fn median(values: &[f64]) -> f64 {
    quantile(values, 0.5)
}

#[cfg(test)]
mod tests {
    use super::quantile;

    #[test]
    fn finds_values_and_what_is_between_them() {
        let values = [4.0, 1.0, 3.0, 2.0, 5.0];
        let found = [0.0, 0.25, 0.5, 0.625, 1.0].map(|share| quantile(&values, share));
        assert_eq!(found.map(f64::to_bits), [1.0, 2.0, 3.0, 3.5, 5.0].map(f64::to_bits));
        assert_eq!(quantile(&[], 0.5).to_bits(), 0.0_f64.to_bits());
    }
}
