//! A program that makes calls: it reads one line of JSON for each, and answers each with one.
//!
//! Knows nothing of what the lines say; the program is ended when it is dropped.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use clientsmith::cli::failure::Failure;
use serde_json::Value;

/// More than any time limit of a call.
const PATIENCE: Duration = Duration::from_secs(90);

/// A running program.
#[derive(Debug)]
pub(super) struct Peer {
    child: Child,
    input: Option<ChildStdin>,
    lines: Receiver<String>,
}

impl Peer {
    /// Starts it.
    pub(super) fn start(command: &mut Command) -> Result<Self, Failure> {
        let name = command.get_program().to_string_lossy().into_owned();
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| Failure::new(format!("`{name}` cannot be run: {error}"), "see whether it is there"))?;
        let (sender, lines) = mpsc::channel();
        let input = child.stdin.take();
        let output = child.stdout.take();
        thread::spawn(move || {
            let lines = output.into_iter().flat_map(|output| BufReader::new(output).lines());
            // It ends with the program's output, or when nobody listens any more.
            lines.map_while(Result::ok).try_for_each(|line| sender.send(line))
        });
        Ok(Self { child, input, lines })
    }

    /// Makes a call.
    pub(super) fn ask(&mut self, question: &Value) -> Result<Value, Failure> {
        let failed = |what: &str| {
            Failure::new(
                format!("{what}: {question}"),
                "run it alone with this line as its input",
            )
        };
        let input = self.input.as_mut().ok_or_else(|| failed("there is no one to ask"))?;
        writeln!(input, "{question}").map_err(|_| failed("the program has ended"))?;
        let line = self
            .lines
            .recv_timeout(PATIENCE)
            .map_err(|_| failed("the program gives no answer"))?;
        serde_json::from_str(&line).map_err(|_| failed(&format!("the program answers `{line}`")))
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        // It ends with its input; whoever does not is ended. Both fail only where it has ended by itself.
        self.input = None;
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
