//! What the document says of a call's arguments and of its body: a setter has documentation of its own, an argument has
//! none.

use super::Context;
use super::docs::{facts, sentence};
use crate::back::model::{Argument, Target};
use crate::ir::{Content, Docs, Operation, Shape};
use crate::names::OperationNames;

/// An `# Arguments` section with those of which there is something to say.
pub(super) fn section(
    context: &Context<'_>,
    operation: &Operation,
    own: &OperationNames,
    arguments: &[Argument],
) -> Vec<String> {
    let said = arguments.iter().filter_map(|argument| {
        let text = if argument.target == Target::Body {
            words(context, &body_docs(operation)?)
        } else {
            words(context, docs_of(context, operation, own, &argument.ident)?)
        };
        let name = argument.ident.trim_start_matches("r#");
        (!text.is_empty()).then(|| format!("- `{name}`: {text}"))
    });
    let said: Vec<_> = said.collect();
    if said.is_empty() {
        return said;
    }
    ["# Arguments".to_owned(), String::new()]
        .into_iter()
        .chain(said)
        .collect()
}

/// What is said of a body that is no argument: its fields are set one by one.
pub(super) fn of_body(context: &Context<'_>, operation: &Operation, arguments: &[Argument]) -> Option<String> {
    let whole = arguments.iter().any(|argument| argument.target == Target::Body);
    let mut docs = body_docs(operation).filter(|_| !whole)?;
    if let Content::Json(id) | Content::Form(id) | Content::Multipart(id) = operation.body.as_ref()?.content {
        let (id, _) = context.api.types.peel(id);
        docs.constraints.clone_from(&context.api.types[id].docs.constraints);
    }
    let text = words(context, &docs);
    (!text.is_empty()).then(|| format!("Body: {text}"))
}

fn body_docs(operation: &Operation) -> Option<Docs> {
    let description = operation.body.as_ref()?.description.clone();
    Some(Docs {
        description,
        ..Docs::default()
    })
}

/// What is said of the parameter or the field of the body that has this name in the call.
fn docs_of<'a>(
    context: &'a Context<'_>,
    operation: &'a Operation,
    own: &OperationNames,
    ident: &str,
) -> Option<&'a Docs> {
    let parameters = operation.parameters.iter().map(|parameter| &parameter.docs);
    let mut parameters = parameters.zip(&own.parameters);
    if let Some((docs, _)) = parameters.find(|(_, name)| *name == ident) {
        return Some(docs);
    }
    let (Content::Json(id) | Content::Form(id) | Content::Multipart(id)) = operation.body.as_ref()?.content else {
        return None;
    };
    let Shape::Object(object) = &context.api.types[context.api.types.peel(id).0].shape else {
        return None;
    };
    let mut fields = object.fields.iter().map(|field| &field.docs).zip(&own.body_fields);
    fields.find(|(_, name)| *name == ident).map(|(docs, _)| docs)
}

/// The first paragraph of the description, then the default and the constraints, on one line.
fn words(context: &Context<'_>, docs: &Docs) -> String {
    let description = docs.description.as_deref().unwrap_or_default();
    let description = context.inline(&sentence(description.trim().split("\n\n").next().unwrap_or_default()));
    let deprecated = docs.deprecated.then(|| "Deprecated.".to_owned());
    let parts = [description].into_iter().chain(facts(docs)).chain(deprecated);
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}
