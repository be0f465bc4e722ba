//! A schema and everything that holds beside it, as one: references followed, the parts of `allOf` put together.
//!
//! Knows JSON Schema; what cannot be put together exactly (`not`, `if`) is left to the judge, who refuses what does not fit.

use indexmap::IndexMap;
use serde_json::{Map, Value};

/// More references and parts than this are a circle.
const MOST: usize = 256;

/// What holds for a value at once.
#[derive(Debug, Clone, Default)]
pub(super) struct Flat<'a> {
    /// The kinds that every part allows; `None`: all.
    pub(super) types: Option<Vec<&'a str>>,
    /// The values that every part lists; `None`: none does.
    pub(super) values: Option<Vec<&'a Value>>,
    /// Each property with the schemas that hold for it.
    pub(super) properties: IndexMap<&'a str, Vec<&'a Value>>,
    pub(super) required: Vec<&'a str>,
    /// The schemas of what is not declared; `None`: nothing is said, and it is allowed.
    pub(super) additional: Option<Vec<&'a Value>>,
    /// Patterns of keys, with the schemas of their values.
    pub(super) patterns: Vec<(&'a str, &'a Value)>,
    pub(super) items: Vec<&'a Value>,
    pub(super) prefix: Vec<&'a Value>,
    /// `oneOf` and `anyOf` from which one is still to be chosen.
    pub(super) choices: Vec<&'a Vec<Value>>,
    /// Every schema that says something of its own: bounds, formats.
    pub(super) said: Vec<&'a Map<String, Value>>,
    /// Whether no value can fit.
    pub(super) never: bool,
    seen: usize,
}

impl<'a> Flat<'a> {
    /// Adds what a schema says.
    pub(super) fn add(&mut self, defs: &'a Map<String, Value>, schema: &'a Value) {
        self.seen += 1;
        let map = match schema {
            Value::Object(map) if self.seen < MOST => map,
            Value::Bool(true) => return,
            _ => {
                self.never = true;
                return;
            }
        };
        let target = map.get("$ref").and_then(Value::as_str);
        if let Some(schema) = target.and_then(|target| defs.get(target.strip_prefix("#/$defs/")?)) {
            self.add(defs, schema);
        }
        self.kinds(map);
        self.members(map);
        self.said.push(map);
        for part in map.get("allOf").and_then(Value::as_array).into_iter().flatten() {
            self.add(defs, part);
        }
        self.choices
            .extend(["oneOf", "anyOf"].iter().filter_map(|key| map.get(*key)?.as_array()));
    }

    fn kinds(&mut self, map: &'a Map<String, Value>) {
        if let Some(types) = map.get("type").and_then(Value::as_array) {
            let types: Vec<&str> = types.iter().filter_map(Value::as_str).collect();
            self.types = Some(match self.types.take() {
                Some(before) => both(&before, &types),
                None => types,
            });
            self.never |= self.types.as_ref().is_some_and(Vec::is_empty);
        }
        let listed = map.get("const").map(|only| vec![only]);
        let listed = listed.or_else(|| {
            map.get("enum")
                .and_then(Value::as_array)
                .map(|list| list.iter().collect())
        });
        if let Some(listed) = listed {
            self.values = Some(match self.values.take() {
                Some(before) => before.into_iter().filter(|value| listed.contains(value)).collect(),
                None => listed,
            });
            self.never |= self.values.as_ref().is_some_and(Vec::is_empty);
        }
    }

    fn members(&mut self, map: &'a Map<String, Value>) {
        for (name, schema) in map.get("properties").and_then(Value::as_object).into_iter().flatten() {
            self.properties.entry(name).or_default().push(schema);
        }
        let patterns = map
            .get("patternProperties")
            .and_then(Value::as_object)
            .into_iter()
            .flatten();
        self.patterns
            .extend(patterns.map(|(pattern, schema)| (pattern.as_str(), schema)));
        let required = map.get("required").and_then(Value::as_array).into_iter().flatten();
        for name in required.filter_map(Value::as_str) {
            if !self.required.contains(&name) {
                self.required.push(name);
            }
        }
        let additional = map
            .get("additionalProperties")
            .or_else(|| map.get("unevaluatedProperties"));
        if let Some(schema) = additional {
            self.additional.get_or_insert_default().push(schema);
        }
        self.items.extend(map.get("items"));
        if let Some(prefix) = map.get("prefixItems").and_then(Value::as_array) {
            self.prefix = prefix.iter().collect();
        }
    }

    /// The numbers under a key.
    fn numbers(&self, key: &str) -> impl Iterator<Item = f64> {
        self.said.iter().filter_map(move |map| map.get(key)?.as_f64())
    }

    /// The greatest number under a key, for lower bounds.
    pub(super) fn least(&self, key: &str) -> Option<f64> {
        self.numbers(key).reduce(f64::max)
    }

    /// The smallest number under a key, for upper bounds.
    pub(super) fn most(&self, key: &str) -> Option<f64> {
        self.numbers(key).reduce(f64::min)
    }

    /// A bound as it is written, which of an integer is exact.
    pub(super) fn bound(&self, key: &str, value: Option<f64>) -> Option<&'a Value> {
        self.said
            .iter()
            .find_map(|map| map.get(key).filter(|bound| bound.as_f64() == value))
    }

    /// The count under a key, for upper bounds.
    pub(super) fn count(&self, key: &str) -> Option<usize> {
        let counts = self.said.iter().filter_map(|map| map.get(key)?.as_u64());
        counts.min().map(|count| usize::try_from(count).unwrap_or(usize::MAX))
    }

    /// The text under a key.
    pub(super) fn text(&self, key: &str) -> Option<&'a str> {
        self.said.iter().find_map(|map| map.get(key)?.as_str())
    }

    pub(super) fn is(&self, key: &str) -> bool {
        self.said.iter().any(|map| map.get(key) == Some(&Value::Bool(true)))
    }

    /// The kinds of which a value may be made.
    pub(super) fn kinds_to_make(&self) -> Vec<&'a str> {
        match &self.types {
            Some(types) if types.contains(&"number") => types.iter().copied().filter(|ty| *ty != "integer").collect(),
            Some(types) => types.clone(),
            None if !self.properties.is_empty() || !self.required.is_empty() || self.additional.is_some() => {
                vec!["object"]
            }
            None if !self.items.is_empty() => vec!["array"],
            None if self.text("format").or(self.text("pattern")).is_some() => vec!["string"],
            None if self.numbers("minimum").chain(self.numbers("maximum")).next().is_some() => vec!["number"],
            None if self.count("minLength").or(self.count("maxLength")).is_some() => vec!["string"],
            None => Vec::new(),
        }
    }
}

/// The kinds in both lists; an integer is a number.
fn both<'a>(one: &[&'a str], other: &[&'a str]) -> Vec<&'a str> {
    let fits = |ty: &str, list: &[&str]| list.contains(&ty) || (ty == "integer" && list.contains(&"number"));
    let own = one.iter().copied().filter(|ty| fits(ty, other));
    let mut all: Vec<&str> = own.collect();
    let others = other.iter().copied().filter(|ty| fits(ty, one));
    for ty in others {
        if !all.contains(&ty) {
            all.push(ty);
        }
    }
    all
}
