//! What people read: links that lead somewhere, the two commands, no paths of one machine.

use super::tree::{Finding, Tree};

/// Beginnings of paths that exist on one machine only, written so that this source is not one.
const MACHINE_PATHS: [&str; 4] =
    [concat!("/wo", "rk/"), concat!("/ro", "ot/"), concat!("/fa", "rm/"), concat!("/ho", "me/")];

/// What a newcomer types first.
const COMMANDS: [&str; 2] = ["cargo xtask demo", "cargo xtask test"];

/// Every relative link of every page leads to something.
pub(crate) fn check_links(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in tree.ending(".md") {
        for (line, target) in links(text) {
            let address = target.split('#').next().unwrap_or_default();
            let foreign = address.contains("://") || address.starts_with("mailto:");
            if address.is_empty() || foreign {
                continue;
            }
            if !resolve(path, address).is_some_and(|resolved| tree.exists(&resolved)) {
                let what = format!("the link to `{target}` leads nowhere: mend it");
                findings.push(Finding::new(path, line, what));
            }
        }
    }
    findings
}

/// The front page shows how to see it and how to test it.
pub(crate) fn check_readme(tree: &Tree) -> Vec<Finding> {
    let Some(text) = tree.text("README.md") else {
        return vec![Finding::new("README.md", 1, "is missing: write it")];
    };
    COMMANDS
        .iter()
        .filter(|command| !text.contains(*command))
        .map(|command| Finding::new("README.md", 1, format!("does not mention `{command}`")))
        .collect()
}

/// Nothing names a folder of the machine it was written on.
pub(crate) fn check_machine_paths(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in tree.texts() {
        for (at, line) in text.lines().enumerate() {
            if MACHINE_PATHS.iter().any(|start| begins_a_path(line, start)) {
                let what = "names a folder of one machine: say it relative to the repository";
                findings.push(Finding::new(path, at + 1, what));
            }
        }
    }
    findings
}

/// Whether `start` stands in the line where a path begins, not in the middle of one.
fn begins_a_path(line: &str, start: &str) -> bool {
    line.match_indices(start).any(|(at, _)| {
        let before = line.get(..at).and_then(|text| text.chars().next_back());
        !before.is_some_and(|mark| mark.is_alphanumeric() || "._-/}*~".contains(mark))
    })
}

/// Links `[…](target)` outside code, with their lines.
fn links(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut fenced = false;
    for (at, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        }
        if fenced {
            continue;
        }
        let prose: String = line.split('`').step_by(2).collect::<Vec<_>>().join("``");
        for after in prose.split("](").skip(1) {
            if let Some((target, _)) = after.split_once(')') {
                found.push((at + 1, target.split(' ').next().unwrap_or_default().to_owned()));
            }
        }
    }
    found
}

/// The path a link leads to, or nothing when it leaves the repository.
fn resolve(page: &str, address: &str) -> Option<String> {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in address.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::super::tree::assert_catches;
    use super::{MACHINE_PATHS, check_links, check_machine_paths, check_readme};

    #[test]
    fn a_dead_link_is_caught() {
        let page = "[a](../server/x.rs) [b](https://example.org/) [c](#here) `[d](no)`\n\
                    ```\n[e](no)\n```\n[f](design.md#words)";
        let server = ("server/x.rs", "");
        let design = ("docs/design.md", "");
        assert_catches(check_links, &[("docs/a.md", page), server, design], 0);
        assert_catches(check_links, &[("docs/a.md", page), server], 1);
        assert_catches(check_links, &[("a.md", "[out](../../elsewhere)")], 1);
    }

    #[test]
    fn a_front_page_without_commands_is_caught() {
        assert_catches(check_readme, &[], 1);
        assert_catches(check_readme, &[("README.md", "cargo xtask demo")], 1);
        assert_catches(check_readme, &[("README.md", "cargo xtask demo, cargo xtask test")], 0);
    }

    #[test]
    fn a_path_of_one_machine_is_caught() {
        for start in MACHINE_PATHS {
            assert_catches(check_machine_paths, &[("a.md", &format!("see {start}x"))], 1);
            assert_catches(check_machine_paths, &[("a.md", &format!("see a{start}x"))], 0);
        }
    }
}
