//! The README of a crate.

use super::crate_root::features;
use super::print::{bare, header};
use super::template::fill;
use crate::back::model::{Crate, CredentialKind};

/// The text of `README.md`.
pub(super) fn file(model: &Crate, documents: &str, template: &str) -> String {
    let package = &model.package;
    let example = model
        .apis
        .iter()
        .map(|api| &api.example)
        .find(|example| !example.is_empty());
    let example = example.map_or_else(String::new, |lines| format!("```rust\n{}\n```", lines.join("\n")));
    let environment = environment(model);
    let values = [
        ("header", header(documents)),
        ("name", package.name.clone()),
        ("description", package.description.clone()),
        ("about", model.docs.join("\n")),
        ("example", example),
        ("guide", guide(model)),
        ("features", features(model).join("\n")),
        ("environment", environment),
    ];
    let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
    fill(template, &values)
}

/// The guide of the first API that has one.
fn guide(model: &Crate) -> String {
    let guide = model.apis.iter().map(|api| &api.guide).find(|guide| !guide.is_empty());
    let sections = guide.into_iter().flatten().map(|section| {
        let code = section.code.join("\n");
        format!("## {}\n\n{}\n\n```rust\n{code}\n```", section.title, section.text)
    });
    sections.collect::<Vec<_>>().join("\n\n")
}

/// A line for each environment variable, without repetition.
fn environment(model: &Crate) -> String {
    let mut lines: Vec<String> = Vec::new();
    for client in model.apis.iter().map(|api| &api.client) {
        let clients = client.credentials.iter().filter_map(|credential| {
            let CredentialKind::OAuth(endpoint) = &credential.kind else {
                return None;
            };
            let [id, secret] = endpoint.env.as_ref()?;
            let method = bare(&endpoint.ident);
            Some(format!(
                "- `{id}` and `{secret}`: a client's id and secret (`{method}`)"
            ))
        });
        let credentials = client.credentials.iter().filter_map(|credential| {
            let env = credential.env.as_ref()?;
            Some(format!("- `{env}`: the credential `{}`", credential.ident))
        });
        let base_url = client
            .base_url_env
            .iter()
            .map(|env| format!("- `{env}`: the base URL, where it is another"));
        for line in clients.chain(credentials).chain(base_url) {
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
    }
    lines.join("\n")
}
