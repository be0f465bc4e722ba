//! Resources, methods and builders.
//!
//! A resource is a tag, or what an operationId begins with (`Sessions_create`), or the first part of the path. A method
//! is the operationId without what only repeats the resource, the path (FastAPI) or the HTTP method.

use std::collections::HashMap;

use super::case::{camel, plain_snake, shouty, snake, words};
use super::english::{is_everyday_verb, joins, singular};
use super::rename::Renames;
use super::scope::{Scope, shortened};
use super::{Names, OperationNames, Resource, WaiterNames};
use crate::config::{Pagination, Waiter};
use crate::diagnostic::{Finding, Findings, codes};
use crate::ir::{Api, Operation, OperationId};

/// What a resource module imports or defines besides its builders.
const RESOURCE_MODULE: &[&str] = &[
    "Api",
    "Box",
    "CallOptions",
    "ConnectionRetry",
    "Core",
    "Declared",
    "Default",
    "Download",
    "Duration",
    "Err",
    "Error",
    "Incoming",
    "Into",
    "IntoFuture",
    "IntoIterator",
    "Method",
    "Multipart",
    "New",
    "None",
    "Nullable",
    "Ok",
    "Operation",
    "Option",
    "Pace",
    "Pending",
    "Request",
    "Reserved",
    "Response",
    "Result",
    "Retry",
    "Self",
    "Some",
    "String",
    "Style",
    "Upload",
    "Value",
    "Vec",
    "Waiter",
    "BTreeMap",
];

/// Methods that a client has besides its resources, modules beside theirs, and what no file is called: `mod.rs` is the
/// folder's, and Windows knows devices by the last four.
const CLIENT: &[&str] = &[
    "mod",
    "new",
    "from_env",
    "builder",
    "clone",
    "request",
    "types",
    "runtime",
    "client",
    "resources",
    "aux",
    "con",
    "nul",
    "prn",
];

/// Methods that a handle has besides its calls.
const HANDLE: &[&str] = &["new", "clone"];

/// Methods that a builder has besides its setters, and its own fields.
const BUILDER: &[&str] = &[
    "send",
    "with_response",
    "with_options",
    "with_body",
    "into_future",
    "into_request",
    "answer",
    "block",
    "clone",
    "into",
    "core",
    "options",
    "body",
];

/// Methods that a builder has where its answer is offered as a stream, too.
const STREAM: &[&str] = &["stream"];

/// Methods that a builder has where its answers come in pages.
const PAGES: &[&str] = &["pages", "items"];

/// Names resources, methods and builders.
pub(super) fn name(
    api: &Api,
    waiters: &[Waiter],
    names: &mut Names,
    renames: &mut Renames<'_>,
    findings: &mut Findings,
) {
    let mut modules = Scope::with_reserved(CLIENT);
    let mut by_key: HashMap<String, usize> = HashMap::new();
    let mut given: Vec<Option<String>> = Vec::new();
    for (index, operation) in api.operations.iter().enumerate() {
        let id = OperationId(u32::try_from(index).unwrap_or(u32::MAX));
        let configured = renames.operation(&operation.label(), findings);
        let (key, tag) = match &configured {
            Some((resource, _)) => (resource.clone(), None),
            None => resource_key(operation),
        };
        let key = plain_snake(&key);
        let resource = *by_key.entry(key.clone()).or_insert_with(|| {
            names.resources.push(resource(&key, tag, &mut modules));
            names.resources.len() - 1
        });
        names.resources[resource].operations.push(id);
        given.push(configured.map(|(_, method)| method));
    }
    names.operations = vec![OperationNames::default(); api.operations.len()];
    for resource in names.resources.clone() {
        methods(api, &resource, &given, waiters, names, findings);
    }
}

fn resource(key: &str, tag: Option<String>, modules: &mut Scope) -> Resource {
    let key = shortened(key);
    let module = snake(key);
    let other = format!("{}_api", module.trim_start_matches("r#"));
    let module = modules.claim([module.as_str(), other.as_str()], "_").name;
    let mut handle = camel(key);
    if RESOURCE_MODULE.contains(&handle.as_str()) {
        handle.push_str("Api");
    }
    Resource {
        module,
        handle,
        tag,
        operations: Vec::new(),
    }
}

