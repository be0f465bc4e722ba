//! Our readers against independent ones.

use super::*;

/// What `serde_yaml` makes of a text.
fn reference(text: &str) -> Option<serde_json::Value> {
    let mut value: serde_yaml::Value = serde_yaml::from_str(text).ok()?;
    value.apply_merge().ok()?;
    serde_json::to_value(value).ok()
}

#[track_caller]
fn ours(text: &str) -> Option<serde_json::Value> {
    let mut findings = Findings::new();
    let node = parse(
        &Source {
            name: "f".to_owned(),
            text: text.to_owned(),
        },
        &mut findings,
    );
    assert_eq!(findings, Findings::new(), "{text:?}");
    node.map(|node| node.to_json())
}

#[test]
fn yaml_reads_as_serde_yaml_reads_it() {
    let texts = [
        "a: no\nb: [on, off, yes, n, Y, ~, null, Null, NULL, nUll]",
        "a: [true, True, TRUE, tRUE, false, False, FALSE]",
        "a: [1, -1, +1, 0, 0x1f, 0o17, 1.5, -1.5e3, .5, 5., 1e3, 1_000, 0x, 0o9, '1']",
        "a: [18446744073709551615, -9223372036854775808]",
        "a: [2001-12-14, 2001-12-14t21:59:43.10-05:00, 12:30:45, 1.2.3]",
        "a: |\n  x\n   y\n\n  z\n\nb: |-\n  x\n\nc: |+\n  x\n\nd: >\n  x\n  y\n\n  z\n   w\n  v\ne: >-\n\n  x\n\n\n  y\n",
        "a: |2\n    x\n   y\nb: >1-\n  x\n y\n",
        "a: 'it''s'\nb: \"\\x41\\u00e9\\U0001F600\\n\\t\\\\\\/\\\"\\0\"\nc: \"x\n  y\n\n  z \\\n  w\"\nd: 'x\n  y'\n",
        "a: x\n  y\n\n  z\nb: x # not a comment? it is\nc: x#y\nd: http://a.b/c?d=e#f\n",
        "a: {b: 1, c: [x, {y: z}], \"d\": 2, 'e' : 3, f: }\ng: [a: 1, b: {c: d}, ]\n",
        "- - 1\n  - 2\n-\n  - 3\n- a: 1\n  b:\n  - c\n  -\n    d: 2\n-\n",
        "? a\n: b\n? c\n? |\n  long\n: d\n",
        "a: &x {b: 1}\nc: *x\nd: [*x, &y z, *y]\ne:\n  <<: *x\n  f: 2\ng:\n  <<: [*x, {b: 2, h: 3}]\n",
        "&a a: &b b\n*b : *a\n",
        "a: !!str 1\nb: !!str true\nc: !!int 3\nd: !!float 1.5\n",
        "a:\r\n  b: |\r\n    x\r\n    y\r\n  c: 1\r\n",
        "\u{feff}a: 1",
        "a: \"x\ty\"\nb: 'p\tq'\nc: u\tv\nd: [\t1,\t2]\n",
        "# c\n\n---\n# d\na: 1 # e\n# f\n...\n# g\n",
        "%YAML 1.2\n---\na: 1\n",
        "\"a b\": 1\n'c: d': 2\ne f: 3\n-g: 4\n?h: 5\n:i: 6\n",
        "b: '-'\nc: :x\nd: ?x\ne: -x\nf: a:b\ng: '*'\nh: '@'\n",
        "/v1/{id}/x:\n  get: {$ref: '#/a~1b/%7Bc%7D'}\n",
        "日本: [語, \"\\u65e5\", 😀]\n",
        "200: a\n'201': b\n",
        "- ''\n- \"\"\n- ' '\n",
        "plain",
        "'quoted'",
        "- a\n- b\n",
        "a:\n- b\n-  - c\n   - d\n",
        "description: >-\n  Folded with `code: x`\n  and - dash\n\n  * list\n    deeper\n\nnext: 1\n",
    ];
    for text in texts {
        let reference = reference(text);
        assert!(reference.is_some(), "the reference refuses {text:?}");
        assert_eq!(ours(text), reference, "{text:?}");
    }
}

/// Where the core schema and `serde_yaml` part, we follow the schema: digits after a zero are a number.
#[test]
fn a_leading_zero_is_a_number() {
    assert_eq!(ours("a: 007"), Some(serde_json::json!({"a": 7})));
    assert_eq!(reference("a: 007"), Some(serde_json::json!({"a": "007"})));
}

#[test]
fn json_reads_as_serde_json_reads_it() {
    let texts = [
        "{}",
        "[]",
        " [ 1 , 2.5 , -3e-2 , true , false , null , \"x\" ] ",
        "{\"a\": {\"b\": [{}, [], [[]]]}, \"\": \"\"}",
        "[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0000\\u20ac\\ud83d\\ude00\", \"日本 😀\"]",
        "[0, 9223372036854775807, 18446744073709551615, -9223372036854775808, 18446744073709551616, 1E+2, 1.0]",
        "\r\n[\r\n1\t]\n",
    ];
    for text in texts {
        assert_eq!(ours(text), serde_json::from_str(text).ok(), "{text:?}");
    }
}

#[test]
fn the_bundled_documents_read_alike() {
    let yaml = [
        include_str!("../../../../../specs/browserbase/openapi.yaml"),
        include_str!("../../../../../specs/browserbase/overlay.yaml"),
    ];
    for text in yaml {
        assert_eq!(ours(text), reference(text));
    }
    let json = [
        include_str!("../../../../../specs/browser-use/v2.json"),
        include_str!("../../../../../specs/browser-use/v3.json"),
    ];
    for text in json {
        assert_eq!(ours(text), serde_json::from_str(text).ok());
        // JSON is YAML too: both of our readers agree, places included.
        let source = Source {
            name: "f".to_owned(),
            text: text.to_owned(),
        };
        assert_eq!(yaml::parse(&source), parse(&source, &mut Findings::new()));
    }
}
