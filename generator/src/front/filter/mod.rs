//! Which operations of a document a client is made for, and which components they need.
//!
//! Knows as much of a document as tells operations apart. The document itself stays whole, because what is kept may refer
//! to what is left out: `normalize` asks the [`Selection`] what to pass over, so that nothing is said about that.

mod needed;
mod pattern;

use std::collections::HashSet;

pub use pattern::{EXPECTED, Pattern};

use self::needed::Needed;
use self::pattern::Facts;
use super::source::{Node, Pointer};
use crate::diagnostic::{Finding, Findings, closest, codes};

/// The keys of a path item that are operations.
const METHODS: [&str; 9] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];

/// How many path items are followed from one to the next.
const MAX_HOPS: usize = 8;

/// Which operations are wanted: those that fit one of `include`, or all where it is empty, but for those that fit one of
/// `exclude`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// `include`
    pub include: Vec<Pattern>,
    /// `exclude`
    pub exclude: Vec<Pattern>,
}

/// What to pass over in a document. The default passes over nothing.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Selection {
    left_out: HashSet<(String, String)>,
    paths_left_out: HashSet<String>,
    /// `None`: all components.
    needed: Option<Needed>,
}

impl Selection {
    /// Whether an operation is passed over, by its path with a leading slash and its method in lower case.
    pub fn leaves_out(&self, path: &str, method: &str) -> bool {
        self.left_out.contains(&(path.to_owned(), method.to_owned()))
    }

    /// Whether nothing of a path is wanted.
    pub fn leaves_out_path(&self, path: &str) -> bool {
        self.paths_left_out.contains(path)
    }

    /// Whether nothing that is wanted needs a component.
    pub fn leaves_out_component(&self, section: &str, name: &str) -> bool {
        self.needed.as_ref().is_some_and(|needed| !needed.has(section, name))
    }
}

/// An operation, or a path that has none.
struct Found<'d> {
    facts: Facts<'d>,
    /// The operation, and what its path items say for all of theirs.
    parts: Vec<&'d Node>,
}

