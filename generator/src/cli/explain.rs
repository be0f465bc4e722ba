//! What there is to know about findings' codes, as text for people.

use std::fmt::Write;

use super::failure::Failure;
use crate::diagnostic::closest;
use crate::diagnostic::codes::{self, Entry, Example};

/// How long lines become.
const WIDTH: usize = 90;

/// All codes, a line for each.
pub(super) fn list() -> String {
    let width = codes::all()
        .map(|entry| entry.code.as_str().len())
        .max()
        .unwrap_or_default();
    let mut text = String::new();
    for entry in codes::all() {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{:width$}  {}", entry.code.as_str(), entry.title);
    }
    text
}

/// One code.
pub(super) fn one(code: &str) -> Result<String, Failure> {
    codes::find(code).map(text).ok_or_else(|| {
        let known = closest(code, codes::all().map(|entry| entry.code.as_str()));
        let help = match known {
            Some(known) => format!("did you mean `{known}`? `clientsmith explain` lists all codes"),
            None => "`clientsmith explain` lists all codes".to_owned(),
        };
        Failure::new(format!("no finding has the code `{code}`"), help)
    })
}

fn text(entry: &Entry) -> String {
    let mut text = format!("{}: {}\n\n{}", entry.code, entry.title, wrapped(entry.meaning));
    if let Some((what, example)) = example(entry.example) {
        let _ = write!(text, "\nFor example, {what}:\n\n");
        for line in example.lines() {
            let _ = writeln!(text, "    {line}");
        }
    }
    text + "\n" + &wrapped(entry.way_out)
}

/// What an example is a part of.
fn example(example: Example) -> Option<(&'static str, &'static str)> {
    match example {
        Example::File(text) => Some(("in a file of its own", text)),
        Example::Document(text) => Some(("in a document", text)),
        Example::Schema(text) => Some(("a schema", text)),
        Example::Operation(text) => Some(("an operation of the path `/things/{id}`", text)),
        Example::Overlay(text) => Some(("among the actions of an overlay", text)),
        Example::Client(text) => Some(("below `[[api]]` in client.toml", text)),
        Example::None => None,
    }
}

/// The words of a text, in lines that are not too long.
fn wrapped(text: &str) -> String {
    let mut out = String::new();
    let mut column = 0;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if column > 0 && column + 1 + length > WIDTH {
            out.push('\n');
            column = 0;
        }
        if column > 0 {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += length;
    }
    out + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_before_they_are_too_long() {
        let word = "w".repeat(WIDTH / 2 - 1);
        let text = wrapped(&format!("{word}\n   {word} i {}", "w".repeat(WIDTH + 1)));
        assert_eq!(text, format!("{word} {word}\ni\n{}\n", "w".repeat(WIDTH + 1)));
    }

    #[test]
    fn each_code_fits_a_line_of_the_list() {
        for line in list().lines() {
            assert!(line.chars().count() <= 120, "{line}");
        }
    }
}
