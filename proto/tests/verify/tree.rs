//! Trees, tiles and proofs of any size agree with each other.

use barid_proto::tlog::proof::{ProofError, verify_consistency, verify_inclusion};
use barid_proto::tlog::prove::{self, ProveError};
use barid_proto::tlog::tile::{FULL_WIDTH, Tile, TileReader, TileSet};
use barid_proto::tlog::tree::Tree;
use barid_proto::tlog::{EMPTY_ROOT, Hash, leaf_hash};
use proptest::prelude::*;

/// More than two full tiles, so that level 1 takes part.
const MAX_SIZE: u64 = 1_300;

fn hashes(range: std::ops::Range<u64>) -> Vec<Hash> {
    range.map(|number| leaf_hash(&number.to_be_bytes())).collect()
}

fn grown(size: u64) -> (Tree, TileSet) {
    let mut tiles = TileSet::default();
    let tree = grow_by(&Tree::empty(), size, &mut tiles);
    (tree, tiles)
}

fn grow_by(tree: &Tree, more: u64, tiles: &mut TileSet) -> Tree {
    let new = hashes(tree.size()..tree.size() + more);
    let growth = prove::grow(tree, &new, tiles).unwrap();
    for (tile, bytes) in growth.tiles {
        assert_eq!(tile.byte_len(), bytes.len());
        tiles.insert(tile.level(), tile.index(), bytes);
    }
    growth.tree
}

/// Only the tiles asked for, cut to the width asked for: what a thrifty client has fetched.
fn only(wanted: &[Tile], tiles: &TileSet) -> TileSet {
    let mut fetched = TileSet::default();
    for tile in wanted {
        let bytes = tiles.read(*tile).unwrap()[..tile.byte_len()].to_vec();
        fetched.insert(tile.level(), tile.index(), bytes);
    }
    fetched
}

proptest! {
    #[test]
    fn growing_in_batches_gives_the_tree_of_one_batch(
        batches in prop::collection::vec(0_u64..400, 1..6),
    ) {
        let mut tiles = TileSet::default();
        let mut tree = Tree::empty();
        for more in batches {
            tree = grow_by(&tree, more, &mut tiles);
        }
        let (at_once, tiles_at_once) = grown(tree.size());
        prop_assert_eq!(&tree, &at_once);
        prop_assert_eq!(&tiles, &tiles_at_once);
        let mut appended = Tree::empty();
        appended.extend(hashes(0..tree.size()));
        prop_assert_eq!(&appended, &tree);
        let needed = only(&prove::tree_tiles(tree.size()), &tiles);
        prop_assert_eq!(prove::tree(tree.size(), &needed).unwrap(), tree);
    }

    #[test]
    fn every_leaf_can_be_proven_at_every_size(
        (index, size, stored) in (1..MAX_SIZE)
            .prop_flat_map(|size| (0..size, Just(size), size..MAX_SIZE)),
        wrong in any::<prop::sample::Index>(),
    ) {
        let (_, tiles) = grown(stored);
        let root = prove::tree(size, &tiles).unwrap().root();
        let fetched = only(&prove::inclusion_tiles(index, size), &tiles);
        let mut path = prove::inclusion(index, size, &fetched).unwrap();
        let leaf = hashes(index..index + 1)[0];
        prop_assert_eq!(verify_inclusion(&leaf, index, size, &path, &root), Ok(()));

        let other = (index + 1) % size;
        if other != index {
            prop_assert!(verify_inclusion(&leaf, other, size, &path, &root).is_err());
        }
        prop_assert!(verify_inclusion(&leaf, index, size, &path, &EMPTY_ROOT).is_err());
        path.push(root);
        let longer = verify_inclusion(&leaf, index, size, &path, &root);
        prop_assert_eq!(longer, Err(ProofError::WrongLength));
        path.pop();
        if !path.is_empty() {
            let position = wrong.index(path.len());
            path[position][31] ^= 1;
            let changed = verify_inclusion(&leaf, index, size, &path, &root);
            prop_assert_eq!(changed, Err(ProofError::WrongRoot));
            path.pop();
            prop_assert!(verify_inclusion(&leaf, index, size, &path, &root).is_err());
        }
    }

    #[test]
    fn every_tree_is_the_beginning_of_every_later_one(
        (old, size) in (0..MAX_SIZE).prop_flat_map(|size| (0..=size, Just(size))),
        wrong in any::<prop::sample::Index>(),
    ) {
        let (tree, tiles) = grown(size);
        let old_root = prove::tree(old, &tiles).unwrap().root();
        let fetched = only(&prove::consistency_tiles(old, size), &tiles);
        let mut path = prove::consistency(old, size, &fetched).unwrap();
        prop_assert_eq!(verify_consistency(old, size, &path, &old_root, &tree.root()), Ok(()));

        path.push(old_root);
        prop_assert!(verify_consistency(old, size, &path, &old_root, &tree.root()).is_err());
        path.pop();
        let mut other = tree.root();
        other[0] ^= 1;
        if old != 0 {
            prop_assert!(verify_consistency(old, size, &path, &old_root, &other).is_err());
        }
        prop_assert!(verify_consistency(old, size, &path, &other, &tree.root()).is_err());
        if !path.is_empty() {
            let position = wrong.index(path.len());
            path[position][0] ^= 1;
            prop_assert!(verify_consistency(old, size, &path, &old_root, &tree.root()).is_err());
        }
    }

    #[test]
    fn no_claim_whatever_makes_a_verifier_panic(
        index in any::<u64>(),
        size in any::<u64>(),
        path in prop::collection::vec(any::<[u8; 32]>(), 0..70),
        root in any::<[u8; 32]>(),
    ) {
        prop_assert!(verify_inclusion(&root, index, size, &path, &EMPTY_ROOT).is_err());
        prop_assert!(verify_consistency(index, size, &path, &root, &EMPTY_ROOT).is_err());
        // The questions a prover is asked come from strangers as well.
        let asked = prove::inclusion_tiles(index, size);
        prop_assert_eq!(asked.is_empty(), index >= size || size == 1);
        prop_assert!(prove::consistency_tiles(index, size).len() <= 16);
    }
}

