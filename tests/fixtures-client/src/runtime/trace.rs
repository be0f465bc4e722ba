//! A span for each call, where the feature `tracing` is on; nothing at all where it is not.
//!
//! It tells the operation, the path's template, the attempts, the status and the time until the answer began, under
//! OpenTelemetry's names where it has them. Keys, bodies, filled paths and addresses are never in it.

#[cfg(feature = "tracing")]
mod target {
    use std::time::Duration;

    use http::StatusCode;
    use tracing::field::Empty;
    use tracing::{Instrument, Span, debug, info_span};

    use super::super::platform::Instant;
    use super::super::{Error, Operation};

    /// The span of a call.
    #[derive(Clone)]
    pub(in super::super) struct Trace {
        span: Span,
        start: Instant,
    }

    impl Trace {
        pub(in super::super) fn new(operation: &Operation) -> Self {
            let span = info_span!(
                "call",
                otel.kind = "client",
                operation = &*operation.label(),
                http.request.method = operation.method.as_str(),
                url.template = operation.path,
                http.response.status_code = Empty,
                error.r#type = Empty,
                attempts = Empty,
                duration_ms = Empty,
            );
            Self {
                span,
                start: Instant::now(),
            }
        }

        /// Does this within the span.
        pub(in super::super) fn within<F: Future>(&self, work: F) -> tracing::instrument::Instrumented<F> {
            work.instrument(self.span.clone())
        }

        /// An answer of success has begun.
        pub(in super::super) fn answered(&self, status: StatusCode, attempts: u32) {
            self.span.record("http.response.status_code", status.as_u16());
            self.ended(attempts);
        }

        /// The call will be sent again.
        pub(in super::super) fn paused(&self, error: &Error, attempts: u32, pause: Duration) {
            debug!(
                parent: &self.span,
                attempt = attempts,
                error.r#type = kind(error),
                pause_ms = milliseconds(pause),
                "sent again after a pause"
            );
        }

        /// The call has failed.
        pub(in super::super) fn failed(&self, error: &Error, attempts: u32) {
            if let Some(status) = error.status() {
                self.span.record("http.response.status_code", status);
            }
            self.span.record("error.type", kind(error));
            self.ended(attempts);
        }

        fn ended(&self, attempts: u32) {
            self.span.record("attempts", attempts);
            self.span.record("duration_ms", milliseconds(self.start.elapsed()));
        }
    }

    fn milliseconds(time: Duration) -> u64 {
        u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
    }

    /// What kind of failure it is: the text of an error may hold what the API said.
    fn kind(error: &Error) -> String {
        match error {
            Error::Status(error) => error.status().to_string(),
            error if error.is_timeout() => "timeout".to_owned(),
            error if error.is_tls() => "tls".to_owned(),
            error if error.is_connect() => "connect".to_owned(),
            Error::Transport(_) => "transport".to_owned(),
            Error::Token(_) => "token".to_owned(),
            Error::Io(_) => "io".to_owned(),
            _ => "request".to_owned(),
        }
    }
}

#[cfg(not(feature = "tracing"))]
mod target {
    use std::time::Duration;

    use http::StatusCode;

    use super::super::{Error, Operation};

    /// Nothing.
    #[derive(Clone)]
    pub(in super::super) struct Trace;

    impl Trace {
        pub(in super::super) fn new(_: &Operation) -> Self {
            Self
        }

        #[allow(clippy::unused_self, reason = "the span is, where there is one")]
        pub(in super::super) fn within<F: Future>(&self, work: F) -> F {
            work
        }

        #[allow(clippy::unused_self, reason = "the span is, where there is one")]
        pub(in super::super) fn answered(&self, _: StatusCode, _: u32) {}

        #[allow(clippy::unused_self, reason = "the span is, where there is one")]
        pub(in super::super) fn paused(&self, _: &Error, _: u32, _: Duration) {}

        #[allow(clippy::unused_self, reason = "the span is, where there is one")]
        pub(in super::super) fn failed(&self, _: &Error, _: u32) {}
    }
}

pub(super) use target::Trace;
