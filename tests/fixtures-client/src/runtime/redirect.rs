//! Which redirects are followed, and with what. A credential never goes to another origin.
//!
//! `reqwest` drops only the standard headers of authorization on its way to another host; an API key in a header of its
//! own would go along. So its redirects are off, and this is what happens instead:
//! - within the origin: `GET` and `HEAD` follow every redirect, other methods only 307 and 308, which ask for the same
//!   call again;
//! - to another origin: only `GET` and `HEAD`, never from `https` to `http`, and with no header but `Accept` and
//!   `User-Agent`.
//!
//! Whatever is not followed is an error with its status and headers.

use http::{HeaderMap, Method, header};
use reqwest::Request;

/// How many redirects a call follows.
pub(super) const LIMIT: usize = 10;

/// The call to send next, if this answer to `sent` is a redirect to be followed.
pub(super) fn follow(mut sent: Request, answer: &reqwest::Response) -> Option<Request> {
    let read_only = matches!(*sent.method(), Method::GET | Method::HEAD);
    match answer.status().as_u16() {
        307 | 308 => {}
        301..=303 if read_only => {}
        _ => return None,
    }
    let location = answer.headers().get(header::LOCATION)?.to_str().ok()?;
    let target = sent.url().join(location).ok()?;
    if target.origin() != sent.url().origin() {
        let downgrade = sent.url().scheme() == "https" && target.scheme() != "https";
        if !read_only || downgrade || !matches!(target.scheme(), "http" | "https") {
            return None;
        }
        let kept = [header::ACCEPT, header::USER_AGENT];
        let headers = std::mem::take(sent.headers_mut());
        *sent.headers_mut() = kept
            .into_iter()
            .filter_map(|name| headers.get(&name).cloned().map(|value| (name, value)))
            .collect::<HeaderMap>();
        *sent.body_mut() = None;
    }
    *sent.url_mut() = target;
    Some(sent)
}