/// What an operation is about, and the tag that says so.
fn resource_key(operation: &Operation) -> (String, Option<String>) {
    if let Some(tag) = operation.tags.first().filter(|tag| !words(tag).is_empty()) {
        return (tag.clone(), Some(tag.clone()));
    }
    let prefix = operation.id.as_deref().and_then(prefix);
    let key = prefix
        .map(str::to_owned)
        .or_else(|| literal_segments(&operation.path).first().map(|&first| first.to_owned()));
    (key.unwrap_or_else(|| "root".to_owned()), None)
}

/// `Sessions` of `Sessions_create`, `repos` of `repos/list-commits`, `users` of `users.list`.
fn prefix(id: &str) -> Option<&str> {
    let (prefix, rest) = id.split_once(['/', '.']).or_else(|| {
        let (prefix, rest) = id.split_once('_')?;
        prefix
            .starts_with(|first: char| first.is_ascii_uppercase())
            .then_some((prefix, rest))
    })?;
    (!words(prefix).is_empty() && !words(rest).is_empty()).then_some(prefix)
}

/// The parts of a path that are no parameters and no version.
fn literal_segments(path: &str) -> Vec<&str> {
    let is_version = |segment: &str| {
        segment
            .strip_prefix('v')
            .is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_digit()))
            || segment.starts_with(|first: char| first.is_ascii_digit())
    };
    let segments = path
        .split('/')
        .filter(|segment| !segment.is_empty() && !segment.contains('{'));
    segments
        .filter(|segment| !is_version(segment) && *segment != "api" && !words(segment).is_empty())
        .collect()
}

/// Names the methods of one resource: for each the shortest candidate that no other operation would want as well.
fn methods(
    api: &Api,
    resource: &Resource,
    given: &[Option<String>],
    waiters: &[Waiter],
    names: &mut Names,
    findings: &mut Findings,
) {
    let noun = words(resource.module.trim_start_matches("r#"));
    let mut scope = Scope::with_reserved(HANDLE);
    let mut builders = Scope::with_reserved(RESOURCE_MODULE);
    builders.take(&resource.handle);
    let operation = |id: &OperationId| &api.operations[id.0 as usize];
    let candidates: Vec<Vec<String>> = resource
        .operations
        .iter()
        .map(|id| method_candidates(operation(id), &noun))
        .collect();
    let mut wanted: HashMap<(usize, &str), usize> = HashMap::new();
    for (level, name) in candidates.iter().flat_map(|list| list.iter().enumerate()) {
        *wanted.entry((level, name)).or_default() += 1;
    }
    for id in &resource.operations {
        if let Some(method) = &given[id.0 as usize] {
            scope.take(method);
        }
    }
    let own = waiters_of(api, resource, waiters);
    for (_, _, waiter) in &own {
        if !scope.take(&waiter.method.value) {
            report_waiter(resource, waiter, findings);
        }
    }
    for (id, list) in resource.operations.iter().zip(&candidates) {
        let method = match &given[id.0 as usize] {
            Some(method) => method.clone(),
            None => {
                let last = list.len().saturating_sub(1);
                let alone = list
                    .iter()
                    .enumerate()
                    .filter(|(level, name)| *level == last || wanted[&(*level, name.as_str())] == 1);
                let alone: Vec<String> = alone.map(|(_, name)| snake(name)).collect();
                let claimed = scope.claim(alone.iter().map(String::as_str), "_");
                if claimed.numbered {
                    report(operation(id), &resource.module, &claimed.name, findings);
                }
                claimed.name
            }
        };
        let own = &mut names.operations[id.0 as usize];
        let camel = camel(method.trim_start_matches("r#"));
        let builder = builders.claim([camel.as_str(), &format!("{camel}Call")], "").name;
        own.errors = builders.claim([format!("{builder}Error").as_str()], "").name;
        own.output = builders.claim([format!("{builder}Output").as_str()], "").name;
        own.constant = shouty(&builder);
        own.resource.clone_from(&resource.module);
        own.builder = builder;
        own.method = method;
    }
    for (index, operation, waiter) in own {
        let camel = camel(&waiter.method.value);
        let builder = builders.claim([camel.as_str(), &format!("{camel}Call")], "").name;
        names.waiters[index] = Some(WaiterNames {
            operation,
            method: waiter.method.value.clone(),
            constant: shouty(&builder),
            builder,
        });
    }
}

