//! The forms in which a user writes calls. They only have to compile and to build without sending anything: what goes
//! over the wire is held by `wire`.

use std::fmt::Debug;

use fixtures_client::{
    CallOptions, Error, Upload, all_of, auth, bodies, empty_bodies, null, null_types, operations, parameters,
    responses, unions,
};

/// A call is a value: it can be kept, moved to another thread and awaited there.
fn is_call<C: IntoFuture<Output = Result<T, Error>, IntoFuture: Send + 'static> + Send + 'static, T>(call: C) {
    drop(call);
}

fn is_shared<T: Clone + Debug + Send + Sync + 'static>(_: &T) {}

#[test]
fn required_values_are_arguments_and_the_rest_are_setters() {
    let client = null::Client::builder().base_url("http://localhost").build().unwrap();
    is_shared(&client);
    is_call(
        client
            .records()
            .create(1, None)
            .may_or_null(None)
            .text_or_null("us")
            .kind_or_null(null::types::Kind::A),
    );
    is_call(client.records().update("id").may_or_null(true));
    is_call(
        client
            .records()
            .update(String::from("id"))
            .with_body(null::types::Both::new()),
    );
    let client = null_types::Client::builder()
        .base_url("http://localhost")
        .build()
        .unwrap();
    is_call(client.records().replace(1, 2).choice("a").mixed(1).any_of(None));
}

#[test]
fn unions_and_lists_take_arrays() {
    let client = unions::Client::builder().base_url("http://localhost").build().unwrap();
    let external = unions::types::ExternalProxy::new("http://proxy");
    is_call(
        client
            .unions()
            .send()
            .proxies([external.clone().into(), unions::types::NoneProxy::new().into()]),
    );
    is_call(client.unions().send().proxies(vec![external.into()]).model("large"));
    is_call(client.unions().send().proxies(false).kinds(1.5).nested("a"));
}

#[test]
fn parameters_take_what_is_at_hand() {
    let client = parameters::Client::builder()
        .base_url("http://localhost")
        .build()
        .unwrap();
    let point = parameters::types::Point::new(1).y(2);
    is_call(
        client
            .paths()
            .in_path("a", ["b", "c"], point.clone(), "d", [1, 2], [3], 4),
    );
    is_call(
        client
            .query()
            .in_query("secret-2")
            .page_size(20)
            .form(["a"])
            .filter(point)
            .sort([parameters::types::Order::Up, "down".into()])
            .either(5)
            .free("anything")
            .nothing("n")
            .since("2024-01-01T00:00:00Z".parse::<jiff::Timestamp>().unwrap())
            .with_options(CallOptions::default()),
    );
    is_call(
        client
            .headers()
            .in_headers_and_cookies("id")
            .x_tags(["a"])
            .session("s")
            .ids([1]),
    );
    is_call(
        client
            .same()
            .same("path", "query")
            .id_param_2("header")
            .with_body(parameters::types::Same::new("body")),
    );
}

#[test]
fn bodies_of_every_kind() {
    let client = bodies::Client::builder().base_url("http://localhost").build().unwrap();
    is_call(client.json().optional().name("n"));
    is_call(client.json().list(["a", "b"]));
    is_call(client.json().nullable());
    is_call(client.json().json_scalar(true));
    is_call(client.json().merge_patch().reason("r"));
    is_call(client.json().json_union([bodies::types::Stop::new()]));
    is_call(client.form().form().scope("s").tags(["a"]).age(3));
    is_call(
        client
            .multipart()
            .multipart(Upload::from_bytes("a.txt", "text"), "name")
            .more([Upload::from_bytes("b", "1")])
            .tags(["t"])
            .settings(bodies::types::Stop::new())
            .kind("a")
            .size(1),
    );
    is_call(client.multipart().optional());
    is_call(client.binary().binary(vec![1, 2]));
    is_call(client.binary().optional().with_body(vec![1]));
    is_call(client.text().text("plain"));
    is_call(client.text().optional());
    is_call(client.several().several().force(true));
    let client = empty_bodies::Client::builder()
        .base_url("http://localhost")
        .build()
        .unwrap();
    is_call(client.json().optional());
    is_call(client.form().optional());
}

#[test]
fn answers_of_several_statuses_are_an_enum() {
    fn is_answer(answer: &responses::resources::created::CreateOutput) -> u16 {
        use responses::resources::created::CreateOutput;
        match answer {
            CreateOutput::Ok(_) => 200,
            CreateOutput::Created(_) => 201,
            CreateOutput::Accepted(_) => 202,
            CreateOutput::NoContent => 204,
            _ => 0,
        }
    }
    assert_eq!(is_answer(&responses::resources::created::CreateOutput::NoContent), 204);
}

#[test]
fn clients_have_a_setter_for_each_credential() {
    let builder = auth::Client::builder()
        .api_key("secret-1")
        .query("secret-2")
        .cookie("secret-3")
        .bearer_token("secret-4")
        .login("u", "secret-5");
    let client = builder.build().unwrap();
    is_call(client.alternatives().by_either());
    let debug = format!("{client:?}");
    assert!(
        debug.contains("https://api.example.com") && !debug.contains("secret"),
        "{debug}"
    );
}

#[test]
#[allow(deprecated, reason = "a deprecated call is still there")]
fn operations_are_named_by_what_they_do() {
    let client = operations::Client::builder()
        .base_url("http://localhost")
        .build()
        .unwrap();
    is_call(client.no().get_id());
    is_call(client.browsers().create());
    is_call(client.browsers().get("id"));
    is_call(client.methods().head());
    is_call(client.methods().trace());
    is_call(client.sessions().get_logs("id"));
    is_call(client.repos().list());
    is_call(client.get_with_body().search().q("a"));
    let client = all_of::Client::builder().base_url("http://localhost").build().unwrap();
    is_call(
        client
            .sessions()
            .create()
            .with_body(all_of::types::CreateSession::new("eu")),
    );
}
