use crate::testing::{checked, flush, schemas, types, types_of};

#[test]
fn a_discriminator_maps_tags_to_alternatives() {
    let outline = types(&schemas(
        "
        Cat: {type: object, required: [kind], properties: {kind: {type: string}, lives: {type: integer}}}
        Dog: {type: object, required: [kind], properties: {kind: {type: string, enum: [dog, puppy]}}}
        Fish: {type: object, required: [kind], properties: {kind: {const: koi}}}
        Bird: {type: object, properties: {wings: {type: integer}}}
        Pet:
          oneOf:
          - {$ref: '#/components/schemas/Cat'}
          - {$ref: '#/components/schemas/Dog'}
          - {$ref: '#/components/schemas/Fish'}
          - {$ref: '#/components/schemas/Bird'}
          discriminator: {propertyName: kind, mapping: {cat: '#/components/schemas/Cat', tom: '#/components/schemas/Cat'}}
        ",
    ));
    assert_eq!(
        outline,
        flush(
            r#"
        #0 object component Cat
          kind: string(plain)
          lives?: i64
        #1 object component Dog
          kind: #7
        #2 object component Fish
          kind: const "koi"
        #3 object component Bird
          wings?: i64
        #4 union component Pet
          0: #0
          1: #1
          2: #2
          3: #3
          told apart: object by kind -> [("cat", 0), ("tom", 0), ("dog", 1), ("puppy", 1), ("koi", 2), ("Bird", 3)]
        #7 enum #1.kind
          dog puppy
    "#
        )
    );
}

#[test]
fn a_property_with_its_own_values_tells_objects_apart() {
    let outline = types(&schemas(
        "
        Proxy:
          anyOf:
          - {title: Ours, type: object, required: [type], properties: {type: {const: ours}}}
          - {title: Theirs, type: object, required: [type, host], properties: {type: {enum: [http, socks]}, host: {type: string}}}
        ",
    ));
    assert_eq!(
        outline,
        flush(
            r#"
        #0 union component Proxy
          0: #1
          1: #3
          told apart: object by type -> [("ours", 0), ("http", 1), ("socks", 1)]
        #1 object title "Ours"
          type: const "ours"
        #3 object title "Theirs"
          type: #4
          host: string(plain)
        #4 enum #3.type
          http socks
    "#
        )
    );
}

#[test]
fn required_keys_tell_objects_apart() {
    let outline = types(&schemas(
        "
        Choice:
          anyOf:
          - {title: A, type: object, properties: {note: {type: string}}}
          - {title: B, type: object, required: [b], properties: {b: {type: string}}}
          - {title: C, type: object, required: [c, d], properties: {c: {type: string}, d: {type: string}}}
        ",
    ));
    assert_eq!(
        outline,
        flush(
            r#"
        #0 union component Choice
          0: #1
          1: #3
          2: #5
          told apart: object by keys -> [(2, ["c", "d"]), (1, ["b"]), (0, [])]
        #1 object title "A"
          note?: string(plain)
        #3 object title "B"
          b: string(plain)
        #5 object title "C"
          c: string(plain)
          d: string(plain)
    "#
        )
    );
}

#[test]
fn a_property_that_may_be_missing_is_better_than_trying() {
    let outline = types(&schemas(
        "
        Choice:
          anyOf:
          - {title: A, type: object, properties: {type: {const: a}, text: {type: string}}}
          - {title: B, type: object, properties: {type: {const: b}, text: {type: string}}}
        ",
    ));
    assert_eq!(
        outline,
        flush(
            r#"
        #0 union component Choice
          0: #1
          1: #4
          told apart: object by type -> [("a", 0), ("b", 1)]
        #1 object title "A"
          type?: const "a"
          text?: string(plain)
        #4 object title "B"
          type?: const "b"
          text?: string(plain)
    "#
        )
    );
}

#[test]
fn only_those_that_share_a_tag_are_tried() {
    let (api, findings) = checked(&schemas(
        "
        Message:
          oneOf:
          - {title: Text, type: object, required: [role, content], properties: {role: {const: user}, content: {type: string}}}
          - {title: Image, type: object, required: [role, content, alt], properties: {role: {const: user}, content: {type: object}, alt: {type: string}}}
          - {title: Reply, type: object, required: [role, content], properties: {role: {const: assistant}, content: {type: array, items: {}}, alt: {type: string}}}
        ",
    ));
    assert_eq!(
        types_of(&api),
        flush(
            r#"
        #0 union component Message
          0: #1
          1: #4
          2: #9
          told apart: object by role -> [("user", [1, 0]), ("assistant", 2)]
        #1 object title "Text"
          role: const "user"
          content: string(plain)
        #4 object title "Image"
          role: const "user"
          content: {any}
          alt: string(plain)
        #9 object title "Reply"
          role: const "assistant"
          content: [any]
          alt?: string(plain)
    "#
        )
    );
    assert_eq!(
        findings,
        [
            "note[union-by-trial] nothing tells the 2 objects of this union with the tag `user` apart: all are tried, and the one that loses least is taken"
        ]
    );
}

#[test]
fn a_state_that_alternatives_share_is_no_tag() {
    let outline = types(&schemas(
        "
        Job:
          oneOf:
          - {title: Fast, type: object, required: [state], properties: {state: {enum: [queued, done]}, a: {type: string}}}
          - {title: Slow, type: object, required: [state], properties: {state: {enum: [queued, paused, done]}, a: {type: string}}}
          - {title: Old, type: object, required: [state], properties: {state: {enum: [gone]}, a: {type: string}}}
        ",
    ));
    assert!(
        outline.contains("told apart: object by trial -> [0, 1, 2]"),
        "{outline}"
    );
}

