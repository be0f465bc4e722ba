//! Named types: records, enumerations, unions.

use std::collections::HashSet;

use super::values::{accept, store, store_optional};
use super::{Context, docs};
use crate::back::model::{
    Accept, Argument, Constant, ConstantValue, Conversion, Decision, Enumeration, EnumerationValue, Field, Item,
    ObjectChoice, Presence, Rest, RustType, Setter, Store, Struct, StructBuilder, Tag, Target, Union, Variant,
};
use crate::config::UnknownFields;
use crate::ir::analysis::usage::Usage;
use crate::ir::{self, Additional, Api, Object, Shape, TypeId};

/// The types of fields that are sent, may be left out and may be `null`.
pub(super) fn in_three_states(api: &Api, uses: &[Usage]) -> HashSet<TypeId> {
    let sent = api.types.iter().zip(uses).filter(|(_, usage)| usage.sent);
    let objects = sent.filter_map(|((_, ty), _)| match &ty.shape {
        Shape::Object(object) => Some(object),
        _ => None,
    });
    let fields = objects.flat_map(|object| &object.fields);
    let optional = fields.filter(|field| !field.required);
    let peeled = optional.map(|field| api.types.peel(field.ty));
    peeled
        .filter_map(|(inner, nullable)| nullable.then_some(inner))
        .collect()
}

