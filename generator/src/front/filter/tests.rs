//! What is selected of small documents, and what is said about it.

use super::{Filter, Pattern, Selection, select};
use crate::diagnostic::{Findings, Place};
use crate::front::normalize::normalize;
use crate::front::source::{Node, Source, parse};

const DOCUMENT: &str = "\
openapi: 3.1.0
info: {title: T, version: '1'}
security: [{key: []}]
paths:
  /pets:
    parameters: [{$ref: '#/components/parameters/Page'}]
    get: {operationId: listPets, tags: [pets], responses: {'200': {$ref: '#/components/responses/Pets'}}}
    POST: {operationId: addPet, tags: [pets, admin], security: [{admin: []}], responses: {}}
  shops: {$ref: '#/components/pathItems/Shops'}
  /broken: 5
  x-order: 1
components:
  parameters: {Page: {name: page, in: query, schema: {$ref: '#/components/schemas/Page'}}}
  responses: {Pets: {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}
  pathItems: {Shops: {get: {operationId: listShops, responses: {'200': {$ref: '#/components/responses/Shops'}}}}}
  schemas:
    Page: {type: integer}
    Pet: {discriminator: {propertyName: kind, mapping: {cat: Cat, own: '#/components/schemas/Pet'}}, anyOf: [{type: object}]}
    Cat: {type: object}
    Shop: {$ref: '#/components/schemas/Gone'}
  securitySchemes: {key: {type: http, scheme: bearer}, admin: {type: http, scheme: basic}}
";

fn tree(text: &str) -> Node {
    let source = Source {
        name: "api.yaml".to_owned(),
        text: text.to_owned(),
    };
    parse(&source, &mut Findings::new()).unwrap()
}

fn filter(include: &[&str], exclude: &[&str]) -> Filter {
    let patterns = |texts: &[&str]| texts.iter().map(|text| Pattern::parse(text, None).unwrap()).collect();
    Filter {
        include: patterns(include),
        exclude: patterns(exclude),
    }
}

/// The selection, and the findings with their help.
fn run(text: &str, filters: [&Filter; 2]) -> (Option<Selection>, Vec<String>) {
    let mut findings = Findings::new();
    let selection = select(&tree(text), filters, &mut findings);
    (selection, findings.iter().map(ToString::to_string).collect())
}

/// The paths with their methods, and the components by section, after `normalize`; and its findings.
fn left(text: &str, filter: &Filter) -> (Vec<String>, Vec<String>) {
    let tree = tree(text);
    let selection = select(&tree, [filter, &Filter::default()], &mut Findings::new()).unwrap();
    let mut findings = Findings::new();
    let normalized = normalize(&tree.into(), &selection, &mut findings).unwrap();
    let keys = |node: Option<&Node>| -> Vec<String> {
        let map = node.and_then(Node::as_object).into_iter().flatten();
        map.map(|(key, entry)| {
            let inner: Vec<_> = entry
                .node
                .as_object()
                .into_iter()
                .flatten()
                .map(|(key, _)| key.as_str())
                .collect();
            format!("{key}: {}", inner.join(" "))
        })
        .collect()
    };
    let mut parts = keys(normalized.tree.get("paths"));
    parts.extend(keys(normalized.tree.get("components")));
    (parts, findings.iter().map(|finding| finding.message.clone()).collect())
}

#[test]
fn without_filters_nothing_is_passed_over() {
    let (selection, findings) = run(DOCUMENT, [&Filter::default(), &Filter::default()]);
    assert_eq!(selection, Some(Selection::default()));
    assert_eq!(findings, [""; 0]);
    assert!(!Selection::default().leaves_out_component("schemas", "Pet"));
}

#[test]
fn of_a_document_without_operations_filters_say_nothing() {
    let filters = [&filter(&["tag:pets"], &[]), &Filter::default()];
    assert_eq!(
        run("swagger: '2.0'\npaths: {/a: 5}\n", filters),
        (Some(Selection::default()), vec![])
    );
}

#[test]
fn what_nothing_needs_is_left_out_with_its_findings() {
    let (parts, findings) = left(DOCUMENT, &filter(&["id:listPets"], &[]));
    assert_eq!(
        parts,
        [
            "/pets: get",
            "x-order: ",
            "schemas: Page Pet Cat",
            "responses: Pets",
            "parameters: Page",
            "securitySchemes: key",
        ]
    );
    assert_eq!(findings, [""; 0]);
    let (parts, _) = left(DOCUMENT, &filter(&["tag:admin"], &[]));
    assert_eq!(
        parts,
        [
            "/pets: post",
            "x-order: ",
            "schemas: Page",
            "parameters: Page",
            "securitySchemes: key admin"
        ]
    );
}

#[test]
fn a_path_that_has_no_operations_stays_unless_filters_speak_of_it() {
    let broken = "the path `/broken` is a number, not an object; it is left out";
    let has = |filter| left(DOCUMENT, &filter).1.contains(&broken.to_owned());
    assert!(has(filter(&[], &["tag:admin"])));
    assert!(has(filter(&["path:/broken", "id:listPets"], &[])));
    assert!(!has(filter(&[], &["path:/broken"])));
    assert!(!has(filter(&["path:/pets"], &[])));
}

#[test]
fn operations_of_shared_path_items_are_told_apart_by_their_paths() {
    let text = "\
openapi: 3.1.0
info: {title: T, version: '1'}
paths:
  /a: {$ref: '#/components/pathItems/Both'}
  /b: {$ref: '#/components/pathItems/Both'}
components: {pathItems: {Both: {get: {responses: {}}, put: {responses: {}}}}}
";
    let (parts, _) = left(text, &filter(&[], &["path:/b", "method:PUT"]));
    assert_eq!(parts, ["/a: get"]);
}

#[test]
fn what_is_kept_may_refer_into_what_is_left_out() {
    let text = "\
openapi: 3.1.0
info: {title: T, version: '1'}
paths:
  /a: {get: {responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}}}}
  /b: {get: {responses: {'200': {$ref: '#/paths/~1a/get/responses/200'}}}}
