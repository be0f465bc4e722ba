//! Which Rust type stands for which type of the API.

use std::collections::BTreeSet;

use super::Context;
use crate::back::model::{self, DateCrate, Item, RustType};
use crate::config::Dates;
use crate::ir::{IntegerFormat, NumberFormat, Shape, StringFormat, TypeId};

impl Context<'_> {
    /// The type of values that are never `null`.
    pub(super) fn rust_type(&self, id: TypeId) -> RustType {
        match &self.api.types[id].shape {
            Shape::Bool | Shape::OneBool(_) => RustType::Bool,
            Shape::Integer(format) | Shape::Integers(format, _) => RustType::Numeric(integer(*format)),
            Shape::Number(NumberFormat::F32) => RustType::Numeric("f32"),
            Shape::Number(NumberFormat::F64) => RustType::Numeric("f64"),
            Shape::String(format) => self.text(*format),
            Shape::Object(_) | Shape::Enumeration(_) | Shape::Union(_) => {
                RustType::Named(self.type_name(id).to_owned())
            }
            Shape::Array(items) => RustType::Vec(Box::new(self.nullable_type(*items))),
            Shape::Map(values) => RustType::Map(Box::new(self.nullable_type(*values))),
            Shape::Nullable(inner) | Shape::Alias(inner) => self.nullable_type(*inner),
            Shape::Any | Shape::Null | Shape::Const(_) | Shape::AllOf(_) => RustType::Json,
        }
    }

    /// The type of values that may be `null`: `Option` where they may.
    pub(super) fn nullable_type(&self, id: TypeId) -> RustType {
        match self.api.types.peel(id) {
            (inner, false) => self.rust_type(inner),
            (inner, true) => RustType::Option(Box::new(self.rust_type(inner))),
        }
    }

    fn text(&self, format: StringFormat) -> RustType {
        let dates = match self.config.dates {
            Dates::Jiff => DateCrate::Jiff,
            Dates::Chrono => DateCrate::Chrono,
            Dates::Text => return RustType::String,
        };
        match format {
            StringFormat::Plain | StringFormat::Binary => RustType::String,
            StringFormat::DateTime => RustType::DateTime(dates),
            StringFormat::Date => RustType::Date(dates),
        }
    }
}

fn integer(format: IntegerFormat) -> &'static str {
    match format {
        IntegerFormat::I8 => "i8",
        IntegerFormat::I16 => "i16",
        IntegerFormat::I32 => "i32",
        IntegerFormat::I64 => "i64",
        IntegerFormat::U8 => "u8",
        IntegerFormat::U16 => "u16",
        IntegerFormat::U32 => "u32",
        IntegerFormat::U64 => "u64",
    }
}

/// The date crates that occur anywhere.
pub(super) fn date_crates(apis: &[model::Api]) -> Vec<DateCrate> {
    let mut found = BTreeSet::new();
    for api in apis {
        for item in api.types.iter().flat_map(|module| &module.items) {
            match item {
                Item::Struct(item) => {
                    item.fields.iter().for_each(|field| collect(&field.ty, &mut found));
                    item.rest.iter().for_each(|rest| collect(&rest.value, &mut found));
                }
                Item::Union(item) => item
                    .variants
                    .iter()
                    .for_each(|variant| collect(&variant.ty, &mut found)),
                Item::Enumeration(_) => {}
            }
        }
        for value in api.headers.iter().flat_map(|set| &set.values) {
            collect(&value.ty, &mut found);
        }
        for call in api.resources.iter().flat_map(|resource| &resource.calls) {
            for ty in call
                .parameters
                .iter()
                .map(|parameter| &parameter.ty)
                .chain(call_types(call))
            {
                collect(ty, &mut found);
            }
        }
    }
    found.into_iter().collect()
}

/// The types that a call's bodies are, apart from its parameters.
fn call_types(call: &model::Call) -> Vec<&RustType> {
    use model::{BodyKind, Decode, Output};
    let mut list = Vec::new();
    match call.body.as_ref().map(|body| &body.kind) {
        Some(BodyKind::Json(value) | BodyKind::Form(value)) => list.push(&value.ty),
        Some(BodyKind::Multipart(parts)) => list.extend(parts.iter().map(|part| &part.ty)),
        _ => {}
    }
    let cases = call.errors.iter().flat_map(|errors| &errors.cases);
    let (one, by_status): (Option<&Decode>, &[model::Case]) = match &call.output {
        Output::One(decode) => (Some(decode), &[]),
        Output::ByStatus { cases, .. } => (None, cases),
    };
    let stream = call.stream.iter().map(|stream| &stream.decode);
    let decodes = cases.chain(by_status).map(|case| &case.decode);
    list.extend(one.into_iter().chain(decodes).chain(stream).filter_map(Decode::ty));
    list
}

fn collect(ty: &RustType, found: &mut BTreeSet<DateCrate>) {
    match ty {
        RustType::DateTime(dates) | RustType::Date(dates) => {
            found.insert(*dates);
        }
        RustType::Vec(inner)
        | RustType::Map(inner)
        | RustType::Option(inner)
        | RustType::Nullable(inner)
        | RustType::Boxed(inner) => collect(inner, found),
        _ => {}
    }
}
