//! What the tests of this module share: small YAML documents in, JSON and lines of findings out.

use serde_json::Value as Json;

use super::{Normalized, convert, modern, normalize};
use crate::diagnostic::Findings;
use crate::front::filter::Selection;
use crate::front::source::{Source, parse};

/// What became of a document.
pub(super) struct Outcome {
    pub(super) normalized: Option<Normalized>,
    /// `line:column severity[code] message`, in the order of the document.
    pub(super) findings: Vec<String>,
}

impl Outcome {
    /// The value at a JSON Pointer of the result; null where there is none.
    pub(super) fn at(&self, pointer: &str) -> Json {
        let tree = self
            .normalized
            .as_ref()
            .map(|normalized| convert::to_json(&normalized.tree));
        tree.and_then(|json| json.pointer(pointer).cloned()).unwrap_or_default()
    }
}

/// Reads and normalises a document.
pub(super) fn document(text: &str) -> Outcome {
    let mut findings = Findings::new();
    let source = Source {
        name: "api.yaml".to_owned(),
        text: text.to_owned(),
    };
    let document = parse(&source, &mut findings).map(|node| modern(node.into(), &mut findings));
    let normalized = document.and_then(|document| normalize(&document, &Selection::default(), &mut findings));
    let lines = findings.sorted().into_iter().map(|finding| {
        assert!(!finding.help.is_empty(), "no help: {finding}");
        let place = finding
            .place
            .as_ref()
            .map(|place| format!("{}:{}", place.line, place.column));
        let (severity, code) = (finding.severity.as_str(), finding.code);
        format!("{} {severity}[{code}] {}", place.unwrap_or_default(), finding.message)
    });
    Outcome {
        findings: lines.collect(),
        normalized,
    }
}

/// A document of schemas, which begin on line 5.
pub(super) fn schemas(version: &str, text: &str) -> Outcome {
    let head = format!("openapi: {version}\ninfo: {{title: T, version: '1'}}\ncomponents:\n  schemas:\n");
    document(&(head + &indented(text, 4)))
}

/// One schema of OpenAPI 3.1, which begins on line 6, and the findings about it.
pub(super) fn schema(text: &str) -> (Json, Vec<String>) {
    let outcome = schemas("3.1.0", &format!("S:\n{}", indented(text, 2)));
    (outcome.at("/components/schemas/S"), outcome.findings)
}

/// A document with `GET /things/{id}`, the operation beginning on line 6; its `id` is declared in line 7.
pub(super) fn operation(text: &str) -> Outcome {
    let head = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths:\n  /things/{id}:\n    get:\n      parameters:\n";
    let id = "      - {name: id, in: path, required: true, schema: {type: string}}\n";
    document(&format!("{head}{id}{}", indented(text, 6)))
}

fn indented(text: &str, by: usize) -> String {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    let lines: Vec<String> = lines.map(|line| format!("{:by$}{line}", "")).collect();
    lines.join("\n") + "\n"
}
