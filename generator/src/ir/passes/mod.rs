//! One rewrite of an API each, in the order in which [`run`] lists them.
//!
//! Passes know the IR and findings; never Rust, and never where the API came from.

mod aliases;
mod classify;
mod constants;
mod deep;
mod directions;
mod fold;
mod headers;
mod literals;
mod merge;
mod scalars;
mod tags;
mod unions;
mod unnamed;

use super::{Api, analysis};
use crate::diagnostic::Findings;

/// Brings a lowered API to the form that `names` and `back::plan` rely on: no `Alias`, no `AllOf`, no `Integers` nor
/// `OneBool`, no `Nullable` of `Nullable`, every union decided, equal inline types one, no chain of types endless or too long, cycles boxed, and
/// headers of types that can be read from one line.
pub fn run(api: &mut Api, findings: &mut Findings) {
    aliases::run(api);
    merge::run(api, findings);
    aliases::run(api);
    constants::run(api);
    fold::run(api);
    unions::run(api, findings);
    literals::run(api);
    // What only lists of integers told apart is one now.
    fold::run(api);
    unions::run(api, findings);
    classify::run(api, findings);
    aliases::run(api);
    fold::run(api);
    headers::run(api);
    unnamed::run(api, findings);
    deep::run(api, findings);
    directions::run(api);
    analysis::cycles::mark(api);
}

#[cfg(test)]
mod tests;
