//! Puts the target in the place of every alias, and one `Nullable` in the place of several.

use crate::ir::{Api, Shape, TypeId, Types};

pub(super) fn run(api: &mut Api) {
    let targets = targets(&api.types);
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

/// Where each type leads to. What is on a way is settled with its first type, so that a long chain is walked once.
fn targets(types: &Types) -> Vec<TypeId> {
    let mut targets: Vec<Option<TypeId>> = vec![None; types.len()];
    for start in types.ids() {
        let mut way = Vec::new();
        let mut id = start;
        let end = loop {
            match (targets[id.0 as usize], &types[id].shape) {
                (Some(end), _) => break end,
                // Aliases in a circle: `normalize` has reported and cut every circle of references.
                (None, Shape::Alias(_)) if way.len() > types.len() => break start,
                (None, Shape::Alias(next)) => {
                    way.push(id);
                    id = *next;
                }
                (None, _) => break id,
            }
        };
        targets[start.0 as usize] = Some(end);
        for id in way {
            targets[id.0 as usize] = Some(end);
        }
    }
    let settled = types.ids().zip(targets);
    settled.map(|(id, target)| target.unwrap_or(id)).collect()
}
