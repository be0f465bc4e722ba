//! Which components some parts of a document need.
//!
//! Knows what a reference looks like, and no more of what stands around it: anything that looks like one counts. What is
//! needed by mistake is only read in vain, while what is missed would be missing.

use std::collections::HashSet;

use crate::front::source::{Entry, Map, Node, Pointer, Value};

/// The components that are needed, by section and name.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Needed {
    components: HashSet<(String, String)>,
    /// There is a reference that may lead anywhere: by `$id`, by an anchor, or out of the document.
    everything: bool,
}

impl Needed {
    /// What these entries and parts of a document need, and what that needs in turn.
    pub(super) fn by<'d>(
        document: &'d Node,
        entries: impl Iterator<Item = (&'d String, &'d Entry)>,
        parts: impl Iterator<Item = &'d Node>,
    ) -> Self {
        let mut walk = Walk {
            document,
            needed: Self::default(),
            seen: HashSet::new(),
            open: Vec::new(),
        };
        entries.for_each(|(key, entry)| walk.entry(key, &entry.node));
        parts.for_each(|part| walk.visit(part));
        while let Some(node) = walk.open.pop() {
            walk.node(node);
        }
        walk.needed
    }

    pub(super) fn has(&self, section: &str, name: &str) -> bool {
        self.everything || self.components.contains(&(section.to_owned(), name.to_owned()))
    }
}

/// A walk with its own stack: documents may nest deeper than threads do.
struct Walk<'d> {
    document: &'d Node,
    needed: Needed,
    /// The parts that references led to, by address: the document stays where it is during the walk.
    seen: HashSet<*const Node>,
    open: Vec<&'d Node>,
}

impl<'d> Walk<'d> {
    fn visit(&mut self, node: &'d Node) {
        if self.seen.insert(std::ptr::from_ref(node)) {
            self.open.push(node);
        }
    }

    fn node(&mut self, node: &'d Node) {
        match &node.value {
            Value::Array(items) => self.open.extend(items),
            Value::Object(map) => map.iter().for_each(|(key, entry)| self.entry(key, &entry.node)),
            _ => {}
        }
    }

    fn entry(&mut self, key: &str, node: &'d Node) {
        match (key, &node.value) {
            ("$ref" | "$dynamicRef" | "$recursiveRef", Value::String(text)) => self.reference(text),
            ("mapping", Value::Object(map)) => texts(map).for_each(|text| self.schema(text)),
            ("defaultMapping", Value::String(text)) => self.schema(text),
            ("security", Value::Array(items)) => {
                let requirements = items.iter().filter_map(Node::as_object);
                requirements
                    .flat_map(Map::keys)
                    .for_each(|name| _ = self.component("securitySchemes", name));
            }
            _ => {}
        }
        self.open.push(node);
    }

    /// A discriminator names schemas by reference, or by name alone.
    fn schema(&mut self, text: &str) {
        if text.contains(['#', '/', '.']) {
            self.reference(text);
        } else {
            self.component("schemas", text);
        }
    }

    fn reference(&mut self, text: &str) {
        let pointer = Pointer::from_fragment(text).filter(|pointer| !pointer.tokens().is_empty());
        let Some(pointer) = pointer else {
            self.needed.everything = true;
            return;
        };
        if let [components, section, name, ..] = pointer.tokens()
            && components == "components"
        {
            // One that is not there may be spelled in another way, or be relative to a schema around it.
            self.needed.everything |= !self.component(section, name);
        } else {
            // The deepest node on the way may be a reference itself, which leads on.
            self.visit(pointer.find_nearest(self.document));
        }
    }

    /// Needs a component; whether there is one of this name.
    fn component(&mut self, section: &str, name: &str) -> bool {
        let pointer = Pointer::root().child("components").child(section).child(name);
        let Some(node) = pointer.find(self.document) else {
            return false;
        };
        self.needed.components.insert((section.to_owned(), name.to_owned()));
        self.visit(node);
        true
    }
}

fn texts(map: &Map) -> impl Iterator<Item = &str> {
    map.values().filter_map(|entry| entry.node.as_str())
}
