//! What is asked of the texts in a `client.toml`.
//!
//! Knows the rules of Cargo, HTTP and Rust for single words; nothing of tables or of the document.

use super::reader::Check;
use crate::front::filter::{self, Pattern};

/// A name that a registry accepts.
pub(super) const CRATE_NAME: Check = (
    is_crate_name,
    "a crate name: letters, digits, `-` and `_`, a letter first, at most 64",
);
/// A version as Cargo reads it.
pub(super) const VERSION: Check = (
    |text| semver::Version::parse(text).is_ok(),
    "a semantic version such as 0.1.0",
);
/// A keyword that a registry accepts.
pub(super) const KEYWORD: Check = (is_keyword, "a keyword of at most 20 letters, digits, `-`, `_` and `+`");
/// An absolute URL for HTTP.
pub(super) const URL: Check = (is_url, "an absolute URL that begins with https:// or http://");
/// A file, relative to the configuration.
pub(super) const PATH: Check = (is_path, "a path relative to this file, with `/` between its parts");
/// A module that is a cargo feature at the same time.
pub(super) const MODULE: Check = (
    is_module,
    "a name in snake_case that is no Rust keyword and no feature of every client",
);
/// A method or a field.
pub(super) const SNAKE: Check = (is_snake, "a name in snake_case that is no Rust keyword");
/// A type or a variant.
pub(super) const CAMEL: Check = (is_camel, "a name in UpperCamelCase that is no Rust keyword");
/// A resource and a method.
pub(super) const RESOURCE_METHOD: Check = (
    is_resource_method,
    "resource and method with a dot between: sessions.debug",
);
/// A type and something in it.
pub(super) const MEMBER: Check = (
    is_member,
    "a type and the name in the document, with a dot between: Session.proxyBytes",
);
/// Some operations.
pub(super) const FILTER: Check = (|text| Pattern::parse(text, None).is_some(), filter::EXPECTED);
/// An environment variable.
pub(super) const VARIABLE: Check = (is_variable, "an environment variable's name such as EXAMPLE_API_KEY");
/// An HTTP method.
pub(super) const METHOD: Check = (is_method, "an HTTP method in capitals such as GET");
/// A status or a range of them.
pub(super) const STATUS: Check = (is_status, "a status such as 429, or a range such as 5XX");

/// How pages are counted.
pub(super) const PAGE_STYLE: Check = (
    |text| ["cursor", "page", "offset", "link"].contains(&text),
    "one of \"cursor\", \"page\", \"offset\", \"link\"",
);

/// The features and modules that every generated crate has.
const TAKEN: [&str; 9] = [
    "blocking",
    "default",
    "http",
    "native_tls",
    "reqwest",
    "runtime",
    "rustls",
    "testing",
    "tracing",
];
const METHODS: [&str; 9] = [
    "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "QUERY", "TRACE",
];

fn is_crate_name(text: &str) -> bool {
    text.len() <= 64 && text.starts_with(|first: char| first.is_ascii_alphabetic()) && text.chars().all(is_word)
}

fn is_keyword(text: &str) -> bool {
    let fits = |character| is_word(character) || character == '+';
    text.len() <= 20 && text.starts_with(|first: char| first.is_ascii_alphanumeric()) && text.chars().all(fits)
}

fn is_word(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '-' | '_')
}

fn is_url(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let host = rest.map(|rest| rest.split(['/', '?', '#']).next().unwrap_or_default());
    host.is_some_and(|host| !host.is_empty()) && text.chars().all(|character| character.is_ascii_graphic())
}

fn is_path(text: &str) -> bool {
    !text.is_empty() && !text.starts_with('/') && !text.contains(['\\', ':'])
}

fn is_identifier(text: &str) -> bool {
    !text.starts_with("r#") && syn::parse_str::<syn::Ident>(text).is_ok()
}

fn is_snake(text: &str) -> bool {
    is_identifier(text) && text.is_ascii() && !text.contains(|character: char| character.is_ascii_uppercase())
}

fn is_module(text: &str) -> bool {
    is_snake(text) && !TAKEN.contains(&text)
}

fn is_camel(text: &str) -> bool {
    is_identifier(text)
        && text.is_ascii()
        && text.starts_with(|first: char| first.is_ascii_uppercase())
        && !text.contains('_')
}

fn is_resource_method(text: &str) -> bool {
    text.split_once('.')
        .is_some_and(|(resource, method)| is_snake(resource) && is_snake(method))
}

fn is_member(text: &str) -> bool {
    text.split_once('.')
        .is_some_and(|(name, member)| is_camel(name) && !member.is_empty())
}

fn is_variable(text: &str) -> bool {
    let first = |first: char| first.is_ascii_alphabetic() || first == '_';
    text.starts_with(first)
        && text
            .chars()
            .all(|character| character.is_ascii_alphanumeric() || character == '_')
}

fn is_method(text: &str) -> bool {
    METHODS.contains(&text)
}

fn is_status(text: &str) -> bool {
    let (class, rest) = text.split_at_checked(1).unwrap_or_default();
    let code = rest.len() == 2 && rest.chars().all(|digit| digit.is_ascii_digit());
    matches!(class, "1" | "2" | "3" | "4" | "5") && (code || rest == "XX")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_check((fits, _): Check, good: &[&str], bad: &[&str]) {
        for text in good {
            assert!(fits(text), "{text:?} is refused");
        }
        for text in bad {
            assert!(!fits(text), "{text:?} is accepted");
        }
    }

    #[test]
    fn knows_the_rules_of_cargo() {
        assert_check(
            CRATE_NAME,
            &["a", "browser-use-client", "a_1"],
            &["", "1a", "-a", "a b", "é"],
        );
        assert_check(VERSION, &["0.1.0", "1.0.0-rc.1+x"], &["", "1.0", "v1.0.0", "01.0.0"]);
        assert_check(KEYWORD, &["api", "c++"], &["", "a b", "+a", "abcdefghijklmnopqrstu"]);
        assert_check(
            URL,
            &["https://a.b", "http://127.0.0.1:1/a?b"],
            &["", "a.b", "https://", "https:///a", "https://a b"],
        );
        assert_check(PATH, &["openapi.yaml", "../a/b.json"], &["", "/a", "c:\\a", "a\\b"]);
    }

    #[test]
    fn knows_the_rules_of_rust() {
        assert_check(
            MODULE,
            &["v3", "cloud_v2"],
            &["", "3v", "V3", "v-3", "type", "runtime", "default", "r#type"],
        );
        assert_check(
            SNAKE,
            &["wait_until_running", "get_2"],
            &["", "getDebug", "fn", "a.b", "self"],
        );
        assert_check(
            CAMEL,
            &["Session", "Http2"],
            &["", "session", "Self", "Create_Session", "2A"],
        );
        assert_check(
            RESOURCE_METHOD,
            &["sessions.debug"],
            &["", "sessions", "sessions.", "sessions.get.debug", "Sessions.get"],
        );
        assert_check(
            MEMBER,
            &["Region.us-west-2", "A.b.c"],
            &["", "Region", "Region.", ".b", "region.b"],
        );
    }

    #[test]
    fn knows_the_rules_of_http() {
        assert_check(VARIABLE, &["A_1", "_a"], &["", "1A", "A-B", "A=B", "A B"]);
        assert_check(METHOD, &["GET", "TRACE"], &["", "get", "FETCH"]);
        assert_check(
            STATUS,
            &["429", "5XX"],
            &["", "5xx", "42", "4290", "600", "6XX", "X", "é9"],
        );
    }
}
