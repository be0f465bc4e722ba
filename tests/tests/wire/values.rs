//! What the types make of values that are unusual and still right: those that the document does not know yet, large
//! numbers, exact decimals, odd addresses, every form of a time.

use browser_use_client::{v2, v3};
use browserbase_client::types::{
    BrowserbaseProxyConfig, CreatedSession, OperatingSystem, Project, ProjectUsage, Proxies, ProxyConfig, Region,
    SearchResults, Session, SessionLiveUrls, SessionRecording, SessionStatus, SessionStatusUpdate,
};
use browserbase_client::types::{Context, ContextUpload, Extension, FetchedPage, SessionDetails, SessionLog};
use clientsmith::ir::{Api, Shape};
use clientsmith_tests::server::{Answer, Server};
use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, from_value, json, to_value};

use super::complete::apis;
use super::{browser_use, browserbase as samples};

fn time(text: &str) -> Timestamp {
    text.parse().unwrap()
}

#[test]
fn every_field_of_a_session_is_where_it_belongs() {
    let session: CreatedSession = from_value(samples::connected(samples::full_session())).unwrap();
    assert_eq!(session.id, "sess_2");
    assert_eq!(session.created_at, time("2026-10-01T08:00:00Z"));
    assert_eq!(session.updated_at, time("2026-10-01T08:00:01Z"));
    assert_eq!(session.project_id, "proj_1");
    assert_eq!(session.started_at, time("2026-10-01T08:00:02Z"));
    assert_eq!(session.ended_at, Some(time("2026-10-01T09:00:00.5Z")));
    assert_eq!(session.expires_at, time("2026-10-01T14:00:00Z"));
    assert_eq!(session.status, SessionStatus::TimedOut);
    assert_eq!(session.proxy_bytes, 3_000_000_000);
    assert!(session.keep_alive);
    assert_eq!(session.context_id.as_deref(), Some("ctx_1"));
    assert_eq!(session.region, Region::ApSoutheast1);
    let metadata = session.user_metadata.unwrap();
    assert_eq!(to_value(metadata).unwrap(), samples::full_session()["userMetadata"]);
    assert_eq!(session.connect_url, "wss://connect.example/?apiKey=k&sessionId=sess_2");
    assert_eq!(session.selenium_remote_url, "");
    assert_eq!(session.signing_key, "sign");

    let least: Session = from_value(samples::session()).unwrap();
    assert_eq!(
        (least.ended_at, least.context_id, least.user_metadata),
        (None, None, None)
    );
    assert_eq!(
        (least.status, least.region, least.keep_alive),
        (SessionStatus::Running, Region::UsWest2, false)
    );

    let details: SessionDetails = from_value(samples::session()).unwrap();
    assert_eq!(
        (details.connect_url, details.selenium_remote_url, details.signing_key),
        (None, None, None)
    );
    let details: SessionDetails = from_value(samples::connected(samples::session())).unwrap();
    assert_eq!(details.selenium_remote_url.as_deref(), Some(""));
    assert_eq!(details.signing_key.as_deref(), Some("sign"));
    assert!(details.connect_url.unwrap().starts_with("wss://"));
}

