//! `bench compile`: what it costs a user to have the client of a document compiled.
//!
//! Knows how the crates are laid out and how the processor's time is taken; what derives makes of a module is in `derived`.

mod derived;

use std::path::{Path, PathBuf};
use std::process::Command;

use clientsmith::cli::files::Disk;
use clientsmith::front::source::Source;
use clientsmith::generator::Generator;
use fs_err as fs;

use crate::Failure;
use crate::statistics::median;

/// Which client, and how often.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The OpenAPI document.
    document: PathBuf,
    /// So many times each, in turns.
    #[arg(long, value_name = "N", default_value_t = 5)]
    rounds: usize,
}

const FOLDER: &str = "target/bench/compile";
const CONTENDERS: [&str; 2] = ["written-out", "derived"];

/// Prints the times and their ratio. Always `true`: there is no limit.
///
/// # Errors
/// The document cannot be read, or a crate does not compile.
pub fn run(arguments: &Arguments) -> Result<bool, Failure> {
    let folder = Path::new(FOLDER);
    lay_out(&arguments.document, folder)?;
    for contender in CONTENDERS {
        check(folder, contender)?;
    }
    let mut times = [const { Vec::new() }; 2];
    for _ in 0..arguments.rounds.max(1) {
        for (contender, times) in CONTENDERS.iter().zip(&mut times) {
            times.push(check(folder, contender)?);
        }
    }
    let medians = times.each_ref().map(|times| median(times));
    for (contender, seconds) in CONTENDERS.iter().zip(medians) {
        println!("{contender:<12} {seconds:>6.2} s");
    }
    println!("ratio        {:>6.2}", medians[0] / medians[1]);
    Ok(true)
}

/// Writes both crates, and a workspace around them.
fn lay_out(document: &Path, folder: &Path) -> Result<(), Failure> {
    let source = Source {
        name: document.to_string_lossy().into_owned(),
        text: fs::read_to_string(document)?,
    };
    for contender in CONTENDERS {
        if folder.join(contender).exists() {
            fs::remove_dir_all(folder.join(contender))?;
        }
        let generator = Generator::of_document(source.clone())
            .files(Disk::default())
            .name(contender);
        let files = generator
            .run()
            .files
            .ok_or("the document cannot be read; `clientsmith lint` says why")?;
        for (path, text) in files.files {
            let place = folder.join(contender).join(&path);
            fs::create_dir_all(place.parent().unwrap_or(folder))?;
            let text = match contender {
                "derived" if path == "Cargo.toml" => deriving(&text),
                "derived" if path.starts_with("src/types/") => derived::module(&text)?,
                _ => text,
            };
            fs::write(place, text)?;
        }
    }
    let members = CONTENDERS.map(|contender| format!("\"{contender}\"")).join(", ");
    let workspace = format!("[workspace]\nresolver = \"3\"\nmembers = [{members}]\n\n[profile.dev]\ndebug = false\n");
    fs::write(folder.join("Cargo.toml"), workspace)?;
    fs::copy("Cargo.lock", folder.join("Cargo.lock"))?;
    Ok(())
}

/// The manifest with serde's macros.
fn deriving(manifest: &str) -> String {
    let lines = manifest.lines().map(|line| match line.split_once(" = ") {
        Some(("serde", _)) => "serde = { version = \"1\", features = [\"derive\"] }",
        _ => line,
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Checks a crate anew; the processor's seconds that it took.
fn check(folder: &Path, contender: &str) -> Result<f64, Failure> {
    let root = folder.join(contender).join("src/lib.rs");
    fs::write(&root, fs::read_to_string(&root)?)?;
    let before = children()?;
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command
        .args(["check", "--quiet", "--target-dir=target", "--package", contender])
        // What an earlier run left behind would make it cheaper than a user's first.
        .env("CARGO_INCREMENTAL", "0")
        .current_dir(folder);
    if !command.status()?.success() {
        return Err(format!("`{contender}` does not compile").into());
    }
    Ok(children()? - before)
}

/// The processor's seconds of all processes that this one has waited for (proc(5): `cutime` and `cstime` of
/// `/proc/pid/stat`, in the hundredths that Linux counts in).
fn children() -> Result<f64, Failure> {
    let text = fs::read_to_string("/proc/self/stat")?;
    let (_, fields) = text.rsplit_once(") ").ok_or("/proc/self/stat has another form")?;
    let field = |at: usize| fields.split(' ').nth(at)?.parse::<f64>().ok();
    match (field(13), field(14)) {
        (Some(user), Some(system)) => Ok((user + system) / 100.0),
        _ => Err("/proc/self/stat has another form".into()),
    }
}
