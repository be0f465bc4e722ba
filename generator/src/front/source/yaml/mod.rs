//! YAML 1.2 to a tree.
//!
//! The parser's events say where every node stands; what a plain scalar is, how keys become strings, merge keys, aliases
//! and the limits that keep a hostile document small are ours. A document that JSON's data model cannot hold in some part
//! is read without that part, with a finding.

mod explain;
mod tag;

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, Tag};

use super::lines::count;
use super::scalar::{Plain, resolve};
use super::{
    Entry, MAX_DEPTH, MAX_VALUES, Map, Node, Source, Value, insert, too_deep, too_many_values, unrepresentable,
};
use crate::diagnostic::{Finding, Findings, Place, codes};

/// What all copies that aliases make may weigh together: a value counts one, and one more for every 64 bytes of text.
const MAX_COPIED: usize = 2_000_000;

pub(super) fn parse(source: &Source, findings: &mut Findings) -> Option<Node> {
    let text = source.text.trim_start_matches('\u{feff}');
    let mut builder = Builder::new(&source.name, text, findings);
    let read = builder.read(text);
    let root = builder.root.take();
    match read {
        Ok(()) => {
            if root.is_none() {
                let place = builder.place(Marker::new(0, 1, 0));
                findings
                    .push(Finding::error(codes::MALFORMED_YAML, place, "the file is empty").help("give it a document"));
            }
            root
        }
        Err(finding) => {
            findings.push(*finding);
            None
        }
    }
}

/// What ends the reading.
type Fatal = Box<Finding>;

/// A collection that is not closed yet.
enum Open {
    Sequence {
        place: Place,
        anchor: usize,
        items: Vec<Node>,
    },
    Mapping {
        place: Place,
        anchor: usize,
        map: Map,
        key: Option<Key>,
        merges: Vec<Node>,
    },
}

/// A key whose value is to come.
enum Key {
    Name(String, Place),
    /// `<<`
    Merge,
    /// Reported; the value is left out with it.
    Unusable,
}

/// What an anchor stands for.
struct Anchor {
    node: Node,
    weight: usize,
    depth: usize,
}

struct Builder<'f> {
    file: Arc<str>,
    /// The end of the text: line, and characters in it.
    end: (usize, usize),
    findings: &'f mut Findings,
    stack: Vec<Open>,
    anchors: HashMap<usize, Anchor>,
    /// How many values there are so far; keys are none.
    values: usize,
    copied: usize,
    root: Option<Node>,
}

impl<'f> Builder<'f> {
    fn new(file: &str, text: &str, findings: &'f mut Findings) -> Self {
        Self {
            file: Arc::from(file),
            end: end(text),
            findings,
            stack: Vec::new(),
            anchors: HashMap::new(),
            values: 0,
            copied: 0,
            root: None,
        }
    }

    fn read(&mut self, text: &str) -> Result<(), Fatal> {
        let mut parser = Parser::new_from_str(text);
        while let Some(event) = parser.next_event() {
            let (event, span) =
                event.map_err(|error| Box::new(explain::explain(error.info(), self.place(*error.marker()))))?;
            let place = self.place(span.start);
            if self.root.is_none() {
                self.event(event, place)?;
            } else if is_content(&event) {
                let message = "the file holds more than one YAML document";
                let help = "keep the others in files of their own; only the first one is read";
                self.findings
                    .push(Finding::warning(codes::SEVERAL_DOCUMENTS, place, message).help(help));
                return Ok(());
            }
        }
        Ok(())
    }

