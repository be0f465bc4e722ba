//! Where references lead, and the components that are made of what stands in other files.
//!
//! Knows pointers, files and the names of components.

use std::rc::Rc;

use super::files::too_much;
use super::reference::{Reference, join, stem};
use super::walk::lone_reference;
use super::{Bundler, kinds};
use crate::diagnostic::{Finding, Place, codes};
use crate::front::source::{Entry, Map, Node, Pointer, Value};

/// The sections of the Components Object.
const SECTIONS: [&str; 11] = [
    "schemas",
    "responses",
    "parameters",
    "requestBodies",
    "headers",
    "securitySchemes",
    "pathItems",
    "mediaTypes",
    "examples",
    "links",
    "callbacks",
];

/// Those whose components are put in place of what refers to them, so that their names are nothing that a user sees.
const UNNAMED: [&str; 5] = ["pathItems", "mediaTypes", "examples", "links", "callbacks"];

/// The keywords behind which a schema holds others that have no names of their own.
const INNER: [&str; 9] = [
    "properties",
    "patternProperties",
    "additionalProperties",
    "items",
    "prefixItems",
    "allOf",
    "anyOf",
    "oneOf",
    "not",
];

/// How many references are followed from one to the next; a cycle is left to `front::normalize` to report.
const MAX_HOPS: usize = 64;

/// Tokens of a pointer that would be no names.
const NAMELESS: [&str; 4] = ["schema", "content", "requestBody", "default"];

/// What becomes a component.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Target {
    file: String,
    pointer: Pointer,
    section: &'static str,
}

/// A component that is to be made.
pub(super) struct Pending {
    target: Target,
    name: String,
    tree: Rc<Node>,
    /// The reference that is to lead to it.
    place: Place,
}

/// What a reference to another file leads to.
pub(super) struct Elsewhere {
    pub(super) file: String,
    pub(super) pointer: Pointer,
    pub(super) tree: Rc<Node>,
}

/// What a reference leads to.
pub(super) enum Found {
    /// What it says already, in the document itself or nowhere.
    AsWritten,
    /// A place in the document, from another file: the fragment.
    Document(String),
    Elsewhere(Elsewhere),
}

/// Where a reference is to lead.
pub(super) enum Destination {
    /// Where it leads already.
    Here,
    At(String),
}

