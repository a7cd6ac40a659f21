//! All dockets of an election event that this office may read, as of one size of the log: what
//! registers are made of.
//!
//! Cases come one by one, several calls under way at once, and of each stays only what counts for
//! registers. Each line is verified as any docket's is. For that every sender's own newest tree has
//! to be in the log's one history; with thousands of lines that would be thousands of questions to
//! the hub, so the leaves' hashes are fetched first, and every tree up to the checkpoint is made
//! here.

use std::collections::BTreeSet;
use std::sync::Arc;

use barid_proto::assess::Act;
use barid_proto::reconcile::docket::Line;
use barid_proto::reconcile::{Docket, Dockets};
use barid_proto::tlog::checkpoint::Checkpoint;
use barid_proto::tlog::tile::{FULL_WIDTH, Tile};
use barid_proto::tlog::tree::Tree;
use barid_proto::tlog::{EMPTY_ROOT, HASH_LEN, Hash};
use barid_proto::v1::{DocketEntry, HubStatement, ListCasesRequest};
use prost::Message as _;
use tokio::task::JoinSet;

use super::{CaseName, Client, lacks};
use crate::error::{ClientError, EvidenceError, LocalError};
use crate::memory::Seen;
use crate::verify::Verified;

/// Calls under way at once: more only wait for each other at the hub.
const CALLS_MAX: usize = 8;

/// Cases on a page: as many as the hub gives.
const PAGE: u32 = 500;

/// Times that the list of cases is read until nothing new is in it. A case that changes while its
/// page is read comes to stand on one that was read already, and is found the next time.
const PASSES_MAX: usize = 16;

/// Largest log of which every tree is made here: 32 MiB of hashes. Of a larger one, what is not
/// known is asked for.
const HISTORY_MAX: u64 = 1 << 20;

/// Most lines and bytes of a docket that one answer has; of a longer docket the rest is watched.
const LINES_MAX: usize = 2_000;
const BYTES_MAX: usize = 16 * 1024 * 1024;

/// The dockets of an election event, as this office may read them.
#[derive(Debug, Clone)]
pub struct EventDockets {
    /// The checkpoint as of which they were read: nothing behind it counts.
    pub as_of: Seen,
    /// The dockets.
    pub dockets: Dockets,
    /// Verified lines that they have.
    pub lines: u64,
    /// Filings on these dockets that this office may not read.
    pub hidden: u64,
}

/// A docket that was read.
struct Read {
    docket: Docket,
    lines: u64,
    hidden: u64,
}

impl Client {
    /// Reads all dockets of an election event that this office may read; of all events when
    /// `event` is empty. `progress` is told how many cases are read, and of how many.
    ///
    /// # Errors
    /// Any [`ClientError`]; one line that does not prove itself is enough. [`LocalError::Argument`]
    /// when cases change faster than they can be listed.
    pub async fn event_dockets(
        &self,
        event: &str,
        progress: &mut (dyn FnMut(usize, usize) + Send),
    ) -> Result<EventDockets, ClientError> {
        let as_of = self.checkpoint().await?;
        self.know_history(&as_of.checkpoint).await?;
        let size = as_of.checkpoint.size();
        let cases = self.event_cases(event).await?;
        let all = cases.len();
        let (mut dockets, mut lines, mut hidden) = (Vec::with_capacity(all), 0, 0);
        let (mut calls, mut cases) = (JoinSet::new(), cases.into_iter());
        loop {
            while calls.len() < CALLS_MAX
                && let Some(case) = cases.next()
            {
                let client = self.clone();
                calls.spawn(async move { client.event_docket(case, size).await });
            }
            let Some(done) = calls.join_next().await else { break };
            let read = done.map_err(|error| LocalError::Interrupted(error.to_string()))??;
            lines += read.lines;
            hidden += read.hidden;
            // A case that was opened since has no line yet.
            if read.lines > 0 {
                dockets.push(read.docket);
            }
            progress(dockets.len(), all);
        }
        Ok(EventDockets { as_of, dockets: Dockets::new(dockets), lines, hidden })
    }

    /// The identifiers of an event's cases.
    async fn event_cases(&self, event: &str) -> Result<BTreeSet<[u8; 16]>, ClientError> {
        let mut known = BTreeSet::new();
        for _ in 0..PASSES_MAX {
            let before = known.len();
            let mut page_token = String::new();
            loop {
                let page = ListCasesRequest {
                    page_size: PAGE,
                    page_token: page_token.clone(),
                    election_event_id: event.to_owned(),
                    text: String::new(),
                };
                let listed = self.cases(page).await?;
                for case in listed.cases {
                    known.insert(case.case_id.try_into().map_err(|_| lacks("case_id"))?);
                }
                if listed.next_page_token.is_empty() {
                    break;
                }
                page_token = listed.next_page_token;
            }
            if known.len() == before {
                return Ok(known);
            }
        }
        let why = "its cases change faster than they can be listed: try again later".to_owned();
        Err(LocalError::Argument { field: "event", why }.into())
    }

