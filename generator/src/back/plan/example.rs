//! Examples that compile: a call with a value for each of its arguments.

use super::Context;
use super::bodies::MOST_ARGUMENTS;
use super::calls::in_path_order;
use crate::back::model::RustType;
use crate::ir::{Content, OperationId, Shape, StringFormat, TypeId};

/// Deeper than this an argument's value is no example any more.
const DEEPEST: usize = 3;

/// An `# Example` section for a method with the arguments of a call, or nothing where one has no short value.
pub(super) fn of_call(context: &Context<'_>, id: OperationId, method: &str) -> Vec<String> {
    let Some(call) = expression(context, id, method) else {
        return Vec::new();
    };
    section(context, [format!("{call};")])
}

fn section(context: &Context<'_>, code: impl IntoIterator<Item = String>) -> Vec<String> {
    let path = &context.path;
    let error = format!("{}::Error", root(context));
    let mut lines = vec![
        "# Example".to_owned(),
        String::new(),
        "```no_run".to_owned(),
        format!("# async fn example(client: {path}::Client) -> Result<(), {error}> {{"),
    ];
    lines.extend(code);
    lines.extend(["# Ok(())", "# }", "```"].map(str::to_owned));
    lines
}

/// An `# Example` section for going through the items of a list.
pub(super) fn of_items(context: &Context<'_>, id: OperationId) -> Vec<String> {
    let own = &context.names.operations[id.0 as usize];
    let Some(call) = expression(context, id, &own.method) else {
        return Vec::new();
    };
    let lines = [
        format!("let mut items = {}.items();", call.trim_end_matches(".await?")),
        "while let Some(item) = items.next().await {".to_owned(),
        "    println!(\"{:?}\", item?);".to_owned(),
        "}".to_owned(),
    ];
    section(context, lines)
}

/// An `# Example` section for reading a header of the answers to one of some operations.
pub(super) fn of_header(context: &Context<'_>, operations: &[OperationId], set: &str, method: &str) -> Vec<String> {
    let calls = operations
        .iter()
        .filter_map(|id| expression(context, *id, &context.names.operations[id.0 as usize].method));
    let Some(call) = calls.min_by_key(String::len) else {
        return Vec::new();
    };
    let lines = [
        format!(
            "let answer = {}.with_response().await?;",
            call.trim_end_matches(".await?")
        ),
        format!("let headers = {}::headers::{set}::of(answer.headers());", context.path),
        format!("println!(\"{{:?}}\", headers.{method}()?);"),
    ];
    section(context, lines)
}

/// A whole program's lines: a client from the environment, and a call.
pub(super) fn whole(context: &Context<'_>) -> Vec<String> {
    let mut lines = vec![format!("let client = {}::Client::from_env()?;", context.path)];
    if let Some((_, call)) = best(context) {
        lines.push(format!("let answer = {call};"));
        lines.push("println!(\"{answer:?}\");".to_owned());
    }
    lines
}

/// The call that shows the API best, and its operation. The resource with most calls is what the API is about; creating
/// one, or else listing them, shows it best.
pub(super) fn best(context: &Context<'_>) -> Option<(OperationId, String)> {
    let mut resources: Vec<_> = context.names.resources.iter().collect();
    resources.sort_by_key(|resource| std::cmp::Reverse(resource.operations.len()));
    let ids = resources.iter().flat_map(|resource| &resource.operations).copied();
    let calls = ids.filter_map(|id| {
        let method = &context.names.operations[id.0 as usize].method;
        Some((id, expression(context, id, method)?))
    });
    calls.min_by_key(|(_, call)| match call {
        call if call.contains(".create()") => 0,
        call if call.contains(".list()") => 1,
        call => call.len(),
    })
}

/// `client.sessions().get("…").await?`
fn expression(context: &Context<'_>, id: OperationId, method: &str) -> Option<String> {
    let operation = &context.api.operations[id.0 as usize];
    let own = &context.names.operations[id.0 as usize];
    let mut arguments = Vec::new();
    let parameters = in_path_order(operation, &own.parameters).into_iter();
    for (parameter, _) in parameters.filter(|(parameter, _)| parameter.required) {
        arguments.push(value(context, parameter.ty, &parameter.name, 0)?);
    }
    if let Some(body) = operation.body.as_ref().filter(|body| body.required) {
        arguments.extend(body_arguments(context, &body.content)?);
    }
    Some(format!(
        "client.{}().{method}({}).await?",
        own.resource,
        arguments.join(", ")
    ))
}

