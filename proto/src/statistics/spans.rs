//! How long things took: each step of the procedure since the step before, and the whole way.

use super::CaseTold;
use crate::assess::Law;
use crate::procedure::course;
use crate::v1::Text;

/// A step that was taken, with the time since the step before it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct StepTaken {
    /// Its key in the procedure.
    pub(super) key: String,
    /// What it is called.
    pub(super) title: Option<Text>,
    /// Leaf of the filing that took it.
    pub(super) leaf: u64,
    /// Seconds since the step before. `Err`: the two stamps are in the other order, so that nothing
    /// can be said. `Ok(None)`: it is the first.
    pub(super) took: Result<Option<u64>, Backwards>,
}

/// The later step bears the earlier stamp.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Backwards;

/// The steps of a case that moved it on, in the order of the log. None: its rule set is not known,
/// or has no procedure that fits.
pub(super) fn steps(case: &CaseTold, event: &str) -> Vec<StepTaken> {
    let Some(rules) = &case.rules else { return Vec::new() };
    let law = Law { rules, acts: &case.acts, event };
    let course = course(&law, &case.procedure, &[]);
    let mut before = None;
    let moving = course.taken.into_iter().filter(|step| !step.any_time);
    moving
        .map(|step| {
            let took = before.map_or(Ok(None), |before| span(before, step.at_unix_ms).map(Some));
            before = Some(step.at_unix_ms);
            StepTaken { key: step.step, title: step.title, leaf: step.leaf_index, took }
        })
        .collect()
}

/// Whole seconds from one instant to another.
pub(super) fn span(from_ms: i64, until_ms: i64) -> Result<u64, Backwards> {
    let passed = until_ms.saturating_sub(from_ms);
    u64::try_from(passed).map(|passed| passed / 1000).map_err(|_| Backwards)
}
