use super::*;

pub(super) fn parse(source: &Source) -> Option<Node> {
    super::super::yaml::parse(source, &mut Findings::new())
}

#[test]
fn every_key_and_value_has_a_place() {
    assert_read(
        "a: 1\nb:\n  - x\n  - y: 'z'\n    w: |\n      text\n      more\nü: [ü, {ö: \"q\"}]\n",
        r#"
$ 1:1 {
$.a 1:1 = 1:4 1 (1)
$.b 2:1 = 3:3 [
$.b.0 3:5 "x"
$.b.1 4:5 {
$.b.1.y 4:5 = 4:8 "z"
$.b.1.w 5:5 = 6:7 "text\nmore\n"
$.ü 8:1 = 8:4 [
$.ü.0 8:5 "ü"
$.ü.1 8:8 {
$.ü.1.ö 8:9 = 8:12 "q"
"#,
    );
}

#[test]
fn plain_scalars_follow_the_core_schema() {
    assert_read(
        "- [no, ~, True, 0x1F, 1.10, 2024-01-01, 'true', \"1\"]",
        r#"
$ 1:1 [
$.0 1:3 [
$.0.0 1:4 "no"
$.0.1 1:8 null (~)
$.0.2 1:11 true (True)
$.0.3 1:17 31 (0x1F)
$.0.4 1:23 1.1 (1.10)
$.0.5 1:29 "2024-01-01"
$.0.6 1:41 "true"
$.0.7 1:49 "1"
"#,
    );
    assert_read(
        "a:\nb: .inf",
        "$ 1:1 {\n$.a 1:1 = 1:2 null ()\n$.b 2:1 = 2:4 \".inf\"\nf:2:4: warning[unrepresentable-number]: `.inf` is no number that JSON can express; it is read as text\n  help: write a finite number of at most 64 bits, or quotes around it",
    );
}

#[test]
fn keys_become_text() {
    assert_read(
        "200: a\n1.10: b\ntrue: c\n~: d\n0x1: e\n",
        "$ 1:1 {\n$.200 1:1 = 1:6 \"a\"\n$.1.10 2:1 = 2:7 \"b\"\n$.true 3:1 = 3:7 \"c\"\n$.~ 4:1 = 4:4 \"d\"\n$.0x1 5:1 = 5:6 \"e\"",
    );
    assert_read(
        "? [1]\n: {b: 1}\na: 1\n",
        "$ 1:1 {\n$.a 3:1 = 3:4 1 (1)\nf:1:3: error[malformed-yaml]: a key is a sequence, and the data model of JSON has only strings for keys\n  help: write the key as a string; it is left out together with its value",
    );
    assert_read(
        "200: a\n\"200\": b\n",
        "$ 1:1 {\n$.200 2:1 = 2:8 \"b\"\nf:2:1: warning[duplicate-key]: the key `200` is given twice; the last one counts\n  help: keep one of the two; the other is on line 1",
    );
}

#[test]
fn aliases_repeat_what_the_anchor_names() {
    assert_read(
        "a: &x\n  b: 1\nc: *x\n",
        "$ 1:1 {\n$.a 1:1 = 1:4 {\n$.a.b 2:3 = 2:6 1 (1)\n$.c 3:1 = 1:4 {\n$.c.b 2:3 = 2:6 1 (1)",
    );
    assert_read("&k a: 1\nb: *k", "$ 1:1 {\n$.a 1:1 = 1:7 1 (1)\n$.b 2:1 = 1:1 \"a\"");
    assert_read(
        "a: *x",
        "nothing\nf:1:4: error[malformed-yaml]: the alias repeats an anchor that is not there\n  help: put `&` and the name before the value to repeat",
    );
    assert_read(
        "a: &a [*a]",
        "nothing\nf:1:8: error[malformed-yaml]: an alias stands inside the value that it repeats\n  help: write the value out, or use `$ref`, which may be circular",
    );
}

#[test]
fn merge_keys_add_what_is_not_there() {
    assert_read(
        "a: &a {b: 1, c: 2}\nd:\n  <<: *a\n  c: 3\ne: {<<: [{z: 1}, *a, {z: 2}], \"<<\": 4}\n",
        r"
$ 1:1 {
$.a 1:1 = 1:4 {
$.a.b 1:8 = 1:11 1 (1)
$.a.c 1:14 = 1:17 2 (2)
$.d 2:1 = 3:3 {
$.d.c 4:3 = 4:6 3 (3)
$.d.b 1:8 = 1:11 1 (1)
$.e 5:1 = 5:4 {
$.e.<< 5:31 = 5:37 4 (4)
$.e.z 5:11 = 5:14 1 (1)
$.e.b 1:8 = 1:11 1 (1)
$.e.c 1:14 = 1:17 2 (2)
",
    );
    assert_read(
        "a:\n  <<: 1\n",
        "$ 1:1 {\n$.a 1:1 = 2:3 {\nf:2:7: error[malformed-yaml]: the merge key `<<` has a number instead of a mapping or a list of mappings\n  help: give it an alias of a mapping, or put the key in quotes if it is meant as a name",
    );
}

#[test]
fn core_tags_go_before_looks() {
    assert_read(
        "- !!str 1\n- ! 2\n- !!int '3'\n- !!float 4\n- !<tag:yaml.org,2002:str> 5\n- !!map {}\n",
        "$ 1:1 [\n$.0 1:3 \"1\"\n$.1 2:3 \"2\"\n$.2 3:3 3 (3)\n$.3 4:3 4 (4)\n$.4 5:3 \"5\"\n$.5 6:3 {",
    );
    assert_read(
        "- !own 1\n- !!bool x\n- !!set {}\n",
        "$ 1:1 [\n$.0 1:3 1 (1)\n$.1 2:3 \"x\"\n$.2 3:3 {\nf:1:3: warning[unknown-tag]: the tag `!own` is none of YAML's core schema\n  help: remove the tag; the value is read as if it had none\nf:2:3: warning[unfit-tag]: the tag `!!bool` does not fit `x`\n  help: correct the value or remove the tag; it is read as text\nf:3:3: warning[unknown-tag]: the tag `!!set` is none of YAML's core schema\n  help: remove the tag; the value is read as if it had none",
    );
}

#[test]
fn only_the_first_document_is_read() {
    assert_read("%YAML 1.2\n---\na: 1\n...\n---\n", "$ 3:1 {\n$.a 3:1 = 3:4 1 (1)");
    assert_read(
        "a: 1\n---\nb: 2\n",
        "$ 1:1 {\n$.a 1:1 = 1:4 1 (1)\nf:3:1: warning[several-documents]: the file holds more than one YAML document\n  help: keep the others in files of their own; only the first one is read",
    );
    for text in ["", "\u{feff}", "# a comment\n"] {
        assert_read(
            text,
            "nothing\nf:1:1: error[malformed-yaml]: the file is empty\n  help: give it a document",
        );
    }
}

#[test]
fn line_ends_and_marks_are_no_content() {
    assert_read(
        "\u{feff}a: |\r\n  x\r\n  y\r\nb: \"x\ty\"\r\n",
        "$ 1:1 {\n$.a 1:1 = 2:3 \"x\\ny\\n\"\n$.b 4:1 = 4:4 \"x\\ty\"",
    );
}

#[test]
fn mistakes_are_explained_where_they_stand() {
    let cases = [
        ("a:\n\tb: 1", "2:2", "a tab stands where only spaces may"),
        ("a:\tb", "1:4", "a tab stands between a colon and its value"),
        ("a: b: c", "1:5", "a colon makes a key of something that cannot be one"),
        (
            "a: 1\n b: 2",
            "2:3",
            "a colon makes a key of something that cannot be one",
        ),
        ("a: @b", "1:4", "a text cannot begin with this character"),
        ("a: \"b", "1:4", "a text in quotes is not closed"),
        ("a: \"\\q\"", "1:4", "the escape is none of YAML's"),
        ("a: [1\nb: 2", "2:2", "a bracket before this colon is not closed"),
        ("- {a: 1", "1:8", "a mapping in braces is not closed here"),
        ("- [1", "1:5", "a sequence in brackets is not closed here"),
        ("- é\r\n- x\r- [é", "3:5", "a sequence in brackets is not closed here"),
        ("- [1\n", "2:1", "a sequence in brackets is not closed here"),
        ("a: - 1", "1:4", "a dash begins a sequence where none can stand"),
        ("a: 1\n- b", "2:3", "the line is no key and its value"),
        (
            "a: !<x",
            "1:4",
            "this is not valid YAML: while scanning a verbatim tag, did not find the expected '>'",
        ),
    ];
    for (text, place, message) in cases {
        let result = read(text, super::parse);
        let line = result.lines().nth(1).unwrap_or_default();
        assert_eq!(line, format!("f:{place}: error[malformed-yaml]: {message}"), "{text:?}");
    }
}

#[test]
fn hostile_documents_stay_small() {
    assert_refused(&format!("- {}", "[".repeat(100_000)), "nesting-too-deep");
    assert_refused(&"- ".repeat(100_000), "nesting-too-deep");
    let dashes = "- ".repeat(MAX_DEPTH);
    assert_eq!(read(&dashes, super::parse).lines().count(), MAX_DEPTH + 1);

    let mut chain = "a0: &a0 [1]\n".to_owned();
    let mut laughs = "a0: &a0 x\n".to_owned();
    for at in 1..600 {
        writeln!(chain, "a{at}: &a{at} [*a{}]", at - 1).unwrap_or_default();
        writeln!(laughs, "a{at}: &a{at} [{}]", format!("*a{}, ", at - 1).repeat(10)).unwrap_or_default();
    }
    assert_refused(&chain, "nesting-too-deep");
    assert_refused(&laughs, "alias-expansion");
    let text = format!("a: &a {}\nb:\n{}", "x".repeat(1_000_000), "- *a\n".repeat(1000));
    assert_refused(&text, "alias-expansion");
}
