//! Bodies: which of the media types offered is used, and what it holds.

use indexmap::IndexMap;
use openapiv3::{MediaType, ReferenceOr, Schema, SchemaKind, Type};

use super::Lowering;
use crate::front::media_type;
use crate::front::source::Pointer;
use crate::ir::{Content, Docs, Hint, OperationId, Shape, Stream, TypeId};

/// What a media type's name says about the body, most wanted first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Family {
    Json,
    Multipart,
    Form,
    Text,
    Binary,
}

impl<'a> Lowering<'a> {
    /// Chooses among the media types of a body; `None` where it has none.
    pub(super) fn content(
        &mut self,
        offered: impl IntoIterator<Item = (&'a String, &'a MediaType)>,
        at: &Pointer,
        hint: Hint,
    ) -> Option<(String, Content)> {
        let offered = offered.into_iter();
        let (name, media) = offered.min_by_key(|(name, media)| family(name, media))?;
        let at = at.child("content").child(name.as_str());
        let content = match family(name, media) {
            Family::Json => Content::Json(self.media_schema(media, &at, hint)),
            Family::Multipart => Content::Multipart(self.media_schema(media, &at, hint)),
            Family::Form => Content::Form(self.media_schema(media, &at, hint)),
            Family::Text => Content::Text,
            Family::Binary => Content::Binary,
        };
        // Of a range such as `*/*`, what is read and written.
        let name = match (name.contains('*'), &content) {
            (true, Content::Json(_)) => "application/json".to_owned(),
            (true, Content::Text) => "text/plain".to_owned(),
            _ => name.clone(),
        };
        Some((name, content))
    }

    /// Chooses among the media types of an answer, and among those that offer it value by value. Where nothing else is
    /// offered, the stream is the answer.
    pub(super) fn answer(
        &mut self,
        offered: &'a IndexMap<String, MediaType>,
        at: &Pointer,
        hint: Hint,
        operation: OperationId,
    ) -> (Option<(String, Content)>, Option<Stream>) {
        let (mut whole, mut streams) = (Vec::new(), Vec::new());
        for (name, media) in offered {
            let at = at.child("content").child(name.as_str());
            match self.stream(name, media, &at, operation) {
                Some(content) => streams.push(Stream {
                    media_type: name.clone(),
                    content,
                }),
                None => whole.push((name, media)),
            }
        }
        let stream = streams
            .into_iter()
            .min_by_key(|stream| !matches!(stream.content, Content::Events(_)));
        match (self.content(whole, at, hint), stream) {
            (None, Some(stream)) => (Some((stream.media_type, stream.content)), None),
            (whole, stream) => (whole, stream),
        }
    }

    pub(super) fn media_schema(&mut self, media: &'a MediaType, at: &Pointer, hint: Hint) -> TypeId {
        let at = at.child("schema");
        if let Some(id) = self.shared.get(&at) {
            return *id;
        }
        let id = match &media.schema {
            Some(schema) => self.schema(schema, &at, hint),
            None => self.add(Shape::Any, Docs::default(), hint, &at),
        };
        self.shared.insert(at, id);
        id
    }
}

fn family(name: &str, media: &MediaType) -> Family {
    let essence = media_type::essence(name);
    match essence.as_str() {
        _ if is_binary(media.schema.as_ref()) && essence != "multipart/form-data" => Family::Binary,
        _ if media_type::is_json(&essence) => Family::Json,
        "multipart/form-data" => Family::Multipart,
        "application/x-www-form-urlencoded" => Family::Form,
        // Where it is no answer of success. A stream never ends while it is of use: it must not be collected into one text.
        "text/event-stream" => Family::Binary,
        "*/*" if media.schema.is_some() => Family::Json,
        "application/xml" | "application/yaml" => Family::Text,
        _ if essence.starts_with("text/") || essence.ends_with("+xml") => Family::Text,
        _ => Family::Binary,
    }
}

/// Whether the schema says outright that the body is a file.
fn is_binary(schema: Option<&ReferenceOr<Schema>>) -> bool {
    let Some(ReferenceOr::Item(schema)) = schema else {
        return false;
    };
    matches!(
        &schema.schema_kind,
        SchemaKind::Type(Type::String(string))
            if string.format == openapiv3::VariantOrUnknownOrEmpty::Item(openapiv3::StringFormat::Binary)
    )
}
