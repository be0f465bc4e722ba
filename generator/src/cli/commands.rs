//! What each command does: reads, has the library think, writes, and says so.

use std::io::{self, Write};
use std::path::Path;

use clap::CommandFactory;

use super::failure::Failure;
use super::folder::{self, Owner};
use super::progress::Progress;
use super::project::{self, Inputs};
use super::report::{self, Format};
use super::{arguments, explain, keywords};
use crate::diagnostic::{Findings, Severity};
use crate::drift::Drift;
use crate::generator::{Options, Outcome, Stage};

/// Whether the crate is as it should be now, and nothing is left out of it.
pub(super) fn generate(arguments: &arguments::Generate) -> Result<bool, Failure> {
    let inputs = arguments.source.inputs(arguments.name.as_deref());
    let options = Options {
        in_workspace: false,
        strict: arguments.strict,
    };
    let outcome = outcome(&inputs, options, arguments.source.format())?;
    show(&outcome.findings, arguments.source.format());
    let out = &arguments.out;
    let Some(files) = &outcome.files else {
        say(&format!("{}: nothing is written", out.display()));
        return Ok(false);
    };
    if !folder::is_ours(out)? {
        let message = format!("`{}` holds files that clientsmith did not generate", out.display());
        return Err(Failure::new(
            message,
            "name a new or an empty folder, or empty this one",
        ));
    }
    let drift = folder::drift(out, files, Owner::Shared)?;
    if !arguments.check {
        folder::settle(out, files, &drift)?;
    }
    say(&account(out, &drift, files.files.len(), arguments.check));
    if outcome.findings.has_errors() {
        say(&format!(
            "{}: what the errors concern is left out, or allows any value; with --strict, nothing would be written",
            out.display()
        ));
    }
    Ok(!outcome.findings.has_errors() && (drift.is_empty() || !arguments.check))
}

/// Whether nothing is wrong.
pub(super) fn lint(arguments: &arguments::Lint) -> Result<bool, Failure> {
    let format = arguments.source.format();
    let options = Options {
        strict: true,
        ..Options::default()
    };
    let findings = outcome(&arguments.source.inputs(None), options, format)?.findings;
    show(&findings, format);
    let denied = |severity| severity == Severity::Error || (arguments.deny_warnings && severity == Severity::Warning);
    Ok(!findings.iter().any(|finding| denied(finding.severity)))
}

/// Prints what becomes of each key of a document. Whether it could be read without errors.
pub(super) fn keywords(arguments: &arguments::Keywords) -> Result<bool, Failure> {
    let mut findings = Findings::new();
    let generator = project::read(&arguments.source.inputs(None), &mut findings)?;
    let met = generator.map(|generator| generator.keywords(&mut findings));
    let format = arguments.source.format();
    if !findings.is_empty() {
        show(&findings, format);
    }
    print(&keywords::text(&met.unwrap_or_default(), format));
    Ok(!findings.has_errors())
}

/// What comes of the inputs, while a person watches.
fn outcome(inputs: &Inputs, options: Options, format: Format) -> Result<Outcome, Failure> {
    let progress = Progress::watch(format);
    progress.enter("reading the document …");
    project::outcome(inputs, options, |stage| {
        progress.enter(match stage {
            Stage::Understanding => "working out what the API offers …",
            Stage::Writing => "writing the crate …",
        });
    })
}

/// Prints a script for a shell.
pub(super) fn completions(arguments: &arguments::Completions) -> bool {
    let mut script = Vec::new();
    let mut grammar = arguments::Arguments::command();
    clap_complete::generate(arguments.shell, &mut grammar, "clientsmith", &mut script);
    print(&String::from_utf8_lossy(&script));
    true
}

/// Explains a code, or lists all.
pub(super) fn explain(arguments: &arguments::Explain) -> Result<bool, Failure> {
    let text = match &arguments.code {
        Some(code) => explain::one(code)?,
        None => explain::list(),
    };
    print(&text);
    Ok(true)
}

/// What was done, or is to be done, in one line and a line for each file that is to be looked at.
fn account(out: &Path, drift: &Drift, files: usize, check: bool) -> String {
    let out = out.display();
    if drift.is_empty() {
        format!("{out}: {files} files, all up to date")
    } else if check {
        format!("{drift}{out}: not up to date; run the same command without --check")
    } else {
        format!(
            "{out}: {files} files, {} written, {} removed",
            drift.to_write().count(),
            drift.orphaned.len()
        )
    }
}

fn show(findings: &Findings, format: Format) {
    let text = report::text(findings, format);
    // Where standard error is closed, nobody wants to know.
    let _ = io::stderr().write_all(text.as_bytes());
}

fn say(text: &str) {
    print(&format!("{text}\n"));
}

fn print(text: &str) {
    // The same for standard output; the exit status still tells.
    let _ = io::stdout().write_all(text.as_bytes());
}
