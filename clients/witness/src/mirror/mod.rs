//! The mirror: every leaf of one log, on the institution's own disk.
//!
//! ```text
//! mirror/ORIGIN-HASH/tile/...      hashes and leaves, in the paths of C2SP tlog-tiles
//! mirror/ORIGIN-HASH/held          how much of that counts: size, root and times
//! mirror/ORIGIN-HASH/checkpoint    the newest checkpoint that is held whole, cosigned
//! ```
//!
//! Leaves are taken only when they are shown to be those of a checkpoint that the witness has
//! cosigned, so what is held is always the beginning of one tree. `held` is replaced after
//! everything it counts is on the disk; what a crash leaves behind it is written again.

mod checks;
mod own;
mod tiles;

pub use checks::SKEW_MS;
pub use own::OwnKeys;

use crate::Clock;
use crate::cosigners::Cosigners;
use crate::error::WitnessError;
use crate::evidence::{Evidence, Exhibit};
use crate::finding::{Finding, Halt};
use crate::witness::with_lines;
use barid_client::disk;
use barid_proto::tlog::checkpoint::Checkpoint;
use barid_proto::tlog::note::Note;
use barid_proto::tlog::proof::verify_consistency;
use barid_proto::tlog::tree::Tree;
use barid_proto::tlog::{Hash, leaf_hash, prove};
use checks::Bracket;
use std::path::{Path, PathBuf};
use tiles::{Held, TileFolder};

/// A mirror of one log. One at a time may write.
pub struct Mirror {
    origin: String,
    origin_hash: String,
    folder: PathBuf,
    tiles: TileFolder,
    tree: Tree,
    held: Held,
    cosigners: Cosigners,
    own: OwnKeys,
    evidence: Evidence,
    clock: Clock,
}

/// What belongs to a mirror besides its folder.
pub struct Parts {
    /// The keys that say what is held.
    pub cosigners: Cosigners,
    /// The institution's own keys, to notice what it did not sign.
    pub own: OwnKeys,
    /// Where findings go.
    pub evidence: Evidence,
    /// Seconds since 1970.
    pub clock: Clock,
}

/// What became of leaves that were offered.
#[derive(Debug, PartialEq, Eq)]
pub enum Taken {
    /// They are held.
    Held,
    /// They are not those of the checkpoint. Evidence is kept.
    OtherLeaves,
}

impl Mirror {
    /// Opens the mirror of a log, or begins it, in `folder`, which is named after its origin hash.
    /// The root is recomputed from the hashes on the disk.
    ///
    /// # Errors
    /// [`WitnessError::Content`] when what is held does not have the root it had;
    /// [`WitnessError::Disk`].
    pub fn open(folder: PathBuf, origin: &str, parts: Parts) -> Result<Self, WitnessError> {
        let origin_hash = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        std::fs::create_dir_all(&folder).map_err(WitnessError::io(&folder))?;
        let tiles = TileFolder::new(folder.clone());
        let held = Held::read(&folder)?;
        let tree = tiles.tree(held.size)?;
        if tree.root() != held.root {
            return Err(WitnessError::content(&folder, "the hashes on the disk are damaged"));
        }
        let Parts { cosigners, own, evidence, clock } = parts;
        let origin = origin.to_owned();
        Ok(Self { origin, origin_hash, folder, tiles, tree, held, cosigners, own, evidence, clock })
    }

