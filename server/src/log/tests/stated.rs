//! What the hub says in its own name: where it stands, what proves it, and when it may be said.

use barid_proto::leaf::{Leaf, LeafKind};
use barid_proto::tlog::leaf_hash;
use barid_proto::tlog::policy::Policy;
use barid_proto::tlog::proof::verify_inclusion;
use barid_proto::tlog::receipt::Receipt;
use barid_proto::v1::{HubStatement, HubStatementKind};
use prost::Message as _;
use sha2::{Digest, Sha256};
use tokio::join;

use super::bench::{Bench, NOW, check_receipt, proposal, propose};
use crate::error::Error;
use crate::log::Attestation;
use crate::model::row::AnswerStep;
use crate::store::Store;
use crate::store::contract::samples::{answer, case, office, opening};

/// A statement about a filing that was served on an office; about nobody: no delivery.
fn attestation(kind: HubStatementKind, name: &str, filing_leaf: u64) -> Attestation {
    let statement = HubStatement { kind: kind.into(), at_unix_ms: 7, ..HubStatement::default() };
    let deliveries = if name.is_empty() { Vec::new() } else { vec![(office(name), filing_leaf)] };
    Attestation { statement, deliveries }
}

#[tokio::test]
async fn the_hubs_own_leaves_stand_behind_what_they_speak_of() {
    let bench = Bench::new();
    let (log, store) = bench.open();
    let mut first = opening(1, &["south/one"]);
    first.assessment = Some(b"assessed".to_vec());
    let sealed = log.seal(propose(first, None)).await.unwrap();
    assert_eq!((sealed.filing.leaf, sealed.filing.sealed_size), (0, 2));
    let fetched = |name: &str| attestation(HubStatementKind::Fetched, name, 0);
    let stated = fetched("south/one").statement.encode_to_vec();
    assert_eq!(log.attest(fetched("south/one")).await.unwrap(), 2);
    assert_eq!(store.statement(2).unwrap().unwrap(), stated);
    assert_eq!(store.deliveries(0).unwrap()[0].fetched_leaf, Some(2));
    let leaves = store.leaves(1, 2).unwrap();
    for (leaf, kind, text) in [
        (&leaves[0], LeafKind::Assessment, b"barid-assessment/v1\nassessed".to_vec()),
        (&leaves[1], LeafKind::Statement, [&b"barid-statement/v1\n"[..], &stated].concat()),
    ] {
        let leaf = Leaf::decode(leaf).unwrap();
        assert_eq!((leaf.kind, leaf.signer_key_id), (kind, bench.signer().key_id()));
        let digest: [u8; 32] = Sha256::digest(text).into();
        assert_eq!((leaf.envelope_digest, leaf.routing_tag), (digest, [0; 32]));
    }
    let unserved = log.attest(fetched("east/one")).await;
    assert!(matches!(unserved, Err(Error::Refused(_))), "{unserved:?}");
    assert_eq!(log.head().size, 3);
}

#[tokio::test]
async fn what_the_hub_says_is_proved_under_its_own_key() {
    let bench = Bench::new();
    let (log, store) = bench.open();
    let mut first = opening(1, &["south/one"]);
    first.assessment = Some(b"assessed".to_vec());
    let filing = log.seal(propose(first, None)).await.unwrap().filing;
    log.attest(attestation(HubStatementKind::Fetched, "south/one", 0)).await.unwrap();
    log.attest(attestation(HubStatementKind::Rejected, "", 0)).await.unwrap();
    log.seal(proposal(2, 2, 1, None)).await.unwrap();

    let receipt = check_receipt(&log, store.as_ref(), &filing);
    let path = log.assessment_path(&filing, &receipt).unwrap();
    let leaf = leaf_hash(&store.leaves(1, 1).unwrap()[0]);
    let tree = store.head_at(filing.sealed_size).unwrap().unwrap();
    verify_inclusion(&leaf, 1, tree.size, &path, &tree.root).unwrap();
    let mut other = filing.clone();
    other.assessment = Some(b"assessed otherwise".to_vec());
    assert!(log.assessment_path(&other, &receipt).is_err());
    other.assessment = None;
    assert!(log.assessment_path(&other, &receipt).unwrap().is_empty());

    for (leaf, kind) in [(2, LeafKind::Statement), (3, LeafKind::Rejection)] {
        let statement = store.statement(leaf).unwrap().unwrap();
        let receipt = log.statement_receipt(leaf, &statement).unwrap().unwrap();
        let parsed = Receipt::parse(&receipt.tlog_proof).unwrap();
        assert_eq!((parsed.index, parsed.extra[0]), (leaf, kind as u8));
        let vkey = log.verifier_keys().pop().unwrap();
        let policy = Policy::parse(format!("log {vkey}\nquorum none\n").as_bytes()).unwrap();
        parsed.verify(&store.leaves(leaf, 1).unwrap()[0], &policy).unwrap();
        let wrong = log.statement_receipt(leaf, b"something else");
        assert!(wrong.is_err(), "{wrong:?}");
        assert!(log.statement_receipt(5 - leaf, &statement).is_err());
    }
}

#[tokio::test]
async fn silence_is_stated_once_and_never_after_an_answer() {
    let bench = Bench::new();
    let (log, store) = bench.open();
    let mut first = opening(1, &["south/one", "south/two"]);
    first.answer_by_ms = Some(NOW - 1);
    log.seal(propose(first, None)).await.unwrap();
    let expired = |name: &str| log.attest(attestation(HubStatementKind::Expired, name, 0));
    // At once, and so perhaps in one batch; then again.
    let (one, two) = join!(expired("south/one"), expired("south/one"));
    assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
    assert!(matches!(expired("south/one").await, Err(Error::Refused(_))));
    let answer = answer(2, "south/two", case(1), 0, AnswerStep::Refused);
    let (answered, late) = join!(log.seal(propose(answer, None)), expired("south/two"));
    answered.unwrap();
    assert!(matches!(late, Err(Error::Refused(_))), "{late:?}");
    assert_eq!(store.overdue(u64::MAX, 10).unwrap(), []);
    assert_eq!(store.deliveries(0).unwrap()[1].expired_leaf, None);
    let no_kind = log.attest(attestation(HubStatementKind::Unspecified, "south/one", 0)).await;
    assert!(matches!(no_kind, Err(Error::Failed(_))), "{no_kind:?}");
}
