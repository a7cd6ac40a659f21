//! May this be sealed now? Decided in order, by the only thread that seals.
//!
//! A filing comes here judged, but what it was judged by may have changed: its sender's sequence
//! moved on, a key was retired, the same envelope arrived twice. Whatever could make a commit fail
//! is caught here, so that a filing that cannot be sealed fails alone and never with its batch.

use std::collections::HashMap;

use barid_proto::enrolment::{KeyHistory, Standing};
use barid_proto::key::KeyId;
use barid_proto::leaf::LeafKind;
use barid_proto::v1::{HubStatementKind, Reason};

use super::draft::{Changes, Draft};
use super::{Attestation, Proposal};
use crate::error::{Error, ExpectedLink, Fault, Refusal};
use crate::model::id::OfficeAddress;
use crate::model::keys::{self, forbidden};
use crate::model::row::{CaseChange, ChainRow, FilingRow, SealedRow};
use crate::store::{FilingKey, Store};

/// Chains that are remembered, 72 bytes each; more than there are offices and officers.
const CHAINS: usize = 65_536;

/// What is decided about a proposal.
pub(super) enum Verdict {
    /// It is next: seal it. A key event leaves the keys as here.
    Seal(Option<Box<KeyHistory>>),
    /// The same is in this batch already, as this row.
    InBatch(usize),
    /// The same was sealed before.
    Before(Box<FilingRow>),
    /// Its predecessor is missing.
    Early,
}

/// What is remembered of the committed state, so that most filings need few questions.
pub(super) struct Memory {
    chains: HashMap<KeyId, ChainRow>,
    keys: KeyHistory,
}

impl Memory {
    pub(super) fn load(store: &dyn Store, origin: &str) -> Result<Self, Fault> {
        Ok(Self { chains: HashMap::new(), keys: keys::history(origin, &store.keys()?)? })
    }

    /// Takes in what was committed.
    pub(super) fn absorb(&mut self, changes: &mut Changes) {
        if self.chains.len() + changes.chains.len() > CHAINS {
            self.chains.clear();
        }
        self.chains.extend(changes.chains.drain());
        if let Some(keys) = changes.keys.take() {
            self.keys = keys;
        }
    }
}

/// Decides, by what is committed and what the batch in hand will have changed.
pub(super) struct Judge<'a> {
    pub(super) store: &'a dyn Store,
    pub(super) memory: &'a mut Memory,
    pub(super) draft: &'a Draft,
}

