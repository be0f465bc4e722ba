//! Values that a schema allows: the least, all that can be said, and what lies between; in time every listed value, every
//! alternative, and `null` wherever it may stand.
//!
//! Knows JSON Schema as `schema` writes it. Whether a value is right is for the judge to say: what this module leaves out
//! of account only costs attempts.

use std::collections::HashMap;

use rand::RngExt;
use rand::seq::SliceRandom;
use serde_json::{Map, Value, json};

use super::flat::Flat;
use super::marks::{self, Mark, Marks};
use super::scalars::Scalars;
use super::schema::{ABSENT, ONE_WAY, TAGGED};

/// A key of which the document says nothing: a client accepts it, and may pass over it.
pub(super) const UNDECLARED: &str = "x-undeclared ключ";

/// Keys of maps, and of properties beyond the declared ones.
const KEYS: [&str; 6] = ["extra", "ключ 🗝", "a.b/c~d \"e\"", "", "0", "__proto__"];

/// Deeper than this, whatever may be left out is.
const DEEP: usize = 7;
/// Deeper than this there is no value.
const DEEPEST: usize = 24;
/// How many parts a value may have before whatever may be left out is, and at all.
const LARGE: usize = 600;
const LARGEST: usize = 6_000;

/// Which values are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// Only what is required.
    Least,
    /// All that can be said.
    All,
    /// Any part of it, in any order.
    Some,
    /// The same, with any of the answers that each place has, and not the next one: places that were asked alike are not
    /// any more.
    Any,
}

/// A value, and what is to know about places in it.
#[derive(Debug, Clone)]
pub(super) struct Made {
    pub(super) value: Value,
    pub(super) marks: Marks,
}

/// Makes the values of one schema.
pub(super) struct Maker<'a> {
    schema: &'a Value,
    defs: &'a Map<String, Value>,
    scalars: Scalars,
    /// How often each place of the schema was asked, and how many answers it has.
    counts: HashMap<(usize, &'static str), (usize, usize)>,
    wanted: Wanted,
    made: usize,
    path: String,
    /// How many unions are around the value at hand.
    unions: usize,
    marks: Marks,
    /// Where no value could be made last, and why.
    never: Option<String>,
}

impl<'a> Maker<'a> {
    /// Of `{"$ref": …, "$defs": …}`.
    pub(super) fn new(schema: &'a Value, empty: &'a Map<String, Value>) -> Self {
        Self {
            schema,
            defs: schema.get("$defs").and_then(Value::as_object).unwrap_or(empty),
            scalars: Scalars::new(),
            counts: HashMap::new(),
            wanted: Wanted::Least,
            made: 0,
            path: String::new(),
            unions: 0,
            marks: Marks::default(),
            never: None,
        }
    }

    /// Why no value could be made: a contradiction of the document.
    pub(super) fn never(&self) -> Option<&str> {
        self.never.as_deref()
    }

    /// The next value; `None` where none can be made.
    pub(super) fn next(&mut self, wanted: Wanted) -> Option<Made> {
        self.wanted = wanted;
        self.made = 0;
        self.path.clear();
        self.marks = Marks::default();
        let value = self.value(&[self.schema], 0)?;
        let marks = std::mem::take(&mut self.marks);
        Some(Made { value, marks })
    }

    /// Whether every place that was met has given all its answers.
    pub(super) fn has_shown_all(&self) -> bool {
        self.counts.values().all(|(count, all)| count >= all)
    }

    /// How often a place was asked before.
    fn count(&mut self, place: *const (), what: &'static str, answers: usize) -> usize {
        let entry = self.counts.entry((place as usize, what)).or_insert((0, answers));
        entry.0 += 1;
        if self.wanted == Wanted::Any {
            return self.scalars.rng().random_range(0..4 * answers.max(1));
        }
        entry.0 - 1
    }

