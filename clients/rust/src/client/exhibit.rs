//! Documents by digest: uploads and downloads that go on where they broke off.

use std::io::SeekFrom;
use std::path::Path;

use barid_proto::v1::exhibit_service_client::ExhibitServiceClient;
use barid_proto::v1::upload_exhibit_request::Step;
use barid_proto::v1::{
    DownloadExhibitRequest, StatExhibitRequest, StatExhibitResponse, UploadExhibitRequest,
    UploadStart,
};
use bytes::Bytes;
use sha2::{Digest as _, Sha256};
use tokio::fs::{File, OpenOptions};
use tokio::io::{AsyncReadExt as _, AsyncSeekExt as _, AsyncWriteExt as _};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

use super::{Client, READ_WITHIN, stub, within};
use crate::draft::HashedDocument;
use crate::error::{ClientError, LocalError};
use crate::retry;

/// Told after each part: bytes done, bytes in all.
pub type Progress<'a> = &'a mut (dyn FnMut(u64, u64) + Send);

/// Bytes in one step of an upload: a quarter of the hub's bound, so that progress on a poor link
/// shows and little is sent twice.
const CHUNK_BYTES: usize = 256 * 1024;
/// Steps read ahead of the network: enough to keep it busy, little to hold in memory.
const AHEAD: usize = 4;

impl Client {
    /// What the hub holds of a document.
    ///
    /// # Errors
    /// Any [`ClientError`].
    pub async fn stat(&self, sha256: [u8; 32]) -> Result<StatExhibitResponse, ClientError> {
        self.call(|channel| {
            let request = within(READ_WITHIN, StatExhibitRequest { sha256: sha256.to_vec() });
            async move { stub!(ExhibitServiceClient, channel).stat_exhibit(request).await }
        })
        .await
    }

    /// Uploads a document, or what the hub lacks of it, and gives its digest. What the hub holds
    /// complete is not sent again.
    ///
    /// # Errors
    /// Any [`ClientError`].
    pub async fn upload(
        &self,
        path: &Path,
        progress: Progress<'_>,
    ) -> Result<[u8; 32], ClientError> {
        let document = HashedDocument::at(path)?;
        let mut tried = 0;
        loop {
            let held = self.stat(document.sha256).await?;
            if held.complete {
                progress(document.size_bytes, document.size_bytes);
                return Ok(document.sha256);
            }
            let Err(error) = self.upload_from(path, &document, held.held_bytes, progress).await
            else {
                return Ok(document.sha256);
            };
            tried += 1;
            match retry::wait(&error, tried, self.office.source.as_ref()) {
                Some(wait) => tokio::time::sleep(wait).await,
                None => return Err(error),
            }
        }
    }

    async fn upload_from(
        &self,
        path: &Path,
        document: &HashedDocument,
        offset_bytes: u64,
        progress: Progress<'_>,
    ) -> Result<(), ClientError> {
        let mut file = File::open(path).await.map_err(LocalError::at(path))?;
        file.seek(SeekFrom::Start(offset_bytes)).await.map_err(LocalError::at(path))?;
        let (steps, waiting) = mpsc::channel(AHEAD);
        let start = UploadStart {
            sha256: document.sha256.to_vec(),
            size_bytes: document.size_bytes,
            offset_bytes,
        };
        let mut client = stub!(ExhibitServiceClient, self.channel()?);
        let sending = client.upload_exhibit(ReceiverStream::new(waiting));
        let reading = async {
            let mut step = Step::Start(start);
            let mut done = offset_bytes;
            // Nobody waits for steps any more once the hub has answered, be it early.
            while steps.send(UploadExhibitRequest { step: Some(step) }).await.is_ok() {
                progress(done, document.size_bytes);
                let mut chunk = vec![0; CHUNK_BYTES];
                let read = file.read(&mut chunk).await.map_err(LocalError::at(path))?;
                if read == 0 {
                    break;
                }
                chunk.truncate(read);
                done += read as u64;
                step = Step::Chunk(Bytes::from(chunk));
            }
            drop(steps);
            Ok::<(), LocalError>(())
        };
        let (answer, read) = tokio::join!(sending, reading);
        read?;
        answer.map_err(|status| self.broken(&status))?;
        Ok(())
    }

