//! Swagger 2.0 on the smallest documents: what they are in OpenAPI 3.0, and what is said of them.

use serde_json::{Value as Json, json};

use crate::front::normalize::testing::{Outcome, document};

/// A document whose further parts begin on line 3.
fn swagger(parts: &str) -> Outcome {
    document(&format!("swagger: '2.0'\ninfo: {{title: T, version: '1'}}\n{parts}"))
}

/// The same, where nothing is found wrong.
#[track_caller]
fn clean(parts: &str) -> Outcome {
    let outcome = swagger(parts);
    assert_eq!(outcome.findings, Vec::<String>::new());
    outcome
}

/// A document with `POST /a`, whose parts begin on line 5.
fn operation(parts: &str) -> Outcome {
    let lines: Vec<String> = parts.lines().map(|line| format!("      {line}")).collect();
    swagger(&format!("paths:\n  /a:\n    post:\n{}\n", lines.join("\n")))
}

/// What becomes of one parameter of `POST /a`, on line 7.
fn parameter(text: &str) -> (Json, Vec<String>) {
    let outcome = operation(&format!("responses: {{}}\nparameters: [{{{text}}}]"));
    (outcome.at("/paths/~1a/post/parameters/0"), outcome.findings)
}

#[track_caller]
fn assert_parameter(text: &str, expected: &Json) {
    assert_eq!(parameter(text), (expected.clone(), vec![]), "{text}");
}

#[test]
fn a_host_is_a_server_for_each_scheme() {
    let outcome = clean("host: example.com:8443\nbasePath: v1/\nschemes: [http, https]\npaths: {}\n");
    let servers = json!([{"url": "https://example.com:8443/v1"}, {"url": "http://example.com:8443/v1"}]);
    assert_eq!(outcome.at("/servers"), servers);
    assert_eq!(clean("basePath: /v1\n").at("/servers"), json!([{"url": "/v1"}]));
    assert_eq!(clean("basePath: /\n").at("/servers"), json!(null));
}

#[test]
fn what_is_wrong_with_a_host_is_said() {
    let outcome = swagger("host: https://example.com/\nschemes: [wss, https]\n");
    assert_eq!(outcome.at("/servers"), json!([{"url": "https://example.com"}]));
    assert_eq!(
        outcome.findings,
        [
            "3:7 warning[malformed-value] `host` begins with `https://`, which is ignored",
            "4:11 warning[unsupported-scheme] a client cannot call by the scheme `wss`; it is ignored",
        ]
    );
    let outcome = swagger("host: example.com\n");
    assert_eq!(outcome.at("/servers"), json!([{"url": "https://example.com"}]));
    assert_eq!(
        outcome.findings,
        [
            "3:7 note[assumed-scheme] the document does not say by which scheme its host is called; it is taken for `https`"
        ]
    );
    let outcome = swagger("host: 5\n");
    assert_eq!(
        (outcome.at("/servers"), outcome.findings),
        (
            json!(null),
            vec!["3:7 warning[malformed-value] `host` is a number, not text; it is ignored".to_owned()]
        )
    );
}

#[test]
fn an_operation_may_have_schemes_of_its_own() {
    let outcome = clean(
        "host: h
schemes: [https]
paths: {/a: {get: {schemes: [http], responses: {}}, put: {schemes: [https], responses: {}}}}
",
    );
    assert_eq!(outcome.at("/paths/~1a/get/servers"), json!([{"url": "http://h"}]));
    assert_eq!(outcome.at("/paths/~1a/put/servers"), json!(null));
    let outcome = operation("schemes: [http]\nresponses: {}");
    assert_eq!(
        outcome.findings,
        ["6:16 warning[unused-schemes] `schemes` of an operation say nothing without a `host`; they are ignored"]
    );
}

