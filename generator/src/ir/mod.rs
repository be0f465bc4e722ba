//! What an API offers: operations, types, credentials, servers.
//!
//! Ids, not names; JSON, not Rust. Whatever the document says about how a thing might be called travels as a [`Hint`];
//! `names` turns hints into identifiers. This module knows nothing of `openapiv3`, of dialects, or of Rust.

pub mod analysis;
pub mod outline;
pub mod passes;
mod types;

pub use types::{
    Additional, Constraints, Decision, Discriminator, Docs, Enumeration, Field, Hint, IntegerFormat, NumberFormat,
    Object, ObjectChoice, Origin, Shape, StringFormat, Type, TypeId, Types, Union,
};

/// An index into [`Api::operations`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OperationId(pub u32);

/// An index into [`Api::credentials`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CredentialId(pub u32);

/// One API, as one document describes it.
#[derive(Debug, Clone, Default)]
pub struct Api {
    /// `info.title`
    pub title: String,
    /// `info.description`, or `info.summary`
    pub description: Option<String>,
    /// `info.version`: any text.
    pub version: String,
    /// Base URLs, the default first; empty where the document names none.
    pub servers: Vec<Server>,
    /// The security schemes that a client can send.
    pub credentials: Vec<Credential>,
    /// Every type that an operation reaches.
    pub types: Types,
    /// Every operation, in the document's order.
    pub operations: Vec<Operation>,
    /// What the API sends: the bodies of webhooks and callbacks.
    pub payloads: Vec<Payload>,
    /// `tags`: name and description, where the document describes them.
    pub tags: Vec<(String, String)>,
}

impl Api {
    /// Every type that an operation or a payload names directly, in order.
    pub fn roots(&self) -> Vec<TypeId> {
        let operations = self.operations.iter().flat_map(Operation::types);
        operations.chain(self.payload_types()).collect()
    }

    /// What webhooks send.
    pub fn webhooks(&self) -> impl Iterator<Item = &Payload> {
        self.payloads.iter().filter(|payload| payload.operation.is_none())
    }

    /// What callbacks send.
    pub fn callbacks(&self) -> impl Iterator<Item = &Payload> {
        self.payloads.iter().filter(|payload| payload.operation.is_some())
    }

    /// The types of the payloads.
    pub fn payload_types(&self) -> impl Iterator<Item = TypeId> {
        self.payloads.iter().map(|payload| payload.ty)
    }

    /// Puts other types in the places of those that operations and types refer to.
    pub fn replace(&mut self, other: impl Fn(TypeId) -> TypeId) {
        for id in self.types.ids() {
            self.types[id].shape.replace(&other);
        }
        self.replace_in_operations(other);
    }

    /// Puts other types in the places of those that operations and payloads refer to.
    pub fn replace_in_operations(&mut self, other: impl Fn(TypeId) -> TypeId) {
        for payload in &mut self.payloads {
            payload.ty = other(payload.ty);
        }
        for operation in &mut self.operations {
            for parameter in &mut operation.parameters {
                parameter.ty = other(parameter.ty);
            }
            for header in operation.headers_mut() {
                header.ty = other(header.ty);
            }
            let bodies = operation.body.iter_mut().map(|body| &mut body.content);
            let responses = operation.responses.iter_mut().flat_map(|response| {
                let stream = response.stream.iter_mut().map(|stream| &mut stream.content);
                std::iter::once(&mut response.content).chain(stream)
            });
            for id in bodies.chain(responses).filter_map(Content::ty_mut) {
                *id = other(*id);
            }
        }
    }
}

/// What the API sends: the body of a webhook or a callback.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payload {
    /// The webhook's name, or the callback's.
    pub name: String,
    /// The operation that it is a callback of, by its label; `None`: a webhook.
    pub operation: Option<String>,
    /// The HTTP method in capitals.
    pub method: String,
    /// `summary`
    pub summary: Option<String>,
    /// `description`
    pub description: Option<String>,
    /// `deprecated`
    pub deprecated: bool,
    /// Its type.
    pub ty: TypeId,
    /// Where it stands.
    pub origin: Origin,
}

/// A base URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    /// An absolute URL with its variables filled in by their defaults, without a trailing slash.
    pub url: String,
    /// What the document says of it.
    pub description: Option<String>,
}

/// A security scheme: where a secret goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credential {
    /// Its key under `components.securitySchemes`.
    pub scheme: String,
    /// Where the secret goes.
    pub kind: CredentialKind,
    /// What the document says of it.
    pub description: Option<String>,
}

