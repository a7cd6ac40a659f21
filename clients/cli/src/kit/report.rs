//! The pass report: what was checked of which library, signed by whoever checked it.
//!
//! A DSSE envelope in JSON with a payload of its own type. The key is in the payload: the signature
//! proves that its holder says this, and whose key it is an operator asks by another way.

use barid_client::hex;
use barid_plugin_host::worker::Confinement;
use barid_proto::envelope::pre_authentication;
use barid_proto::key::{PublicKey, SignError, Signer};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::{Check, Limits, Outcome, Paper, Plan, Subject, VERSION, Verdict};

/// What the envelope holds. The type is part of what is signed: a filing's signature is no
/// report's.
pub(crate) const PAYLOAD_TYPE: &str = "application/vnd.barid.plugin-check.v1+json";

/// Largest report that is read, in bytes: a thousand documents have a third of it.
pub(crate) const REPORT_BYTES_MAX: usize = 1024 * 1024;

/// Most checks of a report that are read.
const CHECKS_MAX: usize = 64;

/// What was checked, and how it ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Report {
    /// Version of the kit, [`VERSION`].
    pub(crate) kit: u32,
    /// Version of the program that ran it.
    pub(crate) barid: String,
    /// When, by the clock of the machine that checked, in milliseconds since 1970.
    pub(crate) checked_at_unix_ms: i64,
    /// Which plugin.
    pub(crate) plugin: Checked,
    /// What kept it in on that machine.
    pub(crate) confinement: Confinement,
    /// How much it could take.
    pub(crate) limits: Limits,
    /// Where the mutations began.
    pub(crate) seed: u64,
    /// Mutations of each good document.
    pub(crate) mutations: u32,
    /// The kinds of filing it was restricted to, by number; all when there is none.
    pub(crate) kinds: Vec<i32>,
    /// Each check.
    pub(crate) checks: Vec<CheckLine>,
    /// Each document, by its path.
    pub(crate) documents: Vec<PaperLine>,
    /// The key that signs, SubjectPublicKeyInfo in base64.
    pub(crate) signer_spki: String,
}

/// Which plugin was checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Checked {
    /// Its name.
    pub(crate) name: String,
    /// Its version.
    pub(crate) version: String,
    /// SHA-256 of its library, hexadecimal.
    pub(crate) sha256: String,
}

/// How one check ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct CheckLine {
    /// [`Check::name`].
    pub(crate) name: String,
    /// [`Verdict::name`].
    pub(crate) verdict: String,
    /// On how many inputs it ran.
    pub(crate) cases: usize,
}

/// One document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PaperLine {
    /// Its path within the folder.
    pub(crate) path: String,
    /// The format.
    pub(crate) format: String,
    /// The kind of filing, by number.
    pub(crate) kind: i32,
    /// SHA-256 of its bytes, hexadecimal.
    pub(crate) sha256: String,
}

/// The envelope, as DSSE writes it in JSON.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Dsse {
    payload_type: String,
    payload: String,
    signatures: Vec<DsseSignature>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct DsseSignature {
    keyid: String,
    sig: String,
}

/// Why a report is worth nothing.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub(crate) enum ReportError {
    /// It is no report.
    #[error("it is no report of this kit: {0}")]
    Form(String),
    /// The signature is not the key's.
    #[error("its signature does not verify: it was changed, or the key is another one")]
    Unsigned,
    /// It does not say that everything passed.
    #[error("it does not say that every check passed: {0}")]
    NotPassed(String),
}

