//! Where a name must be the only one of its kind.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// How many bytes a name may have: files are called after some of them, by the generator and by rustdoc, and file systems
/// stop at 255.
const LONGEST: usize = 200;

/// The names taken in one namespace. Names that differ only in case count as one: rustdoc writes a file for each, and
/// some file systems hold them to be the same.
#[derive(Debug, Default, Clone)]
pub(super) struct Scope {
    /// Each name as it is compared, and the number that the next of its kind gets.
    taken: HashMap<String, u64>,
}

/// An identifier made unique.
pub(super) struct Claimed {
    pub(super) name: String,
    /// Whether a number had to be added.
    pub(super) numbered: bool,
}

impl Scope {
    pub(super) fn with_reserved(names: &[&str]) -> Self {
        let mut scope = Self::default();
        for name in names {
            scope.take(name);
        }
        scope
    }

    pub(super) fn is_free(&self, name: &str) -> bool {
        !self.taken.contains_key(&folded(name))
    }

    /// Takes a name that is free; `false` where it is not.
    pub(super) fn take(&mut self, name: &str) -> bool {
        match self.taken.entry(folded(name)) {
            Entry::Vacant(entry) => {
                entry.insert(2);
                true
            }
            Entry::Occupied(_) => false,
        }
    }

    /// Gives a name back.
    pub(super) fn release(&mut self, name: &str) {
        self.taken.remove(&folded(name));
    }

    /// Takes the first free one of several candidates, or the last one with a number.
    pub(super) fn claim<'n>(&mut self, candidates: impl IntoIterator<Item = &'n str>, join: &str) -> Claimed {
        let mut last = "";
        for candidate in candidates.into_iter().map(shortened) {
            if self.take(candidate) {
                return Claimed {
                    name: candidate.to_owned(),
                    numbered: false,
                };
            }
            last = candidate;
        }
        let stem = last.trim_start_matches("r#").trim_end_matches('_');
        loop {
            let number = self.taken.entry(folded(stem)).or_insert(2);
            let name = format!("{stem}{join}{number}");
            *number += 1;
            if self.take(&name) {
                return Claimed { name, numbered: true };
            }
        }
    }
}

/// As much of a name as it may have.
pub(super) fn shortened(name: &str) -> &str {
    let ends = name.char_indices().map(|(at, character)| at + character.len_utf8());
    match ends.take_while(|end| *end <= LONGEST).last() {
        Some(end) if end < name.len() => name[..end].trim_end_matches('_'),
        _ => name,
    }
}

/// Raw identifiers are one with their bare forms, and case does not part names.
fn folded(name: &str) -> String {
    name.trim_start_matches("r#").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_names_are_cut_and_stay_apart() {
        let mut scope = Scope::default();
        let mut claimed = |name: &str| scope.claim([name], "_").name;
        assert_eq!(claimed(&"x".repeat(300)), "x".repeat(200));
        assert_eq!(claimed(&"x".repeat(400)), "x".repeat(200) + "_2");
        // 66 characters of three bytes each, and no half of one.
        assert_eq!(claimed(&"語".repeat(100)), "語".repeat(66));
        assert_eq!(claimed(&("a_".repeat(100) + "b")), "a_".repeat(99) + "a");
    }
}
