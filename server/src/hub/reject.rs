//! Refusals that are final are stated in the log: the sender can prove that it tried, and when.
//!
//! Only for senders who are surely those they say they are, and within bounds, since a leaf is for
//! ever. The envelope itself is not kept, and uses no number of its sender's chain.

use std::collections::{HashMap, VecDeque};

use barid_proto::v1::{HubStatement, HubStatementKind, Reason};
use tokio::sync::Mutex;

use super::{Crafts, Hub};
use crate::error::Error;
use crate::log::Attestation;
use crate::model::id::{EnvelopeDigest, InstitutionId, OfficeAddress};
use crate::model::wire;

/// Refusals of one institution that are stated within [`WINDOW_MS`]: several times what its people
/// get wrong in the busiest hour, and what a program that sends nonsense without end may cost the
/// log and every mirror of it. Beyond, the refusal is given all the same, without a leaf.
const REJECTIONS_PER_WINDOW: u32 = 256;

/// The window: an hour.
const WINDOW_MS: u64 = 60 * 60 * 1000;

/// Stated refusals that are remembered, so that the same bytes get the same leaf again: those of
/// an hour of sixteen institutions at their bound, 100 bytes each.
const REMEMBERED: usize = 16 * REJECTIONS_PER_WINDOW as usize;

/// Who tried to file what.
pub(super) struct Attempt {
    /// The office, by its certificate and a key in use.
    pub(super) office: OfficeAddress,
    /// Who handed it in for that office, if not itself.
    pub(super) carried_by: Option<OfficeAddress>,
    /// Digest of the envelope.
    pub(super) digest: EnvelopeDigest,
}

/// What was stated lately. Asynchronous, since whoever refuses the same at once waits for the leaf
/// of the first.
#[derive(Default)]
pub(super) struct Rejections(Mutex<Stated>);

/// One refusal of one envelope.
type Refused = (EnvelopeDigest, Reason);

#[derive(Default)]
struct Stated {
    leaves: HashMap<Refused, u64>,
    /// In the order in which they were stated.
    order: VecDeque<Refused>,
    /// For each institution, when its window began and how many were stated in it.
    windows: HashMap<InstitutionId, (u64, u32)>,
}

/// Whether a refusal for this reason is final for the bytes that were sent, and so is recorded. The
/// others pass by themselves or by what the sender does beside the envelope (`false`, temporary or
/// surroundings), or come before it is known who sent it (`false`, stranger).
fn is_final(reason: Reason) -> bool {
    match reason {
        // What the sender may do.
        Reason::NotPermitted | Reason::DataClassForbidden | Reason::RecipientUnknown => true,
        // The envelope.
        Reason::EnvelopeInvalid
        | Reason::EnvelopeConflict
        | Reason::EnvelopeExpired
        | Reason::HistoryDiffers
        | Reason::KeyNotVouchedFor
        | Reason::TooLarge => true,
        // What it says.
        Reason::ContentInvalid
        | Reason::FormatUnknown
        | Reason::Unreadable
        | Reason::CaseUnknown
        | Reason::CaseAmbiguous
        | Reason::NothingToAnswer
        | Reason::Retained
        | Reason::Destroyed => true,
        // Surroundings: the same envelope goes through once they are mended.
        Reason::ExhibitMissing
        | Reason::SequenceGap
        | Reason::DigestMismatch
        | Reason::QuotaUsed => false,
        // Temporary.
        Reason::TooMany
        | Reason::TooSlow
        | Reason::Stopping
        | Reason::Unconfirmed
        | Reason::FormatFailed
        | Reason::HubFailed
        | Reason::HubFull
        | Reason::HistoryLost => false,
        // Stranger, or not about an envelope.
        Reason::Unspecified
        | Reason::CertificateWithoutOffice
        | Reason::OfficeUnknown
        | Reason::SenderMismatch
        | Reason::KeyUnknown
        | Reason::KeyOutOfUse
        | Reason::SignatureInvalid
        | Reason::EnvelopeMalformed
        | Reason::WrongHub
        | Reason::NotFound
        | Reason::RequestInvalid => false,
    }
}