    /// The number of leaves that are held.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.held.size
    }

    /// The log that is mirrored.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The keys of this mirror.
    #[must_use]
    pub fn cosigners(&self) -> &Cosigners {
        &self.cosigners
    }

    /// Takes the leaves that follow those held. `goal` is a checkpoint the witness has cosigned,
    /// and `proof` shows that the grown tree is its beginning; it is empty when they are equal.
    /// Leaves that are wrong in themselves are held all the same, as evidence.
    ///
    /// # Errors
    /// [`WitnessError::Disk`], [`WitnessError::Content`].
    pub fn extend(
        &mut self,
        leaves: &[Vec<u8>],
        proof: &[Hash],
        goal: &Checkpoint,
    ) -> Result<Taken, WitnessError> {
        let hashes: Vec<Hash> = leaves.iter().map(|leaf| leaf_hash(leaf)).collect();
        let growth = prove::grow(&self.tree, &hashes, &self.tiles.at(self.held.size));
        let growth = growth.map_err(|error| WitnessError::content(&self.folder, error))?;
        let (size, root) = (growth.tree.size(), growth.tree.root());
        if verify_consistency(size, goal.size(), proof, &root, goal.root()).is_err() {
            let text = goal.to_string();
            let parts = [("goal.txt", text.as_bytes()), ("leaves.bin", &*leaves.concat())];
            self.keep(Finding::OtherLeaves, text.as_bytes(), &parts)?;
            return Ok(Taken::OtherLeaves);
        }
        self.tiles.write(self.held.size, &growth.tiles, leaves)?;
        let last_leaf_ms = self.check(leaves)?;
        let held = Held { size, root, last_leaf_ms, ..self.held.clone() };
        held.write(&self.folder)?;
        self.tiles.remove_partials(self.held.size, size);
        (self.tree, self.held) = (growth.tree, held);
        Ok(Taken::Held)
    }

    /// Cosigns a checkpoint of exactly the size that is held, after recomputing its root from the
    /// disk. `witnessed_at` is when the witness cosigned it. `None` while the mirror is halted.
    ///
    /// # Errors
    /// [`WitnessError::Content`] when it is not what is held; [`WitnessError::Key`];
    /// [`WitnessError::Disk`].
    pub fn cosign(&mut self, note: &Note, witnessed_at: u64) -> Result<Option<Note>, WitnessError> {
        if self.evidence.halted(&self.origin_hash, Halt::Mirror)?.is_some() {
            return Ok(None);
        }
        let goal = Checkpoint::parse(note.text())
            .map_err(|error| WitnessError::content(&self.folder, error))?;
        let tree = self.tiles.tree(self.held.size)?;
        if (tree.size(), &tree.root()) != (goal.size(), goal.root()) {
            return Err(WitnessError::content(&self.folder, "what is held is not this checkpoint"));
        }
        let lines = self.cosigners.cosign(&goal, (self.clock)())?;
        let cosigned = with_lines(note.text(), note.signatures().iter().chain(&lines))?;
        disk::replace(&self.folder.join("checkpoint"), cosigned.to_string().as_bytes())?;
        let held = Held { witnessed_at, ..self.held.clone() };
        held.write(&self.folder)?;
        self.held = held;
        Ok(Some(cosigned))
    }

    /// Hashes every leaf on the disk again. Takes about a second for each million leaves.
    ///
    /// # Errors
    /// [`WitnessError::Content`] names the first bundle that is damaged; [`WitnessError::Disk`].
    pub fn audit(&self) -> Result<(), WitnessError> {
        self.tiles.audit(&self.held)
    }

    /// The file behind a path of tlog-tiles, such as `tile/entries/000`; `None` for a path that
    /// is not one, or names more than is held.
    #[must_use]
    pub fn served(folder: &Path, path: &str) -> Option<PathBuf> {
        tiles::is_served(path).then(|| folder.join(path))
    }

    /// Looks at each leaf, keeps what is wrong, and gives the time of the last.
    fn check(&self, leaves: &[Vec<u8>]) -> Result<u64, WitnessError> {
        let bracket = Bracket::new(self.held.witnessed_at, (self.clock)());
        let mut last_ms = self.held.last_leaf_ms;
        let own = self.own.digests()?;
        for (index, bytes) in (self.held.size..).zip(leaves) {
            let finding = match checks::check(bytes, last_ms, bracket) {
                Ok(leaf) => {
                    last_ms = leaf.accepted_at_ms;
                    own.is_strange(&leaf).then_some(Finding::StrangeLeaf)
                }
                Err(why) => {
                    tracing::error!(origin = self.origin, index, "{why}");
                    // One is enough to stop; the rest of them would only fill the disk.
                    let halted = self.evidence.halted(&self.origin_hash, Halt::Mirror)?;
                    halted.is_none().then_some(Finding::ImplausibleLeaf)
                }
            };
            if let Some(finding) = finding {
                let place = format!("leaf {index}\n");
                let parts = [("leaf.bin", bytes.as_slice()), ("place.txt", place.as_bytes())];
                self.keep(finding, place.as_bytes(), &parts)?;
            }
        }
        Ok(last_ms)
    }

    fn keep(
        &self,
        finding: Finding,
        subject: &[u8],
        parts: &[(&str, &[u8])],
    ) -> Result<(), WitnessError> {
        self.evidence.keep(&Exhibit {
            origin_hash: &self.origin_hash,
            origin: &self.origin,
            finding,
            time: (self.clock)(),
            subject,
            parts,
        })
    }
}
