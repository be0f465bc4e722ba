//! From a TOML tree to [`Config`].
//!
//! One function for each table. All that is wrong is reported in one run; `None` comes only at the end.

use std::collections::HashSet;

use super::check::{
    CAMEL, CRATE_NAME, FILTER, KEYWORD, MEMBER, METHOD, MODULE, PAGE_STYLE, PATH, RESOURCE_METHOD, SNAKE, STATUS, URL,
    VARIABLE, VERSION,
};
use super::pace::pace;
use super::reader::{Check, TEXT, Table, located};
use super::{
    ApiConfig, ClientConfig, Config, Connection, CredentialConfig, Dates, EmptyBody, Located, NextCursor, Package,
    PageStyle, Pagination, Rename, Retry, RetryRule, SecretIn, UnknownFields, Waiter,
};
use crate::diagnostic::{Findings, codes};
use crate::front::filter::{Filter, Pattern};
use crate::front::source::{Node, Value};

/// Retries after the first attempt, where the table does not say.
const MAX_RETRIES: u32 = 2;

/// Reads a `client.toml`. `None` where something required is missing; the findings say what.
pub fn read(node: &Node, findings: &mut Findings) -> Option<Config> {
    let mut root = Table::new("the file", node, findings)?;
    for (key, expected) in [
        ("crate", "a table with the crate's name"),
        ("api", "a list of tables, one for each document"),
    ] {
        if node.get(key).is_none() {
            root.missing(key, expected);
        }
    }
    let package = root.table("crate", "[crate]").and_then(package);
    let apis = root.tables("api", "[[api]]", |table| Some(api(table)));
    root.finish();
    check_modules(node, findings);
    let apis: Option<Vec<_>> = apis.into_iter().map(Option::flatten).collect();
    Some(Config {
        package: package?,
        apis: apis.filter(|apis| !apis.is_empty())?,
    })
}

fn package(mut table: Table<'_>) -> Option<Package> {
    let name = table.required("name", CRATE_NAME);
    let package = Package {
        name: String::new(),
        version: plain(table.text("version", VERSION)).unwrap_or_else(|| "0.1.0".to_owned()),
        description: plain(table.text("description", TEXT)),
        repository: plain(table.text("repository", URL)),
        homepage: plain(table.text("homepage", URL)),
        keywords: table
            .texts("keywords", KEYWORD)
            .into_iter()
            .map(|keyword| keyword.value)
            .collect(),
    };
    if package.keywords.len() > 5 {
        let message = format!("[crate] has {} keywords", package.keywords.len());
        let help = "keep five, which is all that a registry accepts";
        table.push(codes::CONFIG_INVALID_VALUE, table.place(), message, help.to_owned());
    }
    table.finish();
    Some(Package {
        name: name?.value,
        ..package
    })
}

fn api(mut table: Table<'_>) -> Option<ApiConfig> {
    let document = table.required("document", PATH);
    let api = ApiConfig {
        module: plain(table.text("module", MODULE)),
        title: plain(table.text("title", TEXT)),
        document: String::new(),
        overlays: table
            .texts("overlays", PATH)
            .into_iter()
            .map(|path| path.value)
            .collect(),
        filter: Filter {
            include: patterns(table.texts("include", FILTER)),
            exclude: patterns(table.texts("exclude", FILTER)),
        },
        narrowed: Filter::default(),
        documentation: plain(table.text("documentation", URL)),
        base_url: plain(table.text("base-url", URL)),
        base_url_env: plain(table.text("base-url-env", VARIABLE)),
        secret_fields: table.texts("secret-fields", MEMBER),
        dates: table.choice(
            "dates",
            &[("jiff", Dates::Jiff), ("chrono", Dates::Chrono), ("text", Dates::Text)],
        ),
        unknown_fields: table.choice(
            "unknown-fields",
            &[("ignore", UnknownFields::Ignore), ("keep", UnknownFields::Keep)],
        ),
        empty_body: table.choice(
            "empty-body",
            &[("omit", EmptyBody::Omit), ("object", EmptyBody::Object)],
        ),
        resource_features: table.boolean("resource-features"),
        credentials: table
            .table("credentials", "[api.credentials]")
            .map(credentials)
            .unwrap_or_default(),
        rename: table.table("rename", "[api.rename]").map(rename).unwrap_or_default(),
        retry: table.table("retry", "[api.retry]").map(retry),
        waiters: table
            .tables("wait", "[[api.wait]]", waiter)
            .into_iter()
            .flatten()
            .collect(),
        paginations: table
            .tables("paginate", "[[api.paginate]]", pagination)
            .into_iter()
            .flatten()
            .collect(),
    };
    table.finish();
    Some(ApiConfig {
        document: document?.value,
        ..api
    })
}

