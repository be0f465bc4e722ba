//! Written-out `Serialize` and `Deserialize` of records, on top of the runtime's `ser` and `de`.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::print::ident;
use super::scope::Scope;
use crate::back::model::{Constant, ConstantValue, Field, Presence, RustType, Struct};

/// The implementations for a record.
pub(super) fn items(scope: &Scope<'_>, item: &Struct) -> Vec<TokenStream> {
    let name = ident(&item.ident);
    vec![
        serialize(scope, &name, &entries(scope, item)),
        deserialize(scope, &name, &quote!(object(deserializer))),
        object(scope, &name, item),
    ]
}

/// `impl Serialize` with a body that makes use of `serializer`.
pub(super) fn serialize(scope: &Scope<'_>, name: &Ident, body: &TokenStream) -> TokenStream {
    let (serialize, serializer) = (
        scope.method_trait("serde", "Serialize"),
        scope.name("serde", "Serializer"),
    );
    let result = scope.prelude("Result");
    quote! {
        impl #serialize for #name {
            fn serialize<S: #serializer>(&self, serializer: S) -> #result<S::Ok, S::Error> {
                #body
            }
        }
    }
}

/// `impl Deserialize` by a function of the runtime's `de`.
pub(super) fn deserialize(scope: &Scope<'_>, name: &Ident, call: &TokenStream) -> TokenStream {
    let (deserialize, deserializer) = (scope.name("serde", "Deserialize"), scope.name("serde", "Deserializer"));
    let (result, de) = (scope.prelude("Result"), scope.runtime("de"));
    quote! {
        impl<'de> #deserialize<'de> for #name {
            fn deserialize<D: #deserializer<'de>>(deserializer: D) -> #result<Self, D::Error> {
                #de::#call
            }
        }
    }
}