impl Judge<'_> {
    pub(super) fn decide(&mut self, proposal: &Proposal) -> Result<Verdict, Error> {
        let filing = &proposal.filing;
        let changes = &self.draft.changes;
        if let Some(row) = changes.once.get(&filing.once_key) {
            return Ok(Verdict::InBatch(*row));
        }
        if let Some(before) = self.store.filing(FilingKey::Once(filing.once_key))? {
            return Ok(Verdict::Before(Box::new(before)));
        }
        let id = filing.envelope_id;
        if changes.envelopes.contains(&id) || self.store.filing(FilingKey::Envelope(id))?.is_some()
        {
            let text = "Another envelope with this identifier is in the log.";
            return Err(Refusal::new(Reason::EnvelopeConflict, text).into());
        }
        if proposal.not_after_ms.is_some_and(|limit| limit < self.draft.accepted_at_ms) {
            let text = "The envelope's time limit passed before it could be sealed.";
            return Err(Refusal::new(Reason::EnvelopeExpired, text).into());
        }
        let at = self.chain(&filing.key_id)?;
        if filing.sequence > at.sequence + 1 {
            return Ok(Verdict::Early);
        }
        if filing.sequence != at.sequence + 1 || proposal.previous_digest != at.digest {
            return Err(gap(at).into());
        }
        let keys = self.check_keys(proposal)?;
        if let Some(change) = &filing.case {
            self.check_case(change)?;
        }
        if let Some(answer) = &filing.answer {
            self.check_served(&filing.sender, answer.filing_leaf)?;
        }
        Ok(Verdict::Seal(keys))
    }

    /// Whether what a statement says of deliveries can be, and under which kind of leaf it stands.
    pub(super) fn check_statement(&self, attestation: &Attestation) -> Result<LeafKind, Error> {
        let said = attestation.statement.kind();
        let kind = LeafKind::of_statement(said)
            .ok_or_else(|| Fault::broken("a statement of no kind is to be sealed"))?;
        for (office, leaf) in &attestation.deliveries {
            self.check_served(office, *leaf)?;
            if said == HubStatementKind::Expired {
                self.check_silent(office, *leaf)?;
            }
        }
        Ok(kind)
    }

    /// Whether an office has neither answered a filing nor been said to be silent about it.
    fn check_silent(&self, office: &OfficeAddress, leaf: u64) -> Result<(), Error> {
        let committed = self.store.deliveries(leaf)?.into_iter().any(|delivery| {
            delivery.recipient == *office
                && (delivery.acknowledged_leaf.is_some()
                    || delivery.settled_leaf.is_some()
                    || delivery.expired_leaf.is_some())
        });
        let in_hand = self.draft.rows.iter().any(|row| match row {
            SealedRow::Filing(filing) => {
                filing.sender == *office
                    && filing.answer.as_ref().is_some_and(|answer| answer.filing_leaf == leaf)
            }
            SealedRow::Statement(statement) => {
                statement.expired.iter().any(|(silent, filing)| silent == office && *filing == leaf)
            }
        });
        if committed || in_hand {
            let text = format!("{office} has answered the filing with leaf {leaf}, or expired.");
            return Err(Refusal::new(Reason::NothingToAnswer, text).into());
        }
        Ok(())
    }

    /// Where a key's sequence will stand after this batch so far.
    pub(super) fn chain(&mut self, key: &KeyId) -> Result<ChainRow, Fault> {
        let known = self.draft.changes.chains.get(key).or_else(|| self.memory.chains.get(key));
        if let Some(chain) = known {
            return Ok(*chain);
        }
        let chain = self.store.chain(key)?;
        if self.memory.chains.len() >= CHAINS {
            self.memory.chains.clear();
        }
        self.memory.chains.insert(*key, chain);
        Ok(chain)
    }

    /// The signers are in use; a key event obeys the rules. Then: all keys as it leaves them.
    fn check_keys(&self, proposal: &Proposal) -> Result<Option<Box<KeyHistory>>, Error> {
        let (keys, leaf) = (self.keys(), self.draft.size());
        if let Some(step) = &proposal.key_step {
            let mut keys = Box::new(keys.clone());
            keys.apply(leaf, step.clone()).map_err(|broken| forbidden(&broken))?;
            return Ok(Some(keys));
        }
        let gone = |signer| {
            matches!(
                keys.standing(signer, leaf),
                Standing::Retired { .. } | Standing::Revoked { .. }
            )
        };
        if proposal.signers.iter().any(gone) {
            let text = "A signing key went out of use before the envelope could be sealed.";
            return Err(Refusal::new(Reason::KeyOutOfUse, text).into());
        }
        Ok(None)
    }

    fn keys(&self) -> &KeyHistory {
        self.draft.changes.keys.as_ref().unwrap_or(&self.memory.keys)
    }

    fn check_case(&self, change: &CaseChange) -> Result<(), Error> {
        let case = change.case;
        let known = self.draft.changes.opened.contains(&case) || self.store.case(case)?.is_some();
        match (known, &change.opening) {
            (true, None) | (false, Some(_)) => Ok(()),
            (false, None) => {
                let text = format!("There is no case {case}.");
                Err(Refusal::new(Reason::CaseUnknown, text).into())
            }
            (true, Some(_)) => {
                let text = format!("The case {case} was opened by another envelope.");
                Err(Refusal::new(Reason::EnvelopeConflict, text).into())
            }
        }
    }

    fn check_served(&self, office: &OfficeAddress, leaf: u64) -> Result<(), Error> {
        if self.store.deliveries(leaf)?.iter().any(|delivery| delivery.recipient == *office) {
            return Ok(());
        }
        let text = format!("The filing with leaf {leaf} was not served on {office}.");
        Err(Refusal::new(Reason::NothingToAnswer, text).into())
    }
}

/// The refusal of an envelope that is not the next one.
pub(super) fn gap(at: ChainRow) -> Box<Refusal> {
    let expected = ExpectedLink { sequence: at.sequence + 1, previous_digest: at.digest };
    let text = format!("The key's next envelope is number {}.", expected.sequence);
    Refusal::new(Reason::SequenceGap, text).with_expected(expected)
}
