//! What a client is made from, read whole: a `client.toml` and all that it names, or a document alone.
//!
//! Reads files, those that documents refer to when the library asks for them, and hands their texts to it; writes nothing and prints nothing.

use std::io::Read;
use std::path::{Path, PathBuf};

use fs_err as fs;

use super::failure::Failure;
use super::files::Disk;
use crate::diagnostic::Findings;
use crate::front::filter::Filter;
use crate::front::source::Source;
use crate::generator::{Options, Outcome, Stage};
use crate::{Documents, Generator};

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

/// Reads and generates `folder/client.toml`.
pub fn run(folder: &Path, options: Options) -> Result<Outcome, Failure> {
    let inputs = Inputs {
        config: Some(folder.join("client.toml")),
        ..Inputs::default()
    };
    outcome(&inputs, options, |_| {})
}

/// Reads and generates, telling each stage of that to whoever waits.
pub fn outcome(inputs: &Inputs, options: Options, enter: impl Fn(Stage)) -> Result<Outcome, Failure> {
    let mut findings = Findings::new();
    Ok(match read(inputs, &mut findings)? {
        Some(generator) => generator.options(options).run_after(findings, enter),
        None => Outcome {
            files: None,
            apis: Vec::new(),
            findings,
        },
    })
}

/// Reads the inputs. `None` where one of them is not even text, or the configuration is wrong: the findings say so.
pub fn read(inputs: &Inputs, findings: &mut Findings) -> Result<Option<Generator>, Failure> {
    let generator = match &inputs.config {
        Some(config) => configured(config, inputs, findings)?,
        None => fresh(inputs, findings)?,
    };
    let generator = generator.map(|generator| generator.filter(&inputs.filter).files(Disk::default()));
    Ok(match &inputs.name {
        Some(name) => generator.map(|generator| generator.name(name)),
        None => generator,
    })
}

impl Inputs {
    /// Whether anything is given that only one document can be meant by.
    fn concern_one_api(&self) -> bool {
        self.document.is_some() || !self.overlays.is_empty() || !self.filter.is_empty()
    }
}

fn fresh(inputs: &Inputs, findings: &mut Findings) -> Result<Option<Generator>, Failure> {
    let Some(document) = &inputs.document else {
        return Err(Failure::new("there is no document", "give SPEC, or --config FILE"));
    };
    let texts = documents(document, inputs.overlays.iter().cloned(), findings)?;
    Ok(texts.map(|documents| {
        let generator = Generator::of_document(documents.document);
        documents.overlays.iter().fold(generator, Generator::overlay)
    }))
}

fn configured(path: &Path, inputs: &Inputs, findings: &mut Findings) -> Result<Option<Generator>, Failure> {
    let Some(config) = source(path, findings)?.and_then(|source| crate::read_config(&source, findings)) else {
        return Ok(None);
    };
    if config.apis.len() != 1 && inputs.concern_one_api() {
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
    let mut texts = Vec::new();
    for api in &config.apis {
        let document = inputs.document.clone().unwrap_or_else(|| folder.join(&api.document));
        let overlays = api
            .overlays
            .iter()
            .map(|overlay| folder.join(overlay))
            .chain(inputs.overlays.iter().cloned());
        let Some(documents) = documents(&document, overlays, findings)? else {
            return Ok(None);
        };
        texts.push(documents);
    }
    let examples = examples(&folder.join("examples"))?;
    let generator = Generator::configured(config, texts);
    Ok(Some(
        examples
            .into_iter()
            .fold(generator, |generator, (path, text)| generator.file(path, text)),
    ))
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
    // One byte more than may be tells that there are too many, however long the file is.
    let most = u64::try_from(Source::MAX_BYTES).map_or(u64::MAX, |most| most + 1);
    let mut bytes = Vec::new();
    fs::File::open(path)?.take(most).read_to_end(&mut bytes)?;
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
