//! Unions that nothing else tells apart: the value is kept, the alternatives are tried, and the one that would write most
//! of it again is the one.

use std::cell::Cell;
use std::marker::PhantomData;

use serde::Serialize;
use serde::de::{DeserializeOwned, DeserializeSeed, Error, MapAccess, SeqAccess};
use serde_json::{Map, Number, Value};

use super::super::ser;
use super::integer::whole;

/// How often the values in a value may be read on the average, until it is refused. Alternatives within alternatives are
/// tried again and again: without a bound the time would double with each level.
const EFFORT: usize = 1000;
/// Longer reasons are cut: each holds those of the alternatives within.
const LONGEST: usize = 200;

thread_local! {
    /// How many values may still be read in the trial that is going on, 0 when it is given up; `None` where none is.
    static LEFT: Cell<Option<usize>> = const { Cell::new(None) };
}

/// Keeps an object.
///
/// # Errors
/// The deserializer's.
pub fn buffer_map<'de, A: MapAccess<'de>>(map: A) -> Result<Value, A::Error> {
    super::from_map(map)
}

/// Keeps an array.
///
/// # Errors
/// The deserializer's.
pub fn buffer_sequence<'de, A: SeqAccess<'de>>(sequence: A) -> Result<Value, A::Error> {
    super::from_sequence(sequence)
}

/// Tries alternatives, and remembers the best, and why the others do not fit.
#[derive(Debug)]
pub struct Trial<'a, T> {
    value: &'a Value,
    /// How many values are in `value`.
    size: usize,
    /// Whether this trial is part of no other.
    outermost: bool,
    /// What was read, and what differs when it is written again.
    best: Option<(Differences, T)>,
    reasons: Vec<String>,
}

impl<'a, T: Serialize> Trial<'a, T> {
    /// Nothing tried yet.
    pub fn new(value: &'a Value) -> Self {
        let size = size(value);
        let outermost = LEFT.get().is_none();
        if outermost {
            LEFT.set(Some(size.saturating_mul(EFFORT)));
        }
        Self {
            value,
            size,
            outermost,
            best: None,
            reasons: Vec::new(),
        }
    }

    /// Tries an alternative. `name` is what errors call it.
    pub fn attempt<A: DeserializeOwned>(&mut self, name: &str, make: fn(A) -> T) {
        self.attempt_by(name, PhantomData, make);
    }

    /// The same, if the value has these keys: of values that are always the same, which an `A` does without.
    pub fn attempt_with<A: DeserializeOwned>(&mut self, keys: &[&str], name: &str, make: fn(A) -> T) {
        match keys.iter().find(|key| self.value.get(key).is_none()) {
            Some(key) => self.reasons.push(format!("{name}: missing field `{key}`")),
            None => self.attempt(name, make),
        }
    }

    /// Tries an alternative that is read in a way of its own.
    pub fn attempt_by<S: DeserializeSeed<'a>>(&mut self, name: &str, seed: S, make: fn(S::Value) -> T) {
        if self
            .best
            .as_ref()
            .is_some_and(|(differences, _)| differences.are_none())
        {
            return;
        }
        match self.read(seed) {
            Ok(value) => self.propose(make(value)),
            Err(reason) => {
                let cut = reason.chars().take(LONGEST);
                self.reasons.push(format!("{name}: {}", cut.collect::<String>()));
            }
        }
    }

    fn read<S: DeserializeSeed<'a>>(&self, seed: S) -> Result<S::Value, String> {
        let left = LEFT.get().unwrap_or_default().saturating_sub(self.size);
        LEFT.set(Some(left));
        if left == 0 {
            return Err(String::new());
        }
        seed.deserialize(self.value).map_err(|error| error.to_string())
    }

    /// Of two that differ alike, the first stays.
    fn propose(&mut self, value: T) {
        let differences = Differences::of(self.value, &value);
        if self.best.as_ref().is_none_or(|(least, _)| differences < *least) {
            self.best = Some((differences, value));
        }
    }

    /// The alternative that fits best.
    ///
    /// # Errors
    /// Why none fits, or that trying them all would take too long: what was not tried might have kept more.
    pub fn best<E: Error>(mut self) -> Result<T, E> {
        if LEFT.get() == Some(0) {
            return Err(E::custom("there are too many alternatives within alternatives to try"));
        }
        match self.best.take() {
            Some((_, value)) => Ok(value),
            None => Err(E::custom(format_args!(
                "no alternative fits: {}",
                self.reasons.join("; ")
            ))),
        }
    }
}

