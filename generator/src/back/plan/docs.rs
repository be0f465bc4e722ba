//! Documentation: the document's words where it has some, plain facts where it has none.

use super::calls::{failures, has_typed_body};
use super::markdown::Markdown;
use super::{Context, Input, arguments, example};
use crate::back::model::{Argument, Decode, Output, Presence};
use crate::ir::analysis::headers::HeaderSet;
use crate::ir::{self, Docs, Hint, Operation, OperationId, Shape, Status, TypeId};
use crate::names::{CredentialNames, HeaderNames, OperationNames, Resource, status};

/// Lines of documentation under way.
#[derive(Default)]
struct Lines(Vec<String>);

impl Lines {
    /// Adds a paragraph or more, with an empty line before it.
    fn add(&mut self, lines: impl IntoIterator<Item = String>) {
        let mut lines = lines.into_iter().peekable();
        if lines.peek().is_some() && !self.0.is_empty() {
            self.0.push(String::new());
        }
        self.0.extend(lines);
    }

    fn line(&mut self, text: impl Into<String>) {
        self.add([text.into()]);
    }

    fn or(mut self, text: impl FnOnce() -> String) -> Vec<String> {
        if self.0.is_empty() {
            self.0.push(text());
        }
        self.0
    }
}

impl Context<'_> {
    fn markdown(&self, text: Option<&str>) -> Vec<String> {
        let base = self.config.documentation.as_deref();
        text.map(|text| Markdown::new(base).lines(text)).unwrap_or_default()
    }

    /// Text that is part of a sentence.
    pub(super) fn inline(&self, text: &str) -> String {
        self.markdown(Some(&one_line(text))).join(" ")
    }
}

