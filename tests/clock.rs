//! Time-stamps of third parties: `openssl ts` is the authority, nobody here wrote it. What it
//! stamps is believed, filed and found again; what dates nothing is refused, each with its reason.

#![expect(clippy::expect_used, reason = "what is set up must stand before it can be dated")]
#![expect(clippy::panic, reason = "a test says what it found instead")]

use std::fs;

use barid_client::clock::{self, ClockError, NONCE_LEN, Request, Token, TokenError, granted};
use barid_client::proto::leaf::LeafKind;
use barid_client::proto::tlog::note::Note;
use barid_client::proto::tlog::receipt::Receipt;
use barid_client::proto::v1::filing_content::Content;
use barid_client::proto::v1::{ClockToken, DataClass, FilingContent, FilingKind, Reason};
use barid_client::{ClientError, Draft};
use barid_tests::person::Person;
use barid_tests::stamper::Stamper;
use barid_tests::{HubProcess, ScriptedOffice};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

const TEXT: &[u8] = b"hub.example/log\n7\nAAAA\n";

fn request(text: &[u8]) -> Request {
    Request::new(text, [7; NONCE_LEN])
}

/// A token over a text, from the certificate of this name.
fn token(stamper: &Stamper, text: &[u8], name: &str) -> Vec<u8> {
    let answer = stamper.answer(&request(text).encode(), name);
    granted(&answer).expect("it was granted").to_vec()
}

fn verify(stamper: &Stamper, token: &[u8]) -> Result<clock::Clock, ClockError> {
    let roots = clock::roots(&fs::read(stamper.root()).expect("it is there")).expect("a root");
    clock::verify(token, TEXT, &roots)
}

#[test]
fn what_a_third_party_stamped_is_dated() {
    let stamper = Stamper::new();
    let token = token(&stamper, TEXT, "good");
    let clock = verify(&stamper, &token).expect("it holds");
    assert_eq!(clock.authority, "Clock of a test, good");
    assert_eq!(clock.accuracy_us, Some(1_500_000));
    let parsed = Token::parse(&token).expect("it can be read");
    assert_eq!(parsed.unix_ms(), clock.time_unix_ms);
    assert!(request(TEXT).is_answered_by(&parsed));
    assert!(stamper.verifies(&token, TEXT), "openssl thinks so too");
}

#[test]
fn what_dates_nothing_is_named() {
    let stamper = Stamper::new();
    let good = token(&stamper, TEXT, "good");
    let authority = |name: &str| format!("Clock of a test, {name}");

    let other = token(&stamper, b"another checkpoint", "good");
    assert_eq!(verify(&stamper, &other), Err(ClockError::OtherText));
    let expired = token(&stamper, TEXT, "expired");
    let authority_of = ClockError::NotInForce { authority: authority("expired") };
    assert_eq!(verify(&stamper, &expired), Err(authority_of));
    let useless = stamper.signed_again(&good, "other");
    let authority_of = ClockError::OtherPurpose { authority: authority("other") };
    assert_eq!(verify(&stamper, &useless), Err(authority_of));
    let again = stamper.signed_again(&good, "good");
    assert!(verify(&stamper, &again).is_ok(), "signing again is not what was wrong");
    let authority_of = ClockError::Stranger { authority: authority("good") };
    assert_eq!(verify(&Stamper::new(), &good), Err(authority_of));

    let later = Request::new(TEXT, [8; NONCE_LEN]);
    assert!(!later.is_answered_by(&Token::parse(&good).expect("a token")), "another nonce");
    assert!(matches!(clock::roots(b"no PEM"), Err(ClockError::Roots(_))));
}

