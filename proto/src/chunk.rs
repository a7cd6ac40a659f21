//! Documents in chunks: what a transfer compares, megabyte by megabyte.
//!
//! A document is named by the SHA-256 of its bytes. Beside it stands its *chunk root*: the tree of
//! the log ([`tlog`](crate::tlog), RFC 6962) over its chunks of [`CHUNK_BYTES`], each a leaf. The
//! root is signed with the envelope, so a list of the chunks' hashes needs no trust: whoever gives
//! one out, its root must be the one signed.

use sha2::digest::common::hazmat::{SerializableState, SerializedState};
use sha2::{Digest, Sha256};

use crate::tlog::tree::root_of;
use crate::tlog::{HASH_LEN, Hash, leaf_hash};

/// Bytes in each chunk but the last, which may be shorter.
pub const CHUNK_BYTES: u64 = 1024 * 1024;

/// The longest document, in bytes: its list has 32 MiB.
pub const MAX_DOCUMENT_BYTES: u64 = 1 << 40;

/// How many chunks a document of `size` bytes has. None has none.
#[must_use]
pub fn count(size: u64) -> u64 {
    size.div_ceil(CHUNK_BYTES)
}

/// Length in bytes of a chunk of a document of `size` bytes; 0 when there is no such chunk.
#[must_use]
pub fn length(size: u64, index: u64) -> u64 {
    let start = index.saturating_mul(CHUNK_BYTES);
    size.saturating_sub(start).min(CHUNK_BYTES)
}

/// The hashes of all chunks of a document, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChunkList(Vec<Hash>);

/// Why bytes are not the chunk list of a document.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum ChunkListError {
    /// Another length than the document's size asks for.
    #[error("a list for {chunks} chunks has {wanted} bytes, not {given}")]
    Length {
        /// How many chunks the document has.
        chunks: u64,
        /// The bytes of a list for them.
        wanted: u64,
        /// The bytes that were given.
        given: u64,
    },
    /// The root over the hashes is not the document's.
    #[error("the hashes have another root than the document")]
    Root,
}

impl ChunkList {
    /// Reads the packed list of a document of `size` bytes and compares its root.
    ///
    /// # Errors
    /// [`ChunkListError`].
    pub fn parse(packed: &[u8], size: u64, root: &Hash) -> Result<Self, ChunkListError> {
        let (chunks, given) = (count(size), packed.len() as u64);
        let wanted = chunks.saturating_mul(HASH_LEN as u64);
        if given != wanted {
            return Err(ChunkListError::Length { chunks, wanted, given });
        }
        let list = Self(packed.as_chunks().0.to_vec());
        if list.root() == *root { Ok(list) } else { Err(ChunkListError::Root) }
    }

    /// The list of a document of one chunk, whose root says it all.
    #[must_use]
    pub fn of_one(root: Hash) -> Self {
        Self(vec![root])
    }

    /// The root over all.
    #[must_use]
    pub fn root(&self) -> Hash {
        root_of(self.0.iter().copied())
    }

    /// Whether `chunk` holds the bytes of the chunk with this number.
    #[must_use]
    pub fn holds(&self, index: u64, chunk: &[u8]) -> bool {
        self.get(index).is_some_and(|hash| leaf_hash(chunk) == *hash)
    }

    /// The hash of the chunk with this number.
    #[must_use]
    pub fn get(&self, index: u64) -> Option<&Hash> {
        self.0.get(usize::try_from(index).ok()?)
    }

    /// All hashes, in order.
    #[must_use]
    pub fn hashes(&self) -> &[Hash] {
        &self.0
    }

    /// All hashes, one after the other.
    #[must_use]
    pub fn packed(&self) -> &[u8] {
        self.0.as_flattened()
    }
}

/// Computes the hashes of a document's chunks.
#[derive(Clone, Debug)]
pub struct ChunkHasher {
    /// Of the chunk under way.
    chunk: Sha256,
    /// Bytes of the chunk under way.
    filled: u64,
    hashes: Vec<Hash>,
}

impl Default for ChunkHasher {
    fn default() -> Self {
        Self::behind(&[])
    }
}

impl ChunkHasher {
    /// Goes on behind whole chunks with these hashes.
    #[must_use]
    pub fn behind(hashes: &[Hash]) -> Self {
        Self { chunk: leaf_hasher(), filled: 0, hashes: hashes.to_vec() }
    }

