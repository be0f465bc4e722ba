//! Paths and operations.

use indexmap::IndexMap;
use openapiv3::{
    Header, Operation, Parameter, ParameterData, ParameterSchemaOrContent, PathItem, QueryStyle, ReferenceOr,
    StatusCode,
};

use super::Lowering;
use super::docs::docs;
use super::facets::Facets;
use crate::front::source::{Pointer, Value};
use crate::ir::{self, Body, Content, Docs, Encoding, Hint, Location, OperationId, Response, Shape, Status};

impl<'a> Lowering<'a> {
    /// Lowers every operation, in the order in which the document writes them.
    pub(super) fn operations(&mut self) {
        let root = Pointer::root().child("paths");
        for (path, item) in &self.openapi.paths.paths {
            let ReferenceOr::Item(item) = item else { continue };
            let at = root.child(path.as_str());
            for (method, operation) in self.in_order(item, &at) {
                self.operation(path, method, item, operation, &at);
            }
        }
    }

    /// `openapiv3` keeps a path's methods in fields of its own; the tree still has the document's order.
    fn in_order(&self, item: &'a PathItem, at: &Pointer) -> Vec<(&'static str, &'a Operation)> {
        const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
        let found = [
            &item.get,
            &item.put,
            &item.post,
            &item.delete,
            &item.options,
            &item.head,
            &item.patch,
            &item.trace,
        ];
        let mut list: Vec<_> = METHODS
            .into_iter()
            .zip(found)
            .filter_map(|(name, found)| Some((name, found.as_ref()?)))
            .collect();
        if let Some(written) = at.find(self.tree).and_then(|node| node.as_object()) {
            list.sort_by_key(|(name, _)| written.get_index_of(*name));
        }
        list
    }

    fn operation(&mut self, path: &str, method: &str, item: &'a PathItem, operation: &'a Operation, at: &Pointer) {
        let own = at.child(method);
        let id = OperationId(u32::try_from(self.api.operations.len()).unwrap_or(u32::MAX));
        let parameters = self.parameters(id, item, operation, at, &own);
        let body = self.body(id, operation, &own);
        let responses = self.responses(id, operation, &own);
        let servers = if operation.servers.is_empty() {
            &item.servers
        } else {
            &operation.servers
        };
        let lowered = ir::Operation {
            id: operation.operation_id.clone(),
            method: method.to_ascii_uppercase(),
            path: path.to_owned(),
            tags: operation.tags.clone(),
            summary: operation.summary.clone().or_else(|| item.summary.clone()),
            description: operation.description.clone().or_else(|| item.description.clone()),
            deprecated: operation.deprecated,
            parameters,
            body,
            responses,
            security: self.security(operation.security.as_ref()),
            server: self.own_server(servers),
            origin: self.origin(&own),
        };
        self.api.operations.push(lowered);
    }

    /// The path item's parameters and the operation's; the operation's own takes the place of a shared one.
    fn parameters(
        &mut self,
        id: OperationId,
        item: &'a PathItem,
        operation: &'a Operation,
        at: &Pointer,
        own: &Pointer,
    ) -> Vec<ir::Parameter> {
        let mut list: Vec<ir::Parameter> = Vec::new();
        for (parameters, at) in [(&item.parameters, at), (&operation.parameters, own)] {
            let at = at.child("parameters");
            for (index, parameter) in parameters.iter().enumerate() {
                let at = at.child(index.to_string());
                let resolved = self.resolve(parameter, &at, "parameters", |components| &components.parameters);
                let Some((parameter, at)) = resolved else { continue };
                let lowered = self.parameter(id, parameter, &at);
                let same = |other: &ir::Parameter| other.name == lowered.name && other.location == lowered.location;
                match list.iter().position(same) {
                    Some(index) => list[index] = lowered,
                    None => list.push(lowered),
                }
            }
        }
        list
    }

