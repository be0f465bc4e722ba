//! From the bytes of a document to the IR.

pub mod overlay;
pub mod source;
