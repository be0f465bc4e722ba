//! The headers that answers declare: a type for each set of them, with a method for each header.

use super::calls::style;
use super::{Context, docs};
use crate::back::model::{HeaderSet, HeaderValue};
use crate::ir::OperationId;
use crate::ir::analysis::headers;

impl Context<'_> {
    /// The sets of headers, in the order of the operations.
    pub(super) fn header_sets(&self) -> Vec<HeaderSet> {
        let sets = self.headers.iter().zip(&self.names.headers);
        sets.map(|(set, names)| HeaderSet {
            ident: names.ident.clone(),
            docs: docs::of_headers(self, set, names),
            values: (set.headers.iter().zip(&names.methods))
                .map(|(header, method)| HeaderValue {
                    ident: method.clone(),
                    docs: docs::of_header(self, header),
                    deprecated: header.docs.deprecated,
                    name: header.name.to_ascii_lowercase(),
                    ty: self.rust_type(self.api.types.peel(header.ty).0),
                    style: style(header.encoding),
                })
                .collect(),
        })
        .collect()
    }

    /// The set that the answers to an operation declare: its name, and the names of its methods.
    pub(super) fn headers_of(&self, id: OperationId) -> Option<(&str, &[String])> {
        let declares = |set: &headers::HeaderSet| set.operations.binary_search(&id).is_ok();
        let names = &self.names.headers[self.headers.iter().position(declares)?];
        Some((&names.ident, &names.methods))
    }
}
