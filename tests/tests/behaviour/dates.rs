//! Dates by jiff, by chrono and as text.

use fixtures_client::{dates, dates_chrono, dates_text};

use super::{read, refused, round_trip, written};

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
