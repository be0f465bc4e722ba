//! Parameters on the wire: every style with a scalar, an array and an object; values and names of every kind.

use clientsmith_tests::server::{Answer, Recorded, Server};
use fixtures_client::parameters::types::{Either, Order as Sort, Point as Corner};
use fixtures_client::styles::types::{Filter, Order, Point};
use fixtures_client::{Error, parameters, styles};

fn styles(server: &Server) -> styles::Client {
    styles::Client::builder().base_url(server.url()).build().unwrap()
}

fn parameters(server: &Server) -> parameters::Client {
    parameters::Client::builder().base_url(server.url()).build().unwrap()
}

fn done(calls: usize) -> Server {
    Server::start(vec![Answer::empty(204); calls])
}

fn targets(server: &Server) -> Vec<String> {
    server.requests().into_iter().map(|request| request.target).collect()
}

/// The headers whose names begin so, in the order of their names.
fn headers<'a>(request: &'a Recorded, start: &str) -> Vec<(&'a str, &'a str)> {
    let mut found: Vec<_> = (request.headers.iter())
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .filter(|(name, _)| name.starts_with(start))
        .collect();
    found.sort_unstable();
    found
}

/// Everything that RFC 3986 reserves, a percent sign, spaces, a line break and what is not ASCII.
const ODD: &str = "a/b?c#d[e]@f!$&'()*+,;=:%20 \"<>\\^`{|}\n\u{e9}\u{1f980}-._~";
const ODD_ENCODED: &str = "a%2Fb%3Fc%23d%5Be%5D%40f%21%24%26%27%28%29%2A%2B%2C%3B%3D%3A%2520%20%22%3C%3E%5C%5E%60%7B%7C%7D\
                           %0A%C3%A9%F0%9F%A6%80-._~";

#[tokio::test]
async fn path_parameters_in_every_style() {
    let server = done(4);
    let client = styles(&server);
    let point = Point::new(1).y(-2);
    let words = ["a", "b,c"];
    let paths = client.simple();
    paths
        .simple("s", words, point.clone(), words, point.clone())
        .await
        .unwrap();
    let paths = client.label();
    paths
        .label("s", words, point.clone(), words, point.clone())
        .await
        .unwrap();
    let paths = client.matrix();
    paths
        .matrix("s", words, point.clone(), words, point.clone())
        .await
        .unwrap();
    paths
        .matrix("", ["", "b"], Point::new(0), [""], Point::new(0))
        .await
        .unwrap();
    assert_eq!(
        targets(&server),
        [
            "/simple/s/a,b%2Cc/x,1,y,-2/a,b%2Cc/x=1,y=-2",
            "/label/.s/.a,b%2Cc/.x,1,y,-2/.a.b%2Cc/.x=1.y=-2",
            "/matrix/;scalar=s/;list=a,b%2Cc/;point=x,1,y,-2/;exploded_list=a;exploded_list=b%2Cc/;x=1;y=-2",
            "/matrix/;scalar/;list=,b/;point=x,0/;exploded_list=/;x=0",
        ]
    );
}

#[tokio::test]
async fn path_parameters_of_every_kind() {
    let server = done(2);
    let kinds = styles(&server).kinds();
    let (day, time) = ("2026-02-28".parse().unwrap(), "2026-02-28T12:34:56.5Z".parse().unwrap());
    let call = kinds.kinds(20, 20.0, true, Order::SideWays, day, time, Point::new(1));
    call.await.unwrap();
    let call = kinds.kinds(i64::MIN, -0.125, false, "new/one", day, time, Point::new(1).y(2));
    call.await.unwrap();
    assert_eq!(
        targets(&server),
        [
            "/kinds/20/20/true/side%20ways/2026-02-28/2026-02-28T12%3A34%3A56.5Z/%7B%22x%22%3A1%7D",
            "/kinds/-9223372036854775808/-0.125/false/new%2Fone/2026-02-28/2026-02-28T12%3A34%3A56.5Z/\
             %7B%22x%22%3A1%2C%22y%22%3A2%7D",
        ]
    );
}

#[tokio::test]
async fn query_parameters_in_the_form_style() {
    let server = done(3);
    let form = styles(&server).form();
    form.form().await.unwrap();
    let call = form.form().scalar("a b").list(["a", "b,c"]).point(Point::new(1).y(2));
    let call = call.exploded_scalar("").exploded_list(["a", "b&c"]);
    call.exploded_point(Point::new(3).y(4)).await.unwrap();
    // What is empty or not there is left out, in an array too.
    let nothing: [&str; 0] = [];
    let call = form
        .form()
        .list(nothing)
        .exploded_list(nothing)
        .exploded_point(Point::new(3));
    call.await.unwrap();
    assert_eq!(
        targets(&server),
        [
            "/form",
            "/form?scalar=a%20b&list=a,b%2Cc&point=x,1,y,2&exploded_scalar=&exploded_list=a&exploded_list=b%26c&x=3&y=4",
            "/form?x=3",
        ]
    );
}

