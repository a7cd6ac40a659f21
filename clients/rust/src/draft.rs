//! A filing in the making: what a person knows before numbers, links and signatures are given.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use barid_proto::chunk::{self, ChunkList, DocumentHasher, DocumentHashes};
use barid_proto::v1::{
    Address, CaseReference, Confidentiality, DataClass, EnvelopeBody, EnvelopeReference, Exhibit,
    FilingContent, FilingKind, KeyWrap, LeadDocument, Officer, PaperKind, Redaction,
    SeenCheckpoint, Stamp, Text,
};
use bytes::Bytes;

use crate::error::LocalError;
use crate::outbox::BLOCK_BYTES;
use crate::source::{self, NoRandomness, Source};

/// The bytes of a document and their digest.
#[derive(Debug, Clone)]
pub struct HashedDocument {
    /// SHA-256 of the bytes.
    pub sha256: [u8; 32],
    /// Length in bytes.
    pub size_bytes: u64,
    /// The hashes of its chunks, by which a transfer is compared.
    pub chunks: ChunkList,
    /// Where the bytes are.
    pub bytes: ByteSource,
}

/// Where the bytes of a document are.
#[derive(Debug, Clone)]
pub enum ByteSource {
    /// In memory.
    InMemory(Bytes),
    /// At a path.
    At(PathBuf),
}

impl HashedDocument {
    /// A document that is in memory.
    #[must_use]
    pub fn in_memory(bytes: impl Into<Bytes>) -> Self {
        let bytes = bytes.into();
        Self::of(chunk::hashes_of(&bytes), ByteSource::InMemory(bytes))
    }

    /// A document at a path, of any size; its bytes are hashed block by block.
    ///
    /// # Errors
    /// [`LocalError::Disk`], and [`LocalError::Content`] for an empty one.
    pub fn at(path: &Path) -> Result<Self, LocalError> {
        Self::at_telling(path, &mut |_| {})
    }

    /// As [`HashedDocument::at`]; `progress` is told after each block how many bytes are done.
    ///
    /// # Errors
    /// As [`HashedDocument::at`].
    pub fn at_telling(path: &Path, progress: &mut dyn FnMut(u64)) -> Result<Self, LocalError> {
        let mut file = File::open(path).map_err(LocalError::at(path))?;
        let mut hasher = DocumentHasher::default();
        let mut block = vec![0; BLOCK_BYTES];
        loop {
            let read = file.read(&mut block).map_err(LocalError::at(path))?;
            let Some(part) = block.get(..read).filter(|part| !part.is_empty()) else { break };
            hasher.update(part);
            progress(hasher.size());
        }
        if hasher.size() == 0 {
            return Err(LocalError::content(path, "it is empty"));
        }
        Ok(Self::of(hasher.finish(), ByteSource::At(path.to_owned())))
    }

    pub(crate) fn of(hashes: DocumentHashes, bytes: ByteSource) -> Self {
        let DocumentHashes { sha256, size, chunks } = hashes;
        Self { sha256, size_bytes: size, chunks, bytes }
    }
}

/// What a filing is to be. Every field that is not set keeps its neutral value.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    body: EnvelopeBody,
    documents: Vec<HashedDocument>,
}

impl Draft {
    /// A filing of `kind`: for the parties of its case, about a live dispute.
    #[must_use]
    pub fn new(kind: FilingKind) -> Self {
        let body = EnvelopeBody {
            kind: kind.into(),
            confidentiality: Confidentiality::Parties.into(),
            data_class: DataClass::Live.into(),
            case: Some(CaseReference::default()),
            ..EnvelopeBody::default()
        };
        Self { body, documents: Vec::new() }
    }

    /// Ready-made content; a filing has this or a lead document that a format reads.
    #[must_use]
    pub fn content(mut self, content: FilingContent) -> Self {
        self.body.content = Some(content);
        self
    }

    /// Addresses it to one more office; twice is once.
    #[must_use]
    pub fn to(mut self, institution: &str, office: &str) -> Self {
        let (institution, office) = (institution.to_owned(), office.to_owned());
        self.body.recipients.push(Address { institution, office });
        self
    }

    /// The case it belongs to. The default opens a new case.
    #[must_use]
    pub fn case(mut self, case: CaseReference) -> Self {
        self.body.case = Some(case);
        self
    }

    /// It is part of no case: a key event, a calendar.
    #[must_use]
    pub fn without_case(mut self) -> Self {
        self.body.case = None;
        self
    }

    /// The envelope it answers.
    #[must_use]
    pub fn in_reply_to(mut self, digest: [u8; 32], leaf_index: u64) -> Self {
        self.body.in_reply_to = Some(EnvelopeReference { digest: digest.to_vec(), leaf_index });
        self
    }

