//! `NAME.barid`: filings with everything that is needed to check them without the hub.
//!
//! A bundle is a ZIP file that any program opens, in one form only (see [`zip`]): stored, nothing
//! compressed. Its entries come in this order, and none is optional unless it says so:
//!
//! ```text
//! README.txt                        what this is, in Arabic and English; proves nothing
//! format.txt                        "barid-bundle/v1" and a newline
//! filings/00001/envelope.bin        the SignedEnvelope, its one serialisation
//! filings/00001/receipt.tlog-proof  its receipt, C2SP tlog-proof; its `extra` completes the leaf
//! filings/00001/signer-1.der        SubjectPublicKeyInfo of each signer, 1 to 4, in their order
//! filings/00001/assessment.bin      optional: the FilingAssessment whose leaf is the next one
//! filings/00001/assessment.path     with it: its inclusion path in the tree of the receipt
//! filings/00001/statements/001.bin  optional: a HubStatement about the filing
//! filings/00001/statements/001.tlog-proof     with it: its receipt
//! filings/00001/before.checkpoint   optional: the newest cosigned checkpoint without this leaf
//! filings/00001/before.path         with it: proof that the receipt's tree continues it
//! filings/00002/…                   the next filing
//! keys/00001/…                      optional: key events, in the order of the log, each with its
//!                                   envelope.bin, receipt.tlog-proof and signer-N.der
//! clock/00001/…                     optional: filings of time-stamp tokens, likewise
//! law/00001/…                       optional: filings that count beyond their own case and on
//!                                   which assessments here rest, such as calendars; in the order
//!                                   of the log, each with its envelope.bin, receipt.tlog-proof and
//!                                   signer-N.der
//! law/00001/assessment.bin          optional: when a format read its content, the FilingAssessment
//! law/00001/assessment.path         with it: as above
//! outages/001.bin                   optional: HubStatements of outages on which assessments rest,
//!                                   in the order of the log
//! outages/001.tlog-proof            with it: its receipt
//! crl/01.der                        optional: revocation lists of the certificates
//! policy.txt                        optional: a C2SP tlog-policy, to be read and never trusted
//! documents.sha256                  digests of all documents that these filings and those under
//!                                   law/ name, in order, as `sha256sum --check` reads them
//! documents/<SHA-256>               the documents themselves, as far as they are here, in order
//! ```
//!
//! Numbers begin at 1 and have no gaps. Paths are hashes of 32 bytes, one behind the other. What is
//! read is exactly what writing it again gives, byte for byte: two readers cannot see two bundles.
//! That a bundle reads says nothing about what it proves: see [`verify`](crate::verify).
//!
//! `law/` and `outages/` came later than the rest, and the version stayed: nothing that was there
//! means anything else. A program from before them refuses a bundle with such a folder, as it
//! refuses whatever it does not know, instead of passing over what a deadline rests on; one without
//! them it reads as ever. Every program reads every older bundle.

mod read;
mod readme;
mod write;
pub mod zip;

pub use read::MEMORY_MAX;
pub use readme::readme;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use barid_proto::envelope;
use barid_proto::rules::TEXT_MAX_BYTES;
use barid_proto::tlog::Hash;
use barid_proto::v1::filing_content::Content;
use barid_proto::v1::{
    EnvelopeBody, FilingAssessment, SealedFiling, SealedStatement, SignedEnvelope,
};
use prost::Message as _;

use crate::hex;
use zip::ZipError;

/// What `format.txt` holds.
const FORMAT: &[u8] = b"barid-bundle/v1\n";
/// The most filings, key events, time-stamp tokens and filings of general effect, of each: numbers
/// have five digits, and a ZIP has room for 65,534 entries.
pub(crate) const FILINGS_MAX: usize = 9_999;
/// The most statements about one filing: each of 64 recipients fetches it or stays silent, and
/// some of that twice.
const STATEMENTS_MAX: usize = 256;
/// The most outages: what the hub counts, one a day in a year.
const OUTAGES_MAX: usize = 366;
/// The most revocation lists.
const CRLS_MAX: usize = 16;
/// The longest content that comes as a lead document: what the hub takes.
const CONTENT_MAX: u64 = 16 * 1024 * 1024;
/// The format of a lead document that is the content itself, serialised.
const READY_MADE: &str = "barid/filing+protobuf";

/// Filings and what proves them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Bundle {
    /// What stands in `README.txt`.
    pub readme: String,
    /// The filings.
    pub filings: Vec<Evidence>,
    /// Key events: whose the signers' keys are. In the order of the log.
    pub keys: Vec<SealedEnvelope>,
    /// Filings of time-stamp tokens.
    pub clocks: Vec<SealedEnvelope>,
    /// Filings that count beyond their own case and on which assessments rest. In the order of the
    /// log.
    pub law: Vec<LawEvidence>,
    /// Outages that the hub stated and on which assessments rest. In the order of the log.
    pub outages: Vec<StatementEvidence>,
    /// Certificate revocation lists, DER.
    pub crls: Vec<Vec<u8>>,
    /// A copy of a policy, for people. Empty: none.
    pub policy: String,
    /// Documents, by ascending name.
    pub documents: Vec<NamedDocument>,
}

