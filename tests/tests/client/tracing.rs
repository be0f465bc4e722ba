//! The feature `tracing`: a span for each call, and what is not in it.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex};

use browserbase_client::resources::{projects, sessions};
use browserbase_client::testing::{Mock, Reply};
use serde_json::json;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::{Context, SubscriberExt as _};
use tracing_subscriber::registry::Registry;

use super::{KEY, client, project};

type Fields = BTreeMap<String, String>;

/// Keeps the fields of all spans, and of all events.
#[derive(Clone, Default)]
struct Kept {
    spans: Arc<Mutex<BTreeMap<u64, Fields>>>,
    events: Arc<Mutex<Vec<Fields>>>,
}

struct Into<'a>(&'a mut Fields);

impl Visit for Into<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.0.insert(field.name().to_owned(), format!("{value:?}"));
    }
}

impl<S: Subscriber> Layer<S> for Kept {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, _: Context<'_, S>) {
        let mut fields = Fields::from([("span".to_owned(), attributes.metadata().name().to_owned())]);
        attributes.record(&mut Into(&mut fields));
        self.spans.lock().unwrap().insert(id.into_u64(), fields);
    }

    fn on_record(&self, id: &Id, record: &Record<'_>, _: Context<'_, S>) {
        let mut spans = self.spans.lock().unwrap();
        record.record(&mut Into(spans.entry(id.into_u64()).or_default()));
    }

    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut fields = Fields::new();
        event.record(&mut Into(&mut fields));
        self.events.lock().unwrap().push(fields);
    }
}

impl Kept {
    /// The only span, without its duration, which is there.
    fn span(&self) -> Vec<(String, String)> {
        let spans = self.spans.lock().unwrap();
        let own = |fields: &&Fields| fields.get("span").is_some_and(|span| span == "call");
        let mut calls = spans.values().filter(own);
        let mut span = calls.next().unwrap().clone();
        assert_eq!(calls.next(), None);
        let duration = span.remove("duration_ms").unwrap();
        assert!(duration.parse::<u64>().is_ok(), "{duration}");
        span.into_iter().collect()
    }

    fn events(&self) -> Vec<Fields> {
        self.events.lock().unwrap().clone()
    }

    /// Everything that was seen.
    fn all(&self) -> String {
        format!("{:?} {:?}", self.spans.lock().unwrap(), self.events())
    }
}

fn pairs<const N: usize>(pairs: [(&str, &str); N]) -> Vec<(String, String)> {
    pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec()
}

#[tokio::test(start_paused = true)]
async fn a_call_has_a_span_with_its_attempts_and_status() {
    let kept = Kept::default();
    let guard = tracing::subscriber::set_default(Registry::default().with(kept.clone()));
    let mock = Mock::new();
    mock.reply::<projects::Get>(Reply::new(503));
    mock.answer_json::<projects::Get>(project("s3cret")).unwrap();
    client(&mock).projects().get("id-1").await.unwrap();
    drop(guard);
    assert_eq!(
        kept.span(),
        pairs([
            ("attempts", "2"),
            ("http.request.method", "\"GET\""),
            ("http.response.status_code", "200"),
            ("operation", "\"Projects_get\""),
            ("otel.kind", "\"client\""),
            ("span", "call"),
            ("url.template", "\"/v1/projects/{id}\""),
        ])
    );
    let [event] = &*kept.events() else {
        panic!("{}", kept.all())
    };
    assert_eq!((&*event["attempt"], &*event["error.type"]), ("1", "\"503\""));
    let pause: u64 = event["pause_ms"].parse().unwrap();
    assert!((375..=500).contains(&pause), "{pause}");
    for hidden in [KEY, "id-1", "s3cret", "browserbase.com"] {
        assert!(!kept.all().contains(hidden), "{hidden} in {}", kept.all());
    }
}

#[tokio::test(start_paused = true)]
async fn a_call_that_fails_says_how() {
    for (reply, status, error) in [
        (Reply::new(422).text("s3cret"), Some("422"), "\"422\""),
        (Reply::unreachable(), None, "\"connect\""),
        (Reply::broken(), None, "\"transport\""),
        (
            Reply::new(200).after(std::time::Duration::from_secs(61)),
            None,
            "\"timeout\"",
        ),
    ] {
        let kept = Kept::default();
        let guard = tracing::subscriber::set_default(Registry::default().with(kept.clone()));
        let mock = Mock::new();
        mock.reply::<sessions::Create>(reply);
        let create = client(&mock)
            .sessions()
            .create()
            .user_metadata([("a", json!("s3cret"))]);
        create.await.unwrap_err();
        drop(guard);
        let span: Fields = kept.span().into_iter().collect();
        assert_eq!(span.get("http.response.status_code").map(String::as_str), status);
        assert_eq!(span["error.type"], error);
        assert!(!kept.all().contains("s3cret"), "{}", kept.all());
    }
}
