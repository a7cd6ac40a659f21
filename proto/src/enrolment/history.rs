//! Keys over time: what the key events of a log add up to.

use std::collections::BTreeMap;

use super::rules::RuleBroken;
use super::step::{KeyAct, KeyStep, StepError};
use crate::envelope::Opened;
use crate::key::{KeyId, PublicKey};
use crate::v1::{Address, KeyPurpose, KeyVoucher};

/// The keys of a log, from its key events in order.
///
/// It may be given those events alone that concern some keys: each key's own, and those of every
/// key that signed one of them. Then it knows of no other keys, and cannot tell whether an event
/// was left out.
#[derive(Debug, Clone)]
pub struct KeyHistory {
    origin: String,
    keys: BTreeMap<KeyId, KnownKey>,
    last_leaf: Option<u64>,
}

/// A key that came into use.
#[derive(Debug, Clone, PartialEq)]
pub struct KnownKey {
    /// The key.
    pub key: PublicKey,
    /// Who holds it.
    pub holder: Address,
    /// What it may sign.
    pub purpose: KeyPurpose,
    /// Leaf that brought it into use.
    pub added_leaf: u64,
    /// What vouched for it.
    pub vouched_by: VouchedBy,
    /// Leaf that retired it. `None`: nobody did.
    pub retired_leaf: Option<u64>,
    /// Its own leaves from here on are not trusted. `None`: nobody revoked it, though one may have
    /// revoked what vouches for it: ask [`KeyHistory::standing`].
    pub revoked_from: Option<u64>,
}

/// What vouched for a key.
#[derive(Debug, Clone, PartialEq)]
pub enum VouchedBy {
    /// The holder's certificate; that the voucher is good, whoever admits the event checks with
    /// [`verify_voucher`](super::verify_voucher).
    Certificate(KeyVoucher),
    /// Another key, which was in use then.
    Key(KeyId),
}

/// What a key was at some leaf.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It had not come into use.
    Unknown,
    /// It was in use.
    InUse,
    /// It had left use.
    Retired {
        /// The leaf that retired it, the last that it may have signed.
        leaf: u64,
    },
    /// It is not to be trusted.
    Revoked {
        /// The first leaf that is not to be trusted.
        from: u64,
        /// The key that was revoked: itself, or one that stands behind it.
        because: KeyId,
    },
}

/// Why a signature is not one of an office, by the key alone.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotASigner {
    /// The key was not known at that leaf.
    #[error("the key {0} had not come into use at that leaf")]
    Unknown(KeyId),
    /// The key had been retired.
    #[error("the key {key} was retired by the leaf {leaf}")]
    Retired {
        /// The key.
        key: KeyId,
        /// The leaf that retired it.
        leaf: u64,
    },
    /// The key was revoked, or one that stands behind it.
    #[error("the key {key} is not trusted from the leaf {from} on: {because} was revoked")]
    Revoked {
        /// The key.
        key: KeyId,
        /// The first leaf that is not trusted.
        from: u64,
        /// The key that was revoked.
        because: KeyId,
    },
    /// The key is another office's.
    #[error("the key {key} is held by {holder}")]
    Holder {
        /// The key.
        key: KeyId,
        /// Who holds it.
        holder: String,
    },
    /// An administrative key signs key events only.
    #[error("the key {0} is an administrative key: it signs key events only")]
    Purpose(KeyId),
    /// It opens sealed exhibits.
    #[error("the key {0} opens sealed exhibits, and signs nothing")]
    SignsNothing(KeyId),
}

impl KeyHistory {
    /// A log without keys.
    #[must_use]
    pub fn new(origin: impl Into<String>) -> Self {
        Self { origin: origin.into(), keys: BTreeMap::new(), last_leaf: None }
    }

    /// A history as it was kept by somebody who had admitted each event.
    #[must_use]
    pub fn restored(origin: impl Into<String>, keys: impl IntoIterator<Item = KnownKey>) -> Self {
        let keys = keys.into_iter().map(|known| (known.key.id(), known)).collect();
        Self { origin: origin.into(), keys, last_leaf: None }
    }

