//! The configuration of a document that comes without a `client.toml`.

use super::{ApiConfig, Dates, EmptyBody, Package, Rename, UnknownFields, check};
use crate::front::filter::Filter;

/// What a crate's name ends in.
const SUFFIX: &str = "-client";
/// What a registry allows.
const MAX_LENGTH: usize = 64;
/// Words at a title's end that say nothing of what the API is about.
const EMPTY_WORDS: [&str; 7] = ["api", "apis", "client", "openapi", "rest", "spec", "specification"];

impl Package {
    /// A package of this name, with nothing else said about it.
    pub fn named(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            version: "0.1.0".to_owned(),
            description: None,
            repository: None,
            homepage: None,
            keywords: Vec::new(),
        }
    }

    /// The package of an API that is called this.
    pub fn titled(title: &str) -> Self {
        Self::named(crate_name(title))
    }
}

impl ApiConfig {
    /// A document (by the name that headers give it) as it is, with the defaults of every key.
    pub fn of_document(document: impl Into<String>) -> Self {
        Self {
            module: None,
            title: None,
            document: document.into(),
            overlays: Vec::new(),
            filter: Filter::default(),
            narrowed: Filter::default(),
            documentation: None,
            base_url: None,
            base_url_env: None,
            secret_fields: Vec::new(),
            dates: Dates::default(),
            unknown_fields: UnknownFields::default(),
            empty_body: EmptyBody::default(),
            resource_features: None,
            credentials: Vec::new(),
            rename: Rename::default(),
            retry: None,
            waiters: Vec::new(),
            paginations: Vec::new(),
        }
    }
}

/// Whether a registry accepts this as a crate's name.
pub fn is_crate_name(name: &str) -> bool {
    (check::CRATE_NAME.0)(name)
}

/// The crate's name for an API's title: `Browser Use API` to `browser-use-client`.
fn crate_name(title: &str) -> String {
    let title = title.to_ascii_lowercase();
    let mut words: Vec<&str> = title
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    while words.last().is_some_and(|word| EMPTY_WORDS.contains(word)) {
        words.pop();
    }
    if !words
        .first()
        .is_some_and(|word| word.starts_with(|c: char| c.is_ascii_alphabetic()))
    {
        words.insert(0, "api");
    }
    let mut name = words.join("-");
    // ASCII only, so that every index is a character's.
    name.truncate(MAX_LENGTH - SUFFIX.len());
    name.trim_end_matches('-').to_owned() + SUFFIX
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_becomes_a_crate_name() {
        let names = [
            ("Browser Use API", "browser-use-client"),
            ("GitHub v3 REST API", "github-v3-client"),
            ("Swagger Petstore - OpenAPI 3.1", "swagger-petstore-openapi-3-1-client"),
            ("2ch", "api-2ch-client"),
            ("", "api-client"),
            ("API", "api-client"),
            ("地図", "api-client"),
        ];
        for (title, name) in names {
            assert_eq!(crate_name(title), name);
        }
    }

    #[test]
    fn every_title_becomes_a_name_that_a_registry_accepts() {
        for title in [
            "",
            "-",
            "a".repeat(200).as_str(),
            "ab ".repeat(50).as_str(),
            "1",
            "é",
            "_x",
        ] {
            let name = Package::titled(title).name;
            assert!(is_crate_name(&name), "{title:?} gives {name:?}");
        }
    }
}