/// The waiters that ask an operation of this resource: place in the configuration, operation, and what it says.
fn waiters_of<'a>(api: &Api, resource: &Resource, waiters: &'a [Waiter]) -> Vec<(usize, OperationId, &'a Waiter)> {
    let found = waiters.iter().enumerate().filter_map(|(index, waiter)| {
        let ids = &resource.operations;
        let asks = |id: &&OperationId| api.operations[id.0 as usize].label() == waiter.operation.value;
        ids.iter().find(asks).map(|id| (index, *id, waiter))
    });
    found.collect()
}

fn report_waiter(resource: &Resource, waiter: &Waiter, findings: &mut Findings) {
    let message = format!("`{}` has another method `{}`", resource.module, waiter.method.value);
    findings.push(
        Finding::error(codes::WAITER_METHOD_TAKEN, waiter.method.place.clone(), message)
            .help("choose another name for it"),
    );
}

fn report(operation: &Operation, module: &str, name: &str, findings: &mut Findings) {
    let label = operation.label();
    let message = format!("another operation of `{module}` has the name that `{label}` would get: it is `{name}` now");
    findings.push(
        Finding::warning(codes::NAME_COLLISION, operation.origin.place.clone(), message).help(format!(
            "settle it in client.toml: [api.rename.operations] {label:?} = \"{module}.<method>\""
        )),
    );
}

/// Method names from short to long.
fn method_candidates(operation: &Operation, noun: &[String]) -> Vec<String> {
    let spoken = spoken_words(operation, noun);
    let without = without_noun(&spoken, noun);
    let mut list = Vec::new();
    // On the resource's own path the verb says it all: `create_browser_session` on `/browsers`.
    if literal_segments(&operation.path).len() <= 1 && operation.id.is_some() {
        list.extend(without.first().filter(|word| !joins(word)).cloned());
    }
    list.push(without.join("_"));
    list.push(spoken.join("_"));
    let parameters = operation
        .path
        .split('{')
        .skip(1)
        .filter_map(|rest| rest.split('}').next());
    let by: Vec<String> = parameters.map(plain_snake).collect();
    if !by.is_empty() {
        list.push(format!("{}_by_{}", without.join("_"), by.join("_and_")));
    }
    list.retain(|name| !name.is_empty());
    list.dedup();
    if list.is_empty() {
        // An operationId without a letter or digit in it.
        list.push(operation.method.to_ascii_lowercase());
    }
    list
}

/// The words of the operationId, without what repeats resource, path and HTTP method; or words for method and path.
fn spoken_words(operation: &Operation, noun: &[String]) -> Vec<String> {
    let Some(id) = operation.id.as_ref().filter(|id| !words(id).is_empty()) else {
        let mut spoken = vec![operation.method.to_ascii_lowercase()];
        spoken.extend(
            literal_segments(&operation.path)
                .iter()
                .flat_map(|segment| words(segment)),
        );
        return spoken;
    };
    let id = without_path(id, operation);
    let rest = match prefix(&id) {
        Some(prefix) if operation.tags.is_empty() || words(prefix) == *noun => &id[prefix.len() + 1..],
        _ => id.as_str(),
    };
    let spoken = words(rest);
    if spoken.is_empty() { words(&id) } else { spoken }
}

/// FastAPI's operationIds end with path and method: `create_session_sessions_post`.
fn without_path(id: &str, operation: &Operation) -> String {
    let joined = |text: &str| {
        let parts = text
            .split(|symbol: char| !symbol.is_ascii_alphanumeric())
            .filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join("_")
    };
    let suffix = format!("_{}_{}", joined(&operation.path), operation.method.to_ascii_lowercase());
    let flat = joined(id);
    match flat.strip_suffix(&suffix) {
        Some(name) if !name.is_empty() => name.to_owned(),
        _ => id.to_owned(),
    }
}

/// Takes out the resource's noun, in the singular or the plural, and what would then join nothing; a verb stays.
fn without_noun(spoken: &[String], noun: &[String]) -> Vec<String> {
    let same = |word: &String, other: &String| singular(word) == singular(other);
    let stands = |at: usize| spoken[at..].iter().zip(noun).filter(|(a, b)| same(a, b)).count() == noun.len();
    // `session_create` begins with the noun; in `search_web` of `search` the same word is the verb.
    let leads = spoken.get(noun.len()).is_some_and(|next| is_everyday_verb(next)) && stands(0);
    let found = (1..spoken.len()).find(|at| stands(*at)).or(leads.then_some(0));
    let Some(at) = found.filter(|_| !noun.is_empty()) else {
        return spoken.to_vec();
    };
    let (before, after) = (&spoken[..at], &spoken[at + noun.len()..]);
    let listed = |word: Option<&String>| matches!(word.map(String::as_str), Some("and" | "or"));
    if listed(before.last()) || listed(after.first()) {
        return spoken.to_vec();
    }
    let mut kept = [before, after].concat();
    while kept.last().is_some_and(|last| joins(last)) {
        kept.pop();
    }
    if kept.is_empty() { spoken.to_vec() } else { kept }
}

