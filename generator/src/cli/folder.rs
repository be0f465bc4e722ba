//! The folder of a generated crate: compared with what it should hold, and brought to it.
//!
//! Knows the file system and nothing of documents. Only what differs is written; each file through a temporary one beside
//! it that then takes its name, so that a reader never meets half a file.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use fs_err as fs;

use crate::FileSet;
use crate::drift::{self, Drift};

/// Whose the files of the folder are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// The generator's, all of them: a file that nothing asks for is an orphan.
    Generator,
    /// The user's too: a file that nothing asks for is an orphan only if it was generated.
    Shared,
}

/// Names at the top of the folder that Cargo makes.
const CARGO_MAKES: [&str; 2] = ["Cargo.lock", "target"];

/// How the folder differs from what it should hold. A folder that does not exist holds nothing.
pub fn drift(folder: &Path, expected: &FileSet, owner: Owner) -> io::Result<Drift> {
    let mut actual = read(folder)?;
    if owner == Owner::Shared {
        actual.retain(|path, text| expected.files.contains_key(path) || drift::is_generated(path, text));
    }
    Ok(Drift::between(expected, &actual))
}

/// Writes the files that are missing or stale, and removes the orphaned ones with the folders that they leave empty.
pub fn settle(folder: &Path, expected: &FileSet, drift: &Drift) -> io::Result<()> {
    for path in drift.to_write() {
        if let Some(text) = expected.files.get(path) {
            write(&folder.join(path), text)?;
        }
    }
    for path in &drift.orphaned {
        remove(folder, Path::new(path))?;
    }
    Ok(())
}

/// Whether a crate may be generated here: the folder is absent, holds nothing but hidden files, or was generated.
pub fn is_ours(folder: &Path) -> io::Result<bool> {
    if !folder.exists() {
        return Ok(true);
    }
    for name in ["Cargo.toml", "src/lib.rs"] {
        let path = folder.join(name);
        if path.is_file() && drift::is_generated(name, &text(&path)?) {
            return Ok(true);
        }
    }
    Ok(entries(folder)?.is_empty())
}

/// The files of a folder by their paths in it; neither hidden ones nor what Cargo makes.
fn read(folder: &Path) -> io::Result<BTreeMap<String, String>> {
    let mut files = BTreeMap::new();
    let mut waiting = if folder.exists() { entries(folder)? } else { Vec::new() };
    waiting.retain(|(_, name)| !CARGO_MAKES.contains(&name.as_str()));
    while let Some((path, name)) = waiting.pop() {
        if path.is_dir() && !path.is_symlink() {
            waiting.extend(
                entries(&path)?
                    .into_iter()
                    .map(|(path, below)| (path, format!("{name}/{below}"))),
            );
        } else if path.is_file() {
            files.insert(name, text(&path)?);
        }
    }
    Ok(files)
}

/// What lies directly in a folder, hidden entries excepted: path and name.
fn entries(folder: &Path) -> io::Result<Vec<(PathBuf, String)>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if !name.starts_with('.') {
            found.push((path, name));
        }
    }
    Ok(found)
}

/// The text of a file. Bytes that are no text can only make it differ from what it should be, which is right.
fn text(path: &Path) -> io::Result<String> {
    Ok(String::from_utf8_lossy(&fs::read(path)?).into_owned())
}

fn write(path: &Path, text: &str) -> io::Result<()> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let temporary = folder.join(format!(".{name}.{}.tmp", std::process::id()));
    let written = fs::write(&temporary, text).and_then(|()| fs::rename(&temporary, path));
    if written.is_err() {
        // The first error is the one to report; the temporary file may not even exist.
        let _ = fs::remove_file(&temporary);
    }
    written
}

fn remove(folder: &Path, path: &Path) -> io::Result<()> {
    fs::remove_file(folder.join(path))?;
    for above in path.ancestors().skip(1).filter(|above| !above.as_os_str().is_empty()) {
        // Fails where something is left in it, which is when it has to stay.
        if fs::remove_dir(folder.join(above)).is_err() {
            break;
        }
    }
    Ok(())
}
