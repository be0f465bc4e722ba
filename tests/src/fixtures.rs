//! The fixtures: small documents, one for each construct, and the client crate `fixtures-client` that is made of all of them.
//!
//! Knows where fixtures lie and how a `client.toml` is written. A fixture is a document in `tests/fixtures/`; beside it
//! may lie `<name>.toml`, the rest of its `[[api]]` table, the overlays that it names (`<any>.overlay.yaml`), and a folder
//! `<name>/` of the files that it refers to. Documents in `tests/fixtures/bad/` are read for their findings only.

use std::fmt::Write;
use std::io;
use std::path::{Path, PathBuf};

use clientsmith::cli::files::Disk;
use clientsmith::config::{ApiConfig, Config};
use clientsmith::diagnostic::Findings;
use clientsmith::front::source::Source;
use clientsmith::generator::Outcome;
use clientsmith::{Documents, Understood};
use fs_err as fs;

/// Where the crate is generated, from the repository's root.
pub const CLIENT: &str = "tests/fixtures-client";

/// Where the fixtures lie, from the repository's root.
const FOLDER: &str = "tests/fixtures";

/// The lines before a fixture's own configuration.
const CRATE: &str =
    "[crate]\nname = \"fixtures-client\"\ndescription = \"Everything that a document can say, as a client\"\n";

/// The repository's root.
pub fn root() -> PathBuf {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    tests.parent().unwrap_or(tests).to_path_buf()
}

/// The fixtures under a folder, by file name: `null.yaml`, `wide.json`.
///
/// # Errors
///
/// When the folder cannot be read.
pub fn documents(folder: &Path) -> io::Result<Vec<String>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if matches!(name.rsplit_once('.'), Some((stem, "yaml" | "json")) if !stem.ends_with(".overlay")) {
            found.push(name);
        }
    }
    found.sort();
    Ok(found)
}

/// The client of all fixtures, one module for each.
///
/// # Errors
///
/// When a fixture cannot be read.
pub fn generate(root: &Path) -> io::Result<Outcome> {
    let mut findings = Findings::new();
    let Some((config, documents)) = inputs(root, &mut findings)? else {
        return Ok(Outcome {
            files: None,
            apis: Vec::new(),
            findings,
        });
    };
    let mut apis = Vec::new();
    for (api, texts) in config.apis.iter().zip(&documents) {
        apis.extend(clientsmith::understand(api, texts, &Disk::new(root), &mut findings));
    }
    let files = (!findings.has_errors()).then(|| clientsmith::generate(&config, &apis, &[], true));
    Ok(Outcome { files, apis, findings })
}

/// The configuration of the client of all fixtures, and the texts of each.
///
/// # Errors
///
/// When a fixture cannot be read.
pub fn inputs(root: &Path, findings: &mut Findings) -> io::Result<Option<(Config, Vec<Documents>)>> {
    let documents = documents(&root.join(FOLDER))?;
    let Some(config) = config(root, &documents, findings)? else {
        return Ok(None);
    };
    let texts = config.apis.iter().map(|api| texts(root, Path::new(""), api));
    let texts = texts.collect::<io::Result<_>>()?;
    Ok(Some((config, texts)))
}

/// One fixture, and what is found in it. A document in `bad/` may have a whole configuration: `bad/<name>.client.toml`.
///
/// # Errors
///
/// When the fixture cannot be read.
pub fn understand(root: &Path, document: &str, findings: &mut Findings) -> io::Result<Option<Understood>> {
    let own = Path::new(document).with_extension("client.toml");
    let config = if root.join(FOLDER).join(&own).is_file() {
        clientsmith::read_config(&source(root, &own)?, findings)
    } else {
        config(root, &[document.to_owned()], findings)?
    };
    let Some(api) = config.as_ref().and_then(|config| config.apis.first()) else {
        return Ok(None);
    };
    let folder = own.parent().unwrap_or(Path::new(""));
    let texts = texts(root, folder, api)?;
    Ok(clientsmith::understand(api, &texts, &Disk::new(root), findings))
}

/// The `client.toml` of some fixtures: each one's table, and what lies beside it.
fn config(root: &Path, documents: &[String], findings: &mut Findings) -> io::Result<Option<Config>> {
    let mut text = CRATE.to_owned();
    for document in documents {
        let path = Path::new(document);
        let module = path.file_stem().unwrap_or_default().to_string_lossy();
        let file = path.file_name().unwrap_or_default().to_string_lossy();
        let own = path.with_extension("toml");
        let rest = if root.join(FOLDER).join(&own).is_file() {
            source(root, &own)?.text
        } else {
            String::new()
        };
        // Writing to a String cannot fail.
        let _ = write!(text, "\n[[api]]\nmodule = \"{module}\"\ndocument = \"{file}\"\n{rest}");
    }
    let name = format!("{FOLDER}/client.toml");
    Ok(clientsmith::read_config(&Source { name, text }, findings))
}

/// The texts that a table names, relative to a folder of the fixtures.
fn texts(root: &Path, folder: &Path, api: &ApiConfig) -> io::Result<Documents> {
    Ok(Documents {
        document: source(root, &folder.join(&api.document))?,
        overlays: (api.overlays.iter())
            .map(|overlay| source(root, &folder.join(overlay)))
            .collect::<io::Result<_>>()?,
    })
}

fn source(root: &Path, path: &Path) -> io::Result<Source> {
    let name = format!("{FOLDER}/{}", path.display());
    let text = fs::read_to_string(root.join(&name))?;
    Ok(Source { name, text })
}
