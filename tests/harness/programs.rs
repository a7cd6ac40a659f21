//! The programs and libraries under test, built once for each test program.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// What is built. Cargo gives a test program only the binaries of its own crate.
const PARTS: [&str; 10] = [
    "barid-hub",
    "barid-cli",
    "barid-witness",
    "barid-format-ihec",
    "barid-format-ejp",
    "barid-format-fsc",
    "barid-format-court",
    "barid-format-ecf",
    "barid-format-tepjf",
    "barid-format-ine",
];

static FOLDER: OnceLock<PathBuf> = OnceLock::new();

/// The root of the repository.
#[must_use]
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// A built program, such as `barid-hub`.
///
/// # Panics
/// When it does not build.
#[must_use]
pub fn program(name: &str) -> PathBuf {
    folder().join(name)
}

/// The built plugin of a format crate, such as `ihec`.
///
/// # Panics
/// When it does not build.
#[must_use]
pub fn plugin(name: &str) -> PathBuf {
    folder().join(format!("libbarid_format_{name}.so"))
}

/// A folder of foreign tools that are kept between runs.
///
/// # Panics
/// When it cannot be made.
#[must_use]
pub fn tools_folder(name: &str) -> PathBuf {
    let target = folder().with_file_name("tools").join(name);
    std::fs::create_dir_all(&target).expect("target is ours");
    target
}

fn folder() -> &'static Path {
    FOLDER.get_or_init(|| {
        let target = std::env::var_os("CARGO_TARGET_DIR")
            .map_or_else(|| root().join("target"), |folder| root().join(folder));
        let mut cargo = Command::new(env!("CARGO"));
        cargo.arg("build").args(PARTS.iter().flat_map(|part| ["--package", part]));
        cargo.current_dir(root()).env("CARGO_TARGET_DIR", &target);
        let built = cargo.output().expect("cargo starts");
        let said = String::from_utf8_lossy(&built.stderr);
        assert!(built.status.success(), "the programs under test do not build:\n{said}");
        target.join("debug")
    })
}
