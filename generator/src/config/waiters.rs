//! What an entry of `[[api.wait]]` means for an operation: which type it answers, and where in it the state is.
//!
//! Knows the IR. The check of a configuration and the plan of a client both ask here, so that they cannot differ.

use super::{Located, Waiter};
use crate::diagnostic::{Finding, closest, codes};
use crate::ir::{Api, Content, Enumeration, Object, Operation, Shape, StringFormat, TypeId};

/// Where a waiter finds the state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct State {
    /// The answer's type.
    pub answer: TypeId,
    /// An index among its fields.
    pub field: usize,
}

/// Resolves an entry.
///
/// # Errors
///
/// Where the document has not what it names, or the operation cannot be asked again and again.
pub fn resolve(api: &Api, operation: &Operation, entry: &Waiter) -> Result<State, Vec<Finding>> {
    let (answer, object) = answer(api, operation, entry).map_err(|finding| vec![*finding])?;
    let Some(field) = object.fields.iter().position(|field| field.name == entry.field.value) else {
        return Err(vec![field_unknown(operation, object, entry)]);
    };
    match &api.types[api.types.peel(object.fields[field].ty).0].shape {
        Shape::Enumeration(list) => check_values(list, entry)?,
        Shape::String(StringFormat::Plain) => {}
        _ => return Err(vec![field_kind(entry)]),
    }
    Ok(State { answer, field })
}

/// The one type that the operation answers; it takes a call that can be made as often as one likes.
fn answer<'a>(api: &'a Api, operation: &Operation, entry: &Waiter) -> Result<(TypeId, &'a Object), Box<Finding>> {
    let fail = |reason| Err(Box::new(not_pollable(entry, reason)));
    let body = operation.body.as_ref().map(|body| &body.content);
    if matches!(body, Some(Content::Binary | Content::Empty | Content::Multipart(_))) {
        return fail("it sends a file");
    }
    let mut contents: Vec<&Content> = operation.successes().iter().map(|answer| &answer.content).collect();
    contents.dedup();
    let [Content::Json(id)] = contents[..] else {
        return fail("its answers are not JSON of one type");
    };
    let (id, nullable) = api.types.peel(*id);
    match &api.types[id].shape {
        Shape::Object(object) if !nullable => Ok((id, object)),
        Shape::Object(_) => fail("its answer may be null"),
        _ => fail("its answer is not an object with fields"),
    }
}

fn not_pollable(entry: &Waiter, reason: &str) -> Finding {
    let message = format!("`{}` cannot be waited for: {reason}", entry.operation.value);
    Finding::error(codes::WAITER_OPERATION, entry.operation.place.clone(), message)
        .help("name an operation that only reads, and that always answers an object of one type; or remove the entry")
}

fn field_unknown(operation: &Operation, object: &Object, entry: &Waiter) -> Finding {
    let wanted = &entry.field;
    let message = format!("no answer of `{}` has a field `{}`", operation.label(), wanted.value);
    let names = object.fields.iter().map(|field| field.name.as_str());
    let help = match closest(&wanted.value, names) {
        Some(name) => format!("did you mean `{name}`?"),
        None => "name a field of the operation's answer, as it is called in the JSON".to_owned(),
    };
    Finding::error(codes::WAITER_FIELD_UNKNOWN, wanted.place.clone(), message).help(help)
}

fn field_kind(entry: &Waiter) -> Finding {
    let message = format!("the field `{}` is no text", entry.field.value);
    Finding::error(codes::WAITER_FIELD_KIND, entry.field.place.clone(), message)
        .help("name a field that holds text, or correct its type in an overlay")
}

/// That each value is in the list of those that the field can have.
fn check_values(list: &Enumeration, entry: &Waiter) -> Result<(), Vec<Finding>> {
    let values = entry.until.iter().chain(&entry.fail);
    let unknown = values.filter(|value| !list.values.contains(&value.value));
    let findings: Vec<_> = unknown.map(|value| value_unknown(list, entry, value)).collect();
    if findings.is_empty() { Ok(()) } else { Err(findings) }
}

fn value_unknown(list: &Enumeration, entry: &Waiter, value: &Located<String>) -> Finding {
    let message = format!("`{}` is no value of the field `{}`", value.value, entry.field.value);
    let help = match closest(&value.value, list.values.iter().map(String::as_str)) {
        Some(known) => format!("did you mean `{known}`? If not, add the value to the field's `enum` in an overlay"),
        None => format!(
            "use one of {}, or add the value to them in an overlay",
            list.values.join(", ")
        ),
    };
    Finding::error(codes::WAITER_VALUE_UNKNOWN, value.place.clone(), message).help(help)
}
