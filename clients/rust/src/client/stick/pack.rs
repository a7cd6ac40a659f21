//! At the office: what is signed and not answered goes onto a stick.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use barid_proto::tlog::Hash;
use barid_proto::v1::{StickHead, StickWay};

use super::super::Client;
use super::beside;
use crate::memory::Seen;
use crate::source;
use crate::stick::lock::{LockTo, PublicKey};
use crate::stick::{Load, StickError, Written, write};

/// How a stick is to be packed.
#[derive(Clone)]
pub struct Packing {
    /// Where to; further ones beside it.
    pub path: PathBuf,
    /// The most bytes on one. `None`: all on one.
    pub limit: Option<u64>,
    /// To whom it is locked.
    pub to: LockTo,
    /// To whom the way back is locked. `None`: with the same passphrase.
    pub reply_to: Option<PublicKey>,
}

/// What was packed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Packed {
    /// The sticks.
    pub written: Vec<Written>,
    /// Envelopes, or outcomes on the way back.
    pub envelopes: usize,
    /// Filings from the inbox. `None`: whoever packed may not be given them.
    pub served: Option<usize>,
    /// Documents.
    pub documents: usize,
}

impl Client {
    /// Packs what is pending, with its documents, for whoever has a link. It stays pending: the
    /// same may go on several sticks, and over the link when that is back.
    ///
    /// # Errors
    /// Any [`StickError`].
    pub async fn pack_stick(&self, packing: Packing) -> Result<Packed, StickError> {
        let _queued = self.queue.lock().await;
        let mut turn = self.outbox.turn_async().await?;
        let (mut envelopes, mut documents) = (Vec::new(), BTreeMap::new());
        for pending in turn.pending()? {
            // Behind one that was refused, links are fresh ones: what is carried is what is kept.
            let pending = turn.link(pending)?;
            for (sha256, size) in pending.documents() {
                let Ok(sha256) = Hash::try_from(sha256) else { continue };
                let place = turn.copy_of(&sha256).ok_or(StickError::DocumentMissing { sha256 })?;
                documents.insert(sha256, (size, place));
            }
            envelopes.push(pending.envelope().clone());
            turn.pass(&pending);
        }
        let head = StickHead {
            way: StickWay::ToHub.into(),
            reply_to: packing.reply_to.as_ref().map(PublicKey::to_bytes).unwrap_or_default(),
            seen_notes: self.seen_notes()?,
            after_cursor: self.served_until()?,
            ..self.stick_head(self.office.address.clone())?
        };
        let load = Load { head, envelopes, documents: listed(documents), ..Load::default() };
        let (envelopes, documents) = (load.envelopes.len(), load.documents.len());
        let written = self.write_stick(load, packing).await?;
        Ok(Packed { written, envelopes, served: None, documents })
    }

    /// Writes, and takes away what an earlier, longer packing left beside.
    pub(super) async fn write_stick(
        &self,
        load: Load,
        packing: Packing,
    ) -> Result<Vec<Written>, StickError> {
        let source = std::sync::Arc::clone(&self.office.source);
        beside(move || {
            let Packing { path, limit, to, .. } = packing;
            let before = super::parts_of(&path);
            let written = write(&load, &path, limit, &to, source.as_ref())?;
            let stale = |path: &&PathBuf| !written.iter().any(|one| one.path == **path);
            for path in before.iter().filter(stale).filter(|path| path.exists()) {
                remove(path)?;
            }
            Ok(written)
        })
        .await
    }

    /// A head as far as it is the same both ways.
    pub(super) fn stick_head(
        &self,
        office: barid_proto::v1::Address,
    ) -> Result<StickHead, StickError> {
        Ok(StickHead {
            packing_id: source::envelope_id(self.office.source.as_ref())?.to_vec(),
            hub_origin: self.origin.to_string(),
            office: Some(office),
            packed_at_unix_ms: self.office.source.now_ms(),
            ..StickHead::default()
        })
    }

    /// The checkpoints that this office remembers, the newest first. What comes back begins there:
    /// it is still known then, however far the office has come meanwhile.
    fn seen_notes(&self) -> Result<Vec<Vec<u8>>, StickError> {
        let (origin, trust) = (&self.origin, &self.office.trust);
        let newest = self.memory.newest(origin, trust)?;
        let open = self.memory.uncompared(origin, trust)?;
        if let Some(Seen { checkpoint, .. }) = &newest {
            let (size, root) = (checkpoint.size(), *checkpoint.root());
            self.memory.add_trees(origin, &BTreeMap::from([(size, root)]))?;
            self.told(|told| told.learn(size, root));
        }
        Ok(newest.into_iter().chain(open).map(|Seen { note, .. }| note).collect())
    }
}

/// Documents in the order in which they lie on a stick.
pub(super) fn listed(documents: BTreeMap<Hash, (u64, PathBuf)>) -> Vec<(Hash, u64, PathBuf)> {
    documents.into_iter().map(|(sha256, (size, path))| (sha256, size, path)).collect()
}

fn remove(path: &Path) -> Result<(), StickError> {
    Ok(crate::disk::remove(path)?)
}
