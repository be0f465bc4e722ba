//! What every client shares: sending calls, reading answers, errors, and the pieces that types are read and written
//! with.
//!
//! Nothing in here knows a particular API: what an API is comes as data, in [`Api`] and [`Operation`].

mod auth;
mod body;
mod client;
pub mod de;
mod declared;
mod decode_error;
mod error;
mod excerpt;
mod http_date;
mod json_lines;
mod json_path;
mod multipart;
mod nullable;
mod operation;
mod options;
mod param;
mod path;
mod payload;
mod redirect;
mod request;
mod response;
mod retry;
mod retry_after;
mod save;
mod secret;
mod send;
pub mod ser;
mod sse;
mod status_error;
mod stream;
mod transport_error;
mod upload;
mod wait;

pub use client::{Api, ClientBuilder, Core, Credential, CredentialKind};
pub use declared::{Declared, undeclared};
pub use decode_error::DecodeError;
pub use error::{ConfigError, Error, IoError, RequestError};
pub use json_lines::JsonLines;
pub use multipart::Multipart;
pub use nullable::Nullable;
pub use operation::Operation;
pub use options::CallOptions;
pub use param::Style;
pub use request::Request;
pub use response::{Download, Incoming, Response};
pub use retry::{ConnectionRetry, Retry, RetryPolicy};
pub use secret::{Hidden, Secret};
pub use sse::{Event, EventStream, Events};
pub use status_error::StatusError;
pub use transport_error::TransportError;
pub use upload::Upload;
pub use wait::{Pace, WaitError, Waiter};

/// The future of a call: boxed, so that it has a name, and `'static`, so that it can be spawned.
pub type Pending<T> = std::pin::Pin<Box<dyn Future<Output = Result<T, Error>> + Send + 'static>>;
