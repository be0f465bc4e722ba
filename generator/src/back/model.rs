//! The decided crate: every file, item, identifier, type and line of documentation, in the order in which it is printed.
//!
//! Strings in here that are named `ident`, `module` or `path` are valid Rust as they stand (a raw identifier carries its
//! `r#`). Documentation is a list of lines without comment marks. Nothing is left to decide for `emit`, and nothing of
//! OpenAPI is left to know.
//!
//! Every public item has documentation: an empty list of lines prints none, which `missing_docs` reports.

use std::time::Duration;

/// A crate to write.
#[derive(Debug, Clone, PartialEq)]
pub struct Crate {
    /// Facts for the manifest and the README.
    pub package: Package,
    /// The crate's documentation.
    pub docs: Vec<String>,
    /// One API at the crate's root, or several, each in a module and behind a feature of its own.
    pub apis: Vec<Api>,
    /// Date crates that the types use.
    pub date_crates: Vec<DateCrate>,
}

/// Facts for the manifest and the README.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    /// The crate's name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Its description, one sentence.
    pub description: String,
    /// `repository`, where one is given.
    pub repository: Option<String>,
    /// `documentation` or home page of the API, where one is given.
    pub homepage: Option<String>,
    /// `keywords`
    pub keywords: Vec<String>,
    /// Whether shared manifest values come from a workspace around it (`version.workspace = true` and so on).
    pub in_workspace: bool,
}

/// A crate for dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DateCrate {
    /// `jiff::Timestamp`, `jiff::civil::Date`
    Jiff,
    /// `chrono::DateTime<FixedOffset>`, `chrono::NaiveDate`
    Chrono,
}

/// One API in a crate.
#[derive(Debug, Clone, PartialEq)]
pub struct Api {
    /// The document it comes from, as the headers of its files name it: `specs/browserbase/openapi.yaml`.
    pub document: String,
    /// Its module and feature, such as `v3`; `None` at the crate's root.
    pub module: Option<String>,
    /// How a user's code calls the module: `browserbase_client`, `browser_use_client::v3`.
    pub path: String,
    /// Documentation of the module (unused at the root).
    pub docs: Vec<String>,
    /// The client.
    pub client: Client,
    /// Resource modules, in the order of the document.
    pub resources: Vec<Resource>,
    /// Type modules (private; re-exported flat from `types`), in the order of the document.
    pub types: Vec<TypeModule>,
    /// Modules with what the API sends: `webhooks`, `callbacks`.
    pub payloads: Vec<PayloadModule>,
    /// The headers that answers declare, in a module `headers`; none where there are none.
    pub headers: Vec<HeaderSet>,
    /// A whole example for the crate's or module's documentation and README: lines of Rust that compile in an
    /// `async fn() -> Result<(), Box<dyn std::error::Error>>`.
    pub example: Vec<String>,
    /// The feature that the example needs.
    pub example_feature: Option<String>,
    /// What the client offers around its calls.
    pub guide: Vec<Section>,
    /// The features of its parts, where they can be left out.
    pub features: Option<ResourceFeatures>,
}

/// The features of an API's parts: of its resources, and of the modules with what it sends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResourceFeatures {
    /// The one that has all others on: `all-resources`.
    pub all: String,
    /// The others, sorted.
    pub each: Vec<String>,
    /// One to show how they are asked for.
    pub example: String,
}

/// A module with the types of what the API sends.
#[derive(Debug, Clone, PartialEq)]
pub struct PayloadModule {
    /// Its name: `webhooks`.
    pub module: &'static str,
    /// Its feature, where it can be left out.
    pub feature: Option<String>,
    /// Its documentation.
    pub docs: Vec<String>,
    /// The payloads, in the order of the document.
    pub payloads: Vec<Payload>,
}

/// The type of what one webhook or callback sends.
#[derive(Debug, Clone, PartialEq)]
pub struct Payload {
    /// Its name.
    pub ident: String,
    /// Its documentation.
    pub docs: Vec<String>,
    /// What it stands for.
    pub ty: RustType,
}

/// Headers that answers of the same operations declare: a type around the headers as they came.
#[derive(Debug, Clone, PartialEq)]
pub struct HeaderSet {
    /// Its name.
    pub ident: String,
    /// Its documentation.
    pub docs: Vec<String>,
    /// The headers, in the order of the document.
    pub values: Vec<HeaderValue>,
}

