//! Sealing and opening documents on this machine, segment by segment: of any size, in the memory of
//! two segments.

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write as _};
use std::path::{Path, PathBuf};

use barid_proto::chunk::DocumentHasher;
use barid_proto::sealed::{
    DocumentKey, HEADER_BYTES, MEDIA_TYPE, SEGMENT_BYTES, SealedError, SegmentOpener,
    SegmentSealer, TAG_BYTES, VERSION, seal_description,
};
use barid_proto::v1::{Exhibit, SealedDescription, SealedExhibit};
use sha2::{Digest as _, Sha256};

use crate::disk;
use crate::draft::{self, ByteSource, HashedDocument};
use crate::error::{LocalError, SealedFault};
use crate::source::Source;

/// A document that was sealed.
#[derive(Debug)]
pub struct SealedDocument {
    /// What an envelope says about it; number, digest and length are for the draft to fill in.
    pub described: Exhibit,
    /// The ciphertext, at the path that was given.
    pub document: HashedDocument,
    /// Its key.
    pub key: DocumentKey,
}

/// Seals the document at `path` into `into`. Its name becomes its title, which only those read who
/// can open it.
///
/// # Errors
/// [`LocalError::Disk`], [`LocalError::Randomness`], [`LocalError::Sealed`]; and
/// [`LocalError::Content`] for an empty document.
pub fn seal_at(
    path: &Path,
    into: &Path,
    source: &dyn Source,
) -> Result<SealedDocument, LocalError> {
    let mut secret = [0; 32];
    source.fill(&mut secret)?;
    let key = DocumentKey::new(secret);
    let mut sealer = SegmentSealer::new(&key).map_err(SealedFault::from)?;
    let mut from = File::open(path).map_err(LocalError::at(path))?;
    let mut to = File::create(into).map_err(LocalError::at(into))?;
    let (mut whole, mut plain) = (DocumentHasher::default(), Sha256::new());
    let mut put = |bytes: &[u8]| {
        whole.update(bytes);
        to.write_all(bytes).map_err(LocalError::at(into))
    };
    put(sealer.header())?;
    let mut size = 0;
    let mut segment = read_up_to(&mut from, sealer.room()).map_err(LocalError::at(path))?;
    if segment.is_empty() {
        return Err(LocalError::content(path, "it is empty"));
    }
    while !segment.is_empty() {
        plain.update(&segment);
        size += segment.len() as u64;
        let full = SEGMENT_BYTES - TAG_BYTES;
        // Which one is the last shows only when nothing comes behind it.
        let next = read_up_to(&mut from, full).map_err(LocalError::at(path))?;
        sealer.seal(&mut segment, next.is_empty()).map_err(SealedFault::from)?;
        put(&segment)?;
        segment = next;
    }
    to.sync_all().map_err(LocalError::at(into))?;
    let title = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    let description = SealedDescription {
        title,
        media_type: draft::media_type(path).to_owned(),
        size_bytes: size,
        sha256: plain.finalize().to_vec(),
        ..SealedDescription::default()
    };
    let sealed = SealedExhibit {
        version: VERSION,
        key_commitment: key.commitment().map_err(SealedFault::from)?.to_vec(),
        description: seal_description(&key, &description).map_err(SealedFault::from)?,
    };
    let media_type = MEDIA_TYPE.to_owned();
    let described = Exhibit { media_type, sealed: Some(sealed), ..Exhibit::default() };
    let document = HashedDocument::of(whole.finish(), ByteSource::At(into.to_owned()));
    Ok(SealedDocument { described, document, key })
}

/// Opens the sealed document at `sealed` into `path`, which appears when everything was compared:
/// each segment, and the whole with the digest in its description.
///
/// # Errors
/// [`LocalError::Disk`], [`LocalError::Sealed`]; nothing of the plaintext is left then.
pub fn open_at(
    sealed: &Path,
    key: &DocumentKey,
    description: &SealedDescription,
    path: &Path,
) -> Result<(), LocalError> {
    let beside = path.with_added_extension("opening");
    let opened = open_into(sealed, key, description, &beside);
    match opened {
        Ok(()) => disk::rename(&beside, path),
        Err(error) => {
            let _gone = fs::remove_file(&beside);
            Err(error)
        }
    }
}

