//! A process that may crash or never end.

use std::ffi::OsStr;
use std::io::Read;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// What a program prints, or why it did not come to a good end.
pub(super) fn run(program: &Path, arguments: &[&OsStr], patience: Duration) -> Result<String, String> {
    let mut command = Command::new(program);
    command
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|error| format!("cannot be run: {error}"))?;
    let output = thread_for(child.stdout.take());
    let errors = thread_for(child.stderr.take());
    let status = wait(&mut child, patience)?;
    // A reader that panicked has read nothing.
    let output = output.join().unwrap_or_default();
    let errors = errors.join().unwrap_or_default();
    if status.success() {
        Ok(output)
    } else {
        Err(reason(status, &errors))
    }
}

fn thread_for(pipe: Option<impl Read + Send + 'static>) -> thread::JoinHandle<String> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        // What could be read before an error is all that there is to show.
        let _ = pipe.map(|mut pipe| pipe.read_to_end(&mut bytes));
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

fn wait(child: &mut Child, patience: Duration) -> Result<ExitStatus, String> {
    let start = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Ok(status),
            Ok(None) if start.elapsed() < patience => thread::sleep(Duration::from_millis(5)),
            Ok(None) => {
                // Either of them fails only where the process has ended by itself meanwhile.
                let _ = child.kill();
                let _ = child.wait();
                return Err(format!("stopped after {} s", patience.as_secs()));
            }
            Err(error) => return Err(format!("cannot be waited for: {error}")),
        }
    }
}

/// The lines that say what went wrong: a panic's place and message, or the last line that was printed.
fn reason(status: ExitStatus, errors: &str) -> String {
    let mut lines = errors.lines().filter(|line| !line.trim().is_empty());
    let panic = lines.clone().position(|line| line.contains(" panicked at "));
    let text = match panic {
        Some(at) => lines.skip(at).take(2).collect::<Vec<_>>().join(" "),
        None => lines
            .find(|line| line.contains("overflow"))
            .or(errors.lines().last())
            .unwrap_or_default()
            .to_owned(),
    };
    format!("{status}: {text}")
}
