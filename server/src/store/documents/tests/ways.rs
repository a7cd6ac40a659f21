//! Past the page cache or through it: what is kept is the same.

use barid_proto::chunk::CHUNK_BYTES;
use barid_proto::v1::Reason;
use proptest::prelude::*;
use tempfile::TempDir;

use super::super::Documents;
use super::super::chunkwise::{Chunkwise, Places};
use super::{CHUNK, Long, open, read, refusal};

/// Uploads a document in parts of these lengths, breaking off behind each of them when asked to.
fn upload(documents: &Documents, long: &Long, parts: &[usize], breaking_off: bool) {
    let mut upload = long.begin(documents, 0);
    upload.take_hashes(long.hashes.chunks.packed()).unwrap();
    let mut rest = long.bytes.as_slice();
    for part in parts.iter().cycle() {
        let (now, behind) = rest.split_at(rest.len().min(*part));
        upload.write(now).unwrap();
        rest = behind;
        let held = (long.bytes.len() - rest.len()) as u64;
        assert_eq!(upload.held_bytes(), held);
        if rest.is_empty() {
            break;
        }
        if breaking_off {
            drop(upload);
            assert_eq!(long.held(documents).bytes, held, "to the very byte");
            upload = long.begin(documents, held);
        }
    }
    assert_eq!(upload.finish().unwrap(), long.row);
    assert_eq!(read(documents, &long.row), long.bytes);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn parts_of_any_length_arrive_either_way(
        parts in prop::collection::vec(CHUNK / 9..3 * CHUNK, 1..5),
        breaking_off: bool,
        as_usual: bool,
    ) {
        let folder = TempDir::new().unwrap();
        let mut documents = open(&folder);
        documents.chunkwise = Places::for_any();
        let _none_left = as_usual.then(|| documents.chunkwise.take_all());
        upload(&documents, &Long::new(), &parts, breaking_off);
    }
}

#[test]
fn a_wrong_chunk_is_not_written() {
    let folder = TempDir::new().unwrap();
    let mut documents = open(&folder);
    documents.chunkwise = Places::for_any();
    let long = Long::new();
    let mut upload = long.begin(&documents, 0);
    upload.take_hashes(long.hashes.chunks.packed()).unwrap();
    let mut wrong = long.bytes[..3 * CHUNK].to_vec();
    wrong[2 * CHUNK + 9] ^= 1;
    upload.write(&wrong[..CHUNK / 2]).unwrap();
    assert_eq!(refusal(upload.write(&wrong[CHUNK / 2..])).reason, Reason::DigestMismatch);
    assert_eq!(upload.held_bytes(), 2 * CHUNK_BYTES);
    upload.write(&long.bytes[2 * CHUNK..]).unwrap();
    upload.finish().unwrap();
    assert_eq!(read(&documents, &long.row), long.bytes);
}

#[test]
fn places_come_back_when_uploads_end() {
    let folder = TempDir::new().unwrap();
    let places = Places::for_any();
    let path = folder.path().join("one");
    std::fs::write(&path, b"").unwrap();
    let all = places.take_all();
    assert!(Chunkwise::open(&path, 1, &places).is_none());
    drop(all);
    // Where the file system of this machine cannot do it, there is nothing to take either.
    let first = Chunkwise::open(&path, 1, &places);
    drop(first);
    drop(places.take_all());
    let missing = folder.path().join("missing");
    assert!(Chunkwise::open(&missing, 1, &places).is_none());
    drop(places.take_all());
    assert!(Chunkwise::open(&path, 1, &Places::default()).is_none(), "a small one");
}
