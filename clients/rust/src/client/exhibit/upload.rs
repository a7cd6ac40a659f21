//! Uploads.

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::os::unix::fs::FileExt as _;
use std::path::{Path, PathBuf};

use barid_proto::chunk::{self, CHUNK_BYTES};
use barid_proto::v1::exhibit_service_client::ExhibitServiceClient;
use barid_proto::v1::upload_exhibit_request::Step;
use barid_proto::v1::{
    ChunkHashes, Reason, StatExhibitResponse, UploadExhibitRequest, UploadStart,
};
use bytes::Bytes;
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio_stream::wrappers::ReceiverStream;

use super::{Client, Progress, WRONG_MAX, beside, stub};
use crate::draft::HashedDocument;
use crate::error::{ClientError, LocalError};
use crate::retry;

/// Bytes in one step of an upload: a quarter of the hub's bound, so that progress on a poor link
/// shows and little is sent twice.
const STEP_BYTES: usize = 256 * 1024;
/// Bytes of hashes in one step: the hub's bound.
const HASHES_BYTES: usize = 1024 * 1024;
/// Documents uploaded at once: on a poor link one waits while another is being written.
const AT_ONCE: usize = 4;
/// Steps read ahead of the network: enough to keep it busy, little to hold in memory.
const AHEAD: usize = 4;

impl Client {
    /// Uploads a document, or what the hub lacks of it, and gives its digest. What the hub holds
    /// complete is not sent again, and what it has compared of a broken upload neither.
    ///
    /// # Errors
    /// Any [`ClientError`]; [`LocalError::Content`] when the document changes while it is sent.
    pub async fn upload(
        &self,
        path: &Path,
        progress: Progress<'_>,
    ) -> Result<[u8; 32], ClientError> {
        let document = hashed(path).await?;
        self.upload_hashed(path, &document, progress).await?;
        Ok(document.sha256)
    }

    /// As [`Client::upload`], of a document that was hashed before.
    ///
    /// # Errors
    /// As [`Client::upload`].
    pub async fn upload_hashed(
        &self,
        path: &Path,
        document: &HashedDocument,
        progress: Progress<'_>,
    ) -> Result<(), ClientError> {
        let (mut tried, mut wrong, mut furthest) = (0, 0, 0);
        loop {
            let held = self.stat(document.sha256).await?;
            if held.complete {
                progress(document.size_bytes, document.size_bytes);
                return Ok(());
            }
            // A link that breaks every minute is no reason to stop, while each time more arrives.
            if held.held_bytes > furthest {
                (tried, wrong, furthest) = (0, 0, held.held_bytes);
            }
            let Err(error) = self.upload_rest(path, document, &held, progress).await else {
                return Ok(());
            };
            if wrong < WRONG_MAX {
                wrong += 1;
                match reason(&error) {
                    Some(Reason::DigestMismatch) => {
                        self.check_unchanged(path, document).await?;
                        continue;
                    }
                    // A power cut took back what the hub had said it holds: ask again.
                    Some(Reason::RequestInvalid) => continue,
                    _ => {}
                }
            }
            tried += 1;
            match retry::wait(&error, tried, self.office.source.as_ref()) {
                Some(wait) => tokio::time::sleep(wait).await,
                None => return Err(error),
            }
        }
    }

    /// Uploads documents, a few at a time, each with its own progress. What is under way when one
    /// fails is gone on with another time.
    ///
    /// # Errors
    /// The first of them.
    pub async fn upload_all<P>(
        &self,
        documents: impl IntoIterator<Item = (PathBuf, HashedDocument, P)>,
    ) -> Result<(), ClientError>
    where
        P: FnMut(u64, u64) + Send + 'static,
    {
        let mut documents = documents.into_iter();
        let mut running = JoinSet::new();
        loop {
            while running.len() < AT_ONCE
                && let Some((path, document, mut progress)) = documents.next()
            {
                let client = self.clone();
                running.spawn(async move {
                    client.upload_hashed(&path, &document, &mut progress).await
                });
            }
            match running.join_next().await {
                Some(done) => {
                    done.map_err(|error| LocalError::Interrupted(error.to_string()))??;
                }
                None => return Ok(()),
            }
        }
    }

