use super::*;
use crate::front::source::{Source, parse};

fn read(name: &str, text: &str) -> Node {
    let mut findings = Findings::new();
    let node = parse(
        &Source {
            name: name.to_owned(),
            text: text.to_owned(),
        },
        &mut findings,
    );
    assert_eq!(findings, Findings::new(), "{name}");
    let Some(node) = node else {
        unreachable!("a tree without findings is a tree")
    };
    node
}

fn overlaid(document: &str, actions: &str) -> (Node, Vec<String>) {
    let text = format!("overlay: 1.0.0\ninfo: {{title: T, version: 1}}\nactions:\n{actions}");
    let mut findings = Findings::new();
    let node = apply(read("d", document), &read("o", &text), &mut findings);
    (node, findings.iter().map(ToString::to_string).collect())
}

#[track_caller]
fn assert_applied(document: &str, actions: &str, expected: &str) {
    let (node, findings) = overlaid(document, actions);
    assert_eq!(findings, [""; 0]);
    assert_eq!(node.to_json().to_string(), read("e", expected).to_json().to_string());
}

#[track_caller]
fn assert_finding(document: &str, actions: &str, expected: &str) {
    let (_, findings) = overlaid(document, actions);
    assert_eq!(findings, [expected]);
}

#[track_caller]
fn assert_overlay_findings(overlay: &str, expected: &[&str]) {
    let mut findings = Findings::new();
    let document = read("d", "a: 1");
    assert_eq!(apply(document.clone(), &read("o", overlay), &mut findings), document);
    let rendered: Vec<_> = findings.iter().map(ToString::to_string).collect();
    assert_eq!(rendered, expected);
}

#[test]
fn merges_objects_recursively() {
    assert_applied(
        "a: {x: 1, y: {k: [1], z: null}}\nb: 1",
        "- {target: $.a, update: {x: '2', y: {k: [1, 2], n: {m: 3}}}}",
        "a: {x: '2', y: {k: [1, 2], z: null, n: {m: 3}}}\nb: 1",
    );
}

#[test]
fn appends_to_arrays() {
    assert_applied("a: [1]", "- {target: $.a, update: {b: 1}}", "a: [1, {b: 1}]");
    assert_applied("a: [1]", "- {target: $.a, update: [2, 3]}", "a: [1, [2, 3]]");
    assert_applied("[[1], [2]]", "- {target: '$[*]', update: 2}", "[[1, 2], [2]]");
}

#[test]
fn removes_what_is_selected() {
    assert_applied(
        "a: [1, {n: x}, 2, {n: x}, 3]",
        "- {target: '$.a[?@.n == ''x'']', remove: true}",
        "a: [1, 2, 3]",
    );
    assert_applied(
        "a: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]",
        "- {target: '$.a[9, 10, 0, 0]', remove: true}",
        "a: [1, 2, 3, 4, 5, 6, 7, 8]",
    );
    assert_applied(
        "a: {x: {x: 1}}\nb: {x: 2, y: 3}",
        "- {target: $..x, remove: true}",
        "a: {}\nb: {y: 3}",
    );
    assert_applied("a: [x, y]", "- {target: '$.a[?@ == ''x'']', remove: true}", "a: [y]");
}

#[test]
fn actions_see_what_came_before() {
    let actions = "- {target: $.a, remove: true}\n- {target: $, update: {a: [1]}}\n- {target: $.a, update: 2}";
    assert_applied("a: x", actions, "a: [1, 2]");
}

#[test]
fn what_is_added_keeps_its_place() {
    let (node, _) = overlaid("a:\n  b: 1", "- target: $.a\n  update:\n    b: 2\n    c: 3");
    let place = |key| {
        node.get("a")
            .and_then(|a| a.entry(key))
            .map(|entry| format!("{} {}", entry.key, entry.node.place))
    };
    assert_eq!(place("b").as_deref(), Some("o:6:5 o:6:8"));
    assert_eq!(place("c").as_deref(), Some("o:7:5 o:7:8"));
    assert_eq!(
        node.entry("a").map(|entry| entry.key.to_string()).as_deref(),
        Some("d:1:1")
    );
}

#[test]
fn an_action_that_no_longer_applies_is_an_error() {
    assert_finding(
        "a: 1",
        "- {target: $.b.c, remove: true}",
        "o:4:12: error[overlay-target-unmatched]: the target `$.b.c` selects nothing in the document\n  help: correct the path, or remove this action if the document no longer needs it",
    );
    let caught_up = "o:4:12: error[overlay-no-effect]: the update of `$.a` changes nothing: the document says so already\n  help: upstream has caught up: remove this action";
    assert_finding(
        "a: {b: 1, c: {d: [1, 2]}}",
        "- {target: $.a, update: {b: 1, c: {d: [2]}}}",
        caught_up,
    );
    assert_finding("a: [x, {y: 1}]", "- {target: $.a, update: {y: 1}}", caught_up);
}

