//! Keys of offices in a log: each rule broken once, and what must hold whatever happens.

mod always;
#[cfg(feature = "sealing")]
mod unsealing;
mod vouching;
mod withdrawal;

use prost::Message as _;

use super::*;
use crate::envelope::{self, Opened, PAYLOAD_TYPE, pre_authentication};
use crate::key::{FileKey, Signer as _};
use crate::v1::filing_content::Content;
use crate::v1::{
    Address, EnvelopeBody, EnvelopeSignature, EnvelopeSigner, FilingContent, FilingKind, KeyAction,
    KeyPurpose, SignedEnvelope,
};

const ORIGIN: &str = "hub.example/log";

fn office(name: &str) -> Address {
    let (institution, office) = name.split_once('/').unwrap();
    Address { institution: institution.into(), office: office.into() }
}

fn new_key() -> FileKey {
    FileKey::generate(Algorithm::Ed25519).unwrap()
}

fn id(key: &FileKey) -> KeyId {
    key.public_key().id()
}

fn event(action: KeyAction, key: &FileKey) -> KeyEvent {
    KeyEvent {
        action: action.into(),
        spki: key.public_key().spki().to_vec(),
        purpose: KeyPurpose::Seal.into(),
        ..KeyEvent::default()
    }
}

fn add(key: &FileKey) -> KeyEvent {
    event(KeyAction::Add, key)
}

fn add_admin(key: &FileKey) -> KeyEvent {
    KeyEvent { purpose: KeyPurpose::Administration.into(), ..add(key) }
}

fn retire(key: &FileKey) -> KeyEvent {
    event(KeyAction::Retire, key)
}

fn revoke(key: &FileKey, from: u64) -> KeyEvent {
    KeyEvent { invalid_from_index: from, ..event(KeyAction::Revoke, key) }
}

fn vouched(event: KeyEvent) -> KeyEvent {
    let certificate_key = new_key();
    let message = voucher_message(ORIGIN, &KeyId::of_spki(&event.spki));
    let signature = certificate_key.sign(&message).unwrap();
    let voucher = KeyVoucher { certificates: vec![vec![0x30; 300]], signature };
    KeyEvent { voucher: Some(voucher), ..event }
}

fn of(holder: &str, event: KeyEvent) -> KeyEvent {
    KeyEvent { holder: Some(office(holder)), ..event }
}

fn signed(sender: &str, event: KeyEvent, keys: &[&FileKey]) -> Opened {
    let signer = |key: &&FileKey| EnvelopeSigner {
        key_id: id(key).as_bytes().to_vec(),
        algorithm: key.public_key().algorithm().wire().into(),
    };
    let body = EnvelopeBody {
        hub_origin: ORIGIN.into(),
        envelope_id: vec![7; 16],
        kind: FilingKind::KeyEvent.into(),
        sender: Some(office(sender)),
        sender_sequence: 1,
        nonce: vec![3; 32],
        signers: keys.iter().map(signer).collect(),
        content: Some(FilingContent { content: Some(Content::KeyEvent(event)) }),
        ..EnvelopeBody::default()
    };
    let bytes = body.encode_to_vec();
    let message = pre_authentication(PAYLOAD_TYPE, &bytes);
    let sign = |key: &&FileKey| EnvelopeSignature {
        key_id: id(key).as_bytes().to_vec(),
        algorithm: key.public_key().algorithm().wire().into(),
        signature: key.sign(&message).unwrap(),
    };
    envelope::open(&SignedEnvelope {
        body: bytes.into(),
        payload_type: PAYLOAD_TYPE.into(),
        signatures: keys.iter().map(sign).collect(),
    })
    .unwrap()
}

/// A log under test: each event becomes the next leaf but nine, so that there is room between.
struct Log {
    history: KeyHistory,
    leaf: u64,
}

impl Log {
    fn new() -> Self {
        Self { history: KeyHistory::new(ORIGIN), leaf: 0 }
    }

    fn try_event(
        &mut self,
        sender: &str,
        event: KeyEvent,
        keys: &[&FileKey],
    ) -> Result<u64, AdmitError> {
        let leaf = self.leaf + 10;
        let before = self.history.keys().cloned().collect::<Vec<_>>();
        let admitted = self.history.admit(leaf, &signed(sender, event, keys));
        match admitted {
            Ok(()) => self.leaf = leaf,
            // What is refused leaves no trace.
            Err(_) => assert_eq!(self.history.keys().cloned().collect::<Vec<_>>(), before),
        }
        admitted.map(|()| leaf)
    }

