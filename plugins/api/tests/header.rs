//! The committed C header is the one that `src/abi.rs` makes, and C and C++ take it.

#![expect(clippy::expect_used, reason = "a test says what it expected")]

use std::path::{Path, PathBuf};
use std::process::Command;

#[path = "../examples/header/generator.rs"]
mod generator;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn text_of(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).expect("the repository is complete")
}

#[test]
fn header_is_the_one_that_the_boundary_makes() {
    let made = generator::header(&text_of("src/abi.rs")).expect("every item has a C form");
    assert!(
        made == text_of("include/barid_plugin.h"),
        "src/abi.rs has changed: run `cargo run -p barid-plugin --example header`"
    );
}

#[test]
fn generator_refuses_what_has_no_c_form() {
    for stranger in [
        "/// Not frozen.\npub struct A { /// A.\n pub a: u8 }",
        "/// No integer.\npub const A: &str = \"a\";",
        "/// No C type.\npub const A: u128 = 1;",
        "pub const UNDOCUMENTED: u32 = 1;",
        "/// A function.\npub fn a() {}",
    ] {
        assert!(generator::header(stranger).is_err(), "{stranger}");
    }
}

#[test]
fn header_compiles_as_c_and_as_cplusplus() {
    for (language, standard) in [("c", "-std=c11"), ("c++", "-std=c++17")] {
        let folder = tempfile::tempdir().expect("a folder for one line of source");
        let source = folder.path().join("only_the_header");
        std::fs::write(&source, "#include \"barid_plugin.h\"\n").expect("the folder is ours");
        let compiled = Command::new("cc")
            .args(["-x", language, standard, "-Wall", "-Wextra", "-Werror", "-pedantic"])
            .args(["-fsyntax-only", "-I"])
            .args([root().join("include"), source])
            .output()
            .expect("a C compiler, `cc`, is installed");
        assert!(compiled.status.success(), "{}", String::from_utf8_lossy(&compiled.stderr));
    }
}
