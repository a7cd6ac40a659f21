//! Documents by digest: taken in, handed out.

use barid_proto::v1::{
    DownloadExhibitRequest, DownloadExhibitResponse, StatExhibitRequest, StatExhibitResponse,
    UploadExhibitResponse, UploadStart,
};
use bytes::Bytes;
use futures::{Stream, StreamExt as _};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

use super::read::{invalid, not_found};
use super::{Answers, Hub};
use crate::error::{Error, Fault};
use crate::identity::caller::Caller;
use crate::model::id::DocumentDigest;
use crate::store::documents::Upload;

/// Chunks between the network and the disk: enough to keep both busy, and with chunks of 1 MiB the
/// most memory that one upload takes.
const CHUNK_QUEUE: usize = 8;

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
        let upload = self
            .blocking(move |crafts| crafts.documents.upload(&owner, digest, size, offset))
            .await?;
        let (sender, receiver) = mpsc::channel(CHUNK_QUEUE);
        // Long-lived, so outside the bound of `blocking`; uploads are bounded by the streams that
        // `rpc` admits.
        let writer = tokio::task::spawn_blocking(move || write_chunks(upload, receiver));
        while let Some(chunk) = chunks.next().await {
            // A closed queue means that the writer has an error to tell; it is told below.
            if sender.send(chunk?).await.is_err() {
                break;
            }
        }
        drop(sender);
        writer.await.map_err(|error| Fault::while_doing("writing an upload", error))??;
        self.blocking(move |crafts| Ok(crafts.store.add_holding(digest, size, &institution)?))
            .await?;
        Ok(UploadExhibitResponse { size_bytes: size })
    }

    /// Hands a document, or a range of it, out.
    ///
    /// # Errors
    /// `REASON_NOT_FOUND` when the caller may not read such a document.
    pub async fn download_exhibit(
        &self,
        caller: &Caller,
        request: DownloadExhibitRequest,
    ) -> Result<Answers<DownloadExhibitResponse>, Error> {
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
        let (sender, receiver) = mpsc::channel(CHUNK_QUEUE);
        tokio::task::spawn_blocking(move || {
            let mut offset = request.offset_bytes;
            let end = offset + length;
            let mut announced = size;
            while offset < end {
                let want = usize::try_from(end - offset).unwrap_or(usize::MAX);
                let read = document.read_at(offset, want.min(DOWNLOAD_CHUNK_BYTES));
                let response = read.map_err(Error::from).map(|chunk| {
                    offset += chunk.len() as u64;
                    let size_bytes = std::mem::take(&mut announced);
                    DownloadExhibitResponse { chunk: chunk.into(), size_bytes }
                });
                let failed = response.is_err();
                if sender.blocking_send(response).is_err() || failed {
                    return;
                }
            }
        });
        Ok(ReceiverStream::new(receiver).boxed())
    }
}

/// Writes chunks as they come and finishes the document, or keeps what is there for a later try.
fn write_chunks(mut upload: Upload, mut chunks: mpsc::Receiver<Bytes>) -> Result<(), Error> {
    while let Some(chunk) = chunks.blocking_recv() {
        upload.write(&chunk)?;
    }
    upload.finish()
}

fn digest_of(bytes: &[u8]) -> Result<DocumentDigest, Error> {
    DocumentDigest::from_slice(bytes).ok_or_else(|| invalid("sha256 has 32 bytes"))
}