/// Where a secret goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CredentialKind {
    /// In a header of this name.
    Header(String),
    /// In a query parameter of this name.
    Query(String),
    /// In a cookie of this name.
    Cookie(String),
    /// `Authorization: Bearer …` (also OpenID Connect, and OAuth 2 by flows in which people take part: their tokens the
    /// user brings).
    Bearer,
    /// `Authorization: Basic …`, from user name and password.
    Basic,
    /// `Authorization: Bearer …`, with a token that can be fetched for a client's id and secret (OAuth 2's client
    /// credentials).
    ClientCredentials(TokenEndpoint),
}

/// Where tokens are fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenEndpoint {
    /// The token URL: absolute, or a path on the host that the API is on.
    pub url: String,
    /// Every scope that an operation needs, in the order in which operations name them.
    pub scopes: Vec<String>,
}

/// One operation.
#[derive(Debug, Clone)]
pub struct Operation {
    /// `operationId`, where the document gives one.
    pub id: Option<String>,
    /// The HTTP method in capitals.
    pub method: String,
    /// The path template as written, with a leading slash: `/v1/sessions/{id}`.
    pub path: String,
    /// Its tags.
    pub tags: Vec<String>,
    /// `summary`
    pub summary: Option<String>,
    /// `description`
    pub description: Option<String>,
    /// `deprecated`
    pub deprecated: bool,
    /// Path, query, header and cookie parameters, in the document's order (path item's first).
    pub parameters: Vec<Parameter>,
    /// The request body.
    pub body: Option<Body>,
    /// The declared responses, by status: codes, then ranges, then the default.
    pub responses: Vec<Response>,
    /// Alternatives, each a set of credentials sent together. Empty: no credential is sent. An empty set: may be called
    /// without.
    pub security: Vec<Vec<CredentialId>>,
    /// A base URL of its own.
    pub server: Option<String>,
    /// Where it stands.
    pub origin: Origin,
}

impl Operation {
    /// Every type that it names directly, in order: parameters, body, responses.
    pub fn types(&self) -> Vec<TypeId> {
        let parameters = self.parameters.iter().map(|parameter| parameter.ty);
        let body = self.body.iter().filter_map(|body| body.content.ty());
        let responses = self.responses.iter().flat_map(Response::types);
        parameters.chain(body).chain(responses).collect()
    }

    /// The headers that its answers declare, of one answer after the other.
    pub fn headers(&self) -> impl Iterator<Item = &Header> {
        self.responses.iter().flat_map(|response| &response.headers)
    }

    /// The same, to change them.
    pub fn headers_mut(&mut self) -> impl Iterator<Item = &mut Header> {
        self.responses.iter_mut().flat_map(|response| &mut response.headers)
    }

    /// The declared successes; the default stands for success only where nothing else does.
    pub fn successes(&self) -> Vec<&Response> {
        let declared = |response: &&Response| response.status.is_success();
        if self.responses.iter().any(|response| declared(&response)) {
            return self.responses.iter().filter(declared).collect();
        }
        let default = |response: &&Response| response.status == Status::Default;
        self.responses.iter().filter(default).collect()
    }

    /// What findings and errors call it: the operationId, or `METHOD /path`.
    pub fn label(&self) -> String {
        self.id
            .clone()
            .unwrap_or_else(|| format!("{} {}", self.method, self.path))
    }
}

/// A parameter outside the body.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// Its name in the message.
    pub name: String,
    /// Where it is sent.
    pub location: Location,
    /// Its type.
    pub ty: TypeId,
    /// Whether the API insists on it.
    pub required: bool,
    /// How its value is written.
    pub encoding: Encoding,
    /// `allowReserved`: whether characters that RFC 3986 reserves are sent as they are; in a query only.
    pub reserved: bool,
    /// What the document says of it.
    pub docs: Docs,
    /// Where it stands.
    pub origin: Origin,
}

/// Where a parameter is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Location {
    /// In the path template's braces.
    Path,
    /// After the question mark.
    Query,
    /// As a header.
    Header,
    /// In the `Cookie` header.
    Cookie,
}

/// How a parameter's value is written (OpenAPI 3.0.4, section 4.7.12.2, "Style Values").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// `style: simple`: comma-separated.
    Simple {
        /// Whether an object's pairs read `k=v` instead of `k,v`.
        explode: bool,
    },
    /// `style: form`: `a=1&a=2`, or `a=1,2` unexploded.
    Form {
        /// Whether each item gets a pair of its own.
        explode: bool,
    },
    /// `style: spaceDelimited`
    SpaceDelimited,
    /// `style: pipeDelimited`
    PipeDelimited,
    /// `style: deepObject`: `a[k]=v`
    DeepObject,
    /// `style: label`: `.a.b`
    Label {
        /// Whether an object's pairs read `k=v`.
        explode: bool,
    },
    /// `style: matrix`: `;a=1`
    Matrix {
        /// Whether each item gets a pair of its own.
        explode: bool,
    },
    /// `content: application/json`: the value as JSON text.
    Json,
}

