//! Each kind of object of the document, as the IR has it before any pass.

use crate::ir::{Api, Constraints, Content, CredentialKind, Encoding, Hint, Location, Shape, Status, TokenEndpoint};
use crate::testing::{lowered, operation};

/// The API of a document that lowering has nothing to say about.
fn lower(parts: &str) -> Api {
    let (api, findings) = lowered(parts);
    assert_eq!(findings, [""; 0]);
    api
}

/// The shape of one schema, the component `S`.
fn shape(schema: &str) -> String {
    let (api, _) = lowered(&format!(
        "components:\n  schemas:\n    Other: {{type: object}}\n    S: {schema}\n"
    ));
    let (_, ty) = api.types.iter().find(|(_, ty)| ty.component() == Some("S")).unwrap();
    match &ty.shape {
        Shape::Array(child) | Shape::Map(child) | Shape::Nullable(child) | Shape::Alias(child) => {
            let kind = format!("{:?}", ty.shape);
            format!("{} of {:?}", kind.split('(').next().unwrap(), api.types[*child].shape)
        }
        Shape::Object(object) => {
            let field = |field: &crate::ir::Field| {
                let mut words = vec![field.name.as_str()];
                words.extend(field.required.then_some("required"));
                words.extend(field.read_only.then_some("read"));
                words.extend(field.write_only.then_some("write"));
                words.extend(field.secret.then_some("secret"));
                words.join(" ")
            };
            let fields: Vec<String> = object.fields.iter().map(field).collect();
            format!("Object {fields:?} {:?} {:?}", object.additional, object.also_required)
        }
        Shape::Union(union) => format!("Union of {} exclusive {}", union.alternatives.len(), union.exclusive),
        Shape::AllOf(parts) => {
            let parts: Vec<String> = parts
                .iter()
                .map(|part| format!("{:?}", api.types[*part].shape))
                .collect();
            format!("AllOf {}", parts.join(" and "))
        }
        other => format!("{other:?}"),
    }
}

#[test]
fn each_kind_of_schema_has_a_shape() {
    let cases = [
        ("{}", "Any"),
        ("{type: 'null'}", "Nullable of Null"),
        ("{type: boolean}", "Bool"),
        ("{type: boolean, enum: [true]}", "OneBool(true)"),
        ("{type: boolean, enum: [true, false]}", "Bool"),
        ("{type: integer}", "Integer(I64)"),
        ("{type: integer, format: int32}", "Integer(I32)"),
        ("{type: integer, format: uint8}", "Integer(U8)"),
        (
            "{type: integer, minimum: 0, maximum: 18446744073709551615}",
            "Integer(U64)",
        ),
        ("{type: integer, enum: [1, 2]}", "Integers(I64, [Number(1), Number(2)])"),
        ("{type: number}", "Number(F64)"),
        ("{type: number, format: float}", "Number(F32)"),
        ("{type: number, format: int64}", "Integer(I64)"),
        ("{type: string}", "String(Plain)"),
        ("{type: string, format: uuid}", "String(Plain)"),
        ("{type: string, format: date-time}", "String(DateTime)"),
        ("{type: string, format: date}", "String(Date)"),
        ("{type: string, format: binary}", "String(Binary)"),
        (
            "{type: string, enum: [a, b]}",
            "Enumeration(Enumeration { values: [\"a\", \"b\"] })",
        ),
        ("{const: a}", "Const(String(\"a\"))"),
        ("{const: {a: 1}}", "Any"),
        ("{type: array, items: {type: string}}", "Array of String(Plain)"),
        ("{type: array}", "Array of Any"),
        ("{type: object}", "Map of Any"),
        ("{type: object, additionalProperties: {type: boolean}}", "Map of Bool"),
        ("{type: object, additionalProperties: false}", "Object [] Ignored []"),
        (
            "{type: object, required: [a], properties: {a: {readOnly: true}, b: {writeOnly: true}, c: {type: string, format: \
             password}}}",
            "Object [\"a required read\", \"b write\", \"c secret\"] Ignored []",
        ),
        (
            "{properties: {a: {}}, additionalProperties: true}",
            "Object [\"a\"] Kept(TypeId(4)) []",
        ),
        ("{type: [string, 'null']}", "Nullable of String(Plain)"),
        ("{$ref: '#/components/schemas/Other'}", "Alias of Map(TypeId(2))"),
        (
            "{oneOf: [{type: string}, {type: boolean}]}",
            "Union of 2 exclusive true",
        ),
        (
            "{anyOf: [{type: string}, {type: boolean}]}",
            "Union of 2 exclusive false",
        ),
        (
            "{type: object, properties: {a: {}}, anyOf: [{required: [a]}, {required: [b]}]}",
            "Object [\"a\"] Ignored []",
        ),
        ("{pattern: a}", "String(Plain)"),
        ("{items: {type: boolean}}", "Array of Bool"),
    ];
    for (schema, expected) in cases {
        assert_eq!(shape(schema), expected, "{schema}");
    }
}