fn open_into(
    sealed: &Path,
    key: &DocumentKey,
    description: &SealedDescription,
    beside: &Path,
) -> Result<(), LocalError> {
    let mut from = File::open(sealed).map_err(LocalError::at(sealed))?;
    let size = from.metadata().map_err(LocalError::at(sealed))?.len();
    let begin = read_up_to(&mut from, HEADER_BYTES).map_err(LocalError::at(sealed))?;
    let opener = SegmentOpener::new(key, &begin, size).map_err(SealedFault::from)?;
    let mut to = private(beside).map_err(LocalError::at(beside))?;
    let mut hasher = Sha256::new();
    let layout = opener.layout();
    for index in 0..layout.segments() {
        let range = layout.segment(index);
        let length = usize::try_from(range.end - range.start).unwrap_or(SEGMENT_BYTES);
        let mut segment = read_up_to(&mut from, length).map_err(LocalError::at(sealed))?;
        if segment.len() < length {
            return Err(SealedFault::from(SealedError::Truncated).into());
        }
        let plain = opener.open(index, &mut segment).map_err(SealedFault::from)?;
        hasher.update(plain);
        to.write_all(plain).map_err(LocalError::at(beside))?;
    }
    if hasher.finalize().as_slice() != description.sha256 {
        return Err(SealedFault::OtherPlaintext.into());
    }
    to.sync_all().map_err(LocalError::at(beside))
}

/// A new document that only its owner can read.
fn private(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// As many bytes as there are, up to `length`.
fn read_up_to(from: &mut impl Read, length: usize) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(length + TAG_BYTES);
    from.take(length as u64).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Copies of ciphertext that go away when this does: the outbox has its own by then.
#[derive(Debug, Default)]
pub struct Copies(Vec<PathBuf>);

impl Copies {
    /// Remembers one.
    pub(crate) fn add(&mut self, path: PathBuf) {
        self.0.push(path);
    }
}

impl Drop for Copies {
    fn drop(&mut self) {
        for path in &self.0 {
            let _gone = fs::remove_file(path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Machine;
    use barid_proto::sealed::{Layout, open_description};

    fn sealed(folder: &Path, plain: &[u8]) -> (SealedDocument, SealedDescription) {
        let path = folder.join("شاهد.mp4");
        fs::write(&path, plain).unwrap();
        let sealed = seal_at(&path, &folder.join("sealed"), &Machine).unwrap();
        let told = sealed.described.sealed.clone().unwrap();
        let description = open_description(&sealed.key, &told.description).unwrap();
        (sealed, description)
    }

    #[test]
    fn a_document_is_sealed_and_opened_in_segments() {
        let folder = tempfile::tempdir().unwrap();
        for length in [1, SEGMENT_BYTES, 3 * SEGMENT_BYTES + 7] {
            let plain: Vec<u8> = (0..length).map(|at| (at / 7) as u8).collect();
            let (sealed, description) = sealed(folder.path(), &plain);
            assert_eq!(description.title, "شاهد.mp4");
            assert_eq!(description.size_bytes, length as u64);
            assert_eq!(sealed.described.title, "");
            let layout = Layout::for_plaintext(length as u64).unwrap();
            assert_eq!(sealed.document.size_bytes, layout.size());
            let to = folder.path().join("opened");
            open_at(&folder.path().join("sealed"), &sealed.key, &description, &to).unwrap();
            assert!(fs::read(&to).unwrap() == plain, "{length}");
        }
    }

    #[test]
    fn what_does_not_open_leaves_no_plaintext() {
        let folder = tempfile::tempdir().unwrap();
        let (sealed, description) = sealed(folder.path(), &vec![7; 3 * SEGMENT_BYTES]);
        let (ciphertext, to) = (folder.path().join("sealed"), folder.path().join("opened"));
        let other = SealedDescription { sha256: vec![0; 32], ..description.clone() };
        let refused = open_at(&ciphertext, &sealed.key, &other, &to).unwrap_err();
        assert!(matches!(refused, LocalError::Sealed(SealedFault::OtherPlaintext)), "{refused}");
        let mut bytes = fs::read(&ciphertext).unwrap();
        bytes[2 * SEGMENT_BYTES + 5] ^= 1;
        fs::write(&ciphertext, bytes).unwrap();
        let refused = open_at(&ciphertext, &sealed.key, &description, &to).unwrap_err();
        let wanted = SealedFault::from(SealedError::Segment(2)).to_string();
        assert_eq!(refused.to_string(), wanted);
        let left: Vec<_> = fs::read_dir(folder.path()).unwrap().flatten().collect();
        assert_eq!(left.len(), 2, "the document and its ciphertext: {left:?}");
    }
}
