//! What is put to the test: a generated crate, and everything that is known about the APIs in it.
//!
//! Knows the library's pipeline. The crates of this repository are taken as they stand, those of other documents are
//! generated on the spot.

use std::path::{Path, PathBuf};

use clientsmith::back::{model, plan};
use clientsmith::cli::failure::Failure;
use clientsmith::cli::files::Disk;
use clientsmith::cli::folder::{self, Owner};
use clientsmith::config::{ApiConfig, Config, Package};
use clientsmith::diagnostic::Findings;
use clientsmith::front::bundle;
use clientsmith::front::filter::Selection;
use clientsmith::front::normalize;
use clientsmith::front::overlay;
use clientsmith::front::source::{self, Node, Source};
use clientsmith::{Documents, Understood};
use fs_err as fs;

/// A crate and its APIs.
#[derive(Debug)]
pub(super) struct Subject {
    /// The crate's name.
    pub(super) package: String,
    /// Its folder, relative to the repository's root.
    pub(super) folder: PathBuf,
    pub(super) apis: Vec<Api>,
}

/// One API of a crate.
#[derive(Debug)]
pub(super) struct Api {
    /// What reports call it: `browser-use-v3`.
    pub(super) name: String,
    /// Whether it is one of this repository's.
    pub(super) bundled: bool,
    /// How code outside the crate calls its module: `browser_use_client::v3`.
    pub(super) path: String,
    pub(super) understood: Understood,
    pub(super) model: model::Api,
    /// The document with its overlays applied and what it refers to in other files, and nothing else done to it.
    pub(super) document: serde_json::Value,
    /// The document as the IR's pointers see it.
    pub(super) normalized: Node,
}

/// The crate of `specs/<api>`.
pub(super) fn bundled(api: &str) -> Result<Subject, Failure> {
    let specs = Path::new("specs").join(api);
    let config = text(&specs.join("client.toml"))?;
    let mut findings = Findings::new();
    let config = clientsmith::read_config(&config, &mut findings).ok_or_else(|| unusable(api, &findings))?;
    let mut apis = Vec::new();
    for api in &config.apis {
        let overlays = api.overlays.iter().map(|overlay| text(&specs.join(overlay)));
        apis.push(Documents {
            document: text(&specs.join(&api.document))?,
            overlays: overlays.collect::<Result<_, _>>()?,
        });
    }
    let folder = PathBuf::from(format!("generated-{api}"));
    subject(api, true, folder, &config, &apis)
}

/// A crate that is generated from a document alone, into `folder`.
pub(super) fn generated(document: &Path, folder: &Path) -> Result<Subject, Failure> {
    let stem = document.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let name = format!("vendor-{stem}");
    let config = Config {
        package: Package::named(&*name),
        apis: vec![ApiConfig::of_document(
            document.file_name().unwrap_or_default().to_string_lossy(),
        )],
    };
    let documents = Documents {
        document: text(document)?,
        overlays: Vec::new(),
    };
    let folder = folder.join(&name);
    let subject = subject(&name, false, folder.clone(), &config, &[documents])?;
    let understood: Vec<_> = subject.apis.iter().map(|api| api.understood.clone()).collect();
    let files = clientsmith::generate(&config, &understood, &[], false);
    let drift = folder::drift(&folder, &files, Owner::Generator)?;
    folder::settle(&folder, &files, &drift)?;
    Ok(subject)
}

fn subject(
    name: &str,
    bundled: bool,
    folder: PathBuf,
    config: &Config,
    documents: &[Documents],
) -> Result<Subject, Failure> {
    let mut findings = Findings::new();
    let mut understood = Vec::new();
    for (config, documents) in config.apis.iter().zip(documents) {
        let api = clientsmith::understand(config, documents, &Disk::default(), &mut findings);
        understood.push(api.ok_or_else(|| unusable(name, &findings))?);
    }
    let inputs = config
        .apis
        .iter()
        .zip(&understood)
        .map(|(config, understood)| plan::Input {
            config,
            api: &understood.api,
            names: &understood.names,
        });
    let planned = plan::plan(&config.package, &inputs.collect::<Vec<_>>(), false);
    let mut apis = Vec::new();
    for ((understood, model), documents) in understood.into_iter().zip(planned.apis).zip(documents) {
        apis.push(api(name, bundled, &config.package.name, understood, model, documents)?);
    }
    Ok(Subject {
        package: config.package.name.clone(),
        folder,
        apis,
    })
}

fn api(
    name: &str,
    bundled: bool,
    package: &str,
    understood: Understood,
    model: model::Api,
    documents: &Documents,
) -> Result<Api, Failure> {
    let mut findings = Findings::new();
    let trees = || {
        let mut tree = source::parse(&documents.document, &mut findings)?;
        for overlay in &documents.overlays {
            let overlay = source::parse(overlay, &mut findings)?;
            tree = overlay::apply(tree, &overlay, &mut findings);
        }
        let bundled = normalize::modern(bundle::bundle(tree, &Disk::default(), &mut findings), &mut findings);
        let normalized = normalize::normalize(&bundled, &Selection::default(), &mut findings)?;
        Some((bundled.tree.to_json(), normalized.tree))
    };
    let (document, normalized) = { trees }().ok_or_else(|| unusable(name, &findings))?;
    let package = package.replace('-', "_");
    let (name, path) = match &model.module {
        Some(module) => (format!("{name}-{module}"), format!("{package}::{module}")),
        None => (name.to_owned(), package),
    };
    Ok(Api {
        name,
        bundled,
        path,
        understood,
        model,
        document,
        normalized,
    })
}

fn text(path: &Path) -> Result<Source, Failure> {
    Ok(Source {
        name: path.display().to_string(),
        text: fs::read_to_string(path)?,
    })
}

fn unusable(name: &str, findings: &Findings) -> Failure {
    let list: Vec<_> = findings.sorted().iter().map(ToString::to_string).collect();
    Failure::new(format!("{name} cannot be understood"), list.join("\n"))
}
