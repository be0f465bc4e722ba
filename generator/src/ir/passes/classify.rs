//! Decides how the alternatives of every union are told apart, and turns what is no real union into what it is.
//!
//! `[T, null]` is nullability; an `enum` beside plain text is an open enum, as every enum is here; one alternative is
//! that alternative. A property that tells objects apart by its only value becomes a constant: it is written for the
//! user. Integers out of a list, which have served then, become integers.

use std::collections::{HashMap, HashSet};

use indexmap::IndexSet;
use serde_json::Value;

use super::tags;
use crate::diagnostic::{Finding, Findings, codes};
use crate::ir::{Api, Decision, Docs, Enumeration, Hint, ObjectChoice, Shape, StringFormat, Type, TypeId, Union};

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
    let mut tagged = Vec::new();
    for id in api.types.ids() {
        if let Shape::Union(union) = api.types[id].shape.clone() {
            tagged.extend(decide(api, id, union, findings));
        }
    }
    write_tags(api, &tagged);
    for id in api.types.ids() {
        if let Shape::Integers(format, _) = api.types[id].shape {
            api.types[id].shape = Shape::Integer(format);
        }
    }
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
                Shape::Bool => 0,
                Shape::Integer(_) | Shape::Integers(..) => 1,
                Shape::Number(_) => 2,
                _ => return true,
            };
            !std::mem::replace(&mut seen[kind], true)
        })
        .collect()
}

/// Decides one union; returns the tags that tell its objects apart.
fn decide(api: &mut Api, id: TypeId, mut union: Union, findings: &mut Findings) -> Vec<Tag> {
    let mut decision = Decision::default();
    let mut objects = Vec::new();
    for (index, alternative) in union.alternatives.iter().enumerate() {
        match &api.types[*alternative].shape {
            Shape::Bool => decision.boolean = Some(index),
            Shape::Integer(_) | Shape::Integers(..) => decision.integer = Some(index),
            Shape::Number(_) => decision.number = Some(index),
            Shape::String(_) | Shape::Enumeration(_) => decision.string.push(index),
            Shape::Array(_) => decision.array.push(index),
            _ => objects.push(index),
        }
    }
    decision.object = tags::choose(api, &union, &objects);
    let mut tagged = Vec::new();
    match &decision.object {
        ObjectChoice::Tag { property, tags } => {
            for (tag, group) in tags {
                tagged.extend(group.iter().map(|index| Tag {
                    object: union.alternatives[*index],
                    property: property.clone(),
                    text: tag.clone(),
                }));
                if group.len() > 1 {
                    let which = format!("{} objects of this union with the tag `{tag}`", group.len());
                    findings.push(by_trial(api, id, &which));
                }
            }
        }
        ObjectChoice::Trial(order) => {
            findings.push(by_trial(api, id, &format!("{} objects of this union", order.len())));
        }
        _ => {}
    }
    union.decision = Some(decision);
    api.types[id].shape = Shape::Union(union);
    tagged
}

fn by_trial(api: &Api, id: TypeId, which: &str) -> Finding {
    let message = format!("nothing tells the {which} apart: all are tried, and the one that loses least is taken");
    Finding::note(codes::UNION_BY_TRIAL, api.types[id].origin.place.clone(), message)
        .help("give the alternatives a property with one value each, or a `discriminator`, in an overlay")
}

/// A text, or that of a number, by which a union tells one of its objects.
struct Tag {
    object: TypeId,
    property: String,
    text: String,
}

/// Makes the property a constant in each object that has one tag only, in whichever union.
fn write_tags(api: &mut Api, tagged: &[Tag]) {
    let mut texts: HashMap<(TypeId, &str), HashSet<&str>> = HashMap::new();
    for tag in tagged {
        let own = texts.entry((tag.object, tag.property.as_str())).or_default();
        own.insert(&tag.text);
    }
    for tag in tagged {
        if texts[&(tag.object, tag.property.as_str())].len() == 1 {
            write_tag(api, tag);
        }
    }
}

fn write_tag(api: &mut Api, tag: &Tag) {
    let Shape::Object(object) = &api.types[tag.object].shape else {
        return;
    };
    let Some(at) = object.fields.iter().position(|field| field.name == tag.property) else {
        return;
    };
    let current = &api.types[object.fields[at].ty];
    let value = match &current.shape {
        Shape::Enumeration(list) if list.values.contains(&tag.text) => Value::from(tag.text.as_str()),
        Shape::String(StringFormat::Plain) => Value::from(tag.text.as_str()),
        Shape::Integers(_, list) => match list.iter().find(|number| number.to_string() == tag.text) {
            Some(number) => Value::from(number.clone()),
            None => return,
        },
        _ => return,
    };
    let constant = Type {
        shape: Shape::Const(value),
        ..current.clone()
    };
    let constant = api.types.push(constant);
    if let Shape::Object(object) = &mut api.types[tag.object].shape {
        object.fields[at].ty = constant;
    }
}
