//! Documents: whole or not at all, and never other bytes than their digest says.

use std::fs;
use std::time::{Duration, SystemTime};

use barid_proto::v1::Reason;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use super::{Documents, MAX_DOCUMENT_BYTES, MAX_PARTIALS, PARTIAL_AGE};
use crate::error::{Error, Refusal};
use crate::model::id::DocumentDigest;
use crate::store::contract::samples::{institution, paper};

const TEXT: &[u8] = b"a document of some length, in two halves";

fn digest(bytes: &[u8]) -> DocumentDigest {
    DocumentDigest::new(Sha256::digest(bytes).into())
}

fn refusal<T: std::fmt::Debug>(answer: Result<T, Error>) -> Box<Refusal> {
    match answer {
        Err(Error::Refused(refusal)) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

fn names(folder: &TempDir, under: &str) -> usize {
    fs::read_dir(folder.path().join(under)).unwrap().count()
}

#[test]
fn an_upload_goes_on_where_it_broke_off() {
    let folder = TempDir::new().unwrap();
    let (north, size) = (institution("north"), TEXT.len() as u64);
    let (first, second) = TEXT.split_at(17);
    let documents = Documents::open(folder.path()).unwrap();
    let mut upload = documents.upload(&north, digest(TEXT), size, 0).unwrap();
    upload.write(first).unwrap();
    // Nobody sees it before it is whole, and nobody else goes on with it.
    assert_eq!(documents.size(digest(TEXT)).unwrap(), None);
    let busy = refusal(documents.upload(&north, digest(TEXT), size, 17));
    assert_eq!(busy.reason, Reason::TooMany);
    drop((upload, documents));

    let documents = Documents::open(folder.path()).unwrap();
    assert_eq!(documents.held_bytes(&north, digest(TEXT)).unwrap(), 17);
    assert_eq!(documents.held_bytes(&institution("south"), digest(TEXT)).unwrap(), 0);
    let elsewhere = refusal(documents.upload(&north, digest(TEXT), size, 16));
    assert_eq!(elsewhere.reason, Reason::RequestInvalid);
    let mut upload = documents.upload(&north, digest(TEXT), size, 17).unwrap();
    assert_eq!(upload.held_bytes(), 17);
    upload.write(second).unwrap();
    upload.finish().unwrap();
    assert_eq!(documents.size(digest(TEXT)).unwrap(), Some(size));
    assert_eq!(documents.held_bytes(&north, digest(TEXT)).unwrap(), 0);
    assert_eq!(names(&folder, "partial"), 0);
    let reader = documents.read(digest(TEXT)).unwrap().unwrap();
    assert_eq!(reader.size(), size);
    assert_eq!(reader.read_at(0, 1000).unwrap(), TEXT);
    assert_eq!(reader.read_at(17, 3).unwrap(), &second[..3]);
    assert!(reader.read_at(size, 3).unwrap().is_empty());
    assert!(reader.read_at(u64::MAX, 3).unwrap().is_empty());
}

#[test]
fn an_upload_can_begin_anew() {
    let folder = TempDir::new().unwrap();
    let documents = Documents::open(folder.path()).unwrap();
    let north = institution("north");
    let size = TEXT.len() as u64;
    documents.upload(&north, digest(TEXT), size, 0).unwrap().write(b"wrong").unwrap();
    let mut upload = documents.upload(&north, digest(TEXT), size, 0).unwrap();
    assert_eq!(upload.held_bytes(), 0);
    upload.write(TEXT).unwrap();
    upload.finish().unwrap();
    // A second institution uploads the same, and has to send all of it.
    let mut upload = documents.upload(&institution("south"), digest(TEXT), size, 0).unwrap();
    upload.write(&TEXT[..5]).unwrap();
    let short = refusal(upload.finish());
    assert_eq!(short.reason, Reason::RequestInvalid);
    assert_eq!(documents.held_bytes(&institution("south"), digest(TEXT)).unwrap(), 5);
}

#[test]
fn other_bytes_are_not_kept() {
    let folder = TempDir::new().unwrap();
    let documents = Documents::open(folder.path()).unwrap();
    let north = institution("north");
    let mut upload = documents.upload(&north, digest(TEXT), 5, 0).unwrap();
    upload.write(b"wrong").unwrap();
    assert_eq!(refusal(upload.finish()).reason, Reason::DigestMismatch);
    assert_eq!(documents.held_bytes(&north, digest(TEXT)).unwrap(), 0);
    let mut upload = documents.upload(&north, digest(TEXT), 5, 0).unwrap();
    assert_eq!(refusal(upload.write(b"longer")).reason, Reason::DigestMismatch);
    assert_eq!(names(&folder, "partial"), 0);
    assert_eq!(documents.size(digest(TEXT)).unwrap(), None);
}

#[test]
fn rotten_bytes_are_a_fault() {
    let folder = TempDir::new().unwrap();
    let documents = Documents::open(folder.path()).unwrap();
    let mut upload = documents.upload(&institution("north"), digest(TEXT), 40, 0).unwrap();
    upload.write(TEXT).unwrap();
    upload.finish().unwrap();
    let path = documents.complete_path(digest(TEXT));
    let mut bytes = fs::read(&path).unwrap();
    bytes[39] ^= 1;
    fs::write(&path, bytes).unwrap();
    let fault = documents.read(digest(TEXT)).unwrap_err();
    assert!(fault.chain().contains("does not hold the bytes of its name"), "{}", fault.chain());
    assert!(documents.read(digest(b"other")).unwrap().is_none());
}

#[test]
fn sizes_and_numbers_are_bounded() {
    let folder = TempDir::new().unwrap();
    let documents = Documents::open(folder.path()).unwrap();
    let north = institution("north");
    for size in [0, MAX_DOCUMENT_BYTES + 1] {
        let refused = refusal(documents.upload(&north, paper(0), size, 0));
        assert_eq!(refused.reason, Reason::TooLarge);
    }
    for n in 0..MAX_PARTIALS as u64 {
        documents.upload(&north, paper(n), 9, 0).unwrap().write(b"x").unwrap();
    }
    let refused = refusal(documents.upload(&north, paper(9999), 9, 0));
    assert_eq!(refused.reason, Reason::TooMany);
    // One that was begun goes on; another institution has its own room.
    documents.upload(&north, paper(3), 9, 1).unwrap();
    documents.upload(&institution("south"), paper(3), 9, 0).unwrap();
}

#[test]
fn what_nobody_goes_on_with_is_given_up() {
    let folder = TempDir::new().unwrap();
    let documents = Documents::open(folder.path()).unwrap();
    documents.upload(&institution("north"), paper(1), 9, 0).unwrap().write(b"1234").unwrap();
    // The system's clock dates the file; a minute's room is enough.
    let path = folder.path().join("partial").join(format!("north.{}", paper(1)));
    let begun: SystemTime = fs::metadata(path).unwrap().modified().unwrap();
    assert_eq!(documents.sweep(begun + PARTIAL_AGE).unwrap(), 0);
    assert_eq!(documents.sweep(begun - Duration::from_secs(9)).unwrap(), 0);
    assert_eq!(documents.sweep(begun + PARTIAL_AGE + Duration::from_secs(1)).unwrap(), 4);
    assert_eq!(names(&folder, "partial"), 0);
}

#[test]
fn a_document_that_is_kept_again_is_mended() {
    let folder = TempDir::new().unwrap();
    let documents = Documents::open(folder.path()).unwrap();
    let name = documents.keep(TEXT).unwrap().to_string();
    let path = folder.path().join("sha256").join(&name[..2]).join(&name[2..]);
    fs::write(&path, b"rotted").unwrap();
    documents.read(digest(TEXT)).unwrap_err();
    documents.keep(TEXT).unwrap();
    assert_eq!(documents.read(digest(TEXT)).unwrap().unwrap().read_at(0, 99).unwrap(), TEXT);
    assert_eq!(names(&folder, "partial"), 0);
}
