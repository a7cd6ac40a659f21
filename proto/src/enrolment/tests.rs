//! Each rule broken once, and what must hold whatever happens.

use std::cell::RefCell;

use proptest::prelude::*;
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
fn the_message_of_a_voucher_is_the_one_of_the_protocol() {
    let key = KeyId::new([0xab; 32]);
    let message = voucher_message("hub.example/log", &key);
    assert_eq!(message, [&b"barid-voucher/v1\nhub.example/log\n"[..], &[0xab; 32]].concat());
}

#[test]
fn a_voucher_is_signed_by_the_certificate_for_one_key_in_one_log() {
    for algorithm in [Algorithm::EcdsaP256, Algorithm::Ed25519] {
        let certificate_key = FileKey::generate(algorithm).unwrap();
        let mut event = add(&new_key());
        let public = certificate_key.public_key();
        assert_eq!(verify_voucher(ORIGIN, &event, public), Err(VoucherError::Missing));
        let message = voucher_message(ORIGIN, &KeyId::of_spki(&event.spki));
        let signature = certificate_key.sign(&message).unwrap();
        event.voucher = Some(KeyVoucher { certificates: vec![vec![1]], signature });
        verify_voucher(ORIGIN, &event, public).unwrap();

        let not_signed = Err(VoucherError::NotSigned(KeyError::Signature));
        assert_eq!(verify_voucher("other.example/log", &event, public), not_signed);
        let other = FileKey::generate(algorithm).unwrap();
        assert_eq!(verify_voucher(ORIGIN, &event, other.public_key()), not_signed);
        let stolen = KeyEvent { spki: new_key().public_key().spki().to_vec(), ..event.clone() };
        assert_eq!(verify_voucher(ORIGIN, &stolen, public), not_signed);

        for certificates in
            [vec![], vec![vec![]], vec![vec![1]; 5], vec![vec![1; 8192], vec![1; 8193]]]
        {
            let voucher = KeyVoucher { certificates, ..event.voucher.clone().unwrap() };
            let event = KeyEvent { voucher: Some(voucher), ..event.clone() };
            let refused = verify_voucher(ORIGIN, &event, public);
            assert_eq!(refused, Err(VoucherError::Certificates));
        }
    }
}

#[test]
fn a_certificate_vouches_for_the_first_key_of_an_office_only() {
    let mut log = Log::new();
    let (south, second) = (log.first("alpha/south"), new_key());
    let known = log.history.key(&id(&south)).unwrap();
    assert!(matches!(&known.vouched_by, VouchedBy::Certificate(voucher)
        if voucher.certificates.len() == 1));
    assert_eq!((known.added_leaf, &known.holder), (10, &office("alpha/south")));

    let broken = log.broken("alpha/south", vouched(add(&second)), &[&second]);
    assert_eq!(broken, RuleBroken::NotTheFirst);
    let broken = log.broken("alpha/south", vouched(add(&second)), &[&second, &south]);
    assert_eq!(broken, RuleBroken::VouchedForTwice);
    let broken = log.broken("alpha/south", add(&second), &[&second]);
    assert_eq!(broken, RuleBroken::NotVouchedFor);
    log.event("alpha/south", add(&second), &[&second, &south]);
    // An office whose keys are all gone begins anew.
    log.event("alpha/south", retire(&south), &[&second]);
    log.event("alpha/south", retire(&second), &[&second]);
    log.first("alpha/south");
}

#[test]
fn a_voucher_without_certificates_is_none() {
    let (mut log, key) = (Log::new(), new_key());
    let mut event = vouched(add(&key));
    event.voucher.as_mut().unwrap().certificates.clear();
    let broken = log.broken("alpha/south", event, &[&key]);
    assert_eq!(broken, RuleBroken::Voucher(VoucherError::Certificates));
}

#[test]
fn the_added_key_proves_that_it_is_held() {
    let mut log = Log::new();
    let (south, new) = (log.first("alpha/south"), new_key());
    assert_eq!(log.broken("alpha/south", add(&new), &[&south]), RuleBroken::NotHeld);
    assert_eq!(log.broken("alpha/south", add(&new), &[&south, &new]), RuleBroken::NotHeld);
}

