//! From bytes to a bundle, from front to back, each entry in its one place.

use std::collections::BTreeMap;
use std::io::Read;

use barid_proto::envelope::SIGNATURES_MAX;
use barid_proto::tlog::Hash;
use barid_proto::tlog::receipt::MAX_RECEIPT_LEN;
use barid_proto::v1::SignedEnvelope;
use prost::Message as _;
use sha2::{Digest as _, Sha256};

use super::zip::{Heading, ZipReader};
use super::{
    AssessmentEvidence, Bracket, Bundle, BundleError, CRLS_MAX, DocumentBytes, LawEvidence,
    NamedDocument, OUTAGES_MAX,
};
use super::{Evidence, FILINGS_MAX, FORMAT, STATEMENTS_MAX, SealedEnvelope, StatementEvidence};
use crate::hex;

/// The most bytes that are kept in memory: everything but the documents. A case of some thousand
/// filings with post-quantum signatures on every checkpoint fits.
pub const MEMORY_MAX: u64 = 256 * 1024 * 1024;
/// The most signers of an envelope.
pub(super) const SIGNERS_MAX: usize = SIGNATURES_MAX;
/// The longest README.
const README_MAX: u64 = 64 * 1024;
/// The longest envelope: body, names and four post-quantum signatures.
const ENVELOPE_MAX: u64 = 128 * 1024;
/// The longest public key: one of ML-DSA-65 has 1,974 bytes.
const SPKI_MAX: u64 = 4 * 1024;
/// The longest reading with its assessments; the hub's own bound is lower.
const ASSESSMENT_MAX: u64 = 16 * 1024 * 1024;
/// The longest statement: 256 digests and a few words.
const STATEMENT_MAX: u64 = 64 * 1024;
/// The longest path: one hash for each level of a tree with a 64-bit size, and one to begin with.
const PATH_MAX: u64 = 65 * 32;
/// The longest list of revoked certificates.
const CRL_MAX: u64 = 16 * 1024 * 1024;
/// The longest policy and the longest list of documents.
const LIST_MAX: u64 = 64 * 1024 * 1024;

impl Bundle {
    /// Reads a bundle from memory, its documents included.
    ///
    /// # Errors
    /// Any [`BundleError`] but [`BundleError::TooMany`].
    pub fn decode(bytes: &[u8]) -> Result<Self, BundleError> {
        Cursor::new(bytes, true)?.bundle()
    }

    /// Reads a bundle from front to back. Documents are hashed and passed by, whatever their size,
    /// but for those that a verifier reads: texts of rule sets, and contents that came as lead
    /// documents. Of these and of everything else at most [`MEMORY_MAX`] bytes are kept.
    ///
    /// # Errors
    /// Any [`BundleError`] but [`BundleError::TooMany`].
    pub fn read<R: Read>(input: R) -> Result<Self, BundleError> {
        Cursor::new(input, false)?.bundle()
    }
}

/// Walks over the entries, always one heading ahead.
struct Cursor<R> {
    zip: ZipReader<R>,
    ahead: Option<Heading>,
    /// Bytes that may still be kept.
    room: u64,
    keep_documents: bool,
}

impl<R: Read> Cursor<R> {
    fn new(input: R, keep_documents: bool) -> Result<Self, BundleError> {
        let mut zip = ZipReader::new(input);
        let ahead = zip.next_entry()?;
        Ok(Self { zip, ahead, room: MEMORY_MAX, keep_documents })
    }