fn patterns(texts: Vec<Located<String>>) -> Vec<Pattern> {
    let pattern = |text: Located<String>| Pattern::parse(&text.value, Some(text.place));
    texts.into_iter().filter_map(pattern).collect()
}

fn credentials(table: Table<'_>) -> Vec<CredentialConfig> {
    table.entries(|scheme, node, findings| {
        let mut table = Table::new(format!("[api.credentials.{}]", scheme.value), node, findings)?;
        let env = plain(table.text("env", VARIABLE));
        let method = plain(table.text("method", SNAKE));
        let name = format!("[api.credentials.{}.client]", scheme.value);
        let client = table.table("client", &name).map(client);
        table.finish();
        Some(CredentialConfig {
            scheme,
            env,
            method,
            client,
        })
    })
}

fn client(mut table: Table<'_>) -> ClientConfig {
    const PAIR: [&str; 2] = ["id-env", "secret-env"];
    let env = match PAIR.map(|key| plain(table.text(key, VARIABLE))) {
        [Some(id), Some(secret)] => Some([id, secret]),
        [None, None] => None,
        [id, _] => {
            let missing = if id.is_none() { PAIR[0] } else { PAIR[1] };
            table.missing(
                missing,
                "an environment variable's name: one of the two is of no use alone",
            );
            None
        }
    };
    let client = ClientConfig {
        place: table.place(),
        env,
        method: plain(table.text("method", SNAKE)),
        secret_in: table.choice("secret-in", &[("header", SecretIn::Header), ("body", SecretIn::Body)]),
    };
    table.finish();
    client
}

fn rename(mut table: Table<'_>) -> Rename {
    let rename = Rename {
        types: names(table.table("types", "[api.rename.types]"), TEXT, CAMEL),
        fields: names(table.table("fields", "[api.rename.fields]"), MEMBER, SNAKE),
        variants: names(table.table("variants", "[api.rename.variants]"), MEMBER, CAMEL),
        operations: names(
            table.table("operations", "[api.rename.operations]"),
            TEXT,
            RESOURCE_METHOD,
        ),
    };
    table.finish();
    rename
}

fn names(table: Option<Table<'_>>, key_check: Check, value_check: Check) -> Vec<(Located<String>, String)> {
    let read = |key: Located<String>, node: &Node, findings: &mut Findings| {
        let text = Node::new(key.place.clone(), Value::String(key.value.clone()));
        let fits = located("the key", &text, key_check, findings);
        let name = located(&format!("the name for `{}`", key.value), node, value_check, findings);
        Some((fits?, name?.value))
    };
    table.map(|table| table.entries(read)).unwrap_or_default()
}

fn retry(mut table: Table<'_>) -> Retry {
    let max_retries = table.number("max-retries", 10).unwrap_or(MAX_RETRIES);
    let rules = table.tables("rule", "[[api.retry.rule]]", |table| Some(retry_rule(table)));
    table.finish();
    Retry {
        max_retries,
        rules: rules.into_iter().flatten().collect(),
    }
}

