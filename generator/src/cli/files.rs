//! The files that documents refer to, from the disk.

use std::io::{ErrorKind, Read};
use std::path::PathBuf;

use fs_err as fs;

use crate::front::bundle::{Files, Unread};

/// Reads files by names that are relative to a folder.
#[derive(Debug, Clone, Default)]
pub struct Disk {
    folder: PathBuf,
}

impl Disk {
    /// Names are relative to this folder; by default, to the one where the process is.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }
}

impl Files for Disk {
    fn read(&self, name: &str, limit: u64) -> Result<Vec<u8>, Unread> {
        let path = self.folder.join(name);
        // Opening something else, such as a pipe, may wait for ever.
        if !fs::metadata(&path).map_err(|error| explain(&error))?.is_file() {
            return Err(Unread::Failed("it is no file".to_owned()));
        }
        let mut bytes = Vec::new();
        let file = fs::File::open(&path).map_err(|error| explain(&error))?;
        file.take(limit.saturating_add(1))
            .read_to_end(&mut bytes)
            .map_err(|error| explain(&error))?;
        let fits = u64::try_from(bytes.len()).is_ok_and(|length| length <= limit);
        if fits { Ok(bytes) } else { Err(Unread::TooLarge) }
    }
}

fn explain(error: &std::io::Error) -> Unread {
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => Unread::NotFound,
        kind => Unread::Failed(kind.to_string()),
    }
}
