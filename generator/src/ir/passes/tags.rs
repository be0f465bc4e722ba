//! How the objects among a union's alternatives are told apart.

use std::collections::{HashMap, HashSet};

use indexmap::{IndexMap, IndexSet};
use serde_json::Value;

use crate::ir::{Additional, Api, Discriminator, Field, Hint, Object, ObjectChoice, Shape, TypeId, Union};

/// How deep to look for what alternatives require.
const DEEPEST: usize = 4;

/// The tags of unions that were met as alternatives of others: of layers of unions each is walked once.
pub(super) type Met = HashMap<TypeId, IndexSet<String>>;

/// The choice among those of the union's alternatives that are neither scalars nor arrays.
pub(super) fn choose(api: &Api, union: &Union, met: &mut Met) -> ObjectChoice {
    let is_object = |index: &usize| {
        let shape = &api.types[union.alternatives[*index]].shape;
        let is_scalar = matches!(
            shape,
            Shape::Bool
                | Shape::OneBool(_)
                | Shape::Integer(_)
                | Shape::Integers(..)
                | Shape::Number(_)
                | Shape::String(_)
                | Shape::Enumeration(_)
        );
        !is_scalar && !matches!(shape, Shape::Array(_))
    };
    let objects: Vec<usize> = (0..union.alternatives.len()).filter(is_object).collect();
    match objects[..] {
        [] => ObjectChoice::None,
        [one] if union.discriminator.is_none() => ObjectChoice::One(one),
        _ => among(api, union, &objects, met),
    }
}

/// By a tag of their own each, by their keys, by a tag that some share, or by trial.
fn among(api: &Api, union: &Union, objects: &[usize], met: &mut Met) -> ObjectChoice {
    let declared = by_discriminator(api, union, objects, met);
    let required = by_properties(api, union, objects, required_texts);
    let single = by_properties(api, union, objects, only_text);
    let mut all = declared.iter().chain(&required).chain(&single);
    let choice = all.find(|tags| tags.are_distinct()).map(|tags| tags.choice(api, union));
    choice
        .or_else(|| by_required_keys(api, union, objects))
        .or_else(|| {
            // A property with several values that some share is rather a state than a tag.
            let mut candidates = declared.iter().chain(&single);
            let tags = candidates.find(|tags| tags.tell_some_apart(objects.len()))?;
            Some(tags.choice(api, union))
        })
        .unwrap_or_else(|| ObjectChoice::Trial(most_demanding_first(api, union, objects)))
}

/// Texts under a key, each with an alternative that has it there.
struct Tags {
    property: String,
    list: Vec<(String, usize)>,
}

impl Tags {
    fn are_distinct(&self) -> bool {
        let mut seen = HashSet::new();
        self.list.iter().all(|(tag, _)| seen.insert(tag))
    }

    /// Whether there is a tag that not all of so many objects have.
    fn tell_some_apart(&self, objects: usize) -> bool {
        self.grouped().values().any(|group| group.len() < objects)
    }

    /// The alternatives of each tag.
    fn grouped(&self) -> IndexMap<&str, Vec<usize>> {
        let mut groups: IndexMap<&str, Vec<usize>> = IndexMap::new();
        for (tag, index) in &self.list {
            groups.entry(tag).or_default().push(*index);
        }
        groups
    }

    fn choice(&self, api: &Api, union: &Union) -> ObjectChoice {
        let groups = self.grouped().into_iter();
        ObjectChoice::Tag {
            property: self.property.clone(),
            tags: groups
                .map(|(tag, group)| (tag.to_owned(), most_demanding_first(api, union, &group)))
                .collect(),
        }
    }
}

/// By OpenAPI's `discriminator`: every alternative has a tag, from the mapping or its component's name.
fn by_discriminator(api: &Api, union: &Union, objects: &[usize], met: &mut Met) -> Option<Tags> {
    let discriminator = union.discriminator.as_ref()?;
    let mut tags: Vec<(String, usize)> = Vec::new();
    for index in objects {
        let found = declared(api, discriminator, union.alternatives[*index], met)?;
        tags.extend(found.into_iter().map(|tag| (tag, *index)));
    }
    Some(Tags {
        property: discriminator.property.clone(),
        list: tags,
    })
}

/// The tags of an alternative; of a union that is told apart by the same property, those of its own alternatives.
fn declared(api: &Api, discriminator: &Discriminator, whole: TypeId, met: &mut Met) -> Option<IndexSet<String>> {
    let mut tags = IndexSet::new();
    let mut opened = HashSet::new();
    let mut stack = vec![(discriminator, whole)];
    while let Some((discriminator, alternative)) = stack.pop() {
        let mapped = discriminator
            .mapping
            .iter()
            .filter(|(_, target)| *target == alternative);
        let mapped: Vec<String> = mapped.map(|(tag, _)| tag.clone()).collect();
        match &api.types[alternative].shape {
            _ if !mapped.is_empty() => tags.extend(mapped),
            Shape::Union(Union {
                alternatives,
                discriminator: Some(inner),
                ..
            }) if inner.property == discriminator.property => {
                if let Some(known) = met.get(&alternative) {
                    tags.extend(known.iter().cloned());
                } else if opened.insert(alternative) {
                    stack.extend(alternatives.iter().rev().map(|alternative| (inner, *alternative)));
                }
            }
            _ => {
                let listed = field(api, alternative, &discriminator.property).and_then(|field| texts(api, field));
                match listed.filter(|texts| !texts.is_empty()) {
                    Some(texts) => tags.extend(texts),
                    None => drop(tags.insert(component_name(api, alternative)?)),
                }
            }
        }
    }
    if opened.contains(&whole) {
        met.insert(whole, tags.clone());
    }
    Some(tags)
}

