//! The files of a crate, before anyone writes them.

use std::collections::BTreeMap;

/// Files by their path in the crate (with `/`), sorted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileSet {
    /// Path and text.
    pub files: BTreeMap<String, String>,
}
