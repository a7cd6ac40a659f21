//! What is pending, as the process that has the turn knows it: nobody else changes it meanwhile, so
//! hundreds of filings can be signed and settled without reading all others each time.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::chain::Head;
use super::documents;
use super::pending::Pending;

/// Links and documents of what is pending, by their paths, which are in the order of sending.
#[derive(Default)]
pub(super) struct Waiting(BTreeMap<PathBuf, (Head, BTreeSet<PathBuf>)>);

impl Waiting {
    /// Notes an envelope, or that it was signed again.
    pub(super) fn note(&mut self, pending: &Pending, documents: &Path) {
        let named = pending.documents().map(|(sha256, _)| documents::place(documents, sha256));
        self.0.insert(pending.path().to_owned(), (pending.link(), named.collect()));
    }

    /// It is not pending any more.
    pub(super) fn settled(&mut self, pending: &Pending) {
        self.0.remove(pending.path());
    }

    /// The link of the newest.
    pub(super) fn last(&self) -> Option<Head> {
        self.0.last_key_value().map(|(_, (link, _))| *link)
    }

    /// The name of the newest.
    pub(super) fn last_path(&self) -> Option<&Path> {
        self.0.last_key_value().map(|(path, _)| path.as_path())
    }

    /// All documents that are named.
    pub(super) fn documents(&self) -> BTreeSet<PathBuf> {
        self.0.values().flat_map(|(_, documents)| documents).cloned().collect()
    }
}