/// A component's name, also where what it extends was merged into a copy of it. A title is none: schemas without a name
/// have no tag (OpenAPI 3.1.1, section 4.8.25).
fn component_name(api: &Api, id: TypeId) -> Option<String> {
    api.types[id].hints.iter().find_map(|hint| match hint {
        Hint::Component(name) | Hint::Extended(name) => Some(name.clone()),
        _ => None,
    })
}

/// By each property whose possible texts are known in every alternative.
fn by_properties(
    api: &Api,
    union: &Union,
    objects: &[usize],
    texts: impl Fn(&Api, &Field) -> Option<Vec<String>>,
) -> Vec<Tags> {
    let first = objects
        .first()
        .and_then(|first| object(api, union.alternatives[*first]));
    let candidates = first.into_iter().flat_map(|first| &first.fields);
    let tags = candidates.filter_map(|candidate| {
        let mut list = Vec::new();
        for index in objects {
            let field = field(api, union.alternatives[*index], &candidate.name)?;
            let values = texts(api, field)?;
            list.extend(values.into_iter().map(|value| (value, *index)));
        }
        Some(Tags {
            property: candidate.name.clone(),
            list,
        })
    });
    tags.collect()
}

/// The texts that a property can have, where they are listed, or those of numbers. What is only sent tells nothing of
/// what comes.
fn texts(api: &Api, field: &Field) -> Option<Vec<String>> {
    match &api.types[field.ty].shape {
        _ if field.write_only => None,
        Shape::Const(value) => Some(vec![text(value)?]),
        Shape::Enumeration(enumeration) => Some(enumeration.values.clone()),
        Shape::Integers(_, list) => Some(list.iter().map(ToString::to_string).collect()),
        Shape::OneBool(value) => Some(vec![value.to_string()]),
        _ => None,
    }
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) => Some(value.to_string()),
        Value::Number(number) if !number.is_f64() => Some(number.to_string()),
        _ => None,
    }
}

fn required_texts(api: &Api, field: &Field) -> Option<Vec<String>> {
    texts(api, field).filter(|_| field.required)
}

/// A property with one value hardly ever is missing, even where the document says that it may be.
fn only_text(api: &Api, field: &Field) -> Option<Vec<String>> {
    texts(api, field).filter(|texts| texts.len() == 1)
}

fn field<'a>(api: &'a Api, id: TypeId, name: &str) -> Option<&'a Field> {
    object(api, id)?.fields.iter().find(|field| field.name == name)
}

/// By the keys that are there: each but the last requires one that no later alternative can have.
fn by_required_keys(api: &Api, union: &Union, objects: &[usize]) -> Option<ObjectChoice> {
    let order = most_demanding_first(api, union, objects);
    let mut rows = Vec::new();
    for (at, index) in order.iter().enumerate() {
        let candidate = object(api, union.alternatives[*index])?;
        let required: Vec<String> = candidate
            .fields
            .iter()
            // What is only sent tells nothing of what comes.
            .filter(|field| field.required && !field.write_only)
            .map(|field| field.name.clone())
            .collect();
        for later in &order[at + 1..] {
            let later = object(api, union.alternatives[*later])?;
            let possible = |name: &String| later.fields.iter().any(|field| field.name == *name);
            if later.additional != Additional::Ignored || required.iter().all(possible) {
                return None;
            }
        }
        rows.push((*index, required));
    }
    Some(ObjectChoice::Keys(rows))
}

/// Those with most required fields first, then those with most constants, then those with most fields; maps last.
pub(super) fn most_demanding_first(api: &Api, union: &Union, objects: &[usize]) -> Vec<usize> {
    let mut order = objects.to_vec();
    order.sort_by_key(|index| {
        let demand = object(api, union.alternatives[*index]).map(|object| {
            let required = object.fields.iter().filter(|field| field.required).count();
            let constants = object
                .fields
                .iter()
                .filter(|field| matches!(api.types[field.ty].shape, Shape::Const(_)))
                .count();
            // Of as many, what is in them tells.
            let within = object
                .fields
                .iter()
                .map(|field| required_within(api, field.ty, DEEPEST));
            (required, constants, object.fields.len(), within.sum::<usize>())
        });
        std::cmp::Reverse(demand)
    });
    order
}

/// How many fields are required in a value, down to a depth.
fn required_within(api: &Api, id: TypeId, depth: usize) -> usize {
    let Some(depth) = depth.checked_sub(1) else {
        return 0;
    };
    match &api.types[api.types.peel(id).0].shape {
        Shape::Array(inner) | Shape::Map(inner) => required_within(api, *inner, depth),
        Shape::Object(object) => {
            let required = object.fields.iter().filter(|field| field.required);
            required.map(|field| 1 + required_within(api, field.ty, depth)).sum()
        }
        _ => 0,
    }
}

fn object(api: &Api, id: TypeId) -> Option<&Object> {
    match &api.types[id].shape {
        Shape::Object(object) => Some(object),
        _ => None,
    }
}
