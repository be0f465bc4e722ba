//! The access token of a call: taken before each attempt, and a new one after a 401, once. Calls that take none do not
//! come by here.

use std::sync::Arc;

use http::{HeaderValue, header};

use super::auth::Ready;
use super::body::Clock;
use super::call::Call;
use super::platform::{BoxFuture, timeout_at};
use super::token_error::TokenFailure;
use super::tokens::{Taken, Tokens};
use super::transport::Attempt;
use super::{Core, Error, TokenError};

/// What a call that takes a token knows of it.
#[derive(Default)]
pub(super) struct Access {
    /// As the header `Authorization` has it; from the first attempt on.
    pub(super) value: Option<HeaderValue>,
    /// Whether it was fetched for this attempt.
    is_new: bool,
    /// Whether the call is sent again because of a 401.
    renewed: bool,
}

impl Call {
    /// Takes a token for the next attempt, within the times of the call.
    pub(super) fn authorize(&mut self) -> BoxFuture<'_, Result<(), Error>> {
        let (core, operation, attempts) = (self.core.clone(), self.operation.clone(), self.attempts);
        let (credentials, clock) = (self.credentials, self.times());
        Box::pin(async move {
            let Some(tokens) = tokens(&core, credentials) else {
                return Ok(());
            };
            let taken = take(&core, tokens, Attempt::new(&operation, attempts), &clock).await;
            let (value, is_new) = taken.map_err(|failure| {
                Error::Token(Box::new(TokenError {
                    operation: operation.clone(),
                    failure,
                    attempts,
                }))
            })?;
            if let Some(access) = &mut self.access {
                access.value = Some(value);
                access.is_new = is_new;
            }
            Ok(())
        })
    }

    /// How often it was sent as its rule says: what was sent again with another token is no retry.
    pub(super) fn tries(&self) -> u32 {
        let renewed = self.access.as_ref().is_some_and(|access| access.renewed);
        self.attempts - u32::from(renewed)
    }

    /// Whether the call is to be sent again with another token: the API refused one that had been there for a while, and
    /// so did nothing.
    pub(super) fn renews(&mut self, error: &Error) -> bool {
        let Some(access) = &mut self.access else {
            return false;
        };
        if access.is_new || access.renewed || !error.is_unauthorized() || !self.payload.is_replayable() {
            return false;
        }
        access.renewed = true;
        if let (Some(tokens), Some(refused)) = (tokens(&self.core, self.credentials), &access.value) {
            tokens.forget(refused);
        }
        true
    }
}

/// Where the call's tokens come from.
fn tokens<'a>(core: &'a Core, credentials: &[usize]) -> Option<&'a Tokens> {
    core.ready(credentials).find_map(|ready| match ready {
        Ready::Token(tokens) => Some(&**tokens),
        _ => None,
    })
}

async fn take(core: &Core, tokens: &Tokens, attempt: Attempt<'_>, clock: &Clock) -> Result<Taken, Arc<TokenFailure>> {
    let shared = &*core.shared;
    let taken = tokens.take(&*shared.transport, attempt, shared.headers.get(header::USER_AGENT));
    match clock.next(None) {
        None => taken.await,
        Some((at, expired)) => match timeout_at(at, taken).await {
            Ok(taken) => taken,
            Err(_) => Err(TokenFailure::from(expired).into()),
        },
    }
}
