//! A finding with the line of the document that it is about.

use std::collections::HashMap;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use fs_err as fs;

use crate::diagnostic::{Finding, Place, Severity};

/// How much of a line is shown on either side of the place: a document may be one line of many megabytes.
const REACH: usize = 70;

/// Shows findings; keeps the documents that it has read.
pub(super) struct Snippets {
    renderer: Renderer,
    texts: HashMap<String, Option<String>>,
}

impl Snippets {
    pub(super) fn new(coloured: bool) -> Self {
        let renderer = if coloured {
            Renderer::styled()
        } else {
            Renderer::plain()
        };
        Self {
            renderer,
            texts: HashMap::new(),
        }
    }

    /// `file:line:column: severity[code]: message`, the line, and the help. Ends with a line feed of its own.
    pub(super) fn show(&mut self, finding: &Finding) -> String {
        let place = finding.place.as_ref();
        let shown = place.and_then(|place| line(self.text(&place.file)?, place));
        let level = level(finding.severity);
        let title = level
            .clone()
            .primary_title(finding.message.as_str())
            .id(finding.code.as_str());
        let head = self.renderer.clone().render(&[Group::with_title(title)]);
        let place = place.map(|place| format!("{place}: ")).unwrap_or_default();
        let mut body = Group::with_level(level);
        if let Some((number, text, span)) = &shown {
            let annotation = AnnotationKind::Primary.span(span.clone());
            body = body.element(
                Snippet::source(text.as_str())
                    .line_start(*number)
                    .annotation(annotation),
            );
        }
        if !finding.help.is_empty() {
            body = body.element(Level::HELP.message(finding.help.as_str()));
        }
        let body = if body.is_empty() {
            String::new()
        } else {
            self.renderer.render(&[body]) + "\n"
        };
        format!("{place}{head}\n{body}")
    }

    fn text(&mut self, file: &str) -> Option<&str> {
        let read = || {
            fs::read(file)
                .ok()
                .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
        };
        self.texts.entry(file.to_owned()).or_insert_with(read).as_deref()
    }
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    }
}

/// The line's number, what of the line is shown, and which bytes of that the finding is about.
fn line(text: &str, place: &Place) -> Option<(usize, String, Range<usize>)> {
    let number = usize::try_from(place.line).ok()?;
    let column = usize::try_from(place.column).ok()?.checked_sub(1)?;
    let line = text.lines().nth(number.checked_sub(1)?)?;
    let from = column.saturating_sub(REACH);
    let before: String = line.chars().skip(from).take(column - from).collect();
    let after: String = line.chars().skip(column).take(REACH).collect();
    let length = word(&after).len();
    let span = before.len()..before.len() + length;
    Some((number, before + &after, span))
}

/// What begins here: a text in quotes, or what comes before the next space or mark.
fn word(text: &str) -> &str {
    let quote = text.chars().next().filter(|first| matches!(first, '"' | '\''));
    let end = match quote {
        Some(quote) => text.get(1..).and_then(|rest| rest.find(quote)).map(|at| at + 2),
        None => text.find([' ', ':', ',', '}', ']']).filter(|end| *end > 0),
    };
    end.and_then(|end| text.get(..end)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;

    fn at(line: u32, column: u32) -> Place {
        Place {
            file: "a.yaml".into(),
            line,
            column,
        }
    }

    fn show(finding: &Finding, text: &str) -> String {
        let mut snippets = Snippets::new(false);
        snippets.texts.insert("a.yaml".to_owned(), Some(text.to_owned()));
        snippets.show(finding)
    }

    #[test]
    fn a_finding_is_shown_with_its_line() {
        let finding = Finding::error(Code::made_up("bad"), at(2, 6), "`x` is bad").help("mend it");
        let expected = "\
a.yaml:2:6: error[bad]: `x` is bad
  |
2 | é: [ \"x\", y ]
  |      ^^^
  |
  = help: mend it
";
        assert_eq!(show(&finding, "a: 1\né: [ \"x\", y ]\n"), expected);
    }

    #[test]
    fn of_a_long_line_the_neighbourhood_is_shown() {
        let text = format!("{}here{}", "a ".repeat(1000), " b".repeat(1000));
        let finding = Finding::note(Code::made_up("odd"), at(1, 2001), "odd");
        let shown = show(&finding, &text);
        assert!(shown.contains("^^^^\n"), "{shown}");
        assert!(shown.lines().all(|line| line.len() < 160), "{shown}");
    }

    #[test]
    fn a_place_that_is_not_there_shows_nothing() {
        let finding = Finding::warning(Code::made_up("old"), at(9, 1), "old");
        assert_eq!(show(&finding, "a"), "a.yaml:9:1: warning[old]: old\n");
        let nowhere = Finding::warning(Code::made_up("old"), None, "old").help("renew it");
        assert_eq!(show(&nowhere, ""), "warning[old]: old\n  = help: renew it\n");
    }

    #[test]
    fn a_word_ends_where_a_value_ends() {
        let words = [
            ("\"a b\": 1", "\"a b\""),
            ("a: 1", "a"),
            ("'open", "'open"),
            (": a", ": a"),
            ("", ""),
        ];
        for (text, expected) in words {
            assert_eq!(word(text), expected);
        }
    }
}
