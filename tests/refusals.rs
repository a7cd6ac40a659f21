//! Every bad input gets its own refusal, and leaves no trace but the statement that it was refused:
//! after all of them the same sender files as if nothing had happened.

#![expect(clippy::expect_used, reason = "what is set up must stand before it can be refused")]

use barid_client::draft::HashedDocument;
use barid_client::proto::envelope;
use barid_client::proto::v1::exhibit_service_client::ExhibitServiceClient;
use barid_client::proto::v1::filing_content::Content;
use barid_client::proto::v1::filing_service_client::FilingServiceClient;
use barid_client::proto::v1::inbox_service_client::InboxServiceClient;
use barid_client::proto::v1::institution_service_client::InstitutionServiceClient;
use barid_client::proto::v1::upload_exhibit_request::Step;
use barid_client::proto::v1::{
    Acknowledgement, Address, CaseReference, ComplaintRegistered, DataClass, DocketNumber,
    EnvelopeBody, Exhibit, FilingContent, FilingKind, GetCallerRequest, GetFilingRequest,
    GetStatementRequest, HubStatementKind, KeyAction, Reason, ReceiveRequest, SeenCheckpoint,
    UploadExhibitRequest, UploadStart,
};
use barid_client::verify::{self, stated::Stated};
use barid_tests::authority::{Authority, Wish};
use barid_tests::raw::{channel, reason};
use barid_tests::{HubProcess, RawSender, programs};
use prost::Message;

const FORM_110: &str = "ihec/form-110+json";

fn form() -> Vec<u8> {
    let path = programs::root().join("plugins/ihec/testdata/form-110.json");
    std::fs::read(path).expect("the form is there")
}

fn complaint(sender: &RawSender) -> EnvelopeBody {
    sender.with_lead(FilingKind::ComplaintRegistered, FORM_110, &form())
}

fn address(institution: &str, office: &str) -> Address {
    Address { institution: institution.to_owned(), office: office.to_owned() }
}

/// A change to a good envelope, and the refusal it must meet. The change is signed: nothing but
/// the hub's own judgement can find it.
type Change = (Reason, fn(&mut EnvelopeBody));

const CHANGES: [Change; 15] = [
    (Reason::SenderMismatch, |body| body.sender = Some(address("ejp", "registry"))),
    (Reason::WrongHub, |body| body.hub_origin = "other.example/log".to_owned()),
    (Reason::EnvelopeInvalid, |body| body.nonce = vec![1; 31]),
    (Reason::EnvelopeInvalid, |body| body.envelope_id.clear()),
    (Reason::EnvelopeExpired, |body| body.not_after_unix_ms = 1),
    (Reason::SequenceGap, |body| body.sender_sequence += 1),
    (Reason::SequenceGap, |body| body.previous_digest = vec![9; 32]),
    (Reason::HistoryDiffers, |body| {
        body.last_seen = Some(SeenCheckpoint { size: 1, root: vec![9; 32] });
    }),
    (Reason::CaseUnknown, |body| {
        body.case = Some(CaseReference { case_id: vec![9; 16], docket_numbers: vec![] });
    }),
    (Reason::RecipientUnknown, |body| body.recipients = vec![address("nobody", "")]),
    (Reason::NotPermitted, |body| body.recipients = vec![address("fsc", "")]),
    (Reason::NotPermitted, |body| body.data_class = DataClass::Published.into()),
    (Reason::ExhibitMissing, |body| {
        body.exhibits = vec![Exhibit {
            number: "E1".to_owned(),
            title: "scan".to_owned(),
            media_type: "application/pdf".to_owned(),
            size_bytes: 3,
            sha256: vec![9; 32],
            ..Exhibit::default()
        }];
    }),
    (Reason::FormatUnknown, |body| {
        if let Some(lead) = &mut body.lead {
            lead.format = "nobody/form+json".to_owned();
        }
    }),
    (Reason::ContentInvalid, |body| {
        let content = Content::ComplaintRegistered(ComplaintRegistered::default());
        body.lead = None;
        body.content = Some(FilingContent { content: Some(content) });
    }),
];

/// Those among them that pass, or come before it is known who sent it: no leaf states them.
const PASSING: [Reason; 4] =
    [Reason::SenderMismatch, Reason::WrongHub, Reason::SequenceGap, Reason::ExhibitMissing];

/// The statement of a leaf, proved by nothing but the log's key.
async fn stated(hub: &HubProcess, sender: &RawSender, leaf_index: u64) -> Stated {
    let mut filings = FilingServiceClient::new(sender.channel.clone());
    let answer = filings.get_statement(GetStatementRequest { leaf_index }).await;
    let sealed =
        answer.expect("its sender may see it").into_inner().statement.expect("it is there");
    verify::stated::statement(&sealed, &hub.trust()).expect("it holds")
}

