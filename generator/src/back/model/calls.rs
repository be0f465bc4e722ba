//! Resources and their calls: builders, what they take, and how a call is repeated or waited for.

use std::time::Duration;

use super::{Body, Decode, Errors, Output, Pages, Parameter, RustType};

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
