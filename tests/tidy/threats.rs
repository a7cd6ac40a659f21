//! The threat model: every row says which test proves it, and the test is there.

use std::collections::BTreeSet;

use super::tree::{Finding, Tree};

const PAGE: &str = "docs/threat-model.md";

/// The heading of a column that names tests.
const HEADING: &str = "test";

/// What a row says instead of a test, when it has none.
const NONE: &str = "no test yet";

/// Every test that a row names exists; every row names one, or says that there is none.
pub(crate) fn check_threats(tree: &Tree) -> Vec<Finding> {
    let Some(page) = tree.text(PAGE) else {
        return vec![Finding::new(PAGE, 1, "is missing: write what is tried, and what proves it")];
    };
    let tests = tests(tree);
    let mut findings = Vec::new();
    let mut proves = false;
    for (at, line) in page.lines().enumerate() {
        let Some(last) = last_cell(line) else {
            proves = false;
            continue;
        };
        if last == HEADING {
            proves = true;
        } else if proves && !last.starts_with("---") {
            let named: Vec<&str> = last.split('`').skip(1).step_by(2).collect();
            if named.is_empty() && !last.contains(NONE) {
                let what = format!("names no test: write one, or say `{NONE}`");
                findings.push(Finding::new(PAGE, at + 1, what));
            }
            for name in named.into_iter().filter(|name| !tests.contains(name)) {
                let what = format!("there is no test `{name}`: name the one that proves this");
                findings.push(Finding::new(PAGE, at + 1, what));
            }
        }
    }
    findings
}

/// The last cell of a row of a table.
fn last_cell(line: &str) -> Option<&str> {
    line.strip_prefix('|')?.strip_suffix('|')?.split('|').next_back().map(str::trim)
}

/// The names of all tests.
fn tests(tree: &Tree) -> BTreeSet<&str> {
    let mut names = BTreeSet::new();
    for (_, text) in tree.rust() {
        let mut marked = false;
        for line in text.lines().map(str::trim) {
            marked |= line == "#[test]" || line.starts_with("#[tokio::test");
            let function = line.strip_prefix("async ").unwrap_or(line).strip_prefix("fn ");
            if let Some(name) = function.and_then(|rest| rest.split('(').next()) {
                if marked {
                    names.insert(name);
                }
                marked = false;
            }
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::super::tree::assert_catches;
    use super::{PAGE, check_threats};

    const CODE: &str = "#[test]\nfn one() {}\nfn helper() {}\n#[tokio::test(flavor = \"x\")]\n\
                        async fn two() {}\n";

    #[test]
    fn a_row_without_its_test_is_caught() {
        let page = |cell: &str| {
            format!(
                "| a | b |\n|---|---|\n| `x` | y |\n\n| threat | test |\n|---|---|\n| t | {cell} |"
            )
        };
        for (cell, findings) in [
            ("`one`, `two`", 0),
            ("later: no test yet", 0),
            ("`one`, `three`", 1),
            ("`helper`", 1),
            ("we looked", 1),
        ] {
            let planted = [("a.rs", CODE), (PAGE, &*page(cell))];
            assert_catches(check_threats, &planted, findings);
        }
        assert_catches(check_threats, &[("a.rs", CODE)], 1);
    }
}
