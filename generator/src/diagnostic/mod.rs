//! Findings: what is wrong with a document or a configuration, where, and what to do about it.
//!
//! Every stage pushes into one [`Findings`]; the stage that owns the run decides whether to go on. This module knows
//! nothing of OpenAPI, Rust or terminals: printing is the command line's.

pub mod codes;

use std::fmt;
use std::sync::Arc;

use indexmap::IndexSet;

pub use codes::Code;

/// A position in an input: file, and 1-based line and column (in characters).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// The name under which the input was given, usually a path.
    pub file: Arc<str>,
    /// 1-based line.
    pub line: u32,
    /// 1-based column, counted in characters.
    pub column: u32,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is written for the part it concerns; the command fails.
    Error,
    /// Something of the document is not in the client, or is there in a weaker form.
    Warning,
    /// Worth knowing; the client is as the document says.
    Note,
}

impl Severity {
    /// The word that stands in a printed finding.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Finding {
    /// Stable kebab-case identifier, such as `unresolved-ref`.
    pub code: Code,
    /// How much it matters.
    pub severity: Severity,
    /// Where. `None` only where no single place exists.
    pub place: Option<Place>,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// What to do about it, in one sentence without a full stop.
    pub help: String,
}

impl Finding {
    /// A finding of severity error.
    pub fn error(code: Code, place: impl Into<Option<Place>>, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Error, place.into(), message.into())
    }

    /// A finding of severity warning.
    pub fn warning(code: Code, place: impl Into<Option<Place>>, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Warning, place.into(), message.into())
    }

    /// A finding of severity note.
    pub fn note(code: Code, place: impl Into<Option<Place>>, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Note, place.into(), message.into())
    }

    fn new(code: Code, severity: Severity, place: Option<Place>, message: String) -> Self {
        Self {
            code,
            severity,
            place,
            message,
            help: String::new(),
        }
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }
}

/// `file:line:column: severity[code]: message`, then the help on a line of its own.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = &self.place {
            write!(f, "{place}: ")?;
        }
        write!(f, "{}[{}]: {}", self.severity.as_str(), self.code, self.message)?;
        if !self.help.is_empty() {
            write!(f, "\n  help: {}", self.help)?;
        }
        Ok(())
    }
}

/// All findings of a run, in the order in which the stages made them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Findings {
    list: IndexSet<Finding>,
}

impl Findings {
    /// No findings yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one, unless the very same one is there already.
    pub fn push(&mut self, finding: Finding) {
        self.list.insert(finding);
    }

    /// Takes over another run's findings.
    pub fn extend(&mut self, other: Self) {
        self.list.extend(other.list);
    }

    /// Whether any is of severity error.
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|finding| finding.severity == Severity::Error)
    }

    /// The findings by place: file, line, column; those without a place come last.
    pub fn sorted(&self) -> Vec<&Finding> {
        let mut list: Vec<_> = self.list.iter().collect();
        list.sort_by_key(|finding| (finding.place.is_none(), finding.place.clone(), finding.severity));
        list
    }

    /// The findings in the order in which they were made.
    pub fn iter(&self) -> impl Iterator<Item = &Finding> {
        self.list.iter()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }
}

/// The candidate that a misspelled word was probably meant to be.
pub fn closest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let scored = candidates
        .into_iter()
        .map(|candidate| (strsim::jaro_winkler(word, candidate), candidate));
    let best = scored.max_by(|(left, _), (right, _)| left.total_cmp(right))?;
    (best.0 > 0.8).then_some(best.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_finding_is_kept_once_and_in_order() {
        let place = |line| Place {
            file: "a".into(),
            line,
            column: 1,
        };
        let finding = |line| Finding::error(Code::made_up("code"), place(line), "what").help("do");
        let mut findings = Findings::new();
        findings.push(Finding::note(Code::made_up("code"), None, "no place"));
        findings.push(finding(2));
        findings.push(finding(1));
        let again = findings.clone();
        findings.push(finding(2));
        findings.extend(again);
        let order = |list: Vec<&Finding>| {
            list.iter()
                .map(|finding| finding.place.as_ref().map_or(0, |place| place.line))
                .collect::<Vec<_>>()
        };
        assert_eq!(order(findings.iter().collect()), [0, 2, 1]);
        assert_eq!(order(findings.sorted()), [1, 2, 0]);
        assert_eq!(finding(1).to_string(), "a:1:1: error[code]: what\n  help: do");
    }

    #[test]
    fn a_misspelled_word_has_a_closest_one() {
        assert_eq!(
            closest("base_url", ["module", "base-url", "base-url-env"]),
            Some("base-url")
        );
        assert_eq!(closest("qqq", ["module", "base-url"]), None);
        assert_eq!(closest("a", []), None);
    }
}
