//! How long things may be, and that each source says what it is.

use proc_macro2::TokenTree;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};

use super::tokens;
use super::tree::{Finding, Tree};

/// Lines of a source without its tests, and as many again of its tests. What is longer has two
/// subjects.
const FILE_LINES: usize = 400;

/// Lines of a function: one screen.
const FUNCTION_LINES: usize = 70;

/// Columns of a line: two copies stand side by side.
const LINE_COLUMNS: usize = 100;

/// No source is longer than its budget, nor are its tests. A source of tests is one like any other.
pub(crate) fn check_files(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in tree.rust() {
        let tests = test_lines(text);
        let lines = text.lines().count().saturating_sub(tests);
        for (lines, of_what) in [(lines, "without tests"), (tests, "of tests")] {
            if lines > FILE_LINES {
                let what = format!("{lines} lines {of_what}, more than {FILE_LINES}: split it");
                findings.push(Finding::new(path, 1, what));
            }
        }
    }
    findings
}

/// No function is longer than a screen.
pub(crate) fn check_functions(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in tree.rust() {
        let Ok(source) = syn::parse_file(text) else {
            findings.push(Finding::new(path, 1, "is not Rust that can be read"));
            continue;
        };
        let mut functions = Functions::default();
        functions.visit_file(&source);
        for (name, line, length) in functions.found {
            if length > FUNCTION_LINES {
                let what = format!("`{name}` has {length} lines, more than {FUNCTION_LINES}");
                findings.push(Finding::new(path, line, what));
            }
        }
    }
    findings
}

/// No line is wider than its budget, but for what cannot be broken: addresses, texts, and rows of
/// tables in comments.
pub(crate) fn check_lines(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in tree.rust() {
        let literals = literal_lines(text);
        for (at, line) in text.lines().enumerate() {
            let columns = line.chars().count();
            let table_row = line.trim_start().starts_with("//") && line.trim_end().ends_with('|');
            let unbreakable =
                table_row || line.contains("https://") || literals.contains(&(at + 1));
            if columns > LINE_COLUMNS && !unbreakable {
                let what = format!("{columns} columns, more than {LINE_COLUMNS}: break it");
                findings.push(Finding::new(path, at + 1, what));
            }
        }
    }
    findings
}

/// Every source opens by saying what it is.
pub(crate) fn check_headers(tree: &Tree) -> Vec<Finding> {
    tree.rust()
        .filter(|(_, text)| !text.trim_start().starts_with("//! "))
        .map(|(path, _)| Finding::new(path, 1, "open with `//!`: what it is and why"))
        .collect()
}

/// Lines that belong to items under `#[cfg(test)]`.
fn test_lines(text: &str) -> usize {
    let Ok(source) = syn::parse_file(text) else { return 0 };
    let for_tests = |item: &&syn::Item| match item {
        syn::Item::Mod(module) => module.attrs.iter().any(is_cfg_test),
        _ => false,
    };
    source.items.iter().filter(for_tests).map(|item| length(&item.span())).sum()
}

fn is_cfg_test(attribute: &syn::Attribute) -> bool {
    let list = attribute.meta.require_list();
    attribute.path().is_ident("cfg") && list.is_ok_and(|list| list.tokens.to_string() == "test")
}

fn length(span: &proc_macro2::Span) -> usize {
    span.end().line - span.start().line + 1
}

/// Lines that a string literal fills: those of a literal over several lines, and those on which
/// nothing but punctuation stands beside one.
fn literal_lines(text: &str) -> Vec<usize> {
    let source: Vec<&str> = text.lines().collect();
    let mut lines = Vec::new();
    tokens::each_run(text, &mut |run| {
        for token in run {
            let TokenTree::Literal(literal) = token else { continue };
            let (start, end) = (literal.span().start().line, literal.span().end().line);
            let alone = start.checked_sub(1).and_then(|at| source.get(at)).is_some_and(|line| {
                let rest = line.trim().replace(&literal.to_string(), "");
                !rest.contains(|mark: char| mark.is_alphanumeric())
            });
            if start != end || alone {
                lines.extend(start..=end);
            }
        }
    });
    lines
}

/// Collects functions: name, line, length.
#[derive(Default)]
struct Functions {
    found: Vec<(String, usize, usize)>,
}

impl Functions {
    fn note(&mut self, signature: &syn::Signature, body: &syn::Block) {
        let first = signature.span().start().line;
        let last = body.span().end().line;
        self.found.push((signature.ident.to_string(), first, last - first + 1));
    }
}

impl<'ast> Visit<'ast> for Functions {
    fn visit_item_fn(&mut self, node: &'ast syn::ItemFn) {
        self.note(&node.sig, &node.block);
        visit::visit_item_fn(self, node);
    }

    fn visit_impl_item_fn(&mut self, node: &'ast syn::ImplItemFn) {
        self.note(&node.sig, &node.block);
        visit::visit_impl_item_fn(self, node);
    }

    fn visit_trait_item_fn(&mut self, node: &'ast syn::TraitItemFn) {
        if let Some(body) = &node.default {
            self.note(&node.sig, body);
        }
        visit::visit_trait_item_fn(self, node);
    }
}

#[cfg(test)]
mod tests {
    use super::super::tree::assert_catches;
    use super::{check_files, check_functions, check_headers, check_lines};

    #[test]
    fn a_long_source_is_caught_and_so_are_its_tests_by_themselves() {
        let constants = "const A: u8 = 0;\n".repeat(400);
        assert_catches(check_files, &[("a.rs", &constants)], 0);
        assert_catches(check_files, &[("a.rs", &format!("{constants}const B: u8 = 0;\n"))], 1);
        let tests = |lines: &str| format!("{constants}#[cfg(test)]\nmod tests {{\n{lines}}}\n");
        let fitting = "const A: u8 = 0;\n".repeat(397);
        assert_catches(check_files, &[("a.rs", &tests(&fitting))], 0);
        assert_catches(check_files, &[("a.rs", &tests(&constants))], 1);
        let whole = format!("{constants}const B: u8 = 0;\n");
        assert_catches(check_files, &[("a/tests.rs", &whole), ("a/tests/b.rs", &whole)], 2);
    }

    #[test]
    fn a_long_function_is_caught_wherever_it_stands() {
        let body = "    g();\n".repeat(68);
        assert_catches(check_functions, &[("a.rs", &format!("fn f() {{\n{body}}}\n"))], 0);
        let body = "    g();\n".repeat(69);
        assert_catches(check_functions, &[("a.rs", &format!("fn f() {{\n{body}}}\n"))], 1);
        let method = format!("impl A {{\nfn f() {{\n{body}}}\n}}\n");
        assert_catches(check_functions, &[("a.rs", &method)], 1);
    }

    #[test]
    fn a_wide_line_is_caught_unless_it_is_one_text() {
        let wide = "x".repeat(101);
        assert_catches(check_lines, &[("a.rs", &format!("// {wide}\n"))], 1);
        assert_catches(check_lines, &[("a.rs", &format!("// https://{wide}\n"))], 0);
        assert_catches(check_lines, &[("a.rs", &format!("const A: &str =\n    \"{wide}\";\n"))], 0);
        assert_catches(check_lines, &[("a.rs", &format!("const A: &str = \"{wide}\";\n"))], 1);
    }

    #[test]
    fn a_source_without_header_is_caught() {
        assert_catches(check_headers, &[("a.rs", "//! What it is.\n"), ("b.rs", "fn f() {}\n")], 1);
    }
}