#[tokio::test]
async fn query_parameters_in_the_delimited_styles() {
    let server = done(1);
    let call = styles(&server).delimited().delimited();
    let call = call
        .space(["a", "b c"])
        .space_point(Point::new(1).y(2))
        .space_each(["a", "b"]);
    let call = call
        .pipe(["a", "b|c"])
        .pipe_point(Point::new(1).y(2))
        .pipe_each(["a", "b"]);
    call.await.unwrap();
    assert_eq!(
        targets(&server),
        [
            "/delimited?space=a%20b%20c&space_point=x%201%20y%202&space_each=a&space_each=b\
          &pipe=a%7Cb%7Cc&pipe_point=x%7C1%7Cy%7C2&pipe_each=a&pipe_each=b"
        ]
    );
}

#[tokio::test]
async fn query_parameters_as_deep_objects() {
    let server = done(3);
    let deep = styles(&server).deep();
    let filter = Filter::default().name("n & m").tags(["a", "b"]).at(Point::new(1).y(2));
    let call = deep.deep().point(Point::new(1).y(2)).filter(filter);
    call.labels([("a]", "1"), ("b", "2")]).await.unwrap();
    let nothing: [(&str, &str); 0] = [];
    deep.deep().filter(Filter::default()).labels(nothing).await.unwrap();
    deep.deep().filter(Filter::default().flag(false)).await.unwrap();
    assert_eq!(
        targets(&server),
        [
            "/deep?point%5Bx%5D=1&point%5By%5D=2&filter%5Bname%5D=n%20%26%20m&filter%5Btags%5D=a&filter%5Btags%5D=b\
             &filter%5Bat%5D%5Bx%5D=1&filter%5Bat%5D%5By%5D=2&labels%5Ba%5D%5D=1&labels%5Bb%5D=2",
            "/deep",
            "/deep?filter%5Bflag%5D=false",
        ]
    );
}

#[tokio::test]
async fn query_parameters_of_every_kind() {
    let server = done(2);
    let query = parameters(&server).query();
    let call = query.in_query("x").page_size(100).ratio(20.0).flag(false);
    let call = call.since("2026-02-28T13:34:56+01:00".parse().unwrap());
    let call = call
        .day("2026-02-28".parse().unwrap())
        .sort([Sort::Up, Sort::from("newest")]);
    let call = call
        .json(Corner::new(1).y(2))
        .nothing("")
        .free("t")
        .either(Either::from(7));
    call.shared("s").await.unwrap();
    let call = query
        .in_query("")
        .ratio(0.1)
        .free(serde_json::json!({"a": [1], "b": null}));
    call.either("text").await.unwrap();
    assert_eq!(
        targets(&server),
        [
            "/query?q=x&pageSize=100&ratio=20&flag=false&since=2026-02-28T12%3A34%3A56Z&day=2026-02-28&sort=up&sort=newest\
             &json=%7B%22x%22%3A1%2C%22y%22%3A2%7D&nothing=&free=t&either=7&shared=s",
            "/query?q=&ratio=0.1&a=%5B1%5D&either=text",
        ]
    );
}

#[tokio::test]
#[allow(deprecated, reason = "it is sent all the same")]
async fn a_deprecated_parameter_is_still_sent() {
    let server = done(1);
    parameters(&server).query().in_query("x").old("y").await.unwrap();
    assert_eq!(targets(&server), ["/query?q=x&old=y"]);
}

