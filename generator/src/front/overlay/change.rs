//! What an action does to the nodes that it selects.
//!
//! Knows trees; nothing of the overlay's own form.

use crate::diagnostic::{Finding, Findings, Place, codes};
use crate::front::source::{Entry, Map, Node, Value};

/// The way from the root to a node.
pub(super) type Path = Vec<Step>;

/// One step on it.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    Key(String),
    Index(usize),
}

/// Removes nodes; says whether any was there.
pub(super) fn remove(document: &mut Node, mut paths: Vec<Path>, place: &Place, findings: &mut Findings) -> bool {
    // Backwards, so that an index still holds when its turn comes, and what lies inside goes before what holds it.
    paths.sort();
    let mut changed = false;
    for path in paths.iter().rev() {
        let Some((last, parent)) = path.split_last() else {
            let message = "the target is the whole document, which cannot be removed";
            findings.push(
                Finding::error(codes::OVERLAY_WRONG_KIND, place.clone(), message).help("select the parts to remove"),
            );
            continue;
        };
        changed |= match (find(document, parent).map(|node| &mut node.value), last) {
            (Some(Value::Object(map)), Step::Key(key)) => map.shift_remove(key).is_some(),
            (Some(Value::Array(items)), Step::Index(index)) if *index < items.len() => {
                items.remove(*index);
                true
            }
            _ => false,
        };
    }
    changed
}

/// Merges into objects and appends to arrays; says whether anything is different now.
pub(super) fn update(
    document: &mut Node,
    paths: &[Path],
    update: &Node,
    place: &Place,
    findings: &mut Findings,
) -> bool {
    let mut changed = false;
    for path in paths {
        let Some(target) = find(document, path) else { continue };
        let kind = target.kind_name();
        changed |= match (&mut target.value, &update.value) {
            (Value::Object(target), Value::Object(update)) => merge(target, update, findings),
            (Value::Array(items), _) => {
                let before = items.len();
                append(items, update);
                items.len() > before
            }
            (Value::Object(_), _) => {
                findings.push(unlike(update, "update", kind, &target.place));
                false
            }
            _ => {
                let message = format!(
                    "the target selects {kind} ({}), and only objects and arrays can be updated",
                    target.place
                );
                let help = "select the object that holds it, and give the new value under its key";
                findings.push(Finding::error(codes::OVERLAY_WRONG_KIND, place.clone(), message).help(help));
                false
            }
        };
    }
    changed
}

/// New keys are added, objects merged, arrays appended to, scalars replaced.
fn merge(target: &mut Map, update: &Map, findings: &mut Findings) -> bool {
    let mut changed = false;
    for (key, new) in update {
        let Some(old) = target.get_mut(key) else {
            target.insert(key.clone(), new.clone());
            changed = true;
            continue;
        };
        changed |= replace(key, old, new, findings);
    }
    changed
}

fn replace(key: &str, old: &mut Entry, new: &Entry, findings: &mut Findings) -> bool {
    let kind = old.node.kind_name();
    let same = old.node.value == new.node.value && old.node.text == new.node.text;
    match (&mut old.node.value, &new.node.value) {
        (Value::Object(target), Value::Object(update)) => merge(target, update, findings),
        (Value::Array(items), Value::Array(more)) => {
            let before = items.len();
            for item in more {
                append(items, item);
            }
            items.len() > before
        }
        (Value::Object(_) | Value::Array(_), _) | (_, Value::Object(_) | Value::Array(_)) => {
            findings.push(unlike(&new.node, key, kind, &old.node.place));
            false
        }
        _ if same => false,
        _ => {
            *old = new.clone();
            true
        }
    }
}

fn append(items: &mut Vec<Node>, item: &Node) {
    if !items.iter().any(|old| old.same_value(item)) {
        items.push(item.clone());
    }
}

fn unlike(update: &Node, key: &str, kind: &str, old: &Place) -> Finding {
    let message = format!("`{key}` is {}, but {kind} in the document ({old})", update.kind_name());
    let help = "give a value of the same kind, or remove the old one by an action of its own before";
    Finding::error(codes::OVERLAY_WRONG_KIND, update.place.clone(), message).help(help)
}

fn find<'n>(root: &'n mut Node, path: &[Step]) -> Option<&'n mut Node> {
    path.iter().try_fold(root, |node, step| match (&mut node.value, step) {
        (Value::Object(map), Step::Key(key)) => map.get_mut(key).map(|entry| &mut entry.node),
        (Value::Array(items), Step::Index(index)) => items.get_mut(*index),
        _ => None,
    })
}
