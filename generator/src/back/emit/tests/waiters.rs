//! Waiters.

use super::{call, item, lines, method, parameter, resource_with};
use crate::back::model::{Accept, Argument, Call, Missing, RustType, Waiter};

fn text(missing: Missing) -> String {
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
        missing,
        until: lines("GROWN"),
        fail: lines("ILL\nLOST"),
    };
    resource_with(vec![get], vec![waiter])
}

#[test]
fn a_waiter_makes_its_call() {
    let text = text(Missing::Never);
    assert_eq!(
        method(&text, "wait_until_grown"),
        "pub fn wait_until_grown(&self, id: impl Into<String>) -> WaitUntilGrown {
    WaitUntilGrown {
        call: self.get(id),
        pace: Pace::default(),
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
    for (missing, state) in [
        (Missing::Never, "Some(answer.growth_state.as_str())"),
        (
            Missing::Option,
            "answer.growth_state.as_ref().map(|state| state.as_str())",
        ),
        (
            Missing::Nullable,
            "answer.growth_state.as_option().map(|state| state.as_str())",
        ),
    ] {
        assert!(text(missing).contains(state), "{missing:?}");
    }
}
