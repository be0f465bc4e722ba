//! Cuts circles that no named type closes: an array of itself has no finite type.

use std::iter::successors;

use crate::diagnostic::{Finding, Findings, codes};
use crate::ir::{Api, Shape, TypeId};

pub(super) fn run(api: &mut Api, findings: &mut Findings) {
    for id in closing(api) {
        let place = api.types[id].origin.place.clone();
        findings.push(
            Finding::warning(
                codes::ENDLESS_TYPE,
                place,
                "the schema contains itself with no object or union in between",
            )
            .help("its values stay untyped JSON; put an object in between if that is what is meant"),
        );
        api.types[id].shape = Shape::Any;
    }
}

/// The first type of each circle. Each type leads to at most one other, so that every way is walked once.
fn closing(api: &Api) -> Vec<TypeId> {
    let mut met: Vec<Option<TypeId>> = vec![None; api.types.len()];
    let mut found = Vec::new();
    for start in api.types.ids() {
        let mut next = Some(start);
        while let Some(id) = next.filter(|id| met[id.0 as usize].is_none()) {
            met[id.0 as usize] = Some(start);
            next = inner(api, id);
        }
        // A circle, where the way ends in a type of its own.
        let Some(first) = next.filter(|id| met[id.0 as usize] == Some(start)) else {
            continue;
        };
        let circle = successors(inner(api, first), |id| inner(api, *id)).take_while(|id| *id != first);
        found.extend(circle.chain([first]).min());
    }
    found
}

/// What a type without a name is a list, a map or an alias of.
fn inner(api: &Api, id: TypeId) -> Option<TypeId> {
    match api.types[id].shape {
        Shape::Array(next) | Shape::Map(next) | Shape::Nullable(next) | Shape::Alias(next) => Some(next),
        _ => None,
    }
}
