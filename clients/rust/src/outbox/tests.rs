//! The outbox after power cuts: each test cuts at one step and takes the next turn.

use super::*;
use crate::bundle::Bundle;
use crate::draft::{Draft, HashedDocument};
use crate::refusal::{ExpectedLink, Refusal};
use crate::source::Machine;
use barid_proto::key::{Algorithm, FileKey, Signer};
use barid_proto::v1::{Address, EnvelopeBody, FilingKind, Reason, Receipt};
use prost::Message as _;
use std::fs;

const ORIGIN: &str = "hub.test/log";

struct Office {
    root: tempfile::TempDir,
    signer: Arc<FileKey>,
}

impl Office {
    fn new() -> Self {
        let signer = Arc::new(FileKey::generate(Algorithm::EcdsaP256).unwrap());
        Self { root: tempfile::tempdir().unwrap(), signer }
    }

    fn outbox(&self) -> Outbox {
        Outbox::open(self.root.path(), ORIGIN, self.signer.clone()).unwrap()
    }
}

fn body() -> EnvelopeBody {
    let sender = Address { institution: "ihec".into(), office: "geo-bas".into() };
    Draft::new(FilingKind::AppealFiled).complete(&sender, None, None, &Machine).unwrap().0
}

fn receipt() -> Receipt {
    Receipt { tlog_proof: b"c2sp.org/tlog-proof@v1\n".to_vec(), ..Receipt::default() }
}

fn refusal(reason: Reason) -> Refusal {
    Refusal {
        reason,
        text: "no".into(),
        problems: vec![],
        expected_link: None,
        rejection_leaf: Some(7),
        correlation_id: String::new(),
        retry_after: None,
    }
}

fn sequences(turn: &Turn<'_>) -> Vec<u64> {
    turn.pending().unwrap().iter().map(|pending| pending.link().sequence).collect()
}

#[test]
fn envelopes_form_one_chain_across_processes() {
    let office = Office::new();
    let first = office.outbox().turn().unwrap().sign(body(), &[]).unwrap();
    let second = office.outbox().turn().unwrap().sign(body(), &[]).unwrap();
    assert_eq!(first.link().sequence, 1);
    assert_eq!(first.body().previous_digest, [0; 32]);
    assert_eq!(second.link().sequence, 2);
    assert_eq!(second.body().previous_digest, first.digest());
    assert_eq!(second.body().hub_origin, ORIGIN);
}

#[test]
fn a_cut_before_the_rename_leaves_nothing_signed() {
    let office = Office::new();
    let outbox = office.outbox();
    let whole = outbox.turn().unwrap().sign(body(), &[]).unwrap();
    let bytes = whole.envelope().encode_to_vec();
    let cut = outbox.part(PENDING).join("000000000002.unfinished");
    fs::write(&cut, &bytes[..bytes.len() / 2]).unwrap();
    let turn = outbox.turn().unwrap();
    assert_eq!(sequences(&turn), [1]);
    assert!(!cut.exists());
    assert_eq!(turn.sign(body(), &[]).unwrap().link().sequence, 2);
}

#[test]
fn an_unanswered_envelope_is_sent_again_byte_for_byte() {
    let office = Office::new();
    let signed = office.outbox().turn().unwrap().sign(body(), &[]).unwrap();
    let outbox = office.outbox();
    let turn = outbox.turn().unwrap();
    let again = turn.link(turn.pending().unwrap().remove(0)).unwrap();
    assert_eq!(again.envelope().encode_to_vec(), signed.envelope().encode_to_vec());
}

#[test]
fn settling_goes_on_after_a_cut_at_each_of_its_steps() {
    for steps_done in 0..3 {
        let office = Office::new();
        let outbox = office.outbox();
        let mut turn = outbox.turn().unwrap();
        let signed = turn.sign(body(), &[]).unwrap();
        let (pending_path, head_path) = (signed.path().to_owned(), outbox.part("head"));
        let pending_bytes = fs::read(&pending_path).unwrap();
        let sent_path = turn.settle(&signed, &receipt()).unwrap();
        drop(turn);
        // Undo the steps that the cut prevented: `sent/`, `head`, then the removal.
        fs::write(&pending_path, &pending_bytes).unwrap();
        if steps_done < 2 {
            fs::remove_file(&head_path).unwrap();
        }
        if steps_done < 1 {
            fs::remove_file(&sent_path).unwrap();
        }
        let turn = outbox.turn().unwrap();
        if steps_done == 0 {
            assert_eq!((sequences(&turn), turn.head()), (vec![1], Head::START));
        } else {
            assert_eq!((sequences(&turn), turn.head()), (vec![], signed.link()));
            assert_eq!(turn.sign(body(), &[]).unwrap().body().previous_digest, signed.digest());
        }
    }
}

