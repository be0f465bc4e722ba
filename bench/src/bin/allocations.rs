//! Counts what one call allocates: `allocations BASE_URL CALL CONTENDER` prints a line of JSON.
//!
//! `bench call` runs it. The allocator that counts is this program's alone.

use std::alloc::System;
use std::process::ExitCode;

use clientsmith_bench::call::{Call, Contender, Counted};
use clientsmith_bench::{Failure, runtime};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// Calls that are made before counting starts: for the connection, and for whatever is made once.
const WARM_UP: u32 = 10;
/// Calls that are counted.
const CALLS: u32 = 1000;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<(), Failure> {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let [base_url, call, contender] = arguments.as_slice() else {
        return Err("usage: allocations BASE_URL CALL CONTENDER".into());
    };
    let call: Call = call.parse()?;
    let contender: Contender = contender.parse()?;
    runtime()?.block_on(async {
        let mut caller = contender.caller(base_url, call)?;
        caller.repeat(WARM_UP).await?;
        let region = Region::new(ALLOCATOR);
        caller.repeat(CALLS).await?;
        println!("{}", serde_json::to_string(&Counted::new(&region.change(), CALLS))?);
        Ok(())
    })
}
