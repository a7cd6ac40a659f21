//! Step 3, understand: the content came ready-made, or the sender's format reads it out of the lead
//! document. The reading is kept with the plugin that made it.

use barid_proto::v1::{self, FilingContent, Reading, Reason};
use prost::encoding::{DecodeContext, WireType, decode_key, decode_varint, skip_field};
use prost::{DecodeError, Message as _};

use super::look::Looked;
use super::recognise::Recognised;
use super::{Crafts, Hub};
use crate::error::{Error, Fault, Refusal};
use crate::format::{Fault as Blame, FormatError};
use crate::model::content;
use crate::model::filing::{Filing, Lead};
use crate::model::id::{DocumentDigest, InstitutionId, OfficeAddress};
use crate::model::place::Checker;
use crate::store::Reader;

/// The format of documents that are a serialised [`FilingContent`] themselves. Needs no plugin.
pub(super) const READY_MADE_FORMAT: &str = "barid/filing+protobuf";

/// Longest document that a format reads. Longer ones travel as exhibits.
pub(super) const LEAD_MAX_BYTES: u64 = 16 * 1024 * 1024;

/// Most fields directly within a ready-made content: twice the rows of the longest register that is
/// taken.
const FIELDS_MAX: usize = 2 * 65_536;

/// What a filing says.
pub(super) struct Understood {
    /// Its content.
    pub(super) content: FilingContent,
    /// Which format read it, and what was doubtful. `None`: it came ready-made.
    pub(super) reading: Option<Reading>,
    /// What its documents are by their bytes; none before they are looked at.
    pub(super) looked: Vec<Looked>,
}

impl Hub {
    /// Makes the documents that came within the request durable, so that the filing may name them.
    pub(super) async fn keep_inline_documents(&self, recognised: &Recognised) -> Result<(), Error> {
        for document in &recognised.inline {
            let institution = recognised.sender.institution.clone();
            let content = document.content.clone();
            self.blocking(move |crafts| crafts.keep_document(&institution, &content)).await?;
        }
        Ok(())
    }

    /// Understands a filing.
    pub(super) async fn understand(&self, recognised: &Recognised) -> Result<Understood, Error> {
        let filing = &recognised.filing;
        let understood = match (&filing.content, &filing.lead) {
            (Some(content), _) => {
                Understood { content: content.clone(), reading: None, looked: Vec::new() }
            }
            (None, Some(lead)) => self.read_lead(&recognised.sender, filing, lead).await?,
            (None, None) => return Err(Fault::broken("a parsed filing says something").into()),
        };
        let mut checker = Checker::new();
        checker.within("content", |checker| {
            content::check(checker, filing.kind.into(), &understood.content);
            content::check_class(checker, filing.data_class, &understood.content);
        });
        let problems = checker.into_problems();
        if problems.is_empty() {
            return Ok(understood);
        }
        let text = format!("the content has {} problems", problems.len());
        Err(Refusal::new(Reason::ContentInvalid, text).with_problems(problems).into())
    }

    async fn read_lead(
        &self,
        sender: &OfficeAddress,
        filing: &Filing,
        lead: &Lead,
    ) -> Result<Understood, Error> {
        if lead.size > LEAD_MAX_BYTES {
            let text = format!(
                "the lead document has {} bytes, formats read at most {LEAD_MAX_BYTES}: send a \
                 summary as lead document and this one as an exhibit",
                lead.size
            );
            return Err(Refusal::new(Reason::TooLarge, text).into());
        }
        let (digest, institution) = (lead.digest, sender.institution.clone());
        let reader = Reader::Institution(institution.clone());
        let input = self.blocking(move |crafts| crafts.document_bytes(digest, &reader)).await?;
        if lead.format == READY_MADE_FORMAT {
            // Megabytes take too long for a thread of the network.
            let content = self.blocking(move |_| decode_ready_made(&input)).await?;
            return Ok(Understood { content, reading: None, looked: Vec::new() });
        }
        let request = v1::DecodeRequest {
            format: lead.format.clone(),
            input,
            kind: filing.kind.into(),
            institution: institution.as_str().to_owned(),
            languages: Vec::new(),
        };
        let decoded =
            self.crafts.formats.decode(request).await.map_err(|error| refuse_format(&error))?;
        let reading = Reading {
            format: lead.format.clone(),
            plugin: format!("{} {}", decoded.plugin.name, decoded.plugin.version),
            plugin_sha256: decoded.plugin.sha256.to_vec(),
            document_sha256: digest.to_vec(),
            content: decoded.reply.content,
            problems: decoded.reply.problems,
            docket_numbers: decoded.reply.docket_numbers,
        };
        match &reading.content {
            Some(content) => {
                let content = content.clone();
                Ok(Understood { content, reading: Some(reading), looked: Vec::new() })
            }
            None => {
                let text = format!("the document has {} problems", reading.problems.len());
                let refusal = Refusal::new(Reason::Unreadable, text);
                Err(refusal.with_problems(reading.problems).into())
            }
        }
    }
}

