//! Types: components as the document calls them, the rest after what they belong to.

use std::collections::{HashMap, HashSet};

use super::Names;
use super::case::{camel, is_literal, words};
use super::english::{says_little, singular};
use super::operations::full_name;
use super::rename::Renames;
use super::scope::Scope;
use crate::diagnostic::{Finding, Findings, codes};
use crate::ir::{Api, Hint, Shape, TypeId, analysis};

/// Names that a module of types uses for something else, or that every Rust file has.
pub(super) const RESERVED: &[&str] = &[
    "Any",
    "AsRef",
    "BTreeMap",
    "Box",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "Deserialize",
    "Deserializer",
    "Display",
    "Drop",
    "Eq",
    "Err",
    "Fn",
    "FnMut",
    "FnOnce",
    "Formatter",
    "From",
    "FromStr",
    "Hash",
    "Infallible",
    "Into",
    "IntoIterator",
    "Iterator",
    "MapAccess",
    "None",
    "Nullable",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Self",
    "Send",
    "SeqAccess",
    "Serialize",
    "Serializer",
    "Sized",
    "Some",
    "String",
    "Sync",
    "ToOwned",
    "ToString",
    "TryFrom",
    "TryInto",
    "Upload",
    "Value",
    "Vec",
];

/// Names every type that operations reach.
pub(super) fn name(api: &Api, names: &mut Names, renames: &mut Renames<'_>, findings: &mut Findings) {
    let mut ids = analysis::reach::from(api, api.roots());
    ids.retain(|id| api.types[*id].shape.is_named());
    ids.sort();
    let mut naming = Naming {
        api,
        natural: Scope::with_reserved(RESERVED),
        scope: Scope::with_reserved(RESERVED),
        short: HashMap::new(),
        names,
        renames,
        findings,
        reached: ids.iter().copied().collect(),
        parents: parents(api, &ids),
        open: Vec::new(),
    };
    // Components first: theirs are the names that the document gave.
    for id in ids.iter().filter(|id| api.types[**id].component().is_some()) {
        naming.assign(*id);
    }
    for id in &ids {
        for name in naming.short_names(*id) {
            naming.short.entry(name.to_lowercase()).or_default().push(*id);
        }
    }
    for id in &ids {
        naming.assign(*id);
    }
}

struct Naming<'a, 'r> {
    api: &'a Api,
    /// The names that types would have without renames, which are those that renames are written for.
    natural: Scope,
    scope: Scope,
    /// Which types would like a short name: one that several would like goes to none.
    short: HashMap<String, Vec<TypeId>>,
    names: &'a mut Names,
    renames: &'a mut Renames<'r>,
    findings: &'a mut Findings,
    /// The types that get a name.
    reached: HashSet<TypeId>,
    /// The named type that each unnamed one (array, map, nullable) belongs to.
    parents: HashMap<TypeId, TypeId>,
    open: Vec<TypeId>,
}

/// Arrays, maps and nullables have no name: what is inside them is called after what they are in.
fn parents(api: &Api, named: &[TypeId]) -> HashMap<TypeId, TypeId> {
    let mut parents = HashMap::new();
    for owner in named {
        for child in api.types[*owner].shape.children() {
            parents.entry(child).or_insert(*owner);
        }
    }
    parents
}

impl Naming<'_, '_> {
    /// The type's name, made now if need be.
    fn assign(&mut self, id: TypeId) -> String {
        if let Some(name) = self.names.types.get(&id) {
            return name.clone();
        }
        self.open.push(id);
        let candidates = self.candidates(id);
        self.open.pop();
        let natural = self.natural.claim(candidates.iter().map(String::as_str), "");
        let renamed = self.renames.ty(&natural.name, self.findings);
        let settled = renamed.is_some();
        let claimed = self.scope.claim([renamed.as_deref().unwrap_or(&natural.name)], "");
        if claimed.numbered || natural.numbered && !settled {
            self.report(id, &natural.name, &claimed.name);
        }
        self.names.types.insert(id, claimed.name.clone());
        claimed.name
    }

