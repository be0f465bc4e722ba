//! Which types are sent, and which are answered.

use super::reach;
use crate::ir::{Api, Response};

/// The ways a type goes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Usage {
    /// Clients send it.
    pub sent: bool,
    /// The API answers it, or sends it.
    pub answered: bool,
}

/// The ways of every type, by its id.
pub fn of(api: &Api) -> Vec<Usage> {
    let mut uses = vec![Usage::default(); api.types.len()];
    let parameters = api
        .operations
        .iter()
        .flat_map(|operation| operation.parameters.iter().map(|item| item.ty));
    let bodies = api
        .operations
        .iter()
        .filter_map(|operation| operation.body.as_ref()?.content.ty());
    for id in reach::from(api, parameters.chain(bodies)) {
        uses[id.0 as usize].sent = true;
    }
    let answers = api.operations.iter().flat_map(|operation| &operation.responses);
    let answers = answers.flat_map(Response::types);
    for id in reach::from(api, answers.chain(api.payload_types())) {
        uses[id.0 as usize].answered = true;
    }
    uses
}
