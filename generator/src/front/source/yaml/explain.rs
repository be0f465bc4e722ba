//! What is wrong with malformed YAML, in our words.
//!
//! Knows the wording of the parser; what it does not know is passed on as it is.

use super::super::too_deep;
use crate::diagnostic::{Finding, Place, codes};

/// Part of the parser's wording, what is wrong, what to do. The first that fits holds.
const KNOWN: [(&str, &str, &str); 12] = [
    (
        "unknown anchor",
        "the alias repeats an anchor that is not there",
        "put `&` and the name before the value to repeat",
    ),
    (
        "':' must be followed by",
        "a tab stands between a colon and its value",
        "put a space there; this reader takes no tab in that position",
    ),
    ("tab", "a tab stands where only spaces may", "indent with spaces"),
    (
        "mapping values are not allowed",
        "a colon makes a key of something that cannot be one",
        "correct the indentation, or put quotes around text that holds a colon",
    ),
    (
        "unexpected character",
        "a text cannot begin with this character",
        "put quotes around the text",
    ),
    (
        "end of stream",
        "a text in quotes is not closed",
        "close the quotes; the file may be cut off",
    ),
    (
        "unknown escape",
        "the escape is none of YAML's",
        "write `\\\\` for a backslash, or use single quotes",
    ),
    (
        "illegal placement of ':'",
        "a bracket before this colon is not closed",
        "close the bracket",
    ),
    (
        "',' or '}'",
        "a mapping in braces is not closed here",
        "put a comma between entries, or close the brace",
    ),
    (
        "',' or ']'",
        "a sequence in brackets is not closed here",
        "put a comma between items, or close the bracket",
    ),
    (
        "block sequence entries are not allowed",
        "a dash begins a sequence where none can stand",
        "put the sequence on lines of its own below the key",
    ),
    (
        "did not find expected key",
        "the line is no key and its value",
        "align it with the keys around it",
    ),
];

/// The finding for what the parser says.
pub(super) fn explain(info: &str, place: Place) -> Finding {
    if info.contains("recursion limit") {
        return too_deep(place);
    }
    let Some((_, message, help)) = KNOWN.iter().find(|(part, ..)| info.contains(part)) else {
        let help = "check indentation, quotes and brackets here and on the lines before";
        return Finding::error(codes::MALFORMED_YAML, place, format!("this is not valid YAML: {info}")).help(help);
    };
    Finding::error(codes::MALFORMED_YAML, place, *message).help(*help)
}
