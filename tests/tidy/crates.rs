//! Which crate may depend on which, and what every manifest says.

use super::tree::{Finding, Tree};

/// Crates a format may build on.
const FORMAT: [&str; 9] = [
    "barid-plugin",
    "barid-proto",
    "barid-akn",
    "barid-json-reading",
    "barid-mexico",
    "barid-table-reading",
    "barid-trial",
    "barid-word-reading",
    "barid-xml-reading",
];

/// Which of Barid's crates each may depend on. What is not listed is a format, or has no place.
const MAY_USE: [(&str, &[&str]); 17] = [
    ("barid-proto", &[]),
    ("barid-plugin", &["barid-proto"]),
    ("barid-json-reading", &["barid-plugin", "barid-proto"]),
    ("barid-xml-reading", &["barid-plugin", "barid-json-reading"]),
    ("barid-table-reading", &["barid-plugin", "barid-json-reading"]),
    ("barid-mexico", &["barid-plugin", "barid-proto", "barid-json-reading", "barid-table-reading"]),
    ("barid-look", &["barid-proto", "barid-trial"]),
    ("barid-plugin-host", &["barid-proto", "barid-plugin", "barid-look"]),
    ("barid-trial", &["barid-plugin"]),
    (
        "barid-akn",
        &[
            "barid-plugin",
            "barid-proto",
            "barid-json-reading",
            "barid-table-reading",
            "barid-xml-reading",
            "barid-trial",
        ],
    ),
    ("barid-word-reading", &["barid-plugin", "barid-json-reading", "barid-xml-reading"]),
    ("barid-hub", &["barid-proto", "barid-plugin", "barid-plugin-host", "barid-look"]),
    ("barid-client", &["barid-proto"]),
    ("barid-pkcs11", &["barid-proto"]),
    (
        "barid-cli",
        &["barid-client", "barid-pkcs11", "barid-plugin-host", "barid-look", "barid-proto"],
    ),
    ("barid-witness", &["barid-client", "barid-proto"]),
    ("xtask", &["barid-proto"]),
];

/// What every member's manifest takes from the workspace.
const INHERITED: [&str; 5] = ["version", "edition", "rust-version", "license", "publish"];

/// No crate depends on one it may not know.
pub(crate) fn check_directions(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text, manifest) in manifests(tree) {
        let name = name_of(&manifest);
        for dependency in ours(&manifest) {
            if !may_use(name, &dependency) {
                let line = line_of(text, &dependency);
                let what = format!("{name} must not depend on {dependency} (docs/architecture.md)");
                findings.push(Finding::new(path, line, what));
            }
        }
    }
    findings
}

/// Every member inherits licence, edition and lints.
pub(crate) fn check_manifests(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, _, manifest) in manifests(tree) {
        let inherits = |table: &str, key: &str| {
            let value = manifest.get(table).and_then(|table| table.get(key));
            value.and_then(|value| value.get("workspace")).and_then(toml::Value::as_bool)
        };
        for key in INHERITED.into_iter().filter(|key| inherits("package", key) != Some(true)) {
            findings.push(Finding::new(path, 1, format!("say `{key}.workspace = true`")));
        }
        let lints = manifest.get("lints").and_then(|lints| lints.get("workspace"));
        if lints.and_then(toml::Value::as_bool) != Some(true) {
            findings.push(Finding::new(path, 1, "say `[lints] workspace = true`"));
        }
    }
    for licence in ["LICENSE-MIT", "LICENSE-APACHE"] {
        if !tree.exists(licence) {
            findings.push(Finding::new(licence, 1, "the licence named in Cargo.toml is missing"));
        }
    }
    findings
}

/// The manifests of the workspace's members. A manifest with a `[workspace]` of its own (the root,
/// the fuzzer) is not one.
fn manifests(tree: &Tree) -> Vec<(&str, &str, toml::Table)> {
    tree.ending("Cargo.toml")
        .filter_map(|(path, text)| Some((path, text, text.parse::<toml::Table>().ok()?)))
        .filter(|(_, _, manifest)| !manifest.contains_key("workspace"))
        .collect()
}

fn name_of(manifest: &toml::Table) -> &str {
    let package = manifest.get("package").and_then(|package| package.get("name"));
    package.and_then(toml::Value::as_str).unwrap_or("?")
}

/// The dependencies of a manifest that are Barid's own, those of tests and builds included.
fn ours(manifest: &toml::Table) -> Vec<String> {
    let mut tables: Vec<&toml::Table> = vec![manifest];
    if let Some(targets) = manifest.get("target").and_then(toml::Value::as_table) {
        tables.extend(targets.values().filter_map(toml::Value::as_table));
    }
    let kinds = ["dependencies", "dev-dependencies", "build-dependencies"];
    let mut names: Vec<String> = tables
        .iter()
        .flat_map(|table| kinds.iter().filter_map(|kind| table.get(*kind)?.as_table()))
        .flat_map(toml::Table::keys)
        .filter(|name| name.starts_with("barid-") || *name == "xtask")
        .cloned()
        .collect();
    names.sort();
    names.dedup();
    names
}

fn may_use(name: &str, dependency: &str) -> bool {
    if name == "barid-tests" {
        return dependency != "xtask";
    }
    if name.starts_with("barid-format-") {
        return FORMAT.contains(&dependency);
    }
    MAY_USE.iter().any(|(known, uses)| *known == name && uses.contains(&dependency))
}

fn line_of(text: &str, word: &str) -> usize {
    text.lines().position(|line| line.trim_start().starts_with(word)).map_or(1, |at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::super::tree::assert_catches;
    use super::{check_directions, check_manifests};

    const LICENCES: [(&str, &str); 2] = [("LICENSE-MIT", ""), ("LICENSE-APACHE", "")];

    #[test]
    fn a_forbidden_dependency_is_caught_wherever_it_hides() {
        let hub = "[package]\nname = \"barid-hub\"\n[dependencies]\nbarid-proto = \"1\"\n";
        assert_catches(check_directions, &[("server/Cargo.toml", hub)], 0);
        let dev = format!("{hub}[dev-dependencies]\nbarid-format-x = \"1\"\n");
        assert_catches(check_directions, &[("server/Cargo.toml", &dev)], 1);
        let target = format!("{hub}[target.'cfg(unix)'.dependencies]\nbarid-client = \"1\"\n");
        assert_catches(check_directions, &[("server/Cargo.toml", &target)], 1);
    }

    #[test]
    fn nothing_depends_on_the_tests() {
        let text = "[package]\nname = \"barid-cli\"\n[dependencies]\nbarid-tests = \"1\"\n";
        assert_catches(check_directions, &[("clients/cli/Cargo.toml", text)], 1);
    }

    #[test]
    fn a_manifest_with_its_own_ideas_is_caught() {
        let good = "[package]\nname = \"x\"\nversion.workspace = true\nedition.workspace = true\n\
                    rust-version.workspace = true\nlicense.workspace = true\n\
                    publish.workspace = true\n[lints]\nworkspace = true\n";
        let [mit, apache] = LICENCES;
        assert_catches(check_manifests, &[mit, apache, ("x/Cargo.toml", good)], 0);
        let bad = good.replace("license.workspace = true", "license = \"GPL-3.0\"");
        assert_catches(check_manifests, &[mit, apache, ("x/Cargo.toml", &bad)], 1);
        let bad = good.replace("[lints]\nworkspace = true\n", "");
        assert_catches(check_manifests, &[mit, apache, ("x/Cargo.toml", &bad)], 1);
        assert_catches(check_manifests, &[mit, ("x/Cargo.toml", good)], 1);
    }
}
