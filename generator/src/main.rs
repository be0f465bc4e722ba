//! `clientsmith`: OpenAPI documents in, Rust client crates out.

use std::process::ExitCode;

fn main() -> ExitCode {
    clientsmith::cli::main()
}