#[test]
fn a_list_of_mixed_values_is_a_finding() {
    let (api, findings) = lowered("components: {schemas: {S: {enum: [a, 1]}}}");
    assert_eq!(
        api.types.iter().next().map(|(_, ty)| ty.shape.clone()),
        Some(Shape::Any)
    );
    assert_eq!(
        findings[1..],
        ["warning[mixed-enum] the `enum` mixes kinds of values, so its values stay untyped JSON"]
    );
}

#[test]
fn parameters_keep_their_styles() {
    let api = lower(&operation(
        "
        parameters:
        - {name: label, in: query, style: form, schema: {type: array, items: {type: string}}}
        - {name: flat, in: query, explode: false, schema: {type: array, items: {type: string}}}
        - {name: space, in: query, style: spaceDelimited, explode: false, schema: {type: array, items: {type: string}}}
        - {name: pipe, in: query, style: pipeDelimited, explode: false, schema: {type: array, items: {type: string}}}
        - {name: deep, in: query, style: deepObject, schema: {type: object}}
        - {name: json, in: query, content: {application/json: {schema: {type: object}}}}
        - {name: X-One, in: header, required: true, schema: {type: string}}
        - {name: crumb, in: cookie, schema: {type: string}}
        responses: {'200': {description: ok}}
        ",
    ));
    let found: Vec<_> = (api.operations[0].parameters.iter())
        .map(|parameter| {
            (
                parameter.name.as_str(),
                parameter.location,
                parameter.required,
                parameter.encoding,
            )
        })
        .collect();
    let expected = [
        ("id", Location::Path, true, Encoding::Simple { explode: false }),
        ("label", Location::Query, false, Encoding::Form { explode: true }),
        ("flat", Location::Query, false, Encoding::Form { explode: false }),
        ("space", Location::Query, false, Encoding::SpaceDelimited),
        ("pipe", Location::Query, false, Encoding::PipeDelimited),
        ("deep", Location::Query, false, Encoding::DeepObject),
        ("json", Location::Query, false, Encoding::Json),
        ("X-One", Location::Header, true, Encoding::Simple { explode: false }),
        ("crumb", Location::Cookie, false, Encoding::Form { explode: true }),
    ];
    assert_eq!(found, expected);
}

#[test]
fn styles_of_paths() {
    let style = |style: &str| {
        let api = lower(&format!(
            "paths: {{'/a/{{p}}': {{get: {{parameters: [{{name: p, in: path, required: true, schema: {{type: string}}, {style}}}], \
             responses: {{'200': {{description: ok}}}}}}}}}}"
        ));
        api.operations[0].parameters[0].encoding
    };
    assert_eq!(
        style("style: simple, explode: true"),
        Encoding::Simple { explode: true }
    );
    assert_eq!(style("style: label"), Encoding::Label { explode: false });
    assert_eq!(
        style("style: matrix, explode: true"),
        Encoding::Matrix { explode: true }
    );
}

#[test]
fn one_media_type_of_a_body_is_used() {
    let body = |content: &str| {
        let api = lower(&operation(&format!(
            "requestBody: {{content: {{{content}}}}}\nresponses: {{'200': {{description: ok}}}}"
        )));
        let body = api.operations[0].body.clone().unwrap();
        let kind = match body.content {
            Content::Empty => "empty",
            Content::Json(_) => "json",
            Content::Form(_) => "form",
            Content::Multipart(_) => "multipart",
            Content::Text => "text",
            Content::Binary => "binary",
            Content::Events(_) | Content::JsonLines(_) => "stream",
        };
        (body.media_type, kind)
    };
    let cases = [
        ("application/json: {schema: {type: object}}", "application/json", "json"),
        (
            "application/xml: {}, application/vnd.x+json: {}",
            "application/vnd.x+json",
            "json",
        ),
        (
            "application/x-www-form-urlencoded: {}, multipart/form-data: {}",
            "multipart/form-data",
            "multipart",
        ),
        (
            "application/x-www-form-urlencoded: {}",
            "application/x-www-form-urlencoded",
            "form",
        ),
        ("text/plain: {}", "text/plain", "text"),
        ("text/event-stream: {}", "text/event-stream", "binary"),
        ("application/octet-stream: {}", "application/octet-stream", "binary"),
        ("'image/*': {}", "application/octet-stream", "binary"),
        ("'*/*': {schema: {type: object}}", "application/json", "json"),
        ("'text/*': {}", "text/plain", "text"),
        (
            "application/json: {schema: {type: string, format: binary}}",
            "application/json",
            "binary",
        ),
    ];
    for (content, media_type, kind) in cases {
        assert_eq!(body(content), (media_type.to_owned(), kind), "{content}");
    }
}

