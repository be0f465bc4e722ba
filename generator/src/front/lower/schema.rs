//! Schemas to types.

use std::borrow::Borrow;
use std::collections::HashSet;

use openapiv3::{AdditionalProperties, ReferenceOr, Schema};
use serde_json::{Number, Value};

use super::Lowering;
use super::docs::{bounds, docs};
use super::facets::Facets;
use crate::diagnostic::{Finding, codes};
use crate::front::normalize::keys;
use crate::front::source::Pointer;
use crate::ir::{
    Additional, Discriminator, Docs, Enumeration, Field, Hint, IntegerFormat, NumberFormat, Object, Shape,
    StringFormat, TypeId, Union,
};

impl<'a> Lowering<'a> {
    /// Lowers `components.schemas`: first an id for each, so that they can refer to each other, then what they are.
    pub(super) fn component_schemas(&mut self) {
        let Some(components) = &self.openapi.components else {
            return;
        };
        let root = Pointer::root().child("components").child("schemas");
        for name in components.schemas.keys() {
            let hint = Hint::Component(name.clone());
            let id = self.add(Shape::Any, Docs::default(), hint, &root.child(name.as_str()));
            self.components.insert(name, id);
        }
        for (name, schema) in &components.schemas {
            let id = self.components[name.as_str()];
            let at = root.child(name.as_str());
            match schema {
                ReferenceOr::Reference { reference } => {
                    self.api.types[id].shape = self.component(reference).map_or(Shape::Any, Shape::Alias);
                }
                ReferenceOr::Item(schema) => self.define(id, schema, &at),
            }
        }
    }

    /// The component a reference points to.
    pub(super) fn component(&self, reference: &str) -> Option<TypeId> {
        let target = Pointer::from_fragment(reference)?;
        self.components.get(target.tokens().last()?.as_str()).copied()
    }

    /// The type of a schema that stands at `at`, whether `openapiv3` keeps it in a box or not.
    pub(super) fn schema<S: Borrow<Schema>>(&mut self, schema: &'a ReferenceOr<S>, at: &Pointer, hint: Hint) -> TypeId {
        match schema {
            ReferenceOr::Reference { reference } => match self.component(reference) {
                Some(id) => id,
                None => self.add(Shape::Any, Docs::default(), hint, at),
            },
            ReferenceOr::Item(schema) => self.inline(schema.borrow(), at, hint),
        }
    }

    fn inline(&mut self, schema: &'a Schema, at: &Pointer, hint: Hint) -> TypeId {
        let facets = Facets::of(schema);
        if let (Some(target), true) = (self.annotated_reference(&facets), facets.data.nullable) {
            return self.add(Shape::Nullable(target), docs(&facets), hint, at);
        }
        if let Some(target) = self.annotated_reference(&facets) {
            return target;
        }
        let hint = match (&facets.data.title, is_structured(&facets)) {
            (Some(title), true) if !matches!(hint, Hint::Property(..)) => Hint::Title(title.clone()),
            _ => hint,
        };
        let id = self.add(Shape::Any, Docs::default(), hint, at);
        self.define(id, schema, at);
        id
    }

    /// The target of a `$ref` that only carries annotations.
    fn annotated_reference(&self, facets: &Facets<'a>) -> Option<TypeId> {
        facets.data.extensions.get(keys::ANNOTATED_REF)?;
        match facets.all_of {
            [ReferenceOr::Reference { reference }] => self.component(reference),
            _ => None,
        }
    }

    /// Gives a type that has an id already its docs and its shape.
    fn define(&mut self, id: TypeId, schema: &'a Schema, at: &Pointer) {
        let facets = Facets::of(schema);
        self.api.types[id].docs = docs(&facets);
        if !facets.data.nullable {
            let shape = self.shape(&facets, id, at);
            self.api.types[id].shape = shape;
            return;
        }
        // What is behind the null takes the hints: the name belongs to it.
        let mut inner = self.api.types[id].clone();
        inner.shape = Shape::Any;
        let inner = self.api.types.push(inner);
        let shape = self.shape(&facets, inner, at);
        self.api.types[inner].shape = shape;
        self.api.types[id].shape = Shape::Nullable(inner);
    }

