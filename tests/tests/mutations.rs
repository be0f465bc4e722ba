//! Documents that nobody would write: each fixture, changed at random places. Whatever comes, the generator ends with
//! findings or with a crate whose files are Rust.
//!
//! The changes follow from a seed, so that a failure can be repeated: its message names the seed.

use std::panic::{AssertUnwindSafe, catch_unwind};

use clientsmith::diagnostic::Findings;
use clientsmith::front::source::{self, Source};
use clientsmith::generator::Generator;
use clientsmith_tests::fixtures;
use fastrand::Rng;
use fs_err as fs;
use serde_json::{Value, json};

/// How many documents are made.
const DOCUMENTS: u64 = 1000;
/// How often each is changed, at most.
const CHANGES: usize = 6;

#[test]
fn no_document_is_too_strange() {
    let originals = originals();
    let threads = std::thread::available_parallelism().map_or(1, usize::from) as u64;
    let failures: Vec<String> = std::thread::scope(|scope| {
        let originals = &originals;
        let run = |first| {
            move || {
                (first..DOCUMENTS)
                    .step_by(usize::try_from(threads).unwrap())
                    .filter_map(|seed| failure(originals, seed))
                    .collect::<Vec<_>>()
            }
        };
        let running: Vec<_> = (0..threads).map(|first| scope.spawn(run(first))).collect();
        running.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(failures, [""; 0]);
}

/// The fixtures that are small enough to be generated many times.
fn originals() -> Vec<Value> {
    const SMALL: usize = 20_000;
    let folder = fixtures::root().join("tests/fixtures");
    let names = fixtures::documents(&folder).unwrap();
    let texts = names.iter().map(|name| fs::read_to_string(folder.join(name)).unwrap());
    let small = texts.filter(|text| text.len() < SMALL).map(|text| Source {
        name: "fixture".to_owned(),
        text,
    });
    let trees: Vec<_> = small
        .filter_map(|source| source::parse(&source, &mut Findings::new()))
        .collect();
    assert!(trees.len() > 30, "{}", trees.len());
    trees.iter().map(source::Node::to_json).collect()
}

/// What is wrong with what comes of a changed document.
fn failure(originals: &[Value], seed: u64) -> Option<String> {
    let mut chance = Rng::with_seed(seed);
    let mut document = originals[chance.usize(..originals.len())].clone();
    for _ in 0..chance.usize(1..=CHANGES) {
        change(&mut document, &mut chance);
    }
    let text = document.to_string();
    match catch_unwind(AssertUnwindSafe(|| unparsed(&text))) {
        Ok(None) => None,
        Ok(Some(file)) => Some(format!("seed {seed}: {file} is no Rust")),
        Err(_) => Some(format!("seed {seed}: a panic")),
    }
}

/// The first file that is no Rust.
fn unparsed(text: &str) -> Option<String> {
    let document = Source {
        name: "document.json".to_owned(),
        text: text.to_owned(),
    };
    let files = Generator::of_document(document).run().files?.files;
    let generated = |path: &str| {
        let is_rust = std::path::Path::new(path)
            .extension()
            .is_some_and(|extension| extension == "rs");
        is_rust && !path.starts_with("src/runtime/")
    };
    let mut written = files.into_iter().filter(|(path, _)| generated(path));
    written.find_map(|(path, text)| syn::parse_file(&text).err().map(|error| format!("{path} ({error})")))
}

/// Changes one place.
fn change(document: &mut Value, chance: &mut Rng) {
    let mut pointers = Vec::new();
    collect(document, &mut String::new(), &mut pointers);
    let other = document.pointer(&pointers[chance.usize(..pointers.len())]).cloned();
    let pointer = pointers.swap_remove(chance.usize(..pointers.len()));
    let Some(place) = document.pointer_mut(&pointer) else {
        return;
    };
    match (chance.u8(..4), place) {
        (0, Value::Object(map)) if !map.is_empty() => {
            let key = map.keys().nth(chance.usize(..map.len())).cloned().unwrap_or_default();
            map.remove(&key);
        }
        (1, Value::Object(map)) if !map.is_empty() => {
            let key = map.keys().nth(chance.usize(..map.len())).cloned().unwrap_or_default();
            let value = map.remove(&key).unwrap_or_default();
            map.insert(strange_key(&key, &pointer, chance), value);
        }
        (0 | 1, Value::Array(list)) if !list.is_empty() => {
            let item = list[chance.usize(..list.len())].clone();
            list.push(item);
        }
        (2, place) => *place = other.unwrap_or_default(),
        (_, place) => *place = strange_value(&pointer, chance),
    }
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
    match chance.u8(..10) {
        0 => String::new(),
        1 => key.to_uppercase(),
        2 => "self".to_owned(),
        3 => "$ref".to_owned(),
        4 => "日本".to_owned(),
        5 => "😀".to_owned(),
        6 => key.repeat(50),
        7 => "1".to_owned(),
        8 => pointer.to_owned(),
        _ => "allOf".to_owned(),
    }
}

fn strange_value(pointer: &str, chance: &mut Rng) -> Value {
    match chance.u8(..14) {
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
        _ => json!("Self"),
    }
}
