//! The schemas of a document as JSON Schema 2020-12, for a judge that knows nothing of OpenAPI.
//!
//! Reads the document by itself: `front::normalize` and `front::lower` are what is put to the test, and a mistake that
//! reader and judge shared would never show. What it makes of OpenAPI's own words:
//!
//! - `nullable` allows `null` beside whatever stands there; 3.0's `exclusiveMinimum: true` is a bound.
//! - A `discriminator` makes the tag required, and its text tells the alternatives apart. An alternative has its own text
//!   wherever it stands.
//! - A `readOnly` property is not sent and a `writeOnly` one not answered, so neither is required there.
//! - Integers have the width that their `format` says, and 64 bits without one, whatever their bounds.
//! - A schema with properties describes objects, one with items arrays, also where it does not say `type`.
//! - An array whose first items are described (`prefixItems`) has no others, unless `items` says what they are; an object
//!   whose keys are described (`patternProperties`) has no others, unless `additionalProperties` says so.
//! - Other formats than `date-time` and `date` say nothing: texts stay texts. But for addresses, by which some documents
//!   tell alternatives apart.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::document::{Dialect, Document, discriminated};
use super::scalars::exact;

/// What a generator passes over: a property that does not go this way.
pub(super) const ABSENT: &str = "absent";
/// An alternative that a discriminator tells.
pub(super) const TAGGED: &str = "tagged";
/// A property that goes no other way.
pub(super) const ONE_WAY: &str = "one way";

/// Which way a value goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Way {
    /// In a request.
    Sent,
    /// In an answer.
    Answered,
}

/// The schemas of a document as they hold one way.
#[derive(Debug)]
pub(super) struct Schemas<'a> {
    document: &'a Document,
    way: Way,
    /// Pointers and the names that they have under `$defs`.
    names: BTreeMap<String, String>,
    /// By name: the schema, and the pointers that it refers to.
    converted: BTreeMap<String, (Value, Vec<String>)>,
    /// The pointers that the schema at hand refers to.
    referred: Vec<String>,
    /// Where the schema at hand stands.
    around: String,
}

impl<'a> Schemas<'a> {
    pub(super) fn new(document: &'a Document, way: Way) -> Self {
        Self {
            document,
            way,
            names: BTreeMap::new(),
            converted: BTreeMap::new(),
            referred: Vec::new(),
            around: String::new(),
        }
    }

    /// The schema at a place with all that it needs: `{"$ref": …, "$defs": …}`.
    pub(super) fn whole(&mut self, reference: &str) -> Value {
        let first = self.name(reference);
        let mut defs = Map::new();
        let mut waiting = vec![(first.clone(), reference.to_owned())];
        while let Some((name, reference)) = waiting.pop() {
            if defs.contains_key(&name) {
                continue;
            }
            let (schema, next) = self.converted(&name, &reference);
            defs.insert(name, schema);
            waiting.extend(next.into_iter().map(|reference| (self.name(&reference), reference)));
        }
        json!({ "$ref": format!("#/$defs/{first}"), "$defs": defs })
    }

    fn name(&mut self, reference: &str) -> String {
        let next = self.names.len();
        self.names
            .entry(reference.to_owned())
            .or_insert_with(|| format!("d{next}"))
            .clone()
    }

    fn converted(&mut self, name: &str, reference: &str) -> (Value, Vec<String>) {
        if let Some(known) = self.converted.get(name) {
            return known.clone();
        }
        reference.clone_into(&mut self.around);
        let document = self.document;
        let mut schema = document
            .at(reference)
            .map_or(Value::Bool(true), |schema| self.convert(schema));
        for (property, tags) in document
            .tags
            .get(reference)
            .into_iter()
            .flatten()
            .filter(|(_, tags)| !tags.is_empty())
        {
            let declared = document
                .at(reference)
                .and_then(|schema| schema.get("properties")?.get(property));
            if declared.is_some() {
                schema = json!({ "allOf": [schema, { "properties": { property: { "enum": tags } } }] });
            }
        }
        let made = (schema, std::mem::take(&mut self.referred));
        self.converted.insert(name.to_owned(), made.clone());
        made
    }

