//! Sealed exhibits: what the hub checks without being able to read them, and who gets them.

use barid_proto::sealed::{MEDIA_TYPE, UnsealingKey, VERSION, WRAPPED_BYTES};
use barid_proto::v1::filing_content::Content;
use barid_proto::v1::{self, KeyAction, KeyPurpose, Reason};
use zeroize::Zeroizing;

use super::fixture::*;
use super::papers::downloads;
use crate::error::Error;
use crate::model::id::DocumentDigest;

/// The hub cannot tell it from ciphertext.
const CIPHERTEXT: [u8; 100] = [0xc5; 100];

fn digest() -> Vec<u8> {
    DocumentDigest::of(&CIPHERTEXT).to_vec()
}

fn sealed_exhibit() -> v1::Exhibit {
    v1::Exhibit {
        number: "E1".into(),
        media_type: MEDIA_TYPE.into(),
        size_bytes: CIPHERTEXT.len() as u64,
        sha256: digest(),
        sealed: Some(v1::SealedExhibit {
            version: VERSION,
            key_commitment: vec![1; 32],
            description: vec![2; 272],
        }),
        ..v1::Exhibit::default()
    }
}

fn opening(seed: u8) -> UnsealingKey {
    UnsealingKey::from_seed(Zeroizing::new([seed; 32])).unwrap()
}

fn wrap(to: v1::Address, key: &UnsealingKey) -> v1::KeyWrap {
    let ciphertext = vec![4; WRAPPED_BYTES];
    v1::KeyWrap {
        recipient: Some(to),
        key_id: key.id().as_bytes().to_vec(),
        encapsulated: vec![3; barid_proto::sealed::ENCAPSULATED_BYTES],
        keys: vec![v1::WrappedKey { sha256: digest(), ciphertext }],
    }
}

/// Brings a key into use by which the office opens sealed exhibits.
async fn enrol(test: &TestHub, office: &mut TestOffice, seed: u8) -> UnsealingKey {
    let key = opening(seed);
    let event = v1::KeyEvent {
        action: KeyAction::Add.into(),
        spki: key.public_key().spki().to_vec(),
        purpose: KeyPurpose::Unseal.into(),
        ..v1::KeyEvent::default()
    };
    let body = office.key_body(event);
    office.submit(&test.hub, body).await.unwrap();
    key
}

/// An appeal from `alpha/south` to `beta/desk`, with the sealed exhibit.
fn body(south: &mut TestOffice, wraps: Vec<v1::KeyWrap>) -> v1::EnvelopeBody {
    let mut body = south.body(appeal());
    body.recipients = vec![address("alpha", "head"), address("beta", "desk")];
    body.confidentiality = v1::Confidentiality::Sealed.into();
    body.exhibits = vec![sealed_exhibit()];
    body.wraps = wraps;
    body
}

async fn submit_with(
    test: &TestHub,
    south: &mut TestOffice,
    body: v1::EnvelopeBody,
) -> Result<v1::SubmitResponse, Error> {
    let envelope = south.sign(body);
    let inline = vec![v1::InlineDocument { content: CIPHERTEXT.to_vec().into() }];
    south.submit_signed(&test.hub, envelope, inline).await
}

pub(super) fn codes(refused: Result<v1::SubmitResponse, Error>) -> (Reason, Vec<String>) {
    let Err(Error::Refused(refusal)) = refused else { panic!("not refused") };
    let told = |problem: &v1::Problem| {
        format!("{}:{}", problem.place.clone().unwrap_or_default().path, problem.code)
    };
    (refusal.reason, refusal.problems.iter().map(told).collect())
}

