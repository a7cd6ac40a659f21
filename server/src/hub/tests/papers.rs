//! Documents: within the request, uploaded, missing, and read as lead documents.

use barid_proto::v1::{self, Reason};
use bytes::Bytes;
use futures::{StreamExt as _, stream};
use prost::Message as _;

use super::fixture::*;
use crate::error::Error;
use crate::hub::Part;
use crate::model::id::DocumentDigest;

/// Far longer than anything here takes.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(10);

pub(super) fn exhibit(content: &[u8]) -> v1::Exhibit {
    v1::Exhibit {
        number: "E1".into(),
        title: "log book".into(),
        media_type: "text/plain".into(),
        size_bytes: content.len() as u64,
        sha256: DocumentDigest::of(content).to_vec(),
        ..v1::Exhibit::default()
    }
}

pub(super) async fn upload(
    test: &TestHub,
    office: &TestOffice,
    announced: &[u8],
    sent: &[u8],
) -> Result<v1::UploadExhibitResponse, Error> {
    let start = v1::UploadStart {
        sha256: DocumentDigest::of(announced).to_vec(),
        size_bytes: announced.len() as u64,
        ..v1::UploadStart::default()
    };
    let part = |part| Ok(Part::Bytes(Bytes::copy_from_slice(part)));
    let chunks: Vec<_> = sent.chunks(7).map(part).collect();
    test.hub.upload_exhibit(&office.caller, start, stream::iter(chunks)).await
}

#[tokio::test]
async fn a_filing_waits_for_its_exhibits() {
    let test = TestHub::new();
    let mut south = test.office("alpha", "south").await;
    let content = b"seal 4711 was broken at 13:20";
    let mut body = south.body(complaint());
    body.recipients = vec![address("alpha", "head")];
    body.exhibits = vec![exhibit(content)];
    let envelope = south.sign(body);
    let refused = south.submit_signed(&test.hub, envelope.clone(), Vec::new()).await;
    assert_eq!(reason(refused), Reason::ExhibitMissing);

    upload(&test, &south, content, content).await.unwrap();
    // The very same envelope goes through now.
    south.submit_signed(&test.hub, envelope, Vec::new()).await.unwrap();

    let request = v1::DownloadExhibitRequest {
        sha256: DocumentDigest::of(content).to_vec(),
        ..v1::DownloadExhibitRequest::default()
    };
    let head = caller("alpha", "head");
    let mut parts = test.hub.download_exhibit(&head, request.clone()).await.unwrap();
    let mut received = Vec::new();
    while let Some(part) = parts.next().await {
        received.extend_from_slice(&part.unwrap().chunk);
    }
    assert_eq!(received, content);
    let stranger = caller("beta", "desk");
    assert_eq!(
        reason(test.hub.download_exhibit(&stranger, request).await.map(|_| ())),
        Reason::NotFound
    );
}

#[tokio::test]
async fn what_another_institution_holds_is_not_shown() {
    let test = TestHub::new();
    let south = test.office("alpha", "south").await;
    let content = b"a secret of alpha";
    upload(&test, &south, content, content).await.unwrap();
    let request = v1::StatExhibitRequest { sha256: DocumentDigest::of(content).to_vec() };
    let own = test.hub.stat_exhibit(&south.caller, request.clone()).await.unwrap();
    assert!(own.complete);
    let other = test.hub.stat_exhibit(&caller("beta", "desk"), request).await.unwrap();
    assert_eq!(other, v1::StatExhibitResponse::default());
}

#[tokio::test]
async fn bytes_that_are_not_those_announced_are_not_kept() {
    let test = TestHub::new();
    let south = test.office("alpha", "south").await;
    let refused = upload(&test, &south, b"what was announced", b"something different").await;
    assert!(refused.is_err());
    let request =
        v1::StatExhibitRequest { sha256: DocumentDigest::of(b"what was announced").to_vec() };
    let held = test.hub.stat_exhibit(&south.caller, request).await.unwrap();
    assert!(!held.complete);
}