/// A header: a method that reads it.
#[derive(Debug, Clone, PartialEq)]
pub struct HeaderValue {
    /// The method.
    pub ident: String,
    /// Its documentation.
    pub docs: Vec<String>,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// The header's name in lower case.
    pub name: String,
    /// Its type, where it is there.
    pub ty: RustType,
    /// How it is written: [`Style::Simple`], [`Style::SimpleExploded`] or [`Style::Json`].
    pub style: Style,
}

/// A section of a guide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Its heading.
    pub title: &'static str,
    /// What it is about.
    pub text: &'static str,
    /// Lines of Rust that compile in an `async fn(client: Client) -> Result<(), Box<dyn std::error::Error>>`.
    pub code: Vec<String>,
    /// The crate's features that it needs.
    pub features: Vec<String>,
}

/// The client of one API.
#[derive(Debug, Clone, PartialEq)]
pub struct Client {
    /// Documentation of `Client`.
    pub docs: Vec<String>,
    /// Shown in the user agent and in errors, such as `Browserbase`.
    pub title: String,
    /// The default base URL; `None`: the user must give one.
    pub base_url: Option<String>,
    /// The environment variable that replaces the base URL.
    pub base_url_env: Option<String>,
    /// Where secrets go, in the order of the document.
    pub credentials: Vec<Credential>,
    /// Index into `credentials` of the one that `Client::new(key)` takes; `None`: `Client::new()` takes none.
    pub primary_credential: Option<usize>,
    /// What holds for requests that the document does not have.
    pub undeclared: Undeclared,
}

/// What holds for requests that the document does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undeclared {
    /// Alternatives of credentials, as [`Call::security`] has them.
    pub security: Vec<Vec<usize>>,
    /// When they may be sent again (`None`: never), by method; no methods stand for all. The first that fits holds.
    pub retries: Vec<(Vec<String>, Option<Retry>)>,
}

/// A place for a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credential {
    /// The builder's method, such as `api_key`.
    pub ident: String,
    /// Documentation of that method.
    pub docs: Vec<String>,
    /// Where the secret goes.
    pub kind: CredentialKind,
    /// The environment variable that `from_env` reads (for basic auth: `user:password`).
    pub env: Option<String>,
}

/// Where a secret goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CredentialKind {
    /// A header; its name in lower case.
    Header(String),
    /// A query parameter.
    Query(String),
    /// A cookie.
    Cookie(String),
    /// `Authorization: Bearer`
    Bearer,
    /// `Authorization: Basic`
    Basic,
    /// `Authorization: Bearer`, with a token that is given, or fetched for a client's id and secret.
    OAuth(TokenEndpoint),
}

/// Where tokens are fetched for a client's id and secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenEndpoint {
    /// The builder's method that takes id and secret: `client_credentials`.
    pub ident: String,
    /// Documentation of that method.
    pub docs: Vec<String>,
    /// The token URL: absolute, or a path.
    pub url: String,
    /// The scopes to ask for, separated by spaces.
    pub scopes: String,
    /// The environment variables of id and secret.
    pub env: Option<[String; 2]>,
    /// Whether id and secret are sent in the body.
    pub secret_in_body: bool,
}

/// A resource: a handle and the calls on it, in one module.
#[derive(Debug, Clone, PartialEq)]
pub struct Resource {
    /// Its feature, where it can be left out.
    pub feature: Option<String>,
    /// The module's name: `sessions`.
    pub module: String,
    /// The client's method: `sessions`.
    pub accessor: String,
    /// The handle: `Sessions`.
    pub ident: String,
    /// Documentation of handle and accessor.
    pub docs: Vec<String>,
    /// Its calls, in the order of the document.
    pub calls: Vec<Call>,
    /// Its waiters, in the order of the configuration.
    pub waiters: Vec<Waiter>,
}

/// A method that makes a call until a field of its answer has one of several values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiter {
    /// The handle's method: `wait_until_running`.
    pub method: String,
    /// The builder: `WaitUntilRunning`.
    pub ident: String,
    /// The static that describes it: `WAIT_UNTIL_RUNNING`.
    pub constant: String,
    /// Documentation of the method.
    pub docs: Vec<String>,
    /// The call that is made, by its index in [`Resource::calls`].
    pub call: usize,
    /// The field's key in JSON.
    pub key: String,
    /// The field's name in Rust.
    pub field: String,
    /// The field's type: text or a list of texts, which may be behind `Option` or `Nullable`.
    pub ty: RustType,
    /// The values that end the wait well.
    pub until: Vec<String>,
    /// The values that no such value follows.
    pub fail: Vec<String>,
    /// The pause after the first call.
    pub first_pause: Duration,
    /// What pauses grow to.
    pub longest_pause: Duration,
    /// The time for all of it.
    pub timeout: Duration,
    /// How long what was just created may not be found.
    pub not_found_for: Duration,
}

