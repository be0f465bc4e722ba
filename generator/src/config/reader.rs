//! Reads tables: each key is taken by name, and what is wrong with it is a finding with its place.
//!
//! Knows TOML's kinds and which keys were asked for; nothing of what the keys mean.

use std::time::Duration;

use super::Located;
use crate::diagnostic::{Code, Finding, Findings, Place, closest, codes};
use crate::front::source::{Entry, Map, Node, Value};

/// Whether a text will do; if not, what is asked of it: `a version such as 1.2.3`.
pub(super) type Check = (fn(&str) -> bool, &'static str);

/// Any text with something in it.
pub(super) const TEXT: Check = (|text| !text.trim().is_empty(), "a text that is not empty");

/// The longest time that a key may hold: eleven days.
const LONGEST: Duration = Duration::from_secs(1_000_000);

/// A table of which some keys have been read.
pub(super) struct Table<'a> {
    /// How findings call it: `[crate]`.
    name: String,
    place: Place,
    entries: &'a Map,
    known: Vec<&'static str>,
    findings: &'a mut Findings,
}

impl<'a> Table<'a> {
    /// A table, if it is one.
    pub(super) fn new(name: impl Into<String>, node: &'a Node, findings: &'a mut Findings) -> Option<Self> {
        let name = name.into();
        let Some(entries) = node.as_object() else {
            findings.push(wrong_kind(&name, node, "a table"));
            return None;
        };
        Some(Self {
            name,
            place: node.place.clone(),
            entries,
            known: Vec::new(),
            findings,
        })
    }

    /// Where the table begins.
    pub(super) fn place(&self) -> Place {
        self.place.clone()
    }

    /// An optional text.
    pub(super) fn text(&mut self, key: &'static str, check: Check) -> Option<Located<String>> {
        let entry = self.take(key)?;
        self.check(key, &entry.node, check)
    }

    /// A text that has to be there.
    pub(super) fn required(&mut self, key: &'static str, check: Check) -> Option<Located<String>> {
        if !self.entries.contains_key(key) {
            self.missing(key, check.1);
        }
        self.text(key, check)
    }

    /// Reports a key that has to be there.
    pub(super) fn missing(&mut self, key: &'static str, expected: &str) {
        self.known.push(key);
        let message = format!("{} lacks the key `{key}`", self.name);
        self.push(
            codes::CONFIG_MISSING_KEY,
            self.place.clone(),
            message,
            format!("add `{key}`: {expected}"),
        );
    }

    /// A list of texts; empty where there is none.
    pub(super) fn texts(&mut self, key: &'static str, check: Check) -> Vec<Located<String>> {
        let items = self.items(key);
        items.iter().filter_map(|item| self.check(key, item, check)).collect()
    }

    /// A list of texts with at least one.
    pub(super) fn required_texts(&mut self, key: &'static str, check: Check) -> Option<Vec<Located<String>>> {
        if self
            .entries
            .get(key)
            .is_none_or(|entry| entry.node.as_array().is_some_and(<[_]>::is_empty))
        {
            self.missing(key, "a list with at least one item");
        }
        let texts = self.texts(key, check);
        (!texts.is_empty()).then_some(texts)
    }

