//! The walk over a document, and over what is brought into it: every reference is led on.
//!
//! Knows what the table of kinds says; where a reference leads is `bring`'s.

use super::Bundler;
use super::bring::{Destination, Elsewhere, Found};
use super::kinds::{Holds, Kind};
use super::reference::Reference;
use crate::diagnostic::{Finding, Place, codes};
use crate::front::source::{Entry, Map, Node, Value};

/// How deep a reference may stand whose place is taken by what it leads to: what is there may be as deep again as a file.
const MAX_DEPTH: usize = 64;

impl Bundler<'_> {
    /// Leads on the references in an object, or in a list of such.
    pub(super) fn visit(&mut self, node: &mut Node, kind: &'static Kind) {
        let around = self.included.len();
        self.depth += 1;
        if !kind.is_referred_to() {
            self.include(node);
        }
        match &mut node.value {
            Value::Array(items) => items.iter_mut().for_each(|item| self.visit(item, kind)),
            Value::Object(map) => {
                for (key, entry) in map.iter_mut() {
                    if let Some(holds) = kind.holds(key) {
                        self.visit_value(&mut entry.node, holds);
                    }
                }
                if kind.is_schema() {
                    self.settle_schema(map);
                }
            }
            _ => {}
        }
        self.depth -= 1;
        self.included.truncate(around);
    }

    fn visit_value(&mut self, node: &mut Node, holds: Holds) {
        match holds {
            Holds::Reference(section) => self.lead_on(node, section),
            Holds::One(kind) => self.visit(node, kind),
            Holds::Each(kind) => self.visit_each(node, |this, value| this.visit(value, kind)),
            Holds::Mapping if node.as_str().is_some() => self.mapped(node),
            Holds::Mapping => self.visit_each(node, Self::mapped),
        }
    }

    fn visit_each(&mut self, node: &mut Node, mut visit: impl FnMut(&mut Self, &mut Node)) {
        let around = self.included.len();
        self.include(node);
        if let Value::Object(map) = &mut node.value {
            map.values_mut().for_each(|entry| visit(self, &mut entry.node));
        }
        self.included.truncate(around);
    }

    /// Has a reference lead to where its target is now. How it was written stays beside it, for findings.
    fn lead_on(&mut self, node: &mut Node, section: &'static str) {
        let Some(written) = node.as_str().map(str::to_owned) else {
            return; // `front::normalize` says that it is no text
        };
        match self.destination(&written, &node.place, section) {
            Some(Destination::Here) => {}
            Some(Destination::At(reference)) => {
                node.value = Value::String(reference);
                node.text = Some(written.into_boxed_str());
            }
            None => self.lose(&node.place),
        }
    }

    /// What a value of a discriminator means: a reference, or the name of a schema.
    fn mapped(&mut self, node: &mut Node) {
        let Some(written) = node.as_str() else { return };
        let is_reference = matches!(Reference::read(written), Reference::Within(_) | Reference::File { .. });
        if is_reference && !self.taken.contains(&("schemas", written.to_owned())) {
            self.lead_on(node, "schemas");
        } else if let Some(reference) = self.named_schema(written, &node.place) {
            node.text = Some(written.into());
            node.value = Value::String(reference);
        }
    }

    /// Without a mapping, the values of a discriminator are the names of schemas: those of schemas that could not keep
    /// their names are put down. Anchors of other files are not the document's.
    fn settle_schema(&mut self, map: &mut Map) {
        if map.values().any(|entry| self.library.has(&entry.node.place.file)) {
            map.shift_remove("$anchor");
            map.shift_remove("$dynamicAnchor");
        }
        if self.renamed.is_empty() || !map.contains_key("discriminator") {
            return;
        }
        let branches = ["oneOf", "anyOf"]
            .into_iter()
            .filter_map(|key| map.get(key)?.node.as_array());
        let references = branches.flatten().filter_map(|branch| branch.get("$ref"));
        let renamed: Vec<(String, Node)> = references
            .filter_map(|reference| Some((self.renamed.get(reference.as_str()?)?.clone(), reference.clone())))
            .collect();
        let discriminator = map.get_mut("discriminator").map(|entry| &mut entry.node);
        if let (Some(discriminator), false) = (discriminator, renamed.is_empty()) {
            put_down(discriminator, renamed);
        }
    }

    fn lose(&mut self, place: &Place) {
        self.lost.insert(place.clone());
    }

    /// Puts what a reference leads to in its place, where it stands for something that nothing can refer to.
    pub(super) fn include(&mut self, node: &mut Node) {
        while let Some((written, reference)) = lone_reference(node) {
            let (written, place) = (written.to_owned(), reference.place.clone());
            match self.find(&written, &place) {
                Some(Found::Elsewhere(found)) => match self.included(&written, &found, &place) {
                    Some(copy) => *node = copy,
                    None => return self.lose(&place),
                },
                Some(_) => return,
                None => return self.lose(&place),
            }
        }
    }

    fn included(&mut self, written: &str, found: &Elsewhere, place: &Place) -> Option<Node> {
        let here = (found.file.clone(), found.pointer.clone());
        if self.included.contains(&here) {
            let message = format!("`{written}` leads back to itself through nothing but references");
            let help = "refer to something that does not hold this reference";
            self.findings
                .push(Finding::error(codes::REF_CYCLE, place.clone(), message).help(help));
            return None;
        }
        if self.depth > MAX_DEPTH {
            let message = format!("`{written}` stands too deep in what is put in place of other references");
            let help = "refer to it by a reference to a component";
            self.findings
                .push(Finding::error(codes::NESTING_TOO_DEEP, place.clone(), message).help(help));
            return None;
        }
        let copy = self.copy(&found.pointer, &found.tree, place)?;
        if !std::mem::replace(&mut self.misplaced, true) {
            let message = "OpenAPI has no reference in this place; what it leads to is put there";
            let help = "nothing needs to be done, but other tools may refuse it";
            self.findings
                .push(Finding::note(codes::MISPLACED_REF, place.clone(), message).help(help));
        }
        self.included.push(here);
        Some(copy)
    }
}

/// The text of the `$ref` of an object that has nothing else, and its node.
pub(super) fn lone_reference(node: &Node) -> Option<(&str, &Node)> {
    let map = node.as_object().filter(|map| map.len() == 1)?;
    let reference = &map.get("$ref")?.node;
    Some((reference.as_str()?, reference))
}

/// Adds values to the mapping of a discriminator, unless they or their schemas are there.
fn put_down(discriminator: &mut Node, values: Vec<(String, Node)>) {
    let place = discriminator.place.clone();
    let Value::Object(map) = &mut discriminator.value else {
        return;
    };
    let mapping = map.entry("mapping".to_owned()).or_insert_with(|| Entry {
        key: place.clone(),
        node: Node::new(place, Value::Object(Map::new())),
    });
    let Value::Object(mapping) = &mut mapping.node.value else {
        return;
    };
    for (value, reference) in values {
        let known = mapping.values().any(|entry| entry.node.as_str() == reference.as_str());
        if !known {
            mapping.entry(value).or_insert_with(|| Entry {
                key: reference.place.clone(),
                node: reference,
            });
        }
    }
}
