//! The components: those that the document declares, and those that are made of what is referred to elsewhere.
//!
//! Knows names and categories; what a component holds is read by the module of its kind.

use std::collections::{HashMap, HashSet, VecDeque};

use indexmap::IndexMap;

use super::refs::Target;
use super::{Normalizer, build, keys};
use crate::front::source::{Entry, Map, Node, Pointer, Value};

/// The sections of the Components Object that can be referred to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Category {
    Schemas,
    Responses,
    Parameters,
    RequestBodies,
    Headers,
    SecuritySchemes,
    PathItems,
    MediaTypes,
    Examples,
    Callbacks,
}

impl Category {
    /// Those that are components of the result too, in the order in which they are written out. The others are put in
    /// place of what refers to them.
    const KEPT: [Self; 6] = [
        Self::Schemas,
        Self::Responses,
        Self::Parameters,
        Self::RequestBodies,
        Self::Headers,
        Self::SecuritySchemes,
    ];

    /// The key in the Components Object.
    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::Schemas => "schemas",
            Self::Responses => "responses",
            Self::Parameters => "parameters",
            Self::RequestBodies => "requestBodies",
            Self::Headers => "headers",
            Self::SecuritySchemes => "securitySchemes",
            Self::PathItems => "pathItems",
            Self::MediaTypes => "mediaTypes",
            Self::Examples => "examples",
            Self::Callbacks => "callbacks",
        }
    }

    /// What findings call one of it.
    pub(super) const fn noun(self) -> &'static str {
        match self {
            Self::Schemas => "a schema",
            Self::Responses => "a response",
            Self::Parameters => "a parameter",
            Self::RequestBodies => "a request body",
            Self::Headers => "a header",
            Self::SecuritySchemes => "a security scheme",
            Self::PathItems => "a path item",
            Self::MediaTypes => "a media type",
            Self::Examples => "an example",
            Self::Callbacks => "a callback",
        }
    }

    /// The category of a section of the Components Object.
    pub(super) fn of_section(key: &str) -> Option<Self> {
        let all = Self::KEPT
            .into_iter()
            .chain([Self::PathItems, Self::MediaTypes, Self::Examples, Self::Callbacks]);
        all.into_iter().find(|category| category.key() == key)
    }

    /// A reference to one of it.
    pub(super) fn reference(self, name: &str) -> String {
        let pointer = Pointer::root().child("components").child(self.key()).child(name);
        pointer.to_string()
    }
}

/// The key of the Components Object of no use to a client.
const UNUSED: &str = "links";

/// What is built so far.
pub(super) struct Components<'d> {
    /// As the document declares them.
    declared: Option<&'d Map>,
    /// The finished ones.
    built: HashMap<Category, IndexMap<String, Entry>>,
    /// The name of what has one: by the node's address in the document, which stays where it is during the walk. `None`
    /// for what had to be dropped.
    named: HashMap<(Category, *const Node), Option<String>>,
    /// Names that are given, by category.
    taken: HashSet<(Category, String)>,
    /// Schemas that have a name, but are not read yet.
    pending: VecDeque<Pending<'d>>,
}

struct Pending<'d> {
    name: String,
    node: &'d Node,
    scopes: Vec<&'d Node>,
}

impl<'d> Components<'d> {
    pub(super) fn new(document: &'d Node) -> Self {
        let declared = build::as_map(document).and_then(|root| build::get_map(root, "components"));
        Self {
            declared,
            built: HashMap::new(),
            named: HashMap::new(),
            taken: HashSet::new(),
            pending: VecDeque::new(),
        }
    }

