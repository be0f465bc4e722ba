//! Keeps constants only where they can be written for the user: as required fields of objects.
//!
//! Elsewhere a constant is a list of one, which may grow. So they are in multipart bodies, whose parts are given one by
//! one.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use crate::ir::{Additional, Api, Content, Enumeration, IntegerFormat, NumberFormat, Object, Shape, Type, TypeId};

pub(super) fn run(api: &mut Api) {
    let parts = multipart_bodies(api);
    let kept: HashSet<TypeId> = (api.types.iter())
        .filter(|(id, _)| !parts.contains(id))
        .flat_map(|(_, ty)| required(&ty.shape))
        .collect();
    let mut copies = HashMap::new();
    for id in api.types.ids() {
        let Shape::Const(value) = &api.types[id].shape else {
            continue;
        };
        let shape = loosened(value);
        if kept.contains(&id) {
            // A component may stand in either kind of place.
            let ty = Type {
                shape,
                ..api.types[id].clone()
            };
            copies.insert(id, api.types.push(ty));
        } else {
            api.types[id].shape = shape;
        }
    }
    if copies.is_empty() {
        return;
    }
    let loose = |id: TypeId| copies.get(&id).copied().unwrap_or(id);
    for id in api.types.ids() {
        match &mut api.types[id].shape {
            Shape::Object(object) if !parts.contains(&id) => loosen_optional(object, loose),
            other => other.replace(loose),
        }
    }
    api.replace_in_operations(loose);
}

fn multipart_bodies(api: &Api) -> HashSet<TypeId> {
    let bodies = api.operations.iter().filter_map(|operation| operation.body.as_ref());
    bodies
        .filter_map(|body| match body.content {
            Content::Multipart(id) => Some(api.types.peel(id).0),
            _ => None,
        })
        .collect()
}

fn required(shape: &Shape) -> Vec<TypeId> {
    let Shape::Object(object) = shape else {
        return Vec::new();
    };
    let fields = object.fields.iter().filter(|field| field.required);
    fields.map(|field| field.ty).collect()
}

fn loosen_optional(object: &mut Object, loose: impl Fn(TypeId) -> TypeId) {
    for field in object.fields.iter_mut().filter(|field| !field.required) {
        field.ty = loose(field.ty);
    }
    if let Additional::Kept(value) = &mut object.additional {
        *value = loose(*value);
    }
}

fn loosened(value: &Value) -> Shape {
    match value {
        Value::String(text) => Shape::Enumeration(Enumeration {
            values: vec![text.clone()],
        }),
        Value::Bool(value) => Shape::OneBool(*value),
        Value::Number(number) if number.is_f64() => Shape::Number(NumberFormat::F64),
        Value::Number(number) => Shape::Integers(IntegerFormat::I64, vec![number.clone()]),
        Value::Null => Shape::Null,
        Value::Array(_) | Value::Object(_) => Shape::Any,
    }
}
