//! The body of a call: as it was given, and as it is sent, as often as its source allows. Knows nothing of the answer.

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, header};
use serde_json::{Map, Value};

use super::param::Styles;
use super::transport_body::RequestBody;
use super::upload::Progress;
use super::{Error, Multipart, Upload, param};

/// A body as it was given. What is large is boxed: most calls have none of it, and all are moved.
pub(super) enum Content {
    None,
    /// JSON text.
    Json(&'static str, Vec<u8>),
    /// The fields of a URL-encoded form, and the styles of those that are not written as their values would be.
    Form(Map<String, Value>, Styles),
    Multipart(Box<Multipart>),
    Upload(&'static str, Box<Upload>),
    Text(&'static str, String),
}

/// A body as it is sent.
pub(super) enum Payload {
    None,
    Bytes(HeaderValue, Bytes),
    Upload(HeaderValue, Box<Upload>),
    Multipart(HeaderValue, Box<Multipart>),
}

impl Content {
    /// With the fields that were given for this call alone.
    pub(super) fn with_fields(self, fields: &[(String, Value)]) -> Result<Self, String> {
        if fields.is_empty() {
            return Ok(self);
        }
        match self {
            Self::Json(media_type, text) => match serde_json::from_slice(&text) {
                Ok(Value::Object(mut object)) => {
                    object.extend(fields.iter().cloned());
                    Ok(Self::Json(media_type, Value::Object(object).to_string().into_bytes()))
                }
                _ => Err("the body is no object, so no field can be added to it".to_owned()),
            },
            Self::None => Ok(Self::Json(
                "application/json",
                Value::Object(fields.iter().cloned().collect()).to_string().into(),
            )),
            Self::Form(mut form, styles) => {
                form.extend(fields.iter().cloned());
                Ok(Self::Form(form, styles))
            }
            Self::Multipart(mut form) => {
                for (name, value) in fields {
                    let _ = form.text_value(name, value);
                }
                Ok(Self::Multipart(form))
            }
            Self::Upload(..) | Self::Text(..) => Err("the body has no fields, so none can be added to it".to_owned()),
        }
    }

    /// As it is to be sent.
    pub(super) fn payload(self) -> Result<Payload, String> {
        Ok(match self {
            Self::None => Payload::None,
            Self::Json(media_type, text) => Payload::Bytes(declared_type(media_type)?, text.into()),
            Self::Text(media_type, text) => Payload::Bytes(declared_type(media_type)?, text.into()),
            Self::Form(fields, styles) => Payload::Bytes(
                HeaderValue::from_static("application/x-www-form-urlencoded"),
                param::form(&fields, styles).into(),
            ),
            Self::Upload(media_type, upload) => {
                Payload::Upload(content_type(upload.content_type().unwrap_or(media_type))?, upload)
            }
            Self::Multipart(mut form) => {
                form.check()?;
                Payload::Multipart(content_type(&form.content_type())?, form)
            }
        })
    }
}

/// A content type of the API's document, which is not copied.
fn declared_type(media_type: &'static str) -> Result<HeaderValue, String> {
    let text = Bytes::from_static(media_type.as_bytes());
    HeaderValue::from_maybe_shared(text).map_err(|_| format!("`{media_type}` is no content type"))
}

fn content_type(media_type: &str) -> Result<HeaderValue, String> {
    HeaderValue::from_str(media_type).map_err(|_| format!("`{media_type}` is no content type"))
}

impl Payload {
    /// Whether it can be sent as often as one likes.
    pub(super) fn is_replayable(&self) -> bool {
        match self {
            Self::None | Self::Bytes(..) => true,
            Self::Upload(_, upload) => upload.is_replayable(),
            Self::Multipart(_, form) => form.is_replayable(),
        }
    }

    /// Whether it is sent as a stream.
    pub(super) fn streams(&self) -> bool {
        matches!(self, Self::Upload(..) | Self::Multipart(..))
    }

    /// Writes the headers that tell of it.
    pub(super) fn describe(&self, method: &Method, headers: &mut HeaderMap) {
        let (content_type, length) = match self {
            Self::None => (None, Some(0)),
            // The transport knows the length of what is in memory; that there is nothing is to be said.
            Self::Bytes(content_type, bytes) => (Some(content_type), bytes.is_empty().then_some(0)),
            Self::Upload(content_type, upload) => (Some(content_type), upload.len()),
            Self::Multipart(content_type, form) => (Some(content_type), form.len()),
        };
        if let Some(content_type) = content_type {
            headers.insert(header::CONTENT_TYPE, content_type.clone());
        }
        // A method that gives a body a meaning says when it has none (RFC 9110, section 8.6); some servers answer 411
        // otherwise. Without a length, a body is sent in chunks.
        let gives_meaning = matches!(*method, Method::PATCH | Method::POST | Method::PUT);
        if let Some(length) = length.filter(|length| *length > 0 || gives_meaning) {
            headers.insert(header::CONTENT_LENGTH, length.into());
        }
    }

    /// As it is to be sent; with the progress of one that streams.
    pub(super) async fn open(&mut self) -> Result<(RequestBody, Option<Progress>), Error> {
        Ok(match self {
            Self::None => (RequestBody::empty(), None),
            Self::Bytes(_, bytes) => (bytes.clone().into(), None),
            // Boxed, so that calls without files do not carry the room for them.
            Self::Upload(_, upload) => {
                let progress = Progress::new();
                (Box::pin(upload.body(&progress)).await?, Some(progress))
            }
            Self::Multipart(_, form) => {
                let progress = Progress::new();
                (Box::pin(form.body(&progress)).await?, Some(progress))
            }
        })
    }
}
