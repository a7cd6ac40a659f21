//! How foreign tools come here: found, or installed and said so, or a failure that tells what to
//! do. Each is looked for once in a test program.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// The oldest Python that both libraries run on, as its program compares it.
const PYTHON_LEAST: &str = "(3, 12)";

/// Names under which a Python may be found.
const PYTHON_NAMES: [&str; 4] = ["python3", "python3.12", "python3.13", "python3.14"];

/// The folder of the sources of one language, such as `go`.
pub(crate) fn sources(language: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("evidence").join(language)
}

/// The Go verifier, built.
pub(crate) fn go() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let program = folder("go").join("evidence");
        let mut go = go_command(&find_go());
        go.args(["build", "-buildvcs=false", "-mod=readonly", "-o"]).arg(&program).arg(".");
        succeed(&mut go, "building the Go verifier");
        program
    })
}

/// A Go that is new enough for `go/go.mod`: the system's, else that of a Python package.
fn find_go() -> PathBuf {
    let found = PathBuf::from("go");
    let answer = go_command(&found).args(["list", "-m"]).output();
    if answer.is_ok_and(|answer| answer.status.success()) {
        return found;
    }
    environment("go-toolchain", &sources("go").join("requirements.txt")).join("go")
}

/// Go at our sources: the Go that is here, and nothing but Go: it fetches no other toolchain and
/// needs no C compiler.
fn go_command(program: &Path) -> Command {
    let mut go = Command::new(program);
    go.current_dir(sources("go")).env("GOTOOLCHAIN", "local").env("CGO_ENABLED", "0");
    go
}

/// The folder of programs of a Python with the libraries that `python/requirements.txt` pins.
pub(crate) fn python() -> &'static Path {
    static INSTALLED: OnceLock<PathBuf> = OnceLock::new();
    INSTALLED.get_or_init(|| environment("python", &sources("python").join("requirements.txt")))
}

/// A Python environment with pinned packages; gives the folder of its programs.
fn environment(name: &str, wanted: &Path) -> PathBuf {
    let folder = folder(name);
    let (programs, done) = (folder.join("bin"), folder.join("installed.txt"));
    if !same(wanted, &done) {
        say(&format!("installing {} into {}", wanted.display(), folder.display()));
        let mut venv = Command::new(find_python());
        venv.args(["-m", "venv", "--clear"]).arg(&folder);
        succeed(&mut venv, "making a Python environment");
        let mut pip = Command::new(programs.join("python"));
        pip.args(["-m", "pip", "install", "--quiet", "--require-hashes", "--requirement"]);
        succeed(pip.arg(wanted), "installing Python packages");
        fs::copy(wanted, done).expect("target is ours");
    }
    programs
}

/// The folder of the Node verifier, with the packages that `node/package-lock.json` pins.
pub(crate) fn node() -> &'static Path {
    static INSTALLED: OnceLock<PathBuf> = OnceLock::new();
    INSTALLED.get_or_init(|| {
        system("node", "nodejs");
        let folder = folder("node");
        let [lock, installed] = ["package-lock.json", "installed.json"];
        let (wanted, done) = (sources("node").join(lock), folder.join(installed));
        for name in ["package.json", lock, "check.js"] {
            fs::copy(sources("node").join(name), folder.join(name)).expect("target is ours");
        }
        if !same(&wanted, &done) {
            system("npm", "npm");
            say(&format!("installing {} into {}", wanted.display(), folder.display()));
            let mut npm = Command::new("npm");
            npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(&folder);
            succeed(&mut npm, "installing Node packages");
            fs::copy(&wanted, done).expect("target is ours");
        }
        folder
    })
}

/// A folder of tools that are kept between runs.
fn folder(name: &str) -> PathBuf {
    let tools = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("tools");
    let folder = tools.join("evidence").join(name);
    fs::create_dir_all(&folder).expect("target is ours");
    folder
}

/// Sees to a program of the system.
fn system(program: &str, package: &str) {
    let path = std::env::var_os("PATH").unwrap_or_default();
    if !std::env::split_paths(&path).any(|folder| folder.join(program).exists()) {
        apt(package);
    }
}

/// Installs a package of the system.
fn apt(package: &str) {
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

fn same(wanted: &Path, installed: &Path) -> bool {
    fs::read(installed).is_ok_and(|bytes| fs::read(wanted).is_ok_and(|other| bytes == other))
}

fn succeed(program: &mut Command, what: &str) {
    let ended = program.output().unwrap_or_else(|error| fail(&format!("{what}: {error}")));
    let said = String::from_utf8_lossy(&ended.stderr);
    if !ended.status.success() {
        fail(&format!("{what}: {}\n{said}", ended.status));
    }
}

/// Past the test program's capture, because it may take a while.
fn say(what: &str) {
    let _nobody_listens = writeln!(std::io::stderr(), "{what}");
}

#[expect(clippy::panic, reason = "without its tool a test cannot pass, and must not seem to")]
fn fail(why: &str) -> ! {
    panic!("{why}")
}
