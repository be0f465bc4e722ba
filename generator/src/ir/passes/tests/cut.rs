//! What goes only one way, what is too deep, and what has no end.

use crate::testing::{api, checked, flush, operation, schemas, types, types_of};

#[test]
fn read_only_fields_are_not_sent_and_write_only_ones_not_answered() {
    let schema = |name: &str| {
        format!(
            "{name}: {{type: object, required: [id, key], properties: {{id: {{type: string, readOnly: true}}, key: {{type: \
             string, writeOnly: true}}}}}}\n    "
        )
    };
    let content =
        |name: &str| format!("content: {{application/json: {{schema: {{$ref: '#/components/schemas/{name}'}}}}}}");
    let outline = types(&format!(
        "
paths:
  /sent:
    put: {{requestBody: {{{}}}, responses: {{'200': {{description: ok, {}}}}}}}
  /both:
    put: {{requestBody: {{{}}}, responses: {{'200': {{description: ok, {}}}}}}}
components:
  schemas:
    {}{}{}
",
        content("Sent"),
        content("Answered"),
        content("Both"),
        content("Both"),
        schema("Sent"),
        schema("Answered"),
        schema("Both"),
    ));
    assert_eq!(
        outline,
        flush(
            "
        #0 object component Sent
          key: string(plain)
        #1 object component Answered
          id: string(plain)
        #2 object component Both
          id?: string(plain)
          key: string(plain)
    "
        )
    );
}

#[test]
fn chains_of_names_end_where_rustc_would() {
    let mut text = String::new();
    for index in 0..60 {
        let next = index + 1;
        text +=
            &format!("T{index}: {{type: object, properties: {{next: {{$ref: '#/components/schemas/T{next}'}}}}}}\n");
    }
    text += "T60: {type: object, properties: {end: {type: string}}}\n";
    let (api, findings) = checked(&schemas(&text));
    assert_eq!(
        findings,
        ["warning[nesting-too-deep] too many types stand in each other here"]
    );
    let outline = types_of(&api);
    let next = |name: &str| {
        let at = outline.find(&format!("component {name}\n")).unwrap();
        outline[at..].lines().nth(1).unwrap().trim().to_owned()
    };
    // 61 types: the 13 from the beginning stand around 48 others.
    assert_eq!(
        (next("T11"), next("T12"), next("T13")),
        ("next?: #12".into(), "next?: any".into(), "next?: #14".into())
    );
}

#[test]
fn lists_in_lists_end_where_nobody_means_them() {
    let mut text = String::new();
    for index in 0..500 {
        let next = index + 1;
        text += &format!("L{index}: {{type: array, items: {{$ref: '#/components/schemas/L{next}'}}}}\n");
    }
    text += "L500: {type: string}\nHolder: {type: object, properties: {list: {$ref: '#/components/schemas/L490'}}}\n";
    let (api, findings) = checked(&schemas(&text));
    assert_eq!(findings.len(), 31, "{findings:?}");
    assert_eq!(
        types_of(&api),
        flush(
            "
        #501 object component Holder
          list?: [[[[[[[[[[string(plain)]]]]]]]]]]
    "
        )
    );
}

#[test]
fn types_in_a_circle_are_no_chain() {
    let mut text = String::new();
    for index in 0..60 {
        let next = (index + 1) % 60;
        text +=
            &format!("T{index}: {{type: object, properties: {{next: {{$ref: '#/components/schemas/T{next}'}}}}}}\n");
    }
    assert_eq!(checked(&schemas(&text)).1, [""; 0]);
}

#[test]
fn lists_of_themselves_are_cut() {
    let (api, findings) = checked(&schemas(
        "
        List: {type: array, items: {$ref: '#/components/schemas/List'}}
        Hidden:
          anyOf:
          - {type: array, items: {$ref: '#/components/schemas/Hidden'}}
          - {type: array, items: {$ref: '#/components/schemas/Hidden'}}
        Tree: {anyOf: [{type: string}, {type: array, items: {$ref: '#/components/schemas/Tree'}}]}
        Holder: {type: object, properties: {list: {$ref: '#/components/schemas/List'}, hidden: {$ref: '#/components/schemas/Hidden'}}}
        ",
    ));
    assert_eq!(
        types_of(&api),
        flush(
            "
        #2 union component Tree
          0: string(plain)
          1: [#2]
          told apart: string -> [0], array -> [1]
        #3 object component Holder
          list?: any
          hidden?: any
    "
        )
    );
    assert_eq!(
        findings,
        [
            "warning[endless-type] the schema contains itself with no object or union in between",
            "warning[endless-type] the schema contains itself with no object or union in between"
        ]
    );
}

#[test]
fn cycles_are_boxed_once_where_they_close() {
    let outline = types(&schemas(
        "
        Node:
          type: object
          required: [next]
          properties:
            next: {anyOf: [{$ref: '#/components/schemas/Node'}, {type: 'null'}]}
            children: {type: array, items: {$ref: '#/components/schemas/Node'}}
            named: {type: object, additionalProperties: {$ref: '#/components/schemas/Node'}}
            other: {$ref: '#/components/schemas/Other'}
        Other: {anyOf: [{type: string}, {$ref: '#/components/schemas/Node'}]}
        ",
    ));
    assert_eq!(
        outline,
        flush(
            "
        #0 object component Node
          next: #0 or null boxed
          children?: [#0]
          named?: {#0}
          other?: #1
        #1 union component Other
          0: string(plain)
          1: #0 boxed
          told apart: string -> [0], object -> 1
    "
        )
    );
}

#[test]
fn what_is_sent_and_what_is_answered_is_known_of_every_type() {
    use crate::ir::analysis::{reach, usage};
    let api = api(&operation(
        "
        parameters: [{name: q, in: query, schema: {enum: [a, b]}}]
        requestBody: {content: {application/json: {schema: {type: object, properties: {n: {type: integer}}}}}}
        responses: {'200': {description: ok, content: {application/json: {schema: {type: array, items: {type: boolean}}}}}}
        ",
    ));
    let uses = usage::of(&api);
    let ways: Vec<(u32, bool, bool)> = reach::from(&api, api.roots())
        .into_iter()
        .map(|id| (id.0, uses[id.0 as usize].sent, uses[id.0 as usize].answered))
        .collect();
    let expected = [
        (0, true, false),
        (1, true, false),
        (2, true, false),
        (3, true, false),
        (4, false, true),
        (5, false, true),
    ];
    assert_eq!(ways, expected);
}
