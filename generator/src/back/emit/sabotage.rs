//! Types that are wrong on purpose: what a harness must catch that claims to catch it. Behind the feature `sabotage`, which
//! nothing but tests has.

use super::{Texts, emit};
use crate::back::fileset::FileSet;
use crate::back::model::{Crate, Item, Presence, RustType, Struct, Union, Variant};

/// What is done to a crate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sabotage {
    /// The last field that may be missing is not read, and so not written.
    DroppedField,
    /// The alternatives of unions have each other's types.
    SwappedAlternatives,
    /// Enumerations take what they do not know for their last value.
    ClosedEnumeration,
}

impl Sabotage {
    /// The files of a crate that is wrong in this way.
    pub fn emit(self, model: &Crate, texts: &Texts<'_>) -> FileSet {
        let mut model = model.clone();
        for item in items(&mut model) {
            match (self, item) {
                (Self::DroppedField, Item::Struct(record)) => drop_field(record),
                (Self::SwappedAlternatives, Item::Union(union)) => swap_alternatives(union),
                _ => {}
            }
        }
        let mut files = emit(&model, texts);
        if self == Self::ClosedEnumeration {
            files
                .files
                .iter_mut()
                .filter(|(path, _)| path.contains("types/"))
                .for_each(|(_, text)| close(text));
        }
        files
    }
}

fn items(model: &mut Crate) -> impl Iterator<Item = &mut Item> {
    let modules = model.apis.iter_mut().flat_map(|api| &mut api.types);
    modules.flat_map(|module| &mut module.items)
}

fn drop_field(record: &mut Struct) {
    let Some(at) = record
        .fields
        .iter()
        .rposition(|field| field.presence != Presence::Required)
    else {
        return;
    };
    let field = record.fields.remove(at);
    if let Some(builder) = &mut record.builder {
        builder.setters.retain(|setter| setter.ident != field.ident);
    }
}

/// Those with types of their own: the others' stand for kinds of JSON.
fn swap_alternatives(union: &mut Union) {
    let is_named = |variant: &&mut Variant| matches!(variant.ty, RustType::Named(_));
    let named = union.variants.iter_mut().filter(is_named);
    let types: Vec<RustType> = named.map(|variant| variant.ty.clone()).collect();
    let named = union.variants.iter_mut().filter(is_named);
    for (variant, ty) in named.zip(types.into_iter().rev()) {
        variant.ty = ty;
        variant.from.clear();
    }
}

/// `_ => Self::Unknown(text.to_owned())` becomes the value before it.
fn close(text: &mut String) {
    let mut last = "";
    let lines = text.lines().map(|line| match line.trim_start().split_once(" => ") {
        Some(("_", value)) if value.ends_with("(text.to_owned()),") && !last.is_empty() => format!("_ => {last}"),
        Some((_, value)) => {
            last = value;
            line.to_owned()
        }
        None => line.to_owned(),
    });
    *text = lines.fold(String::new(), |text, line| text + &line + "\n");
}
