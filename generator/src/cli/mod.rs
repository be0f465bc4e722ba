//! The command line, and what `cargo xtask` shares with it: the only room of this crate that reads and writes files.
//!
//! Exit status: 0 done; 1 findings of severity error, or files that are not up to date under `--check`; 2 a wrong command
//! line, a file that cannot be read or written, a folder that is somebody else's.

mod arguments;
mod commands;
mod explain;
pub mod failure;
pub mod files;
pub mod folder;
mod keywords;
mod progress;
pub mod project;
pub mod report;
mod snippet;

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;

use arguments::{Arguments, Command};

/// Runs the command line of this process.
pub fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Generate(arguments) => commands::generate(&arguments),
        Command::Lint(arguments) => commands::lint(&arguments),
        Command::Keywords(arguments) => commands::keywords(&arguments),
        Command::Explain(arguments) => commands::explain(&arguments),
        Command::Completions(arguments) => Ok(commands::completions(&arguments)),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(failure) => {
            // Where standard error is closed, nobody wants to know.
            let _ = writeln!(std::io::stderr(), "error: {failure}");
            ExitCode::from(2)
        }
    }
}
