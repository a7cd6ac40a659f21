//! The conformance kit: what a plugin must do before it is handed to a hub's operator.
//!
//! The library runs here as in a hub: the same loader, the same confined workers, the same checks
//! of every reply (`barid-plugin-host`). On top of that the kit asks what a hub has no time to ask:
//! whether the same request always gets the same answer, whether what is written reads back,
//! whether all problems come at once, and what the worst inputs do.

mod checks;
mod damage;
mod family;
mod hostile;
mod mutate;
mod outcome;
mod paper;
mod reason;
pub(crate) mod report;
mod subject;

use barid_plugin_host::LoadFailure;
use barid_proto::v1::FilingKind;
use serde::{Deserialize, Serialize};

pub(crate) use outcome::{Check, Failure, Outcome, Remark, Verdict};
pub(crate) use paper::{Paper, papers};
pub(crate) use reason::Reason;
pub(crate) use subject::{Library, Subject};

/// The kit's version, part of every report: what it asks for may grow.
pub(crate) const VERSION: u32 = 1;

/// How much the plugin may take; a hub's operator sets the same in the plugin's manifest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Limits {
    /// Most bytes of one request.
    pub(crate) max_input_bytes: usize,
    /// Most bytes of one reply.
    pub(crate) max_output_bytes: usize,
    /// Longest time of one call, in milliseconds.
    pub(crate) deadline_ms: u64,
    /// Most memory of a worker beyond what it starts with, in bytes.
    pub(crate) max_memory_bytes: u64,
}

/// What is to be checked beyond the limits.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    /// Only these kinds of filing; all that the plugin knows when there is none.
    pub(crate) kinds: Vec<FilingKind>,
    /// Where the mutations begin: the same seed makes the same.
    pub(crate) seed: u64,
    /// Mutations of each good document.
    pub(crate) mutations: u32,
}

/// Runs every check on a library that loads, in order.
pub(crate) fn run(subject: &Subject, papers: &[Paper], plan: &Plan) -> Vec<Outcome> {
    let loaded = Outcome { cases: 1, ..Outcome::of(Check::Loads) };
    let description = checks::description(subject);
    let (documents, good) = checks::documents(subject, papers);
    vec![
        loaded,
        description,
        documents,
        checks::deterministic(subject, papers, plan),
        checks::round_trips(subject, &good),
        checks::all_at_once(subject, &good),
        checks::limits(subject, plan),
        checks::hostile(subject, plan),
        checks::mutations(subject, &good, plan),
        checks::concurrent(subject, papers, plan),
        // Behind all that gave problems, and all that could be answered.
        checks::problems(subject),
        checks::confined(subject),
    ]
}

/// What is told of a library that does not load: that, and that nothing else could be checked.
pub(crate) fn unloaded(failure: &LoadFailure) -> Vec<Outcome> {
    let mut outcomes: Vec<Outcome> = Check::ALL.iter().map(|check| Outcome::of(*check)).collect();
    if let Some(first) = outcomes.first_mut() {
        first.cases = 1;
        first.fail(Failure::of_library(Reason::NotLoaded(failure.to_string())));
    }
    outcomes
}