    fn bundle(mut self) -> Result<Bundle, BundleError> {
        let readme = self.text("README.txt", README_MAX)?;
        if self.must("format.txt", FORMAT.len() as u64)? != FORMAT {
            return Err(BundleError::Version);
        }
        let mut bundle = Bundle { readme, ..Bundle::default() };
        while let Some(folder) = self.folder("filings", 5, bundle.filings.len(), FILINGS_MAX) {
            bundle.filings.push(self.evidence(&folder)?);
        }
        while let Some(folder) = self.folder("keys", 5, bundle.keys.len(), FILINGS_MAX) {
            bundle.keys.push(self.sealed(&folder)?);
        }
        while let Some(folder) = self.folder("clock", 5, bundle.clocks.len(), FILINGS_MAX) {
            bundle.clocks.push(self.sealed(&folder)?);
        }
        while let Some(folder) = self.folder("law", 5, bundle.law.len(), FILINGS_MAX) {
            let sealed = self.sealed(&folder)?;
            bundle.law.push(LawEvidence { sealed, assessment: self.assessment(&folder)? });
        }
        bundle.outages = self.statements("outages", OUTAGES_MAX)?;
        while bundle.crls.len() < CRLS_MAX {
            let name = format!("crl/{:02}.der", bundle.crls.len() + 1);
            let Some(list) = self.may(&name, CRL_MAX)? else { break };
            bundle.crls.push(list);
        }
        if self.is_next("policy.txt") {
            bundle.policy = self.text("policy.txt", LIST_MAX)?;
            if bundle.policy.is_empty() {
                return Err(content("policy.txt", "it is empty"));
            }
        }
        if self.text("documents.sha256", LIST_MAX)? != bundle.document_list() {
            return Err(content("documents.sha256", "it is not the list of what filings name"));
        }
        self.documents(&mut bundle)?;
        match self.ahead {
            Some(heading) => Err(BundleError::Unexpected(heading.name)),
            None => Ok(bundle),
        }
    }

    fn documents(&mut self, bundle: &mut Bundle) -> Result<(), BundleError> {
        let name_of = |heading: &Heading| {
            let name = heading.name.strip_prefix("documents/")?;
            hex::decode::<32>(name).filter(|read| hex::encode(read) == name)
        };
        let wanted = bundle.read_documents();
        while let Some(heading) = self.ahead.clone() {
            let Some(name) = name_of(&heading) else { break };
            if bundle.documents.last().is_some_and(|last| last.name >= name) {
                return Err(BundleError::Unexpected(heading.name));
            }
            let size = u64::from(heading.size);
            let (found, bytes) = if self.keep_documents || self.keeps(&wanted, &name, size) {
                let bytes = self.zip.content(&heading, u64::MAX)?;
                (Sha256::digest(&bytes).into(), DocumentBytes::Memory(bytes))
            } else {
                (self.zip.digest(&heading)?, DocumentBytes::Passed)
            };
            self.ahead = self.zip.next_entry()?;
            bundle.documents.push(NamedDocument { name, found, size, bytes });
        }
        Ok(())
    }

    /// Whether a document is kept: a verifier reads it, it is not too long, and there is room.
    fn keeps(&mut self, wanted: &BTreeMap<Hash, u64>, name: &Hash, size: u64) -> bool {
        let fits = wanted.get(name).is_some_and(|max| size <= *max);
        let left = self.room.checked_sub(size).filter(|_| fits);
        self.room = left.unwrap_or(self.room);
        left.is_some()
    }

    fn assessment(&mut self, folder: &str) -> Result<Option<AssessmentEvidence>, BundleError> {
        let name = format!("{folder}/assessment.bin");
        let Some(bytes) = self.may(&name, ASSESSMENT_MAX)? else { return Ok(None) };
        if bytes.is_empty() {
            return Err(content(&name, "it is empty"));
        }
        let path = self.path(&format!("{folder}/assessment.path"))?;
        Ok(Some(AssessmentEvidence { bytes, path }))
    }

    fn statements(
        &mut self,
        folder: &str,
        max: usize,
    ) -> Result<Vec<StatementEvidence>, BundleError> {
        let mut statements = Vec::new();
        while statements.len() < max {
            let name = format!("{folder}/{:03}", statements.len() + 1);
            let Some(bytes) = self.may(&format!("{name}.bin"), STATEMENT_MAX)? else { break };
            let receipt = self.must(&format!("{name}.tlog-proof"), MAX_RECEIPT_LEN as u64)?;
            statements.push(StatementEvidence { bytes, receipt });
        }
        Ok(statements)
    }

