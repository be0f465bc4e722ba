//! Documents of several files, on the smallest trees.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::{Files, Unread, bundle};
use crate::diagnostic::Findings;
use crate::front::source::{Source, parse};

/// A document `api/v1/openapi.yaml` of these parts, and what it becomes with these files beside it.
fn bundled(document: &str, files: &[(&str, &str)]) -> (Json, Vec<String>) {
    let file = |(name, text): &(&str, &str)| {
        // What begins with a brace is read as JSON, unless something stands before it.
        let is_yaml = text.starts_with('{') && !text.starts_with("{\"");
        let head = if is_yaml { "---\n" } else { "" };
        ((*name).to_owned(), format!("{head}{text}"))
    };
    let files: BTreeMap<String, String> = files.iter().map(file).collect();
    with_files(document, &files)
}

fn with_files(document: &str, files: &dyn Files) -> (Json, Vec<String>) {
    let source = Source {
        name: "api/v1/openapi.yaml".to_owned(),
        text: document.to_owned(),
    };
    let mut findings = Findings::new();
    let tree = parse(&source, &mut findings).unwrap();
    let bundled = bundle(tree, files, &mut findings);
    let errors = findings.iter().filter(|finding| finding.severity.as_str() == "error");
    for place in errors.filter_map(|finding| finding.place.as_ref()) {
        let known = bundled.lost.contains(place) || !place.file.ends_with("openapi.yaml");
        assert!(known, "{place} is reported, but not among the lost");
    }
    let lines = findings.sorted().into_iter().map(|finding| {
        assert!(!finding.help.is_empty(), "no help: {finding}");
        let place = finding.place.as_ref().map(ToString::to_string).unwrap_or_default();
        let (severity, code) = (finding.severity.as_str(), finding.code);
        format!("{place} {severity}[{code}] {}", finding.message)
    });
    (bundled.tree.to_json(), lines.collect())
}

/// The same, where nothing is found wrong.
#[track_caller]
fn clean(document: &str, files: &[(&str, &str)]) -> Json {
    let (tree, findings) = bundled(document, files);
    assert_eq!(findings, Vec::<String>::new());
    tree
}

#[test]
fn a_document_without_other_files_stays_as_it_is() {
    let text = "openapi: 3.0.0\na: {$ref: other.yaml}\nx-b: {$ref: other.yaml}\ncomponents: {schemas: {A: {$ref: '#/components/schemas/B'}}}\n";
    let components = json!({"schemas": {"A": {"$ref": "#/components/schemas/B"}}});
    assert_eq!(
        clean(text, &[]),
        json!({
            "openapi": "3.0.0", "a": {"$ref": "other.yaml"}, "x-b": {"$ref": "other.yaml"}, "components": components,
        })
    );
}

#[test]
fn what_is_referred_to_becomes_a_component_once() {
    let tree = clean(
        "components:
  schemas:
    A:
      properties:
        whole: {$ref: schemas/Pet.yaml, description: said here}
        again: {$ref: ./x/../schemas/Pet.yaml}
        part: {$ref: 'all.json#/Size~1unit~0%20a'}
        inner: {$ref: 'schemas/Pet.yaml#/properties/name'}
",
        &[
            (
                "api/v1/schemas/Pet.yaml",
                "{type: object, properties: {name: {type: string}}}",
            ),
            ("api/v1/all.json", "{\"Size/unit~ a\": {\"type\": \"integer\"}}"),
        ],
    );
    let name = "Size~1unit~0 a";
    assert_eq!(
        tree["components"]["schemas"],
        json!({
            "A": {"properties": {
                "whole": {"$ref": "#/components/schemas/Pet", "description": "said here"},
                "again": {"$ref": "#/components/schemas/Pet"},
                "part": {"$ref": format!("#/components/schemas/{name}")},
                "inner": {"$ref": "#/components/schemas/Pet/properties/name"},
            }},
            "Pet": {"type": "object", "properties": {"name": {"type": "string"}}},
            "Size/unit~ a": {"type": "integer"},
        })
    );
}