impl<T> Drop for Trial<'_, T> {
    fn drop(&mut self) {
        if self.outermost {
            LEFT.set(None);
        }
    }
}

/// How many values a value is: itself and all within.
fn size(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(size).sum::<usize>(),
        Value::Object(map) => 1 + map.values().map(size).sum::<usize>(),
        _ => 1,
    }
}

/// How far a value is from what it was, by the depth at which they differ: what is nearer to the top tells more.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Differences([usize; Differences::DEPTHS]);

impl Differences {
    /// All that is deeper counts as the last one.
    const DEPTHS: usize = 8;
    /// A key that is not there any more, or was not.
    const LOST: usize = 2;
    /// A value that is kept and not known, or known and not kept; of an object all keys are lost besides.
    const UNKNOWN: usize = 1;

    fn of<T: Serialize>(came: &Value, read: &T) -> Self {
        let mut differences = Self([0; Self::DEPTHS]);
        match ser::known(read) {
            Some(again) => differences.add(0, came, &again),
            None => differences.count(0, usize::MAX),
        }
        differences
    }

    fn are_none(&self) -> bool {
        self.0 == [0; Self::DEPTHS]
    }

    fn count(&mut self, depth: usize, weight: usize) {
        let count = &mut self.0[depth.min(Self::DEPTHS - 1)];
        *count = count.saturating_add(weight);
    }

    fn add(&mut self, depth: usize, came: &Value, again: &Value) {
        match (came, again) {
            (Value::Object(came), Value::Object(again)) => {
                for (key, value) in came {
                    match again.get(key) {
                        Some(again) => self.add(depth + 1, value, again),
                        None => self.count(depth, Self::LOST),
                    }
                }
                let new = again
                    .iter()
                    .filter(|(key, value)| !is_nothing(value) && !came.contains_key(*key));
                self.count(depth, new.count().saturating_mul(Self::LOST));
            }
            // An array is no deeper than its items.
            (Value::Array(came), Value::Array(again)) if came.len() == again.len() => {
                let pairs = came.iter().zip(again);
                pairs.for_each(|(came, again)| self.add(depth, came, again));
            }
            (Value::Number(came), Value::Number(again)) if is_same(came, again) => {}
            // Times have several forms.
            (Value::String(_), Value::String(_)) => {}
            _ if came == again => {}
            _ => {
                let keys = came.as_object().map_or(0, Map::len);
                self.count(depth, keys.saturating_mul(Self::LOST).saturating_add(Self::UNKNOWN));
            }
        }
    }
}

/// What stands where nothing would be written: of a key that is declared.
fn is_nothing(value: &Value) -> bool {
    value.as_array().is_some_and(Vec::is_empty)
}

/// `1.0` is written again as `1`, and of `f32` more places than came.
fn is_same(came: &Number, again: &Number) -> bool {
    let integer = |number: &Number| number.as_i64().or_else(|| number.as_f64().and_then(whole));
    #[allow(clippy::cast_possible_truncation, reason = "to compare what is left of both")]
    let short = |number: &Number| number.as_f64().map(|number| number as f32);
    came == again
        || match integer(came) {
            Some(came) => integer(again) == Some(came),
            None => came.is_f64() && short(came) == short(again),
        }
}
