//! Receiving: what was served on this office, each filing verified and given once.

use std::path::PathBuf;

use barid_proto::v1::filing_content::Content;
use barid_proto::v1::inbox_service_client::InboxServiceClient;
use barid_proto::v1::{
    Acknowledgement, Address, CaseReference, Confidentiality, FilingContent, FilingKind,
    ReceiveRequest, ReceiveResponse, RefusalToRegister, Registration, Rendition, SealedFiling,
};
use tonic::Streaming;

use super::{Client, Filed, lacks, stub};
use crate::disk;
use crate::draft::Draft;
use crate::error::{ClientError, EvidenceError, LocalError};
use crate::memory::Claim;
use crate::retry;
use crate::verify::Verified;

/// More repetitions in one stream than a page that a broken connection cut can explain.
const REPEATED_MAX: u32 = 10_000;

/// Where to begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum From {
    /// After the position that [`Client::remember_cursor`] kept.
    WhereILeftOff,
    /// After this position; 0 is the beginning.
    After(u64),
}

/// A filing that was served on this office, verified.
#[derive(Debug, Clone)]
pub struct Served {
    /// Position in the inbox, from 1.
    pub cursor: u64,
    /// The filing.
    pub filing: SealedFiling,
    /// What its receipt proves.
    pub verified: Verified,
    /// It, in the format asked for.
    pub rendition: Option<Rendition>,
    /// Why there is no rendition; empty when there is one or none was asked for.
    pub rendition_problem: String,
}

/// What arrives, in order. The hub may send a filing again after a broken connection; this gives
/// each position once.
pub struct Inbox {
    client: Client,
    request: ReceiveRequest,
    stream: Option<Streaming<ReceiveResponse>>,
}

impl Client {
    /// Opens the inbox. With `follow` it waits for what comes later, across broken connections.
    ///
    /// # Errors
    /// [`LocalError`] when the remembered position cannot be read. The hub is asked by
    /// [`Inbox::next`].
    pub fn receive(
        &self,
        from: From,
        follow: bool,
        rendition_format: &str,
        languages: &[String],
    ) -> Result<Inbox, LocalError> {
        let after_cursor = match from {
            From::After(cursor) => cursor,
            From::WhereILeftOff => self.remembered_cursor()?,
        };
        let (rendition_format, languages) = (rendition_format.to_owned(), languages.to_vec());
        let request =
            ReceiveRequest { after_cursor, follow, rendition_format, languages, office: None };
        Ok(Inbox { client: self.clone(), request, stream: None })
    }

    /// The inbox of another office of this institution, for whoever carries what is in it there.
    pub(super) fn receive_for(&self, office: Address, after_cursor: u64) -> Inbox {
        let office = Some(office).filter(|office| *office != self.office.address);
        let request = ReceiveRequest { after_cursor, office, ..ReceiveRequest::default() };
        Inbox { client: self.clone(), request, stream: None }
    }

    /// The last position that was dealt with; 0 when none was.
    ///
    /// # Errors
    /// [`LocalError`].
    pub fn remembered_cursor(&self) -> Result<u64, LocalError> {
        let path = self.cursor_path();
        let Some(bytes) = disk::read_if_there(&path)? else { return Ok(0) };
        let cursor = String::from_utf8(bytes).ok().and_then(|text| text.trim_end().parse().ok());
        cursor.ok_or_else(|| LocalError::content(&path, "not a position in an inbox"))
    }

    /// Keeps the position after which to go on. Call it when what was served is safe: a crash
    /// before makes it come again, a crash after does not.
    ///
    /// # Errors
    /// [`LocalError::Disk`].
    pub fn remember_cursor(&self, cursor: u64) -> Result<(), LocalError> {
        disk::replace(&self.cursor_path(), format!("{cursor}\n").as_bytes())
    }

    /// Acknowledges a filing: this office has it, and these documents of it, whose digests it
    /// computed itself.
    ///
    /// # Errors
    /// Any [`ClientError`].
    pub async fn acknowledge(
        &self,
        served: &Served,
        document_digests: &[[u8; 32]],
    ) -> Result<Filed, ClientError> {
        let content = Acknowledgement {
            envelope_digest: served.verified.digest.to_vec(),
            document_digests: document_digests.iter().map(|digest| digest.to_vec()).collect(),
        };
        let kind = FilingKind::Acknowledgement;
        self.submit(answer(served, kind, Content::Acknowledgement(content))).await
    }

    /// Registers a filing on this office's docket.
    ///
    /// # Errors
    /// Any [`ClientError`].
    pub async fn register(
        &self,
        served: &Served,
        registration: Registration,
    ) -> Result<Filed, ClientError> {
        self.submit(registering(served, registration)).await
    }