#[test]
fn references_are_relative_to_the_file_where_they_stand() {
    let tree = clean(
        "paths: {/a: {$ref: paths/a.yaml}}\ncomponents: {schemas: {Root: {type: string}}}\n",
        &[
            (
                "api/v1/paths/a.yaml",
                "get: {responses: {200: {$ref: '../../common.yaml#/responses/Ok'}, 400: {$ref: ../openapi.yaml#/x}}}",
            ),
            (
                "api/common.yaml",
                "responses: {Ok: {content: {a/b: {schema: {oneOf: [{$ref: '#/S'}, {$ref: 'v1/openapi.yaml#/components/schemas/Root'}]}}}}}
S: {items: {$ref: '#/S'}}
",
            ),
        ],
    );
    let own = json!({"$ref": "#/x"});
    assert_eq!(
        tree,
        json!({
            "paths": {"/a": {"$ref": "#/components/pathItems/a"}},
            "components": {
                "schemas": {"Root": {"type": "string"}, "S": {"items": {"$ref": "#/components/schemas/S"}}},
                "pathItems": {"a": {"get": {"responses": {"200": {"$ref": "#/components/responses/Ok"}, "400": own}}}},
                "responses": {"Ok": {"content": {"a/b": {"schema": {"oneOf": [
                    {"$ref": "#/components/schemas/S"}, {"$ref": "#/components/schemas/Root"},
                ]}}}}},
            },
        })
    );
}

