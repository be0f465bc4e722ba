//! Operations as calls: arguments, setters, answers.

use super::values::accept;
use super::{Context, docs, retry};
use crate::back::model::{
    Argument, Call, Case, Decode, Errors, Output, Parameter, ParameterPlace, Resource, RustType, Setter, StatusPattern,
    Store, Style, Target,
};
use crate::ir::{self, Content, Encoding, Location, Operation, OperationId, Status};
use crate::names::{OperationNames, status};

impl Context<'_> {
    pub(super) fn resources(&self) -> Vec<Resource> {
        let resources = self.names.resources.iter();
        resources
            .map(|resource| Resource {
                feature: resource.operations.first().and_then(|id| self.feature_of(*id)),
                module: resource.module.clone(),
                accessor: resource.module.clone(),
                ident: resource.handle.clone(),
                docs: docs::resource_docs(self, resource),
                calls: resource.operations.iter().map(|id| self.call(*id)).collect(),
                waiters: self.waiters(resource),
            })
            .collect()
    }

    fn call(&self, id: OperationId) -> Call {
        let operation = &self.api.operations[id.0 as usize];
        let own = &self.names.operations[id.0 as usize];
        let mut inputs = Inputs::default();
        self.parameters(operation, own, &mut inputs);
        let body = operation.body.as_ref().map(|body| self.body(body, own, &mut inputs));
        let output = self.output(operation, own);
        let pages = self.pages(id, &inputs.parameters, body.as_ref());
        let retry = self.retry(operation);
        let retries = retry::docs(retry.as_ref(), body.as_ref());
        Call {
            method: own.method.clone(),
            ident: own.builder.clone(),
            constant: own.constant.clone(),
            docs: docs::call_docs(self, id, &inputs.arguments, &output, retries),
            deprecated: operation.deprecated,
            operation: operation.label(),
            http_method: operation.method.clone(),
            path: literal(&operation.path),
            server: operation.server.clone(),
            security: security(operation),
            accept: accept_header(operation),
            arguments: inputs.arguments,
            parameters: inputs.parameters,
            body,
            stream: self.stream(operation, own, &inputs.setters),
            pages,
            setters: inputs.setters,
            retry,
            errors: self.errors(operation, own),
            output,
            success: first_success(operation),
            status_notes: docs::status_notes(operation),
        }
    }

    fn parameters(&self, operation: &Operation, own: &OperationNames, inputs: &mut Inputs) {
        for (parameter, ident) in in_path_order(operation, &own.parameters) {
            let plain = self.rust_type(self.api.types.peel(parameter.ty).0);
            let target = Target::Parameter(ident.clone());
            if parameter.required {
                inputs.arguments.push(Argument {
                    ident: ident.clone(),
                    accept: accept(&plain),
                    target,
                });
            } else {
                inputs.setters.push(Setter {
                    ident: ident.clone(),
                    docs: docs::of_parameter(self, parameter),
                    deprecated: parameter.docs.deprecated,
                    accept: accept(&plain),
                    store: Store::Some,
                    target,
                });
            }
            inputs.parameters.push(Parameter {
                ident: ident.clone(),
                ty: if parameter.required {
                    plain
                } else {
                    RustType::Option(Box::new(plain))
                },
                name: parameter.name.clone(),
                place: place(parameter),
                reserved: parameter.reserved,
            });
        }
    }

    fn output(&self, operation: &Operation, own: &OperationNames) -> Output {
        let answers = operation.successes();
        let mut distinct: Vec<Decode> = Vec::new();
        for answer in &answers {
            let decode = self.decode(answer);
            if !distinct.contains(&decode) {
                distinct.push(decode);
            }
        }
        match distinct.len() {
            0 => Output::One(Decode::Empty),
            1 => Output::One(distinct.remove(0)),
            _ => Output::ByStatus {
                ident: own.output.clone(),
                docs: vec![format!("What [`{}`] gives, by the status of the answer.", own.builder)],
                cases: answers.into_iter().map(|answer| self.case(answer)).collect(),
            },
        }
    }

    fn errors(&self, operation: &Operation, own: &OperationNames) -> Option<Errors> {
        let typed = failures(operation).filter(|response| has_typed_body(response));
        let cases: Vec<Case> = typed.map(|response| self.case(response)).collect();
        (!cases.is_empty()).then(|| Errors {
            ident: own.errors.clone(),
            docs: docs::errors_docs(own),
            cases,
        })
    }

    fn case(&self, response: &ir::Response) -> Case {
        Case {
            status: match response.status {
                Status::Code(code) => StatusPattern::Code(code),
                Status::Range(digit) => StatusPattern::Range(digit),
                Status::Default => StatusPattern::Default,
            },
            ident: status::variant(response.status),
            docs: docs::of_response(self, response),
            decode: self.decode(response),
        }
    }

    fn decode(&self, response: &ir::Response) -> Decode {
        self.decode_content(&response.content)
    }

    pub(super) fn decode_content(&self, content: &Content) -> Decode {
        match *content {
            Content::Empty => Decode::Empty,
            Content::Json(id) => Decode::Json(self.nullable_type(id)),
            Content::Text => Decode::Text,
            Content::Events(None) => Decode::Events,
            Content::Events(Some(id)) => Decode::EventStream(self.nullable_type(id)),
            Content::JsonLines(id) => Decode::JsonLines(self.nullable_type(id)),
            Content::Form(_) | Content::Multipart(_) | Content::Binary => Decode::Download,
        }
    }
}