fn retry_rule(mut table: Table<'_>) -> RetryRule {
    let connections = [
        ("never", Connection::Never),
        ("unsent", Connection::Unsent),
        ("any", Connection::Any),
    ];
    let rule = RetryRule {
        methods: table.texts("methods", METHOD),
        operations: table.texts("operations", TEXT),
        statuses: table.texts("statuses", STATUS),
        connection: table.choice("connection", &connections),
    };
    table.finish();
    rule
}

fn waiter(mut table: Table<'_>) -> Option<Waiter> {
    let operation = table.required("operation", TEXT);
    let method = table.required("method", SNAKE);
    let field = table.required("field", TEXT);
    let until = table.required_texts("until", TEXT);
    let fail = table.texts("fail", TEXT);
    let pace = pace(&mut table);
    for value in values_said_twice(until.iter().flatten().chain(&fail)) {
        let message = format!("`{}` stands twice in `until` and `fail` of [[api.wait]]", value.value);
        let help = "keep it where it belongs: a value ends the wait well, or with an error";
        table.push(
            codes::CONFIG_INVALID_VALUE,
            value.place.clone(),
            message,
            help.to_owned(),
        );
    }
    table.finish();
    Some(Waiter {
        operation: operation?,
        method: method?,
        field: field?,
        until: until?,
        fail,
        pace,
    })
}

fn values_said_twice<'a>(values: impl Iterator<Item = &'a Located<String>>) -> Vec<&'a Located<String>> {
    let mut seen = HashSet::new();
    values.filter(|value| !seen.insert(&value.value)).collect()
}

fn pagination(mut table: Table<'_>) -> Option<Pagination> {
    let operations = table.required_texts("operations", TEXT);
    let style = table.required("style", PAGE_STYLE)?;
    let items = table.text("items", TEXT);
    let has_more = table.text("has-more", TEXT);
    let style = page_style(&style.value, &mut table);
    table.finish();
    Some(Pagination {
        operations: operations?,
        items,
        has_more,
        style: style?,
    })
}

/// The keys that go with a style; those of another are unknown.
fn page_style(style: &str, table: &mut Table<'_>) -> Option<PageStyle> {
    if style == "link" {
        let next = table.text("next", TEXT);
        return Some(PageStyle::Link { next });
    }
    let parameter = table.required("parameter", TEXT);
    match style {
        "cursor" => {
            let item = table.text("item-cursor", TEXT).map(NextCursor::LastItem);
            let next = match &item {
                Some(_) => None,
                None => table.required("next", TEXT).map(NextCursor::Field),
            };
            Some(PageStyle::Cursor {
                parameter: parameter?,
                next: item.or(next)?,
            })
        }
        "page" => {
            let first = table.number("first-page", 1).unwrap_or(1);
            let total = table.text("total", TEXT);
            Some(PageStyle::Page {
                parameter: parameter?,
                first,
                total,
            })
        }
        _ => {
            let total = table.text("total", TEXT);
            Some(PageStyle::Offset {
                parameter: parameter?,
                total,
            })
        }
    }
}

/// Several APIs in one crate need a module each, and no two the same.
fn check_modules(node: &Node, findings: &mut Findings) {
    let apis = node.get("api").and_then(Node::as_array).unwrap_or_default();
    let mut seen = Vec::new();
    for api in apis.iter().filter(|api| apis.len() > 1 && api.as_object().is_some()) {
        let Some(mut table) = Table::new("[[api]]", api, findings) else {
            continue;
        };
        match api.get("module") {
            None => table.missing("module", "a crate with several APIs has a module for each"),
            Some(module) if seen.contains(&module.as_str()) => {
                let name = module.written().unwrap_or_default();
                table.invalid("module", module, name, "a name that no other API of this crate has");
            }
            Some(module) => seen.push(module.as_str()),
        }
    }
}

