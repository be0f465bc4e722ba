//! A folder with a `client.toml`: read whole, brought to files.

use std::path::Path;

use fs_err as fs;

use crate::diagnostic::Findings;
use crate::front::source::Source;
use crate::{Documents, FileSet, Understood};

/// What came of a project.
#[derive(Debug)]
pub struct Outcome {
    /// The files of the crate; `None` where a finding is an error.
    pub files: Option<FileSet>,
    /// The APIs, in the order of the configuration.
    pub apis: Vec<Understood>,
    /// All findings.
    pub findings: Findings,
}

/// Reads `folder/client.toml` and everything it names. Paths in findings begin with `folder` as it is given.
///
/// # Errors
///
/// When a file cannot be read.
pub fn run(folder: &Path, in_workspace: bool) -> std::io::Result<Outcome> {
    let mut findings = Findings::new();
    let mut apis = Vec::new();
    let config = crate::read_config(&source(&folder.join("client.toml"))?, &mut findings);
    for api in config.iter().flat_map(|config| &config.apis) {
        let documents = Documents {
            document: source(&folder.join(&api.document))?,
            overlays: api
                .overlays
                .iter()
                .map(|path| source(&folder.join(path)))
                .collect::<Result<_, _>>()?,
        };
        apis.extend(crate::understand(api, &documents, &mut findings));
    }
    let examples = examples(&folder.join("examples"))?;
    let config = config.filter(|_| !findings.has_errors());
    let files = config.map(|config| crate::generate(&config, &apis, &examples, in_workspace));
    Ok(Outcome { files, apis, findings })
}

fn source(path: &Path) -> std::io::Result<Source> {
    let text = fs::read_to_string(path)?;
    Ok(Source {
        name: path.to_string_lossy().replace('\\', "/"),
        text,
    })
}

/// Examples that are written by hand and copied into the crate.
fn examples(folder: &Path) -> std::io::Result<Vec<(String, String)>> {
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
