//! This program, once more: as the server, and for what is measured in a process of its own.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use crate::Failure;

/// A running server; it ends with this value.
#[derive(Debug)]
pub struct Server {
    child: Child,
    /// Where it is.
    pub base_url: String,
}

impl Server {
    /// Starts one.
    ///
    /// # Errors
    /// It does not start, or does not say where it is.
    pub fn start() -> Result<Self, Failure> {
        let mut command = Command::new(program("bench")?);
        let mut child = command
            .arg("serve")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut base_url = String::new();
        let output = child.stdout.take().ok_or("the server has no output")?;
        BufReader::new(output).read_line(&mut base_url)?;
        let base_url = base_url.trim().to_owned();
        Ok(Self { child, base_url })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It ends with its input, or here. Both fail only where it has ended by itself.
        drop(self.child.stdin.take());
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Runs a program of this crate and gives the line of JSON that it prints.
///
/// # Errors
/// It fails, or prints something else.
pub fn measured<T: serde::de::DeserializeOwned>(name: &str, arguments: &[&str]) -> Result<T, Failure> {
    let mut command = Command::new(program(name)?);
    let output = command
        .args(arguments)
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()?;
    if !output.status.success() {
        return Err(format!("`{name} {}` ended with {}", arguments.join(" "), output.status).into());
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// A program of this crate: cargo puts all of them into one folder.
fn program(name: &str) -> Result<PathBuf, Failure> {
    let own = std::env::current_exe()?;
    Ok(own.with_file_name(format!("{name}{}", std::env::consts::EXE_SUFFIX)))
}
