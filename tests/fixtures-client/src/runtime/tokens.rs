//! The access token that the calls of a client share: fetched by one of them, kept until it is about to expire. Knows
//! nothing of calls.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::BytesMut;
use http::{HeaderValue, Method, header};

use super::ResponseBody;
use super::oauth::{Grant, TokenRequest};
use super::platform::Instant;
use super::stream::next;
use super::token_error::TokenFailure;
use super::transport::{Attempt, HttpRequest, Transport};
use super::transport_error::Failure;

/// How long before it expires a token is fetched anew, at most; one that is short-lived, in the last tenth of its time.
const MARGIN: Duration = Duration::from_secs(30);

/// The most that an answer may hold.
const LONGEST_ANSWER: usize = 1024 * 1024;

/// Where tokens come from, and the one that there is.
pub(super) struct Tokens {
    request: TokenRequest,
    state: Mutex<State>,
    /// Held by the call that fetches: the others wait for it.
    turn: tokio::sync::Mutex<()>,
}

/// What the last request came to.
#[derive(Default)]
struct State {
    /// How many requests have ended.
    ended: u64,
    token: Option<Token>,
    /// Where it failed: for those that waited for it.
    failure: Option<Arc<TokenFailure>>,
}

struct Token {
    value: HeaderValue,
    renew_at: Option<Instant>,
}

/// A token for a call, as the header `Authorization` has it, and whether it was fetched for that.
pub(super) type Taken = (HeaderValue, bool);

impl Tokens {
    pub(super) fn new(request: TokenRequest) -> Self {
        Self {
            request,
            state: Mutex::default(),
            turn: tokio::sync::Mutex::default(),
        }
    }

    /// A token that is good for now: the one that there is, or a new one. A failure is shared by all that waited for it.
    /// Where the call that fetches is given up, the next of them fetches.
    pub(super) async fn take(
        &self,
        transport: &dyn Transport,
        attempt: Attempt<'_>,
        user_agent: Option<&HeaderValue>,
    ) -> Result<Taken, Arc<TokenFailure>> {
        let before = {
            let state = self.state();
            if let Some(value) = state.current() {
                return Ok((value, false));
            }
            state.ended
        };
        let _turn = self.turn.lock().await;
        if let Some(outcome) = self.state().since(before) {
            return outcome;
        }
        let started = Instant::now();
        let outcome = self.fetch(transport, attempt, user_agent).await;
        self.state().end(started, outcome)
    }

    /// Lets go of a token that the API refused.
    pub(super) fn forget(&self, refused: &HeaderValue) {
        let mut state = self.state();
        if state.token.as_ref().is_some_and(|token| token.value == *refused) {
            state.token = None;
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Neither what stands around requests to the API nor its headers have business here, and no redirect is followed.
    async fn fetch(
        &self,
        transport: &dyn Transport,
        attempt: Attempt<'_>,
        user_agent: Option<&HeaderValue>,
    ) -> Result<Grant, TokenFailure> {
        let mut headers = self.request.headers.clone();
        headers.extend(user_agent.map(|value| (header::USER_AGENT, value.clone())));
        let request = HttpRequest {
            method: Method::POST,
            url: self.request.url.clone(),
            headers,
            body: self.request.body.clone().into(),
        };
        let (parts, body) = transport.send(request, attempt.for_token()).await?.into_parts();
        let body = read(body).await?;
        self.request.read(parts.status, &body)
    }
}

impl State {
    /// The token, unless it is about to expire.
    fn current(&self) -> Option<HeaderValue> {
        let token = self.token.as_ref()?;
        let is_good = token.renew_at.is_none_or(|renew_at| Instant::now() < renew_at);
        is_good.then(|| token.value.clone())
    }

    /// What came of a request that has ended since so many had.
    fn since(&self, ended: u64) -> Option<Result<Taken, Arc<TokenFailure>>> {
        if self.ended == ended {
            return None;
        }
        match &self.failure {
            Some(failure) => Some(Err(failure.clone())),
            None => self.token.as_ref().map(|token| Ok((token.value.clone(), false))),
        }
    }

    fn end(&mut self, started: Instant, outcome: Result<Grant, TokenFailure>) -> Result<Taken, Arc<TokenFailure>> {
        self.ended += 1;
        match outcome {
            Ok(grant) => {
                self.failure = None;
                self.token = Some(Token {
                    value: grant.value.clone(),
                    renew_at: grant.expires_in.and_then(|length| {
                        let margin = MARGIN.min(length / 10);
                        started.checked_add(length.saturating_sub(margin))
                    }),
                });
                Ok((grant.value, true))
            }
            Err(failure) => {
                let failure = Arc::new(failure);
                self.failure = Some(failure.clone());
                Err(failure)
            }
        }
    }
}

/// The whole of an answer.
async fn read(mut body: ResponseBody) -> Result<BytesMut, TokenFailure> {
    let mut whole = BytesMut::new();
    while let Some(piece) = next(&mut body).await {
        let piece = piece.map_err(|failure| TokenFailure::Transport(Failure::Receive(failure)))?;
        whole.extend_from_slice(&piece);
        if whole.len() > LONGEST_ANSWER {
            return Err(TokenFailure::Unreadable("the answer is larger than 1 MiB".to_owned()));
        }
    }
    Ok(whole)
}
