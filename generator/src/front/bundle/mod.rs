//! Brings what a document refers to in other files into the document.
//!
//! Knows references, the sections of the Components Object, and where references may stand; knows nothing of dialects
//! but where Swagger 2.0 keeps its components. What is referred to in another file becomes a component, once, under the
//! last word of the reference, and the reference leads there. Whatever it refers to itself follows, relative to the file
//! where that reference stands. Places stay those of the files.
//!
//! A component that is nothing but a reference to another file takes what is there under its own name. A reference in
//! place of something that nothing can refer to (all paths, an operation) is replaced by what it leads to.
//!
//! References to anything but relative paths of YAML and JSON files stay as they are: `front::normalize` reports those
//! that are no `$id` of the document. So do references that cannot be followed; they are reported here, and named in
//! [`Bundled::lost`].

mod bring;
mod files;
mod kinds;
mod reference;
#[cfg(test)]
mod tests;
mod walk;

use std::collections::{HashMap, HashSet, VecDeque};

pub use files::{Files, Unread};
pub(crate) use reference::Reference;

use self::bring::{Pending, Target};
use self::files::Library;
use crate::diagnostic::{Findings, Place};
use crate::front::source::{Node, Pointer, Value};

/// A document of one file.
#[derive(Debug, Clone, PartialEq)]
pub struct Bundled {
    /// The document, and what it was brought from other files.
    pub tree: Node,
    /// Where the references stand that could not be followed to another file; each is reported.
    pub lost: HashSet<Place>,
}

/// A document that refers to no other files.
impl From<Node> for Bundled {
    fn from(tree: Node) -> Self {
        Self {
            tree,
            lost: HashSet::new(),
        }
    }
}

/// Brings together what a document is made of.
pub fn bundle(mut document: Node, files: &dyn Files, findings: &mut Findings) -> Bundled {
    let mut bundler = Bundler::new(&document, files, findings);
    bundler.adopt(&mut document);
    bundler.visit(&mut document, &kinds::DOCUMENT);
    bundler.bring_all(&mut document);
    Bundled {
        tree: document,
        lost: bundler.lost,
    }
}

/// How many values may be copied from other files: as many as a machine can hold without notice.
const MAX_VALUES: usize = 2_000_000;

/// The state of a run.
struct Bundler<'f> {
    findings: &'f mut Findings,
    library: Library<'f>,
    /// The document's own name, as a reference in another file would have it.
    document: String,
    /// Whether the components stand where Swagger 2.0 has them.
    swagger: bool,
    /// The relative `$id`s and the `$self` of the document: what refers to them refers to no file.
    ids: HashSet<String>,
    /// The names of components that are given, by section.
    taken: HashSet<(&'static str, String)>,
    /// The components that were made, or are to be made, of what stands in other files.
    brought: HashMap<Target, String>,
    /// Those that are still to be made.
    pending: VecDeque<Pending>,
    /// References to components that could not have the name that they would have had, and that name.
    renamed: HashMap<String, String>,
    /// Where the component stands that is at hand.
    around: Option<Target>,
    /// What is put in place of references around the value at hand.
    included: Vec<(String, Pointer)>,
    /// How many objects are open, one in the other.
    depth: usize,
    /// Whether a reference was met that stands where OpenAPI has none.
    misplaced: bool,
    /// How many values may still be copied.
    left: usize,
    lost: HashSet<Place>,
}

impl<'f> Bundler<'f> {
    fn new(document: &Node, files: &'f dyn Files, findings: &'f mut Findings) -> Self {
        let name = &document.place.file;
        let file = name.rsplit('/').next().unwrap_or_default();
        Self {
            findings,
            library: Library::new(files),
            document: reference::join(name, file),
            swagger: document.get("swagger").is_some(),
            ids: own_ids(document),
            taken: HashSet::new(),
            brought: HashMap::new(),
            pending: VecDeque::new(),
            renamed: HashMap::new(),
            around: None,
            included: Vec::new(),
            depth: 0,
            misplaced: false,
            left: MAX_VALUES,
            lost: HashSet::new(),
        }
    }
}

/// The relative `$id`s in a document, and its `$self`.
fn own_ids(document: &Node) -> HashSet<String> {
    let own = document.get("$self").and_then(Node::as_str);
    let mut found: HashSet<String> = own.map(str::to_owned).into_iter().collect();
    let mut open = vec![document];
    while let Some(node) = open.pop() {
        match &node.value {
            Value::Array(items) => open.extend(items),
            Value::Object(map) => {
                found.extend(node.get("$id").and_then(Node::as_str).map(str::to_owned));
                open.extend(map.values().map(|entry| &entry.node));
            }
            _ => {}
        }
    }
    found
}
