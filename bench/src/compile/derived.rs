//! A module of types as it would be with serde's derive macros.
//!
//! Knows the shape of generated modules: what is written out there says which names go over the wire.

use std::collections::{HashMap, HashSet};

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Attribute, Field, File, Item, ItemEnum, ItemImpl, ItemStruct, Type, parse_quote};

use crate::Failure;

/// The text of the module, with derived implementations in the places of those that are written out.
///
/// # Errors
/// It is no Rust.
pub(super) fn module(text: &str) -> Result<String, Failure> {
    let mut file: File = syn::parse_str(text)?;
    let (written, mut kept): (Vec<_>, Vec<_>) = file
        .items
        .into_iter()
        .partition(|item| matches!(item, Item::Impl(item) if is_written_out(item)));
    let mut wire = Wire::default();
    for item in written.iter().chain(&kept) {
        if let Item::Impl(item) = item {
            wire.learn(item);
        }
    }
    for item in &mut kept {
        match item {
            Item::Struct(item) => wire.derive_struct(item),
            Item::Enum(item) => wire.derive_enum(item),
            _ => {}
        }
    }
    // What only the written-out implementations made use of.
    file.attrs.push(parse_quote!(#![allow(unused_imports)]));
    file.items = kept;
    Ok(prettyplease::unparse(&file))
}

/// Whether serde's macros would write it: an implementation of serde's traits, or of what the runtime has below them.
fn is_written_out(item: &ItemImpl) -> bool {
    let Some((path, _)) = &item.trait_ else {
        return false;
    };
    let first = path.segments.first().map(|segment| segment.ident.to_string());
    matches!(first.as_deref(), Some("Serialize" | "Deserialize" | "de" | "serde"))
}

/// What modules say of names on the wire.
#[derive(Default)]
struct Wire {
    /// The types that are serialised.
    types: HashSet<String>,
    /// A field's name, by type and identifier.
    fields: HashMap<(String, String), String>,
    /// A value's text, by type and variant.
    values: HashMap<(String, String), String>,
}

impl Wire {
    fn learn(&mut self, item: &ItemImpl) {
        let Type::Path(path) = &*item.self_ty else { return };
        let Some(name) = path.path.get_ident().map(Ident::to_string) else {
            return;
        };
        if is_written_out(item) {
            self.types.insert(name.clone());
        }
        let tokens = flat(item.to_token_stream());
        for window in tokens.windows(4) {
            let text = |at: usize| window[at].to_string();
            // `Self::Running => "RUNNING"`
            if text(1) == "="
                && text(2) == ">"
                && let Some(value) = literal(&window[3])
            {
                self.values.insert((name.clone(), text(0)), value);
            }
        }
        for window in tokens.windows(6) {
            let text = |at: usize| window[at].to_string();
            // `"createdAt", &self.created_at`
            if [1, 2, 3, 4].map(text) == [",", "&", "self", "."]
                && let Some(key) = literal(&window[0])
            {
                self.fields.insert((name.clone(), text(5)), key);
            }
        }
    }

    fn derive_struct(&self, item: &mut ItemStruct) {
        let name = item.ident.to_string();
        if !self.types.contains(&name) {
            return;
        }
        item.attrs
            .push(parse_quote!(#[derive(serde::Serialize, serde::Deserialize)]));
        for field in &mut item.fields {
            let attribute = self.field(&name, field);
            field.attrs.push(attribute);
        }
    }

    fn field(&self, owner: &str, field: &Field) -> Attribute {
        let ident = field.ident.as_ref().map(Ident::to_string).unwrap_or_default();
        let Some(key) = self.fields.get(&(owner.to_owned(), ident)) else {
            return parse_quote!(#[serde(flatten)]);
        };
        match outermost(&field.ty).as_deref() {
            Some("Option") => parse_quote!(#[serde(rename = #key, skip_serializing_if = "Option::is_none")]),
            Some("Nullable") => {
                parse_quote!(#[serde(rename = #key, default, skip_serializing_if = "crate::Nullable::is_unset")])
            }
            _ => parse_quote!(#[serde(rename = #key)]),
        }
    }

    fn derive_enum(&self, item: &mut ItemEnum) {
        let name = item.ident.to_string();
        if !self.types.contains(&name) {
            return;
        }
        item.attrs
            .push(parse_quote!(#[derive(serde::Serialize, serde::Deserialize)]));
        if item.variants.iter().all(|variant| !variant.fields.is_empty()) {
            item.attrs.push(parse_quote!(#[serde(untagged)]));
            return;
        }
        for variant in &mut item.variants {
            let attribute = match self.values.get(&(name.clone(), variant.ident.to_string())) {
                Some(text) => parse_quote!(#[serde(rename = #text)]),
                None => parse_quote!(#[serde(untagged)]),
            };
            variant.attrs.push(attribute);
        }
    }
}

/// The name of a type without what it is made of: `Option`.
fn outermost(ty: &Type) -> Option<String> {
    let Type::Path(path) = ty else { return None };
    Some(path.path.segments.last()?.ident.to_string())
}

/// All tokens, those in brackets too.
fn flat(tokens: TokenStream) -> Vec<TokenTree> {
    tokens
        .into_iter()
        .flat_map(|token| match token {
            TokenTree::Group(group) => flat(group.stream()),
            token => vec![token],
        })
        .collect()
}

/// The value of a string literal.
fn literal(token: &TokenTree) -> Option<String> {
    let TokenTree::Literal(literal) = token else {
        return None;
    };
    let text: syn::LitStr = syn::parse2(literal.to_token_stream()).ok()?;
    Some(text.value())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_out_becomes_derived() {
        let text = "
pub struct Pet { pub kind: Option<Kind>, pub rest: Rest }
impl Serialize for Pet {
    fn serialize() { ser::optional(&mut map, \"petKind\", &self.kind)?; ser::extend(&mut map, &self.rest)?; }
}
impl de::Object for Pet {}
pub enum Kind { Dog, Unknown(String) }
impl Kind { fn as_str(&self) -> &str { match self { Self::Dog => \"dog\", Self::Unknown(text) => text } } }
impl<'de> Deserialize<'de> for Kind {}
pub enum Either { A(A), B(B) }
impl<'de> Deserialize<'de> for Either {}
pub struct Handle { client: Client }
";
        let expected = "\
#![allow(unused_imports)]
#[derive(serde::Serialize, serde::Deserialize)]
pub struct Pet {
    #[serde(rename = \"petKind\", skip_serializing_if = \"Option::is_none\")]
    pub kind: Option<Kind>,
    #[serde(flatten)]
    pub rest: Rest,
}
#[derive(serde::Serialize, serde::Deserialize)]
pub enum Kind {
    #[serde(rename = \"dog\")]
    Dog,
    #[serde(untagged)]
    Unknown(String),
}
impl Kind {
    fn as_str(&self) -> &str {
        match self {
            Self::Dog => \"dog\",
            Self::Unknown(text) => text,
        }
    }
}
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(untagged)]
pub enum Either {
    A(A),
    B(B),
}
pub struct Handle {
    client: Client,
}
";
        assert_eq!(module(text).unwrap(), expected);
    }
}
