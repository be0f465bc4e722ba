//! What is decided about small documents.

use crate::back::model::{
    AbsentBody, Accept, Api, BodyKind, Call, Decode, Field, Item, Output, Part, PartKind, Presence, RustType,
    StatusPattern, Store, Struct,
};
use crate::testing::{model, operation, schemas, sent};

fn record<'a>(api: &'a Api, name: &str) -> &'a Struct {
    let items = api.types.iter().flat_map(|module| &module.items);
    let mut records = items.filter_map(|item| match item {
        Item::Struct(record) => Some(record),
        _ => None,
    });
    records.find(|record| record.ident == name).unwrap()
}

fn only_call(api: &Api) -> &Call {
    &api.resources[0].calls[0]
}

fn option(inner: RustType) -> RustType {
    RustType::Option(Box::new(inner))
}

const FIELDS: &str = "
S:
  type: object
  required: [a, b]
  properties:
    a: {type: string}
    b: {type: [string, 'null']}
    c: {type: string}
    d: {type: [string, 'null']}
    e: {$ref: '#/components/schemas/S'}
    f: {type: array, items: {type: [integer, 'null']}}
    g: {type: string, format: date-time}
    h: {type: object, additionalProperties: {type: boolean}}
";

#[test]
fn absent_null_and_value_are_three_things_where_all_can_be_sent() {
    let fields = |api: &Api| -> Vec<(String, RustType, Presence)> {
        let field = |field: &Field| (field.ident.clone(), field.ty.clone(), field.presence);
        record(api, "S").fields.iter().map(field).collect()
    };
    let answered = fields(&model("dates = \"text\"\n", &schemas(FIELDS)));
    let expected = [
        ("a", RustType::String, Presence::Required),
        ("b", option(RustType::String), Presence::Required),
        ("c", option(RustType::String), Presence::Optional),
        ("d", option(RustType::String), Presence::Optional),
        (
            "e",
            option(RustType::Boxed(Box::new(RustType::Named("S".to_owned())))),
            Presence::Optional,
        ),
        (
            "f",
            option(RustType::Vec(Box::new(option(RustType::Numeric("i64"))))),
            Presence::Optional,
        ),
        ("g", option(RustType::String), Presence::Optional),
        ("h", option(RustType::Map(Box::new(RustType::Bool))), Presence::Optional),
    ];
    let expected = expected.map(|(ident, ty, presence)| (ident.to_owned(), ty, presence));
    assert_eq!(answered, expected);
    let both = fields(&model("dates = \"text\"\n", &sent(FIELDS)));
    assert_eq!(
        both[3],
        (
            "d".to_owned(),
            RustType::Nullable(Box::new(RustType::String)),
            Presence::Nullable
        )
    );
    assert_eq!(both[..3], expected[..3]);
}

#[test]
fn values_are_taken_so_that_users_write_least() {
    let api = model("dates = \"text\"\n", &sent(FIELDS));
    let builder = record(&api, "S").builder.clone().unwrap();
    let arguments: Vec<_> = builder
        .arguments
        .iter()
        .map(|(argument, store)| (&argument.accept, store))
        .collect();
    assert_eq!(
        arguments,
        [
            (&Accept::Into(RustType::String), &Store::Direct),
            (&Accept::Into(option(RustType::String)), &Store::Direct)
        ]
    );
    let setters: Vec<_> = builder
        .setters
        .iter()
        .map(|setter| (setter.accept.clone(), setter.store))
        .collect();
    let nullable = RustType::Nullable(Box::new(RustType::String));
    let items = Accept::Items {
        item: option(RustType::Numeric("i64")),
        plain: true,
    };
    let pairs = Accept::Pairs {
        value: RustType::Bool,
        plain: true,
    };
    assert_eq!(
        setters,
        [
            (Accept::Into(RustType::String), Store::Some),
            (Accept::Into(nullable), Store::Direct),
            (Accept::Into(RustType::Named("S".to_owned())), Store::SomeBoxed),
            (items, Store::Some),
            (Accept::Into(RustType::String), Store::Some),
            (pairs, Store::Some),
        ]
    );
}