#[tokio::test(flavor = "multi_thread")]
async fn changed_envelopes() {
    let hub = HubProcess::start();
    let mut sender = RawSender::enrolled(&hub, "ihec", "geo-nin").await;
    for (at, (expected, change)) in CHANGES.into_iter().enumerate() {
        let mut body = complaint(&sender);
        change(&mut body);
        let documents: &[&[u8]] = if body.lead.is_some() { &[&form()] } else { &[] };
        let envelope = sender.seal(&body);
        let digest = envelope::open(&envelope).map(|opened| opened.digest());
        let got = sender.refusal(envelope, documents).await;
        assert_eq!(got.reason(), expected, "change {at}");
        assert_eq!(got.rejection_leaf.is_none(), PASSING.contains(&expected), "change {at}");
        if let Some(leaf) = got.rejection_leaf {
            let said = stated(&hub, &sender, leaf).await.statement;
            assert_eq!(said.kind(), HubStatementKind::Rejected, "change {at}");
            assert_eq!(i32::try_from(said.reason), Ok(i32::from(expected)), "change {at}");
            assert_eq!(said.office.as_ref(), Some(&sender.address), "change {at}");
            assert_eq!(said.envelope_digests, [digest.expect("it was well-formed")], "change {at}");
        }
    }
    let body = complaint(&sender);
    let good = sender.seal(&body);
    sender.submit(good, &[&form()]).await.expect("none of it left a trace");
}

#[tokio::test(flavor = "multi_thread")]
async fn bytes_and_signatures() {
    let hub = HubProcess::start();
    let mut sender = RawSender::enrolled(&hub, "ihec", "geo-nin").await;
    let bytes = complaint(&sender).encode_to_vec();

    let unknown_field = [&bytes[..], &[0xc0, 0x3e, 0x01]].concat();
    let default_written = [&bytes[..], &[0xd0, 0x01, 0x00]].concat();
    let first_again = [&bytes[..], &bytes[..2 + usize::from(bytes[1])]].concat();
    let cut_short = bytes[..bytes.len() - 1].to_vec();
    for malformed in [unknown_field, default_written, first_again, cut_short] {
        let got = sender.refused(sender.seal_bytes(malformed), &[&form()]).await;
        assert_eq!(got, Reason::EnvelopeMalformed);
    }

    let mut envelope = sender.seal_bytes(bytes.clone());
    envelope.signatures[0].signature[5] ^= 1;
    assert_eq!(sender.refused(envelope, &[&form()]).await, Reason::SignatureInvalid);

    let other = RawSender::enrolled(&hub, "ihec", "geo-bas").await;
    let mut envelope = sender.seal_bytes(bytes.clone());
    envelope.signatures[0].signature = other.seal_bytes(bytes).signatures[0].signature.clone();
    assert_eq!(sender.refused(envelope, &[&form()]).await, Reason::SignatureInvalid);
}

#[tokio::test(flavor = "multi_thread")]
async fn replays_and_conflicts() {
    let hub = HubProcess::start();
    let mut sender = RawSender::enrolled(&hub, "ihec", "geo-nin").await;
    let first = complaint(&sender);
    let envelope = sender.seal(&first);
    let filed = sender.submit(envelope.clone(), &[&form()]).await.expect("it is taken in");

    let again = sender.submit(envelope.clone(), &[&form()]).await.expect("it is not refused");
    assert!(again.repeated_submission, "the same bytes are the same filing");
    assert_eq!(again.receipt, filed.receipt, "with the same receipt");

    let mut other = complaint(&sender);
    other.envelope_id.clone_from(&first.envelope_id);
    let got = sender.refused(sender.seal(&other), &[&form()]).await;
    assert_eq!(got, Reason::EnvelopeConflict);

    let mut thief = RawSender::enrolled(&hub, "ihec", "geo-bas").await;
    let got = thief.refused(envelope, &[&form()]).await;
    assert_eq!(got, Reason::SenderMismatch, "a stolen envelope cannot be sent by another");
}

#[tokio::test(flavor = "multi_thread")]
async fn keys() {
    let hub = HubProcess::start();
    let mut stranger = RawSender::stranger(&hub, "ihec", "geo-nin").await;
    let body = complaint(&stranger);
    let got = stranger.refused(stranger.seal(&body), &[&form()]).await;
    assert_eq!(got, Reason::KeyUnknown);

    let mut sender = RawSender::enrolled(&hub, "ihec", "geo-nin").await;
    let body = sender.key_event(KeyAction::Retire);
    sender.submit(sender.seal(&body), &[]).await.expect("the key is retired");
    let body = complaint(&sender);
    assert_eq!(sender.refused(sender.seal(&body), &[&form()]).await, Reason::KeyOutOfUse);
}

