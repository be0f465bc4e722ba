//! What the text of a reference says: a place in the same file, or a file and a place in that.
//!
//! Knows the spelling of references and of paths; touches no file.

use crate::front::source::percent_decode;

/// The ends of names that a document may lie under. Nothing else is read, so that a document cannot have other files of
/// this machine looked at.
const ENDS: [&str; 3] = [".yaml", ".yml", ".json"];

/// A reference, by what it leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Reference<'r> {
    /// `#…`: a place in the same file. What follows the `#`.
    Within(&'r str),
    /// A path that is relative to the file where the reference stands, percent escapes undone, and what follows the `#`.
    File {
        /// The path.
        path: String,
        /// The fragment.
        fragment: &'r str,
    },
    /// A URI of its own: `https://…`, `//host/…`, `urn:…`.
    Uri,
    /// A path from the root of a file system: `/…`, `file:…`, `C:\…`.
    Absolute,
    /// A relative path to what does not look like a document.
    Other,
}

impl<'r> Reference<'r> {
    /// Reads the text of a `$ref`.
    pub(crate) fn read(text: &'r str) -> Self {
        if let Some(fragment) = text.strip_prefix('#') {
            return Self::Within(fragment);
        }
        let (path, fragment) = text.split_once('#').unwrap_or((text, ""));
        match scheme(path) {
            Some(scheme) if scheme.len() == 1 || scheme.eq_ignore_ascii_case("file") => return Self::Absolute,
            Some(_) => return Self::Uri,
            None if path.starts_with("//") => return Self::Uri,
            None => {}
        }
        let path = percent_decode(path);
        if path.starts_with(['/', '\\']) {
            return Self::Absolute;
        }
        let lower = path.to_ascii_lowercase();
        if ENDS.iter().any(|end| lower.ends_with(end)) && !path.contains('\0') {
            Self::File { path, fragment }
        } else {
            Self::Other
        }
    }
}

/// What stands before the colon of a URI.
fn scheme(text: &str) -> Option<&str> {
    let (scheme, _) = text.split_once(':')?;
    let letter = scheme.starts_with(|first: char| first.is_ascii_alphabetic());
    let rest = |character: char| character.is_ascii_alphanumeric() || "+.-".contains(character);
    (letter && scheme.chars().all(rest)).then_some(scheme)
}

/// The name of the file that a relative path means in a file: `b/../a.yaml` is `a.yaml`.
pub(super) fn join(file: &str, path: &str) -> String {
    let root = if file.starts_with('/') { "/" } else { "" };
    let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut kept: Vec<&str> = Vec::new();
    for segment in folder.split('/').chain(path.split('/')) {
        match segment {
            "" | "." => {}
            ".." if kept.last().is_some_and(|last| *last != "..") => drop(kept.pop()),
            ".." if !root.is_empty() => {}
            _ => kept.push(segment),
        }
    }
    format!("{root}{}", kept.join("/"))
}

/// The last part of a file's name, without its end: `schemas/Pet.yaml` is `Pet`.
pub(super) fn stem(file: &str) -> &str {
    let name = file.rsplit('/').next().unwrap_or(file);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_to_a_place_or_a_file() {
        let file = |path: &str, fragment| Reference::File {
            path: path.to_owned(),
            fragment,
        };
        assert_eq!(Reference::read("#/a"), Reference::Within("/a"));
        assert_eq!(Reference::read("#"), Reference::Within(""));
        assert_eq!(Reference::read("a.yaml"), file("a.yaml", ""));
        assert_eq!(Reference::read("../a/b.YML#/c~1d"), file("../a/b.YML", "/c~1d"));
        assert_eq!(Reference::read("a%20b.json#"), file("a b.json", ""));
        assert_eq!(Reference::read("./a:b.json"), file("./a:b.json", ""));
    }

    #[test]
    fn what_is_not_read_is_told_apart() {
        for uri in [
            "https://e.com/a.yaml",
            "HTTP://e.com/a.json#/b",
            "//e.com/a.yaml",
            "urn:a:b",
        ] {
            assert_eq!(Reference::read(uri), Reference::Uri, "{uri}");
        }
        for absolute in [
            "/etc/a.yaml",
            "file:a.yaml",
            "FILE:///a.yaml",
            "C:\\a.yaml",
            "c:/a.yaml",
            "\\\\host\\a.yaml",
            "%5C%5Chost%5Ca.yaml",
            "%2Fetc/a.yaml",
        ] {
            assert_eq!(Reference::read(absolute), Reference::Absolute, "{absolute}");
        }
        for other in ["", "Pet", "../../etc/passwd", "a.yaml?b", "a%00.yaml", ".env"] {
            assert_eq!(Reference::read(other), Reference::Other, "{other}");
        }
    }

    #[test]
    fn a_path_is_relative_to_the_file() {
        let cases = [
            ("api.yaml", "a.yaml", "a.yaml"),
            ("api.yaml", "./b/../a.yaml", "a.yaml"),
            ("x/api.yaml", "a.yaml", "x/a.yaml"),
            ("x/api.yaml", "../a.yaml", "a.yaml"),
            ("x/api.yaml", "../../a.yaml", "../a.yaml"),
            ("../api.yaml", "../a.yaml", "../../a.yaml"),
            ("./x//api.yaml", "y//a.yaml", "x/y/a.yaml"),
            ("/x/api.yaml", "../../../a.yaml", "/a.yaml"),
            ("C:/x/api.yaml", "../a.yaml", "C:/a.yaml"),
        ];
        for (file, path, expected) in cases {
            assert_eq!(join(file, path), expected, "{path} in {file}");
        }
    }

    #[test]
    fn a_stem_is_the_last_part_without_its_end() {
        assert_eq!(stem("a/b/Pet.v1.yaml"), "Pet.v1");
        assert_eq!(stem("Pet"), "Pet");
    }
}
