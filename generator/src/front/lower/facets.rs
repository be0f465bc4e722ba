//! One view of a schema, whichever of `openapiv3`'s kinds holds it.

use indexmap::IndexMap;
use openapiv3::{
    AdditionalProperties, AnySchema, ArrayType, IntegerType, NumberType, ObjectType, ReferenceOr, Schema, SchemaData,
    SchemaKind, StringType, Type, VariantOrUnknownOrEmpty,
};
use serde::Serialize;
use serde_json::Value;

/// A schema's keywords that matter to the IR.
pub(super) struct Facets<'a> {
    pub(super) data: &'a SchemaData,
    /// `type`: `string`, `integer`, `number`, `boolean`, `array`, `object`.
    pub(super) kind: Option<&'a str>,
    pub(super) format: Option<String>,
    /// `enum`
    pub(super) values: Vec<Value>,
    pub(super) properties: Option<&'a IndexMap<String, ReferenceOr<Box<Schema>>>>,
    pub(super) required: &'a [String],
    pub(super) additional: Option<&'a AdditionalProperties>,
    pub(super) items: Option<&'a ReferenceOr<Box<Schema>>>,
    pub(super) one_of: &'a [ReferenceOr<Schema>],
    pub(super) any_of: &'a [ReferenceOr<Schema>],
    pub(super) all_of: &'a [ReferenceOr<Schema>],
    pub(super) minimum: Option<String>,
    pub(super) maximum: Option<String>,
    pub(super) exclusive_minimum: bool,
    pub(super) exclusive_maximum: bool,
    pub(super) multiple_of: Option<String>,
    pub(super) length: (Option<usize>, Option<usize>),
    pub(super) items_count: (Option<usize>, Option<usize>),
    pub(super) properties_count: (Option<usize>, Option<usize>),
    pub(super) unique_items: bool,
    pub(super) pattern: Option<&'a str>,
}

impl<'a> Facets<'a> {
    pub(super) fn of(schema: &'a Schema) -> Self {
        let empty = Self::empty(&schema.schema_data);
        match &schema.schema_kind {
            SchemaKind::Type(Type::String(string)) => empty.with_string(string),
            SchemaKind::Type(Type::Integer(integer)) => empty.with_integer(integer),
            SchemaKind::Type(Type::Number(number)) => empty.with_number(number),
            SchemaKind::Type(Type::Boolean(boolean)) => Self {
                kind: Some("boolean"),
                values: boolean
                    .enumeration
                    .iter()
                    .flatten()
                    .map(|value| Value::Bool(*value))
                    .collect(),
                ..empty
            },
            SchemaKind::Type(Type::Object(object)) => empty.with_object(object),
            SchemaKind::Type(Type::Array(array)) => empty.with_array(array),
            SchemaKind::OneOf { one_of } => Self { one_of, ..empty },
            SchemaKind::AllOf { all_of } => Self { all_of, ..empty },
            SchemaKind::AnyOf { any_of } => Self { any_of, ..empty },
            SchemaKind::Not { .. } => empty,
            SchemaKind::Any(any) => empty.with_any(any),
        }
    }

    fn empty(data: &'a SchemaData) -> Self {
        Self {
            data,
            kind: None,
            format: None,
            values: Vec::new(),
            properties: None,
            required: &[],
            additional: None,
            items: None,
            one_of: &[],
            any_of: &[],
            all_of: &[],
            minimum: None,
            maximum: None,
            exclusive_minimum: false,
            exclusive_maximum: false,
            multiple_of: None,
            length: (None, None),
            items_count: (None, None),
            properties_count: (None, None),
            unique_items: false,
            pattern: None,
        }
    }

    fn with_string(self, string: &'a StringType) -> Self {
        Self {
            kind: Some("string"),
            format: format_text(&string.format),
            values: string
                .enumeration
                .iter()
                .flatten()
                .cloned()
                .map(Value::String)
                .collect(),
            length: (string.min_length, string.max_length),
            pattern: string.pattern.as_deref(),
            ..self
        }
    }