#[tokio::test]
async fn the_ciphertext_is_for_those_alone_for_whom_its_key_was_wrapped() {
    let test = TestHub::new();
    let mut south = test.office("alpha", "south").await;
    let mut desk = test.office("beta", "desk").await;
    let key = enrol(&test, &mut desk, 1).await;
    let filed = body(&mut south, vec![wrap(address("beta", "desk"), &key)]);
    let case = submit_with(&test, &mut south, filed).await.unwrap().receipt.unwrap().case_id;
    assert!(downloads(&test, ("beta", "desk"), &CIPHERTEXT).await);
    assert!(downloads(&test, ("alpha", "south"), &CIPHERTEXT).await, "who brought it");
    assert!(!downloads(&test, ("gamma", "desk"), &CIPHERTEXT).await);

    // The recipient passes it on; from then on the third may read, and is a party.
    let mut court = test.office("gamma", "desk").await;
    let third = enrol(&test, &mut court, 2).await;
    // The order stands in a filing, and has no number.
    let order_digest = south.previous.to_vec();
    let granted = |wraps| {
        Content::AccessGranted(v1::AccessGranted { wraps, order_digest, ..Default::default() })
    };
    let mut grant = desk.body(granted(vec![wrap(address("gamma", "desk"), &third)]));
    grant.recipients = vec![address("gamma", "desk")];
    grant.case = Some(v1::CaseReference { case_id: case, ..Default::default() });
    desk.submit(&test.hub, grant).await.unwrap();
    assert!(downloads(&test, ("gamma", "desk"), &CIPHERTEXT).await);
}

#[tokio::test]
async fn a_party_without_a_wrap_gets_not_even_the_ciphertext() {
    let test = TestHub::new();
    let mut desk = test.office("beta", "desk").await;
    let key = enrol(&test, &mut desk, 1).await;
    let mut filed = body(&mut desk, vec![wrap(address("beta", "desk"), &key)]);
    filed.recipients = vec![address("alpha", "south")];
    submit_with(&test, &mut desk, filed).await.unwrap();
    assert!(!downloads(&test, ("alpha", "south"), &CIPHERTEXT).await);
    assert!(!downloads(&test, ("alpha", "head"), &CIPHERTEXT).await);
}

#[tokio::test]
async fn everything_wrong_with_a_sealed_exhibit_is_told_at_once() {
    let test = TestHub::new();
    let mut south = test.office("alpha", "south").await;
    let mut wrong = body(&mut south, Vec::new());
    wrong.exhibits[0].title = "witness 7".into();
    wrong.exhibits[0].sealed.as_mut().unwrap().version = 2;
    wrong.exhibits[0].size_bytes = 60;
    let mut clear = sealed_exhibit();
    clear.sealed = None;
    clear.number = "E2".into();
    wrong.exhibits.push(clear);
    let mut twice = wrap(address("beta", "desk"), &opening(1));
    twice.encapsulated.clear();
    twice.keys[0].sha256 = vec![9; 32];
    wrong.wraps = vec![twice.clone(), twice];
    let (reason, mut codes) = codes(submit_with(&test, &mut south, wrong).await);
    assert_eq!(reason, Reason::EnvelopeInvalid);
    codes.sort();
    assert_eq!(
        codes,
        [
            "exhibits[0].sealed.version:unknown-value",
            "exhibits[0].sha256:no-key",
            "exhibits[0].size_bytes:sealed",
            "exhibits[0].title:sealed",
            "exhibits[1].sealed:missing",
            "wraps[0].encapsulated:length",
            "wraps[0].keys[0].sha256:not-sealed",
            "wraps[1].encapsulated:length",
            "wraps[1].keys[0].sha256:not-sealed",
            "wraps[1].recipient.office:twice",
        ]
    );
}

#[tokio::test]
async fn a_wrap_is_for_whom_the_envelope_names_and_for_a_key_of_theirs_in_use() {
    let test = TestHub::new();
    let mut south = test.office("alpha", "south").await;
    let mut desk = test.office("beta", "desk").await;
    let key = enrol(&test, &mut desk, 1).await;
    let wraps = vec![
        wrap(address("alpha", "head"), &key),
        wrap(address("beta", "desk"), &opening(9)),
        wrap(address("gamma", "desk"), &key),
    ];
    let wrong = body(&mut south, wraps);
    let (reason, codes) = codes(submit_with(&test, &mut south, wrong).await);
    assert_eq!(reason, Reason::EnvelopeInvalid);
    assert_eq!(
        codes,
        [
            "wraps[0].key_id:not-theirs",
            "wraps[1].key_id:not-theirs",
            "wraps[2].recipient:not-named"
        ]
    );
}

