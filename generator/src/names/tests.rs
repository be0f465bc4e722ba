//! What things are called: the name table of small documents.

#![allow(
    clippy::format_push_string,
    clippy::format_collect,
    reason = "it reads better, and speed does not matter here"
)]

use crate::names::{CredentialNames, Names};
use crate::testing::{config, flush, named, schemas, table, understood};

/// A document of these operations, `METHOD /path` with what else is said of each; each answers nothing.
fn operations(list: &[(&str, &str)]) -> String {
    let mut out = String::from("paths:\n");
    let mut previous = "";
    for (line, rest) in list {
        let (method, path) = line.split_once(' ').unwrap();
        if path != previous {
            let parameters: Vec<String> = path
                .split('{')
                .skip(1)
                .filter_map(|part| part.split_once('}'))
                .map(|(name, _)| format!("{{name: {name}, in: path, required: true, schema: {{type: string}}}}"))
                .collect();
            out += &format!("  '{path}':\n    parameters: [{}]\n", parameters.join(", "));
            previous = path;
        }
        out += &format!("    {method}: {{{rest}responses: {{'204': {{description: ok}}}}}}\n");
    }
    out
}

/// `resource.method` of each operation.
fn methods(list: &[(&str, &str)]) -> Vec<String> {
    let (_, names) = named(&operations(list));
    calls(&names)
}

fn calls(names: &Names) -> Vec<String> {
    names
        .operations
        .iter()
        .map(|own| format!("{}.{}", own.resource, own.method))
        .collect()
}

#[test]
fn resources_come_from_tags() {
    let found = methods(&[
        ("get /sessions", "tags: [Sessions], operationId: list_sessions, "),
        ("post /sessions", "tags: [Sessions], operationId: create_session, "),
        ("get /sessions/{id}", "tags: [Sessions], operationId: getSession, "),
        (
            "delete /sessions/{id}/logs/{log}",
            "tags: [Sessions], operationId: deleteSessionLog, ",
        ),
        ("get /mods", "tags: [mod], operationId: listMods, "),
        ("get /types", "tags: [Types], operationId: listTypes, "),
    ]);
    assert_eq!(
        found,
        [
            "sessions.list",
            "sessions.create",
            "sessions.get",
            "sessions.delete_log",
            "mod_api.list",
            "types_api.list"
        ]
    );
}

#[test]
fn resources_come_from_prefixes_of_ids() {
    let found = methods(&[
        ("get /sessions", "operationId: Sessions_list, "),
        ("get /repos/{id}", "operationId: repos/get-one, "),
        ("get /users", "operationId: users.list, "),
        ("get /plain", "operationId: get_plain, "),
    ]);
    assert_eq!(found, ["sessions.list", "repos.get", "users.list", "plain.get"]);
}

#[test]
fn ids_of_fastapi_lose_path_and_method() {
    let found = methods(&[
        (
            "post /api/v2/sessions",
            "tags: [Sessions], operationId: create_session_api_v2_sessions_post, ",
        ),
        (
            "get /api/v2/sessions/{session_id}",
            "tags: [Sessions], operationId: get_session_api_v2_sessions__session_id__get, ",
        ),
    ]);
    assert_eq!(found, ["sessions.create", "sessions.get"]);
}

#[test]
fn without_an_id_path_and_method_say_it() {
    let found = methods(&[
        ("get /v1/things", ""),
        ("post /v1/things", ""),
        ("get /v1/things/{id}", ""),
        ("get /v1/things/{id}/parts/{part}", ""),
        ("get /", ""),
        ("get /odd", "operationId: '---', "),
    ]);
    assert_eq!(
        found,
        [
            "things.get_things",
            "things.post",
            "things.get_by_id",
            "things.get_parts",
            "root.get",
            "odd.minus"
        ]
    );
}

#[test]
fn a_second_method_of_one_name_is_a_finding_that_says_how_to_settle_it() {
    let document = operations(&[
        ("get /a", "tags: [A], operationId: run, "),
        ("get /b", "tags: [A], operationId: Run, "),
    ]);
    let (found, findings) = understood(&config(""), &document);
    assert_eq!(calls(&found.names), ["a.run", "a.run_2"]);
    assert_eq!(
        findings,
        ["warning[name-collision] another operation of `a` has the name that `Run` would get: it is `run_2` now"]
    );
    let settled = config("[api.rename.operations]\nRun = \"a.run_again\"\n");
    let (found, findings) = understood(&settled, &document);
    assert_eq!(
        (calls(&found.names), findings),
        (vec!["a.run".into(), "a.run_again".into()], vec![])
    );
}

