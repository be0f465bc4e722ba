//! What bodies are in: `consumes` and `produces`.

use super::Converter;
use crate::diagnostic::{Finding, codes};
use crate::front::media_type::essence;
use crate::front::normalize::build;
use crate::front::source::{Map, Value};

pub(super) const JSON: &str = "application/json";
pub(super) const BYTES: &str = "application/octet-stream";
pub(super) const MULTIPART: &str = "multipart/form-data";
pub(super) const URLENCODED: &str = "application/x-www-form-urlencoded";

/// Media types in the order in which they are listed; none where nothing says.
pub(super) type MediaTypes = Vec<String>;

/// Whether a media type is that of a form.
pub(super) fn is_form(media_type: &str) -> bool {
    matches!(&*essence(media_type), MULTIPART | URLENCODED)
}

impl<'d> Converter<'d, '_> {
    /// The media types under a key. `None` where there is no such key.
    pub(super) fn media_types(&mut self, source: &'d Map, key: &str) -> Option<MediaTypes> {
        let node = build::get(source, key)?;
        if let Value::Array(items) = &node.value {
            return Some(items.iter().filter_map(build::written).collect());
        }
        let message = format!("`{key}` is {}, not a list", build::kind(node));
        let finding = Finding::warning(codes::MALFORMED_VALUE, node.place.clone(), message);
        self.findings.push(finding.help("write a list of media types"));
        Some(build::written(node).into_iter().collect())
    }
}
