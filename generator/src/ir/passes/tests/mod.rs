//! Each pass on small documents: the outline of the types that are left.

mod merge;