    /// The components of a category, as the document declares them.
    pub(super) fn declared(&self, category: Category) -> Option<&'d Map> {
        build::get_map(self.declared?, category.key())
    }

    /// A finished component.
    pub(super) fn built(&self, category: Category, name: &str) -> Option<&Node> {
        self.built.get(&category)?.get(name).map(|entry| &entry.node)
    }

    /// The finished schemas, by name.
    pub(super) fn built_schemas(&mut self) -> &mut IndexMap<String, Entry> {
        self.built.entry(Category::Schemas).or_default()
    }

    fn insert(&mut self, category: Category, name: &str, node: Node) {
        let key = self
            .declared(category)
            .and_then(|map| map.get(name))
            .map(|entry| entry.key.clone());
        let entry = Entry {
            key: key.unwrap_or_else(|| node.place.clone()),
            node,
        };
        self.built.entry(category).or_default().insert(name.to_owned(), entry);
    }

    /// The name of what a reference points to: the one it was declared under, or a new one.
    fn name(&mut self, category: Category, target: &Target<'d>) -> String {
        let declared = self.declared(category);
        if let Some(name) = target
            .component(category)
            .filter(|name| declared.is_some_and(|map| map.contains_key(*name)))
        {
            return name.to_owned();
        }
        let base = describe(&target.pointer);
        let free = |this: &Self, name: &str| {
            !declared.is_some_and(|map| map.contains_key(name)) && !this.taken.contains(&(category, name.to_owned()))
        };
        let mut name = base.clone();
        let mut number = 2;
        while !free(self, &name) {
            name = format!("{base}_{number}");
            number += 1;
        }
        self.taken.insert((category, name.clone()));
        name
    }

    /// The finished components as the Components Object: in the order in which they are declared, then what was added.
    fn into_object(mut self, document: &Node) -> Option<Node> {
        let mut sections = Map::new();
        let place = build::as_map(document)
            .and_then(|root| build::get(root, "components"))
            .map_or_else(|| document.place.clone(), |node| node.place.clone());
        for category in Category::KEPT {
            let Some(mut built) = self.built.remove(&category) else {
                continue;
            };
            let declared = self.declared(category);
            let position = |name: &String| declared.and_then(|declared| declared.get_index_of(name));
            // What was added stays in its order.
            built.sort_by_cached_key(|name, _| position(name).unwrap_or(usize::MAX));
            if !built.is_empty() {
                build::put(&mut sections, category.key(), build::object(&place, built));
            }
        }
        (!sections.is_empty()).then(|| build::object(&place, sections))
    }
}

/// A name for what a pointer points to, made of its last two tokens that say anything.
fn describe(pointer: &Pointer) -> String {
    const STRUCTURE: [&str; 22] = [
        "components",
        "schemas",
        "parameters",
        "requestBodies",
        "responses",
        "headers",
        "pathItems",
        "paths",
        "content",
        "schema",
        "properties",
        "patternProperties",
        "$defs",
        "definitions",
        "allOf",
        "anyOf",
        "oneOf",
        "requestBody",
        "webhooks",
        "callbacks",
        "prefixItems",
        "default",
    ];
    let tells =
        |token: &&String| !STRUCTURE.contains(&token.as_str()) && !token.contains('/') && token.parse::<u64>().is_err();
    let path = pointer.tokens().iter().find(|token| token.starts_with('/'));
    let words = path
        .into_iter()
        .flat_map(|path| path.split('/'))
        .filter(|word| !word.is_empty() && !word.contains('{'));
    let words = words
        .map(str::to_owned)
        .chain(pointer.tokens().iter().filter(tells).cloned());
    let words: Vec<String> = words
        .map(|word| if word == "items" { "item".to_owned() } else { word })
        .collect();
    match words.get(words.len().saturating_sub(2)..) {
        Some(last) if !last.is_empty() => last.join("_"),
        _ => "hoisted".to_owned(),
    }
}

