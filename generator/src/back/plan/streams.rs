//! The method `stream`: an answer value by value, where the API offers that beside the answer as a whole.

use super::{Context, docs};
use crate::back::model::{Setter, StreamCall};
use crate::ir::{Operation, Shape};
use crate::names::OperationNames;

/// The field of a body that asks for a stream, by the custom of most APIs that offer both.
const FIELD: &str = "stream";

impl Context<'_> {
    pub(super) fn stream(&self, operation: &Operation, own: &OperationNames, setters: &[Setter]) -> Option<StreamCall> {
        let stream = operation
            .successes()
            .into_iter()
            .find_map(|response| response.stream.as_ref())?;
        let setter = self.stream_setter(operation, own, setters);
        Some(StreamCall {
            docs: docs::of_stream(&stream.media_type, setter.is_some()),
            accept: stream.media_type.clone(),
            setter,
            decode: self.decode_content(&stream.content),
        })
    }

    /// The setter of a body's boolean `stream`, a field or a part.
    fn stream_setter(&self, operation: &Operation, own: &OperationNames, setters: &[Setter]) -> Option<String> {
        let body = self.api.types.peel(operation.body.as_ref()?.content.ty()?).0;
        let Shape::Object(object) = &self.api.types[body].shape else {
            return None;
        };
        let at = object.fields.iter().position(|field| field.name == FIELD)?;
        let flag = self.api.types.peel(object.fields[at].ty).0;
        let ident = own.body_fields.get(at)?;
        let is_set = setters.iter().any(|setter| setter.ident == *ident);
        (is_set && matches!(self.api.types[flag].shape, Shape::Bool)).then(|| ident.clone())
    }
}