    fn report(&mut self, id: TypeId, natural: &str, name: &str) {
        let message = format!("another type has the name that this one would get: it is `{name}` now");
        self.findings.push(
            Finding::warning(codes::NAME_COLLISION, self.api.types[id].origin.place.clone(), message).help(format!(
                "settle it in client.toml: [api.rename.types] {natural} = \"<name>\""
            )),
        );
    }

    /// Short names that a type would like, which it gets if it is the only one.
    fn short_names(&self, id: TypeId) -> Vec<String> {
        let ty = &self.api.types[id];
        let hints = ty.hints.iter().filter_map(|hint| match hint {
            Hint::Extended(name)
            | Hint::Title(name)
            | Hint::Property(_, name)
            | Hint::Parameter(_, name)
            | Hint::Header(_, name) => Some(camel(name)),
            Hint::Item(array) => self.property_of(*array).map(|name| camel(&singular_text(&name))),
            _ => None,
        });
        let mut list: Vec<String> = hints
            .chain(self.shared_words(id))
            .filter(|name| !says_little(name))
            .collect();
        list.dedup();
        list
    }

    fn property_of(&self, id: TypeId) -> Option<String> {
        self.api.types[id].hints.iter().find_map(|hint| match hint {
            Hint::Property(_, name) | Hint::Parameter(_, name) | Hint::Header(_, name) => Some(name.clone()),
            _ => None,
        })
    }

    /// `ProxyConfig` for a union of `BrowserbaseProxyConfig`, `ExternalProxyConfig` and `NoneProxyConfig`.
    fn shared_words(&self, id: TypeId) -> Option<String> {
        let Shape::Union(union) = &self.api.types[id].shape else {
            return None;
        };
        let mut names = union
            .alternatives
            .iter()
            .map(|alternative| Some(words(self.api.types[*alternative].component()?)));
        let first = names.next()??;
        let mut shared = first.len();
        for other in names {
            let other = other?;
            let same = first
                .iter()
                .rev()
                .zip(other.iter().rev())
                .take_while(|(a, b)| a == b)
                .count();
            shared = shared.min(same);
        }
        (shared >= 2).then(|| camel(&first[first.len() - shared..].join("_")))
    }

    /// Names from short to long, at least one, the last of which can always take a number.
    fn candidates(&mut self, id: TypeId) -> Vec<String> {
        let api = self.api;
        let mut list = Vec::new();
        if let Some(component) = api.types[id].component() {
            list.extend(component_names(component));
        } else {
            if let Some(shared) = self.shared_words(id) {
                list.push(shared);
            }
            let wanted = self.short_names(id);
            list.extend(wanted.into_iter().filter(|name| {
                self.short
                    .get(&name.to_lowercase())
                    .is_none_or(|wanting| wanting.len() == 1)
            }));
            for hint in &api.types[id].hints {
                let long = self.long_name(id, hint);
                list.push(long);
            }
        }
        list = list
            .into_iter()
            .map(|name| {
                if RESERVED.contains(&name.as_str()) {
                    format!("Api{name}")
                } else {
                    name
                }
            })
            .collect();
        if list.is_empty() {
            list.push("Unnamed".to_owned());
        }
        list
    }

    fn long_name(&mut self, id: TypeId, hint: &Hint) -> String {
        match hint {
            Hint::Component(name) | Hint::Extended(name) | Hint::Title(name) => camel(name),
            Hint::Property(owner, name) => self.within(*owner, &camel(name)),
            Hint::Item(array) => self.item_name(*array),
            Hint::Value(map) => {
                let base = self.base_name(*map);
                format!("{base}Value")
            }
            Hint::Alternative(union, index) => {
                let part = self.alternative_word(*union, *index, id);
                self.within(*union, &part)
            }
            Hint::Part(owner) => self.within(*owner, "Part"),
            Hint::RequestBody(operation) => full_name(self.names, *operation),
            Hint::Response(operation) => format!("{}Response", full_name(self.names, *operation)),
            Hint::StreamItem(operation) => format!("{}Event", full_name(self.names, *operation)),
            Hint::ErrorBody(operation) => format!("{}Error", full_name(self.names, *operation)),
            Hint::Parameter(operation, name) | Hint::Header(operation, name) => {
                join(&full_name(self.names, *operation), &camel(name))
            }
        }
    }