    fn value(&mut self, parts: &[&'a Value], depth: usize) -> Option<Value> {
        self.made += 1;
        if depth > DEEPEST || self.made > LARGEST {
            return None;
        }
        let mut flat = Flat::default();
        for part in parts {
            flat.add(self.defs, part);
        }
        self.chosen(flat, depth)
    }

    /// Chooses among alternatives until nothing is left to choose.
    fn chosen(&mut self, mut flat: Flat<'a>, depth: usize) -> Option<Value> {
        if flat.never {
            self.never = Some(format!("nothing is of all that is said of `{}`", self.path));
            return None;
        }
        let Some(list) = flat.choices.pop() else {
            return self.plain(&flat, depth);
        };
        let (nulls, others): (Vec<&Value>, Vec<&Value>) = list.iter().partition(|one| is_null(one));
        let answers = others.len() + 3 * nulls.len();
        let count = self.count(list.as_ptr().cast(), "alternative", answers);
        let null_first = !nulls.is_empty() && (count % 4 == 3 || depth >= DEEP);
        let turned = (0..others.len()).map(|index| others[(count + index) % others.len()]);
        let order: Vec<&Value> = if null_first {
            nulls.into_iter().chain(turned).collect()
        } else {
            turned.chain(nulls).collect()
        };
        let several = usize::from(others.len() > 1 || others.iter().any(|one| is_tagged(one)));
        self.unions += several;
        let marks = self.marks.count();
        let made = order.into_iter().find_map(|alternative| {
            self.marks.truncate(marks);
            let mut with = flat.clone();
            with.add(self.defs, alternative);
            self.chosen(with, depth)
        });
        self.unions -= several;
        made
    }

    fn plain(&mut self, flat: &Flat<'a>, depth: usize) -> Option<Value> {
        if let Some(values) = &flat.values {
            return self.listed(flat, values);
        }
        let Some(said) = flat.said.last() else {
            return Some(anything(depth));
        };
        let place: *const () = std::ptr::from_ref(*said).cast();
        let kinds = flat.kinds_to_make();
        let null = kinds.contains(&"null");
        let others: Vec<&str> = kinds.iter().copied().filter(|kind| *kind != "null").collect();
        let count = self.count(place, "kind", if null { 4 } else { others.len() });
        let kind = match others.as_slice() {
            [] if null => "null",
            [] => return Some(anything(count)),
            _ if null && count % 4 == 3 => "null",
            kinds => kinds[count % kinds.len()],
        };
        match kind {
            "null" => Some(Value::Null),
            "boolean" => Some((self.count(place, "boolean", 2).is_multiple_of(2)).into()),
            "integer" => Some(Scalars::integer(flat, self.count(place, "integer", 10))),
            "number" => Scalars::number(flat, self.count(place, "number", 8)),
            "string" => {
                let count = self.count(place, "string", Scalars::texts(flat));
                Some(self.scalars.text(flat, count).into())
            }
            "array" => self.array(flat, depth),
            _ => self.object(flat, depth),
        }
    }

    fn listed(&mut self, flat: &Flat<'a>, values: &[&'a Value]) -> Option<Value> {
        let fits = |value: &&&Value| {
            flat.types
                .as_ref()
                .is_none_or(|types| types.iter().any(|ty| is_of(value, ty)))
        };
        let fitting: Vec<&Value> = values.iter().filter(fits).copied().collect();
        let Some(first) = fitting.first() else {
            self.never = Some(format!("nothing that `{}` lists is of its type", self.path));
            return None;
        };
        let first: *const Value = *first;
        let value = fitting[self.count(first.cast(), "listed", fitting.len()) % fitting.len()];
        if value.is_string() && fitting.len() > 1 && self.unions == 0 {
            self.marks.add(Mark::Listed, self.path.clone());
        }
        Some(value.clone())
    }

    fn is_full(&self, depth: usize) -> bool {
        depth >= DEEP || self.made > LARGE
    }

