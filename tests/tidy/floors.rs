//! The floors of the server: a file imports from lower floors only, and two folders of one floor
//! are strangers.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use std::str::FromStr;

use super::tokens::{self, Tokens};
use super::tree::{Finding, Tree};

/// Where the server's code is.
const SERVER: &str = "server/src/";

/// Each part of the server and the floor it is on.
const FLOORS: [(&str, u8); 14] = [
    ("model", 0),
    ("error", 0),
    ("store", 1),
    ("identity", 2),
    ("format", 2),
    ("log", 2),
    ("hub", 3),
    ("rpc", 4),
    ("main", 5),
    ("lib", 5),
    ("config", 5),
    ("telemetry", 5),
    ("plan", 5),
    ("upkeep", 5),
];

/// No file reaches up, or sideways into another folder.
pub(crate) fn check_floors(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in tree.rust().filter(|(path, _)| path.starts_with(SERVER)) {
        let module = module_of(path);
        let Some(own) = module.first().cloned().or_else(|| Some("lib".to_owned())) else {
            continue;
        };
        let Some(floor) = floor_of(&own) else {
            findings.push(Finding::new(path, 1, format!("`{own}` has no floor: give it one")));
            continue;
        };
        for (part, line) in imports(text, &module) {
            if part == own {
                continue;
            }
            let verdict = match floor_of(&part) {
                // An item of the crate root, such as a macro: floor 5's own.
                None if floor == 5 => continue,
                None => "which is on no floor",
                Some(other) if other > floor => "a higher floor",
                Some(other) if other == floor && strangers(tree, &own, &part) => "a stranger",
                Some(_) => continue,
            };
            let what = format!("`{own}` (floor {floor}) imports from `{part}`, {verdict}: move it");
            findings.push(Finding::new(path, line, what));
        }
    }
    findings
}

/// Only `rpc` says "tonic".
pub(crate) fn check_tonic_home(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let outside = |path: &str| path.starts_with(SERVER) && !path.starts_with("server/src/rpc/");
    for (path, text) in tree.rust().filter(|(path, _)| outside(path)) {
        tokens::each_run(text, &mut |run| {
            for token in run {
                let TokenTree::Ident(name) = token else { continue };
                let name_text = name.to_string();
                if name_text == "tonic" || name_text.starts_with("tonic_") {
                    let line = name.span().start().line;
                    let what = format!("`{name_text}` outside server/src/rpc: move it there");
                    findings.push(Finding::new(path, line, what));
                }
            }
        });
    }
    findings
}

fn floor_of(part: &str) -> Option<u8> {
    FLOORS.iter().find(|(name, _)| *name == part).map(|(_, floor)| *floor)
}

/// Two folders are strangers; a part that is a single file (`error.rs`) is its floor's common
/// ground.
fn strangers(tree: &Tree, one: &str, other: &str) -> bool {
    let is_folder = |part: &str| !tree.exists(&format!("{SERVER}{part}.rs"));
    is_folder(one) && is_folder(other)
}

/// `server/src/hub/submit.rs` is the module `[hub, submit]`; `lib.rs` and `main.rs` are `[]`.
fn module_of(path: &str) -> Vec<String> {
    let inner = path.trim_start_matches(SERVER).trim_end_matches(".rs");
    let mut parts: Vec<String> = inner.split('/').map(str::to_owned).collect();
    if parts.last().is_some_and(|last| last == "mod") {
        parts.pop();
    }
    if parts.len() == 1 && parts.iter().all(|part| part == "lib" || part == "main") {
        parts.clear();
    }
    parts
}

/// The parts of the server that a source names by `crate::…` or `super::…`, with the lines.
fn imports(text: &str, module: &[String]) -> Vec<(String, usize)> {
    let mut found = Vec::new();
    if let Ok(stream) = TokenStream::from_str(text) {
        walk(stream, module, &mut found);
    }
    found
}

fn walk(stream: TokenStream, module: &[String], found: &mut Vec<(String, usize)>) {
    let tokens: Tokens = stream.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Group(group) => {
                let mut inner = module.to_vec();
                inner.extend(inline_module(&tokens, at));
                walk(group.stream(), &inner, found);
            }
            TokenTree::Ident(name) if name == "crate" => follow(&tokens, at + 1, &[], found),
            TokenTree::Ident(name) if name == "super" && !after_colons(&tokens, at) => {
                follow(&tokens, at + 1, parent(module), found);
            }
            _ => {}
        }
    }
}

