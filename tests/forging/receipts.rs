//! Lies about receipts: the answer to whoever files.

use std::sync::Arc;

use barid_client::ClientError;
use barid_client::proto::key::{Algorithm, FileKey};
use barid_client::proto::tlog::note::{Note, NoteSignature, NoteSigner};
use barid_client::proto::tlog::receipt::Receipt as Proof;
use barid_client::proto::v1::{PendingWitness, Receipt};
use barid_tests::ForgedLog;

use super::knowledge::{Knowledge, cosigner, now};
use super::noticed;
use super::office::LiedTo;
use super::server::Forger;

#[tokio::test(flavor = "multi_thread")]
async fn without_a_lie_the_forging_hub_is_believed() {
    let forger = Forger::start().await;
    let (sender, reader) = (LiedTo::at(&forger, "geo-bas"), LiedTo::at(&forger, "council"));
    for _ in 0..3 {
        sender.complain().await.expect("believed");
    }
    sender.client.checkpoint().await.expect("believed");
    {
        let mut known = forger.knows();
        let spki = sender.signer.public_key().spki();
        let served = known.taken.clone().iter().map(|taken| known.sealed(taken, spki)).collect();
        known.inbox = served;
    }
    for after in 0..3 {
        reader.receive(after).await.expect("believed");
    }
    assert_eq!((sender.kept(), reader.kept()), ((0, 0), (0, 0)));
}

/// Changes the proof of a receipt.
fn proof(receipt: &mut Receipt, change: impl FnOnce(&mut Proof)) {
    let mut proof = Proof::parse(&receipt.tlog_proof).expect("the hub's own proof");
    change(&mut proof);
    receipt.tlog_proof = proof.to_string().into_bytes();
}

/// The note with other lines under it.
fn with_lines(note: &Note, lines: impl IntoIterator<Item = NoteSignature>) -> Note {
    let mut other = Note::new(note.text().to_owned()).expect("a text");
    for line in lines {
        other.add(line).expect("a line");
    }
    other
}

/// What is done to a receipt, and what the client says of it.
type Lie = (&'static str, fn(&Knowledge, &mut Receipt), &'static str);

const NOT_THERE: &str = "not in the log at this index";
pub(super) const NO_QUORUM: &str = "the quorum is not met";
const NO_LOG: &str = "no known log";

const RECEIPTS: [Lie; 19] = [
    ("for another leaf", |_, r| proof(r, |p| p.index = 2), NOT_THERE),
    ("the index moved by one", |_, r| proof(r, |p| p.index += 1), NOT_THERE),
    ("the index moved beside the proof", |_, r| r.leaf_index += 1, "leaf_index"),
    ("the time moved beside the proof", |_, r| r.accepted_at_unix_ms -= 1, "accepted_at"),
    ("the digest of another envelope", |_, r| r.envelope_digest[0] ^= 1, "envelope_digest"),
    ("the kind of the leaf", |_, r| proof(r, |p| p.extra[0] = 2), NOT_THERE),
    ("the time in the leaf", |_, r| proof(r, |p| p.extra[8] ^= 1), NOT_THERE),
    ("a path cut short", |_, r| proof(r, |p| p.path.truncate(1)), NOT_THERE),
    (
        "the path of another leaf",
        |s, r| proof(r, |p| p.path = s.log.inclusion(1, s.log.size())),
        NOT_THERE,
    ),
    (
        "a checkpoint from before it",
        |s, r| {
            let note = s.log.note(5, s.witnesses.iter().take(3).map(|w| &**w), now());
            proof(r, |p| p.checkpoint = note);
        },
        NOT_THERE,
    ),
    ("two witnesses called a quorum", |s, r| proof(r, |p| p.checkpoint = s.note_by(2)), NO_QUORUM),
    (
        "what is pending called a receipt",
        |s, r| proof(r, |p| p.checkpoint = s.note_by(0)),
        NO_QUORUM,
    ),
    (
        "a key of its own under a witness's name",
        |s, r| {
            proof(r, |p| {
                let line = cosigner("w3.test").cosign(&s.log.checkpoint(s.log.size()), now());
                let lines = s.note_by(2).signatures().to_vec();
                p.checkpoint = with_lines(&s.note(), lines.into_iter().chain(line));
            })
        },
        NO_QUORUM,
    ),
    (
        "one witness's line as another's",
        |s, r| {
            proof(r, |p| {
                let mut lines = s.note().signatures().to_vec();
                lines[3].bytes = lines[2].bytes.clone();
                p.checkpoint = with_lines(&s.note(), lines);
            })
        },
        "w3.test does not verify",
    ),
    (
        "one witness's line twice",
        |s, r| {
            proof(r, |p| {
                let mut lines = s.note_by(2).signatures().to_vec();
                lines.push(lines[1].clone());
                p.checkpoint = with_lines(&s.note(), lines);
            })
        },
        "signed twice",
    ),
    (
        "a witness's old line under a new tree",
        |s, r| {
            proof(r, |p| {
                let old = s.log.note(5, s.witnesses.iter().take(3).map(|w| &**w), now());
                let lines = s
                    .note_by(0)
                    .signatures()
                    .iter()
                    .chain(&old.signatures()[1..])
                    .cloned()
                    .collect::<Vec<_>>();
                p.checkpoint = with_lines(&s.note(), lines);
            })
        },
        "does not verify",
    ),
    (
        "another hub's log",
        |s, r| {
            proof(r, |p| {
                let key = FileKey::generate(Algorithm::Ed25519).expect("a key");
                let other =
                    Arc::new(NoteSigner::new("hub.test/log", Box::new(key)).expect("a key"));
                let mut log = ForgedLog::new(other);
                for leaf in s.log.leaves() {
                    log.push(leaf.clone());
                }
                p.checkpoint = log.note(log.size(), s.witnesses.iter().map(|w| &**w), now());
            })
        },
        NO_LOG,
    ),
    (
        "the log's line under a witness's name",
        |s, r| {
            proof(r, |p| {
                let mut lines = s.note().signatures().to_vec();
                lines[0].name = "w1.test".to_owned();
                p.checkpoint = with_lines(&s.note(), lines);
            })
        },
        NO_LOG,
    ),
    ("no proof at all", |_, r| r.tlog_proof = b"trust me\n".to_vec(), "not a receipt"),
];

