//! What a client is made from, read whole: a `client.toml` and all that it names, or a document alone.
//!
//! Reads files, those that documents refer to when the library asks for them, and hands their texts to it; writes nothing and prints nothing.

use std::path::{Path, PathBuf};

use fs_err as fs;

use super::failure::Failure;
use super::files::Disk;
use crate::config::{ApiConfig, Config, Package};
use crate::diagnostic::Findings;
use crate::front::filter::Filter;
use crate::front::keywords::Met;
use crate::front::source::Source;
use crate::{Documents, FileSet, Understood};

/// Where a client's inputs lie. Paths are as a user writes them, and findings repeat them so.
#[derive(Debug, Clone, Default)]
pub struct Inputs {
    /// The document; with a configuration, it takes the place of the one that is named there.
    pub document: Option<PathBuf>,
    /// A `client.toml`; what it names is relative to it.
    pub config: Option<PathBuf>,
    /// Overlays, applied after those of the configuration.
    pub overlays: Vec<PathBuf>,
    /// The operations that are wanted, of those that the configuration selects.
    pub filter: Filter,
    /// The crate's name; without one the configuration's, or one that is made from the document's title.
    pub name: Option<String>,
}

/// The texts and settings that a client is made from.
#[derive(Debug)]
pub struct Project {
    /// `None`: made from the document's title.
    package: Option<Package>,
    apis: Vec<(ApiConfig, Documents)>,
    examples: Vec<(String, String)>,
}

/// How a crate is generated.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// Whether the crate takes version and licence from the workspace around it.
    pub in_workspace: bool,
    /// Whether errors are survived: what they concern is left out.
    pub keep_going: bool,
}

/// How far a run has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Files are read.
    Reading,
    /// The library works out what the APIs offer.
    Understanding,
    /// The crate is written out.
    Writing,
}

/// What came of a project.
#[derive(Debug)]
pub struct Outcome {
    /// The files of the crate; `None` where errors forbid it.
    pub files: Option<FileSet>,
    /// The APIs that could be understood, in the order of the configuration.
    pub apis: Vec<Understood>,
    /// All findings.
    pub findings: Findings,
}

/// Reads and generates `folder/client.toml`.
pub fn run(folder: &Path, options: Options) -> Result<Outcome, Failure> {
    let inputs = Inputs {
        config: Some(folder.join("client.toml")),
        ..Inputs::default()
    };
    let mut findings = Findings::new();
    let project = Project::read(&inputs, &mut findings)?;
    Ok(Outcome::of(project.as_ref(), options, findings))
}

impl Inputs {
    /// Whether anything is given that only one document can be meant by.
    fn concern_one_api(&self) -> bool {
        self.document.is_some() || !self.overlays.is_empty() || !self.filter.is_empty()
    }
}

impl Project {
    /// Reads the inputs. `None` where one of them is not even text, or the configuration is wrong: the findings say so.
    pub fn read(inputs: &Inputs, findings: &mut Findings) -> Result<Option<Self>, Failure> {
        let project = match &inputs.config {
            Some(config) => Self::configured(config, inputs, findings)?,
            None => Self::fresh(inputs, findings)?,
        };
        Ok(project.map(|project| project.named(inputs.name.as_deref())))
    }

    fn fresh(inputs: &Inputs, findings: &mut Findings) -> Result<Option<Self>, Failure> {
        let Some(document) = &inputs.document else {
            return Err(Failure::new("there is no document", "give SPEC, or --config FILE"));
        };
        let name = document.file_name().unwrap_or_default().to_string_lossy();
        let texts = documents(document, inputs.overlays.iter().cloned(), findings)?;
        let api = ApiConfig {
            filter: inputs.filter.clone(),
            ..ApiConfig::of_document(name)
        };
        Ok(texts.map(|documents| Self {
            package: None,
            apis: vec![(api, documents)],
            examples: Vec::new(),
        }))
    }

