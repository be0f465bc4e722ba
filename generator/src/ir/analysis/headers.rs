//! Which headers answers have in common: operations whose answers declare the same ones share a set.

use indexmap::IndexMap;

use crate::ir::{Api, Encoding, Header, Operation, OperationId, TypeId};

/// Headers, and the operations whose answers declare them.
#[derive(Debug, Clone)]
pub struct HeaderSet {
    /// The headers, each once, as the first operation declares them.
    pub headers: Vec<Header>,
    /// The operations, in order.
    pub operations: Vec<OperationId>,
}

/// The sets of an API, in the order of the operations. What the document says of a header does not tell sets apart.
pub fn of(api: &Api) -> Vec<HeaderSet> {
    let mut sets: IndexMap<Vec<(String, TypeId, Encoding)>, HeaderSet> = IndexMap::new();
    for (id, operation) in (0u32..).map(OperationId).zip(&api.operations) {
        let headers = of_operation(operation);
        if headers.is_empty() {
            continue;
        }
        let keys = headers.iter();
        let mut key: Vec<_> = keys
            .map(|header| (header.name.to_ascii_lowercase(), header.ty, header.encoding))
            .collect();
        key.sort_by(|one, other| one.0.cmp(&other.0));
        let set = sets.entry(key).or_insert_with(|| HeaderSet {
            headers: Vec::new(),
            operations: Vec::new(),
        });
        set.operations.push(id);
        merge(&mut set.headers, &headers);
    }
    sets.into_values().collect()
}

/// The headers of all answers to one operation.
fn of_operation(operation: &Operation) -> Vec<Header> {
    let mut list = Vec::new();
    merge(&mut list, operation.headers());
    list
}

/// Adds those that are not there: names are one without regard to case (RFC 9110, section 5.1).
fn merge<'a>(list: &mut Vec<Header>, headers: impl IntoIterator<Item = &'a Header>) {
    for header in headers {
        let mut known = list.iter_mut();
        match known.find(|known| known.name.eq_ignore_ascii_case(&header.name)) {
            Some(known) => say(known, header),
            None => list.push(header.clone()),
        }
    }
}

/// The first words stay; it is deprecated where all say so.
fn say(known: &mut Header, other: &Header) {
    known.docs.deprecated &= other.docs.deprecated;
    if known.docs.description.is_none() {
        known.docs.description.clone_from(&other.docs.description);
    }
}
