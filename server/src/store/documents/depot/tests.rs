//! The contract of depots, which every kind has to keep.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use barid_proto::chunk::{CHUNK_BYTES, DocumentHashes, hashes_of};
use object_store::memory::InMemory;
use tempfile::TempDir;

use super::{Bucket, Depot, Disk, Take};
use crate::model::id::DocumentDigest;

/// Long enough for several parts of an upload to a bucket.
const LONG: u64 = 17 * CHUNK_BYTES + 3;

fn sample(size: u64) -> (Vec<u8>, DocumentHashes, DocumentDigest) {
    let bytes: Vec<u8> = (0..size).map(|n| (n / CHUNK_BYTES + n % 249) as u8).collect();
    let hashes = hashes_of(&bytes);
    let digest = DocumentDigest::new(hashes.sha256);
    (bytes, hashes, digest)
}

/// What every depot does.
fn keeps_the_contract(open: impl Fn() -> Box<dyn Depot>, folder: &Path) {
    let staged = folder.join("staged");
    for size in [5, CHUNK_BYTES, LONG] {
        let (bytes, hashes, digest) = sample(size);
        let depot = open();
        assert_eq!(depot.size(digest).unwrap(), None);
        assert_eq!(depot.read(digest, 0..1).unwrap(), None);
        assert_eq!(depot.list(digest).unwrap(), None);
        fs::write(&staged, &bytes).unwrap();
        depot.place((&staged, Take::Copy), digest, &hashes.chunks).unwrap();
        assert!(staged.exists(), "a copy leaves what is copied");
        depot.place((&staged, Take::Move), digest, &hashes.chunks).unwrap();
        assert!(!staged.exists(), "what is moved does not stay behind");
        drop(depot);

        let depot = open();
        assert_eq!(depot.size(digest).unwrap(), Some(size));
        assert!(depot.read(digest, 0..size).unwrap().as_ref() == Some(&bytes));
        let middle = size / 2..size / 2 + 2;
        let expected = bytes[middle.start as usize..middle.end as usize].to_vec();
        assert_eq!(depot.read(digest, middle).unwrap(), Some(expected));
        // Behind the end there is nothing, and a range over the end is shorter or nothing.
        assert_eq!(depot.read(digest, size..size + 1).unwrap(), Some(Vec::new()));
        let over = depot.read(digest, size - 1..size + 9).unwrap().unwrap();
        assert!(over.len() <= 1, "{over:?}");
        let list = (size > CHUNK_BYTES).then(|| hashes.chunks.packed().to_vec());
        assert_eq!(depot.list(digest).unwrap(), list);
        // What is placed again takes the place of what was there.
        fs::write(&staged, b"other").unwrap();
        depot.place((&staged, Take::Move), digest, &hashes.chunks).unwrap();
        assert_eq!(depot.size(digest).unwrap(), Some(5));
        for _ in 0..2 {
            depot.remove(digest).unwrap();
            assert_eq!(depot.size(digest).unwrap(), None);
            assert_eq!(depot.list(digest).unwrap(), None);
        }
    }
}

#[test]
fn a_directory_keeps_the_contract() {
    let folder = TempDir::new().unwrap();
    let root = folder.path().join("depot");
    keeps_the_contract(|| Box::new(Disk::open(&root).unwrap()), folder.path());
    assert_eq!(fs::read_dir(root.join("incoming")).unwrap().count(), 0);
}

#[test]
fn a_bucket_keeps_the_contract() {
    let folder = TempDir::new().unwrap();
    let objects = Arc::new(InMemory::new());
    let open = || Bucket::over(objects.clone(), "memory", "some/prefix").unwrap();
    keeps_the_contract(|| Box::new(open()), folder.path());
}

#[test]
fn what_was_left_on_its_way_is_swept() {
    let folder = TempDir::new().unwrap();
    let disk = Disk::open(folder.path()).unwrap();
    drop(disk);
    fs::write(folder.path().join("incoming/7"), b"half").unwrap();
    Disk::open(folder.path()).unwrap();
    assert_eq!(fs::read_dir(folder.path().join("incoming")).unwrap().count(), 0);
}
