//! `cargo xtask bench`: builds the crate that measures, as users build what they ship, and runs it.
//!
//! Knows where that crate is; what it measures is said there, in `bench/src`.

use std::ffi::OsString;
use std::process::Command;

use clientsmith::cli::failure::Failure;

const PACKAGE: &str = "clientsmith-bench";

/// What to measure: passed on as it is, `--help` too.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, value_name = "ARGUMENTS")]
    arguments: Vec<OsString>,
}

/// Whether what was measured is within its limits.
pub(crate) fn run(arguments: &Arguments) -> Result<bool, Failure> {
    crate::enter_root()?;
    // All of its programs: one runs the other.
    let built = cargo(&["build", "--quiet", "--release", "--package", PACKAGE]).status()?;
    if !built.success() {
        return Err(Failure::new(
            "the measuring crate cannot be built",
            "see what cargo said above",
        ));
    }
    let mut program = cargo(&["run", "--quiet", "--release", "--package", PACKAGE, "--"]);
    match program.args(&arguments.arguments).status()?.code() {
        Some(0) => Ok(true),
        Some(1) => Ok(false),
        _ => Err(Failure::new("nothing could be measured", "see what was said above")),
    }
}

fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments);
    command
}
