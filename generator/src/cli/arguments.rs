//! The command line's grammar and its help texts.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use clap_complete::Shell;

use super::project::Inputs;
use super::report::Format;
use crate::config::is_crate_name;
use crate::front::filter::{self, Filter, Pattern};

/// Makes Rust client crates from OpenAPI documents.
#[derive(Debug, Parser)]
#[command(name = "clientsmith", version, after_help = STATUS)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Command,
}

const STATUS: &str = "\
Exit status:
  0  done
  1  findings of severity error, or files that are not up to date under --check
  2  a wrong command line, a file that cannot be read or written, a folder that is somebody else's";

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    Generate(Generate),
    Lint(Lint),
    Keywords(Keywords),
    Explain(Explain),
    Completions(Completions),
}

/// Make a crate from a document.
///
/// Everything that is wrong with the document is reported in one run, with file, line and column. What an error concerns
/// is left out of the crate, or allows any value; the exit status is 1 then.
///
/// Only files that differ are written. Files of an earlier run that are not generated any more are removed; files that
/// were not generated are left alone. A folder that holds other things than a generated crate is refused.
#[derive(Debug, Args)]
#[command(after_help = GENERATE_EXAMPLES)]
pub(super) struct Generate {
    #[command(flatten)]
    pub(super) source: Source,
    /// The crate's folder: a new one, an empty one, or one that was generated before.
    #[arg(long, value_name = "DIR")]
    pub(super) out: PathBuf,
    /// The crate's name [default: the configuration's, or one made from the document's title].
    #[arg(long, value_parser = crate_name)]
    pub(super) name: Option<String>,
    /// Write nothing; list the files that are not up to date, and fail if there are any.
    #[arg(long)]
    pub(super) check: bool,
    /// Write nothing where there is an error.
    #[arg(long)]
    pub(super) strict: bool,
}

const GENERATE_EXAMPLES: &str = "\
Examples:
  clientsmith generate openapi.yaml --out petstore-client
  clientsmith generate openapi.yaml --overlay fixes.yaml --out petstore-client --name petstore
  clientsmith generate --config specs/petstore/client.toml --out petstore-client
  clientsmith generate openapi.yaml --out petstore-client --include tag:pets --exclude 'id:*Internal'
  clientsmith generate openapi.yaml --out petstore-client --check";

/// Report what is wrong with a document.
///
/// Runs everything but the writing: what is reported is what `generate` would report.
#[derive(Debug, Args)]
#[command(after_help = LINT_EXAMPLES)]
pub(super) struct Lint {
    #[command(flatten)]
    pub(super) source: Source,
    /// Fail where there are warnings, too.
    #[arg(long)]
    pub(super) deny_warnings: bool,
}

const LINT_EXAMPLES: &str = "\
Examples:
  clientsmith lint openapi.yaml
  clientsmith lint openapi.yaml --overlay fixes.yaml --deny-warnings
  clientsmith lint openapi.yaml --include 'path:/v1/**'
  clientsmith lint openapi.yaml --format json 2> findings.jsonl