    /// One case, as far as its lines lie below a size of the log.
    async fn event_docket(&self, case_id: [u8; 16], size: u64) -> Result<Read, ClientError> {
        let found = self.case(CaseName::Id(case_id)).await?;
        let case = found.case.ok_or_else(|| lacks("case"))?;
        let mut entries = found.entries;
        let bytes: usize = entries.iter().map(DocketEntry::encoded_len).sum();
        if entries.len() >= LINES_MAX || bytes >= BYTES_MAX {
            entries = self.whole_docket(&case).await?;
        }
        let hidden = case.filings.saturating_sub(entries.len() as u64);
        let mut lines = Vec::with_capacity(entries.len());
        for entry in entries {
            let (verified, stated) = self.verify_line_stated(&entry).await?;
            if verified.leaf_index < size {
                let stated = stated.into_iter().filter(|one| one.leaf_index < size);
                let stated: Vec<HubStatement> = stated.map(|one| one.statement).collect();
                lines.push(Line::of(act_of(verified), &stated));
            }
        }
        let read = lines.len() as u64;
        Ok(Read { docket: Docket::read(case_id, lines), lines: read, hidden })
    }

    /// Makes every tree of the log up to a checkpoint from the hashes of its leaves, and knows
    /// their roots from then on.
    async fn know_history(&self, tree: &Checkpoint) -> Result<(), ClientError> {
        let size = tree.size();
        if size > HISTORY_MAX {
            return Ok(());
        }
        let (mut calls, mut tiles) = (JoinSet::new(), (0..size.div_ceil(u64::from(FULL_WIDTH))));
        let mut hashes: Vec<(u64, Vec<u8>)> = Vec::new();
        loop {
            while calls.len() < CALLS_MAX
                && let Some(tile) = tiles.next().and_then(|index| Tile::at(0, index, size))
            {
                let client = self.clone();
                calls.spawn(async move { (tile.index(), client.tile(tile).await) });
            }
            let Some(done) = calls.join_next().await else { break };
            let (index, tile) = done.map_err(|error| LocalError::Interrupted(error.to_string()))?;
            hashes.push((index, tile?));
        }
        hashes.sort();
        let leaves: Vec<u8> = hashes.into_iter().flat_map(|(_, tile)| tile).collect();
        let roots = roots_of(&leaves);
        // The checkpoint is signed and was compared: what does not come to its root is not its
        // tree.
        if roots.len() as u64 != size + 1 || roots.last() != Some(tree.root()) {
            let (said, proven) = ("other leaves".to_owned(), format!("a tree of {size}"));
            return Err(EvidenceError::Contradiction { field: "hashes", said, proven }.into());
        }
        self.told(|told| told.learn_history(Arc::from(roots)));
        Ok(())
    }
}

/// The roots of all trees that begin with these leaves' hashes, the empty one first.
fn roots_of(leaves: &[u8]) -> Vec<Hash> {
    let mut tree = Tree::empty();
    let mut roots = vec![EMPTY_ROOT];
    for leaf in leaves.as_chunks::<HASH_LEN>().0 {
        tree.append(*leaf);
        roots.push(tree.root());
    }
    roots
}

/// A verified filing as everybody computes with it.
pub(super) fn act_of(verified: Verified) -> Act {
    let Verified { mut body, digest, leaf_index, accepted_at_ms, assessment, .. } = verified;
    let reading = assessment.and_then(|added| added.reading);
    let read = reading.and_then(|reading| reading.content);
    let content = body.content.take().or(read).and_then(|content| content.content);
    Act {
        leaf: leaf_index,
        accepted_at_ms: i64::try_from(accepted_at_ms).unwrap_or(i64::MAX),
        digest,
        body,
        content,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tree_is_made_from_the_leaves() {
        let leaves: Vec<u8> = (0..9_u8).flat_map(|leaf| [leaf; HASH_LEN]).collect();
        let roots = roots_of(&leaves);
        assert_eq!(roots.len(), 10);
        assert_eq!((roots[0], roots[1]), (EMPTY_ROOT, [0; HASH_LEN]));
        let mut other = leaves.clone();
        other[HASH_LEN * 8] ^= 1;
        let others = roots_of(&other);
        assert_eq!(roots[..9], others[..9]);
        assert_ne!(roots[9], others[9]);
    }
}
