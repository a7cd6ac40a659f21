//! An office without a link, and whoever carries for it: see [`crate::stick`].

mod answer;
mod deliver;
mod pack;
mod unpack;

pub use deliver::{Delivered, Fate, Outcome};
pub use pack::{Packed, Packing};
pub use unpack::Unpacked;

use std::path::{Path, PathBuf};

use barid_proto::envelope;
use barid_proto::tlog::Hash;
use barid_proto::v1::{EnvelopeBody, ReceiveResponse, SealedFiling};
use prost::Message as _;

use super::Client;
use crate::disk;
use crate::error::LocalError;
use crate::stick::{Pieces, StickError};

/// What came on sticks for this office.
const CARRIED: &str = "carried";
/// What this office carries for others.
const CARRYING: &str = "carrying";

impl Client {
    /// A filing that came on a stick, by its position in this office's inbox.
    ///
    /// # Errors
    /// [`LocalError::Content`] when it is damaged.
    pub fn carried_filing(&self, cursor: u64) -> Result<Option<ReceiveResponse>, LocalError> {
        let path = self.inbox_place(cursor);
        let Some(bytes) = disk::read_if_there(&path)? else { return Ok(None) };
        let read = ReceiveResponse::decode(bytes.as_slice());
        let served = read.map_err(|error| LocalError::content(&path, error.to_string()))?;
        if served.cursor != cursor {
            return Err(LocalError::content(&path, "it holds another position"));
        }
        Ok(Some(served))
    }

    /// Where a document lies that came on a stick. It has its digest.
    #[must_use]
    pub fn carried_document(&self, sha256: &Hash) -> Option<PathBuf> {
        Pieces::open(&self.carried_folder().join("documents")).ok()?.whole(sha256)
    }

    /// The position in the inbox behind which nothing has come yet, by link or by stick.
    fn served_until(&self) -> Result<u64, LocalError> {
        let mut cursor = self.remembered_cursor()?;
        while self.inbox_place(cursor + 1).exists() {
            cursor += 1;
        }
        Ok(cursor)
    }

    fn inbox_place(&self, cursor: u64) -> PathBuf {
        self.carried_folder().join("inbox").join(format!("{cursor:012}"))
    }

    fn carried_folder(&self) -> PathBuf {
        self.folder().join(CARRIED)
    }

    fn carrying_folder(&self) -> PathBuf {
        self.folder().join(CARRYING)
    }
}

/// A document that an envelope names.
struct Named {
    sha256: Hash,
    size: u64,
    chunk_root: Vec<u8>,
}

/// The documents that an envelope names, each once.
fn named_in(body: &EnvelopeBody) -> Vec<Named> {
    let lead = body.lead.iter().map(|lead| (&lead.sha256, lead.size_bytes, &lead.chunk_root));
    let exhibits = body.exhibits.iter().map(|one| (&one.sha256, one.size_bytes, &one.chunk_root));
    let mut named: Vec<Named> = Vec::new();
    for (sha256, size, chunk_root) in lead.chain(exhibits) {
        let Ok(sha256) = Hash::try_from(sha256.as_slice()) else { continue };
        if !named.iter().any(|known| known.sha256 == sha256) {
            named.push(Named { sha256, size, chunk_root: chunk_root.clone() });
        }
    }
    named
}

/// What a served filing says, not verified.
fn body_of(filing: Option<&SealedFiling>) -> EnvelopeBody {
    let sealed = filing.and_then(|filing| filing.envelope.as_ref());
    sealed.and_then(|sealed| envelope::decode_body(&sealed.body).ok()).unwrap_or_default()
}

/// Runs work on a disk beside the threads that mind the network.
async fn beside<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StickError> + Send + 'static,
) -> Result<T, StickError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(error) => Err(LocalError::Interrupted(error.to_string()).into()),
    }
}

/// Puts pieces together as far as they are here; how many documents are whole, and how many not.
fn join_all(pieces: &Pieces, named: &[Named]) -> Result<(usize, usize), StickError> {
    let mut counts = (0, 0);
    for document in named {
        match pieces.join(&document.sha256, document.size)? {
            Some(_) => counts.0 += 1,
            None => counts.1 += 1,
        }
    }
    Ok(counts)
}

/// Where the parts of a packing lie: `path`, and what [`crate::stick::write`] put beside it.
#[must_use]
fn parts_of(path: &Path) -> Vec<PathBuf> {
    let beside = (2..).map(|number: u32| path.with_added_extension(number.to_string()));
    std::iter::once(path.to_owned()).chain(beside.take_while(|path| path.exists())).collect()
}
