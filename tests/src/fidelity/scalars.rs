//! Numbers and texts that are hard to keep: extremes, every form of a time, what JSON has to escape.

use std::collections::HashMap;

use rand::rngs::SmallRng;
use rand::{RngExt, SeedableRng};
use serde_json::{Number, Value};

use super::flat::Flat;

/// Texts that have to survive; the first is the plainest.
const TEXTS: [&str; 14] = [
    "text",
    "",
    "ä ß/ü?#%2F+&=",
    "\"quoted\" \\ back\\u0041slash",
    "日本語 🦀 \u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467} e\u{301}",
    "\u{0}\u{1}\u{8}\u{b}\u{c}\t\r\n\u{1f}\u{7f}",
    "\u{2028}\u{2029}\u{feff}\u{202e}abc",
    "007",
    "null",
    "true",
    "1.0",
    "2025-01-02T03:04:05+05:30",
    "2025-01-02",
    " leading and trailing ",
];

/// Every form of RFC 3339, section 5.6: offsets, fractions, small letters, the first times and late ones.
const TIMES: [&str; 18] = [
    "2025-01-02T03:04:05Z",
    "2025-01-02T03:04:05.6Z",
    "2025-01-02T03:04:05.678Z",
    "2025-01-02T03:04:05.678901Z",
    "2025-01-02T03:04:05.678901234Z",
    "2025-01-02T03:04:05.000000001+00:00",
    "2025-01-02T03:04:05+05:30",
    "2025-01-02T03:04:05-08:00",
    "2025-01-02T03:04:05.5+14:00",
    "2025-01-02T03:04:05-12:00",
    "2025-01-02T03:04:05+23:59",
    "2025-01-02t03:04:05z",
    "2024-02-29T23:59:59.999999999Z",
    "1970-01-01T00:00:00Z",
    "1969-12-31T23:59:59.999Z",
    "0001-01-02T00:00:00Z",
    "2999-12-31T23:59:59Z",
    "9999-12-30T00:00:00Z",
];

/// Days, the first and the last included.
const DAYS: [&str; 6] = [
    "2025-01-02",
    "2024-02-29",
    "1969-12-31",
    "0001-01-01",
    "1900-02-28",
    "9999-12-31",
];

/// Numbers that lose something where they are read or written carelessly.
const NUMBERS: [f64; 20] = [
    1.5,
    0.0,
    0.1,
    -0.1,
    1e21,
    -1.0,
    0.300_000_000_000_000_04,
    1.797_693_134_862_315_7e308,
    2.225_073_858_507_201_4e-308,
    5e-324,
    6.022_140_76e23,
    9_007_199_254_740_993.0,
    123_456_789.123_456_79,
    2.0,
    1.234_567_890_123_456_7e-7,
    8.41e21,
    5.708_990_770_823_839e-308,
    9.109_383_701_5e-31,
    4.35,
    100.0,
];

/// The same for 32 bits.
const SINGLES: [f64; 8] = [1.5, 0.0, 0.1, -0.1, 3.402_823_5e38, 1.175_494_4e-38, 16_777_216.0, 2.0];

/// Makes scalars; which one comes is the caller's count.
#[derive(Debug)]
pub(super) struct Scalars {
    rng: SmallRng,
    patterns: HashMap<(String, u32), Option<rand_regex::Regex>>,
}

impl Scalars {
    pub(super) fn new() -> Self {
        Self {
            rng: SmallRng::seed_from_u64(5),
            patterns: HashMap::new(),
        }
    }

    pub(super) fn rng(&mut self) -> &mut SmallRng {
        &mut self.rng
    }

    /// How many different texts there are to go through.
    pub(super) fn texts(flat: &Flat<'_>) -> usize {
        match flat.text("format") {
            Some("date-time") => TIMES.len(),
            Some("date") => DAYS.len(),
            _ => TEXTS.len(),
        }
    }

