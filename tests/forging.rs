//! A hub with the log's real key that lies to real clients, in one way at a time.
//!
//! | lie | what notices it |
//! |---|---|
//! | a receipt that is none | the proof, recomputed from the client's own bytes; the policy |
//! | a log without what was in it, other than it was, smaller than it was | the remembered checkpoint |
//! | two logs, one for each office | the checkpoint that the sender's envelope names |
//! | a leaf at a place or time where it cannot be | the sender's checkpoint; the witnesses' times |
//! | envelopes of one key in another order | the sequence that is signed |
//! | another envelope, document or assessment | signature and digests |
//!
//! Each is refused, and kept for whoever has to judge it.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a lie that cannot be told fails the test that tells it"
)]

#[path = "forging/mod.rs"]
mod rig;

use std::sync::Arc;

use barid_client::ClientError;
use barid_client::proto::envelope;
use barid_client::proto::key::{Algorithm, FileKey, Signer as _};
use barid_client::proto::tlog::note::{Note, NoteSignature, NoteSigner};
use barid_client::proto::tlog::receipt::Receipt as Proof;
use barid_client::proto::v1::{
    EnvelopeBody, EnvelopeSignature, FilingAssessment, PendingWitness, Receipt, SealedFiling,
    SignedEnvelope,
};
use barid_tests::ForgedLog;
use barid_tests::raw::PAYLOAD_TYPE;
use prost::Message as _;
use rig::office::LiedTo;
use rig::server::Forger;
use rig::state::{State, cosigner, now, wire};

