//! The clients of this repository as subjects: those of `specs/`, and the fixtures' client.

use std::io;
use std::path::Path;

use clientsmith::Documents;
use clientsmith::cli::files::Disk;
use clientsmith::config::{Config, UnknownFields};
use clientsmith::diagnostic::Findings;
use clientsmith::front::source::Source;
use fs_err as fs;

use super::{Sabotage, Subject};
use crate::fixtures;

/// All of them; `unknown_fields` goes before what their configurations say.
///
/// # Errors
///
/// When a file cannot be read, or not be understood.
pub fn all(root: &Path, unknown_fields: Option<UnknownFields>) -> io::Result<Vec<Subject>> {
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
        .map(|name| bundled(root, name, unknown_fields))
        .collect::<io::Result<_>>()?;
    let (mut config, documents) = inputs_of_fixtures(root)?;
    set(&mut config, unknown_fields);
    let name = Subject::name_with("fixtures", unknown_fields.unwrap_or_default());
    subjects.push(subject(&name, &config, &documents, root, None)?);
    Ok(subjects)
}

/// The client of `specs/<name>`.
fn bundled(root: &Path, name: &str, unknown_fields: Option<UnknownFields>) -> io::Result<Subject> {
    let text = |file: &str| -> io::Result<Source> {
        let name = format!("specs/{name}/{file}");
        let text = fs::read_to_string(root.join(&name))?;
        Ok(Source { name, text })
    };
    let config = clientsmith::read_config(&text("client.toml")?, &mut Findings::new());
    let mut config = config.ok_or_else(|| unusable(name))?;
    set(&mut config, unknown_fields);
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
    let name = Subject::name_with(name, unknown_fields.unwrap_or_default());
    subject(&name, &config, &documents, root, None)
}

fn set(config: &mut Config, unknown_fields: Option<UnknownFields>) {
    for api in &mut config.apis {
        api.unknown_fields = unknown_fields.unwrap_or(api.unknown_fields);
    }
}

/// The fixtures' client with something done to it.
///
/// # Errors
///
/// When a fixture cannot be read, or not be understood.
pub fn of_fixtures(root: &Path, name: &str, sabotage: Sabotage) -> io::Result<Subject> {
    let (config, documents) = inputs_of_fixtures(root)?;
    subject(name, &config, &documents, root, Some(sabotage))
}

fn inputs_of_fixtures(root: &Path) -> io::Result<(Config, Vec<Documents>)> {
    fixtures::inputs(root, &mut Findings::new())?.ok_or_else(|| unusable("tests/fixtures"))
}

fn subject(
    name: &str,
    config: &Config,
    documents: &[Documents],
    root: &Path,
    sabotage: Option<Sabotage>,
) -> io::Result<Subject> {
    Subject::new(name, config, documents, &Disk::new(root), sabotage).ok_or_else(|| unusable(name))
}

fn unusable(name: &str) -> io::Error {
    io::Error::other(format!("{name} cannot be understood; `cargo xtask regen` says why"))
}
