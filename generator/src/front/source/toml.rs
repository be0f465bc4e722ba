use super::{Node, Source};
use crate::diagnostic::Findings;

pub(super) fn parse(_source: &Source, _findings: &mut Findings) -> Option<Node> {
    None
}