impl Report {
    /// What was found, for this key to sign.
    pub(crate) fn of(
        subject: &Subject,
        (plan, papers, outcomes): (&Plan, &[Paper], &[Outcome]),
        checked_at_unix_ms: i64,
        key: &PublicKey,
    ) -> Self {
        let manifest = &subject.manifest;
        let paper = |paper: &Paper| PaperLine {
            path: paper.name.clone(),
            format: paper.format.clone(),
            kind: paper.kind.into(),
            sha256: hex::encode(&Sha256::digest(&paper.bytes)),
        };
        let check = |outcome: &Outcome| CheckLine {
            name: outcome.check.name().to_owned(),
            verdict: outcome.verdict().name().to_owned(),
            cases: outcome.cases,
        };
        Self {
            kit: VERSION,
            barid: env!("CARGO_PKG_VERSION").to_owned(),
            checked_at_unix_ms,
            plugin: Checked {
                name: subject.description.name.clone(),
                version: subject.description.version.clone(),
                sha256: hex::encode(&manifest.sha256),
            },
            confinement: subject.confinement(),
            limits: Limits {
                max_input_bytes: manifest.max_input_bytes,
                max_output_bytes: manifest.max_output_bytes,
                deadline_ms: manifest.deadline_ms,
                max_memory_bytes: manifest.max_memory_bytes,
            },
            seed: plan.seed,
            mutations: plan.mutations,
            kinds: plan.kinds.iter().map(|kind| (*kind).into()).collect(),
            checks: outcomes.iter().map(check).collect(),
            documents: papers.iter().map(paper).collect(),
            signer_spki: STANDARD.encode(key.spki()),
        }
    }

    /// The report in its envelope.
    ///
    /// # Errors
    /// The key cannot be used.
    pub(crate) fn signed(&self, signer: &dyn Signer) -> Result<Vec<u8>, SignError> {
        let failed = |error: serde_json::Error| SignError(error.to_string());
        let payload = serde_json::to_vec(self).map_err(failed)?;
        let signed = signer.sign(&pre_authentication(PAYLOAD_TYPE, &payload))?;
        let envelope = Dsse {
            payload_type: PAYLOAD_TYPE.to_owned(),
            payload: STANDARD.encode(&payload),
            signatures: vec![DsseSignature {
                keyid: hex::encode(signer.public_key().id().as_bytes()),
                sig: STANDARD.encode(signed),
            }],
        };
        let mut bytes = serde_json::to_vec_pretty(&envelope).map_err(failed)?;
        bytes.push(b'\n');
        Ok(bytes)
    }

    /// Reads a report whose signature is its key's and that says that everything passed. Whose key
    /// that is, and which library, the caller compares.
    ///
    /// # Errors
    /// [`ReportError`].
    pub(crate) fn open(bytes: &[u8]) -> Result<(Self, PublicKey), ReportError> {
        let form = |what: &dyn std::fmt::Display| ReportError::Form(what.to_string());
        if bytes.len() > REPORT_BYTES_MAX {
            return Err(form(&format!("more than {REPORT_BYTES_MAX} bytes")));
        }
        let envelope: Dsse = serde_json::from_slice(bytes).map_err(|error| form(&error))?;
        if envelope.payload_type != PAYLOAD_TYPE {
            return Err(form(&"its payload is of another type"));
        }
        let payload = STANDARD.decode(&envelope.payload).map_err(|error| form(&error))?;
        let [one] = envelope.signatures.as_slice() else {
            return Err(form(&"it does not have one signature"));
        };
        let report: Self = serde_json::from_slice(&payload).map_err(|error| form(&error))?;
        let spki = STANDARD.decode(&report.signer_spki).map_err(|error| form(&error))?;
        let key = PublicKey::from_spki(&spki).map_err(|error| form(&error))?;
        let signed = STANDARD.decode(&one.sig).map_err(|error| form(&error))?;
        if one.keyid != hex::encode(key.id().as_bytes())
            || key.verify(&pre_authentication(PAYLOAD_TYPE, &payload), &signed).is_err()
        {
            return Err(ReportError::Unsigned);
        }
        report.passed()?;
        Ok((report, key))
    }

