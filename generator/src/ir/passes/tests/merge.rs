use crate::testing::{checked, flush, schemas, types, types_of};

#[test]
fn parts_become_one_record() {
    let outline = types(&schemas(
        "
        Pet:
          type: object
          required: [name]
          properties: {name: {type: string}, age: {type: integer}}
        Cat:
          allOf:
          - $ref: '#/components/schemas/Pet'
          - type: object
            required: [age]
            properties: {age: {type: integer, format: int32}, lives: {type: integer}}
        ",
    ));
    assert_eq!(
        outline,
        flush(
            "
        #0 object component Pet
          name: string(plain)
          age?: i64
        #1 object component Cat
          name: string(plain)
          age: i64
          lives?: i64
    "
        )
    );
}

#[test]
fn a_part_may_require_what_another_declares() {
    let outline = types(&schemas(
        "
        Pet: {type: object, properties: {name: {type: string}, age: {type: integer}}}
        Beside: {allOf: [{$ref: '#/components/schemas/Pet'}], required: [name]}
        Within: {allOf: [{$ref: '#/components/schemas/Pet'}, {required: [age]}]}
        Typed: {allOf: [{$ref: '#/components/schemas/Pet'}, {type: object, required: [name]}, {type: object}]}
        ",
    ));
    assert_eq!(
        outline,
        flush(
            "
        #0 object component Pet
          name?: string(plain)
          age?: i64
        #1 object component Beside
          name: string(plain)
          age?: i64
        #2 object component Within
          name?: string(plain)
          age: i64
        #3 object component Typed
          name: string(plain)
          age?: i64
    "
        )
    );
}

#[test]
fn null_is_allowed_where_every_part_allows_it_in_whatever_order_they_stand() {
    let document = |names: [&str; 3]| {
        let [first, second, third] = names;
        let schema = |name| match name {
            "Outer" => "Outer: {allOf: [{$ref: '#/components/schemas/Inner'}, {description: Says nothing of null.}]}",
            "Inner" => "Inner: {allOf: [{$ref: '#/components/schemas/Base'}, {description: Nothing either.}]}",
            _ => "Base: {type: [object, 'null'], properties: {a: {type: string}}}",
        };
        let holder = "Holder: {type: object, required: [outer], properties: {outer: {$ref: '#/components/schemas/Outer'}, \
                      plain: {allOf: [{$ref: '#/components/schemas/Base'}, {type: object, properties: {b: {type: string}}}]}}}";
        schemas(&[schema(first), schema(second), schema(third), holder].join("\n"))
    };
    for names in [["Outer", "Inner", "Base"], ["Base", "Inner", "Outer"]] {
        let outline = types(&document(names));
        let holder = outline.find("component Holder").map(|at| &outline[at..]).unwrap();
        let fields: Vec<&str> = holder
            .lines()
            .skip(1)
            .take(2)
            .map(|line| line.rsplit(' ').next().unwrap())
            .collect();
        assert_eq!(fields[0], "null", "{outline}");
        assert!(fields[1].starts_with('#'), "{outline}");
    }
}

#[test]
fn a_field_keeps_the_null_that_every_part_allows() {
    let outline = types(&schemas(
        "
        Point: {type: [object, 'null'], properties: {x: {type: number}}}
        Base:
          type: object
          properties:
            text: {type: [string, 'null']}
            one: {type: [string, 'null']}
            said: {type: [string, 'null']}
            free: {}
            same: {$ref: '#/components/schemas/Point'}
            point: {$ref: '#/components/schemas/Point'}
            map: {type: [object, 'null'], additionalProperties: {type: [string, 'null']}}
        Sub:
          allOf:
          - $ref: '#/components/schemas/Base'
          - type: object
            properties:
              text: {type: [string, 'null'], enum: [a, null]}
              one: {type: string}
              said: {description: Says nothing of null.}
              free: {type: [integer, 'null']}
              same: {$ref: '#/components/schemas/Point'}
              point: {type: [object, 'null'], properties: {y: {type: number}}}
              map: {type: object, additionalProperties: {type: [string, 'null']}}
        ",
    ));
    let sub = outline.find("component Sub").map(|at| &outline[at..]).unwrap();
    assert_eq!(
        sub,
        flush(
            "
        component Sub
          text?: #18 or null
          one?: string(plain)
          said?: string(plain) or null
          free?: i64 or null
          same?: #3 or null
          point?: #33 or null
          map?: {string(plain) or null}
        #3 object component Point
          x?: f64
        #18 enum #16.text
          a
        #33 object #2.point
          x?: f64
          y?: f64
    "
        )
    );
}

