//! Values to call an operation with, made from the schemas: within their bounds, of their formats, and different from
//! round to round, so that in time each alternative, each known text and each `null` is sent.
//!
//! Knows the IR; `schema` looks up what the IR keeps as words only.

use clientsmith::ir::{Content, Location, Object, Operation, Parameter, Shape, StringFormat, TypeId, Union};
use serde_json::{Map, Value, json};

use super::schema::Schema;
use super::subject::Api;

/// Deeper than this, whatever may be left out is.
const DEEP: usize = 8;
/// Texts that have to survive their way through paths, queries and bodies.
const TEXTS: [&str; 4] = ["text", "ä ß/ü?#%2F+&=", "a b", "\"quoted\" \\ 日本"];

/// Which values are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// Only what is required.
    Least,
    /// All that can be said, in this round's variety.
    All(usize),
}

/// Arguments of a call: `{"parameters": {"path id": …}, "body": …}`.
pub(super) fn of_call(api: &Api, operation: &Operation, wanted: Wanted) -> Value {
    let mut maker = Maker {
        api,
        wanted,
        ascii: false,
    };
    let mut parameters = Map::new();
    for parameter in &operation.parameters {
        if parameter.required || wanted != Wanted::Least {
            let value = maker.parameter(parameter);
            parameters.extend(value.map(|value| (key(parameter.location, &parameter.name), value)));
        }
    }
    let mut values = Map::new();
    values.insert("parameters".to_owned(), parameters.into());
    let body = operation.body.as_ref();
    if let Some(body) = body.filter(|body| body.required || wanted != Wanted::Least) {
        let value = match body.content {
            Content::Json(id) | Content::Form(id) | Content::Multipart(id) => {
                let schema = Schema::at(api, &body.origin.pointer).content(&body.media_type);
                maker.value(maker.peeled(id), schema, 0)
            }
            Content::Text | Content::Binary | Content::Empty => Some(json!("content")),
            // Only answers are streams.
            Content::Events(_) | Content::JsonLines(_) => None,
        };
        values.extend(value.map(|value| ("body".to_owned(), value)));
    }
    values.into()
}

/// What a parameter is called in there.
pub(super) fn key(location: Location, name: &str) -> String {
    let place = match location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
    };
    format!("{place} {name}")
}

struct Maker<'a> {
    api: &'a Api,
    wanted: Wanted,
    /// Headers hold visible ASCII.
    ascii: bool,
}

impl Maker<'_> {
    fn round(&self) -> usize {
        match self.wanted {
            Wanted::Least => 0,
            Wanted::All(round) => round,
        }
    }

    fn peeled(&self, id: TypeId) -> TypeId {
        self.api.understood.api.types.peel(id).0
    }

    fn parameter(&mut self, parameter: &Parameter) -> Option<Value> {
        self.ascii = matches!(parameter.location, Location::Header | Location::Cookie);
        let value = self.value(
            self.peeled(parameter.ty),
            Schema::at(self.api, &parameter.origin.pointer).child("schema"),
            0,
        );
        self.ascii = false;
        value
    }

    /// A value of a type, which several places share, within the bounds of this place; `None` where one would never end.
    fn value(&self, id: TypeId, schema: Schema<'_>, depth: usize) -> Option<Value> {
        if depth > 3 * DEEP {
            return None;
        }
        let ty = &self.api.understood.api.types[id];
        let schema = schema.or_else(|| Schema::at(self.api, &ty.origin.pointer));
        Some(match &ty.shape {
            Shape::Any | Shape::AllOf(_) => json!({ "any": [self.round()] }),
            Shape::Null => Value::Null,
            Shape::Bool | Shape::OneBool(_) => self.round().is_multiple_of(2).into(),
            Shape::Integer(_) | Shape::Integers(..) => schema.integer(self.round()).into(),
            Shape::Number(_) => schema.number(self.round()),
            Shape::String(format) => self.text(*format, &schema).into(),
            Shape::Const(value) => value.clone(),
            Shape::Enumeration(list) => list
                .values
                .get(self.round() % list.values.len().max(1))?
                .as_str()
                .into(),
            Shape::Array(items) => self.array(*items, schema, depth)?,
            Shape::Map(values) => {
                json!({ "key": self.value(*values, schema.child("additionalProperties"), depth + 1)? })
            }
            Shape::Object(object) => self.object(object, schema, depth)?,
            Shape::Union(union) => self.alternative(union, schema, depth)?,
            Shape::Nullable(_) if self.round() % 4 == 3 => Value::Null,
            Shape::Nullable(inner) | Shape::Alias(inner) => self.value(*inner, schema, depth + 1)?,
        })
    }

    fn text(&self, format: StringFormat, schema: &Schema<'_>) -> String {
        let text = match (format, schema.text("format")) {
            (StringFormat::DateTime, _) => "2025-01-02T03:04:05Z",
            (StringFormat::Date, _) => "2025-01-02",
            (StringFormat::Binary, _) => "content",
            (_, Some("uuid")) => "0f0e0d0c-0b0a-4908-8706-050403020100",
            (_, Some("uri" | "url")) => "https://example.com/a?b=c",
            (_, Some("email")) => "user@example.com",
            _ if schema.text("pattern").is_some() => "12",
            _ if self.ascii || self.wanted == Wanted::Least => "text",
            _ => TEXTS[self.round() % TEXTS.len()],
        };
        let (least, most) = (schema.count("minLength"), schema.count("maxLength"));
        let padding = least.unwrap_or(0).saturating_sub(text.chars().count());
        let filled = text.chars().chain(std::iter::repeat_n('x', padding));
        filled.take(most.unwrap_or(usize::MAX)).collect()
    }

    fn array(&self, items: TypeId, schema: Schema<'_>, depth: usize) -> Option<Value> {
        let least = schema.count("minItems").unwrap_or(0);
        let wanted = usize::from(depth <= DEEP && self.wanted != Wanted::Least);
        let count = wanted.max(least).min(schema.count("maxItems").unwrap_or(usize::MAX));
        let items: Option<Vec<_>> = (0..count)
            .map(|_| self.value(items, schema.child("items"), depth + 1))
            .collect();
        items.map(Value::Array)
    }

    fn object(&self, object: &Object, schema: Schema<'_>, depth: usize) -> Option<Value> {
        let mut map = Map::new();
        let optional = self.wanted != Wanted::Least && depth < DEEP;
        for field in &object.fields {
            if field.read_only || !(field.required || optional) {
                continue;
            }
            match self.value(field.ty, schema.property(&field.name), depth + 1) {
                Some(value) => map.insert(field.name.clone(), value),
                None if field.required => return None,
                None => None,
            };
        }
        Some(map.into())
    }

    fn alternative(&self, union: &Union, schema: Schema<'_>, depth: usize) -> Option<Value> {
        let count = union.alternatives.len();
        let mut order = (0..count).map(|index| (self.round() + index) % count);
        order.find_map(|index| {
            let id = union.alternatives.get(index)?;
            self.value(*id, schema.alternative(index, count), depth + 1)
        })
    }
}
