//! One document up, or down again and compared, as a client does it.

use std::sync::Arc;

use anyhow::{Context as _, ensure};
use barid_proto::chunk::{CHUNK_BYTES, ChunkHasher, DocumentHasher, DocumentHashes};
use barid_proto::v1::exhibit_service_client::ExhibitServiceClient;
use barid_proto::v1::upload_exhibit_request::Step;
use barid_proto::v1::{ChunkHashes, DownloadExhibitRequest, UploadExhibitRequest, UploadStart};
use bytes::Bytes;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tonic::transport::Channel;

/// Bytes in a step of an upload.
const STEP_BYTES: usize = 256 * 1024;
/// Steps ahead of the network.
const AHEAD: usize = 4;

/// A document that is made as it is sent, so that no disk is measured but the hub's.
pub(crate) struct Paper {
    number: u64,
    pattern: Bytes,
    hashes: DocumentHashes,
}

impl Paper {
    /// One of so many bytes, like no other of another number.
    pub(crate) fn new(size: u64, number: u64) -> Self {
        let pattern: Vec<u8> =
            (0..CHUNK_BYTES).map(|n| (n.wrapping_mul(31) >> 3) as u8 ^ number as u8).collect();
        let pattern = Bytes::from(pattern);
        let mut hasher = DocumentHasher::default();
        hasher.update(&number.to_be_bytes());
        for step in steps(&pattern, size - 8) {
            hasher.update(&step);
        }
        Self { number, pattern, hashes: hasher.finish() }
    }
}

/// A paper's bytes behind its number.
fn steps(pattern: &Bytes, size: u64) -> impl Iterator<Item = Bytes> {
    let pattern = pattern.clone();
    let mut left = size;
    let mut at = 0;
    std::iter::from_fn(move || {
        let step = usize::try_from(left).unwrap_or(usize::MAX).min(STEP_BYTES);
        let next = pattern.slice(at..at + step);
        at = (at + step) % pattern.len();
        left -= step as u64;
        (step > 0).then_some(next)
    })
}

/// Uploads a paper, with the list of its chunks.
pub(crate) async fn upload(on: Channel, paper: &Paper) -> anyhow::Result<()> {
    let hashes = &paper.hashes;
    let start = Step::Start(UploadStart {
        sha256: hashes.sha256.to_vec(),
        size_bytes: hashes.size,
        offset_bytes: 0,
        chunk_root: hashes.chunks.root().to_vec(),
    });
    let list = Bytes::copy_from_slice(hashes.chunks.packed());
    let list = Step::Hashes(ChunkHashes { packed: list });
    let number = Bytes::copy_from_slice(&paper.number.to_be_bytes());
    let (sender, receiver) = mpsc::channel(AHEAD);
    let bytes = steps(&paper.pattern, hashes.size - 8).map(Step::Chunk);
    let all: Vec<Step> = vec![start, list, Step::Chunk(number)];
    let sending = async move {
        for step in all.into_iter().chain(bytes) {
            if sender.send(UploadExhibitRequest { step: Some(step) }).await.is_err() {
                return;
            }
        }
    };
    let mut client = ExhibitServiceClient::new(on);
    let uploading = client.upload_exhibit(ReceiverStream::new(receiver));
    let (answer, ()) = tokio::join!(uploading, sending);
    let answer = answer.context("uploading")?.into_inner();
    ensure!(answer.size_bytes == hashes.size, "the hub has another size");
    Ok(())
}

/// Downloads a paper and compares each chunk.
pub(crate) async fn download(on: Channel, paper: &Paper) -> anyhow::Result<()> {
    let request = DownloadExhibitRequest {
        sha256: paper.hashes.sha256.to_vec(),
        ..DownloadExhibitRequest::default()
    };
    let mut client = ExhibitServiceClient::new(on);
    let mut stream = client.download_exhibit(request).await.context("downloading")?.into_inner();
    let list = Arc::new(paper.hashes.chunks.clone());
    let mut hasher = ChunkHasher::default();
    let mut next = stream.message().await?;
    while let Some(step) = next {
        let list = Arc::clone(&list);
        let comparing = tokio::task::spawn_blocking(move || {
            hasher.update(&step.chunk);
            ensure!(!hasher.went_wrong(&list), "a chunk is wrong");
            Ok(hasher)
        });
        let compared;
        (compared, next) = {
            let (compared, next) = tokio::join!(comparing, stream.message());
            (compared, next?)
        };
        hasher = compared??;
    }
    ensure!(hasher.finish() == *list, "the document is another one");
    Ok(())
}
