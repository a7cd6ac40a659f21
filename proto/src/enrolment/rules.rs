//! May this key event happen? The one place where the rules stand in code.

use super::history::{KeyHistory, KnownKey, Standing, VouchedBy};
use super::step::{KeyAct, KeyStep};
use super::{VoucherError, check_shape};
use crate::key::{Algorithm, KeyId, PublicKey};
use crate::v1::{Address, KeyPurpose, KeyVoucher};

/// The rule that a key event breaks.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RuleBroken {
    /// Not in the order of the log.
    #[error("the key event of leaf {0} is not later than those before it")]
    OutOfOrder(u64),
    /// The key came into use before.
    #[error("the key {0} came into use before: make a new one, keys do not come back")]
    CameBefore(KeyId),
    /// The key never came into use in the sender's institution.
    #[error("the key {0} never came into use in the sender's institution")]
    NeverCame(KeyId),
    /// The key itself did not sign.
    #[error("the key that is added signs first, as proof that it is held")]
    NotHeld,
    /// As [`RuleBroken::NotHeld`], for a kind of key that no chain stands on.
    #[error("an ML-DSA key that is added signs second, behind the key that vouches for it")]
    NotHeldSecond,
    /// A signer is not in use.
    #[error("the signer {0} is not in use")]
    SignerOutOfUse(KeyId),
    /// A key that opens sealed exhibits signs nothing.
    #[error("the key {0} opens sealed exhibits, and signs nothing")]
    SignsNothing(KeyId),
    /// A signer belongs to another institution.
    #[error("the signer {0} is another institution's")]
    SignerForeign(KeyId),
    /// The key's holder is another institution's office.
    #[error("an office changes no keys of another institution")]
    Foreign,
    /// The event names a holder that the key does not have.
    #[error("the key is held by {0}, not by the office that the event names")]
    OtherHolder(String),
    /// Only an administrative key acts for another office.
    #[error("only the institution's administrative key changes the keys of another office")]
    OtherOffice,
    /// Nothing vouches for the key.
    #[error(
        "nothing vouches for the key: an office's first needs the voucher of its certificate, a \
         later one a key in use as second signer"
    )]
    NotVouchedFor,
    /// Certificate and key both vouch.
    #[error("either a certificate vouches for a key or another signer, not both")]
    VouchedForTwice,
    /// The voucher is no voucher.
    #[error("{0}")]
    Voucher(VoucherError),
    /// The office has a key in use: a certificate no longer suffices.
    #[error(
        "the office has a key in use: that key vouches for the new one, as second signer, and not \
         the certificate"
    )]
    NotTheFirst,
    /// The institution has an administrative key.
    #[error("the institution has an administrative key in use: that one vouches for new keys")]
    AdministrationNeeded,
    /// Administrative keys lie with two offices.
    #[error("an institution's administrative keys are held by one office: {0}")]
    AdministrationElsewhere(String),
    /// A seal key may not withdraw an administrative key.
    #[error("an administrative key is withdrawn by itself or another administrative key only")]
    AdministrationWithdrawn,
    /// The key has left use already.
    #[error("the key is out of use already, so the event changes nothing")]
    AlreadyOut,
    /// Revoked from a leaf that is not there yet.
    #[error("the key is to be revoked from leaf {from}, and the event itself is leaf {leaf}")]
    RevokedAhead {
        /// From where.
        from: u64,
        /// The event's own leaf.
        leaf: u64,
    },
    /// A key does not undo what it signed itself.
    #[error("a key does not take back what it signed: have another key in use sign the revocation")]
    TakesBackItsOwn,
    /// Only the administrative key reaches back.
    #[error("only the institution's administrative key revokes from a leaf that lies back")]
    ReachesBack,
    /// The revocation would fell its own signer.
    #[error(
        "the revoked key vouches for the one that signs the revocation, which falls with it: sign \
         with a key that stands on other ground"
    )]
    CutsItselfOff,
}