#[tokio::test(flavor = "multi_thread")]
async fn cases_and_answers() {
    let hub = HubProcess::start();
    let mut sender = RawSender::enrolled(&hub, "ihec", "geo-nin").await;
    let mut case_id = Vec::new();
    for _ in 0..2 {
        let body = complaint(&sender);
        case_id.clone_from(&body.envelope_id);
        sender.submit(sender.seal(&body), &[&form()]).await.expect("a case is opened");
    }
    let mut body = complaint(&sender);
    body.case = Some(CaseReference {
        case_id: vec![],
        docket_numbers: vec![DocketNumber {
            institution: "ihec".to_owned(),
            literal: "NIN-CMP-2025-0042".to_owned(),
            normal: String::new(),
        }],
    });
    let got = sender.refused(sender.seal(&body), &[&form()]).await;
    assert_eq!(got, Reason::CaseAmbiguous, "the form names its number, twice now");

    let mut body = complaint(&sender);
    body.case = Some(CaseReference { case_id, docket_numbers: vec![] });
    body.data_class = DataClass::Synthetic.into();
    let got = sender.refused(sender.seal(&body), &[&form()]).await;
    assert_eq!(got, Reason::DataClassForbidden, "the case is a live one");

    let content = Acknowledgement { envelope_digest: vec![9; 32], document_digests: vec![] };
    let body = EnvelopeBody {
        content: Some(FilingContent { content: Some(Content::Acknowledgement(content)) }),
        ..sender.body(FilingKind::Acknowledgement)
    };
    assert_eq!(sender.refused(sender.seal(&body), &[]).await, Reason::NothingToAnswer);
}

