//! OpenAPI Overlays: corrections of a document that are kept beside it.
//!
//! Knows the Overlay Specification 1.0 and trees; nothing of what the document means. An action that no longer applies is
//! an error, so that corrections do not outlive what they correct.

mod change;
mod read;

use serde_json_path::{JsonPath, PathElement};

use super::source::Node;
use crate::diagnostic::{Finding, Findings, Place, codes};
use change::{Path, Step};

/// One correction.
struct Action<'o> {
    target: JsonPath,
    /// Where the target stands in the overlay.
    place: &'o Place,
    change: Change<'o>,
}

/// What is done to each node that the target selects.
enum Change<'o> {
    Update(&'o Node),
    Remove,
}

/// Applies an overlay's actions in order. What comes from the overlay keeps its place there.
///
/// Where the specification leaves room: an item that an array has already is not added again, and `remove` takes scalars
/// too.
pub fn apply(mut document: Node, overlay: &Node, findings: &mut Findings) -> Node {
    for action in read::actions(overlay, findings) {
        run(&mut document, &action, findings);
    }
    document
}

fn run(document: &mut Node, action: &Action<'_>, findings: &mut Findings) {
    let paths = select(document, &action.target);
    let place = action.place.clone();
    if paths.is_empty() {
        let message = format!("the target `{}` selects nothing in the document", action.target);
        let help = "correct the path, or remove this action if the document no longer needs it";
        return findings.push(Finding::error(codes::OVERLAY_TARGET_UNMATCHED, place, message).help(help));
    }
    let before = findings.len();
    let changed = match action.change {
        Change::Remove => change::remove(document, paths, &place, findings),
        Change::Update(update) => change::update(document, &paths, update, &place, findings),
    };
    if !changed && findings.len() == before {
        let message = format!(
            "the update of `{}` changes nothing: the document says so already",
            action.target
        );
        let help = "upstream has caught up: remove this action";
        findings.push(Finding::error(codes::OVERLAY_NO_EFFECT, place, message).help(help));
    }
}

/// The paths of the selected nodes, each once.
fn select(document: &Node, target: &JsonPath) -> Vec<Path> {
    let json = document.to_json();
    let step = |element: &PathElement<'_>| match *element {
        PathElement::Name(name) => Step::Key(name.to_owned()),
        PathElement::Index(index) => Step::Index(index),
    };
    let nodes = target.query_located(&json).dedup();
    nodes.locations().map(|path| path.iter().map(step).collect()).collect()
}

#[cfg(test)]
mod tests;