/// Cut anywhere it is refused; with any byte changed it is refused or says exactly the same: some
/// bytes, such as who is said to have signed beside the signature, are not signed.
#[test]
fn no_change_of_a_token_changes_what_it_says() {
    let stamper = Stamper::new();
    let good = token(&stamper, TEXT, "good");
    let said = verify(&stamper, &good).expect("it holds");
    for cut in 0..good.len() {
        assert!(verify(&stamper, good.get(..cut).expect("shorter")).is_err(), "cut at {cut}");
    }
    let mut harmless = 0;
    for at in 0..good.len() {
        for bit in [0x01, 0x20, 0x80] {
            let mut changed = good.clone();
            *changed.get_mut(at).expect("within") ^= bit;
            if let Ok(clock) = verify(&stamper, &changed) {
                assert_eq!(clock, said, "byte {at}");
                harmless += 1;
            }
        }
    }
    println!("{} bytes, {harmless} changes without effect", good.len());
    assert!(harmless < good.len(), "most of it is signed");
    let longer = [&good[..], &[0]].concat();
    assert!(matches!(verify(&stamper, &longer), Err(ClockError::Token(TokenError::Malformed(_)))));
}

/// Answers each connection once, over plain HTTP, with what it is told.
async fn serve(answer: impl Fn(&[u8]) -> (u16, Vec<u8>) + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("its address");
    tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            let mut asked = Vec::new();
            let request = loop {
                let mut part = [0; 4096];
                let read = socket.read(&mut part).await.unwrap_or(0);
                asked.extend_from_slice(part.get(..read).unwrap_or_default());
                let body = asked.windows(4).position(|four| four == b"\r\n\r\n");
                let body = body.and_then(|at| asked.get(at + 4..)).unwrap_or_default();
                if read == 0 || body.len() == request(TEXT).encode().len() {
                    break body.to_vec();
                }
            };
            let head = String::from_utf8_lossy(&asked);
            assert!(head.starts_with("POST /stamp HTTP/1.1\r\n"), "{head}");
            assert!(head.contains("application/timestamp-query"), "{head}");
            let (status, body) = answer(&request);
            let head = format!("HTTP/1.1 {status} x\r\ncontent-length: {}\r\n\r\n", body.len());
            let _gone = socket.write_all(&[head.as_bytes(), &body].concat()).await;
        }
    });
    format!("http://{address}/stamp")
}

#[tokio::test]
async fn an_authority_is_asked_over_http() {
    let stamper = Stamper::new();
    let other = stamper.answer(&Request::new(TEXT, [9; NONCE_LEN]).encode(), "good");
    let good = serve(move |asked| (200, stamper.answer(asked, "good"))).await;
    let asked = request(TEXT);
    let token = clock::ask(&good, &asked).await.expect("a token");
    assert!(asked.is_answered_by(&Token::parse(&token).expect("a token")));

    let replayed = serve(move |_| (200, other.clone())).await;
    let refusing = serve(|_| (200, vec![0x30, 5, 0x30, 3, 2, 1, 2])).await;
    let broken = serve(|_| (500, Vec::new())).await;
    let endless = serve(|_| (200, vec![0; 1 << 20])).await;
    for (address, told) in [
        (replayed.as_str(), "answered another request"),
        (&refusing, "the authority refused: status 2"),
        (&broken, "HTTP status 500"),
        (&endless, "cannot be reached"),
        ("http://127.0.0.1:1/stamp", "cannot be reached"),
        ("https://tsa.example/stamp", "is not the address"),
        ("nowhere", "is not the address"),
    ] {
        let error = clock::ask(address, &asked).await.expect_err(address).to_string();
        assert!(error.contains(told), "{address}: {error}");
    }
}

fn filing(checkpoint: &[u8], token: &[u8]) -> Draft {
    let clock = ClockToken { checkpoint: checkpoint.to_vec(), token: token.to_vec() };
    let content = FilingContent { content: Some(Content::ClockToken(clock)) };
    let draft = Draft::new(FilingKind::ClockToken).content(content).without_case();
    draft.data_class(DataClass::Published)
}