#[test]
fn scalars_give_the_stricter() {
    let (api, findings) = checked(&schemas(
        "
        Base:
          type: object
          properties:
            ok: {type: boolean}
            kind: {type: string}
            count: {type: number}
            level: {type: integer, format: int32}
            either: {oneOf: [{type: string}, {type: integer}]}
            list: {type: array, items: {type: string}}
            clash: {type: string}
        Sub:
          allOf:
          - $ref: '#/components/schemas/Base'
          - type: object
            required: [ok]
            properties:
              ok: {const: true}
              kind: {enum: [a, b]}
              count: {type: integer}
              level: {enum: [1, 2]}
              either: {type: integer}
              list: {type: array, items: {enum: [x]}}
              clash: {type: object, properties: {a: {type: string}}}
        ",
    ));
    assert_eq!(
        types_of(&api),
        flush(
            "
        #0 object component Base
          ok?: bool
          kind?: string(plain)
          count?: f64
          level?: i32
          either?: #6
          list?: [string(plain)]
          clash?: string(plain)
        #1 object component Sub
          ok: const true
          kind?: #14
          count?: i64
          level?: i32
          either?: i64
          list?: [#19]
          clash?: #20
        #6 union #0.either
          0: string(plain)
          1: i64
          told apart: integer -> 1, string -> [0]
        #14 enum #12.kind
          a b
        #19 enum item of #18
          x
        #20 object #12.clash
          a?: string(plain)
    "
        )
    );
    assert_eq!(
        findings,
        [
            "warning[all-of-contradiction] no value fits this `allOf`: its parts declare `clash` with types that exclude each other"
        ]
    );
}

#[test]
fn an_object_is_merged_into_each_alternative() {
    let outline = types(&schemas(
        "
        Shape:
          type: object
          required: [id]
          properties: {id: {type: string}}
          oneOf:
          - {title: Circle, type: object, required: [radius], properties: {radius: {type: number}}}
          - {title: Square, type: object, required: [side], properties: {side: {type: number}}}
        ",
    ));
    assert_eq!(
        outline,
        flush(
            r#"
        #0 union component Shape
          0: #8
          1: #9
          told apart: object by keys -> [(0, ["id", "radius"]), (1, ["id", "side"])]
        #8 object title "Circle" | #0 alternative 0
          id: string(plain)
          radius: f64
        #9 object title "Square" | #0 alternative 1
          id: string(plain)
          side: f64
    "#
        )
    );
}

#[test]
fn alternatives_may_extend_the_base_that_lists_them_in_whatever_order_they_stand() {
    let base = "
Pet:
  type: object
  required: [kind]
  properties: {kind: {type: string}, name: {type: string}}
  discriminator: {propertyName: kind, mapping: {cat: '#/components/schemas/Cat', dog: '#/components/schemas/Dog'}}
  oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
";
    let cat = "
Cat:
  allOf:
  - $ref: '#/components/schemas/Pet'
  - {type: object, properties: {lives: {type: integer}}}
";
    let dog = "
Dog:
  allOf:
  - $ref: '#/components/schemas/Pet'
  - {type: object, properties: {tricks: {type: integer}}}
";
    let outline = types(&schemas(&[base, cat, dog].concat()));
    assert_eq!(
        outline,
        flush(
            r#"
        #0 union component Pet
          0: #1
          1: #2
          told apart: object by kind -> [("cat", 0), ("dog", 1)]
        #1 object component Cat
          kind: const "cat"
          name?: string(plain)
          lives?: i64
        #2 object component Dog
          kind: const "dog"
          name?: string(plain)
          tricks?: i64
    "#
        )
    );
    let outline = types(&schemas(&[cat, dog, base].concat()));
    assert_eq!(
        outline,
        flush(
            r#"
        #0 object component Cat
          kind: const "cat"
          name?: string(plain)
          lives?: i64
        #1 object component Dog
          kind: const "dog"
          name?: string(plain)
          tricks?: i64
        #2 union component Pet
          0: #0
          1: #1
          told apart: object by kind -> [("cat", 0), ("dog", 1)]
    "#
        )
    );
}

#[test]
fn parts_that_contain_themselves_come_to_an_end() {
    let outline = types(&schemas(
        "
        A: {type: object, properties: {a: {type: string}, child: {$ref: '#/components/schemas/A'}}}
        B: {type: object, properties: {b: {type: string}, child: {$ref: '#/components/schemas/B'}}}
        Both: {allOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]}
        ",
    ));
    assert_eq!(
        outline,
        flush(
            "
        #0 object component A
          a?: string(plain)
          child?: #0 boxed
        #1 object component B
          b?: string(plain)
          child?: #1 boxed
        #2 object component Both
          a?: string(plain)
          child?: #2 boxed
          b?: string(plain)
    "
        )
    );
}