#[tokio::test]
async fn a_ready_made_lead_document_needs_no_plugin() {
    let test = TestHub::new();
    let mut south = test.office("alpha", "south").await;
    let document = v1::FilingContent { content: Some(complaint()) }.encode_to_vec();
    let mut body = south.body(complaint());
    body.content = None;
    body.lead = Some(v1::LeadDocument {
        format: "barid/filing+protobuf".into(),
        name: "complaint".into(),
        media_type: "application/protobuf".into(),
        size_bytes: document.len() as u64,
        sha256: DocumentDigest::of(&document).to_vec(),
        chunk_root: Vec::new(),
    });
    let inline = vec![v1::InlineDocument { content: document.into() }];
    let envelope = south.sign(body);
    south.submit_signed(&test.hub, envelope, inline).await.unwrap();
}

#[tokio::test]
async fn an_unknown_format_is_named() {
    let test = TestHub::new();
    let mut south = test.office("alpha", "south").await;
    let document = b"{}";
    let mut body = south.body(complaint());
    body.content = None;
    body.lead = Some(v1::LeadDocument {
        format: "nobody/knows".into(),
        name: "x".into(),
        media_type: "application/json".into(),
        size_bytes: 2,
        sha256: DocumentDigest::of(document).to_vec(),
        chunk_root: Vec::new(),
    });
    let inline = vec![v1::InlineDocument { content: document.to_vec().into() }];
    let envelope = south.sign(body);
    let refused = south.submit_signed(&test.hub, envelope, inline).await;
    assert_eq!(reason(refused), Reason::FormatUnknown);
}

#[tokio::test]
async fn too_many_bytes_in_one_request_are_refused_before_they_are_read() {
    let test = TestHub::new();
    let mut south = test.office("alpha", "south").await;
    let body = south.body(complaint());
    let envelope = south.sign(body);
    let inline = vec![v1::InlineDocument { content: vec![0; 1024 * 1024 + 1].into() }];
    let refused = south.submit_signed(&test.hub, envelope, inline).await;
    assert_eq!(reason(refused), Reason::TooLarge);
}

#[tokio::test]
async fn content_of_another_kind_or_without_what_its_kind_needs_is_refused() {
    let test = TestHub::new();
    let mut south = test.office("alpha", "south").await;
    let mut body = south.body(complaint());
    body.kind = v1::FilingKind::AppealFiled.into();
    assert_eq!(reason(south.submit(&test.hub, body).await), Reason::ContentInvalid);
    let empty = v1::filing_content::Content::AppealFiled(v1::AppealFiled::default());
    let body = south.body(empty);
    let Err(Error::Refused(refusal)) = south.submit(&test.hub, body).await else {
        panic!("an appeal without appellant and decision is understood")
    };
    assert_eq!(refusal.reason, Reason::ContentInvalid);
    let paths: Vec<&str> =
        refusal.problems.iter().map(|one| one.place.as_ref().unwrap().path.as_str()).collect();
    assert_eq!(paths, ["content.appellant", "content.challenged"]);
}

#[tokio::test]
async fn offices_of_one_institution_may_file_the_same_paper_at_once() {
    let test = TestHub::new();
    let document = v1::FilingContent { content: Some(complaint()) }.encode_to_vec();
    let lead = v1::LeadDocument {
        format: "barid/filing+protobuf".into(),
        name: "complaint".into(),
        media_type: "application/protobuf".into(),
        size_bytes: document.len() as u64,
        sha256: DocumentDigest::of(&document).to_vec(),
        chunk_root: Vec::new(),
    };
    let mut filings = Vec::new();
    for office in ["south", "north", "head"] {
        let mut office = test.office("alpha", office).await;
        let mut body = office.body(complaint());
        body.content = None;
        body.lead = Some(lead.clone());
        let envelope = office.sign(body);
        let inline = vec![v1::InlineDocument { content: document.clone().into() }];
        let hub = test.hub.clone();
        filings.push(tokio::spawn(async move {
            office.submit_signed(&hub, envelope, inline).await.map(|_| ())
        }));
    }
    for filing in filings {
        filing.await.unwrap().unwrap();
    }
}

pub(super) async fn downloads(test: &TestHub, office: (&str, &str), content: &[u8]) -> bool {
    let sha256 = DocumentDigest::of(content).to_vec();
    let request = v1::DownloadExhibitRequest { sha256: sha256.clone(), ..Default::default() };
    let who = caller(office.0, office.1);
    let stat = test.hub.stat_exhibit(&who, v1::StatExhibitRequest { sha256 }).await.unwrap();
    let download = test.hub.download_exhibit(&who, request).await;
    assert_eq!(stat.complete, download.is_ok());
    download.is_ok()
}