    /// Bytes taken in.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.hashes.len() as u64 * CHUNK_BYTES + self.filled
    }

    /// How many bytes are missing until the chunk under way is whole; never 0.
    #[must_use]
    pub fn room(&self) -> u64 {
        CHUNK_BYTES - self.filled
    }

    /// The hashes of the whole chunks taken in.
    #[must_use]
    pub fn hashes(&self) -> &[Hash] {
        &self.hashes
    }

    /// Takes the next bytes in.
    pub fn update(&mut self, bytes: &[u8]) {
        let mut rest = bytes;
        while !rest.is_empty() {
            let room = usize::try_from(self.room()).unwrap_or(usize::MAX);
            let (part, behind) = rest.split_at(rest.len().min(room));
            self.chunk.update(part);
            self.filled += part.len() as u64;
            if self.room() == 0 {
                self.end_chunk();
            }
            rest = behind;
        }
    }

    /// Whether the chunk that the last byte completed is another than the list says.
    #[must_use]
    pub fn went_wrong(&self, list: &ChunkList) -> bool {
        let index = (self.hashes.len() as u64).checked_sub(1).filter(|_| self.filled == 0);
        index.is_some_and(|index| self.hashes.last() != list.get(index))
    }

    /// Takes back the chunk that the last byte belongs to, and says where it begins.
    pub fn take_back(&mut self) -> u64 {
        if self.filled == 0 {
            self.hashes.pop();
        }
        (self.chunk, self.filled) = (leaf_hasher(), 0);
        self.size()
    }

    /// The list. What is left is the last chunk.
    #[must_use]
    pub fn finish(mut self) -> ChunkList {
        if self.filled > 0 {
            self.end_chunk();
        }
        ChunkList(self.hashes)
    }

    fn end_chunk(&mut self) {
        let chunk = std::mem::replace(&mut self.chunk, leaf_hasher());
        self.hashes.push(chunk.finalize().into());
        self.filled = 0;
    }
}

/// Computes both digests of a document in one pass over its bytes.
#[derive(Clone, Debug, Default)]
pub struct DocumentHasher {
    whole: Sha256,
    /// What `whole` was when the last chunk began that had a byte.
    before: Sha256,
    chunks: ChunkHasher,
}

/// What [`DocumentHasher`] found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentHashes {
    /// SHA-256 of all bytes.
    pub sha256: Hash,
    /// Length in bytes.
    pub size: u64,
    /// The hashes of its chunks.
    pub chunks: ChunkList,
}

/// Where a [`DocumentHasher`] stood between two chunks, as bytes that outlive the process.
pub type Mark = SerializedState<Sha256>;

impl DocumentHasher {
    /// Goes on behind whole chunks: `mark` is what [`DocumentHasher::mark`] gave there. `None`: it
    /// is no such thing. That it belongs to these chunks shows only in the digest at the end.
    #[must_use]
    pub fn resume(mark: &[u8], hashes: &[Hash]) -> Option<Self> {
        let whole = Sha256::deserialize(&Mark::try_from(mark).ok()?).ok()?;
        Some(Self { before: whole.clone(), whole, chunks: ChunkHasher::behind(hashes) })
    }

    /// The hashes of the chunks so far.
    #[must_use]
    pub fn chunks(&self) -> &ChunkHasher {
        &self.chunks
    }

    /// Bytes taken in.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.chunks.size()
    }

    /// Takes the next bytes in.
    pub fn update(&mut self, bytes: &[u8]) {
        let mut rest = bytes;
        while !rest.is_empty() {
            let room = usize::try_from(self.chunks.room()).unwrap_or(usize::MAX);
            let (part, behind) = rest.split_at(rest.len().min(room));
            if self.chunks.filled == 0 {
                self.before = self.whole.clone();
            }
            self.whole.update(part);
            self.chunks.update(part);
            rest = behind;
        }
    }

    /// Takes back the chunk that the last byte belongs to, and says where it begins.
    pub fn take_back(&mut self) -> u64 {
        self.whole = self.before.clone();
        self.chunks.take_back()
    }

    /// Where it stands. `None` within a chunk.
    #[must_use]
    pub fn mark(&self) -> Option<Mark> {
        (self.chunks.filled == 0).then(|| self.whole.serialize())
    }

    /// Both digests. What is left is the last chunk.
    #[must_use]
    pub fn finish(self) -> DocumentHashes {
        let size = self.size();
        let sha256 = self.whole.finalize().into();
        DocumentHashes { sha256, size, chunks: self.chunks.finish() }
    }
}

/// Both digests of bytes that are all there.
#[must_use]
pub fn hashes_of(bytes: &[u8]) -> DocumentHashes {
    let mut hasher = DocumentHasher::default();
    hasher.update(bytes);
    hasher.finish()
}

