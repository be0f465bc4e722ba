//! The same calls as a careful engineer would write them for this one purpose, with `reqwest` and serde's derive: the
//! same addresses, headers, times, types and failures as the generated client, and nothing that the calls do not need.

use std::collections::BTreeMap;
use std::time::Duration;

use http::header::{ACCEPT, CONTENT_TYPE, HeaderMap, HeaderValue, USER_AGENT};
use reqwest::{Method, Url, redirect};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::contender::{Call, Caller, Running};
use super::{KEY, SESSION};
use crate::Failure;

pub(super) struct Calls {
    http: reqwest::Client,
    base_url: Url,
    call: Call,
}

/// The status and the body of a call that failed.
#[derive(Debug)]
struct Refused {
    status: http::StatusCode,
    body: bytes::Bytes,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
enum Region {
    #[serde(rename = "us-west-2")]
    UsWest2,
    #[serde(rename = "us-east-1")]
    UsEast1,
    #[serde(rename = "eu-central-1")]
    EuCentral1,
    #[serde(rename = "ap-southeast-1")]
    ApSoutheast1,
    #[serde(other)]
    Unknown,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum Status {
    Running,
    Error,
    TimedOut,
    Completed,
    Pending,
    #[serde(other)]
    Unknown,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(
    dead_code,
    reason = "what is read is what the call is for, not what this program does with it"
)]
struct Session {
    id: String,
    created_at: jiff::Timestamp,
    updated_at: jiff::Timestamp,
    project_id: String,
    started_at: jiff::Timestamp,
    ended_at: Option<jiff::Timestamp>,
    expires_at: jiff::Timestamp,
    status: Status,
    proxy_bytes: i64,
    keep_alive: bool,
    context_id: Option<String>,
    region: Region,
    user_metadata: Option<BTreeMap<String, serde_json::Value>>,
    connect_url: Option<String>,
    selenium_remote_url: Option<String>,
    signing_key: Option<String>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct CreateSession {
    keep_alive: bool,
    proxies: Vec<Proxy>,
    region: Region,
    user_metadata: BTreeMap<String, serde_json::Value>,
}

#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
enum Proxy {
    Browserbase { domain_pattern: String },
}

impl Calls {
    pub(super) fn new(base_url: &str, call: Call) -> Result<Self, Failure> {
        let mut key = HeaderValue::from_static(KEY);
        key.set_sensitive(true);
        let headers = [
            (USER_AGENT, HeaderValue::from_static("by-hand/1.0")),
            (ACCEPT, HeaderValue::from_static("application/json")),
            (http::HeaderName::from_static("x-bb-api-key"), key),
        ];
        let http = reqwest::Client::builder()
            .default_headers(HeaderMap::from_iter(headers))
            .redirect(redirect::Policy::none())
            .connect_timeout(Duration::from_secs(5))
            .timeout(Duration::from_secs(60))
            .build()?;
        let base_url = Url::parse(base_url)?;
        Ok(Self { http, base_url, call })
    }

    async fn get(&self, id: &str) -> Result<Session, Failure> {
        let url = self.url(&["v1", "sessions", id])?;
        answered(self.http.request(Method::GET, url)).await
    }

    async fn create(&self, session: &CreateSession) -> Result<Session, Failure> {
        let request = self.http.request(Method::POST, self.url(&["v1", "sessions"])?);
        let body = serde_json::to_vec(session)?;
        answered(request.header(CONTENT_TYPE, "application/json").body(body)).await
    }

    /// An address: each segment is escaped.
    fn url(&self, path: &[&str]) -> Result<Url, Failure> {
        let mut url = self.base_url.clone();
        let mut segments = url
            .path_segments_mut()
            .map_err(|()| "the base URL cannot have a path")?;
        segments.pop_if_empty().extend(path);
        drop(segments);
        Ok(url)
    }
}

/// Sends a call and reads its answer.
async fn answered<T: DeserializeOwned>(request: reqwest::RequestBuilder) -> Result<T, Failure> {
    let response = request.send().await?;
    let status = response.status();
    let body = response.bytes().await?;
    if status.is_success() {
        Ok(serde_json::from_slice(&body)?)
    } else {
        Err(Refused { status, body }.into())
    }
}

impl Caller for Calls {
    fn repeat(&mut self, calls: u32) -> Running<'_> {
        Box::pin(async move {
            for _ in 0..calls {
                let session = match self.call {
                    Call::Get => self.get(SESSION).await?,
                    Call::Create => self.create(&wanted()).await?,
                };
                if session.id != SESSION {
                    return Err(format!("the session is {}", session.id).into());
                }
            }
            Ok(())
        })
    }
}

fn wanted() -> CreateSession {
    CreateSession {
        keep_alive: true,
        proxies: vec![Proxy::Browserbase {
            domain_pattern: "*.shop".to_owned(),
        }],
        region: Region::EuCentral1,
        user_metadata: BTreeMap::from([("team".to_owned(), "growth".into())]),
    }
}

impl std::error::Error for Refused {}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.status, String::from_utf8_lossy(&self.body))
    }
}
