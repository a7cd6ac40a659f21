//! Who signs, with which key, and how keys come and go.

use barid_proto::enrolment::{KeyHistory, VouchedBy};
use barid_proto::envelope;
use barid_proto::key::{Algorithm, FileKey, Signer as _};
use barid_proto::v1::{self, Reason};

use super::fixture::*;

fn key_event(office: &mut TestOffice, action: v1::KeyAction, key: &FileKey) -> v1::EnvelopeBody {
    office.key_body(change_of(action, key))
}

fn new_key() -> FileKey {
    FileKey::generate(Algorithm::Ed25519).unwrap()
}

#[tokio::test]
async fn a_key_that_is_not_enrolled_signs_nothing() {
    let test = TestHub::new();
    let mut south = TestOffice::new("alpha", "south");
    let body = south.body(complaint());
    assert_eq!(reason(south.submit(&test.hub, body).await), Reason::KeyUnknown);
}

#[tokio::test]
async fn a_key_of_another_office_is_as_unknown_as_any() {
    let test = TestHub::new();
    let mut south = test.office("alpha", "south").await;
    let north = test.office("alpha", "north").await;
    let body = south.body(complaint());
    south.key = north.key;
    assert_eq!(reason(south.submit(&test.hub, body).await), Reason::KeyUnknown);
}

#[tokio::test]
async fn a_second_key_needs_the_counter_signature_of_one_in_use() {
    let test = TestHub::new();
    let mut south = test.office("alpha", "south").await;
    let key = FileKey::from_pem(&south.key.to_pem().unwrap()).unwrap();
    let new = new_key();
    let event = change_of(v1::KeyAction::Add, &new);
    let refused = south.submit_first(&test.hub, event.clone(), &[&new]).await;
    assert_eq!(reason(refused), Reason::KeyNotVouchedFor);
    let voucher = Some(south.voucher(&new));
    let vouched = v1::KeyEvent { voucher, ..event.clone() };
    let refused = south.submit_first(&test.hub, vouched, &[&new]).await;
    assert_eq!(reason(refused), Reason::KeyNotVouchedFor);
    south.submit_first(&test.hub, event, &[&new, &key]).await.unwrap();

    let keys = test.hub.keys(v1::ListKeysRequest { institution: "alpha".into() }).await.unwrap();
    assert_eq!(keys.keys.len(), 2);
}

#[tokio::test]
async fn a_first_key_stands_on_the_certificate_of_the_connection() {
    let test = TestHub::new();
    let mut south = TestOffice::new("alpha", "south");
    let key = FileKey::from_pem(&south.key.to_pem().unwrap()).unwrap();
    let event = change_of(v1::KeyAction::Add, &key);
    let good = south.voucher(&key);
    let thief = TestOffice::new("alpha", "south");
    let vouchers = [
        None,
        // Another certificate of the same office; another's signature; one over another key.
        Some(thief.voucher(&key)),
        Some(v1::KeyVoucher { signature: thief.voucher(&key).signature, ..good.clone() }),
        Some(south.voucher(&new_key())),
        Some(v1::KeyVoucher { certificates: Vec::new(), ..good.clone() }),
        Some(v1::KeyVoucher { certificates: vec![vec![1]; 5], ..good.clone() }),
    ];
    for voucher in vouchers {
        let event = v1::KeyEvent { voucher, ..event.clone() };
        let refused = south.submit_first(&test.hub, event, &[&key]).await;
        assert_eq!(reason(refused), Reason::KeyNotVouchedFor);
    }
    let event = v1::KeyEvent { voucher: Some(good), ..event };
    south.submit_first(&test.hub, event, &[&key]).await.unwrap();
}

