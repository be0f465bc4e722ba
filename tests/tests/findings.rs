//! What is said of documents and configurations that are wrong.

use clientsmith::diagnostic::Findings;
use clientsmith_tests::fixtures;

#[test]
fn wrong_documents_are_explained() {
    insta::glob!("../fixtures/bad", "*.{yaml,json}", |path| {
        let document = path.file_name().unwrap().to_string_lossy().into_owned();
        if document.contains(".overlay.") {
            return;
        }
        let mut findings = Findings::new();
        let api = fixtures::understand(&fixtures::root(), &format!("bad/{document}"), &mut findings).unwrap();
        let lines: Vec<String> = findings.sorted().iter().map(ToString::to_string).collect();
        let end = if api.is_some() {
            "an API is left"
        } else {
            "no API is left"
        };
        crate::assert_snapshot("wrong", &format!("{}\n{end}", lines.join("\n")));
    });
}
