//! Documents that nobody would write: each fixture, changed at random places. Whatever comes, the generator ends with
//! findings or with a crate whose files are Rust.
//!
//! The changes follow from a seed, so that a failure can be repeated: its message names the seed. `tests/fuzz` does the
//! same for as long as one likes, and looks where it gets.

use std::panic::{AssertUnwindSafe, catch_unwind};

use clientsmith::diagnostic::Findings;
use clientsmith::front::source::{self, Source};
use clientsmith_tests::mutation::change;
use clientsmith_tests::{fixtures, promises};
use fastrand::Rng;
use fs_err as fs;
use serde_json::Value;

/// How many documents are made.
const DOCUMENTS: u64 = 1000;

/// How often each is changed, at most.
const CHANGES: usize = 6;

#[test]
fn no_document_is_too_strange() {
    let originals = originals();
    let threads = std::thread::available_parallelism().map_or(1, usize::from) as u64;
    let failures: Vec<String> = std::thread::scope(|scope| {
        let originals = &originals;
        let run = |first| {
            move || {
                (first..DOCUMENTS)
                    .step_by(usize::try_from(threads).unwrap())
                    .filter_map(|seed| failure(originals, seed))
                    .collect::<Vec<_>>()
            }
        };
        let running: Vec<_> = (0..threads).map(|first| scope.spawn(run(first))).collect();
        running.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(failures, [""; 0]);
}

/// The fixtures that are small enough to be generated many times.
fn originals() -> Vec<Value> {
    const SMALL: usize = 20_000;
    let folder = fixtures::root().join("tests/fixtures");
    let names = fixtures::documents(&folder).unwrap();
    let texts = names.iter().map(|name| fs::read_to_string(folder.join(name)).unwrap());
    let small = texts.filter(|text| text.len() < SMALL).map(|text| Source {
        name: "fixture".to_owned(),
        text,
    });
    let trees: Vec<_> = small
        .filter_map(|source| source::parse(&source, &mut Findings::new()))
        .collect();
    assert!(trees.len() > 30, "{}", trees.len());
    trees.iter().map(source::Node::to_json).collect()
}

/// What is wrong with what comes of a changed document.
fn failure(originals: &[Value], seed: u64) -> Option<String> {
    let mut chance = Rng::with_seed(seed);
    let mut document = originals[chance.usize(..originals.len())].clone();
    for _ in 0..chance.usize(1..=CHANGES) {
        change(&mut document, &mut chance);
    }
    let text = document.to_string();
    let kept = || promises::normalizing(text.as_bytes()).and_then(|()| promises::generating(text.as_bytes()));
    match catch_unwind(AssertUnwindSafe(kept)) {
        Ok(Ok(())) => None,
        Ok(Err(broken)) => Some(format!("seed {seed}: {broken}")),
        Err(_) => Some(format!("seed {seed}: a panic")),
    }
}
