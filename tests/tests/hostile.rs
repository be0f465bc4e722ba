//! Documents that are made to do harm: endless, deep, wide, contradictory. Each ends with findings that say so, and what is
//! written nevertheless is Rust.
//!
//! The tests' threads have small stacks, so that recursion without a bound would end the process.

use std::collections::BTreeSet;

use clientsmith::config::ApiConfig;
use clientsmith::diagnostic::Findings;
use clientsmith::front::source::Source;
use clientsmith::{Documents, Generator, understand};
use clientsmith_tests::promises;
use serde_json::{Map, Value, json};

/// How many links a chain has: with the square of it nothing would end, and a call for each would fill the stack.
const LINKS: usize = 5000;

fn source(text: impl Into<String>) -> Source {
    Source {
        name: "hostile.yaml".to_owned(),
        text: text.into(),
    }
}

/// The codes that are found in a document.
fn found(document: &Value) -> BTreeSet<String> {
    codes(&findings(document))
}

fn findings(document: &Value) -> Findings {
    let documents = Documents {
        document: source(document.to_string()),
        overlays: Vec::new(),
    };
    let mut findings = Findings::new();
    let files = std::collections::BTreeMap::<String, String>::new();
    let _ = understand(
        &ApiConfig::of_document("hostile.yaml"),
        &documents,
        &files,
        &mut findings,
    );
    findings
}

fn codes(findings: &Findings) -> BTreeSet<String> {
    findings.iter().map(|finding| finding.code.to_string()).collect()
}

#[track_caller]
fn assert_found<const N: usize>(document: &Value, expected: [&str; N]) {
    assert_eq!(found(document), expected.map(str::to_owned).into());
}

/// The same, and a crate is written, whose files are Rust.
#[track_caller]
fn assert_generated<const N: usize>(document: &Value, expected: [&str; N]) {
    let outcome = Generator::of_document(source(document.to_string())).run();
    assert_eq!(codes(&outcome.findings), expected.map(str::to_owned).into());
    assert!(outcome.files.is_some(), "{:#?}", outcome.findings.sorted());
    assert_eq!(promises::generating(document.to_string().as_bytes()), Ok(()));
}

/// A document with an operation that answers with the schema `A0`.
fn document(schemas: impl Into<Value>) -> Value {
    let mut document = operation(json!({ "responses": { "200": {
        "description": "It.",
        "content": { "application/json": { "schema": { "$ref": "#/components/schemas/A0" } } },
    } } }));
    document["components"] = json!({ "schemas": schemas.into() });
    document
}

/// A document with an operation.
fn operation(mut operation: Value) -> Value {
    operation["operationId"] = json!("things_get");
    json!({
        "openapi": "3.1.0",
        "info": { "title": "Hostile", "version": "1" },
        "servers": [{ "url": "https://api.example.com" }],
        "paths": { "/things": { "get": operation } },
    })
}

fn named(count: usize, schema: impl Fn(usize) -> Value) -> Map<String, Value> {
    (0..count).map(|index| (format!("A{index}"), schema(index))).collect()
}

fn reference(index: usize) -> Value {
    json!({ "$ref": format!("#/components/schemas/A{index}") })
}

/// A chain of schemas, each made of the next one; the last one is an object.
fn chain(link: impl Fn(Value) -> Value) -> Value {
    let end = json!({ "type": "object", "properties": { "end": { "type": "string" } } });
    document(named(LINKS, |index| {
        if index + 1 == LINKS {
            end.clone()
        } else {
            link(reference(index + 1))
        }
    }))
}

/// A ring of schemas, each made of the next one.
fn ring(link: impl Fn(Value) -> Value) -> Value {
    document(named(LINKS, |index| link(reference((index + 1) % LINKS))))
}