impl Context<'_> {
    /// The item of a named type.
    pub(super) fn item(&self, id: TypeId) -> Option<Item> {
        match &self.api.types[id].shape {
            Shape::Object(object) => Some(Item::Struct(self.record(id, object))),
            Shape::Enumeration(list) => Some(Item::Enumeration(self.enumeration(id, list))),
            Shape::Union(union) => Some(Item::Union(self.union(id, union))),
            _ => None,
        }
    }

    fn record(&self, id: TypeId, object: &Object) -> Struct {
        let idents = self.names.fields.get(&id).map_or(&[][..], Vec::as_slice);
        let mut fields = Vec::new();
        let mut constants = Vec::new();
        for (field, ident) in object.fields.iter().zip(idents) {
            match self.constant(field) {
                Some(value) => constants.push(Constant {
                    name: field.name.clone(),
                    value,
                    required: field.required,
                }),
                None => fields.push(self.field(id, field, ident)),
            }
        }
        let builder = self.usage(id).sent.then(|| builder(&fields));
        Struct {
            ident: self.type_name(id).to_owned(),
            docs: docs::of_type(self, id),
            deprecated: self.api.types[id].docs.deprecated,
            default: fields.iter().all(|field| !field.asked),
            rest: self.rest(id, object),
            fields,
            constants,
            builder,
        }
    }

    /// The value of a field that is always the same.
    pub(super) fn constant(&self, field: &ir::Field) -> Option<ConstantValue> {
        match &self.api.types[field.ty].shape {
            Shape::Const(serde_json::Value::String(text)) => Some(ConstantValue::Text(text.clone())),
            Shape::Const(serde_json::Value::Bool(value)) => Some(ConstantValue::Bool(*value)),
            Shape::Const(serde_json::Value::Number(number)) => number.as_i64().map(ConstantValue::Integer),
            _ => None,
        }
    }

    fn field(&self, owner: TypeId, field: &ir::Field, ident: &str) -> Field {
        let (inner, nullable) = self.api.types.peel(field.ty);
        let plain = self.rust_type(inner);
        let base = if field.boxed {
            RustType::Boxed(Box::new(plain))
        } else {
            plain
        };
        let usage = self.usage(owner);
        // Where nothing is to be lost, `null` and nothing are told apart in answers, too.
        let in_three_states = usage.sent || self.config.unknown_fields == UnknownFields::Keep;
        let always = field.required && !(field.write_only && usage.answered);
        let (ty, presence) = match (always, nullable) {
            (true, false) => (base, Presence::Required),
            (true, true) => (RustType::Option(Box::new(base)), Presence::Required),
            (false, true) if in_three_states => (RustType::Nullable(Box::new(base)), Presence::Nullable),
            (false, _) => (RustType::Option(Box::new(base)), Presence::Optional),
        };
        Field {
            ident: ident.to_owned(),
            name: field.name.clone(),
            docs: docs::of_field(self, field, presence),
            deprecated: field.docs.deprecated,
            ty,
            presence,
            asked: field.required,
            secret: field.secret || self.is_listed_secret(owner, field),
        }
    }

    fn is_listed_secret(&self, owner: TypeId, field: &ir::Field) -> bool {
        let is_field = |listed: &str| {
            let key = listed.strip_prefix(self.type_name(owner))?.strip_prefix('.')?;
            (key == field.name).then_some(())
        };
        let mut listed = self.config.secret_fields.iter();
        listed.any(|listed| is_field(&listed.value).is_some())
    }

    fn rest(&self, id: TypeId, object: &Object) -> Option<Rest> {
        let usage = self.usage(id);
        let value = match object.additional {
            Additional::Kept(value) => self.nullable_type(value),
            Additional::Ignored if self.config.unknown_fields == UnknownFields::Keep && usage.answered => {
                RustType::Json
            }
            Additional::Ignored => return None,
        };
        let text = match object.additional {
            Additional::Kept(_) => "Properties beyond those that have a field.",
            Additional::Ignored => "Fields that the API answered and its document does not know.",
        };
        let ident = self.names.rest.get(&id)?.clone();
        Some(Rest {
            ident,
            docs: vec![text.to_owned()],
            value,
        })
    }

    fn enumeration(&self, id: TypeId, list: &ir::Enumeration) -> Enumeration {
        let idents = self.names.variants.get(&id).map_or(&[][..], Vec::as_slice);
        let values = list.values.iter().zip(idents);
        Enumeration {
            ident: self.type_name(id).to_owned(),
            docs: docs::of_type(self, id),
            deprecated: self.api.types[id].docs.deprecated,
            values: values
                .map(|(value, ident)| EnumerationValue {
                    ident: ident.clone(),
                    value: value.clone(),
                })
                .collect(),
            unknown: self.names.unknown.get(&id).cloned().unwrap_or_default(),
            nullable: self.nullable.contains(&id),
        }
    }

    fn union(&self, id: TypeId, union: &ir::Union) -> Union {
        let idents = self.names.variants.get(&id).map_or(&[][..], Vec::as_slice);
        let types: Vec<RustType> = union
            .alternatives
            .iter()
            .map(|alternative| self.rust_type(*alternative))
            .collect();
        let decision = union.decision.as_ref().map(decision).unwrap_or_default();
        let variants = (idents.iter().enumerate())
            .map(|(index, ident)| {
                let boxed = union.boxed.get(index).copied().unwrap_or_default();
                let ty = types[index].clone();
                Variant {
                    ident: ident.clone(),
                    docs: docs::of_variant(self, union.alternatives[index]),
                    from: self.conversions(union, &types, index),
                    tag: self.tag(union, index, &decision),
                    keys: self.required_constants(union.alternatives[index]),
                    ty: if boxed { RustType::Boxed(Box::new(ty)) } else { ty },
                }
            })
            .collect();
        let tagged = matches!(decision.object, ObjectChoice::Tag { .. });
        Union {
            ident: self.type_name(id).to_owned(),
            docs: docs::of_type(self, id),
            deprecated: self.api.types[id].docs.deprecated,
            variants,
            expected: expected(&decision),
            decision,
            nullable: self.nullable.contains(&id),
            unknown: self.names.unknown.get(&id).filter(|_| tagged).cloned(),
        }
    }

    fn required_constants(&self, id: TypeId) -> Vec<String> {
        let Shape::Object(object) = &self.api.types[id].shape else {
            return Vec::new();
        };
        let required = object
            .fields
            .iter()
            .filter(|field| field.required && self.constant(field).is_some());
        required.map(|field| field.name.clone()).collect()
    }

    /// The conversions that no other variant could want.
    fn conversions(&self, union: &ir::Union, types: &[RustType], index: usize) -> Vec<Conversion> {
        let mut list = Vec::new();
        let own = &types[index];
        let alone = types.iter().filter(|other| *other == own).count() == 1;
        if alone {
            list.push(Conversion::Payload);
        }
        let texts = union.alternatives.iter().filter(|id| self.is_text(**id)).count();
        if texts == 1 && self.is_text(union.alternatives[index]) {
            list.push(Conversion::Str);
        }
        if alone && matches!(own, RustType::Vec(_)) {
            list.push(Conversion::Array);
        }
        list
    }

    fn is_text(&self, id: TypeId) -> bool {
        self.rust_type(id) == RustType::String || matches!(self.api.types[id].shape, Shape::Enumeration(_))
    }

    /// The tag to write beside an alternative that does not hold it.
    fn tag(&self, union: &ir::Union, index: usize, decision: &Decision) -> Option<Tag> {
        let ObjectChoice::Tag { property, tags } = &decision.object else {
            return None;
        };
        let mut own = tags.iter().filter(|(_, group)| group.contains(&index));
        let (text, _) = own.next()?;
        let alternative = union.alternatives[index];
        let others = match &self.api.types[alternative].shape {
            Shape::Object(object) if object.fields.iter().any(|field| field.name == *property) => return None,
            Shape::Object(object) => self.rest(alternative, object).map(|rest| rest.value),
            Shape::Map(value) => Some(self.nullable_type(*value)),
            _ => return None,
        };
        let is_only = own.next().is_none();
        Some(Tag {
            key: property.clone(),
            text: text.clone(),
            // Of several, the one that came is kept, so that it is written again.
            passed_over: others.is_some_and(|value| is_only || !holds_text(&value)),
        })
    }
}

