//! Each pass on small documents: the outline of the types that are left.

mod classify;
mod cut;
mod fold;
mod merge;
mod scalars;
mod tags;
