//! A folder grows with its log, and nothing that the checkpoint does not cover gets into it.

use super::*;
use crate::testing::TestLog;

/// A log of leaves `0, 1, 2, …`, with its tiles as a hub has them.
struct Served {
    log: TestLog,
    tree: Tree,
    tiles: TileSet,
    leaves: Vec<Vec<u8>>,
}

impl Served {
    fn new() -> Self {
        let (tree, tiles) = (Tree::empty(), TileSet::default());
        Self { log: TestLog::new(), tree, tiles, leaves: Vec::new() }
    }

    fn grow_to(&mut self, size: usize) -> Seen {
        let new = (self.leaves.len()..size).map(|n| n.to_be_bytes().to_vec()).collect::<Vec<_>>();
        let hashes: Vec<Hash> = new.iter().map(|leaf| leaf_hash(leaf)).collect();
        hashes.iter().for_each(|hash| {
            self.log.append(*hash);
        });
        self.leaves.extend(new);
        let growth = prove::grow(&self.tree, &hashes, &self.tiles).unwrap();
        self.tree = growth.tree;
        for (tile, bytes) in growth.tiles {
            self.tiles.insert(tile.level(), tile.index(), bytes);
        }
        let note = self.log.note(size);
        Seen { checkpoint: self.log.trust().checkpoint(&note).unwrap().checkpoint, note }
    }

    fn tile(&self, tile: Tile) -> Vec<u8> {
        self.tiles.read(tile).unwrap()[..tile.byte_len()].to_vec()
    }

    fn leaves(&self, tile: Tile) -> &[Vec<u8>] {
        let first = tile.index() as usize * usize::from(FULL_WIDTH);
        &self.leaves[first..first + usize::from(tile.width())]
    }

    fn edge(&self) -> TileSet {
        let mut edge = TileSet::default();
        for tile in Tile::partial(self.tree.size()) {
            edge.insert(tile.level(), tile.index(), self.tile(tile));
        }
        edge
    }

    /// What the client does, without a link.
    fn export(&self, folder: &LogFolder, newest: &Seen) {
        let had = folder.checkpoint(&self.log.trust()).unwrap();
        let had = had.map_or(0, |seen| seen.checkpoint.size());
        let growing = folder.grow(&newest.checkpoint);
        growing.put_edge(&self.edge()).unwrap();
        for tile in full_tiles(had, newest.checkpoint.size()) {
            growing.put_tile(tile, &self.tile(tile)).unwrap();
        }
        for tile in leaf_tiles(had, newest.checkpoint.size()) {
            growing.put_leaves(tile, self.leaves(tile)).unwrap();
        }
        growing.finish(&newest.note).unwrap();
    }
}

fn names(folder: &Path) -> Vec<String> {
    let mut names = Vec::new();
    let mut rest = vec![folder.to_owned()];
    while let Some(path) = rest.pop() {
        for found in std::fs::read_dir(&path).unwrap() {
            let path = found.unwrap().path();
            if path.is_dir() {
                rest.push(path);
            } else {
                names.push(path.strip_prefix(folder).unwrap().display().to_string());
            }
        }
    }
    names.sort();
    names
}

#[test]
fn a_folder_grows_with_its_log() {
    let place = tempfile::tempdir().unwrap();
    let folder = LogFolder::open(place.path()).unwrap();
    let mut served = Served::new();
    for size in [0, 1, 256, 300, 300, 66_000] {
        let newest = served.grow_to(size);
        served.export(&folder, &newest);
        assert_eq!(folder.checkpoint(&served.log.trust()).unwrap(), Some(newest), "{size}");
    }
    // Every name is one of the specification, and no more than a tree of this size has, but for
    // the partial tiles of the sizes before.
    let names = names(place.path());
    assert_eq!(names.iter().filter(|name| name.starts_with("tile/0/")).count(), 258 + 2);
    assert_eq!(names.iter().filter(|name| name.starts_with("tile/entries/")).count(), 258 + 2);
    assert_eq!(names.iter().filter(|name| name.starts_with("tile/1/")).count(), 2 + 1);
    assert_eq!(names.iter().filter(|name| name.starts_with("tile/2/")).count(), 1);
    assert_eq!(names.len(), 2 * 260 + 3 + 1 + 1, "and the checkpoint");
    let bundle = std::fs::read(place.path().join("tile/entries/257.p/208")).unwrap();
    let leaves = barid_proto::tlog::bundle::leaves(&bundle).unwrap();
    assert_eq!(leaves.last(), Some(&&served.leaves[65_999][..]));
}

#[test]
fn what_the_checkpoint_does_not_cover_is_not_written() {
    let place = tempfile::tempdir().unwrap();
    let folder = LogFolder::open(place.path()).unwrap();
    let mut served = Served::new();
    let newest = served.grow_to(600);
    let growing = folder.grow(&newest.checkpoint);
    let [full, partial] = [0, 2].map(|index| Tile::at(0, index, 600).unwrap());

    for tile in Tile::partial(600) {
        let longer = [served.tile(tile), vec![0; 32]].concat();
        for wrong in [longer, vec![0; tile.byte_len()], Vec::new()] {
            let mut edge = served.edge();
            edge.insert(tile.level(), tile.index(), wrong);
            assert!(uncovered_by(growing.put_edge(&edge)), "{tile}");
        }
    }
    growing.put_edge(&served.edge()).unwrap();
    let mut hashes = served.tile(full);
    hashes[0] ^= 1;
    assert!(uncovered_by(growing.put_tile(full, &hashes)));
    for tile in [full, partial] {
        let mut leaves = served.leaves(tile).to_vec();
        leaves[7][0] ^= 1;
        assert!(uncovered_by(growing.put_leaves(tile, &leaves)), "{tile}");
        assert!(uncovered_by(growing.put_leaves(tile, &leaves[1..])), "{tile}");
        assert!(uncovered_by(growing.put_leaves(tile, &[])), "{tile}");
    }
    assert!(names(place.path()).iter().all(|name| name.contains(".p/")), "only the edge is there");
    assert_eq!(folder.checkpoint(&served.log.trust()).unwrap(), None);
}

fn uncovered_by(outcome: Result<(), ClientError>) -> bool {
    matches!(outcome, Err(ClientError::Evidence(EvidenceError::Uncovered { .. })))
}

#[test]
fn a_damaged_folder_is_noticed_and_not_blamed_on_the_log() {
    let place = tempfile::tempdir().unwrap();
    let folder = LogFolder::open(place.path()).unwrap();
    let mut served = Served::new();
    let newest = served.grow_to(300);
    served.export(&folder, &newest);
    for name in ["checkpoint", "tile/0/001.p/44", "tile/1/000.p/1"] {
        let path = place.path().join(name);
        let good = std::fs::read(&path).unwrap();
        let mut bad = good.clone();
        bad[20] ^= 1;
        std::fs::write(&path, bad).unwrap();
        let found = folder.checkpoint(&served.log.trust());
        assert!(matches!(found, Err(LocalError::Content { .. })), "{name}: {found:?}");
        std::fs::write(&path, good).unwrap();
    }
    assert_eq!(folder.checkpoint(&served.log.trust()).unwrap(), Some(newest));
}

#[test]
fn one_process_writes_at_a_time() {
    let place = tempfile::tempdir().unwrap();
    let first = LogFolder::open(place.path()).unwrap();
    assert!(matches!(LogFolder::open(place.path()), Err(LocalError::Content { .. })));
    drop(first);
    LogFolder::open(place.path()).unwrap();
}