    fn evidence(&mut self, folder: &str) -> Result<Evidence, BundleError> {
        let mut filing = Evidence { sealed: self.sealed(folder)?, ..Evidence::default() };
        filing.assessment = self.assessment(folder)?;
        filing.statements = self.statements(&format!("{folder}/statements"), STATEMENTS_MAX)?;
        let note = self.may(&format!("{folder}/before.checkpoint"), MAX_RECEIPT_LEN as u64)?;
        if let Some(note) = note {
            let path = self.path(&format!("{folder}/before.path"))?;
            filing.before = Some(Bracket { note, path });
        }
        Ok(filing)
    }

    fn sealed(&mut self, folder: &str) -> Result<SealedEnvelope, BundleError> {
        let name = format!("{folder}/envelope.bin");
        let bytes = self.must(&name, ENVELOPE_MAX)?;
        let envelope = SignedEnvelope::decode(bytes.as_slice())
            .map_err(|error| content(&name, &error.to_string()))?;
        if envelope.encode_to_vec() != bytes {
            return Err(content(&name, "these bytes are not their one serialisation"));
        }
        let receipt = self.must(&format!("{folder}/receipt.tlog-proof"), MAX_RECEIPT_LEN as u64)?;
        let mut sealed = SealedEnvelope { envelope, receipt, signer_spkis: Vec::new() };
        while sealed.signer_spkis.len() < SIGNERS_MAX {
            let name = format!("{folder}/signer-{}.der", sealed.signer_spkis.len() + 1);
            let Some(spki) = self.may(&name, SPKI_MAX)? else { break };
            sealed.signer_spkis.push(spki);
        }
        Ok(sealed)
    }

    /// The folder of the next numbered thing, when it begins here.
    fn folder(&self, of: &str, digits: usize, had: usize, max: usize) -> Option<String> {
        let folder = format!("{of}/{:0digits$}", had + 1);
        (had < max && self.is_next(&format!("{folder}/envelope.bin"))).then_some(folder)
    }

    fn is_next(&self, name: &str) -> bool {
        self.ahead.as_ref().is_some_and(|heading| heading.name == name)
    }

    fn may(&mut self, name: &str, max: u64) -> Result<Option<Vec<u8>>, BundleError> {
        if self.is_next(name) { self.must(name, max).map(Some) } else { Ok(None) }
    }

    fn must(&mut self, name: &str, max: u64) -> Result<Vec<u8>, BundleError> {
        let found = match self.ahead.take() {
            Some(heading) if heading.name == name => heading,
            other => {
                let found = other.map_or_else(|| "the end".to_owned(), |heading| heading.name);
                return Err(BundleError::Missing { wanted: name.to_owned(), found });
            }
        };
        self.room = self.room.checked_sub(u64::from(found.size)).ok_or(BundleError::TooLong)?;
        let bytes = self.zip.content(&found, max)?;
        self.ahead = self.zip.next_entry()?;
        Ok(bytes)
    }

    fn text(&mut self, name: &str, max: u64) -> Result<String, BundleError> {
        let bytes = self.must(name, max)?;
        String::from_utf8(bytes).map_err(|_| content(name, "it is not UTF-8"))
    }

    fn path(&mut self, name: &str) -> Result<Vec<Hash>, BundleError> {
        let bytes = self.must(name, PATH_MAX)?;
        match bytes.as_chunks() {
            (hashes, []) => Ok(hashes.to_vec()),
            _ => Err(content(name, "its length is no multiple of 32")),
        }
    }
}

fn content(name: &str, why: &str) -> BundleError {
    BundleError::Content { name: name.to_owned(), why: why.to_owned() }
}
