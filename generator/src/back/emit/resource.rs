//! A resource's module: the handle, then each call.

use proc_macro2::TokenStream;
use quote::quote;

use super::print::{docs, ident, rust_file};
use super::scope::{ApiTypes, Scope};
use super::{call, waiter};
use crate::back::model::{Api, Resource};

/// The text of `resources/<module>.rs`; `root` is the path of the API's module.
pub(super) fn file(api: &Api, resource: &Resource, root: &str, types: &ApiTypes<'_>) -> String {
    let scope = Scope::of_resource(resource, root, types);
    let mut items = handle(&scope, resource);
    items.extend(
        resource
            .calls
            .iter()
            .flat_map(|call| call::items(&scope, resource, call)),
    );
    items.extend(
        resource
            .waiters
            .iter()
            .flat_map(|waiter| waiter::items(&scope, resource, waiter)),
    );
    let mut all = scope.uses();
    all.extend(items);
    rust_file(&api.document, &resource.docs, &scope.attributes(), all)
}

fn handle(scope: &Scope<'_>, resource: &Resource) -> Vec<TokenStream> {
    let (name, doc, core) = (ident(&resource.ident), docs(&resource.docs), scope.runtime("Core"));
    let methods = resource.calls.iter().map(|call| call::handle_method(scope, call));
    let waiters = resource.waiters.iter();
    let waiters = waiters.filter_map(|waiter| waiter::handle_method(scope, resource, waiter));
    vec![
        quote! {
            #doc
            #[derive(Debug, Clone)]
            pub struct #name {
                core: #core,
            }
        },
        quote! {
            impl #name {
                pub(crate) fn new(core: #core) -> Self {
                    Self { core }
                }
                #(#methods)*
                #(#waiters)*
            }
        },
    ]
}
