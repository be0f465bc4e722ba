//! The files of a crate, before anyone writes them.

use std::collections::BTreeMap;

/// Files by their path in the crate (with `/`), sorted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileSet {
    /// Path and text.
    pub files: BTreeMap<String, String>,
}

impl Extend<(String, String)> for FileSet {
    fn extend<I: IntoIterator<Item = (String, String)>>(&mut self, files: I) {
        self.files.extend(files);
    }
}