    /// One of some words; the default where there is none.
    pub(super) fn choice<T: Copy + Default>(&mut self, key: &'static str, choices: &[(&'static str, T)]) -> T {
        let Some(entry) = self.take(key) else {
            return T::default();
        };
        let Some(word) = self.check(key, &entry.node, TEXT) else {
            return T::default();
        };
        if let Some((_, value)) = choices.iter().find(|(name, _)| *name == word.value) {
            return *value;
        }
        let words: Vec<_> = choices.iter().map(|(name, _)| format!("\"{name}\"")).collect();
        self.invalid(key, &entry.node, &word.value, &format!("one of {}", words.join(", ")));
        T::default()
    }

    /// `true` or `false`.
    pub(super) fn boolean(&mut self, key: &'static str) -> Option<Located<bool>> {
        let node = &self.take(key)?.node;
        let Some(value) = node.as_bool() else {
            let finding = wrong_kind(&format!("`{key}` in {}", self.name), node, "`true` or `false`");
            self.findings.push(finding);
            return None;
        };
        Some(Located {
            value,
            place: node.place.clone(),
        })
    }

    /// A whole number up to a limit.
    pub(super) fn number(&mut self, key: &'static str, limit: u32) -> Option<u32> {
        let node = &self.take(key)?.node;
        let number = node
            .as_u64()
            .and_then(|number| u32::try_from(number).ok())
            .filter(|number| *number <= limit);
        if number.is_none() {
            self.invalid(
                key,
                node,
                node.written().unwrap_or(node.kind_name()),
                &format!("a whole number from 0 to {limit}"),
            );
        }
        number
    }

    /// A time in seconds, to the millisecond.
    pub(super) fn seconds(&mut self, key: &'static str, least: Duration) -> Option<Located<Duration>> {
        let node = &self.take(key)?.node;
        let time = node
            .as_f64()
            .and_then(|seconds| Duration::try_from_secs_f64(seconds).ok())
            .filter(|time| (least..=LONGEST).contains(time) && time.subsec_nanos() % 1_000_000 == 0);
        if time.is_none() {
            let (least, longest) = (least.as_secs_f64(), LONGEST.as_secs());
            let expected = format!("a number of seconds from {least} to {longest}, with three decimals at most");
            self.invalid(key, node, node.written().unwrap_or(node.kind_name()), &expected);
        }
        time.map(|value| Located {
            value,
            place: node.place.clone(),
        })
    }

    /// The table under a key.
    pub(super) fn table(&mut self, key: &'static str, name: &str) -> Option<Table<'_>> {
        let entry = self.take(key)?;
        Table::new(name, &entry.node, self.findings)
    }

    /// What is read of each table in a list.
    pub(super) fn tables<T>(
        &mut self,
        key: &'static str,
        name: &str,
        mut read: impl FnMut(Table<'_>) -> Option<T>,
    ) -> Vec<Option<T>> {
        let items = self.items(key);
        items
            .iter()
            .map(|item| Table::new(name, item, self.findings).and_then(&mut read))
            .collect()
    }

    /// What is read of each entry, whatever its key.
    pub(super) fn entries<T>(self, mut read: impl FnMut(Located<String>, &Node, &mut Findings) -> Option<T>) -> Vec<T> {
        let Self { entries, findings, .. } = self;
        let located = |(key, entry): (&String, &'a Entry)| {
            (
                Located {
                    value: key.clone(),
                    place: entry.key.clone(),
                },
                &entry.node,
            )
        };
        entries
            .iter()
            .map(located)
            .filter_map(|(key, node)| read(key, node, findings))
            .collect()
    }

    /// Reports the keys that nobody asked for.
    pub(super) fn finish(self) {
        for (key, entry) in self
            .entries
            .iter()
            .filter(|(key, _)| !self.known.contains(&key.as_str()))
        {
            let help = match closest(key, self.known.iter().copied()) {
                Some(known) => format!("did you mean `{known}`?"),
                None => format!("remove it; the keys are `{}`", self.known.join("`, `")),
            };
            let message = format!("{} has no key `{key}`", self.name);
            self.findings
                .push(Finding::error(codes::CONFIG_UNKNOWN_KEY, entry.key.clone(), message).help(help));
        }
    }

    /// Reports a value that will not do.
    pub(super) fn invalid(&mut self, key: &str, node: &Node, value: &str, expected: &str) {
        let message = format!("`{key}` in {} is `{value}`", self.name);
        self.push(
            codes::CONFIG_INVALID_VALUE,
            node.place.clone(),
            message,
            format!("write {expected}"),
        );
    }

    pub(super) fn push(&mut self, code: Code, place: Place, message: String, help: String) {
        self.findings.push(Finding::error(code, place, message).help(help));
    }

    fn take(&mut self, key: &'static str) -> Option<&'a Entry> {
        self.known.push(key);
        self.entries.get(key)
    }

    fn items(&mut self, key: &'static str) -> &'a [Node] {
        let Some(entry) = self.take(key) else { return &[] };
        if let Value::Array(items) = &entry.node.value {
            return items;
        }
        self.findings.push(wrong_kind(
            &format!("`{key}` in {}", self.name),
            &entry.node,
            "an array",
        ));
        &[]
    }

    fn check(&mut self, key: &str, node: &Node, check: Check) -> Option<Located<String>> {
        located(&format!("`{key}` in {}", self.name), node, check, self.findings)
    }
}

/// A text with its place, if it is one that will do.
pub(super) fn located(
    what: &str,
    node: &Node,
    (fits, expected): Check,
    findings: &mut Findings,
) -> Option<Located<String>> {
    let Some(text) = node.as_str() else {
        findings.push(wrong_kind(what, node, "a string"));
        return None;
    };
    if !fits(text) {
        let message = format!("{what} is `{text}`");
        findings.push(
            Finding::error(codes::CONFIG_INVALID_VALUE, node.place.clone(), message).help(format!("write {expected}")),
        );
        return None;
    }
    Some(Located {
        value: text.to_owned(),
        place: node.place.clone(),
    })
}

fn wrong_kind(what: &str, node: &Node, expected: &str) -> Finding {
    let message = format!("{what} is {} instead of {expected}", kind(node));
    Finding::error(codes::CONFIG_WRONG_KIND, node.place.clone(), message).help(format!("write {expected}"))
}

/// TOML's word for an object is table.
const fn kind(node: &Node) -> &'static str {
    match node.value {
        Value::Object(_) => "a table",
        _ => node.kind_name(),
    }
}
