//! What a file calls the things around it: types of the API, the runtime, the standard library. Collects the `use` lines
//! that this takes, and writes a full path where the API has taken the name.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::quote;

use super::print::ident;
use crate::back::model::{Api, DateCrate, HeaderSet, Item, PayloadModule, Resource, RustType, TypeModule};

/// The types of an API by name: all of them, and those that are deprecated.
#[derive(Default)]
pub(super) struct ApiTypes<'a> {
    all: BTreeSet<&'a str>,
    deprecated: BTreeSet<&'a str>,
}

impl<'a> ApiTypes<'a> {
    pub(super) fn new(api: &'a Api) -> Self {
        let mut types = Self::default();
        for item in api.types.iter().flat_map(|module| &module.items) {
            let (name, deprecated) = name_of(item);
            types.all.insert(name);
            if deprecated {
                types.deprecated.insert(name);
            }
        }
        types
    }
}

fn name_of(item: &Item) -> (&str, bool) {
    match item {
        Item::Struct(item) => (&item.ident, item.deprecated),
        Item::Enumeration(item) => (&item.ident, item.deprecated),
        Item::Union(item) => (&item.ident, item.deprecated),
    }
}

/// The types that an item's definition mentions.
fn types_in(item: &Item) -> Vec<&RustType> {
    match item {
        Item::Struct(item) => {
            let rest = item.rest.iter().map(|rest| &rest.value);
            item.fields.iter().map(|field| &field.ty).chain(rest).collect()
        }
        Item::Union(item) => item.variants.iter().map(|variant| &variant.ty).collect(),
        Item::Enumeration(_) => vec![],
    }
}

fn named_in<'a>(ty: &'a RustType, names: &mut BTreeSet<&'a str>) {
    match ty {
        RustType::Named(name) => {
            names.insert(name);
        }
        RustType::Vec(inner)
        | RustType::Map(inner)
        | RustType::Option(inner)
        | RustType::Nullable(inner)
        | RustType::Boxed(inner) => named_in(inner, names),
        _ => {}
    }
}

/// One file's view.
pub(super) struct Scope<'a> {
    home: Home<'a>,
    taken: BTreeSet<&'a str>,
    types: &'a ApiTypes<'a>,
    uses: RefCell<BTreeMap<String, BTreeSet<String>>>,
    touches_deprecated: Cell<bool>,
}

/// Where a file stands, and so how it reaches the API's types.
enum Home<'a> {
    /// Among them: its own are at hand, the others come from `super`.
    Types(BTreeSet<&'a str>),
    /// Beside them: `types::X`, with `types` from this path.
    Beside(String),
}

impl<'a> Scope<'a> {
    /// A module of types.
    pub(super) fn of_types(module: &'a TypeModule, types: &'a ApiTypes<'a>) -> Self {
        let own: BTreeSet<&str> = module.items.iter().map(|item| name_of(item).0).collect();
        let mut taken = own.clone();
        module
            .items
            .iter()
            .flat_map(types_in)
            .for_each(|ty| named_in(ty, &mut taken));
        Self::new(Home::Types(own), taken, types)
    }

    /// A module with a resource.
    pub(super) fn of_resource(resource: &'a Resource, root: &str, types: &'a ApiTypes<'a>) -> Self {
        let calls = resource.calls.iter().flat_map(|call| {
            let output = match &call.output {
                crate::back::model::Output::ByStatus { ident, .. } => Some(ident),
                crate::back::model::Output::One(_) => None,
            };
            [
                Some(&call.ident),
                output,
                call.errors.as_ref().map(|errors| &errors.ident),
            ]
        });
        let waiters = resource.waiters.iter().map(|waiter| &waiter.ident);
        let own = calls.flatten().chain(waiters).chain([&resource.ident]);
        let taken = own.map(String::as_str).collect();
        Self::new(Home::Beside(root.to_owned()), taken, types)
    }

