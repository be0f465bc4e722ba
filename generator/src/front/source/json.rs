//! JSON to a tree.
//!
//! Strict (RFC 8259): comments, trailing commas and the like are errors, since other tools would refuse them too. Let pass
//! with a warning are keys that are given twice and control characters in strings.

use jsonc_parser::ast::{Object, ObjectProp, ObjectPropName, StringLit, Value as Ast};
use jsonc_parser::common::{Range, Ranged};
use jsonc_parser::errors::{ParseError, ParseErrorKind as Kind};
use jsonc_parser::{CollectOptions, ParseOptions, ParseStringErrorKind as Escape, parse_to_ast};

use super::lines::Lines;
use super::scalar::{Plain, decimal};
use super::{Entry, MAX_VALUES, Map, Node, Source, Value, insert, too_deep, too_many_values, unrepresentable};
use crate::diagnostic::{Finding, Findings, Place, codes};

pub(super) fn parse(source: &Source, findings: &mut Findings) -> Option<Node> {
    let text = source.text.trim_start_matches('\u{feff}');
    let lines = Lines::new(&source.name, text);
    let glance = glance(text);
    if let Some(at) = glance.beyond {
        findings.push(too_many_values(lines.place(at)));
        return None;
    }
    let document = match parse_to_ast(text, &CollectOptions::default(), &STRICT) {
        Ok(document) => document.value?,
        Err(error) => {
            findings.push(malformed(&error, &lines));
            return None;
        }
    };
    if let Some(at) = glance.stray {
        let (message, help) = explain(&Kind::UnexpectedToken);
        findings.push(Finding::error(codes::MALFORMED_JSON, lines.place(at), message).help(help));
        return None;
    }
    Some(Reader { text, lines, findings }.node(document))
}

/// What is told by the bytes outside of texts, before anything is made of them.
#[derive(Default)]
struct Glance {
    /// Where the values begin that are more than may be: by commas and brackets.
    beyond: Option<usize>,
    /// The first byte that is none of JSON's (RFC 8259, section 2): the parser skips all spaces that Unicode has.
    stray: Option<usize>,
}

fn glance(text: &str) -> Glance {
    let (mut values, mut quoted, mut escaped) = (1, false, false);
    let mut glance = Glance::default();
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = quoted,
            b'"' => quoted = !quoted,
            b',' | b'[' | b'{' if !quoted => values += 1,
            b'\t' | b'\n' | b'\r' | b' '..=b'~' => {}
            _ if !quoted && glance.stray.is_none() => glance.stray = Some(at),
            _ => {}
        }
        if values > MAX_VALUES {
            glance.beyond = Some(at);
            break;
        }
    }
    glance
}

const STRICT: ParseOptions = ParseOptions {
    allow_comments: false,
    allow_loose_object_property_names: false,
    allow_trailing_commas: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

struct Reader<'t, 'f> {
    text: &'t str,
    lines: Lines<'t>,
    findings: &'f mut Findings,
}

impl Reader<'_, '_> {
    /// Recursion is bounded: the parser refuses documents that are nested too deeply.
    fn node(&mut self, ast: Ast<'_>) -> Node {
        let place = self.lines.place(ast.start());
        let (value, text) = match ast {
            Ast::NullKeyword(_) => (Value::Null, Some("null")),
            Ast::BooleanLit(literal) => (
                Value::Bool(literal.value),
                Some(if literal.value { "true" } else { "false" }),
            ),
            Ast::NumberLit(literal) => self.number(literal.value, &place),
            Ast::StringLit(literal) => (Value::String(self.string(literal)), None),
            Ast::Array(array) => (
                Value::Array(array.elements.into_iter().map(|item| self.node(item)).collect()),
                None,
            ),
            Ast::Object(object) => (Value::Object(self.map(object)), None),
        };
        Node {
            place,
            value,
            text: text.map(Box::from),
        }
    }

    fn number<'l>(&mut self, text: &'l str, place: &Place) -> (Value, Option<&'l str>) {
        if let Plain::Value(value) = decimal(text) {
            return (value, Some(text));
        }
        self.findings.push(unrepresentable(place.clone(), text));
        (Value::String(text.to_owned()), None)
    }

    /// A raw line break or tab in a string is let pass, with a warning.
    fn string(&mut self, literal: StringLit<'_>) -> String {
        let written = self
            .text
            .get(literal.range.start..literal.range.end)
            .unwrap_or_default();
        if let Some(at) = written.bytes().position(|byte| byte < b' ') {
            let message = "a string holds a line break, a tab or another control character as it is";
            let help = "write it as an escape such as `\\n`; most readers of JSON refuse it";
            let place = self.lines.place(literal.range.start + at);
            self.findings
                .push(Finding::warning(codes::CONTROL_CHARACTER, place, message).help(help));
        }
        literal.value.into_owned()
    }

    fn map(&mut self, object: Object<'_>) -> Map {
        let mut map = Map::with_capacity(object.properties.len());
        for ObjectProp { name, value, .. } in object.properties {
            let key = self.lines.place(name.start());
            let name = match name {
                ObjectPropName::String(literal) => self.string(literal),
                ObjectPropName::Word(word) => word.value.to_owned(),
            };
            let entry = Entry {
                key,
                node: self.node(value),
            };
            insert(&mut map, name, entry, self.findings);
        }
        map
    }
}

