//! Holds and destruction: what stands against it, what remains, and redacted versions.

use std::fs;
use std::path::Path;

use barid_proto::v1::filing_content::Content;
use barid_proto::v1::{self, Reason};

use super::fixture::*;
use super::papers::{exhibit, upload};
use super::sealed::codes;
use crate::error::Error;
use crate::model::id::DocumentDigest;
use crate::model::place::english;

const PHOTO: &[u8] = b"names of seven witnesses";
const LOG_BOOK: &[u8] = b"station 02, log book";

fn digest(content: &[u8]) -> Vec<u8> {
    DocumentDigest::of(content).to_vec()
}

/// An appeal of `alpha/south` at `beta/desk` with both exhibits.
struct Filed {
    test: TestHub,
    south: TestOffice,
    desk: TestOffice,
    case: Vec<u8>,
    envelope: Vec<u8>,
}

impl Filed {
    async fn new() -> Self {
        let test = TestHub::new();
        let mut south = test.office("alpha", "south").await;
        let desk = test.office("beta", "desk").await;
        for content in [PHOTO, LOG_BOOK] {
            upload(&test, &south, content, content).await.unwrap();
        }
        let mut body = south.body(appeal());
        body.recipients = vec![address("beta", "desk")];
        body.exhibits = vec![exhibit(PHOTO), exhibit(LOG_BOOK)];
        body.exhibits[1].number = "E2".into();
        let case = south.submit(&test.hub, body).await.unwrap().receipt.unwrap().case_id;
        let envelope = south.previous.to_vec();
        Self { test, south, desk, case, envelope }
    }

    /// As above, and `beta/desk` has acknowledged it.
    async fn acknowledged() -> Self {
        let mut filed = Self::new().await;
        let mut answer = filed.desk.body(Content::Acknowledgement(v1::Acknowledgement {
            envelope_digest: filed.envelope.clone(),
            document_digests: vec![digest(PHOTO), digest(LOG_BOOK)],
        }));
        answer.in_reply_to =
            Some(v1::EnvelopeReference { digest: filed.envelope.clone(), leaf_index: 0 });
        filed.desk.submit(&filed.test.hub, answer).await.unwrap();
        filed
    }

    fn in_case(&self, mut body: v1::EnvelopeBody) -> v1::EnvelopeBody {
        body.case = Some(v1::CaseReference { case_id: self.case.clone(), ..Default::default() });
        body
    }

    async fn south(&mut self, content: Content) -> Result<v1::SubmitResponse, Error> {
        let body = self.south.body(content);
        let body = self.in_case(body);
        self.south.submit(&self.test.hub, body).await
    }

    async fn desk(&mut self, content: Content) -> Result<v1::SubmitResponse, Error> {
        let body = self.desk.body(content);
        let body = self.in_case(body);
        self.desk.submit(&self.test.hub, body).await
    }

    async fn download(&self, content: &[u8]) -> Result<(), Error> {
        let request = v1::DownloadExhibitRequest { sha256: digest(content), ..Default::default() };
        self.test.hub.download_exhibit(&self.desk.caller, request).await.map(drop)
    }
}

fn authority() -> Option<v1::DispositionAuthority> {
    let rule = "Archives Law 37 of 2016, Art. 9".into();
    Some(v1::DispositionAuthority { rule, ..Default::default() })
}

fn destroyed(contents: &[&[u8]]) -> Content {
    let documents = contents.iter().map(|content| digest(content)).collect();
    Content::DocumentsDestroyed(v1::DocumentsDestroyed { documents, authority: authority() })
}

fn held(contents: &[&[u8]]) -> Content {
    let documents = contents.iter().map(|content| digest(content)).collect();
    Content::HoldPlaced(v1::HoldPlaced { documents, authority: authority() })
}

fn lifted(hold: [u8; 32]) -> Content {
    let hold_digest = hold.to_vec();
    Content::HoldLifted(v1::HoldLifted { hold_digest, authority: authority() })
}

/// Whether any file below a folder holds these bytes.
fn lies_below(folder: &Path, content: &[u8]) -> bool {
    fs::read_dir(folder).unwrap().flatten().any(|found| match found.file_type().unwrap().is_dir() {
        true => lies_below(&found.path(), content),
        false => {
            let bytes = fs::read(found.path()).unwrap_or_default();
            bytes.windows(content.len()).any(|window| window == content)
        }
    })
}

