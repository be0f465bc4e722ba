//! Nothing is lost on the wire: every value that the bundled documents and the fixtures allow survives its way through the
//! generated types; and the harness that says so catches types that are wrong on purpose.

use std::path::PathBuf;

use clientsmith_tests::fidelity::report::{self, Cause, Proof};
use clientsmith_tests::fidelity::{self, Sabotage, Subject, own};
use clientsmith_tests::fixtures;

fn prove(name: &str, subjects: &[Subject]) -> Vec<Proof> {
    let folder: PathBuf = fixtures::root().join("target/fidelity").join(name);
    fidelity::prove(&folder, subjects, &|_, _| {}).unwrap()
}

#[test]
fn bundled_documents_and_fixtures_lose_nothing() {
    let proofs = prove("own", &own::all(&fixtures::root()).unwrap());
    assert!(proofs.iter().all(Proof::is_well), "{}", report::markdown(&proofs));
    for proof in &proofs {
        assert!(proof.fewest.is_none_or(|fewest| fewest >= 50), "{proof:?}");
    }
    let unproven: Vec<_> = proofs.iter().flat_map(|proof| &proof.unproven).collect();
    assert_eq!(unproven.len(), 0, "{unproven:?}");
}

/// What the harness finds wrong with the fixtures' client after something was done to it.
fn caught(name: &str, sabotage: Sabotage) -> Vec<(String, Cause, String)> {
    let subject = own::of_fixtures(&fixtures::root(), name, Some(sabotage)).unwrap();
    let proofs = prove(name, &[subject]);
    let failures = proofs.into_iter().flat_map(|proof| {
        assert_eq!(proof.not_compiled, None);
        proof.failures
    });
    failures
        .map(|failure| (failure.label, failure.cause, failure.reason))
        .collect()
}

#[test]
fn a_dropped_field_is_caught() {
    let caught = caught("dropped-field", Sabotage::DroppedField);
    let lost = ("Email".to_owned(), Cause::Changed, "/name is lost".to_owned());
    assert!(caught.contains(&lost), "{caught:#?}");
}

#[test]
fn swapped_alternatives_are_caught() {
    let caught = caught("swapped-alternatives", Sabotage::SwappedAlternatives);
    let refused = |(label, cause, reason): &(String, Cause, String)| {
        label == "Contact" && *cause == Cause::Refused && reason.starts_with("missing field `phone`")
    };
    assert!(caught.iter().any(refused), "{caught:#?}");
}

#[test]
fn a_closed_enumeration_is_caught() {
    let caught = caught("closed-enumeration", Sabotage::ClosedEnumeration);
    let replaced = |(label, cause, reason): &(String, Cause, String)| {
        label == "Region" && *cause == Cause::Changed && reason.starts_with(" came as \"x-unlisted")
    };
    assert!(caught.iter().any(replaced), "{caught:#?}");
}
