//! Who signs, with which key, and how keys come and go.

use barid_proto::key::{Algorithm, FileKey, Signer as _};
use barid_proto::v1::filing_content::Content;
use barid_proto::v1::{self, Reason};

use super::fixture::*;

fn key_event(office: &mut TestOffice, action: v1::KeyAction, key: &FileKey) -> v1::EnvelopeBody {
    let mut body = office.body(Content::KeyEvent(v1::KeyEvent {
        action: action.into(),
        spki: key.public_key().spki().to_vec(),
        purpose: v1::KeyPurpose::Seal.into(),
        ..v1::KeyEvent::default()
    }));
    body.data_class = v1::DataClass::Published.into();
    body
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
    let new = FileKey::generate(Algorithm::Ed25519).unwrap();
    let mut event = key_event(&mut south, v1::KeyAction::Add, &new);
    event.sender_sequence = 1;
    event.previous_digest = vec![0; 32];

    let alone = sign_with(event.clone(), &[&new]);
    let request = |envelope| v1::SubmitRequest { envelope: Some(envelope), documents: Vec::new() };
    let refused = test.hub.submit(&south.caller, request(alone)).await;
    assert_eq!(reason(refused), Reason::NotPermitted);
    let countersigned = sign_with(event, &[&new, &south.key]);
    test.hub.submit(&south.caller, request(countersigned)).await.unwrap();

    let keys = test.hub.keys(v1::ListKeysRequest { institution: "alpha".into() }).await.unwrap();
    assert_eq!(keys.keys.len(), 2);
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
    let nobodys = FileKey::generate(Algorithm::Ed25519).unwrap();
    let event = key_event(&mut beta, v1::KeyAction::Retire, &south.key);
    let foreign = beta.submit(&test.hub, event).await.unwrap_err().to_string();
    let event = key_event(&mut beta, v1::KeyAction::Retire, &nobodys);
    assert_eq!(beta.submit(&test.hub, event).await.unwrap_err().to_string(), foreign);
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
        let request = v1::SubmitRequest { envelope: Some(envelope), documents: Vec::new() };
        tokio::spawn(async move { hub.submit(&who, request).await })
    });
    let mut accepted = 0;
    for submission in submissions {
        match submission.await.unwrap() {
            Ok(_) => accepted += 1,
            refused => assert_eq!(reason(refused), Reason::NotPermitted),
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