#[test]
fn schemas_move_and_say_null_files_and_discriminators_in_other_words() {
    let outcome = clean(
        "definitions:
  A: {type: object, discriminator: kind, required: [kind], properties: {kind: {type: string}, x-a: {$ref: '#/definitions/x-b'}}}
  x-b: {type: string, x-nullable: true, example: e}
  C: {allOf: [{$ref: '#/definitions/A'}, {properties: {c: {type: array, items: {$ref: '#/definitions/A/properties/kind'}}}}]}
",
    );
    let schemas = outcome.at("/components/schemas");
    assert_eq!(schemas["A"]["discriminator"], json!({"propertyName": "kind"}));
    assert_eq!(
        schemas["A"]["properties"]["x-a"],
        json!({"$ref": "#/components/schemas/x-b"})
    );
    assert_eq!(
        schemas["x-b"],
        json!({"type": "string", "nullable": true, "example": "e"})
    );
    assert_eq!(schemas["C"]["allOf"][0], json!({"$ref": "#/components/schemas/A"}));
    let items = &schemas["C"]["allOf"][1]["properties"]["c"]["items"];
    assert_eq!(items, &json!({"$ref": "#/components/schemas/A_kind"}));
}

#[test]
fn references_that_lead_nowhere_are_reported_as_they_are_written() {
    let outcome = swagger("definitions: {A: {$ref: '#/definitions/B'}}\n");
    assert_eq!(
        outcome.findings,
        ["3:25 error[unresolved-ref] `#/definitions/B` points to nothing"]
    );
}

#[test]
fn the_value_of_a_parameter_has_a_schema() {
    assert_parameter(
        "name: q, in: query, type: integer, format: int32, maximum: 5, default: 1, x-nullable: true, x-example: 3, \
         allowEmptyValue: true, description: d",
        &json!({
            "name": "q", "in": "query", "allowEmptyValue": true, "description": "d", "example": 3,
            "schema": {"type": "integer", "format": "int32", "maximum": 5, "default": 1, "nullable": true},
        }),
    );
    assert_parameter(
        "name: X-A, in: header, type: string, enum: [a, b], required: true",
        &json!({"name": "X-A", "in": "header", "required": true, "schema": {"type": "string", "enum": ["a", "b"]}}),
    );
}

#[test]
fn a_list_has_the_style_of_its_format() {
    let list = |style: &str, explode: bool| {
        let schema = json!({"type": "array", "items": {"type": "string"}});
        json!({"name": "q", "in": "query", "style": style, "explode": explode, "schema": schema})
    };
    let text = "name: q, in: query, type: array, items: {type: string}";
    assert_parameter(text, &list("form", false));
    for (format, style, explode) in [
        ("csv", "form", false),
        ("ssv", "spaceDelimited", false),
        ("pipes", "pipeDelimited", false),
        ("multi", "form", true),
    ] {
        assert_parameter(&format!("{text}, collectionFormat: {format}"), &list(style, explode));
    }
    let schema = json!({"type": "array", "items": {"type": "integer"}});
    assert_parameter(
        "name: X-A, in: header, type: array, items: {type: integer}, collectionFormat: csv",
        &json!({"name": "X-A", "in": "header", "schema": schema}),
    );
}

#[test]
fn a_list_that_has_no_style_is_text() {
    let text = |location: &str, format: &str| {
        let (parameter, findings) = parameter(&format!(
            "name: q, in: {location}, type: array, items: {{type: integer}}, collectionFormat: {format}"
        ));
        assert_eq!(parameter["schema"], json!({"type": "string"}), "{location} {format}");
        findings.join("\n")
    };
    assert_eq!(
        text("query", "tsv"),
        "7:96 warning[collection-format] OpenAPI 3 has no list that is joined by tabs in a query; it is read as text"
    );
    assert_eq!(
        text("header", "pipes"),
        "7:97 warning[collection-format] OpenAPI 3 has no list that is joined by `|` in a header; it is read as text"
    );
    let (read, findings) = parameter("name: q, in: query, type: array, items: {type: array, items: {type: integer}}");
    assert_eq!(read["schema"], json!({"type": "array", "items": {"type": "string"}}));
    assert_eq!(
        findings,
        [
            "7:61 warning[collection-format] the items of this list are lists again, joined in one text; they are read as text"
        ]
    );
    let (read, findings) =
        parameter("name: X-A, in: header, type: array, items: {type: string}, collectionFormat: multi");
    assert_eq!(read["schema"]["type"], json!("array"));
    assert_eq!(
        findings,
        ["7:98 warning[collection-format] `multi` is no way to join a list in a header; commas are used"]
    );
}

