//! How often a call is sent after answers of failure, and after which pauses: each client keeps to the rules that its
//! API has. Browserbase's official client sends a `POST` again after any 5XX and may start two browsers; ours does not.

use std::time::{Duration, SystemTime};

use browserbase_client::{CallOptions, RetryPolicy, Upload};
use clientsmith_tests::server::{Answer, Server};
use serde_json::json;

use super::callers::{CALLERS, Limits};
use super::{IN_DOUBT, ONCE, Row, SLACK, Sends, TURNED_AWAY, milliseconds, play, with_each};
use crate::wire::{KEY, browserbase};

/// A failure with a header.
fn failing(status: u16, shown: &str, (name, value): (&str, &str)) -> Row {
    let answer = Answer::new(status, &[(name, value), DATE], "no");
    Row::failing(format!("{status}, {name}: {value}"), answer, status, shown, "no")
}

/// The server's clock.
const DATE: (&str, &str) = ("date", "Sun, 06 Nov 1994 08:49:36 GMT");

#[tokio::test]
async fn each_status_by_the_rule_of_its_api() {
    let rows: [(u16, &str, Sends); 10] = [
        (400, "400 Bad Request", ONCE),
        (404, "404 Not Found", ONCE),
        (408, "408 Request Timeout", IN_DOUBT),
        (409, "409 Conflict", IN_DOUBT),
        (429, "429 Too Many Requests", TURNED_AWAY),
        (500, "500 Internal Server Error", IN_DOUBT),
        (502, "502 Bad Gateway", IN_DOUBT),
        (503, "503 Service Unavailable", IN_DOUBT),
        (504, "504 Gateway Timeout", IN_DOUBT),
        (599, "599 <unknown status code>", IN_DOUBT),
    ];
    play(rows.map(|(status, reason, sends)| {
        let answer = Answer::new(status, &[], "no");
        Row::failing(reason, answer, status, &format!("{reason}{{note}}: no"), "no").sends(sends)
    }))
    .await;
}

/// Half a second, then a second, each up to a quarter shorter.
#[tokio::test]
async fn the_pauses_of_a_client_that_is_told_nothing() {
    let limits = Limits {
        backoff: None,
        ..Limits::default()
    };
    let answer = Answer::new(503, &[], "");
    let row = Row::failing("503", answer, 503, "503 Service Unavailable", "");
    play([row.limits(limits)]).await;
}

#[tokio::test]
async fn every_form_of_retry_after() {
    let forms = [
        ("retry-after", "0.3", milliseconds(300)),
        ("retry-after", " 1 ", milliseconds(1000)),
        ("retry-after-ms", "250", milliseconds(250)),
        // RFC 9110, section 5.6.7: a recipient accepts all three forms of a date.
        ("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT", milliseconds(1000)),
        ("retry-after", "Sunday, 06-Nov-94 08:49:37 GMT", milliseconds(1000)),
        ("retry-after", "Sun Nov  6 08:49:37 1994", milliseconds(1000)),
    ];
    let rows = forms.into_iter().flat_map(|(name, value, pause)| {
        let turned_away = format!("429 Too Many Requests{{note}}: no; retry after {pause:?}");
        let down = format!("503 Service Unavailable: no; retry after {pause:?}");
        [
            failing(429, &turned_away, (name, value))
                .sends(TURNED_AWAY)
                .asking(pause),
            failing(503, &down, (name, value)).asking(pause),
        ]
    });
    play(rows).await;
}

#[tokio::test]
async fn what_says_no_time_to_wait_leaves_it_to_the_client() {
    let shown = "429 Too Many Requests{note}: no";
    let rows = [
        ("0", Some(Duration::ZERO)),
        (DATE.1, Some(Duration::ZERO)),
        ("soon", None),
        ("-3", None),
        ("Sun, 36 Nov 2094 08:49:37 GMT", None),
    ];
    play(rows.map(|(value, said)| {
        let mut row = failing(429, shown, ("retry-after", value)).sends(TURNED_AWAY);
        row.failure.retry_after = said;
        row
    }))
    .await;
}

