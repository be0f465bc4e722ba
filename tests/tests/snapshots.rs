//! What the generator makes of each fixture and of the bundled documents: the outline of the API, the table of names, and
//! the findings.
//!
//! The code that is emitted is not in here: `tests/fixtures-client` and `generated-*` are checked in and compiled, and
//! `drift` holds them against what would be generated.

use std::fmt::Write;
use std::path::Path;

use clientsmith::Understood;
use clientsmith::cli::project;
use clientsmith::diagnostic::Findings;
use clientsmith::ir::outline::outline;
use clientsmith::names::table;
use clientsmith_tests::fixtures;

fn report(apis: &[Understood], findings: &Findings) -> String {
    let mut text = String::new();
    for Understood { api, names } in apis {
        writeln!(text, "{}\n{}", outline(api), table(api, names)).unwrap();
    }
    for finding in findings.sorted() {
        writeln!(text, "{finding}").unwrap();
    }
    text
}

#[test]
fn fixtures_are_understood() {
    insta::glob!("../fixtures", "*.{yaml,json}", |path| {
        let document = path.file_name().unwrap().to_string_lossy().into_owned();
        if document.contains(".overlay.") {
            return;
        }
        let mut findings = Findings::new();
        let api = fixtures::understand(&fixtures::root(), &document, &mut findings).unwrap();
        let api = api.unwrap_or_else(|| panic!("{document}: {:#?}", findings.sorted()));
        assert!(!findings.has_errors(), "{document}: {:#?}", findings.sorted());
        crate::assert_snapshot("understood", &report(&[api], &findings));
    });
}

#[test]
fn bundled_documents_are_understood() {
    for name in ["browserbase", "browser-use"] {
        let outcome = project::run(&Path::new("../specs").join(name), crate::OPTIONS).unwrap();
        crate::assert_snapshot(name, &report(&outcome.apis, &outcome.findings));
    }
}
