//! What calls send.

use super::{RustType, Style};

/// A request body.
#[derive(Debug, Clone, PartialEq)]
pub struct Body {
    /// The media type.
    pub media_type: String,
    /// How it is held and sent.
    pub kind: BodyKind,
    /// Fields of a URL-encoded form that are written in another style than their values would be.
    pub styles: Vec<FieldStyle>,
}

/// How a field of a URL-encoded form is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldStyle {
    /// Its name.
    pub name: String,
    /// Its style.
    pub style: Style,
    /// Whether reserved characters are sent as they are.
    pub reserved: bool,
}

/// How a body is held by the builder and sent.
#[derive(Debug, Clone, PartialEq)]
pub enum BodyKind {
    /// JSON from one value.
    Json(BodyValue),
    /// URL-encoded form from one value.
    Form(BodyValue),
    /// Parts, each a field of the builder.
    Multipart(Vec<Part>),
    /// Bytes: an `Upload`; `required` or `Option`.
    Binary {
        /// Whether it must be given.
        required: bool,
    },
    /// Text; `required` or `Option`.
    Text {
        /// Whether it must be given.
        required: bool,
    },
}

/// A body from one value, held by the builder as `body`.
#[derive(Debug, Clone, PartialEq)]
pub struct BodyValue {
    /// Its type, without `Option`.
    pub ty: RustType,
    /// How it may be left out.
    pub absent: AbsentBody,
    /// Where `ty` is a struct with required fields that are arguments: its constructor's arguments, as indices into
    /// `Call::arguments`, in the constructor's order. `None`: the body starts from `Default` (or is an argument).
    pub constructor: Option<Vec<usize>>,
    /// Whether setters reach into it (it is a struct that can be built field by field).
    pub fields: bool,
}

/// How a body may be left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AbsentBody {
    /// It may not: held as `T`.
    Never,
    /// Held as `Option<T>`; nothing is sent.
    Omitted,
    /// Held as `Option<T>`; `{}` is sent.
    EmptyObject,
}

/// A part of a multipart body: a field of the builder.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// The builder's field.
    pub ident: String,
    /// Its name in the form.
    pub name: String,
    /// Its type: `Upload`, or a value, in `Option` where it may be left out.
    pub ty: RustType,
    /// What it is.
    pub kind: PartKind,
    /// What is said in its head beside its name.
    pub head: PartHead,
}

/// What is said in the head of a part.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PartHead {
    /// Its content type, unless a file has one of its own; `None`: the one of its kind.
    pub content_type: Option<String>,
    /// Further headers.
    pub headers: Vec<(String, String)>,
}

/// What a part of a multipart body is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartKind {
    /// A file: `Upload`.
    File,
    /// Files: `Vec<Upload>`, a part for each.
    Files,
    /// Text of a scalar; of several, a part for each.
    Text,
    /// Scalars in one text, joined as a style says.
    Joined(Style),
    /// JSON text with `application/json`.
    Json,
    /// The same, a part for each item of a list.
    JsonItems,
}