#[tokio::test]
async fn what_is_destroyed_is_gone_and_the_case_says_by_what() {
    let mut filed = Filed::acknowledged().await;
    assert!(lies_below(filed.test.folder(), PHOTO));
    let leaf = filed.south(destroyed(&[PHOTO])).await.unwrap().receipt.unwrap().leaf_index;
    assert!(!lies_below(filed.test.folder(), PHOTO), "its bytes are still on the disk");
    assert!(lies_below(filed.test.folder(), LOG_BOOK));

    let Err(Error::Refused(refusal)) = filed.download(PHOTO).await else { panic!("not refused") };
    assert_eq!(refusal.reason, Reason::Destroyed);
    assert!(refusal.text.contains(&format!("leaf {leaf}")), "{}", refusal.text);
    filed.download(LOG_BOOK).await.unwrap();
    let stat = v1::StatExhibitRequest { sha256: digest(PHOTO) };
    let stat = filed.test.hub.stat_exhibit(&filed.desk.caller, stat).await;
    assert_eq!(reason(stat), Reason::Destroyed);
    // Nobody learns of it who knew nothing of it.
    let stat = v1::StatExhibitRequest { sha256: digest(PHOTO) };
    let stranger = filed.test.hub.stat_exhibit(&caller("gamma", "desk"), stat).await.unwrap();
    assert_eq!(stranger, v1::StatExhibitResponse::default());
    let again = filed.south(destroyed(&[PHOTO])).await;
    let told = vec!["content.documents[0]:destroyed".to_owned()];
    assert_eq!(codes(again), (Reason::Retained, told));
}

#[tokio::test]
async fn it_does_not_come_back() {
    let mut filed = Filed::acknowledged().await;
    filed.south(destroyed(&[PHOTO])).await.unwrap();
    let uploaded = upload(&filed.test, &filed.south, PHOTO, PHOTO).await;
    assert_eq!(reason(uploaded), Reason::Destroyed);
    let mut body = filed.south.body(appeal());
    body.recipients = vec![address("beta", "desk")];
    body.exhibits = vec![exhibit(PHOTO)];
    let named = filed.south.submit(&filed.test.hub, body.clone()).await;
    assert_eq!(codes(named), (Reason::Destroyed, vec!["documents[0]:destroyed".to_owned()]));
    let inline = vec![v1::InlineDocument { content: PHOTO.into() }];
    let envelope = filed.south.sign(body);
    let inline = filed.south.submit_signed(&filed.test.hub, envelope, inline).await;
    assert_eq!(reason(inline), Reason::Destroyed);
    assert!(!lies_below(filed.test.folder(), PHOTO));
}

#[tokio::test]
async fn a_hold_keeps_documents_until_who_placed_it_lifts_it() {
    let mut filed = Filed::acknowledged().await;
    filed.desk(held(&[])).await.unwrap();
    let all = filed.desk.previous;
    filed.desk(held(&[PHOTO])).await.unwrap();
    let one = filed.desk.previous;
    let path = "content.documents";
    let on_hold = [format!("{path}[0]:on-hold"), format!("{path}[0]:on-hold")];
    let (why, told) = codes(filed.south(destroyed(&[PHOTO])).await);
    assert_eq!((why, told.as_slice()), (Reason::Retained, on_hold.as_slice()));

    let (why, told) = codes(filed.south(lifted(all)).await);
    assert_eq!(why, Reason::ContentInvalid);
    assert_eq!(told, ["content.hold_digest:no-hold"], "another's hold");
    filed.desk(lifted(all)).await.unwrap();
    let (why, _) = codes(filed.desk(lifted(all)).await);
    assert_eq!(why, Reason::ContentInvalid, "lifted already");
    let (why, _) = codes(filed.desk(lifted([7; 32])).await);
    assert_eq!(why, Reason::ContentInvalid, "no such hold");

    let (why, told) = codes(filed.south(destroyed(&[PHOTO, LOG_BOOK])).await);
    assert_eq!((why, told), (Reason::Retained, vec![format!("{path}[0]:on-hold")]));
    filed.download(LOG_BOOK).await.unwrap();
    filed.desk(lifted(one)).await.unwrap();
    filed.south(destroyed(&[PHOTO, LOG_BOOK])).await.unwrap();
    assert_eq!(reason(filed.download(LOG_BOOK).await), Reason::Destroyed);
}

