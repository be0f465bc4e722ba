//! Brings every dialect of OpenAPI, Swagger 2.0 included, to the one that `openapiv3` holds.
//!
//! Knows the dialects (3.0, 3.1, 3.2) and what documents get wrong; knows nothing of Rust. The walk is a function from
//! the document as it is read to a new tree: what is malformed, unknown or without a word in 3.0 is repaired, left out
//! or put under a key of [`keys`], and reported with its place.
//!
//! What `front::lower` may rely on, of [`Normalized::openapi`]:
//!
//! - **References.** Each is `#/components/CATEGORY/NAME` of the right category, and the component is there. Only
//!   schemas, parameters, request bodies, responses and headers are referred to; components other than schemas are no
//!   references themselves, and path items, examples and media types never are. What was referred to elsewhere in the
//!   document became a component ([`keys::HOISTED`]). There is no cycle of nothing but references and `allOf`.
//! - **Words beside a reference** are kept: `allOf` of the one reference and [`keys::ANNOTATED_REF`].
//! - **Schemas.** `type` is one of 3.0's six, and a schema with a `type` and without `oneOf`, `anyOf` and `allOf` is a
//!   `SchemaKind::Type`: keywords of other types are gone, bounds fit (else [`keys::BOUNDS`]), `enum` items are of the
//!   type, distinct, not null, at least one. An array has `items`. `oneOf`, `anyOf` and `allOf` have at least one
//!   item, and `oneOf` and `anyOf` at least two unless a discriminator stands beside them. `not` stands alone, and
//!   mostly as `not: {}`: nothing is allowed.
//! - **Null** is `nullable`, and nothing else; a schema of null alone says [`keys::NULL`].
//! - **Required** properties are declared, except in and beside compositions, where another branch may do so.
//! - **Parameters.** Those of a path item stand in each operation, before its own. No two are equal in name and place;
//!   every path parameter is required and in the template; every one in the template is a parameter. Each has a schema
//!   or exactly one media type, and a style that its place allows. Names of headers are legal.
//! - **Operations** have responses, and operation ids are unique.
//! - **Security.** Requirements name schemes that are there.
//! - **Examples** are in `example`, never in `examples`. There are no links, callbacks and webhooks: what callbacks and
//!   webhooks send is listed under a key of its own.

mod body;
mod build;
mod components;
mod convert;
mod dialect;
mod document;
mod incoming;
pub mod keys;
mod operation;
mod parameter;
mod paths;
mod refs;
mod schema;
mod security;
mod shape;
mod swagger;
mod tally;
#[cfg(test)]
mod testing;

use std::cell::OnceCell;
use std::collections::HashSet;

use indexmap::IndexMap;

use self::components::Components;
use self::dialect::Dialect;
use self::refs::Anchors;
use self::tally::Tally;
use crate::diagnostic::{Findings, Place};
use crate::front::bundle::Bundled;
use crate::front::filter::Selection;
use crate::front::source::Node;

/// A document that the rest of the pipeline can rely on.
#[derive(Debug, Clone, PartialEq)]
pub struct Normalized {
    /// The document as `openapiv3` holds it.
    pub openapi: openapiv3::OpenAPI,
    /// The same as a tree: pointers into `openapi` lead here to the places where things were written.
    pub tree: Node,
}

/// A document of OpenAPI 3: Swagger 2.0 is brought to OpenAPI 3.0, and any other document stays as it is.
#[must_use]
pub fn modern(document: Bundled, findings: &mut Findings) -> Bundled {
    if dialect::is_swagger(&document.tree) {
        let tree = swagger::convert(&document.tree, findings);
        return Bundled { tree, ..document };
    }
    document
}

/// Brings what is selected of a [`modern`] document to OpenAPI 3.0 as `openapiv3` holds it. `None` only where it is no
/// OpenAPI 3 document at all.
pub fn normalize(document: &Bundled, selection: &Selection, findings: &mut Findings) -> Option<Normalized> {
    let dialect = dialect::detect(&document.tree, findings)?;
    let tree = Normalizer::new(document, selection, dialect, findings).run();
    convert::convert(tree, findings)
}

/// The walk's state.
struct Normalizer<'d, 'f> {
    document: &'d Node,
    selection: &'d Selection,
    /// References that could not be followed to another file, which is reported.
    lost: &'d HashSet<Place>,
    dialect: Dialect,
    findings: &'f mut Findings,
    tally: Tally,
    components: Components<'d>,
    anchors: OnceCell<Anchors<'d>>,
    /// The schemas around the one at hand, the outermost first.
    scopes: Vec<&'d Node>,
    /// How many schemas are open, one in the other.
    depth: usize,
    /// The operation ids so far, and where.
    operation_ids: IndexMap<String, Place>,
    /// The requests that the API sends, as they travel on.
    incoming: Vec<Node>,
}

impl<'d, 'f> Normalizer<'d, 'f> {
    fn new(document: &'d Bundled, selection: &'d Selection, dialect: Dialect, findings: &'f mut Findings) -> Self {
        let Bundled { tree: document, lost } = document;
        Self {
            document,
            selection,
            lost,
            dialect,
            findings,
            tally: Tally::default(),
            components: Components::new(document),
            anchors: OnceCell::new(),
            scopes: Vec::new(),
            depth: 0,
            operation_ids: IndexMap::new(),
            incoming: Vec::new(),
        }
    }

    fn run(mut self) -> Node {
        let tree = self.root();
        self.tally.report(self.findings);
        tree
    }
}
