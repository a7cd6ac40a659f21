//! What code may not say: unsafe outside its homes, the clock below its floor, stubs.

use super::tokens;
use super::tree::{Finding, Tree};

/// The two homes of unsafe code: the boundary, and whoever calls across it.
const UNSAFE_HOMES: [&str; 3] =
    ["plugins/api/", "plugins/host/src/library.rs", "plugins/host/src/worker/descriptors.rs"];

/// Where time and randomness enter: floor 5 of the server, the command line, samples and tests.
const CLOCK_HOMES: [&str; 9] = [
    "server/src/main.rs",
    "server/src/lib.rs",
    "server/src/config",
    "server/src/telemetry",
    "clients/cli/src/",
    "clients/rust/samples/",
    "clients/witness/src/main.rs",
    "clients/rust/src/source.rs", // the default of a trait that every caller can replace
    "tests/",
];

/// Calls that read the clock or roll dice.
const CLOCKS: [[&str; 3]; 5] = [
    ["SystemTime", "::", "now"],
    ["Timestamp", "::", "now"],
    ["Zoned", "::", "now"],
    ["Uuid", "::", "now_v7"],
    ["Uuid", "::", "new_v4"],
];

/// Sequences that promise work instead of doing it.
const STUBS: [(&[&str], &str); 4] = [
    (&["todo", "!"], "`todo!` is not finished work: write it"),
    (&["unimplemented", "!"], "`unimplemented!` is not finished work: write it"),
    (&["#", "[ignore"], "a test that does not run proves nothing: mend or remove it"),
    (&["assert", "!", "(true"], "this cannot fail: assert what you expect"),
];

/// Unsafe code has two homes.
pub(crate) fn check_unsafe_homes(tree: &Tree) -> Vec<Finding> {
    let what = "`unsafe` outside plugins/api and two places in plugins/host: find a safe way";
    let away = |path: &str| !UNSAFE_HOMES.iter().any(|home| path.starts_with(home));
    tree.rust()
        .filter(|(path, _)| away(path))
        .flat_map(|(path, text)| at_lines(path, text, &["unsafe"], what))
        .collect()
}

/// The clock is read, and dice are rolled, at floor 5 and in binaries only. (That it is said with
/// a reason is clippy's part.)
pub(crate) fn check_clock_homes(tree: &Tree) -> Vec<Finding> {
    let what = "time and randomness enter at floor 5: take them as an argument";
    let away = |path: &str| !CLOCK_HOMES.iter().any(|home| path.starts_with(home));
    tree.rust()
        .filter(|(path, _)| away(path))
        .flat_map(|(path, text)| CLOCKS.iter().flat_map(|call| at_lines(path, text, call, what)))
        .collect()
}

/// Nothing is left for later, and no test is idle.
pub(crate) fn check_stubs(tree: &Tree) -> Vec<Finding> {
    tree.rust()
        .flat_map(|(path, text)| {
            STUBS.iter().flat_map(move |(stub, what)| at_lines(path, text, stub, what))
        })
        .collect()
}

fn at_lines(path: &str, text: &str, sequence: &[&str], what: &str) -> Vec<Finding> {
    tokens::lines_of(text, sequence)
        .into_iter()
        .map(|line| Finding::new(path, line, what))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::tree::assert_catches;
    use super::{check_clock_homes, check_stubs, check_unsafe_homes};

    #[test]
    fn unsafe_away_from_home_is_caught() {
        let text = "// unsafe\nfn f() { unsafe { g() } }";
        assert_catches(check_unsafe_homes, &[("plugins/api/src/abi.rs", text)], 0);
        assert_catches(check_unsafe_homes, &[("plugins/host/src/library.rs", text)], 0);
        assert_catches(check_unsafe_homes, &[("server/src/format/mod.rs", text)], 1);
        assert_catches(check_unsafe_homes, &[("tests/crash.rs", text)], 1);
    }

    #[test]
    fn a_clock_below_floor_five_is_caught() {
        let text = "fn f() { let t = std::time::SystemTime::now(); }";
        assert_catches(check_clock_homes, &[("server/src/main.rs", text)], 0);
        assert_catches(check_clock_homes, &[("server/src/log/mod.rs", text)], 1);
        let text = "fn f() { vec![uuid::Uuid::now_v7()]; }";
        assert_catches(check_clock_homes, &[("clients/rust/src/lib.rs", text)], 1);
    }

    #[test]
    fn stubs_are_caught() {
        let text = "#[test]\n#[ignore = \"slow\"]\nfn f() { assert!(true); todo!() }";
        assert_catches(check_stubs, &[("tests/x.rs", text)], 3);
        assert_catches(check_stubs, &[("tests/x.rs", "fn f() { assert!(truth); }")], 0);
    }
}