#[test]
fn long_chains_of_types_end() {
    assert_found(&chain(|next| next), []);
    assert_found(&chain(|next| json!({ "allOf": [next], "description": "d" })), []);
    assert_found(
        &chain(|next| json!({ "type": "array", "items": next })),
        ["nesting-too-deep"],
    );
    assert_found(
        &chain(|next| json!({ "type": "object", "additionalProperties": next })),
        ["nesting-too-deep"],
    );
    assert_found(
        &chain(|next| json!({ "type": "object", "properties": { "next": next } })),
        ["nesting-too-deep"],
    );
    assert_found(
        &chain(|next| json!({ "oneOf": [next, { "type": "string" }] })),
        ["union-too-large"],
    );
    assert_found(&chain(|next| json!({ "anyOf": [next, { "type": "null" }] })), []);
    let extended =
        chain(|next| json!({ "allOf": [next, { "type": "object", "properties": { "a": { "type": "string" } } }] }));
    assert_found(&extended, ["all-of-too-large"]);
}

#[test]
fn long_rings_of_types_end() {
    assert_found(&ring(|next| next), ["ref-cycle"]);
    assert_found(
        &ring(|next| json!({ "allOf": [next, { "type": "object" }] })),
        ["all-of-too-large", "ref-cycle"],
    );
    assert_found(
        &ring(|next| json!({ "type": "array", "items": next })),
        ["endless-type", "nesting-too-deep"],
    );
    assert_found(
        &ring(|next| json!({ "type": "object", "properties": { "next": next } })),
        [],
    );
    assert_found(
        &ring(|next| json!({ "oneOf": [next, { "type": "string" }] })),
        ["union-too-large"],
    );
}

#[test]
fn rings_of_references_of_every_kind_are_found() {
    let sections = [
        "schemas",
        "parameters",
        "responses",
        "requestBodies",
        "headers",
        "examples",
        "securitySchemes",
        "pathItems",
        "mediaTypes",
        "callbacks",
    ];
    let mut document = operation(json!({
        "parameters": [{ "$ref": "#/components/parameters/A" }],
        "requestBody": { "$ref": "#/components/requestBodies/A" },
        "callbacks": { "sent": { "$ref": "#/components/callbacks/A" } },
        "security": [{ "A": [] }],
        "responses": {
            "200": { "$ref": "#/components/responses/A" },
            "201": {
                "description": "It.",
                "headers": { "X-A": { "$ref": "#/components/headers/A" } },
                "content": { "application/json": {
                    "schema": { "$ref": "#/components/schemas/A" },
                    "examples": { "a": { "$ref": "#/components/examples/A" } },
                } },
            },
            "202": { "description": "It.", "content": { "application/json": { "$ref": "#/components/mediaTypes/A" } } },
        },
    }));
    document["openapi"] = json!("3.2.0");
    document["paths"]["/ring"] = json!({ "$ref": "#/components/pathItems/A" });
    document["paths"]["/self"] = json!({ "$ref": "#/paths/~1self" });
    for section in sections {
        let to = |name: &str| json!({ "$ref": format!("#/components/{section}/{name}") });
        document["components"][section] = json!({ "A": to("B"), "B": to("C"), "C": to("A"), "Self": to("Self") });
    }
    let findings = findings(&document);
    let cycles = findings.iter().filter(|finding| finding.code.as_str() == "ref-cycle");
    let told: Vec<&str> = cycles.map(|finding| finding.message.as_str()).collect();
    // Examples are documentation: one that leads nowhere is left out.
    for section in sections
        .iter()
        .filter(|section| !["schemas", "examples", "pathItems"].contains(section))
    {
        let message = format!("`#/components/{section}/A` leads back to itself through nothing but references");
        assert!(told.contains(&&*message), "{section}: {told:#?}");
    }
    for message in [
        "the schema `A` is made of nothing but itself: `A` -> `B` -> `C` -> `A`",
        "the schema `Self` is made of nothing but itself: `Self` -> `Self`",
        "the path `/ring` leads back to itself through references",
        "the path `/self` leads back to itself through references",
    ] {
        assert!(told.contains(&message), "{told:#?}");
    }
}