    /// The envelope that caused it.
    #[must_use]
    pub fn caused_by(mut self, envelope_id: [u8; 16]) -> Self {
        self.body.causation_id = envelope_id.to_vec();
        self
    }

    /// The document that is the point of the filing, in its sender's own format.
    #[must_use]
    pub fn lead(
        mut self,
        format: &str,
        name: &str,
        media_type: &str,
        document: HashedDocument,
    ) -> Self {
        self.body.lead = Some(LeadDocument {
            format: format.to_owned(),
            name: name.to_owned(),
            media_type: media_type.to_owned(),
            size_bytes: document.size_bytes,
            sha256: document.sha256.to_vec(),
            chunk_root: document.chunks.root().to_vec(),
        });
        self.documents.push(document);
        self
    }

    /// A document in its support. Number (`E1`, `E2` …), digest and length are filled in when
    /// `described` leaves them empty.
    #[must_use]
    pub fn exhibit(mut self, described: Exhibit, document: HashedDocument) -> Self {
        let mut exhibit = described;
        if exhibit.number.is_empty() {
            exhibit.number = format!("E{}", self.body.exhibits.len() + 1);
        }
        exhibit.size_bytes = document.size_bytes;
        exhibit.sha256 = document.sha256.to_vec();
        exhibit.chunk_root = document.chunks.root().to_vec();
        self.body.exhibits.push(exhibit);
        self.documents.push(document);
        self
    }

    /// A document in its support, at a path: the name is its title.
    ///
    /// # Errors
    /// [`LocalError::Disk`], [`LocalError::Content`].
    pub fn exhibit_at(self, path: &Path) -> Result<Self, LocalError> {
        let title = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        let paper_kind = PaperKind::Unspecified.into();
        let media_type = media_type(path).to_owned();
        let described = Exhibit { title, media_type, paper_kind, ..Exhibit::default() };
        Ok(self.exhibit(described, HashedDocument::at(path)?))
    }

    /// A redacted version of another document, at a path: the digest of the original, and what was
    /// taken out of it.
    ///
    /// # Errors
    /// [`LocalError::Disk`], [`LocalError::Content`].
    pub fn redacted_at(
        self,
        path: &Path,
        original: [u8; 32],
        what: Text,
    ) -> Result<Self, LocalError> {
        let mut draft = self.exhibit_at(path)?;
        let redaction = Redaction { original_sha256: original.to_vec(), what: Some(what) };
        if let Some(exhibit) = draft.body.exhibits.last_mut() {
            exhibit.redaction = Some(redaction);
        }
        Ok(draft)
    }

    /// To whom it is addressed so far, each once.
    #[must_use]
    pub fn recipients(&self) -> Vec<Address> {
        let mut recipients: Vec<Address> = Vec::new();
        for recipient in &self.body.recipients {
            if !recipients.contains(recipient) {
                recipients.push(recipient.clone());
            }
        }
        recipients
    }

    /// The keys of its sealed exhibits.
    #[must_use]
    pub fn wraps(mut self, wraps: Vec<KeyWrap>) -> Self {
        self.body.wraps = wraps;
        self
    }

    /// The stamp of the first office that the paper reached.
    #[must_use]
    pub fn stamp(mut self, stamp: Stamp) -> Self {
        self.body.stamp = Some(stamp);
        self
    }

    /// Who may read it.
    #[must_use]
    pub fn confidentiality(mut self, confidentiality: Confidentiality) -> Self {
        self.body.confidentiality = confidentiality.into();
        self
    }

    /// What class of data it is.
    #[must_use]
    pub fn data_class(mut self, data_class: DataClass) -> Self {
        self.body.data_class = data_class.into();
        self
    }

    /// The procedure, rule set and election event; empty leaves each to the case.
    #[must_use]
    pub fn under(mut self, procedure: &str, rule_set: &str, election_event: &str) -> Self {
        procedure.clone_into(&mut self.body.procedure_id);
        rule_set.clone_into(&mut self.body.rule_set_id);
        election_event.clone_into(&mut self.body.election_event_id);
        self
    }

    /// BCP 47 tags of the languages that are present.
    #[must_use]
    pub fn languages<L: Into<String>>(mut self, tags: impl IntoIterator<Item = L>) -> Self {
        self.body.languages = tags.into_iter().map(Into::into).collect();
        self
    }

    /// Instants that bound it, as milliseconds since 1970; 0: none. After `not_after` the hub must
    /// not accept it; by `receipt_by` the sender needs the recipients' acknowledgement.
    #[must_use]
    pub fn times(mut self, not_after_unix_ms: i64, receipt_by_unix_ms: i64) -> Self {
        self.body.not_after_unix_ms = not_after_unix_ms;
        self.body.receipt_required_by_unix_ms = receipt_by_unix_ms;
        self
    }

