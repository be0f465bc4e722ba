//! What each object of an OpenAPI document may hold, as a table, and the walk that checks a document against it.
//!
//! Knows the keys and kinds of the specification's objects other than schemas. What needs more than a kind (parameters,
//! responses, security …) is named here and done in the module of that name.

use super::{Normalizer, build, keys};
use crate::diagnostic::{Finding, codes};
use crate::front::source::{Entry, Map, Node, Value};

/// An object of the specification.
pub(super) struct Shape {
    /// Its name, for findings.
    pub(super) name: &'static str,
    /// Its keys.
    pub(super) fields: &'static [(&'static str, Expect)],
    /// The keys without which it is dropped.
    pub(super) required: &'static [&'static str],
}

/// What the value of a key must be.
#[derive(Clone, Copy)]
pub(super) enum Expect {
    /// Text.
    Text,
    /// Text; a number or boolean is meant as the text that is written.
    Label,
    /// A boolean.
    Flag,
    /// Any value.
    Any,
    /// A list of labels.
    Labels,
    /// An object whose values are labels.
    LabelMap,
    /// An object.
    Object(&'static Shape),
    /// An object whose values are objects.
    ObjectMap(&'static Shape),
    /// A part with rules of its own.
    Part(Part),
    /// Known, and of no use to a client.
    Unused,
}

/// Parts with rules of their own.
#[derive(Clone, Copy)]
pub(super) enum Part {
    Schema,
    Parameters,
    RequestBody,
    Responses,
    Content,
    Headers,
    Examples,
    ItemSchema,
    Security,
    Servers,
    Tags,
    Flows,
    Callbacks,
}

use Expect::{Any, Flag, Label, LabelMap, Labels, Object, ObjectMap, Text, Unused};

pub(super) static ROOT: Shape = Shape {
    name: "OpenAPI",
    fields: &[
        ("openapi", Unused),
        ("$self", Unused),
        ("info", Object(&INFO)),
        ("jsonSchemaDialect", Unused),
        ("servers", Expect::Part(Part::Servers)),
        ("paths", Unused), // walked by `paths`, after everything that paths refer to
        ("webhooks", Unused),
        ("components", Unused), // walked by `components`
        ("security", Expect::Part(Part::Security)),
        ("tags", Expect::Part(Part::Tags)),
        ("externalDocs", Object(&EXTERNAL_DOCS)),
        ("$defs", Unused),
        ("definitions", Unused),
    ],
    required: &[],
};

static INFO: Shape = Shape {
    name: "Info",
    fields: &[
        ("title", Label),
        ("summary", Unused),
        ("description", Text),
        ("termsOfService", Text),
        ("contact", Object(&CONTACT)),
        ("license", Object(&LICENSE)),
        ("version", Label),
    ],
    required: &[],
};

static CONTACT: Shape = Shape {
    name: "Contact",
    fields: &[("name", Label), ("url", Text), ("email", Text)],
    required: &[],
};

static LICENSE: Shape = Shape {
    name: "License",
    fields: &[("name", Label), ("identifier", Unused), ("url", Text)],
    required: &["name"],
};

static EXTERNAL_DOCS: Shape = Shape {
    name: "External Documentation",
    fields: &[("description", Text), ("url", Text)],
    required: &["url"],
};

pub(super) static TAG: Shape = Shape {
    name: "Tag",
    fields: &[
        ("name", Label),
        ("summary", Unused),
        ("description", Text),
        ("externalDocs", Object(&EXTERNAL_DOCS)),
        ("parent", Unused),
        ("kind", Unused),
    ],
    required: &["name"],
};

pub(super) static SERVER: Shape = Shape {
    name: "Server",
    fields: &[
        ("url", Label),
        ("description", Text),
        ("name", Unused),
        ("variables", ObjectMap(&SERVER_VARIABLE)),
    ],
    required: &["url"],
};

pub(super) static SERVER_VARIABLE: Shape = Shape {
    name: "Server Variable",
    fields: &[("enum", Labels), ("default", Label), ("description", Text)],
    required: &["default"],
};

pub(super) static PATH_ITEM: Shape = Shape {
    name: "Path Item",
    fields: &[
        ("$ref", Unused), // inlined by `paths`
        ("summary", Text),
        ("description", Text),
        ("servers", Expect::Part(Part::Servers)),
        ("parameters", Unused), // merged into each operation by `paths`
        ("get", Unused),        // the methods: walked by `operation`
        ("put", Unused),
        ("post", Unused),
        ("delete", Unused),
        ("options", Unused),
        ("head", Unused),
        ("patch", Unused),
        ("trace", Unused),
        ("query", Unused),
        ("additionalOperations", Unused),
    ],
    required: &[],
};

pub(super) static OPERATION: Shape = Shape {
    name: "Operation",
    fields: &[
        ("tags", Labels),
        ("summary", Text),
        ("description", Text),
        ("externalDocs", Object(&EXTERNAL_DOCS)),
        ("operationId", Label),
        ("parameters", Expect::Part(Part::Parameters)),
        ("requestBody", Expect::Part(Part::RequestBody)),
        ("responses", Expect::Part(Part::Responses)),
        ("callbacks", Expect::Part(Part::Callbacks)),
        ("deprecated", Flag),
        ("security", Expect::Part(Part::Security)),
        ("servers", Expect::Part(Part::Servers)),
    ],
    required: &[],
};

pub(super) static PARAMETER: Shape = Shape {
    name: "Parameter",
    fields: &[
        ("name", Label),
        ("in", Text),
        ("description", Text),
        ("required", Flag),
        ("deprecated", Flag),
        ("allowEmptyValue", Flag),
        ("style", Text),
        ("explode", Flag),
        ("allowReserved", Flag),
        ("schema", Expect::Part(Part::Schema)),
        ("example", Any),
        ("examples", Expect::Part(Part::Examples)),
        ("content", Expect::Part(Part::Content)),
    ],
    required: &[],
};

pub(super) static HEADER: Shape = Shape {
    name: "Header",
    fields: &[
        ("name", Unused),
        ("in", Unused),
        ("description", Text),
        ("required", Flag),
        ("deprecated", Flag),
        ("allowEmptyValue", Unused),
        ("style", Unused), // there is one
        ("explode", Flag),
        ("schema", Expect::Part(Part::Schema)),
        ("example", Any),
        ("examples", Expect::Part(Part::Examples)),
        ("content", Expect::Part(Part::Content)),
    ],
    required: &[],
};

pub(super) static REQUEST_BODY: Shape = Shape {
    name: "Request Body",
    fields: &[
        ("description", Text),
        ("content", Expect::Part(Part::Content)),
        ("required", Flag),
    ],
    required: &["content"],
};

pub(super) static MEDIA_TYPE: Shape = Shape {
    name: "Media Type",
    fields: &[
        ("schema", Expect::Part(Part::Schema)),
        ("itemSchema", Expect::Part(Part::ItemSchema)),
        ("example", Any),
        ("examples", Expect::Part(Part::Examples)),
        ("encoding", ObjectMap(&ENCODING)),
        ("prefixEncoding", Unused),
        ("itemEncoding", Unused),
    ],
    required: &[],
};

pub(super) static ENCODING: Shape = Shape {
    name: "Encoding",
    fields: &[
        ("contentType", Text),
        ("headers", Expect::Part(Part::Headers)),
        ("style", Text),
        ("explode", Flag),
        ("allowReserved", Flag),
        ("encoding", Unused),
        ("prefixEncoding", Unused),
        ("itemEncoding", Unused),
    ],
    required: &[],
};

pub(super) static RESPONSE: Shape = Shape {
    name: "Response",
    fields: &[
        ("summary", Unused),
        ("description", Text),
        ("headers", Expect::Part(Part::Headers)),
        ("content", Expect::Part(Part::Content)),
        ("links", Unused),
    ],
    required: &[],
};

pub(super) static SECURITY_SCHEME: Shape = Shape {
    name: "Security Scheme",
    fields: &[
        ("type", Text),
        ("description", Text),
        ("name", Label),
        ("in", Text),
        ("scheme", Text),
        ("bearerFormat", Label),
        ("flows", Expect::Part(Part::Flows)),
        ("openIdConnectUrl", Text),
        ("oauth2MetadataUrl", Unused),
        ("deprecated", Unused),
    ],
    required: &["type"],
};

pub(super) static FLOW: Shape = Shape {
    name: "OAuth Flow",
    fields: &[
        ("authorizationUrl", Text),
        ("deviceAuthorizationUrl", Unused),
        ("tokenUrl", Text),
        ("refreshUrl", Text),
        ("scopes", LabelMap),
    ],
    required: &[],
};

impl Shape {
    fn expect(&self, key: &str) -> Option<Expect> {
        self.fields
            .iter()
            .find(|(name, _)| *name == key)
            .map(|(_, expect)| *expect)
    }
}

impl<'d> Normalizer<'d, '_> {
    /// Checks an object key by key. `None` where it is none, or lacks what it cannot be without.
    pub(super) fn object(&mut self, node: &'d Node, shape: &'static Shape) -> Option<Map> {
        let Value::Object(source) = &node.value else {
            self.malformed(shape.name, node, "an object");
            return None;
        };
        let mut map = Map::new();
        for (key, entry) in source {
            if let Some(node) = self.field(shape, key, entry) {
                map.insert(
                    key.clone(),
                    Entry {
                        key: entry.key.clone(),
                        node,
                    },
                );
            }
        }
        let missing = shape.required.iter().find(|key| !map.contains_key(**key));
        if let Some(key) = missing {
            let message = format!("this {} Object has no `{key}`; it is left out", shape.name);
            self.findings.push(
                Finding::warning(codes::MISSING_KEY, node.place.clone(), message)
                    .help(format!("add `{key}` to the object")),
            );
            return None;
        }
        Some(map)
    }

    /// One value of an object.
    pub(super) fn field(&mut self, shape: &'static Shape, key: &str, entry: &'d Entry) -> Option<Node> {
        if key.starts_with("x-") {
            return self.extension(key, entry);
        }
        let Some(expect) = shape.expect(key) else {
            self.unknown_key(shape, key, entry);
            return None;
        };
        self.expected(key, &entry.node, expect)
    }

    /// A specification extension: kept, unless its name is ours.
    pub(super) fn extension(&mut self, key: &str, entry: &Entry) -> Option<Node> {
        if !key.starts_with(keys::PREFIX) {
            return Some(entry.node.clone());
        }
        let message = format!("`{key}` is reserved; it is ignored");
        let finding = Finding::warning(codes::RESERVED_KEY, entry.key.clone(), message).help("remove the key");
        self.tally.count(key, finding);
        None
    }

    fn unknown_key(&mut self, shape: &Shape, key: &str, entry: &Entry) {
        if shape.name == PATH_ITEM.name && shape.expect(&key.to_ascii_lowercase()).is_some() {
            return; // a method in capitals, which `paths` repairs
        }
        let message = format!("`{key}` is not among the keys of {} Objects; it is ignored", shape.name);
        let finding = Finding::note(codes::UNKNOWN_KEY, entry.key.clone(), message)
            .help("check its spelling and its indentation, or begin it with `x-`");
        self.tally.count(&format!("{} {key}", shape.name), finding);
    }

    fn expected(&mut self, key: &str, node: &'d Node, expect: Expect) -> Option<Node> {
        match expect {
            Unused => None,
            Any => Some(node.clone()),
            Text => self.text(key, node),
            Label => self.label(key, node),
            Flag => self.flag(key, node),
            Labels => {
                let items = self.items(key, node)?;
                let labels = items.iter().filter_map(|item| self.label(key, item)).collect();
                Some(build::list(&node.place, labels))
            }
            LabelMap => self.values(key, node, Self::label),
            Object(shape) => Some(build::object(&node.place, self.object(node, shape)?)),
            ObjectMap(shape) => self.values(key, node, |this, _, value| {
                let map = this.object(value, shape)?;
                Some(build::object(&value.place, map))
            }),
            Expect::Part(part) => self.part(part, key, node),
        }
    }

    fn part(&mut self, part: Part, key: &str, node: &'d Node) -> Option<Node> {
        match part {
            Part::Schema => Some(self.schema(node)),
            Part::Parameters => self.parameters(node),
            Part::RequestBody => self.request_body(node),
            Part::Responses => Some(self.responses(node)),
            Part::Content => self.content(node),
            Part::Headers => self.headers(key, node),
            Part::Examples => self.first_example(node),
            Part::ItemSchema => Some(self.detached(node, "stream_item")),
            Part::Security => self.security(node),
            Part::Servers => self.servers(node),
            Part::Tags => self.tags(node),
            Part::Flows => self.flows(node),
            // Read by `operation`, which knows whose they are.
            Part::Callbacks => None,
        }
    }

    /// The items of a list, or a finding.
    pub(super) fn items(&mut self, key: &str, node: &'d Node) -> Option<&'d [Node]> {
        let Value::Array(items) = &node.value else {
            self.malformed(key, node, "a list");
            return None;
        };
        Some(items)
    }

    /// An object with any keys, each value of which is read by `read`; what it refuses is left out.
    pub(super) fn values(
        &mut self,
        key: &str,
        node: &'d Node,
        mut read: impl FnMut(&mut Self, &str, &'d Node) -> Option<Node>,
    ) -> Option<Node> {
        let Value::Object(source) = &node.value else {
            self.malformed(key, node, "an object");
            return is_blank(node).then(|| build::empty(&node.place));
        };
        let mut map = Map::new();
        for (name, entry) in source {
            if let Some(node) = read(self, name, &entry.node) {
                map.insert(
                    name.clone(),
                    Entry {
                        key: entry.key.clone(),
                        node,
                    },
                );
            }
        }
        Some(build::object(&node.place, map))
    }

    /// Text; another scalar is read as it is written, and reported.
    pub(super) fn text(&mut self, key: &str, node: &Node) -> Option<Node> {
        if matches!(node.value, Value::String(_)) {
            return Some(node.clone());
        }
        self.malformed(key, node, "text");
        build::written(node).map(|written| build::text(&node.place, written))
    }

    /// Text, or another scalar as it is written.
    pub(super) fn label(&mut self, key: &str, node: &Node) -> Option<Node> {
        let written = build::written(node);
        if written.is_none() {
            self.malformed(key, node, "text");
        }
        written.map(|written| build::text(&node.place, written))
    }

    /// A boolean; the texts `true` and `false` are taken for one, and reported.
    pub(super) fn flag(&mut self, key: &str, node: &Node) -> Option<Node> {
        if matches!(node.value, Value::Bool(_)) {
            return Some(node.clone());
        }
        self.malformed(key, node, "a boolean");
        build::as_text(node)?
            .parse()
            .ok()
            .map(|value| build::flag(&node.place, value))
    }

    /// Reports a value of the wrong kind. One that says nothing is reported once.
    pub(super) fn malformed(&mut self, key: &str, node: &Node, wanted: &str) {
        let message = format!("`{key}` is {}, not {wanted}", build::kind(node));
        let help = format!("write {wanted}, or leave it out");
        let finding = Finding::warning(codes::MALFORMED_VALUE, node.place.clone(), message).help(help);
        if is_blank(node) {
            self.tally.count(&format!("{key} {}", build::kind(node)), finding);
        } else {
            self.findings.push(finding);
        }
    }
}

/// Whether the value says nothing: null, or the list that some languages write for an empty object.
fn is_blank(node: &Node) -> bool {
    match &node.value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::front::keywords;

    #[test]
    fn what_becomes_of_each_key_is_known() {
        for shape in [
            &ROOT,
            &INFO,
            &TAG,
            &SERVER,
            &SERVER_VARIABLE,
            &PATH_ITEM,
            &OPERATION,
            &PARAMETER,
            &REQUEST_BODY,
            &MEDIA_TYPE,
            &RESPONSE,
            &SECURITY_SCHEME,
        ] {
            let checked: Vec<_> = shape.fields.iter().map(|(key, _)| *key).collect();
            let rows = keywords::object(shape.name).map(|object| object.rows);
            let told: Vec<_> = rows.into_iter().flatten().map(|row| row.key).collect();
            assert_eq!(checked, told, "{}", shape.name);
        }
    }
}
