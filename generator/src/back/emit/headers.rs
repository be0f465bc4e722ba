//! The module with the headers that answers declare: for each set a type around the headers as they came, with a method
//! for each.

use proc_macro2::TokenStream;
use quote::quote;

use super::print::{deprecated, docs, ident, rust_file};
use super::scope::{ApiTypes, Scope};
use super::send::style_name;
use super::serde::seed;
use crate::back::model::{Api, HeaderSet, HeaderValue};

/// The text of `headers.rs`; `root` is the path of the API's module.
pub(super) fn file(api: &Api, root: &str, types: &ApiTypes<'_>) -> String {
    let scope = Scope::of_headers(&api.headers, root, types);
    let items: Vec<_> = api.headers.iter().flat_map(|set| items(&scope, set)).collect();
    let mut all = scope.uses();
    all.extend(items);
    let about = [
        "The headers that answers declare, each as a value of its type.",
        "",
        "They are read when they are asked for: `None` where an answer does not have them, an error where one is not what the",
        "API's document says. Answers have them by `with_response`, and errors by [`Error::headers`](crate::Error::headers).",
    ]
    .map(str::to_owned);
    rust_file(&api.document, &about, &scope.attributes(), all)
}

fn items(scope: &Scope<'_>, set: &HeaderSet) -> [TokenStream; 2] {
    let (name, doc, map) = (ident(&set.ident), docs(&set.docs), scope.name("http", "HeaderMap"));
    let values = set.values.iter().map(|value| method(scope, value));
    [
        quote! {
            #doc
            #[derive(Debug, Clone, Copy)]
            pub struct #name<'a>(&'a #map);
        },
        quote! {
            impl<'a> #name<'a> {
                /// Those of an answer.
                pub fn of(headers: &'a #map) -> Self {
                    Self(headers)
                }

                #(#values)*
            }
        },
    ]
}

fn method(scope: &Scope<'_>, value: &HeaderValue) -> TokenStream {
    let (name, doc, deprecation) = (ident(&value.ident), docs(&value.docs), deprecated(value.deprecated));
    let (ty, header, style) = (scope.ty(&value.ty), &value.name, ident(style_name(value.style)));
    let (result, option, error) = (
        scope.prelude("Result"),
        scope.prelude("Option"),
        scope.runtime("HeaderError"),
    );
    let styles = scope.runtime("Style");
    let read = match seed(scope, &value.ty) {
        Some(seed) => {
            let read = scope.runtime("header_by");
            quote!(#read(self.0, #header, #styles::#style, #seed))
        }
        None => {
            let read = scope.runtime("header");
            quote!(#read(self.0, #header, #styles::#style))
        }
    };
    quote! {
        #doc
        #deprecation
        pub fn #name(&self) -> #result<#option<#ty>, #error> {
            #read
        }
    }
}