#[tokio::test]
async fn all_that_stands_against_it_is_told_at_once() {
    let mut filed = Filed::new().await;
    // Another case needs the log book; the panel brought a paper of its own, and leads with one.
    let mut other = filed.south.body(appeal());
    other.recipients = vec![address("beta", "desk")];
    other.exhibits = vec![exhibit(LOG_BOOK)];
    filed.south.submit(&filed.test.hub, other).await.unwrap();
    let minutes = b"minutes of the panel";
    upload(&filed.test, &filed.desk, minutes, minutes).await.unwrap();
    let query =
        v1::Query { question: Some(english("which station?".into())), ..Default::default() };
    let mut body = filed.desk.body(Content::Query(query));
    body.recipients = vec![address("alpha", "south")];
    body.exhibits = vec![exhibit(minutes)];
    let body = filed.in_case(body);
    filed.desk.submit(&filed.test.hub, body).await.unwrap();

    let (why, told) = codes(filed.south(destroyed(&[b"nowhere", LOG_BOOK, minutes])).await);
    assert_eq!(why, Reason::Retained);
    let path = "content.documents";
    assert_eq!(
        told,
        [
            format!("{path}[0]:not-here"),
            format!("{path}[1]:needed"),
            format!("{path}[1]:not-received"),
            format!("{path}[2]:not-own"),
            format!("{path}[2]:not-received"),
        ]
    );
    let (why, told) = codes(filed.desk(held(&[b"nowhere"])).await);
    assert_eq!(why, Reason::ContentInvalid);
    assert_eq!(told, ["content.documents[0]:not-here"]);
    filed.download(LOG_BOOK).await.unwrap();
}

#[tokio::test]
async fn the_form_of_it_is_checked_to_the_end() {
    let mut filed = Filed::acknowledged().await;
    let wrong = v1::DocumentsDestroyed {
        documents: vec![vec![1; 31], vec![2; 32], vec![2; 32]],
        authority: Some(v1::DispositionAuthority { order_digest: vec![3], ..Default::default() }),
    };
    let (why, told) = codes(filed.south(Content::DocumentsDestroyed(wrong)).await);
    assert_eq!(why, Reason::ContentInvalid);
    let path = "content";
    assert_eq!(
        told,
        [
            format!("{path}.documents[0]:digest-length"),
            format!("{path}.documents[2]:twice"),
            format!("{path}.authority.order_digest:digest-length"),
        ]
    );
    let nothing =
        v1::DocumentsDestroyed { authority: Some(Default::default()), ..Default::default() };
    let (_, told) = codes(filed.south(Content::DocumentsDestroyed(nothing)).await);
    let missing = ["documents:missing", "authority.order_digest:missing"];
    assert_eq!(told, missing.map(|end| format!("{path}.{end}")));
    let order_digest = vec![9; 32];
    let unknown = v1::DispositionAuthority { order_digest, ..Default::default() };
    let held = v1::HoldPlaced { authority: Some(unknown), ..Default::default() };
    let (why, told) = codes(filed.desk(Content::HoldPlaced(held)).await);
    assert_eq!(why, Reason::ContentInvalid);
    assert_eq!(told, ["content.authority.order_digest:no-order"]);
}

#[tokio::test]
async fn a_redacted_version_names_an_original_that_its_sender_knows() {
    let mut filed = Filed::acknowledged().await;
    let redacted = b"names of [...] witnesses";
    upload(&filed.test, &filed.south, redacted, redacted).await.unwrap();
    let draft = |filed: &mut Filed, original: Vec<u8>| {
        let mut body = filed.south.body(appeal());
        body.recipients = vec![address("beta", "desk")];
        body.exhibits = vec![exhibit(redacted)];
        let what = Some(english("the names".into()));
        let redaction = v1::Redaction { original_sha256: original, what };
        body.exhibits[0].redaction = Some(redaction);
        filed.in_case(body)
    };
    let unknown = draft(&mut filed, digest(b"of somebody else"));
    let told = vec!["exhibits[0].redaction.original_sha256:no-original".to_owned()];
    let refused = filed.south.submit(&filed.test.hub, unknown).await;
    assert_eq!(codes(refused), (Reason::EnvelopeInvalid, told));
    let itself = draft(&mut filed, digest(redacted));
    let (why, told) = codes(filed.south.submit(&filed.test.hub, itself).await);
    assert_eq!(why, Reason::EnvelopeInvalid);
    assert_eq!(told, ["exhibits[0].redaction.original_sha256:same"]);
    let good = draft(&mut filed, digest(PHOTO));
    filed.south.submit(&filed.test.hub, good).await.unwrap();
    // Also once the original is gone.
    filed.south(destroyed(&[PHOTO])).await.unwrap();
    let good = draft(&mut filed, digest(PHOTO));
    filed.south.submit(&filed.test.hub, good).await.unwrap();
}
