//! A fault, and what is to happen: how it is set up with a call, and what is then compared.

use std::future::Future;
use std::sync::Arc;
use std::time::{Duration, Instant};

use clientsmith_tests::server::{Answer, Server};
use clientsmith_tests::unreachable::{Full, Refusing};

use super::callers::{Bytes, Caller, Cause, Failure, Kind, Limits};
use super::{SLACK, milliseconds};

/// The first pause and the longest of a client that is told nothing else, as `RetryPolicy::backoff` says.
const DOCUMENTED: (Duration, Duration) = (milliseconds(500), Duration::from_secs(8));

/// What goes wrong, and what is then to happen.
pub(super) struct Row {
    /// What the server does, in words.
    pub(super) name: String,
    pub(super) fault: Fault,
    pub(super) limits: Limits,
    pub(super) sends: Sends,
    /// How long an attempt lasts at least.
    pub(super) attempt: Duration,
    pauses: Pauses,
    pub(super) failure: Failure,
}

pub(super) enum Fault {
    /// Each request gets this answer.
    Answer(Answer),
    /// The connection is refused.
    Refused,
    /// A connection is not even refused.
    Unheard,
}

/// A fault that is set up.
enum Scene {
    Server(Server),
    Refusing(Refusing),
    Full(Full),
}

impl Scene {
    fn of(fault: &Fault, sends: u32) -> Self {
        match fault {
            Fault::Answer(answer) => Self::Server(Server::start(std::iter::repeat_n(answer.clone(), sends as usize))),
            Fault::Refused => Self::Refusing(Refusing::start()),
            Fault::Unheard => Self::Full(Full::start()),
        }
    }

    fn url(&self) -> String {
        match self {
            Self::Server(server) => server.url(),
            Self::Refusing(address) => address.url(),
            Self::Full(address) => address.url(),
        }
    }

    /// When each request came, where there is somebody who knows.
    fn arrivals(&self) -> Option<Vec<Instant>> {
        let Self::Server(server) = self else { return None };
        Some(server.requests().iter().map(|request| request.arrived).collect())
    }
}

/// How often the calls of [`CALLERS`](super::callers::CALLERS) are sent, in their order.
pub(super) type Sends = [u32; 4];

/// After what is never sent again.
pub(super) const ONCE: Sends = [1, 1, 1, 1];
/// After 429.
pub(super) const TURNED_AWAY: Sends = [3, 3, 3, 3];
/// After a failure that leaves open what the server did: a 5XX, or an answer that does not come.
pub(super) const IN_DOUBT: Sends = [3, 1, 1, 1];
/// Where no connection can be made.
const UNSENT: Sends = [3, 3, 1, 1];

/// How long the pauses between attempts are.
enum Pauses {
    /// As the client has them: each twice the one before, up to the longest, less up to a quarter.
    Backoff,
    /// As the server asks for.
    Asked(Duration),
}

impl Row {
    /// A server whose answers are no answers.
    ///
    /// In the text, `{system}` stands for what the operating system says.
    pub(super) fn unanswered(name: impl Into<String>, answer: Answer, text: &str, cause: Cause) -> Self {
        Self {
            name: name.into(),
            fault: Fault::Answer(answer),
            limits: Limits::default(),
            sends: IN_DOUBT,
            attempt: Duration::ZERO,
            pauses: Pauses::Backoff,
            failure: Failure {
                kind: Kind::Transport,
                is_timeout: false,
                is_connect: false,
                status: None,
                retry_after: None,
                attempts: 0,
                text: text.to_owned(),
                body: None,
                cause,
            },
        }
    }

    /// No connection, and so nothing that the server could have got.
    pub(super) fn unconnected(fault: Fault, text: &str, cause: Cause) -> Self {
        let mut row = Self::unanswered(text, Answer::nothing(), text, cause).sends(UNSENT);
        row.fault = fault;
        row.failure.is_connect = true;
        row
    }

    /// A server that answers with a status of failure. In the text, `{note}` stands for what the document says of it.
    pub(super) fn failing(
        name: impl Into<String>,
        answer: Answer,
        status: u16,
        text: &str,
        body: impl AsRef<[u8]>,
    ) -> Self {
        let mut row = Self::unanswered(name, answer, text, Cause::Nothing);
        row.failure.kind = Kind::Status;
        row.failure.status = Some(status);
        row.failure.body = Some(Bytes(body.as_ref().to_vec()));
        row
    }

