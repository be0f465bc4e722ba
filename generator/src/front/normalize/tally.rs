//! Findings that would repeat themselves all over a document: the first place is reported, the others are counted.
//!
//! Knows findings only.

use indexmap::IndexMap;

use crate::diagnostic::{Finding, Findings};

/// Findings by code and subject, in the order in which they were first met.
#[derive(Debug, Default)]
pub(super) struct Tally {
    counted: IndexMap<(&'static str, String), (Finding, usize)>,
}

impl Tally {
    /// Counts one more finding about a subject.
    pub(super) fn count(&mut self, subject: &str, finding: Finding) {
        let (_, more) = self
            .counted
            .entry((finding.code, subject.to_owned()))
            .or_insert((finding, 0));
        *more += 1;
    }

    /// Reports each once.
    pub(super) fn report(self, findings: &mut Findings) {
        for (mut finding, count) in self.counted.into_values() {
            match count {
                0 | 1 => {}
                2 => finding.message.push_str(" (the same in one more place)"),
                _ => finding
                    .message
                    .push_str(&format!(" (the same in {} more places)", count - 1)),
            }
            findings.push(finding);
        }
    }
}
