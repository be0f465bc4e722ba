//! What every client shares: sending calls, reading answers, errors, and the pieces that types are read and written
//! with.
//!
//! Nothing in here knows a particular API: what an API is comes as data, in [`Api`] and [`Operation`].

mod access;
mod auth;
mod base_url;
#[cfg(all(feature = "blocking", not(target_arch = "wasm32")))]
pub mod blocking;
mod body;
mod call;
mod chance;
mod client;
pub mod de;
mod declared;
mod decode_error;
mod download;
mod error;
mod excerpt;
mod header;
mod http_client;
mod http_date;
mod json_lines;
mod json_path;
mod multipart;
mod nullable;
mod oauth;
mod operation;
mod options;
mod pages;
mod param;
mod path;
mod payload;
mod platform;
mod raw;
mod received;
mod redirect;
mod request;
mod response;
mod retry;
mod retry_after;
#[cfg(not(target_arch = "wasm32"))]
mod save;
mod secret;
mod send;
pub mod ser;
mod sse;
mod status_error;
mod stream;
#[cfg(feature = "testing")]
pub mod testing;
mod token_error;
mod tokens;
mod trace;
mod transport;
mod transport_body;
mod transport_error;
mod upload;
mod wait;

pub use client::{Api, ClientBuilder, Core, Credential, CredentialKind, Undeclared};
pub use declared::{Declared, undeclared};
pub use decode_error::DecodeError;
pub use download::Download;
pub use error::{ConfigError, Error, IoError, RequestError};
pub use header::{HeaderError, header, header_by};
pub use json_lines::JsonLines;
pub use multipart::Multipart;
pub use nullable::Nullable;
pub use oauth::{ClientCredentials, TokenEndpoint};
pub use operation::Operation;
pub use options::CallOptions;
pub use pages::{Count, Items, Pages, next_link, text_of, text_under};
pub use param::{Reserved, Style};
pub use platform::{MaybeSend, MaybeSync};
pub use raw::RawRequest;
pub use received::Received;
pub use request::Request;
pub use response::{Incoming, Response};
pub use retry::{ConnectionRetry, Retry, RetryPolicy};
pub use secret::{Hidden, Secret};
pub use sse::{Event, EventStream, Events};
pub use status_error::StatusError;
pub use token_error::TokenError;
pub use transport::{Attempt, Exchange, HttpRequest, Middleware, Next, Transport, TransportFailure};
pub use transport_body::{RequestBody, ResponseBody};
pub use transport_error::{TimeoutKind, TransportError};
pub use upload::Upload;
pub use wait::{Pace, WaitError, Waiter};

/// The future of a call: boxed, so that it has a name, and `'static`, so that it can be spawned.
pub type Pending<T> = platform::BoxFuture<'static, Result<T, Error>>;