    fn parameter(&mut self, operation: OperationId, parameter: &'a Parameter, at: &Pointer) -> ir::Parameter {
        let data = parameter.parameter_data_ref();
        let hint = Hint::Parameter(operation, data.name.clone());
        let (ty, schema_docs, json) = self.described_type(&data.format, at, hint);
        ir::Parameter {
            name: data.name.clone(),
            location: location(parameter),
            ty,
            required: data.required || matches!(parameter, Parameter::Path { .. }),
            encoding: if json {
                Encoding::Json
            } else {
                encoding(parameter, data)
            },
            reserved: matches!(
                parameter,
                Parameter::Query {
                    allow_reserved: true,
                    ..
                }
            ),
            docs: Docs {
                description: data.description.clone().or(schema_docs.description),
                deprecated: data.deprecated.unwrap_or_default() || schema_docs.deprecated,
                ..schema_docs
            },
            origin: self.origin(at),
        }
    }

    /// The type of a parameter or a header, what its schema says of it, and whether it is written as JSON.
    fn described_type(
        &mut self,
        format: &'a ParameterSchemaOrContent,
        at: &Pointer,
        hint: Hint,
    ) -> (ir::TypeId, Docs, bool) {
        let (schema, at, json) = match format {
            ParameterSchemaOrContent::Schema(schema) => (Some(schema), at.child("schema"), false),
            ParameterSchemaOrContent::Content(content) => match content.first() {
                Some((name, media)) => {
                    let at = at.child("content").child(name.as_str()).child("schema");
                    (media.schema.as_ref(), at, name.contains("json"))
                }
                None => (None, at.clone(), false),
            },
        };
        let Some(schema) = schema else {
            return (self.add(Shape::Any, Docs::default(), hint, &at), Docs::default(), json);
        };
        let docs = match schema {
            ReferenceOr::Item(schema) => docs(&Facets::of(schema)),
            ReferenceOr::Reference { .. } => Docs::default(),
        };
        if let Some(id) = self.shared.get(&at) {
            return (*id, docs, json);
        }
        let id = self.schema(schema, &at, hint);
        self.shared.insert(at, id);
        (id, docs, json)
    }

    fn body(&mut self, id: OperationId, operation: &'a Operation, at: &Pointer) -> Option<Body> {
        let at = at.child("requestBody");
        let body = operation.request_body.as_ref()?;
        let (body, at) = self.resolve(body, &at, "requestBodies", |components| &components.request_bodies)?;
        let (mut media_type, content) = self.content(&body.content, &at, Hint::RequestBody(id))?;
        // A range can be asked for, but not sent.
        if media_type.contains('*') {
            "application/octet-stream".clone_into(&mut media_type);
        }
        let media = body.content.get(&media_type);
        Some(Body {
            required: body.required,
            fields: media.map(super::form::encodings).unwrap_or_default(),
            media_type,
            content,
            description: body.description.clone(),
            origin: self.origin(&at),
        })
    }

    fn responses(&mut self, id: OperationId, operation: &'a Operation, at: &Pointer) -> Vec<Response> {
        let at = at.child("responses");
        let mut list = Vec::new();
        let declares_success = operation
            .responses
            .responses
            .keys()
            .filter_map(status)
            .any(Status::is_success);
        let codes = operation
            .responses
            .responses
            .iter()
            .map(|(code, response)| (status(code), response));
        let default = operation
            .responses
            .default
            .iter()
            .map(|response| (Some(Status::Default), response));
        for (status, response) in codes.chain(default) {
            let Some(status) = status else { continue };
            let at = at.child(key(status));
            let resolved = self.resolve(response, &at, "responses", |components| &components.responses);
            let Some((response, at)) = resolved else { continue };
            let hint = if status.is_success() {
                Hint::Response(id)
            } else {
                Hint::ErrorBody(id)
            };
            let (content, stream) = if status.is_success() || !declares_success && status == Status::Default {
                self.answer(&response.content, &at, hint, id)
            } else {
                (self.content(&response.content, &at, hint), None)
            };
            let (media_type, content) = match content {
                Some((media_type, content)) => (Some(media_type), content),
                None => (None, Content::Empty),
            };
            list.push(Response {
                status,
                description: response.description.clone(),
                media_type,
                content,
                stream,
                headers: self.headers(id, &response.headers, &at),
                origin: self.origin(&at),
            });
        }
        list.sort_by_key(|response| response.status);
        list
    }

