//! The directory and the keys in use.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError, RwLock, RwLockReadGuard};

use barid_proto::enrolment::{
    KeyHistory, KeyStep, KnownKey, NotASigner, RuleBroken, Standing, VouchedBy,
};
use barid_proto::key::{KeyId, PublicKey};
use barid_proto::v1::{self, Reason};

use super::read::invalid;
use super::{Crafts, Hub};
use crate::error::{Error, Fault, Refusal};
use crate::identity::caller::Caller;
use crate::model::id::{InstitutionId, OfficeAddress};
use crate::model::keys;
use crate::model::wire;
use crate::store::{FilingKey, Store};

impl Hub {
    /// Who the hub thinks the caller is.
    ///
    /// # Errors
    /// `REASON_OFFICE_UNKNOWN` when the certificate's office is not in the directory.
    pub fn describe_caller(&self, caller: &Caller) -> Result<v1::GetCallerResponse, Error> {
        self.admit(caller)?;
        let log = &self.crafts.log;
        Ok(v1::GetCallerResponse {
            caller: Some(wire::address(&caller.office)),
            hub_origin: log.origin().to_owned(),
            log_verifier_keys: log.verifier_keys().iter().map(ToString::to_string).collect(),
            hub_time_unix_ms: wire::instant((self.crafts.clock)()),
            witness_policy: log
                .witnesses()
                .plan()
                .map(|plan| plan.text.clone())
                .unwrap_or_default(),
        })
    }

    /// The directory.
    #[must_use]
    pub fn institutions(&self) -> v1::ListInstitutionsResponse {
        v1::ListInstitutionsResponse { institutions: self.crafts.directory.shown() }
    }

    /// Keys of an institution, those out of use included.
    ///
    /// # Errors
    /// `REASON_REQUEST_INVALID` for an institution that cannot be.
    pub async fn keys(&self, request: v1::ListKeysRequest) -> Result<v1::ListKeysResponse, Error> {
        let institution = InstitutionId::new(&request.institution)
            .ok_or_else(|| invalid("institution is no identifier"))?;
        self.blocking(move |crafts| {
            let rows = crafts.store.keys()?;
            let own = rows.iter().filter(|row| row.holder.institution == institution);
            let shown = own.map(|row| {
                // What stands on a revoked key is revoked with it.
                let revoked_from_leaf = crafts.keys.revoked_from(&row.key_id);
                v1::EnrolledKey { revoked_from_leaf, ..wire::enrolled_key(row) }
            });
            Ok(v1::ListKeysResponse { keys: shown.collect() })
        })
        .await
    }

    /// Whose a key is, as the log proves it: all events about it, about the keys that signed
    /// those, and so on.
    ///
    /// # Errors
    /// `REASON_KEY_UNKNOWN` for a key that never came into use.
    pub async fn key_proof(
        &self,
        request: v1::GetKeyProofRequest,
    ) -> Result<v1::GetKeyProofResponse, Error> {
        let key = KeyId::from_slice(&request.key_id)
            .ok_or_else(|| invalid("key_id is not the 32 bytes of a key's identifier"))?;
        self.blocking(move |crafts| crafts.key_proof(key)).await
    }
}

impl Crafts {
    fn key_proof(&self, key: KeyId) -> Result<v1::GetKeyProofResponse, Error> {
        let shown = self.shown();
        let mut keys = vec![key];
        let mut events: BTreeMap<u64, v1::SealedFiling> = BTreeMap::new();
        let mut next = 0;
        while let Some(key) = keys.get(next).copied() {
            next += 1;
            for leaf in self.store.key_events(&key)? {
                if leaf >= shown || events.contains_key(&leaf) {
                    continue;
                }
                if events.len() == KEY_EVENTS_MAX {
                    let text = format!("more than {KEY_EVENTS_MAX} events stand behind the key");
                    return Err(Refusal::new(Reason::TooLarge, text).into());
                }
                let row = self.store.filing(FilingKey::Leaf(leaf))?.ok_or_else(|| {
                    Fault::broken(format!("the key event of leaf {leaf} is not in the store"))
                })?;
                let sealed = self.sealed_filing(&row)?;
                let signers = sealed.signer_spkis.iter().map(|spki| KeyId::of_spki(spki));
                for signer in signers {
                    if !keys.contains(&signer) {
                        keys.push(signer);
                    }
                }
                events.insert(leaf, sealed);
            }
        }
        if events.is_empty() {
            let text = format!("the key {key} never came into use, as far as witnesses confirm");
            return Err(Refusal::new(Reason::KeyUnknown, text).into());
        }
        Ok(v1::GetKeyProofResponse { events: events.into_values().collect() })
    }
}

