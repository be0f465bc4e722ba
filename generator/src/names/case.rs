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
    keyword(&leading("field_", "empty", &plain_snake(text)))
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
    let text = leading("Value", "Empty", &joined);
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

/// Whether a text is that of a number or a boolean: on its own it makes no name.
pub(super) fn is_literal(text: &str) -> bool {
    text.parse::<i128>().is_ok() || text.parse::<bool>().is_ok()
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
    plain_snake(text)
        .split('_')
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Puts a word before what would begin with a digit (or another symbol that no identifier begins with), and another in
/// the place of nothing at all.
fn leading(word: &str, empty: &str, text: &str) -> String {
    match text.chars().next() {
        None => empty.to_owned(),
        Some(first) if unicode_ident::is_xid_start(first) => text.to_owned(),
        Some(_) => format!("{word}{text}"),
    }
}

/// Spells out symbols where a text has little else to tell it from its neighbours: `+1`, `>=`, `*`.
///
/// Letters beyond ASCII are kept where Rust accepts them as part of an identifier and dropped otherwise.
fn spoken(text: &str) -> String {
    let text = &plural_acronyms(text);
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
            None if unicode_ident::is_xid_continue(symbol) => out.push(symbol),
            None if symbol == '\'' || symbol == '\u{2019}' => {}
            _ => out.push(' '),
        }
        previous = Some(symbol);
    }
    out
}

/// `APIs` to `Apis`: an acronym in the plural is one word.
fn plural_acronyms(text: &str) -> String {
    let symbols: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < symbols.len() {
        let run = symbols[at..]
            .iter()
            .take_while(|symbol| symbol.is_ascii_uppercase())
            .count();
        let (after, beyond) = (symbols.get(at + run), symbols.get(at + run + 1));
        if run >= 2 && after == Some(&'s') && beyond.is_none_or(|symbol| !symbol.is_ascii_lowercase()) {
            out.push(symbols[at]);
            out.extend(symbols[at + 1..at + run].iter().map(char::to_ascii_lowercase));
        } else {
            out.extend(&symbols[at..at + run]);
        }
        at += run;
        if run == 0 {
            out.push(symbols[at]);
            at += 1;
        }
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
            ("x\u{b2}", "x"),
            ("\u{2460}", "empty"),
            ("\u{663}a", "field_\u{663}a"),
            ("don't", "dont"),
            ("Weather APIs", "weather_apis"),
            ("userIDs", "user_ids"),
            ("HTTPServer", "http_server"),
            ("größe", "größe"),
            ("名前", "名前"),
            ("m²", "m"),
            ("①", "empty"),
            ("٣", "field_٣"),
            ("🦀", "empty"),
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
            ("straße", "Straße"),
            ("½", "Symbol"),
            ("٣", "Value٣"),
        ];
        for (text, expected) in cases {
            assert_eq!(camel(text), expected, "{text:?}");
        }
    }

    #[test]
    fn every_character_gives_identifiers() {
        let is_identifier = |text: &str| {
            let bare = text.strip_prefix("r#").unwrap_or(text);
            let mut symbols = bare.chars();
            symbols
                .next()
                .is_some_and(|first| first == '_' || unicode_ident::is_xid_start(first))
                && symbols.all(unicode_ident::is_xid_continue)
        };
        // All that scripts with case and signs have, and a sample of the rest.
        let rest = ('\u{3000}'..=char::MAX).step_by(101);
        for symbol in ('\0'..'\u{3000}').chain(rest) {
            for text in [
                symbol.to_string(),
                format!("a{symbol}b"),
                format!("a{symbol}"),
                format!("{symbol}B1"),
            ] {
                for made in [snake(&text), camel(&text), shouty(&snake(&text))] {
                    assert!(is_identifier(&made), "{text:?} became {made:?}");
                }
            }
        }
    }
}
