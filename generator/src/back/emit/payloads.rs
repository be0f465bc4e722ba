//! A module with what the API sends: an alias for each payload, under the name that the document has for it.

use quote::quote;

use super::print::{docs, ident, rust_file};
use super::scope::{ApiTypes, Scope};
use crate::back::model::{Api, PayloadModule};

/// The text of `webhooks.rs` or `callbacks.rs`; `root` is the path of the API's module.
pub(super) fn file(api: &Api, module: &PayloadModule, root: &str, types: &ApiTypes<'_>) -> String {
    let scope = Scope::of_payloads(module, root, types);
    let aliases = module.payloads.iter().map(|payload| {
        let (doc, name, ty) = (docs(&payload.docs), ident(&payload.ident), scope.ty(&payload.ty));
        quote! {
            #doc
            pub type #name = #ty;
        }
    });
    let aliases: Vec<_> = aliases.collect();
    let mut all = scope.uses();
    all.extend(aliases);
    rust_file(&api.document, &module.docs, &scope.attributes(), all)
}
