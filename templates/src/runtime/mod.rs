//! What generated clients share.
