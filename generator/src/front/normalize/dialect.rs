//! Which OpenAPI a document is written in. Knows version strings only.

use super::build;
use crate::diagnostic::{Finding, Findings, codes};
use crate::front::source::{Map, Node, Value};

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
    let Some(version) = build::get(root, "openapi") else {
        findings.push(missing(root, document));
        return None;
    };
    read_version(version, findings)
}

fn missing(root: &Map, document: &Node) -> Finding {
    if let Some(version) = build::get(root, "swagger") {
        return Finding::error(
            codes::SWAGGER_2,
            version.place.clone(),
            "the document is Swagger 2.0, not OpenAPI 3",
        )
        .help("convert it to OpenAPI 3 first, for instance with `swagger2openapi`");
    }
    Finding::error(
        codes::NOT_OPENAPI,
        document.place.clone(),
        "the document has no `openapi` key",
    )
    .help("begin the document with `openapi: 3.1.0` or the version that it follows")
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
                    .help("the versions 3.0, 3.1 and 3.2 can be read"),
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
    fn refuses_what_is_no_openapi_3() {
        refused(
            "swagger: '2.0'\n",
            "1:10 error[swagger-2] the document is Swagger 2.0, not OpenAPI 3",
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
