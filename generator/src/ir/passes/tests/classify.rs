use crate::testing::{checked, flush, schemas, types, types_of};

#[test]
fn null_among_alternatives_is_nullability() {
    let outline = types(&schemas(
        "
        Holder:
          type: object
          required: [one, several]
          properties:
            one: {anyOf: [{type: string}, {type: 'null'}]}
            several: {anyOf: [{type: string}, {type: integer}, {type: 'null'}]}
            nothing: {anyOf: [{type: 'null'}, {type: 'null'}]}
            within: {anyOf: [{type: [string, 'null']}, {type: boolean}]}
        ",
    ));
    assert_eq!(
        outline,
        flush(
            "
        #0 object component Holder
          one: string(plain) or null
          several: #4 or null
          nothing?: null
          within?: #13 or null
        #4 union #0.several
          0: string(plain)
          1: i64
          told apart: integer -> 1, string -> [0]
        #13 union #0.within
          0: string(plain)
          1: bool
          told apart: boolean -> 1, string -> [0]
    "
        )
    );
}

#[test]
fn texts_are_one_open_list() {
    let outline = types(&schemas(
        "
        Region: {type: string, enum: [us, eu]}
        Holder:
          type: object
          properties:
            open: {anyOf: [{type: string, enum: [a, b]}, {type: string}]}
            named: {anyOf: [{$ref: '#/components/schemas/Region'}, {type: string}]}
            more: {anyOf: [{$ref: '#/components/schemas/Region'}, {const: us}, {const: asia}]}
            dated: {anyOf: [{type: string, format: date-time}, {type: string, format: date}]}
            mixed: {anyOf: [{enum: [auto]}, {type: string}, {type: integer}]}
        ",
    ));
    assert_eq!(
        outline,
        flush(
            "
        #0 enum component Region
          us eu
        #1 object component Holder
          open?: #3
          named?: #0
          more?: #17
          dated?: string(plain)
          mixed?: #13
        #3 enum #1.open
          a b
        #13 union #1.mixed
          0: #14
          1: i64
          told apart: integer -> 1, string -> [0]
        #14 enum #13 alternative 0
          auto
        #17 enum #1.more
          us eu asia
    "
        )
    );
}

#[test]
fn each_kind_of_json_has_its_alternative() {
    let outline = types(&schemas(
        "
        Any:
          anyOf:
          - {type: boolean}
          - {type: integer}
          - {type: number}
          - {type: string}
          - {type: array, items: {type: string}}
          - {type: array, items: {type: integer}}
          - {type: object, additionalProperties: {type: string}}
        Whole: {anyOf: [{type: integer, format: int32}, {type: integer}, {type: boolean}]}
        Anything: {type: object, properties: {value: {anyOf: [{type: string}, {}]}}}
        ",
    ));
    assert_eq!(
        outline,
        flush(
            "
        #0 union component Any
          0: bool
          1: i64
          2: f64
          3: string(plain)
          4: [string(plain)]
          5: [i64]
          6: {string(plain)}
          told apart: boolean -> 0, integer -> 1, number -> 2, string -> [3], array -> [4, 5], object -> 6
        #1 union component Whole
          0: i32
          1: bool
          told apart: boolean -> 1, integer -> 0
        #2 object component Anything
          value?: any
    "
        )
    );
}

#[test]
fn unions_in_unions_are_flat_unless_a_discriminator_keeps_them() {
    let outline = types(&schemas(
        "
        Text: {type: string}
        Inner: {anyOf: [{$ref: '#/components/schemas/Text'}, {type: integer}]}
        Outer: {anyOf: [{$ref: '#/components/schemas/Inner'}, {type: boolean}]}
        Left: {anyOf: [{$ref: '#/components/schemas/Right'}, {type: string}]}
        Right: {anyOf: [{$ref: '#/components/schemas/Left'}, {type: integer}]}
        A: {type: object, properties: {kind: {type: string}}}
        B: {type: object, properties: {kind: {type: string}}}
        Tagged:
          oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]
          discriminator: {propertyName: kind}
        Keeps: {anyOf: [{$ref: '#/components/schemas/Tagged'}, {type: string}]}
        ",
    ));
    assert_eq!(
        outline,
        flush(
            r#"
        #1 union component Inner
          0: string(plain)
          1: i64
          told apart: integer -> 1, string -> [0]
        #2 union component Outer
          0: string(plain)
          1: i64
          2: bool
          told apart: boolean -> 2, integer -> 1, string -> [0]
        #3 union component Left
          0: i64
          1: string(plain)
          told apart: integer -> 0, string -> [1]
        #4 union component Right
          0: i64
          1: string(plain)
          told apart: integer -> 0, string -> [1]
        #5 object component A
          kind?: const "A"
        #6 object component B
          kind?: const "B"
        #7 union component Tagged
          0: #5
          1: #6
          told apart: object by kind -> [("A", 0), ("B", 1)]
        #8 union component Keeps
          0: #7
          1: string(plain)
          told apart: string -> [1], object -> 0
    "#
        )
    );
}

#[test]
fn a_union_of_nothing_but_itself_is_anything() {
    let outline = types(&schemas(
        "
        A: {anyOf: [{$ref: '#/components/schemas/B'}, {$ref: '#/components/schemas/A'}]}
        B: {anyOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]}
        Holder: {type: object, properties: {a: {$ref: '#/components/schemas/A'}}}
        ",
    ));
    assert_eq!(
        outline,
        flush(
            "
        #2 object component Holder
          a?: any
    "
        )
    );
}

#[test]
fn unions_nested_deep_need_no_deep_stack() {
    let mut text = String::new();
    for index in 0..3000 {
        let next = index + 1;
        text += &format!("U{index}: {{anyOf: [{{$ref: '#/components/schemas/U{next}'}}, {{type: string}}]}}\n");
    }
    text += "U3000: {type: integer}\n";
    let (api, findings) = checked(&format!(
        "paths: {{/u: {{get: {{responses: {{'200': {{description: ok, content: {{application/json: {{schema: {{$ref: \
         '#/components/schemas/U0'}}}}}}}}}}}}}}}}\ncomponents:\n  schemas:\n{}",
        text.lines().map(|line| format!("    {line}\n")).collect::<String>()
    ));
    assert_eq!(findings, [""; 0]);
    assert_eq!(
        types_of(&api),
        flush(
            "
        #0 union component U0
          0: i64
          1: string(plain)
          told apart: integer -> 0, string -> [1]
    "
        )
    );
}

#[test]
fn constants_are_written_only_where_they_are_required() {
    let outline = types(&schemas(
        "
        Version: {const: v1}
        Holder:
          type: object
          required: [version, ok, count, list]
          properties:
            version: {$ref: '#/components/schemas/Version'}
            ok: {const: true}
            count: {const: 3}
            list: {type: array, items: {const: x}}
            later: {$ref: '#/components/schemas/Version'}
            maybe: {const: x}
            flag: {const: false}
            ratio: {const: 0.5}
        ",
    ));
    assert_eq!(
        outline,
        flush(
            r#"
        #1 object component Holder
          version: const "v1"
          ok: const true
          count: const 3
          list: [#5]
          later?: #9
          maybe?: #5
          flag?: bool
          ratio?: f64
        #5 enum item of #4 | #1.maybe
          x
        #9 enum component Version
          v1
    "#
        )
    );
}
