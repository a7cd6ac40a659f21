//! Documents by digest: taken in, handed out.

use std::ops::Range;
use std::pin::pin;
use std::sync::Arc;

use barid_proto::v1::{
    ChunkHashes, DownloadExhibitRequest, DownloadExhibitResponse, ListChunksRequest,
    ListChunksResponse, StatExhibitRequest, StatExhibitResponse, UploadExhibitResponse,
    UploadStart,
};
use bytes::Bytes;
use futures::{Stream, StreamExt as _, stream};
use tokio::task::JoinHandle;

use super::read::{invalid, not_found};
use super::{Answers, Crafts, Hub};
use crate::error::{Error, Fault};
use crate::identity::caller::Caller;
use crate::model::id::{DocumentDigest, OfficeAddress};
use crate::model::row::DocumentRow;
use crate::model::shares::Share;
use crate::store::documents::DocumentReader;

/// Bytes in one step of a download.
const DOWNLOAD_STEP_BYTES: usize = 256 * 1024;

/// Hashes in one answer or step: 1 MiB of them, a document of 32 GiB.
const HASHES_MAX: usize = 32 * 1024;

/// Bytes of an upload that are read ahead while others are written: a chunk.
const AHEAD_BYTES: usize = 1024 * 1024;

/// What comes in an upload after its start.
#[derive(Debug)]
pub enum Part {
    /// Packed hashes of chunks.
    Hashes(Bytes),
    /// Bytes of the document.
    Bytes(Bytes),
}

impl Part {
    fn len(&self) -> usize {
        let (Self::Hashes(bytes) | Self::Bytes(bytes)) = self;
        bytes.len()
    }
}

impl Hub {
    /// How much of a document the hub holds for the caller.
    ///
    /// # Errors
    /// `REASON_REQUEST_INVALID` for a digest that is none, `REASON_DESTROYED` when the content of
    /// one that the caller may read was destroyed.
    pub async fn stat_exhibit(
        &self,
        caller: &Caller,
        request: StatExhibitRequest,
    ) -> Result<StatExhibitResponse, Error> {
        let office = caller.office.clone();
        let digest = digest_of(&request.sha256)?;
        self.blocking(move |crafts| {
            let readable = crafts.store.readable(digest, &crafts.reader(&office))?;
            if readable.is_some() {
                crafts.refuse_destroyed(digest)?;
            }
            // What rotted is asked for again, from an institution that has a filing to lose.
            if let Some(document) = readable.filter(|_| !crafts.documents.is_lost(digest)) {
                return Ok(StatExhibitResponse {
                    complete: true,
                    size_bytes: document.size,
                    chunk_root: document.chunk_root.map(Vec::from).unwrap_or_default(),
                    ..StatExhibitResponse::default()
                });
            }
            let held = crafts.documents.held(&office.institution, digest)?;
            Ok(StatExhibitResponse {
                held_bytes: held.bytes,
                hashes_held: held.list,
                ..StatExhibitResponse::default()
            })
        })
        .await
    }

    /// Takes a document in. When this returns, it is verified and durable.
    ///
    /// # Errors
    /// `REASON_DESTROYED` for a document that was destroyed here by order.
    /// `REASON_DIGEST_MISMATCH` when a chunk or the whole is not what was announced. What was
    /// compared before stays; so does everything when the stream ends in any other way.
    pub async fn upload_exhibit<S>(
        &self,
        caller: &Caller,
        start: UploadStart,
        parts: S,
    ) -> Result<UploadExhibitResponse, Error>
    where
        S: Stream<Item = Result<Part, Error>> + Send + Unpin,
    {
        self.refuse_when_draining()?;
        let announced = announced_of(&start)?;
        let (institution, offset) = (caller.office.institution.clone(), start.offset_bytes);
        let owner = institution.clone();
        let mut upload = self
            .blocking(move |crafts| {
                crafts.refuse_destroyed(announced.digest)?;
                let used = crafts.store.held_bytes(&owner)?;
                crafts.documents.upload(&owner, announced, offset, used)
            })
            .await?;
        // A job for what has come, and none while the sender is slow: a thread that waits for one
        // sender is a thread that nobody else has. The next parts come while these are written.
        let mut coming = Coming { parts, ahead: Vec::new(), end: None };
        while let Some(ready) = coming.next().await? {
            let taking = self.blocking(move |_| {
                for part in ready {
                    match part {
                        Part::Hashes(hashes) => upload.take_hashes(&hashes)?,
                        Part::Bytes(bytes) => upload.write(&bytes)?,
                    }
                }
                Ok(upload)
            });
            upload = coming.during(taking).await?;
        }
        let document = self
            .blocking(move |crafts| {
                let document = upload.finish()?;
                // It may have been destroyed since the upload began.
                if let Err(refused) = crafts.refuse_destroyed(document.digest) {
                    crafts.documents.destroy(document.digest)?;
                    return Err(refused);
                }
                crafts.store.add_holding(&document, &institution)?;
                Ok(document)
            })
            .await?;
        self.look_ahead(caller.office.clone(), document.digest);
        let chunk_root = document.chunk_root.map(Vec::from).unwrap_or_default();
        Ok(UploadExhibitResponse { size_bytes: document.size, chunk_root })
    }

    /// The hashes of a document's chunks, a page of them.
    ///
    /// # Errors
    /// `REASON_NOT_FOUND` when the caller may not read such a document, `REASON_DESTROYED` when its
    /// content was destroyed.
    pub async fn list_chunks(
        &self,
        caller: &Caller,
        request: ListChunksRequest,
    ) -> Result<ListChunksResponse, Error> {
        let office = caller.office.clone();
        let digest = digest_of(&request.sha256)?;
        self.blocking(move |crafts| {
            let document = crafts.readable_document(digest, &office)?;
            let first = usize::try_from(request.first).unwrap_or(usize::MAX);
            let hashes = document.list().hashes().get(first..).unwrap_or_default();
            let page = hashes.get(..HASHES_MAX).unwrap_or(hashes);
            Ok(ListChunksResponse {
                hashes: Some(ChunkHashes { packed: Bytes::copy_from_slice(page.as_flattened()) }),
                size_bytes: document.size(),
            })
        })
        .await
    }

