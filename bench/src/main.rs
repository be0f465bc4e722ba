//! `cargo xtask bench`: how fast calls are, and how much memory files take.

use std::process::ExitCode;

use clap::Parser;
use clientsmith_bench::{Failure, call, server, transfer};

/// Measures a generated client, `browserbase-client`, on this machine. Nothing leaves it: the server is on loopback.
#[derive(Debug, Parser)]
#[command(bin_name = "cargo xtask bench", subcommand_required = true)]
enum Command {
    /// Puts generated calls beside hand-written ones (reqwest and serde) that do the same: time and allocations.
    ///
    /// Both are made in turns within one run, so that whatever else the machine does slows both down. What counts is the
    /// ratio between them; the times themselves are this machine's, at this moment.
    Call(call::Arguments),
    /// Sends a large file and fetches one, and says how much memory that took at most.
    ///
    /// Each transfer is made twice, small and large, each time in a process of its own. Exit status 1: a large body took
    /// over 8 MiB more memory than a small one. Memory is measured on Linux only.
    Transfer(transfer::Arguments),
    /// Answers calls until its standard input ends.
    #[command(hide = true)]
    Serve,
    /// Makes one transfer.
    #[command(hide = true)]
    TransferOne(transfer::one::Arguments),
}

fn main() -> ExitCode {
    match run(Command::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

/// Whether what was measured is within its limits.
fn run(command: Command) -> Result<bool, Failure> {
    match command {
        Command::Call(arguments) => call::run(&arguments),
        Command::Transfer(arguments) => transfer::run(&arguments),
        Command::Serve => server::serve().map(|()| true),
        Command::TransferOne(arguments) => transfer::one::run(&arguments).map(|()| true),
    }
}
