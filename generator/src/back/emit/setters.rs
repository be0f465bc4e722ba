//! How values are taken from users and stored: arguments and setters of builders and structs.

use proc_macro2::TokenStream;
use quote::quote;

use super::print::ident;
use super::scope::Scope;
use crate::back::model::{Accept, Argument, RustType, Store};

/// `name: impl Into<T>`
pub(super) fn argument(scope: &Scope<'_>, argument: &Argument) -> TokenStream {
    taken(scope, &argument.ident, &argument.accept)
}

/// `name: impl Into<T>`, by name and way of taking.
pub(super) fn taken(scope: &Scope<'_>, name: &str, accept: &Accept) -> TokenStream {
    let name = ident(name);
    let ty = match accept {
        Accept::Plain(ty) => scope.ty(ty),
        Accept::Into(ty) => into(scope, ty, false),
        Accept::Items { item, plain } => {
            let (iterator, item) = (scope.prelude("IntoIterator"), into(scope, item, *plain));
            quote!(impl #iterator<Item = #item>)
        }
        Accept::Pairs { value, plain } => {
            let (iterator, value) = (scope.prelude("IntoIterator"), into(scope, value, *plain));
            let key = into(scope, &RustType::String, false);
            quote!(impl #iterator<Item = (#key, #value)>)
        }
    };
    quote!(#name: #ty)
}

fn into(scope: &Scope<'_>, ty: &RustType, plain: bool) -> TokenStream {
    let ty = scope.ty(ty);
    if plain {
        return ty;
    }
    let into = scope.prelude("Into");
    quote!(impl #into<#ty>)
}

/// The taken value as a `T`.
pub(super) fn converted(scope: &Scope<'_>, name: &str, accept: &Accept) -> TokenStream {
    let name = ident(name);
    match accept {
        Accept::Plain(_) => quote!(#name),
        Accept::Into(_) => quote!(#name.into()),
        Accept::Items { plain: true, .. } => quote!(#name.into_iter().collect()),
        Accept::Items { plain: false, .. } => {
            let into = scope.prelude("Into");
            quote!(#name.into_iter().map(#into::into).collect())
        }
        Accept::Pairs { plain: true, .. } => {
            quote!(#name.into_iter().map(|(key, value)| (key.into(), value)).collect())
        }
        Accept::Pairs { plain: false, .. } => {
            quote!(#name.into_iter().map(|(key, value)| (key.into(), value.into())).collect())
        }
    }
}

/// The taken value as it is stored.
pub(super) fn stored(scope: &Scope<'_>, name: &str, accept: &Accept, store: Store) -> TokenStream {
    let value = converted(scope, name, accept);
    let boxed = || {
        let boxed = scope.prelude("Box");
        quote!(#boxed::new(#value))
    };
    match store {
        Store::Direct => value,
        Store::Some => quote!(Some(#value)),
        Store::Boxed => boxed(),
        Store::SomeBoxed => {
            let boxed = boxed();
            quote!(Some(#boxed))
        }
        Store::OptionBoxed => {
            let (option, boxed) = (scope.prelude("Option"), scope.prelude("Box"));
            quote!(#option::map(#value, #boxed::new))
        }
        Store::NullableBoxed => {
            let nullable = scope.runtime("Nullable");
            quote!(#nullable::boxed(#value))
        }
    }
}

/// `field: value`, or `field` alone where the value is called so.
pub(super) fn initializer(name: &str, value: &TokenStream) -> TokenStream {
    let field = ident(name);
    if value.to_string() == name {
        quote!(#field)
    } else {
        quote!(#field: #value)
    }
}
