//! What is read by those on whose cases it only bears: calendars and their like by everybody,
//! public acts of a live case by whoever may touch live data, anything else by nobody.

use barid_proto::v1::filing_content::Content;
use barid_proto::v1::{self, CivilDate, DataClass, EnvelopeBody, Reason};

use super::fixture::*;
use crate::error::Error;
use crate::model::id::DocumentDigest;
use crate::model::place::english;

const EID: CivilDate = CivilDate { year: 2026, month: 3, day: 20 };

fn calendar() -> Content {
    let name = Some(english("Eid".into()));
    let holiday = v1::Holiday { day: Some(EID), name, ..v1::Holiday::default() };
    let holidays = vec![holiday];
    Content::HolidayCalendar(v1::HolidayCalendar { holidays, ..v1::HolidayCalendar::default() })
}

fn certificate() -> Content {
    let proof = v1::PublicationProof {
        day: Some(EID),
        channel: v1::PublicationChannel::Newspaper.into(),
        outlet: "The Morning".into(),
        language: "ar".into(),
        ..v1::PublicationProof::default()
    };
    let decision = v1::ActReference { number: "214".into(), ..v1::ActReference::default() };
    Content::PublicationCertificate(v1::PublicationCertificate {
        decision: Some(decision),
        proofs: vec![proof],
        first_day: Some(EID),
        last_day: Some(EID),
    })
}

/// Files in the name of alpha's southern office; the leaf.
async fn filed(test: &TestHub, south: &mut TestOffice, body: EnvelopeBody) -> u64 {
    south.submit(&test.hub, body).await.unwrap().receipt.unwrap().leaf_index
}

/// What an office gets when it asks for a leaf.
async fn asked(
    test: &TestHub,
    institution: &str,
    leaf: u64,
) -> Result<v1::GetFilingResponse, Error> {
    let request = v1::GetFilingRequest { leaf_index: Some(leaf), ..<_>::default() };
    test.hub.filing(&caller(institution, "desk"), request).await
}

#[tokio::test]
async fn what_is_of_general_effect_and_published_is_for_everybody() {
    let test = TestHub::new();
    let mut south = test.office("alpha", "south").await;
    let mut body = south.body(calendar());
    body.data_class = DataClass::Published.into();
    let leaf = filed(&test, &mut south, body).await;
    for institution in ["beta", "gamma", "delta"] {
        let filing = asked(&test, institution, leaf).await.unwrap().filing.unwrap();
        assert_eq!(filing.receipt.unwrap().leaf_index, leaf, "{institution}");
    }
    let mut restricted = south.body(calendar());
    restricted.data_class = DataClass::Published.into();
    restricted.confidentiality = v1::Confidentiality::Restricted.into();
    let leaf = filed(&test, &mut south, restricted).await;
    assert_eq!(reason(asked(&test, "beta", leaf).await), Reason::NotFound);
}

#[tokio::test]
async fn a_public_act_of_a_live_case_is_for_those_who_may_touch_live_data() {
    let test = TestHub::new();
    let mut south = test.office("alpha", "south").await;
    let mut body = south.body(certificate());
    let document = b"the page of the newspaper".to_vec();
    body.exhibits = vec![v1::Exhibit {
        number: "E1".into(),
        title: "page".into(),
        media_type: "text/plain".into(),
        size_bytes: document.len() as u64,
        sha256: DocumentDigest::of(&document).to_vec(),
        ..v1::Exhibit::default()
    }];
    let case_id = body.envelope_id.clone();
    let sha256 = DocumentDigest::of(&document).to_vec();
    let documents = vec![v1::InlineDocument { content: document.into() }];
    let envelope = south.sign(body);
    let answer = south.submit_signed(&test.hub, envelope, documents).await.unwrap();
    let leaf = answer.receipt.unwrap().leaf_index;

    assert!(asked(&test, "beta", leaf).await.is_ok());
    assert_eq!(reason(asked(&test, "delta", leaf).await), Reason::NotFound, "a partner");
    // The act itself, and nothing that is around it.
    let beta = caller("beta", "desk");
    let case = v1::GetCaseRequest { case_id: case_id.clone(), docket_number: None };
    assert_eq!(reason(test.hub.case(&beta, case).await), Reason::NotFound);
    let page = v1::DownloadExhibitRequest { sha256, ..v1::DownloadExhibitRequest::default() };
    let page = test.hub.download_exhibit(&beta, page).await;
    assert_eq!(reason(page.map(|_| ())), Reason::NotFound);

    let mut restricted = south.body(certificate());
    restricted.confidentiality = v1::Confidentiality::Restricted.into();
    restricted.case = Some(v1::CaseReference { case_id, docket_numbers: Vec::new() });
    let leaf = filed(&test, &mut south, restricted).await;
    assert_eq!(reason(asked(&test, "beta", leaf).await), Reason::NotFound, "restricted");
}

#[tokio::test]
async fn live_dockets_stay_closed() {
    let test = TestHub::new();
    let mut south = test.office("alpha", "south").await;
    for content in [complaint(), appeal()] {
        let mut body = south.body(content);
        body.recipients = vec![address("alpha", "head")];
        let leaf = filed(&test, &mut south, body).await;
        for institution in ["beta", "gamma", "delta"] {
            assert_eq!(reason(asked(&test, institution, leaf).await), Reason::NotFound);
        }
    }
    // Nor does a leaf that holds no filing, or none that there is, tell more.
    for leaf in [1_000, u64::MAX] {
        assert_eq!(reason(asked(&test, "beta", leaf).await), Reason::NotFound);
    }
}

#[tokio::test]
async fn a_filing_is_asked_for_by_its_digest_or_by_its_leaf() {
    let test = TestHub::new();
    let mut south = test.office("alpha", "south").await;
    let body = south.body(appeal());
    let receipt = south.submit(&test.hub, body).await.unwrap().receipt.unwrap();
    let ask = |envelope_digest: &[u8], leaf_index| {
        let envelope_digest = envelope_digest.to_vec();
        let request = v1::GetFilingRequest { envelope_digest, leaf_index, ..<_>::default() };
        test.hub.filing(&south.caller, request)
    };
    let digest = &receipt.envelope_digest[..];
    let by_digest = ask(digest, None).await.unwrap();
    let by_leaf = ask(&[], Some(receipt.leaf_index)).await.unwrap();
    assert_eq!(by_digest.filing, by_leaf.filing);
    assert_eq!(reason(ask(digest, Some(receipt.leaf_index)).await), Reason::RequestInvalid);
    assert_eq!(reason(ask(&[], None).await), Reason::RequestInvalid);
}
