//! `cargo xtask regen`: the clients of this repository, generated again.
//!
//! Knows where configurations and crates lie; what a crate consists of is the library's, what is done to a folder is the
//! command line's.

use std::path::{Path, PathBuf};

use clientsmith::cli::failure::Failure;
use clientsmith::cli::folder::{self, Owner};
use clientsmith::cli::project;
use clientsmith::generator::{Options, Outcome};
use clientsmith_tests::fixtures;
use fs_err as fs;

/// What to generate.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Names of folders in specs/, or `fixtures`; all of them if none is given.
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
    for target in chosen(&arguments.apis)? {
        fresh &= one(&target, arguments.check)?;
    }
    if !fresh && arguments.check {
        eprintln!("generated files are not up to date; run `cargo xtask regen` and commit what it writes");
    }
    Ok(fresh)
}

/// A crate that is generated.
enum Target {
    /// From a folder of specs/.
    Api(String),
    /// From the fixtures of the tests.
    Fixtures,
}

impl Target {
    fn name(&self) -> &str {
        match self {
            Self::Api(name) => name,
            Self::Fixtures => "fixtures",
        }
    }

    fn folder(&self) -> PathBuf {
        match self {
            Self::Api(name) => PathBuf::from(format!("generated-{name}")),
            Self::Fixtures => PathBuf::from(fixtures::CLIENT),
        }
    }

    fn outcome(&self) -> Result<Outcome, Failure> {
        let options = Options {
            in_workspace: true,
            strict: true,
        };
        match self {
            Self::Api(name) => project::run(&Path::new("specs").join(name), options),
            Self::Fixtures => Ok(fixtures::generate(Path::new("."))?),
        }
    }
}

/// The targets asked for, or all: the folders of specs/ with a `client.toml`, and the fixtures.
fn chosen(asked: &[String]) -> Result<Vec<Target>, Failure> {
    let mut known: Vec<_> = specs()?.into_iter().map(Target::Api).collect();
    known.push(Target::Fixtures);
    if let Some(unknown) = asked
        .iter()
        .find(|name| known.iter().all(|target| target.name() != name.as_str()))
    {
        let names: Vec<&str> = known.iter().map(Target::name).collect();
        let message = format!("there is no specs/{unknown}/client.toml");
        return Err(Failure::new(message, format!("name one of {}", names.join(", "))));
    }
    known.retain(|target| asked.is_empty() || asked.iter().any(|name| name == target.name()));
    Ok(known)
}

/// The folders of specs/ with a `client.toml`.
pub(crate) fn specs() -> Result<Vec<String>, Failure> {
    let mut found = Vec::new();
    for entry in fs::read_dir("specs")? {
        let path = entry?.path();
        if path.join("client.toml").is_file() {
            found.push(path.file_name().unwrap_or_default().to_string_lossy().into_owned());
        }
    }
    found.sort();
    Ok(found)
}

fn one(chosen: &Target, check: bool) -> Result<bool, Failure> {
    let target = chosen.folder();
    let outcome = chosen.outcome()?;
    // The fixtures are there to be found wrong: a test holds what is found.
    let told = !matches!(chosen, Target::Fixtures) || outcome.files.is_none();
    for finding in outcome.findings.sorted().into_iter().filter(|_| told) {
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