/// One operation as a builder.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    /// The handle's method: `create`.
    pub method: String,
    /// The builder: `Create`.
    pub ident: String,
    /// The static that describes it: `CREATE`.
    pub constant: String,
    /// Documentation of the method: what it does, its errors by status, an example.
    pub docs: Vec<String>,
    /// What to write into `#[deprecated]`, where it is deprecated.
    pub deprecated: bool,
    /// What findings and errors call it: the operationId, or `METHOD /path`.
    pub operation: String,
    /// The HTTP method in capitals, one of the constants of `http::Method`.
    pub http_method: String,
    /// The path template: `/v1/sessions/{id}`.
    pub path: String,
    /// A base URL of its own.
    pub server: Option<String>,
    /// Alternatives, each a set of indices into `Client::credentials`.
    pub security: Vec<Vec<usize>>,
    /// The `Accept` header.
    pub accept: Option<String>,
    /// The method's arguments, in order: path parameters, then whatever else is required.
    pub arguments: Vec<Argument>,
    /// Values that are sent outside the body, in the order of the document.
    pub parameters: Vec<Parameter>,
    /// The body.
    pub body: Option<Body>,
    /// The setters, in the order of the document.
    pub setters: Vec<Setter>,
    /// What comes back.
    pub output: Output,
    /// The first declared status of success.
    pub success: u16,
    /// When it may be sent again; `None`: never.
    pub retry: Option<Retry>,
    /// The same value by value, where the API offers that beside `output`.
    pub stream: Option<StreamCall>,
    /// How to go through the pages of a list.
    pub pages: Option<Pages>,
    /// Bodies declared for failures.
    pub errors: Option<Errors>,
    /// Texts for statuses of failure that the document describes: `(429, "Too many …")`.
    pub status_notes: Vec<(u16, String)>,
}

/// When a call may be sent again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retry {
    /// How often after the first attempt: at least once.
    pub max_retries: u32,
    /// First and last status of each range after which it is.
    pub statuses: Vec<(u16, u16)>,
    /// Which failures without an answer it is sent again after.
    pub connection: ConnectionRetry,
}

/// Which failures without an answer a call is sent again after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConnectionRetry {
    /// None.
    Never,
    /// Those where it cannot have arrived.
    Unsent,
    /// All.
    Any,
}

/// The builder's method `stream`.
#[derive(Debug, Clone, PartialEq)]
pub struct StreamCall {
    /// Documentation.
    pub docs: Vec<String>,
    /// The `Accept` header.
    pub accept: String,
    /// The setter that asks for it with `true`, where the body has a field for that.
    pub setter: Option<String>,
    /// What it gives.
    pub decode: Decode,
}

/// The builder's methods `pages` and `items`.
#[derive(Debug, Clone, PartialEq)]
pub struct Pages {
    /// Documentation of `pages`.
    pub docs: Vec<String>,
    /// Documentation of `items`.
    pub items_docs: Vec<String>,
    /// The answer's type.
    pub page: RustType,
    /// From the answer to the list.
    pub items: Vec<Step>,
    /// An item's type.
    pub item: RustType,
    /// From the answer to whether there is a further page.
    pub has_more: Option<Vec<Step>>,
    /// Where the next page is.
    pub advance: Advance,
}

/// A field on the way to a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The field.
    pub ident: String,
    /// How it may be missing.
    pub presence: Presence,
}

/// Where the next page is.
#[derive(Debug, Clone, PartialEq)]
pub enum Advance {
    /// At a cursor.
    Cursor {
        /// Where it is put.
        place: PagePlace,
        /// From the answer, or from its last item, to it.
        next: Vec<Step>,
        /// Whether it is in the last item.
        from_last_item: bool,
        /// How it is had and sent.
        kind: CursorKind,
    },
    /// At the next number.
    Page {
        /// Where it is put.
        place: PagePlace,
        /// That number's type.
        number: RustType,
        /// The first page's.
        first: u32,
        /// From the answer to the number of pages.
        total: Option<Vec<Step>>,
    },
    /// Behind the items so far.
    Offset {
        /// Where their number is put.
        place: PagePlace,
        /// That number's type.
        number: RustType,
        /// From the answer to the number of all items.
        total: Option<Vec<Step>>,
    },
    /// At the link in a header, or, from the answer, in a field.
    Link(Option<Vec<Step>>),
}

