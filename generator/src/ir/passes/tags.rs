//! How the objects among a union's alternatives are told apart.

use std::collections::HashSet;

use crate::ir::{Additional, Api, Field, Hint, Object, ObjectChoice, Shape, TypeId, Union};

/// The choice among `objects`, indices into the union's alternatives.
pub(super) fn choose(api: &Api, union: &Union, objects: &[usize]) -> ObjectChoice {
    match objects {
        [] => ObjectChoice::None,
        [one] if union.discriminator.is_none() => ObjectChoice::One(*one),
        _ => by_discriminator(api, union, objects)
            .or_else(|| by_property(api, union, objects, required_texts))
            .or_else(|| by_property(api, union, objects, only_text))
            .or_else(|| by_required_keys(api, union, objects))
            .unwrap_or_else(|| ObjectChoice::Trial(most_demanding_first(api, union, objects))),
    }
}

/// By OpenAPI's `discriminator`: every alternative has a tag, from the mapping or its component's name.
fn by_discriminator(api: &Api, union: &Union, objects: &[usize]) -> Option<ObjectChoice> {
    let discriminator = union.discriminator.as_ref()?;
    let mut tags: Vec<(String, usize)> = Vec::new();
    for index in objects {
        let alternative = union.alternatives[*index];
        let mapped = discriminator
            .mapping
            .iter()
            .filter(|(_, target)| *target == alternative);
        let mut found: Vec<_> = mapped.map(|(tag, _)| (tag.clone(), *index)).collect();
        if found.is_empty() {
            let values = field(api, alternative, &discriminator.property).and_then(|field| texts(api, field));
            found.extend(values.into_iter().flatten().map(|value| (value, *index)));
        }
        if found.is_empty() {
            found.push((component_name(api, alternative)?, *index));
        }
        tags.extend(found);
    }
    distinct(&tags).then(|| ObjectChoice::Tag {
        property: discriminator.property.clone(),
        tags,
    })
}

/// A component's name, also where what it extends was merged into a copy of it.
fn component_name(api: &Api, id: TypeId) -> Option<String> {
    api.types[id].hints.iter().find_map(|hint| match hint {
        Hint::Component(name) | Hint::Title(name) => Some(name.clone()),
        _ => None,
    })
}

/// By a property whose possible texts differ from alternative to alternative.
fn by_property(
    api: &Api,
    union: &Union,
    objects: &[usize],
    texts: impl Fn(&Api, &Field) -> Option<Vec<String>>,
) -> Option<ObjectChoice> {
    let first = object(api, union.alternatives[*objects.first()?])?;
    first.fields.iter().find_map(|candidate| {
        let mut tags = Vec::new();
        for index in objects {
            let field = field(api, union.alternatives[*index], &candidate.name)?;
            let values = texts(api, field)?;
            tags.extend(values.into_iter().map(|value| (value, *index)));
        }
        distinct(&tags).then(|| ObjectChoice::Tag {
            property: candidate.name.clone(),
            tags,
        })
    })
}

/// The texts that a property can have, where they are listed. What is only sent tells nothing of what comes.
fn texts(api: &Api, field: &Field) -> Option<Vec<String>> {
    match &api.types[field.ty].shape {
        _ if field.write_only => None,
        Shape::Const(value) => Some(vec![value.as_str()?.to_owned()]),
        Shape::Enumeration(enumeration) => Some(enumeration.values.clone()),
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

fn distinct(tags: &[(String, usize)]) -> bool {
    let mut seen = HashSet::new();
    tags.iter().all(|(tag, _)| seen.insert(tag))
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
            (required, constants, object.fields.len())
        });
        std::cmp::Reverse(demand)
    });
    order
}

fn object(api: &Api, id: TypeId) -> Option<&Object> {
    match &api.types[id].shape {
        Shape::Object(object) => Some(object),
        _ => None,
    }
}
