//! What is remembered of the log besides its newest tree, because it came on a stick and nobody
//! could be asked.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use barid_proto::tlog::Hash;

use super::{Memory, Seen};
use crate::disk;
use crate::error::{ClientError, LocalError};
use crate::hex;
use crate::trust::Trust;

/// Trees that are remembered: of more, the smallest are forgotten.
const TREES_MAX: usize = 2_048;
/// Checkpoints that wait to be compared: as many as a stick names.
pub(crate) const UNCOMPARED_MAX: usize = 60;

impl Memory {
    /// Trees that are known to be in the log's history, by size.
    ///
    /// # Errors
    /// [`LocalError::Content`] when that is damaged.
    pub fn trees(&self, origin: &str) -> Result<BTreeMap<u64, Hash>, LocalError> {
        let path = self.named(origin, "trees");
        let Some(bytes) = disk::read_if_there(&path)? else { return Ok(BTreeMap::new()) };
        let line = |line: &str| {
            let (size, root) = line.split_once(' ')?;
            Some((size.parse().ok()?, hex::decode(root)?))
        };
        let text = str::from_utf8(&bytes).ok();
        let trees = text.and_then(|text| text.lines().map(line).collect());
        trees.ok_or_else(|| LocalError::content(&path, "not a list of trees"))
    }

    /// Remembers trees besides those that are.
    ///
    /// # Errors
    /// As [`Memory::trees`].
    pub fn add_trees(&self, origin: &str, more: &BTreeMap<u64, Hash>) -> Result<(), LocalError> {
        let mut trees = self.trees(origin)?;
        trees.extend(more.iter().map(|(size, root)| (*size, *root)));
        let mut text = String::new();
        for (size, root) in trees.iter().skip(trees.len().saturating_sub(TREES_MAX)) {
            // Writing to a `String` does not fail.
            let _ = writeln!(text, "{size} {}", hex::encode(root));
        }
        disk::replace(&self.named(origin, "trees"), text.as_bytes())
    }

    /// Checkpoints that each continue a tree known here and were not compared with each other: each
    /// came on a stick that knew nothing of the others.
    ///
    /// # Errors
    /// As [`Memory::newest`].
    pub fn uncompared(&self, origin: &str, trust: &Trust) -> Result<Vec<Seen>, ClientError> {
        let folder = self.named(origin, "uncompared");
        if !folder.exists() {
            return Ok(Vec::new());
        }
        let mut all = Vec::new();
        for path in disk::finished(&folder)? {
            let note = std::fs::read(&path).map_err(LocalError::at(&path))?;
            let checkpoint = trust.checkpoint(&note)?.checkpoint;
            all.push(Seen { checkpoint, note });
        }
        Ok(all)
    }

    /// Keeps a checkpoint until it can be compared.
    ///
    /// # Errors
    /// [`LocalError::Disk`].
    pub fn keep_uncompared(&self, seen: &Seen) -> Result<(), LocalError> {
        let folder = self.named(seen.checkpoint.origin(), "uncompared");
        disk::make_folder(&folder)?;
        let kept = disk::finished(&folder)?;
        let tree = &seen.checkpoint;
        let root: String = hex::encode(tree.root()).chars().take(16).collect();
        let place = folder.join(format!("{:020}-{root}.checkpoint", tree.size()));
        if kept.len() >= UNCOMPARED_MAX && !kept.contains(&place) {
            let why = "too many checkpoints wait to be compared: a link to the hub is needed";
            return Err(LocalError::content(&folder, why));
        }
        disk::replace(&place, &seen.note)
    }

    /// Nothing waits any more: all of it was compared.
    ///
    /// # Errors
    /// [`LocalError::Disk`].
    pub fn all_compared(&self, origin: &str) -> Result<(), LocalError> {
        let folder = self.named(origin, "uncompared");
        if !folder.exists() {
            return Ok(());
        }
        disk::finished(&folder)?.iter().try_for_each(|path| disk::remove(path))
    }
}
