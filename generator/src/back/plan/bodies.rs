//! Request bodies: what of them is an argument or a setter, and how they are held and written.

use super::calls::{Inputs, style};
use super::values::accept;
use super::{Context, docs, items};
use crate::back::model::{
    AbsentBody, Accept, Argument, Body, BodyKind, BodyValue, FieldStyle, Part, PartHead, PartKind, Presence, RustType,
    Setter, Store, Style, Target,
};
use crate::config::EmptyBody;
use crate::ir::{self, Content, FieldEncoding, Object, Shape, StringFormat, TypeId};
use crate::names::OperationNames;

/// A method takes no more required body fields than this one by one; beyond it takes the body as a whole.
pub(super) const MOST_ARGUMENTS: usize = 5;

impl Context<'_> {
    pub(super) fn body(&self, body: &ir::Body, own: &OperationNames, inputs: &mut Inputs) -> Body {
        let kind = match body.content {
            Content::Json(id) => BodyKind::Json(self.body_value(body, id, own, inputs)),
            Content::Form(id) => BodyKind::Form(self.body_value(body, id, own, inputs)),
            Content::Multipart(id) => match &self.api.types[self.api.types.peel(id).0].shape {
                Shape::Object(object) => BodyKind::Multipart(self.parts(body, object, own, inputs)),
                // No field is known: the user brings the body whole.
                _ => whole_body(body, &RustType::Upload, inputs),
            },
            // Only answers are streams.
            Content::Binary | Content::Empty | Content::Events(_) | Content::JsonLines(_) => {
                whole_body(body, &RustType::Upload, inputs)
            }
            Content::Text => whole_body(body, &RustType::String, inputs),
        };
        Body {
            media_type: body.media_type.clone(),
            styles: self.styles(body),
            kind,
        }
    }

    fn body_value(&self, body: &ir::Body, id: TypeId, own: &OperationNames, inputs: &mut Inputs) -> BodyValue {
        let (inner, nullable) = self.api.types.peel(id);
        let ty = self.rust_type(inner);
        let optional = !body.required || nullable;
        if let Shape::Object(object) = &self.api.types[inner].shape {
            return self.record_body(optional, inner, object, ty, own, inputs);
        }
        if !optional {
            let argument = Argument {
                ident: "body".to_owned(),
                accept: accept(&ty),
                target: Target::Body,
            };
            inputs.arguments.push(argument);
        }
        let absent = if optional {
            AbsentBody::Omitted
        } else {
            AbsentBody::Never
        };
        BodyValue {
            ty,
            absent,
            constructor: None,
            fields: false,
        }
    }

    /// A body whose fields are arguments and setters of the call.
    fn record_body(
        &self,
        optional: bool,
        id: TypeId,
        object: &Object,
        ty: RustType,
        own: &OperationNames,
        inputs: &mut Inputs,
    ) -> BodyValue {
        let fields = self.body_fields(id, object, own);
        let required: Vec<_> = fields.iter().filter(|(field, _)| field.asked).collect();
        if optional && !required.is_empty() {
            // Which of the required fields are given says whether there is a body: only a whole one can tell.
            return BodyValue {
                ty,
                absent: AbsentBody::Omitted,
                constructor: None,
                fields: false,
            };
        }
        let absent = match (optional, self.config.empty_body) {
            (false, _) => AbsentBody::Never,
            (true, EmptyBody::Omit) => AbsentBody::Omitted,
            (true, EmptyBody::Object) => AbsentBody::EmptyObject,
        };
        let mut constructor = None;
        if required.len() > MOST_ARGUMENTS {
            let accept = Accept::Into(ty.clone());
            inputs.arguments.push(Argument {
                ident: "body".to_owned(),
                accept,
                target: Target::Body,
            });
        } else if !required.is_empty() {
            let first = inputs.arguments.len();
            constructor = Some((first..first + required.len()).collect());
            for (field, ident) in &required {
                let target = Target::BodyField(field.ident.clone());
                inputs.arguments.push(Argument {
                    ident: ident.clone(),
                    accept: items::taken(field).0,
                    target,
                });
            }
        }
        for (field, ident) in fields.iter().filter(|(field, _)| !field.asked) {
            inputs.setters.push(items::setter(
                field,
                ident.clone(),
                Target::BodyField(field.ident.clone()),
            ));
        }
        BodyValue {
            ty,
            absent,
            constructor,
            fields: true,
        }
    }

    /// The fields of a body's record as planned, each with the name it has among a call's setters.
    fn body_fields(
        &self,
        id: TypeId,
        object: &Object,
        own: &OperationNames,
    ) -> Vec<(crate::back::model::Field, String)> {
        let Some(crate::back::model::Item::Struct(record)) = self.item(id) else {
            return Vec::new();
        };
        let idents = object
            .fields
            .iter()
            .zip(&own.body_fields)
            .filter(|(field, _)| self.constant(field).is_none());
        record
            .fields
            .into_iter()
            .zip(idents.map(|(_, ident)| ident.clone()))
            .collect()
    }

    fn parts(&self, body: &ir::Body, object: &Object, own: &OperationNames, inputs: &mut Inputs) -> Vec<Part> {
        let mut parts = Vec::new();
        for (field, ident) in object.fields.iter().zip(&own.body_fields) {
            let inner = self.api.types.peel(field.ty).0;
            let encoding = body.fields.iter().find(|encoding| encoding.name == field.name);
            let (kind, plain) = self.part(inner, encoding);
            let target = Target::Parameter(ident.clone());
            let accept = accept(&plain);
            if field.required {
                inputs.arguments.push(Argument {
                    ident: ident.clone(),
                    accept,
                    target,
                });
            } else {
                let docs = docs::of_field(self, field, Presence::Optional);
                let deprecated = field.docs.deprecated;
                inputs.setters.push(Setter {
                    ident: ident.clone(),
                    docs,
                    deprecated,
                    accept,
                    store: Store::Some,
                    target,
                });
            }
            let ty = if field.required {
                plain
            } else {
                RustType::Option(Box::new(plain))
            };
            parts.push(Part {
                ident: ident.clone(),
                name: field.name.clone(),
                ty,
                kind,
                head: encoding.map(|encoding| head(kind, encoding)).unwrap_or_default(),
            });
        }
        parts
    }

    /// OpenAPI 3.0.4, section 4.8.15.4: scalars are text, files are files, the rest is JSON; of an array, each item is a
    /// part, unless a style joins them.
    fn part(&self, id: TypeId, encoding: Option<&FieldEncoding>) -> (PartKind, RustType) {
        let shape = |id: TypeId| &self.api.types[id].shape;
        let said = encoding.and_then(|encoding| encoding.style).map(style);
        let as_json = said == Some(Style::Json);
        let kind = match shape(id) {
            Shape::String(StringFormat::Binary) => return (PartKind::File, RustType::Upload),
            Shape::Array(items) => match (shape(self.api.types.peel(*items).0), said) {
                (Shape::String(StringFormat::Binary), _) => {
                    return (PartKind::Files, RustType::Vec(Box::new(RustType::Upload)));
                }
                (items, Some(style @ (Style::Form | Style::SpaceDelimited | Style::PipeDelimited)))
                    if is_scalar(items) =>
                {
                    PartKind::Joined(style)
                }
                (items, _) if is_scalar(items) && !as_json => PartKind::Text,
                _ => PartKind::JsonItems,
            },
            scalar if is_scalar(scalar) && !as_json => PartKind::Text,
            _ => PartKind::Json,
        };
        (kind, self.rust_type(id))
    }

    /// The fields of a URL-encoded form that are not written as their values would be: lists exploded, objects as JSON.
    fn styles(&self, body: &ir::Body) -> Vec<FieldStyle> {
        let Content::Form(id) = body.content else {
            return Vec::new();
        };
        let Shape::Object(object) = &self.api.types[self.api.types.peel(id).0].shape else {
            return Vec::new();
        };
        let said = body.fields.iter().filter_map(|encoding| {
            let field = object.fields.iter().find(|field| field.name == encoding.name)?;
            let shape = &self.api.types[self.api.types.peel(field.ty).0].shape;
            let style = style(encoding.style?);
            let goes_without_saying = is_scalar(shape) && !matches!(style, Style::Json | Style::DeepObject)
                || matches!(
                    (shape, style),
                    (Shape::Array(_), Style::FormExploded) | (Shape::Object(_) | Shape::Map(_), Style::Json)
                );
            (encoding.reserved || !goes_without_saying).then(|| FieldStyle {
                name: field.name.clone(),
                style,
                reserved: encoding.reserved,
            })
        });
        said.collect()
    }
}

