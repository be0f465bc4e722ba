//! How long a server asks to wait: every form of `Retry-After`.

use std::time::Duration;

use http::HeaderMap;

use super::http_date::http_date;
use super::platform::SystemTime;

/// `retry-after-ms`; `retry-after` in seconds, whole or not; `retry-after` as a date, counted from the server's own
/// `date` where it sends one.
pub(super) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim);
    let seconds = |text: &str, per_second: f64| {
        let number: f64 = text.parse().ok()?;
        Duration::try_from_secs_f64(number / per_second).ok()
    };
    if let Some(wait) = text("retry-after-ms").and_then(|text| seconds(text, 1000.0)) {
        return Some(wait);
    }
    let value = text("retry-after")?;
    seconds(value, 1.0).or_else(|| {
        let here = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).ok()?;
        let here = i64::try_from(here.as_secs()).ok()?;
        let then = http_date(value, here)?;
        let now = text("date").and_then(|date| http_date(date, here)).unwrap_or(here);
        Some(Duration::from_secs(u64::try_from(then - now).unwrap_or_default()))
    })
}
