//! The decided crate: every file, item, identifier, type and line of documentation, in the order in which it is printed.
//!
//! Strings in here that are named `ident`, `module` or `path` are valid Rust as they stand (a raw identifier carries its
//! `r#`). Documentation is a list of lines without comment marks. Nothing is left to decide for `emit`, and nothing of
//! OpenAPI is left to know.
//!
//! Every public item has documentation: an empty list of lines prints none, which `missing_docs` reports.

mod answers;
mod api;
mod bodies;
mod calls;
mod pages;
mod parameters;
mod payloads;
mod types;

pub use answers::{Case, Decode, Output, StatusPattern};
pub use api::{Api, Client, Credential, CredentialKind, Errors, ResourceFeatures, Section, TokenEndpoint, Undeclared};
pub use bodies::{AbsentBody, Body, BodyKind, BodyValue, FieldStyle, Part, PartHead, PartKind};
pub use calls::{Accept, Argument, Call, ConnectionRetry, Resource, Retry, Setter, Store, StreamCall, Target, Waiter};
pub use pages::{Advance, CursorKind, PagePlace, Pages, Step};
pub use parameters::{Parameter, ParameterPlace, Style};
pub use payloads::{HeaderSet, HeaderValue, Payload, PayloadModule};
pub use types::{
    Constant, ConstantValue, Conversion, Decision, Enumeration, EnumerationValue, Field, Item, ObjectChoice, Presence,
    Rest, RustType, Struct, StructBuilder, Tag, TypeModule, Union, Variant,
};

/// A crate to write.
#[derive(Debug, Clone, PartialEq)]
pub struct Crate {
    /// Facts for the manifest and the README.
    pub package: Package,
    /// The crate's documentation.
    pub docs: Vec<String>,
    /// One API at the crate's root, or several, each in a module and behind a feature of its own.
    pub apis: Vec<Api>,
    /// Date crates that the types use.
    pub date_crates: Vec<DateCrate>,
}

/// Facts for the manifest and the README.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    /// The crate's name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Its description, one sentence.
    pub description: String,
    /// `repository`, where one is given.
    pub repository: Option<String>,
    /// `documentation` or home page of the API, where one is given.
    pub homepage: Option<String>,
    /// `keywords`
    pub keywords: Vec<String>,
    /// Whether shared manifest values come from a workspace around it (`version.workspace = true` and so on).
    pub in_workspace: bool,
}

/// A crate for dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DateCrate {
    /// `jiff::Timestamp`, `jiff::civil::Date`
    Jiff,
    /// `chrono::DateTime<FixedOffset>`, `chrono::NaiveDate`
    Chrono,
}
