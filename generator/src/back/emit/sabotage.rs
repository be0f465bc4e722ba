//! Types that are wrong on purpose: what a harness must catch that claims to catch it. Behind the feature `sabotage`, which
//! nothing but tests has.

use crate::back::fileset::FileSet;
use crate::back::model::{Crate, Field, Item, Presence, RustType, Setter, Store, Struct, Target, Union, Variant};

/// What is done to a crate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sabotage {
    /// The last field that may be missing is not read, and so not written.
    DroppedField,
    /// The alternatives of unions have each other's types.
    SwappedAlternatives,
    /// Enumerations take what they do not know for their last value.
    ClosedEnumeration,
    /// Setters of the same kind set each other's fields.
    CrossedSetters,
    /// Builders do not ask for the first text that is required.
    UnaskedField,
}

impl Sabotage {
    /// The model of a crate that is wrong in this way.
    pub fn of_model(self, mut model: Crate) -> Crate {
        for item in items(&mut model) {
            match (self, item) {
                (Self::DroppedField, Item::Struct(record)) => drop_field(record),
                (Self::SwappedAlternatives, Item::Union(union)) => swap_alternatives(union),
                (Self::CrossedSetters, Item::Struct(record)) => cross_setters(record),
                (Self::UnaskedField, Item::Struct(record)) => ask_less(record),
                _ => {}
            }
        }
        model
    }

    /// The files of a crate that is wrong in this way.
    pub fn of_files(self, mut files: FileSet) -> FileSet {
        if self == Self::ClosedEnumeration {
            let types = files.files.iter_mut().filter(|(path, _)| path.contains("types/"));
            types.for_each(|(_, text)| close(text));
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
        .rposition(|field| field.presence != Presence::Required && !field.asked)
    else {
        return;
    };
    let field = record.fields.remove(at);
    if let Some(builder) = &mut record.builder {
        builder.setters.retain(|setter| setter.ident != field.ident);
    }
}

fn cross_setters(record: &mut Struct) {
    let setters = record
        .builder
        .as_mut()
        .map_or(&mut [][..], |builder| &mut builder.setters);
    for index in 1..setters.len() {
        let (before, after) = setters.split_at_mut(index);
        let (one, other) = (&mut before[index - 1], &mut after[0]);
        if one.accept == other.accept && one.store == other.store {
            std::mem::swap(&mut one.target, &mut other.target);
        }
    }
}

fn ask_less(record: &mut Struct) {
    let Some(builder) = &mut record.builder else { return };
    let is_text = |field: &&mut Field| field.asked && field.ty == RustType::String;
    let Some(field) = record.fields.iter_mut().find(is_text) else {
        return;
    };
    let target = Target::BodyField(field.ident.clone());
    let at = builder
        .arguments
        .iter()
        .position(|(argument, _)| argument.target == target);
    let Some((argument, _)) = at.map(|at| builder.arguments.remove(at)) else {
        return;
    };
    builder.setters.push(Setter {
        ident: argument.ident,
        docs: field.docs.clone(),
        deprecated: field.deprecated,
        accept: argument.accept,
        store: Store::Some,
        target,
    });
    field.asked = false;
    field.presence = Presence::Optional;
    field.ty = RustType::Option(Box::new(RustType::String));
    record.default = record.fields.iter().all(|field| !field.asked);
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