/// Decodes a document that is a serialised content, as strictly as an envelope's body.
pub(super) fn decode_ready_made(input: &[u8]) -> Result<FilingContent, Error> {
    let unreadable = |error: DecodeError| -> Error {
        let text = format!("not a serialised FilingContent: {error}");
        Refusal::new(Reason::Unreadable, text).into()
    };
    check_fields(input, unreadable)?;
    let content = FilingContent::decode(input).map_err(unreadable)?;
    if content.encode_to_vec() != input {
        let text = "the document is not the one serialisation of a FilingContent of version 1";
        return Err(Refusal::new(Reason::Unreadable, text).into());
    }
    Ok(content)
}

/// Refuses a serialised content of too many fields before anything is made of it: an empty row has
/// two bytes there, and a hundred times as many in memory.
pub(super) fn check_fields(
    input: &[u8],
    unreadable: impl FnOnce(DecodeError) -> Error,
) -> Result<(), Error> {
    if count_fields(input).map_err(unreadable)? <= FIELDS_MAX {
        return Ok(());
    }
    let text = format!("the content has more than {FIELDS_MAX} fields: send it in parts");
    Err(Refusal::new(Reason::TooLarge, text).into())
}

/// Fields directly within the contents of a serialised [`FilingContent`].
fn count_fields(mut document: &[u8]) -> Result<usize, DecodeError> {
    let mut count = 0;
    while !document.is_empty() {
        let (tag, wire) = decode_key(&mut document)?;
        if wire != WireType::LengthDelimited {
            skip_field(wire, tag, &mut document, DecodeContext::default())?;
            continue;
        }
        let length = usize::try_from(decode_varint(&mut document)?).unwrap_or(usize::MAX);
        // That it is cut short is told by whoever decodes it.
        let Some((mut content, rest)) = document.split_at_checked(length) else { break };
        document = rest;
        while !content.is_empty() {
            let (tag, wire) = decode_key(&mut content)?;
            skip_field(wire, tag, &mut content, DecodeContext::default())?;
            count += 1;
        }
    }
    Ok(count)
}

impl Crafts {
    /// Makes a document durable under its digest and notes who brought it.
    fn keep_document(&self, institution: &InstitutionId, content: &[u8]) -> Result<(), Error> {
        if content.is_empty() {
            let text = "a document in the request is empty: an empty document proves nothing";
            return Err(Refusal::new(Reason::RequestInvalid, text).into());
        }
        self.refuse_destroyed(DocumentDigest::of(content))?;
        let document = self.documents.keep(content)?;
        Ok(self.store.add_holding(&document, institution)?)
    }

    /// The whole of a document that the reader may read; its length is bounded by the caller.
    pub(super) fn document_bytes(
        &self,
        digest: DocumentDigest,
        reader: &Reader,
    ) -> Result<Vec<u8>, Error> {
        let missing = || {
            let text = format!("the lead document {digest} is not held: upload it first");
            Error::from(Refusal::new(Reason::ExhibitMissing, text))
        };
        let document = self.store.readable(digest, reader)?.ok_or_else(missing)?;
        let length = usize::try_from(document.size.min(LEAD_MAX_BYTES)).unwrap_or(usize::MAX);
        Ok(self.documents.read(&document)?.read_at(0, length)?)
    }
}

/// What a format's failure means for the sender.
pub(super) fn refuse_format(error: &FormatError) -> Error {
    let text = error.to_string();
    let refusal = match error.fault() {
        Blame::Caller => match error {
            FormatError::RequestTooLarge { .. } => Refusal::new(Reason::TooLarge, text),
            _ => Refusal::new(Reason::FormatUnknown, text),
        },
        Blame::Plugin if matches!(error, FormatError::Quarantined { .. }) => {
            Refusal::new(Reason::FormatFailed, text)
        }
        Blame::Load => Refusal::new(Reason::TooMany, text).with_retry(RETRY_AFTER_BUSY_MS),
        Blame::Configuration | Blame::Plugin => {
            tracing::error!(error = %text, "a format failed");
            let told = "the format's plugin failed on this document; the hub's operator was told";
            Refusal::new(Reason::FormatFailed, told)
        }
    };
    refusal.into()
}

/// How long a client waits for a busy format: a few documents' time.
const RETRY_AFTER_BUSY_MS: u64 = 500;
