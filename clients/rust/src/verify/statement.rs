//! What the hub itself says: assessments and statements. They carry no signature of their own; the
//! log's signature over the tree is the hub's.

use barid_proto::key::{KeyId, PublicKey};
use barid_proto::leaf::{self, Leaf, LeafKind};
use barid_proto::tlog::Hash;
use barid_proto::tlog::policy::Policy;
use barid_proto::tlog::proof::verify_inclusion;
use barid_proto::tlog::receipt::Receipt;
use barid_proto::tlog::vkey::KeyType;
use barid_proto::v1::{FilingAssessment, HubStatement, HubStatementKind};
use prost::Message as _;

use super::examine::Place;
use super::finding::Code;
use super::notes::{Fault, Notes};
use super::report::ProvenStatement;
use crate::bundle::{AssessmentEvidence, StatementEvidence};

/// What stands for the recipients in a leaf that has none.
const NOBODY: Hash = [0; 32];

/// Keys under which a log of this name makes leaves in its own name.
fn own_keys(policy: &Policy, origin: &str) -> Vec<KeyId> {
    let logs = policy.logs().iter().map(|log| &log.key);
    let own = logs.filter(|key| key.name() == origin && key.key_type() == KeyType::Ed25519);
    let raw = own.filter_map(|key| key.raw().try_into().ok());
    raw.filter_map(|raw: [u8; 32]| PublicKey::from_ed25519(&raw).ok()).map(|key| key.id()).collect()
}

/// The assessment of a filing, once its leaf is known to be the one behind the filing's.
pub(super) fn assessment(
    policy: &Policy,
    filing: &Place,
    given: &AssessmentEvidence,
) -> Result<FilingAssessment, Fault> {
    let wrong = |why: String| (Code::AssessmentWrong, why);
    let decoded = FilingAssessment::decode(given.bytes.as_slice());
    let decoded = decoded.map_err(|error| wrong(error.to_string()))?;
    if decoded.envelope_digest != filing.digest {
        return Err(wrong("it is about another envelope".to_owned()));
    }
    if given.path.is_empty() {
        return Err((Code::AssessmentUnproven, "it came without a path".to_owned()));
    }
    let tree = &filing.witnessed.checkpoint;
    let digest = leaf::assessment_digest(&given.bytes);
    let mut why = "the policy names no Ed25519 key of the log".to_owned();
    for key in own_keys(policy, tree.origin()) {
        let leaf = Leaf {
            kind: LeafKind::Assessment,
            accepted_at_ms: filing.leaf.accepted_at_ms,
            envelope_digest: digest,
            signer_key_id: key,
            routing_tag: NOBODY,
        };
        let index = filing.index + 1;
        match verify_inclusion(&leaf.hash(), index, tree.size(), &given.path, tree.root()) {
            Ok(()) => return Ok(decoded),
            Err(error) => why = error.to_string(),
        }
    }
    Err(wrong(why))
}

/// A statement about a filing, once it is known to be in the log.
pub(super) fn statement(
    policy: &Policy,
    notes: &mut Notes<'_>,
    filing: &Place,
    given: &StatementEvidence,
) -> Result<ProvenStatement, Fault> {
    let wrong = |why: String| (Code::StatementWrong, why);
    let decoded = HubStatement::decode(given.bytes.as_slice());
    let decoded = decoded.map_err(|error| wrong(error.to_string()))?;
    if !decoded.envelope_digests.iter().any(|digest| *digest == filing.digest) {
        return Err(wrong("it is not about this filing".to_owned()));
    }
    proven(policy, notes, filing.witnessed.checkpoint.origin(), decoded, given)
}

/// A statement of an outage, once it is known to be in the log.
pub(super) fn outage(
    policy: &Policy,
    notes: &mut Notes<'_>,
    log: &str,
    given: &StatementEvidence,
) -> Result<ProvenStatement, Fault> {
    let wrong = |why: String| (Code::StatementWrong, why);
    let decoded = HubStatement::decode(given.bytes.as_slice());
    let decoded = decoded.map_err(|error| wrong(error.to_string()))?;
    if decoded.kind() != HubStatementKind::Outage || decoded.outage.is_none() {
        return Err(wrong("it states no outage".to_owned()));
    }
    proven(policy, notes, log, decoded, given)
}

fn proven(
    policy: &Policy,
    notes: &mut Notes<'_>,
    log: &str,
    decoded: HubStatement,
    given: &StatementEvidence,
) -> Result<ProvenStatement, Fault> {
    let wrong = |why: String| (Code::StatementWrong, why);
    let receipt = Receipt::parse(&given.receipt);
    let receipt = receipt.map_err(|error| (Code::ReceiptMalformed, error.to_string()))?;
    let witnessed = notes.weigh(&receipt.checkpoint)?;
    let tree = &witnessed.checkpoint;
    if tree.origin() != log {
        return Err(wrong("it is in another log".to_owned()));
    }
    let digest = leaf::statement_digest(&given.bytes);
    let mut why = "the policy names no Ed25519 key of the log".to_owned();
    for key in own_keys(policy, tree.origin()) {
        let leaf = Leaf::from_extra(&receipt.extra, digest, key, NOBODY);
        let leaf = leaf.map_err(|error| wrong(error.to_string()))?;
        if leaf.kind != kind_of(&decoded) {
            return Err(wrong(format!("its leaf is of kind {:?}", leaf.kind)));
        }
        let (index, path) = (receipt.index, &receipt.path);
        match verify_inclusion(&leaf.hash(), index, tree.size(), path, tree.root()) {
            Ok(()) => {
                let accepted_at_ms = leaf.accepted_at_ms;
                return Ok(ProvenStatement {
                    statement: decoded,
                    leaf_index: index,
                    accepted_at_ms,
                });
            }
            Err(error) => why = error.to_string(),
        }
    }
    Err((Code::NotIncluded, why))
}

fn kind_of(statement: &HubStatement) -> LeafKind {
    match statement.kind() {
        HubStatementKind::Rejected => LeafKind::Rejection,
        _ => LeafKind::Statement,
    }
}
