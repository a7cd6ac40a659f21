//! Documents: whole or not at all, and never other bytes than their digest says.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use barid_proto::chunk::{self, CHUNK_BYTES, DocumentHashes, hashes_of};
use barid_proto::v1::Reason;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use super::staging::{MAX_PARTIALS, PARTIAL_AGE};
use super::{DocumentLimits, Documents, Held, Places, Scrubbed, Upload};
use crate::error::{Error, Refusal};
use crate::model::id::{DocumentDigest, InstitutionId};
use crate::model::row::DocumentRow;
use crate::store::contract::samples::{institution, paper};

mod bounds;
mod rot;
mod ways;

const TEXT: &[u8] = b"a document of some length, in two halves";
const SIZE: u64 = TEXT.len() as u64;
const CHUNK: usize = CHUNK_BYTES as usize;
/// Long enough for a mark, and not a whole number of chunks.
const LONG: u64 = 19 * CHUNK_BYTES + 77;

fn digest(bytes: &[u8]) -> DocumentDigest {
    DocumentDigest::new(Sha256::digest(bytes).into())
}

fn limits() -> DocumentLimits {
    DocumentLimits { reserve_bytes: 0, ..DocumentLimits::default() }
}

fn open(folder: &TempDir) -> Documents {
    Documents::open(folder.path(), &Places::default(), limits()).unwrap()
}

fn refusal<T>(answer: Result<T, Error>) -> Box<Refusal> {
    match answer {
        Err(Error::Refused(refusal)) => refusal,
        Err(Error::Failed(fault)) => panic!("failed: {}", fault.chain()),
        Ok(_) => panic!("not refused"),
    }
}

fn names(folder: &TempDir, under: &str) -> usize {
    fs::read_dir(folder.path().join(under)).unwrap().count()
}

fn plain(digest: DocumentDigest, size: u64) -> DocumentRow {
    DocumentRow { digest, size, chunk_root: None }
}

/// Begins an upload of [`TEXT`], or goes on with it.
fn upload(documents: &Documents, who: &str, offset: u64) -> Result<Upload, Error> {
    documents.upload(&institution(who), plain(digest(TEXT), SIZE), offset, 0)
}

fn held(documents: &Documents, who: &str, document: DocumentDigest) -> u64 {
    documents.held(&institution(who), document).unwrap().bytes
}

fn read(documents: &Documents, document: &DocumentRow) -> Vec<u8> {
    documents.read(document).unwrap().read_at(0, usize::MAX).unwrap()
}

/// A document of many chunks, none like another.
struct Long {
    bytes: Vec<u8>,
    hashes: DocumentHashes,
    row: DocumentRow,
}

impl Long {
    fn new() -> Self {
        let bytes: Vec<u8> = (0..LONG).map(|n| (n / CHUNK_BYTES + n % 251) as u8).collect();
        let hashes = hashes_of(&bytes);
        let chunk_root = Some(hashes.chunks.root());
        let row = DocumentRow { digest: digest(&bytes), size: LONG, chunk_root };
        Self { bytes, hashes, row }
    }

    fn begin(&self, documents: &Documents, offset: u64) -> Upload {
        documents.upload(&institution("north"), self.row, offset, 0).unwrap()
    }

    fn held(&self, documents: &Documents) -> Held {
        documents.held(&institution("north"), self.row.digest).unwrap()
    }

    /// Uploads all of it.
    fn place(&self, documents: &Documents) {
        let mut upload = self.begin(documents, 0);
        upload.take_hashes(self.hashes.chunks.packed()).unwrap();
        upload.write(&self.bytes).unwrap();
        assert_eq!(upload.finish().unwrap(), self.row);
    }

    fn path_in(&self, root: &Path, kind: &str) -> PathBuf {
        let hex = self.row.digest.to_string();
        root.join(kind).join(&hex[..2]).join(&hex[2..])
    }

