//! Where a name must be the only one of its kind.

use std::collections::HashSet;

/// The names taken in one namespace. Names that differ only in case count as one: rustdoc writes a file for each, and
/// some file systems hold them to be the same.
#[derive(Debug, Default, Clone)]
pub(super) struct Scope {
    taken: HashSet<String>,
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
            scope.taken.insert(folded(name));
        }
        scope
    }

    pub(super) fn is_free(&self, name: &str) -> bool {
        !self.taken.contains(&folded(name))
    }

    /// Takes a name that is free; `false` where it is not.
    pub(super) fn take(&mut self, name: &str) -> bool {
        self.taken.insert(folded(name))
    }

    /// Gives a name back.
    pub(super) fn release(&mut self, name: &str) {
        self.taken.remove(&folded(name));
    }

    /// Takes the first free one of several candidates, or the last one with a number.
    pub(super) fn claim<'n>(&mut self, candidates: impl IntoIterator<Item = &'n str>, join: &str) -> Claimed {
        let mut last = "";
        for candidate in candidates {
            if self.take(candidate) {
                return Claimed {
                    name: candidate.to_owned(),
                    numbered: false,
                };
            }
            last = candidate;
        }
        let stem = last.trim_start_matches("r#").trim_end_matches('_');
        let mut number = 2u64;
        loop {
            let name = format!("{stem}{join}{number}");
            if self.take(&name) {
                return Claimed { name, numbered: true };
            }
            number += 1;
        }
    }
}

/// Two raw identifiers are one with their bare forms, and case does not part names.
fn folded(name: &str) -> String {
    name.trim_start_matches("r#").to_lowercase()
}