/// The crate's documentation, before its example.
pub(super) fn crate_docs(description: &str, inputs: &[Input<'_>]) -> Vec<String> {
    let mut lines = Lines::default();
    lines.line(format!("{}.", one_sentence(description)));
    for input in inputs {
        let title = one_sentence(input.title());
        let version = &input.api.version;
        match &input.config.module {
            Some(module) => lines.line(format!("- [`{module}`]: {title}, version {version} of the document.")),
            None => lines.line(format!("Made from version {version} of the document of the {title}.")),
        }
    }
    lines.0
}

/// A version's module.
pub(super) fn api_docs(context: &Context<'_>) -> Vec<String> {
    let mut lines = Lines::default();
    lines.line(context.inline(&sentence(&context.api.title)));
    lines.add(context.markdown(context.api.description.as_deref()));
    lines.0
}

pub(super) fn client_docs(context: &Context<'_>) -> Vec<String> {
    let mut lines = Lines::default();
    lines.line(format!("A client for the {}.", context.inline(context.title)));
    lines.line("Cheap to clone: clones share one pool of connections and one set of credentials.");
    lines.0
}

pub(super) fn credential_docs(context: &Context<'_>, credential: &ir::Credential, env: Option<&str>) -> Vec<String> {
    let mut lines = Lines::default();
    let what = match &credential.kind {
        ir::CredentialKind::Header(name) => format!("The key that is sent as the header `{name}`."),
        ir::CredentialKind::Query(name) => format!("The key that is sent as the query parameter `{name}`."),
        ir::CredentialKind::Cookie(name) => format!("The key that is sent as the cookie `{name}`."),
        ir::CredentialKind::Bearer => "The token that is sent as `Authorization: Bearer`.".to_owned(),
        ir::CredentialKind::Basic => "User name and password that are sent as `Authorization: Basic`.".to_owned(),
        ir::CredentialKind::ClientCredentials(_) => {
            "An access token of your own, which is sent as `Authorization: Bearer`.".to_owned()
        }
    };
    lines.line(what);
    lines.add(context.markdown(credential.description.as_deref()));
    if let Some(env) = env {
        lines.line(format!("`from_env` reads it from `{env}`."));
    }
    lines.0
}

/// The method that takes a client's id and secret.
pub(super) fn client_credentials_docs(
    endpoint: &ir::TokenEndpoint,
    names: &CredentialNames,
    env: Option<&[String; 2]>,
    token_env: Option<&str>,
) -> Vec<String> {
    let mut lines = Lines::default();
    lines.line(format!(
        "A client's id and secret, for which access tokens are fetched from `{}`.",
        endpoint.url
    ));
    let instead = names.method.trim_start_matches("r#");
    lines.line(format!("They take the place of [`{instead}`](Self::{}).", names.method));
    if !endpoint.scopes.is_empty() {
        let scopes = endpoint.scopes.iter().map(|scope| format!("`{scope}`"));
        let scopes: Vec<_> = scopes.collect();
        lines.line(format!(
            "The scopes that calls of this API need are asked for: {}.",
            scopes.join(", ")
        ));
    }
    if let Some([id, secret]) = env {
        let unless = token_env.map_or_else(String::new, |token| format!(", unless there is a token in `{token}`"));
        lines.line(format!("`from_env` reads them from `{id}` and `{secret}`{unless}."));
    }
    lines.0
}

/// What a webhook or callback sends.
pub(super) fn payload_docs(context: &Context<'_>, payload: &ir::Payload) -> Vec<String> {
    let mut lines = Lines::default();
    let summary = payload.summary.as_deref().map(|summary| sentence(summary.trim()));
    lines.add(context.markdown(summary.as_deref()));
    lines.add(context.markdown(payload.description.as_deref()));
    let source = match &payload.operation {
        Some(operation) => format!("callback `{}` of `{}`", code(&payload.name), code(operation)),
        None => format!("webhook `{}`", code(&payload.name)),
    };
    lines.line(format!(
        "The body of the {source}, which comes by `{}`.",
        payload.method
    ));
    if payload.deprecated {
        lines.line("Deprecated: the API may stop sending it.");
    }
    lines.0
}

pub(super) fn resource_docs(context: &Context<'_>, resource: &Resource) -> Vec<String> {
    let described = resource
        .tag
        .as_ref()
        .and_then(|tag| context.api.tags.iter().find(|(name, _)| name == tag));
    let mut lines = Lines::default();
    lines.add(context.markdown(described.map(|(_, description)| description.as_str())));
    lines.or(|| format!("The operations of `{}`.", resource.module))
}

/// A call: what it does, its answer, its body and arguments, its errors by status, its retries, an example.
pub(super) fn call_docs(
    context: &Context<'_>,
    id: OperationId,
    arguments: &[Argument],
    output: &Output,
    retries: Vec<String>,
) -> Vec<String> {
    let operation = &context.api.operations[id.0 as usize];
    let mut lines = Lines::default();
    let summary = operation.summary.as_deref().map(|summary| sentence(summary.trim()));
    lines.add(context.markdown(summary.as_deref()));
    let said = |text: &Option<String>| text.as_deref().map(|text| text.trim().trim_end_matches('.').to_owned());
    if said(&operation.description) != said(&operation.summary) {
        lines.add(context.markdown(operation.description.as_deref()));
    }
    lines.line(format!("`{} {}`", operation.method, operation.path));
    if matches!(output, Output::One(decode) if *decode != Decode::Empty) {
        lines.add(answer(context, operation));
    }
    let own = &context.names.operations[id.0 as usize];
    lines.add(arguments::of_body(context, operation, arguments));
    lines.add(arguments::section(context, operation, own, arguments));
    lines.add(errors_section(context, operation, own));
    lines.add(headers_section(context, id));
    lines.add(retries);
    lines.add(example::of_call(context, id, &own.method));
    lines.0
}

/// What the document says of the success, where it says more than that it is one.
fn answer(context: &Context<'_>, operation: &Operation) -> Vec<String> {
    let Some(response) = operation.successes().into_iter().next() else {
        return Vec::new();
    };
    let text = response.description.trim();
    let says_little = text.is_empty() || text.len() < 25 || text.to_lowercase().contains("succe");
    if says_little {
        Vec::new()
    } else {
        context.markdown(Some(&format!("Answer: {}", sentence(text))))
    }
}

fn errors_section(context: &Context<'_>, operation: &Operation, own: &OperationNames) -> Vec<String> {
    let mut list: Vec<String> = Vec::new();
    for response in failures(operation) {
        let name = match response.status {
            Status::Code(code) => code.to_string(),
            Status::Range(digit) => format!("{digit}XX"),
            Status::Default => "any other".to_owned(),
        };
        let text = context.inline(&response.description);
        list.push(format!("- {name}: {text}").trim_end_matches([' ', ':']).to_owned());
    }
    if list.is_empty() {
        return list;
    }
    let mut lines = vec!["# Errors".to_owned(), String::new()];
    lines.append(&mut list);
    if failures(operation).any(has_typed_body) {
        lines.push(String::new());
        lines.push(format!("Bodies of failures are in [`{}`].", own.errors));
    }
    lines
}

/// Where the headers of answers are read.
fn headers_section(context: &Context<'_>, id: OperationId) -> Option<String> {
    let (ident, methods) = context.headers_of(id)?;
    let module = context
        .config
        .module
        .as_ref()
        .map_or_else(String::new, |module| format!("{module}::"));
    let methods: Vec<_> = methods
        .iter()
        .map(|method| format!("`{}`", method.trim_start_matches("r#")))
        .collect();
    Some(format!(
        "Headers of its answers are in [`{ident}`](crate::{module}headers::{ident}): {}.",
        methods.join(", ")
    ))
}

/// A set of headers.
pub(super) fn of_headers(context: &Context<'_>, set: &HeaderSet, own: &HeaderNames) -> Vec<String> {
    let calls = match set.operations[..] {
        [only] => call(context, only),
        _ => format!("{} calls", set.operations.len()),
    };
    let mut lines = Lines::default();
    lines.line(format!("The headers that answers to {calls} declare."));
    let first = own.methods.first().map_or("of", String::as_str);
    lines.add(example::of_header(context, &set.operations, &own.ident, first));
    lines.0
}

/// A header of answers.
pub(super) fn of_header(context: &Context<'_>, header: &ir::Header) -> Vec<String> {
    let mut lines = documented(context, &header.docs);
    lines.line(format!("The header `{}`.", code(&header.name)));
    lines.add(facts(&header.docs));
    lines.0
}

/// The method `stream` of a call.
pub(super) fn of_stream(media_type: &str, has_field: bool) -> Vec<String> {
    let asks = if has_field { " and `stream: true`" } else { "" };
    vec![
        "Sends the call and gives its answer as it comes, value by value.".to_owned(),
        String::new(),
        format!("Asks for it by `Accept: {}`{asks}.", code(media_type)),
    ]
}

/// The methods `pages` and `items` of a call.
pub(super) fn of_pages() -> (Vec<String>, Vec<String>) {
    let pages = [
        "The pages of the list, from the one that this call would answer: a call for each, made when it is wanted.",
        "",
        "What is set on this call holds for all of them.",
    ];
    let items = [
        "The items of the list, page after page, as [`pages`](Self::pages) finds them.",
        "",
    ];
    let lines = |lines: &[&str]| lines.iter().map(|&line| line.to_owned()).collect();
    (lines(&pages), lines(&items))
}

pub(super) fn errors_docs(own: &OperationNames) -> Vec<String> {
    vec![
        format!("The bodies that are declared for failures of [`{}`].", own.builder),
        String::new(),
        "[`Error::declared`](crate::Error::declared) finds one in an error.".to_owned(),
    ]
}

/// What the document says of failing statuses: the first line of each, for the error's own text.
pub(super) fn status_notes(operation: &Operation) -> Vec<(u16, String)> {
    let responses = operation.responses.iter();
    responses
        .filter_map(|response| match response.status {
            Status::Code(code) if code >= 400 && !response.description.trim().is_empty() => {
                Some((code, one_line(&response.description)))
            }
            _ => None,
        })
        .collect()
}

pub(super) fn of_response(context: &Context<'_>, response: &ir::Response) -> Vec<String> {
    let mut lines = Lines::default();
    let name = match response.status {
        Status::Code(code) => {
            status::reason(code).map_or_else(|| code.to_string(), |reason| format!("{code} {reason}"))
        }
        Status::Range(digit) => format!("{digit}XX"),
        Status::Default => "Any other status".to_owned(),
    };
    let text = one_line(&response.description);
    lines.add(context.markdown(Some(&if text.is_empty() {
        format!("{name}.")
    } else {
        format!("{name}: {}", sentence(&text))
    })));
    lines.0
}

/// A named type.
pub(super) fn of_type(context: &Context<'_>, id: TypeId) -> Vec<String> {
    let ty = &context.api.types[id];
    let mut lines = Lines::default();
    lines.add(context.markdown(ty.docs.description.as_deref()));
    if lines.0.is_empty() {
        lines.line(subject(context, id));
    }
    if matches!(ty.shape, Shape::Object(_) | Shape::Union(_)) {
        lines.add(wants(&ty.docs).into_iter().collect::<Vec<_>>());
    }
    lines.0
}

/// How an operation is called.
fn call(context: &Context<'_>, operation: OperationId) -> String {
    let own = &context.names.operations[operation.0 as usize];
    format!("`{}().{}()`", own.resource, own.method)
}

/// What a type is, where the document says nothing of it.
fn subject(context: &Context<'_>, id: TypeId) -> String {
    let ty = &context.api.types[id];
    let call = |operation: &OperationId| call(context, *operation);
    let of = |owner: &TypeId| match multipart_of(context, *owner) {
        // Its parts are given one by one, so that there is no such type to link to.
        Some(operation) => Some(call(&operation)),
        None => context
            .names
            .types
            .get(owner)
            .map(|name| linked(context, *owner, id, name)),
    };
    match ty.hints.first() {
        Some(Hint::Component(name)) => format!("The schema `{}` of the document.", code(name)),
        Some(Hint::Extended(name)) => format!(
            "The schema `{}` of the document, with what stands around it.",
            code(name)
        ),
        Some(Hint::Title(title)) => context.inline(&sentence(title)),
        Some(Hint::Property(owner, name)) => match of(owner) {
            Some(owner) => format!("The `{}` of {owner}.", code(name)),
            None => format!("A value of `{}`.", code(name)),
        },
        Some(Hint::RequestBody(operation)) => format!("What {} sends.", call(operation)),
        Some(Hint::Response(operation)) => format!("What {} answers.", call(operation)),
        Some(Hint::StreamItem(operation)) => format!("What {} answers, one after the other.", call(operation)),
        Some(Hint::ErrorBody(operation)) => format!("What {} answers when it fails.", call(operation)),
        Some(Hint::Parameter(operation, name)) => format!("The `{}` of {}.", code(name), call(operation)),
        Some(Hint::Header(operation, name)) => {
            format!("The header `{}` of answers to {}.", code(name), call(operation))
        }
        Some(Hint::Item(_)) => "An item of a list.".to_owned(),
        Some(Hint::Value(_)) => "A value of a map.".to_owned(),
        Some(Hint::Alternative(owner, _)) => match of(owner) {
            Some(owner) => format!("An alternative of {owner}."),
            None => "An alternative.".to_owned(),
        },
        Some(Hint::Part(_)) | None => "A part of another type.".to_owned(),
    }
}

/// A type's name in the documentation of another one, which may be there without it.
fn linked(context: &Context<'_>, id: TypeId, from: TypeId, name: &str) -> String {
    if context.is_compiled_with(id, from) {
        format!("[`{name}`]")
    } else {
        format!("`{name}`")
    }
}

/// The operation whose multipart body a type is.
fn multipart_of(context: &Context<'_>, id: TypeId) -> Option<OperationId> {
    let is_body = |operation: &Operation| match operation.body.as_ref().map(|body| &body.content) {
        Some(ir::Content::Multipart(body)) => context.api.types.peel(*body).0 == id,
        _ => false,
    };
    let at = context.api.operations.iter().position(is_body)?;
    u32::try_from(at).ok().map(OperationId)
}

/// A field: description, default, constraints, what `null` means.
pub(super) fn of_field(context: &Context<'_>, field: &ir::Field, presence: Presence) -> Vec<String> {
    let mut lines = documented(context, &field.docs);
    if lines.0.is_empty() {
        lines.line(format!("The field `{}`.", code(&field.name)));
    }
    lines.add(facts(&field.docs));
    if presence == Presence::Nullable {
        lines.line("Left out unless it is set; `None` sends `null`.");
    }
    lines.0
}

pub(super) fn of_parameter(context: &Context<'_>, parameter: &ir::Parameter) -> Vec<String> {
    let mut lines = documented(context, &parameter.docs);
    if lines.0.is_empty() {
        lines.line(format!("The parameter `{}`.", code(&parameter.name)));
    }
    lines.add(facts(&parameter.docs));
    lines.0
}

fn documented(context: &Context<'_>, docs: &Docs) -> Lines {
    let mut lines = Lines::default();
    lines.add(context.markdown(docs.description.as_deref()));
    lines
}

/// The default and the constraints, which the client neither sends nor checks.
pub(super) fn facts(docs: &Docs) -> Vec<String> {
    let mut facts = Vec::new();
    if let Some(default) = docs.default.as_ref().filter(|default| !default.is_null()) {
        facts.push(format!("The API's default: `{}`.", code(&default.to_string())));
    }
    facts.extend(wants(docs));
    if facts.is_empty() { facts } else { vec![facts.join(" ")] }
}

/// The constraints, which the client does not check.
fn wants(docs: &Docs) -> Option<String> {
    let list = &docs.constraints.list;
    (!list.is_empty()).then(|| format!("The API wants: {}.", list.join(", ")))
}

/// Text between backticks, on one line and with none of its own.
fn code(text: &str) -> String {
    text.replace('`', "'").replace(['\n', '\r'], " ")
}

pub(super) fn of_variant(context: &Context<'_>, id: TypeId) -> Vec<String> {
    let ty = &context.api.types[id];
    let own = context.markdown(ty.docs.description.as_deref());
    if !own.is_empty() {
        return own;
    }
    let text = match &ty.shape {
        Shape::Bool => "A boolean.".to_owned(),
        Shape::Integer(_) => "An integer.".to_owned(),
        Shape::Number(_) => "A number.".to_owned(),
        Shape::String(_) => "Text.".to_owned(),
        Shape::Array(_) => "A list.".to_owned(),
        Shape::Map(_) => "A map.".to_owned(),
        Shape::Enumeration(_) => "One of the texts known.".to_owned(),
        _ => context
            .names
            .types
            .get(&id)
            .map_or_else(|| "Any JSON value.".to_owned(), |name| format!("See [`{name}`].")),
    };
    vec![text]
}

/// A title inside other words: on one line, without its full stop.
fn one_sentence(title: &str) -> String {
    let lines = Markdown::new(None).lines(title);
    lines.join(" ").trim_end_matches('.').to_owned()
}

/// A text with a full stop at its end.
pub(super) fn sentence(text: &str) -> String {
    let text = text.trim_end();
    if text.is_empty() || text.ends_with(['.', '!', '?', ':', ')', '`', '>']) {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}

/// The first paragraph, on one line.
fn one_line(text: &str) -> String {
    let paragraph = text.trim().split("\n\n").next().unwrap_or_default();
    paragraph.split_whitespace().collect::<Vec<_>>().join(" ")
}