/// Who asks for a change, at which leaf.
struct Asked<'a> {
    leaf: u64,
    sender: &'a Address,
    holder: &'a Address,
}

impl KeyHistory {
    /// Whether the rules allow a key event as the leaf `leaf`, supposing that its signatures
    /// verify. For a key that is added: what vouches for it.
    ///
    /// # Errors
    /// The first rule that it breaks.
    pub fn check(&self, leaf: u64, step: &KeyStep) -> Result<Option<VouchedBy>, RuleBroken> {
        if !self.is_next(leaf) {
            return Err(RuleBroken::OutOfOrder(leaf));
        }
        let asked = Asked { leaf, sender: &step.sender, holder: &step.holder };
        if asked.holder.institution != asked.sender.institution {
            return Err(RuleBroken::Foreign);
        }
        let added = match &step.act {
            KeyAct::Add { key, .. } => Some(key.id()),
            KeyAct::Retire { .. } | KeyAct::Revoke { .. } => None,
        };
        let mut others = Vec::with_capacity(step.signers.len());
        for signer in step.signers.iter().filter(|signer| Some(**signer) != added) {
            others.push(self.colleague(signer, &asked)?);
        }
        let authority = others.first().copied();
        match &step.act {
            KeyAct::Add { key, purpose, voucher } => {
                self.check_held(key, &step.signers)?;
                let vouched_by = match (voucher, authority) {
                    (Some(_), Some(_)) => return Err(RuleBroken::VouchedForTwice),
                    (None, None) => return Err(RuleBroken::NotVouchedFor),
                    // Nobody signs the envelope but what vouches, so a certificate cannot.
                    (Some(_), None) if *purpose == KeyPurpose::Unseal => {
                        return Err(RuleBroken::NotVouchedFor);
                    }
                    (Some(voucher), None) => self.by_certificate(&asked, voucher)?,
                    (None, Some(known)) => self.by_key(&asked, *purpose, known)?,
                };
                Ok(Some(vouched_by))
            }
            KeyAct::Retire { key_id } => {
                self.check_withdrawal(&asked, key_id, authority)?;
                match self.standing(key_id, leaf) {
                    Standing::InUse => Ok(None),
                    _ => Err(RuleBroken::AlreadyOut),
                }
            }
            KeyAct::Revoke { key_id, invalid_from } => {
                let authority = self.check_withdrawal(&asked, key_id, authority)?;
                self.check_reach(&asked, key_id, *invalid_from, authority)?;
                Ok(None)
            }
        }
    }

    /// A signer that is in use and of the sender's institution.
    fn colleague(&self, signer: &KeyId, asked: &Asked<'_>) -> Result<&KnownKey, RuleBroken> {
        let known = self.key(signer).ok_or(RuleBroken::SignerOutOfUse(*signer))?;
        if known.holder.institution != asked.sender.institution {
            return Err(RuleBroken::SignerForeign(*signer));
        }
        if known.purpose == KeyPurpose::Unseal {
            return Err(RuleBroken::SignsNothing(*signer));
        }
        match self.standing(signer, asked.leaf) {
            Standing::InUse => Ok(known),
            _ => Err(RuleBroken::SignerOutOfUse(*signer)),
        }
    }

    /// The added key is new, and signs where it must.
    fn check_held(&self, key: &PublicKey, signers: &[KeyId]) -> Result<(), RuleBroken> {
        let id = key.id();
        if self.key(&id).is_some() {
            return Err(RuleBroken::CameBefore(id));
        }
        if key.algorithm() == Algorithm::XWing {
            return Ok(());
        }
        if key.algorithm() == Algorithm::MlDsa65 {
            let second = signers.get(1) == Some(&id);
            return if second { Ok(()) } else { Err(RuleBroken::NotHeldSecond) };
        }
        if signers.first() == Some(&id) { Ok(()) } else { Err(RuleBroken::NotHeld) }
    }

