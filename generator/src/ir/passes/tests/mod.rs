//! Each pass on small documents: the outline of the types that are left.

#![allow(
    clippy::format_push_string,
    clippy::format_collect,
    reason = "it reads better, and speed does not matter here"
)]

mod classify;
mod cut;
mod fold;
mod merge;
mod scalars;
mod tags;
