mod json;
mod same_values;
mod toml;
mod yaml;

use std::fmt::Write;

use super::*;

/// What a text reads as: a line for each value, with its path, places of key and value, kind of writing; then the findings.
fn read(text: &str, parse: fn(&Source, &mut Findings) -> Option<Node>) -> String {
    let mut findings = Findings::new();
    let source = Source {
        name: "f".to_owned(),
        text: text.to_owned(),
    };
    let mut out = String::new();
    match parse(&source, &mut findings) {
        Some(root) => show("$", None, &root, &mut out),
        None => out.push_str("nothing\n"),
    }
    for finding in findings.iter() {
        writeln!(out, "{finding}").unwrap_or_default();
    }
    out
}

/// `$.a 1:1 = 1:4 1.1 (1.10)`
fn show(path: &str, key: Option<&Place>, node: &Node, out: &mut String) {
    let place = |place: &Place| format!("{}:{}", place.line, place.column);
    let key = key.map(|key| format!("{} = ", place(key))).unwrap_or_default();
    write!(out, "{path} {key}{}", place(&node.place)).unwrap_or_default();
    match &node.value {
        Value::Array(items) => {
            out.push_str(" [\n");
            items
                .iter()
                .enumerate()
                .for_each(|(at, item)| show(&format!("{path}.{at}"), None, item, out));
        }
        Value::Object(map) => {
            out.push_str(" {\n");
            map.iter()
                .for_each(|(name, entry)| show(&format!("{path}.{name}"), Some(&entry.key), &entry.node, out));
        }
        _ => {
            write!(out, " {}", node.to_json()).unwrap_or_default();
            if let Some(text) = &node.text {
                write!(out, " ({text})").unwrap_or_default();
            }
            out.push('\n');
        }
    }
}

#[track_caller]
fn assert_read(text: &str, expected: &str) {
    assert_eq!(read(text, parse).trim_end(), expected.trim(), "{text:?}");
}

/// Whether reading a hostile text ends with this code.
#[track_caller]
fn assert_refused(text: &str, code: &str) {
    let mut findings = Findings::new();
    let source = Source {
        name: "f".to_owned(),
        text: text.to_owned(),
    };
    assert_eq!(parse(&source, &mut findings), None);
    let codes: Vec<_> = findings.iter().map(|finding| finding.code.as_str()).collect();
    assert_eq!(codes, [code]);
}

#[test]
fn the_first_character_tells_json_from_yaml() {
    assert_read("\u{feff} [1]", "$ 1:2 [\n$.0 1:3 1 (1)");
    assert_read("- 1", "$ 1:1 [\n$.0 1:3 1 (1)");
    assert_read("---\n{a: 1}", "$ 2:1 {\n$.a 2:2 = 2:5 1 (1)");
    assert_read(
        "{a: 1}",
        "nothing\nf:1:2: error[malformed-json]: a key is not a string\n  help: write JSON as RFC 8259 has it; if this is YAML in braces, put a line `---` before it",
    );
}

#[test]
fn nodes_name_their_kinds_and_know_their_spelling() {
    let source = Source {
        name: "f".to_owned(),
        text: "[null, true, 1.10, x, [], {a: 1}]".to_owned(),
    };
    let root = yaml::parse(&source);
    let nodes = root.as_ref().and_then(Node::as_array).unwrap_or_default();
    let kinds: Vec<_> = nodes.iter().map(Node::kind_name).collect();
    assert_eq!(
        kinds,
        ["null", "a boolean", "a number", "a string", "an array", "an object"]
    );
    let written: Vec<_> = nodes.iter().map(|node| node.written().unwrap_or("-")).collect();
    assert_eq!(written, ["null", "true", "1.10", "x", "-", "-"]);
    let one = nodes.last().and_then(|node| node.get("a")).and_then(Node::as_u64);
    assert_eq!(one, Some(1));
}

#[test]
fn values_are_the_same_wherever_they_stand() {
    let node = |text: &str| {
        parse(
            &Source {
                name: "f".to_owned(),
                text: text.to_owned(),
            },
            &mut Findings::new(),
        )
    };
    let same = |left: &str, right: &str| node(left).zip(node(right)).map(|(left, right)| left.same_value(&right));
    assert_eq!(
        same("a: 1\nb: [x, {c: 2}]", "{\"b\":   [\"x\", {\"c\": 2}], \"a\": 1}"),
        Some(true)
    );
    assert_eq!(same("a: 1", "a: 1\nb: 2"), Some(false));
    assert_eq!(same("[1, 2]", "[2, 1]"), Some(false));
    assert_eq!(same("a: '1'", "a: 1"), Some(false));
}

#[test]
fn bytes_that_are_no_text_are_a_finding() {
    let mut findings = Findings::new();
    let decoded = Source::decode("f", b"a: \xc3\xa9\nb: \xff".to_vec(), &mut findings);
    assert_eq!(decoded, None);
    let found: Vec<_> = findings.iter().map(ToString::to_string).collect();
    assert_eq!(
        found,
        ["f:2:4: error[not-utf8]: the file is not UTF-8 text from here on\n  help: save it as UTF-8"]
    );
    let text = Source::decode("f", "é".into(), &mut findings).map(|source| source.text);
    assert_eq!(text.as_deref(), Some("é"));
}
