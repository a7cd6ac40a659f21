//! From a bundle to its bytes.

use std::fs::File;
use std::io::{Read, Write};
use std::path::Path;

use prost::Message as _;
use sha2::{Digest as _, Sha256};

use super::zip::{ZipError, ZipWriter};
use super::{
    AssessmentEvidence, CRLS_MAX, DocumentBytes, Evidence, FILINGS_MAX, FORMAT, NamedDocument,
    OUTAGES_MAX, STATEMENTS_MAX, SealedEnvelope, StatementEvidence,
};
use super::{Bundle, BundleError};
use crate::hex;

impl Bundle {
    /// The bundle in memory: for one without large documents.
    ///
    /// # Errors
    /// As [`Bundle::write`].
    pub fn encode(&self) -> Result<Vec<u8>, BundleError> {
        self.write(Vec::new())
    }

    /// Writes the bundle. Documents on the disk are read twice, piece by piece: their length and
    /// checksum stand before them.
    ///
    /// # Errors
    /// [`BundleError::TooMany`]; [`BundleError::Zip`] when writing fails or it is too much for a
    /// ZIP; [`BundleError::Content`] for a document whose bytes are not those of its name.
    pub fn write<W: Write>(&self, out: W) -> Result<W, BundleError> {
        self.check_counts()?;
        let mut zip = ZipWriter::new(out);
        zip.add("README.txt", self.readme.as_bytes())?;
        zip.add("format.txt", FORMAT)?;
        for (number, filing) in (1..).zip(&self.filings) {
            put_evidence(&mut zip, &format!("filings/{number:05}"), filing)?;
        }
        for (number, event) in (1..).zip(&self.keys) {
            put_sealed(&mut zip, &format!("keys/{number:05}"), event)?;
        }
        for (number, token) in (1..).zip(&self.clocks) {
            put_sealed(&mut zip, &format!("clock/{number:05}"), token)?;
        }
        for (number, filing) in (1..).zip(&self.law) {
            let folder = format!("law/{number:05}");
            put_sealed(&mut zip, &folder, &filing.sealed)?;
            put_assessment(&mut zip, &folder, filing.assessment.as_ref())?;
        }
        put_statements(&mut zip, "outages", &self.outages)?;
        for (number, list) in (1..).zip(&self.crls) {
            zip.add(&format!("crl/{number:02}.der"), list)?;
        }
        if !self.policy.is_empty() {
            zip.add("policy.txt", self.policy.as_bytes())?;
        }
        zip.add("documents.sha256", self.document_list().as_bytes())?;
        for given in &self.documents {
            put_document(&mut zip, given)?;
        }
        Ok(zip.finish()?)
    }

    fn check_counts(&self) -> Result<(), BundleError> {
        let statements = self.filings.iter().map(|filing| filing.statements.len()).max();
        let signers = |sealed: &SealedEnvelope| sealed.signer_spkis.len();
        let filings = self.filings.iter().map(|filing| &filing.sealed);
        let law = self.law.iter().map(|filing| &filing.sealed);
        let all = filings.chain(&self.keys).chain(&self.clocks).chain(law);
        let counts = [
            ("filings", self.filings.len(), FILINGS_MAX),
            ("key events", self.keys.len(), FILINGS_MAX),
            ("time-stamp tokens", self.clocks.len(), FILINGS_MAX),
            ("filings of general effect", self.law.len(), FILINGS_MAX),
            ("outages", self.outages.len(), OUTAGES_MAX),
            ("revocation lists", self.crls.len(), CRLS_MAX),
            ("statements about one filing", statements.unwrap_or(0), STATEMENTS_MAX),
            ("signers", all.map(signers).max().unwrap_or(0), super::read::SIGNERS_MAX),
        ];
        match counts.into_iter().find(|(_, given, max)| given > max) {
            Some((what, given, max)) => Err(BundleError::TooMany { what, given, max }),
            None => Ok(()),
        }
    }
}

fn put_sealed<W: Write>(
    zip: &mut ZipWriter<W>,
    folder: &str,
    sealed: &SealedEnvelope,
) -> Result<(), ZipError> {
    zip.add(&format!("{folder}/envelope.bin"), &sealed.envelope.encode_to_vec())?;
    zip.add(&format!("{folder}/receipt.tlog-proof"), &sealed.receipt)?;
    for (number, spki) in (1..).zip(&sealed.signer_spkis) {
        zip.add(&format!("{folder}/signer-{number}.der"), spki)?;
    }
    Ok(())
}

fn put_assessment<W: Write>(
    zip: &mut ZipWriter<W>,
    folder: &str,
    assessment: Option<&AssessmentEvidence>,
) -> Result<(), ZipError> {
    let Some(assessment) = assessment else { return Ok(()) };
    zip.add(&format!("{folder}/assessment.bin"), &assessment.bytes)?;
    zip.add(&format!("{folder}/assessment.path"), &assessment.path.concat())
}

fn put_statements<W: Write>(
    zip: &mut ZipWriter<W>,
    folder: &str,
    statements: &[StatementEvidence],
) -> Result<(), ZipError> {
    for (number, statement) in (1..).zip(statements) {
        zip.add(&format!("{folder}/{number:03}.bin"), &statement.bytes)?;
        zip.add(&format!("{folder}/{number:03}.tlog-proof"), &statement.receipt)?;
    }
    Ok(())
}

fn put_evidence<W: Write>(
    zip: &mut ZipWriter<W>,
    folder: &str,
    filing: &Evidence,
) -> Result<(), ZipError> {
    put_sealed(zip, folder, &filing.sealed)?;
    put_assessment(zip, folder, filing.assessment.as_ref())?;
    put_statements(zip, &format!("{folder}/statements"), &filing.statements)?;
    if let Some(before) = &filing.before {
        zip.add(&format!("{folder}/before.checkpoint"), &before.note)?;
        zip.add(&format!("{folder}/before.path"), &before.path.concat())?;
    }
    Ok(())
}

fn put_document<W: Write>(
    zip: &mut ZipWriter<W>,
    given: &NamedDocument,
) -> Result<(), BundleError> {
    let name = format!("documents/{}", hex::encode(&given.name));
    match &given.bytes {
        DocumentBytes::Memory(bytes) => Ok(zip.add(&name, bytes)?),
        DocumentBytes::Disk(path) => put_from_disk(zip, name, given, path),
        DocumentBytes::Passed => {
            let why = "its bytes were passed by when the bundle was read".to_owned();
            Err(BundleError::Content { name, why })
        }
    }
}

fn put_from_disk<W: Write>(
    zip: &mut ZipWriter<W>,
    name: String,
    given: &NamedDocument,
    path: &Path,
) -> Result<(), BundleError> {
    /// How much is read at once.
    const CHUNK: usize = 64 * 1024;
    let mut opened = File::open(path).map_err(ZipError::Disk)?;
    let (mut crc, mut digest, mut size) = (crc32fast::Hasher::new(), Sha256::new(), 0);
    let mut chunk = vec![0; CHUNK];
    loop {
        let len = opened.read(&mut chunk).map_err(ZipError::Disk)?;
        let read = chunk.get(..len).unwrap_or_default();
        if read.is_empty() {
            break;
        }
        crc.update(read);
        digest.update(read);
        size += len as u64;
    }
    if <[u8; 32]>::from(digest.finalize()) != given.name {
        let why = format!("{} has another digest", path.display());
        return Err(BundleError::Content { name, why });
    }
    let mut again = File::open(path).map_err(ZipError::Disk)?;
    Ok(zip.add_from(&name, crc.finalize(), size, &mut again)?)
}
