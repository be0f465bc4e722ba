//! `cargo xtask`: what is done in this repository besides building and testing it.

mod bench;
mod corpus;
mod fidelity;
mod interop;
mod regen;

use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;

/// The chores of this repository.
#[derive(Debug, Parser)]
#[command(bin_name = "cargo xtask", subcommand_required = true)]
enum Command {
    /// Generates the clients again: `specs/<API>/client.toml` to `generated-<API>/`, and the fixtures' client.
    ///
    /// Writes only what changed and removes what is no longer generated; a second run changes nothing.
    Regen(regen::Arguments),
    /// Generates, compiles and lints every OpenAPI document below the given folders, and reports how each fared.
    ///
    /// For each document: its operations, and those that the client does not have, with the error that says why; findings,
    /// lines, the seconds that generating and `cargo check` take, and the first error of either. All crates are compiled in
    /// one target folder, target/corpus.
    Corpus(corpus::Arguments),
    /// Puts every value that a document allows through the generated types, and reports what is lost.
    ///
    /// Generates the types of each document, compiles them into a program, has it read and write values that a validator
    /// of JSON Schema finds right, and compares. The report has a row for each document, and each schema that loses
    /// something, with a value. What is compiled stays below target/fidelity.
    Fidelity(fidelity::Arguments),
    /// Plays the generated clients against independent counterparts, on loopback: Prism, and the vendors' own SDKs.
    ///
    /// Every operation must be accepted by Prism, every answer and every declared failure read into its type without
    /// loss, and every call be the same through the vendor's SDK for Python. What is a counterpart's own fault is listed
    /// as excused, what it does not have as a note; anything else fails, with what went over the wire.
    ///
    /// Needs Node.js 20 and Python 3.11, and their package registries the first time: it installs Prism and the SDKs
    /// below target/interop, in the versions that xtask/interop pins.
    Interop(interop::Arguments),
    /// Measures a generated client on this machine: `bench call`, `bench transfer`; `bench --help` tells more.
    #[command(disable_help_flag = true)]
    Bench(bench::Arguments),
    /// Generates one document and says how it fared, in JSON; `corpus` runs it as a process of its own.
    #[command(hide = true)]
    CorpusOne(corpus::one::Arguments),
}

fn main() -> ExitCode {
    if let Some(times) = std::env::var_os(corpus::rustc::TIMES) {
        return corpus::rustc::run(&times);
    }
    let done = match Command::parse() {
        Command::Regen(arguments) => regen::run(&arguments),
        Command::Corpus(arguments) => corpus::run(&arguments),
        Command::Fidelity(arguments) => fidelity::run(&arguments),
        Command::Interop(arguments) => interop::run(&arguments),
        Command::Bench(arguments) => bench::run(&arguments),
        Command::CorpusOne(arguments) => corpus::one::run(&arguments).map(|()| true),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

/// Makes the repository's root the working folder, so that findings name files as one would from there.
fn enter_root() -> io::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .map(PathBuf::from)
        .unwrap_or_default();
    std::env::set_current_dir(root)
}
