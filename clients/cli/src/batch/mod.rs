//! Many filings by one command: hundreds of decisions of a sitting, of referrals in one letter, of
//! numbers given to an inbox.
//!
//! A batch is a container and nothing in the log: each line is a filing of its own, with its own
//! receipt or refusal. What a batch adds is a journal beside the list, so that a run that was
//! killed goes on where it was:
//!
//! ```text
//! read     every line and document: all problems at once, nothing signed while there is one
//! intend   each line's envelope gets its identifier, in the journal; durable before
//! sign     each line, in order, into the outbox; durable before
//! send     the outbox, in order; then what became of each, in the journal
//! ```
//!
//! After a kill, each identifier in the journal is either in the outbox (pending, sent or refused),
//! and then it was signed, or it is not, and then it was not: it is signed now, under the same
//! identifier. There is no third case, because the outbox signs with one rename. So nothing is
//! filed twice and nothing is lost, whenever it happened.
//!
//! One key's envelopes are a chain and leave one at a time. A second key is a second outbox; two
//! batches of two keys may run beside each other.

pub(crate) mod columns;
pub(crate) mod journal;
pub(crate) mod lines;
pub(crate) mod manifest;
pub(crate) mod registrations;
pub(crate) mod report;
pub(crate) mod run;

use std::path::{Path, PathBuf};

use barid_client::Draft;

use crate::wording::batch::Wrong;

/// One line of a batch, ready to be signed.
pub(crate) struct Work {
    /// By what the journal knows it: the number of its line, or the name of its document.
    pub(crate) line: String,
    /// What people know it by.
    pub(crate) shown: String,
    /// A digest of everything that the line says.
    pub(crate) fingerprint: String,
    /// The filing. `None`: it needs none, and the leaf is that by which it was done before.
    pub(crate) task: Task,
}

/// What a line comes to.
pub(crate) enum Task {
    /// A filing.
    File(Box<Draft>),
    /// Nothing: it was done before, at this leaf.
    Done(u64),
}

/// Something wrong with a line.
#[derive(Clone)]
pub(crate) struct Problem {
    /// The line.
    pub(crate) line: String,
    /// What it is known by.
    pub(crate) shown: String,
    /// What is wrong.
    pub(crate) wrong: Wrong,
}

/// Where the journal of a batch lies: beside its list, or in its folder.
pub(crate) fn journal_of(list: &Path) -> PathBuf {
    if list.is_dir() {
        list.join("barid-batch.journal")
    } else {
        list.with_added_extension("journal")
    }
}
