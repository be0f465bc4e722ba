//! Compiles and lints generated crates: one workspace, one target folder, the smallest crates first.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use clientsmith::cli::failure::Failure;
use fs_err as fs;
use serde_json::Value;

use super::{Case, rustc};

/// What `cargo check` said of a crate, and then `cargo clippy`, which repeats the compiler's warnings.
#[derive(Debug, Clone, Default)]
pub(super) struct Compiled {
    pub(super) errors: u64,
    pub(super) warnings: u64,
    /// The first error, in short form.
    pub(super) first: String,
    /// Errors and warnings by their code.
    pub(super) codes: BTreeMap<String, u64>,
    /// How long `cargo check` of the crate took, without what it depends on.
    pub(super) seconds: Option<f64>,
}

/// So many lines of Rust are compiled by one call.
const BATCH: u64 = 12_000;

/// Compiles every case that has a crate, until the time is over.
pub(super) fn run(cases: &mut [Case], folder: &Path, time: Duration) -> Result<(), Failure> {
    let lines = |case: &Case| {
        case.measured()
            .filter(|measured| measured.written)
            .map(|measured| measured.lines)
    };
    let mut order: Vec<_> = cases
        .iter()
        .filter_map(|case| Some((lines(case)?, case.name.clone())))
        .collect();
    order.sort();
    workspace(folder, order.iter().map(|(_, name)| name.as_str()))?;
    let start = Instant::now();
    let mut rest = order.as_slice();
    while !rest.is_empty() && start.elapsed() < time {
        let mut sum = 0;
        let fitting = rest.iter().take_while(|(lines, _)| {
            sum += lines;
            sum <= BATCH
        });
        let (batch, after) = rest.split_at(fitting.count().max(1));
        rest = after;
        let batch: Vec<_> = batch.iter().map(|(_, name)| name.as_str()).collect();
        let mut said = compile(folder, &batch)?;
        for case in cases.iter_mut() {
            case.compiled = said.remove(&case.name).or(case.compiled.take());
        }
        eprintln!(
            "{} of {} compiled, {} s",
            order.len() - rest.len(),
            order.len(),
            start.elapsed().as_secs()
        );
    }
    Ok(())
}

fn workspace<'n>(folder: &Path, members: impl Iterator<Item = &'n str>) -> Result<(), Failure> {
    let mut text = "[workspace]\nresolver = \"3\"\nmembers = [\n".to_owned();
    for member in members {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "    \"{member}\",");
    }
    text.push_str("]\n\n[profile.dev]\ndebug = false\n");
    fs::write(folder.join("Cargo.toml"), text)?;
    if !folder.join("Cargo.lock").exists() {
        fs::copy("Cargo.lock", folder.join("Cargo.lock"))?;
    }
    Ok(())
}

/// What is said of some crates: by the compiler, and by clippy of those that compile.
fn compile(folder: &Path, batch: &[&str]) -> Result<BTreeMap<String, Compiled>, Failure> {
    let mut said = cargo("check", folder, batch)?;
    let good: Vec<_> = batch.iter().copied().filter(|name| said[*name].errors == 0).collect();
    if !good.is_empty() {
        said.extend(cargo("clippy", folder, &good)?);
    }
    for (name, compiled) in &mut said {
        compiled.seconds = rustc::seconds(&folder.join(TIMES), name);
    }
    Ok(said)
}

/// Where the compiler's times are noted, below the folder of the crates.
const TIMES: &str = "target/times";

/// What a subcommand of cargo says of some crates.
fn cargo(subcommand: &str, folder: &Path, batch: &[&str]) -> Result<BTreeMap<String, Compiled>, Failure> {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command
        .args([
            subcommand,
            "--keep-going",
            "--quiet",
            "--message-format=json",
            "--target-dir=target",
        ])
        .current_dir(folder);
    if subcommand == "check" {
        let times = std::path::absolute(folder.join(TIMES))?;
        fs::create_dir_all(&times)?;
        command
            .env("RUSTC_WORKSPACE_WRAPPER", std::env::current_exe()?)
            .env(rustc::TIMES, times);
    }
    for name in batch {
        command.args(["--package", name]);
    }
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    let mut said: BTreeMap<_, _> = batch.iter().map(|name| ((*name).to_owned(), None)).collect();
    let output = child
        .stdout
        .take()
        .into_iter()
        .flat_map(|output| BufReader::new(output).lines());
    for line in output {
        if let Ok(message) = serde_json::from_str(&line?) {
            take(&message, &mut said);
        }
    }
    let errors = String::from_utf8_lossy(&child.wait_with_output()?.stderr).into_owned();
    let silent = || Compiled {
        errors: 1,
        first: errors.lines().next().unwrap_or("no artifact").to_owned(),
        ..Compiled::default()
    };
    Ok(said
        .into_iter()
        .map(|(name, compiled)| (name, compiled.unwrap_or_else(silent)))
        .collect())
}

/// Notes one line of cargo's output, if it is about one of the crates.
fn take(message: &Value, said: &mut BTreeMap<String, Option<Compiled>>) {
    let Some(slot) = name(message).and_then(|name| said.get_mut(name)) else {
        return;
    };
    let compiled = slot.get_or_insert_default();
    let message = &message["message"];
    let level = message["level"].as_str().unwrap_or_default();
    // The summary of a failed crate has neither code nor place.
    let spans = message["spans"].as_array().is_some_and(|spans| !spans.is_empty());
    if !spans || !matches!(level, "error" | "warning") {
        return;
    }
    let code = message["code"]["code"].as_str().unwrap_or("syntax");
    *compiled.codes.entry(format!("{level} {code}")).or_default() += 1;
    if level == "error" {
        compiled.errors += 1;
        if compiled.first.is_empty() {
            let rendered = message["rendered"].as_str().unwrap_or_default();
            compiled.first = rendered.lines().take(8).collect::<Vec<_>>().join("\n");
        }
    } else {
        compiled.warnings += 1;
    }
}

/// The folder's name in `path+file:///…/target/corpus/pets#pets@0.1.0`.
fn name(message: &Value) -> Option<&str> {
    let id = message["package_id"].as_str()?;
    id.split('#').next()?.rsplit('/').next()
}
