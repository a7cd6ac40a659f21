//! A filing that holds, and one change after another that must be noticed.

use super::*;
use crate::bundle::Bundle;
use crate::error::EvidenceError as E;
use crate::testing::{self, TestLog};
use barid_proto::envelope::EnvelopeError;
use barid_proto::key::{Algorithm, FileKey, Signer as _};
use barid_proto::tlog::policy::VerifyError;
use barid_proto::tlog::receipt::ReceiptError;

fn setting() -> (TestLog, SealedFiling) {
    let mut log = TestLog::new();
    let filing = testing::filing(&mut log, |_| Vec::new());
    (log, filing)
}

#[test]
fn an_honest_filing_proves_index_time_and_signer() {
    let (log, filing) = setting();
    let verified = sealed(filing, &log.trust()).unwrap();
    assert_eq!(verified.leaf_index, 4);
    assert_eq!(verified.accepted_at_ms, 1_763_896_200_000);
    assert_eq!(verified.witnessed.checkpoint.size(), 6);
    assert_eq!(verified.body.sender.unwrap().office, "geo-bas");
    assert_eq!(verified.signers.len(), 1);
}

#[test]
fn a_bundle_checks_off_line() {
    let (log, filing) = setting();
    let kept = Bundle::from(filing).encode().unwrap();
    let read = Bundle::decode(&kept).unwrap();
    let verified = evidence(&read.filings[0], &log.trust()).unwrap();
    assert_eq!(verified.leaf_index, 4);
}

#[test]
fn every_changed_byte_of_the_envelope_is_noticed() {
    let (log, filing) = setting();
    let trust = log.trust();
    let body = filing.envelope.clone().unwrap().body;
    for at in 0..body.len() {
        let mut changed = filing.clone();
        let mut bytes = body.to_vec();
        bytes[at] ^= 1;
        changed.envelope.as_mut().unwrap().body = bytes.into();
        assert!(sealed(changed, &trust).is_err(), "byte {at}");
    }
}

#[test]
fn a_signature_of_another_key_is_noticed() {
    let (log, mut filing) = setting();
    let other = FileKey::generate(Algorithm::EcdsaP256).unwrap();
    filing.signer_spkis = vec![other.public_key().spki().to_vec()];
    let error = sealed(filing.clone(), &log.trust()).unwrap_err();
    assert!(matches!(error, E::Envelope(EnvelopeError::SignerMismatch)), "{error}");
    filing.signer_spkis.clear();
    let error = sealed(filing, &log.trust()).unwrap_err();
    assert!(matches!(error, E::SignerKey { index: 0, .. }), "{error}");
}

#[test]
fn a_changed_time_or_kind_in_the_receipt_is_noticed() {
    let (log, filing) = setting();
    let receipt = filing.receipt.clone().unwrap();
    let proof = receipt::Receipt::parse(&receipt.tlog_proof).unwrap();
    for at in 0..proof.extra.len() {
        let mut changed = proof.clone();
        changed.extra[at] ^= 2;
        let mut filing = filing.clone();
        filing.receipt.as_mut().unwrap().tlog_proof = changed.to_string().into_bytes();
        let error = sealed(filing, &log.trust()).unwrap_err();
        assert!(matches!(error, E::Receipt(ReceiptError::NotIncluded(_)) | E::Leaf(_)), "{error}");
    }
}

#[test]
fn a_log_nobody_trusts_proves_nothing() {
    let (_, filing) = setting();
    let error = sealed(filing, &TestLog::new().trust()).unwrap_err();
    let untrusted =
        matches!(error, E::Receipt(ReceiptError::Untrusted(VerifyError::UnknownLog(_))));
    assert!(untrusted, "{error}");
}

#[test]
fn plain_fields_that_say_something_else_are_a_contradiction() {
    let (log, filing) = setting();
    let changes: [fn(&mut Receipt); 3] = [
        |receipt| receipt.leaf_index += 1,
        |receipt| receipt.accepted_at_unix_ms -= 1,
        |receipt| receipt.envelope_digest[0] ^= 1,
    ];
    for change in changes {
        let mut filing = filing.clone();
        change(filing.receipt.as_mut().unwrap());
        let error = sealed(filing, &log.trust()).unwrap_err();
        assert!(matches!(error, E::Contradiction { .. }), "{error}");
    }
}

#[test]
fn an_assessment_of_another_envelope_is_refused() {
    let other = FilingAssessment { envelope_digest: vec![1; 32], ..FilingAssessment::default() };
    let mut log = TestLog::new();
    // The log does have it behind the filing: it is the wrong one all the same.
    let filing = testing::filing(&mut log, |_| other.encode_to_vec());
    assert!(matches!(sealed(filing, &log.trust()), Err(E::Assessment)));
}
