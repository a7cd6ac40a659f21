//! Documents that come in pieces, from several sticks, in any order: put together when all is
//! there.

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write as _};
use std::path::{Path, PathBuf};

use barid_proto::tlog::Hash;
use sha2::{Digest as _, Sha256};

use super::StickError;
use crate::disk;
use crate::hex;

/// Read at once.
const BLOCK_BYTES: usize = 256 * 1024;

/// A folder of documents by digest, and of pieces of them.
#[derive(Debug, Clone)]
pub struct Pieces {
    folder: PathBuf,
}

impl Pieces {
    /// Keeps them in `folder`, which is made when it is not there.
    ///
    /// # Errors
    /// [`StickError::Client`].
    pub fn open(folder: &Path) -> Result<Self, StickError> {
        disk::make_folder(folder)?;
        Ok(Self { folder: folder.to_owned() })
    }

    /// Where the whole document lies; `None`: not all of it is here.
    #[must_use]
    pub fn whole(&self, sha256: &Hash) -> Option<PathBuf> {
        let place = self.folder.join(hex::encode(sha256));
        place.exists().then_some(place)
    }

    /// Takes a piece in. Durable when this returns.
    pub(super) fn take(
        &self,
        sha256: &Hash,
        offset: u64,
        from: &mut impl Read,
    ) -> Result<(), StickError> {
        if self.whole(sha256).is_some() {
            // Read to its end all the same: what comes behind it has to be where it is.
            std::io::copy(from, &mut std::io::sink()).map_err(StickError::reading)?;
            return Ok(());
        }
        let place = self.folder.join(format!("{}.{offset:016}", hex::encode(sha256)));
        let beside = place.with_added_extension("unfinished");
        let mut file = File::create(&beside).map_err(StickError::at(&beside))?;
        let mut block = vec![0; BLOCK_BYTES];
        loop {
            let read = from.read(&mut block).map_err(StickError::reading)?;
            let Some(part) = block.get(..read).filter(|part| !part.is_empty()) else { break };
            file.write_all(part).map_err(StickError::at(&beside))?;
        }
        file.sync_all().map_err(StickError::at(&beside))?;
        Ok(disk::rename(&beside, &place)?)
    }

    /// Puts the pieces of a document together, as far as they are here. `Some`: all of it is, and
    /// has its digest. What has another digest is thrown away, and would have to come again.
    ///
    /// # Errors
    /// [`StickError::Path`].
    pub fn join(&self, sha256: &Hash, size: u64) -> Result<Option<PathBuf>, StickError> {
        if let Some(place) = self.whole(sha256) {
            return Ok(Some(place));
        }
        let pieces = self.pieces_of(sha256)?;
        let Some((0, first)) = pieces.first() else { return Ok(None) };
        let mut length = fs::metadata(first).map_err(StickError::at(first))?.len();
        for (offset, piece) in pieces.iter().skip(1) {
            let own = fs::metadata(piece).map_err(StickError::at(piece))?.len();
            if *offset > length {
                return Ok(None);
            }
            // A crash may have left a part of it behind the first already.
            let known = length - offset;
            if known < own {
                append(first, piece, known)?;
                length += own - known;
            }
            disk::remove(piece)?;
        }
        if length < size {
            return Ok(None);
        }
        if length > size || digest_of(first)? != *sha256 {
            disk::remove(first)?;
            return Ok(None);
        }
        let place = self.folder.join(hex::encode(sha256));
        disk::rename(first, &place)?;
        Ok(Some(place))
    }

    /// Removes a document that is not needed any more.
    ///
    /// # Errors
    /// [`StickError::Client`].
    pub fn forget(&self, sha256: &Hash) -> Result<(), StickError> {
        Ok(disk::remove(&self.folder.join(hex::encode(sha256)))?)
    }

    /// Pieces of a document by where they begin.
    fn pieces_of(&self, sha256: &Hash) -> Result<Vec<(u64, PathBuf)>, StickError> {
        let name = hex::encode(sha256);
        let mut pieces = Vec::new();
        for path in disk::finished(&self.folder)? {
            let own = path.file_name().and_then(|own| own.to_str()?.strip_prefix(&name));
            let offset = own.and_then(|own| own.strip_prefix('.')?.parse().ok());
            pieces.extend(offset.map(|offset| (offset, path.clone())));
        }
        pieces.sort();
        Ok(pieces)
    }
}

/// Appends what a piece has behind its first `known` bytes.
fn append(first: &Path, piece: &Path, known: u64) -> Result<(), StickError> {
    use std::io::{Seek as _, SeekFrom};
    let mut from = File::open(piece).map_err(StickError::at(piece))?;
    from.seek(SeekFrom::Start(known)).map_err(StickError::at(piece))?;
    let mut to = OpenOptions::new().append(true).open(first).map_err(StickError::at(first))?;
    std::io::copy(&mut from, &mut to).map_err(StickError::at(first))?;
    to.sync_all().map_err(StickError::at(first))
}

fn digest_of(path: &Path) -> Result<Hash, StickError> {
    let mut file = File::open(path).map_err(StickError::at(path))?;
    let (mut hasher, mut block) = (Sha256::new(), vec![0; BLOCK_BYTES]);
    loop {
        let read = file.read(&mut block).map_err(StickError::at(path))?;
        match block.get(..read).filter(|part| !part.is_empty()) {
            Some(part) => hasher.update(part),
            None => return Ok(hasher.finalize().into()),
        }
    }
}