/// An envelope and its place in the log.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SealedEnvelope {
    /// The envelope as it was sent.
    pub envelope: SignedEnvelope,
    /// The receipt: C2SP tlog-proof text.
    pub receipt: Vec<u8>,
    /// SubjectPublicKeyInfo of each signer, in the order of the envelope.
    pub signer_spkis: Vec<Vec<u8>>,
}

/// A filing with what the hub added to it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Evidence {
    /// The filing itself.
    pub sealed: SealedEnvelope,
    /// Reading and assessments.
    pub assessment: Option<AssessmentEvidence>,
    /// What the hub stated about it.
    pub statements: Vec<StatementEvidence>,
    /// The newest cosigned checkpoint that does not cover it.
    pub before: Option<Bracket>,
}

/// A filing that counts beyond its own case: a calendar, a publication, a rule set.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LawEvidence {
    /// The filing itself.
    pub sealed: SealedEnvelope,
    /// Its reading, when a format read its content.
    pub assessment: Option<AssessmentEvidence>,
}

/// Reading and assessments of a filing, with their place in the log.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AssessmentEvidence {
    /// The serialised `FilingAssessment`.
    pub bytes: Vec<u8>,
    /// Inclusion path of its leaf in the tree of the filing's receipt. Empty: not proven.
    pub path: Vec<Hash>,
}

/// A statement of the hub with its receipt.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct StatementEvidence {
    /// The serialised `HubStatement`.
    pub bytes: Vec<u8>,
    /// The receipt: C2SP tlog-proof text.
    pub receipt: Vec<u8>,
}

/// A checkpoint from before a filing.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Bracket {
    /// The signed note.
    pub note: Vec<u8>,
    /// Proof that the tree of the filing's receipt continues it.
    pub path: Vec<Hash>,
}

/// A document in a bundle.
#[derive(Debug, Clone, PartialEq)]
pub struct NamedDocument {
    /// The digest under which it stands there.
    pub name: Hash,
    /// The digest that its bytes have.
    pub found: Hash,
    /// Its length.
    pub size: u64,
    /// Where its bytes are.
    pub bytes: DocumentBytes,
}

/// Where the bytes of a document are.
#[derive(Debug, Clone, PartialEq)]
pub enum DocumentBytes {
    /// Here.
    Memory(Vec<u8>),
    /// In a file of its own, to be written into a bundle.
    Disk(PathBuf),
    /// In the bundle that was read, and passed by.
    Passed,
}

/// Why bytes are not a bundle, or a bundle cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum BundleError {
    /// The file is not a ZIP in the one form.
    #[error(transparent)]
    Zip(#[from] ZipError),
    /// It is of another version.
    #[error("not a bundle of version 1")]
    Version,
    /// An entry is missing here.
    #[error("{wanted:?} is missing: {found} stands in its place")]
    Missing {
        /// Its name.
        wanted: String,
        /// What is there instead.
        found: String,
    },
    /// An entry that no bundle has, or not in this place.
    #[error("{0:?} does not belong here")]
    Unexpected(String),
    /// An entry holds something else than it should.
    #[error("{name:?}: {why}")]
    Content {
        /// Its name.
        name: String,
        /// What is wrong.
        why: String,
    },
    /// Everything but the documents is together longer than [`MEMORY_MAX`].
    #[error("without its documents it has more than {MEMORY_MAX} bytes")]
    TooLong,
    /// More of something than a bundle holds.
    #[error("{what}: {given}, and a bundle holds at most {max}")]
    TooMany {
        /// Of what.
        what: &'static str,
        /// How many there are.
        given: usize,
        /// How many there may be.
        max: usize,
    },
}

impl Bundle {
    /// A bundle of these filings, with a README about them.
    #[must_use]
    pub fn of(filings: Vec<Evidence>) -> Self {
        let readme = readme(&filings);
        Self { readme, filings, ..Self::default() }
    }

    /// The digests of all documents that the filings name, those of general effect among them, each
    /// once, ascending.
    #[must_use]
    pub fn named_documents(&self) -> BTreeSet<Hash> {
        self.sealed().flat_map(|(sealed, _)| named_in(&sealed.envelope)).collect()
    }

    /// The sealed exhibits that the filings name.
    #[must_use]
    pub fn sealed_exhibits(&self) -> BTreeSet<Hash> {
        let bodies = self
            .filings
            .iter()
            .filter_map(|filing| envelope::decode_body(&filing.sealed.envelope.body).ok());
        let exhibits = bodies.flat_map(|body| body.exhibits);
        let sealed = exhibits.filter(|exhibit| exhibit.sealed.is_some());
        sealed.filter_map(|exhibit| exhibit.sha256.as_slice().try_into().ok()).collect()
    }