/// How a cursor is had from the value that the steps lead to, and sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CursorKind {
    /// It is text, and sent as it is.
    Text,
    /// It is a number, and sent as it is.
    Number,
    /// It is a number, and sent as text.
    NumberAsText,
    /// It is text or a number, and sent as it is.
    Either,
    /// It is text or a number, and sent as text.
    EitherAsText,
    /// The value is one of several records that all have this key, and what is there is sent as text.
    Key(String),
}

/// Which part of a builder says where a page is.
#[derive(Debug, Clone, PartialEq)]
pub struct PagePlace {
    /// The part.
    pub target: Target,
    /// How it may be missing.
    pub presence: Presence,
    /// Whether it is in a body that may be missing.
    pub optional_body: bool,
}

/// An argument of a handle's method.
#[derive(Debug, Clone, PartialEq)]
pub struct Argument {
    /// Its name.
    pub ident: String,
    /// How it is taken.
    pub accept: Accept,
    /// Which state of the builder it goes to.
    pub target: Target,
}

/// Which part of a builder a value goes to.
#[derive(Debug, Clone, PartialEq)]
pub enum Target {
    /// The builder's own field of this name (a parameter).
    Parameter(String),
    /// A field of the body's struct.
    BodyField(String),
    /// The whole body.
    Body,
}

/// How a value is taken from the user. `T` stands for the value's own type, which is in each case's `RustType`.
#[derive(Debug, Clone, PartialEq)]
pub enum Accept {
    /// `T`: booleans, numbers.
    Plain(RustType),
    /// `impl Into<T>`: text, structs, enums, unions, `Nullable`.
    Into(RustType),
    /// `impl IntoIterator<Item = impl Into<I>>` for `Vec<I>`; with `plain` the items are `Item = I`.
    Items {
        /// The items' type.
        item: RustType,
        /// Whether items are taken as they are.
        plain: bool,
    },
    /// `impl IntoIterator<Item = (impl Into<String>, impl Into<V>)>` for a map.
    Pairs {
        /// The values' type.
        value: RustType,
        /// Whether values are taken as they are.
        plain: bool,
    },
}

/// A setter of a builder or of a struct.
#[derive(Debug, Clone, PartialEq)]
pub struct Setter {
    /// Its name.
    pub ident: String,
    /// Documentation.
    pub docs: Vec<String>,
    /// Whether what it sets is deprecated.
    pub deprecated: bool,
    /// How the value is taken.
    pub accept: Accept,
    /// How it is stored (a whole body that may be left out: in `Some`).
    pub store: Store,
    /// Where it goes.
    pub target: Target,
}

/// How a taken value is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Store {
    /// As it is: a required field, or a `Nullable`.
    Direct,
    /// In `Some`.
    Some,
    /// In a `Box`.
    Boxed,
    /// In `Some` of a `Box`.
    SomeBoxed,
    /// An `Option`, its value in a `Box`.
    OptionBoxed,
    /// A `Nullable`, its value in a `Box`.
    NullableBoxed,
}

/// A value sent outside the body: a field of the builder.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    /// The builder's field.
    pub ident: String,
    /// Its type, with `Option` where it may be left out.
    pub ty: RustType,
    /// Its name in the message.
    pub name: String,
    /// Where and how it is written.
    pub place: ParameterPlace,
    /// Whether reserved characters are sent as they are (in a query).
    pub reserved: bool,
}

/// Where and how a parameter is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParameterPlace {
    /// Into the path template.
    Path(Style),
    /// After the question mark.
    Query(Style),
    /// As a header.
    Header(Style),
    /// In the `Cookie` header.
    Cookie(Style),
}

/// OpenAPI's styles, by the variant's name in the runtime's `Style`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Comma-separated; `k,v`.
    Simple,
    /// Comma-separated; `k=v`.
    SimpleExploded,
    /// `a=1,2`
    Form,
    /// `a=1&a=2`
    FormExploded,
    /// `a=1%202`
    SpaceDelimited,
    /// `a=1|2`
    PipeDelimited,
    /// `a[k]=v`
    DeepObject,
    /// `.1,2`
    Label,
    /// `.1.2`
    LabelExploded,
    /// `;a=1,2`
    Matrix,
    /// `;a=1;a=2`
    MatrixExploded,
    /// JSON text.
    Json,
}

