//! Lists that come in pages: which calls are made, and what they give together.

use clientsmith_tests::server::{Answer, Recorded, Server};
use fixtures_client::pages::Client;
use fixtures_client::pages::types::{Query, Record, Thing};
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

/// All items of a list that ends without an error.
async fn all<T: Unpin>(mut items: Items<T>) -> Vec<T> {
    let mut found = Vec::new();
    while let Some(item) = items.next().await {
        found.push(item.unwrap());
    }
    found
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
    let texts = all(client(&server).lists().by_page_from_zero(0).items()).await;
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
async fn numbers_that_count_may_be_of_any_type() {
    let page = |ids: [i64; 2]| json!({"things": things(ids), "total": 5.0});
    let skipped = server([page([2, 3]), page([4, 5])]);
    let items = client(&skipped).lists().by_number().skip(1.0).items();
    assert_eq!(ids(items).await, (vec![2, 3, 4, 5], None));
    assert_eq!(
        targets(&skipped),
        ["/numbers/offset?skip=1&key=k", "/numbers/offset?skip=3&key=k"]
    );

    let counted = server([1, 2].map(|id| json!({"things": things([id]), "pages": 2})));
    let items = client(&counted).lists().by_number_of_page().items();
    assert_eq!(ids(items).await, (vec![1, 2], None));
    assert_eq!(targets(&counted), ["/numbers/page?key=k", "/numbers/page?page=2&key=k"]);
}

#[tokio::test]
async fn an_id_may_be_sent_as_text_and_items_may_be_null() {
    let server = server([
        json!([{"id": 4}, {"id": 7}, null]),
        json!([null, {"id": 9}]),
        json!([null]),
    ]);
    let found: Vec<_> = all(client(&server).lists().by_id_as_text().items()).await;
    let ids: Vec<_> = found.iter().map(|thing| thing.as_ref().map(|thing| thing.id)).collect();
    assert_eq!(ids, [Some(4), Some(7), None, None, Some(9), None]);
    let expected = [
        "/numbers/text?key=k",
        "/numbers/text?after=7&key=k",
        "/numbers/text?after=9&key=k",
    ];
    assert_eq!(targets(&server), expected);
}

#[tokio::test]
async fn records_of_several_kinds_are_the_cursor_by_the_key_that_all_have() {
    let records = [
        json!({"kind": "note", "id": "n 1"}),
        json!({"kind": "task", "id": 2}),
        // One that came after this client was generated.
        json!({"kind": "poll", "id": "p 3"}),
    ];
    let pages = records.iter().map(|record| json!({ "records": [record] }));
    let flat = server(pages.chain([json!({"records": []})]));
    let found = all(client(&flat).lists().by_kinds().items()).await;
    assert_eq!(serde_json::to_value(&found).unwrap(), json!(records));
    assert!(matches!(&found[..], [Record::Note(_), Record::Task(_), _]), "{found:?}");
    let expected = [
        "/kinds?key=k",
        "/kinds?after=n%201&key=k",
        "/kinds?after=2&key=k",
        "/kinds?after=p%203&key=k",
    ];
    assert_eq!(targets(&flat), expected);

    let nested = server([json!([{"record": records[1]}, null]), json!([])]);
    let found = all(client(&nested).lists().by_nested_kinds().items()).await;
    assert_eq!(
        serde_json::to_value(&found).unwrap(),
        json!([{"record": records[1]}, null])
    );
    assert_eq!(targets(&nested), ["/kinds/nested?key=k", "/kinds/nested?after=2&key=k"]);
}

#[tokio::test]
async fn a_cursor_that_is_text_or_a_number_is_sent_as_the_parameter_takes_it() {
    let pages = [
        json!({"things": things([1]), "next": 20}),
        json!({"things": things([2]), "next": "c d"}),
        json!({"things": things([3]), "next": ""}),
    ];
    let as_text = server(pages.clone());
    let items = client(&as_text).lists().by_either_as_text().items();
    assert_eq!(ids(items).await, (vec![1, 2, 3], None));
    let expected = [
        "/either?key=k",
        "/either?position=20&key=k",
        "/either?position=c%20d&key=k",
    ];
    assert_eq!(targets(&as_text), expected);

    let as_it_came = server(pages);
    let items = client(&as_it_came).lists().by_either("q").items();
    assert_eq!(ids(items).await, (vec![1, 2, 3], None));
    let bodies: Vec<_> = as_it_came.requests().iter().map(Recorded::json).collect();
    assert_eq!(
        bodies,
        [
            json!({"query": "q"}),
            json!({"query": "q", "position": 20}),
            json!({"query": "q", "position": "c d"}),
        ]
    );
}

#[tokio::test]
async fn a_body_that_may_be_left_out_is_sent_with_each_page_or_none() {
    let with = server([things([1]), things([])]);
    let items = client(&with)
        .lists()
        .by_page_beside_body()
        .with_body(Query::new("q"))
        .items();
    assert_eq!(ids(items).await, (vec![1], None));
    assert_eq!(targets(&with), ["/beside-body?key=k", "/beside-body?page=2&key=k"]);
    let bodies: Vec<_> = with.requests().iter().map(Recorded::json).collect();
    assert_eq!(bodies, [json!({"query": "q"}), json!({"query": "q"})]);

    let without = server([things([1]), things([])]);
    let items = client(&without).lists().by_page_beside_body().items();
    assert_eq!(ids(items).await, (vec![1], None));
    assert!(without.requests().iter().all(|request| request.body.is_empty()));
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
