//! The transcript of another witness (FiloSottile/torchwood, litewitness), asked of ours over HTTP.
//!
//! Two answers differ. That witness is older than the specification and answers 403 to an unknown
//! log, where tlog-witness v1.0.0 has 404. And its wrong signature is also wrong base64 (bits after
//! the last byte), which is malformed here, 400; with those bits cleared it is just wrong, 403.

use crate::fixture::Place;
use crate::http::{Served, post};
use barid_proto::tlog::vkey::VerifierKey;
use std::path::Path;

const LOG: &str =
    "sigsum.org/v1/tree/4d6d8825a6bb689d459628312889dfbb0bcd41b5211d9e1ce768b0ff0309e562";
const LOG_KEY: &str = "ffdc2d4d98e4124d3feaf788c0c2f9abfd796083d1f0495437f302ec79cf100f";

/// How the wrong signature ends, and how it ends in the base64 that is its own.
const STRAY_BITS: &str = "Vrx6gx=\n";
const CLEARED: &str = "Vrx6gw=\n";

/// One step: what is posted, the code, and what is asserted of the body.
struct Step<'a> {
    body: &'a str,
    code: u16,
    assertion: &'a str,
}

fn steps(transcript: &str) -> Vec<Step<'_>> {
    let posts = transcript.split("POST http://localhost:7380/add-checkpoint\n```\n").skip(1);
    let steps = posts.map(|post| {
        let (body, rest) = post.split_once("```\nHTTP ").expect("a response is asserted");
        let mut lines = rest.lines();
        let code = lines.next().unwrap().parse().unwrap();
        let assertion = lines.find(|line| line.starts_with("body")).expect("a body is asserted");
        Step { body, code, assertion }
    });
    steps.collect()
}

#[tokio::test]
async fn the_transcript_of_litewitness() {
    let path = "../../../shared/samples/7-tlog/torchwood/litewitness.txt";
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let Ok(transcript) = std::fs::read_to_string(path) else {
        eprintln!("skipped: samples not present");
        return;
    };
    let raw = barid_client::hex::decode::<32>(LOG_KEY).unwrap();
    let place = Place::following_key(VerifierKey::ed25519(LOG, &raw).unwrap());
    let served = Served::start(&place).await;
    let steps = steps(&transcript);
    assert_eq!(steps.len(), 9);
    for (number, step) in (1..).zip(steps) {
        let mut reply = post(served.address, step.body.as_bytes()).await;
        if step.body.contains(STRAY_BITS) {
            assert_eq!(reply.code, 400, "{reply:?}");
            let body = step.body.replace(STRAY_BITS, CLEARED);
            reply = post(served.address, body.as_bytes()).await;
        }
        let unknown = step.assertion.contains("unknown log");
        assert_eq!(reply.code, if unknown { 404 } else { step.code }, "{number}: {reply:?}");
        // Ours has another name; what its lines say is checked elsewhere.
        let assertion = step.assertion.replace("example.com/witness", crate::fixture::WITNESS);
        if let Some(whole) = assertion.strip_prefix("body == ") {
            assert_eq!(format!("{:?}", reply.body), whole, "{number}");
            assert_eq!(reply.content_type, "text/x.tlog.size");
        } else {
            let part = assertion.strip_prefix("body contains \"").unwrap().trim_end_matches('"');
            assert!(reply.body.contains(part), "{number}: {reply:?} {part}");
        }
    }
    let log = served.witness.ledger().log(LOG).unwrap();
    assert_eq!(log.head().unwrap().seen.size(), 5);
}
