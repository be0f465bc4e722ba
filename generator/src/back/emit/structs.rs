//! Records: the struct, `new`, and the setters.

use proc_macro2::TokenStream;
use quote::quote;

use super::print::{deprecated, docs, ident};
use super::scope::Scope;
use super::serde;
use super::setters::{argument, initializer, stored, taken};
use crate::back::model::{Argument, Presence, Setter, Store, Struct, StructBuilder, Target};

/// All items of a record.
pub(super) fn items(scope: &Scope<'_>, item: &Struct) -> Vec<TokenStream> {
    if item.deprecated || item.fields.iter().any(|field| field.deprecated) {
        scope.touch_deprecated();
    }
    let mut items = vec![definition(scope, item)];
    items.extend(item.fields.iter().any(|field| field.secret).then(|| debug(scope, item)));
    items.extend(item.builder.as_ref().map(|builder| constructors(scope, item, builder)));
    items.extend(serde::items(scope, item));
    items
}

fn definition(scope: &Scope<'_>, item: &Struct) -> TokenStream {
    let (name, doc, deprecation) = (ident(&item.ident), docs(&item.docs), deprecated(item.deprecated));
    let derived_debug = (!item.fields.iter().any(|field| field.secret)).then(|| quote!(Debug,));
    let default = item.default.then(|| quote!(, Default));
    let fields = item.fields.iter().map(|field| {
        let (name, ty) = (ident(&field.ident), scope.ty(&field.ty));
        let (doc, deprecation) = (docs(&field.docs), deprecated(field.deprecated));
        quote!(#doc #deprecation pub #name: #ty)
    });
    let rest = item.rest.iter().map(|rest| {
        let (name, doc) = (ident(&rest.ident), docs(&rest.docs));
        let (map, key, value) = (scope.map(), scope.prelude("String"), scope.ty(&rest.value));
        quote!(#doc pub #name: #map<#key, #value>)
    });
    let fields = fields.chain(rest);
    quote! {
        #doc
        #[derive(#derived_debug Clone, PartialEq #default)]
        #[non_exhaustive]
        #deprecation
        pub struct #name {
            #(#fields,)*
        }
    }
}

/// `Debug` written out, because a derived one would show secrets.
fn debug(scope: &Scope<'_>, item: &Struct) -> TokenStream {
    let (name, text) = (ident(&item.ident), &item.ident);
    let fmt = scope.name("std", "fmt");
    let fields = item.fields.iter().map(|field| {
        let (text, field_name) = (field.ident.trim_start_matches("r#"), ident(&field.ident));
        match (field.secret, field.presence) {
            (false, _) => quote!(.field(#text, &self.#field_name)),
            (true, Presence::Optional) => {
                let hidden = scope.runtime("Hidden");
                quote!(.field(#text, &self.#field_name.as_ref().map(|_| #hidden)))
            }
            (true, _) => {
                let hidden = scope.runtime("Hidden");
                quote!(.field(#text, &#hidden))
            }
        }
    });
    let rest = item.rest.iter().map(|rest| {
        let (text, field) = (rest.ident.trim_start_matches("r#"), ident(&rest.ident));
        quote!(.field(#text, &self.#field))
    });
    quote! {
        impl #fmt::Debug for #name {
            fn fmt(&self, f: &mut #fmt::Formatter<'_>) -> #fmt::Result {
                f.debug_struct(#text) #(#fields)* #(#rest)* .finish()
            }
        }
    }
}

fn constructors(scope: &Scope<'_>, item: &Struct, builder: &StructBuilder) -> TokenStream {
    let name = ident(&item.ident);
    let new = constructor(scope, item, &builder.arguments);
    let setters = builder.setters.iter().map(|setter| setter_method(scope, setter));
    quote! {
        impl #name {
            #new
            #(#setters)*
        }
    }
}

fn constructor(scope: &Scope<'_>, item: &Struct, arguments: &[(Argument, Store)]) -> TokenStream {
    if arguments.is_empty() && item.default {
        return quote! {
            /// Without any of its fields.
            #[must_use]
            pub fn new() -> Self {
                Self::default()
            }
        };
    }
    let parameters = arguments.iter().map(|(taken, _)| argument(scope, taken));
    let fields = item
        .fields
        .iter()
        .map(|field| (field.ident.as_str(), scope.unset(&field.ty)));
    let rest = item.rest.iter().map(|rest| {
        let map = scope.map();
        (rest.ident.as_str(), quote!(#map::new()))
    });
    let fields = fields.chain(rest).map(|(field, unset)| {
        let given = arguments
            .iter()
            .find(|(taken, _)| matches!(&taken.target, Target::BodyField(name) if name == field));
        let value = given.map_or(unset, |(taken, store)| {
            stored(scope, &taken.ident, &taken.accept, *store)
        });
        initializer(field, &value)
    });
    let doc = if arguments.is_empty() {
        "Without any of its optional fields."
    } else {
        "With the fields that it must have."
    };
    let doc = docs(&[doc]);
    quote! {
        #doc
        #[must_use]
        pub fn new(#(#parameters),*) -> Self {
            Self { #(#fields),* }
        }
    }
}

fn setter_method(scope: &Scope<'_>, setter: &Setter) -> TokenStream {
    let (name, doc, deprecation) = (ident(&setter.ident), docs(&setter.docs), deprecated(setter.deprecated));
    let parameter = taken(scope, &setter.ident, &setter.accept);
    let value = stored(scope, &setter.ident, &setter.accept, setter.store);
    let field = match &setter.target {
        Target::BodyField(field) | Target::Parameter(field) => ident(field),
        Target::Body => name.clone(),
    };
    quote! {
        #doc
        #deprecation
        #[must_use]
        pub fn #name(mut self, #parameter) -> Self {
            self.#field = #value;
            self
        }
    }
}
