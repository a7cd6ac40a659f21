//! Documents by digest: taken in, handed out.

use std::ops::Range;
use std::sync::Arc;

use barid_proto::v1::{
    DownloadExhibitRequest, DownloadExhibitResponse, StatExhibitRequest, StatExhibitResponse,
    UploadExhibitResponse, UploadStart,
};
use bytes::Bytes;
use futures::{Stream, StreamExt as _, stream};

use super::read::{invalid, not_found};
use super::{Answers, Hub};
use crate::error::{Error, Fault};
use crate::identity::caller::Caller;
use crate::model::id::{DocumentDigest, OfficeAddress};
use crate::model::shares::Share;
use crate::store::documents::DocumentReader;

/// Bytes in one chunk of a download.
const DOWNLOAD_CHUNK_BYTES: usize = 256 * 1024;

impl Hub {
    /// How much of a document the hub holds for the caller.
    ///
    /// # Errors
    /// `REASON_REQUEST_INVALID` for a digest that is none.
    pub async fn stat_exhibit(
        &self,
        caller: &Caller,
        request: StatExhibitRequest,
    ) -> Result<StatExhibitResponse, Error> {
        let office = caller.office.clone();
        let digest = digest_of(&request.sha256)?;
        self.blocking(move |crafts| {
            let readable = crafts.store.readable(digest, &crafts.reader(&office))?;
            Ok(match readable {
                Some(size_bytes) => {
                    StatExhibitResponse { complete: true, held_bytes: 0, size_bytes }
                }
                None => StatExhibitResponse {
                    complete: false,
                    held_bytes: crafts.documents.held_bytes(&office.institution, digest)?,
                    size_bytes: 0,
                },
            })
        })
        .await
    }

    /// Takes a document in. When this returns, it is verified and durable.
    ///
    /// # Errors
    /// `REASON_DIGEST_MISMATCH` when the bytes are not those announced: nothing is kept. Any other
    /// end of the stream keeps what arrived for a later try.
    pub async fn upload_exhibit<S>(
        &self,
        caller: &Caller,
        start: UploadStart,
        mut chunks: S,
    ) -> Result<UploadExhibitResponse, Error>
    where
        S: Stream<Item = Result<Bytes, Error>> + Send + Unpin,
    {
        self.refuse_when_draining()?;
        let digest = digest_of(&start.sha256)?;
        let size = start.size_bytes;
        let institution = caller.office.institution.clone();
        let (owner, offset) = (institution.clone(), start.offset_bytes);
        let mut upload = self
            .blocking(move |crafts| crafts.documents.upload(&owner, digest, size, offset))
            .await?;
        // A job for each chunk, and none while the sender is slow: a thread that waits for one
        // sender is a thread that nobody else has.
        while let Some(chunk) = chunks.next().await {
            let chunk = chunk?;
            upload = self
                .blocking(move |_| {
                    upload.write(&chunk)?;
                    Ok(upload)
                })
                .await?;
        }
        self.blocking(move |crafts| {
            upload.finish()?;
            Ok(crafts.store.add_holding(digest, size, &institution)?)
        })
        .await?;
        Ok(UploadExhibitResponse { size_bytes: size })
    }

    /// Hands a document, or a range of it, out.
    ///
    /// # Errors
    /// `REASON_NOT_FOUND` when the caller may not read such a document.
    pub async fn download_exhibit(
        self: &Arc<Self>,
        caller: &Caller,
        request: DownloadExhibitRequest,
    ) -> Result<Answers<DownloadExhibitResponse>, Error> {
        let share = self.open_stream(caller)?;
        let office = caller.office.clone();
        let digest = digest_of(&request.sha256)?;
        let (size, document) = self
            .blocking(move |crafts| {
                let size = crafts.store.readable(digest, &crafts.reader(&office))?;
                let size = size.ok_or_else(not_found)?;
                let document = crafts.documents.read(digest)?.ok_or_else(|| {
                    Fault::broken(format!("document {digest} is on the books but not on the disk"))
                })?;
                Ok((size, document))
            })
            .await?;
        if request.offset_bytes > size {
            return Err(invalid(&format!("the document has {size} bytes")));
        }
        let rest = size - request.offset_bytes;
        let length = if request.length_bytes == 0 { rest } else { request.length_bytes.min(rest) };
        let range = request.offset_bytes..request.offset_bytes + length;
        let download = Download {
            hub: Arc::clone(self),
            opened: Arc::new(document),
            range,
            announced: size,
            _share: share,
        };
        Ok(stream::try_unfold(download, Download::next).boxed())
    }
}

/// A download under way: read as it is asked for, so that one that nobody reads holds no thread.
struct Download {
    hub: Arc<Hub>,
    opened: Arc<DocumentReader>,
    /// What is still to come.
    range: Range<u64>,
    /// Length of the document, until it was told.
    announced: u64,
    _share: Share<OfficeAddress>,
}

impl Download {
    async fn next(mut self) -> Result<Option<(DownloadExhibitResponse, Self)>, Error> {
        let Range { start, end } = self.range;
        if start >= end {
            return Ok(None);
        }
        let want = usize::try_from(end - start).unwrap_or(usize::MAX).min(DOWNLOAD_CHUNK_BYTES);
        let opened = Arc::clone(&self.opened);
        let chunk = self.hub.blocking(move |_| Ok(opened.read_at(start, want)?)).await?;
        self.range.start += chunk.len() as u64;
        let size_bytes = std::mem::take(&mut self.announced);
        Ok(Some((DownloadExhibitResponse { chunk: chunk.into(), size_bytes }, self)))
    }
}

fn digest_of(bytes: &[u8]) -> Result<DocumentDigest, Error> {
    DocumentDigest::from_slice(bytes).ok_or_else(|| invalid("sha256 has 32 bytes"))
}