#[tokio::test]
async fn an_administrative_key_of_the_main_office_acts_for_the_others() {
    let test = TestHub::new();
    let (mut head, mut south) =
        (test.office("alpha", "head").await, test.office("alpha", "south").await);
    let (head_key, south_key) = (
        FileKey::from_pem(&head.key.to_pem().unwrap()).unwrap(),
        FileKey::from_pem(&south.key.to_pem().unwrap()).unwrap(),
    );
    let (admin, new) = (new_key(), new_key());
    let administration = v1::KeyPurpose::Administration.into();
    let adds_admin =
        v1::KeyEvent { purpose: administration, ..change_of(v1::KeyAction::Add, &admin) };
    let elsewhere = south.submit_first(&test.hub, adds_admin.clone(), &[&admin, &south_key]).await;
    assert_eq!(reason(elsewhere), Reason::NotPermitted);
    head.submit_first(&test.hub, adds_admin, &[&admin, &head_key]).await.unwrap();

    // From now on no office's own key vouches, and a certificate does not either.
    let adds = change_of(v1::KeyAction::Add, &new);
    let refused = south.submit_first(&test.hub, adds.clone(), &[&new, &south_key]).await;
    assert_eq!(reason(refused), Reason::KeyNotVouchedFor);
    let mut north = TestOffice::new("alpha", "north");
    let event = north.key_event();
    assert_eq!(reason(north.submit(&test.hub, event).await), Reason::KeyNotVouchedFor);

    let for_south = v1::KeyEvent { holder: Some(address("alpha", "south")), ..adds };
    let refused = north.submit_first(&test.hub, for_south.clone(), &[&new, &admin]).await;
    assert_eq!(reason(refused), Reason::NotPermitted);
    head.submit_first(&test.hub, for_south, &[&new, &admin]).await.unwrap();

    // An administrative key signs key events only.
    let body = head.body(complaint());
    head.sequence = 1;
    head.key = admin;
    assert_eq!(reason(head.submit(&test.hub, body).await), Reason::NotPermitted);
}

#[tokio::test]
async fn the_proof_of_a_key_replays_to_what_vouches_for_it() {
    let test = TestHub::new();
    let (mut head, beta) = (test.office("alpha", "head").await, test.office("beta", "desk").await);
    let head_key = FileKey::from_pem(&head.key.to_pem().unwrap()).unwrap();
    let (admin, new) = (new_key(), new_key());
    let purpose = v1::KeyPurpose::Administration.into();
    let event = v1::KeyEvent { purpose, ..change_of(v1::KeyAction::Add, &admin) };
    head.submit_first(&test.hub, event, &[&admin, &head_key]).await.unwrap();
    let holder = Some(address("alpha", "south"));
    let event = v1::KeyEvent { holder, ..change_of(v1::KeyAction::Add, &new) };
    head.submit_first(&test.hub, event, &[&new, &admin]).await.unwrap();
    let event = key_event(&mut head, v1::KeyAction::Retire, &head_key);
    head.submit(&test.hub, event).await.unwrap();

    let ask = |key: &FileKey| {
        let key_id = key.public_key().id().as_bytes().to_vec();
        test.hub.key_proof(v1::GetKeyProofRequest { key_id })
    };
    let proof = ask(&new).await.unwrap();
    let mut history = KeyHistory::new(ORIGIN);
    for event in &proof.events {
        let opened = envelope::open(event.envelope.as_ref().unwrap()).unwrap();
        history.admit(event.receipt.as_ref().unwrap().leaf_index, &opened).unwrap();
    }
    assert_eq!(proof.events.len(), 4);
    let known = history.key(&new.public_key().id()).unwrap();
    assert_eq!(known.holder, address("alpha", "south"));
    assert_eq!(known.vouched_by, VouchedBy::Key(admin.public_key().id()));
    let root = history.key(&head_key.public_key().id()).unwrap();
    assert!(matches!(&root.vouched_by, VouchedBy::Certificate(voucher)
        if voucher.certificates == [head.caller.certificate.clone()]));
    assert!(root.retired_leaf.is_some());

    assert_eq!(ask(&beta.key).await.unwrap().events.len(), 1);
    assert_eq!(reason(ask(&new_key()).await), Reason::KeyUnknown);
}

