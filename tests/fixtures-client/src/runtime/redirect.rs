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

use http::{HeaderMap, Method, StatusCode, header};

use super::transport::HttpRequest;
use super::transport_body::RequestBody;

/// How many redirects a call follows.
pub(super) const LIMIT: usize = 10;

/// What to send next.
pub(super) struct Next {
    pub(super) request: HttpRequest,
    /// Whether it goes to where the call went, so that its body may go along.
    pub(super) same_origin: bool,
}

/// What to send next, if this answer to `sent` is a redirect to be followed.
pub(super) fn follow(sent: &HttpRequest, status: StatusCode, answered: &HeaderMap) -> Option<Next> {
    let read_only = matches!(sent.method, Method::GET | Method::HEAD);
    match status.as_u16() {
        307 | 308 => {}
        301..=303 if read_only => {}
        _ => return None,
    }
    let location = answered.get(header::LOCATION)?.to_str().ok()?;
    let url = sent.url.join(location).ok()?;
    let same_origin = url.origin() == sent.url.origin();
    let headers = if same_origin {
        sent.headers.clone()
    } else {
        let downgrade = sent.url.scheme() == "https" && url.scheme() != "https";
        if !read_only || downgrade || !matches!(url.scheme(), "http" | "https") {
            return None;
        }
        without_credentials(&sent.headers)
    };
    let request = HttpRequest {
        method: sent.method.clone(),
        url,
        headers,
        body: RequestBody::empty(),
    };
    Some(Next { request, same_origin })
}

fn without_credentials(headers: &HeaderMap) -> HeaderMap {
    let kept = [header::ACCEPT, header::USER_AGENT];
    kept.into_iter()
        .filter_map(|name| headers.get(&name).cloned().map(|value| (name, value)))
        .collect()
}