#[tokio::test]
async fn documents_of_a_restricted_filing_are_for_the_addressed_only() {
    let test = TestHub::new();
    let mut south = test.office("alpha", "south").await;
    let mut body = south.body(appeal());
    body.recipients = vec![address("alpha", "head"), address("beta", "desk")];
    let case = south.submit(&test.hub, body).await.unwrap().receipt.unwrap().case_id;
    let content = b"statement of a protected witness";
    let mut restricted = south.body(appeal());
    restricted.recipients = vec![address("beta", "desk")];
    restricted.confidentiality = v1::Confidentiality::Restricted.into();
    restricted.case = Some(v1::CaseReference { case_id: case, docket_numbers: Vec::new() });
    restricted.exhibits = vec![exhibit(content)];
    let envelope = south.sign(restricted);
    let inline = || vec![v1::InlineDocument { content: content.to_vec().into() }];
    south.submit_signed(&test.hub, envelope, inline()).await.unwrap();
    assert!(downloads(&test, ("alpha", "south"), content).await);
    assert!(downloads(&test, ("beta", "desk"), content).await);

    // The same between two institutions that did not bring it: a party that was not addressed.
    let mut beta = test.office("beta", "desk").await;
    let mut body = beta.body(appeal());
    body.recipients = vec![address("alpha", "south"), address("beta", "")];
    let case = beta.submit(&test.hub, body).await.unwrap().receipt.unwrap().case_id;
    let content = b"another witness";
    let mut restricted = beta.body(appeal());
    restricted.confidentiality = v1::Confidentiality::Restricted.into();
    restricted.case = Some(v1::CaseReference { case_id: case, docket_numbers: Vec::new() });
    restricted.exhibits = vec![exhibit(content)];
    let envelope = beta.sign(restricted);
    let inline = vec![v1::InlineDocument { content: content.to_vec().into() }];
    beta.submit_signed(&test.hub, envelope, inline).await.unwrap();
    assert!(!downloads(&test, ("alpha", "south"), content).await);
    assert!(!downloads(&test, ("alpha", "head"), content).await);
}

#[tokio::test]
async fn a_paper_outside_any_case_reaches_those_it_is_served_on() {
    let test = TestHub::new();
    let mut beta = test.office("beta", "desk").await;
    let content = b"853 rows";
    let as_of = Some(v1::CivilDate { year: 2025, month: 12, day: 1 });
    let statement = v1::RegisterStatement { name: "appeals".into(), as_of, ..Default::default() };
    let mut body = beta.body(v1::filing_content::Content::RegisterStatement(statement));
    body.recipients = vec![address("alpha", "")];
    body.exhibits = vec![exhibit(content)];
    let envelope = beta.sign(body);
    let inline = vec![v1::InlineDocument { content: content.to_vec().into() }];
    beta.submit_signed(&test.hub, envelope, inline).await.unwrap();
    assert!(downloads(&test, ("alpha", "head"), content).await);
    assert!(!downloads(&test, ("alpha", "south"), content).await);
    assert!(!downloads(&test, ("gamma", "desk"), content).await);
}

#[tokio::test]
async fn only_documents_that_the_envelope_names_come_with_it() {
    let test = TestHub::new();
    let mut south = test.office("alpha", "south").await;
    let mut body = south.body(complaint());
    body.exhibits = vec![exhibit(b"named")];
    let envelope = south.sign(body);
    let document = |content: &'static [u8]| v1::InlineDocument { content: content.into() };
    let inline = vec![document(b"named"), document(b"unnamed")];
    let refused = south.submit_signed(&test.hub, envelope.clone(), inline).await;
    assert_eq!(reason(refused), Reason::RequestInvalid);
    let sha256 = DocumentDigest::of(b"unnamed").to_vec();
    let stat = test.hub.stat_exhibit(&south.caller, v1::StatExhibitRequest { sha256 }).await;
    assert!(!stat.unwrap().complete, "it was kept");
    let twice = vec![document(b"named"); 2];
    south.submit_signed(&test.hub, envelope, twice).await.unwrap();
}