components: {schemas: {A: {type: string}, B: {type: string}}}
";
    let (parts, findings) = left(text, &filter(&["path:/b"], &[]));
    assert_eq!(parts, ["/b: get", "schemas: A", "responses: a_get"]);
    assert_eq!(findings, [""; 0]);
}

#[test]
fn references_that_may_lead_anywhere_keep_all_components() {
    let text = "\
openapi: 3.1.0
info: {title: T, version: '1'}
paths:
  /a: {get: {responses: {'200': {description: ok, content: {application/json: {schema: {$ref: 'urn:b'}}}}}}}
  /b: {get: {responses: {}}}
components: {schemas: {A: {type: string}, B: {$id: 'urn:b', type: string}}}
";
    assert_eq!(left(text, &filter(&["path:/a"], &[])).0[1..], ["schemas: A B urn:b"]);
    assert_eq!(left(text, &filter(&["path:/b"], &[])).0, ["/b: get"]);
}

#[test]
fn the_second_filter_narrows_what_the_first_leaves() {
    let (selection, findings) = run(DOCUMENT, [&filter(&["tag:pets"], &[]), &filter(&[], &["method:post"])]);
    let selection = selection.unwrap();
    assert!(!selection.leaves_out("/pets", "get"));
    assert!(selection.leaves_out("/pets", "post"));
    assert!(selection.leaves_out_path("/shops"));
    let note = "note[filtered]: 1 of 3 operations are generated; the filters leave out the others\n  help: nothing needs to be done";
    assert_eq!(findings, [note]);
    let (_, findings) = run(DOCUMENT, [&filter(&["tag:pets"], &[]), &filter(&["id:listShops"], &[])]);
    assert_eq!(
        findings,
        [
            "error[filter-unmatched]: the filter `id:listShops` fits no operation\n  help: did you mean `id:listPets`? If not, remove \
             the filter"
        ]
    );
}

#[test]
fn a_filter_that_fits_nothing_is_an_error() {
    let (selection, findings) = run(
        DOCUMENT,
        [
            &filter(&["tag:pets", "tag:Pets", "path:/v1/**"], &["path:/shops"]),
            &Filter::default(),
        ],
    );
    assert!(selection.is_some());
    assert_eq!(
        findings,
        [
            "error[filter-unmatched]: the filter `tag:Pets` fits no operation\n  help: did you mean `tag:pets`? If not, remove the \
             filter",
            "error[filter-unmatched]: the filter `path:/v1/**` fits no operation\n  help: remove the filter, or correct it; `*` is \
             any text without a slash, `**` any text",
            "error[filter-unmatched]: the filter `path:/shops` fits no operation that is included\n  help: remove the filter, or \
             correct it; `*` is any text without a slash, `**` any text",
            "note[filtered]: 2 of 3 operations are generated; the filters leave out the others\n  help: nothing needs to be done",
        ]
    );
}

#[test]
fn filters_that_leave_nothing_are_an_error_at_their_place() {
    let place = Place {
        file: "client.toml".into(),
        line: 5,
        column: 12,
    };
    let mut exclude = filter(&[], &[]);
    exclude.exclude.extend(Pattern::parse("path:**", Some(place)));
    assert_eq!(
        run(DOCUMENT, [&exclude, &Filter::default()]),
        (
            None,
            vec![
                "client.toml:5:12: error[filter-excludes-all]: the filters leave out every operation of the document\n  help: \
                 include more, or exclude less"
                    .to_owned()
            ]
        )
    );
}