#[test]
fn builders_keep_out_of_the_way_of_what_their_module_imports() {
    let (_, names) = named(&operations(&[
        ("get /a", "tags: [A], operationId: request, "),
        ("post /a", "tags: [A], operationId: a, "),
        ("put /a", "tags: [A], operationId: move, "),
    ]));
    let found: Vec<_> = (names.operations.iter())
        .map(|own| [&own.builder, &own.constant, &own.errors, &own.output].map(String::as_str))
        .collect();
    assert_eq!(
        found,
        [
            ["RequestCall", "REQUEST_CALL", "RequestCallError", "RequestCallOutput"],
            ["ACall", "A_CALL", "ACallError", "ACallOutput"],
            ["Move", "MOVE", "MoveError", "MoveOutput"],
        ]
    );
    assert_eq!(names.operations[2].method, "r#move");
}

#[test]
fn parameters_and_fields_of_a_body_share_a_builder() {
    let (_, names) = named(
        "
paths:
  /a/{id}:
    post:
      operationId: a
      parameters:
      - {name: id, in: path, required: true, schema: {type: string}}
      - {name: send, in: query, schema: {type: string}}
      - {name: type, in: query, schema: {type: string}}
      requestBody: {content: {application/json: {schema: {type: object, properties: {id: {}, body: {}, send: {}}}}}}
      responses: {'204': {description: ok}}
",
    );
    assert_eq!(names.operations[0].parameters, ["id", "send_param", "r#type"]);
    assert_eq!(names.operations[0].body_fields, ["body_id", "body", "body_send"]);
}

#[test]
fn components_keep_their_names() {
    let (found, findings) = table(
        "",
        &schemas(
            "
            app__views__Task: {type: object, properties: {id: {type: string}}}
            other__Task: {type: object, properties: {id: {type: string}}}
            proxy-config: {type: object, properties: {id: {type: string}}}
            Option: {type: object, properties: {id: {type: string}}}
            2fa: {type: object, properties: {id: {type: string}}}
            ",
        ),
    );
    assert_eq!(
        types(&found),
        flush(
            r##"
        "#/components/schemas/app__views__Task" -> Task
        "#/components/schemas/other__Task" -> OtherTask
        "#/components/schemas/proxy-config" -> ProxyConfig
        "#/components/schemas/Option" -> ApiOption
        "#/components/schemas/2fa" -> Value2fa
    "##
        )
    );
    assert_eq!(findings, [""; 0]);
}

/// The lines of a table that name types.
fn types(table: &str) -> String {
    table
        .lines()
        .filter(|line| line.starts_with("\"#"))
        .map(|line| format!("{line}\n"))
        .collect()
}

#[test]
fn inline_types_are_called_after_what_they_belong_to() {
    let (found, findings) = table(
        "",
        &schemas(
            "
            Session:
              type: object
              properties:
                status: {enum: [on, off]}
                viewport: {type: object, properties: {width: {type: integer}}}
                proxies: {type: array, items: {type: object, properties: {host: {type: string}}}}
                labels: {type: object, additionalProperties: {enum: [x]}}
                titled: {type: array, items: {title: A Fine Thing, type: object, properties: {y: {type: string}}}}
                choice: {oneOf: [{type: object, required: [kind], properties: {kind: {const: cat}}}, {type: object, required: [kind], properties: {kind: {const: dog}}}]}
                open: {anyOf: [{enum: [small, big]}, {type: string}]}
            Task: {type: object, properties: {status: {enum: [new, old]}, viewport: {type: object, properties: {depth: {type: integer}}}}}
            Whole: {allOf: [{$ref: '#/components/schemas/Task'}, {type: object, properties: {inner: {type: object, properties: {mode: {enum: [m]}}}}}]}
            ",
        ),
    );
    assert_eq!(
        types(&found),
        flush(
            r##"
        "#/components/schemas/Session" -> Session
        "#/components/schemas/Task" -> Task
        "#/components/schemas/Whole" -> Whole
        "#/components/schemas/Session/properties/status" -> SessionStatus
        "#/components/schemas/Session/properties/viewport" -> SessionViewport
        "#/components/schemas/Session/properties/proxies/items" -> Proxy
        "#/components/schemas/Session/properties/labels/additionalProperties" -> SessionLabelsValue
        "#/components/schemas/Session/properties/titled/items" -> AFineThing
        "#/components/schemas/Session/properties/choice" -> Choice
        "#/components/schemas/Session/properties/choice/oneOf/0" -> ChoiceCat
        "#/components/schemas/Session/properties/choice/oneOf/1" -> ChoiceDog
        "#/components/schemas/Session/properties/open/anyOf/0" -> Open
        "#/components/schemas/Task/properties/status" -> TaskStatus
        "#/components/schemas/Task/properties/viewport" -> TaskViewport
        "#/components/schemas/Whole/allOf/1/properties/inner" -> Inner
        "#/components/schemas/Whole/allOf/1/properties/inner/properties/mode" -> InnerMode
    "##
        )
    );
    assert_eq!(findings, [""; 0]);
}

