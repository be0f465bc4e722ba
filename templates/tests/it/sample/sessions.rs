//! Calls.

use http::Method;

use super::types;
use crate::runtime::{
    CallOptions, Core, Declared, Download, Error, Multipart, Nullable, Operation, Pending, Response, Retry, Style,
    Upload, undeclared,
};

/// Sessions.
#[derive(Debug, Clone)]
pub struct Sessions {
    core: Core,
}

impl Sessions {
    pub(crate) fn new(core: Core) -> Self {
        Self { core }
    }

    /// Starts a session.
    pub fn create(&self) -> Create {
        Create {
            core: self.core.clone(),
            options: CallOptions::default(),
            body: None,
        }
    }

    /// Reads a session.
    pub fn get(&self, id: impl Into<String>) -> Get {
        Get {
            core: self.core.clone(),
            options: CallOptions::default(),
            id: id.into(),
        }
    }

    /// Lists sessions.
    pub fn list(&self) -> List {
        List {
            core: self.core.clone(),
            options: CallOptions::default(),
            status: None,
            limit: None,
        }
    }

    /// Stops a session.
    pub fn delete(&self, id: impl Into<String>) -> Delete {
        Delete {
            core: self.core.clone(),
            options: CallOptions::default(),
            id: id.into(),
        }
    }

    /// Sends a file into a session.
    pub fn upload_file(&self, id: impl Into<String>, file: impl Into<Upload>) -> UploadFile {
        UploadFile {
            core: self.core.clone(),
            options: CallOptions::default(),
            id: id.into(),
            file: file.into(),
            note: None,
        }
    }

    /// Sends bytes as they are.
    pub fn put_raw(&self, body: impl Into<Upload>) -> PutRaw {
        PutRaw {
            core: self.core.clone(),
            options: CallOptions::default(),
            body: body.into(),
        }
    }

    /// Files of a session.
    pub fn get_downloads(&self, id: impl Into<String>) -> GetDownloads {
        GetDownloads {
            core: self.core.clone(),
            options: CallOptions::default(),
            id: id.into(),
        }
    }

    /// The log.
    pub fn log(&self) -> Log {
        Log {
            core: self.core.clone(),
            options: CallOptions::default(),
        }
    }
}

macro_rules! call {
    ($name:ident, $output:ty) => {
        impl $name {
            /// Applies options to this call.
            pub fn with_options(mut self, options: CallOptions) -> Self {
                self.options = options;
                self
            }

            /// Sends the call.
            pub async fn send(self) -> Result<$output, Error> {
                Ok(self.with_response().await?.into_value())
            }
        }

        impl IntoFuture for $name {
            type Output = Result<$output, Error>;
            type IntoFuture = Pending<$output>;

            fn into_future(self) -> Self::IntoFuture {
                Box::pin(self.send())
            }
        }
    };
}

/// Starts a session.
#[derive(Debug, Clone)]
#[must_use = "a call is sent when it is awaited"]
pub struct Create {
    core: Core,
    options: CallOptions,
    body: Option<types::CreateSession>,
}

call!(Create, types::Session);

impl Create {
    /// A region.
    pub fn region(mut self, region: impl Into<types::Region>) -> Self {
        self.body.get_or_insert_default().region = Some(region.into());
        self
    }

    /// A profile.
    pub fn profile_id(mut self, profile_id: impl Into<Nullable<String>>) -> Self {
        self.body.get_or_insert_default().profile_id = profile_id.into();
        self
    }

    /// A width.
    pub fn width(mut self, width: impl Into<Nullable<i64>>) -> Self {
        self.body.get_or_insert_default().width = width.into();
        self
    }

    /// A country.
    pub fn country(mut self, country: impl Into<Nullable<types::Region>>) -> Self {
        self.body.get_or_insert_default().country = country.into();
        self
    }

    /// Proxies.
    pub fn proxies(mut self, proxies: impl Into<types::Proxies>) -> Self {
        self.body.get_or_insert_default().proxies = Some(proxies.into());
        self
    }

    /// The answer with its headers.
    pub async fn with_response(self) -> Result<Response<types::Session>, Error> {
        let mut request = self.core.request(&CREATE, self.options);
        request.json_or_empty("application/json", self.body.as_ref());
        request.receive().await?.json()
    }
}

static CREATE: Operation = Operation {
    id: "Sessions_create",
    method: Method::POST,
    path: "/v1/sessions",
    server: None,
    security: &[&[0]],
    accept: Some("application/json"),
    retry: Retry::NEVER,
    notes: &[(429, "Too many sessions at once.")],
    decode_error: CreateError::decode,
};

/// The bodies that the document declares for failures.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum CreateError {
    /// 422
    Unprocessable(types::Failure),
    /// 429
    TooManyRequests(types::Failure),
    /// 503
    Unavailable(String),
}

impl CreateError {
    fn decode(status: u16, body: &[u8]) -> Option<Declared> {
        match status {
            422 => Some(Declared::json(body, Self::Unprocessable)),
            429 => Some(Declared::json(body, Self::TooManyRequests)),
            503 => Some(Declared::text(body, Self::Unavailable)),
            _ => None,
        }
    }
}

/// Reads a session.
#[derive(Debug, Clone)]
#[must_use = "a call is sent when it is awaited"]
pub struct Get {
    core: Core,
    options: CallOptions,
    id: String,
}

call!(Get, types::Session);

impl Get {
    /// The answer with its headers.
    pub async fn with_response(self) -> Result<Response<types::Session>, Error> {
        let mut request = self.core.request(&GET, self.options);
        request.path("id", Style::Simple, &self.id);
        request.receive().await?.json()
    }
}

