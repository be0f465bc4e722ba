//! Why a command could not be carried out: nothing that is wrong *in* a document, but what kept it from being read or a
//! crate from being written.

use std::{fmt, io};

/// What was attempted and why it failed, and what to do about it.
#[derive(Debug)]
pub struct Failure {
    message: String,
    help: String,
}

impl Failure {
    /// A failure, and what to do about it.
    pub fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            help: help.into(),
        }
    }
}

/// Errors of `fs_err` name what was attempted on which path.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        let help = match error.kind() {
            io::ErrorKind::NotFound => "check the path; it is relative to where the command runs",
            io::ErrorKind::PermissionDenied => "check the permissions of the path",
            io::ErrorKind::StorageFull => "make room on the disk and run the command again",
            _ => "check that the path is what it should be, a file or a folder",
        };
        Self::new(error.to_string(), help)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\n  help: {}", self.message, self.help)
    }
}

impl std::error::Error for Failure {}
