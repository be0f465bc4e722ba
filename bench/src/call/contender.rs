//! Which calls are made, and by whom.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::str::FromStr;

use super::{by_hand, generated, socket};
use crate::Failure;

/// A call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Call {
    /// `GET /v1/sessions/{id}`: a path parameter, an answer of 16 fields.
    Get,
    /// `POST /v1/sessions`: a body in JSON, an answer of 16 fields.
    Create,
}

impl Call {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Get, Self::Create];
}

/// Who makes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Contender {
    /// The generated client.
    Generated,
    /// The same call as one would write it.
    ByHand,
    /// The same bytes on a bare connection: what the network and the server take.
    Socket,
}

impl Contender {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Generated, Self::ByHand, Self::Socket];

    /// Gets ready to make a call of a server.
    ///
    /// # Errors
    /// No client can be made, or no connection.
    pub fn caller(self, base_url: &str, call: Call) -> Result<Box<dyn Caller>, Failure> {
        Ok(match self {
            Self::Generated => Box::new(generated::Calls::new(base_url, call)?),
            Self::ByHand => Box::new(by_hand::Calls::new(base_url, call)?),
            Self::Socket => Box::new(socket::Calls::new(base_url, call)?),
        })
    }
}

/// Calls under way.
pub type Running<'a> = Pin<Box<dyn Future<Output = Result<(), Failure>> + 'a>>;

/// Someone who is ready to make a call.
pub trait Caller {
    /// Makes it so often, one after the other. One future for all of them, so that each call costs what it costs itself.
    fn repeat(&mut self, calls: u32) -> Running<'_>;
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Get => "get",
            Self::Create => "create",
        })
    }
}

impl fmt::Display for Contender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Generated => "generated",
            Self::ByHand => "by-hand",
            Self::Socket => "socket",
        })
    }
}

impl FromStr for Call {
    type Err = Failure;

    fn from_str(text: &str) -> Result<Self, Failure> {
        named(&Self::ALL, text)
    }
}

impl FromStr for Contender {
    type Err = Failure;

    fn from_str(text: &str) -> Result<Self, Failure> {
        named(&Self::ALL, text)
    }
}

fn named<T: Copy + fmt::Display>(all: &[T], name: &str) -> Result<T, Failure> {
    let found = all.iter().find(|one| one.to_string() == name);
    found.copied().ok_or_else(|| format!("there is no `{name}`").into())
}
