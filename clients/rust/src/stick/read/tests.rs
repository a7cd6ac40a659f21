//! Sticks as they are read: in any order, and whatever somebody put on them.

use std::io::Write as _;

use sha2::{Digest as _, Sha256};

use super::*;
use crate::source::Machine;
use crate::stick::lock::{LockTo, LockWriter, PrivateKey};
use crate::stick::{Load, write};

struct Rig {
    folder: tempfile::TempDir,
    key: PrivateKey,
    pieces: Pieces,
}

impl Rig {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let pieces = Pieces::open(&folder.path().join("pieces")).unwrap();
        Self { folder, key: PrivateKey::generate(&Machine).unwrap(), pieces }
    }

    fn path(&self) -> std::path::PathBuf {
        self.folder.path().join("stick")
    }

    fn to(&self) -> LockTo {
        LockTo::Key(Box::new(self.key.public()))
    }

    fn read(&self, path: &Path) -> Result<Loaded, StickError> {
        read(path, &Opener { key: Some(self.key.clone()), passphrase: None }, &self.pieces)
    }

    /// A stick of members that nobody checked.
    fn members(&self, members: &[(&str, &[u8])]) -> Result<Loaded, StickError> {
        let mut tar = tar::Builder::new(LockWriter::new(Vec::new(), &self.to(), &Machine).unwrap());
        for (name, bytes) in members {
            let mut header = tar::Header::new_ustar();
            header.set_size(bytes.len() as u64);
            header.set_entry_type(tar::EntryType::Regular);
            // Past the library, which would not write a name with "..".
            header.as_mut_bytes()[..name.len()].copy_from_slice(name.as_bytes());
            header.set_cksum();
            tar.append(&header, *bytes).unwrap();
        }
        let bytes = tar.into_inner().unwrap().finish().unwrap();
        std::fs::write(self.path(), bytes).unwrap();
        self.read(&self.path())
    }
}

fn paper(rig: &Rig, seed: u8, size: usize) -> (Hash, u64, std::path::PathBuf) {
    let bytes: Vec<u8> = (0..size).map(|n| seed ^ u8::try_from(n % 253).unwrap()).collect();
    let path = rig.folder.path().join(format!("document-{seed}"));
    std::fs::write(&path, &bytes).unwrap();
    (Sha256::digest(&bytes).into(), size as u64, path)
}

#[test]
fn a_packing_of_several_sticks_is_read_in_any_order_and_twice() {
    let rig = Rig::new();
    let mut documents = vec![paper(&rig, 1, 700_000), paper(&rig, 2, 90_000)];
    documents.sort();
    let load = Load {
        head: StickHead { hub_origin: "hub.test/log".into(), ..StickHead::default() },
        envelopes: vec![SignedEnvelope::default(); 3],
        outcomes: vec![StickOutcome { reason: 7, ..StickOutcome::default() }],
        documents: documents.clone(),
        ..Load::default()
    };
    let written = write(&load, &rig.path(), Some(400_000), &rig.to(), &Machine).unwrap();
    assert!(written.len() >= 3, "{written:?}");
    assert!(written.iter().all(|one| one.bytes <= 400_000), "{written:?}");
    for (place, one) in written.iter().enumerate().rev().chain(written.iter().enumerate()) {
        let loaded = rig.read(&one.path).unwrap();
        assert_eq!(loaded.head.number as usize, place + 1);
        assert_eq!(loaded.head.count as usize, written.len());
        assert_eq!((loaded.envelopes.len(), loaded.outcomes[0].reason), (3, 7));
        let all = place == 0;
        for (sha256, size, path) in &documents {
            let whole = rig.pieces.join(sha256, *size).unwrap();
            if all {
                let whole = whole.expect("all of it came");
                assert!(std::fs::read(whole).unwrap() == std::fs::read(path).unwrap());
            }
        }
    }
    let small = write(&load, &rig.path(), Some(80_000), &rig.to(), &Machine);
    assert!(matches!(small, Err(StickError::TooSmall { .. })));
}

#[test]
fn a_document_that_has_not_its_digest_is_nothing() {
    let rig = Rig::new();
    let (sha256, size, path) = paper(&rig, 3, 10_000);
    std::fs::write(&path, vec![0; 10_000]).unwrap();
    let load = Load { documents: vec![(sha256, size, path.clone())], ..Load::default() };
    write(&load, &rig.path(), None, &rig.to(), &Machine).unwrap();
    rig.read(&rig.path()).unwrap();
    assert_eq!(rig.pieces.join(&sha256, size).unwrap(), None);
    // And one that became shorter is noticed when it is packed.
    std::fs::write(&path, vec![0; 9_999]).unwrap();
    let short = write(&load, &rig.path(), None, &rig.to(), &Machine);
    assert!(matches!(short, Err(StickError::DocumentMissing { .. })), "{short:?}");
}

#[test]
fn names_say_what_a_member_is_and_nothing_else() {
    let rig = Rig::new();
    let piece = format!("documents/{}/0000000000000000", "ab".repeat(32));
    let good = [(HEAD, &b""[..]), ("envelopes/000001", b""), (&piece, b"x"), (END, b"")];
    assert_eq!(rig.members(&good).unwrap().documents, [[0xab; 32]]);
    let upper = piece.to_uppercase().replace("DOCUMENTS", "documents");
    let elsewhere = format!("documents/../{}", "ab".repeat(32));
    for name in [
        "envelopes/../../etc/passwd",
        "/etc/passwd",
        "envelopes/1",
        "envelopes/000000",
        "envelopes/\u{202e}00001",
        "envelopes",
        "inbox/000000000001",
        "other/000001",
        &upper,
        &elsewhere,
        &format!("documents/{}/0", "ab".repeat(32)),
    ] {
        let refused = rig.members(&[(HEAD, b""), (name, b""), (END, b"")]);
        assert!(matches!(refused, Err(StickError::Member { .. })), "{name}: {refused:?}");
    }
    let only = |folder: &Path| std::fs::read_dir(folder).unwrap().count();
    assert_eq!(only(&rig.folder.path().join("pieces")), 1, "nothing was written beside");
}

#[test]
fn order_end_and_head_are_asked_for() {
    let rig = Rig::new();
    let head = (HEAD, &b""[..]);
    let first = ("envelopes/000001", &b""[..]);
    let second = ("envelopes/000002", &b""[..]);
    let end = (END, &b""[..]);
    assert!(rig.members(&[head, first, second, end]).is_ok());
    for (members, why) in [
        (vec![head, second, first, end], "another order"),
        (vec![head, first, first, end], "one twice"),
        (vec![head, first, end, second], "behind the end"),
        (vec![head, first], "no end"),
        (vec![first, end], "no head"),
        (vec![head, head, end], "two heads"),
        (vec![], "nothing"),
    ] {
        assert!(rig.members(&members).is_err(), "{why}");
    }
    let mut plain = std::fs::File::create(rig.path()).unwrap();
    plain.write_all(b"no stick at all, but long enough to be one").unwrap();
    assert!(matches!(rig.read(&rig.path()), Err(StickError::NotAStick)));
}