#[tokio::test(flavor = "multi_thread")]
async fn documents_that_cannot_be_read() {
    let hub = HubProcess::start();
    let mut office = RawSender::enrolled(&hub, "ihec", "geo-nin").await;
    let mut panel = RawSender::enrolled(&hub, "ejp", "registry").await;
    let deep = "[".repeat(100_000);
    for bad in ["{}", "not JSON", "{\"form_serial\": ", "\u{feff}", deep.as_str()] {
        let body = office.with_lead(FilingKind::ComplaintRegistered, FORM_110, bad.as_bytes());
        let got = office.refused(office.seal(&body), &[bad.as_bytes()]).await;
        assert_eq!(got, Reason::Unreadable, "{}", bad.get(..20).unwrap_or(bad));
    }
    for bad in ["a,b\n1\n", "\"", "\0\0\0\0"] {
        let (kind, format) = (FilingKind::RegisterStatement, "ihec/register+csv");
        let body = EnvelopeBody { case: None, ..office.with_lead(kind, format, bad.as_bytes()) };
        let got = office.refused(office.seal(&body), &[bad.as_bytes()]).await;
        assert_eq!(got, Reason::Unreadable, "{bad:?}");
    }
    for bad in ["<akomaNtoso>", "<a/>", "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>", ""] {
        let bad = if bad.is_empty() { " " } else { bad };
        let body = panel.with_lead(FilingKind::RulingIssued, "ejp/ruling+akn", bad.as_bytes());
        let got = panel.refused(panel.seal(&body), &[bad.as_bytes()]).await;
        assert_eq!(got, Reason::Unreadable, "{bad:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn certificates() {
    let hub = HubProcess::start();
    let wish = Wish::office("ihec", "geo-nin");
    let revoked = hub.authority().issue(&wish.clone().numbered(7));
    hub.revoke(&[7]);
    let at_the_door = [
        ("none", None),
        ("foreign", Some(Authority::new().issue(&wish))),
        ("expired", Some(hub.authority().issue(&wish.clone().expired()))),
        ("for servers", Some(hub.authority().issue(&wish.clone().for_servers()))),
        ("revoked", Some(revoked)),
    ];
    for (name, identity) in at_the_door {
        let Ok(channel) = channel(&hub, identity.as_ref()).await else { continue };
        let asked = InstitutionServiceClient::new(channel).get_caller(GetCallerRequest {}).await;
        let status = asked.expect_err(name);
        assert_eq!(reason(&status), Reason::Unspecified, "{name}: no request was looked at");
    }
    let inside = [
        (Reason::CertificateWithoutOffice, wish.without_office()),
        (Reason::OfficeUnknown, Wish::office("ihec", "nowhere")),
        (Reason::OfficeUnknown, Wish::office("nobody", "main")),
    ];
    for (expected, wish) in inside {
        let identity = hub.authority().issue(&wish);
        let channel = channel(&hub, Some(&identity)).await.expect("TLS takes it");
        let asked = InstitutionServiceClient::new(channel).get_caller(GetCallerRequest {}).await;
        assert_eq!(reason(&asked.expect_err("a stranger")), expected, "{wish:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sizes_and_requests() {
    let hub = HubProcess::start();
    let mut sender = RawSender::enrolled(&hub, "ihec", "geo-nin").await;
    let large = vec![b' '; 1024 * 1024 + 1];
    let body = sender.with_lead(FilingKind::ComplaintRegistered, FORM_110, &large);
    assert_eq!(sender.refused(sender.seal(&body), &[&large]).await, Reason::TooLarge);

    let mut client = FilingServiceClient::new(sender.channel.clone());
    for (digest, expected) in
        [(vec![9; 32], Reason::NotFound), (vec![9; 3], Reason::RequestInvalid)]
    {
        let asked = client
            .get_filing(GetFilingRequest { envelope_digest: digest, ..Default::default() })
            .await;
        assert_eq!(reason(&asked.expect_err("there is no such filing")), expected);
    }

    let start = |size_bytes| UploadExhibitRequest {
        step: Some(Step::Start(UploadStart {
            sha256: vec![9; 32],
            size_bytes,
            ..UploadStart::default()
        })),
    };
    let chunk = || UploadExhibitRequest { step: Some(Step::Chunk(b"abc".to_vec().into())) };
    let mut client = ExhibitServiceClient::new(sender.channel.clone());
    let steps = futures::stream::iter([start(3), chunk()]);
    let status = client.upload_exhibit(steps).await.expect_err("another digest");
    assert_eq!(reason(&status), Reason::DigestMismatch);
    let steps = futures::stream::iter([start(u64::MAX), chunk()]);
    let status = client.upload_exhibit(steps).await.expect_err("too much");
    assert_eq!(reason(&status), Reason::TooLarge);
}

#[tokio::test(flavor = "multi_thread")]
async fn those_who_come_too_often() {
    let limits = "[limits]\nrequests_per_second = 1\nrequest_burst = 3\n";
    let hub = HubProcess::start_with(limits);
    let sender = RawSender::stranger(&hub, "ihec", "geo-nin").await;
    let mut client = InstitutionServiceClient::new(sender.channel.clone());
    let mut reasons = Vec::new();
    for _ in 0..10 {
        if let Err(status) = client.get_caller(GetCallerRequest {}).await {
            reasons.push(reason(&status));
        }
    }
    assert!(reasons.len() >= 5, "most of ten at once are too many: {reasons:?}");
    assert!(reasons.iter().all(|reason| *reason == Reason::TooMany), "{reasons:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn those_who_say_half_and_wait() {
    let limits = "[limits]\nchunk_timeout_ms = 300\nhandshake_timeout_ms = 300\n";
    let hub = HubProcess::start_with(limits);
    let sender = RawSender::stranger(&hub, "ihec", "geo-nin").await;

    let sha256 = HashedDocument::in_memory("abc".as_bytes().to_vec()).sha256.to_vec();
    let start = Step::Start(UploadStart { sha256, size_bytes: 3, ..UploadStart::default() });
    let first = UploadExhibitRequest { step: Some(start) };
    let (says, hears) = tokio::sync::mpsc::channel(1);
    says.send(first).await.expect("there is room");
    let steps = tokio_stream::wrappers::ReceiverStream::new(hears);
    let mut client = ExhibitServiceClient::new(sender.channel.clone());
    let status = client.upload_exhibit(steps).await.expect_err("nothing follows");
    assert_eq!(reason(&status), Reason::TooSlow);

    // One byte, and then nothing: the hub hangs up instead of waiting for ever.
    let mut tcp = tokio::net::TcpStream::connect(hub.address()).await.expect("it listens");
    tokio::io::AsyncWriteExt::write_all(&mut tcp, &[22]).await.expect("a byte goes out");
    let mut answer = Vec::new();
    let heard = tokio::io::AsyncReadExt::read_to_end(&mut tcp, &mut answer);
    let ended = tokio::time::timeout(std::time::Duration::from_secs(10), heard).await;
    assert!(ended.is_ok(), "the connection is still open");
}

#[tokio::test(flavor = "multi_thread")]
async fn those_who_wait_when_the_hub_stops() {
    let mut hub = HubProcess::start();
    let sender = RawSender::stranger(&hub, "ihec", "geo-nin").await;
    let mut client = InboxServiceClient::new(sender.channel.clone());
    let request = ReceiveRequest { follow: true, ..ReceiveRequest::default() };
    let mut inbox = client.receive(request).await.expect("the inbox answers").into_inner();
    let waiting = tokio::spawn(async move { inbox.message().await });
    assert!(hub.terminate().success(), "the hub stops when asked");
    let last = waiting.await.expect("no panic");
    assert!(matches!(last, Ok(None)), "the stream ends in order: {last:?}");
}
