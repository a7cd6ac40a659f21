//! Checking a filing and its receipt without the hub: a pure function of bytes and trust.
//!
//! What is checked, in this order: the envelope is well-formed and its bytes are its one
//! serialisation; every listed signer's signature verifies under the key given, whose identifier is
//! the one listed; the leaf, rebuilt from envelope and receipt, is in the tree at the index given;
//! the tree's checkpoint is signed by a log one believes, with the witnesses one demands; and what
//! the hub said beside the receipt is what the receipt proves.
//!
//! [`evidence`] stops at the first thing that does not hold: it is for a client that has to decide
//! whether to go on, and leaves open whose a key is. [`examine`] takes a whole bundle, goes on to
//! the end, and reports everything that is proven and everything that is not: keys back to a
//! certificate authority, time, order, documents.
//!
//! What the hub says in its own name is checked in [`stated`].

pub mod place;

use barid_proto::envelope::{self, Opened};
use barid_proto::key::{KeyId, PublicKey};
use barid_proto::leaf::{self, Leaf};
use barid_proto::tlog::policy::Witnessed;
use barid_proto::tlog::receipt;
use barid_proto::v1::{Address, EnvelopeBody, FilingAssessment, Receipt, SealedFiling};
use prost::Message as _;

pub use examine::{Believed, examine};
pub use finding::{Blame, Code, Finding, Severity};
pub use recipient::{ProvenEvent, unsealing_key};
pub use recompute::course::{CaseCourse, courses};
pub use report::{
    Order, ProvenDocument, ProvenFiling, ProvenKey, ProvenStamp, ProvenStatement, Report,
    RulesSource, UsedRules, Verdict,
};
pub use roots::{Roots, RootsError};

mod examine;
mod finding;
mod keys;
mod notes;
mod order;
mod recipient;
mod recompute;
mod report;
mod roots;
mod rules;
mod stamp;
mod statement;
mod time;

use crate::bundle::{Evidence, SealedEnvelope};
use crate::error::EvidenceError;
use crate::hex;
use crate::trust::Trust;

pub mod stated;

/// What a verified filing proves.
#[derive(Debug, Clone)]
pub struct Verified {
    /// What was signed.
    pub body: EnvelopeBody,
    /// Digest of the envelope with its signatures.
    pub digest: [u8; 32],
    /// The keys that signed, in the order of the envelope.
    pub signers: Vec<KeyId>,
    /// Index of the filing's leaf.
    pub leaf_index: u64,
    /// When the hub accepted it, milliseconds since 1970.
    pub accepted_at_ms: u64,
    /// The checkpoint that covers the leaf, and who cosigned it.
    pub witnessed: Witnessed,
    /// The checkpoint as the signed note it came in.
    pub note: Vec<u8>,
    /// Reading and assessments of the hub, when they came along. They name this envelope; that
    /// they are the leaf behind it [`sealed`] has checked, and [`bundle`] has not.
    pub assessment: Option<FilingAssessment>,
}

/// Checks one filing off-line: envelope, signatures, leaf, receipt.
///
/// # Errors
/// The first thing that does not hold.
pub fn evidence(evidence: &Evidence, trust: &Trust) -> Result<Verified, EvidenceError> {
    let SealedEnvelope { envelope, receipt, signer_spkis } = &evidence.sealed;
    let opened = envelope::open(envelope)?;
    let keys = signer_keys(&opened, signer_spkis)?;
    opened.verify(&keys.iter().collect::<Vec<_>>())?;
    let digest = opened.digest();
    let receipt = receipt::Receipt::parse(receipt)?;
    let leaf = rebuild_leaf(&opened, digest, &receipt.extra)?;
    let witnessed = trust.witnessed(&receipt.checkpoint).map_err(receipt::ReceiptError::from)?;
    let proven = receipt.prove(&leaf.encode(), witnessed)?;
    let added = evidence.assessment.as_ref().map_or(&[][..], |added| &added.bytes);
    Ok(Verified {
        signers: keys.iter().map(PublicKey::id).collect(),
        digest,
        leaf_index: proven.index,
        accepted_at_ms: leaf.accepted_at_ms,
        witnessed: proven.witnessed,
        note: receipt.checkpoint.to_string().into_bytes(),
        assessment: assessment(added, digest)?,
        body: opened.body,
    })
}

