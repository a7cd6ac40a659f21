//! What became of an envelope that was signed here, by its identifier.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use barid_proto::envelope;

use super::{Outbox, REFUSED, SENT, Turn};
use crate::bundle::{Bundle, Evidence};
use crate::disk;
use crate::error::LocalError;
use crate::hex;

/// Where an envelope is.
#[derive(Debug, Clone)]
pub enum Whereabouts {
    /// Signed, and not answered yet.
    Pending,
    /// It has a receipt: where both are kept, and what is kept.
    Sent(PathBuf, Box<Evidence>),
    /// The hub refused it for good: what it said, as it was kept.
    Refused(String),
}

impl Turn<'_> {
    /// Where these envelopes are, by their identifiers; what was never signed here is not in the
    /// answer. Of what was sent only that is looked through which has a sequence above `above`.
    ///
    /// # Errors
    /// [`LocalError::Disk`], [`LocalError::Content`] for what is damaged.
    pub fn whereabouts(
        &self,
        wanted: &[[u8; 16]],
        above: u64,
    ) -> Result<BTreeMap<[u8; 16], Whereabouts>, LocalError> {
        let mut missing: BTreeSet<[u8; 16]> = wanted.iter().copied().collect();
        let mut found = BTreeMap::new();
        for pending in self.pending()? {
            if let Some(id) = taken(&mut missing, &pending.body().envelope_id) {
                found.insert(id, Whereabouts::Pending);
            }
        }
        let outbox = self.outbox();
        for id in missing.clone() {
            let reason = outbox.part(REFUSED).join(format!("{}.txt", hex::encode(&id)));
            if let Some(text) = disk::read_if_there(&reason)? {
                missing.remove(&id);
                let text = String::from_utf8_lossy(&text).into_owned();
                found.insert(id, Whereabouts::Refused(text));
            }
        }
        for path in sent(outbox, above)?.into_iter().rev() {
            if missing.is_empty() {
                break;
            }
            let damaged = |why: String| LocalError::content(&path, why);
            let Some(bytes) = disk::read_if_there(&path)? else { continue };
            let bundle = Bundle::decode(&bytes).map_err(|error| damaged(error.to_string()))?;
            let Some(evidence) = bundle.filings.into_iter().next() else { continue };
            let opened = envelope::open(&evidence.sealed.envelope);
            let opened = opened.map_err(|error| damaged(error.to_string()))?;
            if let Some(id) = taken(&mut missing, &opened.body.envelope_id) {
                found.insert(id, Whereabouts::Sent(path, Box::new(evidence)));
            }
        }
        Ok(found)
    }
}

/// Takes an identifier out of those that are missing.
fn taken(missing: &mut BTreeSet<[u8; 16]>, id: &[u8]) -> Option<[u8; 16]> {
    let id = <[u8; 16]>::try_from(id).ok()?;
    missing.take(&id)
}

/// What was sent with sequences above this one, in order.
fn sent(outbox: &Outbox, above: u64) -> Result<Vec<PathBuf>, LocalError> {
    let mut paths = disk::finished(&outbox.part(SENT))?;
    let sequence = |path: &PathBuf| path.file_stem()?.to_str()?.parse::<u64>().ok();
    paths.retain(|path| sequence(path).is_some_and(|sequence| sequence > above));
    Ok(paths)
}
