//! How foreign tools come here: found, or installed and said so, or a failure that tells what to
//! do. Each is looked for once in a test program.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use barid_tests::tools::{apt, python_environment, same, say, succeed};

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

/// A program of a folder among the Go sources, with this argument.
pub(crate) fn go_run(folder: &str, argument: &Path) -> Command {
    let mut go = go_command(&find_go());
    go.args(["run", "-buildvcs=false", "-mod=readonly"]).arg(format!("./{folder}")).arg(argument);
    go
}

/// A Go that is new enough for `go/go.mod`: the system's, else that of a Python package.
fn find_go() -> PathBuf {
    let found = PathBuf::from("go");
    let answer = go_command(&found).args(["list", "-m"]).output();
    if answer.is_ok_and(|answer| answer.status.success()) {
        return found;
    }
    python_environment(&folder("go-toolchain"), &sources("go").join("requirements.txt")).join("go")
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
    INSTALLED.get_or_init(|| {
        python_environment(&folder("python"), &sources("python").join("requirements.txt"))
    })
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
