//! Nothing is lost on the wire: every value that the bundled documents and the fixtures allow survives its way through the
//! generated types; and the harness that says so catches types that are wrong on purpose.

use std::collections::BTreeSet;
use std::path::PathBuf;

use clientsmith::config::UnknownFields;
use clientsmith_tests::fidelity::report::{self, Cause, Proof};
use clientsmith_tests::fidelity::{self, Sabotage, Subject, own};
use clientsmith_tests::fixtures;

fn prove(name: &str, subjects: &[Subject]) -> Vec<Proof> {
    let folder: PathBuf = fixtures::root().join("target/fidelity").join(name);
    fidelity::prove(&folder, subjects, &|_, _| {}).unwrap()
}

#[test]
fn bundled_documents_and_fixtures_lose_nothing() {
    nothing_is_lost("own", None);
}

/// Not even keys of which the document says nothing, nor `null` where it may be.
#[test]
fn types_that_keep_unknown_fields_lose_nothing_at_all() {
    nothing_is_lost("own-keep", Some(UnknownFields::Keep));
}

fn nothing_is_lost(name: &str, unknown_fields: Option<UnknownFields>) {
    let proofs = prove(name, &own::all(&fixtures::root(), unknown_fields).unwrap());
    assert!(proofs.iter().all(Proof::is_well), "{}", report::markdown(&proofs));
    let explained = proofs.iter().flat_map(|proof| &proof.failures).map(|failure| {
        let explanation = failure.explanation.as_deref().unwrap_or_default();
        (failure.label.as_str(), failure.of_value, explanation)
    });
    assert_eq!(
        explained.collect::<BTreeSet<_>>(),
        BTreeSet::from([("POST /json/either", false, "one of several properties is required")])
    );
    for proof in &proofs {
        assert!(proof.fewest.is_none_or(|fewest| fewest >= 50), "{proof:?}");
    }
    let unproven: Vec<_> = proofs.iter().flat_map(|proof| &proof.unproven).collect();
    assert_eq!(unproven.len(), 0, "{unproven:?}");
}

/// What the harness finds wrong with the fixtures' client after something was done to it.
fn caught(name: &str, sabotage: Sabotage) -> Vec<(String, Cause, String)> {
    let subject = own::of_fixtures(&fixtures::root(), name, sabotage).unwrap();
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

#[test]
fn crossed_setters_are_caught() {
    let caught = caught("crossed-setters", Sabotage::CrossedSetters);
    let moved = (
        "PUT /dates/{day}".to_owned(),
        Cause::Changed,
        "/duration is lost".to_owned(),
    );
    assert!(caught.contains(&moved), "{caught:#?}");
}

#[test]
fn a_builder_that_asks_for_less_is_caught() {
    let caught = caught("unasked-field", Sabotage::UnaskedField);
    let missing = (
        "ExternalProxy".to_owned(),
        Cause::Incomplete,
        ": \"server\" is a required property".to_owned(),
    );
    assert!(caught.contains(&missing), "{caught:#?}");
}
