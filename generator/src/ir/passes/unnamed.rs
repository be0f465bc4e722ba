//! Cuts circles that no named type closes: an array of itself has no finite type.

use crate::diagnostic::{Finding, Findings, codes};
use crate::ir::{Api, Shape, TypeId};

pub(super) fn run(api: &mut Api, findings: &mut Findings) {
    for id in api.types.ids() {
        if !closes_on_itself(api, id) {
            continue;
        }
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

fn closes_on_itself(api: &Api, start: TypeId) -> bool {
    let mut id = start;
    for _ in 0..=api.types.len() {
        id = match api.types[id].shape {
            Shape::Array(next) | Shape::Map(next) | Shape::Nullable(next) | Shape::Alias(next) => next,
            _ => return false,
        };
        if id == start {
            return true;
        }
    }
    false
}
