//! `cargo xtask fidelity`: whether every value that a document allows survives its way through the generated types.
//!
//! Finds the documents; how they are put to the test is `clientsmith_tests::fidelity`'s.

use std::path::{Path, PathBuf};

use clientsmith::cli::failure::Failure;
use clientsmith::cli::files::Disk;
use clientsmith::config::UnknownFields;
use clientsmith::front::source::Source;
use clientsmith_tests::fidelity::report::{self, Proof};
use clientsmith_tests::fidelity::{self, Subject, own};
use fs_err as fs;

use crate::corpus;

/// What to prove.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Folders with documents, or documents; without any, the clients of this repository and the fixtures' client.
    #[arg(value_name = "DIR")]
    places: Vec<PathBuf>,
    /// Prove it of types that keep fields which the document does not know: then nothing at all may be gone.
    #[arg(long)]
    keep_unknown_fields: bool,
    /// Where the report goes: as JSON where the name ends in .json, else as Markdown. Without it: to standard output.
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Fail where a value does not survive that could, or types do not compile.
    #[arg(long)]
    check: bool,
}

/// Whether all went well, as far as `--check` asks.
pub(crate) fn run(arguments: &Arguments) -> Result<bool, Failure> {
    let here = std::env::current_dir()?;
    let places: Vec<_> = arguments.places.iter().map(|place| here.join(place)).collect();
    let report = arguments.report.as_ref().map(|path| here.join(path));
    crate::enter_root()?;
    let keep = arguments.keep_unknown_fields.then_some(UnknownFields::Keep);
    let subjects = if places.is_empty() {
        own::all(Path::new("."), keep)?
    } else {
        corpus(&places, keep.unwrap_or_default())?
    };
    let folder = match (places.is_empty(), keep) {
        (true, None) => "target/fidelity/own",
        (true, Some(_)) => "target/fidelity/own-keep",
        (false, None) => "target/fidelity/corpus",
        (false, Some(_)) => "target/fidelity/corpus-keep",
    };
    let tell = |subject: &Subject, proofs: &[Proof]| {
        eprintln!(
            "{}: {}",
            subject.name,
            proofs.last().map(ToString::to_string).unwrap_or_default()
        );
        // Of a long run, what is known so far; the end says whether it can be written.
        let _ = report.as_ref().map(|path| fs::write(path, text_of(proofs, path)));
    };
    let proofs = fidelity::prove(Path::new(folder), &subjects, &tell)?;
    match &report {
        Some(path) => fs::write(path, text_of(&proofs, path))?,
        None => print!("{}", report::markdown(&proofs)),
    }
    eprintln!("{}", report::summary(&proofs));
    Ok(!arguments.check || proofs.iter().all(Proof::is_well))
}

/// The report in the format that the file's name asks for.
fn text_of(proofs: &[Proof], path: &Path) -> String {
    if path.extension().is_some_and(|end| end == "json") {
        format!("{:#}\n", report::as_json(proofs))
    } else {
        report::markdown(proofs)
    }
}

/// A crate for each document below the given folders that can be understood, the smallest documents first.
fn corpus(places: &[PathBuf], unknown_fields: UnknownFields) -> Result<Vec<Subject>, Failure> {
    let mut documents = corpus::documents(places)?;
    documents.sort_by_key(|(name, path)| (fs::metadata(path).map_or(0, |data| data.len()), name.clone()));
    let mut subjects = Vec::new();
    for (name, path) in documents {
        match Subject::of_document(&name, source(&path)?, &Disk::default(), unknown_fields) {
            Some(subject) => subjects.push(subject),
            None => eprintln!("{name}: left out, as it cannot be understood"),
        }
    }
    Ok(subjects)
}

fn source(path: &Path) -> Result<Source, Failure> {
    Ok(Source {
        name: path.display().to_string(),
        text: fs::read_to_string(path)?,
    })
}
