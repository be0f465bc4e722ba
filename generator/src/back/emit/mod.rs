//! From the decided model to text. Knows the model and what generated code looks like; decides nothing.
//!
//! A module for each kind of file or item; `print` lays files out, `scope` knows what a file calls things.

mod answer;
mod call;
mod choice;
mod client;
mod crate_root;
mod enumeration;
mod exchange;
mod features;
mod headers;
mod manifest;
mod pages;
mod payloads;
mod print;
mod readme;
mod resource;
#[cfg(feature = "sabotage")]
pub mod sabotage;
mod scope;
mod send;
mod serde;
mod setters;
mod structs;
mod template;
mod types;
mod union;
mod waiter;

use crate::back::fileset::FileSet;
use crate::back::model::{Api, Crate};
use print::bare;
use rayon::prelude::*;
use scope::ApiTypes;

/// Texts that come from outside: what is copied as it is, and what is filled in.
#[derive(Debug, Clone, Copy)]
pub struct Texts<'a> {
    /// The runtime: paths under `src/runtime/` and texts, copied.
    pub runtime: &'a [(&'a str, &'a str)],
    /// Licences: paths in the crate and texts, copied.
    pub licenses: &'a [(&'a str, &'a str)],
    /// Further files, such as examples: paths in the crate and texts, copied.
    pub extra: &'a [(String, String)],
    /// The template of `README.md`.
    pub readme: &'a str,
    /// The template of `Cargo.toml`.
    pub manifest: &'a str,
}

/// All files of a crate.
pub fn emit(model: &Crate, texts: &Texts<'_>) -> FileSet {
    let documents = documents(model);
    let mut files = FileSet::default();
    files.extend([
        (
            "Cargo.toml".to_owned(),
            manifest::file(model, &documents, &examples(texts), texts.manifest),
        ),
        ("README.md".to_owned(), readme::file(model, &documents, texts.readme)),
        ("rustfmt.toml".to_owned(), rustfmt(&documents)),
        ("src/lib.rs".to_owned(), crate_root::lib(model, &documents)),
    ]);
    for api in &model.apis {
        files.extend(api_files(api));
    }
    let runtime = texts
        .runtime
        .iter()
        .map(|(path, text)| (format!("src/runtime/{path}"), (*text).to_owned()));
    let licenses = texts
        .licenses
        .iter()
        .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
    files.extend(runtime.chain(licenses).chain(texts.extra.iter().cloned()));
    files
}

/// The names of the examples among the further files.
fn examples<'a>(texts: &Texts<'a>) -> Vec<&'a str> {
    let paths = texts.extra.iter().map(|(path, _)| path.as_str());
    paths
        .filter_map(|path| path.strip_prefix("examples/")?.strip_suffix(".rs"))
        .collect()
}

fn api_files(api: &Api) -> Vec<(String, String)> {
    let (directory, root) = match &api.module {
        Some(module) => (format!("src/{}", bare(module)), format!("crate::{module}")),
        None => ("src".to_owned(), "crate".to_owned()),
    };
    let names = ApiTypes::new(api);
    let mut files = vec![(format!("{directory}/client.rs"), client::file(api, &root, &names))];
    if api.module.is_some() {
        files.push((format!("{directory}/mod.rs"), crate_root::api(api)));
    }
    if !api.resources.is_empty() {
        files.push((format!("{directory}/resources/mod.rs"), crate_root::resources(api)));
    }
    if !api.types.is_empty() {
        files.push((format!("{directory}/types/mod.rs"), crate_root::types(api)));
    }
    for module in &api.payloads {
        let path = format!("{directory}/{}.rs", module.module);
        files.push((path, payloads::file(api, module, &root, &names)));
    }
    if !api.headers.is_empty() {
        files.push((format!("{directory}/headers.rs"), headers::file(api, &root, &names)));
    }
    // Printing is most of the work, and tokens cannot leave their thread: each file is made on one.
    files.par_extend(api.resources.par_iter().map(|resource| {
        let path = format!("{directory}/resources/{}.rs", bare(&resource.module));
        (path, resource::file(api, resource, &root, &names))
    }));
    files.par_extend(api.types.par_iter().map(|module| {
        let path = format!("{directory}/types/{}.rs", bare(&module.module));
        (path, types::file(api, module, &names))
    }));
    files
}

fn rustfmt(documents: &str) -> String {
    format!(
        "# {}\n# The generator lays the code out.\n\ndisable_all_formatting = true\n",
        print::header(documents)
    )
}

/// The documents that the crate comes from, as headers name them.
fn documents(model: &Crate) -> String {
    let mut documents: Vec<&str> = Vec::new();
    for api in &model.apis {
        if !documents.contains(&api.document.as_str()) {
            documents.push(&api.document);
        }
    }
    documents.join(" and ")
}

#[cfg(test)]
mod tests;
