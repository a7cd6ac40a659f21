//! Part of a document: some pages of a scan, two minutes of a film.

use std::fs::File;
use std::io::Write as _;
use std::ops::Range;
use std::path::{Path, PathBuf};

use barid_proto::chunk::{self, CHUNK_BYTES, ChunkList};
use barid_proto::v1::DownloadExhibitRequest;
use barid_proto::v1::exhibit_service_client::ExhibitServiceClient;
use tonic::Status;

use super::part::{Attempts, Taken};
use super::{Client, Progress, beside, stub};
use crate::disk;
use crate::error::{ClientError, LocalError};

/// What a range was compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compared {
    /// A root that was given: the bytes are those of the document that has it.
    WithRoot,
    /// What the hub says the root is. Only the whole document proves that.
    WithClaim,
}

/// A range on its way to the disk.
struct Way {
    opened: File,
    part: PathBuf,
    list: ChunkList,
    size: u64,
    range: Range<u64>,
    /// The next chunk that is needed.
    next: u64,
    /// What came of it so far.
    chunk: Vec<u8>,
}

impl Client {
    /// Downloads a range of a document to `path`, each chunk of it compared, as `chunk_root` from a
    /// verified envelope proves it. Empty: by what the hub says.
    ///
    /// # Errors
    /// Any [`ClientError`]; [`LocalError::Argument`] for a range that the document does not have.
    pub async fn download_range(
        &self,
        (sha256, chunk_root): ([u8; 32], &[u8]),
        range: Range<u64>,
        path: &Path,
        progress: Progress<'_>,
    ) -> Result<Compared, ClientError> {
        let expected = self.expected(sha256, chunk_root).await?;
        let argument = |why: String| LocalError::Argument { field: "range", why };
        if range.is_empty() || range.end > expected.size {
            let why = format!("the document has {} bytes", expected.size);
            return Err(argument(why).into());
        }
        let list = expected.list.ok_or_else(|| argument("this hub proves no ranges".to_owned()))?;
        let (part, size) = (path.with_added_extension("part"), expected.size);
        let mut way = beside(move || Way::open(part, list, size, range)).await?;
        let mut attempts = Attempts::default();
        while !way.is_done() {
            let before = way.next;
            let result;
            (way, result) = self.go_on(sha256, way, progress).await?;
            if way.next > before {
                attempts = Attempts::default();
            }
            self.goes_on(&mut attempts, result, path).await?;
        }
        let place = path.to_owned();
        beside(move || way.finish(&place)).await?;
        Ok(if expected.proven { Compared::WithRoot } else { Compared::WithClaim })
    }

    /// Asks for what is missing, until it is there, a chunk is wrong, or the stream ends.
    async fn go_on(
        &self,
        sha256: [u8; 32],
        mut way: Way,
        progress: Progress<'_>,
    ) -> Result<(Way, Result<Taken, ClientError>), ClientError> {
        let (offset_bytes, length_bytes) = way.missing();
        let request =
            DownloadExhibitRequest { sha256: sha256.to_vec(), offset_bytes, length_bytes };
        let mut client = stub!(ExhibitServiceClient, self.channel()?);
        let mut stream = match client.download_exhibit(request).await {
            Ok(opened) => opened.into_inner(),
            Err(status) => return Ok((way, Err(self.broken(&status)))),
        };
        while !way.is_done() {
            let step = match stream.message().await {
                Ok(Some(step)) => step.chunk,
                Ok(None) => {
                    let early = Status::unavailable("the document ended early");
                    return Ok((way, Err(self.broken(&early))));
                }
                Err(status) => return Ok((way, Err(self.broken(&status)))),
            };
            let taken;
            (way, taken) = beside(move || way.take(&step).map(|taken| (way, taken))).await?;
            progress(way.done(), way.range.end - way.range.start);
            if taken != Taken::Right {
                return Ok((way, Ok(taken)));
            }
        }
        Ok((way, Ok(Taken::Right)))
    }
}

impl Way {
    fn open(
        part: PathBuf,
        list: ChunkList,
        size: u64,
        range: Range<u64>,
    ) -> Result<Self, LocalError> {
        let opened = File::create(&part).map_err(LocalError::at(&part))?;
        let next = range.start / CHUNK_BYTES;
        Ok(Self { opened, part, list, size, range, next, chunk: Vec::new() })
    }

    fn is_done(&self) -> bool {
        self.next * CHUNK_BYTES >= self.range.end
    }

    /// Bytes of the range that are there.
    fn done(&self) -> u64 {
        (self.next * CHUNK_BYTES).clamp(self.range.start, self.range.end) - self.range.start
    }

    /// Where the missing chunks begin, and how many bytes they have.
    fn missing(&mut self) -> (u64, u64) {
        self.chunk.clear();
        let start = self.next * CHUNK_BYTES;
        let last = (self.range.end - 1) / CHUNK_BYTES;
        let end = last * CHUNK_BYTES + chunk::length(self.size, last);
        (start, end - start)
    }

    /// Takes the next bytes, and writes what is wanted of each chunk that is whole and right.
    fn take(&mut self, bytes: &[u8]) -> Result<Taken, LocalError> {
        let mut rest = bytes;
        while !rest.is_empty() && !self.is_done() {
            let whole = usize::try_from(chunk::length(self.size, self.next)).unwrap_or(0);
            let room = whole.saturating_sub(self.chunk.len());
            let (part, behind) = rest.split_at(rest.len().min(room));
            self.chunk.extend_from_slice(part);
            if self.chunk.len() == whole {
                if !self.list.holds(self.next, &self.chunk) {
                    return Ok(Taken::Wrong(self.next));
                }
                self.write()?;
            }
            rest = behind;
        }
        Ok(Taken::Right)
    }

    fn write(&mut self) -> Result<(), LocalError> {
        let start = self.next * CHUNK_BYTES;
        let from = usize::try_from(self.range.start.saturating_sub(start)).unwrap_or(usize::MAX);
        let to = usize::try_from(self.range.end - start).unwrap_or(usize::MAX);
        let wanted = self.chunk.get(from..to.min(self.chunk.len())).unwrap_or_default();
        self.opened.write_all(wanted).map_err(LocalError::at(&self.part))?;
        self.chunk.clear();
        self.next += 1;
        Ok(())
    }

    fn finish(self, path: &Path) -> Result<(), LocalError> {
        self.opened.sync_all().map_err(LocalError::at(&self.part))?;
        disk::rename(&self.part, path)
    }
}
