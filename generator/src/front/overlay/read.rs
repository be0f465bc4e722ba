//! From an overlay's tree to its actions.
//!
//! Knows the form that the Overlay Specification 1.0 gives to an overlay. All that is wrong is reported; the actions that
//! can be read are applied all the same.

use serde_json_path::JsonPath;

use super::{Action, Change};
use crate::diagnostic::{Finding, Findings, Place, closest, codes};
use crate::front::source::{Map, Node};

/// The actions that can be read, in order.
pub(super) fn actions<'o>(overlay: &'o Node, findings: &mut Findings) -> Vec<Action<'o>> {
    let Some(root) = object(overlay, "the overlay", findings) else {
        return Vec::new();
    };
    unknown_keys(
        root,
        "the overlay",
        &["overlay", "info", "extends", "actions"],
        findings,
    );
    let supported = version(overlay, findings);
    if let Some(info) = required(overlay, "info", "the overlay", findings) {
        self::info(info, findings);
    }
    optional_text(overlay, "extends", "the overlay", findings);
    let Some(list) = required(overlay, "actions", "the overlay", findings) else {
        return Vec::new();
    };
    let Some(items) = list.as_array() else {
        findings.push(wrong_kind(list, "`actions`", "an array"));
        return Vec::new();
    };
    if items.is_empty() {
        let message = "`actions` is empty";
        findings.push(
            Finding::error(codes::OVERLAY_MISSING_KEY, list.place.clone(), message)
                .help("add an action, or remove the overlay"),
        );
    }
    let actions = items.iter().filter_map(|item| action(item, findings)).collect();
    if supported { actions } else { Vec::new() }
}

/// Whether the overlay is of a version whose actions we know.
fn version(overlay: &Node, findings: &mut Findings) -> bool {
    let Some(version) = required(overlay, "overlay", "the overlay", findings) else {
        return false;
    };
    let written = version.written().unwrap_or(version.kind_name());
    let patch = written.strip_prefix("1.0.").unwrap_or_default();
    let supported = !patch.is_empty() && patch.bytes().all(|byte| byte.is_ascii_digit());
    if !supported {
        let message = format!("the overlay is of version `{written}`, and only 1.0.x is known");
        let help = "write the overlay by version 1.0.0 of the Overlay Specification";
        findings.push(Finding::error(codes::OVERLAY_VERSION, version.place.clone(), message).help(help));
    }
    supported
}

fn info(info: &Node, findings: &mut Findings) {
    let Some(map) = object(info, "`info`", findings) else {
        return;
    };
    unknown_keys(map, "`info`", &["title", "version"], findings);
    for key in ["title", "version"] {
        if let Some(value) = required(info, key, "`info`", findings).filter(|value| value.written().is_none()) {
            findings.push(wrong_kind(value, &format!("`{key}` in `info`"), "a string"));
        }
    }
}

fn action<'o>(action: &'o Node, findings: &mut Findings) -> Option<Action<'o>> {
    const WHAT: &str = "the action";
    unknown_keys(
        object(action, WHAT, findings)?,
        WHAT,
        &["target", "description", "update", "remove"],
        findings,
    );
    optional_text(action, "description", WHAT, findings);
    let target = required(action, "target", WHAT, findings).and_then(|target| path(target, findings));
    let change = change(action, findings);
    let (target, place) = target?;
    Some(Action {
        target,
        place,
        change: change?,
    })
}

fn path<'o>(target: &'o Node, findings: &mut Findings) -> Option<(JsonPath, &'o Place)> {
    let Some(text) = target.as_str() else {
        findings.push(wrong_kind(target, "`target`", "a string"));
        return None;
    };
    match JsonPath::parse(text) {
        Ok(path) => Some((path, &target.place)),
        Err(error) => {
            let message = format!(
                "the target `{text}` is no JSONPath, from character {} on",
                error.position() + 1
            );
            let help = "write it as RFC 9535 has it, such as $.paths['/v1/sessions'].post";
            findings.push(Finding::error(codes::OVERLAY_TARGET_MALFORMED, target.place.clone(), message).help(help));
            None
        }
    }
}

/// `remove: true` goes before `update`.
fn change<'o>(action: &'o Node, findings: &mut Findings) -> Option<Change<'o>> {
    let remove = match action.get("remove") {
        Some(remove) => remove.as_bool().or_else(|| {
            findings.push(wrong_kind(remove, "`remove`", "a boolean"));
            None
        })?,
        None => false,
    };
    match action.get("update") {
        Some(update) if remove => {
            let message = "`update` has no effect beside `remove`";
            findings.push(
                Finding::error(codes::OVERLAY_NO_EFFECT, update.place.clone(), message).help("remove one of the two"),
            );
            None
        }
        _ if remove => Some(Change::Remove),
        Some(update) => Some(Change::Update(update)),
        None => {
            let message = "the action has neither `update` nor `remove: true`";
            findings.push(
                Finding::error(codes::OVERLAY_NO_EFFECT, action.place.clone(), message).help("add one of the two"),
            );
            None
        }
    }
}

fn object<'o>(node: &'o Node, what: &str, findings: &mut Findings) -> Option<&'o Map> {
    let map = node.as_object();
    if map.is_none() {
        findings.push(wrong_kind(node, what, "an object"));
    }
    map
}

fn required<'o>(node: &'o Node, key: &str, what: &str, findings: &mut Findings) -> Option<&'o Node> {
    let value = node.get(key);
    if value.is_none() {
        let message = format!("{what} lacks the key `{key}`");
        let help = format!("add `{key}`, which the Overlay Specification requires");
        findings.push(Finding::error(codes::OVERLAY_MISSING_KEY, node.place.clone(), message).help(help));
    }
    value
}

fn optional_text(node: &Node, key: &str, what: &str, findings: &mut Findings) {
    if let Some(value) = node.get(key).filter(|value| value.as_str().is_none()) {
        findings.push(wrong_kind(value, &format!("`{key}` in {what}"), "a string"));
    }
}

fn unknown_keys(map: &Map, what: &str, known: &[&'static str], findings: &mut Findings) {
    for (key, entry) in map
        .iter()
        .filter(|(key, _)| !key.starts_with("x-") && !known.contains(&key.as_str()))
    {
        let help = match closest(key, known.iter().copied()) {
            Some(known) => format!("did you mean `{known}`?"),
            None => format!("remove it; the keys are `{}` and `x-…`", known.join("`, `")),
        };
        let message = format!("{what} has no key `{key}`");
        findings.push(Finding::error(codes::OVERLAY_UNKNOWN_KEY, entry.key.clone(), message).help(help));
    }
}

fn wrong_kind(node: &Node, what: &str, expected: &str) -> Finding {
    let message = format!("{what} is {} instead of {expected}", node.kind_name());
    Finding::error(codes::OVERLAY_WRONG_KIND, node.place.clone(), message).help(format!("write {expected}"))
}
