//! The program that reads values into a crate's types and writes them again: made, compiled, fed.
//!
//! It has the types as they are generated and the part of the runtime that reads and writes them, so that it compiles
//! without a client's dependencies. Data and code are apart: what it reads comes by its input.

use std::fmt::Write as _;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use clientsmith::FileSet;
use clientsmith::back::model::{DateCrate, RustType};
use clientsmith::cli::folder::{self, Owner};
use fs_err as fs;

use super::builders;
use super::subject::{Api, Subject};

const MAIN: &str = include_str!("../../fidelity/main.rs");
const RUNTIME: &str = include_str!("../../fidelity/runtime.rs");

/// The files of the runtime, besides those of `de`.
const SHARED: [&str; 3] = ["nullable.rs", "secret.rs", "ser.rs"];

/// Writes a workspace with the program of each crate.
pub(super) fn write(folder: &Path, subjects: &[Subject]) -> io::Result<()> {
    let mut members = String::new();
    for subject in subjects {
        // Writing to a String cannot fail.
        let _ = write!(members, "\n    {:?},", subject.name);
        let folder = folder.join(&subject.name);
        let files = files(subject);
        let drift = folder::drift(&folder, &files, Owner::Generator)?;
        folder::settle(&folder, &files, &drift)?;
    }
    let manifest = format!(
        "[workspace]\nresolver = \"3\"\nmembers = [{members}\n]\n\n[profile.dev]\ndebug = false\nincremental = false\n"
    );
    let path = folder.join("Cargo.toml");
    if fs::read_to_string(&path).ok().as_ref() != Some(&manifest) {
        fs::write(path, manifest)?;
    }
    if !folder.join("Cargo.lock").exists() {
        // The same versions as everywhere else in the repository.
        fs::copy(crate::fixtures::root().join("Cargo.lock"), folder.join("Cargo.lock"))?;
    }
    Ok(())
}

fn files(subject: &Subject) -> FileSet {
    let is_shared = |path: &str| {
        path.strip_prefix("src/runtime/")
            .is_some_and(|path| path.starts_with("de/") || SHARED.contains(&path))
    };
    let is_type = |path: &str| path.split('/').any(|step| step == "types") && !path.starts_with("src/runtime/");
    let own = subject
        .files
        .files
        .iter()
        .filter(|(path, _)| is_shared(path) || is_type(path));
    let mut files = FileSet::default();
    files.extend(own.map(|(path, text)| (path.clone(), text.clone())));
    let mut modules = String::new();
    for api in subject
        .apis
        .iter()
        .filter(|api| files.files.contains_key(&format!("src/{}types/mod.rs", api.folder())))
    {
        // Writing to a String cannot fail.
        let _ = match &api.module {
            Some(module) => writeln!(modules, "mod {module} {{ pub mod types; }}"),
            None => writeln!(modules, "mod types;"),
        };
    }
    files.extend([
        ("Cargo.toml".to_owned(), manifest(subject)),
        ("src/builders.rs".to_owned(), builders(subject)),
        ("src/main.rs".to_owned(), MAIN.to_owned()),
        ("src/modules.rs".to_owned(), modules),
        ("src/runtime/mod.rs".to_owned(), RUNTIME.to_owned()),
        ("src/table.rs".to_owned(), table(subject)),
    ]);
    files
}

/// With the dependencies that the crate itself has for its types, and all of its features.
fn manifest(subject: &Subject) -> String {
    let own = subject.files.files.get("Cargo.toml").map_or("", String::as_str);
    let wanted = ["serde ", "serde_json ", "jiff ", "chrono "];
    let lines = own
        .lines()
        .filter(|line| wanted.iter().any(|name| line.starts_with(name)));
    let dependencies: Vec<&str> = lines.collect();
    let table: toml::Table = own.parse().unwrap_or_default();
    let features = table.get("features").and_then(toml::Value::as_table);
    let features: Vec<&str> = features
        .into_iter()
        .flat_map(toml::Table::keys)
        .map(String::as_str)
        .filter(|name| *name != "default")
        .collect();
    let declared: Vec<String> = features.iter().map(|name| format!("{name:?} = []")).collect();
    format!(
        "[package]\nname = {:?}\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n[dependencies]\n{}\n\n\
         [features]\ndefault = {features:?}\n{}\n",
        subject.name,
        dependencies.join("\n"),
        declared.join("\n")
    )
}

/// `src/builders.rs`
fn builders(subject: &Subject) -> String {
    let manifest = subject.files.files.get("Cargo.toml").map_or("", String::as_str);
    let has = |name: &str| manifest.lines().any(|line| line.starts_with(name));
    let mut text = "use super::*;\n\n".to_owned();
    if has("jiff ") {
        text.push_str("same!(jiff::Timestamp, jiff::civil::Date);\n");
    }
    if has("chrono ") {
        text.push_str("same!(chrono::DateTime<chrono::FixedOffset>, chrono::NaiveDate);\n");
    }
    text.extend(subject.apis.iter().map(builders::implementations));
    text
}