async fn is_refused(office: &ScriptedOffice, draft: Draft, place: &str) {
    match office.client.submit(draft).await {
        Err(ClientError::Refused(refusal)) => {
            assert_eq!(refusal.reason, Reason::ContentInvalid, "{refusal:?}");
            let places = refusal.problems.iter().filter_map(|one| one.place.as_ref());
            let places: Vec<&str> = places.map(|place| place.path.as_str()).collect();
            assert_eq!(places, [place], "{refusal:?}");
        }
        other => panic!("{other:?}"),
    }
}

/// The hub takes a token that dates a checkpoint of its own, and no other.
#[tokio::test(flavor = "multi_thread")]
async fn the_log_keeps_what_dates_it() {
    let (hub, stamper) = (HubProcess::start(), Stamper::new());
    let office = hub.office("ihec", "geo-nin").enrolled().await;
    let seen = office.client.checkpoint().await.expect("a checkpoint");
    let text = Note::parse(&seen.note).expect("a note").text().to_owned();
    let good = token(&stamper, text.as_bytes(), "good");

    let elsewhere = HubProcess::start();
    let stranger = elsewhere.office("ihec", "geo-nin").enrolled().await;
    let foreign = stranger.client.checkpoint().await.expect("a checkpoint").note;
    let foreign_text = Note::parse(&foreign).expect("a note").text().to_owned();
    let over_foreign = token(&stamper, foreign_text.as_bytes(), "good");
    is_refused(&office, filing(&foreign, &over_foreign), "content.checkpoint").await;
    is_refused(&office, filing(&seen.note, &over_foreign), "content.token").await;
    let cut = good.get(..good.len() - 1).expect("shorter");
    is_refused(&office, filing(&seen.note, cut), "content.token").await;

    let filed = office.client.submit(filing(&seen.note, &good)).await.expect("it is taken");
    let receipt = Receipt::parse(&filed.receipt.tlog_proof).expect("a receipt");
    assert_eq!(receipt.extra.first(), Some(&(LeafKind::Clock as u8)), "a leaf of its own kind");
    let (_, verified) = office.client.filing(filed.verified.digest).await.expect("it is there");
    let Some(FilingContent { content: Some(Content::ClockToken(kept)) }) = verified.body.content
    else {
        panic!("{:?}", verified.body)
    };
    assert!(stamper.verifies(&kept.token, text.as_bytes()), "openssl verifies what was filed");
}

/// As a clerk does it: a request is written, an authority answers, the answer is checked and filed;
/// or all of that at once.
#[tokio::test(flavor = "multi_thread")]
async fn a_clerk_takes_a_time_stamp() {
    let (hub, stamper) = (HubProcess::start(), Stamper::new());
    let person = Person::new(&hub, "clerk");
    let run = |arguments: &[&str], code: i32| {
        let ended = person.barid(arguments);
        let said = String::from_utf8_lossy(&ended.stdout).into_owned();
        assert_eq!(ended.status.code(), Some(code), "{arguments:?}: {said}");
        said
    };
    run(&["enrol"], 0);
    let path = |name: &str| person.profile().join(name).display().to_string();
    let (asked, answered) = (path("year.tsq"), path("year.tsr"));
    run(&["clock", "request", &asked], 0);
    let request = fs::read(&asked).expect("it was written");
    fs::write(&answered, stamper.answer(&request, "good")).expect("the folder is ours");
    let stranger = Stamper::new();
    let foreign = stranger.root().display().to_string();
    let roots = path("roots.pem");
    fs::copy(stamper.root(), &roots).expect("the folder is ours");
    let said = run(&["clock", "file", &answered, "--roots", &foreign], 2);
    assert!(said.contains("leads to none of the roots"), "{said}");
    run(&["clock", "file", &answered, "--roots", &roots], 0);
    let expired = stamper.answer(&request, "expired");
    fs::write(&answered, expired).expect("the folder is ours");
    let said = run(&["clock", "file", &answered, "--roots", &roots], 2);
    assert!(said.contains("not in force"), "{said}");

    let tsa = serve(move |asked| (200, stamper.answer(asked, "good"))).await;
    tokio::task::block_in_place(|| run(&["clock", "take", "--tsa", &tsa, "--roots", &roots], 0));
}