    /// The documents that a verifier reads itself, with the most bytes that it takes of each: texts
    /// of rule sets that are published here, and contents that came as lead documents.
    fn read_documents(&self) -> BTreeMap<Hash, u64> {
        let texts = self.rule_sets().into_iter().map(|digest| (digest, TEXT_MAX_BYTES as u64));
        let contents = self.sealed().filter_map(|(sealed, _)| {
            let body = envelope::decode_body(&sealed.envelope.body).ok()?;
            Some((ready_made(&body)?, CONTENT_MAX))
        });
        texts.chain(contents).collect()
    }

    /// The digests of the texts of rule sets that are published here.
    pub(crate) fn rule_sets(&self) -> BTreeSet<Hash> {
        let published = |(sealed, added): (&SealedEnvelope, Option<&AssessmentEvidence>)| {
            let body = envelope::decode_body(&sealed.envelope.body).ok()?;
            let added = added.and_then(|it| FilingAssessment::decode(it.bytes.as_slice()).ok());
            match content(&body, added.as_ref())? {
                Content::RuleSetPublished(set) => set.sha256.as_slice().try_into().ok(),
                _ => None,
            }
        };
        self.sealed().filter_map(published).collect()
    }

    /// All filings, those beyond the case among them, with what the hub added.
    fn sealed(&self) -> impl Iterator<Item = (&SealedEnvelope, Option<&AssessmentEvidence>)> {
        let filings = self.filings.iter();
        let filings = filings.map(|filing| (&filing.sealed, filing.assessment.as_ref()));
        let law = self.law.iter().map(|filing| (&filing.sealed, filing.assessment.as_ref()));
        filings.chain(law)
    }

    /// What `documents.sha256` holds.
    fn document_list(&self) -> String {
        let line = |name: &Hash| {
            let name = hex::encode(name);
            format!("{name}  documents/{name}\n")
        };
        self.named_documents().iter().map(line).collect()
    }
}

/// Documents that an envelope names; none when it cannot be read, which is for the verifier to say.
fn named_in(envelope: &SignedEnvelope) -> Vec<Hash> {
    let Ok(body) = envelope::decode_body(&envelope.body) else { return Vec::new() };
    let lead = body.lead.iter().map(|lead| &lead.sha256);
    let all = lead.chain(body.exhibits.iter().map(|exhibit| &exhibit.sha256));
    all.filter_map(|digest| digest.as_slice().try_into().ok()).collect()
}

/// The digest of the lead document when that is the content itself, serialised.
pub(crate) fn ready_made(body: &EnvelopeBody) -> Option<Hash> {
    let lead = body.lead.as_ref().filter(|lead| lead.format == READY_MADE)?;
    lead.sha256.as_slice().try_into().ok().filter(|_| body.content.is_none())
}

/// What a filing says: ready-made in its envelope, or as a format read it.
pub(crate) fn content<'a>(
    body: &'a EnvelopeBody,
    read: Option<&'a FilingAssessment>,
) -> Option<&'a Content> {
    let reading = || read?.reading.as_ref()?.content.as_ref();
    body.content.as_ref().or_else(reading)?.content.as_ref()
}

impl From<SealedFiling> for Bundle {
    fn from(filing: SealedFiling) -> Self {
        Self::of(vec![filing.into()])
    }
}

impl From<SealedFiling> for SealedEnvelope {
    fn from(filing: SealedFiling) -> Self {
        Self {
            envelope: filing.envelope.unwrap_or_default(),
            receipt: filing.receipt.unwrap_or_default().tlog_proof,
            signer_spkis: filing.signer_spkis,
        }
    }
}

impl From<SealedFiling> for Evidence {
    fn from(mut filing: SealedFiling) -> Self {
        let path = std::mem::take(&mut filing.assessment_path);
        // A path with something in it that is no hash proves nothing, and neither does none.
        let path = path.iter().map(|hash| hash.as_slice().try_into().ok()).collect::<Option<_>>();
        let bytes = filing.assessment.to_vec();
        let assessment = (!bytes.is_empty())
            .then(|| AssessmentEvidence { bytes, path: path.unwrap_or_default() });
        Self { sealed: filing.into(), assessment, ..Self::default() }
    }
}

impl From<Evidence> for LawEvidence {
    /// Assessments of it are not needed, and its reading only when there is one.
    fn from(filing: Evidence) -> Self {
        let read = |bytes: &[u8]| {
            FilingAssessment::decode(bytes).is_ok_and(|added| added.reading.is_some())
        };
        let assessment = filing.assessment.filter(|added| read(&added.bytes));
        Self { sealed: filing.sealed, assessment }
    }
}

impl From<SealedStatement> for StatementEvidence {
    fn from(sealed: SealedStatement) -> Self {
        let receipt = sealed.receipt.unwrap_or_default().tlog_proof;
        Self { bytes: sealed.statement.to_vec(), receipt }
    }
}

#[cfg(test)]
mod tests;
