//! What is wrong with a document is worded for whoever sent it.

use proc_macro2::{Delimiter, TokenTree};

use super::tokens::{self, Tokens};
use super::tree::{Finding, Tree};

/// Sources whose documents come from offices in Iraq, which read Arabic and Kurdish.
const SOURCES: [&str; 9] = [
    "plugins/json/src/",
    "plugins/xml/src/",
    "plugins/akn/src/",
    "plugins/word/src/",
    "plugins/court/src/",
    "plugins/ejp/src/",
    "plugins/fsc/src/",
    "plugins/ihec/src/",
    "plugins/table/src/",
];

/// Sources with titles of formats, which name and tell nothing.
const TITLES: [&str; 2] = ["/describe.rs", "/lib.rs"];

/// The languages of every wording there.
const LANGUAGES: [&str; 3] = ["ar", "ckb", "en"];

/// Every wording of a problem has all languages: pairs of tag and text that stand in one list.
pub(crate) fn check_wordings(tree: &Tree) -> Vec<Finding> {
    let counted = |path: &str| {
        SOURCES.iter().any(|folder| path.starts_with(folder))
            && !TITLES.iter().any(|name| path.ends_with(name))
    };
    let mut findings = Vec::new();
    for (path, text) in tree.rust().filter(|(path, _)| counted(path)) {
        tokens::each_run(text, &mut |run| {
            let found: Vec<(String, usize)> = run.iter().filter_map(language).collect();
            let Some((_, line)) = found.first() else { return };
            for wanted in LANGUAGES {
                if !found.iter().any(|(tag, _)| tag == wanted) {
                    let what = format!("a wording without `{wanted}`: write it for its readers");
                    findings.push(Finding::new(path, *line, what));
                }
            }
        });
    }
    findings
}

/// The language of a pair such as `("ar", text)`, and its line.
fn language(token: &TokenTree) -> Option<(String, usize)> {
    let TokenTree::Group(group) = token else { return None };
    if group.delimiter() != Delimiter::Parenthesis {
        return None;
    }
    let pair: Tokens = group.stream().into_iter().take(2).collect();
    let [TokenTree::Literal(tag), TokenTree::Punct(comma)] = pair.as_slice() else { return None };
    let tag = tag.to_string();
    let tag = tag.trim_matches('"');
    let known = comma.as_char() == ',' && LANGUAGES.contains(&tag);
    known.then(|| (tag.to_owned(), group.span_open().start().line))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(path: &str, text: &str) -> Vec<String> {
        let tree = Tree::of(&[(path, text)]);
        check_wordings(&tree).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_wording_that_some_readers_cannot_read_is_found() {
        let two = "//! x\nfn f() {\n    say(&[(\"ar\", \"نص\"), (\"en\", &format!(\"a\"))]);\n}\n";
        let found = lines("plugins/ihec/src/said.rs", two);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].contains("ihec/src/said.rs:3") && found[0].contains("ckb"), "{found:?}");
        let three = two.replace("(\"en\"", "(\"ckb\", ckb), (\"en\"");
        assert_eq!(lines("plugins/ihec/src/said.rs", &three), [""; 0]);
        assert_eq!(lines("plugins/ecf/src/said.rs", two), [""; 0], "partners read no Kurdish");
        assert_eq!(lines("plugins/akn/src/describe.rs", two), [""; 0], "a title");
    }
}