#[test]
fn what_is_only_sent_tells_nothing_of_answers() {
    let (api, findings) = checked(&schemas(
        "
        Choice:
          anyOf:
          - {title: A, type: object, required: [key], properties: {key: {type: string, writeOnly: true}, a: {type: string}}}
          - {title: B, type: object, properties: {a: {type: string}}}
        ",
    ));
    assert_eq!(
        types_of(&api),
        flush(
            r#"
        #0 union component Choice
          0: #1
          1: #4
          told apart: object by trial -> [0, 1]
        #1 object title "A"
          a?: string(plain)
        #4 object title "B"
          a?: string(plain)
    "#
        )
    );
    assert_eq!(
        findings,
        [
            "note[union-by-trial] nothing tells the 2 objects of this union apart: all are tried, and the one that loses least is taken"
        ]
    );
}

#[test]
fn the_rest_is_tried_the_most_demanding_first_and_maps_last() {
    let (api, findings) = checked(&schemas(
        "
        Choice:
          anyOf:
          - {type: object, additionalProperties: {type: integer}}
          - {title: Few, type: object, required: [a], properties: {a: {type: string}, b: {type: string}}}
          - {title: Many, type: object, required: [a, b], properties: {a: {type: string}, b: {type: string}}}
        ",
    ));
    assert_eq!(
        types_of(&api),
        flush(
            r#"
        #0 union component Choice
          0: {i64}
          1: #3
          2: #6
          told apart: object by trial -> [2, 1, 0]
        #3 object title "Few"
          a: string(plain)
          b?: string(plain)
        #6 object title "Many"
          a: string(plain)
          b: string(plain)
    "#
        )
    );
    assert_eq!(
        findings,
        [
            "note[union-by-trial] nothing tells the 3 objects of this union apart: all are tried, and the one that loses least is taken"
        ]
    );
}

#[test]
fn an_object_with_other_tags_elsewhere_keeps_its_text() {
    let outline = types(&schemas(
        "
        Cat: {type: object, required: [kind], properties: {kind: {type: string}}}
        Dog: {type: object, required: [kind], properties: {kind: {type: string}}}
        Pet:
          oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
          discriminator: {propertyName: kind, mapping: {cat: '#/components/schemas/Cat', dog: '#/components/schemas/Dog'}}
        Animal:
          oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
          discriminator: {propertyName: kind, mapping: {feline: '#/components/schemas/Cat', dog: '#/components/schemas/Dog'}}
        ",
    ));
    assert_eq!(
        outline,
        flush(
            r#"
        #0 object component Cat
          kind: string(plain)
        #1 object component Dog
          kind: const "dog"
        #2 union component Pet
          0: #0
          1: #1
          told apart: object by kind -> [("cat", 0), ("dog", 1)]
        #3 union component Animal
          0: #0
          1: #1
          told apart: object by kind -> [("feline", 0), ("dog", 1)]
    "#
        )
    );
}

#[test]
fn numbers_and_booleans_are_tags_too() {
    let outline = types(&schemas(
        "
        Part:
          oneOf:
          - {title: Row, type: object, required: [type], properties: {type: {type: integer, enum: [1]}}}
          - {title: Menu, type: object, required: [type], properties: {type: {type: integer, format: int32, enum: [2, 3]}}}
          - {title: Text, type: object, required: [type], properties: {type: {const: 4}}}
        Result:
          oneOf:
          - {title: Done, type: object, required: [ok], properties: {ok: {type: boolean, enum: [true]}}}
          - {title: Failed, type: object, properties: {ok: {const: false}, code: {const: 1}}}
        ",
    ));
    assert_eq!(
        outline,
        flush(
            r#"
        #0 union component Part
          0: #2
          1: #4
          2: #6
          told apart: object by type -> [("1", 0), ("2", 1), ("3", 1), ("4", 2)]
        #1 union component Result
          0: #8
          1: #10
          told apart: object by ok -> [("true", 0), ("false", 1)]
        #2 object title "Row"
          type: const 1
        #4 object title "Menu"
          type: i32
        #6 object title "Text"
          type: const 4
        #8 object title "Done"
          ok: const true
        #10 object title "Failed"
          ok?: const false
          code?: i64
    "#
        )
    );
}

#[test]
fn what_only_lists_of_integers_would_tell_apart_is_one() {
    let outline = types(&schemas(
        "
        Level:
          oneOf:
          - {type: object, properties: {size: {type: integer, enum: [1, 2]}}}
          - {type: object, properties: {size: {type: integer, enum: [2, 3]}}}
        ",
    ));
    assert_eq!(
        outline,
        flush(
            "
        #1 object component Level
          size?: i64
    "
        )
    );
}

#[test]
fn a_union_within_has_the_tags_of_its_alternatives() {
    let outline = types(&schemas(
        "
        Short: {type: object, required: [text], properties: {kind: {const: message}, text: {type: string}}}
        Message: {type: object, required: [kind, id], properties: {kind: {const: message}, id: {type: string}}}
        Call: {type: object, required: [kind], properties: {kind: {const: call}, id: {type: string}}}
        Recall: {type: object, required: [kind], properties: {kind: {const: call}}}
        Item:
          oneOf: [{$ref: '#/components/schemas/Message'}, {$ref: '#/components/schemas/Call'}, {$ref: '#/components/schemas/Recall'}]
          discriminator: {propertyName: kind}
        Input:
          oneOf: [{$ref: '#/components/schemas/Short'}, {$ref: '#/components/schemas/Item'}]
          discriminator: {propertyName: kind}
        ",
    ));
    let input = outline.split("#5 union").nth(1).unwrap();
    assert_eq!(
        input.lines().nth(3),
        Some(r#"  told apart: object by kind -> [("message", [0, 1]), ("call", 1)]"#)
    );
}
