//! Answers that come value by value: which media types they are, and what each value is.

use openapiv3::MediaType;

use super::Lowering;
use crate::front::media_type;
use crate::front::normalize::keys;
use crate::front::source::{Pointer, Value};
use crate::ir::{Content, Hint, Object, OperationId, Shape, StringFormat, TypeId};

/// Media types that part JSON values by lines or by record separators.
const LINES: [&str; 9] = [
    "application/json-lines",
    "application/json-seq",
    "application/jsonl",
    "application/jsonlines",
    "application/ndjson",
    "application/stream+json",
    "application/x-json-stream",
    "application/x-jsonlines",
    "application/x-ndjson",
];

impl<'a> Lowering<'a> {
    /// What a media type of an answer holds, if it comes value by value.
    pub(super) fn stream(
        &mut self,
        name: &str,
        media: &'a MediaType,
        at: &Pointer,
        operation: OperationId,
    ) -> Option<Content> {
        let essence = media_type::essence(name);
        let is_lines = LINES.contains(&essence.as_str()) || essence.ends_with("+json-seq");
        if !is_lines && essence != "text/event-stream" {
            return None;
        }
        let (item, each) = self.stream_item(media, at, operation);
        if !is_lines {
            return Some(Content::Events(self.event_data(item, each)));
        }
        // Text of which nothing more is known is as good a description of a file.
        let is_text = matches!(self.api.types[self.resolved(item)].shape, Shape::String(_));
        (!is_text).then_some(Content::JsonLines(item))
    }

    /// The type of each value, and whether the document says so itself (`itemSchema`). Where it describes the whole body
    /// as a list, it is the type of the items.
    fn stream_item(&mut self, media: &'a MediaType, at: &Pointer, operation: OperationId) -> (TypeId, bool) {
        let item = media.extensions.get(keys::ITEM_SCHEMA).and_then(|value| value.as_str());
        if let Some(id) = item.and_then(|reference| self.component(reference)) {
            return (id, true);
        }
        let whole = self.media_schema(media, at, Hint::StreamItem(operation));
        match self.api.types[self.resolved(whole)].shape {
            Shape::Array(items) => (items, false),
            _ => (whole, false),
        }
    }

    /// The type of the JSON in an event's data; `None` where it is any text. A schema may describe the data, or the
    /// event around it.
    fn event_data(&self, item: TypeId, each: bool) -> Option<TypeId> {
        let id = self.resolved(item);
        match &self.api.types[id].shape {
            Shape::Any | Shape::String(_) => None,
            Shape::Object(object) if is_event(object, each) => {
                let data = object.fields.iter().find(|field| field.name == "data")?;
                self.content_of(data.ty)
            }
            // Several kinds of events: which data goes with which name is for the user to tell.
            Shape::Union(union) if self.any_event(&union.alternatives, each) => None,
            Shape::AllOf(parts) if self.any_event(parts, each) => None,
            _ => Some(item),
        }
    }

    fn any_event(&self, list: &[TypeId], each: bool) -> bool {
        list.iter().any(|id| match &self.api.types[self.resolved(*id)].shape {
            Shape::Object(object) => is_event(object, each),
            _ => false,
        })
    }

    /// The type of the JSON that a field holds, as it is or in a text.
    fn content_of(&self, id: TypeId) -> Option<TypeId> {
        let ty = &self.api.types[self.resolved(id)];
        if !matches!(ty.shape, Shape::String(StringFormat::Plain)) {
            return Some(id);
        }
        let node = Pointer::from_fragment(&ty.origin.pointer)?.find(self.tree)?;
        let reference = match &node.value {
            Value::Object(map) => map.get(keys::CONTENT_SCHEMA)?.node.as_str()?,
            _ => return None,
        };
        self.component(reference)
    }

    /// The type behind aliases and nulls.
    fn resolved(&self, mut id: TypeId) -> TypeId {
        // A chain longer than there are types would be a cycle.
        for _ in 0..self.api.types.len() {
            match self.api.types[id].shape {
                Shape::Alias(inner) | Shape::Nullable(inner) => id = inner,
                _ => break,
            }
        }
        id
    }
}

/// Whether a record is an event rather than an event's data: it has an event's fields and no others. Where the document
/// does not say that it describes each event, a `data` that may be missing would not tell by itself.
fn is_event(object: &Object, each: bool) -> bool {
    let field = |name: &str| object.fields.iter().find(|field| field.name == name);
    let known = |name: &str| ["data", "event", "id", "retry"].contains(&name);
    object.fields.iter().all(|field| known(&field.name))
        && field("data").is_some_and(|data| data.required || each || field("event").is_some())
}
