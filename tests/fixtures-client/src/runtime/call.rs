//! A call: its parts, and the request that they make, anew for each attempt. Knows nothing of when it is sent.

use http::{HeaderMap, HeaderValue, header};
use reqwest::Url;

use super::access::Access;
use super::auth::{self, Ready};
use super::base_url;
use super::body::Limit;
use super::client::header as header_of;
use super::operation::OperationRef;
use super::payload::{Content, Payload};
use super::trace::Trace;
use super::transport::HttpRequest;
use super::transport_body::RequestBody;
use super::{CallOptions, Core, Error, param, path};

/// A call.
pub(super) struct Call {
    pub(super) core: Core,
    pub(super) operation: OperationRef,
    pub(super) options: CallOptions,
    /// Names in the template, and encoded text.
    pub(super) path: Vec<(&'static str, String)>,
    /// Encoded pairs.
    pub(super) query: Vec<String>,
    pub(super) headers: HeaderMap,
    pub(super) cookies: Vec<String>,
    /// The body as it was given; until the call is ready.
    pub(super) body: Content,
    /// The body as it is sent; from then on.
    pub(super) payload: Payload,
    /// What was wrong with its parts first.
    pub(super) error: Option<Error>,
    /// The credentials that it takes, by index.
    pub(super) credentials: &'static [usize],
    /// Where it takes an access token that is to be fetched; boxed, as most take none.
    pub(super) access: Option<Box<Access>>,
    /// When all must be over.
    pub(super) deadline: Option<Limit>,
    /// How often it has been sent.
    pub(super) attempts: u32,
    pub(super) trace: Trace,
}

impl Call {
    pub(super) fn new(core: Core, operation: OperationRef, options: CallOptions) -> Self {
        Self {
            trace: Trace::new(&operation),
            core,
            operation,
            options,
            path: Vec::new(),
            query: Vec::new(),
            headers: HeaderMap::new(),
            cookies: Vec::new(),
            body: Content::None,
            payload: Payload::None,
            error: None,
            credentials: &[],
            access: None,
            deadline: None,
            attempts: 0,
        }
    }

    /// An error about it, before it is sent.
    pub(super) fn refuse(&self, message: impl Into<String>) -> Error {
        Error::request(self.operation.clone(), message)
    }

    /// Does what is done once, however often it is sent.
    pub(super) fn make_ready(&mut self) -> Result<(), Error> {
        if let Some(error) = self.error.take() {
            return Err(error);
        }
        let shared = &*self.core.shared;
        self.credentials = auth::choose(shared.api, &self.operation, |index| {
            matches!(shared.credentials.get(index), Some(Some(_)))
        })?;
        let given = self.options.given();
        if given.is_some_and(|given| given.link.is_some()) {
            // It has the query in it.
            self.query.clear();
        }
        for ready in self.core.ready(self.credentials) {
            match ready {
                Ready::Header(..) => {}
                Ready::Token(_) => self.access = Some(Box::default()),
                Ready::Query(name, secret) => {
                    let (name, value) = (param::encode(name), param::encode(secret.expose()));
                    self.query.push(format!("{name}={value}"));
                }
                Ready::Cookie(name, secret) => self.cookies.push(format!("{name}={}", param::encode(secret.expose()))),
            }
        }
        let body = std::mem::replace(&mut self.body, Content::None);
        let body = match self.options.given() {
            Some(given) => body.with_fields(&given.body_fields),
            None => Ok(body),
        };
        self.payload = body
            .and_then(Content::payload)
            .map_err(|message| self.refuse(message))?;
        let deadline = self.options.given().and_then(|given| given.deadline);
        self.deadline = Limit::new(deadline, self.core.shared.deadline);
        Ok(())
    }