#[tokio::test]
async fn what_is_too_long_to_wait_for_is_not_waited_for() {
    let row = |value, shown, said| failing(429, shown, ("retry-after", value)).sends(ONCE).asking(said);
    let limits = Limits {
        deadline: Some(Duration::from_secs(5)),
        ..Limits::default()
    };
    play([
        row(
            "61",
            "429 Too Many Requests{note}: no; retry after 61s",
            Duration::from_secs(61),
        ),
        row(
            "5",
            "429 Too Many Requests{note}: no; retry after 5s",
            Duration::from_secs(5),
        )
        .limits(limits),
    ])
    .await;
}

#[tokio::test]
async fn the_api_says_itself_whether_to_retry() {
    let said = |status, shown, value| failing(status, shown, ("x-should-retry", value));
    play([
        said(404, "404 Not Found{note}: no", "true").sends(TURNED_AWAY),
        said(500, "500 Internal Server Error: no", "true").sends(TURNED_AWAY),
        said(429, "429 Too Many Requests{note}: no", "false").sends(ONCE),
        said(503, "503 Service Unavailable: no", "perhaps").sends(IN_DOUBT),
    ])
    .await;
}

/// A date is counted from the clock of this side where the server does not say what its own is.
#[tokio::test]
async fn a_date_of_a_server_that_does_not_say_its_own() {
    with_each(|caller| async {
        let due = jiff::Timestamp::from_second(jiff::Timestamp::now().as_second() + 2).unwrap();
        let date = due.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
        let busy = Answer::new(429, &[("retry-after", &date)], "");
        let server = Server::start([busy, caller.success()]);
        (caller.client)(server.url(), &Limits::default())().await.unwrap();
        let now = SystemTime::now();
        let range = SystemTime::from(due)..SystemTime::from(due) + SLACK;
        assert!(range.contains(&now), "{}: {now:?}, not {range:?}", caller.name);
        assert_eq!(server.requests().len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_call_that_is_sent_again_is_the_same_call() {
    for caller in CALLERS {
        let busy = || Answer::new(429, &[("connection", "close")], "");
        let server = Server::start([busy(), busy(), caller.success()]);
        let value = (caller.client)(server.url(), &Limits::default())().await.unwrap();
        assert_eq!(value, (caller.answer)().1, "{}", caller.name);
        let requests = server.requests();
        assert_eq!(requests.len(), 3);
        for request in &requests {
            assert_eq!((&request.head, &request.body), (&requests[0].head, &requests[0].body));
            assert!(request.contains(KEY));
        }
    }
}

#[tokio::test]
async fn a_file_from_a_path_goes_again_whole_and_a_reader_does_not() {
    let path = std::env::temp_dir().join(format!("clientsmith-faults-retries-{}.txt", std::process::id()));
    std::fs::write(&path, "content").unwrap();
    let policy = RetryPolicy::new()
        .backoff(milliseconds(1), milliseconds(1))
        .max_retries(2);
    let options = CallOptions::new().retry(policy);
    let busy = Answer::new(429, &[], "");
    let server = Server::start([busy.clone(), Answer::json(200, &json!({"message": "ok"}))]);
    let upload = Upload::from_path(&path).await.unwrap();
    let call = browserbase(&server).sessions().upload_file("s", upload);
    call.with_options(options.clone()).await.unwrap();
    std::fs::remove_file(&path).unwrap();
    let requests = server.requests();
    let whole: Vec<_> = requests
        .iter()
        .map(|request| request.contains("\r\n\r\ncontent\r\n--"))
        .collect();
    assert_eq!(whole, [true, true]);
    let server = Server::start([busy]);
    let reader = Upload::from_reader("a.txt", &b"content"[..], Some(7));
    let call = browserbase(&server).sessions().upload_file("s", reader);
    let error = call.with_options(options).await.unwrap_err();
    assert_eq!((error.attempts(), server.requests().len()), (1, 1));
}
