//! Puts the target in the place of every alias, and one `Nullable` in the place of several.

use crate::ir::{Api, Shape, TypeId, Types};

pub(super) fn run(api: &mut Api) {
    let targets: Vec<TypeId> = api.types.ids().map(|id| target(&api.types, id)).collect();
    api.replace(|id| targets.get(id.0 as usize).copied().unwrap_or(id));
    for id in api.types.ids() {
        if let Shape::Nullable(inner) = api.types[id].shape {
            let (inner, _) = api.types.peel(inner);
            api.types[id].shape = match api.types[inner].shape {
                // Null is among them already.
                Shape::Any => Shape::Any,
                Shape::Null => Shape::Null,
                _ => Shape::Nullable(inner),
            };
        }
    }
}

fn target(types: &Types, start: TypeId) -> TypeId {
    let mut id = start;
    for _ in 0..types.len() {
        match types[id].shape {
            Shape::Alias(next) => id = next,
            _ => return id,
        }
    }
    // Aliases in a circle: `normalize` has reported and cut every circle of references.
    start
}
