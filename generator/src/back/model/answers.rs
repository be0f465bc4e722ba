//! What calls give.

use super::RustType;

/// What an awaited call gives.
#[derive(Debug, Clone, PartialEq)]
pub enum Output {
    /// One way to decode, whatever the status of success.
    One(Decode),
    /// An enum of the module, a variant for each declared status.
    ByStatus {
        /// The enum: `CreateOutput`.
        ident: String,
        /// Documentation.
        docs: Vec<String>,
        /// Its variants, statuses before ranges. The one for [`StatusPattern::Default`], or else the first, takes every status that no other
        /// one does.
        cases: Vec<Case>,
    },
}

/// A status of success with a content of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// The statuses.
    pub status: StatusPattern,
    /// The variant.
    pub ident: String,
    /// Documentation.
    pub docs: Vec<String>,
    /// What it holds.
    pub decode: Decode,
}

/// Statuses that a case is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatusPattern {
    /// One.
    Code(u16),
    /// A hundred: `Range(4)` is 400 to 499.
    Range(u8),
    /// All others.
    Default,
}

/// How a body becomes a value.
#[derive(Debug, Clone, PartialEq)]
pub enum Decode {
    /// `()`
    Empty,
    /// `T` from JSON.
    Json(RustType),
    /// `String`
    Text,
    /// `Download`
    Download,
    /// `Events`
    Events,
    /// `EventStream<T>`
    EventStream(RustType),
    /// `JsonLines<T>`
    JsonLines(RustType),
}

impl Decode {
    /// Whether it is a body that is still to be read, so that it can neither be cloned nor compared.
    pub const fn is_streamed(&self) -> bool {
        matches!(
            self,
            Self::Download | Self::Events | Self::EventStream(_) | Self::JsonLines(_)
        )
    }

    /// The type that it is made of.
    pub const fn ty(&self) -> Option<&RustType> {
        match self {
            Self::Json(ty) | Self::EventStream(ty) | Self::JsonLines(ty) => Some(ty),
            Self::Empty | Self::Text | Self::Download | Self::Events => None,
        }
    }
}
