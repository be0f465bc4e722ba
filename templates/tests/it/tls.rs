//! Connections on which TLS cannot be agreed.

use std::error::Error as _;
use std::net::SocketAddr;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::runtime::Error;
use crate::sample::Client;

/// A peer that reads what comes first, answers with these bytes and hangs up.
async fn peer(answer: &'static [u8]) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let (mut connection, _) = listener.accept().await.unwrap();
        let mut hello = [0; 1024];
        let _ = connection.read(&mut hello).await.unwrap();
        connection.write_all(answer).await.unwrap();
    });
    address
}

async fn failure(base_url: String) -> Error {
    let client = Client::builder()
        .base_url(base_url)
        .api_key("k")
        .max_retries(0)
        .build()
        .unwrap();
    client.sessions().get("s").await.unwrap_err()
}

#[tokio::test]
async fn a_peer_without_tls_is_told_from_one_that_is_not_there() {
    for answer in [b"HTTP/1.1 400 Bad Request\r\n\r\n".as_slice(), b""] {
        let error = failure(format!("https://{}", peer(answer).await)).await;
        assert!(error.is_tls() && error.is_connect() && !error.is_timeout(), "{error:?}");
        assert!(error.to_string().contains("): no TLS connection: "), "{error}");
        assert!(error.source().unwrap().source().is_some());
    }
}

#[tokio::test]
async fn a_peer_that_is_not_there_is_no_matter_of_tls() {
    let closed = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let error = failure(format!("https://{closed}")).await;
    assert!(error.is_connect() && !error.is_tls(), "{error:?}");
    assert!(error.to_string().contains("): no connection: "), "{error}");
}