#[test]
fn an_ml_dsa_key_proves_itself_behind_the_key_that_vouches_for_it() {
    let mut log = Log::new();
    let (south, new) = (log.first("alpha/south"), FileKey::generate(Algorithm::MlDsa65).unwrap());
    let third = new_key();
    log.event("alpha/south", add(&third), &[&third, &south]);
    let held = log.broken("alpha/south", add(&new), &[&south, &third, &new]);
    assert_eq!(held, RuleBroken::NotHeldSecond);
    assert_eq!(log.broken("alpha/south", add(&new), &[&south]), RuleBroken::NotHeldSecond);
    let leaf = log.event("alpha/south", add(&new), &[&south, &new]);
    assert_eq!(log.standing(&new, leaf), Standing::InUse);
    log.event("alpha/south", retire(&new), &[&south]);
}

#[test]
fn only_a_key_in_use_of_the_same_office_vouches() {
    let mut log = Log::new();
    let (south, north) = (log.first("alpha/south"), log.first("alpha/north"));
    let (beta, new, stranger) = (log.first("beta/desk"), new_key(), new_key());
    let broken = log.broken("alpha/south", add(&new), &[&new, &north]);
    assert_eq!(broken, RuleBroken::OtherOffice);
    let broken = log.broken("alpha/north", of("alpha/south", add(&new)), &[&new, &south]);
    assert_eq!(broken, RuleBroken::OtherOffice);
    let broken = log.broken("alpha/south", add(&new), &[&new, &beta]);
    assert_eq!(broken, RuleBroken::SignerForeign(id(&beta)));
    let broken = log.broken("beta/desk", of("alpha/south", add(&new)), &[&new, &beta]);
    assert_eq!(broken, RuleBroken::Foreign);
    let refused = log.try_event("alpha/south", add(&new), &[&new, &stranger]);
    assert_eq!(refused, Err(StepError::UnknownSigner(id(&stranger)).into()));
    log.event("alpha/south", add(&new), &[&new, &south]);
    log.event("alpha/south", retire(&south), &[&new]);
    let third = new_key();
    let broken = log.broken("alpha/south", add(&third), &[&third, &south]);
    assert_eq!(broken, RuleBroken::SignerOutOfUse(id(&south)));
}

#[test]
fn an_administrative_key_alone_vouches_for_all_offices() {
    let mut log = Log::new();
    let (head, south) = (log.first("alpha/head"), log.first("alpha/south"));
    let admin = log.admin("alpha/head", &head);
    let new = new_key();
    let needed = RuleBroken::AdministrationNeeded;
    assert_eq!(log.broken("alpha/south", add(&new), &[&new, &south]), needed);
    assert_eq!(log.broken("alpha/north", vouched(add(&new)), &[&new]), needed);
    log.event("alpha/head", of("alpha/north", add(&new)), &[&new, &admin]);
    let known = log.history.key(&id(&new)).unwrap();
    assert_eq!(known.vouched_by, VouchedBy::Key(id(&admin)));
    assert_eq!(known.holder, office("alpha/north"));
    let newer = new_key();
    log.event("alpha/south", add(&newer), &[&newer, &admin, &south]);
    // Other institutions are not concerned.
    log.first("beta/desk");
    // Without it the offices are on their own again.
    log.event("alpha/head", retire(&admin), &[&admin]);
    let newest = new_key();
    log.event("alpha/south", add(&newest), &[&newest, &newer]);
}

#[test]
fn administrative_keys_lie_with_one_office_and_guard_themselves() {
    let mut log = Log::new();
    let head = log.first("alpha/head");
    let (admin, second) = (log.admin("alpha/head", &head), new_key());
    let broken =
        log.broken("alpha/head", of("alpha/south", add_admin(&second)), &[&second, &admin]);
    assert_eq!(broken, RuleBroken::AdministrationElsewhere("alpha/head".into()));
    log.event("alpha/head", add_admin(&second), &[&second, &admin]);
    let withdrawn = RuleBroken::AdministrationWithdrawn;
    assert_eq!(log.broken("alpha/head", retire(&admin), &[&head]), withdrawn);
    assert_eq!(log.broken("alpha/head", revoke(&admin, 20), &[&head]), withdrawn);
    log.event("alpha/head", revoke(&admin, 31), &[&second]);
    assert_eq!(log.standing(&admin, 30), Standing::InUse);
    let because = id(&admin);
    assert_eq!(log.standing(&admin, 31), Standing::Revoked { from: 31, because });
}

