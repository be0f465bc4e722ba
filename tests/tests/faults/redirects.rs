//! Redirects: what is followed, what is taken along, and what is the caller's to decide.

use clientsmith_tests::server::{Answer, Server};
use clientsmith_tests::unreachable::Refusing;

use super::callers::{CALLERS, CREATE, Kind, Limits, READ, V2, V3};
use crate::wire::KEY;

const REDIRECTS: [u16; 5] = [301, 302, 303, 307, 308];

fn to(status: u16, location: &str) -> Answer {
    Answer::new(status, &[("location", location)], "moved")
}

#[tokio::test]
async fn a_get_follows_to_another_host_and_leaves_the_key_behind() {
    let other = Server::start(REDIRECTS.map(|_| READ.success()));
    let location = format!("{}/elsewhere?x=1", other.url());
    let server = Server::start(REDIRECTS.map(|status| to(status, &location)));
    let call = (READ.client)(server.url(), &Limits::default());
    for status in REDIRECTS {
        assert_eq!(call().await.unwrap(), (READ.answer)().1, "{status}");
    }
    assert_eq!((server.requests().len(), other.requests().len()), (5, 5));
    assert!(server.requests().iter().all(|request| request.contains(KEY)));
    for request in other.requests() {
        assert_eq!((&*request.method, &*request.target), ("GET", "/elsewhere?x=1"));
        assert!(!request.contains(KEY), "{request:?}");
        let names: Vec<_> = request.headers.iter().map(|(name, _)| &**name).collect();
        assert_eq!(names, ["accept", "user-agent", "host"]);
    }
}

/// A POST is not turned into a GET, and its body goes to no other host.
#[tokio::test]
async fn a_post_does_not_follow_to_another_host() {
    for caller in [&CREATE, &V2, &V3] {
        let other = Server::start([]);
        let server = Server::start(REDIRECTS.map(|status| to(status, &other.url())));
        let call = (caller.client)(server.url(), &Limits::default());
        for status in REDIRECTS {
            let failure = call().await.unwrap_err();
            assert_eq!(
                (failure.kind, failure.status, failure.attempts),
                (Kind::Status, Some(status), 1),
                "{}",
                caller.name
            );
        }
        assert_eq!((server.requests().len(), other.requests().len()), (5, 0));
    }
}

#[tokio::test]
async fn within_the_host_a_call_is_followed_as_it_is() {
    for caller in CALLERS {
        let server = Server::start([to(307, "/moved"), to(308, "again?a=b"), caller.success()]);
        (caller.client)(server.url(), &Limits::default())().await.unwrap();
        let requests = server.requests();
        let targets: Vec<_> = requests.iter().skip(1).map(|request| &*request.target).collect();
        assert_eq!(targets, ["/moved", "/again?a=b"], "{}", caller.name);
        for request in &requests {
            assert_eq!(
                (&request.method, &request.body),
                (&requests[0].method, &requests[0].body)
            );
            assert!(request.contains(KEY));
        }
    }
}

#[tokio::test]
async fn within_the_host_a_get_is_followed_after_every_redirect() {
    let answers = REDIRECTS
        .into_iter()
        .flat_map(|status| [to(status, "/moved"), READ.success()]);
    let server = Server::start(answers);
    let call = (READ.client)(server.url(), &Limits::default());
    for status in REDIRECTS {
        assert_eq!(call().await.unwrap(), (READ.answer)().1, "{status}");
    }
    let requests = server.requests();
    let followed: Vec<_> = requests.iter().filter(|request| request.target == "/moved").collect();
    assert_eq!((requests.len(), followed.len()), (10, 5));
    assert!(
        followed
            .iter()
            .all(|request| request.method == "GET" && request.contains(KEY))
    );
}

#[tokio::test]
async fn within_the_host_a_post_does_not_become_a_get() {
    for caller in [&CREATE, &V2, &V3] {
        let statuses = [301, 302, 303];
        let server = Server::start(statuses.map(|status| to(status, "/moved")));
        let call = (caller.client)(server.url(), &Limits::default());
        for status in statuses {
            let failure = call().await.unwrap_err();
            assert_eq!((failure.status, failure.attempts), (Some(status), 1), "{}", caller.name);
        }
        assert_eq!(server.requests().len(), 3);
    }
}

#[tokio::test]
async fn redirects_without_end_end() {
    for caller in CALLERS {
        let server = Server::start(std::iter::repeat_n(to(307, "/round"), 20));
        let failure = (caller.client)(server.url(), &Limits::default())().await.unwrap_err();
        assert_eq!(failure.text, format!("{}: 307 Temporary Redirect: moved", caller.name));
        assert_eq!((server.requests().len(), failure.attempts), (11, 1));
    }
}

#[tokio::test]
async fn a_redirect_to_nowhere_is_the_answer() {
    let locations = ["http://", "ftp://127.0.0.1/x", "\u{e9}"];
    for caller in CALLERS {
        let answers = locations.map(|location| to(307, location));
        let nowhere = Answer::new(307, &[], "moved");
        let server = Server::start(answers.into_iter().chain([nowhere]));
        let call = (caller.client)(server.url(), &Limits::default());
        for _ in 0..4 {
            let failure = call().await.unwrap_err();
            assert_eq!(failure.text, format!("{}: 307 Temporary Redirect: moved", caller.name));
        }
        assert_eq!(server.requests().len(), 4);
    }
}

/// Each attempt begins at the API.
#[tokio::test]
async fn a_redirect_to_a_host_that_refuses() {
    let other = Refusing::start();
    let server = Server::start(std::iter::repeat_n(to(302, &other.url()), 3));
    let failure = (READ.client)(server.url(), &Limits::default())().await.unwrap_err();
    let text = format!("{}: no connection: {{system}}; after 3 attempts", READ.name);
    assert_eq!((failure.text, failure.is_connect), (text, true));
    assert_eq!(server.requests().len(), 3);
}
