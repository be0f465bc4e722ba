use crate::ir::Shape;
use crate::testing::{api, flush, operation, schemas, types};

#[test]
fn equal_inline_types_are_one() {
    let outline = types(&schemas(
        "
        A:
          type: object
          properties:
            size: {type: object, description: Of A., properties: {unit: {enum: [m, ft]}, value: {type: number}}}
        B:
          type: object
          properties:
            size: {type: object, description: Of B., properties: {unit: {enum: [m, ft]}, value: {type: number}}}
            other: {type: object, properties: {unit: {enum: [m, ft]}}}
        ",
    ));
    assert_eq!(
        outline,
        flush(
            "
        #0 object component A
          size?: #2
        #1 object component B
          size?: #2
          other?: #8
        #2 object #0.size | #1.size
          unit?: #3
          value?: f64
        #3 enum #2.unit | #8.unit
          m ft
        #8 object #1.other
          unit?: #3
    "
        )
    );
}

#[test]
fn components_are_never_folded() {
    let outline = types(&schemas(
        "
        A: {type: object, properties: {a: {type: string}}}
        B: {type: object, properties: {a: {type: string}}}
        ",
    ));
    assert_eq!(
        outline,
        flush(
            "
        #0 object component A
          a?: string(plain)
        #1 object component B
          a?: string(plain)
    "
        )
    );
}

#[test]
fn chains_of_equal_types_fold_from_their_ends() {
    let nested = |depth: usize| {
        let open: String = (0..depth).map(|_| "{type: object, properties: {next: ").collect();
        format!("{open}{{enum: [end]}}{}", "}}".repeat(depth))
    };
    let api = api(&schemas(&format!("A: {}\nB: {}\n", nested(20), nested(20))));
    let records = api
        .types
        .iter()
        .filter(|(_, ty)| matches!(ty.shape, Shape::Object(_)))
        .count();
    // The two components, and one of each of the 19 within.
    assert_eq!(records, 21);
}

#[test]
fn what_the_document_says_differently_is_dropped_and_secrets_stay_secret() {
    let api = api(&schemas(
        "
        A: {type: object, properties: {x: {type: object, description: One., properties: {key: {type: string, default: a}}}}}
        B: {type: object, properties: {x: {type: object, description: Two., properties: {key: {type: string, format: password, default: b}}}}}
        ",
    ));
    let folded = api.types.iter().find_map(|(_, ty)| match &ty.shape {
        Shape::Object(object) if ty.component().is_none() => Some((ty, &object.fields[0])),
        _ => None,
    });
    let (ty, field) = folded.unwrap();
    assert_eq!((ty.docs.description.as_deref(), ty.hints.len()), (None, 2));
    assert_eq!((field.secret, &field.docs.default), (true, &None));
}

#[test]
fn bodies_of_failures_require_what_all_of_them_require() {
    let body = |required: &str| {
        format!(
            "{{description: no, content: {{application/json: {{schema: {{type: object, required: [{required}], properties: \
             {{code: {{type: integer}}, message: {{type: string}}}}}}}}}}}}"
        )
    };
    let outline = types(&operation(&format!(
        "responses:\n  '200': {}\n  '400': {}\n  '404': {}\n",
        body("code, message"),
        body("code, message"),
        body("message"),
    )));
    assert_eq!(
        outline,
        flush(
            "
        #1 object answer of 0
          code: i64
          message: string(plain)
        #4 object error of 0
          code?: i64
          message: string(plain)
    "
        )
    );
}
