//! Where complete documents lie: by digest, with their chunk lists, in one depot or in two.
//!
//! A depot keeps bytes and promises nothing about them: [`Depots`] compares every chunk it reads,
//! and takes the other depot's where one is wrong.

mod bucket;
mod disk;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::ops::Range;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use barid_proto::chunk::{self, CHUNK_BYTES, ChunkList, DocumentHasher};
use barid_proto::tlog::Hash;
use bytes::Bytes;

pub(super) use bucket::Bucket;
pub use bucket::BucketPlace;
pub(super) use disk::Disk;

use crate::error::Fault;
use crate::model::id::DocumentDigest;
use crate::model::row::DocumentRow;

/// Documents in doubt, and lost ones, that are remembered at most. Beyond, the scrubber finds them
/// on its round.
const NOTED_MAX: usize = 4_096;

/// What becomes of the bytes that are placed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Take {
    /// They stay where they are, too.
    Copy,
    /// They need not.
    Move,
}

/// One place for complete documents. Every call blocks.
pub(super) trait Depot: Send + Sync {
    /// What an operator calls it.
    fn name(&self) -> &str;

    /// Takes a document in. It is durable when this returns, and replaces what was there.
    ///
    /// # Errors
    /// When it cannot be written.
    fn place(
        &self,
        bytes: (&Path, Take),
        document: DocumentDigest,
        list: &ChunkList,
    ) -> Result<(), Fault>;

    /// Length of a document. `None`: it is not there.
    ///
    /// # Errors
    /// When the depot cannot be read.
    fn size(&self, document: DocumentDigest) -> Result<Option<u64>, Fault>;

    /// A range of a document's bytes, shorter where the document is. `None`: it is not there.
    ///
    /// # Errors
    /// When the depot cannot be read.
    fn read(&self, document: DocumentDigest, range: Range<u64>) -> Result<Option<Vec<u8>>, Fault>;

    /// The packed chunk list of a document. `None`: it is not there.
    ///
    /// # Errors
    /// When the depot cannot be read.
    fn list(&self, document: DocumentDigest) -> Result<Option<Vec<u8>>, Fault>;

    /// Removes a document with its list, durably. One that is not there is removed already.
    ///
    /// # Errors
    /// When the depot cannot be written.
    fn remove(&self, document: DocumentDigest) -> Result<(), Fault>;
}

/// The depot, and the second one where there is one.
pub(super) struct Depots {
    all: Vec<Box<dyn Depot>>,
    /// Documents of which a depot held wrong bytes, for the scrubber.
    doubtful: Digests,
    /// Documents of which no depot holds all bytes: whoever has them may upload them again.
    lost: Digests,
}

/// What a document looks like in one depot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// Which depot.
    pub depot: String,
    /// Chunks whose bytes are wrong or missing, by their numbers.
    pub wrong: Vec<u64>,
    /// Whether the kept list of chunks is wrong or missing.
    pub list_wrong: bool,
}

impl Look {
    /// Whether the depot holds the document as it is.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.wrong.is_empty() && !self.list_wrong
    }
}

impl Depots {
    /// The depots in the order in which they are read.
    pub(super) fn new(all: Vec<Box<dyn Depot>>) -> Self {
        Self { all, doubtful: Mutex::default(), lost: Mutex::default() }
    }

    /// Puts a document whose bytes at `staged` are durable into all depots.
    pub(super) fn place(
        &self,
        staged: &Path,
        document: DocumentDigest,
        list: &ChunkList,
    ) -> Result<(), Fault> {
        // The first one last: it may take the bytes away, and is what `size` asks.
        for (number, depot) in self.all.iter().enumerate().rev() {
            let take = if number == 0 { Take::Move } else { Take::Copy };
            depot.place((staged, take), document, list)?;
        }
        locked(&self.lost).remove(&document);
        Ok(())
    }

    /// Removes a document from all depots. All are tried, also when one fails.
    pub(super) fn remove(&self, document: DocumentDigest) -> Result<(), Fault> {
        let removed: Vec<_> = self.all.iter().map(|depot| depot.remove(document)).collect();
        // Whoever was reading it at this moment found less than there should be.
        self.settle(document);
        locked(&self.lost).remove(&document);
        removed.into_iter().collect()
    }

    /// Notes that bytes of a document are nowhere.
    pub(super) fn lose(&self, document: DocumentDigest) {
        insert(&self.lost, document);
    }

    /// Whether bytes of a document were found nowhere.
    pub(super) fn is_lost(&self, document: DocumentDigest) -> bool {
        locked(&self.lost).contains(&document)
    }

    /// Length of a document in the first depot that has it.
    pub(super) fn size(&self, document: DocumentDigest) -> Result<Option<u64>, Fault> {
        for depot in &self.all {
            if let Some(size) = depot.size(document)? {
                return Ok(Some(size));
            }
        }
        Ok(None)
    }