#[test]
fn the_example_of_70000_leaves_has_the_tiles_of_the_specification() {
    let (tree, tiles) = grown(70_000);
    let growth = prove::grow(&Tree::empty(), &hashes(0..70_000), &TileSet::default()).unwrap();
    let full = |level| {
        let of_level = |tile: &Tile| tile.level() == level && tile.width() == FULL_WIDTH;
        growth.tiles.iter().filter(|(tile, _)| of_level(tile)).count()
    };
    assert_eq!((full(0), full(1), full(2)), (273, 1, 0));
    let partial: Vec<_> = Tile::partial(70_000).collect();
    for tile in &partial {
        assert!(growth.tiles.iter().any(|(written, _)| written == tile), "{tile}");
    }
    assert_eq!(growth.tiles.len(), 273 + 1 + partial.len());
    assert_eq!(prove::tree(70_000, &tiles).unwrap(), tree);
}

#[test]
fn growth_reads_the_partial_tiles_and_nothing_else() {
    let (tree, mut tiles) = grown(70_000);
    let partial: Vec<_> = Tile::partial(70_000).collect();
    let edge = only(&partial, &tiles);
    let growth = prove::grow(&tree, &hashes(70_000..70_300), &edge).unwrap();
    let written: Vec<String> = growth.tiles.iter().map(|(tile, _)| tile.to_string()).collect();
    assert_eq!(written, ["tile/0/273", "tile/0/274.p/156", "tile/1/001.p/18"]);
    for (tile, bytes) in growth.tiles {
        tiles.insert(tile.level(), tile.index(), bytes);
    }
    assert_eq!(prove::tree(70_300, &tiles).unwrap(), growth.tree);
    assert_eq!(prove::tree(70_000, &tiles).unwrap(), tree, "older trees stay readable");
}

#[test]
fn one_flipped_bit_in_a_stored_tile_stops_the_log() {
    let (tree, tiles) = grown(70_000);
    for damaged in Tile::partial(70_000) {
        let mut bytes = tiles.read(damaged).unwrap().into_owned();
        bytes[5] ^= 0x10;
        let mut tiles = tiles.clone();
        tiles.insert(damaged.level(), damaged.index(), bytes);
        let refused = prove::grow(&tree, &[EMPTY_ROOT], &tiles);
        assert_eq!(refused, Err(ProveError::EdgeMismatch), "{damaged}");
    }
}

#[test]
fn questions_without_an_answer_are_refused() {
    let (tree, mut tiles) = grown(300);
    let outside = |asked| Some(ProveError::Outside { asked, size: 300 });
    assert_eq!(prove::inclusion(300, 300, &tiles).err(), outside(300));
    assert_eq!(prove::consistency(301, 300, &tiles).err(), outside(301));
    assert!(matches!(prove::inclusion(0, 301, &tiles), Err(ProveError::ShortTile(_))));
    tiles.insert(0, 1, vec![0; 43 * 32]);
    assert!(matches!(prove::grow(&tree, &[EMPTY_ROOT], &tiles), Err(ProveError::ShortTile(_))));
    assert!(matches!(prove::tree(70_000, &tiles), Err(ProveError::Read(_))));
}
