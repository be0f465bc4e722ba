//! Parameters as text: the styles of `OpenAPI`, over JSON values. Knows nothing of requests.
//!
//! `null` is left out, in arrays and objects too, as RFC 6570 does with undefined values; so is an empty array or
//! object.
//! A value nested deeper than a style can say is written as JSON text.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;
use serde_json::{Number, Value};

/// How a parameter is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// `1,2`; an object: `k,v`
    Simple,
    /// `1,2`; an object: `k=v`
    SimpleExploded,
    /// `a=1,2`; an object: `a=k,v`
    Form,
    /// `a=1&a=2`; an object: `k=v`
    FormExploded,
    /// `a=1%202`
    SpaceDelimited,
    /// `a=1%7C2`
    PipeDelimited,
    /// `a[k]=v`
    DeepObject,
    /// `.1,2`; an object: `.k,v`
    Label,
    /// `.1.2`; an object: `.k=v`
    LabelExploded,
    /// `;a=1,2`; an object: `;a=k,v`
    Matrix,
    /// `;a=1;a=2`; an object: `;k=v`
    MatrixExploded,
    /// JSON text.
    Json,
}

/// Everything but RFC 3986's unreserved characters is encoded.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// What is encoded where reserved characters are kept.
const KEPT: &AsciiSet = &RESERVED
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b';');

/// Whether a byte is one of RFC 3986's unreserved characters.
const UNRESERVED: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte: u8 = 0;
    while byte < 128 {
        table[byte as usize] = byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
        byte += 1;
    }
    table
};

/// Percent-encodes text for a path segment, a query or a form.
pub(super) fn encode(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// The same for text that is not needed any more: most ids are sent as they are.
pub(super) fn encoded(text: String) -> String {
    if text.bytes().all(|byte| UNRESERVED[usize::from(byte)]) {
        text
    } else {
        encode(&text)
    }
}

/// Whether characters that RFC 3986 reserves are sent as they are: `allowReserved`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reserved {
    /// They are encoded.
    Encoded,
    /// They are sent as they are, and so are octets that are encoded already.
    Kept,
}

impl Reserved {
    fn encoder(self) -> fn(&str) -> String {
        match self {
            Self::Encoded => encode,
            Self::Kept => encode_unreserved,
        }
    }
}

/// RFC 6570's reserved expansion (section 3.2.3), but for what would end a value or change it: `#`, `[` and `]` have no
/// place in a query (RFC 3986, section 3.4); `&` and `=` part names and values, and `+` is read as a space (OpenAPI 3.1.1,
/// section 4.8.12.4 and appendix E, leave these to the client). `'` is encoded in every `http:` URL (WHATWG URL,
/// "special-query percent-encode set").
fn encode_unreserved(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('%') {
        let (before, after) = rest.split_at(at);
        encoded.extend(utf8_percent_encode(before, KEPT));
        let is_octet = after
            .get(1..3)
            .is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        encoded.push_str(if is_octet { "%" } else { "%25" });
        rest = after.get(1..).unwrap_or_default();
    }
    encoded.extend(utf8_percent_encode(rest, KEPT));
    encoded
}

/// Any value as a JSON value.
pub(super) fn json_value(value: &impl Serialize) -> Result<Value, serde_json::Error> {
    // Through text, because `f32` keeps its short form only there.
    serde_json::from_slice(&serde_json::to_vec(value)?)
}

/// A path parameter's text, encoded; `None` where there is no value.
pub(super) fn path(name: &str, style: Style, value: &Value) -> Option<String> {
    let parts = Parts::of(style, value)?.map(encode);
    let name = encode(name);
    Some(match style {
        Style::SimpleExploded => parts.join(",", "="),
        Style::Label => format!(".{}", parts.join(",", ",")),
        Style::LabelExploded => format!(".{}", parts.join(".", "=")),
        Style::Matrix => match parts.join(",", ",") {
            text if text.is_empty() => format!(";{name}"),
            text => format!(";{name}={text}"),
        },
        Style::MatrixExploded => format!(";{}", parts.named(&name, ";")),
        _ => parts.join(",", ","),
    })
}

/// A query parameter's text, encoded (`a=1&a=2`); `None` where there is no value.
pub(super) fn query(name: &str, style: Style, reserved: Reserved, value: &Value) -> Option<String> {
    let encoder = reserved.encoder();
    if style == Style::DeepObject {
        let mut pairs = Vec::new();
        deep(&encode(name), value, encoder, &mut pairs);
        return (!pairs.is_empty()).then(|| pairs.join("&"));
    }
    let parts = Parts::of(style, value)?.map(encoder);
    let name = encode(name);
    let delimiter = match style {
        Style::FormExploded => return Some(parts.named(&name, "&")),
        Style::SpaceDelimited => "%20",
        Style::PipeDelimited => "%7C",
        _ => ",",
    };
    Some(format!("{name}={}", parts.join(delimiter, delimiter)))
}

/// A header's text, not encoded; `None` where there is no value.
pub(super) fn header(style: Style, value: &Value) -> Option<String> {
    let parts = Parts::of(style, value)?;
    Some(parts.join(",", if style == Style::SimpleExploded { "=" } else { "," }))
}

