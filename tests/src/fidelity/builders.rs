//! `src/builders.rs` of the program: how each type that users build is made again by what its users call, which has the
//! name of the field that it is to set.
//!
//! Knows the generator's model of a crate.

use std::fmt::Write as _;

use clientsmith::back::model::{Item, RustType, Store, Struct, Union};

use super::subject::Api;

/// An implementation of `Rebuild` for each type of an API.
pub(super) fn implementations(api: &Api) -> String {
    api.items.iter().map(|item| implementation(api, item)).collect()
}

/// Whether a value of a type is made by those who use the crate, as far as it is of a type of its own.
pub(super) fn are_built(api: &Api, ty: &RustType) -> bool {
    match ty {
        RustType::Vec(inner)
        | RustType::Map(inner)
        | RustType::Option(inner)
        | RustType::Nullable(inner)
        | RustType::Boxed(inner) => are_built(api, inner),
        RustType::Named(name) => api.items.iter().any(|item| match item {
            Item::Struct(item) => item.ident == *name && item.builder.is_some(),
            Item::Union(item) => item.ident == *name,
            Item::Enumeration(_) => false,
        }),
        _ => false,
    }
}

fn implementation(api: &Api, item: &Item) -> String {
    let (name, body) = match item {
        Item::Struct(item) => (&item.ident, record(api, item)),
        Item::Union(item) => (&item.ident, union(item)),
        Item::Enumeration(item) => (&item.ident, "self".to_owned()),
    };
    let ty = api.written(&RustType::Named(name.clone()));
    format!("impl Rebuild for {ty} {{\n    fn rebuild(self, all: bool) -> Self {{\n        {body}\n    }}\n}}\n")
}

/// `new` with what it asks for and, where all is wanted, every setter whose value is there.
fn record(api: &Api, item: &Struct) -> String {
    let Some(builder) = &item.builder else {
        return "self".to_owned();
    };
    let ty = api.written(&RustType::Named(item.ident.clone()));
    let arguments = builder.arguments.iter().map(|(argument, store)| {
        let value = format!("self.{}.rebuild(all)", argument.ident);
        match store {
            Store::Some => format!("given({value})"),
            Store::SomeBoxed => format!("*given({value})"),
            _ => unboxed(&value, *store),
        }
    });
    let mut text = format!(
        "let mut built = {ty}::new({});\n",
        arguments.collect::<Vec<_>>().join(", ")
    );
    text.push_str("        if all {\n");
    for setter in &builder.setters {
        let name = &setter.ident;
        let value = format!("self.{name}.rebuild(all)");
        // Writing to a String cannot fail.
        let _ = match setter.store {
            Store::Some => writeln!(
                text,
                "            if let Some(value) = {value} {{ built = built.{name}(value); }}"
            ),
            Store::SomeBoxed => writeln!(
                text,
                "            if let Some(value) = {value} {{ built = built.{name}(*value); }}"
            ),
            store => writeln!(text, "            built = built.{name}({});", unboxed(&value, store)),
        };
    }
    if let Some(rest) = &item.rest {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "            built.{0} = self.{0}.rebuild(all);", rest.ident);
    }
    text.push_str("        }\n        built");
    text
}

fn union(item: &Union) -> String {
    let variants = item.variants.iter().map(|variant| &variant.ident);
    let arms = variants.map(|name| format!("Self::{name}(value) => Self::{name}(value.rebuild(all)),"));
    let unknown = item
        .unknown
        .iter()
        .map(|name| format!("Self::{name}(value) => Self::{name}(value),"));
    format!("match self {{ {} }}", arms.chain(unknown).collect::<Vec<_>>().join(" "))
}

/// Nobody is asked for a box.
fn unboxed(value: &str, store: Store) -> String {
    match store {
        Store::Boxed => format!("*{value}"),
        Store::OptionBoxed => format!("{value}.map(|value| *value)"),
        Store::NullableBoxed => format!("unboxed({value})"),
        Store::Direct | Store::Some | Store::SomeBoxed => value.to_owned(),
    }
}
