//! A document on its way to the disk: each chunk compared before the next one is asked for.

use std::fs::{File, OpenOptions};
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use barid_proto::chunk::{ChunkHasher, ChunkList, DocumentHasher};

use crate::error::LocalError;
use crate::outbox::BLOCK_BYTES;

/// What a download is compared with.
#[derive(Debug, Clone)]
pub(super) struct Expected {
    /// SHA-256 of the whole.
    pub(super) sha256: [u8; 32],
    /// Length in bytes.
    pub(super) size: u64,
    /// The hashes of its chunks; `None` from a hub that has none.
    pub(super) list: Option<ChunkList>,
    /// Whether the root of the list is one that somebody signed: then the list is proof enough.
    pub(super) proven: bool,
}

/// The part of a document that lies beside the place it is for.
pub(super) struct Part {
    opened: File,
    path: PathBuf,
    expected: Expected,
    hasher: Hasher,
}

/// What the bytes go through: as little as proves them.
enum Hasher {
    /// The list proves all.
    Chunks(ChunkHasher),
    /// Only the whole proves anything.
    Whole(Box<DocumentHasher>),
}

/// What became of bytes that came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Taken {
    /// They are right as far as can be said.
    Right,
    /// The chunk of this number is wrong. It was dropped, and what came before it was not.
    Wrong(u64),
}

/// Attempts since a download last came further.
#[derive(Debug, Default)]
pub(super) struct Attempts {
    /// Those that broke off.
    pub(super) failed: u32,
    /// Those in which a chunk was wrong.
    pub(super) wrong: u32,
}

impl Hasher {
    fn update(&mut self, bytes: &[u8]) {
        match self {
            Self::Chunks(chunks) => chunks.update(bytes),
            Self::Whole(whole) => whole.update(bytes),
        }
    }

    fn chunks(&self) -> &ChunkHasher {
        match self {
            Self::Chunks(chunks) => chunks,
            Self::Whole(whole) => whole.chunks(),
        }
    }

    fn take_back(&mut self) -> u64 {
        match self {
            Self::Chunks(chunks) => chunks.take_back(),
            Self::Whole(whole) => whole.take_back(),
        }
    }
}

impl Part {
    /// Opens what lies there, and keeps of it what is right.
    pub(super) fn open(path: &Path, expected: Expected) -> Result<Self, LocalError> {
        let mut options = OpenOptions::new();
        let opening = options.create(true).truncate(false).read(true).write(true).open(path);
        let opened = opening.map_err(LocalError::at(path))?;
        let hasher = if expected.proven {
            Hasher::Chunks(ChunkHasher::default())
        } else {
            Hasher::Whole(Box::default())
        };
        let mut part = Self { opened, path: path.to_owned(), expected, hasher };
        part.recover()?;
        Ok(part)
    }

    /// Hashes what lies there, up to the first chunk that is wrong.
    fn recover(&mut self) -> Result<(), LocalError> {
        let mut block = vec![0; BLOCK_BYTES];
        loop {
            let read = self.opened.read(&mut block).map_err(LocalError::at(&self.path))?;
            let Some(bytes) = block.get(..read).filter(|bytes| !bytes.is_empty()) else {
                return Ok(());
            };
            if self.hash(bytes) != Taken::Right || self.held() > self.expected.size {
                if self.held() > self.expected.size {
                    self.hasher.take_back();
                }
                return self.cut();
            }
        }
    }

    /// Bytes that are there, and right as far as can be said.
    pub(super) fn held(&self) -> u64 {
        self.hasher.chunks().size()
    }

    /// Takes the next bytes.
    pub(super) fn take(&mut self, bytes: &[u8]) -> Result<Taken, LocalError> {
        self.opened.write_all(bytes).map_err(LocalError::at(&self.path))?;
        let taken = self.hash(bytes);
        if taken != Taken::Right {
            self.cut()?;
        }
        Ok(taken)
    }

    /// Makes it durable and says whether it is what was asked for; one that is not is dropped.
    pub(super) fn finish(mut self) -> Result<Taken, LocalError> {
        self.opened.sync_all().map_err(LocalError::at(&self.path))?;
        let index = self.hasher.chunks().hashes().len() as u64;
        let (right, whole) = match self.hasher.clone_finished() {
            (list, None) => (Some(&list) == self.expected.list.as_ref(), false),
            (list, Some(sha256)) => {
                let listed = self.expected.list.as_ref().is_none_or(|expected| *expected == list);
                (listed && sha256 == self.expected.sha256, listed)
            }
        };
        if right {
            return Ok(Taken::Right);
        }
        if whole {
            // Chunk by chunk as the hub said, and still another document: nothing of it is right.
            std::fs::remove_file(&self.path).map_err(LocalError::at(&self.path))?;
            return Err(LocalError::content(&self.path, "the hub sent bytes of another digest"));
        }
        self.hasher.take_back();
        self.cut()?;
        Ok(Taken::Wrong(index))
    }

    fn hash(&mut self, bytes: &[u8]) -> Taken {
        let mut rest = bytes;
        while !rest.is_empty() {
            let room = usize::try_from(self.hasher.chunks().room()).unwrap_or(usize::MAX);
            let (part, behind) = rest.split_at(rest.len().min(room));
            self.hasher.update(part);
            let list = self.expected.list.as_ref();
            if list.is_some_and(|list| self.hasher.chunks().went_wrong(list)) {
                self.hasher.take_back();
                return Taken::Wrong(self.hasher.chunks().hashes().len() as u64);
            }
            rest = behind;
        }
        Taken::Right
    }

    /// Drops what lies behind the bytes that count.
    fn cut(&mut self) -> Result<(), LocalError> {
        let held = self.held();
        let cut = self.opened.set_len(held).and_then(|()| self.opened.seek(SeekFrom::Start(held)));
        cut.map_err(LocalError::at(&self.path)).map(drop)
    }
}

impl Hasher {
    /// The list of all chunks, and the SHA-256 of the whole where it was computed.
    fn clone_finished(&self) -> (ChunkList, Option<[u8; 32]>) {
        match self {
            Self::Chunks(chunks) => (chunks.clone().finish(), None),
            Self::Whole(whole) => {
                let found = DocumentHasher::clone(whole).finish();
                (found.chunks, Some(found.sha256))
            }
        }
    }
}
