//! Keys that open sealed exhibits: they sign nothing, and others vouch for them.

use zeroize::Zeroizing;

use super::*;
use crate::sealed::UnsealingKey;

fn opening(seed: u8) -> UnsealingKey {
    UnsealingKey::from_seed(Zeroizing::new([seed; 32])).unwrap()
}

fn about(action: KeyAction, key: &UnsealingKey) -> KeyEvent {
    KeyEvent {
        action: action.into(),
        spki: key.public_key().spki().to_vec(),
        purpose: KeyPurpose::Unseal.into(),
        ..KeyEvent::default()
    }
}

fn newest(log: &Log, holder: &str, at_leaf: u64) -> Option<KeyId> {
    log.history.unsealing(&office(holder), at_leaf).map(|known| known.key.id())
}

#[test]
fn a_key_of_the_office_or_its_institution_vouches_for_an_unsealing_key() {
    let mut log = Log::new();
    let (south, north) = (log.first("alpha/south"), log.first("alpha/north"));
    let (first, second) = (opening(1), opening(2));
    let broken =
        log.broken("alpha/north", of("alpha/south", about(KeyAction::Add, &first)), &[&north]);
    assert_eq!(broken, RuleBroken::OtherOffice);
    let leaf = log.event("alpha/south", about(KeyAction::Add, &first), &[&south]);
    assert_eq!(newest(&log, "alpha/south", leaf), Some(first.id()));
    assert_eq!(newest(&log, "alpha/south", leaf - 1), None);
    assert_eq!(newest(&log, "alpha/north", leaf), None);
    let broken = log.broken("alpha/north", about(KeyAction::Add, &first), &[&north]);
    assert_eq!(broken, RuleBroken::CameBefore(first.id()));

    let leaf = log.event("alpha/south", about(KeyAction::Add, &second), &[&south]);
    assert_eq!(newest(&log, "alpha/south", leaf), Some(second.id()));
    log.event("alpha/south", about(KeyAction::Retire, &second), &[&south]);
    assert_eq!(newest(&log, "alpha/south", u64::MAX), Some(first.id()), "the older one is left");
    let revoked = KeyEvent { invalid_from_index: 50, ..about(KeyAction::Revoke, &first) };
    log.event("alpha/south", revoked, &[&south]);
    assert_eq!(newest(&log, "alpha/south", u64::MAX), None);

    // With an administrative key it is that one's to do.
    let admin = log.admin("alpha/south", &south);
    let third = opening(3);
    let broken = log.broken("alpha/south", about(KeyAction::Add, &third), &[&south]);
    assert_eq!(broken, RuleBroken::AdministrationNeeded);
    log.event("alpha/south", of("alpha/north", about(KeyAction::Add, &third)), &[&admin]);
    assert_eq!(newest(&log, "alpha/north", u64::MAX), Some(third.id()));
}

#[test]
fn a_certificate_does_not_vouch_for_an_unsealing_key_nor_that_for_anything() {
    let mut log = Log::new();
    let (south, own) = (log.first("alpha/south"), opening(1));
    let broken = log.broken("alpha/south", vouched(about(KeyAction::Add, &own)), &[&south]);
    assert_eq!(broken, RuleBroken::VouchedForTwice);
    log.event("alpha/south", about(KeyAction::Add, &own), &[&south]);
    let refused = log.history.signer(&own.id(), u64::MAX, &office("alpha/south")).unwrap_err();
    assert_eq!(refused, NotASigner::SignsNothing(own.id()));
    // It is no key by which an office that lost its own is kept from a new first one.
    log.event("alpha/south", retire(&south), &[&south]);
    assert!(!log.history.has_key(&office("alpha/south"), u64::MAX));
    log.first("alpha/south");
}

#[test]
fn a_key_does_what_its_kind_can() {
    let mut log = Log::new();
    let (south, own) = (log.first("alpha/south"), opening(1));
    let seal = KeyEvent { purpose: KeyPurpose::Seal.into(), ..about(KeyAction::Add, &own) };
    let unseal = KeyEvent { purpose: KeyPurpose::Unseal.into(), ..add(&new_key()) };
    for event in [seal, unseal] {
        let refused = log.try_event("alpha/south", event, &[&south]).unwrap_err();
        assert_eq!(refused, StepError::PurposeImpossible.into());
    }
}