    /// Whether it tells of all checks that this kit knows of its version, and none failed.
    fn passed(&self) -> Result<(), ReportError> {
        if self.checks.len() > CHECKS_MAX {
            return Err(ReportError::Form(format!("more than {CHECKS_MAX} checks")));
        }
        for line in &self.checks {
            match Verdict::named(&line.verdict) {
                Some(Verdict::Passed | Verdict::NotApplicable) => {}
                _ => return Err(ReportError::NotPassed(line.name.clone())),
            }
        }
        for check in Check::ALL {
            if self.kit == VERSION && !self.checks.iter().any(|line| line.name == check.name()) {
                return Err(ReportError::NotPassed(check.name().to_owned()));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use barid_proto::key::{Algorithm, FileKey};

    fn report(key: &PublicKey) -> Report {
        let line = |check: Check| CheckLine {
            name: check.name().to_owned(),
            verdict: "passed".to_owned(),
            cases: 7,
        };
        Report {
            kit: VERSION,
            barid: "0.1.0".to_owned(),
            checked_at_unix_ms: 1_764_000_000_000,
            plugin: Checked {
                name: "specimen".to_owned(),
                version: "1.0.0".to_owned(),
                sha256: "ab".repeat(32),
            },
            confinement: Confinement::default(),
            limits: Limits {
                max_input_bytes: 1024,
                max_output_bytes: 1024,
                deadline_ms: 1000,
                max_memory_bytes: 16 << 20,
            },
            seed: 1,
            mutations: 2,
            kinds: Vec::new(),
            checks: Check::ALL.map(line).to_vec(),
            documents: Vec::new(),
            signer_spki: STANDARD.encode(key.spki()),
        }
    }

    fn signed(change: impl FnOnce(&mut Report)) -> Vec<u8> {
        let key = FileKey::generate(Algorithm::EcdsaP256).unwrap();
        let mut report = report(key.public_key());
        change(&mut report);
        report.signed(&key).unwrap()
    }

    fn refused(change: impl FnOnce(&mut Report)) -> ReportError {
        Report::open(&signed(change)).unwrap_err()
    }

    #[test]
    fn what_was_signed_opens() {
        let key = FileKey::generate(Algorithm::Ed25519).unwrap();
        let report = report(key.public_key());
        let (opened, by) = Report::open(&report.signed(&key).unwrap()).unwrap();
        assert_eq!(opened, report);
        assert_eq!(by, *key.public_key());
    }

    #[test]
    fn what_was_changed_or_signed_by_another_does_not() {
        let bytes = signed(|_| {});
        let mut envelope: Dsse = serde_json::from_slice(&bytes).unwrap();
        let payload = STANDARD.decode(&envelope.payload).unwrap();
        let text = String::from_utf8(payload).unwrap();
        let changed = text.replace("\"cases\":7", "\"cases\":9");
        assert_ne!(changed, text);
        envelope.payload = STANDARD.encode(changed);
        let bytes = serde_json::to_vec(&envelope).unwrap();
        assert_eq!(Report::open(&bytes), Err(ReportError::Unsigned));

        let [one, other] = [1, 2].map(|_| FileKey::generate(Algorithm::EcdsaP256).unwrap());
        let bytes = report(one.public_key()).signed(&other).unwrap();
        assert_eq!(Report::open(&bytes), Err(ReportError::Unsigned));
    }

    #[test]
    fn what_does_not_say_that_all_passed_is_refused() {
        let failed = |report: &mut Report| report.checks[3].verdict = "failed".to_owned();
        assert_eq!(refused(failed), ReportError::NotPassed("deterministic".to_owned()));
        let missing = |report: &mut Report| report.checks.truncate(11);
        assert_eq!(refused(missing), ReportError::NotPassed("confined".to_owned()));
        assert!(matches!(refused(|one| one.signer_spki.clear()), ReportError::Form(_)));
        assert!(matches!(Report::open(b"{}"), Err(ReportError::Form(_))));
    }
}