const BODY: &str =
    "{name: b, in: body, required: true, description: d, schema: {$ref: '#/definitions/A'}, x-example: 1}";

#[test]
fn a_body_is_in_what_the_operation_consumes() {
    let outcome = clean(&format!(
        "consumes: [application/json, application/x-www-form-urlencoded]
paths:
  /a: {{parameters: [{BODY}], put: {{responses: {{}}}}, post: {{consumes: [text/a, text/b], responses: {{}}}}}}
definitions: {{A: {{type: string}}}}
"
    ));
    let media_type = json!({"schema": {"$ref": "#/components/schemas/A"}, "example": 1});
    assert_eq!(
        outcome.at("/paths/~1a/put/requestBody"),
        json!({"required": true, "description": "d", "content": {"application/json": media_type}})
    );
    assert_eq!(
        outcome.at("/paths/~1a/post/requestBody/content"),
        json!({"text/a": media_type, "text/b": media_type})
    );
    assert_eq!(outcome.at("/paths/~1a/put/parameters"), json!(null));
}

#[test]
fn a_shared_body_is_a_component_where_nothing_else_is_consumed() {
    let outcome = clean(&format!(
        "consumes: [text/a]
parameters: {{B: {BODY}, Q: {{name: q, in: query, type: string}}, F: {{name: f, in: formData, type: string}}}}
definitions: {{A: {{type: string}}}}
paths:
  /a:
    parameters: [{{$ref: '#/parameters/Q'}}]
    put: {{parameters: [{{$ref: '#/parameters/B'}}], responses: {{}}}}
    post: {{consumes: [text/b], parameters: [{{$ref: '#/parameters/B'}}], responses: {{}}}}
    patch: {{consumes: [multipart/form-data], parameters: [{{$ref: '#/parameters/F'}}], responses: {{}}}}
"
    ));
    let reference = json!({"$ref": "#/components/requestBodies/B"});
    assert_eq!(outcome.at("/paths/~1a/put/requestBody"), reference);
    let media_type = json!({"schema": {"$ref": "#/components/schemas/A"}, "example": 1});
    let content = outcome.at("/paths/~1a/post/requestBody/content");
    assert_eq!(content, json!({"text/b": media_type}));
    let query = json!([{"$ref": "#/components/parameters/Q"}]);
    assert_eq!(outcome.at("/paths/~1a/put/parameters"), query);
    assert_eq!(
        outcome.at("/components/parameters"),
        json!({"Q": {"name": "q", "in": "query", "schema": {"type": "string"}}})
    );
    let form = outcome.at("/paths/~1a/patch/requestBody/content/multipart~1form-data/schema");
    assert_eq!(form, json!({"type": "object", "properties": {"f": {"type": "string"}}}));
}

#[test]
fn fields_of_a_form_are_one_body() {
    let outcome = operation(
        "consumes: [application/x-www-form-urlencoded, multipart/form-data]
responses: {}
parameters:
- {name: a, in: formData, type: integer, required: true, description: d}
- {name: b, in: formData, type: array, items: {type: string}, collectionFormat: multi}
- {name: c, in: formData, type: array, items: {type: string}, collectionFormat: pipes}",
    );
    let properties = json!({
        "a": {"type": "integer", "description": "d"},
        "b": {"type": "array", "items": {"type": "string"}},
        "c": {"type": "array", "items": {"type": "string"}},
    });
    let form = json!({
        "schema": {"type": "object", "properties": properties, "required": ["a"]},
        "encoding": {"c": {"style": "pipeDelimited", "explode": false}},
    });
    let content = json!({"application/x-www-form-urlencoded": form, "multipart/form-data": form});
    assert_eq!(
        outcome.at("/paths/~1a/post/requestBody"),
        json!({"required": true, "content": content})
    );
    assert_eq!(outcome.findings, Vec::<String>::new());
}

