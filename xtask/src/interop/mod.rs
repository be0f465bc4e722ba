//! `cargo xtask interop`: the generated clients beside what others made of the same documents.
//!
//! Knows the order of things. Prism serves each document as it is (overlays applied) and referees every request; what
//! it answers must be decoded, by a driver that is written for each API. The vendor's own SDK makes the same calls, where
//! there is one. A relay in front of Prism keeps the exchanges. Everything happens on loopback, below target/interop, and
//! ends with this program.

mod driver;
mod multipart;
mod peer;
mod prism;
mod relay;
mod same;
mod schema;
mod sdk;
mod server;
mod subject;
mod tools;
mod values;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use clientsmith::cli::failure::Failure;
use fs_err as fs;

use peer::Peer;
use relay::Relay;
use server::Prism;
use subject::{Api, Subject};

const FOLDER: &str = "target/interop";

/// What to play.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// A folder of further documents; a client is generated for each and played in the same way.
    #[arg(long, value_name = "DIR")]
    vendor: Option<PathBuf>,
}

/// The counterparts' programs.
#[derive(Debug)]
struct Tools {
    prism: PathBuf,
    python: PathBuf,
}

/// What was found so far.
#[derive(Debug, Default)]
struct Report {
    calls: usize,
    failures: Vec<String>,
    /// What is not compared because the counterpart does not have it.
    notes: Vec<String>,
    /// What could not be checked because the counterpart does not keep to the document itself.
    /// Each reason with the cases that it explains.
    excused: BTreeMap<&'static str, Vec<String>>,
}

impl Report {
    /// Notes a case that is the counterpart's fault.
    fn excuse(&mut self, reason: &'static str, line: String) {
        self.excused.entry(reason).or_default().push(line);
    }
}

/// Whether all of them understand each other.
pub(crate) fn run(arguments: &Arguments) -> Result<bool, Failure> {
    let vendor = arguments.vendor.as_ref().map(fs::canonicalize).transpose()?;
    crate::enter_root()?;
    let start = Instant::now();
    let stage = |name: &str| eprintln!("{:>4} s  {name}", start.elapsed().as_secs());
    let folder = Path::new(FOLDER);
    fs::create_dir_all(folder)?;
    stage("installing the counterparts");
    let tools = Tools {
        prism: tools::prism(folder)?,
        python: tools::python(folder)?,
    };
    stage("generating");
    let subjects = subjects(vendor.as_deref(), folder)?;
    driver::write(folder, &subjects)?;
    stage("building the drivers");
    build(folder)?;
    stage("playing");
    let mut report = Report::default();
    for subject in &subjects {
        for api in &subject.apis {
            let calls = report.calls;
            play(api, &tools, folder, &mut report)?;
            stage(&format!("{}: {} calls", api.name, report.calls - calls));
        }
    }
    Ok(told(&report))
}

/// The crates of this repository, and those of the documents in another folder.
fn subjects(vendor: Option<&Path>, folder: &Path) -> Result<Vec<Subject>, Failure> {
    let mut subjects = vec![subject::bundled("browserbase")?, subject::bundled("browser-use")?];
    if let Some(vendor) = vendor {
        let mut documents = fs::read_dir(vendor)?
            .map(|entry| Ok(entry?.path()))
            .collect::<Result<Vec<_>, Failure>>()?;
        documents.sort();
        for document in documents {
            subjects.push(subject::generated(&document, folder)?);
        }
    }
    Ok(subjects)
}

fn build(folder: &Path) -> Result<(), Failure> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command
        .args(["build", "--quiet", "--workspace", "--target-dir", "target"])
        .current_dir(folder);
    tools::run(&mut command)
}

fn play(api: &Api, tools: &Tools, folder: &Path, report: &mut Report) -> Result<(), Failure> {
    let document = folder.join(format!("{}.json", api.name));
    fs::write(&document, server::bounded(api.document.clone()).to_string())?;
    let mut prism = Prism::start(&tools.prism, &document)?;
    let prefix = base_path(api);
    prism.ready()?;
    let relay = Relay::start(prism.address, &prefix)?;
    let base_url = format!("http://{}{prefix}", relay.address);
    let program = folder.join(format!("target/debug/driver-{}", api.name));
    let mut driver = Peer::start(Command::new(program).arg(&base_url))?;
    prism::play(api, &relay, &mut driver, report)?;
    if let Some(mut sdk) = sdk::start(&tools.python, api, &base_url)? {
        sdk::compare(api, &relay, &mut driver, &mut sdk, report)?;
    }
    Ok(())
}

/// The path of the server's URL, which Prism ignores and clients must keep.
fn base_path(api: &Api) -> String {
    let url = api.model.client.base_url.as_deref().unwrap_or_default();
    let rest = url.split_once("://").map_or("", |(_, rest)| rest);
    rest.find('/')
        .map_or(String::new(), |at| rest[at..].trim_end_matches('/').to_owned())
}

/// Failures of one operation that are shown: the others are mostly the same again.
const SHOWN: usize = 3;

/// Prints what was found; whether it is nothing.
fn told(report: &Report) -> bool {
    for note in &report.notes {
        println!("note: {note}");
    }
    for (reason, cases) in &report.excused {
        let first = cases.first().map_or("", String::as_str);
        println!("excused: {reason}: {} times, first {first}", cases.len());
    }
    // What stands before the round, in brackets, is the operation.
    let operation = |failure: &String| failure.split(" [").next().map(str::to_owned);
    for failures in report.failures.chunk_by(|one, next| operation(one) == operation(next)) {
        for failure in failures.iter().take(SHOWN) {
            println!("FAILED: {failure}");
        }
        if failures.len() > SHOWN {
            println!("        … and {} more of the same operation", failures.len() - SHOWN);
        }
    }
    println!(
        "{} calls, {} failures, {} excused",
        report.calls,
        report.failures.len(),
        report.excused.values().map(Vec::len).sum::<usize>()
    );
    report.failures.is_empty()
}