    fn headers(
        &mut self,
        operation: OperationId,
        declared: &'a IndexMap<String, ReferenceOr<Header>>,
        at: &Pointer,
    ) -> Vec<ir::Header> {
        let at = at.child("headers");
        let mut list = Vec::new();
        for (name, header) in declared {
            let resolved = self.resolve(header, &at.child(name.as_str()), "headers", |components| {
                &components.headers
            });
            let Some((header, at)) = resolved else { continue };
            let hint = Hint::Header(operation, name.clone());
            let (ty, schema_docs, json) = self.described_type(&header.format, &at, hint);
            // `openapiv3` has no field for it; the tree has what was read.
            let explode = at.child("explode").find(self.tree);
            let explode = explode.is_some_and(|explode| explode.value == Value::Bool(true));
            list.push(ir::Header {
                name: name.clone(),
                ty,
                encoding: if json {
                    Encoding::Json
                } else {
                    Encoding::Simple { explode }
                },
                docs: Docs {
                    description: header.description.clone().or(schema_docs.description),
                    deprecated: header.deprecated.unwrap_or_default() || schema_docs.deprecated,
                    ..schema_docs
                },
            });
        }
        list
    }
}

fn location(parameter: &Parameter) -> Location {
    match parameter {
        Parameter::Path { .. } => Location::Path,
        Parameter::Query { .. } => Location::Query,
        Parameter::Header { .. } => Location::Header,
        Parameter::Cookie { .. } => Location::Cookie,
    }
}

fn encoding(parameter: &Parameter, data: &ParameterData) -> Encoding {
    use openapiv3::PathStyle;
    let unless_form = data.explode.unwrap_or(false);
    let if_form = data.explode.unwrap_or(true);
    match parameter {
        Parameter::Path {
            style: PathStyle::Simple,
            ..
        }
        | Parameter::Header { .. } => Encoding::Simple { explode: unless_form },
        Parameter::Path {
            style: PathStyle::Label,
            ..
        } => Encoding::Label { explode: unless_form },
        Parameter::Path {
            style: PathStyle::Matrix,
            ..
        } => Encoding::Matrix { explode: unless_form },
        Parameter::Cookie { .. } => Encoding::Form { explode: if_form },
        Parameter::Query { style, .. } => in_query(style, data.explode),
    }
}

/// How a value in a query or a form is written.
pub(super) fn in_query(style: &QueryStyle, explode: Option<bool>) -> Encoding {
    match style {
        QueryStyle::Form => Encoding::Form {
            explode: explode.unwrap_or(true),
        },
        // Nothing is left to delimit: OpenAPI gives the style no meaning, and readers take what `form` would be.
        QueryStyle::SpaceDelimited | QueryStyle::PipeDelimited if explode == Some(true) => {
            Encoding::Form { explode: true }
        }
        QueryStyle::SpaceDelimited => Encoding::SpaceDelimited,
        QueryStyle::PipeDelimited => Encoding::PipeDelimited,
        QueryStyle::DeepObject => Encoding::DeepObject,
    }
}

fn status(code: &StatusCode) -> Option<Status> {
    match code {
        StatusCode::Code(code) => Some(Status::Code(*code)),
        StatusCode::Range(digit) => u8::try_from(*digit).ok().map(Status::Range),
    }
}

/// The key under `responses`.
fn key(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(digit) => format!("{digit}XX"),
        Status::Default => "default".to_owned(),
    }
}
