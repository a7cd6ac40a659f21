//! What the hub states itself: whose inboxes a filing was put into, refusals, silence, fetching.

use std::sync::atomic::Ordering;

use barid_proto::leaf::{Leaf, LeafKind, assessment_digest, statement_digest};
use barid_proto::tlog::policy::Policy;
use barid_proto::tlog::proof::verify_inclusion;
use barid_proto::tlog::receipt::Receipt;
use barid_proto::v1::filing_content::Content;
use barid_proto::v1::{self, FilingAssessment, HubStatement, HubStatementKind, Reason};
use futures::StreamExt as _;
use prost::Message as _;

use super::fixture::*;
use crate::error::{Error, Refusal};

/// An appeal of one office to others.
fn to(office: &mut TestOffice, recipients: &[(&str, &str)]) -> v1::EnvelopeBody {
    let mut body = office.body(appeal());
    body.recipients = recipients.iter().map(|(one, other)| address(one, other)).collect();
    body
}

async fn submit(test: &TestHub, office: &mut TestOffice, body: v1::EnvelopeBody) -> v1::Receipt {
    office.submit(&test.hub, body).await.unwrap().receipt.unwrap()
}

async fn fetch(test: &TestHub, institution: &str, office: &str) {
    let request = v1::ReceiveRequest::default();
    let mut inbox = test.hub.receive(&caller(institution, office), request).await.unwrap();
    while let Some(served) = inbox.next().await {
        served.unwrap();
    }
}

async fn docket(test: &TestHub, office: (&str, &str), case_id: &[u8]) -> Vec<v1::DocketEntry> {
    let request = v1::GetCaseRequest { case_id: case_id.to_vec(), docket_number: None };
    test.hub.case(&caller(office.0, office.1), request).await.unwrap().entries
}

async fn statement(
    test: &TestHub,
    office: (&str, &str),
    leaf_index: u64,
) -> Result<v1::SealedStatement, Error> {
    let request = v1::GetStatementRequest { leaf_index };
    let answer = test.hub.statement(&caller(office.0, office.1), request).await?;
    Ok(answer.statement.unwrap())
}

/// Checks the proof of a statement as somebody does who trusts the log's key, and reads it.
pub(super) fn proved(test: &TestHub, sealed: &v1::SealedStatement) -> (HubStatement, u64) {
    let statement = HubStatement::decode(sealed.statement.as_ref()).unwrap();
    let vkey = test.hub.crafts.log.verifier_keys().remove(0);
    let policy = Policy::parse(format!("log {vkey}\nquorum none\n").as_bytes()).unwrap();
    let said = sealed.receipt.as_ref().unwrap();
    let receipt = Receipt::parse(&said.tlog_proof).unwrap();
    let kind = LeafKind::of_statement(statement.kind()).unwrap();
    let digest = statement_digest(&sealed.statement);
    let at_ms = u64::try_from(said.accepted_at_unix_ms).unwrap();
    let leaf = Leaf::of_hub(kind, at_ms, digest, vkey.log_key_id().unwrap());
    let proven = receipt.verify(&leaf.encode(), &policy).unwrap();
    assert_eq!(proven.index, said.leaf_index);
    (statement, said.leaf_index)
}

fn refused<T>(answer: Result<T, Error>) -> Box<Refusal> {
    match answer {
        Err(Error::Refused(refusal)) => refusal,
        Err(Error::Failed(fault)) => panic!("failed: {}", fault.chain()),
        Ok(_) => panic!("accepted, although it should be refused"),
    }
}

#[tokio::test]
async fn a_filing_names_the_inboxes_it_was_put_into_and_proves_it() {
    let test = TestHub::new();
    let mut south = test.office("alpha", "south").await;
    // The institution alone is its main office; that one named too is the same inbox.
    let body = to(&mut south, &[("alpha", "head"), ("beta", ""), ("beta", "desk")]);
    let receipt = submit(&test, &mut south, body).await;
    // Others follow, so that the tree of the receipt is not the newest.
    let body = to(&mut south, &[]);
    submit(&test, &mut south, body).await;

    let request = v1::GetFilingRequest {
        envelope_digest: receipt.envelope_digest.clone(),
        ..v1::GetFilingRequest::default()
    };
    let filing = test.hub.filing(&south.caller, request).await.unwrap().filing.unwrap();
    let added = FilingAssessment::decode(filing.assessment.as_ref()).unwrap();
    assert_eq!(added.consigned_to, [address("alpha", "head"), address("beta", "desk")]);
    assert_eq!(added.envelope_digest, receipt.envelope_digest);

    let log_key = test.hub.crafts.log.verifier_keys()[0].log_key_id().unwrap();
    let at_ms = u64::try_from(receipt.accepted_at_unix_ms).unwrap();
    let digest = assessment_digest(&filing.assessment);
    let leaf = Leaf::of_hub(LeafKind::Assessment, at_ms, digest, log_key);
    let proof = Receipt::parse(&filing.receipt.unwrap().tlog_proof).unwrap();
    let tree = barid_proto::tlog::checkpoint::Checkpoint::parse(proof.checkpoint.text()).unwrap();
    let path: Vec<_> =
        filing.assessment_path.iter().map(|hash| hash.as_slice().try_into().unwrap()).collect();
    verify_inclusion(&leaf.hash(), receipt.leaf_index + 1, tree.size(), &path, tree.root())
        .unwrap();
}