static GET: Operation = Operation {
    id: "Sessions_get",
    method: Method::GET,
    path: "/v1/sessions/{id}",
    server: None,
    security: &[&[0]],
    accept: Some("application/json"),
    retry: Retry::NEVER,
    notes: &[],
    decode_error: undeclared,
};

/// Lists sessions.
#[derive(Debug, Clone)]
#[must_use = "a call is sent when it is awaited"]
pub struct List {
    core: Core,
    options: CallOptions,
    status: Option<Vec<types::Region>>,
    limit: Option<f64>,
}

call!(List, Vec<types::Session>);

impl List {
    /// Of these.
    pub fn status(mut self, status: impl IntoIterator<Item = impl Into<types::Region>>) -> Self {
        self.status = Some(status.into_iter().map(Into::into).collect());
        self
    }

    /// So many.
    pub fn limit(mut self, limit: f64) -> Self {
        self.limit = Some(limit);
        self
    }

    /// The answer with its headers.
    pub async fn with_response(self) -> Result<Response<Vec<types::Session>>, Error> {
        let mut request = self.core.request(&LIST, self.options);
        request.query("status", Style::FormExploded, &self.status);
        request.query("limit", Style::FormExploded, &self.limit);
        request.receive().await?.json()
    }
}

static LIST: Operation = Operation {
    id: "Sessions_list",
    method: Method::GET,
    path: "/v1/sessions",
    server: None,
    security: &[&[0]],
    accept: Some("application/json"),
    retry: Retry::NEVER,
    notes: &[],
    decode_error: undeclared,
};

/// Stops a session.
#[derive(Debug, Clone)]
#[must_use = "a call is sent when it is awaited"]
pub struct Delete {
    core: Core,
    options: CallOptions,
    id: String,
}

call!(Delete, ());

impl Delete {
    /// The answer with its headers.
    pub async fn with_response(self) -> Result<Response<()>, Error> {
        let mut request = self.core.request(&DELETE, self.options);
        request.path("id", Style::Simple, &self.id);
        request.send().await?.empty().await
    }
}

static DELETE: Operation = Operation {
    id: "Sessions_delete",
    method: Method::DELETE,
    path: "/v1/sessions/{id}",
    server: None,
    security: &[&[0]],
    accept: None,
    retry: Retry::NEVER,
    notes: &[],
    decode_error: undeclared,
};

/// Sends a file into a session.
#[derive(Debug)]
#[must_use = "a call is sent when it is awaited"]
pub struct UploadFile {
    core: Core,
    options: CallOptions,
    id: String,
    file: Upload,
    note: Option<String>,
}

call!(UploadFile, serde_json::Value);

impl UploadFile {
    /// A note.
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }

    /// The answer with its headers.
    pub async fn with_response(self) -> Result<Response<serde_json::Value>, Error> {
        let mut request = self.core.request(&UPLOAD_FILE, self.options);
        request.path("id", Style::Simple, &self.id);
        let mut form = Multipart::new();
        form.file("file", self.file);
        form.text("note", &self.note);
        form.json("meta", &Some(["a"]));
        request.multipart(form);
        request.receive().await?.json()
    }
}

static UPLOAD_FILE: Operation = Operation {
    id: "Sessions_uploadFile",
    method: Method::POST,
    path: "/v1/sessions/{id}/uploads",
    server: None,
    security: &[&[0]],
    accept: Some("application/json"),
    retry: Retry::NEVER,
    notes: &[],
    decode_error: undeclared,
};

/// Sends bytes as they are.
#[derive(Debug)]
#[must_use = "a call is sent when it is awaited"]
pub struct PutRaw {
    core: Core,
    options: CallOptions,
    body: Upload,
}

call!(PutRaw, ());

impl PutRaw {
    /// The answer with its headers.
    pub async fn with_response(self) -> Result<Response<()>, Error> {
        let mut request = self.core.request(&PUT_RAW, self.options);
        request.upload("application/octet-stream", self.body);
        request.send().await?.empty().await
    }
}

static PUT_RAW: Operation = Operation {
    id: "PUT /v1/raw",
    method: Method::PUT,
    path: "/v1/raw",
    server: None,
    security: &[&[0]],
    accept: None,
    retry: Retry::NEVER,
    notes: &[],
    decode_error: undeclared,
};

/// Files of a session.
#[derive(Debug, Clone)]
#[must_use = "a call is sent when it is awaited"]
pub struct GetDownloads {
    core: Core,
    options: CallOptions,
    id: String,
}

call!(GetDownloads, Download);

impl GetDownloads {
    /// The answer with its headers.
    pub async fn with_response(self) -> Result<Response<Download>, Error> {
        let mut request = self.core.request(&GET_DOWNLOADS, self.options);
        request.path("id", Style::Simple, &self.id);
        Ok(request.send().await?.download())
    }
}

static GET_DOWNLOADS: Operation = Operation {
    id: "Sessions_getDownloads",
    method: Method::GET,
    path: "/v1/sessions/{id}/downloads",
    server: None,
    security: &[&[0]],
    accept: Some("application/zip"),
    retry: Retry::NEVER,
    notes: &[],
    decode_error: undeclared,
};

/// The log.
#[derive(Debug, Clone)]
#[must_use = "a call is sent when it is awaited"]
pub struct Log {
    core: Core,
    options: CallOptions,
}

call!(Log, String);

impl Log {
    /// The answer with its headers.
    pub async fn with_response(self) -> Result<Response<String>, Error> {
        self.core.request(&LOG, self.options).receive().await?.text()
    }
}

static LOG: Operation = Operation {
    id: "Log_get",
    method: Method::GET,
    path: "/v1/log",
    server: None,
    security: &[],
    accept: Some("text/plain"),
    retry: Retry::NEVER,
    notes: &[],
    decode_error: undeclared,
};
