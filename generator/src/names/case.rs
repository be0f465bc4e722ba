//! Text to Rust identifiers: words, case, keywords.
//!
//! Nothing else in the generator makes an identifier, and nothing here knows which are taken: that is `scope`'s.

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};

/// Keywords of every edition, which a raw identifier can stand for.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else", "enum",
    "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move",
    "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Words that no raw identifier can stand for.
const NEVER_RAW: &[&str] = &["self", "super", "crate", "_"];

/// `proxyBytes` to `proxy_bytes`, `type` to `r#type`: a field, method, argument or module.
pub(super) fn snake(text: &str) -> String {
    keyword(&leading("field", &spoken(text).to_snake_case()))
}

/// As [`snake`], but without a raw identifier's mark: for comparing, and for putting words together.
pub(super) fn plain_snake(text: &str) -> String {
    spoken(text).to_snake_case()
}

/// `us-west-2` to `UsWest2`: a type or a variant.
pub(super) fn camel(text: &str) -> String {
    let mut joined = String::new();
    for word in spoken(text).to_snake_case().split('_') {
        // `1.5` is not `15`; between digits rustc accepts the underscore.
        let digits = joined.ends_with(|last: char| last.is_ascii_digit())
            && word.starts_with(|first: char| first.is_ascii_digit());
        joined.push_str(if digits { "_" } else { "" });
        joined.push_str(&word.to_upper_camel_case());
    }
    if joined.is_empty() && !text.trim().is_empty() {
        return "Symbol".to_owned();
    }
    let text = leading("Value", &joined);
    if text == "Self" { "SelfValue".to_owned() } else { text }
}

/// `create_session` to `CREATE_SESSION`.
pub(super) fn shouty(text: &str) -> String {
    text.trim_start_matches("r#").to_shouty_snake_case()
}

/// A raw identifier, or one with an underscore, where the text is a keyword.
pub(super) fn keyword(text: &str) -> String {
    if KEYWORDS.contains(&text) {
        format!("r#{text}")
    } else if NEVER_RAW.contains(&text) {
        format!("{text}_")
    } else {
        text.to_owned()
    }
}

/// Whether a text given by a user is an identifier as it stands (raw ones included).
pub(super) fn is_identifier(text: &str) -> bool {
    let bare = text.strip_prefix("r#");
    let name = bare.unwrap_or(text);
    let mut chars = name.chars();
    let starts = chars
        .next()
        .is_some_and(|first| first.is_ascii_alphabetic() || first == '_');
    let goes_on = chars.all(|next| next.is_ascii_alphanumeric() || next == '_');
    let reserved = NEVER_RAW.contains(&name) || name == "Self" || (bare.is_none() && KEYWORDS.contains(&name));
    starts && goes_on && !reserved
}

/// The words of a text, in lower case.
pub(super) fn words(text: &str) -> Vec<String> {
    spoken(text)
        .to_snake_case()
        .split('_')
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Puts a word before what would begin with a digit or be nothing at all.
fn leading(word: &str, text: &str) -> String {
    match text.chars().next() {
        None if word == "Value" => "Empty".to_owned(),
        None => "empty".to_owned(),
        Some(first) if first.is_ascii_digit() && word == "Value" => format!("{word}{text}"),
        Some(first) if first.is_ascii_digit() => format!("{word}_{text}"),
        Some(_) => text.to_owned(),
    }
}

/// Spells out symbols where a text has little else to tell it from its neighbours: `+1`, `>=`, `*`.
///
/// Letters beyond ASCII are kept where Rust accepts them as part of an identifier and dropped otherwise.
fn spoken(text: &str) -> String {
    let has_letters = text.chars().any(char::is_alphabetic);
    let mut out = String::with_capacity(text.len());
    let mut previous: Option<char> = None;
    for symbol in text.chars() {
        match symbol_name(symbol) {
            // A dash before a number is its sign; between letters it only parts words.
            Some("minus") if previous.is_none() && !has_letters => out.push_str(" minus "),
            Some("minus" | "dot" | "slash") if has_letters || previous.is_some() => out.push(' '),
            Some(name)
                if !has_letters || matches!(symbol, '+' | '*' | '$' | '@' | '#' | '%' | '&' | '=' | '<' | '>') =>
            {
                out.push(' ');
                out.push_str(name);
                out.push(' ');
            }
            None if symbol.is_alphanumeric() || symbol == '_' => out.push(symbol),
            None if symbol == '\'' || symbol == '\u{2019}' => {}
            _ => out.push(' '),
        }
        previous = Some(symbol);
    }
    out
}

fn symbol_name(symbol: char) -> Option<&'static str> {
    Some(match symbol {
        '+' => "plus",
        '-' => "minus",
        '*' => "star",
        '/' => "slash",
        '.' => "dot",
        '=' => "equal",
        '<' => "less",
        '>' => "greater",
        '!' => "not",
        '%' => "percent",
        '&' => "and",
        '|' => "or",
        '$' => "dollar",
        '@' => "at",
        '#' => "hash",
        '^' => "caret",
        '~' => "tilde",
        '?' => "question",
        ':' => "colon",
        ',' => "comma",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_become_fields() {
        let cases = [
            ("proxyBytes", "proxy_bytes"),
            ("type", "r#type"),
            ("self", "self_"),
            ("_", "empty"),
            ("", "empty"),
            ("2fa", "field_2fa"),
            ("X-BB-API-Key", "x_bb_api_key"),
            ("$ref", "dollar_ref"),
            ("page[size]", "page_size"),
            ("URL", "url"),
            ("don't", "dont"),
        ];
        for (text, expected) in cases {
            assert_eq!(snake(text), expected, "{text:?}");
        }
    }

    #[test]
    fn texts_become_variants() {
        let cases = [
            ("us-west-2", "UsWest2"),
            ("TIMED_OUT", "TimedOut"),
            ("", "Empty"),
            ("+1", "Plus1"),
            ("-1", "Minus1"),
            (">=", "GreaterEqual"),
            ("1.5", "Value1_5"),
            ("10", "Value10"),
            ("*", "Star"),
            ("Self", "SelfValue"),
            ("text/html", "TextHtml"),
            ("c++", "CPlusPlus"),
            ("\u{1f389}", "Symbol"),
        ];
        for (text, expected) in cases {
            assert_eq!(camel(text), expected, "{text:?}");
        }
    }
}