    fn below(&mut self, key: &str, parts: &[&'a Value], depth: usize) -> Option<Value> {
        let length = self.path.len();
        self.path.push('/');
        self.path.push_str(&marks::step(key));
        let value = self.value(parts, depth + 1);
        self.path.truncate(length);
        value
    }

    fn array(&mut self, flat: &Flat<'a>, depth: usize) -> Option<Value> {
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a count that is written in a document"
        )]
        let least = flat.least("minItems").unwrap_or(0.0).min(1_000.0) as usize;
        let most = flat.count("maxItems").unwrap_or(usize::MAX).max(least);
        let wanted = match self.wanted {
            _ if self.is_full(depth) => 0,
            Wanted::Least => 0,
            Wanted::All => 3,
            Wanted::Some | Wanted::Any => self.scalars.rng().random_range(0..=3),
        };
        let mut items: Vec<Value> = Vec::new();
        for index in 0..wanted.clamp(least, most).max(flat.prefix.len().min(most)) {
            let parts: Vec<&Value> = match flat.prefix.get(index) {
                Some(first) => vec![first],
                None => flat.items.clone(),
            };
            let item = if parts.is_empty() {
                Some(anything(index))
            } else {
                self.below(&index.to_string(), &parts, depth)
            };
            match item {
                Some(item) if flat.is("uniqueItems") && items.contains(&item) => {}
                Some(item) => items.push(item),
                None if index < least => return None,
                None => break,
            }
        }
        Some(items.into())
    }

    fn object(&mut self, flat: &Flat<'a>, depth: usize) -> Option<Value> {
        let mut entries: Vec<(String, Value)> = Vec::new();
        for (name, parts) in &flat.properties {
            self.declared(flat, name, parts, depth, &mut entries)?;
        }
        for name in flat
            .required
            .iter()
            .filter(|name| !flat.properties.contains_key(**name))
        {
            let value = match &flat.additional {
                Some(parts) if parts.contains(&&Value::Bool(false)) => {
                    self.never = Some(format!(
                        "`{}` requires `{name}` and allows no more than it declares",
                        self.path
                    ));
                    return None;
                }
                Some(parts) => self.below(name, &parts.clone(), depth)?,
                None => anything(depth),
            };
            entries.push(((*name).to_owned(), value));
        }
        for (pattern, schema) in &flat.patterns {
            let Some(key) = self.scalars.matching(pattern, 0, usize::MAX) else {
                continue;
            };
            if self.takes(depth) && !flat.properties.contains_key(key.as_str()) {
                let value = self.below(&key, &[schema], depth)?;
                entries.push((key, value));
            }
        }
        self.extras(flat, depth, &mut entries)?;
        if matches!(self.wanted, Wanted::Some | Wanted::Any) {
            entries.shuffle(self.scalars.rng());
        }
        Some(Value::Object(entries.into_iter().collect()))
    }

    /// A property that is declared, if it is there; `None` where it must be and there is no value.
    fn declared(
        &mut self,
        flat: &Flat<'a>,
        name: &str,
        parts: &[&'a Value],
        depth: usize,
        entries: &mut Vec<(String, Value)>,
    ) -> Option<()> {
        let says = |comment: &str| parts.iter().any(|part| part.get("$comment") == Some(&comment.into()));
        let place = format!("{}/{}", self.path, marks::step(name));
        let required = flat.required.contains(&name);
        let left_out = says(ABSENT) || !(required || self.takes(depth));
        let value = if left_out { None } else { self.below(name, parts, depth) };
        let Some(value) = value else {
            if self.is_constant(parts) {
                self.marks.add(Mark::Constant, place);
            }
            return (left_out || !required).then_some(());
        };
        if value.is_null() && !required {
            self.marks.add(Mark::Null, place.clone());
        }
        // A type that goes both ways does without what goes one way only; that users must give it is for other tests.
        if self.unions == 0 && !(required && says(ONE_WAY)) {
            self.marks
                .add(if required { Mark::Required } else { Mark::Optional }, place);
        }
        entries.push((name.to_owned(), value));
        Some(())
    }

    /// Whether there is only one value that fits.
    fn is_constant(&self, parts: &[&'a Value]) -> bool {
        let mut flat = Flat::default();
        for part in parts {
            flat.add(self.defs, part);
        }
        flat.values.is_some_and(|values| values.len() == 1)
    }

    /// Whether what may be left out is there.
    fn takes(&mut self, depth: usize) -> bool {
        match self.wanted {
            _ if self.is_full(depth) => false,
            Wanted::Least => false,
            Wanted::All => true,
            Wanted::Some | Wanted::Any => self.scalars.rng().random_bool(0.6),
        }
    }

    /// Keys beyond the declared ones.
    fn extras(&mut self, flat: &Flat<'a>, depth: usize, entries: &mut Vec<(String, Value)>) -> Option<()> {
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a count that is written in a document"
        )]
        let least = (flat.least("minProperties").unwrap_or(0.0).min(100.0) as usize).saturating_sub(entries.len());
        let Some(parts) = &flat.additional else {
            if !flat.properties.is_empty() {
                if self.wanted != Wanted::Least && self.scalars.rng().random_bool(0.3) {
                    entries.push((UNDECLARED.to_owned(), anything(entries.len())));
                }
                return Some(());
            }
            let extras = (0..if self.takes(depth) { 2 } else { least })
                .map(|index| (KEYS[index % 6].to_owned(), anything(index)));
            entries.extend(extras);
            return Some(());
        };
        if parts.contains(&&Value::Bool(false)) {
            return Some(());
        }
        let wanted = if self.takes(depth) { 2 } else { 0 };
        let parts = parts.clone();
        for key in self
            .keys(flat)
            .into_iter()
            .filter(|key| !flat.properties.contains_key(key.as_str()))
            .take(least.max(wanted))
        {
            match self.below(&key, &parts, depth) {
                Some(value) => entries.push((key, value)),
                None if least > 0 => return None,
                None => break,
            }
        }
        Some(())
    }

    /// The keys that a map may have.
    fn keys(&mut self, flat: &Flat<'a>) -> Vec<String> {
        let schema = flat.said.iter().find_map(|map| map.get("propertyNames"));
        let Some(names) = schema else {
            let start = self.scalars.rng().random_range(0..KEYS.len());
            return (0..KEYS.len())
                .map(|index| KEYS[(start + index) % KEYS.len()].to_owned())
                .collect();
        };
        // No places in the value are marked for them.
        self.unions += 1;
        let texts = (0..6)
            .filter_map(|_| self.value(&[names], 0))
            .filter_map(|name| Some(name.as_str()?.to_owned()));
        let mut texts: Vec<String> = texts.collect();
        self.unions -= 1;
        texts.sort();
        texts.dedup();
        texts
    }
}

fn is_tagged(schema: &Value) -> bool {
    let mut parts = schema.get("allOf").and_then(Value::as_array).into_iter().flatten();
    parts.any(|part| part.get("$comment") == Some(&TAGGED.into()))
}

fn is_null(schema: &Value) -> bool {
    schema.get("type").is_some_and(|types| *types == json!(["null"])) || schema.get("enum") == Some(&json!([null]))
}

fn is_of(value: &Value, ty: &str) -> bool {
    match ty {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64() || value.as_f64().is_some_and(|value| value.fract() == 0.0),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        _ => value.is_object(),
    }
}

/// What may stand where nothing is said.
fn anything(count: usize) -> Value {
    match count % 7 {
        0 => "text".into(),
        1 => json!({ "a": [1, null], "b": { "": "ü" } }),
        2 => json!(0.1),
        3 => json!([[], {}, "x"]),
        4 => true.into(),
        5 => json!(-9_007_199_254_740_993_i64),
        _ => Value::Null,
    }
}