fn plain(text: Option<Located<String>>) -> Option<String> {
    text.map(|text| text.value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::front::source::{Source, parse_toml};

    fn run(text: &str) -> (Option<Config>, Findings) {
        let mut findings = Findings::new();
        let source = Source {
            name: "client.toml".to_owned(),
            text: text.to_owned(),
        };
        let config = parse_toml(&source, &mut findings).and_then(|node| read(&node, &mut findings));
        (config, findings)
    }

    #[track_caller]
    fn assert_findings(text: &str, expected: &[&str]) {
        let (_, findings) = run(text);
        let rendered: Vec<_> = findings.sorted().into_iter().map(ToString::to_string).collect();
        assert_eq!(rendered, expected);
    }

    #[test]
    fn fills_in_what_is_not_given() {
        let (config, findings) =
            run("[crate]\nname = \"a\"\n[[api]]\ndocument = \"a.yaml\"\n[api.retry]\n[[api.retry.rule]]\n");
        assert_eq!(findings, Findings::new());
        let rule = RetryRule {
            methods: vec![],
            operations: vec![],
            statuses: vec![],
            connection: Connection::Unsent,
        };
        let api = ApiConfig {
            module: None,
            title: None,
            document: "a.yaml".to_owned(),
            overlays: vec![],
            filter: Filter::default(),
            narrowed: Filter::default(),
            documentation: None,
            base_url: None,
            base_url_env: None,
            secret_fields: vec![],
            dates: Dates::Jiff,
            unknown_fields: UnknownFields::Ignore,
            empty_body: EmptyBody::Omit,
            resource_features: None,
            credentials: vec![],
            rename: Rename::default(),
            retry: Some(Retry {
                max_retries: 2,
                rules: vec![rule],
            }),
            waiters: vec![],
            paginations: vec![],
        };
        let package = Package {
            name: "a".to_owned(),
            version: "0.1.0".to_owned(),
            description: None,
            repository: None,
            homepage: None,
            keywords: vec![],
        };
        assert_eq!(
            config,
            Some(Config {
                package,
                apis: vec![api]
            })
        );
    }

    #[test]
    fn keeps_order_and_places() {
        let text = "[crate]\nname = \"a\"\n[[api]]\ndocument = \"a.yaml\"\n[api.credentials.Z]\nenv = \"Z\"\n[api.credentials.A]\nmethod = \"a\"\n[api.rename.types]\n\"ö b\" = \"B\"\nA = \"C\"\n[[api.wait]]\noperation = \"Get\"\nmethod = \"wait\"\nfield = \"status\"\nuntil = [\"A\",\n  \"B\"]\n";
        let (config, findings) = run(text);
        assert_eq!(findings, Findings::new());
        let apis = config.map(|config| config.apis).unwrap_or_default();
        let [api] = apis.as_slice() else {
            unreachable!("one API is given")
        };
        let places =
            |located: &Located<String>| format!("{} {}:{}", located.value, located.place.line, located.place.column);
        let schemes: Vec<_> = api
            .credentials
            .iter()
            .map(|credential| places(&credential.scheme))
            .collect();
        assert_eq!(schemes, ["Z 5:18", "A 7:18"]);
        let types: Vec<_> = api
            .rename
            .types
            .iter()
            .map(|(key, name)| format!("{} = {name}", places(key)))
            .collect();
        assert_eq!(types, ["ö b 10:1 = B", "A 11:1 = C"]);
        let until: Vec<_> = api
            .waiters
            .iter()
            .flat_map(|waiter| &waiter.until)
            .map(places)
            .collect();
        assert_eq!(until, ["A 16:10", "B 17:3"]);
    }

    #[test]
    fn reports_what_is_missing() {
        assert_findings(
            "",
            &[
                "client.toml:1:1: error[config-missing-key]: the file lacks the key `crate`\n  help: add `crate`: a table with the crate's name",
                "client.toml:1:1: error[config-missing-key]: the file lacks the key `api`\n  help: add `api`: a list of tables, one for each document",
            ],
        );
        let text = "[crate]\n[[api]]\n[[api.wait]]\nuntil = []\n";
        let expected = [
            "client.toml:1:1: error[config-missing-key]: [crate] lacks the key `name`\n  help: add `name`: a crate name: letters, digits, `-` and `_`, a letter first, at most 64",
            "client.toml:2:1: error[config-missing-key]: [[api]] lacks the key `document`\n  help: add `document`: a path relative to this file, with `/` between its parts",
            "client.toml:3:1: error[config-missing-key]: [[api.wait]] lacks the key `operation`\n  help: add `operation`: a text that is not empty",
            "client.toml:3:1: error[config-missing-key]: [[api.wait]] lacks the key `method`\n  help: add `method`: a name in snake_case that is no Rust keyword",
            "client.toml:3:1: error[config-missing-key]: [[api.wait]] lacks the key `field`\n  help: add `field`: a text that is not empty",
            "client.toml:3:1: error[config-missing-key]: [[api.wait]] lacks the key `until`\n  help: add `until`: a list with at least one item",
        ];
        assert_findings(text, &expected);
        assert_eq!(run(text).0, None);
    }

    #[test]
    fn reports_what_it_does_not_know() {
        assert_findings(
            "[crate]\nname = \"a\"\nkeyword = []\nqqq = 1\n[[api]]\ndocument = \"a\"\nbase_url = \"x\"\n[api.credentials.K]\nenvironment = 1\n",
            &[
                "client.toml:3:1: error[config-unknown-key]: [crate] has no key `keyword`\n  help: did you mean `keywords`?",
                "client.toml:4:1: error[config-unknown-key]: [crate] has no key `qqq`\n  help: remove it; the keys are `name`, `version`, `description`, `repository`, `homepage`, `keywords`",
                "client.toml:7:1: error[config-unknown-key]: [[api]] has no key `base_url`\n  help: did you mean `base-url`?",
                "client.toml:9:1: error[config-unknown-key]: [api.credentials.K] has no key `environment`\n  help: did you mean `env`?",
            ],
        );
    }

    #[test]
    fn a_client_has_both_variables_or_none() {
        assert_findings(
            "[crate]\nname = \"a\"\n[[api]]\ndocument = \"a\"\n[api.credentials.K.client]\nsecret-env = \"S\"\nsecret-in = \"url\"\n",
            &[
                "client.toml:5:1: error[config-missing-key]: [api.credentials.K.client] lacks the key `id-env`\n  help: add `id-env`: an environment variable's name: one of the two is of no use alone",
                "client.toml:7:13: error[config-invalid-value]: `secret-in` in [api.credentials.K.client] is `url`\n  help: write one of \"header\", \"body\"",
            ],
        );
    }

    #[test]
    fn reports_wrong_kinds() {
        assert_findings(
            "crate = 1\n[[api]]\ndocument = true\noverlays = \"a\"\nretry = []\nwait = [1]\nrename = { types = { A = {} } }\n",
            &[
                "client.toml:1:9: error[config-wrong-kind]: [crate] is a number instead of a table\n  help: write a table",
                "client.toml:3:12: error[config-wrong-kind]: `document` in [[api]] is a boolean instead of a string\n  help: write a string",
                "client.toml:4:12: error[config-wrong-kind]: `overlays` in [[api]] is a string instead of an array\n  help: write an array",
                "client.toml:5:9: error[config-wrong-kind]: [api.retry] is an array instead of a table\n  help: write a table",
                "client.toml:6:9: error[config-wrong-kind]: [[api.wait]] is a number instead of a table\n  help: write a table",
                "client.toml:7:26: error[config-wrong-kind]: the name for `A` is a table instead of a string\n  help: write a string",
            ],
        );
    }

    #[test]
    fn reports_values_that_will_not_do() {
        assert_findings(
            "[crate]\nname = \"1a\"\nversion = \"1\"\n[[api]]\ndocument = \"a\"\ndates = \"time\"\ninclude = [\"pets\"]\n[api.retry]\nmax-retries = -1\n[[api.retry.rule]]\nmethods = [\"GET\", \"post\"]\nstatuses = [\"5xx\"]\n[api.rename.fields]\nSession = \"proxyBytes\"\n",
            &[
                "client.toml:2:8: error[config-invalid-value]: `name` in [crate] is `1a`\n  help: write a crate name: letters, digits, `-` and `_`, a letter first, at most 64",
                "client.toml:3:11: error[config-invalid-value]: `version` in [crate] is `1`\n  help: write a semantic version such as 0.1.0",
                "client.toml:6:9: error[config-invalid-value]: `dates` in [[api]] is `time`\n  help: write one of \"jiff\", \"chrono\", \"text\"",
                "client.toml:7:12: error[config-invalid-value]: `include` in [[api]] is `pets`\n  help: write a pattern such as tag:pets, path:/v1/**, id:list* or method:GET",
                "client.toml:9:15: error[config-invalid-value]: `max-retries` in [api.retry] is `-1`\n  help: write a whole number from 0 to 10",
                "client.toml:11:19: error[config-invalid-value]: `methods` in [[api.retry.rule]] is `post`\n  help: write an HTTP method in capitals such as GET",
                "client.toml:12:13: error[config-invalid-value]: `statuses` in [[api.retry.rule]] is `5xx`\n  help: write a status such as 429, or a range such as 5XX",
                "client.toml:14:1: error[config-invalid-value]: the key is `Session`\n  help: write a type and the name in the document, with a dot between: Session.proxyBytes",
                "client.toml:14:11: error[config-invalid-value]: the name for `Session` is `proxyBytes`\n  help: write a name in snake_case that is no Rust keyword",
            ],
        );
    }

    #[test]
    fn each_style_of_pages_has_keys_of_its_own() {
        let entry = |rest: &str| {
            format!("[crate]\nname = \"a\"\n[[api]]\ndocument = \"a\"\n[[api.paginate]]\noperations = [\"a\"]\n{rest}")
        };
        assert_findings(
            &entry("style = \"curser\"\n"),
            &[
                "client.toml:7:9: error[config-invalid-value]: `style` in [[api.paginate]] is `curser`\n  help: write one of \"cursor\", \"page\", \"offset\", \"link\"",
            ],
        );
        assert_findings(
            &entry("style = \"cursor\"\n"),
            &[
                "client.toml:5:1: error[config-missing-key]: [[api.paginate]] lacks the key `parameter`\n  help: add `parameter`: a text that is not empty",
                "client.toml:5:1: error[config-missing-key]: [[api.paginate]] lacks the key `next`\n  help: add `next`: a text that is not empty",
            ],
        );
        assert_findings(
            &entry("style = \"link\"\nparameter = \"page\"\n"),
            &[
                "client.toml:8:1: error[config-unknown-key]: [[api.paginate]] has no key `parameter`\n  help: remove it; the keys are `operations`, `style`, `items`, `has-more`, `next`",
            ],
        );
        assert_findings(
            &entry("style = \"page\"\nparameter = \"page\"\nfirst-page = 2\n"),
            &[
                "client.toml:9:14: error[config-invalid-value]: `first-page` in [[api.paginate]] is `2`\n  help: write a whole number from 0 to 1",
            ],
        );
    }

    fn waiting(rest: &str) -> String {
        let entry = "operation = \"a\"\nmethod = \"wait\"\nfield = \"state\"\nuntil = [\"UP\"]\n";
        format!("[crate]\nname = \"a\"\n[[api]]\ndocument = \"a\"\n[[api.wait]]\n{entry}{rest}")
    }

    #[test]
    fn a_pause_that_is_not_given_keeps_to_the_other() {
        for (given, pace) in [
            ("", "500ms 5s 600s 10s"),
            ("longest-pause = 0.2\n", "200ms 200ms 600s 10s"),
            ("longest-pause = 20\n", "500ms 20s 600s 10s"),
            ("first-pause = 8.125\n", "8.125s 8.125s 600s 10s"),
            ("timeout = 0.501\nnot-found-for = 0\n", "500ms 5s 501ms 0ns"),
        ] {
            let config = bundled(&waiting(given));
            assert_eq!(
                config.apis.iter().flat_map(paces).collect::<Vec<_>>(),
                [pace],
                "{given}"
            );
        }
    }

    #[test]
    fn times_that_will_not_do_are_reported() {
        let number = |at: &str, key: &str, value: &str, least: &str| {
            format!(
                "client.toml:{at}: error[config-invalid-value]: `{key}` in [[api.wait]] is `{value}`\n  help: write a number \
                 of seconds from {least} to 1000000, with three decimals at most"
            )
        };
        assert_findings(
            &waiting("first-pause = 0\nlongest-pause = -1.5\ntimeout = 1000000.5\nnot-found-for = 0.0005\n"),
            &[
                &number("10:15", "first-pause", "0", "0.001"),
                &number("11:17", "longest-pause", "-1.5", "0.001"),
                &number("12:11", "timeout", "1000000.5", "0.001"),
                &number("13:17", "not-found-for", "0.0005", "0"),
            ],
        );
        assert_findings(
            &waiting("first-pause = \"1\"\n"),
            &[&number("10:15", "first-pause", "1", "0.001")],
        );
        let order = "client.toml:11:17: error[config-invalid-value]: `longest-pause` in [[api.wait]] is shorter than \
                     `first-pause`\n  help: write a time that is not, or leave one of them out";
        assert_findings(&waiting("first-pause = 2\nlongest-pause = 1\n"), &[order]);
        let once = |at: &str| {
            format!(
                "client.toml:{at}: error[config-invalid-value]: `timeout` in [[api.wait]] is over before `first-pause` is, so \
                 that it would ask only once\n  help: write a longer `timeout`, or a shorter `first-pause`"
            )
        };
        assert_findings(&waiting("timeout = 0.5\n"), &[&once("10:11")]);
        assert_findings(&waiting("first-pause = 700\n"), &[&once("10:15")]);
    }

    #[test]
    fn a_state_ends_a_wait_in_one_way() {
        assert_findings(
            &waiting("fail = [\"LOST\", \"UP\"]\n"),
            &[
                "client.toml:10:17: error[config-invalid-value]: `UP` stands twice in `until` and `fail` of [[api.wait]]\n  help: keep it where it belongs: a value ends the wait well, or with an error",
            ],
        );
    }

    #[test]
    fn several_apis_need_modules_of_their_own() {
        assert_findings(
            "[crate]\nname = \"a\"\n[[api]]\ndocument = \"a\"\nmodule = \"v1\"\n[[api]]\ndocument = \"b\"\n[[api]]\ndocument = \"c\"\nmodule = \"v1\"\n[[api]]\ndocument = \"d\"\nmodule = \"rustls\"\n",
            &[
                "client.toml:6:1: error[config-missing-key]: [[api]] lacks the key `module`\n  help: add `module`: a crate with several APIs has a module for each",
                "client.toml:10:10: error[config-invalid-value]: `module` in [[api]] is `v1`\n  help: write a name that no other API of this crate has",
                "client.toml:13:10: error[config-invalid-value]: `module` in [[api]] is `rustls`\n  help: write a name in snake_case that is no Rust keyword and no feature of every client",
            ],
        );
    }

    #[track_caller]
    fn bundled(text: &str) -> Config {
        let (config, findings) = run(text);
        assert_eq!(findings, Findings::new());
        let Some(config) = config else {
            unreachable!("a configuration without findings is read")
        };
        config
    }

    /// Methods, statuses and connection of each rule.
    fn rules(api: &ApiConfig) -> Vec<String> {
        let words = |list: &[Located<String>]| {
            list.iter()
                .map(|word| word.value.as_str())
                .collect::<Vec<_>>()
                .join(" ")
        };
        let rule = |rule: &RetryRule| {
            format!(
                "{} / {} / {:?}",
                words(&rule.methods),
                words(&rule.statuses),
                rule.connection
            )
        };
        api.retry.iter().flat_map(|retry| &retry.rules).map(rule).collect()
    }

    /// First and longest pause, timeout and tolerance for 404 of each waiter.
    fn paces(api: &ApiConfig) -> Vec<String> {
        let paces = api.waiters.iter().map(|waiter| waiter.pace);
        let words = paces.map(|pace| {
            let times = (pace.first_pause, pace.longest_pause, pace.timeout, pace.not_found_for);
            format!("{:?} {:?} {:?} {:?}", times.0, times.1, times.2, times.3)
        });
        words.collect()
    }

    #[test]
    fn the_bundled_configurations_are_read() {
        let config = bundled(include_str!("../../../specs/browserbase/client.toml"));
        assert_eq!(config.package.name, "browserbase-client");
        let [api] = config.apis.as_slice() else {
            unreachable!("Browserbase has one API")
        };
        assert_eq!(api.empty_body, EmptyBody::Object);
        let once_only = "PATCH POST / 429 / Unsent";
        assert_eq!(
            rules(api),
            [once_only, "DELETE GET HEAD OPTIONS PUT / 408 409 429 5XX / Any"]
        );
        let waiters: Vec<_> = api.waiters.iter().map(|waiter| waiter.method.value.as_str()).collect();
        assert_eq!(waiters, ["wait_until_running", "wait_until_ended"]);
        assert_eq!(paces(api), ["500ms 5s 600s 10s"; 2]);

        let config = bundled(include_str!("../../../specs/browser-use/client.toml"));
        assert_eq!(config.package.name, "browser-use-client");
        let modules: Vec<_> = config.apis.iter().map(|api| api.module.as_deref()).collect();
        assert_eq!(modules, [Some("v2"), Some("v3")]);
        for api in &config.apis {
            assert_eq!(rules(api), ["GET / 429 502 503 504 / Any", " / 429 / Never"]);
        }
    }

    #[test]
    fn the_documented_example_uses_every_key() {
        let readme = include_str!("../../../specs/README.md");
        let example = readme
            .split("```toml\n")
            .nth(1)
            .and_then(|rest| rest.split("```").next())
            .unwrap_or_default();
        let config = bundled(example);
        let [api] = config.apis.as_slice() else {
            unreachable!("the example has one API")
        };
        assert_eq!(config.package.version, "0.3.0");
        assert_eq!(api.unknown_fields, UnknownFields::Keep);
        assert_eq!(api.rename.operations.len(), 1);
        let client = api.credentials.iter().find_map(|credential| credential.client.as_ref());
        let client = client.map(|client| (client.env.is_some(), client.method.as_deref(), client.secret_in));
        assert_eq!(client, Some((true, Some("app"), SecretIn::Body)));
        assert_eq!(rules(api), ["GET DELETE / 429 5XX / Any", " / 429 / Unsent"]);
        let [waiter] = api.waiters.as_slice() else {
            unreachable!("the example has one waiter")
        };
        assert_eq!(waiter.fail.len(), 2);
        assert_eq!(paces(api), ["250ms 2s 60s 0ns"]);
        let styles: Vec<_> = api.paginations.iter().map(|entry| &entry.style).collect();
        assert!(
            matches!(
                styles[..],
                [
                    PageStyle::Cursor {
                        next: NextCursor::Field(_),
                        ..
                    },
                    PageStyle::Cursor {
                        next: NextCursor::LastItem(_),
                        ..
                    },
                    PageStyle::Page { first: 0, .. },
                    PageStyle::Link { next: None },
                ]
            ),
            "{styles:?}"
        );
    }
}