/// Whether any text can be a value of this type.
fn holds_text(ty: &RustType) -> bool {
    match ty {
        RustType::String | RustType::Json => true,
        RustType::Option(inner) => holds_text(inner),
        _ => false,
    }
}

/// `new` takes what is required, setters the rest.
fn builder(fields: &[Field]) -> StructBuilder {
    let mut builder = StructBuilder {
        arguments: Vec::new(),
        setters: Vec::new(),
    };
    for field in fields {
        let target = Target::BodyField(field.ident.clone());
        if field.asked {
            let (accept, store) = taken(field);
            let argument = Argument {
                ident: field.ident.clone(),
                accept,
                target,
            };
            builder.arguments.push((argument, store));
        } else {
            builder.setters.push(setter(field, field.ident.clone(), target));
        }
    }
    builder
}

/// How a field's value is taken and stored.
pub(super) fn taken(field: &Field) -> (Accept, Store) {
    match (&field.ty, field.presence) {
        (RustType::Option(inner), Presence::Optional) => (accept(inner), store_optional(inner)),
        (ty, _) => (accept(ty), store(ty)),
    }
}

/// A setter for a field that nobody has to give.
pub(super) fn setter(field: &Field, ident: String, target: Target) -> Setter {
    let (accept, store) = taken(field);
    Setter {
        ident,
        docs: field.docs.clone(),
        deprecated: field.deprecated,
        accept,
        store,
        target,
    }
}

/// The IR's decision in the model's words.
fn decision(decision: &ir::Decision) -> Decision {
    Decision {
        boolean: decision.boolean,
        integer: decision.integer,
        number: decision.number,
        string: decision.string.clone(),
        array: decision.array.clone(),
        object: match &decision.object {
            ir::ObjectChoice::None => ObjectChoice::None,
            ir::ObjectChoice::One(index) => ObjectChoice::One(*index),
            ir::ObjectChoice::Tag { property, tags } => ObjectChoice::Tag {
                property: property.clone(),
                tags: tags.clone(),
            },
            ir::ObjectChoice::Keys(rows) => ObjectChoice::Keys(rows.clone()),
            ir::ObjectChoice::Trial(order) => ObjectChoice::Trial(order.clone()),
        },
    }
}

/// `an array or a boolean`
fn expected(decision: &Decision) -> String {
    let parts = [
        (decision.object != ObjectChoice::None).then_some("an object"),
        (!decision.array.is_empty()).then_some("an array"),
        (!decision.string.is_empty()).then_some("a string"),
        decision
            .integer
            .filter(|_| decision.number.is_none())
            .map(|_| "an integer"),
        decision.number.map(|_| "a number"),
        decision.boolean.map(|_| "a boolean"),
    ];
    let parts: Vec<&str> = parts.into_iter().flatten().collect();
    match parts.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
        None => "nothing".to_owned(),
    }
}
