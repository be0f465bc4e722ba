//! The independent counterparts, installed at their pinned versions below target/interop: Prism from npm, the vendors'
//! SDKs from `PyPI`.
//!
//! Knows which files of xtask/interop pin them; a folder whose pins have not changed is left as it is.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use clientsmith::cli::failure::Failure;
use fs_err as fs;

/// Where the pins are.
const PINS: &str = "xtask/interop";

/// Prism's program, installed below `folder`.
pub(super) fn prism(folder: &Path) -> Result<PathBuf, Failure> {
    let npm = folder.join("npm");
    install(&npm, &["package.json", "package-lock.json", ".npmrc"], |npm| {
        let arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
        run(Command::new("npm").args(arguments).current_dir(npm))
    })?;
    Ok(npm.join("node_modules/@stoplight/prism-cli/dist/index.js"))
}

/// A Python that has the vendors' SDKs, installed below `folder`.
pub(super) fn python(folder: &Path) -> Result<PathBuf, Failure> {
    let pypi = folder.join("pypi");
    let python = pypi.join("venv/bin/python");
    install(&pypi, &["requirements.txt"], |pypi| {
        run(Command::new("python3").args(["-m", "venv", "venv"]).current_dir(pypi))?;
        let arguments = [
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--no-deps",
        ];
        let requirements = ["--requirement", "requirements.txt"];
        let program = Path::new("venv/bin/python");
        run(Command::new(pypi.join(program))
            .args(arguments)
            .args(requirements)
            .current_dir(pypi))
    })?;
    Ok(python)
}

/// Brings the pins to `folder` and installs what they name, unless the last time these very pins were installed.
fn install(folder: &Path, pins: &[&str], install: impl FnOnce(&Path) -> Result<(), Failure>) -> Result<(), Failure> {
    let mut text = String::new();
    for pin in pins {
        text.push_str(&fs::read_to_string(Path::new(PINS).join(pin))?);
    }
    let stamp = folder.join("installed");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == text) {
        return Ok(());
    }
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    for pin in pins {
        fs::copy(Path::new(PINS).join(pin), folder.join(pin))?;
    }
    // The program is run from within the folder, so that its path must not depend on where that is.
    install(&fs::canonicalize(folder)?)?;
    Ok(fs::write(stamp, text)?)
}

/// Runs a program that must succeed; what it prints goes where findings go.
pub(super) fn run(command: &mut Command) -> Result<(), Failure> {
    let name = command.get_program().to_string_lossy().into_owned();
    let status = command.stdin(Stdio::null()).stdout(std::io::stderr()).status();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(Failure::new(
            format!("`{name}` ended with {status}"),
            "see what it said above",
        )),
        Err(error) => Err(Failure::new(format!("`{name}` cannot be run: {error}"), "install it")),
    }
}
