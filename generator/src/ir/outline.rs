//! The API as a readable outline: what snapshots show, so that a change of the IR is seen apart from a change of the code.

use std::fmt::Write;

use super::{
    Additional, Api, Content, Decision, Hint, Location, ObjectChoice, Operation, Shape, Status, TypeId, analysis,
};

/// One line for each operation, credential and reachable named type, with their parts indented below.
pub fn outline(api: &Api) -> String {
    let mut out = format!("{} {}\n", api.title, api.version);
    for server in &api.servers {
        line(&mut out, 0, &format!("server {}", server.url));
    }
    for (index, credential) in api.credentials.iter().enumerate() {
        line(
            &mut out,
            0,
            &format!("credential {index} {}: {:?}", credential.scheme, credential.kind),
        );
    }
    for operation in &api.operations {
        write_operation(api, operation, &mut out);
    }
    for payload in &api.payloads {
        let source = match &payload.operation {
            Some(operation) => format!("callback {} of {operation}", payload.name),
            None => format!("webhook {}", payload.name),
        };
        let deprecated = if payload.deprecated { " deprecated" } else { "" };
        let ty = reference(api, payload.ty);
        line(&mut out, 0, &format!("{source} {}: {ty}{deprecated}", payload.method));
    }
    let mut ids = analysis::reach::from(api, api.roots());
    ids.sort();
    for id in ids {
        if api.types[id].shape.is_named() {
            write_type(api, id, &mut out);
        }
    }
    out
}

fn line(out: &mut String, depth: usize, text: &str) {
    // Writing to a String cannot fail.
    let _ = writeln!(out, "{}{}", "  ".repeat(depth), text.replace('\n', "\\n"));
}

fn write_operation(api: &Api, operation: &Operation, out: &mut String) {
    let auth: Vec<Vec<u32>> = operation
        .security
        .iter()
        .map(|set| set.iter().map(|credential| credential.0).collect())
        .collect();
    let deprecated = if operation.deprecated { " deprecated" } else { "" };
    line(
        out,
        0,
        &format!(
            "{} {} ({}) auth {auth:?}{deprecated}",
            operation.method,
            operation.path,
            operation.label()
        ),
    );
    for parameter in &operation.parameters {
        let place = match parameter.location {
            Location::Path => "path",
            Location::Query => "query",
            Location::Header => "header",
            Location::Cookie => "cookie",
        };
        let optional = if parameter.required { "" } else { "?" };
        let ty = reference(api, parameter.ty);
        line(
            out,
            1,
            &format!(
                "{place} {}{optional}: {ty} {:?}{}",
                parameter.name,
                parameter.encoding,
                reserved(parameter.reserved)
            ),
        );
    }
    if let Some(body) = &operation.body {
        let optional = if body.required { "" } else { "?" };
        line(
            out,
            1,
            &format!("body{optional} {}: {}", body.media_type, content(api, &body.content)),
        );
    }
    for field in operation.body.iter().flat_map(|body| &body.fields) {
        let style = field.style.map_or_else(String::new, |style| format!(" {style:?}"));
        let content_type = field.content_type.iter().map(|name| format!(" {name}"));
        let headers = field.headers.iter().map(|(name, value)| format!(" {name}: {value}"));
        let rest: String = content_type.chain(headers).collect();
        line(
            out,
            2,
            &format!("{}{style}{}{rest}", field.name, reserved(field.reserved)),
        );
    }
    for response in &operation.responses {
        let status = match response.status {
            Status::Code(code) => code.to_string(),
            Status::Range(digit) => format!("{digit}XX"),
            Status::Default => "default".to_owned(),
        };
        let stream = response.stream.as_ref();
        let stream = stream.map_or_else(String::new, |stream| format!(" or {}", content(api, &stream.content)));
        line(
            out,
            1,
            &format!("{status}: {}{stream}", content(api, &response.content)),
        );
        for header in &response.headers {
            let ty = reference(api, header.ty);
            line(out, 2, &format!("{}: {ty} {:?}", header.name, header.encoding));
        }
    }
}

fn reserved(kept: bool) -> &'static str {
    if kept { " reserved" } else { "" }
}

fn content(api: &Api, content: &Content) -> String {
    match content {
        Content::Empty => "nothing".to_owned(),
        Content::Json(id) => reference(api, *id),
        Content::Form(id) => format!("form {}", reference(api, *id)),
        Content::Multipart(id) => format!("parts {}", reference(api, *id)),
        Content::Text => "text".to_owned(),
        Content::Events(None) => "events".to_owned(),
        Content::Events(Some(id)) => format!("events of {}", reference(api, *id)),
        Content::JsonLines(id) => format!("lines of {}", reference(api, *id)),
        Content::Binary => "bytes".to_owned(),
    }
}