#[test]
fn a_form_with_a_file_has_parts() {
    let outcome = operation(
        "responses: {}
parameters: [{name: f, in: formData, type: file}, {name: t, in: formData, type: string, allowEmptyValue: true}]",
    );
    let properties = json!({"f": {"type": "string", "format": "binary"}, "t": {"type": "string"}});
    assert_eq!(
        outcome.at("/paths/~1a/post/requestBody"),
        json!({"required": false, "content": {"multipart/form-data": {"schema": {"type": "object", "properties": properties}}}})
    );
    assert_eq!(
        outcome.findings,
        [
            "7:20 note[assumed-media-type] no `consumes` says what this form is in; it is taken for `multipart/form-data`",
            "7:95 note[unsupported-keyword] OpenAPI 3 has no `allowEmptyValue` in a form; it is ignored",
        ]
    );
}

#[test]
fn bodies_that_contradict_each_other_are_reported() {
    let outcome = operation(&format!(
        "consumes: [text/a]
responses: {{}}
parameters:
- {}
- {{name: c, in: body, schema: {{}}}}
- {{name: f, in: formData, type: string}}",
        BODY.replace("{$ref: '#/definitions/A'}", "{}")
    ));
    assert_eq!(
        outcome.findings,
        [
            "10:9 error[body-parameter] an operation has two bodies; the first is kept",
            "11:9 error[body-parameter] an operation has a body and fields of a form; the form is left out",
        ]
    );
}

#[test]
fn what_an_operation_has_for_itself_takes_the_place_of_what_its_path_has() {
    let outcome = clean(
        "consumes: [application/x-www-form-urlencoded]
paths:
  /a:
    parameters: [{name: f, in: formData, type: string}, {name: g, in: formData, type: string}]
    put: {parameters: [{name: f, in: formData, type: integer}], responses: {}}
    patch: {parameters: [{name: b, in: body, schema: {type: object}}], responses: {}}
",
    );
    let content = "requestBody/content/application~1x-www-form-urlencoded/schema";
    let properties = json!({"g": {"type": "string"}, "f": {"type": "integer"}});
    assert_eq!(outcome.at(&format!("/paths/~1a/put/{content}/properties")), properties);
    assert_eq!(
        outcome.at(&format!("/paths/~1a/patch/{content}")),
        json!({"type": "object"})
    );
}

#[test]
fn answers_are_in_what_the_operation_produces() {
    let outcome = operation(
        "produces: [application/json, text/plain]
responses:
  200: {description: d, schema: {type: string}, examples: {application/json: e, x-a: 1}}
  201: {description: d, headers: {X-A: {type: array, items: {type: integer}, description: h}}}
  202: {description: d, schema: {type: file}, examples: {text/html: e}}
  203: {description: d, examples: {text/plain: e}}
  x-note: n",
    );
    let text = json!({"schema": {"type": "string"}});
    let responses = outcome.at("/paths/~1a/post/responses");
    assert_eq!(
        responses["200"]["content"],
        json!({"application/json": {"schema": {"type": "string"}, "example": "e"}, "text/plain": text})
    );
    let header = json!({"description": "h", "schema": {"type": "array", "items": {"type": "integer"}}});
    assert_eq!(
        responses["201"],
        json!({"description": "d", "headers": {"X-A": header}})
    );
    let bytes = json!({"schema": {"type": "string", "format": "binary"}});
    assert_eq!(
        responses["202"]["content"],
        json!({"application/json": bytes, "text/plain": bytes})
    );
    assert_eq!(responses["203"], json!({"description": "d"}));
    assert_eq!(responses["x-note"], json!("n"));
    assert_eq!(
        outcome.findings,
        [
            "10:63 note[unused-example] an example is in a media type that the answer does not have; it is ignored (the same in \
             one more place)"
        ]
    );
}

