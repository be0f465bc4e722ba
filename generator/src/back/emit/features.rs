//! The features of an API's parts: in attributes, in the manifest, and in what users read.

use proc_macro2::TokenStream;
use quote::quote;

use super::print::bare;
use crate::back::model::{Api, Crate, ResourceFeatures};

/// The columns of a line of text.
const WIDTH: usize = 110;

/// The condition that one of these features is on; none where there are none.
pub(super) fn gate<'a>(features: impl IntoIterator<Item = &'a String>) -> Option<TokenStream> {
    let features: Vec<&String> = features.into_iter().collect();
    match features.as_slice() {
        [] => None,
        [only] => Some(quote!(#[cfg(feature = #only)])),
        several => Some(quote!(#[cfg(any(#(feature = #several),*))])),
    }
}

/// The line that lets an example be compiled only where all of these features are on.
pub(super) fn example_gate<'a>(features: impl IntoIterator<Item = &'a String>) -> Option<String> {
    let conditions: Vec<String> = features
        .into_iter()
        .map(|name| format!("feature = \"{name}\""))
        .collect();
    match conditions.as_slice() {
        [] => None,
        [only] => Some(format!("# #[cfg({only})]")),
        several => Some(format!("# #[cfg(all({}))]", several.join(", "))),
    }
}

/// What is on by default.
pub(super) fn default(model: &Crate) -> impl Iterator<Item = &str> {
    model
        .apis
        .iter()
        .filter_map(|api| Some(api.features.as_ref()?.all.as_str()))
}

/// The lines of an API's features in the manifest's table.
pub(super) fn manifest_lines(api: &Api) -> Vec<String> {
    let Some(features) = &api.features else {
        return Vec::new();
    };
    let module = api.module.as_deref().map(bare);
    let implied = module.map_or_else(String::new, |module| format!("\"{module}\""));
    let whose = module.map_or_else(String::new, |module| format!(" of `{module}`"));
    let mut lines = vec![
        format!("# The resources{whose}: all, and each. A type is compiled where something that uses it is."),
        format!("{} = [", features.all),
    ];
    lines.extend(features.each.iter().map(|feature| format!("    \"{feature}\",")));
    lines.push("]".to_owned());
    lines.extend(features.each.iter().map(|feature| format!("{feature} = [{implied}]")));
    lines
}

/// An item of the list of features.
pub(super) fn list_item(api: &Api) -> Option<String> {
    let all = &api.features.as_ref()?.all;
    let whose = api
        .module
        .as_deref()
        .map_or_else(|| "of the API".to_owned(), |module| format!("of `{}`", bare(module)));
    Some(format!(
        "- `{all}` (default): all resources {whose}, each of which is a feature, too"
    ))
}

/// How a program has only what it needs, where parts can be left out.
pub(super) fn explained(model: &Crate) -> Vec<String> {
    let apis = model.apis.iter().filter_map(|api| Some((api, api.features.as_ref()?)));
    let apis: Vec<(&Api, &ResourceFeatures)> = apis.collect();
    let Some((_, first)) = apis.first() else {
        return Vec::new();
    };
    let (name, version, example) = (&model.package.name, &model.package.version, &first.example);
    let mut lines = vec![
        String::new(),
        "A program that names the resources it needs compiles only those, and the types that they use:".to_owned(),
        String::new(),
        "```toml".to_owned(),
        format!(
            "{name} = {{ version = \"{version}\", default-features = false, features = [\"rustls\", \"{example}\"] }}"
        ),
        "```".to_owned(),
    ];
    for (api, features) in apis {
        let whose = api
            .module
            .as_deref()
            .map_or_else(String::new, |module| format!(" of `{}`", bare(module)));
        let names: Vec<String> = features.each.iter().map(|name| format!("`{name}`")).collect();
        lines.push(String::new());
        lines.extend(wrapped(&format!(
            "The resources' features{whose} are {}.",
            names.join(", ")
        )));
    }
    lines
}

/// Text in lines.
fn wrapped(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.len() + 1 + word.len() <= WIDTH => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
