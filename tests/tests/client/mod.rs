//! What the generated clients offer around their calls: transports, middleware, requests of one's own, and the features
//! `blocking`, `testing` and `tracing`.

mod blocking;
mod encryption;
mod mock;
mod raw;
mod tracing;
mod transport;

use browserbase_client::Client;
use browserbase_client::testing::Mock;
use serde_json::{Value, json};

/// A key that is found again wherever it leaks.
const KEY: &str = "key-27182818284590452353";

/// A client that sends nothing.
fn client(mock: &Mock) -> Client {
    Client::builder().api_key(KEY).transport(mock.clone()).build().unwrap()
}

/// A project as the API answers it.
fn project(name: &str) -> Value {
    json!({
        "id": "p-1",
        "createdAt": "2026-01-01T00:00:00Z",
        "updatedAt": "2026-01-02T00:00:00Z",
        "name": name,
        "ownerId": "o-1",
        "defaultTimeout": 60,
        "concurrency": 3
    })
}