fn new_key() -> Arc<dyn Signer> {
    Arc::new(FileKey::generate(Algorithm::Ed25519).unwrap())
}

fn signers(pending: &Pending) -> Vec<Vec<u8>> {
    pending.body().signers.iter().map(|signer| signer.key_id.clone()).collect()
}

#[test]
fn further_keys_sign_behind_the_first_each_time() {
    let (office, further) = (Office::new(), new_key());
    let with = vec![Arc::clone(&further)];
    let root = office.root.path();
    let outbox = Outbox::open_with(root, ORIGIN, office.signer.clone(), with).unwrap();
    let mut turn = outbox.turn().unwrap();
    let (first, second) = (turn.sign(body(), &[]).unwrap(), turn.sign(body(), &[]).unwrap());
    let both = [office.signer.public_key(), further.public_key()];
    let ids = both.map(|key| key.id().as_bytes().to_vec());
    assert_eq!(signers(&first), ids);
    turn.set_aside(&first, &refusal(Reason::NotPermitted)).unwrap();
    let again = turn.link(second).unwrap();
    assert_eq!((signers(&again), again.link().sequence), (ids.to_vec(), 1));
    let path = turn.settle(&again, &receipt()).unwrap();
    let bundle = Bundle::decode(&fs::read(path).unwrap()).unwrap();
    assert_eq!(bundle.filings[0].sealed.signer_spkis, both.map(|key| key.spki().to_vec()));
}

#[test]
fn what_a_lent_key_signed_waits_for_that_key() {
    let (office, lent) = (Office::new(), new_key());
    let outbox = office.outbox();
    let turn = outbox.turn().unwrap();
    let first = turn.sign(body(), &[]).unwrap();
    let second = turn.sign_beside(&[Arc::clone(&lent)], body(), &[]).unwrap();
    assert_eq!(signers(&second)[1], lent.public_key().id().as_bytes());
    turn.set_aside(&first, &refusal(Reason::NotPermitted)).unwrap();
    drop(turn);
    // Another process, without the key: it can read what waits, and not sign it again.
    let other = office.outbox();
    let turn = other.turn().unwrap();
    let waiting = turn.pending().unwrap().remove(0);
    assert_eq!(waiting.digest(), second.digest());
    let missing = turn.link(waiting).unwrap_err().to_string();
    assert!(missing.contains(&lent.public_key().id().to_string()), "{missing}");
    drop(turn);
    let turn = outbox.turn().unwrap();
    let again = turn.link(turn.pending().unwrap().remove(0)).unwrap();
    assert_eq!((signers(&again).len(), again.link().sequence), (2, 1));
}

#[test]
fn a_receipt_is_kept_as_a_bundle() {
    let office = Office::new();
    let outbox = office.outbox();
    let mut turn = outbox.turn().unwrap();
    let signed = turn.sign(body(), &[]).unwrap();
    let path = turn.settle(&signed, &receipt()).unwrap();
    let bundle = Bundle::decode(&fs::read(path).unwrap()).unwrap();
    assert_eq!(bundle.filings[0].sealed.envelope, *signed.envelope());
    assert_eq!(bundle.filings[0].sealed.receipt, receipt().tlog_proof);
}

