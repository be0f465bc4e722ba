//! How a union is read: by the first token, then by what the decision says of objects.

use proc_macro2::TokenStream;
use quote::quote;

use super::print::{code, ident};
use super::scope::Scope;
use super::serde;
use crate::back::model::{ObjectChoice, RustType, Union};

/// `impl de::Choice`
pub(super) fn implementation(scope: &Scope<'_>, item: &Union) -> TokenStream {
    let (name, expected, de) = (ident(&item.ident), &item.expected, scope.runtime("de"));
    let decision = &item.decision;
    let choice = Choice { scope, item };
    let members = [
        decision.boolean.map(|index| choice.boolean(index)),
        decision.integer.map(|index| choice.integer(index)),
        decision.number.map(|index| choice.number("number", index)),
        choice.string(),
        choice.sequence(),
        choice.map(),
    ];
    let members = members.into_iter().flatten();
    quote! {
        impl #de::Choice for #name {
            const EXPECTED: &'static str = #expected;
            #(#members)*
        }
    }
}

struct Choice<'a> {
    scope: &'a Scope<'a>,
    item: &'a Union,
}

impl Choice<'_> {
    /// `Self::Variant`; the model's indices are in range.
    fn variant(&self, index: usize) -> TokenStream {
        let name = ident(&self.item.variants[index].ident);
        quote!(Self::#name)
    }

    /// An alternative from what has come, by a function of the runtime's `de`.
    fn read(&self, function: &str, from: &TokenStream, index: usize) -> TokenStream {
        let (de, variant) = (self.scope.runtime("de"), self.variant(index));
        if let Some(seed) = serde::seed(self.scope, &self.item.variants[index].ty) {
            let function = ident(&format!("{function}_by"));
            return quote!(#de::#function(#from, #seed).map(#variant));
        }
        let function = ident(function);
        quote!(#de::#function(#from).map(#variant))
    }

    fn boolean(&self, index: usize) -> TokenStream {
        let (de, result, variant) = (
            self.scope.runtime("de"),
            self.scope.prelude("Result"),
            self.variant(index),
        );
        let value = if self.item.variants[index].ty == RustType::Bool {
            quote!(Ok(#variant(value)))
        } else {
            quote!(#de::from_bool(value).map(#variant))
        };
        quote! {
            fn boolean<E: #de::Error>(value: bool) -> #result<Self, E> {
                #value
            }
        }
    }

    fn integer(&self, index: usize) -> TokenStream {
        if self.item.decision.number.is_none() {
            return self.number("integer", index);
        }
        let (de, result, variant) = (
            self.scope.runtime("de"),
            self.scope.prelude("Result"),
            self.variant(index),
        );
        quote! {
            fn integer<E: #de::Error>(value: serde_json::Number) -> #result<Self, E> {
                #de::from_integer(value, #variant)
            }
        }
    }

    fn number(&self, method: &str, index: usize) -> TokenStream {
        let (de, result, variant) = (
            self.scope.runtime("de"),
            self.scope.prelude("Result"),
            self.variant(index),
        );
        let method = ident(method);
        quote! {
            fn #method<E: #de::Error>(value: serde_json::Number) -> #result<Self, E> {
                #de::from_number(value).map(#variant)
            }
        }
    }

    fn string(&self) -> Option<TokenStream> {
        let (de, result) = (self.scope.runtime("de"), self.scope.prelude("Result"));
        let body = match self.item.decision.string.as_slice() {
            [] => return None,
            [index] => self.read("from_str", &quote!(value), *index),
            several => self.trial(&quote!(serde_json::Value::from(value)), several),
        };
        Some(quote! {
            fn string<E: #de::Error>(value: &str) -> #result<Self, E> {
                #body
            }
        })
    }

    fn sequence(&self) -> Option<TokenStream> {
        let (de, result) = (self.scope.runtime("de"), self.scope.prelude("Result"));
        let body = match self.item.decision.array.as_slice() {
            [] => return None,
            [index] => self.read("from_sequence", &quote!(sequence), *index),
            several => self.trial(&quote!(#de::buffer_sequence(sequence)?), several),
        };
        let access = self.scope.name("serde::de", "SeqAccess");
        Some(quote! {
            fn sequence<'de, A: #access<'de>>(sequence: A) -> #result<Self, A::Error> {
                #body
            }
        })
    }

    fn map(&self) -> Option<TokenStream> {
        let de = self.scope.runtime("de");
        let body = match &self.item.decision.object {
            ObjectChoice::None => return None,
            ObjectChoice::One(index) => self.read("from_map", &quote!(map), *index),
            ObjectChoice::Tag { property, tags } => self.by_tag(property, tags),
            ObjectChoice::Keys(candidates) => self.by_keys(candidates),
            ObjectChoice::Trial(candidates) => self.trial(&quote!(#de::buffer_map(map)?), candidates),
        };
        let (result, access) = (self.scope.prelude("Result"), self.scope.name("serde::de", "MapAccess"));
        Some(quote! {
            fn map<'de, A: #access<'de>>(map: A) -> #result<Self, A::Error> {
                #body
            }
        })
    }

    fn by_tag(&self, property: &str, tags: &[(String, Vec<usize>)]) -> TokenStream {
        let de = self.scope.runtime("de");
        let arms = groups(tags).into_iter().map(|(group, tags)| {
            let read = match group {
                [index] => self.tagged(*index),
                several => {
                    let trial = self.trial(&quote!(entries.into_value()?), several);
                    quote!({ #trial })
                }
            };
            quote!(Some(#(#tags)|*) => #read)
        });
        let other = if let Some(unknown) = &self.item.unknown {
            let unknown = ident(unknown);
            quote!(entries.into_value().map(Self::#unknown))
        } else {
            let tags: Vec<String> = tags.iter().map(|(tag, _)| code(tag)).collect();
            let expected = format!("expected {} to be {}", code(property), tags.join(" or "));
            quote!(Err(#de::Error::custom(#expected)))
        };
        quote! {
            let (tag, entries) = #de::Entries::tagged(map, #property)?;
            match tag.as_deref() {
                #(#arms,)*
                _ => #other,
            }
        }
    }

    /// The only alternative with its tag.
    fn tagged(&self, index: usize) -> TokenStream {
        let tag = self.item.variants[index].tag.as_ref();
        let without_tag = tag.is_some_and(|tag| tag.passed_over).then(|| quote!(.without_tag()));
        self.read("from_map", &quote!(entries #without_tag), index)
    }

    fn by_keys(&self, candidates: &[(usize, Vec<String>)]) -> TokenStream {
        let de = self.scope.runtime("de");
        // What asks for no key takes every object: nothing after it is ever reached.
        let end = candidates.iter().position(|(_, keys)| keys.is_empty());
        let asking = candidates
            .iter()
            .take(end.unwrap_or(candidates.len()))
            .map(|(index, keys)| {
                let variant = self.variant(*index);
                quote! {
                    if entries.has(&[#(#keys),*]) {
                        return #de::from_map(entries).map(#variant);
                    }
                }
            });
        let last = if let Some((index, _)) = end.and_then(|end| candidates.get(end)) {
            let variant = self.variant(*index);
            quote!(#de::from_map(entries).map(#variant))
        } else {
            let expected = candidates.iter().map(|(index, keys)| {
                let keys: Vec<String> = keys.iter().map(|key| code(key)).collect();
                format!("{} ({})", keys.join(" and "), self.item.variants[*index].ident)
            });
            let expected = expected.collect::<Vec<_>>().join(", or ");
            quote!(Err(entries.no_match(#expected)))
        };
        quote! {
            let entries = #de::Entries::buffered(map)?;
            #(#asking)*
            #last
        }
    }

    /// Reads by trying: the alternative that would write most of the value again.
    fn trial(&self, value: &TokenStream, candidates: &[usize]) -> TokenStream {
        let de = self.scope.runtime("de");
        let attempts = candidates.iter().map(|index| self.attempt(*index));
        quote! {
            let value = #value;
            let mut trial = #de::Trial::new(&value);
            #(trial.#attempts;)*
            trial.best()
        }
    }

    /// The call of the trial that reads an alternative.
    fn attempt(&self, index: usize) -> TokenStream {
        let alternative = &self.item.variants[index];
        let (name, keys, variant) = (&alternative.ident, &alternative.keys, self.variant(index));
        match serde::seed(self.scope, &alternative.ty) {
            Some(seed) => quote!(attempt_by(#name, #seed, #variant)),
            None if !keys.is_empty() => quote!(attempt_with(&[#(#keys),*], #name, #variant)),
            None => quote!(attempt(#name, #variant)),
        }
    }
}

/// The groups of variants, and all tags that lead to each, in the order of the first one.
fn groups(tags: &[(String, Vec<usize>)]) -> Vec<(&[usize], Vec<&str>)> {
    let mut groups: Vec<(&[usize], Vec<&str>)> = Vec::new();
    for (tag, group) in tags {
        match groups.iter_mut().find(|(known, _)| *known == group.as_slice()) {
            Some((_, tags)) => tags.push(tag),
            None => groups.push((group, vec![tag])),
        }
    }
    groups
}
