//! What rots is found by its chunk, and restored where there is another copy.

use std::fs;

use tempfile::TempDir;

use super::*;

#[test]
fn rot_is_found_by_its_chunk_and_the_rest_is_served() {
    let folder = TempDir::new().unwrap();
    let documents = open(&folder);
    let long = Long::new();
    long.place(&documents);
    long.rot(folder.path(), 3 * CHUNK + 1);
    let reader = documents.read(&long.row).unwrap();
    let fault = reader.read_at(3 * CHUNK_BYTES, 1).unwrap_err();
    assert!(fault.chain().contains("has rotted in chunk 3"), "{}", fault.chain());
    assert_eq!(reader.read_at(4 * CHUNK_BYTES, 1).unwrap(), long.bytes[4 * CHUNK..=4 * CHUNK]);
    let found = documents.scrub(&long.row, |_| Ok(())).unwrap();
    assert_eq!((found.lost.as_slice(), found.restored.len()), (&[3][..], 0));
    assert!(documents.is_lost(long.row.digest));
    assert!(documents.take_doubtful().contains(&long.row.digest));
    // Filed again, it is whole again.
    long.place(&documents);
    assert!(!documents.is_lost(long.row.digest));
    assert!(documents.scrub(&long.row, |_| Ok(())).unwrap().is_sound());
    // Cut short, or gone.
    let path = long.path_in(folder.path(), "sha256");
    fs::File::options().write(true).open(&path).unwrap().set_len(LONG - 1).unwrap();
    assert_eq!(documents.scrub(&long.row, |_| Ok(())).unwrap().lost, [19]);
    fs::remove_file(path).unwrap();
    assert_eq!(documents.scrub(&long.row, |_| Ok(())).unwrap().lost.len(), 20);
}

#[test]
fn a_lost_list_is_computed_again() {
    let folder = TempDir::new().unwrap();
    let documents = open(&folder);
    let long = Long::new();
    long.place(&documents);
    let path = long.path_in(folder.path(), "chunks");
    fs::write(&path, b"rotted").unwrap();
    assert_eq!(read(&documents, &long.row), long.bytes);
    let found = documents.scrub(&long.row, |_| Ok(())).unwrap();
    assert_eq!((found.lost.len(), found.restored.len()), (0, 1));
    assert_eq!(fs::read(&path).unwrap(), long.hashes.chunks.packed());
    // Without a root in the books the scrubber finds it.
    let found = documents.scrub(&plain(long.row.digest, LONG), |_| Ok(())).unwrap();
    assert_eq!(found.row, long.row);
}

#[test]
fn what_rots_in_one_depot_is_restored_from_the_other() {
    let (folder, second) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let places = Places { second: Some(second.path().to_owned()), ..Places::default() };
    let documents = Documents::open(folder.path(), &places, limits()).unwrap();
    let long = Long::new();
    long.place(&documents);
    for (root, at) in [(folder.path(), CHUNK), (second.path(), 5 * CHUNK)] {
        long.rot(root, at);
    }
    assert_eq!(read(&documents, &long.row), long.bytes);
    assert!(documents.take_doubtful().contains(&long.row.digest));
    let mut paced = 0;
    let found = documents.scrub(&long.row, |bytes| {
        paced += bytes;
        Ok(())
    });
    let found = found.unwrap();
    assert_eq!(paced, 2 * LONG);
    let wrong: Vec<_> = found.wrong.iter().map(|look| look.wrong.as_slice()).collect();
    assert_eq!(wrong, [[1], [5]]);
    assert_eq!((found.lost.len(), found.restored.len()), (0, 2));
    for root in [folder.path(), second.path()] {
        assert_eq!(fs::read(long.path_in(root, "sha256")).unwrap(), long.bytes);
    }
    let sound = Scrubbed { row: long.row, wrong: vec![], lost: vec![], restored: vec![] };
    assert_eq!(documents.scrub(&long.row, |_| Ok(())).unwrap(), sound);
    // The same chunk in both: nothing can be restored, and nothing is made worse.
    for root in [folder.path(), second.path()] {
        long.rot(root, 9 * CHUNK);
    }
    let found = documents.scrub(&long.row, |_| Ok(())).unwrap();
    assert_eq!((found.lost.as_slice(), found.restored.len()), (&[9][..], 0));
    // A depot that was lost as a whole is filled again.
    fs::remove_file(long.path_in(folder.path(), "sha256")).unwrap();
    long.place(&documents);
    fs::remove_file(long.path_in(folder.path(), "sha256")).unwrap();
    assert_eq!(documents.scrub(&long.row, |_| Ok(())).unwrap().restored.len(), 1);
    assert_eq!(fs::read(long.path_in(folder.path(), "sha256")).unwrap(), long.bytes);
    assert_eq!(names(&folder, "partial"), 0);
}

#[test]
fn a_document_that_is_kept_again_is_mended() {
    let folder = TempDir::new().unwrap();
    let documents = open(&folder);
    let row = documents.keep(TEXT).unwrap();
    let name = row.digest.to_string();
    let path = folder.path().join("sha256").join(&name[..2]).join(&name[2..]);
    fs::write(&path, b"rotted").unwrap();
    documents.read(&row).unwrap().read_at(0, 9).unwrap_err();
    documents.keep(TEXT).unwrap();
    assert_eq!(read(&documents, &row), TEXT);
    assert_eq!(names(&folder, "partial"), 0);
}