    fn with_integer(self, integer: &'a IntegerType) -> Self {
        Self {
            kind: Some("integer"),
            format: format_text(&integer.format),
            values: integer
                .enumeration
                .iter()
                .flatten()
                .map(|value| Value::from(*value))
                .collect(),
            minimum: integer.minimum.map(|bound| bound.to_string()),
            maximum: integer.maximum.map(|bound| bound.to_string()),
            exclusive_minimum: integer.exclusive_minimum,
            exclusive_maximum: integer.exclusive_maximum,
            multiple_of: integer.multiple_of.map(|of| of.to_string()),
            ..self
        }
    }

    fn with_number(self, number: &'a NumberType) -> Self {
        Self {
            kind: Some("number"),
            format: format_text(&number.format),
            values: number
                .enumeration
                .iter()
                .flatten()
                .map(|value| Value::from(*value))
                .collect(),
            minimum: number.minimum.map(|bound| bound.to_string()),
            maximum: number.maximum.map(|bound| bound.to_string()),
            exclusive_minimum: number.exclusive_minimum,
            exclusive_maximum: number.exclusive_maximum,
            multiple_of: number.multiple_of.map(|of| of.to_string()),
            ..self
        }
    }

    fn with_object(self, object: &'a ObjectType) -> Self {
        Self {
            kind: Some("object"),
            properties: Some(&object.properties),
            required: &object.required,
            additional: object.additional_properties.as_ref(),
            properties_count: (object.min_properties, object.max_properties),
            ..self
        }
    }

    fn with_array(self, array: &'a ArrayType) -> Self {
        Self {
            kind: Some("array"),
            items: array.items.as_ref(),
            items_count: (array.min_items, array.max_items),
            unique_items: array.unique_items,
            ..self
        }
    }

    fn with_any(self, any: &'a AnySchema) -> Self {
        Self {
            kind: any.typ.as_deref(),
            format: any.format.clone(),
            values: any.enumeration.clone(),
            properties: Some(&any.properties).filter(|properties| !properties.is_empty()),
            required: &any.required,
            additional: any.additional_properties.as_ref(),
            items: any.items.as_ref(),
            one_of: &any.one_of,
            any_of: &any.any_of,
            all_of: &any.all_of,
            minimum: any.minimum.map(|bound| bound.to_string()),
            maximum: any.maximum.map(|bound| bound.to_string()),
            exclusive_minimum: any.exclusive_minimum.unwrap_or_default(),
            exclusive_maximum: any.exclusive_maximum.unwrap_or_default(),
            multiple_of: any.multiple_of.map(|of| of.to_string()),
            length: (any.min_length, any.max_length),
            items_count: (any.min_items, any.max_items),
            properties_count: (any.min_properties, any.max_properties),
            unique_items: any.unique_items.unwrap_or_default(),
            pattern: any.pattern.as_deref(),
            ..self
        }
    }

    /// Whether it says that values are objects, and at most which keys they must have.
    pub(super) fn is_bare_object(&self) -> bool {
        let is_object = self.kind == Some("object") || self.kind.is_none() && !self.required.is_empty();
        let declares_nothing = self.properties.is_none_or(IndexMap::is_empty)
            && self.additional.is_none()
            && self.values.is_empty()
            && [self.one_of, self.any_of, self.all_of]
                .iter()
                .all(|list| list.is_empty());
        is_object && declares_nothing && !self.data.nullable
    }

    /// Whether it says nothing of what a value looks like: only `required`, bounds or nothing at all.
    pub(super) fn is_only_a_constraint(&self) -> bool {
        self.kind.is_none()
            && self.values.is_empty()
            && self.properties.is_none()
            && self.items.is_none()
            && self.additional.is_none()
            && self.format.is_none()
            && self.one_of.is_empty()
            && self.any_of.is_empty()
            && self.all_of.is_empty()
    }
}

/// A format as the document writes it, whether `openapiv3` has a variant for it or not.
fn format_text<T: Serialize>(format: &VariantOrUnknownOrEmpty<T>) -> Option<String> {
    match format {
        VariantOrUnknownOrEmpty::Item(item) => serde_json::to_value(item).ok()?.as_str().map(str::to_owned),
        VariantOrUnknownOrEmpty::Unknown(text) => Some(text.clone()),
        VariantOrUnknownOrEmpty::Empty => None,
    }
}
