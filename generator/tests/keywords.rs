//! Whether what is said about keywords is true: a document loses one key after the other, and the crate shows which of them
//! made a difference.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeMap;

use clientsmith::config::{ApiConfig, Config, Package};
use clientsmith::diagnostic::Findings;
use clientsmith::front::keywords::{Met, Treatment};
use clientsmith::front::source::Source;
use clientsmith::{Documents, generate, keywords, understand};

const DOCUMENT: &str = include_str!("keywords.yaml");

fn documents(text: &str) -> Documents {
    let document = Source {
        name: "keywords.yaml".to_owned(),
        text: text.to_owned(),
    };
    Documents {
        document,
        overlays: Vec::new(),
    }
}

/// The files of a crate that has the document's API in a module, where all of its words are.
fn files(text: &str) -> Option<BTreeMap<String, String>> {
    let mut api = ApiConfig::of_document("keywords.yaml");
    api.module = Some("v1".to_owned());
    let understood = understand(&api, &documents(text), &BTreeMap::new(), &mut Findings::new())?;
    let config = Config {
        package: Package::named("things"),
        apis: vec![api],
    };
    Some(generate(&config, &[understood], &[], false).files.into_iter().collect())
}

/// The code without comments.
fn without_docs(files: &BTreeMap<String, String>) -> BTreeMap<&String, Vec<&str>> {
    files
        .iter()
        .filter(|(path, _)| path.starts_with("src/"))
        .map(|(path, text)| {
            let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
            (path, lines.collect())
        })
        .collect()
}

/// The keys that stand on a line of their own, with that line.
fn alone(met: &[Met]) -> impl Iterator<Item = (&Met, usize)> {
    met.iter().filter_map(|one| {
        let line = usize::try_from(one.place.line).ok()? - 1;
        let text = DOCUMENT.lines().nth(line)?;
        let begins = !text.trim_start().starts_with('-') && !text.ends_with(':') && !text.ends_with("# implied");
        let first = text.len() - text.trim_start().len() + 1 == usize::try_from(one.place.column).ok()?;
        (begins && first).then_some((one, line))
    })
}

/// The document without some of its lines.
fn without(lines: &[usize]) -> String {
    let kept = DOCUMENT.lines().enumerate().filter(|(at, _)| !lines.contains(at));
    kept.map(|(_, text)| text).collect::<Vec<_>>().join("\n")
}

/// What becomes of the keys on some lines, to judge by the crate without them.
fn found(whole: &BTreeMap<String, String>, lines: &[usize]) -> Treatment {
    match files(&without(lines)) {
        Some(rest) if rest == *whole => Treatment::Ignored,
        Some(rest) if without_docs(&rest) == without_docs(whole) => Treatment::Documented,
        _ => Treatment::Honoured,
    }
}

#[test]
fn each_key_makes_the_difference_that_is_said() {
    let whole = files(DOCUMENT).unwrap();
    let met = keywords(
        &ApiConfig::of_document("a"),
        &documents(DOCUMENT),
        &BTreeMap::new(),
        &mut Findings::new(),
    )
    .unwrap();
    let (ignored, others): (Vec<_>, Vec<_>) = alone(&met).partition(|(met, _)| met.treatment == Treatment::Ignored);
    // What makes no difference can go all at once; only where it does make one is it to be found.
    let together: Vec<_> = ignored.iter().map(|(_, line)| *line).collect();
    let suspects = if found(&whole, &together) == Treatment::Ignored {
        others
    } else {
        ignored
    };
    let wrong = suspects.into_iter().filter_map(|(met, line)| {
        let found = found(&whole, &[line]);
        let Met { place, object, key, .. } = met;
        (found != met.treatment).then(|| format!("{place} {object} {key}: {:?} is said, not {found:?}", met.treatment))
    });
    assert_eq!(wrong.collect::<Vec<_>>(), [""; 0]);
    assert!(alone(&met).count() > 150);
}
