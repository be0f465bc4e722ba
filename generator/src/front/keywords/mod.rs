//! What becomes of each key of a document: honoured, documented only, or ignored.
//!
//! Knows the specification's objects, as a table of their keys; walks the document as it is written, so that what is read
//! and what is passed over is met alike. What stands under an ignored key is not looked into: all of it is ignored.

mod exact;
mod table;
#[cfg(test)]
mod tests;

use self::exact::Position;
use self::table::{
    FORM, FURTHER_SERVER, HEADER, Holds, MEDIA_TYPE, PARAMETER, REFERENCE, REQUEST_BODY, ROOT, SCHEMA, SERVER,
};
use super::filter::Selection;
use super::source::{Map, Node, Value};
use crate::diagnostic::Place;
use crate::front::media_type::essence;

pub(crate) use exact::is_annotation;
pub(crate) use table::keyword;
pub use table::{Object, Row, object};

/// What becomes of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Treatment {
    /// It is not in the client.
    Ignored,
    /// It is in the documentation of the client, and nowhere else.
    Documented,
    /// The client is as it says.
    Honoured,
}

impl Treatment {
    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ignored => "ignored",
            Self::Documented => "documented",
            Self::Honoured => "honoured",
        }
    }
}

/// A key at one place of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Met {
    /// The object that it belongs to, without the word object.
    pub object: &'static str,
    /// The key.
    pub key: String,
    /// What becomes of it.
    pub treatment: Treatment,
    /// Why, or in which way; empty where there is nothing to add.
    pub why: &'static str,
    /// Where it stands.
    pub place: Place,
}

/// Every key of the specification, and every one that looks like one, by their places. Extensions (`x-…`) are
/// nobody's but their author's, and what is filtered out is not met.
pub fn met(document: &Node, selection: &Selection) -> Vec<Met> {
    let is_3_0 = document
        .get("openapi")
        .and_then(Node::written)
        .is_some_and(|version| version.starts_with("3.0"));
    let mut walk = Walk {
        selection,
        is_3_0,
        met: Vec::new(),
        open: vec![Open {
            node: document,
            object: &ROOT,
            position: Position::Elsewhere,
            path: None,
        }],
    };
    while let Some(open) = walk.open.pop() {
        walk.step(open);
    }
    walk.met.sort_by(|one, other| one.place.cmp(&other.place));
    walk.met
}

/// What is still to be looked into: a node that should be an object of a kind.
#[derive(Clone, Copy)]
struct Open<'d> {
    node: &'d Node,
    object: &'static Object,
    position: Position,
    /// The path that a path item stands under.
    path: Option<&'d str>,
}

/// A walk with its own stack: documents may nest deeper than threads do.
struct Walk<'d, 's> {
    selection: &'s Selection,
    is_3_0: bool,
    met: Vec<Met>,
    open: Vec<Open<'d>>,
}

impl<'d> Walk<'d, '_> {
    fn step(&mut self, open: Open<'d>) {
        let Some(map) = open.node.as_object() else { return };
        let object = kind(map, open.object);
        for (key, entry) in map.iter().filter(|(key, _)| !key.starts_with("x-")) {
            // Methods in capitals are read, too.
            let method = open.path.map(|path| (path, key.to_ascii_lowercase()));
            let left_out = |(path, method): &(&str, String)| self.selection.leaves_out(&slashed(path), method);
            if method.as_ref().is_some_and(left_out) {
                continue;
            }
            let row = object.row(key).or_else(|| object.row(&method.as_ref()?.1));
            let (treatment, why) = match row {
                Some(row) if object.name == SCHEMA.name => exact::treatment(row, map, open.position, self.is_3_0),
                Some(row) if object.name == PARAMETER.name => exact::of_parameter(row, map),
                Some(row) if object.name == HEADER.name => exact::of_header(row, map),
                Some(row) => (row.treatment, row.why),
                None if object.name == SCHEMA.name => exact::unknown(map, open.position),
                None => (Treatment::Ignored, "unknown"),
            };
            self.met.push(Met {
                object: object.name,
                key: key.clone(),
                treatment,
                why,
                place: entry.key.clone(),
            });
            if let Some(row) = row.filter(|_| treatment != Treatment::Ignored) {
                self.below(object, map, row, &entry.node);
            }
        }
    }

    /// Remembers what stands under a key.
    fn below(&mut self, object: &Object, map: &Map, row: &Row, node: &'d Node) {
        let position = match (object.name, row.key) {
            ("Schema", "properties") => Position::Field,
            ("Parameter", "schema") if exact::is_argument(map) => Position::Argument,
            ("Parameter" | "Header", "schema") => Position::Parameter,
            ("Components", "schemas") => Position::Component,
            _ => Position::Elsewhere,
        };
        let open = |node, object| Open {
            node,
            object,
            position,
            path: None,
        };
        match (row.holds, &node.value) {
            (Holds::Servers, Value::Array(items)) => {
                let kinds = std::iter::once(&SERVER).chain(std::iter::repeat(&FURTHER_SERVER));
                self.open
                    .extend(items.iter().zip(kinds).map(|(item, kind)| open(item, kind)));
            }
            (Holds::One(kind), Value::Array(items)) => self.open.extend(items.iter().map(|item| open(item, kind))),
            (Holds::One(kind), _) => self.open.push(open(node, kind)),
            (Holds::Map(kind), Value::Object(map)) => self.entries(object, row, kind, map, position),
            (Holds::Maps(kind), Value::Object(maps)) => {
                for map in maps.values().filter_map(|entry| entry.node.as_object()) {
                    self.entries(object, row, kind, map, position);
                }
            }
            (Holds::Value | Holds::Map(_) | Holds::Maps(_) | Holds::Servers, _) => {}
        }
    }

    fn entries(&mut self, object: &Object, row: &Row, kind: &'static Object, map: &'d Map, position: Position) {
        for (name, entry) in map {
            let passed_over = match object.name {
                // Properties may be called anything.
                "Schema" => false,
                _ if name.starts_with("x-") => true,
                "OpenAPI" => self.selection.leaves_out_path(&slashed(name)),
                "Components" => self.selection.leaves_out_component(row.key, name),
                _ => false,
            };
            if !passed_over {
                self.open.push(Open {
                    node: &entry.node,
                    object: if object.name == REQUEST_BODY.name {
                        form(kind, name)
                    } else {
                        kind
                    },
                    position,
                    path: (row.key == "paths").then_some(name),
                });
            }
        }
    }
}

/// What stands here: a reference, where one takes the place of something that has none itself.
fn kind(map: &Map, object: &'static Object) -> &'static Object {
    if map.contains_key("$ref") && object.row("$ref").is_none() {
        &REFERENCE
    } else {
        object
    }
}

/// The media type of a request, which may be that of a form.
fn form(kind: &'static Object, media_type: &str) -> &'static Object {
    let is_form = ["multipart/form-data", "application/x-www-form-urlencoded"].contains(&&*essence(media_type));
    if is_form && std::ptr::eq(kind, &raw const MEDIA_TYPE) {
        &FORM
    } else {
        kind
    }
}

fn slashed(path: &str) -> String {
    format!("/{}", path.strip_prefix('/').unwrap_or(path))
}