#[test]
fn responses_stand_by_status_the_default_last() {
    let api = lower(
        &operation(
            "
        responses:
          default: {description: Any other.}
          5XX: {description: Later.}
          '404': {$ref: '#/components/responses/NotFound'}
          '200': {description: ok, content: {application/json: {schema: {type: string}}}}
        ",
        )
        .replace(
            "paths:",
            "components: {responses: {NotFound: {description: Not here., content: {text/plain: {}}}}}\npaths:",
        ),
    );
    let found: Vec<_> = (api.operations[0].responses.iter())
        .map(|response| {
            (
                response.status,
                response.description.as_str(),
                response.media_type.as_deref(),
            )
        })
        .collect();
    let expected = [
        (Status::Code(200), "ok", Some("application/json")),
        (Status::Code(404), "Not here.", Some("text/plain")),
        (Status::Range(5), "Later.", None),
        (Status::Default, "Any other.", None),
    ];
    assert_eq!(found, expected);
}

#[test]
fn security_is_the_operations_own_or_the_documents() {
    let (api, _) = lowered(
        "
security: [{key: []}]
components:
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Key}
    query: {type: apiKey, in: query, name: key}
    cookie: {type: apiKey, in: cookie, name: session}
    digest: {type: http, scheme: digest}
    basic: {type: http, scheme: Basic}
    oauth: {type: oauth2, flows: {}}
paths:
  /a: {get: {responses: {'200': {description: ok}}}}
  /b: {get: {security: [{basic: [], query: []}, {oauth: []}, {digest: []}], responses: {'200': {description: ok}}}}
  /c: {get: {security: [{}], responses: {'200': {description: ok}}}}
  /d: {get: {security: [], responses: {'200': {description: ok}}}}
",
    );
    let kinds: Vec<_> = api
        .credentials
        .iter()
        .map(|credential| credential.kind.clone())
        .collect();
    let expected = [
        CredentialKind::Header("X-Key".to_owned()),
        CredentialKind::Query("key".to_owned()),
        CredentialKind::Cookie("session".to_owned()),
        CredentialKind::Basic,
        CredentialKind::Bearer,
    ];
    assert_eq!(kinds, expected);
    let security: Vec<Vec<Vec<u32>>> = (api.operations.iter())
        .map(|operation| {
            operation
                .security
                .iter()
                .map(|set| set.iter().map(|id| id.0).collect())
                .collect()
        })
        .collect();
    assert_eq!(
        security,
        [vec![vec![0]], vec![vec![3, 1], vec![4]], vec![vec![]], vec![]]
    );
}

