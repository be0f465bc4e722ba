//! Decides how the alternatives of every union are told apart.
//!
//! A property that tells objects apart by its only value becomes a constant: it is written for the user.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::{literals, tags};
use crate::diagnostic::{Finding, Findings, codes};
use crate::ir::{Api, Decision, ObjectChoice, Shape, StringFormat, Type, TypeId, Union};

pub(super) fn run(api: &mut Api, findings: &mut Findings) {
    let mut tagged = Vec::new();
    let mut met = tags::Met::new();
    for id in api.types.ids() {
        if let Shape::Union(union) = api.types[id].shape.clone() {
            tagged.extend(decide(api, id, union, &mut met, findings));
        }
    }
    write_tags(api, &tagged);
    // They have served.
    literals::loosen(api, &HashSet::new());
}

/// Decides one union; returns the tags that tell its objects apart.
fn decide(api: &mut Api, id: TypeId, mut union: Union, met: &mut tags::Met, findings: &mut Findings) -> Vec<Tag> {
    let mut decision = Decision::default();
    for (index, alternative) in union.alternatives.iter().enumerate() {
        match &api.types[*alternative].shape {
            Shape::Bool | Shape::OneBool(_) => decision.boolean = Some(index),
            Shape::Integer(_) | Shape::Integers(..) => decision.integer = Some(index),
            Shape::Number(_) => decision.number = Some(index),
            Shape::String(_) | Shape::Enumeration(_) => decision.string.push(index),
            Shape::Array(_) => decision.array.push(index),
            _ => {}
        }
    }
    decision.object = tags::choose(api, &union, met);
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
        Shape::OneBool(value) => Value::from(*value),
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
