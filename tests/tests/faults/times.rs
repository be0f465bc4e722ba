//! Times that run out, at every place where a server can keep a client waiting.

use std::time::{Duration, Instant};

use clientsmith_tests::server::{Answer, Server};

use super::callers::{Cause, Limits};
use super::{ONCE, Row, milliseconds, play, with_each};

const LIMIT: Duration = Duration::from_secs(1);
const PAUSE: Duration = milliseconds(50);

fn started(status: u16) -> Answer {
    Answer::head(
        status,
        &[("content-type", "application/json"), ("content-length", "100")],
    )
}

fn timeout() -> Limits {
    Limits {
        timeout: LIMIT,
        ..Limits::default()
    }
}

/// One by one the rows would take most of the suite's time.
#[tokio::test]
async fn times_that_run_out() {
    let rows = for_an_attempt().into_iter().chain(for_the_call()).chain(for_a_body());
    play(rows.chain([a_failure_that_takes_too_long()])).await;
}

/// However slowly it comes, as long as it goes on.
#[tokio::test]
async fn an_answer_byte_by_byte_is_an_answer() {
    with_each(|caller| async {
        let (status, value) = (caller.answer)();
        let body = value.to_string();
        let (start, end) = body.split_at(body.len() - 30);
        let head = Answer::head(status, &[("content-length", &body.len().to_string())]);
        let server = Server::start([head.send(start).trickle(end, 2 * PAUSE)]);
        let limits = Limits {
            read_timeout: 2 * LIMIT,
            ..Limits::default()
        };
        let started = Instant::now();
        assert_eq!((caller.client)(server.url(), &limits)().await.unwrap(), value);
        assert!(started.elapsed() > 2 * LIMIT, "{}", caller.name);
    })
    .await;
}

fn for_an_attempt() -> Vec<Row> {
    let text = "the call took longer than its timeout of 1s";
    let row = |name, answer| {
        let row = Row::unanswered(name, answer, text, Cause::Nothing).limits(timeout());
        row.timed_out(LIMIT)
    };
    let head = "HTTP/1.1 200 OK\r\nx-long: 1234567890";
    vec![
        row("silence", Answer::silence()),
        row("half a head", Answer::nothing().send("HTTP/1.1 200 OK\r\ncont").stall()),
        row("a head", started(200).stall()),
        row("half a body", started(200).send("{\"id\"").stall()),
        row("a head byte by byte", Answer::nothing().trickle(head, PAUSE)),
        row("a body byte by byte", started(200).trickle([b' '; 100], PAUSE)),
    ]
}

fn for_the_call() -> Vec<Row> {
    let limits = Limits {
        deadline: Some(LIMIT),
        ..Limits::default()
    };
    let text = "the call was not done by its deadline of 1s";
    let row = |name, answer| {
        let row = Row::unanswered(name, answer, text, Cause::Nothing).limits(limits.clone());
        row.timed_out(LIMIT).sends(ONCE)
    };
    vec![
        row("silence until the deadline", Answer::silence()),
        row("half a body until the deadline", started(200).send("{\"id\"").stall()),
        row(
            "a body byte by byte until the deadline",
            started(200).trickle([b' '; 100], PAUSE),
        ),
    ]
}

fn for_a_body() -> Vec<Row> {
    let limits = Limits {
        read_timeout: LIMIT,
        ..Limits::default()
    };
    let text = "the transfer stood still for 1s (the read timeout)";
    let row = |name, answer| {
        let row = Row::unanswered(name, answer, text, Cause::Nothing).limits(limits.clone());
        row.timed_out(LIMIT)
    };
    vec![
        row("a body that does not start", started(200).stall()),
        row("a body that stands still", started(200).send("{\"id\"").stall()),
    ]
}

/// It is still that failure, as soon as time is over.
fn a_failure_that_takes_too_long() -> Row {
    let mut row = Row::failing(
        "a failure with half a body",
        started(500).send("half of").stall(),
        500,
        "500 Internal Server Error: half of [cut]",
        "half of",
    )
    .cut();
    row.attempt = LIMIT;
    row.limits(timeout())
}