#[test]
fn bodies_are_called_after_their_operation() {
    let body = |property: &str| {
        format!(
            "content: {{application/json: {{schema: {{type: object, properties: {{{property}: {{type: string}}}}}}}}}}"
        )
    };
    let (found, findings) = table(
        "",
        &format!(
            "paths: {{/things: {{post: {{tags: [things], operationId: createThing, requestBody: {{{}}}, responses: {{'200': \
             {{description: ok, {}}}, '400': {{description: no, {}}}}}}}}}}}",
            body("a"),
            body("b"),
            body("c")
        ),
    );
    assert_eq!(
        types(&found),
        flush(
            r##"
        "#/paths/~1things/post/requestBody/content/application~1json/schema" -> CreateThing
        "#/paths/~1things/post/responses/200/content/application~1json/schema" -> CreateThingResponse
        "#/paths/~1things/post/responses/400/content/application~1json/schema" -> CreateThingError
    "##
        )
    );
    assert_eq!(findings, [""; 0]);
}

#[test]
fn renames_are_used_or_reported() {
    let document = schemas(
        "
        a__Task: {type: object, properties: {id: {type: string}}}
        b__Task: {type: object, properties: {my-id: {type: string}, kind: {enum: [x-1, x_1]}}}
        ",
    );
    let (found, findings) = table(
        "[api.rename.types]\nTask = \"Job\"\nNothing = \"Else\"\n[api.rename.fields]\n\"BTask.my-id\" = \"own_id\"\n\
         \"Job.none\" = \"x\"\n[api.rename.variants]\n\"BTaskKind.x_1\" = \"Other1\"\n",
        &document,
    );
    assert_eq!(
        found,
        flush(
            r##"
        "all" -> All
          "geta__Task" -> geta  Geta
          "getb__Task" -> getb  Getb
        "#/components/schemas/a__Task" -> Job
          "id" -> id
        "#/components/schemas/b__Task" -> BTask
          "my-id" -> own_id
          "kind" -> kind
        "#/components/schemas/b__Task/properties/kind" -> BTaskKind
          "x-1" -> X1
          "x_1" -> Other1
    "##
        )
    );
    assert_eq!(
        findings,
        [
            "error[rename-unused] no type is called `Nothing`, so the rename does not apply",
            "error[rename-unused] no field is called `Job.none`, so the rename does not apply"
        ]
    );
}

#[test]
fn the_rename_that_a_collision_asks_for_settles_it() {
    let document = schemas(
        "
        Item: {type: object, properties: {id: {type: string}}}
        item: {type: object, properties: {id: {type: string}}}
        ",
    );
    let (_, findings) = table("", &document);
    assert_eq!(
        findings,
        ["warning[name-collision] another type has the name that this one would get: it is `Item2` now"]
    );
    let (found, findings) = table("[api.rename.types]\nItem2 = \"LowerItem\"\n", &document);
    assert_eq!(
        types(&found),
        flush(
            r##"
        "#/components/schemas/Item" -> Item
        "#/components/schemas/item" -> LowerItem
    "##
        )
    );
    assert_eq!(findings, [""; 0]);
}

