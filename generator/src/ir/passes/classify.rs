//! Decides how the alternatives of every union are told apart, and turns what is no real union into what it is.
//!
//! `[T, null]` is nullability; an `enum` beside plain text is an open enum, as every enum is here; one alternative is
//! that alternative. A property that tells objects apart by its only value becomes a constant: it is written for the
//! user. Constants that tell nothing apart stay texts out of a list.

use super::tags;
use crate::diagnostic::{Finding, Findings};
use crate::ir::{Api, Decision, Docs, Enumeration, Hint, ObjectChoice, Shape, StringFormat, Type, TypeId, Union};

pub(super) fn run(api: &mut Api, findings: &mut Findings) {
    loose_constants(api);
    for id in api.types.ids() {
        if matches!(api.types[id].shape, Shape::Union(_)) {
            simplify(api, id);
        }
    }
    super::aliases::run(api);
    for id in api.types.ids() {
        if let Shape::Union(union) = api.types[id].shape.clone() {
            decide(api, id, union, findings);
        }
    }
}

/// A text constant is only written for the user as a required field of an object; elsewhere it is a list of one.
fn loose_constants(api: &mut Api) {
    let mut required = vec![false; api.types.len()];
    let mut elsewhere = vec![false; api.types.len()];
    let mut see = |id: TypeId, as_required: bool| {
        let list = if as_required { &mut required } else { &mut elsewhere };
        list[id.0 as usize] = true;
    };
    for (_, ty) in api.types.iter() {
        match &ty.shape {
            Shape::Object(object) => object.fields.iter().for_each(|field| see(field.ty, field.required)),
            other => other.children().into_iter().for_each(|child| see(child, false)),
        }
    }
    api.roots().into_iter().for_each(|id| see(id, false));
    for id in api.types.ids() {
        if required[id.0 as usize] && !elsewhere[id.0 as usize] {
            continue;
        }
        let shape = &mut api.types[id].shape;
        if let Shape::Const(value) = shape {
            *shape = match value {
                serde_json::Value::String(text) => Shape::Enumeration(Enumeration {
                    values: vec![text.clone()],
                }),
                serde_json::Value::Bool(_) => Shape::Bool,
                serde_json::Value::Number(number) if number.is_f64() => Shape::Number(crate::ir::NumberFormat::F64),
                serde_json::Value::Number(_) => Shape::Integer(crate::ir::IntegerFormat::I64),
                serde_json::Value::Null => Shape::Null,
                _ => Shape::Any,
            };
        }
    }
}

/// Flattens nested unions, takes out `null`, merges the texts, drops what stands twice.
fn simplify(api: &mut Api, id: TypeId) {
    let Shape::Union(union) = api.types[id].shape.clone() else {
        return;
    };
    let mut nullable = false;
    let mut flat = Vec::new();
    flatten(api, &union.alternatives, &mut flat, &mut nullable, &mut vec![id]);
    if flat
        .iter()
        .any(|alternative| matches!(api.types[*alternative].shape, Shape::Any))
    {
        api.types[id].shape = Shape::Any;
        return;
    }
    let flat = merge_texts(api, id, flat);
    let flat = one_of_each_scalar(api, flat);
    let shape = match flat[..] {
        [] => Shape::Null,
        [one] => Shape::Alias(one),
        _ => Shape::Union(Union {
            alternatives: flat,
            ..union
        }),
    };
    if !nullable {
        api.types[id].shape = shape;
        return;
    }
    let inner = match shape {
        Shape::Null => {
            api.types[id].shape = Shape::Null;
            return;
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
}

fn flatten(api: &Api, list: &[TypeId], flat: &mut Vec<TypeId>, nullable: &mut bool, open: &mut Vec<TypeId>) {
    for alternative in list {
        let (alternative, null) = behind(api, *alternative);
        *nullable |= null;
        match &api.types[alternative].shape {
            Shape::Null => *nullable = true,
            // A union with a discriminator keeps it to itself.
            Shape::Union(inner) if inner.discriminator.is_none() && !open.contains(&alternative) => {
                open.push(alternative);
                flatten(api, &inner.alternatives, flat, nullable, open);
            }
            _ if flat.contains(&alternative) || open.contains(&alternative) => {}
            _ => flat.push(alternative),
        }
    }
}

fn behind(api: &Api, mut id: TypeId) -> (TypeId, bool) {
    let mut nullable = false;
    for _ in 0..api.types.len() {
        id = match api.types[id].shape {
            Shape::Alias(next) => next,
            Shape::Nullable(next) => {
                nullable = true;
                next
            }
            _ => break,
        };
    }
    (id, nullable)
}

/// Plain text, lists of text and constants are one open enum, or plain text where nothing is listed.
fn merge_texts(api: &mut Api, id: TypeId, flat: Vec<TypeId>) -> Vec<TypeId> {
    let is_text = |id: &TypeId| match &api.types[*id].shape {
        Shape::Enumeration(_) | Shape::String(StringFormat::Plain | StringFormat::Binary) => true,
        Shape::Const(value) => value.is_string(),
        _ => false,
    };
    let is_dated = |id: &&TypeId| {
        matches!(
            &api.types[**id].shape,
            Shape::String(StringFormat::DateTime | StringFormat::Date)
        )
    };
    let texts: Vec<TypeId> = flat.iter().copied().filter(is_text).collect();
    let dated = flat.iter().filter(is_dated).count();
    if texts.len() + dated < 2 {
        return flat;
    }
    let mut values: Vec<String> = Vec::new();
    for text in &texts {
        match &api.types[*text].shape {
            Shape::Enumeration(list) => values.extend(list.values.iter().cloned()),
            Shape::Const(serde_json::Value::String(value)) => values.push(value.clone()),
            _ => {}
        }
    }
    let mut seen = std::collections::HashSet::new();
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
                Shape::Integer(_) => 1,
                Shape::Number(_) => 2,
                _ => return true,
            };
            !std::mem::replace(&mut seen[kind], true)
        })
        .collect()
}