impl Bundler<'_> {
    /// Where a reference to one of a section leads. `None`, with a finding, where it leads nowhere.
    pub(super) fn destination(&mut self, written: &str, place: &Place, section: &'static str) -> Option<Destination> {
        let found = match self.find(written, place)? {
            Found::AsWritten => return Some(Destination::Here),
            Found::Document(fragment) => return Some(Destination::At(format!("#{fragment}"))),
            Found::Elsewhere(found) => found,
        };
        let (target, inner) = split(&found, section);
        let home = self.home(target.section);
        let component = home.child(self.component(target, found.tree, place));
        Some(Destination::At(component.below(inner).to_string()))
    }

    /// What a reference leads to in the end. `None`, with a finding, where there is nothing.
    pub(super) fn find(&mut self, written: &str, place: &Place) -> Option<Found> {
        let mut found = self.find_one(written, place)?;
        for _ in 0..MAX_HOPS {
            let Found::Elsewhere(here) = &found else { break };
            let tree = Rc::clone(&here.tree);
            let Some((written, reference)) = here.pointer.find(&tree).and_then(lone_reference) else {
                break;
            };
            match self.find_one(written, &reference.place)? {
                Found::AsWritten => break,
                next => found = next,
            }
        }
        Some(found)
    }

    /// The same, without going on from there to where that leads.
    fn find_one(&mut self, written: &str, place: &Place) -> Option<Found> {
        let base = self.library.has(&place.file).then_some(&*place.file);
        let (file, fragment) = match (Reference::read(written), base) {
            (Reference::Within(fragment), Some(base)) => (base.to_owned(), fragment),
            (Reference::File { path, fragment }, base) => {
                let id = written.split('#').next().unwrap_or_default();
                if base.is_none() && self.ids.contains(id) {
                    return Some(Found::AsWritten);
                }
                (join(base.unwrap_or(&self.document), &path), fragment)
            }
            _ => return Some(Found::AsWritten),
        };
        if file == self.document {
            if fragment.is_empty() {
                let message = format!("`{written}` points to the whole document, which is no part of one");
                self.unresolved(place, message, "refer to a part of the document");
                return None;
            }
            return Some(Found::Document(fragment.to_owned()));
        }
        let is_new = !self.library.has(&file);
        let tree = self.library.open(&file, place, self.findings)?;
        if is_new {
            self.check_dialect(&file, &tree, place);
        }
        let Some(pointer) = self.pointer(&file, &tree, fragment) else {
            let message = format!("`{written}` points to nothing: `{file}` has no `#{fragment}`");
            self.unresolved(place, message, "define it there, or correct the reference");
            return None;
        };
        Some(Found::Elsewhere(Elsewhere { file, pointer, tree }))
    }

    /// Swagger 2.0 and OpenAPI 3 do not mix: all files are read as the document is.
    fn check_dialect(&mut self, file: &str, tree: &Node, place: &Place) {
        let (this, other) = if self.swagger {
            ("Swagger 2.0", "openapi")
        } else {
            ("OpenAPI 3", "swagger")
        };
        if tree.get(other).is_some() {
            let message = format!("`{file}` has the key `{other}`, but is read as {this}, as the document is");
            let help = "convert one of them, so that both follow the same specification";
            self.findings
                .push(Finding::warning(codes::MIXED_DIALECTS, place.clone(), message).help(help));
        }
    }

    fn unresolved(&mut self, place: &Place, message: String, help: &str) {
        self.findings
            .push(Finding::error(codes::UNRESOLVED_REF, place.clone(), message).help(help));
    }

    /// The pointer to what a fragment, a pointer or an anchor, means in a file. What lies behind another reference is
    /// found when that is led on. Tools that paste a JSON Schema into a document leave its pointers relative to the schema.
    fn pointer(&self, file: &str, tree: &Node, fragment: &str) -> Option<Pointer> {
        if !fragment.is_empty() && !fragment.starts_with('/') {
            return find_anchor(tree, fragment);
        }
        let pointer = Pointer::from_fragment(&format!("#{fragment}"))?;
        let is_there =
            |pointer: &Pointer| pointer.find(tree).is_some() || pointer.find_nearest(tree).get("$ref").is_some();
        if is_there(&pointer) {
            return Some(pointer);
        }
        let around = self.around.as_ref().filter(|around| around.file == file)?;
        let inner = around.pointer.below(pointer.tokens());
        is_there(&inner).then_some(inner)
    }

    /// A schema of the file where the place is, by its name.
    pub(super) fn named_schema(&mut self, name: &str, place: &Place) -> Option<String> {
        if !self.library.has(&place.file) {
            return None;
        }
        let tree = self.library.open(&place.file, place, self.findings)?;
        let pointers = [
            Pointer::root().child("components").child("schemas").child(name),
            Pointer::root().child("definitions").child(name),
        ];
        let pointer = pointers.into_iter().find(|pointer| pointer.find(&tree).is_some())?;
        match self.destination(&pointer.to_string(), place, "schemas")? {
            Destination::Here => None,
            Destination::At(reference) => Some(reference),
        }
    }

    /// Where the components of a section stand.
    fn home(&self, section: &'static str) -> Pointer {
        let key = match section {
            "schemas" => "definitions",
            "parameters" | "responses" => section,
            "securitySchemes" => "securityDefinitions",
            _ => return Pointer::root().child("components").child(section),
        };
        if self.swagger {
            Pointer::root().child(key)
        } else {
            Pointer::root().child("components").child(section)
        }
    }

    /// Takes note of the components that are there, and of those that are another file's under the document's names.
    pub(super) fn adopt(&mut self, document: &mut Node) {
        for section in SECTIONS {
            let Some(node) = self.declared(document, section) else {
                continue;
            };
            let Value::Object(map) = &node.value else { continue };
            for (name, entry) in map {
                self.taken.insert((section, name.clone()));
                let Some((written, reference)) = lone_reference(&entry.node) else {
                    continue;
                };
                if let Some(Found::Elsewhere(found)) = self.find(written, &reference.place) {
                    let (target, inner) = split(&found, section);
                    let is_new = inner.is_empty() && !self.brought.contains_key(&target);
                    if is_new && target.section == section {
                        self.plan(target, name.clone(), found.tree, &reference.place);
                    }
                }
            }
        }
    }

    /// A section of the document; what it is a reference to is put in place.
    fn declared<'d>(&mut self, document: &'d mut Node, section: &'static str) -> Option<&'d mut Node> {
        let mut node = document;
        for token in self.home(section).tokens() {
            let Value::Object(map) = &mut node.value else {
                return None;
            };
            node = &mut map.get_mut(token)?.node;
            self.include(node);
            self.included.clear();
        }
        Some(node)
    }

    /// The name of the component that something in another file is, or will be.
    fn component(&mut self, target: Target, tree: Rc<Node>, place: &Place) -> String {
        if let Some(name) = self.brought.get(&target) {
            return name.clone();
        }
        let wanted = name(&target);
        let mut name = wanted.clone();
        let mut number = 2;
        while !self.taken.insert((target.section, name.clone())) {
            name = format!("{wanted}_{number}");
            number += 1;
        }
        if name != wanted {
            let reference = self.home(target.section).child(&name).to_string();
            self.renamed.insert(reference, wanted.clone());
            self.report_renamed(&target, &wanted, &name, place);
        }
        self.plan(target, name.clone(), tree, place);
        name
    }

    fn report_renamed(&mut self, target: &Target, wanted: &str, name: &str, place: &Place) {
        if UNNAMED.contains(&target.section) {
            return;
        }
        let message = format!("`{wanted}` of `{}` is called `{name}`: there is another", target.file);
        let help = "give one of them another name, or name it under the document's `components`";
        self.findings
            .push(Finding::note(codes::RENAMED_COMPONENT, place.clone(), message).help(help));
    }

    fn plan(&mut self, target: Target, name: String, tree: Rc<Node>, place: &Place) {
        self.brought.insert(target.clone(), name.clone());
        self.pending.push_back(Pending {
            target,
            name,
            tree,
            place: place.clone(),
        });
    }

    /// Makes the components that references lead to, and those that these refer to.
    pub(super) fn bring_all(&mut self, document: &mut Node) {
        while let Some(Pending {
            target,
            name,
            tree,
            place,
        }) = self.pending.pop_front()
        {
            let copy = self.copy(&target.pointer, &tree, &place);
            let (Some(mut node), Some(kind)) = (copy, kinds::of_section(target.section)) else {
                continue;
            };
            let home = self.home(target.section);
            self.around = Some(target);
            self.visit(&mut node, kind);
            self.around = None;
            insert(document, home.tokens(), name, node);
        }
    }

    /// A copy of what stands in another file. `None`, with a finding, where there is nothing, or too much.
    pub(super) fn copy(&mut self, pointer: &Pointer, tree: &Node, place: &Place) -> Option<Node> {
        let Some(node) = pointer.find(tree) else {
            let file = &tree.place.file;
            let message = format!("`{pointer}` of `{file}` leads through another reference, and that is not followed");
            self.unresolved(place, message, "refer to where that reference leads");
            return None;
        };
        let size = values(node);
        if size > self.left {
            self.left = 0;
            self.findings.push(too_much(place, "too many parts of other files"));
            return None;
        }
        self.left -= size;
        Some(node.clone())
    }
}