#[test]
fn every_field_of_a_project_a_context_and_an_extension_is_where_it_belongs() {
    let project: Project = from_value(samples::project()).unwrap();
    assert_eq!(
        (&*project.id, &*project.name, &*project.owner_id),
        ("proj_1", "Default", "user_1")
    );
    assert_eq!((project.default_timeout, project.concurrency), (21600, 100));
    assert_eq!(project.created_at, time("2026-10-01T08:00:00Z"));
    assert_eq!(project.updated_at, time("2026-10-01T08:00:01Z"));
    let context: Context = from_value(samples::context()).unwrap();
    assert_eq!((&*context.id, &*context.project_id), ("ctx_1", "proj_1"));
    assert_eq!(context.created_at, time("2026-10-01T08:00:00Z"));
    assert_eq!(context.updated_at, time("2026-10-02T09:30:00.123456789Z"));
    let upload: ContextUpload = from_value(samples::context_upload()).unwrap();
    assert_eq!((&*upload.id, &*upload.cipher_algorithm), ("ctx_1", "AES-256-CBC"));
    assert_eq!(upload.upload_url, "https://s3.example/upload?X-Signature=abc");
    assert_eq!(upload.public_key.lines().count(), 3);
    assert_eq!(upload.initialization_vector_size, u8::MAX);
    let extension: Extension = from_value(samples::extension()).unwrap();
    assert_eq!((&*extension.id, &*extension.project_id), ("ext_1", "proj_1"));
    assert_eq!(extension.file_name, "adblock.zip");
    assert_eq!(extension.created_at, time("2026-10-01T08:00:00Z"));
    assert_eq!(extension.updated_at, time("2026-10-01T08:00:01Z"));
}

#[test]
fn every_field_of_pages_and_results_is_where_it_belongs() {
    let page: FetchedPage = from_value(samples::fetched_page()).unwrap();
    assert_eq!(
        (&*page.id, page.status_code, &*page.encoding),
        ("fetch_1", 404, "utf-8")
    );
    assert_eq!(
        (&*page.content, &*page.content_type),
        ("<p>\u{e9}\u{1f980}</p>", "text/html")
    );
    let headers: Vec<_> = page.headers.iter().map(|(name, value)| (&**name, &**value)).collect();
    assert_eq!(headers, [("content-type", "text/html"), ("x-empty", "")]);
    let found: SearchResults = from_value(samples::search_results()).unwrap();
    assert_eq!(
        (&*found.request_id, &*found.query),
        ("req_1", "rust \u{201c}openapi\u{201d}")
    );
    let [full, least] = &*found.results else {
        panic!("{found:?}")
    };
    assert_eq!(
        (&*full.id, &*full.url, &*full.title),
        ("r1", "https://example.com/", "An example")
    );
    assert_eq!(full.author.as_deref(), Some("A. Person"));
    assert_eq!(full.published_date, Some(time("2026-03-04T05:06:07Z")));
    assert_eq!(full.image.as_deref(), Some(""));
    assert_eq!(full.favicon.as_deref(), Some("https://example.com/favicon.ico"));
    assert_eq!(
        (&least.author, least.published_date, &least.image, &least.favicon),
        (&None, None, &None, &None)
    );
}

