//! How long a server asks to wait: every form of `Retry-After`.

use std::time::{Duration, SystemTime};

use http::HeaderMap;

/// `retry-after-ms`; `retry-after` in seconds, whole or not; `retry-after` as a date, counted from the server's own
/// `date` where it sends one.
pub(super) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim);
    let number = |text: &str| text.parse::<f64>().ok();
    if let Some(wait) = text("retry-after-ms").and_then(number) {
        return Duration::try_from_secs_f64(wait / 1000.0).ok();
    }
    let value = text("retry-after")?;
    if let Some(seconds) = number(value) {
        return Duration::try_from_secs_f64(seconds).ok();
    }
    let then = http_date(value)?;
    let now = text("date").and_then(http_date).or_else(|| {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).ok()?;
        i64::try_from(now.as_secs()).ok()
    })?;
    Some(Duration::from_secs(u64::try_from(then - now).unwrap_or_default()))
}

/// Seconds since 1970 of a date in any of the three forms that a recipient takes (RFC 9110, section 5.6.7):
/// `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT`, `Sun Nov  6 08:49:37 1994`.
fn http_date(text: &str) -> Option<i64> {
    let words: Vec<_> = text.split([' ', ',', '-']).filter(|word| !word.is_empty()).collect();
    let ([_, day, month, year, clock, "GMT"] | [_, month, day, clock, year]) = words[..] else {
        return None;
    };
    let day: i64 = day.parse().ok().filter(|day| (1..=31).contains(day))?;
    let (month, year) = (month_number(month)?, full_year(year)?);
    let mut clock = clock
        .splitn(3, ':')
        .map(|part| part.parse::<i64>().ok().filter(|part| (0..=60).contains(part)));
    let (hour, minute, second) = (clock.next()??, clock.next()??, clock.next()??);
    Some(((days(year, month, day) * 24 + hour) * 60 + minute) * 60 + second)
}

fn month_number(name: &str) -> Option<i64> {
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let index = MONTHS.iter().position(|month| *month == name)?;
    i64::try_from(index).ok().map(|index| index + 1)
}

/// The old form has two digits; nothing on the web is older than 1970.
fn full_year(text: &str) -> Option<i64> {
    let year: i64 = text.parse().ok()?;
    match (text.len(), year) {
        (2, 0..70) => Some(year + 2000),
        (2, 70..100) => Some(year + 1900),
        (_, 1970..=9999) => Some(year),
        _ => None,
    }
}

/// Days from 1970-01-01 to a date of the Gregorian calendar: years start in March, so that the leap day is their last.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    year * 365 + year / 4 - year / 100 + year / 400 + day_of_year - 719_468
}