    /// The chunk list of a document with this root: as kept, or computed again where none that is
    /// kept fits.
    pub(super) fn list(&self, document: &DocumentRow, root: &Hash) -> Result<ChunkList, Fault> {
        if chunk::count(document.size) == 1 {
            return Ok(ChunkList::of_one(*root));
        }
        for depot in &self.all {
            let kept = self.told(depot.as_ref(), document.digest, depot.list(document.digest))?;
            let list = kept.map(|kept| ChunkList::parse(&kept, document.size, root));
            if let Some(Ok(list)) = list {
                return Ok(list);
            }
        }
        self.doubt(document.digest);
        let list = self.compute(document)?;
        if list.root() == *root {
            return Ok(list);
        }
        let digest = document.digest;
        Err(Fault::broken(format!("document {digest} has other chunks than the books say")))
    }

    /// Reads the whole of a document that no list is known of.
    pub(super) fn compute(&self, document: &DocumentRow) -> Result<ChunkList, Fault> {
        let digest = document.digest;
        for depot in &self.all {
            let mut hasher = DocumentHasher::default();
            for index in 0..chunk::count(document.size) {
                let Some(bytes) = depot.read(digest, range_of(document.size, index))? else {
                    break;
                };
                hasher.update(&bytes);
            }
            let found = hasher.finish();
            if found.sha256 == *digest.as_bytes() {
                return Ok(found.chunks);
            }
        }
        Err(Fault::broken(format!("document {digest} does not hold the bytes of its name")))
    }

    /// A chunk of a document, compared with the list.
    pub(super) fn chunk(
        &self,
        document: &DocumentRow,
        index: u64,
        list: &ChunkList,
    ) -> Result<Bytes, Fault> {
        let (digest, range) = (document.digest, range_of(document.size, index));
        for depot in &self.all {
            let read = depot.read(digest, range.clone());
            if let Some(bytes) = self.told(depot.as_ref(), digest, read)?
                && list.holds(index, &bytes)
            {
                return Ok(bytes.into());
            }
            let depot = depot.name();
            tracing::error!(document = %digest, chunk = index, depot, "a chunk has rotted");
            self.doubt(digest);
        }
        self.lose(digest);
        let text = format!("document {digest} has rotted in chunk {index}, in every depot");
        Err(Fault::broken(text))
    }

    /// Looks at every chunk of a document in every depot.
    pub(super) fn look(
        &self,
        document: &DocumentRow,
        list: &ChunkList,
        mut pace: impl FnMut(u64) -> Result<(), Fault>,
    ) -> Result<Vec<Look>, Fault> {
        let mut looks = Vec::with_capacity(self.all.len());
        for depot in &self.all {
            let mut wrong = Vec::new();
            for index in 0..chunk::count(document.size) {
                let range = range_of(document.size, index);
                pace(range.end - range.start)?;
                let bytes = depot.read(document.digest, range)?;
                if !bytes.is_some_and(|bytes| list.holds(index, &bytes)) {
                    wrong.push(index);
                }
            }
            let has_list = list.hashes().len() > 1;
            let list_wrong =
                has_list && depot.list(document.digest)?.as_deref() != Some(list.packed());
            looks.push(Look { depot: depot.name().to_owned(), wrong, list_wrong });
        }
        Ok(looks)
    }

    /// Puts durable bytes, which were compared, into the depot of that name in place of wrong ones.
    pub(super) fn restore(
        &self,
        name: &str,
        staged: &Path,
        document: DocumentDigest,
        list: &ChunkList,
    ) -> Result<(), Fault> {
        let found = self.all.iter().find(|depot| depot.name() == name);
        let depot = found.ok_or_else(|| Fault::broken(format!("there is no depot {name}")))?;
        depot.place((staged, Take::Copy), document, list)
    }

    /// A document is in doubt no more.
    pub(super) fn settle(&self, document: DocumentDigest) {
        locked(&self.doubtful).remove(&document);
    }

    /// The documents in doubt so far; from now on none is.
    pub(super) fn take_doubtful(&self) -> BTreeSet<DocumentDigest> {
        std::mem::take(&mut *locked(&self.doubtful))
    }

    fn doubt(&self, document: DocumentDigest) {
        insert(&self.doubtful, document);
    }

    /// What a depot said; while there is another, one that fails is as good as one that has
    /// nothing.
    fn told<T>(
        &self,
        depot: &dyn Depot,
        document: DocumentDigest,
        said: Result<Option<T>, Fault>,
    ) -> Result<Option<T>, Fault> {
        match said {
            Err(fault) if self.all.len() > 1 => {
                let (depot, fault) = (depot.name(), fault.chain());
                tracing::error!(%document, depot, fault, "a depot cannot be read");
                Ok(None)
            }
            said => said,
        }
    }
}

type Digests = Mutex<BTreeSet<DocumentDigest>>;

fn locked(digests: &Digests) -> MutexGuard<'_, BTreeSet<DocumentDigest>> {
    digests.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Notes a document, unless there are too many: then the next round finds it.
fn insert(digests: &Digests, document: DocumentDigest) {
    let mut digests = locked(digests);
    if digests.len() < NOTED_MAX {
        digests.insert(document);
    }
}

/// Which bytes of a document of that size are its chunk of that number.
pub(super) fn range_of(size: u64, index: u64) -> Range<u64> {
    let start = index.saturating_mul(CHUNK_BYTES).min(size);
    start..start + chunk::length(size, index)
}
