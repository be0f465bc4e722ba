//! The same bytes over a bare connection, without HTTP: less than this no client can take.

use std::net::TcpStream;

use http::{Method, StatusCode};
use reqwest::Url;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::contender::{Call, Caller, Running};
use super::{KEY, SESSION};
use crate::{Failure, server};

/// The body of [`Call::Create`], as both clients write it.
const BODY: &str = r#"{"keepAlive":true,"proxies":[{"type":"browserbase","domainPattern":"*.shop"}],"region":"eu-central-1","userMetadata":{"team":"growth"}}"#;

pub(super) struct Calls {
    connection: tokio::net::TcpStream,
    request: Vec<u8>,
    answer: Vec<u8>,
}

impl Calls {
    pub(super) fn new(base_url: &str, call: Call) -> Result<Self, Failure> {
        let url = Url::parse(base_url)?;
        let connection = TcpStream::connect(&*url.socket_addrs(|| None)?)?;
        connection.set_nodelay(true)?;
        connection.set_nonblocking(true)?;
        let (method, path, body) = match call {
            Call::Get => (Method::GET, format!("/v1/sessions/{SESSION}"), ""),
            Call::Create => (Method::POST, "/v1/sessions".to_owned(), BODY),
        };
        let content = match body.len() {
            0 => String::new(),
            length => format!("content-type: application/json\r\ncontent-length: {length}\r\n"),
        };
        let host = url.authority();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nuser-agent: socket/1.0\r\naccept: application/json\r\n\
             x-bb-api-key: {KEY}\r\n{content}host: {host}\r\n\r\n{body}"
        );
        let answer = vec![0; server::json(StatusCode::OK, server::SESSION).len()];
        Ok(Self {
            connection: tokio::net::TcpStream::from_std(connection)?,
            request: request.into_bytes(),
            answer,
        })
    }
}

impl Caller for Calls {
    fn repeat(&mut self, calls: u32) -> Running<'_> {
        Box::pin(async move {
            for _ in 0..calls {
                self.connection.write_all(&self.request).await?;
                self.connection.read_exact(&mut self.answer).await?;
            }
            Ok(())
        })
    }
}
