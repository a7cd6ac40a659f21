//! Whose keys are: the history in the bundle, followed back to a certificate authority.

use std::collections::HashMap;

use barid_proto::enrolment::{self, KeyHistory, KnownKey, NotASigner, Standing, VouchedBy};
use barid_proto::key::{KeyId, PublicKey};
use barid_proto::v1::{EnvelopeBody, FilingKind, KeyEvent};

use super::examine::{Believed, Place};
use super::finding::{Code, Severity};
use super::notes::Fault;
use super::report::ProvenKey;
use super::roots::Certified;

/// The keys of a bundle.
pub(super) struct Keys<'a> {
    believed: &'a Believed<'a>,
    crls: &'a [Vec<u8>],
    origin: String,
    history: KeyHistory,
    /// When each event's leaf was accepted, by leaf.
    accepted_at_ms: HashMap<u64, u64>,
    /// What the certificate behind a key is worth, each checked once.
    certified: HashMap<KeyId, Result<Authority, Fault>>,
    /// What was found about certificates, said once for each.
    said: Vec<(KeyId, Code)>,
}

/// What is found about one key.
type Found = Vec<Fault>;

/// The authority behind a certificate, and whether that was revoked later.
type Authority = (String, bool);

impl<'a> Keys<'a> {
    pub(super) fn new(believed: &'a Believed<'a>, crls: &'a [Vec<u8>], origin: &str) -> Self {
        Self {
            believed,
            crls,
            origin: origin.to_owned(),
            history: KeyHistory::new(origin),
            accepted_at_ms: HashMap::new(),
            certified: HashMap::new(),
            said: Vec::new(),
        }
    }

    /// Takes a key event in, whose place in the log is proven.
    pub(super) fn admit(&mut self, place: &Place) -> Found {
        let found = self.history.admit(place.index, &place.opened);
        self.accepted_at_ms.insert(place.index, place.leaf.accepted_at_ms);
        match found {
            Ok(()) => Vec::new(),
            Err(error) => vec![(Code::KeyHistory, error.to_string())],
        }
    }

    /// Whose the keys are that signed what stands at `place`.
    pub(super) fn signers(&mut self, place: &Place) -> (Vec<ProvenKey>, Found) {
        let mut found = Vec::new();
        let mut proven = Vec::new();
        if !place.signed {
            return (proven, found);
        }
        for (position, signed) in place.opened.signatures.iter().enumerate() {
            let id = signed.key_id;
            let mut key = ProvenKey { id, holder: None, authority: None };
            let Some(known) = self.history.key(&id).cloned() else {
                if !self.believed.without_roots {
                    found.push((Code::KeyUnproven, format!("key {id}")));
                }
                proven.push(key);
                continue;
            };
            if let Err(why) = self.judge(&id, place.index, position, &place.opened.body) {
                found.push((Code::KeyNotInUse, why));
                proven.push(key);
                continue;
            }
            key.holder = Some(known.holder.clone());
            match self.authority(&known) {
                Ok(None) => {}
                Ok(Some((authority, revoked_later))) => {
                    key.authority = Some(authority);
                    if revoked_later {
                        found.extend(self.once(id, (Code::RevokedLater, format!("key {id}"))));
                    }
                }
                Err(fault) => {
                    if fault.0.severity() == Severity::Invalid {
                        key.holder = None;
                    }
                    found.extend(self.once(id, fault));
                }
            }
            proven.push(key);
        }
        (proven, found)
    }

    /// What is said once about a key, however much it signed; it counts all the same.
    fn once(&mut self, id: KeyId, fault: Fault) -> Option<Fault> {
        let said = (id, fault.0);
        if self.said.contains(&said) {
            return None;
        }
        self.said.push(said);
        Some(fault)
    }

    fn judge(
        &self,
        id: &KeyId,
        leaf: u64,
        position: usize,
        body: &EnvelopeBody,
    ) -> Result<(), String> {
        // Key events have rules of their own, and a counter-signature may be of another office.
        if position == 0 && body.kind() != FilingKind::KeyEvent {
            let sender = body.sender.clone().unwrap_or_default();
            let signer = self.history.signer(id, leaf, &sender);
            return signer.map(drop).map_err(|error: NotASigner| error.to_string());
        }
        match self.history.standing(id, leaf) {
            Standing::InUse => Ok(()),
            other => Err(format!("key {id} at leaf {leaf}: {other:?}")),
        }
    }

    /// The authority behind a key; `None` when the verifier does not ask for one.
    fn authority(&mut self, known: &KnownKey) -> Result<Option<Authority>, Fault> {
        let mut known = known.clone();
        // Ends: a key is older than what it vouches for, which the history sees to.
        while let VouchedBy::Key(above) = &known.vouched_by {
            let next = self.history.key(above).filter(|next| next.added_leaf < known.added_leaf);
            let missing = || (Code::KeyUnproven, format!("key {above}"));
            known = next.cloned().ok_or_else(missing)?;
        }
        let Some(roots) = self.believed.roots else {
            let missing = (Code::RootsMissing, format!("key {}", known.key.id()));
            return if self.believed.without_roots { Ok(None) } else { Err(missing) };
        };
        let VouchedBy::Certificate(voucher) = &known.vouched_by else { return Ok(None) };
        let id = known.key.id();
        if let Some(certified) = self.certified.get(&id) {
            return certified.clone().map(Some);
        }
        let at_ms = self.accepted_at_ms.get(&known.added_leaf).copied().unwrap_or(0);
        let certified = roots.certify(&voucher.certificates, self.crls, &known.holder, at_ms);
        let certified = certified.and_then(|certified| {
            let event = KeyEvent {
                spki: known.key.spki().to_vec(),
                voucher: Some(voucher.clone()),
                ..KeyEvent::default()
            };
            self.vouched(&event, certified)
        });
        self.certified.insert(id, certified.clone());
        certified.map(Some)
    }

    /// That the certificate's key signed the voucher.
    fn vouched(&self, event: &KeyEvent, certified: Certified) -> Result<Authority, Fault> {
        let wrong = |why: String| (Code::CertificateWrong, why);
        let key =
            PublicKey::from_spki(&certified.spki).map_err(|error| wrong(error.to_string()))?;
        enrolment::verify_voucher(&self.origin, event, &key)
            .map_err(|error| wrong(error.to_string()))?;
        Ok((certified.authority, certified.revoked_later))
    }
}