#[tokio::test]
async fn a_filing_for_nobody_has_nothing_to_assess() {
    let test = TestHub::new();
    let mut south = test.office("alpha", "south").await;
    let size = test.hub.crafts.log.head().size;
    let body = to(&mut south, &[]);
    let receipt = submit(&test, &mut south, body).await;
    assert_eq!(test.hub.crafts.log.head().size, size + 1);
    let request = v1::GetFilingRequest {
        envelope_digest: receipt.envelope_digest,
        ..v1::GetFilingRequest::default()
    };
    let filing = test.hub.filing(&south.caller, request).await.unwrap().filing.unwrap();
    assert!(filing.assessment.is_empty() && filing.assessment_path.is_empty());
}

#[tokio::test]
async fn a_final_refusal_is_stated_once_for_the_same_bytes() {
    let test = TestHub::new();
    let mut south = test.office("alpha", "south").await;
    // An electoral commission sends nothing to the federal court by itself.
    let body = to(&mut south, &[("gamma", "")]);
    let envelope = south.sign(body);
    let digest = barid_proto::envelope::open(&envelope).unwrap().digest();
    let first = refused(south.submit_signed(&test.hub, envelope.clone(), Vec::new()).await);
    assert_eq!(first.reason, Reason::NotPermitted);
    let leaf = first.rejection_leaf.unwrap();
    let size = test.hub.crafts.log.head().size;
    let again = refused(south.submit_signed(&test.hub, envelope, Vec::new()).await);
    assert_eq!(again.rejection_leaf, Some(leaf));
    assert_eq!(test.hub.crafts.log.head().size, size, "the same bytes are stated once");

    let sealed = statement(&test, ("alpha", "south"), leaf).await.unwrap();
    let (said, index) = proved(&test, &sealed);
    assert_eq!(index, leaf);
    assert_eq!(said.kind(), HubStatementKind::Rejected);
    assert_eq!((said.office, said.reason), (Some(address("alpha", "south")), 205));
    assert_eq!(said.envelope_digests, [digest]);
    // The sender's and its main office's, and nobody else's.
    assert!(statement(&test, ("alpha", "head"), leaf).await.is_ok());
    for other in [("alpha", "north"), ("beta", "desk"), ("gamma", "desk")] {
        assert_eq!(reason(statement(&test, other, leaf).await), Reason::NotFound, "{other:?}");
    }
    assert_eq!(reason(statement(&test, ("alpha", "south"), 0).await), Reason::NotFound);
    assert_eq!(reason(statement(&test, ("alpha", "south"), 99).await), Reason::NotFound);
    // No number was used.
    let good = south.body(complaint());
    south.submit(&test.hub, good).await.unwrap();
}

#[tokio::test]
async fn what_passes_and_what_strangers_send_is_not_stated() {
    let test = TestHub::new();
    let mut south = test.office("alpha", "south").await;
    let size = test.hub.crafts.log.head().size;
    let not_stated = |refusal: Box<Refusal>, reason| {
        assert_eq!((refusal.reason, refusal.rejection_leaf), (reason, None));
    };
    let mut gap = south.body(complaint());
    gap.sender_sequence = 9;
    gap.previous_digest = vec![1; 32];
    let gap = sign_with(gap, &[&south.key]);
    not_stated(refused(south.submit_signed(&test.hub, gap, Vec::new()).await), Reason::SequenceGap);
    // What is wrong with it would be final, but nobody knows who wrote it.
    let body = to(&mut south, &[("gamma", "")]);
    let mut forged = south.sign(body);
    forged.signatures[0].signature[0] ^= 1;
    not_stated(
        refused(south.submit_signed(&test.hub, forged, Vec::new()).await),
        Reason::SignatureInvalid,
    );
    let mut north = TestOffice::new("alpha", "north");
    let body = to(&mut north, &[("gamma", "")]);
    not_stated(refused(north.submit(&test.hub, body).await), Reason::KeyUnknown);
    assert_eq!(test.hub.crafts.log.head().size, size);
}

#[tokio::test]
async fn a_history_that_differs_is_stated() {
    let test = TestHub::new();
    let mut south = test.office("alpha", "south").await;
    let mut body = south.body(complaint());
    body.last_seen = Some(v1::SeenCheckpoint { size: 1, root: vec![9; 32] });
    let refusal = refused(south.submit(&test.hub, body).await);
    assert_eq!(refusal.reason, Reason::HistoryDiffers);
    let leaf = refusal.rejection_leaf.unwrap();
    let sealed = statement(&test, ("alpha", "south"), leaf).await.unwrap();
    assert_eq!(proved(&test, &sealed).0.reason, 307);
}

