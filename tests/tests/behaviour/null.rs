//! Absent, null and value.

use fixtures_client::Nullable;
use fixtures_client::null::types::NewRecord;

use super::written;

#[test]
fn what_is_sent_has_three_states() {
    let record = NewRecord::new(1, None);
    assert_eq!(record.may_or_null, Nullable::Unset);
    assert_eq!(written(&record), r#"{"must":1,"mustOrNull":null}"#);
    assert_eq!(
        written(&record.clone().may_or_null(None)),
        r#"{"must":1,"mustOrNull":null,"mayOrNull":null}"#
    );
    assert_eq!(
        written(&record.may_or_null(2)),
        r#"{"must":1,"mustOrNull":null,"mayOrNull":2}"#
    );
}
