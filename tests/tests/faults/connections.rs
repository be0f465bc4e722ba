//! Connections that cannot be made, break, or speak no HTTP.

use std::io::ErrorKind;

use clientsmith_tests::server::{Answer, Server};

use super::callers::{CALLERS, Cause, Limits};
use super::{Fault, IN_DOUBT, Row, milliseconds, play, until};

/// A head, and a body of which the start is sent.
fn started(body: &str) -> Answer {
    Answer::head(200, &[("content-type", "application/json"), ("content-length", "100")]).send(body)
}

fn chunked(body: &str) -> Answer {
    Answer::head(200, &[("transfer-encoding", "chunked")]).send(body)
}

#[tokio::test]
async fn no_connection() {
    let limit = milliseconds(200);
    let limits = Limits {
        connect_timeout: limit,
        ..Limits::default()
    };
    let late = "connecting took longer than the connect timeout";
    play([
        Row::unconnected(
            Fault::Refused,
            "no connection: {system}",
            Cause::Io(ErrorKind::ConnectionRefused),
        ),
        Row::unconnected(Fault::Unheard, late, Cause::Time)
            .limits(limits)
            .timed_out(limit),
    ])
    .await;
}

#[tokio::test]
async fn a_connection_that_ends_before_the_answer_does() {
    let reset = || Cause::Io(ErrorKind::ConnectionReset);
    let end = || Cause::Io(ErrorKind::UnexpectedEof);
    let unanswered = "the call failed before an answer came: {system}";
    let broken = "the answer broke off: {system}";
    let closed = "the call failed before an answer came: connection closed before message completed";
    let short = "the answer broke off: end of file before message length reached";
    let chunk = "the answer broke off: unexpected EOF during chunk size line";
    play([
        Row::unanswered("reset before the head", Answer::nothing().reset(), unanswered, reset()),
        Row::unanswered(
            "reset in the head",
            Answer::nothing().send("HTTP/1.1 200 OK\r\ncontent-le").reset(),
            unanswered,
            reset(),
        ),
        Row::unanswered("reset after the head", started("").reset(), broken, reset()),
        Row::unanswered("reset in the body", started("{\"id\":").reset(), broken, reset()),
        Row::unanswered("reset in a chunk", chunked("8\r\n{\"i").reset(), broken, reset()),
        Row::unanswered("ended before the head", Answer::nothing().close(), closed, Cause::Http),
        Row::unanswered(
            "ended in the head",
            Answer::nothing().send("HTTP/1.1 200 OK\r\ncontent-le").close(),
            closed,
            Cause::Http,
        ),
        Row::unanswered("ended after the head", started("").close(), short, end()),
        Row::unanswered("ended in the body", started("{\"id\":").close(), short, end()),
        Row::unanswered("ended in a chunk", chunked("8\r\n{\"i").close(), short, end()),
        Row::unanswered(
            "ended before the last chunk",
            chunked("2\r\n{}\r\n").close(),
            chunk,
            end(),
        ),
    ])
    .await;
}

#[tokio::test]
async fn what_is_no_http() {
    let answer = |text: &str| Answer::nothing().send(text).stall();
    let lines = "x-line: 1\r\n".repeat(200);
    let row = |name, text: &str, reason| {
        let shown = format!("the call failed before an answer came: {reason}");
        Row::unanswered(name, answer(text), &shown, Cause::Http)
    };
    let ok = "HTTP/1.1 200 OK\r\n";
    play([
        row(
            "another protocol",
            "SSH-2.0-OpenSSH_9.9\r\n",
            "invalid HTTP version parsed",
        ),
        row(
            "a status that is none",
            "HTTP/1.1 2x0 OK\r\n\r\n",
            "invalid HTTP status-code parsed",
        ),
        row(
            "a header that is none",
            &format!("{ok}a b\r\n\r\n"),
            "invalid HTTP header parsed",
        ),
        row(
            "two lengths",
            &format!("{ok}content-length: 2\r\ncontent-length: 3\r\n\r\n{{}}"),
            "invalid content-length parsed",
        ),
        row(
            "a length that is none",
            &format!("{ok}content-length: two\r\n\r\n{{}}"),
            "invalid content-length parsed",
        ),
        row(
            "too many headers",
            &format!("{ok}{lines}\r\n"),
            "message head is too large",
        ),
        Row::unanswered(
            "a chunk without a length",
            chunked("2\r\n{}\r\nnone\r\n").stall(),
            "the answer broke off: Invalid chunk size line: missing size digit",
            Cause::Io(ErrorKind::InvalidInput),
        ),
    ])
    .await;
}

/// What was kept open after an answer is used for the next call; where the server has ended it meanwhile, that call goes
/// over a new one, once.
#[tokio::test]
async fn a_connection_that_ended_between_two_calls() {
    for caller in CALLERS {
        let ended = caller.success().close();
        let server = Server::start([ended, caller.success()]);
        let call = (caller.client)(server.url(), &Limits::default());
        let (_, expected) = (caller.answer)();
        assert_eq!(call().await.unwrap(), expected);
        until(|| server.open_connections() == 0).await;
        assert_eq!(call().await.unwrap(), expected, "{}", caller.name);
        let connections: Vec<_> = server.requests().iter().map(|request| request.connection).collect();
        assert_eq!(connections, [0, 1], "{}", caller.name);
    }
}

/// The connection breaks with the second call on it: whether the server got that call is not known, so that it is for
/// the rule of each API to say.
#[tokio::test]
async fn a_connection_that_breaks_with_the_second_call() {
    for (caller, sends) in CALLERS.into_iter().zip(IN_DOUBT) {
        let reset = std::iter::repeat_n(Answer::nothing().reset(), 9);
        let server = Server::start(std::iter::once(caller.success()).chain(reset));
        let call = (caller.client)(server.url(), &Limits::default());
        call().await.unwrap();
        let failure = call().await.unwrap_err();
        assert_eq!(failure.cause, Cause::Io(ErrorKind::ConnectionReset), "{}", caller.name);
        assert_eq!(
            (failure.attempts, failure.is_connect),
            (sends, false),
            "{}",
            caller.name
        );
        let connections: Vec<_> = server.requests().iter().map(|request| request.connection).collect();
        assert_eq!(connections[..2], [0, 0]);
        assert_eq!(connections.len(), 1 + sends as usize, "{}", caller.name);
    }
}

/// More than was announced is not the answer to the next call.
#[tokio::test]
async fn what_follows_an_answer_is_not_the_answer_to_the_next_call() {
    for caller in CALLERS {
        let (status, expected) = (caller.answer)();
        let body = expected.to_string();
        let answer = format!("HTTP/1.1 {status} OK\r\ncontent-length: {}\r\n\r\n{body}", body.len());
        // In one piece, so that the client has all of it before its next call.
        let smuggled = Answer::nothing().send(answer + "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}");
        let server = Server::start([smuggled, caller.success()]);
        let call = (caller.client)(server.url(), &Limits::default());
        assert_eq!(call().await.unwrap(), expected);
        assert_eq!(call().await.unwrap(), expected, "{}", caller.name);
        let connections: Vec<_> = server.requests().iter().map(|request| request.connection).collect();
        assert_eq!(connections, [0, 1], "{}", caller.name);
    }
}
