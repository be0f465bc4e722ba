//! Findings as text: for people, for editors, for programs.
//!
//! Reads the documents once more where a person is shown the line that a finding is about.

use std::fmt::Write;
use std::io::{IsTerminal, stderr};

use serde_json::json;

use super::snippet::Snippets;
use crate::diagnostic::{Finding, Findings, Severity};

/// How findings are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// With the line of the document that each is about.
    Human,
    /// As `file:line:column: severity[code]: message`, and a line of help below.
    Lines,
    /// As one JSON object on a line for each.
    Json,
}

impl Format {
    /// What whoever reads standard error most likely wants.
    pub fn of_standard_error() -> Self {
        if stderr().is_terminal() {
            Self::Human
        } else {
            Self::Lines
        }
    }
}

/// All findings by their places, and how many there are of each severity.
pub fn text(findings: &Findings, format: Format) -> String {
    let mut snippets = Snippets::new(is_coloured());
    let mut text = String::new();
    for finding in findings.sorted() {
        match format {
            Format::Human => text.push_str(&snippets.show(finding)),
            Format::Lines => text.push_str(&finding.to_string()),
            Format::Json => text.push_str(&json(finding)),
        }
        text.push('\n');
    }
    text.push_str(&summary(findings, format));
    if format == Format::Human {
        text.push_str(&hint(findings));
    }
    text
}

/// Where a person learns more: once, about the first of the findings that matter most.
fn hint(findings: &Findings) -> String {
    let first = findings.sorted().into_iter().min_by_key(|finding| finding.severity);
    first.map_or_else(String::new, |finding| {
        format!("for more about a finding: clientsmith explain {}\n", finding.code)
    })
}

/// Colours are for terminals, and for people who did not say that they want none.
fn is_coloured() -> bool {
    let unwanted = |name, fits: fn(&str) -> bool| std::env::var(name).is_ok_and(|value| fits(&value));
    stderr().is_terminal()
        && !unwanted("NO_COLOR", |value| !value.is_empty())
        && !unwanted("TERM", |value| value == "dumb")
}

fn json(finding: &Finding) -> String {
    let place = finding.place.as_ref();
    let object = json!({
        "severity": finding.severity.as_str(),
        "code": finding.code.as_str(),
        "file": place.map(|place| &*place.file),
        "line": place.map(|place| place.line),
        "column": place.map(|place| place.column),
        "message": finding.message,
        "help": finding.help,
    });
    object.to_string()
}

/// `2 errors, 1 warning`; nothing where there is nothing to count, except for programs.
fn summary(findings: &Findings, format: Format) -> String {
    let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let [errors, warnings, notes] = [Severity::Error, Severity::Warning, Severity::Note].map(count);
    if format == Format::Json {
        let counts = json!({ "errors": errors, "warnings": warnings, "notes": notes });
        return format!("{}\n", json!({ "summary": counts }));
    }
    let mut text = String::new();
    for (count, one) in [(errors, "error"), (warnings, "warning"), (notes, "note")] {
        if count > 0 {
            let comma = if text.is_empty() { "" } else { ", " };
            let plural = if count == 1 { "" } else { "s" };
            // Writing to a String cannot fail.
            let _ = write!(text, "{comma}{count} {one}{plural}");
        }
    }
    if text.is_empty() {
        "no findings\n".to_owned()
    } else {
        text + "\n"
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Place};

    fn findings() -> Findings {
        let place = |line| Place {
            file: "a.yaml".into(),
            line,
            column: 3,
        };
        let mut findings = Findings::new();
        findings.push(Finding::note(Code::made_up("odd"), None, "nowhere").help("nothing"));
        findings.push(Finding::warning(Code::made_up("old"), place(9), "this is old").help("renew it"));
        findings.push(Finding::error(Code::made_up("bad"), place(2), "this is \"bad\"").help("mend it"));
        findings.push(Finding::warning(Code::made_up("old"), place(4), "this is old").help("renew it"));
        findings
    }

    #[test]
    fn lines_have_place_severity_code_and_help() {
        let expected = "\
a.yaml:2:3: error[bad]: this is \"bad\"
  help: mend it
a.yaml:4:3: warning[old]: this is old
  help: renew it
a.yaml:9:3: warning[old]: this is old
  help: renew it
note[odd]: nowhere
  help: nothing
1 error, 2 warnings, 1 note
";
        assert_eq!(text(&findings(), Format::Lines), expected);
        assert_eq!(text(&Findings::new(), Format::Lines), "no findings\n");
    }

    #[test]
    fn json_has_an_object_for_each_and_a_summary() {
        let text = text(&findings(), Format::Json);
        let first = r#"{"severity":"error","code":"bad","file":"a.yaml","line":2,"column":3,"message":"this is \"bad\"","help":"mend it"}"#;
        let note = r#"{"severity":"note","code":"odd","file":null,"line":null,"column":null,"message":"nowhere","help":"nothing"}"#;
        let lines: Vec<_> = text.lines().collect();
        assert_eq!(lines.len(), 5);
        assert_eq!(lines.first(), Some(&first));
        assert_eq!(lines.get(3), Some(&note));
        assert_eq!(
            lines.last(),
            Some(&r#"{"summary":{"errors":1,"warnings":2,"notes":1}}"#)
        );
    }
}
