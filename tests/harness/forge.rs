//! A log whose key is in the hands of a liar: any leaves, any branch, each truly signed.

use std::sync::Arc;

use barid_client::proto::tlog::checkpoint::Checkpoint;
use barid_client::proto::tlog::cosignature::Cosigner;
use barid_client::proto::tlog::note::{Note, NoteSigner};
use barid_client::proto::tlog::tile::TileSet;
use barid_client::proto::tlog::tree::Tree;
use barid_client::proto::tlog::{Hash, leaf_hash, prove};

/// A log with its key. Branches share the key and nothing else.
#[derive(Clone)]
pub struct ForgedLog {
    signer: Arc<NoteSigner>,
    leaves: Vec<Vec<u8>>,
    tree: Tree,
    tiles: TileSet,
}

impl ForgedLog {
    /// An empty log of this key.
    #[must_use]
    pub fn new(signer: Arc<NoteSigner>) -> Self {
        Self { signer, leaves: Vec::new(), tree: Tree::empty(), tiles: TileSet::default() }
    }

    /// The same log up to `size` leaves, to be continued otherwise.
    #[must_use]
    pub fn branch(&self, size: u64) -> Self {
        let mut branch = Self::new(Arc::clone(&self.signer));
        for leaf in self.leaves.iter().take(at(size)) {
            branch.push(leaf.clone());
        }
        branch
    }

    /// Appends a leaf; gives its index.
    ///
    /// # Panics
    /// Never: the tiles are those that grew with the tree.
    pub fn push(&mut self, leaf: Vec<u8>) -> u64 {
        let grown = prove::grow(&self.tree, &[leaf_hash(&leaf)], &self.tiles);
        let grown = grown.expect("tree and tiles agree");
        for (tile, bytes) in grown.tiles {
            self.tiles.insert(tile.level(), tile.index(), bytes);
        }
        self.tree = grown.tree;
        self.leaves.push(leaf);
        self.size() - 1
    }

    /// Its leaves.
    #[must_use]
    pub fn leaves(&self) -> &[Vec<u8>] {
        &self.leaves
    }

    /// How many there are.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.tree.size()
    }

    /// The checkpoint at a size.
    ///
    /// # Panics
    /// When the log is smaller.
    #[must_use]
    pub fn checkpoint(&self, size: u64) -> Checkpoint {
        let tree = prove::tree(size, &self.tiles).expect("the log is as large");
        Checkpoint::new(self.signer.verifier().name(), size, tree.root()).expect("a checkpoint")
    }

    /// The checkpoint at a size, signed by the log and cosigned at a time, in unix seconds.
    ///
    /// # Panics
    /// When the log is smaller.
    #[must_use]
    pub fn note<'a>(
        &self,
        size: u64,
        cosigners: impl IntoIterator<Item = &'a Cosigner>,
        time: u64,
    ) -> Note {
        let checkpoint = self.checkpoint(size);
        let mut note = checkpoint.sign(&self.signer).expect("a key in memory signs");
        for cosigner in cosigners {
            let line = cosigner.cosign(&checkpoint, time).expect("a key in memory signs");
            note.add(line).expect("a note has room for it");
        }
        note
    }

    /// The path of a leaf in the tree of a size.
    ///
    /// # Panics
    /// When the log is smaller.
    #[must_use]
    pub fn inclusion(&self, index: u64, size: u64) -> Vec<Hash> {
        prove::inclusion(index, size, &self.tiles).expect("the log is as large")
    }

    /// The proof that the tree of one size began that of another.
    ///
    /// # Panics
    /// When the log is smaller.
    #[must_use]
    pub fn consistency(&self, old: u64, new: u64) -> Vec<Hash> {
        prove::consistency(old, new, &self.tiles).expect("the log is as large")
    }
}

fn at(size: u64) -> usize {
    usize::try_from(size).expect("a log that fits into memory")
}
