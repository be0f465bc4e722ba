//! The manifest of a crate.

use super::features;
use super::print::{bare, header};
use super::template::fill;
use crate::back::model::{Crate, DateCrate};

/// The text of `Cargo.toml`.
pub(super) fn file(model: &Crate, documents: &str, examples: &[&str], template: &str) -> String {
    let values = [
        ("header", header(documents)),
        ("package", package(model)),
        ("features", features_section(model)),
        ("dependencies", dependencies(model)),
        ("targets", targets(model.package.in_workspace)),
        ("examples", examples_section(model, examples)),
    ];
    let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
    fill(template, &values)
}

fn package(model: &Crate) -> String {
    let package = &model.package;
    let mut lines = vec![
        assign("name", &package.name),
        assign("description", &package.description),
    ];
    if package.in_workspace {
        lines.extend(["version", "edition", "license", "publish"].map(|key| format!("{key}.workspace = true")));
    } else {
        lines.extend([
            assign("version", &package.version),
            assign("edition", "2024"),
            assign("license", "MIT OR Apache-2.0"),
        ]);
    }
    lines.push(assign("rust-version", "1.85"));
    lines.extend(package.repository.iter().map(|url| assign("repository", url)));
    lines.extend(package.homepage.iter().map(|url| assign("homepage", url)));
    if !package.keywords.is_empty() {
        lines.push(format!(
            "keywords = {}",
            list(package.keywords.iter().map(String::as_str))
        ));
    }
    lines.push(format!("categories = {}", list(["api-bindings"])));
    if model.apis.iter().any(|api| api.features.is_some()) {
        lines.extend(["\n[package.metadata.docs.rs]", "all-features = true"].map(str::to_owned));
    }
    lines.join("\n")
}

fn features_section(model: &Crate) -> String {
    let modules: Vec<&str> = model
        .apis
        .iter()
        .filter_map(|api| api.module.as_deref())
        .map(bare)
        .collect();
    let mut lines = vec![
        format!(
            "default = {}",
            list(
                ["rustls"]
                    .into_iter()
                    .chain(modules.iter().copied())
                    .chain(features::default(model))
            )
        ),
        "# TLS: by rustls, or by the operating system's library.".to_owned(),
        format!("rustls = {}", list(["reqwest/rustls"])),
        format!("native-tls = {}", list(["reqwest/native-tls"])),
        "# `block()` for calls, in programs without async.".to_owned(),
        "blocking = []".to_owned(),
        "# A transport within the process that answers as a test says.".to_owned(),
        "testing = []".to_owned(),
        "# A span for each call.".to_owned(),
        format!("tracing = {}", list(["dep:tracing"])),
    ];
    if !modules.is_empty() {
        lines.push("# One module for each version of the API.".to_owned());
    }
    lines.extend(modules.iter().map(|module| format!("{module} = []")));
    lines.extend(model.apis.iter().flat_map(features::manifest_lines));
    lines.join("\n")
}

/// What a generated crate depends on.
struct Dependency {
    name: &'static str,
    version: &'static str,
    default_features: bool,
    features: &'static [&'static str],
    /// The features that a workspace around it does not ask for already; `None` where it does not have the crate.
    in_workspace: Option<&'static [&'static str]>,
    /// Whether a feature of the crate brings it in.
    optional: bool,
}

const DEPENDENCIES: &[Dependency] = &[
    dependency("bytes", "1", true, &[]),
    dependency("futures-core", "0.3", false, &[]),
    dependency("http", "1", true, &[]),
    dependency("percent-encoding", "2.3", true, &[]),
    dependency("reqwest", "0.13", false, &["stream"]),
    dependency("serde", "1", false, &["std"]),
    // Without it some numbers are read as one of their neighbours.
    dependency("serde_json", "1", true, &["float_roundtrip"]),
    Dependency {
        in_workspace: Some(&["io-util", "sync"]),
        ..dependency("tokio", "1", false, &["io-util", "sync"])
    },
    Dependency {
        optional: true,
        ..dependency("tracing", "0.1", false, &["std"])
    },
];

/// Files, threads and clocks, where there are any.
const NATIVE: Dependency = Dependency {
    in_workspace: Some(&["fs", "rt", "time"]),
    ..dependency("tokio", "1", false, &["fs", "rt", "time"])
};

/// A browser's chance and clock.
const BROWSER: [Dependency; 2] = [
    dependency("js-sys", "0.3", true, &[]),
    dependency("wasmtimer", "0.4", false, &["tokio"]),
];

