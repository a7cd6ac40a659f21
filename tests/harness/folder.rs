//! What lies in a folder that a program wrote.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The bytes of everything below a folder, by path.
///
/// # Panics
/// When something in it cannot be read.
#[must_use]
pub fn everything(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for one in fs::read_dir(folder).expect("the folder is there") {
        let path = one.expect("it can be listed").path();
        if path.is_dir() {
            found.extend(everything(&path));
        } else {
            let bytes = fs::read(&path).expect("it can be read");
            found.insert(path, bytes);
        }
    }
    found
}
