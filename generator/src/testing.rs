//! What the tests of `ir`, `front::lower`, `names` and `back::plan` share: small YAML documents in, readable texts out.
//!
//! Knows the whole pipeline; each function stops after the room that its caller tests.

#![allow(
    clippy::format_push_string,
    clippy::format_collect,
    reason = "it reads better, and speed does not matter here"
)]

use std::collections::BTreeMap;

use crate::back::{model, plan};
use crate::config::Config;
use crate::diagnostic::Findings;
use crate::front::source::{self, Source};
use crate::ir::{self, Api};
use crate::names::{self, Names};
use crate::{Documents, Understood, front, read_config, understand};

/// A `client.toml` that says no more than it must.
const CONFIG: &str = "[crate]\nname = \"test-client\"\n[[api]]\ndocument = \"api.yaml\"\n";

/// A document of these top-level parts.
pub(crate) fn document(parts: &str) -> Source {
    Source {
        name: "api.yaml".to_owned(),
        text: format!(
            "openapi: 3.1.0\ninfo: {{title: Test, version: '1'}}\n{}\n",
            flush(parts)
        ),
    }
}

/// A document of these schemas, each of which is the answer of an operation of its own, in order.
pub(crate) fn schemas(text: &str) -> String {
    let text = flush(text);
    let names = text
        .lines()
        .filter(|line| !line.starts_with([' ', '#', '}']))
        .filter_map(|line| Some(line.split_once(':')?.0));
    let mut paths = String::from("paths:\n");
    for name in names {
        paths += &format!(
            "  /{name}:\n    get:\n      tags: [all]\n      operationId: get{name}\n      responses: {{'200': {{description: \
             ok, content: {{application/json: {{schema: {{$ref: '#/components/schemas/{name}'}}}}}}}}}}\n"
        );
    }
    format!("{paths}components:\n  schemas:\n{}", indented(&text, 4))
}

/// As [`schemas`], but every schema is sent as well.
pub(crate) fn sent(text: &str) -> String {
    let names: Vec<String> = flush(text)
        .lines()
        .filter(|line| !line.starts_with([' ', '#', '}']))
        .filter_map(|line| Some(line.split_once(':')?.0.to_owned()))
        .collect();
    let mut out = schemas(text);
    for name in names {
        let get = format!("operationId: get{name}\n");
        let body = format!(
            "{get}      requestBody: {{required: true, content: {{application/json: {{schema: {{$ref: \
             '#/components/schemas/{name}'}}}}}}}}\n"
        );
        out = out.replace(&get, &body).replace("    get:\n", "    put:\n");
    }
    out
}

/// One operation, `POST /things/{id}`, of these parts; its `id` is declared.
pub(crate) fn operation(parts: &str) -> String {
    format!(
        "paths:\n  /things/{{id}}:\n    parameters:\n    - {{name: id, in: path, required: true, schema: {{type: \
         string}}}}\n    post:\n{}",
        indented(&flush(parts), 6)
    )
}

/// The document as lowered: before the passes.
pub(crate) fn lowered(parts: &str) -> (Api, Vec<String>) {
    let mut findings = Findings::new();
    let tree = source::parse(&document(parts), &mut findings).unwrap();
    let normalized =
        front::normalize::normalize(&tree.into(), &front::filter::Selection::default(), &mut findings).unwrap();
    let api = front::lower::lower(&normalized, &mut findings);
    (api, lines(&findings))
}

/// The API after the passes.
pub(crate) fn api(parts: &str) -> Api {
    checked(parts).0
}

/// The API after the passes, and `severity[code] message` of each finding.
pub(crate) fn checked(parts: &str) -> (Api, Vec<String>) {
    let (mut api, mut found) = lowered(parts);
    let mut findings = Findings::new();
    ir::passes::run(&mut api, &mut findings);
    found.extend(lines(&findings));
    (api, found)
}

/// What the outline says of the types, without the line of the title and those of operations.
pub(crate) fn types(parts: &str) -> String {
    types_of(&api(parts))
}

/// As [`types`], of an API at hand.
pub(crate) fn types_of(api: &Api) -> String {
    let outline = ir::outline::outline(api);
    let at = outline.find("\n#").map_or(outline.len(), |at| at + 1);
    outline[at..].to_owned()
}

/// A configuration whose `[[api]]` says this as well.
pub(crate) fn config(text: &str) -> Config {
    let mut findings = Findings::new();
    let source = Source {
        name: "client.toml".to_owned(),
        text: format!("{CONFIG}{text}"),
    };
    let config = read_config(&source, &mut findings);
    assert!(findings.is_empty(), "{findings:?}");
    config.unwrap()
}

/// Everything but the code, under a configuration; the findings of `names` and of what applies are among the findings.
pub(crate) fn understood(config: &Config, parts: &str) -> (Understood, Vec<String>) {
    let mut findings = Findings::new();
    let documents = Documents {
        document: document(parts),
        overlays: Vec::new(),
    };
    let understood = understand(&config.apis[0], &documents, &BTreeMap::new(), &mut findings).unwrap();
    (understood, lines(&findings))
}

/// The name table, and the findings.
pub(crate) fn table(toml: &str, parts: &str) -> (String, Vec<String>) {
    let (understood, findings) = understood(&config(toml), parts);
    (names::table(&understood.api, &understood.names), findings)
}

/// The names, where no finding is expected.
pub(crate) fn named(parts: &str) -> (Api, Names) {
    let (understood, findings) = understood(&config(""), parts);
    assert_eq!(findings, [""; 0]);
    (understood.api, understood.names)
}

/// The decided model of the only API.
pub(crate) fn model(toml: &str, parts: &str) -> model::Api {
    let config = config(toml);
    let (understood, _) = understood(&config, parts);
    let input = plan::Input {
        config: &config.apis[0],
        api: &understood.api,
        names: &understood.names,
    };
    let mut planned = plan::plan(&config.package, &[input], false);
    planned.apis.remove(0)
}

/// The text without the indentation of its first line, so that tests can indent their documents.
pub(crate) fn flush(text: &str) -> String {
    let text = text.trim_matches('\n');
    let margin = text.len() - text.trim_start_matches(' ').len();
    let lines = text
        .lines()
        .map(|line| line.get(margin..).unwrap_or_default().trim_end());
    lines.collect::<Vec<_>>().join("\n").trim_end().to_owned() + "\n"
}

fn indented(text: &str, by: usize) -> String {
    text.lines().map(|line| format!("{:by$}{line}\n", "")).collect()
}

fn lines(findings: &Findings) -> Vec<String> {
    let line = |finding: &crate::diagnostic::Finding| {
        assert!(!finding.help.is_empty(), "no help: {finding}");
        format!("{}[{}] {}", finding.severity.as_str(), finding.code, finding.message)
    };
    findings.sorted().into_iter().map(line).collect()
}