impl Hub {
    /// The error with which an attempt ended, after stating it in the log when it is final. That
    /// the statement fails changes nothing about the refusal.
    pub(super) async fn recorded(&self, attempt: Option<Attempt>, error: Error) -> Error {
        let (mut refusal, attempt) = match (error, attempt) {
            (Error::Refused(refusal), Some(attempt)) if is_final(refusal.reason) => {
                (refusal, attempt)
            }
            (error, _) => return error,
        };
        match self.rejections.leaf_for(&self.crafts, &attempt, refusal.reason).await {
            Ok(leaf) => refusal.rejection_leaf = leaf,
            Err(error) => tracing::warn!(%error, "a refusal could not be stated in the log"),
        }
        refusal.into()
    }
}

impl Rejections {
    /// Leaf of the statement that an attempt was refused, made unless there is one. `None`: the
    /// institution has had as many as it may.
    async fn leaf_for(
        &self,
        crafts: &Crafts,
        attempt: &Attempt,
        reason: Reason,
    ) -> Result<Option<u64>, Error> {
        let mut stated = self.0.lock().await;
        let refused = (attempt.digest, reason);
        if let Some(leaf) = stated.leaves.get(&refused) {
            return Ok(Some(*leaf));
        }
        let now_ms = (crafts.clock)();
        if !stated.take(&attempt.office.institution, now_ms) {
            return Ok(None);
        }
        let statement = HubStatement {
            kind: HubStatementKind::Rejected.into(),
            office: Some(wire::address(&attempt.office)),
            envelope_digests: vec![attempt.digest.to_vec()],
            at_unix_ms: wire::instant(now_ms),
            reason: u32::try_from(i32::from(reason)).unwrap_or_default(),
            carried_by: attempt.carried_by.as_ref().map(wire::address),
            ..HubStatement::default()
        };
        let attestation = Attestation { statement, deliveries: Vec::new() };
        let leaf = crafts.log.attest(attestation).await?;
        stated.remember(refused, leaf);
        Ok(Some(leaf))
    }
}

impl Stated {
    /// Takes one of an institution's statements in this window.
    fn take(&mut self, institution: &InstitutionId, now_ms: u64) -> bool {
        let (began_ms, count) = self.windows.entry(institution.clone()).or_insert((now_ms, 0));
        if now_ms.saturating_sub(*began_ms) >= WINDOW_MS {
            (*began_ms, *count) = (now_ms, 0);
        }
        *count += 1;
        *count <= REJECTIONS_PER_WINDOW
    }

    fn remember(&mut self, refused: Refused, leaf: u64) {
        if self.order.len() >= REMEMBERED
            && let Some(oldest) = self.order.pop_front()
        {
            self.leaves.remove(&oldest);
        }
        self.order.push_back(refused);
        self.leaves.insert(refused, leaf);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(n: usize) -> Refused {
        let mut digest = [0; 32];
        digest[..8].copy_from_slice(&n.to_be_bytes());
        (EnvelopeDigest::new(digest), Reason::NotPermitted)
    }

    #[test]
    fn each_institution_has_its_share_of_a_window() {
        let mut stated = Stated::default();
        let (alpha, beta) =
            (InstitutionId::new("alpha").unwrap(), InstitutionId::new("beta").unwrap());
        let taken = (0..1000).filter(|n| stated.take(&alpha, 5_000 + n)).count();
        assert_eq!(taken, REJECTIONS_PER_WINDOW as usize);
        assert!(stated.take(&beta, 6_000), "others have their own");
        assert!(!stated.take(&alpha, 5_000 + WINDOW_MS - 1));
        assert!(stated.take(&alpha, 5_000 + WINDOW_MS));
    }

    #[test]
    fn memory_is_bounded_and_the_oldest_goes_first() {
        let mut stated = Stated::default();
        for n in 0..=REMEMBERED {
            stated.remember(refused(n), n as u64);
        }
        assert_eq!((stated.leaves.len(), stated.order.len()), (REMEMBERED, REMEMBERED));
        assert_eq!(stated.leaves.get(&refused(0)), None);
        assert_eq!(stated.leaves.get(&refused(1)), Some(&1));
    }
}
