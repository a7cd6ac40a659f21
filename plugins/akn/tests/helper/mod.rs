//! Where the samples are, and what the tests of this crate share.

use std::path::{Path, PathBuf};

use barid_akn::Paper;
use barid_plugin::Problems;
use barid_plugin::v1::Problem;

/// A path among the samples. `None`: they are not on this machine, and the test says so.
pub(crate) fn sample(path: &str) -> Option<PathBuf> {
    let found = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/samples").join(path);
    if !found.exists() {
        println!("skipped: samples not present ({path})");
        return None;
    }
    Some(found)
}

/// Reads a judgment of a court called `court`.
pub(crate) fn read(bytes: &[u8]) -> (Option<Paper>, Vec<Problem>) {
    let mut problems = Problems::new();
    let paper = barid_akn::read(bytes, "court", &mut problems);
    (paper, problems.into_vec())
}
