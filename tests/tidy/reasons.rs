//! Refusals: each has its page, and each is provoked by a test.

use std::fmt;

use proc_macro2::TokenTree;

use super::tokens;
use super::tree::{Finding, Tree};

#[path = "../xtask/src/errors_page.rs"]
mod errors_page;

/// One reason and where a test provokes it.
pub(crate) struct Provocation {
    /// As in the generated code: `SenderMismatch`.
    name: String,
    number: u32,
    place: Option<String>,
}

impl fmt::Display for Provocation {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = self.place.as_deref().unwrap_or("-");
        write!(out, "{} {:<26} {place}", self.number, self.name)
    }
}

/// docs/errors.md is what reason.proto says.
pub(crate) fn check_errors_page(tree: &Tree) -> Vec<Finding> {
    let source = tree.text(errors_page::SOURCE).unwrap_or_default();
    if tree.text(errors_page::PAGE) == Some(errors_page::page(source).as_str()) {
        return Vec::new();
    }
    let what = "is not what reason.proto says: run `cargo xtask gen`";
    vec![Finding::new(errors_page::PAGE, 1, what)]
}

/// Every reason stands in some test, or in the list of those that cannot.
pub(crate) fn check_provoked(tree: &Tree) -> Vec<Finding> {
    let unprovoked = |row: &Provocation| row.place.is_none();
    provocations(tree)
        .into_iter()
        .filter(unprovoked)
        .map(|row| {
            let what = format!("Reason::{} is provoked by no test: write one", row.name);
            Finding::new("tests/refusals.rs", 1, what)
        })
        .collect()
}

/// Every reason with the first test that names it.
pub(crate) fn provocations(tree: &Tree) -> Vec<Provocation> {
    let named: Vec<(String, String)> = tree
        .rust()
        .filter_map(|(path, text)| Some((path, test_part(path, text)?)))
        .flat_map(|(path, text)| {
            reasons_in(text).into_iter().map(move |name| (path.to_owned(), name))
        })
        .collect();
    errors_page::reasons(tree.text(errors_page::SOURCE).unwrap_or_default())
        .into_iter()
        .map(|reason| {
            let name = camel(&reason.name);
            let place = named.iter().find(|(_, found)| *found == name);
            let place = place.map(|(path, _)| path.clone());
            Provocation { name, number: reason.number, place }
        })
        .collect()
}

/// The part of a source that is a test: all of a whole-system test, and what stands below
/// `#[cfg(test)]` elsewhere.
fn test_part<'a>(path: &str, text: &'a str) -> Option<&'a str> {
    if path.starts_with("tests/tidy") || path.starts_with("tests/xtask") {
        return None;
    }
    if path.starts_with("tests/") || path.contains("/tests/") || path.ends_with("/tests.rs") {
        return Some(text);
    }
    text.find("#[cfg(test)]").and_then(|at| text.get(at..))
}

/// The names after `Reason::`.
fn reasons_in(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    tokens::each_run(text, &mut |run| {
        for window in run.windows(4) {
            if let [TokenTree::Ident(head), _, TokenTree::Punct(colon), TokenTree::Ident(name)] =
                window
                && head == "Reason"
                && colon.as_char() == ':'
            {
                names.push(name.to_string());
            }
        }
    });
    names
}

/// `SENDER_MISMATCH` as generated code has it: `SenderMismatch`.
fn camel(name: &str) -> String {
    name.split('_')
        .map(|word| {
            let (first, rest) = word.split_at_checked(1).unwrap_or((word, ""));
            format!("{first}{}", rest.to_lowercase())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::tree::assert_catches;
    use super::{check_errors_page, check_provoked, errors_page};

    const SOURCE: &str =
        "  // Big.\n  REASON_TOO_LARGE = 501;\n  // We.\n  REASON_HUB_FAILED = 901;\n";

    #[test]
    fn a_stale_page_is_caught() {
        let page = errors_page::page(SOURCE);
        let source = (errors_page::SOURCE, SOURCE);
        assert_catches(check_errors_page, &[source, (errors_page::PAGE, &page)], 0);
        assert_catches(check_errors_page, &[source, (errors_page::PAGE, "old")], 1);
        assert_catches(check_errors_page, &[source], 1);
    }

    #[test]
    fn a_reason_without_test_is_caught() {
        let source = (errors_page::SOURCE, SOURCE);
        let test = "fn f() { expect(Reason::TooLarge); fails(Reason::HubFailed); }";
        assert_catches(check_provoked, &[source, ("tests/refusals.rs", test)], 0);
        let comment = "fn f() { fails(Reason::HubFailed); } // Reason::TooLarge";
        assert_catches(check_provoked, &[source, ("tests/refusals.rs", comment)], 1);
        let code = "fn f() { refuse(Reason::TooLarge) }\n#[cfg(test)]\nmod tests {}";
        assert_catches(check_provoked, &[source, ("server/src/hub/submit.rs", code)], 2);
    }
}