#[test]
fn pointers_through_references_end() {
    let mut document = document(named(1, |_| {
        json!({
            "type": "object",
            "properties": { "a": { "$ref": "#/components/schemas/A0/properties/a/properties/a" } },
        })
    }));
    assert_found(&document, ["unresolved-ref"]);
    let deep = format!("#/components/schemas/A0{}", "/properties/a".repeat(50_000));
    document["components"]["schemas"]["A0"]["properties"]["a"]["$ref"] = json!(deep);
    assert_found(&document, ["unresolved-ref"]);
}

#[test]
fn numbers_beyond_all_bounds_are_findings() {
    let huge = "9".repeat(400);
    let text = format!(
        r#"{{"openapi": "3.1.0", "info": {{"title": "Numbers", "version": 1e999999}}, "servers": [{{"url": "https://a.example:{huge}/"}}],
        "paths": {{}}, "components": {{"schemas": {{"A": {{"type": "object", "properties": {{
            "a": {{"type": "integer", "minimum": 1e400, "maximum": {huge}, "multipleOf": -0}},
            "b": {{"type": "string", "minLength": 1e400, "maxLength": {huge}, "default": -0}},
            "c": {{"type": "array", "minItems": -5, "maxItems": 1.5, "items": {{"type": "number", "enum": [1e999999, -0, 0.0]}}}}
        }}}}}}}}}}"#
    );
    let outcome = Generator::of_document(source(&*text)).run();
    assert!(codes(&outcome.findings).contains("unrepresentable-number"));
    assert_eq!(promises::generating(text.as_bytes()), Ok(()));
}

#[test]
fn bytes_that_are_no_text_are_findings() {
    let read = |bytes: &[u8]| {
        let mut findings = Findings::new();
        if let Some(source) = Source::decode("hostile.yaml", bytes.to_vec(), &mut findings) {
            findings.extend(Generator::of_document(source).run().findings);
        }
        codes(&findings).into_iter().collect::<Vec<_>>()
    };
    let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    assert_eq!(read(b"openapi: 3.1.0\ninfo: \xff\n"), ["not-utf8"]);
    assert_eq!(read(&utf16("\u{feff}openapi: 3.1.0")), ["not-utf8"]);
    assert_eq!(read(&utf16("openapi: 3.1.0")), ["malformed-yaml"]);
    assert_eq!(read(b"openapi: 3.1.0\0\ninfo: {}"), ["malformed-yaml"]);
    assert_eq!(read(b"{\"openapi\": \"3.1.0\", \"\\ud800\": 1}"), ["malformed-json"]);
    assert_eq!(read("\u{feff}\u{feff}openapi: [".as_bytes()), ["malformed-yaml"]);
}

#[test]
fn what_is_too_large_is_not_read() {
    let read = |text: String| {
        codes(&Generator::of_document(source(text)).run().findings)
            .into_iter()
            .collect::<Vec<_>>()
    };
    assert_eq!(read(" ".repeat(Source::MAX_BYTES + 1)), ["file-too-large"]);
    assert_eq!(read(format!("[{}0]", "0,".repeat(2_000_000))), ["file-too-large"]);
}

#[test]
fn wide_schemas_end() {
    let text = json!({ "type": "string" });
    let object = |field: String| json!({ "type": "object", "properties": { field: text } });
    let members: Vec<Value> = (0..5000).map(|index| object(format!("p{index}"))).collect();
    assert_found(&document(named(1, |_| json!({ "allOf": members }))), []);
    let values: Vec<String> = (0..20_000).map(|index| format!("v{index}")).collect();
    assert_found(&document(named(1, |_| json!({ "type": "string", "enum": values }))), []);
    let names: Map<String, Value> = (0..2000)
        .map(|count| ("a".to_owned() + &"-".repeat(count), text.clone()))
        .collect();
    assert_found(
        &document(named(1, |_| json!({ "type": "object", "properties": names }))),
        ["name-collision"],
    );
    let fields: Map<String, Value> = (0..5000).map(|index| (format!("p{index}"), text.clone())).collect();
    assert_found(
        &document(named(1, |_| json!({ "type": "object", "properties": fields }))),
        [],
    );
    assert_found(
        &document(named(1, |_| json!({ "type": "object", "required": values }))),
        ["required-undeclared"],
    );
}

