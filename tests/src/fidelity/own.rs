//! The clients of this repository as subjects: those of `specs/`, and the fixtures' client.

use std::io;
use std::path::Path;

use clientsmith::Documents;
use clientsmith::cli::files::Disk;
use clientsmith::diagnostic::Findings;
use clientsmith::front::source::Source;
use fs_err as fs;

use super::{Sabotage, Subject};
use crate::fixtures;

/// All of them.
///
/// # Errors
///
/// When a file cannot be read, or not be understood.
pub fn all(root: &Path) -> io::Result<Vec<Subject>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(root.join("specs"))? {
        let path = entry?.path();
        if path.join("client.toml").is_file() {
            names.push(path.file_name().unwrap_or_default().to_string_lossy().into_owned());
        }
    }
    names.sort();
    let mut subjects: Vec<Subject> = names
        .iter()
        .map(|name| bundled(root, name))
        .collect::<io::Result<_>>()?;
    subjects.push(of_fixtures(root, "fixtures", None)?);
    Ok(subjects)
}

/// The client of `specs/<name>`.
fn bundled(root: &Path, name: &str) -> io::Result<Subject> {
    let text = |file: &str| -> io::Result<Source> {
        let name = format!("specs/{name}/{file}");
        let text = fs::read_to_string(root.join(&name))?;
        Ok(Source { name, text })
    };
    let config = clientsmith::read_config(&text("client.toml")?, &mut Findings::new());
    let config = config.ok_or_else(|| unusable(name))?;
    let mut documents = Vec::new();
    for api in &config.apis {
        documents.push(Documents {
            document: text(&api.document)?,
            overlays: api
                .overlays
                .iter()
                .map(|overlay| text(overlay))
                .collect::<io::Result<_>>()?,
        });
    }
    Subject::new(name, &config, &documents, &Disk::new(root), None).ok_or_else(|| unusable(name))
}

/// The fixtures' client, as it is or with something done to it.
///
/// # Errors
///
/// When a fixture cannot be read, or not be understood.
pub fn of_fixtures(root: &Path, name: &str, sabotage: Option<Sabotage>) -> io::Result<Subject> {
    let inputs = fixtures::inputs(root, &mut Findings::new())?;
    let subject = inputs.and_then(|(config, texts)| Subject::new(name, &config, &texts, &Disk::new(root), sabotage));
    subject.ok_or_else(|| unusable(name))
}

fn unusable(name: &str) -> io::Error {
    io::Error::other(format!("{name} cannot be understood; `cargo xtask regen` says why"))
}