    /// Flips one bit where the document lies.
    fn rot(&self, root: &Path, at: usize) {
        let path = self.path_in(root, "sha256");
        let mut bytes = fs::read(&path).unwrap();
        bytes[at] ^= 4;
        fs::write(path, bytes).unwrap();
    }
}

#[test]
fn an_upload_goes_on_where_it_broke_off() {
    let folder = TempDir::new().unwrap();
    let (first, second) = TEXT.split_at(17);
    let documents = open(&folder);
    let mut begun = upload(&documents, "north", 0).unwrap();
    begun.write(first).unwrap();
    // Nobody sees it before it is whole, and nobody else goes on with it.
    assert_eq!(documents.size(digest(TEXT)).unwrap(), None);
    assert_eq!(refusal(upload(&documents, "north", 17)).reason, Reason::TooMany);
    drop((begun, documents));

    let documents = open(&folder);
    assert_eq!(held(&documents, "north", digest(TEXT)), 17);
    assert_eq!(held(&documents, "south", digest(TEXT)), 0);
    assert_eq!(refusal(upload(&documents, "north", 16)).reason, Reason::RequestInvalid);
    let mut begun = upload(&documents, "north", 17).unwrap();
    assert_eq!(begun.held_bytes(), 17);
    begun.write(second).unwrap();
    let row = begun.finish().unwrap();
    assert_eq!(row.chunk_root, Some(barid_proto::tlog::leaf_hash(TEXT)));
    assert_eq!(documents.size(digest(TEXT)).unwrap(), Some(SIZE));
    assert_eq!(held(&documents, "north", digest(TEXT)), 0);
    assert_eq!(names(&folder, "partial"), 0);
    let reader = documents.read(&row).unwrap();
    assert_eq!(reader.size(), SIZE);
    assert_eq!(reader.read_at(0, 1000).unwrap(), TEXT);
    assert_eq!(reader.read_at(17, 3).unwrap(), &second[..3]);
    assert!(reader.read_at(SIZE, 3).unwrap().is_empty());
    assert!(reader.read_at(u64::MAX, 3).unwrap().is_empty());
    // So it is for books from before there were roots.
    assert_eq!(read(&documents, &plain(digest(TEXT), SIZE)), TEXT);
    assert_eq!(documents.whole(digest(TEXT), 40).unwrap().as_deref(), Some(TEXT));
    assert_eq!(documents.whole(digest(TEXT), 39).unwrap(), None);
    assert_eq!(documents.whole(digest(b"other"), 39).unwrap(), None);
}

#[test]
fn an_upload_can_begin_anew() {
    let folder = TempDir::new().unwrap();
    let documents = open(&folder);
    upload(&documents, "north", 0).unwrap().write(b"wrong").unwrap();
    let mut begun = upload(&documents, "north", 0).unwrap();
    assert_eq!(begun.held_bytes(), 0);
    begun.write(TEXT).unwrap();
    begun.finish().unwrap();
    // A second institution uploads the same, and has to send all of it.
    let mut begun = upload(&documents, "south", 0).unwrap();
    begun.write(&TEXT[..5]).unwrap();
    assert_eq!(refusal(begun.finish()).reason, Reason::RequestInvalid);
    assert_eq!(held(&documents, "south", digest(TEXT)), 5);
}

#[test]
fn other_bytes_are_not_kept() {
    let folder = TempDir::new().unwrap();
    let documents = open(&folder);
    let begin = || documents.upload(&institution("north"), plain(digest(TEXT), 5), 0, 0).unwrap();
    let mut begun = begin();
    begun.write(b"wrong").unwrap();
    assert_eq!(refusal(begun.finish()).reason, Reason::DigestMismatch);
    assert_eq!(held(&documents, "north", digest(TEXT)), 0);
    assert_eq!(refusal(begin().write(b"longer")).reason, Reason::DigestMismatch);
    assert_eq!(names(&folder, "partial"), 0);
    assert_eq!(documents.size(digest(TEXT)).unwrap(), None);
}

