//! Lists of integers, and booleans that have one value, become integers and booleans: but for those by which a union's
//! objects are told apart, which serve until that is decided.

use std::collections::HashSet;

use super::tags;
use crate::ir::{Api, Field, ObjectChoice, Shape, TypeId};

pub(super) fn run(api: &mut Api) {
    let mut met = tags::Met::new();
    let ids = api.types.ids();
    let told_by: HashSet<TypeId> = ids.flat_map(|id| tag_fields(api, id, &mut met)).collect();
    loosen(api, &told_by);
}

/// Loosens all but these.
pub(super) fn loosen(api: &mut Api, kept: &HashSet<TypeId>) {
    for id in api.types.ids().filter(|id| !kept.contains(id)) {
        let shape = &mut api.types[id].shape;
        match *shape {
            Shape::Integers(format, _) => *shape = Shape::Integer(format),
            Shape::OneBool(_) => *shape = Shape::Bool,
            _ => {}
        }
    }
}

/// The types of the fields by which a union tells its objects apart, as far as they are literals.
fn tag_fields(api: &Api, id: TypeId, met: &mut tags::Met) -> Vec<TypeId> {
    let Shape::Union(union) = &api.types[id].shape else {
        return Vec::new();
    };
    let objects = union
        .alternatives
        .iter()
        .filter_map(|alternative| match &api.types[*alternative].shape {
            Shape::Object(object) => Some(object),
            _ => None,
        });
    let is_literal = |field: &&Field| matches!(api.types[field.ty].shape, Shape::Integers(..) | Shape::OneBool(_));
    let fields = objects.flat_map(|object| &object.fields).filter(is_literal);
    let fields: Vec<&Field> = fields.collect();
    if fields.is_empty() {
        return Vec::new();
    }
    let ObjectChoice::Tag { property, .. } = tags::choose(api, union, met) else {
        return Vec::new();
    };
    let told_by = fields.into_iter().filter(|field| field.name == property);
    told_by.map(|field| field.ty).collect()
}
