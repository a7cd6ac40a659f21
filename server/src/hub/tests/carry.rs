//! Envelopes that somebody else hands in.

use barid_proto::v1::{self, FilingAssessment, Reason, SignedEnvelope};
use bytes::Bytes;
use futures::{StreamExt as _, stream};
use prost::Message as _;

use super::fixture::*;
use crate::error::Error;
use crate::hub::Part;
use crate::identity::caller::Caller;
use crate::model::id::DocumentDigest;

const LOG_BOOK: &[u8] = b"seal 4711 was broken at 13:20";

fn exhibit() -> v1::Exhibit {
    v1::Exhibit {
        number: "E1".into(),
        title: "log book".into(),
        media_type: "text/plain".into(),
        size_bytes: LOG_BOOK.len() as u64,
        sha256: DocumentDigest::of(LOG_BOOK).to_vec(),
        ..v1::Exhibit::default()
    }
}

/// A complaint of an office that names the log book, signed and not sent.
fn signed(office: &mut TestOffice) -> SignedEnvelope {
    let mut body = office.body(complaint());
    body.recipients = vec![address("alpha", "head")];
    body.exhibits = vec![exhibit()];
    office.sign(body)
}

async fn upload(test: &TestHub, caller: &Caller) {
    let start = v1::UploadStart {
        sha256: DocumentDigest::of(LOG_BOOK).to_vec(),
        size_bytes: LOG_BOOK.len() as u64,
        ..v1::UploadStart::default()
    };
    let parts = stream::iter([Ok(Part::Bytes(Bytes::from_static(LOG_BOOK)))]);
    test.hub.upload_exhibit(caller, start, parts).await.unwrap();
}

async fn carry(
    test: &TestHub,
    caller: &Caller,
    envelope: &SignedEnvelope,
    came: &[&[u8]],
) -> Result<v1::SubmitResponse, Error> {
    let document_sha256s = came.iter().map(|one| DocumentDigest::of(one).to_vec()).collect();
    let request = v1::SubmitRequest {
        envelope: Some(envelope.clone()),
        documents: Vec::new(),
        carriage: Some(v1::Carriage { document_sha256s }),
    };
    test.hub.submit(caller, request).await
}

#[tokio::test]
async fn offices_of_one_institution_carry_for_each_other() {
    let test = TestHub::new();
    let mut south = test.office("alpha", "south").await;
    let north = caller("alpha", "north");
    let envelope = signed(&mut south);
    let unsaid = v1::SubmitRequest { envelope: Some(envelope.clone()), ..Default::default() };
    assert_eq!(reason(test.hub.submit(&north, unsaid).await), Reason::SenderMismatch);
    assert_eq!(reason(carry(&test, &north, &envelope, &[]).await), Reason::ExhibitMissing);
    upload(&test, &north).await;
    let first = carry(&test, &north, &envelope, &[LOG_BOOK]).await.unwrap();
    // Twice without harm, and the sender itself gets the receipt of then.
    let second = carry(&test, &north, &envelope, &[LOG_BOOK]).await.unwrap();
    assert!(second.repeated_submission);
    let own = south.submit_signed(&test.hub, envelope, Vec::new()).await.unwrap();
    assert!(own.repeated_submission);
    assert_eq!(first.receipt.as_ref().unwrap().leaf_index, own.receipt.unwrap().leaf_index);
    // The log says who carried.
    let index = first.receipt.unwrap().leaf_index;
    let request = v1::GetFilingRequest { leaf_index: Some(index), ..Default::default() };
    let filing = test.hub.filing(&south.caller, request).await.unwrap().filing.unwrap();
    let added = FilingAssessment::decode(filing.assessment).unwrap();
    assert_eq!(added.carried_by, Some(address("alpha", "north")));
}

#[tokio::test]
async fn others_carry_where_the_table_says_so() {
    let test = TestHub::new();
    let mut south = test.office("alpha", "south").await;
    let steward = test.office("epsilon", "desk").await;
    let envelope = signed(&mut south);
    for stranger in ["beta", "delta"] {
        let refused = carry(&test, &caller(stranger, "desk"), &envelope, &[]).await;
        assert_eq!(reason(refused), Reason::SenderMismatch, "{stranger}");
    }
    // The carrier's own documents are nothing that a sender gets by naming them.
    upload(&test, &steward.caller).await;
    let merely_named = carry(&test, &steward.caller, &envelope, &[]).await;
    assert_eq!(reason(merely_named), Reason::ExhibitMissing);
    let others = carry(&test, &steward.caller, &envelope, &[LOG_BOOK, b"another"]).await;
    assert_eq!(reason(others), Reason::RequestInvalid);
    carry(&test, &steward.caller, &envelope, &[LOG_BOOK]).await.unwrap();
    let request = v1::StatExhibitRequest { sha256: DocumentDigest::of(LOG_BOOK).to_vec() };
    assert!(test.hub.stat_exhibit(&caller("alpha", "north"), request).await.unwrap().complete);
    // A key's first voucher is the certificate of the connection that it made itself.
    let mut north = TestOffice::new("alpha", "north");
    let event = north.key_event();
    let event = north.sign(event);
    let refused = carry(&test, &steward.caller, &event, &[]).await;
    assert_eq!(reason(refused), Reason::KeyNotVouchedFor);
}

#[tokio::test]
async fn what_was_refused_for_good_is_proven_to_the_carrier_and_the_sender() {
    let test = TestHub::new();
    let mut south = test.office("alpha", "south").await;
    let steward = test.office("epsilon", "desk").await;
    let mut body = south.body(complaint());
    body.recipients = vec![address("alpha", "nowhere")];
    let envelope = south.sign(body);
    let refused = carry(&test, &steward.caller, &envelope, &[]).await;
    let Err(Error::Refused(refusal)) = refused else { panic!("{refused:?}") };
    assert_eq!(refusal.reason, Reason::RecipientUnknown);
    let request = v1::GetStatementRequest { leaf_index: refusal.rejection_leaf.unwrap() };
    for reader in [&steward.caller, &south.caller] {
        test.hub.statement(reader, request).await.unwrap();
    }
    let stranger = test.hub.statement(&caller("beta", "desk"), request).await;
    assert_eq!(reason(stranger), Reason::NotFound);
}

#[tokio::test]
async fn a_main_office_carries_home_what_was_served_and_it_is_not_fetched() {
    let test = TestHub::new();
    let mut south = test.office("alpha", "south").await;
    let mut body = south.body(complaint());
    body.recipients = vec![address("alpha", "north")];
    south.submit(&test.hub, body).await.unwrap();
    let size = test.hub.crafts.log.head().size;
    let request = v1::ReceiveRequest {
        office: Some(address("alpha", "north")),
        ..v1::ReceiveRequest::default()
    };
    let head = caller("alpha", "head");
    let served: Vec<_> = test.hub.receive(&head, request.clone()).await.unwrap().collect().await;
    assert_eq!(served.len(), 1);
    assert_eq!(test.hub.crafts.log.head().size, size, "nothing was stated");
    for stranger in [caller("alpha", "south"), caller("epsilon", "desk")] {
        let refused = test.hub.receive(&stranger, request.clone()).await;
        assert_eq!(reason(refused.map(|_| ())), Reason::NotPermitted);
    }
}
