//! Values that are sent outside the body.

use super::RustType;

/// A value sent outside the body: a field of the builder.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    /// The builder's field.
    pub ident: String,
    /// Its type, with `Option` where it may be left out.
    pub ty: RustType,
    /// Its name in the message.
    pub name: String,
    /// Where and how it is written.
    pub place: ParameterPlace,
    /// Whether reserved characters are sent as they are (in a query).
    pub reserved: bool,
}

/// Where and how a parameter is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParameterPlace {
    /// Into the path template.
    Path(Style),
    /// After the question mark.
    Query(Style),
    /// As a header.
    Header(Style),
    /// In the `Cookie` header.
    Cookie(Style),
}

/// OpenAPI's styles, by the variant's name in the runtime's `Style`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Comma-separated; `k,v`.
    Simple,
    /// Comma-separated; `k=v`.
    SimpleExploded,
    /// `a=1,2`
    Form,
    /// `a=1&a=2`
    FormExploded,
    /// `a=1%202`
    SpaceDelimited,
    /// `a=1|2`
    PipeDelimited,
    /// `a[k]=v`
    DeepObject,
    /// `.1,2`
    Label,
    /// `.1.2`
    LabelExploded,
    /// `;a=1,2`
    Matrix,
    /// `;a=1;a=2`
    MatrixExploded,
    /// JSON text.
    Json,
}