/// The first argument names and what the JSON body of a call is when it is left out.
fn body(toml: &str, required: bool, schema: &str) -> (Vec<String>, AbsentBody, bool) {
    let api = model(
        toml,
        &operation(&format!(
            "requestBody: {{required: {required}, content: {{application/json: {{schema: {schema}}}}}}}\nresponses: {{'204': \
             {{description: ok}}}}\n"
        )),
    );
    let call = only_call(&api);
    let Some(BodyKind::Json(value)) = call.body.as_ref().map(|body| body.kind.clone()) else {
        panic!("no JSON");
    };
    let arguments = call.arguments.iter().map(|argument| argument.ident.clone()).collect();
    (arguments, value.absent, value.fields)
}

#[test]
fn bodies_are_given_field_by_field_or_whole() {
    let one = "{type: object, required: [a], properties: {a: {type: string}, b: {type: string}}}";
    let none = "{type: object, properties: {a: {type: string}}}";
    let many = "{type: object, required: [a, b, c, d, e, f], properties: {a: {}, b: {}, c: {}, d: {}, e: {}, f: {}}}";
    let names = |list: &[&str]| list.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    assert_eq!(body("", true, one), (names(&["id", "a"]), AbsentBody::Never, true));
    assert_eq!(body("", false, one), (names(&["id"]), AbsentBody::Omitted, false));
    assert_eq!(body("", false, none), (names(&["id"]), AbsentBody::Omitted, true));
    assert_eq!(
        body("empty-body = \"object\"\n", false, none),
        (names(&["id"]), AbsentBody::EmptyObject, true)
    );
    assert_eq!(body("", true, many), (names(&["id", "body"]), AbsentBody::Never, true));
    assert_eq!(
        body("", true, "{type: array, items: {type: string}}"),
        (names(&["id", "body"]), AbsentBody::Never, false)
    );
    assert_eq!(
        body("", false, "{type: array, items: {type: string}}"),
        (names(&["id"]), AbsentBody::Omitted, false)
    );
}

#[test]
fn parts_of_a_form_are_files_texts_or_json() {
    let api = model(
        "",
        &operation(
            "
            requestBody:
              required: true
              content:
                multipart/form-data:
                  schema:
                    type: object
                    required: [file, kind]
                    properties:
                      file: {type: string, format: binary}
                      files: {type: array, items: {type: string, format: binary}}
                      kind: {const: image}
                      size: {type: integer}
                      options: {type: object, properties: {a: {type: string}}}
            responses: {'204': {description: ok}}
            ",
        ),
    );
    let call = only_call(&api);
    let Some(BodyKind::Multipart(parts)) = call.body.as_ref().map(|body| &body.kind) else {
        panic!("no multipart");
    };
    let kinds: Vec<_> = parts
        .iter()
        .map(|Part { ident, kind, ty, .. }| (ident.as_str(), *kind, ty.clone()))
        .collect();
    let expected = [
        ("file", PartKind::File, RustType::Upload),
        (
            "files",
            PartKind::Files,
            option(RustType::Vec(Box::new(RustType::Upload))),
        ),
        ("kind", PartKind::Text, RustType::Named("PostThingKind".to_owned())),
        ("size", PartKind::Text, option(RustType::Numeric("i64"))),
        (
            "options",
            PartKind::Json,
            option(RustType::Named("PostThingOptions".to_owned())),
        ),
    ];
    assert_eq!(kinds, expected);
    assert!(
        call.docs.iter().any(|line| line.contains("PostThingKind::Image")),
        "{:?}",
        call.docs
    );
}

#[test]
fn answers_differ_by_status_only_where_they_differ() {
    let output = |responses: &str| {
        let api = model("", &operation(&format!("responses: {{{responses}}}\n")));
        only_call(&api).output.clone()
    };
    let text = "content: {text/plain: {}}";
    let json = "content: {application/json: {schema: {type: string}}}";
    assert_eq!(output("'204': {description: ok}"), Output::One(Decode::Empty));
    assert_eq!(
        output(&format!("'200': {{description: ok, {text}}}")),
        Output::One(Decode::Text)
    );
    assert_eq!(
        output(&format!(
            "'200': {{description: ok, {json}}}, '201': {{description: ok, {json}}}"
        )),
        Output::One(Decode::Json(RustType::String))
    );
    assert_eq!(
        output(&format!("default: {{description: ok, {json}}}")),
        Output::One(Decode::Json(RustType::String))
    );
    assert_eq!(
        output("'200': {description: ok, content: {image/png: {}}}"),
        Output::One(Decode::Download)
    );
    let Output::ByStatus { cases, ident, .. } = output(&format!(
        "'200': {{description: ok, {json}}}, '202': {{description: later}}"
    )) else {
        panic!("one answer");
    };
    let cases: Vec<_> = cases
        .into_iter()
        .map(|case| (case.status, case.ident, case.decode))
        .collect();
    let expected = [
        (
            StatusPattern::Code(200),
            "Ok".to_owned(),
            Decode::Json(RustType::String),
        ),
        (StatusPattern::Code(202), "Accepted".to_owned(), Decode::Empty),
    ];
    assert_eq!((ident.as_str(), cases), ("PostOutput", expected.to_vec()));
}

