//! Who vouches for a key.

use super::*;

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
