//! From the bytes of a document to the IR.

pub mod bundle;
pub mod filter;
pub mod keywords;
pub mod lower;
mod media_type;
pub mod normalize;
pub mod overlay;
pub mod source;