#[test]
fn fields_and_variants_are_told_apart() {
    let (api, names) = named(&schemas(
        "
        S:
          type: object
          additionalProperties: true
          properties: {new: {}, type: {}, self: {}, additional_properties: {}, 1st: {}}
        E: {enum: [us-west, '', unknown, '1', '+1', Self]}
        U: {anyOf: [{type: string}, {type: integer}, {type: array, items: {type: string}}]}
        ",
    ));
    let member = |component: &str| {
        api.types
            .iter()
            .find(|(_, ty)| ty.component() == Some(component))
            .unwrap()
            .0
    };
    let record = member("S");
    assert_eq!(
        names.fields[&record],
        ["new_", "r#type", "self_", "additional_properties", "field_1st"]
    );
    assert_eq!(names.rest[&record], "additional_properties_2");
    let list = member("E");
    assert_eq!(
        names.variants[&list],
        ["UsWest", "Empty", "Unknown", "Value1", "Plus1", "SelfValue"]
    );
    assert_eq!(names.unknown[&list], "Other");
    assert_eq!(names.variants[&member("U")], ["Text", "Integer", "List"]);
}

#[test]
fn members_that_differ_only_in_signs_are_a_finding() {
    let (_, findings) = table(
        "",
        &schemas("E: {enum: [a-b, a_b]}\nS: {type: object, properties: {x-y: {}, x_y: {}}}\n"),
    );
    assert_eq!(
        findings,
        [
            "note[name-collision] `a_b` of `E` would have the name of another: it is `AB2` now",
            "note[name-collision] `x_y` of `S` would have the name of another: it is `x_y_2` now"
        ]
    );
}

#[test]
fn alternatives_lose_the_words_that_they_share() {
    let (api, names) = named(&schemas(
        "
        HttpProxyConfig: {type: object, required: [a], properties: {a: {type: string}}}
        SocksProxyConfig: {type: object, required: [b], properties: {b: {type: string}}}
        Holder:
          type: object
          properties:
            proxy: {oneOf: [{$ref: '#/components/schemas/HttpProxyConfig'}, {$ref: '#/components/schemas/SocksProxyConfig'}]}
        ",
    ));
    let union = api
        .types
        .iter()
        .find(|(_, ty)| matches!(ty.shape, crate::ir::Shape::Union(_)))
        .unwrap()
        .0;
    assert_eq!(names.types[&union], "ProxyConfig");
    assert_eq!(names.variants[&union], ["Http", "Socks"]);
}

/// What takes each credential, and after a slash what takes a client's id and secret for it.
fn credentials(names: &Names) -> Vec<String> {
    let method = |names: &CredentialNames| match &names.client {
        Some(client) => format!("{} / {client}", names.method),
        None => names.method.clone(),
    };
    names.credentials.iter().map(method).collect()
}

#[test]
fn clients_that_fetch_tokens_have_methods_of_their_own() {
    let document = "
components:
  securitySchemes:
    first: {type: oauth2, flows: {clientCredentials: {tokenUrl: /t, scopes: {}}}}
    Second One: {type: oauth2, flows: {clientCredentials: {tokenUrl: /t, scopes: {}}}}
    third: {type: oauth2, flows: {clientCredentials: {tokenUrl: /t, scopes: {}}}}
    fourth: {type: oauth2, flows: {implicit: {authorizationUrl: /a, scopes: {}}}}
paths: {/a: {get: {responses: {'204': {description: ok}}}}}
";
    let toml =
        "[api.credentials.third.client]\nmethod = \"app\"\n[api.credentials.fourth.client]\nsecret-in = \"body\"\n";
    let (found, findings) = understood(&config(toml), document);
    assert_eq!(
        credentials(&found.names),
        [
            "bearer_token / client_credentials",
            "second_one / second_one_client",
            "third / app",
            "fourth"
        ]
    );
    assert_eq!(
        findings,
        ["error[credential-without-client] the security scheme `fourth` has no flow `clientCredentials`"]
    );
}

#[test]
fn payloads_are_called_after_their_webhook_or_callback() {
    let body = "{requestBody: {content: {application/json: {schema: {type: object}}}}}";
    let document = format!(
        "
webhooks:
  job.created: {{post: {body}}}
  job_created: {{post: {body}}}
  job-created: {{post: {body}}}
  vec: {{put: {body}}}
paths:
  /a:
    post: {{responses: {{'204': {{description: ok}}}}, callbacks: {{jobCreated: {{x: {{post: {body}}}}}}}}}
    put: {{operationId: putA, responses: {{'204': {{description: ok}}}}, callbacks: {{jobCreated: {{x: {{post: {body}}}}}}}}}
"
    );
    let (found, findings) = understood(&config(""), &document);
    assert_eq!(
        found.names.payloads,
        [
            "JobCreated",
            "PutAJobCreated",
            "JobCreated",
            "JobCreatedPost",
            "JobCreatedPost2",
            "VecPut"
        ]
    );
    assert_eq!(
        findings,
        ["warning[name-collision] another payload has the name that this one would get: it is `JobCreatedPost2` now"]
    );
}

