//! Inboxes, and what recipients answer.

use barid_proto::v1::filing_content::Content;
use barid_proto::v1::{self, DeliveryStep, Reason};
use futures::StreamExt as _;

use super::fixture::*;

async fn inbox(test: &TestHub, office: &TestOffice) -> Vec<v1::ReceiveResponse> {
    let request = v1::ReceiveRequest::default();
    let mut stream = test.hub.receive(&office.caller, request).await.unwrap();
    let mut served = Vec::new();
    while let Some(one) = stream.next().await {
        served.push(one.unwrap());
    }
    served
}

fn answer_to(office: &mut TestOffice, digest: &[u8], content: Content) -> v1::EnvelopeBody {
    let mut body = office.body(content);
    body.in_reply_to = Some(v1::EnvelopeReference { digest: digest.to_vec(), leaf_index: 0 });
    body
}

fn acknowledgement(digest: &[u8]) -> Content {
    Content::Acknowledgement(v1::Acknowledgement {
        envelope_digest: digest.to_vec(),
        document_digests: Vec::new(),
    })
}

fn registration(institution: &str, literal: &str) -> Content {
    Content::Registration(v1::Registration {
        docket_number: Some(v1::DocketNumber {
            institution: institution.into(),
            literal: literal.into(),
            normal: String::new(),
        }),
        registered_at_unix_ms: 1_763_900_000_000,
        ..v1::Registration::default()
    })
}

async fn steps(test: &TestHub, office: &TestOffice, case_id: &[u8]) -> Vec<DeliveryStep> {
    let request = v1::GetCaseRequest { case_id: case_id.to_vec(), docket_number: None };
    let case = test.hub.case(&office.caller, request).await.unwrap();
    case.entries[0].deliveries.iter().map(v1::Delivery::step).collect()
}

#[tokio::test]
async fn a_delivery_goes_from_consigned_to_registered_step_by_step() {
    let test = TestHub::new();
    let mut south = test.office("alpha", "south").await;
    let mut beta = test.office("beta", "desk").await;
    let mut body = south.body(appeal());
    body.recipients = vec![address("beta", "")];
    let case = south.submit(&test.hub, body).await.unwrap().receipt.unwrap().case_id;
    assert_eq!(steps(&test, &south, &case).await, [DeliveryStep::Consigned]);

    let served = inbox(&test, &beta).await;
    assert_eq!(served.len(), 1);
    assert_eq!(steps(&test, &south, &case).await, [DeliveryStep::Fetched]);
    let digest =
        served[0].filing.as_ref().unwrap().receipt.as_ref().unwrap().envelope_digest.clone();

    let body = answer_to(&mut beta, &digest, acknowledgement(&digest));
    beta.submit(&test.hub, body).await.unwrap();
    assert_eq!(steps(&test, &south, &case).await, [DeliveryStep::Acknowledged]);

    let body = answer_to(&mut beta, &digest, registration("beta", "612/هيئة/2025"));
    beta.submit(&test.hub, body).await.unwrap();
    assert_eq!(steps(&test, &south, &case).await, [DeliveryStep::Registered]);

    let request = v1::ListRegistrationsRequest::default();
    let listed = test.hub.registrations(&beta.caller, request).await.unwrap().registrations;
    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0].docket_number.as_ref().unwrap().literal, "612/هيئة/2025");
    assert_eq!(listed[0].case_id, case);
}