/// A request body.
#[derive(Debug, Clone, PartialEq)]
pub struct Body {
    /// The media type.
    pub media_type: String,
    /// How it is held and sent.
    pub kind: BodyKind,
    /// Fields of a URL-encoded form that are written in another style than their values would be.
    pub styles: Vec<FieldStyle>,
}

/// How a field of a URL-encoded form is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldStyle {
    /// Its name.
    pub name: String,
    /// Its style.
    pub style: Style,
    /// Whether reserved characters are sent as they are.
    pub reserved: bool,
}

/// How a body is held by the builder and sent.
#[derive(Debug, Clone, PartialEq)]
pub enum BodyKind {
    /// JSON from one value.
    Json(BodyValue),
    /// URL-encoded form from one value.
    Form(BodyValue),
    /// Parts, each a field of the builder.
    Multipart(Vec<Part>),
    /// Bytes: an `Upload`; `required` or `Option`.
    Binary {
        /// Whether it must be given.
        required: bool,
    },
    /// Text; `required` or `Option`.
    Text {
        /// Whether it must be given.
        required: bool,
    },
}

/// A body from one value, held by the builder as `body`.
#[derive(Debug, Clone, PartialEq)]
pub struct BodyValue {
    /// Its type, without `Option`.
    pub ty: RustType,
    /// How it may be left out.
    pub absent: AbsentBody,
    /// Where `ty` is a struct with required fields that are arguments: its constructor's arguments, as indices into
    /// `Call::arguments`, in the constructor's order. `None`: the body starts from `Default` (or is an argument).
    pub constructor: Option<Vec<usize>>,
    /// Whether setters reach into it (it is a struct that can be built field by field).
    pub fields: bool,
}

/// How a body may be left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AbsentBody {
    /// It may not: held as `T`.
    Never,
    /// Held as `Option<T>`; nothing is sent.
    Omitted,
    /// Held as `Option<T>`; `{}` is sent.
    EmptyObject,
}

/// A part of a multipart body: a field of the builder.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// The builder's field.
    pub ident: String,
    /// Its name in the form.
    pub name: String,
    /// Its type: `Upload`, or a value, in `Option` where it may be left out.
    pub ty: RustType,
    /// What it is.
    pub kind: PartKind,
    /// What is said in its head beside its name.
    pub head: PartHead,
}

/// What is said in the head of a part.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PartHead {
    /// Its content type, unless a file has one of its own; `None`: the one of its kind.
    pub content_type: Option<String>,
    /// Further headers.
    pub headers: Vec<(String, String)>,
}

/// What a part of a multipart body is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartKind {
    /// A file: `Upload`.
    File,
    /// Files: `Vec<Upload>`, a part for each.
    Files,
    /// Text of a scalar; of several, a part for each.
    Text,
    /// Scalars in one text, joined as a style says.
    Joined(Style),
    /// JSON text with `application/json`.
    Json,
    /// The same, a part for each item of a list.
    JsonItems,
}

/// What an awaited call gives.
#[derive(Debug, Clone, PartialEq)]
pub enum Output {
    /// One way to decode, whatever the status of success.
    One(Decode),
    /// An enum of the module, a variant for each declared status.
    ByStatus {
        /// The enum: `CreateOutput`.
        ident: String,
        /// Documentation.
        docs: Vec<String>,
        /// Its variants, statuses before ranges. The one for [`StatusPattern::Default`], or else the first, takes every status that no other
        /// one does.
        cases: Vec<Case>,
    },
}

/// A status of success with a content of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// The statuses.
    pub status: StatusPattern,
    /// The variant.
    pub ident: String,
    /// Documentation.
    pub docs: Vec<String>,
    /// What it holds.
    pub decode: Decode,
}

/// Statuses that a case is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatusPattern {
    /// One.
    Code(u16),
    /// A hundred: `Range(4)` is 400 to 499.
    Range(u8),
    /// All others.
    Default,
}

