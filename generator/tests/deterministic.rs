//! The same texts give the same files, whatever seeds the hash maps of a thread have.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![allow(
    clippy::format_push_string,
    reason = "it reads better, and speed does not matter here"
)]

use std::collections::BTreeMap;
use std::path::Path;
use std::thread;

use clientsmith::diagnostic::Findings;
use clientsmith::front::source::Source;
use clientsmith::{Documents, FileSet, generate, read_config, understand};

/// The files and the findings that a `client.toml` and the texts beside it give.
fn made(toml: &str, read: impl Fn(&str) -> String) -> (FileSet, Vec<String>) {
    let source = |name: &str, text: String| Source {
        name: name.to_owned(),
        text,
    };
    let mut findings = Findings::new();
    let config = read_config(&source("client.toml", toml.to_owned()), &mut findings).unwrap();
    let apis: Vec<_> = (config.apis.iter())
        .map(|api| {
            let documents = Documents {
                document: source(&api.document, read(&api.document)),
                overlays: api.overlays.iter().map(|name| source(name, read(name))).collect(),
            };
            understand(api, &documents, &BTreeMap::new(), &mut findings).unwrap()
        })
        .collect();
    let files = generate(&config, &apis, &[], false);
    (files, findings.iter().map(ToString::to_string).collect())
}

/// Fails unless every one of several threads makes the same.
fn assert_same(make: impl Fn() -> (FileSet, Vec<String>) + Sync) -> FileSet {
    let (first, findings) = make();
    thread::scope(|scope| {
        let others: Vec<_> = (0..3).map(|_| scope.spawn(&make)).collect();
        for other in others {
            let (files, found) = other.join().unwrap();
            for (path, text) in &first.files {
                assert_eq!(files.files.get(path), Some(text), "{path}");
            }
            assert_eq!((files.files.len(), &found), (first.files.len(), &findings));
        }
    });
    first
}

#[test]
fn the_bundled_documents() {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs");
    for (api, file) in [("browserbase", "src/client.rs"), ("browser-use", "src/v3/client.rs")] {
        let read = |name: &str| std::fs::read_to_string(specs.join(api).join(name)).unwrap();
        let files = assert_same(|| made(&read("client.toml"), read));
        assert!(files.files.contains_key(file), "{api}");
    }
}

/// Everything that hash maps are used for, many times: equal inline types, names that several would like, merged parts,
/// tags, constants, collisions.
fn synthetic() -> String {
    let mut text = String::from("openapi: 3.1.0\ninfo: {title: Big, version: '1'}\npaths:\n");
    for index in 0..60 {
        let tag = index % 7;
        text += &format!(
            "  /r{tag}/things{index}/{{id}}:\n    parameters: [{{name: id, in: path, required: true, schema: {{type: string}}}}]\n    \
             post:\n      tags: [r{tag}]\n      operationId: do_thing_{}\n      requestBody: {{content: {{application/json: \
             {{schema: {{$ref: '#/components/schemas/S{index}'}}}}}}}}\n      responses:\n        '200': {{description: ok, \
             content: {{application/json: {{schema: {{type: object, properties: {{status: {{enum: [a, b]}}, list: {{type: array, \
             items: {{$ref: '#/components/schemas/Union{index}'}}}}}}}}}}}}}}\n        '400': {{description: no, content: \
             {{application/json: {{schema: {{type: object, required: [code], properties: {{code: {{type: integer}}}}}}}}}}}}\n",
            index / 2
        );
    }
    text += "components:\n  schemas:\n";
    for index in 0..60 {
        let next = (index + 1) % 60;
        text += &format!(
            "    S{index}: {{type: object, properties: {{next: {{$ref: '#/components/schemas/S{next}'}}, config: {{type: object, \
             properties: {{mode: {{enum: [x, y{index}]}}, size: {{type: object, properties: {{w: {{type: integer}}}}}}}}}}}}}}\n    \
             Both{index}: {{allOf: [{{$ref: '#/components/schemas/S{index}'}}, {{$ref: '#/components/schemas/S{next}'}}], \
             required: [config]}}\n    \
             Union{index}: {{oneOf: [{{$ref: '#/components/schemas/Both{index}'}}, {{$ref: '#/components/schemas/Both{next}'}}, \
             {{title: Tagged, type: object, required: [kind], properties: {{kind: {{const: k}}}}}}, {{type: string}}]}}\n"
        );
    }
    text
}

#[test]
fn a_large_document_with_everything_that_is_looked_up() {
    let toml = "[crate]\nname = \"big\"\n[[api]]\ndocument = \"big.yaml\"\n";
    let text = synthetic();
    let files = assert_same(|| made(toml, |_| text.clone()));
    let lines: usize = files.files.values().map(|text| text.lines().count()).sum();
    assert!(lines > 10_000, "{lines}");
}
