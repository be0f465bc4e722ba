//! `bench transfer`: large files on their way, and the memory that takes.
//!
//! Knows which transfers are made, each in a process of its own (`one`), and what is said about them.

pub mod one;

use std::path::PathBuf;

use fs_err as fs;

use crate::Failure;
use crate::process::{self, Server};
use one::{Measured, Way};

/// The small body that the large one is compared with.
const SMALL: u64 = 16 * MIB;
/// What a large body may take more than a small one: what an allocator keeps, not what a body weighs.
const ALLOWANCE: u64 = 8 * MIB;
const MIB: u64 = 1024 * 1024;

/// How large.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The size of the large body in bytes; 1 GiB if not given.
    #[arg(long, value_name = "BYTES", default_value_t = 1024 * MIB, hide_default_value = true)]
    size: u64,
}

/// Whether memory stays flat.
///
/// # Errors
/// A transfer fails, or a file cannot be written.
pub fn run(arguments: &Arguments) -> Result<bool, Failure> {
    let server = Server::start()?;
    let scratch = Scratch::new()?;
    let mut flat = true;
    println!("{HEADINGS}");
    for way in Way::ALL {
        let measured = |size| one(&server, &scratch, way, size);
        let (small, large) = (measured(SMALL)?, measured(arguments.size)?);
        println!("{}", row(way, arguments.size, &small, &large));
        flat &= growth(&small, &large).is_none_or(|bytes| bytes <= ALLOWANCE);
    }
    let size = arguments.size / MIB;
    println!("\nMB/s: of the body of {size} MiB; peak: the most memory that the process held, with either body");
    Ok(flat)
}

const HEADINGS: &str = "transfer             MB/s   peak, 16 MiB   peak, large        more";

/// Makes one transfer in a process of its own, since the peak of a process never falls.
fn one(server: &Server, scratch: &Scratch, way: Way, size: u64) -> Result<Measured, Failure> {
    let file = scratch.file(way, size)?;
    let (way, size) = (way.to_string(), size.to_string());
    let arguments = ["transfer-one", &server.base_url, &way, &size, &file.to_string_lossy()];
    let measured = process::measured("bench", &arguments)?;
    fs::remove_file(file)?;
    Ok(measured)
}

/// What the large one took more; `None` where it was not measured.
fn growth(small: &Measured, large: &Measured) -> Option<u64> {
    Some(large.peak?.saturating_sub(small.peak?))
}

#[allow(clippy::cast_precision_loss, reason = "nothing here comes near 2^53")]
fn row(way: Way, size: u64, small: &Measured, large: &Measured) -> String {
    let speed = size as f64 / 1e6 / large.seconds;
    let memory = |bytes: Option<u64>| match bytes {
        Some(bytes) => format!("{:.1} MiB", bytes as f64 / MIB as f64),
        None => "not measured".to_owned(),
    };
    format!(
        "{way:<16} {speed:>8.0} {:>15} {:>13} {:>11}",
        memory(small.peak),
        memory(large.peak),
        memory(growth(small, large)),
    )
}

/// A folder beside the programs for the files on their way, which is removed in the end.
#[derive(Debug)]
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> Result<Self, Failure> {
        let folder = std::env::current_exe()?.with_file_name(format!("bench-{}", std::process::id()));
        fs::create_dir_all(&folder)?;
        Ok(Self(folder))
    }

    /// A file to send, or the place for one to come.
    fn file(&self, way: Way, size: u64) -> Result<PathBuf, Failure> {
        let path = self.0.join("file.zip");
        // Its bytes are zeros that the file system makes up: they are sent like any others.
        fs::File::create(&path)?.set_len(if way == Way::SendFile { size } else { 0 })?;
        Ok(path)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What cannot be removed lies in a folder of build products.
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::growth;
    use super::one::Measured;

    #[test]
    fn growth_is_what_a_large_body_takes_more() {
        let measured = |peak| Measured { seconds: 1.0, peak };
        let growths = [(Some(5), Some(7)), (Some(7), Some(5)), (None, Some(5))]
            .map(|(small, large)| growth(&measured(small), &measured(large)));
        assert_eq!(growths, [Some(2), Some(0), None]);
    }
}
