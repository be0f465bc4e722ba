//! Whether a value that was read and written again is the same value.
//!
//! Numbers count by value, and times by the instant that they stand for. What [`Gone`] names may be gone; everything else
//! has to be there, and nothing may be new.

use serde_json::{Number, Value};

use super::marks::{self, Mark, Marks};
use super::values::UNDECLARED;

/// What a client may pass over, unless its configuration keeps it. What has one value only may be written all the same.
#[derive(Debug, Clone, Copy)]
pub(super) struct Gone<'a> {
    /// Whether keys may be gone of which the document says nothing.
    pub(super) undeclared: bool,
    /// Whether `null`s may be gone in the place of what may be left out.
    pub(super) nulls: bool,
    pub(super) marks: &'a Marks,
}

/// Where they differ, and how.
pub(super) fn same(came: &Value, again: &Value, gone: Gone<'_>) -> Result<(), String> {
    differ(came, again, gone, &mut String::new())
}

/// Takes out the keys of which the document says nothing.
pub(super) fn forget_undeclared(value: &mut Value) {
    match value {
        Value::Object(map) => {
            map.shift_remove(UNDECLARED);
            map.values_mut().for_each(forget_undeclared);
        }
        Value::Array(list) => list.iter_mut().for_each(forget_undeclared),
        _ => {}
    }
}

fn differ(came: &Value, again: &Value, gone: Gone<'_>, path: &mut String) -> Result<(), String> {
    match (came, again) {
        (Value::Object(came), Value::Object(again)) => {
            for (key, value) in came {
                match again.get(key) {
                    Some(again) => step(path, key, |path| differ(value, again, gone, path))?,
                    None if gone.undeclared && key == UNDECLARED => {}
                    None => step(path, key, |path| {
                        let may = gone.nulls && value.is_null() && gone.marks.has(Mark::Null, path);
                        if may { Ok(()) } else { Err(format!("{path} is lost")) }
                    })?,
                }
            }
            let mut new = again.keys().filter(|key| !came.contains_key(*key));
            new.try_for_each(|key| {
                step(path, key, |path| {
                    let may = gone.marks.has(Mark::Constant, path);
                    if may {
                        Ok(())
                    } else {
                        Err(format!("{path} comes from nowhere"))
                    }
                })
            })
        }
        (Value::Array(came), Value::Array(again)) if came.len() == again.len() => {
            let mut pairs = came.iter().zip(again).enumerate();
            pairs.try_for_each(|(index, (came, again))| {
                step(path, &index.to_string(), |path| differ(came, again, gone, path))
            })
        }
        (Value::Number(came), Value::Number(again)) if same_number(came, again) => Ok(()),
        (Value::String(came), Value::String(again)) if came == again || same_time(came, again) => Ok(()),
        _ if came == again => Ok(()),
        _ => Err(format!("{path} came as {came} and is {again}")),
    }
}

fn step<T>(path: &mut String, key: &str, then: impl FnOnce(&mut String) -> T) -> T {
    let length = path.len();
    path.push('/');
    path.push_str(&marks::step(key));
    let result = then(path);
    path.truncate(length);
    result
}

fn same_number(came: &Number, again: &Number) -> bool {
    let integer = |number: &Number| number.as_i64().map(i128::from).or(number.as_u64().map(i128::from));
    match (integer(came), integer(again)) {
        (Some(came), Some(again)) => came == again,
        _ => came.as_f64() == again.as_f64(),
    }
}

/// Whether both are times, and the same instant. Read here by itself, as date crates are part of what is put to the test.
fn same_time(came: &str, again: &str) -> bool {
    instant(came).is_some_and(|came| instant(again) == Some(came))
}

/// Nanoseconds since the first day of year 0, from a time of RFC 3339, section 5.6.
fn instant(text: &str) -> Option<i128> {
    let number = |range: std::ops::Range<usize>| {
        let digits = text.get(range)?;
        digits
            .bytes()
            .all(|byte| byte.is_ascii_digit())
            .then(|| digits.parse::<i128>().ok())?
    };
    let (year, month, day) = (number(0..4)?, number(5..7)?, number(8..10)?);
    let (hour, minute, second) = (number(11..13)?, number(14..16)?, number(17..19)?);
    let rest = text.get(19..)?;
    let digits = rest
        .strip_prefix('.')
        .map_or(0, |rest| rest.bytes().take_while(u8::is_ascii_digit).count());
    let (fraction, offset) = rest.split_at(if digits == 0 { 0 } else { digits + 1 });
    let nanos: i128 = format!("{:0<9}", fraction.trim_start_matches('.'))
        .get(..9)?
        .parse()
        .ok()?;
    let minutes = match offset {
        "Z" | "z" => 0,
        _ => {
            let sign = if offset.starts_with('-') { -1 } else { 1 };
            let (hours, minutes) = offset.get(1..)?.split_once(':')?;
            sign * (hours.parse::<i128>().ok()? * 60 + minutes.parse::<i128>().ok()?)
        }
    };
    // Days of the proleptic Gregorian calendar, with years that begin in March.
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let days =
        year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + (month * 153 + 2) / 5 + day;
    Some((((days * 24 + hour) * 60 + minute - minutes) * 60 + second) * 1_000_000_000 + nanos)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::marks::Marks;
    use super::{Gone, UNDECLARED, instant};

    fn same(came: &Value, again: &Value) -> Result<(), String> {
        let gone = Gone {
            undeclared: true,
            nulls: true,
            marks: &Marks::default(),
        };
        super::same(came, again, gone)
    }

    #[test]
    fn numbers_count_by_value_and_times_by_instant() {
        let came = json!({ "n": 1, "at": "2025-01-01T01:30:00.5+05:30", UNDECLARED: 1 });
        let again = json!({ "at": "2024-12-31T20:00:00.500Z", "n": 1.0 });
        assert_eq!(same(&came, &again), Ok(()));
        assert_eq!(instant("2024-03-01T00:00:00Z"), instant("2024-02-29T23:00:00-01:00"));
    }

    #[test]
    fn what_differs_is_said_with_its_place() {
        let differs = |came, again| same(&came, &again).unwrap_err();
        assert_eq!(
            differs(json!({ "a": [1] }), json!({ "a": [2] })),
            "/a/0 came as 1 and is 2"
        );
        assert_eq!(differs(json!({ "a": null }), json!({})), "/a is lost");
        assert_eq!(differs(json!({}), json!({ "a": null })), "/a comes from nowhere");
        assert_eq!(
            differs(json!(9_007_199_254_740_993_i64), json!(9_007_199_254_740_992_i64)),
            " came as 9007199254740993 and is 9007199254740992"
        );
        assert_eq!(
            differs(json!("2025-01-01T00:00:00Z"), json!("2025-01-01T00:00:00.000000001Z")),
            " came as \"2025-01-01T00:00:00Z\" and is \"2025-01-01T00:00:00.000000001Z\""
        );
    }
}
