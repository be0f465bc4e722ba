//! The codes of all findings, and what is said about each by `clientsmith explain`.
//!
//! Each table is a call of `codes!`, which makes a constant for each entry. So the compiler knows that there is no finding
//! without an entry, and its lint for dead code that there is no entry without a finding. A test gives every example to the
//! generator, which has to find in it what the entry is about.

use std::fmt;

mod configuration;
mod document;
mod overlays;
mod schemas;
mod sources;
mod swagger;
#[cfg(test)]
mod tests;

pub(crate) use self::{configuration::*, document::*, overlays::*, schemas::*, sources::*, swagger::*};

/// A finding's stable identifier, such as `unresolved-ref`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Code(&'static str);

impl Code {
    /// As it is printed.
    pub const fn as_str(self) -> &'static str {
        self.0
    }

    /// A code that no finding has, for tests of what shows findings.
    #[cfg(test)]
    pub(crate) const fn made_up(code: &'static str) -> Self {
        Self(code)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// What there is to know about a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// The code.
    pub code: Code,
    /// What it is about, in one line without a full stop.
    pub title: &'static str,
    /// What it means, and what becomes of the client.
    pub meaning: &'static str,
    /// The smallest input that has it.
    pub example: Example,
    /// What to do about it.
    pub way_out: &'static str,
}

/// An input, without what stands around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Example {
    /// A whole file.
    File(&'static str),
    /// What stands in a document beside `openapi` and `info`.
    Document(&'static str),
    /// A schema.
    Schema(&'static str),
    /// An operation of the path `/things/{id}`.
    Operation(&'static str),
    /// The actions of an overlay.
    Overlay(&'static str),
    /// What stands in a `client.toml` below `[[api]]` and its `document`.
    Client(&'static str),
    /// None that is small.
    None,
}

/// Defines codes: a constant for each, and the table of what is said about them.
macro_rules! codes {
    ($table:ident: $($name:ident = $code:literal, $title:literal { $meaning:literal $example:expr; $way_out:literal })+) => {
        $(
            #[doc = $title]
            pub(crate) const $name: Code = Code($code);
        )+

        pub(super) const $table: &[Entry] = &[$(Entry {
            code: Code($code),
            title: $title,
            meaning: $meaning,
            example: $example,
            way_out: $way_out,
        }),+];
    };
}
use codes;

/// All entries, in the order of the stages that make the findings.
pub fn all() -> impl Iterator<Item = &'static Entry> {
    let tables = [SOURCES, OVERLAYS, SWAGGER, DOCUMENT, SCHEMAS, CONFIGURATION];
    tables.into_iter().flatten()
}

/// The entry of a code.
pub fn find(code: &str) -> Option<&'static Entry> {
    all().find(|entry| entry.code.as_str() == code)
}