    async fn upload_rest(
        &self,
        path: &Path,
        document: &HashedDocument,
        held: &StatExhibitResponse,
        progress: Progress<'_>,
    ) -> Result<(), ClientError> {
        let (steps, waiting) = mpsc::channel(AHEAD);
        let mut client = stub!(ExhibitServiceClient, self.channel()?);
        let sending = client.upload_exhibit(ReceiverStream::new(waiting));
        let reading = send(path, document, held, steps, progress);
        let (answer, read) = tokio::join!(sending, reading);
        read?;
        answer.map_err(|status| self.broken(&status))?;
        Ok(())
    }

    /// Whether the chunk that the hub wants next is still what was hashed.
    async fn check_unchanged(
        &self,
        path: &Path,
        document: &HashedDocument,
    ) -> Result<(), ClientError> {
        let held = self.stat(document.sha256).await?.held_bytes;
        let (path, document) = (path.to_owned(), document.clone());
        beside(move || {
            let index = held / CHUNK_BYTES;
            let length = chunk::length(document.size_bytes, index);
            let mut chunk = vec![0; usize::try_from(length).unwrap_or(0)];
            let file = File::open(&path).map_err(LocalError::at(&path))?;
            let read = file.read_exact_at(&mut chunk, index * CHUNK_BYTES);
            if read.is_ok() && document.chunks.holds(index, &chunk) {
                return Ok(());
            }
            Err(LocalError::content(&path, "it changed while it was being sent"))
        })
        .await
    }
}

/// Hashes a document beside the threads that mind the network.
///
/// # Errors
/// As [`HashedDocument::at`].
pub(crate) async fn hashed(path: &Path) -> Result<HashedDocument, ClientError> {
    let path = path.to_owned();
    beside(move || HashedDocument::at(&path)).await
}

fn reason(error: &ClientError) -> Option<Reason> {
    match error {
        ClientError::Refused(refusal) => Some(refusal.reason),
        _ => None,
    }
}

/// Sends what the hub lacks. Ends early, and in good order, when nobody waits for it any more: the
/// hub has answered then, whatever the answer is.
async fn send(
    path: &Path,
    document: &HashedDocument,
    held: &StatExhibitResponse,
    steps: mpsc::Sender<UploadExhibitRequest>,
    progress: Progress<'_>,
) -> Result<(), ClientError> {
    let start = UploadStart {
        sha256: document.sha256.to_vec(),
        size_bytes: document.size_bytes,
        offset_bytes: held.held_bytes,
        chunk_root: document.chunks.root().to_vec(),
    };
    let mut first = vec![Step::Start(start)];
    if !held.hashes_held && document.chunks.hashes().len() > 1 {
        let pages = document.chunks.packed().chunks(HASHES_BYTES);
        let hashes = |page| Step::Hashes(ChunkHashes { packed: Bytes::copy_from_slice(page) });
        first.extend(pages.map(hashes));
    }
    let mut done = held.held_bytes;
    for step in first {
        if steps.send(UploadExhibitRequest { step: Some(step) }).await.is_err() {
            return Ok(());
        }
    }
    progress(done, document.size_bytes);
    let (mut file, offset) = (File::open(path).map_err(LocalError::at(path))?, done);
    file.seek(SeekFrom::Start(offset)).map_err(LocalError::at(path))?;
    loop {
        let place = path.to_owned();
        let step;
        (file, step) = beside(move || {
            let mut step = vec![0; STEP_BYTES];
            let read = file.read(&mut step).map_err(LocalError::at(&place))?;
            step.truncate(read);
            Ok((file, step))
        })
        .await?;
        if step.is_empty() {
            return Ok(());
        }
        done += step.len() as u64;
        let step = Some(Step::Chunk(Bytes::from(step)));
        if steps.send(UploadExhibitRequest { step }).await.is_err() {
            return Ok(());
        }
        progress(done, document.size_bytes);
    }
}