fn entries(scope: &Scope<'_>, item: &Struct) -> TokenStream {
    let ser = scope.runtime("ser");
    let constants = item.constants.iter().map(|constant| {
        let (key, value) = (&constant.name, constant_value(&constant.value));
        // Text is a reference already.
        let reference = (!matches!(constant.value, ConstantValue::Text(_))).then(|| quote!(&));
        quote!(entries.required(#key, #reference #value);)
    });
    let fields = item.fields.iter().map(entry);
    let rest = item.rest.iter().map(|rest| {
        let name = ident(&rest.ident);
        quote!(entries.extend(&self.#name);)
    });
    let mut entries = constants.chain(fields).chain(rest).peekable();
    if entries.peek().is_none() {
        return quote!(#ser::Entries::new(serializer).end());
    }
    quote! {
        let mut entries = #ser::Entries::new(serializer);
        #(#entries)*
        entries.end()
    }
}

fn entry(field: &Field) -> TokenStream {
    let (key, name) = (&field.name, ident(&field.ident));
    match field.presence {
        Presence::Required => quote!(entries.required(#key, &self.#name);),
        Presence::Optional => quote!(entries.optional(#key, &self.#name);),
        Presence::Nullable => quote!(entries.nullable(#key, &self.#name);),
    }
}

fn constant_value(value: &ConstantValue) -> TokenStream {
    match value {
        ConstantValue::Text(text) => quote!(#text),
        ConstantValue::Bool(value) => quote!(#value),
        ConstantValue::Integer(value) => quote!(#value),
    }
}

fn object(scope: &Scope<'_>, name: &Ident, item: &Struct) -> TokenStream {
    let (de, map_access) = (scope.runtime("de"), scope.name("serde::de", "MapAccess"));
    let result = scope.prelude("Result");
    let text = name.to_string();
    let keys = item
        .constants
        .iter()
        .map(|constant| &constant.name)
        .chain(item.fields.iter().map(|field| &field.name));
    let locals = Locals::new(item);
    let fields = &locals.fields;
    let body = read(scope, item, &locals);
    quote! {
        impl #de::Object for #name {
            const NAME: &'static str = #text;
            const FIELDS: &'static [&'static str] = &[#(#keys),*];

            fn read<'de, A: #map_access<'de>>(mut #fields: #de::Fields<'de, A>) -> #result<Self, A::Error> {
                #body
            }
        }
    }
}

/// Names of locals that no field of the struct has.
struct Locals {
    fields: Ident,
    field: Ident,
}

impl Locals {
    fn new(item: &Struct) -> Self {
        let names = item
            .fields
            .iter()
            .map(|field| &field.ident)
            .chain(item.rest.iter().map(|rest| &rest.ident));
        let names: BTreeSet<&str> = names.map(String::as_str).collect();
        let free = |name: &str| {
            let mut name = name.to_owned();
            while names.contains(name.as_str()) {
                name.push('_');
            }
            ident(&name)
        };
        Self {
            fields: free("fields"),
            field: free("field"),
        }
    }
}

fn read(scope: &Scope<'_>, item: &Struct, locals: &Locals) -> TokenStream {
    let variables = item.fields.iter().map(|field| {
        let name = ident(&field.ident);
        let unset = match field.presence {
            Presence::Nullable => scope.unset(&field.ty),
            Presence::Required | Presence::Optional => quote!(None),
        };
        quote!(let mut #name = #unset;)
    });
    let rest_name = item.rest.iter().map(|rest| ident(&rest.ident));
    let rest = rest_name.clone().map(|name| {
        let map = scope.map();
        quote!(let mut #name = #map::new();)
    });
    let every = every_field(scope, item, locals);
    let values = item.fields.iter().map(|field| value(field, locals));
    quote! {
        #(#variables)*
        #(#rest)*
        #every
        Ok(Self { #(#values,)* #(#rest_name),* })
    }
}

fn every_field(scope: &Scope<'_>, item: &Struct, locals: &Locals) -> TokenStream {
    let Locals { fields, field } = locals;
    let (next, other) = if let Some(rest) = &item.rest {
        let name = ident(&rest.ident);
        let other = match seed(scope, &rest.value) {
            Some(seed) => quote!(#fields.keep_by(&mut #name, #seed)),
            None => quote!(#fields.keep(&mut #name)),
        };
        (quote!(#fields.next_to_keep()?), other)
    } else {
        (quote!(#fields.next()?), quote!(#fields.skip()))
    };
    if item.constants.is_empty() && item.fields.is_empty() {
        return quote!(while #next.is_some() { #other?; });
    }
    let constants = constants(item, fields);
    let first = item.constants.len();
    let values = item.fields.iter().enumerate().map(|(index, field)| {
        let name = ident(&field.ident);
        let index = Literal::usize_unsuffixed(first + index);
        let read = match (field.presence, seed(scope, &field.ty)) {
            (Presence::Required, None) => quote!(set_some(&mut #name)),
            (Presence::Required, Some(seed)) => quote!(set_some_by(&mut #name, #seed)),
            // Of JSON that may be anything `null` is a value.
            (Presence::Optional, None) if is_json(&field.ty) => quote!(set_some(&mut #name)),
            (Presence::Optional | Presence::Nullable, None) => quote!(set(&mut #name)),
            (Presence::Optional | Presence::Nullable, Some(seed)) => quote!(set_by(&mut #name, #seed)),
        };
        quote!(#index => #fields.#read,)
    });
    quote! {
        while let Some(#field) = #next {
            match #field {
                #(#constants)*
                #(#values)*
                _ => #other,
            }?;
        }
    }
}

/// An arm for each constant; those of one value share theirs.
fn constants(item: &Struct, fields: &Ident) -> Vec<TokenStream> {
    let mut arms: Vec<(&Constant, Vec<Literal>)> = Vec::new();
    for (index, constant) in item.constants.iter().enumerate() {
        let index = Literal::usize_unsuffixed(index);
        match arms
            .iter_mut()
            .find(|(one, _)| one.value == constant.value && one.required == constant.required)
        {
            Some((_, indexes)) => indexes.push(index),
            None => arms.push((constant, vec![index])),
        }
    }
    let arms = arms.into_iter().map(|(constant, indexes)| {
        let (value, method) = (
            constant_value(&constant.value),
            ident(if constant.required {
                "constant"
            } else {
                "constant_or_null"
            }),
        );
        quote!(#(#indexes)|* => #fields.#method(#value),)
    });
    arms.collect()
}

fn is_json(ty: &RustType) -> bool {
    matches!(ty, RustType::Option(inner) if **inner == RustType::Json)
}

/// How a value with times or integers in it is read: date crates do not take every form of RFC 3339 by themselves, and
/// serde's integers none that is written with a fraction.
pub(super) fn seed(scope: &Scope<'_>, ty: &RustType) -> Option<TokenStream> {
    let (function, inner) = match ty {
        RustType::DateTime(_) => {
            let de = scope.runtime("de");
            return Some(quote!(#de::time()));
        }
        RustType::Numeric(name) if !name.starts_with('f') => {
            let de = scope.runtime("de");
            return Some(quote!(#de::integer()));
        }
        RustType::Option(inner) => (quote!(optional), inner),
        RustType::Nullable(inner) => (quote!(nullable), inner),
        RustType::Vec(inner) => (quote!(list), inner),
        RustType::Map(inner) => (quote!(map), inner),
        _ => return None,
    };
    let inner = seed(scope, inner)?;
    let de = scope.runtime("de");
    Some(quote!(#de::#function(#inner)))
}

fn value(field: &Field, locals: &Locals) -> TokenStream {
    let (name, key, fields) = (ident(&field.ident), &field.name, &locals.fields);
    match field.presence {
        Presence::Required => quote!(#name: #fields.required(#name, #key)?),
        Presence::Optional | Presence::Nullable => quote!(#name),
    }
}