    fn item_name(&mut self, array: TypeId) -> String {
        let base = self.base_name(array);
        let one = camel(&singular_text(&base));
        if one == base { format!("{base}Item") } else { one }
    }

    /// The name that an array, map or nullable would have if it had one.
    fn base_name(&mut self, id: TypeId) -> String {
        let hint = self.api.types[id].hints.first().cloned();
        if let Some(Hint::Part(whole)) = hint {
            // What a part declares belongs to the whole.
            return self.base_name(whole);
        }
        if self.api.types[id].shape.is_named() {
            return self.owner_name(id);
        }
        match hint {
            Some(_) if self.open.contains(&id) => "Nested".to_owned(),
            Some(hint) => {
                self.open.push(id);
                let name = self.long_name(id, &hint);
                self.open.pop();
                name
            }
            None => self
                .parents
                .get(&id)
                .copied()
                .map_or_else(|| "Value".to_owned(), |parent| self.owner_name(parent)),
        }
    }

    fn owner_name(&mut self, id: TypeId) -> String {
        if self.open.contains(&id) {
            return "Nested".to_owned();
        }
        if self.reached.contains(&id) {
            return self.assign(id);
        }
        // No operation needs it (it was merged into others): its name stays free.
        self.open.push(id);
        let name = self.candidates(id).swap_remove(0);
        self.open.pop();
        name
    }

    fn within(&mut self, owner: TypeId, name: &str) -> String {
        let owner = self.base_name(owner);
        join(&owner, name)
    }

    /// What an alternative is called among its siblings: by its tag, by what it extends, or by its kind.
    fn alternative_word(&self, union: TypeId, index: usize, id: TypeId) -> String {
        if let Shape::Union(union) = &self.api.types[union].shape
            && let Some(decision) = &union.decision
            && let Some(tag) = decision.object.own_tags(index).next()
        {
            return match decision.object.property() {
                Some(property) if is_literal(tag) => camel(&format!("{property} {tag}")),
                _ => camel(tag),
            };
        }
        let mut hints = self.api.types[id].hints.iter();
        if let Some(name) = hints.find_map(|hint| match hint {
            Hint::Extended(name) | Hint::Title(name) => Some(camel(name)),
            _ => None,
        }) {
            return name;
        }
        match &self.api.types[id].shape {
            Shape::Enumeration(_) => "Name".to_owned(),
            Shape::Union(_) => "Choice".to_owned(),
            _ if index == 0 => "Object".to_owned(),
            _ => format!("Object{}", index + 1),
        }
    }
}

/// A component's own name; where others have it too, with more and more of the namespace that is written before it:
/// `app__sessions__views__RunTask`.
fn component_names(component: &str) -> Vec<String> {
    let starts = component.rmatch_indices("__").map(|(at, _)| &component[at + 2..]);
    starts.chain([component]).map(camel).collect()
}

/// `Session` and `SessionStatus` to `SessionStatus`: a word that stands at the seam is not said twice.
fn join(owner: &str, name: &str) -> String {
    let (owner_words, name_words) = (words(owner), words(name));
    let overlap = (1..=name_words.len().min(owner_words.len()))
        .rev()
        .find(|count| owner_words[owner_words.len() - count..] == name_words[..*count] && *count < name_words.len());
    let rest = overlap.map_or(&name_words[..], |count| &name_words[count..]);
    format!("{owner}{}", camel(&rest.join("_")))
}

/// The last word in the singular.
fn singular_text(text: &str) -> String {
    let mut parts = words(text);
    if let Some(last) = parts.last_mut() {
        *last = singular(last);
    }
    parts.join("_")
}