/// The name of the module whose body is the group at `at`, if it is one.
fn inline_module(tokens: &Tokens, at: usize) -> Option<String> {
    let name = tokens.get(at.checked_sub(1)?)?;
    let keyword = tokens.get(at.checked_sub(2)?)?;
    matches!(keyword, TokenTree::Ident(word) if word == "mod").then(|| name.to_string())
}

fn after_colons(tokens: &Tokens, at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| tokens.get(before));
    matches!(before, Some(TokenTree::Punct(punct)) if punct.as_char() == ':')
}

fn parent(module: &[String]) -> &[String] {
    module.split_last().map_or(module, |(_, rest)| rest)
}

/// Follows a path from `at`, where `::` is expected, standing in `module`; notes the part of the
/// server it leads into.
fn follow(tokens: &Tokens, at: usize, module: &[String], found: &mut Vec<(String, usize)>) {
    let colons = matches!(
        (tokens.get(at), tokens.get(at + 1)),
        (Some(TokenTree::Punct(one)), Some(TokenTree::Punct(two)))
            if one.as_char() == ':' && one.spacing() == Spacing::Joint && two.as_char() == ':'
    );
    if !colons {
        return;
    }
    match tokens.get(at + 2) {
        Some(TokenTree::Ident(name)) if name == "super" => {
            follow(tokens, at + 3, parent(module), found);
        }
        Some(TokenTree::Ident(name)) => {
            let part = module.first().cloned().unwrap_or_else(|| name.to_string());
            found.push((part, name.span().start().line));
        }
        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
            if let Some(part) = module.first() {
                found.push((part.clone(), group.span_open().start().line));
                return;
            }
            let inner: Tokens = group.stream().into_iter().collect();
            for branch in inner.split(is_comma) {
                if let Some(TokenTree::Ident(name)) = branch.first() {
                    found.push((name.to_string(), name.span().start().line));
                }
            }
        }
        _ => {}
    }
}

fn is_comma(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == ',')
}

#[cfg(test)]
mod tests {
    use super::super::tree::assert_catches;
    use super::{check_floors, check_tonic_home};

    /// What is allowed beside each violation, so that a rule that fires always fails here.
    const ALLOWED: (&str, &str) = (
        "server/src/hub/submit.rs",
        "use crate::{error::Error, store, log::Log};\nuse super::Hub;\npub(crate) fn f() {}\n",
    );

    #[test]
    fn reaching_up_is_caught() {
        let text = "fn f() { crate::hub::submit::g() }";
        assert_catches(check_floors, &[ALLOWED, ("server/src/store/mod.rs", text)], 1);
        let text = "use crate::{error::Error, rpc::Server};";
        assert_catches(check_floors, &[ALLOWED, ("server/src/log/mod.rs", text)], 1);
    }

    #[test]
    fn a_macro_does_not_hide_it() {
        let text = "fn f() { println!(\"{}\", crate::rpc::NAME) }";
        assert_catches(check_floors, &[ALLOWED, ("server/src/model/id.rs", text)], 1);
    }

    #[test]
    fn strangers_are_caught() {
        let text = "use super::super::format::Formats;";
        assert_catches(check_floors, &[ALLOWED, ("server/src/log/signer.rs", text)], 1);
    }

    #[test]
    fn the_parent_of_an_inline_module_is_its_file() {
        let text = "mod tests { use super::x; use super::super::y; use super::super::super::rpc; }";
        assert_catches(check_floors, &[ALLOWED, ("server/src/hub/read.rs", text)], 1);
    }

    #[test]
    fn a_part_without_floor_is_caught() {
        assert_catches(check_floors, &[ALLOWED, ("server/src/misc.rs", "")], 1);
    }

    #[test]
    fn a_single_source_is_common_ground_of_its_floor() {
        let error = ("server/src/error.rs", "use crate::model::Id;");
        let model = ("server/src/model/mod.rs", "use crate::error::Error;");
        assert_catches(check_floors, &[ALLOWED, error, model], 0);
    }

    #[test]
    fn tonic_outside_rpc_is_caught() {
        let rpc = ("server/src/rpc/status.rs", "use tonic::Status;");
        let text = "// tonic\nfn f() -> tonic::Status { \"tonic\" }";
        assert_catches(check_tonic_home, &[rpc, ("server/src/hub/read.rs", text)], 1);
    }
}