    /// Hands a document, or a range of it, out.
    ///
    /// # Errors
    /// `REASON_NOT_FOUND` when the caller may not read such a document, `REASON_DESTROYED` when its
    /// content was destroyed.
    pub async fn download_exhibit(
        self: &Arc<Self>,
        caller: &Caller,
        request: DownloadExhibitRequest,
    ) -> Result<Answers<DownloadExhibitResponse>, Error> {
        let share = self.open_stream(caller)?;
        let office = caller.office.clone();
        let digest = digest_of(&request.sha256)?;
        let document =
            self.blocking(move |crafts| crafts.readable_document(digest, &office)).await?;
        let size = document.size();
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
            ready: Bytes::new(),
            ahead: None,
            announced: size,
            _share: share,
        };
        Ok(stream::try_unfold(download, Download::next).boxed())
    }
}

impl Crafts {
    fn readable_document(
        &self,
        digest: DocumentDigest,
        office: &OfficeAddress,
    ) -> Result<DocumentReader, Error> {
        let document = self.store.readable(digest, &self.reader(office))?;
        let document = document.ok_or_else(not_found)?;
        self.refuse_destroyed(digest)?;
        Ok(self.documents.read(&document)?)
    }
}

/// The parts of an upload, as they come.
struct Coming<S> {
    parts: S,
    /// What has come and nobody has taken: at most [`AHEAD_BYTES`] and a part.
    ahead: Vec<Part>,
    /// How the stream ended, once it has.
    end: Option<Result<(), Error>>,
}

impl<S: Stream<Item = Result<Part, Error>> + Send + Unpin> Coming<S> {
    /// What has come, or else the next that comes. `None`: that was all.
    async fn next(&mut self) -> Result<Option<Vec<Part>>, Error> {
        if self.ahead.is_empty() && self.end.is_none() {
            self.read().await;
        }
        match self.end.take_if(|_| self.ahead.is_empty()) {
            Some(end) => end.map(|()| None),
            None => Ok(Some(std::mem::take(&mut self.ahead))),
        }
    }

    /// Reads ahead until some work is done.
    async fn during<T>(&mut self, work: impl Future<Output = T>) -> T {
        let mut work = pin!(work);
        loop {
            let ahead: usize = self.ahead.iter().map(Part::len).sum();
            tokio::select! {
                biased;
                done = &mut work => return done,
                () = self.read(), if self.end.is_none() && ahead < AHEAD_BYTES => {}
            }
        }
    }

    async fn read(&mut self) {
        match self.parts.next().await {
            Some(Ok(part)) => self.ahead.push(part),
            Some(Err(error)) => self.end = Some(Err(error)),
            None => self.end = Some(Ok(())),
        }
    }
}

/// What an upload announces.
fn announced_of(start: &UploadStart) -> Result<DocumentRow, Error> {
    let digest = digest_of(&start.sha256)?;
    let chunk_root = match start.chunk_root.as_slice() {
        [] => None,
        root => Some(root.try_into().map_err(|_| invalid("chunk_root has 32 bytes"))?),
    };
    Ok(DocumentRow { digest, size: start.size_bytes, chunk_root })
}

/// A download under way: read as it is asked for, so that one that nobody reads holds no thread.
struct Download {
    hub: Arc<Hub>,
    opened: Arc<DocumentReader>,
    /// What is still to come.
    range: Range<u64>,
    /// Bytes that were read and compared, and begin the range.
    ready: Bytes,
    /// The chunk behind them, which is read while they are sent.
    ahead: Option<Ahead>,
    /// Length of the document, until it was told.
    announced: u64,
    _share: Share<OfficeAddress>,
}

/// A chunk that is being read.
type Ahead = JoinHandle<Result<Bytes, Error>>;

impl Download {
    /// Begins to read and compare from a byte to the end of its chunk.
    fn read(&self, at: u64) -> Ahead {
        let (hub, opened) = (Arc::clone(&self.hub), Arc::clone(&self.opened));
        tokio::spawn(async move { hub.blocking(move |_| Ok(opened.rest_of_chunk(at)?)).await })
    }

    async fn next(mut self) -> Result<Option<(DownloadExhibitResponse, Self)>, Error> {
        let Range { start, end } = self.range;
        if start >= end {
            return Ok(None);
        }
        if self.ready.is_empty() {
            let ahead = self.ahead.take().unwrap_or_else(|| self.read(start));
            let read = ahead.await;
            self.ready = read.map_err(|error| Fault::while_doing("reading a chunk", error))??;
            let next = start + self.ready.len() as u64;
            self.ahead = (next < end && !self.ready.is_empty()).then(|| self.read(next));
            let wanted = usize::try_from(end - start).unwrap_or(usize::MAX);
            self.ready.truncate(wanted);
        }
        let step = self.ready.split_to(self.ready.len().min(DOWNLOAD_STEP_BYTES));
        self.range.start += step.len() as u64;
        let size_bytes = std::mem::take(&mut self.announced);
        Ok(Some((DownloadExhibitResponse { chunk: step, size_bytes }, self)))
    }
}

fn digest_of(bytes: &[u8]) -> Result<DocumentDigest, Error> {
    DocumentDigest::from_slice(bytes).ok_or_else(|| invalid("sha256 has 32 bytes"))
}
