//! The texts that every generated crate carries, as they stand in `templates/`.

use crate::back::emit::Texts;

/// The runtime: paths under `src/runtime/`, and texts.
pub const RUNTIME: &[(&str, &str)] = &[
    ("access.rs", include_str!("../../templates/src/runtime/access.rs")),
    ("auth.rs", include_str!("../../templates/src/runtime/auth.rs")),
    ("base_url.rs", include_str!("../../templates/src/runtime/base_url.rs")),
    ("blocking.rs", include_str!("../../templates/src/runtime/blocking.rs")),
    ("body.rs", include_str!("../../templates/src/runtime/body.rs")),
    ("call.rs", include_str!("../../templates/src/runtime/call.rs")),
    ("chance.rs", include_str!("../../templates/src/runtime/chance.rs")),
    ("client.rs", include_str!("../../templates/src/runtime/client.rs")),
    ("de/choice.rs", include_str!("../../templates/src/runtime/de/choice.rs")),
    (
        "de/constant.rs",
        include_str!("../../templates/src/runtime/de/constant.rs"),
    ),
    (
        "de/entries.rs",
        include_str!("../../templates/src/runtime/de/entries.rs"),
    ),
    (
        "de/integer.rs",
        include_str!("../../templates/src/runtime/de/integer.rs"),
    ),
    ("de/mod.rs", include_str!("../../templates/src/runtime/de/mod.rs")),
    ("de/object.rs", include_str!("../../templates/src/runtime/de/object.rs")),
    ("de/seed.rs", include_str!("../../templates/src/runtime/de/seed.rs")),
    ("de/text.rs", include_str!("../../templates/src/runtime/de/text.rs")),
    ("de/time.rs", include_str!("../../templates/src/runtime/de/time.rs")),
    ("de/trial.rs", include_str!("../../templates/src/runtime/de/trial.rs")),
    ("declared.rs", include_str!("../../templates/src/runtime/declared.rs")),
    (
        "decode_error.rs",
        include_str!("../../templates/src/runtime/decode_error.rs"),
    ),
    ("download.rs", include_str!("../../templates/src/runtime/download.rs")),
    ("error.rs", include_str!("../../templates/src/runtime/error.rs")),
    ("excerpt.rs", include_str!("../../templates/src/runtime/excerpt.rs")),
    ("header.rs", include_str!("../../templates/src/runtime/header.rs")),
    (
        "http_client.rs",
        include_str!("../../templates/src/runtime/http_client.rs"),
    ),
    ("http_date.rs", include_str!("../../templates/src/runtime/http_date.rs")),
    (
        "json_lines.rs",
        include_str!("../../templates/src/runtime/json_lines.rs"),
    ),
    ("json_path.rs", include_str!("../../templates/src/runtime/json_path.rs")),
    ("mod.rs", include_str!("../../templates/src/runtime/mod.rs")),
    ("multipart.rs", include_str!("../../templates/src/runtime/multipart.rs")),
    ("nullable.rs", include_str!("../../templates/src/runtime/nullable.rs")),
    ("oauth.rs", include_str!("../../templates/src/runtime/oauth.rs")),
    ("operation.rs", include_str!("../../templates/src/runtime/operation.rs")),
    ("options.rs", include_str!("../../templates/src/runtime/options.rs")),
    ("pages.rs", include_str!("../../templates/src/runtime/pages.rs")),
    ("param.rs", include_str!("../../templates/src/runtime/param.rs")),
    ("path.rs", include_str!("../../templates/src/runtime/path.rs")),
    ("payload.rs", include_str!("../../templates/src/runtime/payload.rs")),
    ("platform.rs", include_str!("../../templates/src/runtime/platform.rs")),
    ("raw.rs", include_str!("../../templates/src/runtime/raw.rs")),
    ("received.rs", include_str!("../../templates/src/runtime/received.rs")),
    ("redirect.rs", include_str!("../../templates/src/runtime/redirect.rs")),
    ("request.rs", include_str!("../../templates/src/runtime/request.rs")),
    ("response.rs", include_str!("../../templates/src/runtime/response.rs")),
    ("retry.rs", include_str!("../../templates/src/runtime/retry.rs")),
    (
        "retry_after.rs",
        include_str!("../../templates/src/runtime/retry_after.rs"),
    ),
    ("save.rs", include_str!("../../templates/src/runtime/save.rs")),
    ("secret.rs", include_str!("../../templates/src/runtime/secret.rs")),
    ("send.rs", include_str!("../../templates/src/runtime/send.rs")),
    ("ser.rs", include_str!("../../templates/src/runtime/ser.rs")),
    ("sse.rs", include_str!("../../templates/src/runtime/sse.rs")),
    (
        "status_error.rs",
        include_str!("../../templates/src/runtime/status_error.rs"),
    ),
    ("stream.rs", include_str!("../../templates/src/runtime/stream.rs")),
    ("testing.rs", include_str!("../../templates/src/runtime/testing.rs")),
    (
        "token_error.rs",
        include_str!("../../templates/src/runtime/token_error.rs"),
    ),
    ("tokens.rs", include_str!("../../templates/src/runtime/tokens.rs")),
    ("trace.rs", include_str!("../../templates/src/runtime/trace.rs")),
    ("transport.rs", include_str!("../../templates/src/runtime/transport.rs")),
    (
        "transport_body.rs",
        include_str!("../../templates/src/runtime/transport_body.rs"),
    ),
    (
        "transport_error.rs",
        include_str!("../../templates/src/runtime/transport_error.rs"),
    ),
    ("upload.rs", include_str!("../../templates/src/runtime/upload.rs")),
    ("wait.rs", include_str!("../../templates/src/runtime/wait.rs")),
];

/// The template of `README.md`.
pub const README: &str = include_str!("../../templates/text/README.md.in");

/// The template of `Cargo.toml`.
pub const MANIFEST: &str = include_str!("../../templates/text/Cargo.toml.in");

/// Licences: paths in the crate, and texts.
pub const LICENSES: &[(&str, &str)] = &[
    ("LICENSE-APACHE", include_str!("../../LICENSE-APACHE")),
    ("LICENSE-MIT", include_str!("../../LICENSE-MIT")),
];

/// All of them, with further files that are copied as they are: paths in the crate, and texts.
pub fn texts(extra: &[(String, String)]) -> Texts<'_> {
    Texts {
        runtime: RUNTIME,
        licenses: LICENSES,
        extra,
        readme: README,
        manifest: MANIFEST,
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::RUNTIME;

    #[test]
    fn every_file_of_the_runtime_is_carried() {
        fn collect(root: &Path, folder: &Path, found: &mut Vec<String>) {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    collect(root, &path, found);
                } else {
                    found.push(path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/"));
                }
            }
        }
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../templates/src/runtime");
        let mut found = Vec::new();
        collect(&root, &root, &mut found);
        found.sort();
        let carried: Vec<_> = RUNTIME.iter().map(|(path, _)| (*path).to_owned()).collect();
        assert_eq!(carried, found);
    }
}