    /// What values of the type `id` look like.
    fn shape(&mut self, facets: &Facets<'a>, id: TypeId, at: &Pointer) -> Shape {
        if let Some(target) = self.annotated_reference(facets) {
            return Shape::Alias(target);
        }
        if facets.data.extensions.contains_key(keys::NULL) {
            return Shape::Null;
        }
        let scalar = matches!(facets.kind, Some("string" | "integer" | "number" | "boolean" | "array"));
        let choices = [(facets.one_of, "oneOf"), (facets.any_of, "anyOf")];
        let unions = choices
            .iter()
            .filter(|(list, _)| !scalar && Self::tells_apart(list))
            .count();
        let own_object = facets.properties.is_some() || !facets.required.is_empty() || facets.additional.is_some();
        if !scalar && (!facets.all_of.is_empty() || unions > 1 || (unions == 1 && own_object)) {
            return self.all_of(facets, id, at);
        }
        if unions == 1 {
            return self.union(facets, id, at);
        }
        if !facets.values.is_empty() {
            return self.enumeration(facets, at);
        }
        self.plain(facets, id, at)
    }

    /// Whether a list of alternatives says what values look like, rather than which fields must be there.
    fn tells_apart(list: &[ReferenceOr<Schema>]) -> bool {
        list.iter().any(|alternative| match alternative {
            ReferenceOr::Reference { .. } => true,
            ReferenceOr::Item(schema) => !Facets::of(schema).is_only_a_constraint(),
        })
    }

    fn all_of(&mut self, facets: &Facets<'a>, id: TypeId, at: &Pointer) -> Shape {
        let mut parts = Vec::new();
        for (index, part) in facets.all_of.iter().enumerate() {
            let at = at.child("allOf").child(index.to_string());
            parts.push(self.part(part, &at, Hint::Part(id)));
        }
        if facets.properties.is_some() || !facets.required.is_empty() || facets.additional.is_some() {
            let own = self.add(Shape::Any, Docs::default(), Hint::Part(id), at);
            let object = self.object(facets, own, at);
            self.api.types[own].shape = Shape::Object(object);
            parts.push(own);
        }
        for (list, exclusive) in [(facets.one_of, true), (facets.any_of, false)] {
            if Self::tells_apart(list) {
                let own = self.add(Shape::Any, Docs::default(), Hint::Part(id), at);
                let union = self.alternatives(list, exclusive, facets, own, at);
                self.api.types[own].shape = union;
                parts.push(own);
            }
        }
        Shape::AllOf(parts)
    }

    /// A part of an `allOf`. One that declares nothing is no map, as it would be elsewhere: it may say what is required.
    fn part(&mut self, part: &'a ReferenceOr<Schema>, at: &Pointer, hint: Hint) -> TypeId {
        let facets = match part {
            ReferenceOr::Item(part) => Facets::of(part),
            ReferenceOr::Reference { .. } => return self.schema(part, at, hint),
        };
        if !facets.is_bare_object() {
            return self.schema(part, at, hint);
        }
        let id = self.add(Shape::Any, docs(&facets), hint, at);
        self.api.types[id].shape = Shape::Object(self.object(&facets, id, at));
        id
    }

    fn union(&mut self, facets: &Facets<'a>, id: TypeId, at: &Pointer) -> Shape {
        let exclusive = Self::tells_apart(facets.one_of);
        let list = if exclusive { facets.one_of } else { facets.any_of };
        self.alternatives(list, exclusive, facets, id, at)
    }