    fn event(&mut self, sender: &str, event: KeyEvent, keys: &[&FileKey]) -> u64 {
        self.try_event(sender, event, keys).unwrap()
    }

    fn broken(&mut self, sender: &str, event: KeyEvent, keys: &[&FileKey]) -> RuleBroken {
        match self.try_event(sender, event, keys).unwrap_err() {
            AdmitError::Rule(broken) => broken,
            AdmitError::Step(error) => panic!("not a rule: {error}"),
        }
    }

    /// An office with its first key, by its certificate.
    fn first(&mut self, sender: &str) -> FileKey {
        let key = new_key();
        self.event(sender, vouched(add(&key)), &[&key]);
        key
    }

    /// An administrative key, vouched for by a seal key of the office.
    fn admin(&mut self, sender: &str, seal: &FileKey) -> FileKey {
        let key = new_key();
        self.event(sender, add_admin(&key), &[&key, seal]);
        key
    }

    fn standing(&self, key: &FileKey, at_leaf: u64) -> Standing {
        self.history.standing(&id(key), at_leaf)
    }
}

#[test]
fn a_key_event_is_whole_in_order_and_signed_as_it_says() {
    let (mut log, key) = (Log::new(), new_key());
    let good = signed("alpha/south", vouched(add(&key)), &[&key]);
    let admit = |opened: &Opened| KeyHistory::new(ORIGIN).admit(5, opened).unwrap_err();
    let mut changed = good.clone();
    changed.body.hub_origin = "other.example/log".into();
    let other = StepError::OtherLog("other.example/log".into());
    assert_eq!(admit(&changed), other.into());
    let mut changed = good.clone();
    changed.body.kind = FilingKind::Registration.into();
    assert_eq!(admit(&changed), StepError::NotAKeyEvent.into());
    let mut changed = good.clone();
    changed.body.sender = Some(Address { institution: "alpha".into(), office: String::new() });
    assert_eq!(admit(&changed), StepError::NoOffice("sender").into());
    let mut changed = good.clone();
    changed.signatures[0].bytes[9] ^= 1;
    assert!(matches!(admit(&changed), AdmitError::Step(StepError::Envelope(_))));
    for (event, part) in [
        (KeyEvent { action: 9, ..add(&key) }, "action"),
        (KeyEvent { purpose: 0, ..add(&key) }, "purpose"),
    ] {
        let refused = admit(&signed("alpha/south", event, &[&key]));
        assert_eq!(refused, StepError::Unknown(part).into());
    }
    let refused = admit(&signed("alpha/south", KeyEvent { spki: vec![1], ..add(&key) }, &[&key]));
    assert_eq!(refused, StepError::Key(KeyError::Malformed).into());

    log.history.admit(5, &good).unwrap();
    let second = new_key();
    let again = signed("alpha/south", add(&second), &[&second, &key]);
    let refused = log.history.admit(5, &again).unwrap_err();
    assert_eq!(refused, RuleBroken::OutOfOrder(5).into());
}

#[test]
fn a_signer_is_in_use_for_its_office() {
    let mut log = Log::new();
    let (south, second) = (log.first("alpha/south"), new_key());
    let at = office("alpha/south");
    let signer = |log: &Log, key: &FileKey, leaf: u64, sender: &Address| {
        log.history.signer(&id(key), leaf, sender).map(|known| known.added_leaf)
    };
    assert_eq!(signer(&log, &south, 11, &at), Ok(10));
    assert_eq!(signer(&log, &south, 9, &at), Err(NotASigner::Unknown(id(&south))));
    let (key, holder) = (id(&south), "alpha/south".to_owned());
    let elsewhere = signer(&log, &south, 11, &office("alpha/north"));
    assert_eq!(elsewhere, Err(NotASigner::Holder { key, holder }));
    log.event("alpha/south", add(&second), &[&second, &south]);
    log.event("alpha/south", retire(&south), &[&second]);
    assert_eq!(signer(&log, &south, 31, &at), Err(NotASigner::Retired { key, leaf: 30 }));
    log.event("alpha/south", revoke(&south, 25), &[&second]);
    let revoked = Err(NotASigner::Revoked { key, from: 25, because: key });
    assert_eq!(signer(&log, &south, 25, &at), revoked);
}