#[test]
fn every_field_of_logs_and_recordings_is_where_it_belongs() {
    let urls: SessionLiveUrls = from_value(samples::live_urls()).unwrap();
    assert_eq!(urls.debugger_fullscreen_url, "https://debug.example/full");
    assert_eq!(
        (&*urls.debugger_url, &*urls.ws_url),
        ("https://debug.example/", "wss://debug.example/?token=a b")
    );
    let page = &urls.pages[0];
    assert_eq!(
        (&*page.id, &*page.url, &*page.title, &*page.favicon_url),
        ("page_1", "about:blank", "New tab", "")
    );
    assert_eq!(page.debugger_url, "https://debug.example/page");
    assert_eq!(page.debugger_fullscreen_url, "https://debug.example/page/full");
    let [least, full]: [SessionLog; 2] = from_value(samples::logs()).unwrap();
    assert_eq!(
        (&*least.method, least.page_id, &*least.session_id),
        ("Page.navigate", 1, "sess_1")
    );
    assert_eq!((least.request, least.response, least.timestamp), (None, None, None));
    assert_eq!((least.frame_id, least.loader_id), (None, None));
    let (request, response) = (full.request.unwrap(), full.response.unwrap());
    assert_eq!((request.timestamp, &*request.raw_body), (Some(1_790_000_000_001), ""));
    assert_eq!(request.params["url"], "https://example.com/");
    assert_eq!(
        (response.timestamp, &*response.raw_body),
        (Some(1_790_000_000_002), "{}")
    );
    assert_eq!(response.result["ok"], true);
    assert_eq!(full.timestamp, Some(1_790_000_000_000));
    assert_eq!(
        (full.frame_id.as_deref(), full.loader_id.as_deref()),
        (Some("frame"), Some("loader"))
    );
    let [event]: [SessionRecording; 1] = from_value(samples::recording()).unwrap();
    assert_eq!(
        (&*event.session_id, event.timestamp, event.r#type),
        ("sess_1", 1_790_000_000_123, 3)
    );
    assert_eq!(event.data["positions"], json!([[0.5, -1]]));
}

#[test]
fn every_field_of_browser_use_is_where_it_belongs() {
    let session: v2::types::Session = from_value(browser_use::full_session()).unwrap();
    assert_eq!(session.id, "8a6e4b52-0b7a-4b6a-9a2c-3f1f6c7b9d10");
    assert_eq!(session.status, v2::types::SessionStatus::Stopped);
    assert_eq!(session.started_at, time("2026-10-01T08:00:00Z"));
    assert_eq!((session.persist_memory, session.keep_alive), (false, true));
    assert_eq!(session.live_url.as_deref(), Some("https://live.example/?s=1"));
    assert_eq!(session.finished_at, Some(time("2026-10-01T09:00:00.000001Z")));
    assert_eq!(
        session.proxy_used_mb.as_deref(),
        Some("12.3400000000000000000000000001")
    );
    assert_eq!(session.proxy_cost.as_deref(), Some("-.5"));
    let browser: v3::types::BrowserSession = from_value(browser_use::full_browser_session()).unwrap();
    assert_eq!(browser.id, "8a6e4b52-0b7a-4b6a-9a2c-3f1f6c7b9d10");
    assert_eq!(browser.status, v3::types::BrowserSessionStatus::Stopped);
    assert_eq!(browser.live_url.as_deref(), Some("https://live.example/"));
    assert_eq!(browser.cdp_url.as_deref(), Some("wss://cdp.example/?token=t"));
    assert_eq!(browser.timeout_at, time("2026-10-01T09:00:00Z"));
    assert_eq!(browser.started_at, time("2026-10-01T08:00:00Z"));
    assert_eq!(browser.finished_at, Some(time("2026-10-01T08:30:00Z")));
    assert_eq!(
        browser.agent_session_id.as_deref(),
        Some("99999999-2222-3333-4444-555555555555")
    );
    assert_eq!(browser.recording_url.as_deref(), Some(""));
    let decimals = [browser.proxy_used_mb, browser.proxy_cost, browser.browser_cost].map(Option::unwrap);
    assert_eq!(decimals, ["0.1000000000000000000001", "0", "+00.020"]);
}

/// What an answer may leave out may also be `null` there.
#[test]
fn null_in_an_answer_is_the_same_as_nothing() {
    let fields = ["liveUrl", "cdpUrl", "finishedAt", "agentSessionId", "recordingUrl"];
    let mut value = browser_use::browser_session();
    let absent: v3::types::BrowserSession = from_value(value.clone()).unwrap();
    for field in fields {
        value[field] = Value::Null;
    }
    assert_eq!(from_value::<v3::types::BrowserSession>(value).unwrap(), absent);
    assert_eq!(
        (absent.live_url, absent.finished_at, absent.browser_cost),
        (None, None, None)
    );
}

fn changed(mut value: Value, field: &str, to: Value) -> Value {
    value[field] = to;
    value
}

#[tokio::test]
async fn unknown_enum_values_in_an_answer_are_kept() {
    let value = changed(samples::session(), "status", json!("HIBERNATED"));
    let value = changed(value, "region", json!("mars-north-1"));
    let server = Server::start([Answer::json(200, &json!([value]))]);
    let list = super::browserbase(&server).sessions().list().await.unwrap();
    assert_eq!(list[0].status, SessionStatus::Unknown("HIBERNATED".to_owned()));
    assert_eq!(list[0].status.as_str(), "HIBERNATED");
    assert_eq!(list[0].region.to_string(), "mars-north-1");
    assert_eq!(to_value(&list).unwrap(), json!([value]));
    // And it can be sent again.
    let server = Server::start([Answer::json(200, &json!([]))]);
    super::browserbase(&server)
        .sessions()
        .list()
        .status(list[0].status.clone())
        .await
        .unwrap();
    assert_eq!(server.request().target, "/v1/sessions?status=HIBERNATED");

    let value = changed(browser_use::browser_session(), "status", json!("paused"));
    let browser: v3::types::BrowserSession = from_value(value.clone()).unwrap();
    assert_eq!(browser.status, v3::types::BrowserSessionStatus::from("paused"));
    assert_eq!(to_value(browser).unwrap(), value);
}

/// Every value of an open enum: read, written, printed and parsed as the document has it.
fn check_enum<T>(api: &Api, first: &str)
where
    T: DeserializeOwned + Serialize + PartialEq + std::fmt::Debug + std::fmt::Display,
    T: for<'a> From<&'a str> + std::str::FromStr<Err = std::convert::Infallible> + AsRef<str>,
{
    let values = api.types.iter().find_map(|(_, ty)| match &ty.shape {
        Shape::Enumeration(list) if list.values.first().is_some_and(|value| value == first) => Some(&list.values),
        _ => None,
    });
    for text in values.unwrap_or_else(|| panic!("no enum begins with {first}")) {
        let value: T = from_value(json!(text)).unwrap();
        assert!(!format!("{value:?}").starts_with("Unknown"), "{text}");
        assert_eq!((value.to_string(), value.as_ref()), (text.clone(), text.as_str()));
        assert_eq!(to_value(&value).unwrap(), json!(text));
        assert_eq!((T::from(text), text.parse()), (value, Ok(T::from(text))));
    }
    for text in ["", " ", "\u{e9}", &format!("{first} "), &format!("{first}x")] {
        let value: T = from_value(json!(text)).unwrap();
        assert_eq!(format!("{value:?}"), format!("Unknown({text:?})"));
        assert_eq!(to_value(&value).unwrap(), json!(text));
    }
    for value in [json!(1), json!(null), json!(["x"]), json!({}), json!(true)] {
        assert!(from_value::<T>(value.clone()).is_err(), "{value}");
    }
}

#[test]
fn every_value_of_every_enum_is_known() {
    let browserbase = &apis("browserbase")[0];
    check_enum::<SessionStatus>(browserbase, "RUNNING");
    check_enum::<Region>(browserbase, "us-west-2");
    check_enum::<OperatingSystem>(browserbase, "windows");
    check_enum::<SessionStatusUpdate>(browserbase, "REQUEST_RELEASE");
    let [v2, v3] = <[Api; 2]>::try_from(apis("browser-use")).unwrap();
    check_enum::<v2::types::SessionStatus>(&v2, "active");
    check_enum::<v2::types::ProxyCountryCode>(&v2, "ad");
    check_enum::<v3::types::BrowserSessionStatus>(&v3, "active");
    check_enum::<v3::types::ProxyCountryCode>(&v3, "ad");
    // Norway, which some readers of YAML take for `false`.
    assert_eq!(v3::types::ProxyCountryCode::from("no"), v3::types::ProxyCountryCode::No);
}

/// Every kind of `proxies` that the API takes, and kinds that are not known yet.
#[test]
fn proxies_of_every_kind_are_told_apart_and_unknown_ones_kept() {
    let list = json!([
        {"type": "browserbase", "domainPattern": "a"},
        {"domainPattern": "b", "server": "http://s", "type": "external"},
        {"type": "none"},
        {"type": "residential", "tier": {"gold": true}},
        {"server": "no type at all"}
    ]);
    let proxies: Proxies = from_value(list.clone()).unwrap();
    let Proxies::List(items) = &proxies else {
        panic!("{proxies:?}")
    };
    assert_eq!(items[0], BrowserbaseProxyConfig::new().domain_pattern("a").into());
    let ProxyConfig::External(external) = &items[1] else {
        panic!("{items:?}")
    };
    assert_eq!(
        (&*external.server, external.domain_pattern.as_deref()),
        ("http://s", Some("b"))
    );
    assert!(matches!(&items[2], ProxyConfig::None(none) if none.domain_pattern.is_none()));
    assert_eq!(items[3], ProxyConfig::Unknown(list[3].clone()));
    assert_eq!(items[4], ProxyConfig::Unknown(list[4].clone()));
    assert_eq!(to_value(&proxies).unwrap(), list);
    for flag in [true, false] {
        let proxies: Proxies = from_value(json!(flag)).unwrap();
        assert_eq!(proxies, Proxies::Bool(flag));
        assert_eq!(to_value(proxies).unwrap(), json!(flag));
    }
    let refused = from_value::<Proxies>(json!("yes")).unwrap_err().to_string();
    assert_eq!(refused, "expected an array or a boolean, found a string");
    let refused = from_value::<Proxies>(json!([{"type": "external"}]))
        .unwrap_err()
        .to_string();
    assert_eq!(refused, "missing field `server`");
}

#[test]
fn unknown_fields_of_an_answer_are_passed_over() {
    let nested = json!({"a": [1, {"b": null}], "id": "not this one"});
    let value = changed(samples::session(), "brandNew", nested);
    assert_eq!(
        from_value::<Session>(value).unwrap(),
        from_value::<Session>(samples::session()).unwrap()
    );
}

#[test]
fn integers_have_64_bits() {
    for number in [
        0,
        3_000_000_000,
        i64::from(i32::MAX) + 1,
        1_790_000_000_000,
        i64::MAX,
        i64::MIN,
    ] {
        let usage: ProjectUsage = from_value(json!({"browserMinutes": number, "proxyBytes": number})).unwrap();
        assert_eq!((usage.browser_minutes, usage.proxy_bytes), (number, number));
    }
    let limit = |size: i64| {
        from_value::<ContextUpload>(changed(
            samples::context_upload(),
            "initializationVectorSize",
            json!(size),
        ))
    };
    assert_eq!(limit(16).unwrap().initialization_vector_size, 16);
    assert!(limit(256).is_err());
    assert!(limit(-1).is_err());
}

#[test]
fn decimals_in_text_keep_every_digit() {
    for text in [
        "0.1000000000000000000001",
        "1e400",
        "-0",
        "+.5",
        "123456789012345678901234567890.10",
        "",
    ] {
        let value = changed(browser_use::browser_session(), "proxyCost", json!(text));
        let browser: v3::types::BrowserSession = from_value(value.clone()).unwrap();
        assert_eq!(browser.proxy_cost.as_deref(), Some(text));
        assert_eq!(to_value(browser).unwrap(), value);
    }
}

#[test]
fn no_address_fails_an_answer() {
    for text in [
        "",
        " ",
        "not a uri",
        "wss://host?token=a/b#c",
        "http://[",
        "\u{1f980}",
        "C:\\x",
        "//x",
        "about:blank",
    ] {
        let value = changed(samples::live_urls(), "wsUrl", json!(text));
        assert_eq!(from_value::<SessionLiveUrls>(value).unwrap().ws_url, text);
        let value = changed(samples::connected(samples::session()), "connectUrl", json!(text));
        assert_eq!(from_value::<CreatedSession>(value).unwrap().connect_url, text);
    }
}

/// RFC 3339, section 5.6, and what it says of leap seconds and spaces.
#[test]
fn every_form_of_a_time_is_read() {
    let same = [
        ("2026-10-01T08:00:00Z", "2026-10-01T08:00:00Z"),
        ("2026-10-01t08:00:00z", "2026-10-01T08:00:00Z"),
        ("2026-10-01T10:30:00+02:30", "2026-10-01T08:00:00Z"),
        ("2026-10-01T08:00:00+00:00", "2026-10-01T08:00:00Z"),
        ("2026-10-01T08:00:00-00:00", "2026-10-01T08:00:00Z"),
        ("2026-09-30T08:01:00-23:59", "2026-10-01T08:00:00Z"),
        ("2026-10-02T07:59:00+23:59", "2026-10-01T08:00:00Z"),
        ("2026-10-01 08:00:00Z", "2026-10-01T08:00:00Z"),
        ("2026-10-01 10:00:00.25+02:00", "2026-10-01T08:00:00.25Z"),
        ("2024-02-29T23:59:59Z", "2024-02-29T23:59:59Z"),
        ("1937-01-01T12:00:27.87+00:20", "1937-01-01T11:40:27.87Z"),
        ("1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z"),
        ("0000-01-01T00:00:00Z", "0000-01-01T00:00:00Z"),
        // A leap second is the second before it: Unix time has none.
        ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z"),
        ("2016-12-31T23:59:60.5Z", "2016-12-31T23:59:59.5Z"),
        ("1990-12-31T15:59:60-08:00", "1990-12-31T23:59:59Z"),
    ];
    let read = |text: &str| {
        let value = changed(samples::context(), "createdAt", json!(text));
        from_value::<Context>(value)
            .unwrap_or_else(|error| panic!("{text}: {error}"))
            .created_at
    };
    for (text, expected) in same {
        assert_eq!(read(text), time(expected), "{text}");
    }
    // A fraction of any length; nanoseconds are kept.
    let digits = "123456789";
    for length in 1..=9 {
        let text = format!("2026-10-01T08:00:00.{}Z", &digits[..length]);
        let nanosecond: i32 = format!("{:0<9}", &digits[..length]).parse().unwrap();
        assert_eq!(read(&text).subsec_nanosecond(), nanosecond, "{text}");
    }
    for length in 10..=30 {
        let text = format!("2026-10-01T08:00:00.{digits:1<length$}-00:00");
        assert_eq!(read(&text), time("2026-10-01T08:00:00.123456789Z"), "{text}");
    }
    // The end of time, by which some mean "never", is the last time that the type holds.
    for text in [
        "9999-12-31T23:59:59Z",
        "9999-12-31T23:59:59.9999999Z",
        "9999-12-31T23:59:59.99999999999999-12:00",
        "9999-12-31t00:00:00z",
    ] {
        assert_eq!(read(text), time("9999-12-30T22:00:00Z"), "{text}");
    }
}

/// FastAPI answers times without an offset where its authors forgot one, and "ISO 8601" covers a bare date.
#[test]
fn a_time_without_offset_or_without_time_of_day_is_in_utc() {
    for (text, expected) in [
        ("2026-10-01T08:00:00", "2026-10-01T08:00:00Z"),
        ("2026-10-01 08:00:00.5", "2026-10-01T08:00:00.5Z"),
        ("2026-10-01T08:00:00.12345678901", "2026-10-01T08:00:00.123456789Z"),
        ("2026-10-01", "2026-10-01T00:00:00Z"),
        ("9999-12-31", "9999-12-30T22:00:00Z"),
    ] {
        let value = changed(samples::context(), "createdAt", json!(text));
        assert_eq!(
            from_value::<Context>(value).unwrap().created_at,
            time(expected),
            "{text}"
        );
    }
}

#[test]
fn what_is_no_time_is_refused() {
    for text in [
        "",
        "yesterday",
        "2026-10",
        "08:00:00Z",
        "2026-13-01T00:00:00Z",
        "2026-02-30T00:00:00Z",
        "9999-12-31T25:00:00Z",
        "9999-12-39T00:00:00Z",
        "2026-10-01T08:00:00.Z",
        "1790000000",
    ] {
        let value = changed(samples::context(), "createdAt", json!(text));
        assert!(from_value::<Context>(value).is_err(), "{text}");
    }
}