#[test]
fn circles_of_many_lengths_are_cut() {
    let mut text = String::new();
    let mut parts = Vec::new();
    for length in [3, 5, 7, 11, 13, 17] {
        for at in 0..length {
            let next = (at + 1) % length;
            text += &format!(
                "C{length}x{at}: {{type: object, properties: {{next: {{$ref: '#/components/schemas/C{length}x{next}'}}}}}}\n"
            );
        }
        parts.push(format!("{{$ref: '#/components/schemas/C{length}x0'}}"));
    }
    text += &format!("All: {{allOf: [{}]}}\n", parts.join(", "));
    let (_, findings) = checked(&schemas(&text));
    let said = "warning[all-of-too-large] merging `allOf` makes more than 4096 types here";
    assert!(findings.iter().any(|finding| finding == said), "{findings:?}");
}

#[test]
fn maps_stay_maps() {
    let outline = types(&schemas(
        "
        Labels: {type: object, additionalProperties: {type: string}}
        Holder:
          type: object
          properties:
            both: {allOf: [{$ref: '#/components/schemas/Labels'}, {type: object, additionalProperties: {enum: [a]}}]}
            kept: {allOf: [{$ref: '#/components/schemas/Labels'}, {type: object, properties: {a: {type: string}}}]}
        ",
    ));
    assert_eq!(
        outline,
        flush(
            "
        #1 object component Holder
          both?: {#5}
          kept?: #6
        #5 enum value of #3
          a
        #6 object #1.kept
          a?: string(plain)
          …: string(plain)
    "
        )
    );
}

#[test]
fn unions_meet_alternative_by_alternative() {
    let (api, findings) = checked(&schemas(
        "
        Base: {type: object, properties: {value: {oneOf: [{type: string}, {type: array, items: {type: string}}]}}}
        Sub:
          allOf:
          - $ref: '#/components/schemas/Base'
          - {type: object, properties: {value: {oneOf: [{type: array, items: {type: string}}, {type: string}]}}}
        Impossible:
          allOf: [{oneOf: [{type: string}, {type: integer}]}, {oneOf: [{type: boolean}, {type: array, items: {}}]}]
        ",
    ));
    assert_eq!(
        types_of(&api),
        flush(
            "
        #0 object component Base
          value?: #3
        #1 object component Sub
          value?: #3
        #3 union #0.value | #1.value
          0: string(plain)
          1: [string(plain)]
          told apart: string -> [0], array -> [1]
    "
        )
    );
    assert_eq!(
        findings,
        ["warning[all-of-contradiction] no value fits this `allOf`: its unions have no alternative in common"]
    );
}

#[test]
fn lists_have_items_of_what_every_part_says() {
    let (api, findings) = checked(&schemas(
        "
        Named: {type: object, properties: {list: {type: array, items: {type: object, properties: {name: {type: string}}}}}}
        Sized:
          allOf:
          - $ref: '#/components/schemas/Named'
          - {type: object, properties: {list: {type: array, items: {type: object, properties: {size: {type: integer}}}}}}
        Strict: {allOf: [{type: array, items: {type: string}}, {type: array, items: {enum: [a, b]}}]}
        Never: {allOf: [{type: array, items: {type: string}}, {type: array, items: {type: integer}}]}
        Deep:
          allOf:
          - {type: array, items: {$ref: '#/components/schemas/Deep'}}
          - {type: array, items: {type: array, items: {type: boolean}}}
        ",
    ));
    let outline = types_of(&api);
    let sized = outline.split("component Sized").nth(1).unwrap_or_default();
    assert!(sized.contains("name?: string(plain)\n  size?: i64\n"), "{outline}");
    assert_eq!(
        findings,
        [
            "warning[all-of-contradiction] no value fits this `allOf`: its parts declare `items` with types that exclude each other"
        ]
    );
}

#[test]
fn what_no_value_can_be_is_a_finding() {
    let (_, findings) = checked(&schemas(
        "
        Mixed: {allOf: [{type: object, properties: {a: {type: string}}}, {type: string}]}
        Texts: {allOf: [{enum: [a]}, {enum: [b]}]}
        ",
    ));
    assert_eq!(
        findings,
        [
            "warning[all-of-contradiction] no value fits this `allOf`: a part is an object and another is none",
            "warning[all-of-contradiction] no value fits this `allOf`: its parts exclude each other"
        ]
    );
}
