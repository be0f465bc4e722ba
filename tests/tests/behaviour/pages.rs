//! Lists that come in pages: which calls are made, and what they give together.

use clientsmith_tests::server::{Answer, Recorded, Server};
use fixtures_client::pages::Client;
use fixtures_client::pages::types::Thing;
use fixtures_client::{CallOptions, Error, Items};
use serde_json::{Value, json};

fn client(server: &Server) -> Client {
    Client::builder().base_url(server.url()).api_key("k").build().unwrap()
}

fn server(pages: impl IntoIterator<Item = Value>) -> Server {
    Server::start(pages.into_iter().map(|page| Answer::json(200, &page)))
}

fn things(ids: impl IntoIterator<Item = i64>) -> Value {
    ids.into_iter().map(|id| json!({ "id": id })).collect()
}

/// The ids of all items; what ended them, if it was an error.
async fn ids(mut items: Items<Thing>) -> (Vec<i64>, Option<String>) {
    let mut ids = Vec::new();
    while let Some(item) = items.next().await {
        match item {
            Ok(item) => ids.push(item.id),
            Err(error) => {
                assert!(items.next().await.is_none());
                return (ids, Some(error.to_string()));
            }
        }
    }
    assert!(items.next().await.is_none());
    (ids, None)
}

fn targets(server: &Server) -> Vec<String> {
    server.requests().into_iter().map(|request| request.target).collect()
}

#[tokio::test]
async fn cursors_are_followed_through_pages_without_items() {
    let page = |things: Value, next: Value| json!({"data": {"things": things}, "meta": {"next.token": next}});
    let server = server([
        page(things([1, 2]), json!("a b")),
        json!({"meta": {"next.token": "c"}}),
        page(things([3]), json!(null)),
    ]);
    let options = CallOptions::new().header("x-mark", "m").query("extra", "1");
    let items = client(&server)
        .lists()
        .by_cursor()
        .items_param("i")
        .with_options(options)
        .items();
    assert_eq!(ids(items).await, (vec![1, 2, 3], None));
    let expected = [
        "/cursor?items=i&key=k&extra=1",
        "/cursor?page_token=a%20b&items=i&key=k&extra=1",
        "/cursor?page_token=c&items=i&key=k&extra=1",
    ];
    assert_eq!(targets(&server), expected);
    let marked = |request: Recorded| request.header("x-mark") == Some("m");
    assert!(server.requests().into_iter().all(marked));
}

#[tokio::test]
async fn a_list_begins_where_the_call_does_and_an_empty_cursor_ends_it() {
    let server = server([
        json!({"meta": {"next.token": "b"}}),
        json!({"meta": {"next.token": ""}}),
    ]);
    let mut pages = client(&server).lists().by_cursor().page_token("a").pages();
    let mut count = 0;
    while let Some(page) = pages.next().await {
        assert!(page.unwrap().meta.is_some());
        count += 1;
    }
    assert_eq!(count, 2);
    assert_eq!(
        targets(&server),
        ["/cursor?page_token=a&key=k", "/cursor?page_token=b&key=k"]
    );
}

