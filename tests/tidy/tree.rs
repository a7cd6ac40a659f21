//! The tree of files a rule looks at: this repository, or a planted one in memory.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Folders that hold nothing we wrote: build output, fetched packages, generated clients.
const NOT_OURS: [&str; 9] =
    ["target", ".git", "node_modules", "__pycache__", ".venv", "gen", "build", "dist", ".gradle"];

/// Files by path relative to the root, with `/` between parts.
pub(crate) struct Tree {
    /// The text of each file; `None` for a file that is not UTF-8.
    texts: BTreeMap<String, Option<String>>,
}

impl Tree {
    /// This repository.
    pub(crate) fn repository() -> io::Result<Self> {
        Self::below(&Path::new(env!("CARGO_MANIFEST_DIR")).join(".."))
    }

    /// What lies below a folder.
    pub(crate) fn below(root: &Path) -> io::Result<Self> {
        let mut texts = BTreeMap::new();
        let mut folders: Vec<PathBuf> = vec![root.to_owned()];
        while let Some(folder) = folders.pop() {
            for found in fs::read_dir(&folder)? {
                let path = found?.path();
                let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                // In a worktree `.git` is a file.
                if NOT_OURS.contains(&name.as_str()) {
                    continue;
                }
                if path.is_dir() {
                    folders.push(path);
                } else if let Ok(relative) = path.strip_prefix(root) {
                    let key = relative.to_string_lossy().into_owned();
                    texts.insert(key, String::from_utf8(fs::read(&path)?).ok());
                }
            }
        }
        Ok(Self { texts })
    }

    /// A planted tree.
    #[cfg(test)]
    pub(crate) fn of(planted: &[(&str, &str)]) -> Self {
        let texts = planted
            .iter()
            .map(|(path, text)| ((*path).to_owned(), Some((*text).to_owned())))
            .collect();
        Self { texts }
    }

    /// The text at a path.
    pub(crate) fn text(&self, path: &str) -> Option<&str> {
        self.texts.get(path)?.as_deref()
    }

    /// Whether a file, or a folder with files in it, is at a path.
    pub(crate) fn exists(&self, path: &str) -> bool {
        let folder = format!("{}/", path.trim_end_matches('/'));
        path.is_empty()
            || self.texts.contains_key(path)
            || self.texts.keys().any(|key| key.starts_with(&folder))
    }

    /// All texts.
    pub(crate) fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.texts.iter().filter_map(|(path, text)| Some((path.as_str(), text.as_deref()?)))
    }

    /// All texts whose path ends so.
    pub(crate) fn ending(&self, end: &str) -> impl Iterator<Item = (&str, &str)> {
        self.texts().filter(move |(path, _)| path.ends_with(end))
    }

    /// All Rust sources.
    pub(crate) fn rust(&self) -> impl Iterator<Item = (&str, &str)> {
        self.ending(".rs")
    }
}

/// Something that breaks a rule.
#[derive(Debug)]
pub(crate) struct Finding {
    path: String,
    line: usize,
    what: String,
}

impl Finding {
    /// At a path and line (from 1): what is wrong and what to do.
    pub(crate) fn new(path: &str, line: usize, what: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line, what: what.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}: {}", self.path, self.line, self.what)
    }
}

/// Checks that a rule finds exactly this many violations in a planted tree, and none in its
/// mended form.
#[cfg(test)]
pub(crate) fn assert_catches(
    check: fn(&Tree) -> Vec<Finding>,
    planted: &[(&str, &str)],
    expected: usize,
) {
    let found = check(&Tree::of(planted));
    assert_eq!(found.len(), expected, "{found:#?}");
}
