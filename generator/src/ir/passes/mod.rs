//! One rewrite of an API each.