/// `CreateSession`, `GetSessionLogs`, `ListSessions`: what a type that belongs to an operation is called after.
pub(super) fn full_name(names: &Names, id: OperationId) -> String {
    let own = &names.operations[id.0 as usize];
    let noun = words(own.resource.trim_start_matches("r#"));
    let mut parts = words(own.method.trim_start_matches("r#"));
    let many = matches!(parts.first().map(String::as_str), Some("list" | "search")) && parts.len() == 1;
    let noun: Vec<String> = (noun.iter().enumerate())
        .map(|(at, word)| {
            if at + 1 == noun.len() && !many {
                singular(word)
            } else {
                word.clone()
            }
        })
        .collect();
    // `send_form` of `form` speaks of it already.
    if noun.is_empty() || !parts.windows(noun.len()).any(|window| window == noun) {
        let at = parts.len().min(1);
        parts.splice(at..at, noun);
    }
    camel(&parts.join("_"))
}

/// Names what belongs to one operation: parameters and body fields, which are setters of one builder.
pub(super) fn name_inner(api: &Api, paginations: &[Pagination], names: &mut Names, findings: &mut Findings) {
    for (index, operation) in api.operations.iter().enumerate() {
        let streams = operation.responses.iter().any(|response| response.stream.is_some());
        let label = operation.label();
        let mut listed = paginations.iter().flat_map(|entry| &entry.operations);
        let pages = listed.any(|name| name.value == label);
        let reserved = [
            BUILDER,
            if streams { STREAM } else { &[] },
            if pages { PAGES } else { &[] },
        ];
        let mut scope = Scope::with_reserved(&reserved.concat());
        let mut parameters = Vec::new();
        for parameter in &operation.parameters {
            let plain = snake(&parameter.name);
            let other = format!("{}_param", plain.trim_start_matches("r#").trim_end_matches('_'));
            let claimed = scope.claim([plain.as_str(), other.as_str()], "_");
            if claimed.numbered {
                report_parameter(operation, &parameter.name, &claimed.name, findings);
            }
            parameters.push(claimed.name);
        }
        // The body stands under `with_body` as a whole; its fields may be called like the builder's own ones.
        for own in ["core", "options", "body"] {
            if !operation
                .parameters
                .iter()
                .any(|parameter| snake(&parameter.name) == own)
            {
                scope.release(own);
            }
        }
        let body = operation
            .body
            .as_ref()
            .and_then(|body| body.content.ty())
            .map(|id| api.types.peel(id).0);
        let fields = body.and_then(|id| names.fields.get(&id)).cloned().unwrap_or_default();
        let body_fields = fields.iter().map(|field| {
            let other = format!("body_{}", field.trim_start_matches("r#"));
            scope.claim([field.as_str(), other.as_str()], "_").name
        });
        let body_fields = body_fields.collect();
        let own = &mut names.operations[index];
        own.parameters = parameters;
        own.body_fields = body_fields;
    }
}

fn report_parameter(operation: &Operation, parameter: &str, name: &str, findings: &mut Findings) {
    let message = format!(
        "two parameters of `{}` would have one name: `{parameter}` is `{name}` now",
        operation.label()
    );
    findings.push(
        Finding::note(codes::NAME_COLLISION, operation.origin.place.clone(), message)
            .help("nothing, unless you want one of them renamed in an overlay"),
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_noun_is_taken_out() {
        let cases = [
            ("create_session", "sessions", "create"),
            ("get_session_logs", "sessions", "get_logs"),
            ("session_create", "sessions", "create"),
            ("search_web", "search", "search_web"),
            ("get_logs_for_session", "sessions", "get_logs"),
            ("list_sessions_for_project", "sessions", "list_for_project"),
            ("in_path", "paths", "in_path"),
            ("get_headers_and_cookies", "headers", "get_headers_and_cookies"),
            ("session", "sessions", "session"),
            ("get", "", "get"),
        ];
        for (spoken, noun, expected) in cases {
            assert_eq!(
                without_noun(&words(spoken), &words(noun)).join("_"),
                expected,
                "{spoken}"
            );
        }
    }
}