    /// The request, without its body.
    pub(super) fn request(&self) -> Result<HttpRequest, Error> {
        let refuse = |message: String| self.refuse(message);
        let method = self.operation.method.clone();
        // With room for what is added, so that it need not grow.
        let defaults = &self.core.shared.headers;
        let mut headers = HeaderMap::with_capacity(defaults.len() + self.headers.len() + 4);
        headers.extend(defaults.iter().map(|(name, value)| (name.clone(), value.clone())));
        if let Some(accept) = self.operation.accept {
            headers.insert(header::ACCEPT, HeaderValue::from_static(accept));
        }
        for (name, value) in &self.headers {
            headers.insert(name, value.clone());
        }
        for ready in self.core.ready(self.credentials) {
            if let Ready::Header(name, value) = ready {
                headers.insert(name, value.clone());
            }
        }
        if let Some(token) = self.access.as_ref().and_then(|access| access.value.as_ref()) {
            headers.insert(header::AUTHORIZATION, token.clone());
        }
        // All cookies stand in one header.
        if !self.cookies.is_empty() {
            let (name, value) = header_of("cookie", &self.cookies.join("; ")).map_err(refuse)?;
            headers.insert(name, value);
        }
        self.payload.describe(&method, &mut headers);
        // Last, so that they replace whatever the call would send.
        for (name, value) in self.options.given().into_iter().flat_map(|given| &given.headers) {
            let (name, value) = header_of(name, value).map_err(refuse)?;
            headers.insert(name, value);
        }
        Ok(HttpRequest {
            method,
            url: self.url().map_err(refuse)?,
            headers,
            body: RequestBody::empty(),
        })
    }

    fn url(&self) -> Result<Url, String> {
        let shared = &self.core.shared;
        let mut url = match self.operation.server.filter(|_| !shared.base_url_given) {
            Some(server) if server.starts_with('/') => {
                shared.base_url.join(server).map_err(|error| error.to_string())?
            }
            Some(server) => base_url::parse(server, shared.allows_http).map_err(|error| error.to_string())?,
            None => shared.base_url.clone(),
        };
        let (path, template_query) = path::fill(url.path(), self.operation.path, &self.path)?;
        url.set_path(&path);
        if let Some(link) = self.options.given().and_then(|given| given.link.as_ref()) {
            self.follow(&mut url, link)?;
            return Ok(url);
        }
        if let Some(query) = self.whole_query(url.query(), template_query) {
            url.set_query(Some(&query));
        }
        Ok(url)
    }

    /// The query of the base URL, the template's, the operation's, and what was given for this call.
    fn whole_query(&self, base: Option<&str>, template: Option<&str>) -> Option<String> {
        let mut whole = String::new();
        let mut add = |pair: &str| {
            if !whole.is_empty() {
                whole.push('&');
            }
            whole.push_str(pair);
        };
        base.into_iter().chain(template).for_each(&mut add);
        self.query.iter().for_each(|pair| add(pair));
        for (name, value) in self.options.given().into_iter().flat_map(|given| &given.query) {
            add(&format!("{}={}", param::encode(name), param::encode(value)));
        }
        (!whole.is_empty()).then_some(whole)
    }

    /// Goes to the address that a link names, always at the API's own origin: servers behind a proxy do not know how
    /// they are reached. It holds the whole query but for secrets.
    fn follow(&self, url: &mut Url, link: &str) -> Result<(), String> {
        let target = url
            .join(link)
            .map_err(|error| format!("the link to the next page is not valid: {error}"))?;
        if target.host() != url.host() {
            return Err("the link to the next page leads to another host".to_owned());
        }
        let name = |pair: &str| pair.split('=').next().unwrap_or_default().to_owned();
        let mut query: Vec<&str> = target.query().into_iter().flat_map(|query| query.split('&')).collect();
        for secret in &self.query {
            query.retain(|pair| name(pair) != name(secret));
            query.push(secret);
        }
        let query = (!query.is_empty()).then(|| query.join("&"));
        url.set_path(target.path());
        url.set_query(query.as_deref());
        Ok(())
    }
}
