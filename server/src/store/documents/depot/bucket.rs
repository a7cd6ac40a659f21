//! A bucket of an S3-compatible server as a depot.
//!
//! ```text
//! PREFIX/sha256/ab/cd…  the bytes of a document
//! PREFIX/chunks/ab/cd…  its chunk list, where it has more than one chunk
//! ```
//!
//! Names are digests and what lies under one never changes, so nothing of the server's consistency
//! is relied on, and what comes back is compared by whoever reads it.

use std::fs::File;
use std::future::Future;
use std::ops::Range;
use std::os::unix::fs::FileExt as _;
use std::path::Path as DiskPath;
use std::sync::Arc;
use std::time::Duration;

use barid_proto::chunk::{CHUNK_BYTES, ChunkList};
use bytes::Bytes;
use object_store::aws::AmazonS3Builder;
use object_store::path::Path;
use object_store::{
    BackoffConfig, ClientOptions, ObjectStore, ObjectStoreExt as _, PutPayload, RetryConfig,
    WriteMultipart,
};
use tokio::runtime::{self, Runtime};

use super::{Depot, Take};
use crate::error::Fault;
use crate::model::id::DocumentDigest;
use crate::store::documents::disk_fault;

/// The least bytes in a part of a large document; S3 wants 5 MiB.
const PART_BYTES_MIN: u64 = 8 * CHUNK_BYTES;
/// Parts of one document; S3 takes 10,000.
const PARTS_MAX: u64 = 9_000;
/// Parts under way at once: memory is this many times a part.
const PARTS_AT_ONCE: usize = 3;
/// How long a call is tried again while the server is away: an answer to a filing waits for it.
const RETRY_LIMIT: Duration = Duration::from_secs(15);
/// How often.
const RETRIES: usize = 5;
/// How long one try may take: a part of the largest document over 30 Mbit/s.
const TRY_LIMIT: Duration = Duration::from_secs(30);

/// Where a bucket is and how to get at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BucketPlace {
    /// Its name.
    pub name: String,
    /// The server: `https://s3.example`.
    pub endpoint: String,
    /// Its region; servers of one's own take any.
    pub region: String,
    /// What all names begin with; may be empty.
    pub prefix: String,
    /// Who one is.
    pub access_key: String,
    /// What proves it.
    pub secret_key: String,
}

/// A bucket.
pub(in super::super) struct Bucket {
    name: String,
    prefix: Path,
    objects: Arc<dyn ObjectStore>,
    /// Its own: documents are also looked through without a hub.
    runtime: Option<Runtime>,
}

impl Bucket {
    /// Prepares to reach a bucket. Makes no call.
    ///
    /// # Errors
    /// When the place is no bucket's.
    pub(in super::super) fn open(place: &BucketPlace) -> Result<Self, Fault> {
        let retry = RetryConfig {
            backoff: BackoffConfig::default(),
            max_retries: RETRIES,
            retry_timeout: RETRY_LIMIT,
        };
        let options = ClientOptions::new()
            .with_timeout(TRY_LIMIT)
            .with_allow_http(place.endpoint.starts_with("http://"));
        let objects = AmazonS3Builder::new()
            .with_bucket_name(&place.name)
            .with_endpoint(&place.endpoint)
            .with_region(&place.region)
            .with_access_key_id(&place.access_key)
            .with_secret_access_key(&place.secret_key)
            .with_client_options(options)
            .with_retry(retry)
            .build()
            .map_err(|error| Fault::while_doing(format!("reaching {}", place.endpoint), error))?;
        let name = format!("{}/{}", place.endpoint, place.name);
        Self::over(Arc::new(objects), &name, &place.prefix)
    }

    /// Whatever keeps objects.
    pub(super) fn over(
        objects: Arc<dyn ObjectStore>,
        name: &str,
        prefix: &str,
    ) -> Result<Self, Fault> {
        let runtime = runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
        let runtime = runtime.map_err(|error| Fault::while_doing("starting a thread", error))?;
        let (name, prefix) = (name.to_owned(), Path::from(prefix));
        Ok(Self { name, prefix, objects, runtime: Some(runtime) })
    }

    /// Runs a call to its end. Only ever from threads that may block.
    fn wait<T>(&self, call: impl Future<Output = Result<T, object_store::Error>>) -> Told<T> {
        match &self.runtime {
            Some(runtime) => runtime.block_on(call),
            None => Err(object_store::Error::NotImplemented {
                operation: "a call".to_owned(),
                implementer: self.name.clone(),
            }),
        }
    }