fn malformed(error: &ParseError, lines: &Lines<'_>) -> Finding {
    let Range { start, .. } = error.range();
    let place = lines.place(start);
    if matches!(error.kind(), Kind::NestingDepthExceeded) {
        return too_deep(place);
    }
    let (message, help) = explain(error.kind());
    Finding::error(codes::MALFORMED_JSON, place, message).help(help)
}

/// What is wrong and what to do, in our words.
fn explain(kind: &Kind) -> (&'static str, &'static str) {
    const YAML: &str = "write JSON as RFC 8259 has it; if this is YAML in braces, put a line `---` before it";
    match kind {
        Kind::CommentsNotAllowed | Kind::UnterminatedCommentBlock => ("JSON has no comments", "remove the comment"),
        Kind::TrailingCommasNotAllowed => ("a comma stands before a closing bracket", "remove the comma"),
        Kind::ExpectedComma => ("a comma is missing", "separate the values by a comma"),
        Kind::ExpectedColonAfterObjectKey => ("a key is not followed by a colon", "put a colon between key and value"),
        Kind::ExpectedObjectValue => ("a key has no value", "put a value behind the colon"),
        Kind::SingleQuotedStringsNotAllowed => ("a string stands in single quotes", "use double quotes"),
        Kind::ExpectedStringObjectProperty => ("a key is not a string", YAML),
        Kind::MultipleRootJsonValues => ("something follows the document's value", "keep one value in the file"),
        Kind::UnterminatedArray => ("an array is not closed", "close it with `]`; the file may be cut off"),
        Kind::UnterminatedObject => ("an object is not closed", "close it with `}`; the file may be cut off"),
        Kind::String(Escape::UnterminatedStringLiteral) => ("a string is not closed", "close it with a quotation mark"),
        Kind::String(Escape::InvalidUnicodeEscapeSequence(_)) => (
            "an escape is one half of a surrogate pair",
            "write both halves, or the character itself",
        ),
        Kind::String(_) => (
            "an escape is none of JSON's",
            "write `\\\\` for a backslash, `\\n` for a line break, `\\u00e9` for é",
        ),
        Kind::BareDecimalPointNumbersNotAllowed
        | Kind::ExpectedDigit
        | Kind::ExpectedDigitFollowingNegativeSign
        | Kind::ExpectedPlusMinusOrDigitInNumberLiteral
        | Kind::HexadecimalNumbersNotAllowed
        | Kind::NonFiniteNumbersNotAllowed
        | Kind::UnaryPlusNumbersNotAllowed => (
            "a number is not written as JSON has it",
            "write it in plain decimal digits",
        ),
        _ => ("this cannot stand here in JSON", YAML),
    }
}