#[tokio::test]
async fn silence_is_stated_when_the_limit_has_passed_and_an_answer_counts_all_the_same() {
    let test = TestHub::new();
    let mut south = test.office("alpha", "south").await;
    let mut beta = test.office("beta", "desk").await;
    let limit_ms = NOON_MS + 60_000;
    let mut body = to(&mut south, &[("alpha", "head"), ("beta", "desk")]);
    body.receipt_required_by_unix_ms = limit_ms.cast_signed();
    let receipt = submit(&test, &mut south, body).await;
    let digest = receipt.envelope_digest.clone();

    test.now.store(limit_ms - 10, Ordering::Relaxed);
    let size = test.hub.crafts.log.head().size;
    test.hub.state_expired().await.unwrap();
    assert_eq!(test.hub.crafts.log.head().size, size, "the limit has not passed");

    test.now.store(limit_ms + 1, Ordering::Relaxed);
    test.hub.state_expired().await.unwrap();
    test.hub.state_expired().await.unwrap();
    assert_eq!(test.hub.crafts.log.head().size, size + 2, "once for each");
    let entries = docket(&test, ("alpha", "south"), &receipt.case_id).await;
    let [entry] = entries.as_slice() else { panic!("{entries:?}") };
    assert_eq!(entry.deliveries.len(), 2);
    for (delivery, sealed) in entry.deliveries.iter().zip(&entry.statements) {
        let (said, leaf) = proved(&test, sealed);
        assert_eq!(said.kind(), HubStatementKind::Expired);
        assert_eq!(
            (&said.office, said.limit_unix_ms),
            (&delivery.recipient, limit_ms.cast_signed())
        );
        assert_eq!(said.envelope_digests, std::slice::from_ref(&digest));
        assert!(said.at_unix_ms > said.limit_unix_ms);
        assert_eq!(delivery.expired_leaf, Some(leaf));
    }

    // Too late, and taken in.
    let mut body = beta.body(Content::Acknowledgement(v1::Acknowledgement {
        envelope_digest: digest.clone(),
        document_digests: Vec::new(),
    }));
    body.in_reply_to = Some(v1::EnvelopeReference { digest, leaf_index: 0 });
    // Nobody answers answers, so nobody is late with it.
    body.receipt_required_by_unix_ms = limit_ms.cast_signed();
    body.recipients = vec![address("alpha", "south")];
    beta.submit(&test.hub, body).await.unwrap();
    let size = test.hub.crafts.log.head().size;
    test.hub.state_expired().await.unwrap();
    assert_eq!(test.hub.crafts.log.head().size, size);
    let entries = docket(&test, ("alpha", "south"), &receipt.case_id).await;
    let late = &entries[0].deliveries[1];
    assert_eq!(late.step(), v1::DeliveryStep::Acknowledged);
    assert!(late.expired_leaf < late.acknowledged_leaf && late.expired_leaf.is_some());
}

#[tokio::test]
async fn statements_of_a_docket_speak_of_no_other_case() {
    let test = TestHub::new();
    let mut south = test.office("alpha", "south").await;
    let mut north = test.office("alpha", "north").await;
    let body = to(&mut south, &[("beta", "")]);
    let one = submit(&test, &mut south, body).await;
    // The same office is served in another case, and alone in the first one.
    let body = to(&mut north, &[("beta", "")]);
    let other = submit(&test, &mut north, body).await;
    let mut body = to(&mut south, &[("beta", "")]);
    body.case = Some(v1::CaseReference { case_id: one.case_id.clone(), ..Default::default() });
    let second = submit(&test, &mut south, body).await;
    // For those addressed only, and perhaps others than the first: each stands alone.
    let mut restricted = Vec::new();
    for _ in 0..2 {
        let mut body = to(&mut south, &[("beta", "")]);
        body.case = Some(v1::CaseReference { case_id: one.case_id.clone(), ..Default::default() });
        body.confidentiality = v1::Confidentiality::Restricted.into();
        restricted.push(vec![submit(&test, &mut south, body).await.envelope_digest]);
    }
    let size = test.hub.crafts.log.head().size;
    fetch(&test, "beta", "desk").await;
    assert_eq!(test.hub.crafts.log.head().size, size + 4);

    let mut named = Vec::new();
    for entry in docket(&test, ("alpha", "south"), &one.case_id).await {
        let [sealed] = entry.statements.as_slice() else { panic!("{:?}", entry.statements) };
        let (said, leaf) = proved(&test, sealed);
        assert_eq!(said.kind(), HubStatementKind::Fetched);
        assert_eq!(entry.deliveries[0].fetched_leaf, Some(leaf));
        named.push(said.envelope_digests);
        let seen = statement(&test, ("alpha", "north"), leaf).await;
        assert_eq!(reason(seen), Reason::NotFound, "another case");
    }
    let together = vec![one.envelope_digest, second.envelope_digest];
    assert_eq!(named[..2], [together.clone(), together]);
    assert_eq!(named[2..], restricted);
    let entries = docket(&test, ("alpha", "north"), &other.case_id).await;
    assert_eq!(
        proved(&test, &entries[0].statements[0]).0.envelope_digests,
        [other.envelope_digest]
    );
}