#[tokio::test]
async fn headers_in_both_styles_and_of_every_kind() {
    let server = done(2);
    let client = styles(&server);
    client.header().header().await.unwrap();
    let call = client
        .header()
        .header()
        .x_scalar("a, b/%20 \u{e9}")
        .x_integer(-20)
        .x_flag(true)
        .x_order(Order::SideWays);
    let call = call.x_time("2026-02-28T12:34:56Z".parse().unwrap());
    let call = call.x_list(["a", "b"]).x_point(Point::new(1).y(2));
    let call = call.x_exploded_list(["c", "d"]).x_exploded_point(Point::new(3).y(4));
    call.x_json(Point::new(5)).await.unwrap();
    let requests = server.requests();
    assert_eq!(headers(&requests[0], "x-"), []);
    assert_eq!(
        headers(&requests[1], "x-"),
        [
            ("x-exploded-list", "c,d"),
            ("x-exploded-point", "x=3,y=4"),
            ("x-flag", "true"),
            ("x-integer", "-20"),
            ("x-json", "{\"x\":5}"),
            ("x-list", "a,b"),
            ("x-order", "side ways"),
            ("x-point", "x,1,y,2"),
            ("x-scalar", "a, b/%20 \u{e9}"),
            ("x-time", "2026-02-28T12:34:56Z"),
        ]
    );
    assert_eq!(requests[1].target, "/header");
}

#[tokio::test]
async fn a_header_that_would_become_two_is_refused() {
    let server = done(0);
    let call = styles(&server).header().header().x_scalar("a\r\nx-other: b");
    let error = call.await.unwrap_err();
    assert!(matches!(error, Error::Request(_)));
    assert_eq!(
        error.to_string(),
        "header (GET /header): the value for the header `X-Scalar` has a line break or another control character; \
         nothing was sent"
    );
    assert_eq!(server.requests().len(), 0);
}

#[tokio::test]
async fn cookies_stand_in_one_header() {
    let server = done(3);
    let client = styles(&server);
    client.cookie().cookie().await.unwrap();
    let call = client
        .cookie()
        .cookie()
        .scalar("a; b=\u{e9}")
        .flag(false)
        .list(["a", "b,c"]);
    let call = call.point(Point::new(1).y(2)).exploded_list(["a", "b"]);
    call.exploded_point(Point::new(3).y(4)).await.unwrap();
    let call = parameters(&server)
        .headers()
        .in_headers_and_cookies("00000000-0000-0000-0000-000000000001");
    call.x_tags(["a", "b"])
        .x_point(Corner::new(1))
        .session("s")
        .ids([1, 2])
        .await
        .unwrap();
    let requests = server.requests();
    assert_eq!(requests[0].header("cookie"), None);
    assert_eq!(
        requests[1].header("cookie"),
        Some(
            "scalar=a%3B%20b%3D%C3%A9; flag=false; list=a,b%2Cc; point=x,1,y,2; exploded_list=a; exploded_list=b; x=3; y=4"
        )
    );
    assert_eq!(requests[2].header("cookie"), Some("session=s; ids=1; ids=2"));
    assert_eq!(
        headers(&requests[2], "x-"),
        [
            ("x-point", "x=1"),
            ("x-request-id", "00000000-0000-0000-0000-000000000001"),
            ("x-tags", "a,b"),
        ]
    );
}

#[tokio::test]
async fn what_is_required_is_an_argument() {
    let server = done(2);
    let required = styles(&server).required();
    let day = "2026-02-28".parse().unwrap();
    required.required(["a"], day, 7, "t", 20).await.unwrap();
    let nothing: [&str; 0] = [];
    required.required(nothing, day, 7, "t", 0).await.unwrap();
    let requests = server.requests();
    assert_eq!(requests[0].target, "/required?words=a&since=2026-02-28&limit=20");
    assert_eq!(requests[0].header("x-trace"), Some("7"));
    assert_eq!(requests[0].header("cookie"), Some("token=t"));
    assert_eq!(requests[1].target, "/required?since=2026-02-28&limit=0");
}

#[tokio::test]
async fn names_are_sent_as_they_are_declared() {
    let server = done(1);
    let call = styles(&server)
        .names()
        .names("me", "t")
        .page_size(20)
        .filter_name("n")
        .dollar_top(1);
    let call = call.größe_and_mehr("g").field_2fa(true).at("a").crate_("c");
    call.await.unwrap();
    assert_eq!(
        targets(&server),
        [
            "/names/me?type=t&page%5Bsize%5D=20&filter.name=n&%24top=1&gr%C3%B6%C3%9Fe%20%26%20mehr=g&2fa=true&%40=a&crate=c"
        ]
    );
}

