//! Waiters.

use std::time::Duration;

use super::{call, item, lines, method, parameter, resource_with};
use crate::back::model::{Accept, Argument, Call, RustType, Waiter};

fn text(ty: RustType) -> String {
    let get = Call {
        arguments: vec![Argument {
            ident: "id".into(),
            accept: Accept::Into(RustType::String),
            target: parameter("id"),
        }],
        ..call("get", "Get")
    };
    let waiter = Waiter {
        method: "wait_until_grown".into(),
        ident: "WaitUntilGrown".into(),
        constant: "WAIT_UNTIL_GROWN".into(),
        docs: lines("Waits."),
        call: 0,
        key: "growth-state".into(),
        field: "growth_state".into(),
        ty,
        until: lines("GROWN"),
        fail: lines("ILL\nLOST"),
        first_pause: Duration::from_millis(1500),
        longest_pause: Duration::from_secs(2),
        timeout: Duration::from_secs(60),
        not_found_for: Duration::ZERO,
    };
    resource_with(vec![get], vec![waiter])
}

#[test]
fn a_waiter_makes_its_call() {
    let text = text(RustType::String);
    assert_eq!(
        method(&text, "wait_until_grown"),
        "pub fn wait_until_grown(&self, id: impl Into<String>) -> WaitUntilGrown {
    WaitUntilGrown {
        call: self.get(id),
        pace: WAIT_UNTIL_GROWN.pace(),
    }
}
"
    );
    assert_eq!(
        item(&text, "static WAIT_UNTIL_GROWN"),
        "static WAIT_UNTIL_GROWN: Waiter = Waiter {
    operation: &GET,
    field: \"growth-state\",
    until: &[\"GROWN\"],
    fail: &[\"ILL\", \"LOST\"],
    first_pause: Duration::from_millis(1500),
    longest_pause: Duration::from_secs(2),
    timeout: Duration::from_secs(60),
    not_found_for: Duration::from_secs(0),
};"
    );
    assert_eq!(
        item(&text, "pub struct WaitUntilGrown"),
        "pub struct WaitUntilGrown {
    call: Get,
    pace: Pace,
}"
    );
}

#[test]
fn the_state_may_be_missing() {
    let listed = || Box::new(RustType::Named("Growth".into()));
    for (ty, state) in [
        (RustType::String, "Some(answer.growth_state.as_str())"),
        (*listed(), "Some(answer.growth_state.as_str())"),
        (
            RustType::Option(Box::new(RustType::String)),
            "answer.growth_state.as_ref().map(String::as_str)",
        ),
        (
            RustType::Option(listed()),
            "answer.growth_state.as_ref().map(types::Growth::as_str)",
        ),
        (
            RustType::Nullable(listed()),
            "answer.growth_state.as_option().map(types::Growth::as_str)",
        ),
    ] {
        let text = text(ty);
        assert!(text.contains(state), "{state}: {text}");
    }
}