/// A cookie's text (`a=1`); `None` where there is no value.
pub(super) fn cookie(name: &str, style: Style, value: &Value) -> Option<String> {
    let parts = Parts::of(style, value)?.map(encode);
    match style {
        Style::FormExploded => Some(parts.named(name, "; ")),
        _ => Some(format!("{name}={}", parts.join(",", ","))),
    }
}

/// Styles of a form's fields, by their names.
pub(super) type Styles = &'static [(&'static str, Style, Reserved)];

/// The pairs of a URL-encoded form (`a=1&b=2`). Without a style, lists are exploded and objects are JSON
/// (OpenAPI 3.0.4, section 4.8.15.3).
pub(super) fn form<'a>(fields: impl IntoIterator<Item = (&'a String, &'a Value)>, styles: Styles) -> String {
    let pair = |(name, value): (&'a String, &'a Value)| {
        let declared = styles.iter().find(|(field, ..)| field == name);
        let (style, reserved) = match (declared, value) {
            (Some((_, style, reserved)), _) => (*style, *reserved),
            (None, Value::Object(_)) => (Style::Json, Reserved::Encoded),
            (None, _) => (Style::FormExploded, Reserved::Encoded),
        };
        query(name, style, reserved, value)
    };
    fields.into_iter().filter_map(pair).collect::<Vec<_>>().join("&")
}

/// A list as one text, not encoded; `None` where there is no value.
pub(super) fn joined(style: Style, value: &Value) -> Option<String> {
    let delimiter = match style {
        Style::SpaceDelimited => " ",
        Style::PipeDelimited => "|",
        _ => ",",
    };
    Some(Parts::of(style, value)?.join(delimiter, delimiter))
}

/// Text of a value that stands alone, without quotes; `null` is empty.
pub(super) fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Number(number) => number_text(number),
        Value::Bool(_) | Value::Array(_) | Value::Object(_) => value.to_string(),
    }
}

/// `20.0` is printed `20`: servers read integers with it, and it says the same.
fn number_text(number: &Number) -> String {
    match number.as_f64() {
        Some(float) if number.is_f64() && float.fract() == 0.0 && float.abs() < 1e16 => format!("{float:.0}"),
        _ => number.to_string(),
    }
}

/// A value taken apart as far as styles go.
enum Parts {
    Scalar(String),
    Items(Vec<String>),
    Pairs(Vec<(String, String)>),
}

impl Parts {
    fn of(style: Style, value: &Value) -> Option<Self> {
        match value {
            Value::Null => None,
            value if style == Style::Json => Some(Self::Scalar(value.to_string())),
            Value::Array(items) => {
                let items: Vec<_> = items.iter().filter(|item| !item.is_null()).map(text).collect();
                (!items.is_empty()).then_some(Self::Items(items))
            }
            Value::Object(fields) => {
                let fields = fields.iter().filter(|(_, value)| !value.is_null());
                let pairs: Vec<_> = fields.map(|(key, value)| (key.clone(), text(value))).collect();
                (!pairs.is_empty()).then_some(Self::Pairs(pairs))
            }
            scalar => Some(Self::Scalar(text(scalar))),
        }
    }

    fn map(self, encode: fn(&str) -> String) -> Self {
        match self {
            Self::Scalar(text) => Self::Scalar(encode(&text)),
            Self::Items(items) => Self::Items(items.iter().map(|item| encode(item)).collect()),
            Self::Pairs(pairs) => {
                let pairs = pairs.iter().map(|(key, value)| (self::encode(key), encode(value)));
                Self::Pairs(pairs.collect())
            }
        }
    }

    /// All in one text.
    fn join(&self, delimiter: &str, assign: &str) -> String {
        match self {
            Self::Scalar(text) => text.clone(),
            Self::Items(items) => items.join(delimiter),
            Self::Pairs(pairs) => {
                let pairs: Vec<_> = pairs
                    .iter()
                    .map(|(key, value)| format!("{key}{assign}{value}"))
                    .collect();
                pairs.join(delimiter)
            }
        }
    }

    /// Each part with a name: items under the parameter's, pairs under their own.
    fn named(&self, name: &str, delimiter: &str) -> String {
        match self {
            Self::Scalar(text) if text.is_empty() && delimiter == ";" => name.to_owned(),
            Self::Scalar(text) => format!("{name}={text}"),
            Self::Items(items) => {
                let items: Vec<_> = items.iter().map(|item| format!("{name}={item}")).collect();
                items.join(delimiter)
            }
            Self::Pairs(_) => self.join(delimiter, "="),
        }
    }
}

/// `a[k]=v`, to any depth; an array repeats its key.
fn deep(name: &str, value: &Value, encoder: fn(&str) -> String, pairs: &mut Vec<String>) {
    match value {
        Value::Null => {}
        Value::Object(fields) => {
            for (key, value) in fields {
                deep(&format!("{name}%5B{}%5D", encode(key)), value, encoder, pairs);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| deep(name, item, encoder, pairs)),
        scalar => pairs.push(format!("{name}={}", encoder(&text(scalar)))),
    }
}