    fn event(&mut self, event: Event<'_>, place: Place) -> Result<(), Fatal> {
        match event {
            Event::Scalar(text, style, anchor, tag) => self.scalar(&text, style, anchor, tag, place),
            Event::SequenceStart(anchor, tag) => {
                tag::collection(tag.as_deref(), "!!seq", &place, self.findings);
                self.open(Open::Sequence {
                    place,
                    anchor,
                    items: Vec::new(),
                })
            }
            Event::MappingStart(anchor, tag) => {
                tag::collection(tag.as_deref(), "!!map", &place, self.findings);
                self.open(Open::Mapping {
                    place,
                    anchor,
                    map: Map::new(),
                    key: None,
                    merges: Vec::new(),
                })
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(),
            Event::Alias(anchor) => self.alias(anchor, place),
            _ => Ok(()),
        }
    }

    /// The parser sees a line break behind a text that ends without one.
    fn place(&self, marker: Marker) -> Place {
        let (line, column) = (marker.line(), marker.col()).min(self.end);
        Place {
            file: Arc::clone(&self.file),
            line: count(line),
            column: count(column + 1),
        }
    }

    fn open(&mut self, open: Open) -> Result<(), Fatal> {
        if self.stack.len() >= MAX_DEPTH {
            let (Open::Sequence { place, .. } | Open::Mapping { place, .. }) = open;
            return Err(Box::new(too_deep(place)));
        }
        self.stack.push(open);
        Ok(())
    }

    fn close(&mut self) -> Result<(), Fatal> {
        match self.stack.pop() {
            Some(Open::Sequence { place, anchor, items }) => {
                self.complete(Node::new(place, Value::Array(items)), anchor)
            }
            Some(Open::Mapping {
                place,
                anchor,
                mut map,
                merges,
                ..
            }) => {
                for source in merges {
                    self.merge(&mut map, source);
                }
                self.complete(Node::new(place, Value::Object(map)), anchor)
            }
            // The parser closes only what it has opened.
            None => Ok(()),
        }
    }

    /// A node is there with all that belongs to it: it goes into the collection around it.
    fn complete(&mut self, node: Node, anchor: usize) -> Result<(), Fatal> {
        let is_key = matches!(self.stack.last(), Some(Open::Mapping { key: None, .. }));
        self.values += usize::from(!is_key);
        if self.values > MAX_VALUES {
            return Err(Box::new(too_many_values(node.place)));
        }
        if anchor > 0 {
            let (weight, depth) = measure(&node);
            self.copy(weight, &node.place)?;
            self.anchors.insert(
                anchor,
                Anchor {
                    node: node.clone(),
                    weight,
                    depth,
                },
            );
        }
        match self.stack.last_mut() {
            None => self.root = Some(node),
            Some(Open::Sequence { items, .. }) => items.push(node),
            Some(Open::Mapping { map, key, merges, .. }) => match key.take() {
                None => *key = Some(as_key(node, self.findings)),
                Some(Key::Name(name, place)) => insert(map, name, Entry { key: place, node }, self.findings),
                Some(Key::Merge) => merges.push(node),
                Some(Key::Unusable) => {}
            },
        }
        Ok(())
    }

    fn scalar(
        &mut self,
        text: &str,
        style: ScalarStyle,
        anchor: usize,
        tag: Option<Cow<'_, Tag>>,
        place: Place,
    ) -> Result<(), Fatal> {
        let plain = style == ScalarStyle::Plain;
        if let (true, None, "<<", Some(Open::Mapping { key: key @ None, .. })) =
            (plain, &tag, text, self.stack.last_mut())
        {
            *key = Some(Key::Merge);
            return Ok(());
        }
        let resolved = match tag {
            Some(tag) => tag::scalar(&tag, text, plain, &place, self.findings),
            None if plain => resolve(text),
            None => Plain::Text,
        };
        let (value, text) = match resolved {
            Plain::Value(value) => (value, Some(Box::from(text))),
            Plain::Text => (Value::String(text.to_owned()), None),
            Plain::Unrepresentable => {
                self.findings.push(unrepresentable(place.clone(), text));
                (Value::String(text.to_owned()), None)
            }
        };
        self.complete(Node { place, value, text }, anchor)
    }

    fn alias(&mut self, anchor: usize, place: Place) -> Result<(), Fatal> {
        let Some(Anchor { node, weight, depth }) = self.anchors.get(&anchor) else {
            let message = "an alias stands inside the value that it repeats";
            let help = "write the value out, or use `$ref`, which may be circular";
            return Err(Box::new(
                Finding::error(codes::MALFORMED_YAML, place, message).help(help),
            ));
        };
        if self.stack.len() + depth > MAX_DEPTH {
            return Err(Box::new(too_deep(place)));
        }
        let (node, weight) = (node.clone(), *weight);
        self.copy(weight, &place)?;
        self.complete(node, 0)
    }

    /// Accounts for a copy; an error where a few lines of aliases would fill the memory.
    fn copy(&mut self, weight: usize, place: &Place) -> Result<(), Fatal> {
        self.copied = self.copied.saturating_add(weight);
        if self.copied <= MAX_COPIED {
            return Ok(());
        }
        let message = "the document's aliases repeat too much: the whole would not fit into memory";
        Err(Box::new(
            Finding::error(codes::ALIAS_EXPANSION, place.clone(), message).help("use `$ref` instead of aliases"),
        ))
    }

    /// `<<`: the entries of the mapping, or of each mapping in the sequence, that are not there yet.
    fn merge(&mut self, map: &mut Map, source: Node) {
        match source.value {
            Value::Object(entries) => {
                for (name, entry) in entries {
                    map.entry(name).or_insert(entry);
                }
            }
            Value::Array(items) if items.iter().all(|item| item.as_object().is_some()) => {
                for item in items {
                    self.merge(map, item);
                }
            }
            _ => {
                let message = format!(
                    "the merge key `<<` has {} instead of a mapping or a list of mappings",
                    source.kind_name()
                );
                let help = "give it an alias of a mapping, or put the key in quotes if it is meant as a name";
                self.findings
                    .push(Finding::error(codes::MALFORMED_YAML, source.place, message).help(help));
            }
        }
    }
}

/// Where a text ends: its last line, and how many characters are in it. A line ends as in YAML (section 5.4).
fn end(text: &str) -> (usize, usize) {
    let ends = text.match_indices(['\n', '\r']);
    let ends = ends.filter(|(at, _)| !text[*at..].starts_with("\r\n"));
    let (breaks, last) = ends.fold((0, 0), |(breaks, _), (at, _)| (breaks + 1, at + 1));
    (breaks + 1, text[last..].chars().count())
}

fn is_content(event: &Event<'_>) -> bool {
    // An end marker alone opens an empty document after the first; that is nothing to report.
    match event {
        Event::Scalar(text, style, anchor, tag) => {
            !text.is_empty() || *style != ScalarStyle::Plain || *anchor > 0 || tag.is_some()
        }
        Event::SequenceStart(..) | Event::MappingStart(..) => true,
        _ => false,
    }
}

/// A key is a string; of any other scalar, the text as it is written.
fn as_key(node: Node, findings: &mut Findings) -> Key {
    match (node.value, node.text) {
        (Value::String(name), _) => Key::Name(name, node.place),
        (_, Some(text)) => Key::Name(text.into(), node.place),
        (value, None) => {
            let kind = if matches!(value, Value::Array(_)) {
                "a sequence"
            } else {
                "a mapping"
            };
            let message = format!("a key is {kind}, and the data model of JSON has only strings for keys");
            let help = "write the key as a string; it is left out together with its value";
            findings.push(Finding::error(codes::MALFORMED_YAML, node.place, message).help(help));
            Key::Unusable
        }
    }
}

/// The weight of a node (see [`MAX_COPIED`]) and how many collections lie in one another.
fn measure(node: &Node) -> (usize, usize) {
    let text = |text: &str| text.len() / 64;
    let within = |nodes: &mut dyn Iterator<Item = &Node>| {
        nodes.map(measure).fold((1, 1), |(weight, depth), (more, deeper)| {
            (weight + more, depth.max(deeper + 1))
        })
    };
    match &node.value {
        Value::String(value) => (1 + text(value), 0),
        Value::Array(items) => within(&mut items.iter()),
        Value::Object(map) => {
            let (weight, depth) = within(&mut map.values().map(|entry| &entry.node));
            (weight + map.keys().map(|key| text(key)).sum::<usize>(), depth)
        }
        _ => (1, 0),
    }
}
