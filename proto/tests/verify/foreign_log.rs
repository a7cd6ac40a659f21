//! Logs that other programs wrote: Tessera's and Sunlight's test logs.

use crate::fixture::samples;
use barid_proto::tlog::bundle;
use barid_proto::tlog::checkpoint::Checkpoint;
use barid_proto::tlog::note::Note;
use barid_proto::tlog::proof::{verify_consistency, verify_inclusion};
use barid_proto::tlog::prove;
use barid_proto::tlog::tile::{Tile, TileReader, TileSet};
use barid_proto::tlog::vkey::VerifierKey;
use barid_proto::tlog::{Hash, leaf_hash};
use std::borrow::Cow;
use std::fs;
use std::path::PathBuf;

const TESSERA: &str =
    "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx";
const WITNESS: &str = "witness.example.org+b8a2cf20+BFLN3yikSfFkVAJtrnh/CiY3Zozkoy7clp+P7XB28qUN";
const WITNESS_2: &str =
    "witness2.example.org+2e55b896+BIZ7fpceQWd60IfqQeS9IAnmNOCZjMDne8lZuguz/bi9";
const MIRROR: &str = "mirror.example.org+3fb148ef+BAAjjch9GyYz0sJsJx7ALhbdAtz2ov0unbzSl1vMp94O";
const ROME: &str = "000de184301123b9278c086a7d9f68c9577e83872224c197058fd90784ea9706";
const MILAN: &str = "88ad7a28caeb0b2aa890fdf0304c2fcaf59fca2ee140134ff8c1300bac493482";

/// A log as files: `tile/…` below a folder.
struct Folder(PathBuf);

impl TileReader for Folder {
    type Error = std::io::Error;

    fn read(&self, tile: Tile) -> std::io::Result<Cow<'_, [u8]>> {
        fs::read(self.0.join(tile.to_string())).map(Cow::Owned)
    }
}

#[test]
fn tessera_checkpoints_tiles_and_bundles() {
    let Some(folder) = samples("7-tlog/tessera/log") else { return };
    let key: VerifierKey = TESSERA.parse().unwrap();
    let log = Folder(folder.clone());
    let mut roots: Vec<Hash> = Vec::new();
    for size in 0..=15_u64 {
        let note = fs::read(folder.join(format!("checkpoint.{size}"))).unwrap();
        let checkpoint = Checkpoint::verify(&note, &key).unwrap();
        assert_eq!(checkpoint.size(), size);
        assert_eq!(Note::parse(&note).unwrap().to_string().as_bytes(), note);
        let tree = prove::tree(size, &tiles_at(&log, size)).unwrap();
        assert_eq!(tree.root(), *checkpoint.root(), "{size}");
        roots.push(*checkpoint.root());
    }
    let bytes = fs::read(folder.join("tile/entries/000.p/15")).unwrap();
    let (root, tiles) = (roots[15], tiles_at(&log, 15));
    for (index, leaf) in (0..).zip(bundle::leaves(&bytes).unwrap()) {
        let path = prove::inclusion(index, 15, &tiles).unwrap();
        assert_eq!(verify_inclusion(&leaf_hash(leaf), index, 15, &path, &root), Ok(()));
    }
    for (old, old_root) in (0..).zip(&roots) {
        let path = prove::consistency(old, 15, &tiles).unwrap();
        assert_eq!(verify_consistency(old, 15, &path, old_root, &root), Ok(()), "{old}");
    }
}

/// The one tile of a log that small, in the width it has at this size.
fn tiles_at(log: &Folder, size: u64) -> TileSet {
    let mut tiles = TileSet::default();
    for tile in Tile::partial(size) {
        tiles.insert(tile.level(), tile.index(), log.read(tile).unwrap().into_owned());
    }
    tiles
}

#[test]
fn a_changed_tessera_checkpoint_is_refused() {
    let Some(folder) = samples("7-tlog/tessera/log") else { return };
    let key: VerifierKey = TESSERA.parse().unwrap();
    let note = fs::read(folder.join("checkpoint.15")).unwrap();
    for position in 0..note.len() {
        let mut changed = note.clone();
        changed[position] ^= 1;
        assert!(Checkpoint::verify(&changed, &key).is_err(), "byte {position}");
    }
}

#[test]
fn a_sunlight_mirror_proves_each_of_its_leaves() {
    let Some(folder) = samples("7-tlog/sunlight/witness/mirror") else { return };
    let folder = folder.join(ROME);
    let note = Note::parse(&fs::read(folder.join("checkpoint")).unwrap()).unwrap();
    let signed = note.verify(&MIRROR.parse().unwrap()).unwrap();
    assert!(signed.and_then(|signed| signed.time).is_some());
    let checkpoint = Checkpoint::parse(note.text()).unwrap();
    assert_eq!(checkpoint.size(), 300);
    let log = Folder(folder);
    assert_eq!(prove::tree(300, &log).unwrap().root(), *checkpoint.root());
    for index in 0..300 {
        let tile = Tile::at(0, index / 256, 300).unwrap();
        let tile = log.read(tile).unwrap();
        let leaf = tile.as_chunks().0[usize::try_from(index % 256).unwrap()];
        let path = prove::inclusion(index, 300, &Exact(&log)).unwrap();
        let included = verify_inclusion(&leaf, index, 300, &path, checkpoint.root());
        assert_eq!(included, Ok(()), "{index}");
    }
}

/// A folder that holds each partial tile in the width of size 300 only.
struct Exact<'a>(&'a Folder);

impl TileReader for Exact<'_> {
    type Error = std::io::Error;

    fn read(&self, tile: Tile) -> std::io::Result<Cow<'_, [u8]>> {
        let stored = Tile::at(tile.level(), tile.index(), 300);
        self.0.read(stored.ok_or(std::io::ErrorKind::NotFound)?)
    }
}

#[test]
fn sunlight_witnesses_are_understood() {
    let Some(folder) = samples("7-tlog/sunlight") else { return };
    let both = fs::read(folder.join(format!("witness/{ROME}/checkpoint"))).unwrap();
    let both = Note::parse(&both).unwrap();
    let signed = both.verify(&WITNESS.parse().unwrap()).unwrap();
    assert_eq!(signed.and_then(|signed| signed.time), Some(1_767_139_200));
    assert_eq!(both.verify(&WITNESS_2.parse().unwrap()), Ok(None));
    let second = fs::read(folder.join(format!("witness2/{MILAN}/checkpoint"))).unwrap();
    let second = Note::parse(&second).unwrap();
    assert!(second.verify(&WITNESS_2.parse().unwrap()).unwrap().is_some());
    let swapped = Note::parse(second.to_string().replace("milan", "padua").as_bytes()).unwrap();
    assert!(swapped.verify(&WITNESS_2.parse().unwrap()).is_err());
}
