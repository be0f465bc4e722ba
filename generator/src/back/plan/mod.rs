//! From the API and its names to the decided model.
//!
//! Knows the IR, the names and the configuration; knows no tokens. Every question that printing could raise is answered
//! here: which type, which module, which setter, which line of documentation.

mod arguments;
mod bodies;
mod calls;
mod client;
mod docs;
mod example;
mod features;
mod guide;
mod headers;
mod items;
mod markdown;
mod modules;
mod pages;
mod payloads;
mod retry;
mod rust_types;
mod streams;
mod values;
mod waiters;

use std::collections::{HashMap, HashSet};

use crate::back::model;
use crate::config::{ApiConfig, Package};
use crate::ir::analysis;
use crate::ir::analysis::headers::HeaderSet;
use crate::ir::analysis::usage::{self, Usage};
use crate::ir::{Api, TypeId};
use crate::names::{self, Names};

/// One API and everything that was decided about it so far.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// Its part of the configuration.
    pub config: &'a ApiConfig,
    /// What it offers.
    pub api: &'a Api,
    /// What everything is called.
    pub names: &'a Names,
}

/// Plans a crate of one or several APIs.
pub fn plan(package: &Package, inputs: &[Input<'_>], in_workspace: bool) -> model::Crate {
    let title = inputs.first().map_or("", |input| input.title());
    let apis: Vec<model::Api> = inputs
        .iter()
        .map(|input| Context::new(*input, &package.name).api())
        .collect();
    let description = package
        .description
        .clone()
        .unwrap_or_else(|| format!("Client for the {title}"));
    model::Crate {
        docs: docs::crate_docs(&description, inputs),
        date_crates: rust_types::date_crates(&apis),
        package: model::Package {
            name: package.name.clone(),
            version: package.version.clone(),
            description,
            repository: package.repository.clone(),
            homepage: package.homepage.clone(),
            keywords: package.keywords.clone(),
            in_workspace,
        },
        apis,
    }
}

impl Input<'_> {
    /// The Rust type of each of the API's types, by its id.
    pub fn rust_types(&self) -> Vec<model::RustType> {
        let context = Context::new(*self, "");
        self.api.types.ids().map(|id| context.nullable_type(id)).collect()
    }

    fn title(&self) -> &str {
        self.config.title.as_deref().unwrap_or(&self.api.title)
    }
}

/// What planning one API looks things up in.
struct Context<'a> {
    config: &'a ApiConfig,
    api: &'a Api,
    names: &'a Names,
    title: &'a str,
    /// How a user's code calls the module that the client is in: `browserbase_client`, `browser_use_client::v3`.
    path: String,
    uses: Vec<Usage>,
    /// What answers declare beside their bodies.
    headers: Vec<HeaderSet>,
    /// What stands in a field of three states, so that its setter takes a `Nullable` of it.
    nullable: HashSet<TypeId>,
    /// The module that each type is in.
    modules: HashMap<TypeId, &'a names::TypeModule>,
}

impl<'a> Context<'a> {
    fn new(input: Input<'a>, package: &str) -> Self {
        let package = package.replace('-', "_");
        let path = match &input.config.module {
            Some(module) => format!("{package}::{module}"),
            None => package,
        };
        let title = input.config.title.as_deref().unwrap_or(&input.api.title);
        let uses = usage::of(input.api);
        let nullable = items::in_three_states(input.api, &uses);
        let modules = input.names.type_modules.iter();
        let modules = modules.flat_map(|module| module.types.iter().map(move |id| (*id, module)));
        Self {
            config: input.config,
            api: input.api,
            names: input.names,
            title,
            path,
            uses,
            headers: analysis::headers::of(input.api),
            nullable,
            modules: modules.collect(),
        }
    }

    fn api(&self) -> model::Api {
        model::Api {
            document: self.config.document.clone(),
            module: self.config.module.clone(),
            path: self.path.clone(),
            docs: docs::api_docs(self),
            client: self.client(),
            resources: self.resources(),
            types: self.type_modules(),
            payloads: self.payload_modules(),
            headers: self.header_sets(),
            example: example::whole(self),
            example_feature: self.shown_feature(),
            guide: guide::sections(self),
            features: self.resource_features(),
        }
    }

    fn usage(&self, id: TypeId) -> Usage {
        self.uses.get(id.0 as usize).copied().unwrap_or_default()
    }

    fn type_name(&self, id: TypeId) -> &str {
        self.names.types.get(&id).map_or("", String::as_str)
    }
}

#[cfg(test)]
mod tests;
