//! Documents that nobody would write: changes of those that somebody did.
//!
//! Knows JSON's data model, and what OpenAPI calls things; nothing of what the generator makes of them. A change follows
//! from the numbers that `Rng` gives, so that it can be repeated.

use std::sync::LazyLock;

use clientsmith::diagnostic::Findings;
use clientsmith::front::source::{self, Node, Source};
use fastrand::Rng;
use serde_json::{Value, json};

/// How often [`changed`] changes a document, at most.
const CHANGES: usize = 3;

/// The keys of OpenAPI and JSON Schema.
static KEYS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let lines = include_str!("../fuzz/openapi.dict").lines();
    let keys = lines
        .skip_while(|line| line.starts_with('#'))
        .take_while(|line| !line.is_empty());
    keys.map(|line| line.trim_matches('"')).collect()
});

/// A document, changed at some places. `None` where the bytes are none.
pub fn changed(bytes: &[u8], seed: u64) -> Option<String> {
    let mut document = read(bytes)?;
    let mut chance = Rng::with_seed(seed);
    for _ in 0..chance.usize(1..=CHANGES) {
        change(&mut document, &mut chance);
    }
    Some(document.to_string())
}

/// A document with a part of another one in it. `None` where one of the two is none.
pub fn crossed(bytes: &[u8], other: &[u8], seed: u64) -> Option<String> {
    let (mut document, other) = (read(bytes)?, read(other)?);
    let mut chance = Rng::with_seed(seed);
    let part = other.pointer(&any(&other, &mut chance)).cloned();
    if let Some(place) = document.pointer_mut(&any(&document, &mut chance)) {
        *place = part.unwrap_or_default();
    }
    Some(document.to_string())
}

fn read(bytes: &[u8]) -> Option<Value> {
    let findings = &mut Findings::new();
    let source = Source::decode("document", bytes.to_vec(), findings)?;
    source::parse(&source, findings).as_ref().map(Node::to_json)
}

/// Changes one place.
pub fn change(document: &mut Value, chance: &mut Rng) {
    let other = document.pointer(&any(document, chance)).cloned();
    let pointer = any(document, chance);
    let Some(place) = document.pointer_mut(&pointer) else {
        return;
    };
    match (chance.u8(..5), place) {
        (0, Value::Object(map)) if !map.is_empty() => {
            let key = map.keys().nth(chance.usize(..map.len())).cloned().unwrap_or_default();
            map.remove(&key);
        }
        (1, Value::Object(map)) if !map.is_empty() => {
            let key = map.keys().nth(chance.usize(..map.len())).cloned().unwrap_or_default();
            let value = map.remove(&key).unwrap_or_default();
            map.insert(strange_key(&key, &pointer, chance), value);
        }
        (2, Value::Object(map)) => {
            let key = KEYS[chance.usize(..KEYS.len())];
            let value = if chance.bool() { other } else { None };
            map.insert(key.to_owned(), value.unwrap_or_else(|| strange_value(&pointer, chance)));
        }
        (0..=2, Value::Array(list)) if !list.is_empty() => {
            let item = list[chance.usize(..list.len())].clone();
            list.push(item);
        }
        (3, place) => *place = other.unwrap_or_default(),
        (_, place) => *place = strange_value(&pointer, chance),
    }
}

/// The pointer of some value.
fn any(document: &Value, chance: &mut Rng) -> String {
    let mut pointers = Vec::new();
    collect(document, &mut String::new(), &mut pointers);
    pointers.swap_remove(chance.usize(..pointers.len()))
}

/// The pointers of all values.
fn collect(value: &Value, pointer: &mut String, pointers: &mut Vec<String>) {
    pointers.push(pointer.clone());
    let length = pointer.len();
    let mut inner = |key: &str, value: &Value| {
        pointer.push('/');
        pointer.push_str(&key.replace('~', "~0").replace('/', "~1"));
        collect(value, pointer, pointers);
        pointer.truncate(length);
    };
    match value {
        Value::Object(map) => map.iter().for_each(|(key, value)| inner(key, value)),
        Value::Array(list) => list
            .iter()
            .enumerate()
            .for_each(|(index, value)| inner(&index.to_string(), value)),
        _ => {}
    }
}

fn strange_key(key: &str, pointer: &str, chance: &mut Rng) -> String {
    match chance.u8(..11) {
        0 => String::new(),
        1 => key.to_uppercase(),
        2 => "self".to_owned(),
        3 => "$ref".to_owned(),
        4 => "日本".to_owned(),
        5 => "😀".to_owned(),
        6 => key.repeat(50),
        7 => "1".to_owned(),
        8 => pointer.to_owned(),
        9 => "allOf".to_owned(),
        _ => KEYS[chance.usize(..KEYS.len())].to_owned(),
    }
}

fn strange_value(pointer: &str, chance: &mut Rng) -> Value {
    match chance.u8(..22) {
        0 => Value::Null,
        1 => json!(true),
        2 => json!(-1),
        3 => json!(1e300),
        4 => json!(u64::MAX),
        5 => json!(""),
        6 => json!({}),
        7 => json!([]),
        8 => json!({ "$ref": format!("#{pointer}") }),
        9 => json!({ "$ref": "#/components/schemas/Nothing" }),
        10 => json!("\u{202e}*/ \" \\ \r\n"),
        11 => json!({ "oneOf": [{ "$ref": format!("#{pointer}") }, { "type": "string" }] }),
        12 => json!({ "type": ["string", "integer", "null", "object"] }),
        13 => json!({ "allOf": [{ "$ref": format!("#{pointer}") }, { "required": ["a"] }] }),
        14 => json!({ "type": "array", "items": { "$ref": format!("#{pointer}") } }),
        15 => json!({ "$ref": "several_files/common.json" }),
        16 => json!({ "enum": [null, 1, "1", "", "Self", 1.5, [], {}] }),
        17 => json!(i64::MIN),
        18 => json!(0.1),
        19 => json!("a\u{0}b"),
        20 => json!(format!("#{pointer}")),
        _ => json!("Self"),
    }
}
