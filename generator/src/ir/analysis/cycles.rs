//! Where cycles of types close, so that a value must stand behind a pointer.
//!
//! Arrays and maps are pointers already; only what a record or a union holds by value counts.

use crate::ir::{Api, Shape, TypeId};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    New,
    Open,
    Done,
}

/// Sets `boxed` on the fields and alternatives that close a cycle.
pub fn mark(api: &mut Api) {
    let mut marks = vec![Mark::New; api.types.len()];
    for root in api.types.ids() {
        walk(api, root, &mut marks);
    }
}

/// A walk with its own stack: documents may nest deeper than threads do.
fn walk(api: &mut Api, root: TypeId, marks: &mut [Mark]) {
    if marks[root.0 as usize] != Mark::New {
        return;
    }
    marks[root.0 as usize] = Mark::Open;
    let mut stack = vec![(root, held_by_value(api, root).into_iter().enumerate())];
    while let Some((id, held)) = stack.last_mut() {
        let id = *id;
        let Some((index, child)) = held.next() else {
            marks[id.0 as usize] = Mark::Done;
            stack.pop();
            continue;
        };
        match marks[child.0 as usize] {
            Mark::Open => set_boxed(api, id, index),
            Mark::New => {
                marks[child.0 as usize] = Mark::Open;
                stack.push((child, held_by_value(api, child).into_iter().enumerate()));
            }
            Mark::Done => {}
        }
    }
}

/// What a record's fields or a union's alternatives hold by value, in order, nullability peeled off.
fn held_by_value(api: &Api, id: TypeId) -> Vec<TypeId> {
    match &api.types[id].shape {
        Shape::Object(object) => object.fields.iter().map(|field| api.types.peel(field.ty).0).collect(),
        Shape::Union(union) => union.alternatives.iter().map(|id| api.types.peel(*id).0).collect(),
        _ => Vec::new(),
    }
}

fn set_boxed(api: &mut Api, id: TypeId, index: usize) {
    match &mut api.types[id].shape {
        Shape::Object(object) => object.fields[index].boxed = true,
        Shape::Union(union) => {
            union.boxed.resize(union.alternatives.len(), false);
            union.boxed[index] = true;
        }
        _ => {}
    }
}
