//! Headers of answers as values: every type, on answers of success, of failure, and that stream.

use clientsmith_tests::server::{Answer, Server};
use fixtures_client::Error;
use fixtures_client::answer_headers::Client;
use fixtures_client::answer_headers::headers::{
    ChecksumHeaders, KindsHeaders, LinkRatelimitRemainingHeaders as Limits, TotalSameHeaders,
};
use fixtures_client::answer_headers::types::{Nested, Point, XLevel};
use fixtures_client::http::HeaderMap;

use super::read;

fn client(server: &Server) -> Client {
    Client::builder().base_url(server.url()).max_retries(0).build().unwrap()
}

/// The headers of an answer that has these.
async fn answered(headers: &[(&str, &str)]) -> HeaderMap {
    let server = Server::start([Answer::new(200, headers, "")]);
    let answer = client(&server).kinds().list().with_response().await.unwrap();
    answer.headers().clone()
}

#[tokio::test]
async fn values_of_every_type() {
    let answer = answered(&[
        ("x-text", "  a, \"b\"  "),
        ("X-NUMBER", "-1.5e2"),
        ("x-small", "-7"),
        ("x-large", "18446744073709551615"),
        ("x-flag", "True"),
        ("x-time", "2026-01-02 03:04:05.5+01:00"),
        ("x-day", "2026-01-02"),
        ("x-level", "middle"),
        ("x-maybe", "0"),
        ("x-plain", "p"),
        ("x-any", "[1"),
        ("type", "t"),
        ("of", "o"),
    ])
    .await;
    let headers = KindsHeaders::of(&answer);
    assert_eq!(headers.x_text().unwrap().unwrap(), "a, \"b\"");
    assert_eq!(headers.x_number().unwrap(), Some(-150.0));
    assert_eq!(headers.x_small().unwrap(), Some(-7));
    assert_eq!(headers.x_large().unwrap(), Some(u64::MAX));
    #[allow(deprecated, reason = "it can still be read")]
    let flag = headers.x_flag().unwrap();
    assert_eq!(flag, Some(true));
    assert_eq!(headers.x_time().unwrap().unwrap().to_string(), "2026-01-02T02:04:05.5Z");
    assert_eq!(headers.x_day().unwrap().unwrap().to_string(), "2026-01-02");
    assert_eq!(headers.x_level().unwrap(), Some(XLevel::Unknown("middle".to_owned())));
    assert_eq!(headers.x_maybe().unwrap(), Some(0));
    assert_eq!(headers.x_plain().unwrap().unwrap(), "p");
    assert_eq!(headers.x_any().unwrap().unwrap(), "[1");
    assert_eq!(headers.r#type().unwrap().unwrap(), "t");
    assert_eq!(headers.of_header().unwrap().unwrap(), "o");
}

#[tokio::test]
async fn lists_and_objects() {
    let point: Point = read(r#"{"x": 1, "name": "a"}"#);
    let answer = answered(&[
        ("x-names", "a,b , c"),
        ("x-names", "d"),
        ("x-counts", ""),
        ("x-times", "2026-01-02T03:04:05Z,2026-01-02"),
        ("x-point", "x,1,name,a"),
        ("x-exploded", "x=1, name=a"),
        ("x-map", "a=1,b=2"),
        ("x-json", r#"{"point": {"x": 1, "name": "a"}}"#),
        ("x-nested", "point,x"),
        ("set-cookie", "a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT"),
        ("set-cookie", "b=2"),
    ])
    .await;
    let headers = KindsHeaders::of(&answer);
    assert_eq!(headers.x_names().unwrap().unwrap(), ["a", "b", "c", "d"]);
    assert_eq!(headers.x_counts().unwrap().unwrap(), [0; 0]);
    let times = headers.x_times().unwrap().unwrap();
    let times: Vec<_> = times.iter().map(ToString::to_string).collect();
    assert_eq!(times, ["2026-01-02T03:04:05Z", "2026-01-02T00:00:00Z"]);
    assert_eq!(headers.x_point().unwrap(), Some(point.clone()));
    assert_eq!(headers.x_exploded().unwrap(), Some(point.clone()));
    let map = headers.x_map().unwrap().unwrap();
    assert_eq!(
        map.into_iter().collect::<Vec<_>>(),
        [("a".to_owned(), 1), ("b".to_owned(), 2)]
    );
    let nested: Nested = headers.x_json().unwrap().unwrap();
    assert_eq!(nested.point, point);
    assert_eq!(headers.x_nested().unwrap().unwrap(), "point,x");
    let cookies = headers.set_cookie().unwrap().unwrap();
    assert_eq!(cookies, ["a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT", "b=2"]);
}

#[tokio::test]
async fn what_is_not_there_is_none() {
    let answer = answered(&[]).await;
    let headers = KindsHeaders::of(&answer);
    assert_eq!(headers.x_text().unwrap(), None);
    assert_eq!(headers.x_small().unwrap(), None);
    assert_eq!(headers.x_names().unwrap(), None);
    assert_eq!(headers.x_json().unwrap(), None);
}

#[tokio::test]
async fn what_does_not_fit_is_an_error() {
    let answer = answered(&[
        ("x-small", "3000000000"),
        ("x-large", "-1"),
        ("x-maybe", ""),
        ("x-flag", "yes"),
        ("x-counts", "1,a"),
        ("x-point", "name,a"),
        ("x-exploded", "x=,y"),
        ("x-json", "{}"),
    ])
    .await;
    let headers = KindsHeaders::of(&answer);
    let error = headers.x_small().unwrap_err();
    assert_eq!((error.name(), error.expected()), ("x-small", "i32"));
    #[allow(deprecated, reason = "it can still be read")]
    let flag = headers.x_flag().unwrap_err();
    let errors = [
        error,
        headers.x_large().unwrap_err(),
        headers.x_maybe().unwrap_err(),
        flag,
        headers.x_counts().unwrap_err(),
        headers.x_point().unwrap_err(),
        headers.x_exploded().unwrap_err(),
        headers.x_json().unwrap_err(),
    ];
    assert_eq!(
        errors.map(|error| error.to_string()),
        [
            "the header `x-small` is no i32: invalid value: integer `3000000000`, expected i32",
            "the header `x-large` is no u64: invalid value: integer `-1`, expected u64",
            "the header `x-maybe` is no i64: cannot parse integer from empty string",
            "the header `x-flag` is no bool: it is neither `true` nor `false`",
            "the header `x-counts` is no alloc::vec::Vec<i64>: invalid digit found in string",
            "the header `x-point` is no fixtures_client::answer_headers::types::kinds::Point: missing field `x`",
            "the header `x-exploded` is no fixtures_client::answer_headers::types::kinds::Point: cannot parse integer from empty string",
            "the header `x-json` is no fixtures_client::answer_headers::types::kinds::Nested: missing field `point`",
        ]
    );
    assert_eq!(answer["x-flag"], "yes");
    let error = Error::from(headers.x_small().unwrap_err());
    assert!(
        matches!(&error, Error::Header(inner) if inner.name() == "x-small"),
        "{error:?}"
    );
}

#[tokio::test]
async fn answers_of_success_and_of_failure_have_the_same_ones() {
    let rest = ("X-RateLimit-Remaining", "0");
    let link = ("Link", "</things?page=2>; rel=\"next\"");
    let server = Server::start([
        Answer::new(200, &[link, rest], "[]"),
        Answer::new(429, &[rest], ""),
        Answer::new(200, &[link, rest], "\"a\""),
    ]);
    let client = client(&server);
    let things = client.things().list().with_response().await.unwrap();
    let error = client.things().list().await.unwrap_err();
    let thing = client.things().get("a").with_response().await.unwrap();
    let all = [Some(things.headers()), error.headers(), Some(thing.headers())];
    let all = all.map(|headers| {
        let headers = Limits::of(headers.unwrap());
        (
            headers.link().unwrap().is_some(),
            headers.x_ratelimit_remaining().unwrap(),
        )
    });
    assert_eq!(all, [(true, Some(0)), (false, Some(0)), (true, Some(0))]);
}

#[tokio::test]
async fn what_answers_declare_differently_is_text() {
    let server = Server::start([Answer::new(200, &[("x-total", "3"), ("x-same", "3")], "")]);
    let answer = client(&server).kinds().get().with_response().await.unwrap();
    let headers = TotalSameHeaders::of(answer.headers());
    assert_eq!(headers.x_total().unwrap().unwrap(), "3");
    assert_eq!(headers.x_same().unwrap(), Some(3));
}

#[tokio::test]
async fn a_download_has_them_before_its_body() {
    let server = Server::start([Answer::new(200, &[("x-checksum", "abc")], "bytes")]);
    let answer = client(&server).files().get("a").with_response().await.unwrap();
    let checksum = ChecksumHeaders::of(answer.headers()).x_checksum().unwrap();
    assert_eq!(checksum.unwrap(), "abc");
    assert_eq!(answer.into_value().bytes().await.unwrap(), "bytes");
}
