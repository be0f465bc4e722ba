//! Writes a body to a file so that the file is there as a whole or not at all.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use tokio::fs::File;
use tokio::io::AsyncWriteExt;

use super::{Download, Error};

/// Writes into a temporary file beside `path`, which then takes the place of `path`. Gives the number of bytes.
pub(super) async fn save(download: &mut Download, path: &Path) -> Result<u64, Error> {
    let failed = |error| Error::io(format!("cannot write {}", path.display()), error);
    let (mut temporary, mut file) = Temporary::create(path).map_err(failed)?;
    let mut written = 0;
    while let Some(piece) = download.chunk().await? {
        file.write_all(&piece).await.map_err(failed)?;
        written += piece.len() as u64;
    }
    file.flush().await.map_err(failed)?;
    file.sync_all().await.map_err(failed)?;
    drop(file);
    tokio::fs::rename(&temporary.path, path).await.map_err(failed)?;
    temporary.kept = true;
    sync_directory(path).await;
    Ok(written)
}

/// The new name survives a power failure only when its directory is written too; not every system can do that.
async fn sync_directory(path: &Path) {
    let parent = path
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    if let Ok(directory) = File::open(parent).await {
        let _ = directory.sync_all().await;
    }
}

/// A file that is removed unless it is kept: after an error, and when the future is dropped.
struct Temporary {
    path: PathBuf,
    kept: bool,
}

impl Temporary {
    /// Makes it at once: what a thread makes after the future was dropped is removed by nobody.
    fn create(path: &Path) -> io::Result<(Self, File)> {
        let path = temporary_path(path)?;
        let file = std::fs::File::options().write(true).create_new(true).open(&path)?;
        Ok((Self { path, kept: false }, File::from_std(file)))
    }
}

/// Beside `path`, so that it can take its name.
fn temporary_path(path: &Path) -> io::Result<PathBuf> {
    static COUNTER: AtomicU32 = AtomicU32::new(0);
    let name = path
        .file_name()
        .ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
    let mut temporary = OsString::from(".");
    temporary.push(name);
    let number = COUNTER.fetch_add(1, Ordering::Relaxed);
    temporary.push(format!(".{}-{number}.part", std::process::id()));
    Ok(path.with_file_name(temporary))
}

impl Drop for Temporary {
    fn drop(&mut self) {
        if !self.kept {
            let _ = std::fs::remove_file(&self.path);
        }
    }
}