/// Every one is refused and kept, the filing stays in the outbox, and when the hub tells the truth
/// it gets its receipt.
#[tokio::test(flavor = "multi_thread")]
async fn every_lie_in_a_receipt_is_noticed() {
    for (lie, twist, why) in RECEIPTS {
        let forger = Forger::start().await;
        let office = LiedTo::at(&forger, "geo-bas");
        forger.knows().lies.receipt = Some(Arc::new(twist));
        noticed(office.complain().await, why, lie);
        assert_eq!((office.waiting(), office.kept()), (1, (0, 1)), "{lie}: it is kept");
        forger.knows().lies.receipt = None;
        let outcomes = office.client.send().await.expect("the outbox can be used");
        assert!(outcomes.iter().all(Result::is_ok), "{lie}: {outcomes:?}");
        assert_eq!(office.waiting(), 0, "{lie}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_without_a_receipt_is_none() {
    let forger = Forger::start().await;
    let office = LiedTo::at(&forger, "geo-bas");
    forger.knows().lies.answer = Some(Arc::new(|_, answer| answer.receipt = None));
    assert!(office.complain().await.is_err());
    assert_eq!(office.waiting(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_pending_for_ever_never_becomes_a_receipt() {
    let forger = Forger::start().await;
    let office = LiedTo::at(&forger, "geo-bas");
    // A receipt under the log's own line alone stands beside the admission that it is none.
    forger.knows().lies.receipt = Some(Arc::new(|known, receipt| {
        proof(receipt, |proof| proof.checkpoint = known.note_by(0));
    }));
    forger.knows().lies.answer = Some(Arc::new(|_, answer| {
        let unwitnessed = answer.receipt.clone();
        answer.pending_witness = Some(PendingWitness { unwitnessed, retry_after_ms: 1 });
    }));
    forger.knows().lies.pending = true;
    let refused = office.complain().await.expect_err("two of its own answers say so");
    assert!(matches!(refused, ClientError::Unwitnessed(_)), "{refused}");
    assert!(refused.is_temporary(), "the outbox asks again");
    assert_eq!((office.waiting(), office.kept()), (1, (0, 0)));
    // It stops admitting it, and still has no quorum.
    (forger.knows().lies.pending, forger.knows().lies.answer) = (false, None);
    noticed(office.client.send().await.expect("an outbox").remove(0), NO_QUORUM, "no quorum");
    forger.knows().lies.receipt = None;
    assert!(office.client.send().await.expect("an outbox").remove(0).is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_without_end_is_cut_off() {
    let forger = Forger::start().await;
    let office = LiedTo::at(&forger, "geo-bas");
    let too_long = |_: &Knowledge, receipt: &mut Receipt| receipt.tlog_proof = vec![b'x'; 65 << 20];
    forger.knows().lies.receipt = Some(Arc::new(too_long));
    assert!(office.complain().await.is_err(), "more than the client takes");
    let long = |_: &Knowledge, receipt: &mut Receipt| receipt.tlog_proof = vec![b'x'; 8 << 20];
    forger.knows().lies.receipt = Some(Arc::new(long));
    noticed(office.client.send().await.expect("an outbox").remove(0), "bytes", "a long receipt");
    assert_eq!(office.waiting(), 1);
}
