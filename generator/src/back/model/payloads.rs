//! What the API sends by itself, and what its answers have in their headers.

use super::{RustType, Style};

/// A module with the types of what the API sends.
#[derive(Debug, Clone, PartialEq)]
pub struct PayloadModule {
    /// Its name: `webhooks`.
    pub module: &'static str,
    /// Its feature, where it can be left out.
    pub feature: Option<String>,
    /// Its documentation.
    pub docs: Vec<String>,
    /// The payloads, in the order of the document.
    pub payloads: Vec<Payload>,
}

/// The type of what one webhook or callback sends.
#[derive(Debug, Clone, PartialEq)]
pub struct Payload {
    /// Its name.
    pub ident: String,
    /// Its documentation.
    pub docs: Vec<String>,
    /// What it stands for.
    pub ty: RustType,
}

/// Headers that answers of the same operations declare: a type around the headers as they came.
#[derive(Debug, Clone, PartialEq)]
pub struct HeaderSet {
    /// Its name.
    pub ident: String,
    /// Its documentation.
    pub docs: Vec<String>,
    /// The headers, in the order of the document.
    pub values: Vec<HeaderValue>,
}

/// A header: a method that reads it.
#[derive(Debug, Clone, PartialEq)]
pub struct HeaderValue {
    /// The method.
    pub ident: String,
    /// Its documentation.
    pub docs: Vec<String>,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// The header's name in lower case.
    pub name: String,
    /// Its type, where it is there.
    pub ty: RustType,
    /// How it is written: [`Style::Simple`], [`Style::SimpleExploded`] or [`Style::Json`].
    pub style: Style,
}