    fn configured(path: &Path, inputs: &Inputs, findings: &mut Findings) -> Result<Option<Self>, Failure> {
        let Some(config) = source(path, findings)?.and_then(|source| crate::read_config(&source, findings)) else {
            return Ok(None);
        };
        let one_api = config.apis.len() == 1;
        if !one_api && inputs.concern_one_api() {
            let message = format!(
                "`{}` describes several APIs, so SPEC, --overlay and filters could be of any of them",
                path.display()
            );
            return Err(Failure::new(
                message,
                "leave them out, or name them in the configuration",
            ));
        }
        let folder = path.parent().unwrap_or(Path::new(""));
        let mut apis = Vec::new();
        for mut api in config.apis {
            api.narrowed = inputs.filter.clone();
            let document = inputs.document.clone().unwrap_or_else(|| folder.join(&api.document));
            let overlays = api
                .overlays
                .iter()
                .map(|overlay| folder.join(overlay))
                .chain(inputs.overlays.iter().cloned());
            let Some(documents) = documents(&document, overlays, findings)? else {
                return Ok(None);
            };
            apis.push((api, documents));
        }
        let examples = examples(&folder.join("examples"))?;
        Ok(Some(Self {
            package: Some(config.package),
            apis,
            examples,
        }))
    }

    fn named(mut self, name: Option<&str>) -> Self {
        if let Some(name) = name {
            let package = self.package.take().unwrap_or_else(|| Package::named(name));
            self.package = Some(Package {
                name: name.to_owned(),
                ..package
            });
        }
        self
    }

    /// Brings each API to what it offers; one that has nothing to offer is left out.
    fn understand(&self, findings: &mut Findings) -> Vec<Understood> {
        self.apis
            .iter()
            .filter_map(|(config, documents)| crate::understand(config, documents, &Disk::default(), findings))
            .collect()
    }

    /// What becomes of each key of the documents that can be read.
    pub(super) fn keywords(&self, findings: &mut Findings) -> Vec<Met> {
        let apis = self.apis.iter();
        let met = apis.filter_map(|(config, documents)| crate::keywords(config, documents, &Disk::default(), findings));
        met.flatten().collect()
    }

    fn generate(&self, apis: &[Understood], options: Options) -> Option<FileSet> {
        if apis.len() != self.apis.len() {
            return None;
        }
        let titled = || apis.first().map(|first| Package::titled(&first.api.title));
        let package = self.package.clone().or_else(titled)?;
        let config = Config {
            package,
            apis: self.apis.iter().map(|(config, _)| config.clone()).collect(),
        };
        Some(crate::generate(&config, apis, &self.examples, options.in_workspace))
    }
}

impl Outcome {
    /// What comes of a project, given what was found while it was read.
    pub fn of(project: Option<&Project>, options: Options, findings: Findings) -> Self {
        Self::watched(project, options, findings, |_| {})
    }

    /// The same, telling each stage to whoever waits.
    pub(super) fn watched(
        project: Option<&Project>,
        options: Options,
        mut findings: Findings,
        enter: impl Fn(Stage),
    ) -> Self {
        enter(Stage::Understanding);
        let apis = project
            .map(|project| project.understand(&mut findings))
            .unwrap_or_default();
        let wanted = project.filter(|_| options.keep_going || !findings.has_errors());
        enter(Stage::Writing);
        let files = wanted.and_then(|project| project.generate(&apis, options));
        Self { files, apis, findings }
    }
}

/// The texts of one API; all of them are read, so that all findings come at once.
fn documents(
    document: &Path,
    overlays: impl Iterator<Item = PathBuf>,
    findings: &mut Findings,
) -> Result<Option<Documents>, Failure> {
    let document = source(document, findings)?;
    let overlays = overlays
        .map(|path| source(&path, findings))
        .collect::<Result<Option<Vec<_>>, _>>()?;
    Ok(document
        .zip(overlays)
        .map(|(document, overlays)| Documents { document, overlays }))
}

fn source(path: &Path, findings: &mut Findings) -> Result<Option<Source>, Failure> {
    let bytes = fs::read(path)?;
    Ok(Source::decode(
        path.to_string_lossy().replace('\\', "/"),
        bytes,
        findings,
    ))
}

/// Examples that are written by hand and copied into the crate.
fn examples(folder: &Path) -> Result<Vec<(String, String)>, Failure> {
    let mut found = Vec::new();
    if folder.is_dir() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                found.push((format!("examples/{name}"), fs::read_to_string(&path)?));
            }
        }
    }
    found.sort();
    Ok(found)
}