#[tokio::test]
async fn what_stands_on_a_stolen_key_falls_with_it() {
    let test = TestHub::new();
    let mut south = test.office("alpha", "south").await;
    let key = FileKey::from_pem(&south.key.to_pem().unwrap()).unwrap();
    let (second, thief) = (new_key(), new_key());
    for new in [&second, &thief] {
        let event = change_of(v1::KeyAction::Add, new);
        south.submit_first(&test.hub, event, &[new, &key]).await.unwrap();
    }
    let from = test.hub.crafts.log.head().size - 1;
    let revokes =
        v1::KeyEvent { invalid_from_index: from, ..change_of(v1::KeyAction::Revoke, &key) };
    let mut owner = TestOffice::new("alpha", "south");
    owner.key = second;
    owner.sequence = 1;
    let digests = test.hub.crafts.store.chain(&owner.key.public_key().id()).unwrap();
    owner.previous = digests.digest;
    let body = owner.key_body(revokes);
    owner.submit(&test.hub, body).await.unwrap();

    south.key = thief;
    let body = south.body(complaint());
    assert_eq!(reason(south.submit(&test.hub, body).await), Reason::KeyOutOfUse);
    let body = owner.body(complaint());
    owner.submit(&test.hub, body).await.unwrap();
    let keys = test.hub.keys(v1::ListKeysRequest { institution: "alpha".into() }).await.unwrap();
    let revoked: Vec<_> = keys.keys.iter().map(|key| key.revoked_from_leaf.is_some()).collect();
    assert_eq!(revoked, [true, false, true]);
}

#[tokio::test]
async fn a_retired_key_signs_no_more() {
    let test = TestHub::new();
    let mut south = test.office("alpha", "south").await;
    let key = FileKey::from_pem(&south.key.to_pem().unwrap()).unwrap();
    let event = key_event(&mut south, v1::KeyAction::Retire, &key);
    south.submit(&test.hub, event).await.unwrap();
    let body = south.body(complaint());
    assert_eq!(reason(south.submit(&test.hub, body).await), Reason::KeyOutOfUse);
}

#[tokio::test]
async fn an_envelope_names_its_sender_its_hub_and_a_signature_that_holds() {
    let test = TestHub::new();
    let mut south = test.office("alpha", "south").await;
    let mut body = south.body(complaint());
    body.sender = Some(address("beta", "desk"));
    assert_eq!(reason(south.submit(&test.hub, body).await), Reason::SenderMismatch);

    let mut body = south.body(complaint());
    body.hub_origin = "other.test/log".into();
    assert_eq!(reason(south.submit(&test.hub, body).await), Reason::WrongHub);

    let body = south.body(complaint());
    let mut envelope = south.sign(body);
    envelope.signatures[0].signature[5] ^= 1;
    let refused = south.submit_signed(&test.hub, envelope, Vec::new()).await;
    assert_eq!(reason(refused), Reason::SignatureInvalid);

    let body = south.body(complaint());
    let mut envelope = south.sign(body);
    let mut bytes = envelope.body.to_vec();
    bytes.extend([0xf8, 0x07, 0x01]);
    envelope.body = bytes.into();
    let refused = south.submit_signed(&test.hub, envelope, Vec::new()).await;
    assert_eq!(reason(refused), Reason::EnvelopeMalformed);
}

#[tokio::test]
async fn an_office_that_left_the_directory_is_unknown() {
    let test = TestHub::new();
    let mut west = TestOffice::new("alpha", "west");
    let event = west.key_event();
    assert_eq!(reason(west.submit(&test.hub, event).await), Reason::OfficeUnknown);
    assert_eq!(reason(test.hub.describe_caller(&west.caller)), Reason::OfficeUnknown);
}

