//! OpenAPI documents in, Rust client crates out.
//!
//! ```text
//! bytes ─ front::source ─▶ tree with places ─ front::overlay ─▶ tree ─ front::bundle ─▶ tree of all files
//!       ─ front::filter ─▶ what is wanted of it ─ front::normalize ─▶ openapiv3::OpenAPI ─ front::lower ─▶ ir::Api
//!       ─ ir::passes ─▶ ir::Api ─ names ─▶ table ─ back::plan ─▶ back::model ─ back::emit ─▶ FileSet
//! ```
//!
//! This library does no I/O: texts in, a [`FileSet`] and [`Findings`] out. It never panics on input. [`Generator`] is the whole
//! in one call, with examples; this file shows the pipeline and nothing else; ARCHITECTURE.md says who may know what.

pub mod back;
#[cfg(feature = "cli")]
pub mod cli;
pub mod config;
pub mod diagnostic;
pub mod drift;
pub mod front;
pub mod generator;
pub mod ir;
pub mod names;
pub mod templates;
#[cfg(test)]
mod testing;

pub use back::fileset::FileSet;
pub use generator::Generator;

use back::{emit, plan};
use config::{ApiConfig, Config};
use diagnostic::Findings;
use front::bundle::{Bundled, Files};
use front::filter::Selection;
use front::source::{self, Source};
use names::Names;

/// The texts of one `[[api]]`: its document, and its overlays in the order in which they are applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Documents {
    /// The OpenAPI document.
    pub document: Source,
    /// The overlays.
    pub overlays: Vec<Source>,
}

/// An API as it is understood, and what everything in it is called.
#[derive(Debug, Clone)]
pub struct Understood {
    /// What it offers.
    pub api: ir::Api,
    /// The identifiers.
    pub names: Names,
}

/// Reads a `client.toml`.
pub fn read_config(source: &Source, findings: &mut Findings) -> Option<Config> {
    config::read(&source::parse_toml(source, findings)?, findings)
}

/// From the texts of one API to what it offers and what everything is called. `None` where there is no API to speak of.
/// The files that the document refers to are asked of `files`: those of a folder, or texts by name.
pub fn understand(
    config: &ApiConfig,
    documents: &Documents,
    files: &dyn Files,
    findings: &mut Findings,
) -> Option<Understood> {
    let (document, selection) = selected(config, documents, files, findings)?;
    let normalized = front::normalize::normalize(&document, &selection, findings)?;
    let mut api = front::lower::lower(&normalized, findings);
    ir::passes::run(&mut api, findings);
    let names = names::name(&api, config, findings);
    config::applies::check(config, &api, &names, findings);
    Some(Understood { api, names })
}

/// What becomes of each key of a document, as corrected and filtered. `None` where it cannot be read.
pub fn keywords(
    config: &ApiConfig,
    documents: &Documents,
    files: &dyn Files,
    findings: &mut Findings,
) -> Option<Vec<front::keywords::Met>> {
    let (document, selection) = selected(config, documents, files, findings)?;
    Some(front::keywords::met(&document.tree, &selection))
}

/// The document with its corrections and all its files, and what of it is wanted.
fn selected(
    config: &ApiConfig,
    documents: &Documents,
    files: &dyn Files,
    findings: &mut Findings,
) -> Option<(Bundled, Selection)> {
    let mut tree = source::parse(&documents.document, findings)?;
    for overlay in &documents.overlays {
        let overlay = source::parse(overlay, findings)?;
        tree = front::overlay::apply(tree, &overlay, findings);
    }
    let bundled = front::normalize::modern(front::bundle::bundle(tree, files, findings), findings);
    let selection = front::filter::select(&bundled.tree, [&config.filter, &config.narrowed], findings)?;
    Some((bundled, selection))
}

/// From APIs to the files of a crate.
pub fn generate(config: &Config, apis: &[Understood], extra: &[(String, String)], in_workspace: bool) -> FileSet {
    let inputs: Vec<_> = (config.apis.iter().zip(apis))
        .map(|(config, understood)| plan::Input {
            config,
            api: &understood.api,
            names: &understood.names,
        })
        .collect();
    let model = plan::plan(&config.package, &inputs, in_workspace);
    emit::emit(&model, &templates::texts(extra))
}