/// Most events of a key proof: rotations over decades, in a few megabytes.
const KEY_EVENTS_MAX: usize = 256;

/// Later than every leaf: what is asked of a key for what is to be sealed.
const FROM_NOW_ON: u64 = u64::MAX;

/// The keys that were ever in use, parsed once.
pub(super) struct KeyRing {
    origin: String,
    keys: RwLock<KeyHistory>,
    /// Held while the store is read again, so that an older reading never replaces a newer one.
    refreshing: Mutex<()>,
}

impl KeyRing {
    /// Reads all keys. Blocks.
    pub(super) fn read(store: &dyn Store, origin: &str) -> Result<Self, Fault> {
        let keys = RwLock::new(keys::history(origin, &store.keys()?)?);
        Ok(Self { origin: origin.to_owned(), keys, refreshing: Mutex::default() })
    }

    /// Reads all keys again. Blocks.
    pub(super) fn refresh(&self, store: &dyn Store) -> Result<(), Fault> {
        let _alone = self.refreshing.lock().unwrap_or_else(PoisonError::into_inner);
        let keys = keys::history(&self.origin, &store.keys()?)?;
        *self.keys.write().unwrap_or_else(PoisonError::into_inner) = keys;
        Ok(())
    }

    /// A key that an office may sign a filing with now.
    pub(super) fn in_use(&self, id: &KeyId, office: &OfficeAddress) -> Result<PublicKey, Error> {
        let keys = self.keys();
        let signer = keys.signer(id, FROM_NOW_ON, &wire::address(office));
        signer.map(|known| known.key.clone()).map_err(|error| match error {
            // A key of another office is as unknown as one that was never enrolled.
            NotASigner::Unknown(_) | NotASigner::Holder { .. } => unknown(office),
            NotASigner::Retired { .. } | NotASigner::Revoked { .. } => out_of_use(),
            NotASigner::Purpose(_) | NotASigner::SignsNothing(_) => {
                Refusal::new(Reason::NotPermitted, error.to_string()).into()
            }
        })
    }

    /// A key that somebody of an office's institution may sign a key event with now.
    pub(super) fn of_institution(
        &self,
        id: &KeyId,
        office: &OfficeAddress,
    ) -> Result<PublicKey, Error> {
        let keys = self.keys();
        let own = |known: &&KnownKey| known.holder.institution == office.institution.as_str();
        let known = keys.key(id).filter(own).ok_or_else(|| unknown(office))?;
        match keys.standing(id, FROM_NOW_ON) {
            Standing::InUse => Ok(known.key.clone()),
            _ => Err(out_of_use()),
        }
    }

    /// Whether it is a key in use by which an office opens sealed exhibits.
    pub(super) fn unseals(&self, id: &KeyId, office: &OfficeAddress) -> bool {
        let keys = self.keys();
        let own = keys.key(id).is_some_and(|known| {
            known.purpose == v1::KeyPurpose::Unseal && known.holder == wire::address(office)
        });
        own && keys.standing(id, FROM_NOW_ON) == Standing::InUse
    }

    /// What the rules say to a key event, as things stand.
    pub(super) fn check(&self, leaf: u64, step: &KeyStep) -> Result<Option<VouchedBy>, RuleBroken> {
        self.keys().check(leaf, step)
    }

    /// From which leaf on a key is not trusted. `None`: it is.
    fn revoked_from(&self, id: &KeyId) -> Option<u64> {
        match self.keys().standing(id, FROM_NOW_ON) {
            Standing::Revoked { from, .. } => Some(from),
            _ => None,
        }
    }

    /// The SubjectPublicKeyInfo of a key that signed something in the log.
    pub(super) fn spki(&self, id: &[u8]) -> Result<Vec<u8>, Fault> {
        let keys = self.keys();
        let known = KeyId::from_slice(id).and_then(|id| keys.key(&id));
        known
            .map(|known| known.key.spki().to_vec())
            .ok_or_else(|| Fault::broken("a key that signed a sealed filing is not in the store"))
    }

    fn keys(&self) -> RwLockReadGuard<'_, KeyHistory> {
        self.keys.read().unwrap_or_else(PoisonError::into_inner)
    }
}

fn unknown(office: &OfficeAddress) -> Error {
    let text = format!("the signing key is not in use for {office}: enrol it first");
    Refusal::new(Reason::KeyUnknown, text).into()
}

fn out_of_use() -> Error {
    Refusal::new(Reason::KeyOutOfUse, "the signing key was retired or revoked").into()
}