#[test]
fn after_a_refusal_the_next_envelopes_take_its_number() {
    let office = Office::new();
    let outbox = office.outbox();
    let mut turn = outbox.turn().unwrap();
    let signed: Vec<_> = (0..3).map(|_| turn.sign(body(), &[]).unwrap()).collect();
    turn.set_aside(&signed[0], &refusal(Reason::NotPermitted)).unwrap();
    drop(turn);
    turn = outbox.turn().unwrap();
    for (expected, before) in [(1, &signed[1]), (2, &signed[2])] {
        let next = turn.pending().unwrap().remove(0);
        let linked = turn.link(next).unwrap();
        assert_eq!(linked.link().sequence, expected);
        assert_eq!(linked.body().previous_digest, turn.head().digest);
        assert_eq!(linked.body().envelope_id, before.body().envelope_id);
        assert_eq!(linked.body().nonce, before.body().nonce);
        // Durable under its new link before it is sent: a cut now sends the same bytes again.
        assert_eq!(turn.pending().unwrap()[0].digest(), linked.digest());
        turn.settle(&linked, &receipt()).unwrap();
    }
    let kept = fs::read_dir(outbox.part(REFUSED)).unwrap().count();
    assert_eq!(kept, 2, "the envelope and its reason");
}

#[test]
fn a_damaged_envelope_is_named_and_never_sent() {
    let office = Office::new();
    let outbox = office.outbox();
    let signed = outbox.turn().unwrap().sign(body(), &[]).unwrap();
    let bytes = fs::read(signed.path()).unwrap();
    for damaged in [&bytes[..bytes.len() - 1], &bytes[..10], b""] {
        fs::write(signed.path(), damaged).unwrap();
        assert!(matches!(outbox.turn().map(drop), Err(LocalError::Content { .. })));
    }
}

#[test]
fn two_cannot_have_the_turn_at_once() {
    let office = Office::new();
    let (one, other) = (office.outbox(), office.outbox());
    let turn = one.turn().unwrap();
    assert!(matches!(other.turn().map(drop), Err(LocalError::OutboxInUse { .. })));
    drop(turn);
    other.turn().unwrap();
}

#[test]
fn a_chain_begun_elsewhere_is_taken_over_only_by_an_empty_outbox() {
    let office = Office::new();
    let outbox = office.outbox();
    let mut turn = outbox.turn().unwrap();
    let signed = turn.sign(body(), &[]).unwrap();
    turn.adopt(&ExpectedLink { sequence: 9, previous: [7; 32] }).unwrap();
    let linked = turn.link(signed).unwrap();
    assert_eq!((linked.link().sequence, linked.body().previous_digest[0]), (9, 7));
    turn.settle(&linked, &receipt()).unwrap();
    let again = turn.adopt(&ExpectedLink { sequence: 20, previous: [8; 32] });
    assert!(matches!(again, Err(LocalError::ChainElsewhere { expected: 20, here: 10 })));
}

#[test]
fn documents_wait_with_their_envelope_and_go_with_it() {
    let office = Office::new();
    let outbox = office.outbox();
    let original = office.root.path().join("scan.pdf");
    fs::write(&original, b"scan").unwrap();
    let draft = Draft::new(FilingKind::AppealFiled).exhibit_at(&original).unwrap();
    let draft = draft.lead("x/y", "form", "", HashedDocument::in_memory(&b"form"[..]));
    let (body, documents) = draft.complete(&Address::default(), None, None, &Machine).unwrap();
    let mut turn = outbox.turn().unwrap();
    let signed = turn.sign(body, &documents).unwrap();
    fs::remove_file(&original).unwrap();
    let kept: Vec<Vec<u8>> = signed
        .documents()
        .map(|(sha256, _)| fs::read(turn.copy_of(sha256).unwrap()).unwrap())
        .collect();
    assert_eq!(kept, [b"form", b"scan"]);
    turn.settle(&signed, &receipt()).unwrap();
    assert!(signed.documents().all(|(sha256, _)| turn.copy_of(sha256).is_none()));
}

#[test]
fn a_document_that_changed_since_it_was_hashed_is_not_filed() {
    let office = Office::new();
    let outbox = office.outbox();
    let original = office.root.path().join("scan.pdf");
    fs::write(&original, b"before").unwrap();
    let document = HashedDocument::at(&original).unwrap();
    fs::write(&original, b"after").unwrap();
    let turn = outbox.turn().unwrap();
    assert!(matches!(turn.sign(body(), &[document]), Err(LocalError::Content { .. })));
    assert!(turn.pending().unwrap().is_empty());
}

