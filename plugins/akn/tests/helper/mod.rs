//! What the tests of this crate share.

use barid_akn::Paper;
use barid_plugin::Problems;
use barid_plugin::v1::Problem;
pub(crate) use barid_trial::sample;

/// Reads a judgment of a court called `court`.
pub(crate) fn read(bytes: &[u8]) -> (Option<Paper>, Vec<Problem>) {
    let mut problems = Problems::new();
    let paper = barid_akn::read(bytes, "court", &mut problems);
    (paper, problems.into_vec())
}
