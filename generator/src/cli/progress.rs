//! Which stage a long run is in, for a person who waits: one line of a terminal, which vanishes before anything else is
//! written there.
//!
//! A thread of its own draws it, and only where a run takes longer than one cares to wait.

use std::io::{self, IsTerminal, Write, stderr};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::report::Format;

/// How long nothing is drawn.
const PATIENCE: Duration = Duration::from_millis(500);

/// To the beginning of the line, and nothing on it.
const ERASE: &str = "\r\x1b[2K";

/// The line, from its first stage on until this is dropped.
pub(super) struct Progress {
    drawn: Option<(Sender<&'static str>, JoinHandle<()>)>,
}

impl Progress {
    /// Watches a run, if a person reads findings on a terminal that can erase lines.
    pub(super) fn watch(format: Format) -> Self {
        let erasable = stderr().is_terminal() && std::env::var_os("TERM").is_none_or(|term| term != "dumb");
        let drawn = (erasable && format == Format::Human).then(|| {
            let (sender, stages) = channel();
            // A line that cannot be drawn is not worth an error.
            let draw = move || drop(draw(&stages, stderr(), PATIENCE));
            (sender, thread::spawn(draw))
        });
        Self { drawn }
    }

    /// The run has come to a stage.
    pub(super) fn enter(&self, stage: &'static str) {
        if let Some((sender, _)) = &self.drawn {
            // Nobody listens where the line could not be drawn.
            let _ = sender.send(stage);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((sender, thread)) = self.drawn.take() {
            drop(sender);
            // The thread ends with the sender. Had it panicked, the run would not have to.
            let _ = thread.join();
        }
    }
}

/// Draws the stages as they come, once the patience is at its end; erases the line when no more can come.
fn draw(stages: &Receiver<&'static str>, mut out: impl Write, patience: Duration) -> io::Result<()> {
    let end = Instant::now() + patience;
    let mut stage = None;
    loop {
        stage = match stages.recv_timeout(end.saturating_duration_since(Instant::now())) {
            Ok(next) => Some(next),
            Err(RecvTimeoutError::Timeout) => break,
            Err(RecvTimeoutError::Disconnected) => return Ok(()),
        };
    }
    while let Some(current) = stage.or_else(|| stages.recv().ok()) {
        write!(out, "{ERASE}{current}")?;
        out.flush()?;
        stage = stages.recv().ok();
    }
    write!(out, "{ERASE}")?;
    out.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A terminal that shows what is written to it when it is flushed.
    struct Terminal(Vec<u8>, Sender<String>);

    impl Write for Terminal {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            let text = String::from_utf8_lossy(&std::mem::take(&mut self.0)).into_owned();
            self.1.send(text).map_err(io::Error::other)
        }
    }

    #[test]
    fn each_stage_takes_the_line_of_the_one_before_and_the_last_leaves_none() {
        let (sender, stages) = channel();
        let (shown, screen) = channel();
        thread::scope(|scope| {
            scope.spawn(move || draw(&stages, Terminal(Vec::new(), shown), Duration::ZERO));
            for stage in ["reading", "writing"] {
                sender.send(stage).unwrap();
                assert_eq!(screen.recv().unwrap(), format!("\r\u{1b}[2K{stage}"));
            }
            drop(sender);
            assert_eq!(screen.recv().unwrap(), "\r\u{1b}[2K");
        });
        assert!(screen.recv().is_err());
    }

    #[test]
    fn of_a_short_run_nothing_is_seen() {
        let (sender, stages) = channel();
        sender.send("reading").unwrap();
        drop(sender);
        let mut out = Vec::new();
        draw(&stages, &mut out, Duration::from_secs(3600)).unwrap();
        assert_eq!(out, b"");
    }
}