/// Selects operations by one filter after the other, each of which narrows what the one before leaves. `None` where
/// nothing is left; a pattern that fits nothing is an error, too.
pub fn select(document: &Node, filters: [&Filter; 2], findings: &mut Findings) -> Option<Selection> {
    let all = operations(document);
    let count = |found: &[&Found<'_>]| found.iter().filter(|found| !found.facts.method.is_empty()).count();
    let mut kept: Vec<_> = all.iter().collect();
    let (before, of) = (findings.len(), count(&kept));
    // Of a document without operations, what is wrong is not for a filter to say.
    if of == 0 || filters.iter().all(|filter| filter.is_empty()) {
        return Some(Selection::default());
    }
    for filter in filters {
        kept = filter.narrow(kept, findings);
    }
    let count = count(&kept);
    if count == 0 {
        if findings.len() == before {
            findings.push(nothing_left(filters));
        }
        return None;
    }
    if count < of {
        findings.push(account(of, count));
    }
    Some(selection(document, &all, &kept))
}

/// What a selection passes over, given the operations that are kept.
fn selection(document: &Node, all: &[Found<'_>], kept: &[&Found<'_>]) -> Selection {
    let key = |found: &Found<'_>| (found.facts.path.clone(), found.facts.method.clone());
    let kept_keys: HashSet<_> = kept.iter().map(|found| key(found)).collect();
    let kept_paths: HashSet<_> = kept.iter().map(|found| found.facts.path.as_str()).collect();
    let left_out = all.iter().map(key).filter(|key| !kept_keys.contains(key));
    let paths = all.iter().map(|found| &found.facts.path);
    let root = document.as_object().into_iter().flatten();
    let shared = root.filter(|(key, _)| !matches!(key.as_str(), "paths" | "components"));
    let parts = kept.iter().flat_map(|found| found.parts.iter().copied());
    Selection {
        left_out: left_out.collect(),
        paths_left_out: paths
            .filter(|path| !kept_paths.contains(path.as_str()))
            .cloned()
            .collect(),
        needed: Some(Needed::by(document, shared, parts)),
    }
}

impl Filter {
    /// Whether it takes everything.
    pub fn is_empty(&self) -> bool {
        self.include.is_empty() && self.exclude.is_empty()
    }

    fn narrow<'f, 'd>(&self, from: Vec<&'f Found<'d>>, findings: &mut Findings) -> Vec<&'f Found<'d>> {
        let fits =
            |patterns: &[Pattern], found: &Found<'_>| patterns.iter().any(|pattern| pattern.matches(&found.facts));
        report_unmatched(&self.include, &from, "operation", findings);
        let included = from
            .into_iter()
            .filter(|found| self.include.is_empty() || fits(&self.include, found));
        let included: Vec<_> = included.collect();
        report_unmatched(&self.exclude, &included, "operation that is included", findings);
        included
            .into_iter()
            .filter(|found| !fits(&self.exclude, found))
            .collect()
    }
}

fn report_unmatched(patterns: &[Pattern], from: &[&Found<'_>], what: &str, findings: &mut Findings) {
    for pattern in patterns {
        if from.iter().any(|found| pattern.matches(&found.facts)) {
            continue;
        }
        let (subject, text) = (pattern.subject(), pattern.text());
        let message = format!("the filter `{subject}:{text}` fits no {what}");
        let values = from.iter().flat_map(|found| pattern.values(&found.facts));
        let help = match closest(text, values) {
            Some(value) => format!("did you mean `{subject}:{value}`? If not, remove the filter"),
            None => "remove the filter, or correct it; `*` is any text without a slash, `**` any text".to_owned(),
        };
        findings.push(Finding::error(codes::FILTER_UNMATCHED, pattern.place.clone(), message).help(help));
    }
}

fn nothing_left(filters: [&Filter; 2]) -> Finding {
    let mut patterns = filters
        .into_iter()
        .flat_map(|filter| filter.exclude.iter().chain(&filter.include));
    let place = patterns.find_map(|pattern| pattern.place.clone());
    Finding::error(
        codes::FILTER_EXCLUDES_ALL,
        place,
        "the filters leave out every operation of the document",
    )
    .help("include more, or exclude less")
}

fn account(all: usize, kept: usize) -> Finding {
    let message = format!("{kept} of {all} operations are generated; the filters leave out the others");
    Finding::note(codes::FILTERED, None, message).help("nothing needs to be done")
}

/// The operations of a document, in its order.
fn operations(document: &Node) -> Vec<Found<'_>> {
    let paths = document.get("paths").and_then(Node::as_object);
    let paths = paths.into_iter().flatten().filter(|(path, _)| !path.starts_with("x-"));
    paths
        .flat_map(|(path, entry)| operations_of_path(document, path, &entry.node))
        .collect()
}

/// The operations of a path; one without facts of its own where it has none, so that a path can be left out as such.
fn operations_of_path<'d>(document: &'d Node, path: &str, item: &'d Node) -> Vec<Found<'d>> {
    let path = format!("/{}", path.strip_prefix('/').unwrap_or(path));
    let items = path_items(document, item);
    let shared = items.iter().filter_map(|item| item.get("parameters"));
    let shared: Vec<&Node> = shared.collect();
    let mut found: Vec<Found<'_>> = Vec::new();
    for (key, entry) in items.iter().filter_map(|item| item.as_object()).flatten() {
        let method = key.to_ascii_lowercase();
        if METHODS.contains(&method.as_str()) && found.iter().all(|other| other.facts.method != method) {
            let parts = shared.iter().copied().chain([&entry.node]).collect();
            let facts = facts(path.clone(), method, Some(&entry.node));
            found.push(Found { facts, parts });
        }
    }
    if found.is_empty() {
        let facts = facts(path, String::new(), None);
        found.push(Found { facts, parts: items });
    }
    found
}

fn facts(path: String, method: String, operation: Option<&Node>) -> Facts<'_> {
    let tags = operation.and_then(|node| node.get("tags")?.as_array());
    Facts {
        path,
        method,
        id: operation.and_then(|node| node.get("operationId")?.written()),
        tags: tags.into_iter().flatten().filter_map(Node::written).collect(),
    }
}

/// A path item, and those that it refers to.
fn path_items<'d>(document: &'d Node, item: &'d Node) -> Vec<&'d Node> {
    let next = |item: &&'d Node| Pointer::from_fragment(item.get("$ref")?.as_str()?)?.find(document);
    std::iter::successors(Some(item), next).take(MAX_HOPS + 1).collect()
}

#[cfg(test)]
mod tests;
