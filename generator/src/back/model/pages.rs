//! Lists that come in pages.

use super::{Presence, RustType, Target};

/// The builder's methods `pages` and `items`.
#[derive(Debug, Clone, PartialEq)]
pub struct Pages {
    /// Documentation of `pages`.
    pub docs: Vec<String>,
    /// Documentation of `items`.
    pub items_docs: Vec<String>,
    /// The answer's type.
    pub page: RustType,
    /// From the answer to the list.
    pub items: Vec<Step>,
    /// An item's type.
    pub item: RustType,
    /// From the answer to whether there is a further page.
    pub has_more: Option<Vec<Step>>,
    /// Where the next page is.
    pub advance: Advance,
}

/// A field on the way to a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The field.
    pub ident: String,
    /// How it may be missing.
    pub presence: Presence,
}

/// Where the next page is.
#[derive(Debug, Clone, PartialEq)]
pub enum Advance {
    /// At a cursor.
    Cursor {
        /// Where it is put.
        place: PagePlace,
        /// From the answer, or from its last item, to it.
        next: Vec<Step>,
        /// Whether it is in the last item.
        from_last_item: bool,
        /// How it is had and sent.
        kind: CursorKind,
    },
    /// At the next number.
    Page {
        /// Where it is put.
        place: PagePlace,
        /// That number's type.
        number: RustType,
        /// The first page's.
        first: u32,
        /// From the answer to the number of pages.
        total: Option<Vec<Step>>,
    },
    /// Behind the items so far.
    Offset {
        /// Where their number is put.
        place: PagePlace,
        /// That number's type.
        number: RustType,
        /// From the answer to the number of all items.
        total: Option<Vec<Step>>,
    },
    /// At the link in a header, or, from the answer, in a field.
    Link(Option<Vec<Step>>),
}

/// How a cursor is had from the value that the steps lead to, and sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CursorKind {
    /// It is text, and sent as it is.
    Text,
    /// It is a number, and sent as it is.
    Number,
    /// It is a number, and sent as text.
    NumberAsText,
    /// It is text or a number, and sent as it is.
    Either,
    /// It is text or a number, and sent as text.
    EitherAsText,
    /// The value is one of several records that all have this key, and what is there is sent as text.
    Key(String),
}

/// Which part of a builder says where a page is.
#[derive(Debug, Clone, PartialEq)]
pub struct PagePlace {
    /// The part.
    pub target: Target,
    /// How it may be missing.
    pub presence: Presence,
    /// Whether it is in a body that may be missing.
    pub optional_body: bool,
}
