//! Open enums: a variant for each known text, and one for every other.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::print::{code, deprecated, docs, ident};
use super::scope::Scope;
use super::serde;
use crate::back::model::Enumeration;

/// All items of an open enum.
pub(super) fn items(scope: &Scope<'_>, item: &Enumeration) -> Vec<TokenStream> {
    if item.deprecated {
        scope.touch_deprecated();
    }
    let name = ident(&item.ident);
    let mut items = vec![definition(scope, item), as_str(item)];
    items.extend(conversions(scope, item));
    items.extend(text_traits(scope, &name));
    items.push(serde::serialize(scope, &name, &write(scope, item)));
    items.push(serde::deserialize(
        scope,
        &name,
        &quote!(text(deserializer, |text| Self::from(text))),
    ));
    items
}

fn write(scope: &Scope<'_>, item: &Enumeration) -> TokenStream {
    let (unknown, ser) = (ident(&item.unknown), scope.runtime("ser"));
    quote! {
        match self {
            Self::#unknown(text) => #ser::unknown(serializer, text),
            known => serializer.serialize_str(known.as_str()),
        }
    }
}

fn definition(scope: &Scope<'_>, item: &Enumeration) -> TokenStream {
    let (name, doc, deprecation) = (ident(&item.ident), docs(&item.docs), deprecated(item.deprecated));
    let variants = item.values.iter().map(|value| {
        let text = if value.value.is_empty() {
            "The empty text.".to_owned()
        } else {
            code(&value.value)
        };
        let (name, doc) = (ident(&value.ident), docs(&[text]));
        quote!(#doc #name,)
    });
    let (unknown, string) = (ident(&item.unknown), scope.prelude("String"));
    quote! {
        #doc
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        #deprecation
        pub enum #name {
            #(#variants)*
            /// A value that this version of the crate does not know, as it came.
            #unknown(#string),
        }
    }
}

fn as_str(item: &Enumeration) -> TokenStream {
    let (name, unknown) = (ident(&item.ident), ident(&item.unknown));
    let arms = item.values.iter().map(|value| {
        let (name, text) = (ident(&value.ident), &value.value);
        quote!(Self::#name => #text,)
    });
    quote! {
        impl #name {
            /// The value as the API writes it.
            pub fn as_str(&self) -> &str {
                match self {
                    #(#arms)*
                    Self::#unknown(text) => text,
                }
            }
        }
    }
}

fn conversions(scope: &Scope<'_>, item: &Enumeration) -> Vec<TokenStream> {
    let (name, unknown) = (ident(&item.ident), ident(&item.unknown));
    let (from, string) = (scope.prelude("From"), scope.prelude("String"));
    let arms = item.values.iter().map(|value| {
        let (name, text) = (ident(&value.ident), &value.value);
        quote!(#text => Self::#name,)
    });
    let nullable = item.nullable.then(|| nullable(scope, item));
    let plain = [
        quote! {
            impl #from<&str> for #name {
                fn from(text: &str) -> Self {
                    match text {
                        #(#arms)*
                        _ => Self::#unknown(text.to_owned()),
                    }
                }
            }
        },
        quote! {
            impl #from<#string> for #name {
                fn from(text: #string) -> Self {
                    Self::from(text.as_str())
                }
            }
        },
    ];
    plain.into_iter().chain(nullable).collect()
}

/// Text for what can be `null`, too.
fn nullable(scope: &Scope<'_>, item: &Enumeration) -> TokenStream {
    let (name, from, nullable) = (ident(&item.ident), scope.prelude("From"), scope.runtime("Nullable"));
    quote! {
        impl #from<&str> for #nullable<#name> {
            fn from(text: &str) -> Self {
                Self::Value(text.into())
            }
        }
    }
}

fn text_traits(scope: &Scope<'_>, name: &Ident) -> Vec<TokenStream> {
    let (from_str, infallible) = (
        scope.name("std::str", "FromStr"),
        scope.name("std::convert", "Infallible"),
    );
    let fmt = scope.name("std", "fmt");
    let (result, as_ref) = (scope.prelude("Result"), scope.prelude("AsRef"));
    vec![
        quote! {
            impl #from_str for #name {
                type Err = #infallible;
                fn from_str(text: &str) -> #result<Self, Self::Err> {
                    Ok(Self::from(text))
                }
            }
        },
        quote! {
            impl #fmt::Display for #name {
                fn fmt(&self, formatter: &mut #fmt::Formatter<'_>) -> #fmt::Result {
                    formatter.write_str(self.as_str())
                }
            }
        },
        quote! {
            impl #as_ref<str> for #name {
                fn as_ref(&self) -> &str {
                    self.as_str()
                }
            }
        },
    ]
}