    /// A server that answers with success, and with a body that is none. In the text, `{reads}` stands for the type
    /// that was expected.
    pub(super) fn garbled(
        name: impl Into<String>,
        answer: Answer,
        text: &str,
        body: impl AsRef<[u8]>,
        cause: Cause,
    ) -> Self {
        let mut row = Self::unanswered(name, answer, text, cause).sends(ONCE);
        row.failure.kind = Kind::Decode;
        row.failure.status = Some(200);
        row.failure.body = Some(Bytes(body.as_ref().to_vec()));
        row
    }

    /// The body breaks off.
    pub(super) fn cut(mut self) -> Self {
        self.failure.kind = Kind::CutStatus;
        self
    }

    pub(super) fn sends(mut self, sends: Sends) -> Self {
        self.sends = sends;
        self
    }

    pub(super) fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Each attempt ends when its time is over.
    pub(super) fn timed_out(mut self, attempt: Duration) -> Self {
        self.attempt = attempt;
        self.failure.is_timeout = true;
        self
    }

    pub(super) fn asking(mut self, pause: Duration) -> Self {
        self.failure.retry_after = Some(pause);
        self.pauses = Pauses::Asked(pause);
        self
    }

    /// The shortest and the longest pause after an attempt, the first being 1.
    fn pause(&self, attempt: u32) -> (Duration, Duration) {
        match self.pauses {
            Pauses::Asked(pause) => (pause, pause),
            Pauses::Backoff => {
                let (first, longest) = self.limits.backoff.unwrap_or(DOCUMENTED);
                let pause = (first * 2_u32.pow(attempt - 1)).min(longest);
                (pause * 3 / 4, pause)
            }
        }
    }

    /// Sets it up with a call, which is made when the future is awaited.
    pub(super) fn play(self: Arc<Self>, caller: &'static Caller, sends: u32) -> impl Future<Output = ()> + Send {
        let scene = Scene::of(&self.fault, sends);
        let call = (caller.client)(scene.url(), &self.limits);
        async move {
            let label = format!("{}, {}", self.name, caller.name);
            let started = Instant::now();
            let result = call().await;
            let passed = started.elapsed();
            let arrivals = scene.arrivals();
            if let Some(arrivals) = &arrivals {
                assert_eq!(arrivals.len(), sends as usize, "{label}: {result:?}");
            }
            assert_eq!(result.expect_err(&label), self.expected(caller, sends), "{label}");
            self.check_times(&label, sends, &arrivals.unwrap_or_default(), passed);
        }
    }

    /// The error of a call after so many attempts.
    fn expected(&self, caller: &Caller, sends: u32) -> Failure {
        let Failure { status, text, .. } = &self.failure;
        let note = caller.notes.iter().find(|(noted, _)| Some(*noted) == *status);
        let note = note.map_or_else(String::new, |(_, note)| format!(" ({note})"));
        let text = text.replace("{note}", &note).replace("{reads}", caller.reads);
        let after = if sends > 1 {
            format!("; after {sends} attempts")
        } else {
            String::new()
        };
        Failure {
            attempts: sends,
            text: format!("{}: {text}{after}", caller.name),
            ..self.failure.clone()
        }
    }

    /// That no pause was too short, and none much too long.
    fn check_times(&self, label: &str, sends: u32, arrivals: &[Instant], passed: Duration) {
        let pauses = (1..sends).map(|attempt| self.pause(attempt));
        let (least, most) = pauses.clone().fold(
            (Duration::ZERO, Duration::ZERO),
            |(least, most), (shortest, longest)| (least + shortest, most + longest),
        );
        let range = self.attempt * sends + least..self.attempt * sends + most + SLACK;
        assert!(range.contains(&passed), "{label}: took {passed:?}, not {range:?}");
        for (arrived, (shortest, longest)) in arrivals.windows(2).zip(pauses) {
            // The time of an attempt starts before its request arrives, so that only the pause is certain.
            let range = shortest..self.attempt + longest + SLACK;
            let pause = arrived[1] - arrived[0];
            assert!(
                range.contains(&pause),
                "{label}: {pause:?} between two sends, not {range:?}"
            );
        }
    }
}
