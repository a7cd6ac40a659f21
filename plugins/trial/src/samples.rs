//! Where the samples are.

use std::path::{Path, PathBuf};

/// Folders of documents made to hurt, or just foreign to every institution.
const HOSTILE: [&str; 5] = ["xml", "csv", "json", "text", "pdf"];

/// A path among the samples. `None`: they are not on this machine, and the test says so.
#[must_use]
pub fn sample(path: &str) -> Option<PathBuf> {
    let found = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/samples").join(path);
    if !found.exists() {
        println!("skipped: samples not present ({path})");
        return None;
    }
    Some(found)
}

/// All files below a folder, in the order of their names.
///
/// # Panics
/// When it cannot be read.
#[must_use]
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut folders = vec![folder.to_owned()];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for found in std::fs::read_dir(folder).expect("a readable folder") {
            let path = found.expect("a readable folder").path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    files
}

/// All hostile samples. Empty: there are no samples on this machine, and the test says so.
///
/// # Panics
/// When only a part of them is there.
#[must_use]
pub fn hostile() -> Vec<PathBuf> {
    let Some(root) = sample("6-robustness") else { return Vec::new() };
    let found: Vec<PathBuf> = HOSTILE.iter().flat_map(|folder| files(&root.join(folder))).collect();
    assert!(found.len() > 200, "{} samples are not all", found.len());
    found
}

/// Strings that upset other programs, one by one. Empty: there are no samples on this machine, and
/// the test says so.
///
/// # Panics
/// When they are not among the samples that are there.
#[must_use]
pub fn naughty() -> Vec<String> {
    let Some(path) = sample("6-robustness/text/blns.txt") else { return Vec::new() };
    let text = std::fs::read_to_string(path).expect("a sample");
    text.lines().map(str::to_owned).collect()
}
