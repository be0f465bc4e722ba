//! Which types an operation reaches.

use crate::ir::{Api, Content, Operation, TypeId};

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

/// The types that a client needs for an operation: those that it names. A multipart body is none of them, as its parts are
/// given one by one.
pub fn roots(api: &Api, operation: &Operation) -> Vec<TypeId> {
    let mut roots = Vec::new();
    let body = operation.body.as_ref().map(|body| &body.content);
    for id in operation.types() {
        match body {
            Some(Content::Multipart(body)) if *body == id => {
                roots.extend(api.types[api.types.peel(id).0].shape.children());
            }
            _ => roots.push(id),
        }
    }
    roots
}
