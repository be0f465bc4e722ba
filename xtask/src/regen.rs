//! `cargo xtask regen`: the clients of this repository, generated again.
//!
//! Knows where configurations and crates lie; what a crate consists of is the library's, what is done to a folder is the
//! command line's.

use std::path::{Path, PathBuf};

use clientsmith::cli::failure::Failure;
use clientsmith::cli::folder::{self, Owner};
use clientsmith::cli::project::{self, Options};
use fs_err as fs;

/// What to generate.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Names of folders in specs/; all of them if none is given.
    #[arg(value_name = "API")]
    apis: Vec<String>,
    /// Write nothing; fail and list the files that are not as they would be generated.
    #[arg(long)]
    check: bool,
}

/// Whether every crate is (or now is) as it is generated.
pub(crate) fn run(arguments: &Arguments) -> Result<bool, Failure> {
    crate::enter_root()?;
    let mut fresh = true;
    for api in chosen(&arguments.apis)? {
        fresh &= one(&api, arguments.check)?;
    }
    if !fresh && arguments.check {
        eprintln!("generated files are not up to date; run `cargo xtask regen` and commit what it writes");
    }
    Ok(fresh)
}

/// The asked folders of specs/ with a `client.toml`, or all of them.
fn chosen(asked: &[String]) -> Result<Vec<String>, Failure> {
    let mut known = Vec::new();
    for entry in fs::read_dir("specs")? {
        let path = entry?.path();
        if path.join("client.toml").is_file() {
            known.push(path.file_name().unwrap_or_default().to_string_lossy().into_owned());
        }
    }
    known.sort();
    if let Some(unknown) = asked.iter().find(|name| !known.contains(name)) {
        let message = format!("there is no specs/{unknown}/client.toml");
        return Err(Failure::new(message, format!("name one of {}", known.join(", "))));
    }
    Ok(if asked.is_empty() { known } else { asked.to_vec() })
}

fn one(api: &str, check: bool) -> Result<bool, Failure> {
    let target = PathBuf::from(format!("generated-{api}"));
    let outcome = project::run(
        &Path::new("specs").join(api),
        Options {
            in_workspace: true,
            keep_going: false,
        },
    )?;
    for finding in outcome.findings.sorted() {
        eprintln!("{finding}");
    }
    let Some(files) = outcome.files else {
        eprintln!("{}: nothing is written", target.display());
        return Ok(false);
    };
    let drift = folder::drift(&target, &files, Owner::Generator)?;
    if drift.is_empty() {
        println!("{}: {} files, all up to date", target.display(), files.files.len());
        return Ok(true);
    }
    for line in drift.to_string().lines() {
        println!("{}: {line}", target.display());
    }
    if !check {
        folder::settle(&target, &files, &drift)?;
        println!(
            "{}: {} of {} files written",
            target.display(),
            drift.to_write().count(),
            files.files.len()
        );
    }
    Ok(!check)
}
