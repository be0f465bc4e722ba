//! The files that a document refers to: who gives them, and those that were given.
//!
//! Knows names and texts; nothing of OpenAPI. Each file is asked for once.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::rc::Rc;

use crate::diagnostic::{Finding, Findings, Place, codes};
use crate::front::source::{self, Node, Source};

/// How many further files a document may be made of.
const MAX_FILES: usize = 4096;

/// How many bytes all of them may have.
const MAX_BYTES: u64 = 64 << 20;

/// Gives the files that documents refer to. The library reads none itself.
///
/// A name is made of the name of the document ([`Source::name`]) and the path in the reference: `../common/error.yaml` in
/// `api/v1/openapi.yaml` is `api/common/error.yaml`. Names end in `.yaml`, `.yml` or `.json`; they lead below the
/// document's folder, or above it by way of `..`, and are absolute only where the document's own name is.
pub trait Files: fmt::Debug + Send + Sync {
    /// The bytes of a file, of which there must be no more than `limit`.
    ///
    /// # Errors
    ///
    /// Where there are none to be had.
    fn read(&self, name: &str, limit: u64) -> Result<Vec<u8>, Unread>;
}

/// Why a file is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unread {
    /// There is no such file.
    NotFound,
    /// It has more bytes than the limit.
    TooLarge,
    /// It cannot be read; the reason, as part of a sentence.
    Failed(String),
}

/// Texts by name, for documents that lie in memory; an empty map where there is only the document.
impl Files for BTreeMap<String, String> {
    fn read(&self, name: &str, limit: u64) -> Result<Vec<u8>, Unread> {
        let text = self.get(name).ok_or(Unread::NotFound)?;
        if u64::try_from(text.len()).is_ok_and(|length| length <= limit) {
            Ok(text.clone().into_bytes())
        } else {
            Err(Unread::TooLarge)
        }
    }
}

/// The files that were asked for.
pub(super) struct Library<'f> {
    files: &'f dyn Files,
    /// By name; `None` for what cannot be read, which is reported.
    read: HashMap<String, Option<Rc<Node>>>,
    /// The bytes that may still be read.
    left: u64,
}

impl<'f> Library<'f> {
    pub(super) fn new(files: &'f dyn Files) -> Self {
        Self {
            files,
            read: HashMap::new(),
            left: MAX_BYTES,
        }
    }

    /// Whether a file was read.
    pub(super) fn has(&self, name: &str) -> bool {
        self.read.contains_key(name)
    }

    /// A file's tree. `None` where it cannot be read: a finding says so, at the first reference to it.
    pub(super) fn open(&mut self, name: &str, reference: &Place, findings: &mut Findings) -> Option<Rc<Node>> {
        if let Some(known) = self.read.get(name) {
            return known.clone();
        }
        let tree = self.fetch(name, reference, findings).map(Rc::new);
        self.read.insert(name.to_owned(), tree.clone());
        tree
    }

    fn fetch(&mut self, name: &str, reference: &Place, findings: &mut Findings) -> Option<Node> {
        if self.read.len() >= MAX_FILES {
            findings.push(too_much(reference, &format!("more than {MAX_FILES} files")));
            return None;
        }
        let bytes = match self.files.read(name, self.left) {
            Ok(bytes) => bytes,
            Err(unread) => {
                findings.push(explain(name, &unread, reference));
                return None;
            }
        };
        self.left = self.left.saturating_sub(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
        let tree = Source::decode(name, bytes, findings).and_then(|source| source::parse(&source, findings));
        if tree.is_none() {
            let message = format!("`{name}` is neither YAML nor JSON; what refers to it is left out");
            let help = "correct that file: the finding in it says where";
            findings.push(Finding::error(codes::FILE_UNREADABLE, reference.clone(), message).help(help));
        }
        tree
    }
}

fn explain(name: &str, unread: &Unread, reference: &Place) -> Finding {
    match unread {
        Unread::NotFound => {
            let message = format!("there is no file `{name}`; what refers to it is left out");
            let help = "put the file there, or correct the path: it is relative to the file where the reference stands";
            Finding::error(codes::FILE_NOT_FOUND, reference.clone(), message).help(help)
        }
        Unread::TooLarge => too_much(reference, &format!("more than {} MiB in other files", MAX_BYTES >> 20)),
        Unread::Failed(reason) => {
            let message = format!("`{name}` cannot be read: {reason}; what refers to it is left out");
            Finding::error(codes::FILE_UNREADABLE, reference.clone(), message).help("make it a file that can be read")
        }
    }
}

/// A document that is larger than any that is meant seriously.
pub(super) fn too_much(reference: &Place, what: &str) -> Finding {
    let message = format!("the document is made of {what}; from here on, what it refers to is left out");
    Finding::error(codes::TOO_MANY_FILES, reference.clone(), message)
        .help("split the API into several documents, or refer to fewer files")
}
