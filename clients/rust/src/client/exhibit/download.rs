//! Downloads.

use std::path::Path;

use barid_proto::chunk::{self, ChunkList};
use barid_proto::v1::exhibit_service_client::ExhibitServiceClient;
use barid_proto::v1::{DownloadExhibitRequest, ListChunksRequest};
use sha2::{Digest as _, Sha256};
use tonic::Status;

use super::part::{Attempts, Expected, Part, Taken};
use super::{Client, Progress, READ_WITHIN, WRONG_MAX, beside, stub, within};
use crate::error::{ClientError, LocalError};
use crate::retry;

impl Client {
    /// Downloads a document to `path`. A part that lies beside it from a broken download is gone
    /// on with; everything is compared before it gets its name.
    ///
    /// # Errors
    /// Any [`ClientError`]; [`LocalError::Content`] when the bytes do not have the digest, in
    /// which case nothing is kept, or one chunk comes out wrong again and again.
    pub async fn download(
        &self,
        sha256: [u8; 32],
        path: &Path,
        progress: Progress<'_>,
    ) -> Result<u64, ClientError> {
        self.download_proven(sha256, &[], path, progress).await
    }

    /// As [`Client::download`], of a document whose `chunk_root` stands in an envelope that was
    /// verified: then each chunk is proven when it comes. Empty: it has none.
    ///
    /// # Errors
    /// As [`Client::download`].
    pub async fn download_proven(
        &self,
        sha256: [u8; 32],
        chunk_root: &[u8],
        path: &Path,
        progress: Progress<'_>,
    ) -> Result<u64, ClientError> {
        let part = path.with_added_extension("part");
        let (mut attempts, mut furthest) = (Attempts::default(), 0);
        let expected = self.expected(sha256, chunk_root).await?;
        loop {
            let (held, result) = self.download_rest(&part, &expected, progress).await;
            if held > furthest {
                (attempts, furthest) = (Attempts::default(), held);
            }
            if self.goes_on(&mut attempts, result, path).await? {
                break;
            }
        }
        tokio::fs::rename(&part, path).await.map_err(LocalError::at(path))?;
        Ok(expected.size)
    }

    /// What an attempt ended with: `true` when all of it was right; `false`, after a pause where
    /// one helps, when another one may be made.
    pub(super) async fn goes_on(
        &self,
        attempts: &mut Attempts,
        ended: Result<Taken, ClientError>,
        path: &Path,
    ) -> Result<bool, ClientError> {
        match ended {
            Ok(Taken::Right) => return Ok(true),
            Ok(Taken::Wrong(_)) if attempts.wrong < WRONG_MAX => attempts.wrong += 1,
            Ok(Taken::Wrong(index)) => {
                let why = format!("the hub sends other bytes for chunk {index} than it says");
                return Err(LocalError::content(path, &why).into());
            }
            Err(error) => {
                attempts.failed += 1;
                match retry::wait(&error, attempts.failed, self.office.source.as_ref()) {
                    Some(wait) => tokio::time::sleep(wait).await,
                    None => return Err(error),
                }
            }
        }
        Ok(false)
    }

    /// What the document has to be.
    pub(super) async fn expected(
        &self,
        sha256: [u8; 32],
        chunk_root: &[u8],
    ) -> Result<Expected, ClientError> {
        let told = self.stat(sha256).await?;
        let size = told.size_bytes;
        if !told.complete {
            // Let the hub say so in its own words.
            self.list_chunks(sha256, 0).await?;
        }
        let proven = <[u8; 32]>::try_from(chunk_root).ok();
        let claimed = <[u8; 32]>::try_from(told.chunk_root.as_slice()).ok();
        let list = match proven.or(claimed) {
            Some(root) => Some(self.chunk_list(sha256, size, &root).await?),
            None => None,
        };
        Ok(Expected { sha256, size, list, proven: proven.is_some() })
    }

    /// The chunk list of a document, with the root it has to have.
    async fn chunk_list(
        &self,
        sha256: [u8; 32],
        size: u64,
        root: &[u8; 32],
    ) -> Result<ChunkList, ClientError> {
        let chunks = chunk::count(size);
        if chunks == 1 {
            return Ok(ChunkList::of_one(*root));
        }
        let mut packed = Vec::new();
        loop {
            let first = packed.len() as u64 / 32;
            let page = self.list_chunks(sha256, first).await?;
            packed.extend_from_slice(&page);
            if page.is_empty() || packed.len() as u64 / 32 >= chunks {
                break;
            }
        }
        let list = ChunkList::parse(&packed, size, root);
        let field = "document";
        list.map_err(|why| LocalError::Argument { field, why: why.to_string() }.into())
    }

    async fn list_chunks(&self, sha256: [u8; 32], first: u64) -> Result<bytes::Bytes, ClientError> {
        let answer = self.call(|channel| {
            let request = ListChunksRequest { sha256: sha256.to_vec(), first };
            let request = within(READ_WITHIN, request);
            async move { stub!(ExhibitServiceClient, channel).list_chunks(request).await }
        });
        Ok(answer.await?.hashes.unwrap_or_default().packed)
    }

    /// Goes on with a download. Says, beside what became of it, how far it came.
    async fn download_rest(
        &self,
        path: &Path,
        expected: &Expected,
        progress: Progress<'_>,
    ) -> (u64, Result<Taken, ClientError>) {
        let (place, wanted) = (path.to_owned(), expected.clone());
        let mut part = match beside(move || Part::open(&place, wanted)).await {
            Ok(part) => part,
            Err(error) => return (0, Err(error)),
        };
        let mut held = part.held();
        progress(held, expected.size);
        if held < expected.size {
            let sha256 = expected.sha256.to_vec();
            let request = DownloadExhibitRequest { sha256, offset_bytes: held, length_bytes: 0 };
            let opened = async {
                let mut client = stub!(ExhibitServiceClient, self.channel()?);
                let opened = client.download_exhibit(request).await;
                Ok::<_, ClientError>(opened.map_err(|status| self.broken(&status))?.into_inner())
            };
            let mut stream = match opened.await {
                Ok(stream) => stream,
                Err(error) => return (held, Err(error)),
            };
            let mut next = stream.message().await;
            loop {
                let step = match next {
                    Ok(Some(step)) => step.chunk,
                    Ok(None) => break,
                    Err(status) => return (held, Err(self.broken(&status))),
                };
                // The next part comes while this one is compared and written.
                let writing = beside(move || part.take(&step).map(|taken| (part, taken)));
                let written;
                (written, next) = tokio::join!(writing, stream.message());
                let taken;
                (part, taken) = match written {
                    Ok(written) => written,
                    Err(error) => return (held, Err(error)),
                };
                held = part.held();
                progress(held, expected.size);
                if taken != Taken::Right {
                    return (held, Ok(taken));
                }
            }
        }
        if held < expected.size {
            let early = Status::unavailable("the document ended early");
            return (held, Err(self.broken(&early)));
        }
        (held, beside(move || part.finish()).await)
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