#[tokio::test]
async fn waiting_for_the_turn_does_not_hold_up_the_thread() {
    let office = Office::new();
    let (one, other) = (office.outbox(), office.outbox());
    let turn = one.turn().unwrap();
    // On one thread: the second gets its turn only if it lets the first go on.
    let (waited, ()) = tokio::join!(other.turn_async(), async {
        tokio::time::sleep(LOOK_AGAIN).await;
        drop(turn);
    });
    waited.unwrap();
}

#[test]
fn the_offices_own_log_of_its_link_survives_and_says_what_was_reported() {
    let office = Office::new();
    let outbox = office.outbox();
    outbox.turn().unwrap().not_reached(10_000, 10_100, "no route to host").unwrap();
    office.outbox().turn().unwrap().not_reached(70_000, 70_100, "timed out").unwrap();
    let turn = outbox.turn().unwrap();
    assert_eq!(turn.reach().unwrap().now.unwrap().attempts, 2);
    turn.reached(130_000).unwrap();
    turn.reached(131_000).unwrap();
    drop(turn);

    let mut turn = office.outbox().turn().map(drop).and_then(|()| outbox.turn()).unwrap();
    let known = turn.reach().unwrap();
    let [outage] = known.over.as_slice() else { panic!("{known:?}") };
    assert_eq!((outage.from_ms, outage.until_ms, outage.report), (10_000, 130_000, Reported::No));
    let complete = |outage: &LinkOutage| {
        let draft = crate::client::outage_draft(outage);
        draft.complete(&Address::default(), None, None, &Machine).unwrap().0
    };
    let first = turn.sign(complete(outage), &[]).unwrap();
    assert_eq!(turn.reach().unwrap().over[0].report, Reported::No, "it waits");
    turn.set_aside(&first, &refusal(Reason::NotPermitted)).unwrap();
    assert_eq!(turn.reach().unwrap().over[0].report, Reported::Refused);
    let second = turn.sign(complete(outage), &[]).unwrap();
    turn.settle(&second, &Receipt { leaf_index: 41, ..receipt() }).unwrap();
    assert_eq!(turn.reach().unwrap().over[0].report, Reported::Leaf(41));
    // Another filing says nothing of it.
    let other = turn.sign(body(), &[]).unwrap();
    turn.settle(&other, &Receipt { leaf_index: 42, ..receipt() }).unwrap();
    assert_eq!(turn.reach().unwrap().over[0].report, Reported::Leaf(41));

    fs::write(outbox.part(REACH), b"nonsense").unwrap();
    assert!(matches!(turn.reach(), Err(LocalError::Content { .. })));
}

#[test]
fn what_became_of_an_envelope_is_known_by_its_identifier() {
    let office = Office::new();
    let outbox = office.outbox();
    let mut turn = outbox.turn().unwrap();
    let [sent, refused, waiting] =
        [body(), body(), body()].map(|body| turn.sign(body, &[]).unwrap());
    let id =
        |pending: &Pending| <[u8; 16]>::try_from(pending.body().envelope_id.as_slice()).unwrap();
    let all = [id(&sent), id(&refused), id(&waiting), [9; 16]];
    turn.settle(&sent, &receipt()).unwrap();
    turn.set_aside(&refused, &refusal(Reason::NotPermitted)).unwrap();
    drop(turn);
    let turn = outbox.turn().unwrap();
    let found = turn.whereabouts(&all, 0).unwrap();
    assert_eq!(found.len(), 3, "what was never signed is nowhere");
    assert!(matches!(&found[&all[0]], Whereabouts::Sent(path, _) if path.exists()));
    assert!(matches!(&found[&all[1]], Whereabouts::Refused(text) if text.contains("no")));
    assert!(matches!(&found[&all[2]], Whereabouts::Pending));
    // Of what was sent before, nothing is looked at.
    assert!(!turn.whereabouts(&all, 1).unwrap().contains_key(&all[0]));
    // A draft's own identifier is kept.
    let sender = Address { institution: "ihec".into(), office: "geo-bas".into() };
    let draft = Draft::new(FilingKind::AppealFiled).envelope_id([9; 16]);
    let body = draft.complete(&sender, None, None, &Machine).unwrap().0;
    turn.sign(body, &[]).unwrap();
    assert!(matches!(turn.whereabouts(&all, 0).unwrap()[&[9; 16]], Whereabouts::Pending));
}
