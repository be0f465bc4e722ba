//! Which types an operation reaches.

use crate::ir::{Api, TypeId};

/// Every type that the given ones reach, themselves included, in the order of a walk that goes deep first.
pub fn from(api: &Api, roots: impl IntoIterator<Item = TypeId>) -> Vec<TypeId> {
    let mut seen = vec![false; api.types.len()];
    let mut order = Vec::new();
    let mut stack: Vec<TypeId> = roots.into_iter().collect();
    stack.reverse();
    while let Some(id) = stack.pop() {
        if std::mem::replace(&mut seen[id.0 as usize], true) {
            continue;
        }
        order.push(id);
        stack.extend(api.types[id].shape.children().into_iter().rev());
    }
    order
}