/// `src/table.rs`: the functions of each type, by its number.
fn table(subject: &Subject) -> String {
    let mut text = "use super::*;\n\npub(crate) static TABLE: &[Type] = &[\n".to_owned();
    for (api, root) in subject
        .apis
        .iter()
        .flat_map(|api| api.roots.iter().map(move |root| (api, root)))
    {
        let ty = api.written(&root.ty);
        let read = match seed(&root.ty) {
            Some(seed) => format!("|json| through_by::<{ty}>(json, {seed})"),
            None => format!("through::<{ty}>"),
        };
        let build = if root.is_built {
            format!("Some(built::<{ty}>)")
        } else {
            "None".to_owned()
        };
        // Writing to a String cannot fail.
        let _ = writeln!(text, "    Type {{ read: {read}, build: {build} }},");
    }
    text.push_str("];\n");
    text
}

/// How an answer is read that is not what the type's own `Deserialize` reads.
fn seed(ty: &RustType) -> Option<String> {
    let (function, inner) = match ty {
        RustType::DateTime(_) => return Some("de::time()".to_owned()),
        RustType::Numeric(name) if !name.starts_with('f') => return Some("de::integer()".to_owned()),
        RustType::Option(inner) => ("optional", inner),
        RustType::Nullable(inner) => ("nullable", inner),
        RustType::Vec(inner) => ("list", inner),
        RustType::Map(inner) => ("map", inner),
        _ => return None,
    };
    Some(format!("de::{function}({})", seed(inner)?))
}

impl Api {
    /// `v3/`, or nothing.
    fn folder(&self) -> String {
        let module = self.module.as_deref().map(|module| module.trim_start_matches("r#"));
        module.map(|module| format!("{module}/")).unwrap_or_default()
    }

    pub(super) fn written(&self, ty: &RustType) -> String {
        let generic = |outer: &str, inner: &RustType| format!("{outer}<{}>", self.written(inner));
        match ty {
            RustType::Bool => "bool".to_owned(),
            RustType::Numeric(name) => (*name).to_owned(),
            RustType::String | RustType::Upload => "String".to_owned(),
            RustType::Json => "serde_json::Value".to_owned(),
            RustType::Unit => "()".to_owned(),
            RustType::DateTime(DateCrate::Jiff) => "jiff::Timestamp".to_owned(),
            RustType::DateTime(DateCrate::Chrono) => "chrono::DateTime<chrono::FixedOffset>".to_owned(),
            RustType::Date(DateCrate::Jiff) => "jiff::civil::Date".to_owned(),
            RustType::Date(DateCrate::Chrono) => "chrono::NaiveDate".to_owned(),
            RustType::Vec(inner) => generic("Vec", inner),
            RustType::Map(inner) => format!("std::collections::BTreeMap<String, {}>", self.written(inner)),
            RustType::Option(inner) => generic("Option", inner),
            RustType::Nullable(inner) => generic("runtime::Nullable", inner),
            RustType::Boxed(inner) => generic("Box", inner),
            RustType::Named(name) => match &self.module {
                Some(module) => format!("{module}::types::{name}"),
                None => format!("types::{name}"),
            },
        }
    }
}

/// Compiles a program; what rustc says where it cannot.
pub(super) fn compile(folder: &Path, name: &str) -> io::Result<Result<PathBuf, String>> {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command
        // Beside each other, so that dependencies are compiled once.
        .args(["build", "--quiet", "--target-dir", "../target", "--package", name])
        .current_dir(folder);
    let output = command.output()?;
    Ok(if output.status.success() {
        Ok(folder.join("../target/debug").join(name))
    } else {
        Err(String::from_utf8_lossy(&output.stderr).into_owned())
    })
}

/// What a program says of each value: the value as it was written again, or why it was refused.
pub(super) fn feed(program: &Path, lines: &[String]) -> io::Result<Vec<Result<String, String>>> {
    let mut said = Vec::with_capacity(lines.len());
    while said.len() < lines.len() {
        let before = said.len();
        let (text, end) = run(program, &lines[before..])?;
        said.extend(text.lines().map(|line| match line.split_at_checked(1) {
            Some(("=", json)) => Ok(json.to_owned()),
            Some((_, reason)) => Err(reason.to_owned()),
            None => Err(String::new()),
        }));
        if said.len() < lines.len() {
            // It died of the next value.
            said.push(Err(end));
        }
    }
    Ok(said)
}

/// What a program prints until its end, and how that came.
fn run(program: &Path, lines: &[String]) -> io::Result<(String, String)> {
    let mut command = Command::new(program);
    command.env("RUST_BACKTRACE", "0");
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let (input, errors) = (child.stdin.take(), child.stderr.take());
    let mut text = String::new();
    let mut said = String::new();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            // A program that has died reads no further.
            let _ = input.map(|mut input| input.write_all(format!("{}\n", lines.join("\n")).as_bytes()));
        });
        let read =
            |pipe: Option<&mut dyn Read>, into: &mut String| pipe.map_or(Ok(0), |pipe| pipe.read_to_string(into));
        let mut errors = errors;
        let said = &mut said;
        scope.spawn(move || {
            // What cannot be read is not shown.
            let _ = read(errors.as_mut().map(|errors| errors as &mut dyn Read), said);
        });
        let mut output = child.stdout.take();
        read(output.as_mut().map(|output| output as &mut dyn Read), &mut text)
    })?;
    let status = child.wait()?;
    // A panic says first where, then what.
    let said = said.trim_start();
    Ok((text, format!("{status}: {}", said.lines().nth(1).unwrap_or_default())))
}
