//! One document of a corpus: generated, written, measured. Runs as a process of its own, so that nothing that a document
//! does to it harms the others.

use std::path::{Path, PathBuf};
use std::time::Instant;

use clientsmith::FileSet;
use clientsmith::cli::failure::Failure;
use clientsmith::cli::files::Disk;
use clientsmith::cli::folder::{self, Owner};
use clientsmith::cli::project::{self, Inputs};
use clientsmith::diagnostic::{Finding, Findings, Severity};
use clientsmith::front::bundle;
use clientsmith::front::source::{self, Node, Source};
use clientsmith::generator::{self, Options};
use fs_err as fs;
use serde_json::{Value, json};

use super::{Outcome, left_out};

/// The document, and what it becomes.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    document: PathBuf,
    out: PathBuf,
    name: String,
}

/// What is measured of a document.
#[derive(Debug, Clone, Default)]
pub(crate) struct Measured {
    /// Operations below `paths`.
    pub(super) operations: u64,
    /// Operations that the client has.
    pub(super) generated: u64,
    /// Operations that it does not have, each with the error that says why, if one does.
    pub(super) left_out: Vec<(String, Option<String>)>,
    pub(super) errors: u64,
    pub(super) warnings: u64,
    pub(super) notes: u64,
    /// The first finding of severity error.
    pub(super) first_error: String,
    /// Findings by severity and code.
    pub(super) codes: Vec<(String, u64)>,
    /// Lines of Rust, the support code excepted.
    pub(super) lines: u64,
    pub(super) seconds: f64,
    /// Whether there is a crate.
    pub(super) written: bool,
}

/// Generates, and prints what was measured.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let root = match content(&arguments.document)? {
        Content::Foreign => {
            println!("null");
            return Ok(());
        }
        Content::Unreadable => None,
        Content::Document(root) => Some(root),
    };
    let inputs = Inputs {
        document: Some(arguments.document.clone()),
        name: Some(arguments.name.clone()),
        ..Inputs::default()
    };
    let start = Instant::now();
    let outcome = project::outcome(&inputs, Options::default(), |_| {})?;
    let seconds = start.elapsed().as_secs_f64();
    let files = outcome.files.clone().unwrap_or_default();
    let drift = folder::drift(&arguments.out, &files, Owner::Generator)?;
    folder::settle(&arguments.out, &files, &drift)?;
    println!("{}", measure(arguments, root.as_ref(), &outcome, seconds));
    Ok(())
}

/// What a file is.
enum Content {
    /// No OpenAPI document.
    Foreign,
    /// What looks like one and cannot be read.
    Unreadable,
    /// The document, with what stands in other files.
    Document(Node),
}

fn content(path: &Path) -> Result<Content, Failure> {
    let text = String::from_utf8_lossy(&fs::read(path)?).into_owned();
    let source = Source {
        name: path.to_string_lossy().replace('\\', "/"),
        text,
    };
    let Some(root) = source::parse(&source, &mut Findings::new()) else {
        let looks_so = ["openapi", "swagger"].iter().any(|key| source.text.contains(key));
        return Ok(if looks_so {
            Content::Unreadable
        } else {
            Content::Foreign
        });
    };
    if root.get("openapi").or(root.get("swagger")).is_none() {
        return Ok(Content::Foreign);
    }
    let bundled = bundle::bundle(root, &Disk::default(), &mut Findings::new());
    Ok(Content::Document(bundled.tree))
}

fn measure(arguments: &Arguments, root: Option<&Node>, outcome: &generator::Outcome, seconds: f64) -> Value {
    let operations = root.map(left_out::operations).unwrap_or_default();
    let left_out = root.map(|root| left_out::left_out(root, &operations, outcome));
    let left_out: Vec<_> = left_out.into_iter().flatten().collect();
    let reason = |finding: &Finding| short(&finding.to_string(), &arguments.document);
    let left_out: Vec<_> = left_out
        .iter()
        .map(|(operation, finding)| json!({ "operation": operation, "reason": finding.map(reason) }))
        .collect();
    let count = |severity| {
        outcome
            .findings
            .iter()
            .filter(|finding| finding.severity == severity)
            .count()
    };
    let first = outcome
        .findings
        .sorted()
        .into_iter()
        .find(|finding| finding.severity == Severity::Error);
    let mut codes = serde_json::Map::new();
    for finding in outcome.findings.iter() {
        let slot = codes
            .entry(format!("{}[{}]", finding.severity.as_str(), finding.code))
            .or_insert(json!(0));
        *slot = json!(slot.as_u64().unwrap_or_default() + 1);
    }
    json!({
        "operations": operations.len(),
        "left_out": left_out,
        "generated": outcome.apis.iter().map(|understood| understood.api.operations.len()).sum::<usize>(),
        "errors": count(Severity::Error),
        "warnings": count(Severity::Warning),
        "notes": count(Severity::Note),
        "first_error": first.map(reason).unwrap_or_default(),
        "codes": codes,
        "lines": outcome.files.as_ref().map(lines).unwrap_or_default(),
        "seconds": seconds,
        "written": outcome.files.is_some(),
    })
}

/// A finding without the folders of this machine.
fn short(finding: &str, document: &Path) -> String {
    let name = document.file_name().unwrap_or_default().to_string_lossy();
    finding.replace(&*document.to_string_lossy(), &name)
}

fn lines(files: &FileSet) -> usize {
    let own = files
        .files
        .iter()
        .filter(|(path, _)| path.starts_with("src/") && !path.starts_with("src/runtime/"));
    own.map(|(_, text)| text.lines().count()).sum()
}

impl Measured {
    /// Reads what `run` printed.
    pub(super) fn read(text: &str) -> Outcome {
        let Ok(value) = serde_json::from_str::<Value>(text) else {
            return Outcome::Stopped(format!("printed what is no JSON: {text}"));
        };
        let Value::Object(object) = &value else {
            return Outcome::Foreign;
        };
        let number = |key: &str| object.get(key).and_then(Value::as_u64).unwrap_or_default();
        let left_out = object.get("left_out").and_then(Value::as_array).into_iter().flatten();
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let codes = object.get("codes").and_then(Value::as_object).into_iter().flatten();
        Outcome::Done(Self {
            operations: number("operations"),
            generated: number("generated"),
            left_out: left_out
                .filter_map(|one| Some((text(&one["operation"])?, text(&one["reason"]))))
                .collect(),
            errors: number("errors"),
            warnings: number("warnings"),
            notes: number("notes"),
            first_error: object
                .get("first_error")
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned(),
            codes: codes
                .map(|(code, count)| (code.clone(), count.as_u64().unwrap_or_default()))
                .collect(),
            lines: number("lines"),
            seconds: object.get("seconds").and_then(Value::as_f64).unwrap_or_default(),
            written: object.get("written").and_then(Value::as_bool).unwrap_or_default(),
        })
    }
}
