//! Dates in headers: the three forms of RFC 9110, section 5.6.7.

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// Seconds since 1970. `now`, in the same, tells which century a year of two digits is in.
pub(super) fn http_date(text: &str, now: i64) -> Option<i64> {
    let words: Vec<_> = text.split([' ', ',', '-']).filter(|word| !word.is_empty()).collect();
    // `Sun, 06 Nov 1994 08:49:37 GMT`, the form to send; `Sunday, 06-Nov-94 08:49:37 GMT`; `Sun Nov  6 08:49:37 1994`
    let ([_, day, month, year, clock, "GMT"] | [_, month, day, clock, year]) = words[..] else {
        return None;
    };
    let day = number(day, 1, 31)?;
    let month = i64::try_from(MONTHS.iter().position(|name| *name == month)?).ok()? + 1;
    let year = match year.len() {
        2 => with_century(number(year, 0, 99)?, now),
        _ => number(year, 1970, 9999)?,
    };
    let mut parts = clock.splitn(3, ':');
    let hour = number(parts.next()?, 0, 23)?;
    let minute = number(parts.next()?, 0, 59)?;
    // A leap second is written as 60.
    let second = number(parts.next()?, 0, 60)?;
    Some(((days(year, month, day) * 24 + hour) * 60 + minute) * 60 + second)
}

fn number(text: &str, least: i64, most: i64) -> Option<i64> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let number = text.parse().ok()?;
    (digits && (least..=most).contains(&number)).then_some(number)
}

/// A year is no more than 50 years from now.
fn with_century(year: i64, now: i64) -> i64 {
    const MEAN_YEAR: i64 = 31_556_952;
    let this_year = 1970 + now / MEAN_YEAR;
    let near = this_year - this_year % 100 + year;
    if near > this_year + 50 { near - 100 } else { near }
}

/// Days from 1970-01-01 to a date of the Gregorian calendar: years start in March, so that the leap day is their last.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    year * 365 + year / 4 - year / 100 + year / 400 + day_of_year - 719_468
}