    /// Downloads a document to `path`. A part that lies beside it from a broken download is gone
    /// on with; the whole is checked against its digest before it gets its name.
    ///
    /// # Errors
    /// Any [`ClientError`]; [`LocalError::Content`] when the bytes do not have the digest, in
    /// which case nothing is kept.
    pub async fn download(
        &self,
        sha256: [u8; 32],
        path: &Path,
        progress: Progress<'_>,
    ) -> Result<u64, ClientError> {
        let part = path.with_added_extension("part");
        let mut tried = 0;
        while let Err(error) = self.download_rest(sha256, &part, progress).await {
            tried += 1;
            match retry::wait(&error, tried, self.office.source.as_ref()) {
                Some(wait) => tokio::time::sleep(wait).await,
                None => return Err(error),
            }
        }
        let document = HashedDocument::at(&part)?;
        if document.sha256 != sha256 {
            tokio::fs::remove_file(&part).await.map_err(LocalError::at(&part))?;
            return Err(LocalError::content(path, "the hub sent bytes of another digest").into());
        }
        tokio::fs::rename(&part, path).await.map_err(LocalError::at(path))?;
        Ok(document.size_bytes)
    }

    async fn download_rest(
        &self,
        sha256: [u8; 32],
        part: &Path,
        progress: Progress<'_>,
    ) -> Result<(), ClientError> {
        let opened = OpenOptions::new().create(true).append(true).open(part).await;
        let mut file = opened.map_err(LocalError::at(part))?;
        let mut done = file.metadata().await.map_err(LocalError::at(part))?.len();
        let size = self.stat(sha256).await?.size_bytes;
        if size > 0 && done >= size {
            return Ok(());
        }
        let (sha256, offset_bytes) = (sha256.to_vec(), done);
        let request = DownloadExhibitRequest { sha256, offset_bytes, length_bytes: 0 };
        let mut client = stub!(ExhibitServiceClient, self.channel()?);
        let opened = client.download_exhibit(request).await;
        let mut stream = opened.map_err(|status| self.broken(&status))?.into_inner();
        let mut size = size;
        while let Some(next) = stream.message().await.map_err(|status| self.broken(&status))? {
            size = size.max(next.size_bytes);
            file.write_all(&next.chunk).await.map_err(LocalError::at(part))?;
            done += next.chunk.len() as u64;
            progress(done, size);
        }
        file.sync_all().await.map_err(LocalError::at(part))?;
        Ok(())
    }

    /// Fetches a document into memory and checks its digest: for small ones.
    ///
    /// # Errors
    /// Any [`ClientError`]; [`LocalError::Argument`] when it is longer than `at_most` bytes.
    pub async fn fetch(&self, sha256: [u8; 32], at_most: usize) -> Result<Vec<u8>, ClientError> {
        let (wanted, offset_bytes, length_bytes) = (sha256.to_vec(), 0, 0);
        let request = DownloadExhibitRequest { sha256: wanted, offset_bytes, length_bytes };
        let mut client = stub!(ExhibitServiceClient, self.channel()?);
        let opened = client.download_exhibit(request).await;
        let mut stream = opened.map_err(|status| self.broken(&status))?.into_inner();
        let argument = |why: String| LocalError::Argument { field: "document", why };
        let mut bytes = Vec::new();
        while let Some(next) = stream.message().await.map_err(|status| self.broken(&status))? {
            if bytes.len() + next.chunk.len() > at_most {
                return Err(argument(format!("it has more than {at_most} bytes")).into());
            }
            bytes.extend_from_slice(&next.chunk);
        }
        let digest: [u8; 32] = Sha256::digest(&bytes).into();
        if digest != sha256 {
            return Err(argument("the hub sent bytes of another digest".to_owned()).into());
        }
        Ok(bytes)
    }
}