fn write_type(api: &Api, id: TypeId, out: &mut String) {
    let ty = &api.types[id];
    let hints: Vec<String> = ty.hints.iter().map(hint).collect();
    let head = |kind: &str| format!("#{} {kind} {}", id.0, hints.join(" | "));
    match &ty.shape {
        Shape::Object(object) => {
            line(out, 0, &head("object"));
            for field in &object.fields {
                let optional = if field.required { "" } else { "?" };
                let boxed = if field.boxed { " boxed" } else { "" };
                line(
                    out,
                    1,
                    &format!("{}{optional}: {}{boxed}", field.name, reference(api, field.ty)),
                );
            }
            if let Additional::Kept(value) = object.additional {
                line(out, 1, &format!("…: {}", reference(api, value)));
            }
        }
        Shape::Enumeration(list) => {
            line(out, 0, &head("enum"));
            line(out, 1, &list.values.join(" "));
        }
        Shape::Union(union) => {
            line(out, 0, &head("union"));
            for (index, alternative) in union.alternatives.iter().enumerate() {
                let boxed = if union.boxed.get(index).copied().unwrap_or_default() {
                    " boxed"
                } else {
                    ""
                };
                line(out, 1, &format!("{index}: {}{boxed}", reference(api, *alternative)));
            }
            if let Some(decision) = &union.decision {
                write_decision(decision, out);
            }
        }
        _ => {}
    }
}

fn write_decision(decision: &Decision, out: &mut String) {
    let one = |name: &str, index: Option<usize>| index.map(|index| format!("{name} -> {index}"));
    let many = |name: &str, list: &[usize]| (!list.is_empty()).then(|| format!("{name} -> {list:?}"));
    let object = match &decision.object {
        ObjectChoice::None => None,
        ObjectChoice::One(index) => Some(format!("object -> {index}")),
        ObjectChoice::Tag { property, tags } => Some(format!("object by {property} -> [{}]", listed(tags))),
        ObjectChoice::Keys(rows) => Some(format!("object by keys -> {rows:?}")),
        ObjectChoice::Trial(order) => Some(format!("object by trial -> {order:?}")),
    };
    let parts = [
        one("boolean", decision.boolean),
        one("integer", decision.integer),
        one("number", decision.number),
        many("string", &decision.string),
        many("array", &decision.array),
        object,
    ];
    line(
        out,
        1,
        &format!(
            "told apart: {}",
            parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
        ),
    );
}

/// Tags, each with its alternative, or with the list of those that share it.
fn listed(tags: &[(String, Vec<usize>)]) -> String {
    let words = tags.iter().map(|(tag, group)| match group[..] {
        [only] => format!("({tag:?}, {only})"),
        _ => format!("({tag:?}, {group:?})"),
    });
    words.collect::<Vec<_>>().join(", ")
}

fn reference(api: &Api, id: TypeId) -> String {
    match &api.types[id].shape {
        Shape::Object(_) | Shape::Enumeration(_) | Shape::Union(_) => format!("#{}", id.0),
        Shape::Array(items) => format!("[{}]", reference(api, *items)),
        Shape::Map(values) => format!("{{{}}}", reference(api, *values)),
        Shape::Nullable(inner) => format!("{} or null", reference(api, *inner)),
        Shape::Const(value) => format!("const {value}"),
        Shape::Integer(format) => format!("{format:?}").to_lowercase(),
        Shape::Number(format) => format!("{format:?}").to_lowercase(),
        other => format!("{other:?}").to_lowercase(),
    }
}

fn hint(hint: &Hint) -> String {
    match hint {
        Hint::Component(name) => format!("component {name}"),
        Hint::Extended(name) => format!("more than component {name}"),
        Hint::Title(title) => format!("title {title:?}"),
        Hint::Property(owner, name) => format!("#{}.{name}", owner.0),
        Hint::Item(owner) => format!("item of #{}", owner.0),
        Hint::Value(owner) => format!("value of #{}", owner.0),
        Hint::Alternative(owner, index) => format!("#{} alternative {index}", owner.0),
        Hint::Part(owner) => format!("part of #{}", owner.0),
        Hint::RequestBody(operation) => format!("body of {}", operation.0),
        Hint::Response(operation) => format!("answer of {}", operation.0),
        Hint::StreamItem(operation) => format!("item of {}'s stream", operation.0),
        Hint::ErrorBody(operation) => format!("error of {}", operation.0),
        Hint::Parameter(operation, name) => format!("parameter {name} of {}", operation.0),
        Hint::Header(operation, name) => format!("header {name} of {}", operation.0),
    }
}