    pub(super) fn text(&mut self, flat: &Flat<'_>, count: usize) -> String {
        match flat.text("format") {
            Some("date-time") => return TIMES[count % TIMES.len()].to_owned(),
            Some("date") => return DAYS[count % DAYS.len()].to_owned(),
            Some("ipv4") => return format!("192.0.2.{}", count % 256),
            Some("ipv6") => return format!("2001:db8::{:x}", count % 65_536),
            _ => {}
        }
        let (least, most) = (
            flat.least("minLength").unwrap_or(0.0),
            flat.count("maxLength").unwrap_or(usize::MAX),
        );
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a length that is written in a document"
        )]
        let least = least.min(100_000.0) as usize;
        if let Some(text) = flat
            .text("pattern")
            .and_then(|pattern| self.matching(pattern, least, most))
        {
            return text;
        }
        let text = TEXTS[count % TEXTS.len()];
        let padding = least.saturating_sub(text.chars().count());
        text.chars()
            .chain(std::iter::repeat_n('é', padding))
            .take(most)
            .collect()
    }

    /// A text that a pattern matches; `None` where the pattern is beyond what can be made.
    pub(super) fn matching(&mut self, pattern: &str, least: usize, most: usize) -> Option<String> {
        // What may be repeated without end is so as often as the length asks for.
        let repeated = u32::try_from(least.clamp(24, 4_096)).ok()?;
        let made = self
            .patterns
            .entry((pattern.to_owned(), repeated))
            .or_insert_with(|| rand_regex::Regex::compile(&without_anchors(pattern), repeated).ok());
        let made = made.as_ref()?;
        let mut texts = (&mut self.rng).sample_iter::<String, _>(made).take(400);
        texts.find(|text| (least..=most).contains(&text.chars().count()))
    }

    /// A number between the bounds that hold.
    pub(super) fn number(flat: &Flat<'_>, count: usize) -> Option<Value> {
        let list: &[f64] = if flat.text("format") == Some("float") {
            &SINGLES
        } else {
            &NUMBERS
        };
        let bounds = Bounds::of(flat);
        let wanted = list[count % list.len()];
        let value = match flat.most("multipleOf") {
            // So that a step in decimals is met.
            Some(step) => step * (bounds.within(wanted) / step).round(),
            None => bounds.within(wanted),
        };
        Number::from_f64(value).map(Value::Number)
    }

    /// An integer between the bounds that hold; every fifth is written with a fraction of zero.
    pub(super) fn integer(flat: &Flat<'_>, count: usize) -> Value {
        let integer = |key: &str, value: Option<f64>| flat.bound(key, value).and_then(exact);
        let least = integer("minimum", flat.least("minimum"));
        let above = integer("exclusiveMinimum", flat.least("exclusiveMinimum")).map(|bound| bound + 1);
        let most = integer("maximum", flat.most("maximum"));
        let below = integer("exclusiveMaximum", flat.most("exclusiveMaximum")).map(|bound| bound - 1);
        let least = least.into_iter().chain(above).max().unwrap_or(i64::MIN.into());
        let most = most.into_iter().chain(below).min().unwrap_or(i64::MAX.into());
        let wanted = [
            1,
            0,
            least,
            most,
            20,
            -1,
            42,
            9_007_199_254_740_993,
            most - 1,
            least + 1,
        ][count % 10];
        let mut value = wanted.clamp(least.min(most), most);
        if let Some(step) = flat.most("multipleOf").and_then(whole).filter(|step| *step > 1) {
            value -= value.rem_euclid(step);
            value += if value < least { step } else { 0 };
        }
        #[allow(clippy::cast_precision_loss, reason = "small enough to be exact")]
        match (u64::try_from(value), i64::try_from(value)) {
            _ if count % 10 == 4 && value.abs() < 1 << 52 => Value::from(value as f64),
            (Ok(value), _) => value.into(),
            (_, Ok(value)) => value.into(),
            _ => Value::Null,
        }
    }
}

/// A pattern as one of a whole text, wherever its anchors stand; whether what it makes matches is for the judge to say.
fn without_anchors(pattern: &str) -> String {
    let mut bare = String::new();
    let (mut escaped, mut in_class) = (false, false);
    for char in pattern.chars() {
        let anchor = !escaped && !in_class && matches!(char, '^' | '$');
        in_class = if escaped {
            in_class
        } else {
            (in_class || char == '[') && char != ']'
        };
        escaped = !escaped && char == '\\';
        if !anchor {
            bare.push(char);
        }
    }
    // JavaScript's classes are those of ASCII.
    bare.replace("\\d", "[0-9]")
        .replace("\\w", "[A-Za-z0-9_]")
        .replace("\\/", "/")
}

/// An integer as it is written, `1.0` and `1e3` included.
pub(super) fn exact(value: &Value) -> Option<i128> {
    let integer = value.as_i64().map(i128::from).or(value.as_u64().map(i128::from));
    integer.or_else(|| whole(value.as_f64()?))
}

#[allow(
    clippy::cast_possible_truncation,
    reason = "a bound of an integer is one, and less than 2^127"
)]
fn whole(value: f64) -> Option<i128> {
    (value.abs() < 1e30).then_some(value as i128)
}

struct Bounds {
    least: f64,
    most: f64,
}

impl Bounds {
    fn of(flat: &Flat<'_>) -> Self {
        let least = flat.least("minimum").into_iter();
        let most = flat.most("maximum").into_iter();
        let above = flat.least("exclusiveMinimum").map(f64::next_up);
        let below = flat.most("exclusiveMaximum").map(f64::next_down);
        Self {
            least: least.chain(above).fold(f64::MIN, f64::max),
            most: most.chain(below).fold(f64::MAX, f64::min),
        }
    }

    fn within(&self, value: f64) -> f64 {
        value.max(self.least).min(self.most)
    }
}