    fn convert(&mut self, schema: &Value) -> Value {
        let Value::Object(map) = schema else {
            return Value::Bool(schema != &Value::Bool(false));
        };
        let mut out = Map::new();
        if let Some(reference) = map.get("$ref").and_then(Value::as_str) {
            let target = self.reference(reference);
            if self.document.dialect != Dialect::V31 {
                return target;
            }
            out.insert("allOf".to_owned(), json!([target]));
        }
        if map.get("$recursiveRef").is_some_and(|root| root == "#") {
            // JSON Schema 2019-09, section 8.2.4.2.1: the schema around it, which here is the component.
            let around = self.around.clone();
            return self.reference(&around);
        }
        let absent = self.absent(schema);
        for (key, value) in map {
            let value = self.keyword(key, value, map, &absent);
            match (key.as_str(), value) {
                // The reference stands there already.
                ("allOf", Some(Value::Array(parts))) if out.contains_key("allOf") => {
                    out.get_mut("allOf")
                        .and_then(Value::as_array_mut)
                        .into_iter()
                        .for_each(|all| all.extend(parts.clone()));
                }
                (_, Some(value)) => drop(out.insert(key.clone(), value)),
                (_, None) => {}
            }
        }
        self.tagged(schema, &mut out);
        implied(&mut out);
        widths(map, &mut out);
        let nullable = match self.document.dialect {
            Dialect::Swagger => "x-nullable",
            Dialect::V30 => "nullable",
            Dialect::V31 => "",
        };
        if map.get(nullable) == Some(&Value::Bool(true)) {
            return json!({ "anyOf": [out, { "type": ["null"] }] });
        }
        Value::Object(out)
    }

    /// A keyword in JSON Schema's words; `None` where it is none, or says what no keyword can say.
    fn keyword(
        &mut self,
        key: &str,
        value: &Value,
        map: &Map<String, Value>,
        absent: &BTreeSet<String>,
    ) -> Option<Value> {
        let modern = self.document.dialect == Dialect::V31;
        match (key, value) {
            ("type", value) => types(value),
            ("enum", Value::Array(list)) => (!list.is_empty()).then(|| value.clone()),
            ("properties", Value::Object(properties)) => Some(self.properties(properties)),
            ("patternProperties" | "dependentSchemas", Value::Object(map)) if modern => Some(
                map.iter()
                    .map(|(key, schema)| (key.clone(), self.convert(schema)))
                    .collect(),
            ),
            ("required", Value::Array(list)) => {
                // Some say it twice, which is no schema.
                let names: BTreeSet<&str> = list.iter().filter_map(Value::as_str).collect();
                Some(names.into_iter().filter(|name| !absent.contains(*name)).collect())
            }
            ("additionalProperties" | "not" | "items", Value::Object(_) | Value::Bool(_)) => Some(self.convert(value)),
            ("if" | "then" | "else" | "contains" | "propertyNames" | "unevaluatedProperties", _) if modern => {
                Some(self.convert(value))
            }
            ("allOf" | "anyOf" | "oneOf", Value::Array(list)) => {
                (!list.is_empty()).then(|| list.iter().map(|schema| self.convert(schema)).collect())
            }
            ("prefixItems", Value::Array(list)) if modern => {
                Some(list.iter().map(|schema| self.convert(schema)).collect())
            }
            ("minimum", Value::Number(_)) if map.get("exclusiveMinimum") == Some(&Value::Bool(true)) => None,
            ("maximum", Value::Number(_)) if map.get("exclusiveMaximum") == Some(&Value::Bool(true)) => None,
            // `const` is no word of 3.0's, but there is nothing else that it could mean.
            ("const", _)
            | ("minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum", Value::Number(_))
            | ("uniqueItems", Value::Bool(_))
            | ("pattern", Value::String(_)) => Some(value.clone()),
            ("exclusiveMinimum", Value::Bool(true)) => map.get("minimum").cloned(),
            ("exclusiveMaximum", Value::Bool(true)) => map.get("maximum").cloned(),
            ("multipleOf", Value::Number(step)) => step.as_f64().filter(|step| *step > 0.0).map(|_| value.clone()),
            ("minLength" | "maxLength" | "minItems" | "maxItems" | "minProperties" | "maxProperties", _) => {
                value.as_u64().map(Value::from)
            }
            ("format", Value::String(format)) => {
                matches!(format.as_str(), "date-time" | "date" | "float" | "ipv4" | "ipv6").then(|| value.clone())
            }
            _ => None,
        }
    }

    fn reference(&mut self, reference: &str) -> Value {
        if self.document.at(reference).is_none() {
            return Value::Bool(true);
        }
        self.referred.push(reference.to_owned());
        json!({ "$ref": format!("#/$defs/{}", self.name(reference)) })
    }

    fn properties(&mut self, properties: &Map<String, Value>) -> Value {
        let converted = properties.iter().map(|(name, schema)| {
            let value = self.convert(schema);
            let comment = match self.goes_one_way(schema) {
                Some(way) if way == self.way => ONE_WAY,
                Some(_) => ABSENT,
                None => return (name.clone(), value),
            };
            (name.clone(), json!({ "$comment": comment, "allOf": [value] }))
        });
        converted.collect()
    }

    /// The properties of a schema and its parts that do not go this way.
    fn absent(&self, schema: &Value) -> BTreeSet<String> {
        let parts = schema.get("allOf").and_then(Value::as_array).into_iter().flatten();
        let all = parts.map(|part| self.document.resolved(part)).chain([schema]);
        let properties = all.filter_map(|part| part.get("properties")?.as_object()).flatten();
        let absent = properties.filter(|(_, schema)| self.goes_one_way(schema).is_some_and(|way| way != self.way));
        absent.map(|(name, _)| name.clone()).collect()
    }