#[test]
fn a_wrong_chunk_is_found_when_it_comes_and_sent_again_alone() {
    let folder = TempDir::new().unwrap();
    let documents = open(&folder);
    let long = Long::new();
    let mut upload = long.begin(&documents, 0);
    let early = refusal(upload.write(&long.bytes[..9]));
    assert_eq!(early.reason, Reason::RequestInvalid);
    // The list may come in parts.
    let (first, second) = long.hashes.chunks.packed().split_at(100);
    upload.take_hashes(first).unwrap();
    assert!(upload.awaits_list());
    upload.take_hashes(second).unwrap();
    assert!(upload.has_list());
    let mut wrong = long.bytes[..3 * CHUNK].to_vec();
    wrong[2 * CHUNK + 9] ^= 1;
    let refused = refusal(upload.write(&wrong));
    assert_eq!(refused.reason, Reason::DigestMismatch);
    assert!(refused.text.contains("Chunk 2, bytes 2097152 to 3145728"), "{}", refused.text);
    assert_eq!(upload.held_bytes(), 2 * CHUNK_BYTES);
    drop(upload);
    // Another process goes on: the list is held, and so is what was right.
    let documents = open(&folder);
    assert_eq!(long.held(&documents), Held { bytes: 2 * CHUNK_BYTES, list: true });
    let mut upload = long.begin(&documents, 2 * CHUNK_BYTES);
    assert!(upload.has_list());
    upload.write(&long.bytes[2 * CHUNK..]).unwrap();
    upload.finish().unwrap();
    assert_eq!(read(&documents, &long.row), long.bytes);
    assert_eq!(names(&folder, "partial"), 0);
}

#[test]
fn the_last_chunk_is_compared_too() {
    let folder = TempDir::new().unwrap();
    let documents = open(&folder);
    let long = Long::new();
    let mut upload = long.begin(&documents, 0);
    upload.take_hashes(long.hashes.chunks.packed()).unwrap();
    let mut wrong = long.bytes.clone();
    *wrong.last_mut().unwrap() ^= 1;
    upload.write(&wrong).unwrap();
    let refused = refusal(upload.finish());
    assert_eq!(refused.reason, Reason::DigestMismatch);
    assert_eq!(long.held(&documents).bytes, 19 * CHUNK_BYTES);
    let mut upload = long.begin(&documents, 19 * CHUNK_BYTES);
    upload.write(&long.bytes[19 * CHUNK..]).unwrap();
    upload.finish().unwrap();
}

#[test]
fn what_a_power_cut_spoilt_is_found_before_an_upload_goes_on() {
    let folder = TempDir::new().unwrap();
    let documents = open(&folder);
    let long = Long::new();
    let mut upload = long.begin(&documents, 0);
    upload.take_hashes(long.hashes.chunks.packed()).unwrap();
    upload.write(&long.bytes[..18 * CHUNK + 5]).unwrap();
    drop(upload);
    let partial = folder.path().join("partial").join(format!("north.{}", long.row.digest));
    let mut bytes = fs::read(&partial).unwrap();
    // Behind the mark, which is at 16 chunks.
    bytes[17 * CHUNK + 1] ^= 1;
    fs::write(&partial, &bytes).unwrap();
    let begin = |offset| documents.upload(&institution("north"), long.row, offset, 0);
    let refused = refusal(begin(18 * CHUNK_BYTES + 5));
    assert!(refused.text.contains("goes on at byte 17825792"), "{}", refused.text);
    assert_eq!(long.held(&documents).bytes, 17 * CHUNK_BYTES);
    // A mark that is broken, or ahead of what is there, is no mark.
    let mark = partial.with_added_extension("mark");
    for broken in [&b""[..], &[0; 9], &[0xff; 300]] {
        fs::write(&mark, broken).unwrap();
        assert_eq!(begin(17 * CHUNK_BYTES).unwrap().held_bytes(), 17 * CHUNK_BYTES);
    }
    let mut upload = begin(17 * CHUNK_BYTES).unwrap();
    upload.write(&long.bytes[17 * CHUNK..]).unwrap();
    upload.finish().unwrap();
    assert_eq!(read(&documents, &long.row), long.bytes);
}

