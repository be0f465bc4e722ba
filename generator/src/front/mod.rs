//! From the bytes of a document to the IR.

pub mod normalize;
pub mod overlay;
pub mod source;