/// The client says that evidence does not hold, and why.
#[track_caller]
fn noticed<T>(outcome: Result<T, ClientError>, why: &str, lie: &str) {
    match outcome {
        Err(ClientError::Evidence(error)) => {
            assert!(error.to_string().contains(why), "{lie}: {error}");
        }
        Err(other) => panic!("{lie}: not seen as a lie: {other}"),
        Ok(_) => panic!("{lie}: believed"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_lie_the_forging_hub_is_believed() {
    let forger = Forger::start().await;
    let (sender, reader) = (LiedTo::at(&forger, "geo-bas"), LiedTo::at(&forger, "council"));
    for _ in 0..3 {
        sender.file().await.expect("believed");
    }
    sender.client.checkpoint().await.expect("believed");
    let mut state = forger.state();
    let spki = sender.signer.public_key().spki();
    let served = state.taken.clone().iter().map(|taken| state.sealed(taken, spki)).collect();
    state.inbox = served;
    drop(state);
    for after in 0..3 {
        let served = reader.receive(after).await.expect("believed");
        let proven = reader.client.prove_assessment(&served.verified, &served.filing.assessment);
        proven.await.expect("believed");
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
type Lie = (&'static str, fn(&State, &mut Receipt), &'static str);

const NOT_THERE: &str = "not in the log at this index";
const NO_QUORUM: &str = "the quorum is not met";
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
        forger.state().lies.receipt = Some(Arc::new(twist));
        noticed(office.file().await, why, lie);
        assert_eq!((office.waiting(), office.kept()), (1, (0, 1)), "{lie}: it is kept");
        forger.state().lies.receipt = None;
        let outcomes = office.client.send().await.expect("the outbox can be used");
        assert!(outcomes.iter().all(Result::is_ok), "{lie}: {outcomes:?}");
        assert_eq!(office.waiting(), 0, "{lie}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_without_a_receipt_is_none() {
    let forger = Forger::start().await;
    let office = LiedTo::at(&forger, "geo-bas");
    forger.state().lies.answer = Some(Arc::new(|_, answer| answer.receipt = None));
    assert!(office.file().await.is_err());
    assert_eq!(office.waiting(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_pending_for_ever_never_becomes_a_receipt() {
    let forger = Forger::start().await;
    let office = LiedTo::at(&forger, "geo-bas");
    // A receipt under the log's own line alone stands beside the admission that it is none.
    forger.state().lies.receipt = Some(Arc::new(|state, receipt| {
        proof(receipt, |proof| proof.checkpoint = state.note_by(0));
    }));
    forger.state().lies.answer = Some(Arc::new(|_, answer| {
        let unwitnessed = answer.receipt.clone();
        answer.pending_witness = Some(PendingWitness { unwitnessed, retry_after_ms: 1 });
    }));
    forger.state().lies.pending = true;
    let refused = office.file().await.expect_err("two of its own answers say so");
    assert!(matches!(refused, ClientError::Unwitnessed(_)), "{refused}");
    assert!(refused.is_temporary(), "the outbox asks again");
    assert_eq!((office.waiting(), office.kept()), (1, (0, 0)));
    // It stops admitting it, and still has no quorum.
    (forger.state().lies.pending, forger.state().lies.answer) = (false, None);
    noticed(office.client.send().await.expect("an outbox").remove(0), NO_QUORUM, "no quorum");
    forger.state().lies.receipt = None;
    assert!(office.client.send().await.expect("an outbox").remove(0).is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_without_end_is_cut_off() {
    let forger = Forger::start().await;
    let office = LiedTo::at(&forger, "geo-bas");
    let too_long = |_: &State, receipt: &mut Receipt| receipt.tlog_proof = vec![b'x'; 65 << 20];
    forger.state().lies.receipt = Some(Arc::new(too_long));
    assert!(office.file().await.is_err(), "more than the client takes");
    let long = |_: &State, receipt: &mut Receipt| receipt.tlog_proof = vec![b'x'; 8 << 20];
    forger.state().lies.receipt = Some(Arc::new(long));
    noticed(office.client.send().await.expect("an outbox").remove(0), "bytes", "a long receipt");
    assert_eq!(office.waiting(), 1);
}

/// An office that has a receipt, and the hub that then changes the past.
async fn before_and_after(change: impl FnOnce(&mut State)) -> (Forger, LiedTo) {
    let forger = Forger::start().await;
    let office = LiedTo::at(&forger, "geo-bas");
    office.file().await.expect("believed");
    office.file().await.expect("believed");
    change(&mut forger.state());
    (forger, office)
}

/// The log without the leaf at this index.
fn without(log: &ForgedLog, index: u64) -> ForgedLog {
    let mut other = log.branch(index);
    for leaf in log.leaves().iter().skip(index as usize + 1) {
        other.push(leaf.clone());
    }
    other
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dropped_filing_is_missed() {
    let (_forger, office) = before_and_after(|hub| {
        hub.log = without(&hub.log, 5);
        hub.log.push(vec![9; 119]);
        hub.log.push(vec![9; 119]);
    })
    .await;
    let why = "one tree is not the beginning of the other";
    noticed(office.client.checkpoint().await, why, "a filing dropped");
    assert_eq!(office.kept(), (1, 0), "both checkpoints");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rewritten_history_is_noticed() {
    let (forger, office) = before_and_after(|hub| {
        let mut other = hub.log.branch(hub.log.size() - 1);
        other.push(vec![9; 119]);
        hub.log = other;
    })
    .await;
    noticed(office.client.checkpoint().await, "signed two trees of 9 leaves", "one leaf exchanged");
    // Filing goes through the same memory.
    forger.state().log.push(vec![9; 119]);
    noticed(office.file().await, "not the beginning", "and a filing on top of it");
    assert_eq!((office.kept(), office.waiting()), ((2, 0), 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_that_shrank_is_noticed() {
    let (forger, office) = before_and_after(|hub| hub.log = hub.log.branch(6)).await;
    noticed(office.client.checkpoint().await, "had 9 leaves and now shows 6", "set back");
    let old = forger.state().log.branch(5).note(5, [], 0).to_string();
    forger.state().lies.checkpoint = Some(old.into_bytes());
    noticed(office.client.checkpoint().await, NO_QUORUM, "and no quorum for it");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_consistency_proof_of_other_trees_proves_nothing() {
    let (forger, office) = before_and_after(|hub| {
        hub.log.push(vec![1; 119]);
        hub.lies.consistency = Some(wire(&hub.log.consistency(4, 9)));
    })
    .await;
    noticed(office.client.checkpoint().await, "not the beginning", "a proof of other trees");
    for (path, why) in [
        (vec![], "not the beginning"),
        (vec![vec![7; 32]; 64], "not the beginning"),
        (vec![vec![7; 31]], "no hash"),
    ] {
        forger.state().lies.consistency = Some(path);
        noticed(office.client.checkpoint().await, why, "no proof");
    }
    forger.state().lies.consistency = None;
    office.client.checkpoint().await.expect("the truth is believed afterwards");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_split_view_shows_when_an_envelope_passes_between_the_two() {
    let forger = Forger::start().await;
    let other = forger.twin().await;
    let (here, there) = (LiedTo::at(&forger, "geo-bas"), LiedTo::at(&other, "council"));
    // Each is shown a log of its own, cosigned by a quorum of traitors.
    here.file().await.expect("believed");
    there.file().await.expect("believed");
    here.file().await.expect("nothing to see from one side");
    there.client.checkpoint().await.expect("nothing to see from one side");

    let envelope = forger.state().taken.last().expect("it was filed").envelope.clone();
    let mut state = other.state();
    let taken = state.take(&envelope);
    let served = state.sealed(&taken, here.signer.public_key().spki());
    state.inbox.push(served);
    drop(state);
    let why = "the sender of an envelope was shown another tree of 7 leaves";
    noticed(there.receive(0).await, why, "two histories");
    assert_eq!(there.kept(), (1, 0), "the envelope and the checkpoint");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_leaf_inside_a_tree_that_its_sender_had_seen_is_impossible() {
    let forger = Forger::start().await;
    let (office, reader) = (LiedTo::at(&forger, "geo-bas"), LiedTo::at(&forger, "council"));
    office.file().await.expect("believed");
    office.file().await.expect("believed");
    // The second filing was signed after its sender had seen 7 leaves.
    let mut state = forger.state();
    let envelope = state.taken.last().expect("it was filed").envelope.clone();
    state.log = state.log.branch(2);
    let taken = state.take(&envelope);
    let served = state.sealed(&taken, office.signer.public_key().spki());
    state.inbox.push(served);
    drop(state);
    noticed(reader.receive(0).await, "had seen 7 leaves before it signed", "moved to the front");
    assert_eq!(reader.kept(), (0, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_leaf_outside_the_witnesses_times_is_noticed() {
    for (lie, ahead) in [("backdated", -3_600_000), ("postdated", 3_600_000)] {
        let (_forger, office) = before_and_after(|hub| hub.clock_ahead_ms = ahead).await;
        noticed(office.file().await, "witnesses had cosigned", lie);
        assert_eq!(office.kept(), (0, 1), "{lie}");
    }
    let (_forger, office) = before_and_after(|hub| hub.clock_ahead_ms = -60_000).await;
    office.file().await.expect("a clock may be off by a minute");
}

/// An envelope as its sender signs it, by hand.
fn signed(key: &FileKey, change: impl FnOnce(&mut EnvelopeBody)) -> SignedEnvelope {
    let key_id = key.public_key().id().as_bytes().to_vec();
    let algorithm = i32::from(key.public_key().algorithm().wire());
    let signer = barid_client::proto::v1::EnvelopeSigner { key_id: key_id.clone(), algorithm };
    let mut body = EnvelopeBody {
        hub_origin: "hub.test/log".to_owned(),
        envelope_id: vec![1; 16],
        nonce: vec![2; 32],
        sender_sequence: 1,
        signers: vec![signer],
        ..EnvelopeBody::default()
    };
    change(&mut body);
    let body = body.encode_to_vec();
    let signature =
        key.sign(&envelope::pre_authentication(PAYLOAD_TYPE, &body)).expect("a key in memory");
    SignedEnvelope {
        body: body.into(),
        payload_type: PAYLOAD_TYPE.to_owned(),
        signatures: vec![EnvelopeSignature { key_id, algorithm, signature }],
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn envelopes_of_one_key_in_another_order_are_noticed() {
    let forger = Forger::start().await;
    let reader = LiedTo::at(&forger, "council");
    let key = FileKey::generate(Algorithm::Ed25519).expect("a key");
    let mut state = forger.state();
    for sequence in [2, 1] {
        let envelope = signed(&key, |body| body.sender_sequence = sequence);
        state.take(&envelope);
    }
    let spki = key.public_key().spki();
    let served = state.taken.clone().iter().map(|taken| state.sealed(taken, spki)).collect();
    state.inbox = served;
    drop(state);
    reader.receive(0).await.expect("one alone is in no order");
    noticed(reader.receive(1).await, "envelope 1 of a key is leaf 7", "exchanged");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_envelope_for_another_hub_is_not_taken_from_this_one() {
    let forger = Forger::start().await;
    let reader = LiedTo::at(&forger, "council");
    let key = FileKey::generate(Algorithm::Ed25519).expect("a key");
    let mut state = forger.state();
    let taken = state.take(&signed(&key, |body| body.hub_origin = "other.test/log".to_owned()));
    let served = state.sealed(&taken, key.public_key().spki());
    state.inbox.push(served);
    drop(state);
    noticed(reader.receive(0).await, "an envelope for other.test/log", "replayed");
}

/// What is done to a filing that is served, and what its reader says.
type Served = (&'static str, fn(&mut SealedFiling), &'static str);

fn in_envelope(filing: &mut SealedFiling, change: impl FnOnce(&mut SignedEnvelope)) {
    change(filing.envelope.as_mut().expect("it is there"));
}

const SERVED: [Served; 8] = [
    (
        "a bit of the body",
        |f| {
            in_envelope(f, |e| {
                let mut body = e.body.to_vec();
                let last = body.len() - 1;
                body[last] ^= 1;
                e.body = body.into();
            })
        },
        "the envelope does not hold",
    ),
    (
        "a bit of the signature",
        |f| in_envelope(f, |e| e.signatures[0].signature[9] ^= 1),
        "signature does not verify",
    ),
    ("no signature", |f| in_envelope(f, |e| e.signatures.clear()), "do not match the signers"),
    (
        "another key beside it",
        |f| {
            let key = FileKey::generate(Algorithm::Ed25519).expect("a key");
            f.signer_spkis = vec![key.public_key().spki().to_vec()];
        },
        "do not match the signers",
    ),
    ("no key beside it", |f| f.signer_spkis.clear(), "0 keys for 1 signatures"),
    ("the receipt of nobody", |f| f.receipt = None, "not a receipt"),
    (
        "the assessment of another envelope",
        |f| {
            let other = FilingAssessment { envelope_digest: vec![1; 32], ..Default::default() };
            f.assessment = other.encode_to_vec().into();
        },
        "assessment does not belong",
    ),
    (
        "an assessment that is none",
        |f| f.assessment = vec![0xff; 9].into(),
        "assessment does not belong",
    ),
];

#[tokio::test(flavor = "multi_thread")]
async fn every_change_to_what_is_served_is_noticed() {
    for (lie, change, why) in SERVED {
        let forger = Forger::start().await;
        let reader = LiedTo::at(&forger, "council");
        let key = FileKey::generate(Algorithm::Ed25519).expect("a key");
        let mut state = forger.state();
        let taken = state.take(&signed(&key, |_| ()));
        let mut served = state.sealed(&taken, key.public_key().spki());
        change(&mut served);
        state.inbox.push(served);
        drop(state);
        noticed(reader.receive(0).await, why, lie);
        assert_eq!(reader.kept(), (0, 1), "{lie}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_assessment_that_is_not_in_the_log_is_noticed() {
    let forger = Forger::start().await;
    let reader = LiedTo::at(&forger, "council");
    let key = FileKey::generate(Algorithm::Ed25519).expect("a key");
    let mut state = forger.state();
    let taken = state.take(&signed(&key, |_| ()));
    let mut served = state.sealed(&taken, key.public_key().spki());
    let honest = served.assessment.clone();
    let mut other = FilingAssessment::decode(honest.as_ref()).expect("an assessment");
    other.consigned_to.push(barid_client::proto::v1::Address::default());
    served.assessment = other.encode_to_vec().into();
    state.inbox.push(served);
    drop(state);
    let served = reader.receive(0).await.expect("it names the envelope");
    let why = "assessment does not belong";
    let proven = reader.client.prove_assessment(&served.verified, &served.filing.assessment).await;
    noticed(proven, why, "exchanged");
    // The right one, with the proof of another leaf.
    let path = wire(&forger.state().log.inclusion(1, 7));
    forger.state().lies.inclusion = Some(path);
    noticed(reader.client.prove_assessment(&served.verified, &honest).await, why, "proof");
    forger.state().lies.inclusion = None;
    reader.client.prove_assessment(&served.verified, &honest).await.expect("the truth");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_of_another_digest_is_not_given_on() {
    let forger = Forger::start().await;
    let reader = LiedTo::at(&forger, "council");
    let document = b"the ruling".to_vec();
    let digest = barid_client::draft::HashedDocument::in_memory(document.clone()).sha256;
    forger.state().lies.document = Some(document.clone());
    assert_eq!(reader.client.fetch(digest, 100).await.expect("it is the one"), document);
    forger.state().lies.document = Some(b"the rulinG".to_vec());
    let refused = reader.client.fetch(digest, 100).await.expect_err("one bit was changed");
    assert!(refused.to_string().contains("another digest"), "{refused}");
    let refused = reader.client.fetch(digest, 3).await.expect_err("longer than asked for");
    assert!(refused.to_string().contains("more than 3 bytes"), "{refused}");
}