#[test]
fn a_first_administrative_key_may_stand_on_the_certificate() {
    let (mut log, admin) = (Log::new(), new_key());
    log.event("alpha/head", vouched(add_admin(&admin)), &[&admin]);
    let seal = new_key();
    log.event("alpha/head", add(&seal), &[&seal, &admin]);
    let as_signer = |key| log.history.signer(&id(key), 20, &office("alpha/head"));
    as_signer(&seal).unwrap();
    assert_eq!(as_signer(&admin), Err(NotASigner::Purpose(id(&admin))));
}

#[test]
fn a_key_never_comes_back() {
    let mut log = Log::new();
    let (south, second) = (log.first("alpha/south"), new_key());
    log.event("alpha/south", add(&second), &[&second, &south]);
    let came = RuleBroken::CameBefore(id(&second));
    assert_eq!(log.broken("alpha/south", add(&second), &[&second, &south]), came);
    log.event("alpha/south", retire(&second), &[&south]);
    assert_eq!(log.broken("alpha/south", add(&second), &[&second, &south]), came);
    assert_eq!(log.broken("alpha/south", retire(&second), &[&south]), RuleBroken::AlreadyOut);
}

#[test]
fn a_retired_key_keeps_what_it_signed() {
    let mut log = Log::new();
    let (south, north) = (log.first("alpha/south"), log.first("alpha/north"));
    assert_eq!(log.broken("alpha/north", retire(&south), &[&north]), {
        RuleBroken::OtherHolder("alpha/south".into())
    });
    let by_colleague = log.broken("alpha/north", of("alpha/south", retire(&south)), &[&north]);
    assert_eq!(by_colleague, RuleBroken::OtherOffice);
    let nobodys = new_key();
    let never = RuleBroken::NeverCame(id(&nobodys));
    assert_eq!(log.broken("alpha/north", retire(&nobodys), &[&north]), never);

    let leaf = log.event("alpha/south", retire(&south), &[&south]);
    assert_eq!(log.standing(&south, 9), Standing::Unknown);
    assert_eq!(log.standing(&south, 10), Standing::InUse);
    assert_eq!(log.standing(&south, leaf), Standing::InUse);
    assert_eq!(log.standing(&south, leaf + 1), Standing::Retired { leaf });
}

#[test]
fn an_administrative_key_withdraws_the_keys_of_every_office() {
    let mut log = Log::new();
    let (head, south) = (log.first("alpha/head"), log.first("alpha/south"));
    let (admin, beta) = (log.admin("alpha/head", &head), log.first("beta/desk"));
    log.event("alpha/head", of("alpha/south", retire(&south)), &[&admin]);
    let foreign = of("beta/desk", retire(&beta));
    assert_eq!(log.broken("alpha/head", foreign, &[&admin]), RuleBroken::Foreign);
    // A retired key may have been stolen all the same.
    log.event("alpha/head", of("alpha/south", revoke(&south, 15)), &[&admin]);
    let because = id(&south);
    assert_eq!(log.standing(&south, 99), Standing::Revoked { from: 15, because });
}

#[test]
fn reaching_back_takes_a_key_that_may() {
    let mut log = Log::new();
    let (head, south) = (log.first("alpha/head"), log.first("alpha/south"));
    let second = new_key();
    log.event("alpha/south", add(&second), &[&second, &south]);
    let ahead = RuleBroken::RevokedAhead { from: 41, leaf: 40 };
    assert_eq!(log.broken("alpha/south", revoke(&second, 41), &[&south]), ahead);
    let own = log.broken("alpha/south", revoke(&second, 39), &[&second]);
    assert_eq!(own, RuleBroken::TakesBackItsOwn);
    log.event("alpha/south", revoke(&second, 35), &[&south]);
    let later = log.broken("alpha/south", revoke(&second, 36), &[&south]);
    assert_eq!(later, RuleBroken::AlreadyOut);
    log.event("alpha/south", revoke(&second, 31), &[&south]);

    let third = new_key();
    log.event("alpha/south", add(&third), &[&third, &south]);
    let admin = log.admin("alpha/head", &head);
    let broken = log.broken("alpha/south", revoke(&third, 65), &[&south]);
    assert_eq!(broken, RuleBroken::ReachesBack);
    let leaf = log.leaf + 10;
    log.event("alpha/south", revoke(&third, leaf), &[&south]);
    log.event("alpha/south", revoke(&third, 65), &[&admin]);
    log.event("alpha/south", revoke(&south, log.leaf + 10), &[&south]);
}

