//! What a third party's time-stamp over a checkpoint says about the filings below it.

use barid_proto::tlog::note::Note;
use barid_proto::v1::filing_content::Content;

use super::examine::Place;
use super::finding::Code;
use super::notes::{Fault, Notes, Weighed};
use super::report::{ProvenFiling, ProvenStamp};
use crate::clock::{self, ClockError, Root};

/// A checkpoint that a third party dated.
pub(super) struct Dated {
    tree: Weighed,
    stamp: ProvenStamp,
}

impl Dated {
    /// What the token that is filed at `place` proves to whoever believes these authorities.
    pub(super) fn of(
        place: &Place,
        notes: &mut Notes<'_>,
        roots: Option<&[Root]>,
    ) -> Result<Self, Fault> {
        let wrong = |why: String| (Code::TokenWrong, why);
        let content = place.opened.body.content.as_ref();
        let Some(Content::ClockToken(filed)) = content.and_then(|given| given.content.as_ref())
        else {
            return Err(wrong("the filing is no time-stamp token".to_owned()));
        };
        let Some(roots) = roots else { return Err((Code::TokenUnchecked, String::new())) };
        let note = Note::parse(&filed.checkpoint).map_err(|error| wrong(error.to_string()))?;
        let clock = clock::verify(&filed.token, note.text().as_bytes(), roots);
        let clock = clock.map_err(|error| match error {
            // Others may believe that authority.
            ClockError::Stranger { .. } => (Code::TokenUnchecked, error.to_string()),
            error => wrong(error.to_string()),
        })?;
        let tree = notes.weigh(&note)?;
        let (origin, log) = (tree.checkpoint.origin(), place.witnessed.checkpoint.origin());
        if origin != log {
            return Err(wrong(format!("it dates {origin}, and is in {log}")));
        }
        // The authority's clock may be off by as much as it says itself.
        let off_ms = clock.accuracy_us.unwrap_or(0).div_ceil(1000);
        let by_ms = clock.time_unix_ms.saturating_add(off_ms);
        Ok(Self { tree, stamp: ProvenStamp { by_ms, authority: clock.authority } })
    }

    /// Dates a filing that the checkpoint covers; the earliest stamp counts.
    pub(super) fn date(&self, filing: &mut ProvenFiling) {
        let size = self.tree.checkpoint.size();
        // The tree of the receipt is the one that was dated; or witnesses saw that one, and they
        // cosign one history.
        let same = filing.tree_size == size || !self.tree.cosigned.is_empty();
        let earlier = filing.stamped.as_ref().is_none_or(|known| self.stamp.by_ms < known.by_ms);
        if same && filing.leaf_index < size && earlier {
            filing.stamped = Some(self.stamp.clone());
        }
    }
}