/// Checks a filing as the hub handed it out, with what it says beside the receipt.
///
/// # Errors
/// The first thing that does not hold.
pub fn sealed(filing: SealedFiling, trust: &Trust) -> Result<Verified, EvidenceError> {
    let said = filing.receipt.clone().unwrap_or_default();
    let (added, path) = (filing.assessment.clone(), filing.assessment_path.clone());
    let verified = evidence(&filing.into(), trust)?;
    compare(&said, &verified)?;
    if !added.is_empty() {
        stated::assessment(&verified, &added, &path, trust)?;
    }
    Ok(verified)
}

/// Refuses a receipt whose plain fields say something else than its proof.
pub(crate) fn compare(said: &Receipt, proven: &Verified) -> Result<(), EvidenceError> {
    let accepted_at = i64::try_from(proven.accepted_at_ms).unwrap_or(i64::MAX);
    let fields = [
        ("leaf_index", said.leaf_index.to_string(), proven.leaf_index.to_string()),
        ("accepted_at", said.accepted_at_unix_ms.to_string(), accepted_at.to_string()),
        ("envelope_digest", hex::encode(&said.envelope_digest), hex::encode(&proven.digest)),
    ];
    match fields.into_iter().find(|(_, said, proven)| said != proven) {
        None => Ok(()),
        Some((field, said, proven)) => Err(EvidenceError::Contradiction { field, said, proven }),
    }
}

/// The identifier under which a recipient goes into the routing tag: as the envelope writes it.
#[must_use]
pub fn recipient_name(address: &Address) -> String {
    leaf::recipient_name(&address.institution, &address.office)
}

fn signer_keys(opened: &Opened, spkis: &[Vec<u8>]) -> Result<Vec<PublicKey>, EvidenceError> {
    let fault = |index, why: String| EvidenceError::SignerKey { index, why };
    if spkis.len() != opened.signatures.len() {
        let why = format!("{} keys for {} signatures", spkis.len(), opened.signatures.len());
        return Err(fault(spkis.len().min(opened.signatures.len()), why));
    }
    let keys = spkis.iter().enumerate();
    keys.map(|(index, spki)| PublicKey::from_spki(spki).map_err(|e| fault(index, e.to_string())))
        .collect()
}

fn rebuild_leaf(opened: &Opened, digest: [u8; 32], extra: &[u8]) -> Result<Leaf, EvidenceError> {
    let nonce =
        opened.body.nonce.as_slice().try_into().map_err(|_| EvidenceError::Contradiction {
            field: "nonce",
            said: format!("{} bytes", opened.body.nonce.len()),
            proven: "32 bytes".to_owned(),
        })?;
    let recipients: Vec<String> = opened.body.recipients.iter().map(recipient_name).collect();
    let routing_tag = leaf::routing_tag(nonce, &recipients)?;
    // `envelope::open` refuses an envelope without signers.
    let first = opened.signatures.first().map_or(KeyId::new([0; 32]), |signed| signed.key_id);
    Ok(Leaf::from_extra(extra, digest, first, routing_tag)?)
}

fn assessment(bytes: &[u8], digest: [u8; 32]) -> Result<Option<FilingAssessment>, EvidenceError> {
    if bytes.is_empty() {
        return Ok(None);
    }
    let decoded = FilingAssessment::decode(bytes).map_err(|_| EvidenceError::Assessment)?;
    if decoded.envelope_digest != digest {
        return Err(EvidenceError::Assessment);
    }
    Ok(Some(decoded))
}

#[cfg(test)]
mod tests;