/// As [`leaf_hash`], for a leaf that comes in parts.
fn leaf_hasher() -> Sha256 {
    Sha256::new_with_prefix([0])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::tlog::node_hash;
    use crate::tlog::proof::verify_inclusion;

    const SIZE: u64 = 3 * CHUNK_BYTES + 5;

    fn bytes_of(size: u64) -> Vec<u8> {
        (0..size).map(|n| (n / 7 + n / CHUNK_BYTES) as u8).collect()
    }

    #[test]
    fn a_document_has_the_digest_that_everybody_computes() {
        let bytes = bytes_of(SIZE);
        let hashes = hashes_of(&bytes);
        assert_eq!(hashes.sha256, <[u8; 32]>::from(Sha256::digest(&bytes)));
        assert_eq!((hashes.size, hashes.chunks.hashes().len()), (SIZE, 4));
        for (n, chunk) in bytes.chunks(CHUNK_BYTES as usize).enumerate() {
            assert_eq!(hashes.chunks.get(n as u64), Some(&leaf_hash(chunk)));
            assert!(hashes.chunks.holds(n as u64, chunk));
            assert!(!hashes.chunks.holds(n as u64 + 1, chunk));
        }
    }

    #[test]
    fn one_chunk_is_its_own_root() {
        let hashes = hashes_of(b"a small paper");
        assert_eq!(hashes.chunks.root(), leaf_hash(b"a small paper"));
        assert_eq!(ChunkList::of_one(hashes.chunks.root()), hashes.chunks);
    }

    #[test]
    fn a_list_is_read_only_with_its_root_and_length() {
        let list = hashes_of(&bytes_of(SIZE)).chunks;
        let (packed, root) = (list.packed(), list.root());
        assert_eq!(ChunkList::parse(packed, SIZE, &root), Ok(list.clone()));
        let short = ChunkList::parse(&packed[1..], SIZE, &root);
        assert_eq!(short, Err(ChunkListError::Length { chunks: 4, wanted: 128, given: 127 }));
        let fewer = ChunkList::parse(packed, 3 * CHUNK_BYTES, &root);
        assert_eq!(fewer, Err(ChunkListError::Length { chunks: 3, wanted: 96, given: 128 }));
        let mut other = packed.to_vec();
        other[0] ^= 1;
        assert_eq!(ChunkList::parse(&other, SIZE, &root), Err(ChunkListError::Root));
        let endless = ChunkList::parse(packed, u64::MAX, &root);
        assert!(matches!(endless, Err(ChunkListError::Length { .. })));
    }

    #[test]
    fn a_chunk_is_proven_as_a_leaf_of_the_log_is() {
        let list = hashes_of(&bytes_of(SIZE)).chunks;
        let [a, b, c, d] = *list.hashes() else { panic!("four chunks") };
        let path = [d, node_hash(&a, &b)];
        assert_eq!(verify_inclusion(&c, 2, 4, &path, &list.root()), Ok(()));
    }

    #[test]
    fn chunks_are_counted_from_the_size() {
        for (size, chunks) in [(0, 0), (1, 1), (CHUNK_BYTES, 1), (CHUNK_BYTES + 1, 2)] {
            assert_eq!(count(size), chunks, "{size}");
        }
        assert_eq!(length(SIZE, 0), CHUNK_BYTES);
        assert_eq!(length(SIZE, 3), 5);
        assert_eq!(length(SIZE, 4), 0);
        assert_eq!(length(u64::MAX, u64::MAX), 0);
    }

    #[test]
    fn a_hasher_goes_on_from_its_mark() {
        let bytes = bytes_of(SIZE);
        let (first, rest) = bytes.split_at(2 * CHUNK_BYTES as usize);
        let mut hasher = DocumentHasher::default();
        hasher.update(&first[..9]);
        assert_eq!(hasher.mark(), None);
        hasher.update(&first[9..]);
        let mark = hasher.mark().unwrap();
        let mut resumed = DocumentHasher::resume(&mark, hasher.chunks().hashes()).unwrap();
        assert_eq!(resumed.size(), 2 * CHUNK_BYTES);
        resumed.update(rest);
        assert_eq!(resumed.finish(), hashes_of(&bytes));
        assert!(DocumentHasher::resume(&mark[1..], hasher.chunks().hashes()).is_none());
    }

    #[test]
    fn a_chunk_is_taken_back_whole_or_under_way() {
        let bytes = bytes_of(SIZE);
        let mut hasher = DocumentHasher::default();
        hasher.update(&bytes[..CHUNK_BYTES as usize]);
        hasher.update(&vec![9; CHUNK_BYTES as usize]);
        assert_eq!(hasher.take_back(), CHUNK_BYTES);
        hasher.update(b"wrong");
        assert_eq!(hasher.take_back(), CHUNK_BYTES);
        hasher.update(&bytes[CHUNK_BYTES as usize..]);
        assert_eq!(hasher.finish(), hashes_of(&bytes));
        let mut hasher = DocumentHasher::default();
        hasher.update(b"wrong");
        assert_eq!(hasher.take_back(), 0);
        assert_eq!(hasher.finish(), hashes_of(b""));
    }

    proptest! {
        /// However the bytes are cut up on their way, the digests are the same.
        #[test]
        fn parts_of_any_length_give_the_same(
            size in 0..(2 * CHUNK_BYTES + 9),
            cuts in prop::collection::vec(1..CHUNK_BYTES as usize, 0..8),
        ) {
            let bytes = bytes_of(size);
            let mut hasher = DocumentHasher::default();
            let mut rest = bytes.as_slice();
            for cut in cuts {
                let (part, behind) = rest.split_at(cut.min(rest.len()));
                hasher.update(part);
                rest = behind;
            }
            hasher.update(rest);
            prop_assert_eq!(hasher.finish(), hashes_of(&bytes));
        }
    }
}