    /// Declares that this office does not take a filing in. It stays in the log.
    ///
    /// # Errors
    /// Any [`ClientError`].
    pub async fn refuse(
        &self,
        served: &Served,
        refusal: RefusalToRegister,
    ) -> Result<Filed, ClientError> {
        let kind = FilingKind::RefusalToRegister;
        self.submit(answer(served, kind, Content::RefusalToRegister(refusal))).await
    }

    fn cursor_path(&self) -> PathBuf {
        self.office.folder.join("inbox-cursor")
    }
}

impl Inbox {
    /// The next filing; `None` when there is no more and the inbox does not follow.
    ///
    /// # Errors
    /// Any [`ClientError`]. After [`ClientError::Evidence`] the caller decides whether to go on.
    pub async fn next(&mut self) -> Result<Option<Served>, ClientError> {
        let (mut tried, mut repeated) = (0, 0);
        loop {
            let error = match self.step().await {
                Ok(Some(arrived)) if arrived.cursor <= self.request.after_cursor => {
                    repeated += 1;
                    if repeated > REPEATED_MAX {
                        return Err(self.misplaced(arrived.cursor));
                    }
                    continue;
                }
                Ok(Some(arrived)) => return self.verified(arrived).await.map(Some),
                Ok(None) if !self.request.follow => return Ok(None),
                // A hub that stops ends its streams in good order; one that follows comes back.
                Ok(None) => None,
                Err(error) => Some(error),
            };
            self.stream = None;
            tried += 1;
            let source = self.client.office.source.as_ref();
            match error {
                None => tokio::time::sleep(retry::PAUSE).await,
                Some(error) => match retry::wait(&error, tried, source) {
                    Some(wait) => tokio::time::sleep(wait).await,
                    None => return Err(error),
                },
            }
        }
    }

    async fn step(&mut self) -> Result<Option<ReceiveResponse>, ClientError> {
        // What came on a stick is there already. The hub is asked for what comes behind it, and
        // where it is wanted in a format, which only the hub's plugins write.
        let next = self.request.after_cursor + 1;
        if self.stream.is_none()
            && self.request.office.is_none()
            && self.request.rendition_format.is_empty()
            && let Some(carried) = self.client.carried_filing(next)?
        {
            return Ok(Some(carried));
        }
        let mut stream = match self.stream.take() {
            Some(stream) => stream,
            None => {
                let request = self.request.clone();
                let mut client = stub!(InboxServiceClient, self.client.channel()?);
                let opened = client.receive(request).await;
                opened.map_err(|status| self.client.broken(&status))?.into_inner()
            }
        };
        let arrived = stream.message().await.map_err(|status| self.client.broken(&status))?;
        self.stream = Some(stream);
        Ok(arrived)
    }

    async fn verified(&mut self, arrived: ReceiveResponse) -> Result<Served, ClientError> {
        // Positions have no gaps: what is passed over was served, and is kept from this office.
        if arrived.cursor != self.request.after_cursor + 1 {
            return Err(self.misplaced(arrived.cursor));
        }
        self.request.after_cursor = arrived.cursor;
        let filing = arrived.filing.ok_or_else(|| lacks("filing"))?;
        let verified = self.client.verify(filing.clone(), Claim::OfSomeTime).await?;
        Ok(Served {
            cursor: arrived.cursor,
            filing,
            verified,
            rendition: arrived.rendition,
            rendition_problem: arrived.rendition_problem,
        })
    }

    fn misplaced(&self, cursor: u64) -> ClientError {
        let proven = format!("that position {} is next", self.request.after_cursor + 1);
        let said = cursor.to_string();
        EvidenceError::Contradiction { field: "cursor", said, proven }.into()
    }
}

/// What registers a filing on this office's docket, to be signed.
#[must_use]
pub fn registering(served: &Served, registration: Registration) -> Draft {
    answer(served, FilingKind::Registration, Content::Registration(registration))
}

/// An answer goes back into the case of the filing it answers, to nobody in particular: every
/// party reads it on the docket.
fn answer(served: &Served, kind: FilingKind, content: Content) -> Draft {
    let body = &served.verified.body;
    let case_id = served.filing.receipt.as_ref().map(|receipt| receipt.case_id.clone());
    let case = CaseReference { case_id: case_id.unwrap_or_default(), docket_numbers: vec![] };
    let confidentiality = Confidentiality::try_from(body.confidentiality);
    Draft::new(kind)
        .content(FilingContent { content: Some(content) })
        .case(case)
        .in_reply_to(served.verified.digest, served.verified.leaf_index)
        .data_class(body.data_class())
        .confidentiality(confidentiality.unwrap_or(Confidentiality::Parties))
}
