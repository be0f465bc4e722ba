//! From a TOML tree to [`Config`].

use super::Config;
use crate::diagnostic::Findings;
use crate::front::source::Node;

/// Reads a `client.toml`. `None` where something required is missing; the findings say what.
pub fn read(_node: &Node, _findings: &mut Findings) -> Option<Config> {
    None
}
