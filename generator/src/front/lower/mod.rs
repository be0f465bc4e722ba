//! From `openapiv3`'s document to the IR.
//!
//! Knows `openapiv3` and `ir`; knows neither dialects (normalisation has left one) nor Rust. It relies on what
//! `normalize` promises: every `$ref` is local and points straight at a component of the right category.

mod body;
mod docs;
mod facets;
mod form;
mod operation;
mod payload;
mod schema;
mod security;
mod server;
mod stream;

use std::collections::HashMap;

use openapiv3::{Components, OpenAPI, ReferenceOr};

use crate::diagnostic::{Finding, Findings, Place, codes};
use crate::front::normalize::Normalized;
use crate::front::source::{Node, Pointer};
use crate::ir::{Api, CredentialId, Docs, Hint, Origin, Shape, Type, TypeId};

/// Lowers a whole document.
pub fn lower(document: &Normalized, findings: &mut Findings) -> Api {
    let openapi = &document.openapi;
    let mut lowering = Lowering {
        openapi,
        tree: &document.tree,
        findings,
        api: Api {
            title: openapi.info.title.clone(),
            description: openapi.info.description.clone(),
            version: openapi.info.version.clone(),
            ..Api::default()
        },
        components: HashMap::new(),
        schemes: HashMap::new(),
        shared: HashMap::new(),
    };
    lowering.tags();
    lowering.servers();
    lowering.credentials();
    lowering.component_schemas();
    lowering.operations();
    lowering.payloads();
    lowering.report_emptiness();
    lowering.api
}

/// The state of one run.
struct Lowering<'a> {
    openapi: &'a OpenAPI,
    /// The normalised tree: where findings get their places from.
    tree: &'a Node,
    findings: &'a mut Findings,
    api: Api,
    /// `components.schemas` by key.
    components: HashMap<&'a str, TypeId>,
    /// `components.securitySchemes` by key, those a client can send.
    schemes: HashMap<&'a str, CredentialId>,
    /// Schemas that stand inside a shared response, parameter or body, by where they stand: lowered once.
    shared: HashMap<Pointer, TypeId>,
}

impl<'a> Lowering<'a> {
    fn tags(&mut self) {
        for tag in &self.openapi.tags {
            if let Some(description) = &tag.description {
                self.api.tags.push((tag.name.clone(), description.clone()));
            }
        }
    }

    fn report_emptiness(&mut self) {
        if self.api.operations.is_empty() {
            let place = self.place(&Pointer::root().child("paths"));
            let message = "the document has no operations, so the client can call nothing";
            self.report(
                Finding::warning(codes::NO_OPERATIONS, place, message)
                    .help("describe what the API offers under `paths`"),
            );
        }
    }

    fn place(&self, at: &Pointer) -> Place {
        at.find_nearest(self.tree).place.clone()
    }

    fn origin(&self, at: &Pointer) -> Origin {
        Origin {
            pointer: at.to_string(),
            place: Some(self.place(at)),
        }
    }

    fn report(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// Adds a type that stands at `at`.
    fn add(&mut self, shape: Shape, docs: Docs, hint: Hint, at: &Pointer) -> TypeId {
        let origin = self.origin(at);
        self.api.types.push(Type {
            shape,
            docs,
            hints: vec![hint],
            origin,
        })
    }

    /// Follows references between components of one category to the item and where it stands.
    fn resolve<T>(
        &self,
        item: &'a ReferenceOr<T>,
        at: &Pointer,
        category: &'static str,
        find: impl Fn(&'a Components) -> &'a indexmap::IndexMap<String, ReferenceOr<T>>,
    ) -> Option<(&'a T, Pointer)> {
        let components = self.openapi.components.as_ref();
        let (mut item, mut at) = (item, at.clone());
        // A chain longer than the category has entries would be a cycle, which `normalize` has cut.
        for _ in 0..=components.map_or(0, |components| find(components).len()) {
            match item {
                ReferenceOr::Item(value) => return Some((value, at)),
                ReferenceOr::Reference { reference } => {
                    let target = Pointer::from_fragment(reference)?;
                    let name = target.tokens().last()?;
                    item = find(components?).get(name)?;
                    at = Pointer::root().child("components").child(category).child(name.as_str());
                }
            }
        }
        None
    }
}

#[cfg(test)]
mod tests;