/// A request body.
#[derive(Debug, Clone)]
pub struct Body {
    /// Whether the API insists on it.
    pub required: bool,
    /// The media type to send, as the document writes it.
    pub media_type: String,
    /// What it holds.
    pub content: Content,
    /// Fields of a form that are written in a way of their own.
    pub fields: Vec<FieldEncoding>,
    /// What the document says of it.
    pub description: Option<String>,
    /// Where it stands.
    pub origin: Origin,
}

/// How a field of a form is written, where the document says so (Encoding Object).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldEncoding {
    /// The field's key.
    pub name: String,
    /// Its style, as parameters have it; [`Encoding::Json`] where its content type is JSON.
    pub style: Option<Encoding>,
    /// `allowReserved`
    pub reserved: bool,
    /// Its content type, or the first of several, unless a style says how it is written.
    pub content_type: Option<String>,
    /// Headers of its part that have one value: name and value.
    pub headers: Vec<(String, String)>,
}

/// One declared response.
#[derive(Debug, Clone)]
pub struct Response {
    /// Which statuses it is for.
    pub status: Status,
    /// What the document says of it.
    pub description: String,
    /// The media type chosen, as the document writes it; `None` without content.
    pub media_type: Option<String>,
    /// What it holds.
    pub content: Content,
    /// The same value by value, where the document offers that beside `content`.
    pub stream: Option<Stream>,
    /// The headers that it declares, in the document's order.
    pub headers: Vec<Header>,
    /// Where it stands.
    pub origin: Origin,
}

impl Response {
    /// Every type that it names directly.
    pub fn types(&self) -> impl Iterator<Item = TypeId> {
        let stream = self.stream.as_ref().and_then(|stream| stream.content.ty());
        let headers = self.headers.iter().map(|header| header.ty);
        self.content.ty().into_iter().chain(stream).chain(headers)
    }
}

/// A header of an answer.
#[derive(Debug, Clone)]
pub struct Header {
    /// Its name, as the document writes it.
    pub name: String,
    /// Its type. After `passes::headers`, one that its encoding can say.
    pub ty: TypeId,
    /// How its value is written: [`Encoding::Simple`] or [`Encoding::Json`].
    pub encoding: Encoding,
    /// What the document says of it.
    pub docs: Docs,
}

/// An answer that comes value by value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stream {
    /// The media type, as the document writes it.
    pub media_type: String,
    /// [`Content::Events`] or [`Content::JsonLines`].
    pub content: Content,
}

/// Which statuses a response is for. Ordered as they are looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    /// One status code.
    Code(u16),
    /// `4XX`: the hundreds digit.
    Range(u8),
    /// `default`
    Default,
}

impl Status {
    /// Whether it stands for success: 2xx. The default does not, unless no other response does.
    pub const fn is_success(self) -> bool {
        matches!(self, Self::Code(200..=299) | Self::Range(2))
    }
}

/// What a body holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// Nothing.
    Empty,
    /// JSON (`application/json`, `…+json`).
    Json(TypeId),
    /// `application/x-www-form-urlencoded`, from the fields of an object.
    Form(TypeId),
    /// `multipart/form-data`, a part for each field of an object.
    Multipart(TypeId),
    /// `text/…`
    Text,
    /// `text/event-stream` in an answer: events whose data is JSON of this type, or any text.
    Events(Option<TypeId>),
    /// A stream of JSON values of this type in an answer (`application/x-ndjson`, `application/json-seq` …).
    JsonLines(TypeId),
    /// Anything else: bytes.
    Binary,
}

impl Content {
    /// The type it is made of, if any.
    pub const fn ty(&self) -> Option<TypeId> {
        match self {
            Self::Json(id) | Self::Form(id) | Self::Multipart(id) | Self::JsonLines(id) => Some(*id),
            Self::Events(id) => *id,
            Self::Empty | Self::Text | Self::Binary => None,
        }
    }

    fn ty_mut(&mut self) -> Option<&mut TypeId> {
        match self {
            Self::Json(id) | Self::Form(id) | Self::Multipart(id) | Self::JsonLines(id) => Some(id),
            Self::Events(id) => id.as_mut(),
            Self::Empty | Self::Text | Self::Binary => None,
        }
    }
}