#[test]
fn layers_of_unions_with_one_discriminator_end() {
    let each = 60;
    let schemas = named(4 * each, |index| {
        let below = (index / each + 1) * each;
        if below == 4 * each {
            return json!({
                "type": "object", "required": ["kind"], "properties": { "kind": { "const": format!("k{index}") } },
            });
        }
        let alternatives: Vec<_> = (below..below + each).map(reference).collect();
        json!({ "oneOf": alternatives, "discriminator": { "propertyName": "kind" } })
    });
    assert_generated(&document(schemas), ["union-by-trial"]);
}

#[test]
fn wide_operations_end() {
    let text = json!({ "type": "string" });
    let parameters: Vec<Value> = (0..500)
        .map(|index| json!({ "name": format!("p{index}"), "in": "path", "required": true, "schema": text }))
        .collect();
    let responses: Map<String, Value> = (100..1100)
        .map(|status| (status.to_string(), json!({ "description": "It." })))
        .collect();
    let segments: Vec<String> = (0..500).map(|index| format!("/{{p{index}}}")).collect();
    let path = segments.concat();
    let mut document = operation(json!({}));
    document["paths"] = json!({ path: { "get": { "parameters": parameters, "responses": responses } } });
    assert_generated(&document, ["malformed-status"]);
}

#[test]
fn names_and_descriptions_without_end_are_cut() {
    let long = "long ".repeat(40_000);
    let one = "x".repeat(200_000);
    let mut document = document(named(1, |_| {
        json!({
            "type": "object",
            "description": long,
            "properties": { (one.clone()): { "type": "string", "enum": [one, "b"], "description": one } },
        })
    }));
    let get = &mut document["paths"]["/things"]["get"];
    get["operationId"] = json!(one);
    get["tags"] = json!([one]);
    document["info"]["title"] = json!(one);
    assert_generated(&document, []);
    let files = Generator::of_document(source(document.to_string()))
        .run()
        .files
        .unwrap()
        .files;
    let longest = files.keys().flat_map(|path| path.split('/')).map(str::len).max();
    assert_eq!(longest, Some("x.rs".len() + 199));
}

#[test]
fn overlays_that_select_everything_end() {
    let schemas = named(
        2000,
        |_| json!({ "type": "object", "properties": { "a": { "type": "string" } } }),
    );
    let overlay = |action: Value| {
        let overlay = json!({
            "overlay": "1.0.0",
            "info": { "title": "All", "version": "1" },
            "actions": [action],
        });
        let generator = Generator::of_document(source(document(schemas.clone()).to_string()));
        let overlay = Source {
            name: "overlay.yaml".to_owned(),
            text: overlay.to_string(),
        };
        codes(&generator.overlay(&overlay).run().findings)
            .into_iter()
            .collect::<Vec<_>>()
    };
    assert_eq!(overlay(json!({ "target": "$..*", "remove": true })), ["not-openapi"]);
    let updated = overlay(json!({ "target": "$..*", "update": { "description": "d" } }));
    let filtered = overlay(json!({ "target": "$..[?@..*]", "update": { "description": "d" } }));
    let found = [
        "malformed-path",
        "malformed-status",
        "malformed-value",
        "missing-key",
        "path-without-slash",
        "unknown-key",
    ];
    assert_eq!(filtered, found);
    // It also selects what is no object.
    assert_eq!(updated, [&found[..4], &["overlay-wrong-kind"], &found[4..]].concat());
}