#[test]
fn credentials_are_called_after_their_kind() {
    let document = "
security: [{first: []}, {second: []}, {token: []}, {user: []}]
components:
  securitySchemes:
    first: {type: apiKey, in: header, name: X-One}
    second: {type: apiKey, in: header, name: X-Two}
    token: {type: http, scheme: bearer}
    user: {type: http, scheme: basic}
paths: {/a: {get: {responses: {'204': {description: ok}}}}}
";
    let (found, _) = understood(&config(""), document);
    assert_eq!(
        credentials(&found.names),
        ["api_key", "second", "bearer_token", "basic_auth"]
    );
    let (found, findings) = understood(
        &config("[api.credentials.second]\nmethod = \"project\"\n[api.credentials.none]\nenv = \"X\"\n"),
        document,
    );
    assert_eq!(
        credentials(&found.names),
        ["api_key", "project", "bearer_token", "basic_auth"]
    );
    assert_eq!(
        findings,
        ["error[credential-unknown] the document has no security scheme `none`"]
    );
}

#[test]
fn entries_of_the_configuration_that_do_not_apply_are_errors() {
    let document = schemas("Session: {type: object, properties: {status: {enum: [on, off]}, key: {type: string}}}\n");
    let toml = "secret-fields = [\"Session.key\", \"Session.none\"]\n[api.retry]\nmax-retries = 2\n[[api.retry.rule]]\n\
                operations = [\"getSession\", \"getNone\"]\nstatuses = [\"429\"]\n[[api.wait]]\noperation = \"getSession\"\n\
                method = \"wait\"\nfield = \"status\"\nuntil = [\"on\", \"gone\"]\nfail = []\n[[api.wait]]\noperation = \
                \"getSession\"\nmethod = \"wait_more\"\nfield = \"none\"\nuntil = [\"on\"]\nfail = []\n";
    let (_, findings) = understood(&config(toml), &document);
    assert_eq!(
        findings,
        [
            "error[secret-field-unknown] no field is called `Session.none`",
            "error[operation-unknown] no operation is called `getNone`",
            "error[waiter-value-unknown] `gone` is no value of the field `status`",
            "error[waiter-field-unknown] no answer of `getSession` has a field `none`"
        ]
    );
}

#[test]
fn headers_are_called_after_what_they_have_in_common() {
    let operation = |tag: &str, headers: &str| {
        let headers: Vec<_> = headers
            .split_whitespace()
            .map(|name| format!("{name}: {{schema: {{type: string}}}}"))
            .collect();
        let headers = headers.join(", ");
        format!("{{get: {{tags: [{tag}], responses: {{'200': {{description: ok, headers: {{{headers}}}}}}}}}}}")
    };
    let list = [
        operation("pets", "X-RateLimit-Limit x-ratelimit-reset"),
        operation("dogs", "x-ratelimit-reset X-RateLimit-Limit"),
        operation("pets", "Link"),
        operation("pets", "link ETag"),
        operation("cats", "a b c"),
        operation("cats", "a b d"),
        operation("cats", "x- of"),
        operation("cats", "content-type"),
        operation("cats", ""),
        operation("mice", "Link-Etag-A Link-Etag-B"),
        operation("mice", "X-Some-Header"),
    ];
    let paths = list.iter().enumerate();
    let paths: String = paths.map(|(index, item)| format!("  /p{index}: {item}\n")).collect();
    let (found, findings) = understood(&config(""), &format!("paths:\n{paths}"));
    let named: Vec<_> = (found.names.headers.iter())
        .map(|set| format!("{}: {}", set.ident, set.methods.join(" ")))
        .collect();
    assert_eq!(
        named,
        [
            "RatelimitHeaders: x_ratelimit_limit x_ratelimit_reset",
            "LinkHeaders: link",
            "LinkEtagHeaders: link etag",
            "CatsHeaders: a b c",
            "GetCatP5Headers: a b d",
            "XOfHeaders: x of_header",
            "LinkEtagALinkEtagBHeaders: link_etag_a link_etag_b",
            "SomeHeaders: x_some_header",
        ]
    );
    assert_eq!(findings, [""; 0]);
}