/// How a body becomes a value.
#[derive(Debug, Clone, PartialEq)]
pub enum Decode {
    /// `()`
    Empty,
    /// `T` from JSON.
    Json(RustType),
    /// `String`
    Text,
    /// `Download`
    Download,
    /// `Events`
    Events,
    /// `EventStream<T>`
    EventStream(RustType),
    /// `JsonLines<T>`
    JsonLines(RustType),
}

impl Decode {
    /// Whether it is a body that is still to be read, so that it can neither be cloned nor compared.
    pub const fn is_streamed(&self) -> bool {
        matches!(
            self,
            Self::Download | Self::Events | Self::EventStream(_) | Self::JsonLines(_)
        )
    }

    /// The type that it is made of.
    pub const fn ty(&self) -> Option<&RustType> {
        match self {
            Self::Json(ty) | Self::EventStream(ty) | Self::JsonLines(ty) => Some(ty),
            Self::Empty | Self::Text | Self::Download | Self::Events => None,
        }
    }
}

/// Bodies declared for failures: an enum of the module.
#[derive(Debug, Clone, PartialEq)]
pub struct Errors {
    /// The enum: `CreateError`.
    pub ident: String,
    /// Documentation.
    pub docs: Vec<String>,
    /// Its variants, statuses before ranges before the default; only such as have a body (`Json` or `Text`).
    pub cases: Vec<Case>,
}

/// A module of types.
#[derive(Debug, Clone, PartialEq)]
pub struct TypeModule {
    /// Its name.
    pub module: String,
    /// Its first lines.
    pub docs: Vec<String>,
    /// Its items.
    pub items: Vec<Item>,
    /// It is compiled where one of these features is on; none: always.
    pub features: Vec<String>,
}

/// A type.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// A record.
    Struct(Struct),
    /// Text out of a list that may grow.
    Enumeration(Enumeration),
    /// One of several.
    Union(Union),
}

/// A record.
#[derive(Debug, Clone, PartialEq)]
pub struct Struct {
    /// Its name.
    pub ident: String,
    /// Documentation.
    pub docs: Vec<String>,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// Its fields.
    pub fields: Vec<Field>,
    /// Values that are always the same: written for the user, checked when read.
    pub constants: Vec<Constant>,
    /// Field that keeps keys beyond the others: a `BTreeMap<String, V>`.
    pub rest: Option<Rest>,
    /// Whether all fields may be left out, so that it has `Default`.
    pub default: bool,
    /// `new` with these arguments and the setters, where users build it; `None` where only the API does.
    pub builder: Option<StructBuilder>,
}

/// `new` and setters of a struct.
#[derive(Debug, Clone, PartialEq)]
pub struct StructBuilder {
    /// `new`'s arguments: the required fields; `Target::BodyField` names the field, `Store` how it is stored.
    pub arguments: Vec<(Argument, Store)>,
    /// The setters of the rest; `Target::BodyField` names the field.
    pub setters: Vec<Setter>,
}

/// A field.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Its name in Rust.
    pub ident: String,
    /// Its key in JSON.
    pub name: String,
    /// Documentation.
    pub docs: Vec<String>,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// Its whole type, `Option`, `Nullable` and `Box` included.
    pub ty: RustType,
    /// How it may be missing.
    pub presence: Presence,
    /// Whether it must be given by whoever makes the record. A field that is only sent must, though answers lack it.
    pub asked: bool,
    /// Whether `Debug` leaves its value out.
    pub secret: bool,
}

/// How a field may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// Always there (`null` too, if its type is an `Option`).
    Required,
    /// `Option<T>`: left out when `None`; read from `null` or nothing.
    Optional,
    /// `Nullable<T>`: three states.
    Nullable,
}

/// A value that is always the same.
#[derive(Debug, Clone, PartialEq)]
pub struct Constant {
    /// Its key in JSON.
    pub name: String,
    /// The value: text, a boolean or an integer.
    pub value: ConstantValue,
    /// Whether it is always there; where it may be missing, it may be `null`, too.
    pub required: bool,
}

/// A constant's value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConstantValue {
    /// Text.
    Text(String),
    /// A boolean.
    Bool(bool),
    /// An integer.
    Integer(i64),
}

/// The field that keeps keys beyond the others.
#[derive(Debug, Clone, PartialEq)]
pub struct Rest {
    /// Its name.
    pub ident: String,
    /// Documentation.
    pub docs: Vec<String>,
    /// The values' type.
    pub value: RustType,
}