/// What the document says of a part beside its value, where that does not go without saying.
fn head(kind: PartKind, encoding: &FieldEncoding) -> PartHead {
    let default = match kind {
        PartKind::File | PartKind::Files => "application/octet-stream",
        PartKind::Json | PartKind::JsonItems => "application/json",
        PartKind::Text | PartKind::Joined(_) => "",
    };
    PartHead {
        content_type: encoding.content_type.clone().filter(|name| name != default),
        headers: encoding.headers.clone(),
    }
}

/// Whether a value is one text, without quotes.
fn is_scalar(shape: &Shape) -> bool {
    matches!(
        shape,
        Shape::Bool | Shape::Integer(_) | Shape::Number(_) | Shape::String(_) | Shape::Enumeration(_)
    )
}

/// A body that is given as a file or a text.
fn whole_body(body: &ir::Body, ty: &RustType, inputs: &mut Inputs) -> BodyKind {
    if body.required {
        let argument = Argument {
            ident: "body".to_owned(),
            accept: Accept::Into(ty.clone()),
            target: Target::Body,
        };
        inputs.arguments.push(argument);
    }
    match ty {
        RustType::String => BodyKind::Text {
            required: body.required,
        },
        _ => BodyKind::Binary {
            required: body.required,
        },
    }
}