#[test]
fn failures_with_bodies_are_an_enum() {
    let json = "content: {application/json: {schema: {type: string}}}";
    let api = model(
        "",
        &operation(&format!(
            "responses: {{'204': {{description: ok}}, '302': {{description: moved, {json}}}, '404': {{description: Not here, \
             {json}}}, 5XX: {{description: later}}, default: {{description: any, {json}}}}}\n"
        )),
    );
    let call = only_call(&api);
    let cases: Vec<_> = call
        .errors
        .iter()
        .flat_map(|errors| &errors.cases)
        .map(|case| (case.status, case.ident.as_str()))
        .collect();
    assert_eq!(
        cases,
        [
            (StatusPattern::Code(404), "NotFound"),
            (StatusPattern::Default, "Other")
        ]
    );
    assert_eq!(call.status_notes, [(404, "Not here".to_owned())]);
}

#[test]
fn documentation_says_what_the_document_says_once() {
    let docs = |parts: &str| {
        let api = model(
            "",
            &operation(&format!("{parts}\nresponses: {{'204': {{description: ok}}}}\n")),
        );
        let docs = only_call(&api).docs.clone();
        docs[..docs.iter().position(|line| line == "# Retries").unwrap_or(docs.len())]
            .join("\n")
            .trim_end()
            .to_owned()
    };
    assert_eq!(
        docs("summary: Do it\ndescription: Do it.\n"),
        "Do it.\n\n`POST /things/{id}`"
    );
    assert_eq!(
        docs("summary: Do it\ndescription: It is done to [x].\n"),
        "Do it.\n\nIt is done to \\[x\\].\n\n`POST /things/{id}`"
    );
    assert_eq!(docs(""), "`POST /things/{id}`");
    let api = model(
        "",
        &schemas(
            "S: {type: object, properties: {'a`b': {type: string}, n: {type: integer, default: 3, maximum: 9, description: How many}}}\n",
        ),
    );
    let lines: Vec<_> = record(&api, "S")
        .fields
        .iter()
        .map(|field| field.docs.join("\n"))
        .collect();
    assert_eq!(
        lines,
        [
            "The field `a'b`.",
            "How many\n\nThe API's default: `3`. The API wants: at most 9."
        ]
    );
}

