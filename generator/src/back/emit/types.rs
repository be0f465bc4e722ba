//! A module of types: each item in its order.

use super::print::rust_file;
use super::scope::{ApiTypes, Scope};
use super::{enumeration, structs, union};
use crate::back::model::{Api, Item, TypeModule};

/// The text of `types/<module>.rs`.
pub(super) fn file(api: &Api, module: &TypeModule, types: &ApiTypes<'_>) -> String {
    let scope = Scope::of_types(module, types);
    let items = module.items.iter().flat_map(|item| match item {
        Item::Struct(item) => structs::items(&scope, item),
        Item::Enumeration(item) => enumeration::items(&scope, item),
        Item::Union(item) => union::items(&scope, item),
    });
    let items: Vec<_> = items.collect();
    let mut all = scope.uses();
    all.extend(items);
    rust_file(&api.document, &module.docs, &scope.attributes(), all)
}
