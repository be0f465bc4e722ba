//! Equal inline types become one.
//!
//! Two types are equal when values of both look the same; what the document says of them does not count, and where it
//! differs it is dropped (of a field, the first description stays). Schemas under `components` keep the names they were given and are never folded. Bodies of
//! failures that differ only in what is required are one as well: what every one of them requires stays required.

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap};

use indexmap::IndexSet;

use crate::ir::{Additional, Api, Constraints, Docs, Hint, Shape, Type, TypeId};

pub(super) fn run(api: &mut Api) {
    widen_error_bodies(api);
    let targets = fold(api);
    let target = |id: TypeId| targets[id.0 as usize];
    api.replace(target);
    for id in api.types.ids() {
        // Hints point to owners that may be gone, and two of them to owners that are one now.
        let mut hints = IndexSet::new();
        for mut hint in std::mem::take(&mut api.types[id].hints) {
            redirect(&mut hint, target);
            hints.insert(hint);
        }
        api.types[id].hints = hints.into_iter().collect();
    }
}

/// Makes every type that equals an earlier one an alias of it; returns where each type went.
fn fold(api: &mut Api) -> Vec<TypeId> {
    let mut targets: Vec<TypeId> = api.types.ids().collect();
    let mut first: HashMap<String, TypeId> = HashMap::new();
    let mut parents = parents(api);
    let mut round: BTreeSet<TypeId> = api.types.ids().collect();
    let mut dirty = BTreeSet::new();
    // Children that become one make their parents equal: those are looked at again, and nothing else is. That waits for
    // the next round, by which all children of a parent may have become one.
    while let Some(id) = round.pop_first().or_else(|| {
        std::mem::swap(&mut round, &mut dirty);
        round.pop_first()
    }) {
        api.types[id].shape.replace(|child| end(&targets, child));
        let Some(key) = key(&api.types[id]) else { continue };
        let other = match first.entry(key) {
            Entry::Vacant(entry) => {
                entry.insert(id);
                continue;
            }
            Entry::Occupied(mut entry) => {
                let other = *entry.get();
                // The earlier one stays, whichever was looked at first.
                entry.insert(other.min(id));
                other
            }
        };
        // Its shape may have changed since: it is looked at again under its own key.
        if other == id || targets[other.0 as usize] != other {
            continue;
        }
        let (kept, gone) = (other.min(id), other.max(id));
        combine(api, kept, gone);
        api.types[gone].shape = Shape::Alias(kept);
        let above = std::mem::take(&mut parents[gone.0 as usize]);
        dirty.extend(above.iter().copied());
        parents[kept.0 as usize].extend(above);
        targets[gone.0 as usize] = kept;
    }
    settled(targets)
}

/// The types that refer to each type.
fn parents(api: &Api) -> Vec<Vec<TypeId>> {
    let mut parents = vec![Vec::new(); api.types.len()];
    for (id, ty) in api.types.iter() {
        for child in ty.shape.children() {
            parents[child.0 as usize].push(id);
        }
    }
    parents
}

/// Where a type went.
fn end(targets: &[TypeId], mut id: TypeId) -> TypeId {
    while targets[id.0 as usize] != id {
        id = targets[id.0 as usize];
    }
    id
}

/// The end of each way: types only go to earlier ones.
fn settled(mut targets: Vec<TypeId>) -> Vec<TypeId> {
    for index in 0..targets.len() {
        targets[index] = targets[targets[index].0 as usize];
    }
    targets
}

/// What values look like, as text; `None` for what is never folded.
fn key(ty: &Type) -> Option<String> {
    if ty.component().is_some() {
        return None;
    }
    match &ty.shape {
        Shape::Object(object) => {
            let fields: Vec<_> = (object.fields.iter())
                .map(|field| (&field.name, field.ty, field.required, field.read_only, field.write_only))
                .collect();
            (!fields.is_empty()).then(|| format!("object {fields:?} {:?}", object.additional))
        }
        Shape::Enumeration(enumeration) => Some(format!("enum {:?}", enumeration.values)),
        Shape::Union(union) => Some(format!(
            "union {:?} {:?} {:?}",
            union.alternatives, union.discriminator, union.decision
        )),
        // These have no name, but what contains them is only equal if they are.
        Shape::Alias(_) | Shape::AllOf(_) => None,
        other => Some(format!("{other:?}")),
    }
}

/// What the document says of both stays; what it says of one place only is dropped.
fn combine(api: &mut Api, kept: TypeId, gone: TypeId) {
    let gone = api.types[gone].clone();
    let kept = &mut api.types[kept];
    keep_common(&mut kept.docs, &gone.docs);
    if !kept.shape.is_named() {
        return;
    }
    for hint in gone.hints {
        if !kept.hints.contains(&hint) {
            kept.hints.push(hint);
        }
    }
    if let (Shape::Object(kept), Shape::Object(gone)) = (&mut kept.shape, &gone.shape) {
        for (kept, gone) in kept.fields.iter_mut().zip(&gone.fields) {
            kept.docs.description = kept.docs.description.take().or_else(|| gone.docs.description.clone());
            kept.docs.deprecated &= gone.docs.deprecated;
            kept.secret |= gone.secret;
            if kept.docs.default != gone.docs.default {
                kept.docs.default = None;
            }
            if kept.docs.constraints != gone.docs.constraints {
                kept.docs.constraints = Constraints::default();
            }
        }
    }
}

fn keep_common(kept: &mut Docs, gone: &Docs) {
    if kept.description != gone.description {
        kept.description = None;
    }
    if kept.title != gone.title {
        kept.title = None;
    }
    kept.deprecated &= gone.deprecated;
}

fn redirect(hint: &mut Hint, target: impl Fn(TypeId) -> TypeId) {
    let (Hint::Property(owner, _)
    | Hint::Item(owner)
    | Hint::Value(owner)
    | Hint::Alternative(owner, _)
    | Hint::Part(owner)) = hint
    else {
        return;
    };
    *owner = target(*owner);
}

/// Objects that only failures answer with: the same fields of the same types, whatever each requires.
fn widen_error_bodies(api: &mut Api) {
    let mut groups: HashMap<String, Vec<TypeId>> = HashMap::new();
    let mut order = Vec::new();
    for (id, ty) in api.types.iter() {
        let Shape::Object(object) = &ty.shape else { continue };
        if !ty.hints.iter().all(|hint| matches!(hint, Hint::ErrorBody(_))) || object.additional != Additional::Ignored {
            continue;
        }
        let fields: Vec<_> = object
            .fields
            .iter()
            .map(|field| (&field.name, scalar_key(api, field.ty)))
            .collect();
        let key = format!("{fields:?}");
        if !groups.contains_key(&key) {
            order.push(key.clone());
        }
        groups.entry(key).or_default().push(id);
    }
    for key in order {
        widen(api, &groups[&key]);
    }
}

/// Inline scalars have ids of their own until they are folded.
fn scalar_key(api: &Api, id: TypeId) -> String {
    key(&api.types[id]).unwrap_or_else(|| format!("{id:?}"))
}

fn widen(api: &mut Api, group: &[TypeId]) {
    let required_in = |api: &Api, id: TypeId, index: usize| match &api.types[id].shape {
        Shape::Object(object) => object.fields[index].required,
        _ => false,
    };
    let Some(Shape::Object(first)) = group.first().map(|id| api.types[*id].shape.clone()) else {
        return;
    };
    for index in 0..first.fields.len() {
        let required = group.iter().all(|id| required_in(api, *id, index));
        for id in group {
            if let Shape::Object(object) = &mut api.types[*id].shape {
                object.fields[index].required = required;
            }
        }
    }
}
