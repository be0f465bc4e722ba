//! Findings that would repeat themselves all over a document: the first place is reported, the others are counted.
//!
//! Knows findings only.

use indexmap::IndexMap;

use crate::diagnostic::{Code, Finding, Findings};

/// Findings by code and subject, in the order in which they were first met.
#[derive(Debug, Default)]
pub(super) struct Tally {
    counted: IndexMap<(Code, String), (Finding, usize)>,
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
            let others = match count {
                0 | 1 => String::new(),
                2 => " (the same in one more place)".to_owned(),
                _ => format!(" (the same in {} more places)", count - 1),
            };
            finding.message.push_str(&others);
            findings.push(finding);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Tally;
    use crate::diagnostic::{Code, Finding, Findings};

    #[test]
    fn reports_the_first_and_counts_the_others() {
        let mut tally = Tally::default();
        for (subject, times) in [("a", 1), ("b", 2), ("c", 3)] {
            for number in 0..times {
                tally.count(
                    subject,
                    Finding::note(Code::made_up("n"), None, format!("{subject}{number}")),
                );
            }
        }
        let mut findings = Findings::new();
        tally.report(&mut findings);
        let messages: Vec<&str> = findings.iter().map(|finding| finding.message.as_str()).collect();
        assert_eq!(
            messages,
            [
                "a0",
                "b0 (the same in one more place)",
                "c0 (the same in 2 more places)"
            ]
        );
    }
}