/// What becomes a component, and the way from there to what is referred to.
fn split(found: &Elsewhere, section: &'static str) -> (Target, Vec<String>) {
    let length = if section == "schemas" {
        outer_length(&found.pointer)
    } else {
        found.pointer.tokens().len()
    };
    let (outer, inner) = found.pointer.tokens().split_at(length);
    let section = match outer {
        // What stands among the components of its file is what it is there, whatever is wanted.
        [components, own, _] if components == "components" => {
            SECTIONS.into_iter().find(|known| known == own).unwrap_or(section)
        }
        _ => section,
    };
    let target = Target {
        file: found.file.clone(),
        pointer: Pointer::root().below(outer),
        section,
    };
    (target, inner.to_vec())
}

/// How many tokens of a pointer lead to the outermost schema on the way.
fn outer_length(pointer: &Pointer) -> usize {
    let tokens = pointer.tokens();
    let named = match tokens {
        [first, _, _, ..] if first == "components" => 3,
        [first, _, ..] if first == "definitions" || first == "$defs" => 2,
        _ => 0,
    };
    let inner = tokens
        .iter()
        .skip(named)
        .position(|token| INNER.contains(&token.as_str()));
    inner.map_or(tokens.len(), |at| named + at)
}

/// What a component is called: the last word of the reference that is a name.
fn name(target: &Target) -> String {
    let tells = |token: &&String| {
        !token.is_empty()
            && !token.starts_with('/')
            && !NAMELESS.contains(&token.as_str())
            && token.parse::<u64>().is_err()
    };
    let word = target.pointer.tokens().iter().rev().find(tells);
    word.map_or_else(|| stem(&target.file).to_owned(), Clone::clone)
}

/// The pointer to the schema with an anchor.
fn find_anchor(tree: &Node, anchor: &str) -> Option<Pointer> {
    let mut open = vec![(tree, Pointer::root())];
    while let Some((node, pointer)) = open.pop() {
        match &node.value {
            Value::Array(items) => {
                let inner = items.iter().enumerate();
                open.extend(inner.map(|(at, item)| (item, pointer.child(at.to_string()))));
            }
            Value::Object(map) => {
                let is = |key| node.get(key).and_then(Node::as_str) == Some(anchor);
                if is("$anchor") || is("$dynamicAnchor") {
                    return Some(pointer);
                }
                open.extend(map.iter().map(|(key, entry)| (&entry.node, pointer.child(key))));
            }
            _ => {}
        }
    }
    None
}

/// How many values a value is made of.
fn values(node: &Node) -> usize {
    match &node.value {
        Value::Array(items) => 1 + items.iter().map(values).sum::<usize>(),
        Value::Object(map) => 1 + map.values().map(|entry| values(&entry.node)).sum::<usize>(),
        _ => 1,
    }
}

/// Puts a component where it belongs. A section that is no object stays as it is, to be reported.
fn insert(document: &mut Node, home: &[String], name: String, component: Node) {
    let mut node = document;
    for token in home {
        let place = node.place.clone();
        let Value::Object(map) = &mut node.value else { return };
        let section = map.entry(token.clone()).or_insert_with(|| Entry {
            key: place.clone(),
            node: Node::new(place, Value::Object(Map::new())),
        });
        node = &mut section.node;
    }
    if let Value::Object(map) = &mut node.value {
        let key = map
            .get(&name)
            .map_or_else(|| component.place.clone(), |known| known.key.clone());
        map.insert(name, Entry { key, node: component });
    }
}
