//! Makes unions flat, and turns what is no real union into what it is.
//!
//! `[T, null]` is nullability; an `enum` beside plain text is an open enum, as every enum is here; one alternative is
//! that alternative.

use std::collections::HashSet;

use indexmap::IndexSet;

use crate::diagnostic::{Finding, Findings, codes};
use crate::ir::{Api, Docs, Enumeration, Hint, Shape, StringFormat, Type, TypeId, Union};

/// More alternatives than this are not brought together: a chain of unions that each hold the next one has the square of
/// its length.
const MOST_FLATTENED: usize = 400_000;

/// How many are looked at for that, those that stand twice included.
const MOST_MET: usize = 20_000_000;

/// How many alternatives may still be brought together, and looked at.
struct Left {
    flattened: usize,
    met: usize,
}

pub(super) fn run(api: &mut Api, findings: &mut Findings) {
    let mut left = Left {
        flattened: MOST_FLATTENED,
        met: MOST_MET,
    };
    for id in api.types.ids() {
        if matches!(api.types[id].shape, Shape::Union(_)) && !simplify(api, id, &mut left) {
            too_large(api, id, findings);
        }
    }
    super::aliases::run(api);
}

fn too_large(api: &mut Api, id: TypeId, findings: &mut Findings) {
    let place = api.types[id].origin.place.clone();
    let message = format!("unions of unions have more than {MOST_FLATTENED} alternatives here");
    findings.push(
        Finding::warning(codes::UNION_TOO_LARGE, place, message)
            .help("the value stays JSON; write out in an overlay what it looks like"),
    );
    api.types[id].shape = Shape::Any;
}

/// Flattens nested unions, takes out `null`, merges the texts, drops what stands twice. `false` where there are more
/// alternatives than are left.
fn simplify(api: &mut Api, id: TypeId, left: &mut Left) -> bool {
    let Shape::Union(union) = api.types[id].shape.clone() else {
        return true;
    };
    let Some((flat, nullable)) = flatten(api, id, &union.alternatives, left) else {
        return false;
    };
    if flat
        .iter()
        .any(|alternative| matches!(api.types[*alternative].shape, Shape::Any))
    {
        api.types[id].shape = Shape::Any;
        return true;
    }
    let flat = merge_texts(api, id, flat);
    let flat = one_of_each_scalar(api, flat);
    let shape = match flat[..] {
        [] if nullable => Shape::Null,
        // A union of nothing but itself says nothing.
        [] => Shape::Any,
        [one] => {
            take_place(api, id, one);
            Shape::Alias(one)
        }
        _ => Shape::Union(Union {
            alternatives: flat,
            ..union
        }),
    };
    if !nullable {
        api.types[id].shape = shape;
        return true;
    }
    let inner = match shape {
        Shape::Null => {
            api.types[id].shape = Shape::Null;
            return true;
        }
        Shape::Alias(one) => one,
        shape => {
            let inner = Type {
                shape,
                ..api.types[id].clone()
            };
            api.types.push(inner)
        }
    };
    api.types[id].shape = Shape::Nullable(inner);
    true
}

/// An inline alternative that is all there is stands for the union: it is called after it.
fn take_place(api: &mut Api, id: TypeId, one: TypeId) {
    let Type { hints, docs, .. } = api.types[id].clone();
    let one = &mut api.types[one];
    if one
        .hints
        .iter()
        .all(|hint| matches!(hint, Hint::Alternative(union, _) if *union == id))
    {
        one.hints = hints;
        one.docs.description = docs.description.or_else(|| one.docs.description.take());
        one.docs.deprecated |= docs.deprecated;
    }
}