    fn by_certificate(
        &self,
        asked: &Asked<'_>,
        voucher: &KeyVoucher,
    ) -> Result<VouchedBy, RuleBroken> {
        if self.administers(&asked.holder.institution, asked.leaf) {
            return Err(RuleBroken::AdministrationNeeded);
        }
        if asked.holder != asked.sender {
            return Err(RuleBroken::OtherOffice);
        }
        if self.has_key(asked.holder, asked.leaf) {
            return Err(RuleBroken::NotTheFirst);
        }
        check_shape(voucher).map_err(RuleBroken::Voucher)?;
        Ok(VouchedBy::Certificate(voucher.clone()))
    }

    fn by_key(
        &self,
        asked: &Asked<'_>,
        purpose: KeyPurpose,
        authority: &KnownKey,
    ) -> Result<VouchedBy, RuleBroken> {
        if authority.purpose == KeyPurpose::Administration {
            if purpose == KeyPurpose::Administration && authority.holder != *asked.holder {
                return Err(RuleBroken::AdministrationElsewhere(shown(&authority.holder)));
            }
        } else {
            if self.administers(&asked.holder.institution, asked.leaf) {
                return Err(RuleBroken::AdministrationNeeded);
            }
            if authority.holder != *asked.holder || asked.holder != asked.sender {
                return Err(RuleBroken::OtherOffice);
            }
        }
        Ok(VouchedBy::Key(authority.key.id()))
    }

    /// Who may take a key out of use: an administrative key; for a seal key also its own office's.
    fn check_withdrawal<'a>(
        &self,
        asked: &Asked<'_>,
        key_id: &KeyId,
        authority: Option<&'a KnownKey>,
    ) -> Result<&'a KnownKey, RuleBroken> {
        let own = |known: &&KnownKey| known.holder.institution == asked.sender.institution;
        let withdrawn = self.key(key_id).filter(own).ok_or(RuleBroken::NeverCame(*key_id))?;
        if withdrawn.holder != *asked.holder {
            return Err(RuleBroken::OtherHolder(shown(&withdrawn.holder)));
        }
        let authority = authority.ok_or(RuleBroken::NotVouchedFor)?;
        if authority.purpose == KeyPurpose::Administration {
            return Ok(authority);
        }
        if withdrawn.purpose == KeyPurpose::Administration {
            return Err(RuleBroken::AdministrationWithdrawn);
        }
        if authority.holder != withdrawn.holder || asked.sender != asked.holder {
            return Err(RuleBroken::OtherOffice);
        }
        Ok(authority)
    }

    fn check_reach(
        &self,
        asked: &Asked<'_>,
        key_id: &KeyId,
        from: u64,
        authority: &KnownKey,
    ) -> Result<(), RuleBroken> {
        let leaf = asked.leaf;
        if from > leaf {
            return Err(RuleBroken::RevokedAhead { from, leaf });
        }
        // A retired key may have been stolen all the same, and more may turn out to be untrue.
        if let Standing::Revoked { from: earlier, .. } = self.standing(key_id, leaf)
            && earlier <= from
        {
            return Err(RuleBroken::AlreadyOut);
        }
        let itself = authority.key.id() == *key_id;
        if from == leaf && itself {
            return Ok(());
        }
        if itself {
            return Err(RuleBroken::TakesBackItsOwn);
        }
        if from < leaf
            && authority.purpose != KeyPurpose::Administration
            && self.administers(&asked.holder.institution, leaf)
        {
            return Err(RuleBroken::ReachesBack);
        }
        let stands = self.standing_if(&authority.key.id(), leaf, Some((*key_id, from)));
        if stands != Standing::InUse {
            return Err(RuleBroken::CutsItselfOff);
        }
        Ok(())
    }
}

fn shown(office: &Address) -> String {
    format!("{}/{}", office.institution, office.office)
}
