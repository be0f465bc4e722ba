//! What is met in small documents, and whether the table is what `normalize` goes by.

use super::{Treatment, met};
use crate::diagnostic::Findings;
use crate::front::filter::{Filter, Pattern, Selection, select};
use crate::front::source::{Node, Source, parse};

fn tree(text: &str) -> Node {
    let source = Source {
        name: "api.yaml".to_owned(),
        text: text.to_owned(),
    };
    parse(&source, &mut Findings::new()).unwrap()
}

/// `line:column object key: treatment (why)`, but for what is honoured without more.
fn lines(text: &str, selection: &Selection) -> Vec<String> {
    let met = met(&tree(text), selection).into_iter();
    met.filter(|met| met.treatment != Treatment::Honoured || !met.why.is_empty())
        .map(|met| {
            let (line, column) = (met.place.line, met.place.column);
            let treatment = met.treatment.as_str();
            format!("{line}:{column} {} {}: {treatment} ({})", met.object, met.key, met.why)
        })
        .collect()
}

/// What is met in one schema of a version of OpenAPI, without lines and columns.
fn schema(version: &str, text: &str) -> Vec<String> {
    let text = format!("openapi: {version}\ncomponents: {{schemas: {{S: {text}}}}}\n");
    let lines = lines(&text, &Selection::default()).into_iter();
    lines
        .filter_map(|line| Some(line.split_once(" Schema ")?.1.to_owned()))
        .collect()
}

#[test]
fn tells_of_each_key_what_becomes_of_it() {
    let text = "\
openapi: 3.1.0
info: {title: T, version: '1', contact: {name: N}, x-mine: 1}
servers: [{url: a, description: d}, {url: b}]
paths:
  x-order: {get: 1}
  /a:
    GET:
      operationId: a
      tag: [a]
      parameters:
      - {$ref: '#/components/parameters/P', description: d}
      - {name: q, in: query, allowReserved: true, schema: {type: string, pattern: p}}
      responses: {'200': {description: d, headers: {X-A: {}}, content: {text/plain: {encoding: {}}}}}
webhooks: {w: {post: {}}}
";
    assert_eq!(
        lines(text, &Selection::default()),
        [
            "2:18 Info version: documented (in the documentation)",
            "2:32 Info contact: ignored (shown nowhere yet)",
            "3:20 Server description: ignored (shown nowhere yet)",
            "3:38 Server url: ignored (the first server is the base URL)",
            "9:7 Operation tag: ignored (unknown)",
            "11:45 Reference description: ignored (what is referred to has words of its own)",
            "12:30 Parameter allowReserved: honoured (in a query; `#[]&=+'` are encoded all the same)",
            "12:74 Schema pattern: documented (the server checks it)",
            "13:27 Response description: documented (in the documentation)",
            "13:86 Media Type encoding: ignored (only forms have fields that are encoded)",
            "14:1 OpenAPI webhooks: honoured (a type for what each request sends)",
        ]
    );
}

#[test]
fn what_is_filtered_out_is_not_met() {
    let text = "\
openapi: 3.1.0
paths:
  /a: {get: {summary: s, responses: {}}, put: {summary: s, responses: {}}}
  b: {summary: s, get: {responses: {}}}
components: {schemas: {A: {pattern: p}}}
";
    let filter = Filter {
        include: Pattern::parse("path:/a", None).into_iter().collect(),
        exclude: Pattern::parse("method:PUT", None).into_iter().collect(),
    };
    let tree = tree(text);
    let selection = select(&tree, [&filter, &Filter::default()], &mut Findings::new()).unwrap();
    assert_eq!(
        lines(text, &selection),
        ["3:14 Operation summary: documented (in the documentation)"]
    );
}

#[test]
fn constraints_are_shown_where_fields_parameters_and_records_have_them() {
    assert_eq!(
        schema(
            "3.1.0",
            "{maxLength: 9, default: a, properties: {a: {maxLength: 9, default: a, le: 9, readOnly: true}}, readOnly: true}"
        ),
        [
            "maxLength: documented (the server checks it)",
            "default: ignored (is shown with fields and parameters)",
            "maxLength: documented (the server checks it)",
            "default: documented (never sent)",
            "le: documented (unknown; shown as it is written)",
            "readOnly: ignored (counts where a field has it)",
        ]
    );
}

#[test]
fn values_and_formats_make_a_difference() {
    assert_eq!(schema("3.1.0", "{type: string, format: date, enum: [a]}"), [""; 0]);
    assert_eq!(
        schema(
            "3.1.0",
            "{type: integer, format: port, enum: [1], const: {}, minLength: 1, items: {not: {}}}"
        ),
        [
            "format: ignored (a format without a type of its own)",
            "enum: ignored (values that are no texts are not listed by a type)",
            "const: ignored (a constant object or list is any JSON)",
            "minLength: ignored (does not concern the `type` beside it)",
            "items: ignored (does not concern the `type` beside it)",
        ]
    );
    assert_eq!(
        schema(
            "3.1.0",
            "{contentEncoding: base64, contentMediaType: image/png, contentSchema: {}}"
        ),
        [
            "contentEncoding: ignored (a text stays as it is encoded)",
            "contentMediaType: ignored (a text stays text)",
            "contentSchema: ignored (only the data of server-sent events is read by it)",
        ]
    );
    let file = "honoured (a file, where it is not in JSON)";
    assert_eq!(
        schema("3.1.0", "{contentEncoding: binary}"),
        [format!("contentEncoding: {file}")]
    );
    assert_eq!(
        schema("3.1.0", "{contentMediaType: image/png}"),
        [format!("contentMediaType: {file}")]
    );
}

#[test]
fn what_no_type_can_say_is_ignored_and_what_is_unknown_is_shown() {
    assert_eq!(
        schema(
            "3.1.0",
            "{if: {pattern: p}, patternProperties: {a: {then: {}}}, ge: 1, discriminator: {propertyName: a}}"
        ),
        [
            "if: ignored (says what no Rust type can say; the server checks it)",
            "patternProperties: honoured (as additional properties; keys are not checked)",
            "then: ignored (says what no Rust type can say; the server checks it)",
            "ge: ignored (unknown)",
            "discriminator: ignored (there are no alternatives beside it)",
        ]
    );
}

#[test]
fn beside_a_reference_3_0_keeps_words_only() {
    let text = "{$ref: '#/a', description: d, pattern: p}";
    assert_eq!(
        schema("3.0.3", text),
        [
            "description: ignored (there is no field and no type of its own to show it with)",
            "pattern: ignored (beside a `$ref` in OpenAPI 3.0)",
        ]
    );
    assert_eq!(
        schema("3.1.0", text),
        [
            "description: ignored (there is no field and no type of its own to show it with)",
            "pattern: ignored (is shown with fields, parameters and records)",
        ]
    );
}