#[test]
fn an_upload_goes_on_from_its_mark() {
    let folder = TempDir::new().unwrap();
    let documents = open(&folder);
    let long = Long::new();
    let mut upload = long.begin(&documents, 0);
    upload.take_hashes(long.hashes.chunks.packed()).unwrap();
    upload.write(&long.bytes[..16 * CHUNK]).unwrap();
    drop(upload);
    // What lies before the mark is not read again: were it, this would be found.
    let partial = folder.path().join("partial").join(format!("north.{}", long.row.digest));
    let mut bytes = fs::read(&partial).unwrap();
    bytes[7] ^= 1;
    fs::write(&partial, &bytes).unwrap();
    let mut upload = long.begin(&documents, 16 * CHUNK_BYTES);
    upload.write(&long.bytes[16 * CHUNK..]).unwrap();
    upload.finish().unwrap();
    // It is found when it is read.
    let reader = documents.read(&long.row).unwrap();
    reader.read_at(0, 1).unwrap_err();
    assert_eq!(reader.read_at(CHUNK_BYTES, 9).unwrap(), long.bytes[CHUNK..CHUNK + 9]);
}

#[test]
fn a_list_that_is_not_the_documents_is_refused() {
    let folder = TempDir::new().unwrap();
    let documents = open(&folder);
    let long = Long::new();
    let packed = long.hashes.chunks.packed();
    let mut other = packed.to_vec();
    other[40] ^= 1;
    let reason = |hashes: &[u8]| refusal(long.begin(&documents, 0).take_hashes(hashes)).reason;
    assert_eq!(reason(&other), Reason::DigestMismatch);
    assert_eq!(reason(&[packed, &[0; 32]].concat()), Reason::RequestInvalid);
    let mut upload = long.begin(&documents, 0);
    upload.take_hashes(packed).unwrap();
    assert_eq!(refusal(upload.take_hashes(packed)).reason, Reason::RequestInvalid);
    drop(upload);
    // One that fits a root, and a digest that does not fit them.
    let lying = DocumentRow { digest: paper(7), ..long.row };
    let mut upload = documents.upload(&institution("north"), lying, 0, 0).unwrap();
    upload.take_hashes(packed).unwrap();
    upload.write(&long.bytes).unwrap();
    assert_eq!(refusal(upload.finish()).reason, Reason::DigestMismatch);
    assert_eq!(held(&documents, "north", paper(7)), 0);
}

#[test]
fn what_is_destroyed_is_gone_with_all_that_was_begun() {
    let folder = TempDir::new().unwrap();
    let second = TempDir::new().unwrap();
    let places = Places { second: Some(second.path().to_owned()), ..Places::default() };
    let documents = Documents::open(folder.path(), &places, limits()).unwrap();
    documents.keep(TEXT).unwrap();
    documents.keep(b"another").unwrap();
    let mut begun = upload(&documents, "north", 0).unwrap();
    begun.write(&TEXT[..9]).unwrap();
    drop(begun);
    assert_ne!(names(&folder, "partial"), 0);
    for _ in 0..2 {
        documents.destroy(digest(TEXT)).unwrap();
        assert_eq!(documents.size(digest(TEXT)).unwrap(), None);
        assert_eq!(names(&folder, "partial"), 0);
    }
    assert_eq!(documents.held(&institution("north"), digest(TEXT)).unwrap(), Held::default());
    assert_eq!(documents.size(digest(b"another")).unwrap(), Some(7));
    assert!(!documents.is_lost(digest(TEXT)));
}
