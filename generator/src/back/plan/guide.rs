//! What a client offers around its calls, as sections of its documentation, each shown by the call that shows the API
//! best.

use super::Context;
use super::example::{best, root};
use crate::back::model::{CredentialKind, Section};
use crate::ir::OperationId;

/// The sections; none where no call has a short example.
pub(super) fn sections(context: &Context<'_>) -> Vec<Section> {
    let Some((id, call)) = best(context) else {
        return Vec::new();
    };
    let call = call.trim_end_matches(".await?");
    let mut sections = vec![failures(context, call), one_call(context, call)];
    sections.extend(tokens(context));
    sections.extend([
        undeclared(context),
        around(context),
        blocking(context, call),
        testing(context, id, call),
    ]);
    sections
}

/// Access tokens, where the client can fetch them.
fn tokens(context: &Context<'_>) -> Option<Section> {
    let (root, path) = (root(context), &context.path);
    let credentials = context.client().credentials;
    let method = credentials.iter().find_map(|credential| match &credential.kind {
        CredentialKind::OAuth(endpoint) => Some(&endpoint.ident),
        _ => None,
    })?;
    Some(Section {
        title: "Access tokens",
        text: "Given a client's id and secret, the client fetches access tokens for the calls that need one. It keeps them until\n\
               shortly before they expire, and fetches another one where the API answers 401. Where none is to be had, the\n\
               call fails with `Error::Token`. A token that you have already can be given instead.",
        code: lines(&format!(
            "let client = {path}::Client::builder()
    .{method}({root}::ClientCredentials::new(\"id\", \"secret\"))
    .build()?;"
        )),
        features: Vec::new(),
    })
}

fn failures(context: &Context<'_>, call: &str) -> Section {
    Section {
        title: "Failures",
        text: "Every failure is one `Error`, which keeps status, headers, request id and body. Whether and when a call is sent\n\
               again stands in its documentation.",
        code: lines(&format!(
            "match {call}.await {{
    Err(error) if error.is_rate_limited() => println!(\"wait {{:?}}: {{error}}\", error.retry_after()),
    Err(error) if error.is_timeout() => println!(\"{{:?}}: {{error}}\", error.timeout()),
    answer => println!(\"{{:?}}\", answer?),
}}"
        )),
        features: needs(context, None),
    }
}

fn one_call(context: &Context<'_>, call: &str) -> Section {
    let root = root(context);
    Section {
        title: "What holds for one call only",
        text: "Times, retries, and headers, parameters and fields of the body that the API's document does not have.",
        code: lines(&format!(
            "let options = {root}::CallOptions::new()
    .timeout(std::time::Duration::from_secs(5))
    .max_retries(0)
    .header(\"x-trace\", \"1\");
let answer = {call}.with_options(options).with_response().await?;
println!(\"{{}} {{:?}}\", answer.status(), answer.request_id());"
        )),
        features: needs(context, None),
    }
}

fn undeclared(context: &Context<'_>) -> Section {
    let root = root(context);
    Section {
        title: "Requests that the API's document does not have",
        text: "They are sent with the same credentials, retries, times and errors.",
        code: lines(&format!(
            "let answer = client
    .request({root}::http::Method::GET, \"/new/{{id}}\")
    .path(\"id\", \"a/b\")
    .query(\"limit\", 5)
    .send()
    .await?;
println!(\"{{}}\", answer.text().await?.value());"
        )),
        features: Vec::new(),
    }
}

fn around(context: &Context<'_>) -> Section {
    let root = root(context);
    Section {
        title: "Around each request",
        text: "A `Middleware` stands around each attempt, a `Transport` takes the place of the HTTP client:\n\
               `ClientBuilder::middleware` and `ClientBuilder::transport`.",
        code: lines(&format!(
            "use {root}::http::HeaderValue;
use {root}::{{Exchange, HttpRequest, Middleware, Next}};

struct Marked;

impl Middleware for Marked {{
    fn handle<'a>(&'a self, mut request: HttpRequest, next: Next<'a>) -> Exchange<'a> {{
        request.headers.insert(\"x-team\", HeaderValue::from_static(\"growth\"));
        Box::pin(async move {{
            let answer = next.send(request).await?;
            println!(\"{{}}: {{}}\", next.attempt().operation(), answer.status());
            Ok(answer)
        }})
    }}
}}

let client = {path}::Client::builder().middleware(Marked).from_env().build()?;",
            path = context.path
        )),
        features: Vec::new(),
    }
}

fn blocking(context: &Context<'_>, call: &str) -> Section {
    let root = root(context);
    Section {
        title: "Without async",
        text: "With the feature `blocking`, whatever is awaited can be waited for, and streams are iterators\n\
               (`blocking::Iterate`).",
        code: lines(&format!(
            "use {root}::blocking::Block;

let answer = {call}.block()?;
println!(\"{{answer:?}}\");"
        )),
        features: needs(context, Some("blocking")),
    }
}

fn testing(context: &Context<'_>, id: OperationId, call: &str) -> Section {
    let (root, path) = (root(context), &context.path);
    let own = &context.names.operations[id.0 as usize];
    let (module, builder) = (&own.resource, format!("{}::{}", own.resource, own.builder));
    let credential = context.client().credentials.into_iter().next();
    let credential = credential.map_or_else(String::new, |credential| match credential.kind {
        CredentialKind::Basic => format!("\n    .{}(\"user\", \"password\")", credential.ident),
        _ => format!("\n    .{}(\"key\")", credential.ident),
    });
    Section {
        title: "In tests",
        text: "With the feature `testing`, a client answers as the test says, within the process: with typed values, JSON,\n\
               failures, or not at all.",
        code: lines(&format!(
            "use {path}::resources::{module};
use {root}::testing::{{Mock, Reply}};

let mock = Mock::new();
mock.reply::<{builder}>(Reply::new(404).text(\"none\"));
let client = {path}::Client::builder(){credential}
    .base_url(\"https://api.test\")
    .transport(mock.clone())
    .build()?;
let error = {call}.await.unwrap_err();
assert!(error.is_not_found());
assert_eq!(mock.sent_by::<{builder}>().len(), 1);"
        )),
        features: needs(context, Some("testing")),
    }
}

/// The features for an example with a call.
fn needs(context: &Context<'_>, own: Option<&str>) -> Vec<String> {
    let own = own.map(str::to_owned).into_iter();
    own.chain(context.shown_feature()).collect()
}

fn lines(code: &str) -> Vec<String> {
    code.lines().map(str::to_owned).collect()
}