const JIFF: Dependency = Dependency {
    in_workspace: Some(&["serde"]),
    ..dependency("jiff", "0.2", false, &["serde", "std"])
};

const EXECUTOR: Dependency = Dependency {
    in_workspace: Some(&["macros", "rt-multi-thread"]),
    ..dependency("tokio", "1", false, &["macros", "rt-multi-thread"])
};

const CHRONO: Dependency = Dependency {
    in_workspace: None,
    ..dependency("chrono", "0.4", false, &["serde", "std"])
};

const fn dependency(
    name: &'static str,
    version: &'static str,
    default_features: bool,
    features: &'static [&'static str],
) -> Dependency {
    Dependency {
        name,
        version,
        default_features,
        features,
        in_workspace: Some(&[]),
        optional: false,
    }
}

fn dependencies(model: &Crate) -> String {
    let dates = model.date_crates.iter().map(|date_crate| match date_crate {
        DateCrate::Jiff => &JIFF,
        DateCrate::Chrono => &CHRONO,
    });
    let mut all: Vec<&Dependency> = DEPENDENCIES.iter().chain(dates).collect();
    all.sort_by_key(|dependency| dependency.name);
    let lines = all
        .into_iter()
        .map(|dependency| dependency_line(dependency, model.package.in_workspace));
    lines.collect::<Vec<_>>().join("\n")
}

/// The dependencies that not every target has.
fn targets(in_workspace: bool) -> String {
    let section = |target: &str, dependencies: &[Dependency]| {
        let lines = dependencies
            .iter()
            .map(|dependency| dependency_line(dependency, in_workspace));
        let lines: Vec<_> = lines.collect();
        format!("[target.'cfg({target})'.dependencies]\n{}", lines.join("\n"))
    };
    [
        section("not(target_arch = \"wasm32\")", &[NATIVE]),
        section("target_arch = \"wasm32\"", &BROWSER),
    ]
    .join("\n\n")
}

fn dependency_line(dependency: &Dependency, in_workspace: bool) -> String {
    let Dependency {
        name,
        version,
        default_features,
        features,
        ..
    } = dependency;
    let (mut keys, features) = match dependency.in_workspace.filter(|_| in_workspace) {
        Some([]) if !dependency.optional => return format!("{name}.workspace = true"),
        Some(features) => (vec!["workspace = true".to_owned()], features),
        None if *default_features && features.is_empty() => return assign(name, version),
        None => {
            let mut keys = vec![assign("version", version)];
            if !default_features {
                keys.push("default-features = false".to_owned());
            }
            (keys, *features)
        }
    };
    if !features.is_empty() {
        keys.push(format!("features = {}", list(features.iter().copied())));
    }
    if dependency.optional {
        keys.push("optional = true".to_owned());
    }
    format!("{name} = {{ {} }}", keys.join(", "))
}

/// What examples need: an executor, and the feature of the API that they are called after (`v3_browser.rs`).
fn examples_section(model: &Crate, examples: &[&str]) -> String {
    if examples.is_empty() {
        return String::new();
    }
    let mut lines = vec![
        "[dev-dependencies]".to_owned(),
        dependency_line(&EXECUTOR, model.package.in_workspace),
    ];
    for name in examples {
        let required = required_features(model, name);
        if !required.is_empty() {
            lines.extend(["\n[[example]]".to_owned(), assign("name", name)]);
            lines.push(format!("required-features = {}", list(required)));
        }
    }
    lines.join("\n")
}

/// The features of the API that an example is called after, or of the only one.
fn required_features<'a>(model: &'a Crate, example: &str) -> Vec<&'a str> {
    let api = model.apis.iter().find(|api| match api.module.as_deref() {
        Some(module) => example.starts_with(&format!("{}_", bare(module))),
        None => true,
    });
    let module = api.and_then(|api| api.module.as_deref()).map(bare);
    let all = api
        .and_then(|api| api.features.as_ref())
        .map(|features| features.all.as_str());
    module.into_iter().chain(all).collect()
}

fn assign(key: &str, value: &str) -> String {
    format!("{key} = {}", text(value))
}

fn list<'a>(values: impl IntoIterator<Item = &'a str>) -> String {
    let values: Vec<String> = values.into_iter().map(text).collect();
    format!("[{}]", values.join(", "))
}

/// A basic string of TOML.
fn text(value: &str) -> String {
    toml::Value::from(value).to_string()
}
