//! Every operation of Browser Use, in both versions.

use browser_use_client::{v2, v3};
use serde_json::{Value, json};

use super::{Answered, BROWSER_USE_V2, BROWSER_USE_V3, Row, Sent, call, run};

const JSON: &str = "application/json";

#[tokio::test]
async fn version_2_sends_and_reads_what_the_document_says() {
    run(&BROWSER_USE_V2, rows_v2()).await;
}

#[tokio::test]
async fn version_3_sends_and_reads_what_the_document_says() {
    run(&BROWSER_USE_V3, rows_v3()).await;
}

pub(crate) fn session() -> Value {
    json!({
        "id": "8a6e4b52-0b7a-4b6a-9a2c-3f1f6c7b9d10",
        "status": "active",
        "startedAt": "2026-10-01T08:00:00Z",
        "persistMemory": true,
        "keepAlive": false
    })
}

pub(super) fn full_session() -> Value {
    json!({
        "id": "8a6e4b52-0b7a-4b6a-9a2c-3f1f6c7b9d10",
        "status": "stopped",
        "startedAt": "2026-10-01T08:00:00Z",
        "persistMemory": false,
        "keepAlive": true,
        "liveUrl": "https://live.example/?s=1",
        "finishedAt": "2026-10-01T09:00:00.000001Z",
        "proxyUsedMb": "12.3400000000000000000000000001",
        "proxyCost": "-.5"
    })
}

fn rows_v2_minimal() -> Row<v2::Client> {
    Row {
        id: "create_session_sessions_post",
        method: "POST",
        target: "/api/v2/sessions",
        accept: JSON,
        // The body is optional; the vendor's own SDKs send one without fields.
        sent: Sent::Json(json!({})),
        answer: (201, Answered::Json(session())),
        call: call!(|client| client.sessions().create()),
    }
}

pub(super) fn rows_v2() -> Vec<Row<v2::Client>> {
    let full: Row<v2::Client> = Row {
        sent: Sent::Json(json!({
            "profileId": "11111111-2222-3333-4444-555555555555",
            "proxyCountryCode": "no",
            "startUrl": "https://example.com/",
            "browserScreenWidth": 1920,
            "browserScreenHeight": 1080,
            "persistMemory": false,
            "keepAlive": true,
            "customProxy": {
                "host": "proxy.example", "port": 65535, "username": "u", "password": "p", "ignoreCertErrors": true
            }
        })),
        answer: (201, Answered::Json(full_session())),
        call: call!(|client| {
            let proxy = v2::types::CustomProxy::new("proxy.example", 65535)
                .username("u")
                .password("p");
            let call = client.sessions().create();
            call.profile_id("11111111-2222-3333-4444-555555555555")
                .proxy_country_code(v2::types::ProxyCountryCode::No)
                .start_url("https://example.com/")
                .browser_screen_width(1920)
                .browser_screen_height(1080)
                .persist_memory(false)
                .keep_alive(true)
                .custom_proxy(proxy.ignore_cert_errors(true))
        }),
        ..rows_v2_minimal()
    };
    vec![rows_v2_minimal(), full]
}

pub(crate) fn browser_session() -> Value {
    json!({
        "id": "8a6e4b52-0b7a-4b6a-9a2c-3f1f6c7b9d10",
        "status": "active",
        "timeoutAt": "2026-10-01T09:00:00Z",
        "startedAt": "2026-10-01T08:00:00Z"
    })
}

pub(super) fn full_browser_session() -> Value {
    json!({
        "id": "8a6e4b52-0b7a-4b6a-9a2c-3f1f6c7b9d10",
        "status": "stopped",
        "liveUrl": "https://live.example/",
        "cdpUrl": "wss://cdp.example/?token=t",
        "timeoutAt": "2026-10-01T09:00:00Z",
        "startedAt": "2026-10-01T08:00:00Z",
        "finishedAt": "2026-10-01T08:30:00Z",
        "proxyUsedMb": "0.1000000000000000000001",
        "proxyCost": "0",
        "browserCost": "+00.020",
        "agentSessionId": "99999999-2222-3333-4444-555555555555",
        "recordingUrl": ""
    })
}

fn rows_v3_minimal() -> Row<v3::Client> {
    Row {
        id: "create_browser_session_browsers_post",
        method: "POST",
        target: "/api/v3/browsers",
        accept: JSON,
        // The body is required, and nothing in it is.
        sent: Sent::Json(json!({})),
        answer: (201, Answered::Json(browser_session())),
        call: call!(|client| client.browsers().create()),
    }
}

pub(super) fn rows_v3() -> Vec<Row<v3::Client>> {
    let full: Row<v3::Client> = Row {
        sent: Sent::Json(json!({
            "profileId": "11111111-2222-3333-4444-555555555555",
            "proxyCountryCode": "de",
            "timeout": 240,
            "browserScreenWidth": 6144,
            "browserScreenHeight": 3456,
            "allowResizing": true,
            "customProxy": {
                "host": "proxy.example", "port": 1, "username": "u", "password": "p", "ignoreCertErrors": false
            },
            "enableRecording": true
        })),
        answer: (201, Answered::Json(full_browser_session())),
        call: call!(|client| {
            let proxy = v3::types::CustomProxy::new("proxy.example", 1)
                .username("u")
                .password("p");
            let call = client.browsers().create();
            call.profile_id("11111111-2222-3333-4444-555555555555")
                .proxy_country_code(v3::types::ProxyCountryCode::De)
                .timeout(240)
                .browser_screen_width(6144)
                .browser_screen_height(3456)
                .allow_resizing(true)
                .custom_proxy(proxy.ignore_cert_errors(false))
                .enable_recording(true)
        }),
        ..rows_v3_minimal()
    };
    vec![rows_v3_minimal(), full]
}
