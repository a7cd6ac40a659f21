//! The repository's own rules, run with the ordinary test command.
//!
//! Each rule is a function from the tree of files to what it finds wrong. It runs twice: on this
//! repository, where it must find nothing, and on a small planted tree, where it must find the
//! violation (the planted trees stand at the bottom of each file of `tidy/`). What a rule prints
//! says where, which rule, and what to do.

#[path = "tidy/mod.rs"]
mod rules;

use rules::tree::{Finding, Tree};

/// A rule: from the tree to what is wrong in it.
type Rule = fn(&Tree) -> Vec<Finding>;

/// Everything that is checked, in the order in which a reader meets it in docs/architecture.md.
const RULES: [(&str, Rule); 25] = [
    ("floors", rules::floors::check_floors),
    ("tonic-home", rules::floors::check_tonic_home),
    ("crate-directions", rules::crates::check_directions),
    ("crate-manifest", rules::crates::check_manifests),
    ("unsafe-homes", rules::code::check_unsafe_homes),
    ("clock-homes", rules::code::check_clock_homes),
    ("no-stubs", rules::code::check_stubs),
    ("file-budget", rules::budgets::check_files),
    ("function-budget", rules::budgets::check_functions),
    ("line-budget", rules::budgets::check_lines),
    ("module-header", rules::budgets::check_headers),
    ("banned-words", rules::words::check_words),
    ("wordings", rules::wordings::check_wordings),
    ("proto-documented", rules::wire::check_documented),
    ("proto-strict", rules::wire::check_strict_shapes),
    ("proto-kinds", rules::wire::check_kinds),
    ("links", rules::pages::check_links),
    ("readme", rules::pages::check_readme),
    ("machine-paths", rules::pages::check_machine_paths),
    ("errors-page", rules::reasons::check_errors_page),
    ("threats", rules::threats::check_threats),
    ("law-page", rules::law::check_law_page),
    ("law-tested", rules::law::check_rules_tested),
    ("law-ambiguities", rules::law::check_ambiguities),
    ("law-articles", rules::law::check_articles),
];

#[test]
fn the_repository_keeps_its_rules() {
    let tree = Tree::repository().expect("the repository can be read");
    let mut findings = Vec::new();
    for (rule, check) in RULES {
        let found = check(&tree);
        println!("{rule:<18} {:>3} findings", found.len());
        findings.extend(found.into_iter().map(|finding| format!("{finding} [{rule}]")));
    }
    assert!(findings.is_empty(), "\n{}\n{} findings", findings.join("\n"), findings.len());
}

#[test]
fn every_reason_is_provoked_by_a_test() {
    let tree = Tree::repository().expect("the repository can be read");
    let rows = rules::reasons::provocations(&tree);
    assert!(!rows.is_empty(), "reason.proto lists no reason");
    for row in &rows {
        println!("{row}");
    }
    let findings = rules::reasons::check_provoked(&tree);
    let lines: Vec<String> = findings.iter().map(ToString::to_string).collect();
    assert!(lines.is_empty(), "\n{}", lines.join("\n"));
}

#[test]
fn what_is_built_is_allowed() {
    let tree = Tree::repository().expect("the repository can be read");
    let deny: toml::Table =
        tree.text("deny.toml").expect("deny.toml").parse().expect("deny.toml is TOML");
    let listing = std::process::Command::new(env!("CARGO"))
        .args(rules::licences::LISTING)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    assert!(listing.status.success(), "{}", String::from_utf8_lossy(&listing.stderr));
    let listing = String::from_utf8(listing.stdout).expect("cargo writes UTF-8");
    assert!(listing.lines().count() > 100, "cargo lists the crates:\n{listing}");
    let findings = rules::licences::check_listing(&deny, &listing);
    let lines: Vec<String> = findings.iter().map(ToString::to_string).collect();
    assert!(lines.is_empty(), "\n{}", lines.join("\n"));
}
