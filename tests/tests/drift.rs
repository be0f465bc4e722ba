//! Whether the crates that are checked in are as they would be generated.

use std::path::Path;

use clientsmith::cli::folder::{self, Owner};
use clientsmith::cli::project;
use clientsmith::generator::Outcome;
use clientsmith_tests::fixtures;

/// Fails with the list of files that differ, and the command that writes them.
#[track_caller]
fn assert_fresh(folder: &str, outcome: Outcome) {
    let findings: Vec<String> = outcome.findings.sorted().iter().map(ToString::to_string).collect();
    let files = outcome
        .files
        .unwrap_or_else(|| panic!("{folder}: nothing is generated\n{}", findings.join("\n")));
    let drift = folder::drift(&fixtures::root().join(folder), &files, Owner::Generator).unwrap();
    assert!(
        drift.is_empty(),
        "{folder} is not up to date; run `cargo xtask regen`\n{drift}"
    );
}

#[test]
fn fixtures_client_is_fresh() {
    assert_fresh(fixtures::CLIENT, fixtures::generate(&fixtures::root()).unwrap());
}

#[test]
fn bundled_clients_are_fresh() {
    for name in ["browserbase", "browser-use"] {
        let specs = fixtures::root().join(Path::new("specs")).join(name);
        assert_fresh(
            &format!("generated-{name}"),
            project::run(&specs, crate::OPTIONS).unwrap(),
        );
    }
}
