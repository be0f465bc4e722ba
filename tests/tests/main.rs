//! The integration tests, one binary: it is linked once, and its modules share the fixtures.
//!
//! `cargo xtask regen` writes what `drift` compares; `cargo insta review` shows what `snapshots` and `findings` compare.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says so by failing"
)]

mod behaviour;
mod client;
mod drift;
mod faults;
mod fidelity;
mod findings;
mod hostile;
mod mutations;
mod snapshots;
mod wire;

/// Compares with the snapshot of this name; of a fixture, if one is being looked at.
#[track_caller]
fn assert_snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

/// How the bundled clients are generated.
const OPTIONS: clientsmith::generator::Options = clientsmith::generator::Options {
    in_workspace: true,
    strict: true,
};
