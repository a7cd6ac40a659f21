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