#[tokio::test]
async fn an_expired_envelope_is_refused() {
    let test = TestHub::new();
    let mut south = test.office("alpha", "south").await;
    let mut body = south.body(complaint());
    body.not_after_unix_ms = 1_000;
    assert_eq!(reason(south.submit(&test.hub, body).await), Reason::EnvelopeExpired);
}

#[tokio::test]
async fn an_office_takes_only_its_own_keys_out_of_use() {
    let test = TestHub::new();
    let mut beta = test.office("beta", "desk").await;
    let mut south = test.office("alpha", "south").await;
    for action in [v1::KeyAction::Retire, v1::KeyAction::Revoke] {
        let event = key_event(&mut beta, action, &south.key);
        assert_eq!(reason(beta.submit(&test.hub, event).await), Reason::EnvelopeInvalid);
    }
    // In the same words as a key that never was.
    let nobodys = new_key();
    let mut said = Vec::new();
    for key in [&south.key, &nobodys] {
        let event = key_event(&mut beta, v1::KeyAction::Retire, key);
        let refused = beta.submit(&test.hub, event).await.unwrap_err().to_string();
        said.push(refused.replace(&key.public_key().id().to_string(), "KEY"));
    }
    assert_eq!(said[0], said[1]);
    let body = south.body(complaint());
    south.submit(&test.hub, body).await.unwrap();
}

#[tokio::test]
async fn a_key_event_sent_again_gets_its_first_receipt() {
    let test = TestHub::new();
    let mut south = TestOffice::new("alpha", "south");
    let event = south.key_event();
    let enrolment = south.sign(event);
    let first = south.submit_signed(&test.hub, enrolment.clone(), Vec::new()).await.unwrap();
    let again = south.submit_signed(&test.hub, enrolment.clone(), Vec::new()).await.unwrap();
    assert!(again.repeated_submission);
    assert_eq!(first.receipt, again.receipt);

    let body = south.body(complaint());
    let filing = south.sign(body);
    let filed = south.submit_signed(&test.hub, filing.clone(), Vec::new()).await.unwrap();
    let key = FileKey::from_pem(&south.key.to_pem().unwrap()).unwrap();
    let event = key_event(&mut south, v1::KeyAction::Retire, &key);
    let retirement = south.sign(event);
    let retired = south.submit_signed(&test.hub, retirement.clone(), Vec::new()).await.unwrap();
    // Whatever became of the key since: what was sealed stays sealed.
    for (envelope, receipt) in
        [(retirement, retired.receipt), (filing, filed.receipt), (enrolment, first.receipt)]
    {
        let again = south.submit_signed(&test.hub, envelope, Vec::new()).await.unwrap();
        assert!(again.repeated_submission);
        assert_eq!(again.receipt, receipt);
    }
}

#[tokio::test]
async fn of_two_first_keys_at_once_one_comes_into_use() {
    let test = TestHub::new();
    let mut offices = [(); 6].map(|()| TestOffice::new("alpha", "south"));
    let submissions = offices.each_mut().map(|office| {
        let event = office.key_event();
        let envelope = office.sign(event);
        let (hub, who) = (test.hub.clone(), office.caller.clone());
        let request =
            v1::SubmitRequest { envelope: Some(envelope), documents: Vec::new(), carriage: None };
        tokio::spawn(async move { hub.submit(&who, request).await })
    });
    let mut accepted = 0;
    for submission in submissions {
        match submission.await.unwrap() {
            Ok(_) => accepted += 1,
            refused => assert_eq!(reason(refused), Reason::KeyNotVouchedFor),
        }
    }
    assert_eq!(accepted, 1);
}

#[tokio::test]
async fn a_sender_that_saw_the_empty_log_has_seen_ours() {
    let test = TestHub::new();
    let mut south = TestOffice::new("alpha", "south");
    let mut event = south.key_event();
    let seen = test.hub.crafts.log.head();
    event.last_seen = Some(v1::SeenCheckpoint { size: seen.size, root: seen.root.to_vec() });
    south.submit(&test.hub, event).await.unwrap();
}