    /// Takes in the key event of `leaf`, whose place in the log the caller has proven: verifies its
    /// signatures, applies the rules, and remembers what it does. A certificate that vouches is
    /// the caller's to check ([`VouchedBy::Certificate`]).
    ///
    /// # Errors
    /// [`StepError`] when it is no key event, or not signed as it says; [`RuleBroken`] when it
    /// should never have been admitted. The history is then as before.
    pub fn admit(&mut self, leaf: u64, opened: &Opened) -> Result<(), AdmitError> {
        if opened.body.hub_origin != self.origin {
            return Err(StepError::OtherLog(opened.body.hub_origin.clone()).into());
        }
        let step = KeyStep::parse(opened)?;
        self.verify(&step, opened)?;
        Ok(self.apply(leaf, step)?)
    }

    fn verify(&self, step: &KeyStep, opened: &Opened) -> Result<(), StepError> {
        let mut keys = Vec::with_capacity(step.signers.len());
        for signer in &step.signers {
            let known = match &step.act {
                KeyAct::Add { key, .. } if key.id() == *signer => Some(&**key),
                _ => self.keys.get(signer).map(|known| &known.key),
            };
            keys.push(known.ok_or(StepError::UnknownSigner(*signer))?);
        }
        Ok(opened.verify(&keys)?)
    }

    /// Applies the rules to a key event whose signatures were verified, and remembers what it does.
    ///
    /// # Errors
    /// [`RuleBroken`]; the history is then as before.
    pub fn apply(&mut self, leaf: u64, step: KeyStep) -> Result<(), RuleBroken> {
        let voucher = self.check(leaf, &step)?;
        self.last_leaf = Some(leaf);
        match (step.act, voucher) {
            (KeyAct::Add { key, purpose, .. }, Some(vouched_by)) => {
                let known = KnownKey {
                    key: *key,
                    holder: step.holder,
                    purpose,
                    added_leaf: leaf,
                    vouched_by,
                    retired_leaf: None,
                    revoked_from: None,
                };
                self.keys.insert(known.key.id(), known);
            }
            (KeyAct::Retire { key_id }, _) => {
                if let Some(known) = self.keys.get_mut(&key_id) {
                    known.retired_leaf.get_or_insert(leaf);
                }
            }
            (KeyAct::Revoke { key_id, invalid_from }, _) => {
                if let Some(known) = self.keys.get_mut(&key_id) {
                    let before = known.revoked_from.unwrap_or(invalid_from);
                    known.revoked_from = Some(before.min(invalid_from));
                }
            }
            (KeyAct::Add { .. }, None) => return Err(RuleBroken::NotVouchedFor),
        }
        Ok(())
    }

    /// Whether `leaf` comes after everything that was taken in.
    pub(super) fn is_next(&self, leaf: u64) -> bool {
        self.last_leaf.is_none_or(|last| leaf > last)
    }

    /// What is known of a key. `None`: it never came into use.
    #[must_use]
    pub fn key(&self, id: &KeyId) -> Option<&KnownKey> {
        self.keys.get(id)
    }

    /// All keys, by identifier.
    pub fn keys(&self) -> impl Iterator<Item = &KnownKey> {
        self.keys.values()
    }

    /// What a key was to a signature in the leaf `at_leaf`.
    #[must_use]
    pub fn standing(&self, id: &KeyId, at_leaf: u64) -> Standing {
        self.standing_if(id, at_leaf, None)
    }

    /// As [`KeyHistory::standing`], supposing that one more key were revoked from a leaf on.
    pub(super) fn standing_if(
        &self,
        id: &KeyId,
        at_leaf: u64,
        revoked: Option<(KeyId, u64)>,
    ) -> Standing {
        let Some(known) = self.keys.get(id).filter(|known| known.added_leaf <= at_leaf) else {
            return Standing::Unknown;
        };
        if let Some((from, because)) = self.distrusted(known, revoked)
            && from <= at_leaf
        {
            return Standing::Revoked { from, because };
        }
        match known.retired_leaf {
            Some(leaf) if leaf < at_leaf => Standing::Retired { leaf },
            _ => Standing::InUse,
        }
    }

