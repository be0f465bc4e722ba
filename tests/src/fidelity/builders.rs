//! `src/builders.rs` of the program: how each type that users build is made again by what its users call, which has the
//! name of the field that it is to set.
//!
//! Knows the generator's model of a crate.

use clientsmith::back::model::{Item, RustType, Setter, Store, Struct, Union};

use super::subject::Api;

/// An implementation of `Rebuild` for each type of an API.
pub(super) fn implementations(api: &Api) -> String {
    api.items.iter().map(|item| implementation(api, item)).collect()
}

/// Whether values of a type are made by those who use the crate.
pub(super) fn is_built(item: &Item) -> bool {
    match item {
        Item::Struct(item) => item.builder.is_some(),
        Item::Union(_) => true,
        Item::Enumeration(_) => false,
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
    let mut lines = vec![
        format!(
            "let mut built = {ty}::new({});",
            arguments.collect::<Vec<_>>().join(", ")
        ),
        "if all {".to_owned(),
    ];
    lines.extend(builder.setters.iter().map(set));
    let rest = item.rest.iter();
    lines.extend(rest.map(|rest| format!("    built.{0} = self.{0}.rebuild(all);", rest.ident)));
    lines.extend(["}".to_owned(), "built".to_owned()]);
    lines.join("\n        ")
}

/// A setter's call, if its value is there.
fn set(setter: &Setter) -> String {
    let name = &setter.ident;
    let value = format!("self.{name}.rebuild(all)");
    match setter.store {
        Store::Some => format!("    if let Some(value) = {value} {{ built = built.{name}(value); }}"),
        Store::SomeBoxed => format!("    if let Some(value) = {value} {{ built = built.{name}(*value); }}"),
        store => format!("    built = built.{name}({});", unboxed(&value, store)),
    }
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