fn body_arguments(context: &Context<'_>, body: &Content) -> Option<Vec<String>> {
    let file = || Some(vec![upload(context)]);
    let id = match body {
        // What may be `null` may be left out.
        Content::Json(id) | Content::Form(id) if context.api.types.peel(*id).1 => return Some(Vec::new()),
        Content::Json(id) | Content::Form(id) | Content::Multipart(id) => context.api.types.peel(*id).0,
        Content::Text => return Some(vec!["\"text\"".to_owned()]),
        Content::Binary | Content::Empty | Content::Events(_) | Content::JsonLines(_) => return file(),
    };
    match &context.api.types[id].shape {
        Shape::Object(object) => {
            let required = object
                .fields
                .iter()
                .filter(|field| field.required && context.constant(field).is_none());
            let values: Option<Vec<String>> = required
                .map(|field| match context.api.types[field.ty].shape {
                    Shape::String(StringFormat::Binary) if matches!(body, Content::Multipart(_)) => {
                        Some(upload(context))
                    }
                    _ if field.boxed => None,
                    _ => value(context, field.ty, &field.name, 0),
                })
                .collect();
            values.filter(|values| values.len() <= MOST_ARGUMENTS)
        }
        _ if matches!(body, Content::Multipart(_)) => file(),
        _ => value(context, id, "body", 0).map(|value| vec![value]),
    }
}

fn upload(context: &Context<'_>) -> String {
    format!("{}::Upload::from_bytes(\"hello.txt\", \"Hello\")", root(context))
}

/// The crate, whether the client is at its root or in a module.
pub(super) fn root<'a>(context: &'a Context<'_>) -> &'a str {
    context.path.split("::").next().unwrap_or_default()
}

/// A value that an argument of this type takes.
fn value(context: &Context<'_>, id: TypeId, name: &str, depth: usize) -> Option<String> {
    let (inner, nullable) = context.api.types.peel(id);
    if depth > DEEPEST || nullable {
        return None;
    }
    match context.rust_type(inner) {
        RustType::Bool => Some("true".to_owned()),
        RustType::Numeric(kind) => Some(if kind.starts_with('f') { "1.0" } else { "1" }.to_owned()),
        RustType::String => Some(format!("\"{}\"", sample(name))),
        RustType::Json => Some("\"value\"".to_owned()),
        RustType::Named(_) => named(context, inner, depth),
        RustType::Vec(_) => {
            let Shape::Array(items) = context.api.types[inner].shape else {
                return None;
            };
            Some(format!("[{}]", inner_value(context, items, name, depth + 1)?))
        }
        RustType::Map(_) => {
            let Shape::Map(values) = context.api.types[inner].shape else {
                return None;
            };
            Some(format!(
                "[(\"key\", {})]",
                inner_value(context, values, name, depth + 1)?
            ))
        }
        _ => None,
    }
}

/// A value in a list or a map. What is taken there are values of the type itself, which of lists and maps are not short.
fn inner_value(context: &Context<'_>, id: TypeId, name: &str, depth: usize) -> Option<String> {
    match context.rust_type(context.api.types.peel(id).0) {
        RustType::Vec(_) | RustType::Map(_) => None,
        _ => value(context, id, name, depth),
    }
}

fn named(context: &Context<'_>, id: TypeId, depth: usize) -> Option<String> {
    let path = format!("{}::types::{}", context.path, context.type_name(id));
    match &context.api.types[id].shape {
        Shape::Enumeration(list) => {
            let first = context.names.variants.get(&id)?.first()?;
            list.values.first().map(|_| format!("{path}::{first}"))
        }
        Shape::Object(object) => {
            let required = object
                .fields
                .iter()
                .filter(|field| field.required && context.constant(field).is_none());
            let values: Option<Vec<String>> = required
                .map(|field| {
                    if field.boxed {
                        None
                    } else {
                        value(context, field.ty, &field.name, depth + 1)
                    }
                })
                .collect();
            Some(format!("{path}::new({})", values?.join(", ")))
        }
        _ => None,
    }
}

/// Text that says what it stands for.
fn sample(name: &str) -> &'static str {
    let name = name.to_lowercase();
    if name.ends_with("url") || name.ends_with("uri") {
        "https://example.com"
    } else if name.ends_with("id") {
        "id"
    } else {
        "text"
    }
}