#[test]
fn what_a_revoked_key_vouched_for_falls_with_it() {
    let mut log = Log::new();
    let south = log.first("alpha/south"); // leaf 10
    let [before, after, below] = [new_key(), new_key(), new_key()];
    log.event("alpha/south", add(&before), &[&before, &south]); // 20
    log.event("alpha/south", add(&after), &[&after, &south]); // 30
    log.event("alpha/south", add(&below), &[&below, &after]); // 40
    for cut_off in [&after, &below] {
        let broken = log.broken("alpha/south", revoke(&south, 25), &[cut_off]);
        assert_eq!(broken, RuleBroken::CutsItselfOff);
    }
    log.event("alpha/south", revoke(&south, 25), &[&before]);
    let because = id(&south);
    assert_eq!(log.standing(&south, 24), Standing::InUse);
    assert_eq!(log.standing(&south, 25), Standing::Revoked { from: 25, because });
    assert_eq!(log.standing(&before, 99), Standing::InUse);
    assert_eq!(log.standing(&after, 30), Standing::Revoked { from: 30, because });
    assert_eq!(log.standing(&below, 40), Standing::Revoked { from: 40, because });
    assert_eq!(log.standing(&below, 39), Standing::Unknown);
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

#[test]
fn a_history_that_was_kept_judges_as_the_one_that_was_replayed() {
    let mut log = Log::new();
    let south = log.first("alpha/south");
    let admin = log.admin("alpha/south", &south);
    let restored = KeyHistory::restored(ORIGIN, log.history.keys().cloned());
    let new = new_key();
    let event = signed("alpha/south", add(&new), &[&new, &south]);
    let step = KeyStep::parse(&event).unwrap();
    assert_eq!(restored.check(30, &step), log.history.check(30, &step));
    assert_eq!(restored.standing(&id(&admin), 30), Standing::InUse);
}

/// What may be tried on a log, by number: any of six keys in any part, from two offices.
#[derive(Debug, Clone, Copy)]
struct Try {
    what: u8,
    key: usize,
    by: usize,
    south: bool,
    back: u64,
}

fn attempts() -> impl Strategy<Value = Vec<Try>> {
    let one = (0_u8..6, 0_usize..6, 0_usize..6, any::<bool>(), 0_u64..60)
        .prop_map(|(what, key, by, south, back)| Try { what, key, by, south, back });
    prop::collection::vec(one, 1..40)
}

thread_local! {
    static KEYS: RefCell<Vec<FileKey>> = RefCell::new((0..6).map(|_| new_key()).collect());
}

fn attempt(log: &mut Log, keys: &[FileKey], one: Try) -> Option<u64> {
    let (key, by) = (&keys[one.key], &keys[one.by]);
    let sender = if one.south { "alpha/south" } else { "alpha/head" };
    let from = (log.leaf + 10).saturating_sub(one.back);
    let done = match one.what {
        0 => log.try_event(sender, vouched(add(key)), &[key]),
        1 => log.try_event(sender, add(key), &[key, by]),
        2 => log.try_event(sender, add_admin(key), &[key, by]),
        3 => log.try_event(sender, retire(key), &[by]),
        4 => log.try_event(sender, of("alpha/south", revoke(key, from)), &[by]),
        _ => log.try_event(sender, revoke(key, from), &[by]),
    };
    done.ok().filter(|_| one.what >= 4).map(|_| from)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// What held at a leaf when its key event was taken in holds for ever, except where a
    /// revocation reaches back to it; and whoever is in use has somebody in use behind it.
    #[test]
    fn only_a_revocation_that_reaches_back_changes_what_was(tries in attempts()) {
        KEYS.with_borrow(|keys| {
            let mut log = Log::new();
            let mut was: Vec<(u64, KeyId, Standing)> = Vec::new();
            for one in tries {
                let from = attempt(&mut log, keys, one);
                was.retain(|(leaf, ..)| from.is_none_or(|from| *leaf < from));
                let now = keys.iter().map(|key| (log.leaf, id(key), log.standing(key, log.leaf)));
                was.extend(now);
                for (leaf, key, standing) in &was {
                    prop_assert_eq!(log.history.standing(key, *leaf), *standing);
                }
            }
            for known in log.history.keys() {
                let in_use = log.history.standing(&known.key.id(), log.leaf) == Standing::InUse;
                if let (true, VouchedBy::Key(above)) = (in_use, &known.vouched_by) {
                    let then = log.history.standing(above, known.added_leaf);
                    prop_assert_eq!(then, Standing::InUse);
                }
            }
            Ok(())
        })?;
    }
}