#[test]
fn arguments_and_bodies_are_described_where_there_is_something_to_say() {
    let api = model(
        "",
        "
paths:
  /things/{id}/{type}:
    post:
      parameters:
      - {name: id, in: path, required: true, description: \"Which one\\n\\nMore of it.\", schema: {type: string}}
      - {name: type, in: path, required: true, deprecated: true, schema: {type: integer, default: 3, maximum: 9}}
      - {name: X-Silent, in: header, required: true, schema: {type: string}}
      - {name: q, in: query, description: Left out., schema: {type: string}}
      requestBody:
        description: The thing.
        required: true
        content:
          application/json:
            schema: {type: object, required: [name], properties: {name: {type: string, description: Its name}, b: {type: string}}}
      responses: {'204': {description: ok}}
    put:
      parameters:
      - {name: id, in: path, required: true, schema: {type: string}}
      - {name: type, in: path, required: true, schema: {type: string}}
      requestBody: {description: All of them, required: true, content: {application/json: {schema: {type: array, items: {type: string}}}}}
      responses: {'204': {description: ok}}
    delete: {responses: {'204': {description: ok}}}
",
    );
    let said = |call: &Call| {
        let docs = call.docs.iter().map(String::as_str);
        let end = ["# Retries", "# Errors", "# Example"];
        let lines = docs
            .skip(1)
            .take_while(|line| !end.contains(line))
            .filter(|line| !line.is_empty());
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    let calls = &api.resources[0].calls;
    assert_eq!(
        said(&calls[0]),
        [
            "Body: The thing.",
            "# Arguments",
            "- `id`: Which one.",
            "- `type`: The API's default: `3`. The API wants: at most 9. Deprecated.",
            "- `name`: Its name.",
        ]
    );
    assert_eq!(said(&calls[1]), ["# Arguments", "- `body`: All of them."]);
    assert_eq!(said(&calls[2]), [""; 0]);
}

#[test]
fn titles_are_no_markup() {
    let api = model(
        "title = \"Vec<T> [beta] API\"\n",
        &schemas("S: {type: object, properties: {a: {type: string}}}\n"),
    );
    assert_eq!(api.client.docs[0], "A client for the Vec\\<T> \\[beta\\] API.");
}

#[test]
fn requests_that_the_document_does_not_have_follow_the_rules_that_name_no_operation() {
    let config = "
[api.retry]
[[api.retry.rule]]
operations = ['GET /s']
statuses = ['429']
[[api.retry.rule]]
methods = ['POST']
connection = 'never'
[[api.retry.rule]]
connection = 'any'
";
    let api = model(config, &schemas("S: {type: string}\n"));
    let retries = &api.client.undeclared.retries;
    let shown: Vec<_> = retries
        .iter()
        .map(|(methods, rule)| (methods.join(" "), rule.as_ref().map(|rule| rule.connection)))
        .collect();
    // What allows nothing stands before what would allow it.
    assert_eq!(
        shown,
        [
            ("POST".to_owned(), None),
            (String::new(), Some(crate::back::model::ConnectionRetry::Any)),
        ]
    );
}

#[test]
fn what_is_left_out_is_not_linked_to() {
    let document = "
paths:
  /a: {get: {tags: [cats], responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Cat'}}}}}}}
  /b: {get: {tags: [dogs], responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Dog'}}}}}}}
  /c: {get: {tags: [fish], responses: {'204': {description: ok}}}}
  /d: {get: {tags: [birds], responses: {'204': {description: ok}}}}
components:
  schemas:
    Cat: {type: object, properties: {mood: {type: string, enum: [good, bad]}, fur: {type: string, enum: [black, white]}}}
    Dog: {type: object, properties: {mood: {type: string, enum: [good, bad]}}}
";
    let told = |toml: &str| {
        let api = model(toml, document);
        let modules = api.types.into_iter();
        let items = modules.flat_map(|module| {
            module
                .items
                .into_iter()
                .map(move |item| (item, module.features.clone()))
        });
        let told = items.filter_map(|(item, features)| match item {
            Item::Enumeration(item) => Some((item.docs.join("\n"), features)),
            _ => None,
        });
        told.collect::<Vec<_>>()
    };
    let entry = |docs: &str, features: &[&str]| {
        let features: Vec<String> = features.iter().map(|name| (*name).to_owned()).collect();
        (docs.to_owned(), features)
    };
    assert_eq!(
        told("resource-features = true\n"),
        [
            entry("The `fur` of [`Cat`].", &["cats"]),
            entry("The `mood` of `Cat`.", &["cats", "dogs"])
        ]
    );
    assert_eq!(
        told(""),
        [
            entry("The `mood` of [`Cat`].", &[]),
            entry("The `fur` of [`Cat`].", &[])
        ]
    );
}

#[test]
fn lists_in_lists_are_no_short_values() {
    let example = |schema: &str| {
        let body = format!("requestBody: {{required: true, content: {{application/json: {{schema: {schema}}}}}}}");
        let api = model(
            "",
            &operation(&format!("{body}\nresponses: {{'204': {{description: ok}}}}")),
        );
        let docs = only_call(&api).docs.clone();
        docs.into_iter().find(|line| line.starts_with("client."))
    };
    assert_eq!(
        example("{type: object, required: [a], properties: {a: {type: array, items: {type: string}}}}").as_deref(),
        Some("client.things().post(\"id\", [\"text\"]).await?;")
    );
    for items in [
        "{type: array, items: {type: string}}",
        "{type: object, additionalProperties: {type: string}}",
    ] {
        let inner = format!("{{type: object, required: [a], properties: {{a: {{type: array, items: {items}}}}}}}");
        assert_eq!(example(&inner), None, "{items}");
        let inner = format!(
            "{{type: object, required: [a], properties: {{a: {{type: object, additionalProperties: {items}}}}}}}"
        );
        assert_eq!(example(&inner), None, "{items}");
    }
}
