//! Unions: the enum, its conversions, and how it is written and read.

use proc_macro2::TokenStream;
use quote::quote;

use super::choice;
use super::print::{deprecated, docs, ident};
use super::scope::Scope;
use super::serde;
use crate::back::model::{Conversion, RustType, Tag, Union, Variant};

/// All items of a union.
pub(super) fn items(scope: &Scope<'_>, item: &Union) -> Vec<TokenStream> {
    if item.deprecated {
        scope.touch_deprecated();
    }
    let name = ident(&item.ident);
    let mut items = vec![definition(scope, item)];
    for variant in &item.variants {
        for from in &variant.from {
            items.extend(conversion(scope, item, variant, *from));
        }
    }
    items.push(serde::serialize(scope, &name, &write(scope, item)));
    items.push(serde::deserialize(scope, &name, &quote!(choice(deserializer))));
    items.push(choice::implementation(scope, item));
    items
}

fn definition(scope: &Scope<'_>, item: &Union) -> TokenStream {
    let (name, doc, deprecation) = (ident(&item.ident), docs(&item.docs), deprecated(item.deprecated));
    let variants = item.variants.iter().map(|variant| {
        let (name, doc, ty) = (ident(&variant.ident), docs(&variant.docs), scope.ty(&variant.ty));
        quote!(#doc #name(#ty),)
    });
    let unknown = item.unknown.iter().map(|unknown| {
        let unknown = ident(unknown);
        quote! {
            /// An object of a kind that this version of the crate does not know, as it came.
            #unknown(serde_json::Value),
        }
    });
    quote! {
        #doc
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        #deprecation
        pub enum #name {
            #(#variants)*
            #(#unknown)*
        }
    }
}

/// A conversion to the union and, where that can be `null`, to `Nullable` of it.
fn conversion(scope: &Scope<'_>, item: &Union, variant: &Variant, conversion: Conversion) -> Vec<TokenStream> {
    let (name, case, from) = (ident(&item.ident), ident(&variant.ident), scope.prelude("From"));
    let (payload, boxed) = match &variant.ty {
        RustType::Boxed(inner) => (&**inner, true),
        other => (other, false),
    };
    let (generics, ty, value) = match (conversion, payload) {
        (Conversion::Str, RustType::String) => (quote!(), quote!(&str), quote!(value.to_owned())),
        (Conversion::Str, _) => (quote!(), quote!(&str), quote!(value.into())),
        (Conversion::Array, RustType::Vec(item)) => {
            let item = scope.ty(item);
            (quote!(<const N: usize>), quote!([#item; N]), quote!(value.into()))
        }
        (Conversion::Payload | Conversion::Array, _) => (quote!(), scope.ty(payload), quote!(value)),
    };
    let value = if boxed {
        let boxed = scope.prelude("Box");
        quote!(#boxed::new(#value))
    } else {
        value
    };
    let mut items = vec![quote! {
        impl #generics #from<#ty> for #name {
            fn from(value: #ty) -> Self {
                Self::#case(#value)
            }
        }
    }];
    if item.nullable {
        let nullable = scope.runtime("Nullable");
        items.push(quote! {
            impl #generics #from<#ty> for #nullable<#name> {
                fn from(value: #ty) -> Self {
                    Self::Value(value.into())
                }
            }
        });
    }
    items
}

fn write(scope: &Scope<'_>, item: &Union) -> TokenStream {
    let tagged = item.variants.iter().filter_map(|variant| {
        let Tag { key, text, .. } = variant.tag.as_ref()?;
        let (name, ser) = (ident(&variant.ident), scope.runtime("ser"));
        Some(quote!(Self::#name(value) => #ser::tagged(serializer, #key, #text, value),))
    });
    let plain = plain_variants(item).into_iter().map(|(_, names)| {
        let names = names.into_iter().map(ident);
        quote!(#(Self::#names(value))|* => value.serialize(serializer),)
    });
    let unknown = item.unknown.iter().map(|unknown| {
        let (name, ser) = (ident(unknown), scope.runtime("ser"));
        quote!(Self::#name(value) => #ser::unknown(serializer, value),)
    });
    quote! {
        match self {
            #(#tagged)*
            #(#plain)*
            #(#unknown)*
        }
    }
}

/// The variants that are written as their payload, those with the same type together.
fn plain_variants(item: &Union) -> Vec<(&RustType, Vec<&str>)> {
    let variants = item.variants.iter().filter(|variant| variant.tag.is_none());
    let mut groups: Vec<(&RustType, Vec<&str>)> = Vec::new();
    for (ty, name) in variants.map(|variant| (&variant.ty, variant.ident.as_str())) {
        match groups.iter_mut().find(|(known, _)| *known == ty) {
            Some((_, names)) => names.push(name),
            None => groups.push((ty, vec![name])),
        }
    }
    groups
}