    fn alternatives(
        &mut self,
        list: &'a [ReferenceOr<Schema>],
        exclusive: bool,
        facets: &Facets<'a>,
        id: TypeId,
        at: &Pointer,
    ) -> Shape {
        let at = at.child(if exclusive { "oneOf" } else { "anyOf" });
        let mut alternatives = Vec::new();
        for (index, alternative) in list.iter().enumerate() {
            let ty = self.schema(alternative, &at.child(index.to_string()), Hint::Alternative(id, index));
            if !alternatives.contains(&ty) {
                alternatives.push(ty);
            }
        }
        let discriminator = facets.data.discriminator.as_ref().map(|discriminator| Discriminator {
            property: discriminator.property_name.clone(),
            mapping: (discriminator.mapping.iter())
                .filter_map(|(tag, reference)| Some((tag.clone(), self.component(reference)?)))
                .collect(),
        });
        Shape::Union(Union {
            alternatives,
            exclusive,
            discriminator,
            decision: None,
            boxed: Vec::new(),
        })
    }

    fn enumeration(&mut self, facets: &Facets<'a>, at: &Pointer) -> Shape {
        if let ([value], true) = (&facets.values[..], facets.data.extensions.contains_key(keys::CONST)) {
            return if value.is_object() || value.is_array() {
                Shape::Any
            } else {
                Shape::Const(value.clone())
            };
        }
        let texts: Vec<String> = facets
            .values
            .iter()
            .filter_map(|value| value.as_str().map(str::to_owned))
            .collect();
        if texts.len() == facets.values.len() {
            return Shape::Enumeration(Enumeration { values: texts });
        }
        if let [Value::Bool(value)] = facets.values[..] {
            return Shape::OneBool(value);
        }
        if facets.values.iter().all(Value::is_boolean) {
            return Shape::Bool;
        }
        let numbers: Vec<&Number> = facets.values.iter().filter_map(Value::as_number).collect();
        if numbers.len() == facets.values.len() {
            if numbers.iter().all(|number| !number.is_f64()) {
                return Shape::Integers(integer_format(facets), numbers.into_iter().cloned().collect());
            }
            return Shape::Number(NumberFormat::F64);
        }
        let place = self.place(at);
        self.report(
            Finding::warning(
                codes::MIXED_ENUM,
                place,
                "the `enum` mixes kinds of values, so its values stay untyped JSON",
            )
            .help("split it into an `anyOf` of one `enum` per kind in an overlay"),
        );
        Shape::Any
    }

    fn plain(&mut self, facets: &Facets<'a>, id: TypeId, at: &Pointer) -> Shape {
        let implied = match facets.kind {
            Some(kind) => kind,
            None if facets.properties.is_some() || facets.additional.is_some() => "object",
            None if facets.items.is_some() => "array",
            None if facets.pattern.is_some() || facets.length != (None, None) || facets.format.is_some() => "string",
            None => return Shape::Any,
        };
        match implied {
            "boolean" => Shape::Bool,
            "integer" => Shape::Integer(integer_format(facets)),
            "number" => number_shape(facets),
            "string" => Shape::String(string_format(facets.format.as_deref())),
            "array" => {
                let at = at.child("items");
                Shape::Array(match facets.items {
                    Some(items) => self.schema(items, &at, Hint::Item(id)),
                    None => self.add(Shape::Any, Docs::default(), Hint::Item(id), &at),
                })
            }
            "object" => self.object_or_map(facets, id, at),
            _ => Shape::Any,
        }
    }

    /// An object without declared properties is a map, unless it allows no others either.
    fn object_or_map(&mut self, facets: &Facets<'a>, id: TypeId, at: &Pointer) -> Shape {
        let declared = facets.properties.is_some_and(|properties| !properties.is_empty());
        if declared || matches!(facets.additional, Some(AdditionalProperties::Any(false))) {
            return Shape::Object(self.object(facets, id, at));
        }
        Shape::Map(self.additional(facets, id, at).unwrap_or_else(|| {
            let at = at.child("additionalProperties");
            self.add(Shape::Any, Docs::default(), Hint::Value(id), &at)
        }))
    }

