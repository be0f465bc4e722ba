//! What the generator promises of every input, whatever it is: that it ends, without a panic, and what can be relied on of
//! that which comes of it.
//!
//! Knows the stages and what each promises the next one. Asked by the test of changed documents and by the fuzz targets
//! in `tests/fuzz`. An error says which promise is broken.

mod normalized;
mod places;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use clientsmith::diagnostic::{Finding, Findings, codes};
use clientsmith::front::bundle::bundle;
use clientsmith::front::filter::{Filter, select};
use clientsmith::front::normalize::{self, Normalized};
use clientsmith::front::source::{self, Node, Source, Value};
use clientsmith::generator::Generator;
use fs_err as fs;

use crate::fixtures;

/// The files that a document may refer to.
static FILES: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let folder = fixtures::root().join("tests/fixtures");
    let names = ["common.json", "paths/pet.yaml", "schemas/Pet.yaml", "schemas/Dog.yaml"];
    let names = names.map(|name| format!("several_files/{name}"));
    names
        .into_iter()
        .filter_map(|name| Some((name.clone(), fs::read_to_string(folder.join(name)).ok()?)))
        .collect()
});

/// Reading any bytes as YAML, JSON or TOML: places are in the text, and what two readers read is the same.
///
/// # Errors
///
/// Where a promise is broken.
pub fn reading(bytes: &[u8]) -> Result<(), String> {
    let mut findings = Findings::new();
    let Some(source) = Source::decode("document", bytes.to_vec(), &mut findings) else {
        return places::check_findings(&String::from_utf8_lossy(bytes), &findings);
    };
    let tree = source::parse(&source, &mut findings);
    places::check_findings(&source.text, &findings)?;
    if let Some(tree) = &tree {
        places::check_tree(&source.text, tree)?;
        agree(&source, tree, &findings)?;
    }
    let mut findings = Findings::new();
    let table = source::parse_toml(&source, &mut findings);
    places::check_findings(&source.text, &findings)?;
    table.map_or(Ok(()), |table| places::check_tree(&source.text, &table))
}

/// What is JSON is YAML as well, and `serde_json` reads it, too.
fn agree(source: &Source, tree: &Node, findings: &Findings) -> Result<(), String> {
    // Raw control characters in texts mean something else in YAML, and are none of JSON's.
    let is_lenient = findings
        .iter()
        .any(|finding| finding.code.as_str() == "control-character");
    if is_lenient
        || !source
            .text
            .trim_start_matches('\u{feff}')
            .trim_start()
            .starts_with(['{', '['])
    {
        return Ok(());
    }
    let as_yaml = Source {
        name: source.name.clone(),
        text: format!("---\n{}", source.text.trim_start_matches('\u{feff}')),
    };
    if let Some(other) = source::parse(&as_yaml, &mut Findings::new())
        && !other.same_value(tree)
    {
        return Err(format!(
            "as JSON it is {}, and as YAML {}",
            tree.to_json(),
            other.to_json()
        ));
    }
    match serde_json::from_str(&source.text) {
        Ok(other) if !same(tree, &other) => Err(format!("for us it is {}, and for serde_json {other}", tree.to_json())),
        _ => Ok(()),
    }
}

/// Whether `serde_json` read the same. Its floats may be off by one in the last place.
fn same(ours: &Node, other: &serde_json::Value) -> bool {
    use serde_json::Value as Json;
    match (&ours.value, other) {
        (Value::Array(ours), Json::Array(other)) => {
            ours.len() == other.len() && ours.iter().zip(other).all(|(ours, other)| same(ours, other))
        }
        (Value::Object(ours), Json::Object(other)) => {
            let equal = |(key, other)| ours.get(key).is_some_and(|ours| same(&ours.node, other));
            ours.len() == other.len() && other.iter().all(equal)
        }
        (Value::Number(ours), Json::Number(other)) => match (ours.as_f64(), other.as_f64()) {
            (Some(ours), Some(other)) => (ours - other).abs() <= other.abs() * 4.0 * f64::EPSILON,
            _ => false,
        },
        _ => ours.to_json() == *other,
    }
}

/// Normalizing a document: what `front::normalize` says that `front::lower` may rely on.
///
/// # Errors
///
/// Where a promise is broken.
pub fn normalizing(bytes: &[u8]) -> Result<(), String> {
    let mut findings = Findings::new();
    let document = whole(bytes, &mut findings);
    sound(&findings)?;
    match document {
        Some(document) => normalized::check(&document),
        None => Ok(()),
    }
}

fn whole(bytes: &[u8], findings: &mut Findings) -> Option<Normalized> {
    let source = Source::decode("document.yaml", bytes.to_vec(), findings)?;
    let tree = source::parse(&source, findings)?;
    let bundled = normalize::modern(bundle(tree, &*FILES, findings), findings);
    let all = Filter::default();
    let selection = select(&bundled.tree, [&all, &all], findings)?;
    normalize::normalize(&bundled, &selection, findings)
}

/// What holds for all findings: they have a place, a code that is explained, and a way out. None blames the generator.
fn sound(findings: &Findings) -> Result<(), String> {
    let defect = |finding: &&Finding| {
        let code = finding.code.as_str();
        finding.place.is_none()
            || finding.help.is_empty()
            || codes::find(code).is_none()
            || code.starts_with("internal")
    };
    match findings.iter().find(defect) {
        Some(finding) => Err(format!("a finding that is a defect: {finding}")),
        None => Ok(()),
    }
}

/// Generating a crate, going on after errors: all that is written in Rust is Rust, and the manifest is TOML; findings have
/// a place and say what to do.
///
/// # Errors
///
/// Where a promise is broken.
pub fn generating(bytes: &[u8]) -> Result<(), String> {
    let Some(document) = Source::decode("document.yaml", bytes.to_vec(), &mut Findings::new()) else {
        return Ok(());
    };
    let outcome = Generator::of_document(document).files(FILES.clone()).run();
    sound(&outcome.findings)?;
    let files = outcome.files.map(|files| files.files).unwrap_or_default();
    for (path, text) in files.iter().filter(|(path, _)| !path.starts_with("src/runtime/")) {
        let extension = Path::new(path).extension().and_then(|extension| extension.to_str());
        match extension {
            Some("rs") => drop(syn::parse_file(text).map_err(|error| format!("{path} is no Rust: {error}"))?),
            Some("toml") => {
                drop(toml::from_str::<toml::Table>(text).map_err(|error| format!("{path} is no TOML: {error}"))?);
            }
            _ => {}
        }
    }
    Ok(())
}