/// The alternatives with those of nested unions in their places and without `null`, and whether there was one. With a
/// stack of its own: unions may be nested deep. `None` where there are more than are left.
fn flatten(api: &Api, id: TypeId, list: &[TypeId], left: &mut Left) -> Option<(Vec<TypeId>, bool)> {
    let mut flat = IndexSet::new();
    let mut nullable = false;
    let mut opened = HashSet::from([id]);
    let mut stack: Vec<TypeId> = list.iter().rev().copied().collect();
    while let Some(alternative) = stack.pop() {
        left.met = left.met.checked_sub(1)?;
        let (alternative, null) = api.types.peel(alternative);
        nullable |= null;
        match &api.types[alternative].shape {
            Shape::Null => nullable = true,
            _ if opened.contains(&alternative) => {}
            // A union with a discriminator keeps it to itself.
            Shape::Union(inner) if inner.discriminator.is_none() => {
                opened.insert(alternative);
                stack.extend(inner.alternatives.iter().rev());
            }
            _ => drop(flat.insert(alternative)),
        }
    }
    left.flattened = left.flattened.checked_sub(flat.len())?;
    Some((flat.into_iter().collect(), nullable))
}

/// Plain text, lists of text and constants are one open enum, or plain text where nothing is listed.
fn merge_texts(api: &mut Api, id: TypeId, flat: Vec<TypeId>) -> Vec<TypeId> {
    let is_text = |id: &TypeId| {
        matches!(
            &api.types[*id].shape,
            Shape::Enumeration(_) | Shape::String(StringFormat::Plain | StringFormat::Binary)
        )
    };
    let texts: Vec<TypeId> = flat.iter().copied().filter(is_text).collect();
    let dated = flat.iter().filter(|id| is_date(api, **id)).count();
    if texts.len() + dated < 2 {
        return flat;
    }
    let mut values: Vec<String> = Vec::new();
    for text in &texts {
        if let Shape::Enumeration(list) = &api.types[*text].shape {
            values.extend(list.values.iter().cloned());
        }
    }
    let mut seen = HashSet::new();
    values.retain(|value| seen.insert(value.clone()));
    let listed = texts
        .iter()
        .copied()
        .find(|text| matches!(&api.types[*text].shape, Shape::Enumeration(list) if list.values.len() == values.len()));
    let only_texts = texts.len() + dated == flat.len();
    if let Some(listed) = listed.filter(|_| only_texts) {
        take_name(api, listed, id);
    }
    let merged = listed.unwrap_or_else(|| {
        let shape = if values.is_empty() {
            Shape::String(StringFormat::Plain)
        } else {
            Shape::Enumeration(Enumeration { values })
        };
        // Where nothing but text is left the union's own name is this one's.
        let hints = if only_texts {
            api.types[id].hints.clone()
        } else {
            vec![Hint::Alternative(id, 0)]
        };
        let origin = api.types[id].origin.clone();
        api.types.push(Type {
            shape,
            docs: Docs::default(),
            hints,
            origin,
        })
    });
    let mut merged = Some(merged);
    let texts = |id: &TypeId| texts.contains(id) || is_date(api, *id);
    flat.into_iter()
        .filter_map(|id| if texts(&id) { merged.take() } else { Some(id) })
        .collect()
}

/// Gives an inline list of texts the name and the words of the union that it is all that is left of.
fn take_name(api: &mut Api, list: TypeId, union: TypeId) {
    if api.types[list].component().is_some() {
        return;
    }
    let Type { docs, hints, .. } = api.types[union].clone();
    let list = &mut api.types[list];
    list.hints = hints;
    list.docs.title = docs.title.or(list.docs.title.take());
    list.docs.description = docs.description.or(list.docs.description.take());
    list.docs.deprecated |= docs.deprecated;
}

fn is_date(api: &Api, id: TypeId) -> bool {
    matches!(
        &api.types[id].shape,
        Shape::String(StringFormat::DateTime | StringFormat::Date)
    )
}

/// Two integers of different widths, two booleans: the first stays.
fn one_of_each_scalar(api: &Api, flat: Vec<TypeId>) -> Vec<TypeId> {
    let mut seen = [false; 3];
    flat.into_iter()
        .filter(|id| {
            let kind = match &api.types[*id].shape {
                Shape::Bool | Shape::OneBool(_) => 0,
                Shape::Integer(_) | Shape::Integers(..) => 1,
                Shape::Number(_) => 2,
                _ => return true,
            };
            !std::mem::replace(&mut seen[kind], true)
        })
        .collect()
}