#[test]
fn kinds_that_do_not_go_together_are_errors() {
    assert_finding(
        "a: {b: [1]}",
        "- {target: $.a, update: {b: 1}}",
        "o:4:29: error[overlay-wrong-kind]: `b` is a number, but an array in the document (d:1:8)\n  help: give a value of the same kind, or remove the old one by an action of its own before",
    );
    assert_finding(
        "a: {b: [1]}",
        "- {target: $.a, update: x}",
        "o:4:25: error[overlay-wrong-kind]: `update` is a string, but an object in the document (d:1:4)\n  help: give a value of the same kind, or remove the old one by an action of its own before",
    );
    assert_finding(
        "a: b",
        "- {target: $.a, update: x}",
        "o:4:12: error[overlay-wrong-kind]: the target selects a string (d:1:4), and only objects and arrays can be updated\n  help: select the object that holds it, and give the new value under its key",
    );
    assert_finding(
        "a: b",
        "- {target: $, remove: true}",
        "o:4:12: error[overlay-wrong-kind]: the target is the whole document, which cannot be removed\n  help: select the parts to remove",
    );
}

#[test]
fn an_overlay_has_a_form() {
    assert_overlay_findings(
        "[]",
        &["o:1:1: error[overlay-wrong-kind]: the overlay is an array instead of an object\n  help: write an object"],
    );
    assert_overlay_findings(
        "action: []",
        &[
            "o:1:1: error[overlay-unknown-key]: the overlay has no key `action`\n  help: did you mean `actions`?",
            "o:1:1: error[overlay-missing-key]: the overlay lacks the key `overlay`\n  help: add `overlay`, which the Overlay Specification requires",
            "o:1:1: error[overlay-missing-key]: the overlay lacks the key `info`\n  help: add `info`, which the Overlay Specification requires",
            "o:1:1: error[overlay-missing-key]: the overlay lacks the key `actions`\n  help: add `actions`, which the Overlay Specification requires",
        ],
    );
    assert_overlay_findings(
        "overlay: 1.1.0\nx-a: 1\ninfo: {title: [], version: 1, by: me}\nextends: 1\nactions:\n- {target: $, update: {b: 1}}",
        &[
            "o:1:10: error[overlay-version]: the overlay is of version `1.1.0`, and only 1.0.x is known\n  help: write the overlay by version 1.0.0 of the Overlay Specification",
            "o:3:31: error[overlay-unknown-key]: `info` has no key `by`\n  help: remove it; the keys are `title`, `version` and `x-…`",
            "o:3:15: error[overlay-wrong-kind]: `title` in `info` is an array instead of a string\n  help: write a string",
            "o:4:10: error[overlay-wrong-kind]: `extends` in the overlay is a number instead of a string\n  help: write a string",
        ],
    );
}

#[test]
fn an_action_has_a_form() {
    assert_overlay_findings(
        "overlay: 1.0.1\ninfo: {title: T, version: '1'}\nactions:\n- {target: a.b, updates: 1, description: 2}\n- {update: 1}\n- {target: $, remove: yes}\n- {target: $, update: 1, remove: true}\n- 1",
        &[
            "o:4:17: error[overlay-unknown-key]: the action has no key `updates`\n  help: did you mean `update`?",
            "o:4:42: error[overlay-wrong-kind]: `description` in the action is a number instead of a string\n  help: write a string",
            "o:4:12: error[overlay-target-malformed]: the target `a.b` is no JSONPath, from character 1 on\n  help: write it as RFC 9535 has it, such as $.paths['/v1/sessions'].post",
            "o:4:3: error[overlay-no-effect]: the action has neither `update` nor `remove: true`\n  help: add one of the two",
            "o:5:3: error[overlay-missing-key]: the action lacks the key `target`\n  help: add `target`, which the Overlay Specification requires",
            "o:6:23: error[overlay-wrong-kind]: `remove` is a string instead of a boolean\n  help: write a boolean",
            "o:7:23: error[overlay-no-effect]: `update` has no effect beside `remove`\n  help: remove one of the two",
            "o:8:3: error[overlay-wrong-kind]: the action is a number instead of an object\n  help: write an object",
        ],
    );
    assert_overlay_findings(
        "overlay: 1.0.0\ninfo: {title: T, version: '1'}\nactions: []",
        &["o:3:10: error[overlay-missing-key]: `actions` is empty\n  help: add an action, or remove the overlay"],
    );
}

#[test]
fn the_bundled_overlay_fits_the_bundled_document() {
    let document = read(
        "openapi.yaml",
        include_str!("../../../../specs/browserbase/openapi.yaml"),
    );
    let overlay = read(
        "overlay.yaml",
        include_str!("../../../../specs/browserbase/overlay.yaml"),
    );
    let mut findings = Findings::new();
    let document = apply(document, &overlay, &mut findings);
    assert_eq!(findings, Findings::new());

    let body =
        "/paths/~1v1~1sessions/post/requestBody/content/application~1json/schema/properties/browserSettings/properties";
    let json = document.to_json();
    let at = |path: &str| json.pointer(path).cloned().unwrap_or_default();
    assert_eq!(at(&format!("{body}/verified/type")), "boolean");
    assert_eq!(at(&format!("{body}/ignoreCertificateErrors/type")), "boolean");
    let statuses = serde_json::json!(["RUNNING", "ERROR", "TIMED_OUT", "COMPLETED", "PENDING"]);
    assert_eq!(at("/components/schemas/Session/properties/status/enum"), statuses);
}