impl<'d> Normalizer<'d, '_> {
    /// Reads every declared component that is selected. Schemas come last: nothing else depends on what is in them.
    pub(super) fn components(&mut self) {
        self.component_keys();
        for category in Category::KEPT.into_iter().rev() {
            let declared = self.components.declared(category).into_iter().flatten();
            let selection = self.selection;
            for (name, entry) in declared.filter(|(name, _)| !selection.leaves_out_component(category.key(), name)) {
                match category {
                    Category::Schemas => {
                        let schema = self.schema(&entry.node);
                        self.components.insert(category, name, schema);
                    }
                    _ => self.declared_component(category, name, &entry.node),
                }
            }
        }
    }

    fn component_keys(&mut self) {
        let Some(components) = build::as_map(self.document).and_then(|root| build::get(root, "components")) else {
            return;
        };
        let Some(map) = build::as_map(components) else {
            return self.malformed("components", components, "an object");
        };
        for (key, entry) in map {
            let known = Category::of_section(key).is_some();
            if known && build::as_map(&entry.node).is_none() {
                self.malformed(key, &entry.node, "an object");
            }
            if !known && key != UNUSED && !key.starts_with("x-") {
                self.unknown_section(key, entry);
            }
        }
    }

    /// Reads a declared component, unless a reference led here before. One that is only a reference is not needed: what
    /// refers to it is led on to where it points.
    fn declared_component(&mut self, category: Category, name: &str, node: &'d Node) {
        if build::as_map(node).is_some_and(|map| map.contains_key("$ref")) {
            self.referenced(category, node);
        } else {
            let pointer = Pointer::root().child("components").child(category.key()).child(name);
            self.component(
                category,
                &Target {
                    node,
                    pointer,
                    scopes: Vec::new(),
                },
            );
        }
    }

    /// The component that a reference points to, as a reference to where it is now. `None` where it had to be dropped.
    pub(super) fn component(&mut self, category: Category, target: &Target<'d>) -> Option<String> {
        let address = (category, std::ptr::from_ref(target.node));
        if let Some(known) = self.components.named.get(&address) {
            return known.clone();
        }
        let name = self.read(category, target.node).map(|mut node| {
            let name = self.components.name(category, target);
            if target.component(category) != Some(&name) {
                mark_hoisted(&mut node);
            }
            self.components.insert(category, &name, node);
            name
        });
        self.components.named.insert(address, name.clone());
        name
    }

    /// The name of the schema that a reference points to; it is read later.
    pub(super) fn hoist(&mut self, target: &Target<'d>) -> String {
        let address = (Category::Schemas, std::ptr::from_ref(target.node));
        if let Some(Some(name)) = self.components.named.get(&address) {
            return name.clone();
        }
        let name = self.components.name(Category::Schemas, target);
        self.components.named.insert(address, Some(name.clone()));
        let pending = Pending {
            name: name.clone(),
            node: target.node,
            scopes: target.scopes.clone(),
        };
        self.components.pending.push_back(pending);
        name
    }

    /// Reads the schemas that were hoisted, and those that they hoist.
    pub(super) fn hoisted(&mut self) {
        while let Some(Pending { name, node, scopes }) = self.components.pending.pop_front() {
            self.scopes = scopes;
            let mut schema = self.schema(node);
            self.scopes.clear();
            mark_hoisted(&mut schema);
            self.components.insert(Category::Schemas, &name, schema);
        }
    }

    fn read(&mut self, category: Category, node: &'d Node) -> Option<Node> {
        match category {
            Category::Schemas => Some(self.schema(node)),
            Category::Responses => Some(self.response(node)),
            Category::Parameters => self.parameter(node),
            Category::RequestBodies => self.body(node),
            Category::Headers => self.header(node),
            Category::SecuritySchemes => self.security_scheme(node),
            Category::PathItems | Category::MediaTypes | Category::Examples | Category::Callbacks => None,
        }
    }

    /// The Components Object, when everything is read.
    pub(super) fn take_components(&mut self) -> Option<Node> {
        let components = std::mem::replace(&mut self.components, Components::new(self.document));
        components.into_object(self.document)
    }
}

fn mark_hoisted(node: &mut Node) {
    let place = node.place.clone();
    if let Value::Object(map) = &mut node.value
        && !map.contains_key("$ref")
    {
        build::put(map, keys::HOISTED, build::flag(&place, true));
    }
}