    fn path(&self, kind: &str, document: DocumentDigest) -> Path {
        let hex = document.to_string();
        let (first, rest) = hex.split_at(2);
        self.prefix.clone().join(kind).join(first).join(rest)
    }

    /// `None` for what is not there.
    fn maybe<T>(&self, doing: &str, told: Told<T>) -> Result<Option<T>, Fault> {
        match told {
            Ok(found) => Ok(Some(found)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(self.fault(doing, error)),
        }
    }

    fn fault(&self, doing: &str, error: object_store::Error) -> Fault {
        Fault::while_doing(format!("{doing} {}", self.name), error)
    }
}

type Told<T> = Result<T, object_store::Error>;

impl Depot for Bucket {
    fn name(&self) -> &str {
        &self.name
    }

    /// The list first: what has its bytes has its list.
    fn place(
        &self,
        (staged, take): (&DiskPath, Take),
        document: DocumentDigest,
        list: &ChunkList,
    ) -> Result<(), Fault> {
        let failed = |error| disk_fault("reading", staged, error);
        let file = File::open(staged).map_err(failed)?;
        let size = file.metadata().map_err(failed)?.len();
        if list.hashes().len() > 1 {
            let packed = PutPayload::from(Bytes::copy_from_slice(list.packed()));
            let path = self.path("chunks", document);
            self.wait(self.objects.put(&path, packed))
                .map_err(|error| self.fault("writing to", error))?;
        }
        let path = self.path("sha256", document);
        let part_bytes = PART_BYTES_MIN.max(size.div_ceil(PARTS_MAX));
        let read = |start: u64| {
            let length = usize::try_from(part_bytes.min(size - start)).unwrap_or(usize::MAX);
            let mut part = vec![0; length];
            file.read_exact_at(&mut part, start).map(|()| Bytes::from(part))
        };
        if size <= part_bytes {
            let whole = PutPayload::from(read(0).map_err(failed)?);
            let put = self.wait(self.objects.put(&path, whole));
            put.map_err(|error| self.fault("writing to", error))?;
        } else {
            let put = async {
                let upload = self.objects.put_multipart(&path).await?;
                let part = usize::try_from(part_bytes).unwrap_or(usize::MAX);
                let mut parts = WriteMultipart::new_with_chunk_size(upload, part);
                let mut start = 0;
                while start < size {
                    let part = match read(start) {
                        Ok(part) => part,
                        Err(error) => {
                            parts.abort().await?;
                            let source = Box::new(error);
                            return Err(object_store::Error::Generic { store: "disk", source });
                        }
                    };
                    start += part.len() as u64;
                    parts.wait_for_capacity(PARTS_AT_ONCE).await?;
                    parts.put(part);
                }
                parts.finish().await
            };
            self.wait(put).map_err(|error| self.fault("writing to", error))?;
        }
        if take == Take::Move {
            std::fs::remove_file(staged).map_err(failed)?;
        }
        Ok(())
    }

    fn size(&self, document: DocumentDigest) -> Result<Option<u64>, Fault> {
        let path = self.path("sha256", document);
        let head = self.maybe("asking", self.wait(self.objects.head(&path)))?;
        Ok(head.map(|head| head.size))
    }

    fn read(&self, document: DocumentDigest, range: Range<u64>) -> Result<Option<Vec<u8>>, Fault> {
        let path = self.path("sha256", document);
        let read = self.wait(self.objects.get_range(&path, range.clone()));
        if let Err(object_store::Error::NotFound { .. }) | Ok(_) = &read {
            return Ok(self.maybe("reading from", read)?.map(Vec::from));
        }
        // Servers do not agree on what a range behind the end is. A document that was cut short is
        // no failure of the server, and what is missing shows when it is compared.
        if self.size(document)?.is_some_and(|size| size < range.end) {
            return Ok(Some(Vec::new()));
        }
        Ok(self.maybe("reading from", read)?.map(Vec::from))
    }

    fn list(&self, document: DocumentDigest) -> Result<Option<Vec<u8>>, Fault> {
        let path = self.path("chunks", document);
        let got = async { self.objects.get(&path).await?.bytes().await };
        Ok(self.maybe("reading from", self.wait(got))?.map(Vec::from))
    }

    fn remove(&self, document: DocumentDigest) -> Result<(), Fault> {
        for kind in ["sha256", "chunks"] {
            let path = self.path(kind, document);
            self.maybe("removing from", self.wait(self.objects.delete(&path)))?;
        }
        Ok(())
    }
}

impl Drop for Bucket {
    /// Async code may drop it, where a runtime must not wait for its threads.
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}
