//! Dates by jiff, by chrono and as text.

use clientsmith_tests::server::{Answer, Server};
use fixtures_client::dates::resources::times::{GetNamedOutput, ListError};
use fixtures_client::{dates, dates_chrono, dates_text};
use serde_json::{Value, json};

use super::{read, refused, round_trip, written};

/// What is no RFC 3339, but answered all the same; and the time that is meant.
const LENIENT: [(&str, &str); 4] = [
    ("2024-02-29T23:59:59", "2024-02-29T23:59:59Z"),
    ("2024-02-29 23:59:59.5", "2024-02-29T23:59:59.5Z"),
    ("2024-02-29", "2024-02-29T00:00:00Z"),
    ("2024-02-29T23:59:59.1234567891234Z", "2024-02-29T23:59:59.123456789Z"),
];

const FORMS: [&str; 8] = [
    "2024-02-29T23:59:59Z",
    "2024-02-29T23:59:59z",
    "2024-02-29t23:59:59Z",
    "2024-02-29 23:59:59Z",
    "2024-02-29T23:59:59.123456789Z",
    "2024-02-29T23:59:59.1+05:30",
    "2024-02-29T23:59:59-00:00",
    "2024-03-01T01:59:59+02:00",
];

#[test]
fn every_form_of_rfc_3339_is_read() {
    for form in FORMS {
        let text = format!(r#"{{"at":"{form}"}}"#);
        let (jiff, chrono): (dates::types::Dates, dates_chrono::types::Dates) = (read(&text), read(&text));
        assert_eq!(
            i128::from(chrono.at.timestamp_nanos_opt().unwrap()),
            jiff.at.as_nanosecond(),
            "{form}"
        );
        assert_eq!(read::<dates_text::types::Dates>(&text).at, form);
    }
}

#[test]
fn dates_are_written_as_they_are_read() {
    let text = r#"{"at":"2024-02-29T23:59:59.5Z","maybe":null,"day":"2024-02-29","time":"12:00:00","duration":"PT1H","list":["1970-01-01T00:00:00Z"],"map":{"a":"0001-01-01"},"either":"2024-01-01T00:00:00Z"}"#;
    let dates: dates::types::Dates = round_trip(text);
    assert_eq!(dates.day.unwrap().to_string(), "2024-02-29");
    assert_eq!(
        dates.either,
        Some("2024-01-01T00:00:00Z".parse::<jiff::Timestamp>().unwrap().into())
    );
    assert_eq!(
        round_trip::<dates_text::types::Dates>(text).time.as_deref(),
        Some("12:00:00")
    );
    let chrono: dates_chrono::types::Dates = read(text);
    assert_eq!(read::<dates_chrono::types::Dates>(&written(&chrono)), chrono);
    assert_eq!(chrono.day.unwrap().to_string(), "2024-02-29");
}

#[test]
fn what_is_no_date_is_refused_unless_dates_are_texts() {
    assert!(refused::<dates::types::Dates>(r#"{"at":"tomorrow"}"#).starts_with("failed to parse"));
    assert_eq!(read::<dates_text::types::Dates>(r#"{"at":"tomorrow"}"#).at, "tomorrow");
}

#[test]
fn a_time_is_read_in_the_same_forms_wherever_it_stands() {
    use dates::types::{Dates, Either, Several, Tried};
    for (form, meant) in LENIENT {
        let at: jiff::Timestamp = meant.parse().unwrap();
        let text = json!({"at": form, "maybe": form, "list": [form], "either": form, "several": [form], "tried": [form], "more": form});
        let found: Dates = read(&text.to_string());
        assert_eq!((found.at, found.maybe.into_option()), (at, Some(at)), "{form}");
        assert_eq!(
            (found.list, found.either),
            (Some(vec![at]), Some(Either::DateTime(at))),
            "{form}"
        );
        assert_eq!(found.several, Some(Several::List(vec![at])), "{form}");
        assert_eq!(found.tried, Some(Tried::List2(vec![at])), "{form}");
        assert_eq!(found.additional_properties["more"], at, "{form}");
        let named: Several = read(&json!({ "a": form }).to_string());
        assert_eq!(named, Several::Map([("a".to_owned(), at)].into()), "{form}");
        let other: dates_chrono::types::Dates = read(&text.to_string());
        let chrono = other.at;
        let nanoseconds = i128::from(chrono.timestamp_nanos_opt().unwrap());
        assert_eq!(nanoseconds, at.as_nanosecond(), "{form}");
        assert_eq!(
            other.either,
            Some(dates_chrono::types::Either::DateTime(chrono)),
            "{form}"
        );
        assert_eq!(
            other.several,
            Some(dates_chrono::types::Several::List(vec![chrono])),
            "{form}"
        );
        assert_eq!(
            other.tried,
            Some(dates_chrono::types::Tried::List2(vec![chrono])),
            "{form}"
        );
    }
    assert_eq!(
        refused::<Tried>(r#"["tomorrow"]"#).split("; ").next(),
        Some(r#"no alternative fits: List: invalid type: string "tomorrow", expected i64"#)
    );
}

fn answered(answers: impl IntoIterator<Item = Answer>) -> (Server, dates::Client) {
    let server = Server::start(answers);
    let client = dates::Client::builder().base_url(server.url()).build().unwrap();
    (server, client)
}

fn whole(status: u16, body: &Value) -> Answer {
    Answer::json(status, body)
}

#[tokio::test]
async fn whole_answers_of_times_are_read_in_the_same_forms() {
    for (form, meant) in LENIENT {
        let at: jiff::Timestamp = meant.parse().unwrap();
        let (_server, client) = answered([
            whole(200, &json!([form, form])),
            whole(409, &json!(form)),
            whole(200, &json!({"a": form, "b": null})),
            whole(202, &json!(form)),
        ]);
        let times = client.times();
        assert_eq!(times.list().await.unwrap(), [at, at], "{form}");
        let failure = times.list().await.unwrap_err();
        assert_eq!(failure.declared(), Some(&ListError::Conflict(at)), "{form}");
        let named = [("a".to_owned(), Some(at)), ("b".to_owned(), None)];
        assert_eq!(
            times.get_named().await.unwrap(),
            GetNamedOutput::Ok(named.into()),
            "{form}"
        );
        assert_eq!(times.get_named().await.unwrap(), GetNamedOutput::Accepted(at), "{form}");
    }
    let (_server, client) = answered([whole(200, &json!(["tomorrow"]))]);
    let error = client.times().list().await.unwrap_err().to_string();
    assert!(error.contains("[0]"), "{error}");
}

#[tokio::test]
async fn streamed_times_are_read_in_the_same_forms() {
    for (form, meant) in LENIENT {
        let expected = std::collections::BTreeMap::from([("a".to_owned(), meant.parse().unwrap())]);
        let lines = format!("{{\"a\":\"{form}\"}}\n{{\"a\":1}}\n");
        let events = format!("data: {{\"a\":\"{form}\"}}\n\n");
        let (_server, client) = answered([
            Answer::new(200, &[("content-type", "application/x-ndjson")], lines),
            Answer::new(200, &[("content-type", "text/event-stream")], events),
        ]);
        let mut lines = client.times().stream().await.unwrap();
        assert_eq!(lines.next().await.unwrap().unwrap(), expected, "{form}");
        let error = lines.next().await.unwrap().unwrap_err().to_string();
        assert!(error.contains("expected a time (RFC 3339)"), "{error}");
        assert!(lines.next().await.is_none());
        let mut events = client.times().watch().await.unwrap();
        assert_eq!(events.next().await.unwrap().unwrap(), expected, "{form}");
        assert!(events.next().await.is_none());
    }
}
