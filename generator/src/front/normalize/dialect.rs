//! Which OpenAPI a document is written in. Knows version strings only.

use super::build;
use crate::diagnostic::{Finding, Findings, codes};
use crate::front::source::{Node, Value};

/// What the normaliser must tell apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// 3.0.x: its own schemas; a `$ref` stands alone.
    V30,
    /// 3.1.x and 3.2.x: JSON Schema 2020-12; a `$ref` has siblings.
    V31,
}

/// Reads the version. `None`, with an error, where the document is no OpenAPI 3 document.
pub(super) fn detect(document: &Node, findings: &mut Findings) -> Option<Dialect> {
    let Value::Object(root) = &document.value else {
        let message = format!("the document is {}, not an object", build::kind(document));
        findings.push(
            Finding::error(codes::NOT_OPENAPI, document.place.clone(), message)
                .help("give an OpenAPI document, in YAML or JSON"),
        );
        return None;
    };
    match (build::get(root, "openapi"), build::get(root, "swagger")) {
        (Some(version), _) => read_version(version, findings),
        (None, Some(version)) => {
            findings.push(unknown_swagger(version));
            None
        }
        (None, None) => {
            let message = "the document has no `openapi` key";
            findings.push(
                Finding::error(codes::NOT_OPENAPI, document.place.clone(), message)
                    .help("begin the document with `openapi: 3.1.0` or the version that it follows"),
            );
            None
        }
    }
}

/// Whether the document is written in Swagger 2.0, which is brought to OpenAPI 3.0 first.
pub(super) fn is_swagger(document: &Node) -> bool {
    let version = document.get("swagger").filter(|_| document.get("openapi").is_none());
    let written = version.and_then(build::written).unwrap_or_default();
    matches!(written.trim(), "2.0" | "2")
}

fn unknown_swagger(version: &Node) -> Finding {
    let written = build::written(version).unwrap_or_default();
    let message = format!("`{written}` is no version of Swagger that can be read");
    Finding::error(codes::UNKNOWN_VERSION, version.place.clone(), message)
        .help("Swagger 2.0 can be read, and OpenAPI 3.0, 3.1 and 3.2")
}

fn read_version(version: &Node, findings: &mut Findings) -> Option<Dialect> {
    let written = build::written(version).unwrap_or_default();
    let mut parts = written.trim().split('.');
    let major = parts.next().unwrap_or_default();
    let minor = parts.next().map_or(Ok(0), str::parse::<u32>);
    match (major, minor) {
        ("3", Ok(0)) => Some(Dialect::V30),
        ("3", Ok(1 | 2)) => Some(Dialect::V31),
        ("3", Ok(_)) => {
            let message = format!("OpenAPI {written} is not known; the document is read as OpenAPI 3.2");
            findings.push(
                Finding::warning(codes::UNKNOWN_VERSION, version.place.clone(), message)
                    .help("use 3.0, 3.1 or 3.2 if the document does not depend on a later version"),
            );
            Some(Dialect::V31)
        }
        _ => {
            let message = match written.as_str() {
                "" => format!("`openapi` is {}, not a version", build::kind(version)),
                _ => format!("`{written}` is no version of OpenAPI that can be read"),
            };
            findings.push(
                Finding::error(codes::UNKNOWN_VERSION, version.place.clone(), message)
                    .help("the versions 3.0, 3.1 and 3.2 can be read, and Swagger 2.0"),
            );
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::front::normalize::testing::document;

    #[track_caller]
    fn refused(text: &str, finding: &str) {
        let outcome = document(text);
        assert_eq!((outcome.normalized, outcome.findings), (None, vec![finding.to_owned()]));
    }

    #[test]
    fn refuses_what_is_neither_openapi_3_nor_swagger_2() {
        refused(
            "swagger: '1.2'\n",
            "1:10 error[unknown-version] `1.2` is no version of Swagger that can be read",
        );
        refused("[]\n", "1:1 error[not-openapi] the document is a list, not an object");
        refused("info: {}\n", "1:1 error[not-openapi] the document has no `openapi` key");
        refused(
            "openapi: 4.0.0\n",
            "1:10 error[unknown-version] `4.0.0` is no version of OpenAPI that can be read",
        );
        refused(
            "openapi: {}\n",
            "1:10 error[unknown-version] `openapi` is an object, not a version",
        );
    }

    #[test]
    fn reads_every_version_of_openapi_3() {
        for version in ["3.0.0", "3.0", "'3.1.1'", "3.2.0"] {
            let outcome = document(&format!("openapi: {version}\ninfo: {{title: T, version: '1'}}\n"));
            assert_eq!((outcome.at("/openapi"), outcome.findings), ("3.0.3".into(), vec![]));
        }
        let outcome = document("openapi: 3.9.0\ninfo: {title: T, version: '1'}\n");
        let warning = "1:10 warning[unknown-version] OpenAPI 3.9.0 is not known; the document is read as OpenAPI 3.2";
        assert_eq!(outcome.findings, [warning]);
    }
}