#[tokio::test]
async fn fetching_twice_gives_the_same_and_is_stated_once() {
    let test = TestHub::new();
    let mut south = test.office("alpha", "south").await;
    let beta = test.office("beta", "desk").await;
    for _ in 0..3 {
        let mut body = south.body(appeal());
        body.recipients = vec![address("beta", "")];
        south.submit(&test.hub, body).await.unwrap();
    }
    let first = inbox(&test, &beta).await;
    let size = test.hub.crafts.log.head().size;
    let second = inbox(&test, &beta).await;
    assert_eq!(first, second);
    assert_eq!(first.iter().map(|one| one.cursor).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(test.hub.crafts.log.head().size, size, "a second fetch is no new fact");
}

#[tokio::test]
async fn only_the_served_office_answers_and_only_what_it_was_served() {
    let test = TestHub::new();
    let mut south = test.office("alpha", "south").await;
    let mut beta = test.office("beta", "desk").await;
    let mut gamma = test.office("gamma", "desk").await;
    let mut body = south.body(appeal());
    body.recipients = vec![address("beta", "")];
    let receipt = south.submit(&test.hub, body).await.unwrap().receipt.unwrap();
    let digest = receipt.envelope_digest;

    let body = answer_to(&mut gamma, &digest, acknowledgement(&digest));
    assert_eq!(reason(gamma.submit(&test.hub, body).await), Reason::NothingToAnswer);
    let body = answer_to(&mut beta, &[0xaa; 32], acknowledgement(&digest));
    assert_eq!(reason(beta.submit(&test.hub, body).await), Reason::NothingToAnswer);
    let body = answer_to(&mut beta, &digest, acknowledgement(&[0xaa; 32]));
    assert_eq!(reason(beta.submit(&test.hub, body).await), Reason::ContentInvalid);
    let body = answer_to(&mut beta, &digest, registration("alpha", "1/2025"));
    assert_eq!(reason(beta.submit(&test.hub, body).await), Reason::ContentInvalid);
    let body = beta.body(acknowledgement(&digest));
    assert_eq!(reason(beta.submit(&test.hub, body).await), Reason::NothingToAnswer);
}

#[tokio::test]
async fn a_refusal_to_register_is_shown_with_the_delivery() {
    let test = TestHub::new();
    let mut south = test.office("alpha", "south").await;
    let mut beta = test.office("beta", "desk").await;
    let mut body = south.body(appeal());
    body.recipients = vec![address("beta", "")];
    let receipt = south.submit(&test.hub, body).await.unwrap().receipt.unwrap();
    let refusal = Content::RefusalToRegister(v1::RefusalToRegister {
        grounds: vec![v1::RefusalGround {
            code: "no-signature".into(),
            reason: Some(crate::model::place::english("the form is not signed".into())),
            remedy: None,
        }],
        clerk: None,
    });
    let body = answer_to(&mut beta, &receipt.envelope_digest, refusal);
    beta.submit(&test.hub, body).await.unwrap();
    assert_eq!(steps(&test, &south, &receipt.case_id).await, [DeliveryStep::Refused]);
}

#[tokio::test]
async fn a_following_receiver_gets_what_comes_later_and_ends_when_the_hub_drains() {
    let test = TestHub::new();
    let mut south = test.office("alpha", "south").await;
    let beta = test.office("beta", "desk").await;
    let request = v1::ReceiveRequest { follow: true, ..v1::ReceiveRequest::default() };
    let mut stream = test.hub.receive(&beta.caller, request).await.unwrap();
    let mut body = south.body(appeal());
    body.recipients = vec![address("beta", "")];
    south.submit(&test.hub, body).await.unwrap();
    assert_eq!(stream.next().await.unwrap().unwrap().cursor, 1);
    test.hub.begin_drain();
    assert!(stream.next().await.is_none());
    let late = south.body(appeal());
    assert_eq!(reason(south.submit(&test.hub, late).await), Reason::Stopping);
}

#[tokio::test]
async fn what_lay_in_the_queue_when_the_receiver_left_was_not_fetched() {
    let test = TestHub::new();
    let mut south = test.office("alpha", "south").await;
    let beta = test.office("beta", "desk").await;
    let mut cases = Vec::new();
    for _ in 0..3 {
        let mut body = south.body(appeal());
        body.recipients = vec![address("beta", "")];
        cases.push(south.submit(&test.hub, body).await.unwrap().receipt.unwrap().case_id);
    }
    let size = test.hub.crafts.log.head().size;
    let request = v1::ReceiveRequest::default();
    let mut stream = test.hub.receive(&beta.caller, request).await.unwrap();
    assert_eq!(stream.next().await.unwrap().unwrap().cursor, 1);
    drop(stream);
    let mut heads = test.hub.crafts.log.sealed();
    heads.wait_for(|head| head.size > size).await.unwrap();
    assert_eq!(steps(&test, &south, &cases[0]).await, [DeliveryStep::Fetched]);
    assert_eq!(steps(&test, &south, &cases[1]).await, [DeliveryStep::Consigned]);
    assert_eq!(steps(&test, &south, &cases[2]).await, [DeliveryStep::Consigned]);
    let request = v1::ReceiveRequest { after_cursor: 1, ..v1::ReceiveRequest::default() };
    let mut stream = test.hub.receive(&beta.caller, request).await.unwrap();
    while let Some(served) = stream.next().await {
        served.unwrap();
    }
    assert_eq!(steps(&test, &south, &cases[2]).await, [DeliveryStep::Fetched]);
}

#[tokio::test]
async fn streams_of_one_office_are_bounded() {
    let test = TestHub::new();
    let request = || v1::ReceiveRequest { follow: true, ..v1::ReceiveRequest::default() };
    let south = caller("alpha", "south");
    let mut open = Vec::new();
    let refused = loop {
        match test.hub.receive(&south, request()).await {
            Ok(stream) => open.push(stream),
            refused => break refused,
        }
        assert!(open.len() <= crate::hub::STREAMS_PER_OFFICE_MAX, "they are not");
    };
    assert_eq!(reason(refused.map(|_| ())), Reason::TooMany);
    open.push(test.hub.receive(&caller("alpha", "north"), request()).await.unwrap());
    open.clear();
    // Their tasks end a moment later.
    for _ in 0..200 {
        if test.hub.receive(&south, request()).await.is_ok() {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    panic!("places of ended streams are not given back");
}