#[tokio::test]
async fn the_same_name_in_every_place() {
    let server = done(1);
    let call = parameters(&server).same().same("path", "query").id_param_2("header");
    let call = call
        .body_param("b")
        .core_param("c")
        .options_param("o")
        .send_param("s")
        .name("n");
    let body = parameters::types::Same::new("body").name("named");
    call.with_body(body).await.unwrap();
    let request = server.request();
    assert_eq!(
        (&*request.method, &*request.target),
        ("POST", "/same/path?id=query&body=b&core=c&options=o&send=s&name=n")
    );
    assert_eq!(request.header("id"), Some("header"));
    assert_eq!(request.body, br#"{"id":"body","name":"named"}"#);
}

#[tokio::test]
async fn reserved_characters_and_unicode_are_encoded_everywhere() {
    let server = done(2);
    let client = styles(&server);
    let odd = || [ODD];
    client
        .simple()
        .simple(ODD, odd(), Point::new(0), odd(), Point::new(0))
        .await
        .unwrap();
    let call = client.form().form().scalar(ODD).list(odd()).exploded_list(odd());
    call.await.unwrap();
    assert_eq!(
        targets(&server),
        [
            format!("/simple/{ODD_ENCODED}/{ODD_ENCODED}/x,0/{ODD_ENCODED}/x=0"),
            format!("/form?scalar={ODD_ENCODED}&list={ODD_ENCODED}&exploded_list={ODD_ENCODED}"),
        ]
    );
}

#[tokio::test]
async fn reserved_characters_are_kept_where_the_document_allows_them() {
    let server = done(4);
    let client = styles(&server);
    let query = || client.reserved().reserved();
    query()
        .scalar_and("https://a.b/c?d@e!$'()*,;")
        .plain("/")
        .id("/")
        .await
        .unwrap();
    query().scalar_and("%2F%2f%zz%4%").list(["%41", "%"]).await.unwrap();
    // Nothing ends a value, or is read as something else.
    query().scalar_and("#a[b]&c=d+e \u{e9}\r\n\"<>\\^`{|}").await.unwrap();
    let lists = query()
        .list(["a:b", "c&d"])
        .exploded_list(["a/b", "c=d"])
        .piped(["a?", "b#"]);
    let lists = lists.filter(Filter::default().name("a/b&c"));
    lists.map([("k/&", "v/&")]).await.unwrap();
    let requests = server.requests();
    let targets: Vec<_> = requests.iter().map(|request| request.target.as_str()).collect();
    assert_eq!(
        targets,
        [
            "/reserved?scalar%26=https://a.b/c?d@e!$%27()*,;&plain=%2F",
            "/reserved?scalar%26=%2F%2f%25zz%254%25&list=%41,%25",
            "/reserved?scalar%26=%23a%5Bb%5D%26c%3Dd%2Be%20%C3%A9%0D%0A%22%3C%3E%5C%5E%60%7B%7C%7D",
            "/reserved?list=a:b,c%26d&exploded_list=a/b&exploded_list=c%3Dd&piped=a?%7Cb%23&filter%5Bname%5D=a/b%26c\
             &k%2F%26=v/%26",
        ]
    );
    assert_eq!(requests[0].header("cookie"), Some("id=%2F"));
}

#[tokio::test]
async fn a_hostile_path_value_stays_where_it_is_or_is_refused() {
    let server = done(5);
    let client = styles(&server);
    for value in ["../admin", "..%2Fadmin", "%2e%2e", "..;", "a/../../b"] {
        client
            .label()
            .label(value, ["a"], Point::new(0), ["b"], Point::new(0))
            .await
            .unwrap();
    }
    let rest = ".a/.x,0/.b/.x=0";
    assert_eq!(
        targets(&server),
        ["..%2Fadmin", "..%252Fadmin", "%252e%252e", "..%3B", "a%2F..%2F..%2Fb"]
            .map(|value| format!("/label/.{value}/{rest}"))
    );
    let sent = server.requests().len();
    let refused = |value: &'static str| {
        let client = client.clone();
        async move {
            let call = client.label().label(value, ["a"], Point::new(0), ["b"], Point::new(0));
            let error = call.await.unwrap_err().to_string();
            let error =
                error.strip_prefix("label (GET /label/{scalar}/{list}/{point}/{exploded_list}/{exploded_point}): ");
            error.unwrap().to_owned()
        }
    };
    // The style's own dot makes these segments that browsers and proxies take away.
    assert_eq!(
        refused("").await,
        "the path parameter `scalar` is `.`, which would change the path's meaning; nothing was sent"
    );
    assert_eq!(
        refused(".").await,
        "the path parameter `scalar` is `..`, which would change the path's meaning; nothing was sent"
    );
    let nothing: [&str; 0] = [];
    let call = client
        .simple()
        .simple("s", nothing, Point::new(0), ["b"], Point::new(0));
    assert!(
        call.await
            .unwrap_err()
            .to_string()
            .ends_with("the path parameter `list` is empty; nothing was sent")
    );
    assert_eq!(server.requests().len(), sent);
}