#[test]
fn every_kind_of_component_has_its_section() {
    let tree = clean(
        "paths:
  /a:
    post:
      parameters: [{$ref: f.yaml#/p}]
      requestBody: {$ref: f.yaml#/b}
      callbacks: {done: {$ref: f.yaml#/c}}
      responses: {200: {headers: {H: {$ref: f.yaml#/h}}, links: {l: {$ref: f.yaml#/l}}, content: {a/b: {$ref: f.yaml#/m}}}}
webhooks: {hook: {$ref: f.yaml#/w}}
components: {securitySchemes: {key: {$ref: f.yaml#/k}}}
",
        &[(
            "api/v1/f.yaml",
            "{p: {name: p}, b: {content: {}}, c: {'{$url}': {$ref: '#/w'}}, h: {schema: {$ref: '#/s'}}, l: {operationId: o},
m: {examples: {e: {$ref: '#/e'}}}, e: {value: {$ref: '#/s'}}, w: {post: {}}, k: {type: http}, s: {type: string}}",
        )],
    );
    assert_eq!(
        tree["components"],
        json!({
            "securitySchemes": {"key": {"type": "http"}},
            "parameters": {"p": {"name": "p"}},
            "requestBodies": {"b": {"content": {}}},
            "callbacks": {"c": {"{$url}": {"$ref": "#/components/pathItems/w"}}},
            "headers": {"h": {"schema": {"$ref": "#/components/schemas/s"}}},
            "links": {"l": {"operationId": "o"}},
            "mediaTypes": {"m": {"examples": {"e": {"$ref": "#/components/examples/e"}}}},
            "pathItems": {"w": {"post": {}}},
            "schemas": {"s": {"type": "string"}},
            "examples": {"e": {"value": {"$ref": "#/s"}}},
        })
    );
}

#[test]
fn a_component_that_is_only_a_reference_keeps_its_name() {
    let tree = clean(
        "components:
  schemas:
    Animal: {$ref: pet.yaml}
    Beast: {$ref: pet.yaml}
    Cat: {$ref: cat.yaml, description: more}
",
        &[
            ("api/v1/pet.yaml", "{items: {$ref: '#'}, not: {$ref: cat.yaml}}"),
            ("api/v1/cat.yaml", "{type: string}"),
        ],
    );
    assert_eq!(
        tree["components"]["schemas"],
        json!({
            "Animal": {"items": {"$ref": "#/components/schemas/Animal"}, "not": {"$ref": "#/components/schemas/cat"}},
            "Beast": {"$ref": "#/components/schemas/Animal"},
            "Cat": {"$ref": "#/components/schemas/cat", "description": "more"},
            "cat": {"type": "string"},
        })
    );
}

#[test]
fn a_name_that_is_taken_gets_a_number_and_its_discriminator_value_stays() {
    let (tree, findings) = bundled(
        "components:
  schemas:
    Dog: {type: string}
    Pet: {oneOf: [{$ref: a.yaml#/Dog}, {$ref: b.yaml#/Cat}], discriminator: {propertyName: kind}}
",
        &[
            ("api/v1/a.yaml", "Dog: {type: object}"),
            ("api/v1/b.yaml", "Cat: {type: object}"),
        ],
    );
    assert_eq!(
        tree["components"]["schemas"]["Pet"],
        json!({
            "oneOf": [{"$ref": "#/components/schemas/Dog_2"}, {"$ref": "#/components/schemas/Cat"}],
            "discriminator": {"propertyName": "kind", "mapping": {"Dog": "#/components/schemas/Dog_2"}},
        })
    );
    assert_eq!(
        findings,
        [
            "api/v1/openapi.yaml:4:26 note[renamed-component] `Dog` of `api/v1/a.yaml` is called `Dog_2`: there is another"
        ]
    );
}

#[test]
fn a_discriminator_maps_to_files_and_to_names_of_its_file() {
    let tree = clean(
        "components:
  schemas:
    a.yaml: {type: integer}
    Pet: {discriminator: {propertyName: k, mapping: {one: ./one.yaml, a: a.yaml, two: 'two.yaml#/components/schemas/Two'}}}
",
        &[
            ("api/v1/one.yaml", "{type: object}"),
            (
                "api/v1/two.yaml",
                "components: {schemas: {Two: {discriminator: {propertyName: k, mapping: {x: Three, y: Gone}}}, Three: {type: string}}}",
            ),
        ],
    );
    assert_eq!(
        tree["components"]["schemas"],
        json!({
            "a.yaml": {"type": "integer"},
            "Pet": {"discriminator": {"propertyName": "k", "mapping": {
                "one": "#/components/schemas/one", "a": "a.yaml", "two": "#/components/schemas/Two",
            }}},
            "one": {"type": "object"},
            "Two": {"discriminator": {"propertyName": "k", "mapping": {"x": "#/components/schemas/Three", "y": "Gone"}}},
            "Three": {"type": "string"},
        })
    );
}

#[test]
fn files_that_refer_to_each_other_come_to_an_end() {
    let tree = clean(
        "components: {schemas: {A: {$ref: a.yaml}, B: {$ref: 'b.yaml#/B'}}}\n",
        &[
            ("api/v1/a.yaml", "{properties: {b: {$ref: b.yaml#/B}}}"),
            (
                "api/v1/b.yaml",
                "{B: {properties: {a: {$ref: ./a.yaml}, c: {$ref: c.yaml}}}}",
            ),
            ("api/v1/c.yaml", "{$ref: d.yaml}"),
            ("api/v1/d.yaml", "{$ref: c.yaml}"),
        ],
    );
    assert_eq!(
        tree["components"]["schemas"],
        json!({
            "A": {"properties": {"b": {"$ref": "#/components/schemas/B"}}},
            "B": {"properties": {"a": {"$ref": "#/components/schemas/A"}, "c": {"$ref": "#/components/schemas/c"}}},
            "c": {"$ref": "#/components/schemas/d"},
            "d": {"$ref": "#/components/schemas/c"},
        })
    );
}

#[test]
fn what_nothing_can_refer_to_is_put_in_place_of_references() {
    let (tree, findings) = bundled(
        "paths: {$ref: paths/all.yaml}\ncomponents: {schemas: {$ref: schemas.yaml}}\n",
        &[
            (
                "api/v1/paths/all.yaml",
                "/a: {get: {$ref: get.yaml#/get}}\n/b: {$ref: '#/~1a'}\n",
            ),
            (
                "api/v1/paths/get.yaml",
                "get: {responses: {$ref: '#/all'}}\nall: {200: {description: d}}\n",
            ),
            (
                "api/v1/schemas.yaml",
                "A: {properties: {$ref: '#/more'}}\nmore: {a: {$ref: '#/A'}}\n",
            ),
        ],
    );
    assert_eq!(
        tree,
        json!({
            "paths": {
                "/a": {"get": {"responses": {"200": {"description": "d"}}}},
                "/b": {"$ref": "#/components/pathItems/all"},
            },
            "components": {
                "schemas": {
                    "A": {"properties": {"a": {"$ref": "#/components/schemas/A_2"}}},
                    "more": {"a": {"$ref": "#/A"}},
                    "A_2": {"properties": {"a": {"$ref": "#/components/schemas/A_2"}}},
                },
                "pathItems": {"all": {"get": {"responses": {"200": {"description": "d"}}}}},
            },
        })
    );
    assert_eq!(findings.len(), 2, "{findings:?}");
}

#[test]
fn what_is_put_in_place_does_not_hold_itself() {
    let (_, findings) = bundled(
        "components: {schemas: {A: {properties: {$ref: a.yaml}}}}\n",
        &[("api/v1/a.yaml", "{b: {properties: {$ref: a.yaml}}}")],
    );
    let lines: Vec<&str> = findings.iter().map(String::as_str).collect();
    assert_eq!(
        lines,
        [
            "api/v1/a.yaml:2:25 error[ref-cycle] `a.yaml` leads back to itself through nothing but references",
            "api/v1/openapi.yaml:1:47 note[misplaced-ref] OpenAPI has no reference in this place; what it leads to is put there",
        ]
    );
}

#[test]
fn anchors_and_pasted_schemas_of_other_files_are_their_own() {
    let tree = clean(
        "components: {schemas: {A: {$anchor: a, $ref: 'b.yaml#a'}, C: {$ref: 'c.yaml#/X/C'}}}\n",
        &[
            ("api/v1/b.yaml", "{defs: [{$anchor: a, type: string}]}"),
            (
                "api/v1/c.yaml",
                "X: {C: {$defs: {D: {type: integer}}, $ref: '#/$defs/D'}}\n",
            ),
        ],
    );
    assert_eq!(
        tree["components"]["schemas"],
        json!({
            "A": {"$anchor": "a", "$ref": "#/components/schemas/defs"},
            "C": {"$defs": {"D": {"type": "integer"}}, "$ref": "#/components/schemas/D"},
            "defs": {"type": "string"},
            "D": {"type": "integer"},
        })
    );
}

#[test]
fn swagger_keeps_its_components_elsewhere() {
    let tree = clean(
        "swagger: '2.0'\ndefinitions: {A: {$ref: a.yaml}, B: {not: {$ref: b.yaml#/definitions/A}}}\npaths: {/a: {get: {parameters: [{$ref: \
         b.yaml#/p}], responses: {200: {$ref: b.yaml#/r}}}}}\n",
        &[
            ("api/v1/a.yaml", "{type: string}"),
            (
                "api/v1/b.yaml",
                "{p: {name: p}, r: {schema: {$ref: a.yaml}}, definitions: {A: {$ref: a.yaml}}}",
            ),
        ],
    );
    assert_eq!(tree["definitions"]["A"], json!({"type": "string"}));
    assert_eq!(tree["parameters"], json!({"p": {"name": "p"}}));
    assert_eq!(tree["responses"], json!({"r": {"schema": {"$ref": "#/definitions/A"}}}));
    assert_eq!(tree.get("components"), None);
}

#[test]
fn a_file_of_another_dialect_is_reported_once() {
    let text =
        "openapi: 3.0.0\ncomponents: {schemas: {A: {$ref: a.yaml#/definitions/A}, B: {$ref: a.yaml#/definitions/B}}}\n";
    let other = "swagger: '2.0'\ndefinitions: {A: {type: string}, B: {type: string}}\n";
    let (_, findings) = bundled(text, &[("api/v1/a.yaml", other)]);
    assert_eq!(
        findings,
        [
            "api/v1/openapi.yaml:2:34 warning[mixed-dialects] `api/v1/a.yaml` has the key `swagger`, but is read as OpenAPI 3, as the \
             document is"
        ]
    );
}

#[test]
fn what_is_an_id_of_the_document_is_no_file() {
    let text =
        "$self: self.json\ncomponents: {schemas: {A: {$id: a.json}, B: {$ref: a.json}, C: {$ref: 'self.json#/x'}}}\n";
    let (tree, findings) = bundled(text, &[]);
    assert_eq!(findings, Vec::<String>::new());
    assert_eq!(tree["components"]["schemas"]["B"], json!({"$ref": "a.json"}));
}

#[test]
fn references_that_lead_nowhere_are_reported_where_they_stand() {
    let (tree, findings) = bundled(
        "components:
  schemas:
    A: {$ref: gone.yaml}
    B: {$ref: 'b.yaml#/Gone'}
    C: {$ref: bad.yaml}
    D: {$ref: openapi.yaml}
    E: {properties: {a: {$ref: gone.yaml#/a}, b: {$ref: 'b.yaml#a'}, c: {$ref: 'https://e.com/a.yaml'}}}
",
        &[("api/v1/b.yaml", "A: {type: string}"), ("api/v1/bad.yaml", "{a")],
    );
    let missing = "error[file-not-found] there is no file `api/v1/gone.yaml`; what refers to it is left out";
    assert_eq!(tree["components"]["schemas"]["A"], json!({"$ref": "gone.yaml"}));
    let lines: Vec<&str> = findings
        .iter()
        .map(String::as_str)
        .filter(|line| !line.contains("bad.yaml:"))
        .collect();
    assert_eq!(
        lines,
        [
            &*format!("api/v1/openapi.yaml:3:15 {missing}"),
            "api/v1/openapi.yaml:4:15 error[unresolved-ref] `b.yaml#/Gone` points to nothing: `api/v1/b.yaml` has no `#/Gone`",
            "api/v1/openapi.yaml:5:15 error[file-unreadable] `api/v1/bad.yaml` is neither YAML nor JSON; what refers to it is left out",
            "api/v1/openapi.yaml:6:15 error[unresolved-ref] `openapi.yaml` points to the whole document, which is no part of one",
            "api/v1/openapi.yaml:7:57 error[unresolved-ref] `b.yaml#a` points to nothing: `api/v1/b.yaml` has no `#a`",
        ]
    );
}

/// Files whose content is of no interest.
#[derive(Debug)]
struct Endless;

impl Files for Endless {
    fn read(&self, name: &str, limit: u64) -> Result<Vec<u8>, Unread> {
        match name {
            "api/v1/large.yaml" => Err(Unread::TooLarge),
            "api/v1/secret.yaml" => Err(Unread::Failed("permission denied".to_owned())),
            _ if limit < 1000 => Err(Unread::TooLarge),
            _ => {
                let number: u32 = name
                    .trim_start_matches("api/v1/")
                    .trim_end_matches(".yaml")
                    .parse()
                    .unwrap();
                Ok(format!("not: {{$ref: {}.yaml}}", number + 1).into_bytes())
            }
        }
    }
}

#[test]
fn files_are_bounded() {
    let (_, findings) = with_files(
        "components: {schemas: {A: {$ref: large.yaml}, B: {$ref: secret.yaml}}}\n",
        &Endless,
    );
    assert_eq!(
        findings,
        [
            "api/v1/openapi.yaml:1:34 error[too-many-files] the document is made of more than 64 MiB in other files; from here on, \
             what it refers to is left out",
            "api/v1/openapi.yaml:1:57 error[file-unreadable] `api/v1/secret.yaml` cannot be read: permission denied; what refers to \
             it is left out",
        ]
    );
    let (_, findings) = with_files("components: {schemas: {A: {$ref: 1.yaml}}}\n", &Endless);
    assert_eq!(
        findings,
        [
            "api/v1/4096.yaml:1:13 error[too-many-files] the document is made of more than 4096 files; from here on, what it refers to \
             is left out"
        ]
    );
}

#[test]
fn copies_are_bounded() {
    let leaf = "[0, 0, 0, 0, 0, 0, 0, 0, 0, 0]";
    let ten = |inner: &str| format!("[{}]", [inner; 10].join(", "));
    let large = format!("{{x-large: {}, properties: {{}}}}", ten(&ten(&ten(&ten(leaf)))));
    let references: Vec<String> = (0..30)
        .map(|at| format!("p{at}: {{properties: {{$ref: large.yaml}}}}"))
        .collect();
    let document = format!("components: {{schemas: {{{}}}}}\n", references.join(", "));
    let (_, findings) = bundled(&document, &[("api/v1/large.yaml", &large)]);
    let last = findings.last().map(String::as_str).unwrap_or_default();
    assert!(
        last.contains("error[too-many-files] the document is made of too many parts of other files"),
        "{last}"
    );
}