    /// Its identifier, chosen beforehand: whoever notes it before the filing is signed finds it
    /// again after a crash. It must never have been used. By default one is made when it is signed.
    #[must_use]
    pub fn envelope_id(mut self, id: [u8; 16]) -> Self {
        self.body.envelope_id = id.to_vec();
        self
    }

    /// Fills in who sends, when, and what must never repeat. What depends on the chain (hub,
    /// sequence, previous digest, signers) is the outbox's to fill in.
    ///
    /// # Errors
    /// [`NoRandomness`].
    pub fn complete(
        self,
        sender: &Address,
        officer: Option<&Officer>,
        seen: Option<SeenCheckpoint>,
        source: &dyn Source,
    ) -> Result<(EnvelopeBody, Vec<HashedDocument>), NoRandomness> {
        let mut body = self.body;
        if body.envelope_id.is_empty() {
            body.envelope_id = source::envelope_id(source)?.to_vec();
        }
        body.nonce = source::nonce(source)?.to_vec();
        body.created_at_unix_ms = source.now_ms();
        body.sender = Some(sender.clone());
        body.officer = officer.cloned();
        body.last_seen = seen;
        let key = |address: &Address| (address.institution.clone(), address.office.clone());
        body.recipients.sort_by_key(key);
        body.recipients.dedup();
        body.languages.sort();
        body.languages.dedup();
        Ok((body, self.documents))
    }
}

/// The media type that the name of a document suggests: what a sender claims. Formats look at the
/// bytes.
#[must_use]
pub fn media_type(path: &Path) -> &'static str {
    let extension = path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase());
    match extension.as_deref() {
        Some("json") => "application/json",
        Some("xml" | "akn") => "application/xml",
        Some("csv") => "text/csv",
        Some("txt") => "text/plain",
        Some("html") => "text/html",
        Some("pdf") => "application/pdf",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("png") => "image/png",
        Some("tif" | "tiff") => "image/tiff",
        Some("mp4") => "video/mp4",
        Some("xlsx") => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        Some("docx") => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        Some("doc") => "application/msword",
        Some("odt") => "application/vnd.oasis.opendocument.text",
        Some("heic") => "image/heic",
        Some("djvu") => "image/vnd.djvu",
        Some("mov") => "video/quicktime",
        Some("3gp") => "video/3gpp",
        Some("mp3") => "audio/mpeg",
        Some("wav") => "audio/x-wav",
        Some("m4a") => "audio/mp4",
        Some("zip") => "application/zip",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Machine;
    use sha2::{Digest as _, Sha256};

    fn complete(draft: Draft) -> (EnvelopeBody, Vec<HashedDocument>) {
        let sender = Address { institution: "ihec".into(), office: "geo-bas".into() };
        draft.complete(&sender, None, None, &Machine).unwrap()
    }

    #[test]
    fn recipients_and_languages_are_sorted_and_given_once() {
        let draft = Draft::new(FilingKind::AppealFiled)
            .to("ihec", "national")
            .to("ejp", "registry")
            .to("ihec", "national")
            .languages(["ckb", "ar", "ckb"]);
        let (body, _) = complete(draft);
        let recipients: Vec<_> =
            body.recipients.iter().map(|a| format!("{}/{}", a.institution, a.office)).collect();
        assert_eq!(recipients, ["ejp/registry", "ihec/national"]);
        assert_eq!(body.languages, ["ar", "ckb"]);
        assert_eq!((body.envelope_id.len(), body.nonce.len()), (16, 32));
    }

    #[test]
    fn exhibits_are_numbered_and_hashed_from_their_paths() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("صورة.jpg");
        // Longer than one block, so that hashing goes on where it stopped.
        let bytes = vec![7; BLOCK_BYTES + 3];
        std::fs::write(&path, &bytes).unwrap();
        let draft = Draft::new(FilingKind::AppealFiled).exhibit_at(&path).unwrap();
        let (body, documents) = complete(draft.exhibit_at(&path).unwrap());
        let [first, second] = body.exhibits.as_slice() else { panic!("two exhibits") };
        assert_eq!((first.number.as_str(), second.number.as_str()), ("E1", "E2"));
        assert_eq!(first.title, "صورة.jpg");
        assert_eq!(first.media_type, "image/jpeg");
        assert_eq!(first.sha256, Sha256::digest(&bytes).as_slice());
        assert_eq!(first.chunk_root, chunk::hashes_of(&bytes).chunks.root());
        assert_eq!(first.size_bytes, bytes.len() as u64);
        assert_eq!(documents.len(), 2);
    }

    #[test]
    fn an_empty_document_is_refused_here_already() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("empty.pdf");
        std::fs::write(&path, []).unwrap();
        assert!(matches!(HashedDocument::at(&path), Err(LocalError::Content { .. })));
    }
}
