//! Whether what is said about codes is true: each example is given to the generator.

use std::collections::{BTreeMap, HashSet};

use super::{Entry, Example, all, find};
use crate::diagnostic::Findings;
use crate::front::source::Source;
use crate::{Documents, read_config, understand};

/// What the examples of overlays and of `client.toml` are about.
const JOBS: &str = "\
openapi: 3.1.0
info: { title: Jobs, version: '1' }
security: [ { token: [] } ]
paths:
  /jobs:
    get:
      operationId: listJobs
      tags: [ jobs ]
      parameters: [ { name: cursor, in: query, schema: { type: string } } ]
      responses: { '200': { description: Jobs., content: { application/json: { schema: { $ref: '#/components/schemas/Jobs' } } } } }
  /jobs/{id}:
    parameters: [ { name: id, in: path, required: true, schema: { type: string } } ]
    get:
      operationId: getJob
      tags: [ jobs ]
      responses: { '200': { description: A job., content: { application/json: { schema: { $ref: '#/components/schemas/Job' } } } } }
    delete: { operationId: stopJob, tags: [ jobs ], responses: { '204': { description: Stopped. } } }
components:
  securitySchemes: { token: { type: http, scheme: bearer } }
  schemas:
    Job: { type: object, properties: { status: { type: string, enum: [ RUNNING, DONE ] }, progress: { type: integer } } }
    Jobs: { type: object, properties: { jobs: { type: array, items: { $ref: '#/components/schemas/Job' } }, next: { type: string } } }
";

const HEAD: &str = "openapi: 3.1.0\ninfo: { title: Things, version: '1' }\n";
const CLIENT: &str = "[crate]\nname = \"jobs\"\n\n[[api]]\ndocument = \"jobs.yaml\"\n";
const OVERLAY: &str = "overlay: 1.0.0\ninfo: { title: Corrections, version: '1' }\nactions:\n";

/// Document, overlay and configuration that an example makes.
fn inputs(example: Example) -> Option<[Option<String>; 3]> {
    let document = |text| Some([Some(text), None, None]);
    match example {
        Example::File(text) if text.starts_with("overlay") => Some([None, Some(text.to_owned()), None]),
        Example::File(text) => document(text.to_owned()),
        Example::Document(text) => document(format!("{HEAD}{text}\n")),
        Example::Schema(text) => document(format!(
            "{HEAD}paths: {{ /s: {{ get: {{ responses: {{ '200': {{ description: ok, content: {{ application/json: {{ schema: \
             {text} }} }} }} }} }} }} }}\n"
        )),
        Example::Operation(text) => document(format!("{HEAD}paths: {{ '/things/{{id}}': {{ get: {text} }} }}\n")),
        Example::Overlay(text) => Some([None, Some(format!("{OVERLAY}{text}\n")), None]),
        Example::Client(text) => Some([None, None, Some(format!("{CLIENT}{text}"))]),
        Example::None => None,
    }
}

/// The codes of all that is found.
fn found([document, overlay, client]: [Option<String>; 3]) -> HashSet<String> {
    let source = |name: &str, text| Source {
        name: name.to_owned(),
        text,
    };
    let mut findings = Findings::new();
    let client = source("client.toml", client.unwrap_or_else(|| CLIENT.to_owned()));
    let documents = Documents {
        document: source("jobs.yaml", document.unwrap_or_else(|| JOBS.to_owned())),
        overlays: overlay.map(|text| source("overlay.yaml", text)).into_iter().collect(),
    };
    if let Some(config) = read_config(&client, &mut findings) {
        understand(&config.apis[0], &documents, &BTreeMap::new(), &mut findings);
    }
    findings.iter().map(|finding| finding.code.to_string()).collect()
}

#[test]
fn each_example_has_what_its_entry_is_about() {
    assert_eq!(found([None, None, None]), HashSet::new());
    for Entry { code, example, .. } in all() {
        let Some(inputs) = inputs(*example) else { continue };
        let found = found(inputs.clone());
        assert!(found.contains(code.as_str()), "{code}: {found:?} in {inputs:?}");
    }
}

#[test]
fn codes_are_kebab_case_and_distinct() {
    let mut codes: Vec<_> = all().map(|entry| entry.code.as_str()).collect();
    for code in &codes {
        let word = |word: &str| {
            !word.is_empty()
                && word
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        };
        assert!(code.split('-').all(word), "{code}");
        assert_eq!(find(code).map(|entry| entry.code.as_str()), Some(*code));
    }
    let count = codes.len();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), count);
    assert_eq!(find("unresolved"), None);
}