/// More downloads than the runtime has threads for blocking work, none of which is read.
#[test]
fn downloads_that_nobody_reads_hold_no_thread() {
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    let runtime = runtime.worker_threads(1).max_blocking_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        let test = TestHub::new();
        let south = test.office("alpha", "south").await;
        let content = vec![7; 4 * 1024 * 1024];
        upload(&test, &south, &content, &content).await.unwrap();
        let sha256 = DocumentDigest::of(&content).to_vec();
        let request = v1::DownloadExhibitRequest { sha256: sha256.clone(), ..Default::default() };
        let mut unread = Vec::new();
        for _ in 0..4 {
            let download = test.hub.download_exhibit(&south.caller, request.clone());
            unread.push(tokio::time::timeout(PATIENCE, download).await.unwrap().unwrap());
        }
        let stat = test.hub.stat_exhibit(&south.caller, v1::StatExhibitRequest { sha256 });
        tokio::time::timeout(PATIENCE, stat).await.unwrap().unwrap();
    });
}

#[test]
fn uploads_that_dawdle_hold_no_thread() {
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    let runtime = runtime.worker_threads(1).max_blocking_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        let test = TestHub::new();
        for number in 0..4_u8 {
            let start = v1::UploadStart {
                sha256: vec![number; 32],
                size_bytes: 100,
                ..v1::UploadStart::default()
            };
            let hub = test.hub.clone();
            tokio::spawn(async move {
                hub.upload_exhibit(&caller("alpha", "south"), start, stream::pending()).await
            });
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        let south = tokio::time::timeout(PATIENCE, test.office("alpha", "south")).await;
        south.unwrap();
    });
    // The dawdlers would keep it from ending.
    runtime.shutdown_background();
}

#[tokio::test]
async fn a_small_document_cannot_become_a_large_content() {
    let test = TestHub::new();
    let south = test.office("alpha", "south").await;
    let as_of = Some(v1::CivilDate { year: 2025, month: 12, day: 1 });
    let content = |rows| {
        let statement = v1::RegisterStatement {
            as_of,
            rows: vec![v1::RegisterRow::default(); rows],
            ..v1::RegisterStatement::default()
        };
        let content = v1::filing_content::Content::RegisterStatement(statement);
        v1::FilingContent { content: Some(content) }
    };
    let check = async |request: v1::CheckRequest| {
        let kind = v1::FilingKind::RegisterStatement.into();
        test.hub.check(&south.caller, v1::CheckRequest { kind, ..request }).await
    };
    let as_document = |rows| v1::CheckRequest {
        format: "barid/filing+protobuf".into(),
        document: content(rows).encode_to_vec(),
        ..v1::CheckRequest::default()
    };
    let ready_made =
        |rows| v1::CheckRequest { content: Some(content(rows)), ..v1::CheckRequest::default() };
    assert!(check(as_document(65_536)).await.unwrap().acceptable);
    assert_eq!(reason(check(as_document(200_000)).await), Reason::TooLarge);
    assert!(check(ready_made(65_536)).await.unwrap().acceptable);
    assert_eq!(reason(check(ready_made(200_000)).await), Reason::TooLarge);
    let mut malformed = crate::hub::Check::from(ready_made(1));
    malformed.content = Some(vec![0xff; 9]);
    assert_eq!(reason(test.hub.check(&south.caller, malformed).await), Reason::RequestInvalid);
}

#[tokio::test]
async fn a_filing_is_taken_in_though_nobody_can_look_at_its_exhibits() {
    let test = TestHub::new();
    let mut south = test.office("alpha", "south").await;
    let content = b"%PDF-1.7 and what not";
    upload(&test, &south, content, content).await.unwrap();
    let mut body = south.body(complaint());
    body.recipients = vec![address("alpha", "head")];
    body.exhibits = vec![exhibit(content)];
    let response = south.submit(&test.hub, body).await.unwrap();
    let mut looked = response.assessments.iter().filter(|one| one.subject == "document");
    let one = looked.next().unwrap();
    assert_eq!(one.finding(), v1::AssessmentFinding::Undecided);
    let value = |name: &str| one.inputs.iter().find(|one| one.name == name).unwrap().value.clone();
    assert_eq!((value("document"), value("mark")), ("E1".to_owned(), "no-looker".to_owned()));
    assert!(looked.next().is_none());
}