fn decide(api: &mut Api, id: TypeId, mut union: Union, findings: &mut Findings) {
    let mut decision = Decision::default();
    let mut objects = Vec::new();
    for (index, alternative) in union.alternatives.iter().enumerate() {
        match &api.types[*alternative].shape {
            Shape::Bool => decision.boolean = Some(index),
            Shape::Integer(_) => decision.integer = Some(index),
            Shape::Number(_) => decision.number = Some(index),
            Shape::String(_) | Shape::Enumeration(_) => decision.string.push(index),
            Shape::Const(value) => match value {
                serde_json::Value::Bool(_) => decision.boolean = Some(index),
                serde_json::Value::Number(_) => decision.integer = Some(index),
                _ => decision.string.push(index),
            },
            Shape::Array(_) => decision.array.push(index),
            _ => objects.push(index),
        }
    }
    decision.object = tags::choose(api, &union, &objects);
    match &decision.object {
        ObjectChoice::Tag { property, tags } => write_tags(api, &union, property, tags),
        ObjectChoice::Trial(order) => {
            findings.push(
                Finding::note(
                    "union-by-trial",
                    api.types[id].origin.place.clone(),
                    trial_message(order.len()),
                )
                .help("give the alternatives a property with one value each, or a `discriminator`, in an overlay"),
            );
        }
        _ => {}
    }
    union.decision = Some(decision);
    api.types[id].shape = Shape::Union(union);
}

fn trial_message(count: usize) -> String {
    format!("nothing tells the {count} objects of this union apart: they are tried in turn, the most demanding first")
}

/// Makes the property a constant in each alternative that has one tag only.
fn write_tags(api: &mut Api, union: &Union, property: &str, tags: &[(String, usize)]) {
    for (index, alternative) in union.alternatives.iter().enumerate() {
        let mut own = tags.iter().filter(|(_, target)| *target == index);
        let (Some((tag, _)), None) = (own.next(), own.next()) else {
            continue;
        };
        let Shape::Object(object) = &api.types[*alternative].shape else {
            continue;
        };
        let Some(at) = object.fields.iter().position(|field| field.name == property) else {
            continue;
        };
        let current = object.fields[at].ty;
        let may_be = match &api.types[current].shape {
            Shape::Enumeration(list) => list.values.contains(tag),
            Shape::String(StringFormat::Plain) => true,
            _ => false,
        };
        if !may_be {
            continue;
        }
        let constant = Type {
            shape: Shape::Const(tag.as_str().into()),
            ..api.types[current].clone()
        };
        let constant = api.types.push(constant);
        if let Shape::Object(object) = &mut api.types[*alternative].shape {
            object.fields[at].ty = constant;
            object.fields[at].required = true;
        }
    }
}
