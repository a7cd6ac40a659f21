//! The directory and the keys in use.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError, RwLock};

use barid_proto::key::{KeyId, PublicKey};
use barid_proto::v1::{self, Reason};

use super::Hub;
use super::read::invalid;
use crate::error::{Error, Fault, Refusal};
use crate::identity::caller::Caller;
use crate::model::id::{InstitutionId, OfficeAddress};
use crate::model::row::KeyRow;
use crate::model::wire;
use crate::store::Store;

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
            Ok(v1::ListKeysResponse { keys: own.map(wire::enrolled_key).collect() })
        })
        .await
    }
}

/// The keys that were ever in use, parsed once.
pub(super) struct KeyRing {
    keys: RwLock<HashMap<KeyId, Enrolled>>,
    /// Held while the store is read again, so that an older reading never replaces a newer one.
    refreshing: Mutex<()>,
}

struct Enrolled {
    key: PublicKey,
    row: KeyRow,
}

impl KeyRing {
    /// Reads all keys. Blocks.
    pub(super) fn read(store: &dyn Store) -> Result<Self, Fault> {
        Ok(Self { keys: RwLock::new(parse(store)?), refreshing: Mutex::default() })
    }

    /// Reads all keys again. Blocks.
    pub(super) fn refresh(&self, store: &dyn Store) -> Result<(), Fault> {
        let _alone = self.refreshing.lock().unwrap_or_else(PoisonError::into_inner);
        let keys = parse(store)?;
        *self.keys.write().unwrap_or_else(PoisonError::into_inner) = keys;
        Ok(())
    }

    /// Whether a key is or was an office's.
    pub(super) fn holds(&self, office: &OfficeAddress, id: &KeyId) -> bool {
        let keys = self.keys.read().unwrap_or_else(PoisonError::into_inner);
        keys.get(id).is_some_and(|enrolled| enrolled.row.holder == *office)
    }

    /// A key that an office may sign with now.
    pub(super) fn in_use(&self, id: &KeyId, office: &OfficeAddress) -> Result<PublicKey, Error> {
        let keys = self.keys.read().unwrap_or_else(PoisonError::into_inner);
        match keys.get(id) {
            Some(enrolled) if enrolled.row.holder == *office => {
                if is_out_of_use(&enrolled.row) {
                    let text = "the signing key was retired or revoked";
                    return Err(Refusal::new(Reason::KeyOutOfUse, text).into());
                }
                Ok(enrolled.key.clone())
            }
            // A key of another office is as unknown as one that was never enrolled.
            _ => {
                let text = format!("the signing key is not in use for {office}: enrol it first");
                Err(Refusal::new(Reason::KeyUnknown, text).into())
            }
        }
    }

    /// Whether an office has a key in use.
    pub(super) fn has_key(&self, office: &OfficeAddress) -> bool {
        let keys = self.keys.read().unwrap_or_else(PoisonError::into_inner);
        keys.values()
            .any(|enrolled| enrolled.row.holder == *office && !is_out_of_use(&enrolled.row))
    }

    /// The SubjectPublicKeyInfo of a key that signed something in the log.
    pub(super) fn spki(&self, id: &[u8]) -> Result<Vec<u8>, Fault> {
        let keys = self.keys.read().unwrap_or_else(PoisonError::into_inner);
        let enrolled = KeyId::from_slice(id).and_then(|id| keys.get(&id));
        enrolled
            .map(|enrolled| enrolled.row.spki.clone())
            .ok_or_else(|| Fault::broken("a key that signed a sealed filing is not in the store"))
    }
}

fn is_out_of_use(row: &KeyRow) -> bool {
    row.retired_leaf.is_some() || row.revoked_from_leaf.is_some()
}

fn parse(store: &dyn Store) -> Result<HashMap<KeyId, Enrolled>, Fault> {
    let mut keys = HashMap::new();
    for row in store.keys()? {
        let key = PublicKey::from_spki(&row.spki).map_err(|error| {
            Fault::while_doing(format!("reading the key of leaf {}", row.added_leaf), error)
        })?;
        keys.insert(row.key_id, Enrolled { key, row });
    }
    Ok(keys)
}