    /// From which leaf on a key is not trusted, and because of which. A key falls from its first
    /// leaf on when what vouches for it was revoked from there or before. Ends, because a key is
    /// older than what it vouches for.
    fn distrusted(&self, known: &KnownKey, revoked: Option<(KeyId, u64)>) -> Option<(u64, KeyId)> {
        let mut at = known;
        let mut fallen = None;
        // Where the key under this one, towards the one asked for, came into use: nothing later
        // matters of this one.
        let mut until = u64::MAX;
        loop {
            let id = at.key.id();
            let supposed = revoked.filter(|(key, _)| *key == id).map(|(_, from)| from);
            let from = at.revoked_from.into_iter().chain(supposed).min();
            if let Some(from) = from.filter(|from| *from <= until) {
                let first = if until == u64::MAX { from } else { known.added_leaf };
                fallen = Some((first, id));
            }
            let VouchedBy::Key(above) = &at.vouched_by else { return fallen };
            let above = self.keys.get(above).filter(|above| above.added_leaf < at.added_leaf);
            let Some(above) = above else { return fallen };
            until = at.added_leaf;
            at = above;
        }
    }

    /// Whether the institution has an administrative key in use.
    pub(super) fn administers(&self, institution: &str, at_leaf: u64) -> bool {
        self.keys.values().any(|known| {
            known.purpose == KeyPurpose::Administration
                && known.holder.institution == institution
                && self.standing(&known.key.id(), at_leaf) == Standing::InUse
        })
    }

    /// The key to which keys of sealed exhibits are wrapped for an office: of those in use the
    /// newest. `None`: the office has none.
    #[must_use]
    pub fn unsealing(&self, office: &Address, at_leaf: u64) -> Option<&KnownKey> {
        let own = self.keys.values().filter(|known| {
            known.purpose == KeyPurpose::Unseal
                && known.holder == *office
                && self.standing(&known.key.id(), at_leaf) == Standing::InUse
        });
        own.max_by_key(|known| known.added_leaf)
    }

    /// Whether the office has a key in use that signs.
    #[must_use]
    pub fn has_key(&self, office: &Address, at_leaf: u64) -> bool {
        self.keys.values().any(|known| {
            known.purpose != KeyPurpose::Unseal
                && known.holder == *office
                && self.standing(&known.key.id(), at_leaf) == Standing::InUse
        })
    }

    /// The key with which `sender` signed the filing of `at_leaf`; key events have rules of their
    /// own ([`KeyHistory::admit`]).
    ///
    /// # Errors
    /// [`NotASigner`] when the key was not in use for this office there.
    pub fn signer(
        &self,
        id: &KeyId,
        at_leaf: u64,
        sender: &Address,
    ) -> Result<&KnownKey, NotASigner> {
        let key = *id;
        match self.standing(id, at_leaf) {
            Standing::Unknown => return Err(NotASigner::Unknown(key)),
            Standing::Retired { leaf } => return Err(NotASigner::Retired { key, leaf }),
            Standing::Revoked { from, because } => {
                return Err(NotASigner::Revoked { key, from, because });
            }
            Standing::InUse => {}
        }
        let known = self.keys.get(id).ok_or(NotASigner::Unknown(key))?;
        if known.holder != *sender {
            let holder = format!("{}/{}", known.holder.institution, known.holder.office);
            return Err(NotASigner::Holder { key, holder });
        }
        match known.purpose {
            KeyPurpose::Administration => return Err(NotASigner::Purpose(key)),
            KeyPurpose::Unseal => return Err(NotASigner::SignsNothing(key)),
            KeyPurpose::Seal | KeyPurpose::Unspecified => {}
        }
        Ok(known)
    }
}

/// Why a key event was not taken in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AdmitError {
    /// No key event, or not signed as it says.
    #[error(transparent)]
    Step(#[from] StepError),
    /// A rule forbids it.
    #[error(transparent)]
    Rule(#[from] RuleBroken),
}