    /// The only way that a property goes.
    fn goes_one_way(&self, schema: &Value) -> Option<Way> {
        // Beside a reference 3.0 reads nothing, but what is written there is meant.
        let says = |key: &str| {
            schema.get(key) == Some(&Value::Bool(true))
                || self.document.said(schema, &|schema| schema.get(key)) == Some(&Value::Bool(true))
        };
        if says("readOnly") {
            Some(Way::Answered)
        } else {
            says("writeOnly").then_some(Way::Sent)
        }
    }

    /// Alternatives that a discriminator tells apart.
    fn tagged(&mut self, schema: &Value, out: &mut Map<String, Value>) {
        let Some((property, list)) = discriminated(schema) else {
            return;
        };
        let alternatives: Vec<Value> = (list.iter())
            .map(|alternative| {
                let converted = self.convert(alternative);
                let tags = self.document.tags_of(alternative, property, &schema["discriminator"]);
                if tags.is_empty() {
                    return converted;
                }
                let tag =
                    json!({ "$comment": TAGGED, "type": ["object"], "required": [property], "properties": { property: { "enum": tags } } });
                json!({ "allOf": [converted, tag] })
            })
            .collect();
        out.remove("oneOf");
        out.insert("anyOf".to_owned(), alternatives.into());
    }
}

/// `type`, without names that are none.
fn types(value: &Value) -> Option<Value> {
    let known = |ty: &&str| {
        matches!(
            *ty,
            "null" | "boolean" | "integer" | "number" | "string" | "array" | "object"
        )
    };
    let list: Vec<&str> = match value {
        Value::String(ty) => vec![ty.as_str()],
        Value::Array(list) => list.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let list: BTreeSet<&str> = list.into_iter().filter(known).collect();
    (!list.is_empty()).then(|| list.into_iter().collect())
}

/// What is described by its properties or items is an object or an array.
fn implied(out: &mut Map<String, Value>) {
    if out.contains_key("prefixItems") && !out.contains_key("items") {
        out.insert("items".to_owned(), false.into());
    }
    if out.contains_key("patternProperties") && !out.contains_key("additionalProperties") {
        out.insert("additionalProperties".to_owned(), false.into());
    }
    if ["type", "enum", "const", "oneOf", "anyOf", "not"]
        .iter()
        .any(|key| out.contains_key(*key))
    {
        return;
    }
    if ["properties", "additionalProperties"]
        .iter()
        .any(|key| out.contains_key(*key))
    {
        out.insert("type".to_owned(), json!(["object"]));
    } else if out.contains_key("items") {
        out.insert("type".to_owned(), json!(["array"]));
    }
}

/// Integers are as wide as their format says.
fn widths(map: &Map<String, Value>, out: &mut Map<String, Value>) {
    let format = map.get("format").and_then(Value::as_str).unwrap_or_default();
    let integers = [
        "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "uint",
    ];
    let Some(types) = out.get_mut("type").and_then(Value::as_array_mut) else {
        return;
    };
    if integers.contains(&format) {
        types
            .iter_mut()
            .filter(|ty| *ty == "number")
            .for_each(|ty| *ty = "integer".into());
    }
    if !types.contains(&"integer".into()) || types.contains(&"number".into()) {
        return;
    }
    let beyond = |key: &str| {
        out.get(key)
            .is_some_and(|bound| bound.as_i64().is_none() && bound.as_f64() > Some(9.2e18))
    };
    // Bounds that JavaScript has rounded are no reason for more than 64 bits.
    let positive = out.get("minimum").and_then(Value::as_f64) >= Some(0.0);
    let (least, most): (i64, u64) = match format {
        "int8" => (i8::MIN.into(), i8::MAX as u64),
        "int16" => (i16::MIN.into(), i16::MAX as u64),
        "int32" => (i32::MIN.into(), i32::MAX as u64),
        "uint8" => (0, u8::MAX.into()),
        "uint16" => (0, u16::MAX.into()),
        "uint32" => (0, u32::MAX.into()),
        "uint64" | "uint" => (0, u64::MAX),
        _ if positive && beyond("maximum") => (0, u64::MAX),
        _ => (i64::MIN, i64::MAX as u64),
    };
    let number = |key: &str| out.get(key).and_then(exact);
    let (low, high) = (
        number("minimum").is_none_or(|bound| bound < least.into()),
        number("maximum").is_none_or(|bound| bound > most.into()),
    );
    if low {
        out.insert("minimum".to_owned(), least.into());
    }
    if high {
        out.insert("maximum".to_owned(), most.into());
    }
}