#[test]
fn without_produces_an_answer_is_json_or_bytes() {
    let outcome =
        operation("responses: {200: {description: d, schema: {}}, 201: {description: d, schema: {type: file}}}");
    let responses = outcome.at("/paths/~1a/post/responses");
    assert_eq!(responses["200"]["content"], json!({"application/json": {"schema": {}}}));
    let bytes = json!({"schema": {"type": "string", "format": "binary"}});
    assert_eq!(responses["201"]["content"], json!({"application/octet-stream": bytes}));
    let note = "note[assumed-media-type] no `produces` says what this answer is in; it is taken for";
    assert_eq!(
        outcome.findings,
        [
            format!("6:49 {note} `application/json`"),
            format!("6:84 {note} `application/octet-stream`"),
        ]
    );
}

#[test]
fn a_shared_response_is_a_component_where_nothing_else_is_produced() {
    let outcome = clean(
        "produces: [text/a]
responses: {R: {description: d, schema: {type: string}}}
paths:
  /a:
    get: {responses: {200: {$ref: '#/responses/R'}}}
    put: {produces: [text/b], responses: {200: {$ref: '#/responses/R'}}}
",
    );
    let text = |name: &str| json!({"description": "d", "content": {name: {"schema": {"type": "string"}}}});
    assert_eq!(outcome.at("/components/responses/R"), text("text/a"));
    let reference = json!({"$ref": "#/components/responses/R"});
    assert_eq!(outcome.at("/paths/~1a/get/responses/200"), reference);
    assert_eq!(outcome.at("/paths/~1a/put/responses/200"), text("text/b"));
}

#[test]
fn security_schemes_have_other_names() {
    let outcome = swagger(
        "security: [{basic: []}, {code: [a]}]
securityDefinitions:
  basic: {type: basic, description: d}
  key: {type: apiKey, in: header, name: X-Key}
  implicit: {type: oauth2, flow: implicit, authorizationUrl: a, scopes: {s: t}}
  password: {type: oauth2, flow: password, tokenUrl: t}
  application: {type: oauth2, flow: application, tokenUrl: t}
  code: {type: oauth2, flow: accessCode, authorizationUrl: a, tokenUrl: t, scopes: {}}
  other: {type: oauth2, flow: device}
",
    );
    let flows = |name: &str, flow: Json| json!({"type": "oauth2", "flows": {name: flow}});
    assert_eq!(
        outcome.at("/components/securitySchemes"),
        json!({
            "basic": {"type": "http", "description": "d", "scheme": "basic"},
            "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
            "implicit": flows("implicit", json!({"authorizationUrl": "a", "scopes": {"s": "t"}})),
            "password": flows("password", json!({"tokenUrl": "t", "scopes": {}})),
            "application": flows("clientCredentials", json!({"tokenUrl": "t", "scopes": {}})),
            "code": flows("authorizationCode", json!({"authorizationUrl": "a", "tokenUrl": "t", "scopes": {}})),
            "other": {"type": "oauth2", "flows": {}},
        })
    );
    assert_eq!(outcome.at("/security"), json!([{"basic": []}, {"code": ["a"]}]));
    assert_eq!(
        outcome.findings,
        ["11:31 warning[unknown-flow] `device` is no flow of OAuth 2 in Swagger 2.0"]
    );
}

#[test]
fn what_is_malformed_is_reported_as_in_openapi_3() {
    let outcome = swagger(
        "consumes: text/a
paths: {/a: {get: {parameters: {}, responses: []}, put: [], post: {parameters: [5, {name: b, in: body, schema: {}}]}}, /b: 5}
definitions: {A: 5}
schemas: {}
",
    );
    assert_eq!(outcome.at("/components/schemas/A"), json!({}));
    let content = outcome.at("/paths/~1a/post/requestBody/content");
    assert_eq!(content, json!({"text/a": {"schema": {}}}));
    let codes: Vec<&str> = outcome
        .findings
        .iter()
        .filter_map(|finding| finding.split_once('[')?.1.split_once(']').map(|(code, _)| code))
        .collect();
    assert_eq!(
        codes,
        [
            "malformed-value",
            "malformed-value",
            "malformed-value",
            "malformed-operation",
            "responses-missing",
            "malformed-parameter",
            "malformed-path",
            "malformed-value",
            "unknown-key",
        ]
    );
}
