//! The compiler, timed. Cargo runs this program in its place for the crates of a corpus (`RUSTC_WORKSPACE_WRAPPER`), and
//! not for what they depend on.

use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::Instant;

use fs_err as fs;

/// The environment variable that names the folder of the times: a file for each crate, with its seconds.
pub(crate) const TIMES: &str = "CLIENTSMITH_CORPUS_TIMES";

/// Runs the compiler with the arguments of this program, and notes how long a crate took.
pub(crate) fn run(times: &OsString) -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    let Some((compiler, arguments)) = arguments.split_first() else {
        return ExitCode::FAILURE;
    };
    let start = Instant::now();
    let status = match Command::new(compiler).args(arguments).status() {
        Ok(status) => status,
        Err(error) => {
            eprintln!("{}: {error}", compiler.display());
            return ExitCode::FAILURE;
        }
    };
    let seconds = start.elapsed().as_secs_f64();
    let mut rest = arguments.iter().skip_while(|argument| *argument != "--crate-name");
    if let Some(name) = rest.nth(1).filter(|_| status.success()) {
        // A time that cannot be noted is missing in the report, which is no reason to fail the crate.
        let _ = fs::write(Path::new(times).join(name), seconds.to_string());
    }
    if status.success() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// How long a crate took.
pub(super) fn seconds(times: &Path, package: &str) -> Option<f64> {
    let noted = fs::read_to_string(times.join(package.replace('-', "_"))).ok()?;
    noted.parse().ok()
}