#[tokio::test]
async fn a_cursor_that_repeats_ends_the_list_with_an_error() {
    let page = json!({"data": {"things": [{"id": 1}]}, "meta": {"next.token": "a"}});
    let server = server([page.clone(), page]);
    let error = "byCursor (GET /cursor): the last page leads to one that was asked for before, so that the pages would \
                 never end; nothing was sent";
    let items = client(&server).lists().by_cursor().items();
    assert_eq!(ids(items).await, (vec![1, 1], Some(error.to_owned())));
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn the_last_item_may_be_the_cursor() {
    let first = server([
        json!({"things": things([4, 7]), "more": true}),
        json!({"things": things([9]), "more": false}),
    ]);
    let items = client(&first).lists().by_last_item().items();
    assert_eq!(ids(items).await, (vec![4, 7, 9], None));
    assert_eq!(targets(&first), ["/last-item?key=k", "/last-item?after=7&key=k"]);

    let silent = server([json!({"things": things([4])}), json!({"things": []})]);
    let items = client(&silent).lists().by_last_item().items();
    assert_eq!(ids(items).await, (vec![4], None));
    assert_eq!(targets(&silent), ["/last-item?key=k", "/last-item?after=4&key=k"]);
}

#[tokio::test]
async fn a_cursor_may_go_into_the_body() {
    let page = |id: i64, cursor: &str| json!({"things": things([id]), "cursor": cursor});
    let server = server([page(1, "a"), page(2, "b"), page(3, "")]);
    let items = client(&server).lists().by_body().query("q").items();
    assert_eq!(ids(items).await, (vec![1, 2, 3], None));
    let bodies: Vec<_> = server.requests().iter().map(Recorded::json).collect();
    assert_eq!(
        bodies,
        [
            json!({"query": "q"}),
            json!({"query": "q", "cursor": "a"}),
            json!({"query": "q", "cursor": "b"}),
        ]
    );
}

#[tokio::test]
async fn pages_are_counted_until_one_is_empty_or_the_last() {
    let unknown = server([
        json!({"things": things([1])}),
        json!({"things": things([2])}),
        json!({"things": []}),
    ]);
    let items = client(&unknown).lists().by_page("g/1").items();
    assert_eq!(ids(items).await, (vec![1, 2], None));
    let expected = [
        "/page/g%2F1?key=k",
        "/page/g%2F1?page=2&key=k",
        "/page/g%2F1?page=3&key=k",
    ];
    assert_eq!(targets(&unknown), expected);

    let known = server([3, 4].map(|id| json!({"things": things([id]), "info": {"pages": 4}})));
    let items = client(&known).lists().by_page("g").page(3).items();
    assert_eq!(ids(items).await, (vec![3, 4], None));
    assert_eq!(targets(&known), ["/page/g?page=3&key=k", "/page/g?page=4&key=k"]);
}

#[tokio::test]
async fn pages_may_be_counted_from_zero() {
    let server = server([json!(["a", "b"]), json!(["c"]), json!([])]);
    let mut items = client(&server).lists().by_page_from_zero(0).items();
    let mut texts = Vec::new();
    while let Some(item) = items.next().await {
        texts.push(item.unwrap());
    }
    assert_eq!(texts, ["a", "b", "c"]);
    assert_eq!(
        targets(&server),
        ["/zero?page=0&key=k", "/zero?page=1&key=k", "/zero?page=2&key=k"]
    );
}

#[tokio::test]
async fn items_are_skipped_by_the_number_that_came() {
    let page = |ids: Vec<i64>| json!({"things": things(ids), "total": 6});
    let server = server([page(vec![2, 3]), page(vec![4]), page(vec![5, 6])]);
    let items = client(&server).lists().by_offset().skip(1).items();
    assert_eq!(ids(items).await, (vec![2, 3, 4, 5, 6], None));
    assert_eq!(
        targets(&server),
        ["/offset?skip=1&key=k", "/offset?skip=3&key=k", "/offset?skip=4&key=k"]
    );
}

#[tokio::test]
async fn links_are_followed_with_the_credential_and_the_options() {
    let page = |id: i64, link: &str| {
        let body = json!([{ "id": id }]).to_string();
        Answer::new(200, &[("content-type", "application/json"), ("link", link)], body)
    };
    let server = Server::start([
        page(1, "</link?at=2&key=other&sort=a%20b>; rel=\"next\", </link>; rel=first"),
        // The server does not know that it is reached by another port.
        page(2, "<https://127.0.0.1/link?at=3>; rel=next"),
        page(3, "</link>; rel=first"),
    ]);
    let options = CallOptions::new().header("x-mark", "m");
    let call = client(&server).lists().by_link().sort("a b").with_options(options);
    assert_eq!(ids(call.items()).await, (vec![1, 2, 3], None));
    let expected = [
        "/link?sort=a%20b&key=k",
        "/link?at=2&sort=a%20b&key=k",
        "/link?at=3&key=k",
    ];
    assert_eq!(targets(&server), expected);
    assert_eq!(server.requests()[2].header("x-mark"), Some("m"));
}

#[tokio::test]
async fn a_link_does_not_lead_to_another_host() {
    let server = server([json!({"results": things([1]), "next": "https://example.com/next?page=2"})]);
    let items = client(&server).lists().by_next().items();
    let error = "byNext (GET /next): the link to the next page leads to another host; nothing was sent";
    assert_eq!(ids(items).await, (vec![1], Some(error.to_owned())));
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn an_error_ends_the_list() {
    let server = Server::start([
        Answer::json(200, &json!({"results": things([1]), "next": "?page=2"})),
        Answer::json(500, &json!("broken")),
    ]);
    let mut pages = client(&server).lists().by_next().pages();
    assert_eq!(pages.next().await.unwrap().unwrap().next.as_deref(), Some("?page=2"));
    assert!(matches!(pages.next().await, Some(Err(Error::Status(_)))));
    assert!(pages.next().await.is_none());
    assert_eq!(targets(&server), ["/next?key=k", "/next?page=2&key=k"]);
}

#[test]
fn streams_can_be_sent_to_other_threads() {
    fn sent<T: Send + Unpin>(_: &T) {}
    let client = Client::builder().base_url("http://127.0.0.1:9").build().unwrap();
    sent(&client.lists().by_link().pages());
    sent(&client.lists().by_link().items());
}