    /// The module with the client.
    pub(super) fn of_client(root: &str, types: &'a ApiTypes<'a>) -> Self {
        Self::new(Home::Beside(root.to_owned()), BTreeSet::new(), types)
    }

    /// A module with what the API sends.
    pub(super) fn of_payloads(module: &'a PayloadModule, root: &str, types: &'a ApiTypes<'a>) -> Self {
        let taken = module.payloads.iter().map(|payload| payload.ident.as_str());
        Self::new(Home::Beside(root.to_owned()), taken.collect(), types)
    }

    /// The module with the headers of answers.
    pub(super) fn of_headers(sets: &'a [HeaderSet], root: &str, types: &'a ApiTypes<'a>) -> Self {
        let taken = sets.iter().map(|set| set.ident.as_str()).collect();
        Self::new(Home::Beside(root.to_owned()), taken, types)
    }

    fn new(home: Home<'a>, taken: BTreeSet<&'a str>, types: &'a ApiTypes<'a>) -> Self {
        Self {
            home,
            taken,
            types,
            uses: RefCell::default(),
            touches_deprecated: Cell::new(false),
        }
    }

    /// A name from a module: imported, or by its full path.
    pub(super) fn name(&self, module: &str, name: &str) -> TokenStream {
        if self.taken.contains(name) {
            return path(module, name);
        }
        self.import(module, name.to_owned());
        let name = ident(name);
        quote!(#name)
    }

    /// A trait from a module whose methods are called.
    pub(super) fn method_trait(&self, module: &str, name: &str) -> TokenStream {
        if self.taken.contains(name) {
            self.import(module, format!("{name} as _"));
        }
        self.name(module, name)
    }

    /// A name from the runtime.
    pub(super) fn runtime(&self, name: &str) -> TokenStream {
        self.name("crate::runtime", name)
    }

    /// A name of the prelude, which the API may have taken.
    pub(super) fn prelude(&self, name: &str) -> TokenStream {
        if self.taken.contains(name) {
            return path(prelude_module(name), name);
        }
        let name = ident(name);
        quote!(#name)
    }

    /// Notes that the file uses something that is deprecated for its users.
    pub(super) fn touch_deprecated(&self) {
        self.touches_deprecated.set(true);
    }

    /// Inner attributes of the file.
    pub(super) fn attributes(&self) -> Vec<&'static str> {
        let deprecated = self.touches_deprecated.get();
        let allow = "allow(deprecated, reason = \"what is deprecated for users is still read and written\")";
        deprecated.then_some(allow).into_iter().collect()
    }

    /// A type.
    pub(super) fn ty(&self, ty: &RustType) -> TokenStream {
        match ty {
            RustType::Bool => quote!(bool),
            RustType::Numeric(name) => {
                let name = ident(name);
                quote!(#name)
            }
            RustType::String => self.prelude("String"),
            RustType::Json => quote!(serde_json::Value),
            RustType::Unit => quote!(()),
            RustType::DateTime(DateCrate::Jiff) => quote!(jiff::Timestamp),
            RustType::DateTime(DateCrate::Chrono) => quote!(chrono::DateTime<chrono::FixedOffset>),
            RustType::Date(DateCrate::Jiff) => quote!(jiff::civil::Date),
            RustType::Date(DateCrate::Chrono) => quote!(chrono::NaiveDate),
            RustType::Upload => self.runtime("Upload"),
            RustType::Vec(item) => self.generic(&self.prelude("Vec"), item),
            RustType::Option(item) => self.generic(&self.prelude("Option"), item),
            RustType::Boxed(item) => self.generic(&self.prelude("Box"), item),
            RustType::Nullable(item) => self.generic(&self.runtime("Nullable"), item),
            RustType::Map(value) => {
                let (map, key, value) = (self.map(), self.prelude("String"), self.ty(value));
                quote!(#map<#key, #value>)
            }
            RustType::Named(name) => self.named(name),
        }
    }

    /// `BTreeMap`
    pub(super) fn map(&self) -> TokenStream {
        self.name("std::collections", "BTreeMap")
    }

    /// What a value of the type is before anyone sets it.
    pub(super) fn unset(&self, ty: &RustType) -> TokenStream {
        match ty {
            RustType::Option(_) => quote!(None),
            RustType::Nullable(_) => {
                let nullable = self.runtime("Nullable");
                quote!(#nullable::Unset)
            }
            RustType::Vec(_) => {
                let vec = self.prelude("Vec");
                quote!(#vec::new())
            }
            RustType::Map(_) => {
                let map = self.map();
                quote!(#map::new())
            }
            other => {
                let ty = self.ty(other);
                quote!(<#ty>::default())
            }
        }
    }

    /// The `use` lines: for each group (`std`, other crates, this one) an item to print.
    pub(super) fn uses(&self) -> Vec<TokenStream> {
        let mut groups: [Vec<(String, TokenStream)>; 3] = Default::default();
        let uses = self.uses.borrow();
        let imported: BTreeSet<&str> = uses.values().flatten().map(String::as_str).collect();
        for (module, names) in uses.iter() {
            let group = match module.split("::").next() {
                Some("std") => 0,
                Some("crate" | "super") => 2,
                _ => 1,
            };
            let order = match names.first() {
                Some(name) if names.len() == 1 => format!("{module}::{name}"),
                _ => format!("{module}::{{"),
            };
            // A module of the API may be called like a crate.
            let root = module.split("::").next().unwrap_or_default();
            let colons = imported.contains(root).then(|| quote!(::));
            let line = use_line(module, names);
            groups[group].push((order, quote!(use #colons #line)));
        }
        for group in &mut groups {
            group.sort_by(|a, b| a.0.cmp(&b.0));
        }
        let groups = groups.into_iter().filter(|group| !group.is_empty());
        groups
            .map(|group| group.into_iter().map(|(_, line)| line).collect())
            .collect()
    }

    /// `Outer<T>`
    pub(super) fn generic(&self, outer: &TokenStream, inner: &RustType) -> TokenStream {
        let inner = self.ty(inner);
        quote!(#outer<#inner>)
    }

    fn named(&self, name: &str) -> TokenStream {
        if self.types.deprecated.contains(name) {
            self.touch_deprecated();
        }
        let ident = ident(name);
        match &self.home {
            Home::Types(own) => {
                if !own.contains(name) {
                    self.import("super", name.to_owned());
                }
                quote!(#ident)
            }
            Home::Beside(root) => {
                self.import(root, "types".to_owned());
                quote!(types::#ident)
            }
        }
    }

    fn import(&self, module: &str, name: String) {
        self.uses
            .borrow_mut()
            .entry(module.to_owned())
            .or_default()
            .insert(name);
    }
}

fn use_line(module: &str, names: &BTreeSet<String>) -> TokenStream {
    let module = segments(module);
    let names = names.iter().map(|name| match name.strip_suffix(" as _") {
        Some(name) => {
            let name = ident(name);
            quote!(#name as _)
        }
        None => segments(name),
    });
    quote!(#module::{#(#names),*};)
}

/// Where a name of the prelude comes from.
fn prelude_module(name: &str) -> &'static str {
    match name {
        "String" => "std::string",
        "Vec" => "std::vec",
        "Option" => "std::option",
        "Result" => "std::result",
        "Box" => "std::boxed",
        "IntoIterator" => "std::iter",
        "IntoFuture" => "std::future",
        _ => "std::convert",
    }
}

/// The full path of a name in a module.
pub(super) fn path(module: &str, name: &str) -> TokenStream {
    let (module, name) = (segments(module), ident(name));
    quote!(#module::#name)
}

fn segments(path: &str) -> TokenStream {
    let segments = path.split("::").map(ident);
    quote!(#(#segments)::*)
}
