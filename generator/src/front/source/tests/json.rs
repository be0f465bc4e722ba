use super::*;

#[test]
fn every_key_and_value_has_a_place() {
    assert_read(
        "{\"a\": [1, -0, 1.50, null],\r\n \"ü\": {\"b\": true, \"\": \"\\u00e9\\ud83d\\ude00→\"},\t\"c\": 1}",
        r#"
$ 1:1 {
$.a 1:2 = 1:7 [
$.a.0 1:8 1 (1)
$.a.1 1:11 0 (-0)
$.a.2 1:15 1.5 (1.50)
$.a.3 1:21 null (null)
$.ü 2:2 = 2:7 {
$.ü.b 2:8 = 2:13 true (true)
$.ü. 2:19 = 2:23 "é😀→"
$.c 2:47 = 2:52 1 (1)
"#,
    );
}

#[test]
fn numbers_keep_their_value() {
    let texts = [
        "18446744073709551615",
        "-9223372036854775808",
        "9007199254740993",
        "1e5",
        "0.1",
    ];
    for text in texts {
        assert_read(
            &format!("[{text}]"),
            &format!(
                "$ 1:1 [\n$.0 1:2 {} ({text})",
                if text == "1e5" { "100000.0" } else { text }
            ),
        );
    }
    assert_read(
        "[1e999]",
        "$ 1:1 [\n$.0 1:2 \"1e999\"\nf:1:2: warning[unrepresentable-number]: `1e999` is no number that JSON can express; it is read as text\n  help: write a finite number of at most 64 bits, or quotes around it",
    );
}

#[test]
fn the_last_of_two_equal_keys_counts() {
    assert_read(
        "{\"a\": 1, \"b\": 2,\n \"a\": 3}",
        "$ 1:1 {\n$.a 2:2 = 2:7 3 (3)\n$.b 1:10 = 1:15 2 (2)\nf:2:2: warning[duplicate-key]: the key `a` is given twice; the last one counts\n  help: keep one of the two; the other is on line 1",
    );
}

#[test]
fn control_characters_in_strings_are_let_pass() {
    assert_read(
        "[\"a\tb\"]",
        "$ 1:1 [\n$.0 1:2 \"a\\tb\"\nf:1:4: warning[control-character]: a string holds a line break, a tab or another control character as it is\n  help: write it as an escape such as `\\n`; most readers of JSON refuse it",
    );
}

#[test]
fn mistakes_are_explained_where_they_stand() {
    let cases = [
        ("[1,]", "1:3", "a comma stands before a closing bracket"),
        ("{\"a\": 1,\n}", "1:8", "a comma stands before a closing bracket"),
        ("[1 // x\n]", "1:4", "JSON has no comments"),
        ("[/* x */]", "1:2", "JSON has no comments"),
        ("[1 2]", "1:3", "a comma is missing"),
        ("[01]", "1:3", "a comma is missing"),
        ("{\"a\" 1}", "1:6", "a key is not followed by a colon"),
        ("{a: 1}", "1:2", "a key is not a string"),
        ("['a']", "1:2", "a string stands in single quotes"),
        ("[\"a]", "1:2", "a string is not closed"),
        ("[\"é\\x41\"]", "1:4", "an escape is none of JSON's"),
        ("[\"\\ud800\"]", "1:3", "an escape is one half of a surrogate pair"),
        (
            "[\"\\ud800\\u0041\"]",
            "1:3",
            "an escape is one half of a surrogate pair",
        ),
        ("[\"\\udc00\"]", "1:3", "an escape is one half of a surrogate pair"),
        ("[+1]", "1:2", "a number is not written as JSON has it"),
        ("[.5]", "1:2", "a number is not written as JSON has it"),
        ("[1.]", "1:2", "a number is not written as JSON has it"),
        ("[1e]", "1:4", "a number is not written as JSON has it"),
        ("[0x1]", "1:2", "a number is not written as JSON has it"),
        ("[-Infinity]", "1:2", "a number is not written as JSON has it"),
        ("[NaN]", "1:2", "this cannot stand here in JSON"),
        ("[tru]", "1:2", "this cannot stand here in JSON"),
        ("{\"a\":}", "1:6", "this cannot stand here in JSON"),
        ("[1, \u{c} 2]", "1:5", "this cannot stand here in JSON"),
        ("[1,\u{a0}2]", "1:4", "this cannot stand here in JSON"),
        ("{\"\u{a0}\": 1}\u{2003}", "1:9", "this cannot stand here in JSON"),
        ("[1}", "1:3", "this cannot stand here in JSON"),
        ("[] []", "1:4", "something follows the document's value"),
        ("{\"a\": [1", "1:7", "an array is not closed"),
        ("{\"a\": 1", "1:1", "an object is not closed"),
    ];
    for (text, place, message) in cases {
        let result = read(text, parse);
        let lines: Vec<_> = result.lines().take(2).collect();
        assert_eq!(
            lines,
            ["nothing", &format!("f:{place}: error[malformed-json]: {message}")],
            "{text:?}"
        );
    }
}

#[test]
fn hostile_documents_are_refused() {
    assert_refused(&"[".repeat(100_000), "nesting-too-deep");
    assert_refused(&"{\"a\":".repeat(100_000), "nesting-too-deep");
    let deep = format!("{}{}", "[".repeat(500), "]".repeat(500));
    assert_eq!(read(&deep, parse).lines().count(), 500);
}

/// Places in one line of megabytes must not be counted from its beginning each time.
#[test]
fn a_long_line_is_read_in_one_go() {
    let text = format!("[{}\"é\"]", "\"é\", ".repeat(100_000));
    let root = parse(
        &Source {
            name: "f".to_owned(),
            text,
        },
        &mut Findings::new(),
    );
    let last = root
        .as_ref()
        .and_then(Node::as_array)
        .and_then(<[_]>::last)
        .map(|node| node.place.to_string());
    assert_eq!(last.as_deref(), Some("f:1:500002"));
}
