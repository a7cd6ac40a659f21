//! Foreign programs that tests run: found, or installed and said so, or a failure that tells what
//! to do.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The oldest Python that all packages run on, as its program compares it.
const PYTHON_LEAST: &str = "(3, 12)";

/// Names under which a Python may be found.
const PYTHON_NAMES: [&str; 4] = ["python3", "python3.12", "python3.13", "python3.14"];

/// A Python environment in a folder, with the packages that `wanted` pins; gives the folder of its
/// programs. The folder is kept, and filled again only when what is pinned has changed.
///
/// # Panics
/// Without a Python that is new enough, or when packages cannot be fetched.
#[must_use]
pub fn python_environment(folder: &Path, wanted: &Path) -> PathBuf {
    let (programs, done) = (folder.join("bin"), folder.join("installed.txt"));
    if !same(wanted, &done) {
        say(&format!("installing {} into {}", wanted.display(), folder.display()));
        let mut venv = Command::new(find_python());
        venv.args(["-m", "venv", "--clear"]).arg(folder);
        succeed(&mut venv, "making a Python environment");
        let mut pip = Command::new(programs.join("python"));
        pip.args(["-m", "pip", "install", "--quiet", "--require-hashes", "--requirement"]);
        succeed(pip.arg(wanted), "installing Python packages");
        fs::copy(wanted, done).expect("target is ours");
    }
    programs
}

/// Installs a package of the system.
///
/// # Panics
/// When it cannot be installed.
pub fn apt(package: &str) {
    say(&format!("installing the system's package {package}"));
    let mut apt = Command::new("apt-get");
    apt.args(["install", "--yes", package]);
    succeed(&mut apt, &format!("installing {package}; install it by hand and try again"));
}

/// A Python that is new enough and can make environments.
fn find_python() -> PathBuf {
    if let Some(found) = search_python() {
        return found;
    }
    apt("python3-venv");
    search_python().expect("Python 3.12 or newer, with venv, is here: install it and try again")
}

fn search_python() -> Option<PathBuf> {
    let named = PYTHON_NAMES.iter().map(Command::new);
    // A pyenv hides all its versions but one.
    let hidden = Command::new("pyenv").args(["versions", "--bare"]).output();
    let versions = hidden.map(|out| String::from_utf8_lossy(&out.stdout).into_owned());
    let versions = versions.unwrap_or_default();
    let hidden = versions.lines().map(|version| {
        let mut python = Command::new("python3");
        python.env("PYENV_VERSION", version.trim());
        python
    });
    named.chain(hidden).find_map(|mut python| {
        let ask = format!(
            "import sys, venv, ensurepip\n\
             sys.version_info >= {PYTHON_LEAST} or sys.exit(1)\n\
             print(sys.executable)"
        );
        let answer = python.args(["-c", &ask]).output().ok()?;
        let path = String::from_utf8(answer.stdout).ok()?;
        answer.status.success().then(|| PathBuf::from(path.trim()))
    })
}

/// Whether two sources have the same bytes; false when either is missing.
#[must_use]
pub fn same(wanted: &Path, installed: &Path) -> bool {
    fs::read(installed).is_ok_and(|bytes| fs::read(wanted).is_ok_and(|other| bytes == other))
}

/// Runs a program that has to end well.
///
/// # Panics
/// When it does not, with what it said.
pub fn succeed(program: &mut Command, what: &str) {
    let ended = program.output().unwrap_or_else(|error| fail(&format!("{what}: {error}")));
    let said = String::from_utf8_lossy(&ended.stderr);
    if !ended.status.success() {
        fail(&format!("{what}: {}\n{said}", ended.status));
    }
}

/// Says something past the test program's capture, because what follows may take a while.
pub fn say(what: &str) {
    let _nobody_listens = writeln!(std::io::stderr(), "{what}");
}

#[expect(clippy::panic, reason = "without its tool a test cannot pass, and must not seem to")]
fn fail(why: &str) -> ! {
    panic!("{why}")
}

/// Copies a folder with all that is in it.
pub(crate) fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("the folder is ours");
    for found in fs::read_dir(from).expect("the folder is ours") {
        let path = found.expect("a name").path();
        let place = to.join(path.file_name().unwrap_or_default());
        if path.is_dir() {
            copy_folder(&path, &place);
        } else {
            fs::copy(&path, &place).expect("the folder is ours");
        }
    }
}
