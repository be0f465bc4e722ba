//! `cargo xtask bench`: how fast calls are, how much memory files take, and what a client costs to compile.

use std::process::ExitCode;

use clap::Parser;
use clientsmith_bench::{Failure, call, compile, server, transfer};

/// Measures generated clients on this machine. Nothing leaves it: the server is on loopback.
#[derive(Debug, Parser)]
#[command(bin_name = "cargo xtask bench", subcommand_required = true)]
enum Command {
    /// Puts generated calls beside hand-written ones (reqwest and serde) that do the same: time and allocations.
    ///
    /// Both are made in turns within one run, so that whatever else the machine does slows both down. What counts is the
    /// ratio between them; the times themselves are this machine's, at this moment.
    Call(call::Arguments),
    /// Puts the client of a document beside the same client with serde's derive macros: the processor's time that
    /// `cargo check` takes for the crate, without what it depends on.
    ///
    /// The derived one is made of the generated one: each `Serialize` and `Deserialize` that is written out goes, and the
    /// type derives it instead, unions as `untagged`. It is there to be compiled only. Linux only.
    Compile(compile::Arguments),
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
        Command::Compile(arguments) => compile::run(&arguments),
        Command::Transfer(arguments) => transfer::run(&arguments),
        Command::Serve => server::serve().map(|()| true),
        Command::TransferOne(arguments) => transfer::one::run(&arguments).map(|()| true),
    }
}
