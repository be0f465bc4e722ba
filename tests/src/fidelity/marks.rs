//! Places in a value that judge and comparison have to know of, as JSON Pointers.

/// The kinds of such places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// A text out of a list, outside unions: the list may grow.
    Listed,
    /// A property that may be left out, outside unions: answers have `null` there all the same.
    Optional,
    /// A property that may not, outside unions.
    Required,
    /// A property that may be left out and is `null`.
    Null,
    /// A property that was left out and has one value only.
    Constant,
}

/// The marks of a value.
#[derive(Debug, Clone, Default)]
pub(super) struct Marks(Vec<(Mark, String)>);

impl Marks {
    pub(super) fn add(&mut self, mark: Mark, place: String) {
        self.0.push((mark, place));
    }

    /// The places of a kind.
    pub(super) fn of(&self, mark: Mark) -> impl Iterator<Item = &str> {
        let own = self.0.iter().filter(move |(kind, _)| *kind == mark);
        own.map(|(_, place)| place.as_str())
    }

    pub(super) fn has(&self, mark: Mark, place: &str) -> bool {
        self.of(mark).any(|own| own == place)
    }

    pub(super) fn count(&self) -> usize {
        self.0.len()
    }

    /// Forgets all but the first.
    pub(super) fn truncate(&mut self, count: usize) {
        self.0.truncate(count);
    }
}

/// A key as a step of a JSON Pointer.
pub(super) fn step(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}