The lines of --format json:
  {\"severity\":\"error\",\"code\":\"unresolved-ref\",\"file\":\"openapi.yaml\",\"line\":7,\"column\":11,\"message\":\"…\",\"help\":\"…\"}
  …
  {\"summary\":{\"errors\":1,\"warnings\":0,\"notes\":0}}
severity is error, warning or note; lines and columns count from 1, columns in characters; file, line and
column are null where a finding has no place.";

/// Tell of each key of a document whether the client is as it says.
///
/// Each key of OpenAPI's objects and JSON Schema's that stands in the document is honoured, documented only (in the
/// client's documentation), or ignored, with the reason and the first places. Nothing of the document is dropped in
/// silence: a key that is not known is in the list, too. Extensions (x-...) are not.
#[derive(Debug, Args)]
#[command(after_help = KEYWORDS_EXAMPLES)]
pub(super) struct Keywords {
    #[command(flatten)]
    pub(super) source: Source,
}

const KEYWORDS_EXAMPLES: &str = "\
Examples:
  clientsmith keywords openapi.yaml
  clientsmith keywords openapi.yaml --format json > keywords.jsonl

The list is on standard output. The lines of --format json, one for each place:
  {\"object\":\"Schema\",\"key\":\"pattern\",\"treatment\":\"documented\",\"why\":\"…\",\"file\":\"openapi.yaml\",\"line\":7,\"column\":11}
treatment is honoured, documented or ignored; why may be empty.";

/// Explain a finding by its code.
///
/// Says what the code means, what becomes of the client, how a document looks that has it, and what to do.
#[derive(Debug, Args)]
pub(super) struct Explain {
    /// The code, as it stands in the brackets of a finding: unresolved-ref; without one, all codes are listed.
    pub(super) code: Option<String>,
}

/// Print a script that completes this command in a shell.
#[derive(Debug, Args)]
#[command(after_help = COMPLETIONS_PLACES)]
pub(super) struct Completions {
    /// The shell.
    pub(super) shell: Shell,
}

const COMPLETIONS_PLACES: &str = "\
Where the script goes:
  bash        clientsmith completions bash > ~/.local/share/bash-completion/completions/clientsmith
  zsh         clientsmith completions zsh > DIR/_clientsmith, where DIR is in $fpath
  fish        clientsmith completions fish > ~/.config/fish/completions/clientsmith.fish
  powershell  clientsmith completions powershell >> $PROFILE
  elvish      clientsmith completions elvish >> ~/.config/elvish/rc.elv";

/// What a client is made from, and how findings are shown.
#[derive(Debug, Args)]
pub(super) struct Source {
    /// The OpenAPI or Swagger document, YAML or JSON, to which belongs what it refers to by relative paths. With --config, it takes the
    /// place of the one that is named there.
    #[arg(value_name = "SPEC", required_unless_present = "config")]
    spec: Option<PathBuf>,
    /// A client.toml: names, retries, waiters and more. The documents and overlays that it names are relative to it.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// An OpenAPI Overlay to apply; may be given several times, and comes after those of the configuration.
    #[arg(long, value_name = "FILE")]
    overlay: Vec<PathBuf>,
    /// Make the client for these operations only: tag:NAME, path:PATH, id:OPERATION-ID or method:METHOD, in which `*` is
    /// any text without a slash and `**` any text; may be given several times. What only other operations need, types
    /// and credentials, is left out, and so are findings about that. With --config, narrows what is selected there.
    #[arg(long, value_name = "PATTERN", value_parser = pattern)]
    include: Vec<Pattern>,
    /// Leave out these operations, of those that are included: the same patterns.
    #[arg(long, value_name = "PATTERN", value_parser = pattern)]
    exclude: Vec<Pattern>,
    /// How findings are shown, on standard error [default: human on a terminal, else lines].
    #[arg(long, value_enum)]
    format: Option<Format>,
}

impl Source {
    pub(super) fn inputs(&self, name: Option<&str>) -> Inputs {
        Inputs {
            document: self.spec.clone(),
            config: self.config.clone(),
            overlays: self.overlay.clone(),
            filter: Filter {
                include: self.include.clone(),
                exclude: self.exclude.clone(),
            },
            name: name.map(ToOwned::to_owned),
        }
    }

    pub(super) fn format(&self) -> Format {
        self.format.unwrap_or_else(Format::of_standard_error)
    }
}

fn pattern(text: &str) -> Result<Pattern, String> {
    Pattern::parse(text, None).ok_or_else(|| format!("write {}", filter::EXPECTED))
}

fn crate_name(text: &str) -> Result<String, String> {
    let wanted = "a crate's name has letters, digits, `-` and `_`, begins with a letter and is at most 64 long";
    if is_crate_name(text) {
        Ok(text.to_owned())
    } else {
        Err(wanted.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::Arguments;

    #[test]
    fn the_grammar_is_sound() {
        Arguments::command().debug_assert();
    }
}
