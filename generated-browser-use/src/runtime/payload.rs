//! The body of a call: as it was given, and as it is sent, as often as its source allows. Knows nothing of the answer.

use http::{HeaderValue, Method, header};
use serde_json::{Map, Value};

use super::head::Head;
use super::transport_body::RequestBody;
use super::upload::Progress;
use super::{Error, Multipart, Upload, param};

/// A body as it was given.
pub(super) enum Given {
    None,
    /// JSON text.
    Json(&'static str, Vec<u8>),
    /// The fields of a URL-encoded form.
    Form(Map<String, Value>),
    Multipart(Multipart),
    Upload(&'static str, Upload),
    Text(&'static str, String),
}

/// A body as it is sent.
pub(super) enum Payload {
    None,
    Bytes(bytes::Bytes),
    Upload(Upload),
    Multipart(Multipart),
}

impl Given {
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
            Self::Form(mut form) => {
                form.extend(fields.iter().cloned());
                Ok(Self::Form(form))
            }
            Self::Multipart(mut form) => {
                for (name, value) in fields {
                    form.text_value(name, value);
                }
                Ok(Self::Multipart(form))
            }
            Self::Upload(..) | Self::Text(..) => Err("the body has no fields, so none can be added to it".to_owned()),
        }
    }

    /// Writes the headers that tell of it, and gives what is to be sent.
    pub(super) fn write(self, head: &mut Head) -> Result<Payload, String> {
        match self {
            Self::None => {
                say_nothing(head);
                Ok(Payload::None)
            }
            Self::Json(media_type, text) => bytes(head, media_type, text),
            Self::Text(media_type, text) => bytes(head, media_type, text),
            Self::Form(fields) => bytes(head, "application/x-www-form-urlencoded", param::form(&fields)),
            Self::Upload(media_type, upload) => {
                content_type(head, upload.content_type().unwrap_or(media_type))?;
                content_length(head, upload.len());
                Ok(Payload::Upload(upload))
            }
            Self::Multipart(form) => {
                let form = form.checked()?;
                content_type(head, &form.content_type())?;
                content_length(head, form.len());
                Ok(Payload::Multipart(form))
            }
        }
    }
}

/// A method that gives a body a meaning says when it has none (RFC 9110, section 8.6); some servers answer 411 otherwise.
fn say_nothing(head: &mut Head) {
    if matches!(head.method, Method::PATCH | Method::POST | Method::PUT) {
        head.headers
            .insert(header::CONTENT_LENGTH, HeaderValue::from_static("0"));
    }
}

fn bytes(head: &mut Head, media_type: &str, body: impl Into<bytes::Bytes>) -> Result<Payload, String> {
    content_type(head, media_type)?;
    let body = body.into();
    if body.is_empty() {
        say_nothing(head);
    }
    Ok(Payload::Bytes(body))
}

fn content_type(head: &mut Head, media_type: &str) -> Result<(), String> {
    let value = HeaderValue::from_str(media_type).map_err(|_| format!("`{media_type}` is no content type"))?;
    head.headers.insert(header::CONTENT_TYPE, value);
    Ok(())
}

/// Without it, a body is sent in chunks.
fn content_length(head: &mut Head, length: Option<u64>) {
    if let Some(length) = length {
        head.headers.insert(header::CONTENT_LENGTH, length.into());
    }
}

impl Payload {
    /// Whether it can be sent as often as one likes.
    pub(super) fn is_replayable(&self) -> bool {
        match self {
            Self::None | Self::Bytes(_) => true,
            Self::Upload(upload) => upload.is_replayable(),
            Self::Multipart(form) => form.is_replayable(),
        }
    }

    /// Whether it is sent as a stream.
    pub(super) fn streams(&self) -> bool {
        matches!(self, Self::Upload(_) | Self::Multipart(_))
    }

    /// As it is to be sent; with the progress of one that streams.
    pub(super) async fn open(&mut self) -> Result<(RequestBody, Option<Progress>), Error> {
        let progress = Progress::new();
        let body = match self {
            Self::None => return Ok((RequestBody::empty(), None)),
            Self::Bytes(bytes) => return Ok((bytes.clone().into(), None)),
            Self::Upload(upload) => upload.body(&progress).await?,
            Self::Multipart(form) => form.body(&progress).await?,
        };
        Ok((body, Some(progress)))
    }
}
