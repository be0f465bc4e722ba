//! Scalars: what a word that is not quoted stands for.
//!
//! Knows the core schema of YAML 1.2 (section 10.3.2) and JSON's numbers; nothing of documents or places.

use serde_json::Number;

use super::Value;

/// What a plain scalar is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Plain {
    /// Null, a boolean or a number.
    Value(Value),
    /// A number that JSON has no word for: infinite, not a number, or too large for 64 bits of float.
    Unrepresentable,
    /// None of these: text.
    Text,
}

/// Resolves a plain scalar by the core schema. A bare `no` or `on` is text, and so is a date.
pub(super) fn resolve(text: &str) -> Plain {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Plain::Value(Value::Null),
        "true" | "True" | "TRUE" => Plain::Value(Value::Bool(true)),
        "false" | "False" | "FALSE" => Plain::Value(Value::Bool(false)),
        ".nan" | ".NaN" | ".NAN" => Plain::Unrepresentable,
        _ => number(text),
    }
}

fn number(text: &str) -> Plain {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    if matches!(unsigned, ".inf" | ".Inf" | ".INF") {
        return Plain::Unrepresentable;
    }
    if let Some((digits, radix)) = radix(text) {
        return integer(digits, radix).unwrap_or(Plain::Unrepresentable);
    }
    if is_decimal(unsigned) {
        decimal(text)
    } else {
        Plain::Text
    }
}

/// A decimal number that is written rightly, by JSON's rules or the core schema's.
pub(super) fn decimal(text: &str) -> Plain {
    integer(text, 10).unwrap_or_else(|| {
        let float = text.parse().ok().and_then(Number::from_f64);
        float.map_or(Plain::Unrepresentable, |float| Plain::Value(Value::Number(float)))
    })
}

/// The digits and the base of `0o17` and `0x1F`, which take no sign.
fn radix(text: &str) -> Option<(&str, u32)> {
    let (digits, radix) = match (text.strip_prefix("0o"), text.strip_prefix("0x")) {
        (Some(digits), _) => (digits, 8),
        (_, Some(digits)) => (digits, 16),
        _ => return None,
    };
    let fits = !digits.is_empty() && digits.chars().all(|digit| digit.is_digit(radix));
    fits.then_some((digits, radix))
}

/// An integer of 64 bits, signed or not.
fn integer(digits: &str, radix: u32) -> Option<Plain> {
    let unsigned = u64::from_str_radix(digits, radix).ok().map(Number::from);
    let number = unsigned.or_else(|| i64::from_str_radix(digits, radix).ok().map(Number::from))?;
    Some(Plain::Value(Value::Number(number)))
}

/// `( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?`
fn is_decimal(text: &str) -> bool {
    let rest = digits(text);
    let whole = rest.len() < text.len();
    let (rest, fraction) = match rest.strip_prefix('.') {
        Some(fraction) => (digits(fraction), digits(fraction).len() < fraction.len()),
        None => (rest, false),
    };
    let Some(exponent) = rest.strip_prefix(['e', 'E']) else {
        return rest.is_empty() && (whole || fraction);
    };
    let exponent = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
    (whole || fraction) && !exponent.is_empty() && digits(exponent).is_empty()
}

/// What follows the digits that a text begins with.
fn digits(text: &str) -> &str {
    text.trim_start_matches(|character: char| character.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(text: &str) -> Option<String> {
        match resolve(text) {
            Plain::Value(Value::Null) => Some("null".to_owned()),
            Plain::Value(Value::Bool(value)) => Some(value.to_string()),
            Plain::Value(Value::Number(value)) => Some(value.to_string()),
            _ => None,
        }
    }

    #[test]
    fn resolves_the_core_schema() {
        let cases = [
            ("", "null"),
            ("~", "null"),
            ("Null", "null"),
            ("true", "true"),
            ("FALSE", "false"),
            ("0", "0"),
            ("-12", "-12"),
            ("+12", "12"),
            ("0123", "123"),
            ("0o17", "15"),
            ("0x1F", "31"),
            ("18446744073709551615", "18446744073709551615"),
            ("18446744073709551616", "1.8446744073709552e+19"),
            ("-9223372036854775808", "-9223372036854775808"),
            ("1.", "1.0"),
            (".5", "0.5"),
            ("1.10", "1.1"),
            ("-1e3", "-1000.0"),
            ("6.02E+23", "6.02e+23"),
        ];
        for (text, expected) in cases {
            assert_eq!(json(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn leaves_the_rest_text() {
        let texts = [
            "no",
            "on",
            "yes",
            "y",
            "tRUE",
            "nUll",
            "2024-01-01",
            "12:30",
            "1_000",
            "0b1",
            "0o8",
            "0x",
            "-0x1",
            ".",
            "+",
            "-",
            "e3",
            ".e3",
            "1e",
            "1e+",
            "1.2.3",
            "--1",
            "+-1",
            "inf",
            "nan",
            "infinity",
            "٣",
        ];
        for text in texts {
            assert_eq!(resolve(text), Plain::Text, "{text}");
        }
    }

    #[test]
    fn knows_what_json_cannot_say() {
        for text in [".inf", "-.Inf", "+.INF", ".nan", ".NaN", "1e999", "0xFFFFFFFFFFFFFFFFF"] {
            assert_eq!(resolve(text), Plain::Unrepresentable, "{text}");
        }
    }
}