/// What a call takes, gathered from parameters and body.
#[derive(Default)]
pub(super) struct Inputs {
    pub(super) arguments: Vec<Argument>,
    pub(super) parameters: Vec<Parameter>,
    pub(super) setters: Vec<Setter>,
}

/// The status that a server most likely answers with.
fn first_success(operation: &Operation) -> u16 {
    match operation.successes().first().map(|response| response.status) {
        Some(Status::Code(code)) => code,
        Some(Status::Range(hundreds)) => u16::from(hundreds) * 100,
        Some(Status::Default) | None => 200,
    }
}

/// The declared failures; the default is one where something else stands for success.
pub(super) fn failures(operation: &Operation) -> impl Iterator<Item = &ir::Response> {
    let has_success = operation.responses.iter().any(|other| other.status.is_success());
    operation
        .responses
        .iter()
        .filter(move |response| match response.status {
            Status::Code(code) => code >= 400,
            Status::Range(digit) => digit >= 4,
            Status::Default => has_success,
        })
}

/// Whether users get the body of a failure as more than bytes.
pub(super) fn has_typed_body(failure: &ir::Response) -> bool {
    matches!(failure.content, Content::Json(_) | Content::Text)
}

/// Parameters, each with its part of `list`, in the order of the path, as a reader of the URL expects; then the others.
pub(super) fn in_path_order<T>(operation: &Operation, list: impl IntoIterator<Item = T>) -> Vec<(&ir::Parameter, T)> {
    let mut pairs: Vec<_> = operation.parameters.iter().zip(list).collect();
    pairs.sort_by_key(|(parameter, _)| match parameter.location {
        Location::Path => operation
            .path
            .find(&format!("{{{}}}", parameter.name))
            .unwrap_or(usize::MAX),
        _ => usize::MAX,
    });
    pairs
}

pub(super) fn security(operation: &Operation) -> Vec<Vec<usize>> {
    let alternatives = operation.security.iter();
    alternatives
        .map(|set| set.iter().map(|credential| credential.0 as usize).collect())
        .collect()
}

/// The media types of the declared successes; nothing where they have no content.
fn accept_header(operation: &Operation) -> Option<String> {
    let mut list: Vec<&str> = Vec::new();
    for media_type in operation
        .successes()
        .into_iter()
        .filter_map(|response| response.media_type.as_deref())
    {
        if !list.contains(&media_type) {
            list.push(media_type);
        }
    }
    (!list.is_empty()).then(|| list.join(", "))
}

/// The style by which an encoding is written.
pub(super) fn style(encoding: Encoding) -> Style {
    match encoding {
        Encoding::Simple { explode: false } => Style::Simple,
        Encoding::Simple { explode: true } => Style::SimpleExploded,
        Encoding::Form { explode: false } => Style::Form,
        Encoding::Form { explode: true } => Style::FormExploded,
        Encoding::SpaceDelimited => Style::SpaceDelimited,
        Encoding::PipeDelimited => Style::PipeDelimited,
        Encoding::DeepObject => Style::DeepObject,
        Encoding::Label { explode: false } => Style::Label,
        Encoding::Label { explode: true } => Style::LabelExploded,
        Encoding::Matrix { explode: false } => Style::Matrix,
        Encoding::Matrix { explode: true } => Style::MatrixExploded,
        Encoding::Json => Style::Json,
    }
}

fn place(parameter: &ir::Parameter) -> ParameterPlace {
    let style = style(parameter.encoding);
    match parameter.location {
        Location::Path => ParameterPlace::Path(style),
        Location::Query => ParameterPlace::Query(style),
        Location::Header => ParameterPlace::Header(style),
        Location::Cookie => ParameterPlace::Cookie(style),
    }
}

/// A path template with each `%` that begins no escape escaped.
fn literal(path: &str) -> String {
    let is_hex = |text: Option<&str>| text.is_some_and(|text| text.bytes().all(|byte| byte.is_ascii_hexdigit()));
    let mut parts = path.split('%');
    let mut escaped = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        escaped.push_str(if is_hex(part.get(..2)) { "%" } else { "%25" });
        escaped.push_str(part);
    }
    escaped
}
