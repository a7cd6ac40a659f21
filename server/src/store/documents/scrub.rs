//! Looking for rot: every chunk of every document, in every depot, and mending from one that is
//! sound.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Write as _;
use std::sync::atomic::Ordering;

use barid_proto::chunk::{self, ChunkList};

use super::depot::Look;
use super::{Documents, disk_fault};
use crate::error::Fault;
use crate::model::id::DocumentDigest;
use crate::model::row::DocumentRow;

/// What became of one document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scrubbed {
    /// The document, now with its root.
    pub row: DocumentRow,
    /// Where something was wrong.
    pub wrong: Vec<Look>,
    /// Chunks that are wrong in every depot: lost, until somebody files the document again.
    pub lost: Vec<u64>,
    /// Names of the depots that were mended.
    pub restored: Vec<String>,
}

impl Scrubbed {
    /// Whether there was nothing to say.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.wrong.is_empty() && self.lost.is_empty()
    }
}

impl Documents {
    /// Looks at a document in every depot, and mends each where chunks are wrong, if all chunks are
    /// right somewhere. `pace` is told before so many bytes are read, and may wait or break off.
    ///
    /// # Errors
    /// When no depot holds enough of the document to know its chunks, or a depot fails.
    pub fn scrub(
        &self,
        document: &DocumentRow,
        pace: impl FnMut(u64) -> Result<(), Fault>,
    ) -> Result<Scrubbed, Fault> {
        let list = match &document.chunk_root {
            Some(root) => self.depots.list(document, root)?,
            None => self.depots.compute(document)?,
        };
        let document = DocumentRow { chunk_root: Some(list.root()), ..*document };
        let mut wrong = self.depots.look(&document, &list, pace)?;
        let lost = in_all(&wrong);
        wrong.retain(|look| !look.is_sound());
        if !lost.is_empty() {
            self.depots.lose(document.digest);
        }
        let mut restored = Vec::new();
        if lost.is_empty() && !wrong.is_empty() {
            let names = wrong.iter().map(|look| look.depot.clone());
            restored = names.collect();
            self.restore(&document, &list, &restored)?;
        }
        Ok(Scrubbed { row: document, wrong, lost, restored })
    }

    /// Documents of which wrong bytes were read since this was asked last.
    #[must_use]
    pub fn take_doubtful(&self) -> BTreeSet<DocumentDigest> {
        self.depots.take_doubtful()
    }

    /// Puts a sound copy together from all depots, and places it where it is needed.
    fn restore(
        &self,
        document: &DocumentRow,
        list: &ChunkList,
        depots: &[String],
    ) -> Result<(), Fault> {
        let number = self.kept.fetch_add(1, Ordering::Relaxed);
        let staged = self.partial.join(format!(".whole.{number}"));
        let failed = |error| disk_fault("writing", &staged, error);
        let mut file = File::create(&staged).map_err(failed)?;
        for index in 0..chunk::count(document.size) {
            let bytes = self.depots.chunk(document, index, list)?;
            file.write_all(&bytes).map_err(failed)?;
        }
        file.sync_all().map_err(failed)?;
        for depot in depots {
            self.depots.restore(depot, &staged, document.digest, list)?;
        }
        // What restoring read from the depot in doubt is mended now.
        self.depots.settle(document.digest);
        fs::remove_file(&staged).map_err(failed)
    }
}

/// Chunks that are wrong in every one of these.
fn in_all(looks: &[Look]) -> Vec<u64> {
    let Some((first, others)) = looks.split_first() else { return Vec::new() };
    let everywhere = |index: &u64| others.iter().all(|other| other.wrong.contains(index));
    first.wrong.iter().copied().filter(everywhere).collect()
}