/// Text out of a list that may grow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enumeration {
    /// Its name.
    pub ident: String,
    /// Documentation.
    pub docs: Vec<String>,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// Its values.
    pub values: Vec<EnumerationValue>,
    /// The variant that keeps a value not known here: `Unknown`, unless a value is called that.
    pub unknown: String,
    /// Whether a field that can be sent as `null` holds it, so that `Nullable` of it is made from the same values.
    pub nullable: bool,
}

/// One value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnumerationValue {
    /// The variant.
    pub ident: String,
    /// The text.
    pub value: String,
}

/// One of several.
#[derive(Debug, Clone, PartialEq)]
pub struct Union {
    /// Its name.
    pub ident: String,
    /// Documentation.
    pub docs: Vec<String>,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// Its variants, one payload each.
    pub variants: Vec<Variant>,
    /// How a value's variant is found; indices into `variants`.
    pub decision: Decision,
    /// The variant that keeps an object whose tag is not known here (`serde_json::Value`); only with `ObjectChoice::Tag`.
    pub unknown: Option<String>,
    /// What was expected, for errors: `an array or a boolean`.
    pub expected: String,
    /// Whether a field that can be sent as `null` holds it, so that `Nullable` of it is made from the same values.
    pub nullable: bool,
}

/// A variant of a union.
#[derive(Debug, Clone, PartialEq)]
pub struct Variant {
    /// Its name.
    pub ident: String,
    /// Documentation.
    pub docs: Vec<String>,
    /// Its payload, `Box` included.
    pub ty: RustType,
    /// `From` these types (only such as no other variant takes, and never a parameter of the trait's own).
    pub from: Vec<Conversion>,
    /// A tag to write beside the payload's own fields, of which it is none.
    pub tag: Option<Tag>,
    /// The constants without which an object is not tried as this variant, since the payload would do without.
    pub keys: Vec<String>,
}

/// What tells an alternative from the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// The key.
    pub key: String,
    /// The text.
    pub text: String,
    /// Whether it is passed over where it is read, so that the payload does not keep it among its other properties.
    pub passed_over: bool,
}

/// A `From` implementation of a union.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Conversion {
    /// From the payload (unboxed).
    Payload,
    /// From `&str`, where the payload is `String` or an open enum.
    Str,
    /// From `[T; N]`, where the payload is `Vec<T>`.
    Array,
}

/// How a union's variant is found: by the kind of the JSON value first. Numbers in here are indices into
/// [`Union::variants`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Decision {
    /// The variant for `true` and `false`.
    pub boolean: Option<usize>,
    /// The variant for integers.
    pub integer: Option<usize>,
    /// The variant for numbers (integers too, where `integer` is `None`).
    pub number: Option<usize>,
    /// The variants for text, the most demanding first.
    pub string: Vec<usize>,
    /// The variants for arrays, the most demanding first.
    pub array: Vec<usize>,
    /// The variants for objects.
    pub object: ObjectChoice,
}

/// How an object's variant is found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum ObjectChoice {
    /// No variant is an object.
    #[default]
    None,
    /// The only one.
    One(usize),
    /// By the text under a key.
    Tag {
        /// The key.
        property: String,
        /// Tags, and the variants that have each. Where more than one has it, they are tried in this order.
        tags: Vec<(String, Vec<usize>)>,
    },
    /// By the keys that are there, in this order: the first whose keys are all present.
    Keys(Vec<(usize, Vec<String>)>),
    /// By trying, in this order.
    Trial(Vec<usize>),
}

/// A Rust type.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum RustType {
    /// `bool`
    Bool,
    /// `i8` … `u64`, `f32`, `f64`, by name.
    Numeric(&'static str),
    /// `String`
    String,
    /// `serde_json::Value`
    Json,
    /// `()`
    Unit,
    /// `jiff::Timestamp` or `chrono::DateTime<chrono::FixedOffset>`
    DateTime(DateCrate),
    /// `jiff::civil::Date` or `chrono::NaiveDate`
    Date(DateCrate),
    /// The runtime's `Upload`.
    Upload,
    /// `Vec<T>`
    Vec(Box<RustType>),
    /// `BTreeMap<String, T>`
    Map(Box<RustType>),
    /// `Option<T>`
    Option(Box<RustType>),
    /// The runtime's `Nullable<T>`
    Nullable(Box<RustType>),
    /// `Box<T>`
    Boxed(Box<RustType>),
    /// A type of this API's `types`.
    Named(String),
}