    fn object(&mut self, facets: &Facets<'a>, id: TypeId, at: &Pointer) -> Object {
        let properties = at.child("properties");
        let mut required: HashSet<&str> = facets.required.iter().map(String::as_str).collect();
        let mut fields = Vec::new();
        for (name, schema) in facets.properties.into_iter().flatten() {
            let at = properties.child(name.as_str());
            let ty = self.schema(schema, &at, Hint::Property(id, name.clone()));
            let own = match schema {
                ReferenceOr::Item(schema) => Some(Facets::of(schema)),
                ReferenceOr::Reference { .. } => None,
            };
            fields.push(Field {
                name: name.clone(),
                ty,
                required: required.remove(name.as_str()),
                read_only: own.as_ref().is_some_and(|own| own.data.read_only),
                write_only: own.as_ref().is_some_and(|own| own.data.write_only),
                secret: own
                    .as_ref()
                    .is_some_and(|own| own.format.as_deref() == Some("password")),
                docs: own.as_ref().map(docs).unwrap_or_default(),
                boxed: false,
            });
        }
        let additional = self
            .additional(facets, id, at)
            .map_or(Additional::Ignored, Additional::Kept);
        let mut also_required: Vec<String> = required.into_iter().map(str::to_owned).collect();
        also_required.sort();
        Object {
            fields,
            additional,
            also_required,
        }
    }

    fn additional(&mut self, facets: &Facets<'a>, id: TypeId, at: &Pointer) -> Option<TypeId> {
        let at = at.child("additionalProperties");
        match facets.additional? {
            AdditionalProperties::Any(false) => None,
            AdditionalProperties::Any(true) => Some(self.add(Shape::Any, Docs::default(), Hint::Value(id), &at)),
            AdditionalProperties::Schema(schema) => Some(self.schema(schema, &at, Hint::Value(id))),
        }
    }
}

/// Whether a schema of these facets gets a type with a name, so that its title can be that name.
fn is_structured(facets: &Facets<'_>) -> bool {
    facets.properties.is_some() || !facets.values.is_empty() || !facets.one_of.is_empty() || !facets.any_of.is_empty()
}

fn integer_format(facets: &Facets<'_>) -> IntegerFormat {
    match facets.format.as_deref() {
        Some("int8") => IntegerFormat::I8,
        Some("int16") => IntegerFormat::I16,
        Some("int32") => IntegerFormat::I32,
        Some("uint8") => IntegerFormat::U8,
        Some("uint16") => IntegerFormat::U16,
        Some("uint32") => IntegerFormat::U32,
        Some("uint64" | "uint") => IntegerFormat::U64,
        _ if is_beyond_i64(facets) => IntegerFormat::U64,
        _ => IntegerFormat::I64,
    }
}

/// Whether the bounds allow what only 64 bits without a sign can hold.
fn is_beyond_i64(facets: &Facets<'_>) -> bool {
    let (low, high) = bounds(facets);
    let high = high.and_then(|high| high.parse::<i128>().ok());
    low.is_some_and(|low| !low.starts_with('-')) && high.is_some_and(|high| high > i128::from(i64::MAX))
}

/// A number with an integer's format is one: some documents write `type: number, format: int64`.
fn number_shape(facets: &Facets<'_>) -> Shape {
    match facets.format.as_deref() {
        Some("float") => Shape::Number(NumberFormat::F32),
        Some("int8" | "int16" | "int32" | "int64" | "uint8" | "uint16" | "uint32" | "uint64" | "uint") => {
            Shape::Integer(integer_format(facets))
        }
        _ => Shape::Number(NumberFormat::F64),
    }
}

fn string_format(format: Option<&str>) -> StringFormat {
    match format {
        Some("date-time") => StringFormat::DateTime,
        Some("date") => StringFormat::Date,
        Some("binary") => StringFormat::Binary,
        _ => StringFormat::Plain,
    }
}
