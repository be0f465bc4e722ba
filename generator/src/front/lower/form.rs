//! Forms: how their fields are written, where the document says more than their types do.

use openapiv3::{Encoding, Header, MediaType, ParameterSchemaOrContent, ReferenceOr, SchemaKind, Type};

use super::operation::in_query;
use crate::front::media_type;
use crate::ir::{self, FieldEncoding};

/// What is said of the fields of a form (OpenAPI 3.0.4, section 4.8.15, "Encoding Object").
pub(super) fn encodings(media: &MediaType) -> Vec<FieldEncoding> {
    let fields = media.encoding.iter().map(|(name, encoding)| {
        let style = encoding
            .style
            .as_ref()
            .map(|style| in_query(style, Some(encoding.explode)));
        // A style makes text of a value, whatever is said beside it.
        let content_type = content_type(encoding).filter(|_| style.is_none());
        let is_json = |name: &String| media_type::is_json(&media_type::essence(name));
        FieldEncoding {
            name: name.clone(),
            style: style.or(content_type
                .as_ref()
                .filter(|name| is_json(name))
                .map(|_| ir::Encoding::Json)),
            reserved: encoding.allow_reserved,
            content_type,
            headers: headers(encoding),
        }
    });
    let said =
        |field: &FieldEncoding| field.style.is_some() || field.content_type.is_some() || !field.headers.is_empty();
    fields.filter(said).collect()
}

/// The first content type of a list that can be sent: a range says only what is allowed.
fn content_type(encoding: &Encoding) -> Option<String> {
    let list = encoding.content_type.as_deref()?.split(',').map(str::trim);
    let mut concrete = list.filter(|name| name.contains('/') && !name.contains('*'));
    concrete.next().map(str::to_owned)
}

/// The headers of a part of which there is only one value. Those that every part has are described elsewhere.
fn headers(encoding: &Encoding) -> Vec<(String, String)> {
    const OWN: [&str; 2] = ["content-disposition", "content-type"];
    let headers = encoding.headers.iter();
    headers
        .filter(|(name, _)| !OWN.contains(&name.to_ascii_lowercase().as_str()))
        .filter_map(|(name, header)| match header {
            ReferenceOr::Item(header) => Some((name.clone(), only_value(header)?)),
            ReferenceOr::Reference { .. } => None,
        })
        .collect()
}

/// The text that a header always is.
fn only_value(header: &Header) -> Option<String> {
    let ParameterSchemaOrContent::Schema(ReferenceOr::Item(schema)) = &header.format else {
        return None;
    };
    let SchemaKind::Type(Type::String(text)) = &schema.schema_kind else {
        return None;
    };
    match &text.enumeration[..] {
        [Some(only)] if only.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic()) => Some(only.clone()),
        _ => None,
    }
}