#[test]
fn tokens_are_fetched_where_a_flow_for_clients_says() {
    let (api, _) = lowered(
        "
servers: [{url: 'https://example.com/v1/'}]
security: [{relative: [a]}]
components:
  securitySchemes:
    relative: {type: oauth2, flows: {clientCredentials: {tokenUrl: oauth/token, scopes: {a: A, b: B, unused: C}}}}
    rooted: {type: oauth2, flows: {clientCredentials: {tokenUrl: /token, scopes: {}}}}
    whole: {type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://login.example.com/t', scopes: {}}}}
    code: {type: oauth2, flows: {authorizationCode: {authorizationUrl: /a, tokenUrl: /t, scopes: {}}}}
paths:
  /a: {get: {responses: {'200': {description: ok}}}}
  /b: {get: {security: [{relative: [b, a], rooted: []}, {digest: [], whole: [c]}], responses: {'200': {description: ok}}}}
",
    );
    let kinds = api.credentials.iter().map(|credential| credential.kind.clone());
    let endpoint = |url: &str, scopes: &[&str]| {
        CredentialKind::ClientCredentials(TokenEndpoint {
            url: url.to_owned(),
            scopes: scopes.iter().map(|scope| (*scope).to_owned()).collect(),
        })
    };
    let expected = [
        endpoint("/v1/oauth/token", &["a", "b"]),
        endpoint("/token", &[]),
        // The alternative that names a scope cannot be followed.
        endpoint("https://login.example.com/t", &[]),
        CredentialKind::Bearer,
    ];
    assert_eq!(kinds.collect::<Vec<_>>(), expected);
}

#[test]
fn servers_have_their_variables_filled_in() {
    let (api, findings) = lowered(
        "
servers:
- {url: 'https://{region}.example.com/{base}/', variables: {region: {default: eu}, base: {default: v1}}}
- {url: /relative}
paths:
  /a: {get: {responses: {'200': {description: ok}}}}
  /b: {get: {servers: [{url: 'https://files.example.com'}], responses: {'200': {description: ok}}}}
  /c: {servers: [{url: 'https://eu.example.com/v1'}], get: {responses: {'200': {description: ok}}}}
",
    );
    let urls: Vec<_> = api.servers.iter().map(|server| server.url.as_str()).collect();
    assert_eq!(urls, ["https://eu.example.com/v1"]);
    let own: Vec<_> = api
        .operations
        .iter()
        .map(|operation| operation.server.as_deref())
        .collect();
    assert_eq!(own, [None, Some("https://files.example.com"), None]);
    assert_eq!(
        findings,
        ["note[server-relative] the server's URL `/relative` is not absolute"]
    );
}

#[test]
fn hints_say_where_a_name_may_come_from() {
    let api = lower(&operation(
        "
        requestBody: {content: {application/json: {schema: {type: array, items: {title: Row, enum: [a]}}}}}
        responses: {'200': {description: ok, content: {application/json: {schema: {type: object, properties: {a: {title: A, enum: [b]}}}}}}}
        ",
    ));
    let hints: Vec<_> = api.types.iter().map(|(_, ty)| ty.hints[0].clone()).collect();
    let operation = crate::ir::OperationId(0);
    let expected = [
        Hint::Parameter(operation, "id".to_owned()),
        Hint::RequestBody(operation),
        Hint::Title("Row".to_owned()),
        Hint::Response(operation),
        Hint::Property(crate::ir::TypeId(3), "a".to_owned()),
    ];
    assert_eq!(hints, expected);
}

#[test]
fn constraints_read_as_parts_of_a_sentence() {
    let constraints = |schema: &str| {
        let (api, _) = lowered(&format!("components: {{schemas: {{S: {schema}}}}}"));
        let Constraints { list } = api.types.iter().next().unwrap().1.docs.constraints.clone();
        list.join(", ")
    };
    let cases = [
        ("{type: integer, minimum: 1, maximum: 5}", "1 to 5"),
        ("{type: integer, minimum: 1}", "at least 1"),
        (
            "{type: number, exclusiveMinimum: 0}",
            "at least 0, the lower end excluded",
        ),
        ("{type: integer, multipleOf: 5}", "a multiple of 5"),
        ("{type: string, minLength: 1, maxLength: 1}", "exactly 1 character"),
        ("{type: string, minLength: 0, maxLength: 9}", "at most 9 characters"),
        (
            "{type: string, pattern: '^`a`$'}",
            "matching the regular expression `` ^`a`$ ``",
        ),
        (
            "{type: array, minItems: 2, uniqueItems: true}",
            "at least 2 items, no item twice",
        ),
        ("{type: object, maxProperties: 3}", "at most 3 entries"),
        (
            "{type: object, properties: {a: {}}, minProperties: 1}",
            "at least 1 property",
        ),
        (
            "{type: object, anyOf: [{required: [a]}, {required: [b, c]}]}",
            "at least one of `a`, `b` with `c`",
        ),
        (
            "{type: object, oneOf: [{required: [a]}, {required: [b]}]}",
            "exactly one of `a`, `b`",
        ),
        ("{type: object, anyOf: [{required: [a]}, {}]}", ""),
        ("{type: integer, le: 5}", "`le: 5`"),
    ];
    for (schema, expected) in cases {
        assert_eq!(constraints(schema), expected, "{schema}");
    }
}

#[test]
fn methods_stand_in_the_order_of_the_document() {
    let api = lower(
        "paths: {/a: {post: {responses: {'200': {description: ok}}}, get: {responses: {'200': {description: ok}}}}}",
    );
    let methods: Vec<_> = api
        .operations
        .iter()
        .map(|operation| operation.method.as_str())
        .collect();
    assert_eq!(methods, ["POST", "GET"]);
}
