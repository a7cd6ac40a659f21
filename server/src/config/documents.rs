//! Where documents lie and how much they may take: the settings of `[documents]`.

use std::fs;
use std::path::PathBuf;

use serde::Deserialize;

use super::Problems;
use crate::store::documents::{BucketPlace, DocumentLimits, Places};

/// Where documents lie and how much they may take. The example says why.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct DocumentSettings {
    /// The longest document.
    pub max_bytes: u64,
    /// All documents of one institution. Absent: as much as there is room.
    pub quota_bytes: Option<u64>,
    /// Free bytes on the disk below which no upload goes on.
    pub reserve_bytes: u64,
    /// Whether complete documents lie in the data directory.
    pub keep_here: bool,
    /// Another directory that they lie in. Absent: none.
    pub second_directory: Option<PathBuf>,
    /// A bucket that they lie in. Absent: none.
    pub bucket: Option<BucketSettings>,
    /// How much the scrubber reads. 0: it does not run.
    pub scrub_bytes_per_second: u64,
}

/// A bucket of an S3-compatible server.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BucketSettings {
    /// Its name.
    pub name: String,
    /// The server.
    pub endpoint: String,
    /// Its region.
    #[serde(default = "region")]
    pub region: String,
    /// What all names begin with.
    #[serde(default)]
    pub prefix: String,
    /// A file with the name of the access key and, on the next line, its secret.
    pub credentials: PathBuf,
}

fn region() -> String {
    "us-east-1".to_owned()
}

impl Default for DocumentSettings {
    fn default() -> Self {
        let DocumentLimits { max_bytes, reserve_bytes, .. } = DocumentLimits::default();
        Self {
            max_bytes,
            quota_bytes: None,
            reserve_bytes,
            keep_here: true,
            second_directory: None,
            bucket: None,
            scrub_bytes_per_second: 8 * 1024 * 1024,
        }
    }
}

impl DocumentSettings {
    /// What documents may take.
    #[must_use]
    pub fn limits(&self) -> DocumentLimits {
        DocumentLimits {
            max_bytes: self.max_bytes,
            quota_bytes: self.quota_bytes.unwrap_or(u64::MAX),
            reserve_bytes: self.reserve_bytes,
        }
    }

    /// Where complete documents lie.
    ///
    /// # Errors
    /// When the bucket's credentials cannot be read.
    pub fn places(&self) -> Result<Places, String> {
        let bucket = self.bucket.as_ref().map(BucketSettings::place).transpose()?;
        Ok(Places { own: self.keep_here, second: self.second_directory.clone(), bucket })
    }

    /// Paths in the settings, which start at the settings' own folder.
    pub(super) fn paths(&mut self) -> impl Iterator<Item = &mut PathBuf> {
        let credentials = self.bucket.as_mut().map(|bucket| &mut bucket.credentials);
        self.second_directory.iter_mut().chain(credentials)
    }

    pub(super) fn note_problems(&self, problems: &mut Problems) {
        let longest = barid_proto::chunk::MAX_DOCUMENT_BYTES;
        if !(1..=longest).contains(&self.max_bytes) {
            problems.add("documents.max_bytes", format_args!("must be 1 to {longest}"));
        }
        if !self.keep_here && self.second_directory.is_none() && self.bucket.is_none() {
            problems.add("documents.keep_here", "is false, and documents have no other place");
        }
        if self.quota_bytes == Some(0) {
            problems.add("documents.quota_bytes", "must be 1 at least, or left out");
        }
    }
}

impl BucketSettings {
    fn place(&self) -> Result<BucketPlace, String> {
        let path = self.credentials.display();
        let text = fs::read_to_string(&self.credentials);
        let text = text.map_err(|error| format!("{path}: {error}"))?;
        let mut lines = text.lines().map(str::trim);
        match (lines.next(), lines.next()) {
            (Some(access_key), Some(secret_key)) if !secret_key.is_empty() => Ok(BucketPlace {
                name: self.name.clone(),
                endpoint: self.endpoint.clone(),
                region: self.region.clone(),
                prefix: self.prefix.clone(),
                access_key: access_key.to_owned(),
                secret_key: secret_key.to_owned(),
            }),
            _ => Err(format!("{path}: needs the access key and, on the next line, its secret")),
        }
    }
}