#[tokio::test]
async fn nobody_gives_access_to_what_they_cannot_open_or_what_is_not_of_the_case() {
    let test = TestHub::new();
    let mut south = test.office("alpha", "south").await;
    let mut desk = test.office("beta", "desk").await;
    let mut court = test.office("gamma", "desk").await;
    let (key, third) = (enrol(&test, &mut desk, 1).await, enrol(&test, &mut court, 2).await);
    let mut other = desk.body(appeal());
    other.recipients = vec![address("alpha", "head")];
    let other = desk.submit(&test.hub, other).await.unwrap().receipt.unwrap().case_id;
    let filed = body(&mut south, vec![wrap(address("beta", "desk"), &key)]);
    let case = submit_with(&test, &mut south, filed).await.unwrap().receipt.unwrap().case_id;

    let grant = |office: &mut TestOffice, case: &[u8], order: &[u8]| {
        let granted = v1::AccessGranted {
            wraps: vec![wrap(address("gamma", "desk"), &third)],
            order_digest: order.to_vec(),
            order: Some(v1::ActReference { number: "17".into(), ..Default::default() }),
            ..Default::default()
        };
        let mut body = office.body(Content::AccessGranted(granted));
        body.recipients = vec![address("gamma", "desk")];
        body.case = Some(v1::CaseReference { case_id: case.to_vec(), ..Default::default() });
        body
    };
    // The head office is a party and was given no key.
    let mut head = test.office("alpha", "north").await;
    let body = grant(&mut head, &case, &[]);
    assert_eq!(reason(head.submit(&test.hub, body).await), Reason::CaseUnknown);
    let body = grant(&mut desk, &other, &[]);
    assert_eq!(reason(desk.submit(&test.hub, body).await), Reason::ExhibitMissing);
    let body = grant(&mut desk, &case, &[7; 32]);
    let (why, told) = codes(desk.submit(&test.hub, body).await);
    assert_eq!(why, Reason::ContentInvalid);
    assert_eq!(told, ["content.access_granted.order_digest:no-order"]);
    assert!(!downloads(&test, ("gamma", "desk"), &CIPHERTEXT).await);
    // A party for whom no key was wrapped.
    let mut supplement = south.body(appeal());
    supplement.recipients = vec![address("alpha", "north")];
    supplement.case = Some(v1::CaseReference { case_id: case.clone(), ..Default::default() });
    south.submit(&test.hub, supplement).await.unwrap();
    let body = grant(&mut head, &case, &[]);
    assert_eq!(reason(head.submit(&test.hub, body).await), Reason::ExhibitMissing);
}

#[tokio::test]
async fn access_is_not_given_to_what_the_third_could_not_find() {
    let test = TestHub::new();
    let mut south = test.office("alpha", "south").await;
    let mut desk = test.office("beta", "desk").await;
    let mut court = test.office("gamma", "desk").await;
    let (key, third) = (enrol(&test, &mut desk, 1).await, enrol(&test, &mut court, 2).await);
    let mut filed = body(&mut south, vec![wrap(address("beta", "desk"), &key)]);
    filed.confidentiality = v1::Confidentiality::Restricted.into();
    let case = submit_with(&test, &mut south, filed).await.unwrap().receipt.unwrap().case_id;
    assert!(downloads(&test, ("beta", "desk"), &CIPHERTEXT).await);
    let granted = v1::AccessGranted {
        wraps: vec![wrap(address("gamma", "desk"), &third)],
        order: Some(v1::ActReference { number: "17".into(), ..Default::default() }),
        ..Default::default()
    };
    let mut grant = desk.body(Content::AccessGranted(granted));
    grant.recipients = vec![address("gamma", "desk")];
    grant.case = Some(v1::CaseReference { case_id: case, ..Default::default() });
    let (reason, told) = codes(desk.submit(&test.hub, grant).await);
    assert_eq!(reason, Reason::ExhibitMissing);
    assert_eq!(told, ["content.access_granted.wraps[0].keys[0].sha256:not-openable"]);
}
